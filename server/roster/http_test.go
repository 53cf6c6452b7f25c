package roster_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tidwall/gjson"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"fivestar/server/app/apptest"
	"fivestar/server/db"
)

type fields = map[string]any

// office is a running server whose secretary has rosters to bring in.
type office struct {
	*apptest.Harness
	secretary *apptest.Client
}

func open(t testing.TB) *office {
	t.Helper()
	h := apptest.Start(t)
	return &office{h, h.Login("secretary")}
}

const headings = "姓名,手机号,网格,是否党员,户号,与户主关系,联系党员\n"

func (o *office) path(what string) string { return "/regions/" + o.World.Community.ID + what }

func (o *office) bring(rows ...string) *apptest.Answer {
	o.Helper()
	return o.secretary.Upload(o.path("/roster"), "名单.csv", []byte(headings+strings.Join(rows, "\n")))
}

func (o *office) preview(rows ...string) *apptest.Answer {
	o.Helper()
	return o.secretary.Upload(o.path("/roster/previews"), "名单.csv", []byte(headings+strings.Join(rows, "\n"))).Want(http.StatusCreated)
}

// rows are those of a preview, page by page.
func (o *office) rows(preview, outcome string) []gjson.Result {
	o.Helper()
	return o.all(o.secretary, "/roster/previews/"+preview+"/rows?limit=100&outcome="+outcome)
}

func (o *office) all(by *apptest.Client, path string) (items []gjson.Result) {
	o.Helper()
	for cursor := ""; ; {
		page := by.Get(path + "&cursor=" + cursor).Want(http.StatusOK)
		items = append(items, page.Get("items").Array()...)
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			return items
		}
	}
}

func (o *office) person(name string) gjson.Result {
	o.Helper()
	found := o.secretary.Get(o.path("/people?q=" + name)).Want(http.StatusOK).Get("items").Array()
	if len(found) != 1 {
		o.Fatalf("%d people are called %s", len(found), name)
	}
	return found[0]
}

func (o *office) household(number string) gjson.Result {
	o.Helper()
	for _, one := range o.all(o.secretary, o.path("/households?limit=100&q="+number)) {
		if one.Get("number").String() == number {
			return one
		}
	}
	o.Fatalf("there is no household %s", number)
	return gjson.Result{}
}

func want(t testing.TB, of gjson.Result, wanted map[string]string) {
	t.Helper()
	for path, value := range wanted {
		if got := of.Get(path).String(); got != value {
			t.Errorf("%s is %q, want %q: %s", path, got, value, of)
		}
	}
}

func body(answer *apptest.Answer) gjson.Result { return gjson.ParseBytes(answer.Body) }

func TestContractOfTheRoster(t *testing.T) {
	o := open(t)
	file := []byte("name,phone,grid,party_member\n样例甲,13810000001,第一网格,true\n样例乙,1381000000,第一网格,\n样例丙,138 1000 0003,,false\n样例丁,,没有的网格,\n")
	strict := o.secretary.Upload(o.path("/roster?strict=true"), "list.csv", file).Want(http.StatusOK)
	want(t, body(strict), map[string]string{"created": "0", "updated": "0", "errors.#": "2", "errors.0.row": "3", "errors.1.row": "5", "import_id": ""})
	if found := o.secretary.Get(o.path("/people?q=样例甲")).Get("items.#").Int(); found != 0 {
		t.Errorf("strict, and yet %d were created", found)
	}
	people := o.count("person")
	taken := o.secretary.Upload(o.path("/roster"), "list.csv", file).Want(http.StatusOK)
	want(t, body(taken), map[string]string{"created": "2", "updated": "0", "errors.#": "2", "errors.0.row": "3", "errors.1.row": "5"})
	if now := o.count("person"); now != people+2 {
		t.Errorf("%d people came of the two good rows", now-people)
	}
	want(t, o.person("样例甲"), map[string]string{"phone_masked": "138****0001", "home.grid_name": "第一网格", "home.verified": "true",
		"party_member": "true", "has_wechat": "false"})
	want(t, o.person("样例丙"), map[string]string{"home.region_id": o.World.Community.ID, "party_member": "false"})

	again := o.secretary.Upload(o.path("/roster"), "list.csv", bytes.Replace(file, []byte("003,,"), []byte("003,第一网格,"), 1)).Want(http.StatusOK)
	want(t, body(again), map[string]string{"created": "0", "updated": "1", "unchanged": "1", "errors.#": "2"})
	want(t, o.person("样例丙"), map[string]string{"home.grid_name": "第一网格"})
}

func TestAPreviewSaysWhatWillHappenAndChangesNothing(t *testing.T) {
	o := open(t)
	o.bring("样例甲,13810000001,,否,1-101,户主,", "样例老人,,,,1-102,,").Want(http.StatusOK)
	preview := o.preview("样例甲,138-1000-0001,第一网格,是,1-101,户主,", "样例老人,13810000002,,,1-102,户主,", "样例新人,13810000003,第一网格,是,1-103,户主,样例甲",
		"样例乙,13810000001,,,,,", "样例丙,123,,,,,", "样例丁,,别的网格,,,,", "样例新人,,第一网格,,1-103,,")
	want(t, body(preview), map[string]string{"rows": "7", "created": "1", "updated": "2", "unchanged": "0", "faults": "4", "new_households": "2",
		"unknown_grids.0": "别的网格", "encoding": "UTF-8", "columns.#": "7", "region_id": o.World.Community.ID})
	id := preview.Get("id").String()
	all := o.rows(id, "")
	if len(all) != 7 {
		t.Fatalf("%d rows", len(all))
	}
	want(t, all[0], map[string]string{"row": "2", "outcome": "updated", "phone_masked": "138****0001",
		`changes.#(field=="home").before`: "样板社区", `changes.#(field=="home").after`: "第一网格", `changes.#(field=="party_member").after`: "党员"})
	want(t, all[1], map[string]string{"row": "3", "outcome": "updated", "changes.#": "2", "changes.0.field": "phone", "changes.0.after": "138****0002", "changes.1.after": "户主"})
	want(t, all[2], map[string]string{"outcome": "created", `changes.#(field=="contact").after`: "样例甲", `changes.#(field=="household").after`: "1-103"})
	want(t, all[3], map[string]string{"outcome": "fault", "message": "和第2行的手机号相同"})
	want(t, all[4], map[string]string{"outcome": "fault", "message": "手机号应是1开头的11位数字，这里有3位"})
	want(t, all[5], map[string]string{"outcome": "fault", "message": "本社区没有叫「别的网格」的网格"})
	want(t, all[6], map[string]string{"outcome": "fault", "message": "和第4行是同一个人"})
	if faults := o.rows(id, "fault"); len(faults) != 4 {
		t.Errorf("%d faults", len(faults))
	}
	want(t, o.person("样例甲"), map[string]string{"party_member": "false", "home.grid_name": ""})

	o.secretary.Post("/roster/previews/"+id+"/import", nil).WantCode(http.StatusConflict, "roster.has_faults")
	imported := o.secretary.Post("/roster/previews/"+id+"/import", fields{"skip_faults": true}).Want(http.StatusCreated)
	want(t, body(imported), map[string]string{"created": "1", "updated": "2", "faults": "4", "imported_by_name": "样例secretary", "undo_until": "2026-11-23T02:00:00Z"})
	o.secretary.Post("/roster/previews/"+id+"/import", fields{"skip_faults": true}).WantCode(http.StatusConflict, "roster.imported")
	want(t, o.person("样例甲"), map[string]string{"party_member": "true", "home.grid_name": "第一网格"})
	want(t, o.household("1-103"), map[string]string{"members.0.person.name": "样例新人", "members.0.relation": "户主", "contact.person.name": "样例甲", "grid_name": "第一网格"})
	if acts := o.acts(); !slices.Contains(acts, "roster.previewed") || !slices.Contains(acts, "roster.imported") {
		t.Errorf("the audit log tells %v", acts)
	}
	if left := o.count("roster_preview_row"); left != 0 {
		t.Errorf("%d rows of the file are kept after the import", left)
	}
}

func (o *office) acts() (acts []string) {
	o.Helper()
	for _, act := range o.secretary.Get(o.path("/audit?limit=100")).Want(http.StatusOK).Get("items.#.act").Array() {
		acts = append(acts, act.String())
	}
	return acts
}

func (o *office) count(table string) (count int) {
	o.Helper()
	if err := o.App.DB.Querier(context.Background()).QueryRowContext(context.Background(), "SELECT COUNT(*) FROM "+table).Scan(&count); err != nil {
		o.Fatal(err)
	}
	return count
}

func TestRostersAreForTheDeskOfTheirCommunity(t *testing.T) {
	o := open(t)
	imported := o.bring("样例甲,13810000001,第一网格,是,1-101,户主,").Want(http.StatusOK).Get("import_id").String()
	preview := o.preview("样例乙,13810000002,,,,,").Get("id").String()
	household, member := "/households/"+o.household("1-101").Get("id").String(), fields{"person_id": o.person("样例甲").Get("id").String()}
	file := []byte(headings + "样例乙,13810000002,,,,,")
	refused := func(answers ...*apptest.Answer) {
		t.Helper()
		for _, answer := range answers {
			answer.WantCode(http.StatusForbidden, "auth.forbidden")
		}
	}
	for _, name := range []string{"outsider", "leader", "resident", "assignee", "grid"} {
		by := o.Login(name)
		refused(by.Upload(o.path("/roster"), "a.csv", file), by.Upload(o.path("/roster/previews"), "a.csv", file), by.Get(o.path("/roster/imports")),
			by.Get("/roster/imports/"+imported), by.Post("/roster/imports/"+imported+"/undo", nil), by.Get("/roster/previews/"+preview),
			by.Get("/roster/previews/"+preview+"/rows"), by.Post("/roster/previews/"+preview+"/import", nil),
			by.Put(household+"/contact", member), by.Delete(household+"/contact"), by.Get(o.path("/households")))
		if name != "grid" { // whose workers see the people of their grid
			refused(by.Get(household))
		}
	}
	refused(o.Login("secretary2").Get("/roster/previews/" + preview + "/rows"))
	_, card := o.Elder("样例老人")
	refused(o.secretary.ByCard(card).Get("/me/households"))
	grant := o.secretary.Get(o.path("/role-grants")).Want(http.StatusOK).Get(`items.#(person_id=="` + o.secretary.PersonID + `").id`).String()
	o.Login("admin").Delete("/role-grants/" + grant).Want(http.StatusNoContent)
	refused(o.secretary.Get("/roster/previews/"+preview), o.secretary.Post("/roster/previews/"+preview+"/import", nil)) // it was theirs
}

// Nobody is taken for somebody else of the same name.
func TestNamesakesAreNotGuessed(t *testing.T) {
	o := open(t)
	o.bring("样例同名,13810000001,,,,,", "样例同名,13810000002,,,,,", "样例独名,13810000003,,,,,", "样例户,13810000004,,,1-1,,", "样例双,13810000005,,,1-2,,",
		"样例双,13810000006,,,1-2,,", "样例党员,13810000007,,是,,,", "样例党员,13810000008,,是,,,").Want(http.StatusOK)
	people := o.count("person")
	rows := []string{"样例同名,,,,,,", "样例独名,,,,,,", "样例户,13810000009,,,1-1,,", "样例双,,,,1-2,,", "样例户,13810000004,,,1-1,,样例党员",
		"样例新一,13810000010,,,1-3,,13810000007", "样例新二,13810000011,,,1-3,,13810000008"}
	answer := o.bring(rows...).Want(http.StatusOK)
	for i, message := range []string{"本社区已有2位「样例同名」，请写手机号，好知道是哪一位", "本社区已有一位「样例独名」（138****0003），是同一位请写手机号，不是请写户号或住址",
		"这一户已有同名的人，登记的是别的手机号；换号请本人在微信里办", "这一户已有两位同名的人，请写手机号", "有2位党员叫「样例党员」，请写联系党员的手机号",
		"和第7行是一户，联系党员却不同"} {
		if got := answer.Get(fmt.Sprintf("errors.%d.message", i)).String(); got != message {
			t.Errorf("%s: %q, want %q", rows[i], got, message)
		}
	}
	if now := o.count("person"); now != people+1 {
		t.Errorf("%d people came of it, want one", now-people)
	}
}

func TestPeopleOfAnotherCommunityStayUnknown(t *testing.T) {
	o := open(t)
	o.Login("outsider").Post("/regions/"+o.World.VillageGrid.ID+"/people", fields{"name": "样例村民", "phone": "13810000009"}).Want(http.StatusCreated)
	answer := o.bring("样例甲,13810000009,,是,,,", "样例乙,13810000001,,,1-1,,样例村民").Want(http.StatusOK)
	want(t, body(answer), map[string]string{"created": "0", "updated": "0", "errors.#": "2",
		"errors.0.message": "这个手机号已在别处登记，请本人在微信里把常住社区改到这里", "errors.1.message": "本社区没有党员「样例村民」，请先在名单里写上TA是党员"})
	if strings.Contains(answer.String(), "样板村") || strings.Contains(answer.Get("errors.0.message").String(), "样例村民") {
		t.Errorf("another community's people are told of: %s", answer)
	}
	want(t, body(o.Login("outsider").Get("/regions/"+o.World.Village.ID+"/people?q=样例村民")), map[string]string{"items.0.name": "样例村民", "items.0.party_member": "false"})
}

func TestWhoHasNoHomeIsTakenInWithoutBeingShown(t *testing.T) {
	o := open(t)
	wanderer := o.Login("wanderer")
	wanderer.Patch("/me", fields{"name": "样例昵称"}).Want(http.StatusOK)
	wanderer.Put("/me/phone", fields{"code": "sim:13810000007"}).Want(http.StatusOK)
	preview := o.preview("样例真名,13810000007,第一网格,是,,,")
	if text := fmt.Sprint(o.rows(preview.Get("id").String(), "")); strings.Contains(text, "样例昵称") || !strings.Contains(text, `"updated"`) {
		t.Errorf("the preview tells %s", text)
	}
	imported := o.secretary.Post("/roster/previews/"+preview.Get("id").String()+"/import", nil).Want(http.StatusCreated)
	me := wanderer.Get("/me").Want(http.StatusOK)
	want(t, body(me), map[string]string{"name": "样例真名", "home.grid_name": "第一网格", "home.verified": "true", "party_member": "true"})
	undone := o.secretary.Post("/roster/imports/"+imported.Get("id").String()+"/undo", nil).Want(http.StatusOK)
	want(t, body(undone), map[string]string{"undone": "1", "left": ""})
	want(t, body(wanderer.Get("/me")), map[string]string{"name": "样例昵称", "home": "", "party_member": "false"})
}

func TestNobodyVerifiesTheirOwnHomeByARoster(t *testing.T) {
	o := open(t)
	o.secretary.Put("/me/phone", fields{"code": "sim:13810000008"}).Want(http.StatusOK)
	o.bring("样例secretary,13810000008,,是,,,").Want(http.StatusOK)
	want(t, body(o.secretary.Get("/me")), map[string]string{"home.verified": "false", "party_member": "true"})
	o.Login("secretary2").Upload(o.path("/roster"), "a.csv", []byte("姓名,手机\n样例secretary,13810000008\n")).Want(http.StatusOK)
	want(t, body(o.secretary.Get("/me")), map[string]string{"home.verified": "true"})
}

func TestWhoWasListedIsFoundAtTheFirstLogin(t *testing.T) {
	o := open(t)
	o.bring("样例甲,13810000001,第一网格,是,1-101,户主,").Want(http.StatusOK)
	listed := o.person("样例甲").Get("id").String()
	newcomer := o.Login("newcomer")
	newcomer.Put("/me/phone", fields{"code": "sim:13810000001"}).Want(http.StatusOK)
	me := newcomer.Get("/me").Want(http.StatusOK)
	want(t, body(me), map[string]string{"id": listed, "name": "样例甲", "home.verified": "true", "party_member": "true"})
	want(t, o.household("1-101"), map[string]string{"members.0.person.id": listed})
}

func TestAnImportDoesWhatWasPreviewedOrNothing(t *testing.T) {
	o := open(t)
	o.bring("样例甲,13810000001,,,1-101,户主,").Want(http.StatusOK)
	for name, meanwhile := range map[string]func(id string){
		"somebody was registered": func(id string) {
			o.secretary.Post(o.path("/people"), fields{"name": "样例乙", "phone": "1382000000" + id}).Want(http.StatusCreated)
		},
		"somebody took another name": func(id string) {
			listed := o.Login("listed" + id)
			listed.Put("/me/phone", fields{"code": "sim:13810000001"})
			o.bring("样例甲改" + strings.Repeat("改", int(id[0]-'0')) + ",13810000001,,,,,").Want(http.StatusOK)
		},
	} {
		t.Run(name, func(t *testing.T) {
			id := fmt.Sprint(len(name) % 10)
			preview := o.preview("样例甲,13810000001,第一网格,是,1-101,户主,", "样例乙,1382000000"+id+",,,,,").Get("id").String()
			meanwhile(id)
			people := o.count("person")
			o.secretary.Post("/roster/previews/"+preview+"/import", nil).WantCode(http.StatusConflict, "roster.changed")
			if now := o.count("person"); now != people || o.person("样例甲").Get("party_member").Bool() {
				t.Errorf("something was done: %d people, %d before", now, people)
			}
		})
	}
}

func TestAPreviewEnds(t *testing.T) {
	o := open(t)
	first := o.preview("样例甲,13810000001,,,,,").Get("id").String()
	second := o.preview("样例甲,13810000001,,,,,").Get("id").String()
	o.secretary.Get("/roster/previews/" + first).Want(http.StatusNotFound)
	o.Login("secretary2").Get("/roster/previews/" + second).Want(http.StatusForbidden)
	o.Login("secretary2").Post("/roster/previews/"+second+"/import", nil).Want(http.StatusForbidden)
	o.Clock.Advance(2*time.Hour + time.Second)
	o.secretary.Post("/roster/previews/"+second+"/import", nil).Want(http.StatusNotFound)
	o.Tick()
	if rows, previews := o.count("roster_preview_row"), o.count("roster_preview"); rows+previews != 0 {
		t.Errorf("%d rows of %d previews are kept for good", rows, previews)
	}
}

func TestUndoLeavesWhatSomebodyActedOn(t *testing.T) {
	o := open(t)
	o.bring("样例旧人,13810000010,,,2-201,户主,").Want(http.StatusOK)
	imported := o.bring("样例登录,13810000001,第一网格,,1-101,户主,样例党员", "样例积分,13810000002,,,1-102,,", "样例制卡,13810000003,,,,,", "样例改名,13810000004,,,,,",
		"样例无事,13810000005,,,1-103,,", "样例党员,13810000006,,是,,,", "样例旧人,13810000010,第一网格,是,2-202,,", "样例注销,13810000011,,,1-104,,", "样例角色,13810000012,,,,,").Want(http.StatusOK)
	want(t, body(imported), map[string]string{"created": "8", "updated": "1", "errors.#": "0"})
	id := imported.Get("import_id").String()

	o.Login("one").Put("/me/phone", fields{"code": "sim:13810000001"}).Want(http.StatusOK)
	o.earn(o.person("样例积分").Get("id").String())
	o.secretary.Post("/people/"+o.person("样例制卡").Get("id").String()+"/cards", nil).Want(http.StatusCreated)
	o.bring("样例改过,13810000004,,,,,").Want(http.StatusOK)
	leaver := o.Login("leaver")
	leaver.Put("/me/phone", fields{"code": "sim:13810000011"}).Want(http.StatusOK)
	o.preview("样例注销,13810000011,,是,,,")
	leaver.Delete("/me").Want(http.StatusNoContent)
	if kept := o.count("roster_preview_row"); kept != 0 {
		t.Errorf("%d rows of a preview tell of who has left", kept)
	}
	o.Login("admin").Post("/role-grants", fields{"person_id": o.person("样例角色").Get("id").String(), "role": "grid_worker", "region_id": o.World.Grid.ID}).Want(http.StatusCreated)

	undone := o.secretary.Post("/roster/imports/"+id+"/undo", nil).Want(http.StatusOK)
	want(t, body(undone), map[string]string{"undone": "3", "left.#": "5", `left.#(name=="样例登录").message`: "本人已登录", `left.#(name=="样例积分").reason`: "history",
		`left.#(name=="样例制卡").reason`: "card", `left.#(name=="样例改过").reason`: "changed", `left.#(name=="样例角色").reason`: "role", `left.#(name=="样例登录").row`: "2",
		"undone_by_name": "样例secretary"})
	if acts := o.acts(); acts[0] != "roster.undone" {
		t.Errorf("the audit log tells %v", acts)
	}
	if kept := o.count("roster_change WHERE after_json <> '' AND import_id = '" + id + "'"); kept != 0 {
		t.Errorf("what %d people were is kept after the undo", kept)
	}
	o.secretary.Post("/roster/imports/"+id+"/undo", nil).WantCode(http.StatusConflict, "roster.undone")
	want(t, body(o.secretary.Get("/roster/imports/"+id).Want(http.StatusOK)), map[string]string{"left.#": "5"})
	want(t, o.person("样例旧人"), map[string]string{"party_member": "false", "home.grid_name": ""})
	want(t, o.household("2-201"), map[string]string{"members.#": "1"})
	want(t, o.household("1-101"), map[string]string{"members.0.person.name": "样例登录", "contact": ""})
	for _, gone := range []string{"样例无事", "样例党员"} {
		if found := o.secretary.Get(o.path("/people?q=" + gone)).Get("items.#").Int(); found != 0 {
			t.Errorf("%s is still there", gone)
		}
	}
	if found := len(o.all(o.secretary, o.path("/households?limit=100"))); found != 3 { // 1-101, 1-102, 2-201
		t.Errorf("%d households are left", found)
	}
	o.bring("样例无事,13810000005,,,1-103,,").Want(http.StatusOK)
	want(t, o.person("样例无事"), map[string]string{"phone_masked": "138****0005"})
}

// What came after an import stays: another household, another Party member in touch, another home.
func TestUndoLeavesWhatCameLater(t *testing.T) {
	o := open(t)
	o.bring("样例户主,13810000001,,,1-1,,", "样例党员,13810000002,,是,,,", "样例另一,13810000003,,是,,,").Want(http.StatusOK)
	bring := func(row string) (id string) { return o.bring(row).Want(http.StatusOK).Get("import_id").String() }
	undo := func(id string, wanted map[string]string) {
		t.Helper()
		want(t, body(o.secretary.Post("/roster/imports/"+id+"/undo", nil).Want(http.StatusOK)), wanted)
	}
	link := func(number, name string) {
		t.Helper()
		o.secretary.Put("/households/"+o.household(number).Get("id").String()+"/contact", fields{"person_id": o.person(name).Get("id").String()}).Want(http.StatusOK)
	}
	first, second := bring("样例搬家,13810000004,,,2-1,,"), bring("样例搬家,13810000004,,,2-2,,")
	undo(first, map[string]string{"undone": "0", "left.#": "1", "left.0.reason": "changed"})
	undo(second, map[string]string{"undone": "0", "left.#": "1", "left.0.reason": "changed"}) // there is no 2-1 any more
	want(t, o.household("2-2"), map[string]string{"members.0.person.name": "样例搬家"})

	linked := bring("样例户主,13810000001,,,1-1,,样例党员")
	link("1-1", "样例另一")
	undo(linked, map[string]string{"left.#": "1", "left.0.reason": "changed", "left.0.name": "1-1"})
	want(t, o.household("1-1"), map[string]string{"contact.person.name": "样例另一"})

	member, house := bring("样例新党员,13810000005,,是,,,"), bring("样例新户,13810000006,,,3-1,,")
	link("3-1", "样例新党员")
	undo(member, map[string]string{"undone": "0", "left.0.reason": "contact"})
	undo(house, map[string]string{"undone": "1", "left": ""})
	want(t, o.household("3-1"), map[string]string{"members.#": "0", "contact.person.name": "样例新党员"})

	moved := bring("样例远走,13810000007,第一网格,,4-1,,")
	mover := o.Login("mover")
	mover.Put("/me/phone", fields{"code": "sim:13810000007"}).Want(http.StatusOK)
	mover.Patch("/me", fields{"home_region_id": o.World.Village.ID}).Want(http.StatusOK)
	want(t, o.household("4-1"), map[string]string{"members.#": "0"})
	undo(moved, map[string]string{"undone": "0", "left.#": "1", "left.0.reason": "gone", "left.0.name": "", "left.0.person_id": ""})
}

// earn gives somebody a point by the hands of both secretaries.
func (o *office) earn(personID string) {
	o.Helper()
	adjustment := fields{"person_id": personID, "region_id": o.World.Community.ID, "amount": 1, "reason": "补登上月的服务"}
	id := o.secretary.Post("/points/adjustments", adjustment).Want(http.StatusCreated).Get("id").String()
	o.Login("secretary2").Post("/points/adjustments/"+id+"/approve", nil).Want(http.StatusOK)
}

func TestUndoWithinADay(t *testing.T) {
	o := open(t)
	id := o.bring("样例甲,13810000001,,,,,").Want(http.StatusOK).Get("import_id").String()
	o.Clock.Advance(24 * time.Hour)
	o.Tick()
	want(t, body(o.secretary.Post("/roster/imports/"+id+"/undo", nil).Want(http.StatusOK)), map[string]string{"undone": "1", "left": ""})
	id = o.bring("样例甲,13810000001,,,,,").Want(http.StatusOK).Get("import_id").String()
	o.Clock.Advance(24*time.Hour + time.Second)
	o.secretary.Post("/roster/imports/"+id+"/undo", nil).WantCode(http.StatusConflict, "roster.undo_late")
	o.Tick()
	var kept string
	if err := o.App.DB.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT after_json FROM roster_change WHERE import_id = ?", id).Scan(&kept); err != nil || kept != "" {
		t.Errorf("kept after it is of no more use: %q, %v", kept, err)
	}
}

func TestPartyMembersKeepInTouchWithHouseholds(t *testing.T) {
	o := open(t)
	o.bring("样例党员,13810000001,第一网格,是,,,", "样例户主,13810000002,第一网格,否,1-101,户主,", "样例配偶,,第一网格,,1-101,配偶,", "样例别户,13810000003,,,9-901,,",
		"样例另一,13810000004,,是,,,").Want(http.StatusOK)
	member := o.Login("member")
	member.Put("/me/phone", fields{"code": "sim:13810000001"}).Want(http.StatusOK)
	path := "/households/" + o.household("1-101").Get("id").String()
	id := o.person("样例党员").Get("id").String()

	o.secretary.Put(path+"/contact", fields{"person_id": o.person("样例户主").Get("id").String()}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	outsider, village := o.Login("outsider"), "/regions/"+o.World.Village.ID
	outsider.Upload(village+"/roster", "a.csv", []byte("姓名,手机,党员\n样例村民,13810000009,是\n")).Want(http.StatusOK)
	elsewhere := outsider.Get(village + "/people?q=样例村民").Want(http.StatusOK).Get("items.0.id").String()
	o.secretary.Put(path+"/contact", fields{"person_id": elsewhere}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	linked := o.secretary.Put(path+"/contact", fields{"person_id": id}).Want(http.StatusOK)
	want(t, body(linked), map[string]string{"contact.person.name": "样例党员", "contact.from": "2026-11-22T02:00:00Z", "grid_workers.0": "样例grid"})

	mine := member.Get("/me/households").Want(http.StatusOK)
	want(t, body(mine), map[string]string{"items.#": "1", "items.0.number": "1-101", "items.0.grid_name": "第一网格", "items.0.members.#": "2",
		"items.0.members.#(relation==户主).person.phone_masked": "138****0002", "items.0.contact": ""})
	want(t, body(o.Login("resident").Get("/me/households")), map[string]string{"items.#": "0"})
	if strings.Contains(mine.String(), "13810000002") {
		t.Error("a whole phone number is shown")
	}
	want(t, body(o.Login("grid").Get("/regions/"+o.World.Grid.ID+"/households").Want(http.StatusOK)), map[string]string{"items.#": "1", "items.0.number": "1-101"})
	o.Login("grid").Get(o.path("/households")).Want(http.StatusForbidden)
	want(t, body(o.secretary.Get(o.path("/households?contact=no"))), map[string]string{"items.#": "1", "items.0.number": "9-901"})
	want(t, body(o.secretary.Get(o.path("/households?contact=yes"))), map[string]string{"items.#": "1", "items.0.number": "1-101"})
	want(t, body(o.secretary.Get(o.path("/households?q=样例配偶"))), map[string]string{"items.#": "1", "items.0.number": "1-101"})
	want(t, body(o.secretary.Get(o.path("/households?q=901"))), map[string]string{"items.#": "1", "items.0.number": "9-901"})

	o.Clock.Advance(time.Hour)
	other := o.secretary.Put(path+"/contact", fields{"person_id": o.person("样例另一").Get("id").String()}).Want(http.StatusOK)
	want(t, body(other), map[string]string{"contact.person.name": "样例另一", "former_contacts.0.person.name": "样例党员", "former_contacts.0.until": "2026-11-22T03:00:00Z"})
	want(t, body(member.Get("/me/households")), map[string]string{"items.#": "0"})
	o.secretary.Delete(path + "/contact").Want(http.StatusNoContent)
	o.secretary.Delete(path + "/contact").Want(http.StatusNotFound)

	o.secretary.Put(path+"/contact", fields{"person_id": id}).Want(http.StatusOK)
	member.Patch("/me", fields{"home_region_id": o.World.Village.ID}).Want(http.StatusOK)
	want(t, body(member.Get("/me/households")), map[string]string{"items.#": "0"}) // they live elsewhere now
	want(t, body(o.secretary.Get(path)), map[string]string{"contact": ""})
	export := member.Get("/me/export").Want(http.StatusOK)
	want(t, body(export), map[string]string{"rooms.roster.contacts.#": "2", "rooms.roster.imports.#": "1"})
	member.Delete("/me").Want(http.StatusNoContent)
	if ties := o.count("household_contact WHERE person_id = '" + id + "'"); ties != 0 {
		t.Errorf("%d links of somebody who has left", ties)
	}
}

func TestFilesThatAreRefusedLeaveNothing(t *testing.T) {
	o := open(t)
	people := o.count("person")
	for name, file := range map[string]struct {
		content []byte
		status  int
	}{
		"large.csv": {bytes.Repeat([]byte("样例,1\n"), 2<<20), http.StatusRequestEntityTooLarge}, "照片.png": {[]byte("\x89PNG\r\n\x1a\n"), http.StatusUnprocessableEntity},
		"cut.xlsx": {[]byte("PK\x03\x04cut"), http.StatusUnprocessableEntity}, "empty.csv": {nil, http.StatusUnprocessableEntity},
		"no names.csv": {[]byte("手机,网格\n13810000001,第一网格\n"), http.StatusUnprocessableEntity},
	} {
		for _, path := range []string{"/roster", "/roster/previews"} {
			if answer := o.secretary.Upload(o.path(path), name, file.content); answer.Status != file.status || answer.Get("detail").String() == "" {
				t.Errorf("%s: %s", name, answer)
			}
		}
	}
	if o.count("person") != people || o.count("roster_preview")+o.count("roster_import") != 0 {
		t.Error("something is left of a file that was refused")
	}
	odd := o.secretary.Upload(o.path("/roster/previews?file_name=%E5%90%8D%E5%8D%95%E2%80%AE.csv"), "tmp_1.csv", []byte("姓名,网格\n"+strings.Repeat("样例,"+strings.Repeat("格", 190)+"\n", 2)+manyGrids()))
	want(t, body(odd.Want(http.StatusCreated)), map[string]string{"file_name": "名单.csv", "unknown_grids.#": "50", "faults": "1002"})
}

func manyGrids() string {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "样例,%s%d\n", strings.Repeat("远", 190), i)
	}
	return text.String()
}

// Two at once bring the same file: nobody is there twice, whoever was first, and also those without a phone.
func TestTwoImportsOfTheSameFileAtOnce(t *testing.T) {
	o := open(t)
	var rows []string
	for i := range 60 {
		phone := ""
		if i%2 == 0 {
			phone = fmt.Sprintf("138100%05d", i)
		}
		rows = append(rows, fmt.Sprintf("样例%s,%s,第一网格,,%d-101,户主,", chinese(i), phone, i/2))
	}
	file := []byte(headings + strings.Join(rows, "\n"))
	var both sync.WaitGroup
	for _, name := range []string{"secretary", "secretary2"} {
		client := o.Login(name)
		for _, path := range []string{"/roster", "/roster?strict=true"} {
			both.Go(func() {
				if answer := client.Upload(o.path(path), "名单.csv", file); answer.Status != http.StatusOK && answer.Status != http.StatusConflict && answer.Status != http.StatusServiceUnavailable {
					t.Errorf("%s", answer)
				}
			})
		}
		both.Go(func() {
			preview := client.Upload(o.path("/roster/previews"), "名单.csv", file)
			for range 2 {
				answer := client.Post("/roster/previews/"+preview.Get("id").String()+"/import", nil)
				if answer.Status >= 500 && answer.Status != http.StatusServiceUnavailable {
					t.Errorf("%s", answer)
				}
			}
		})
	}
	both.Wait()
	if found := len(o.all(o.secretary, o.path("/people?limit=100&q=样例零"))) + len(o.all(o.secretary, o.path("/people?limit=100&q=样例五"))); found != 20 {
		t.Errorf("%d people of the first and the last ten, want 20", found)
	}
	if found := o.count("household"); found != 30 {
		t.Errorf("%d households, want 30", found)
	}
	if found := o.count("household_member"); found != 60 {
		t.Errorf("%d members of households, want 60", found)
	}
}

// The same of a list that has names only: no unique index stands behind the turn that imports take.
func TestTwoImportsOfNamesAtOnce(t *testing.T) {
	o := open(t)
	var rows []string
	for i := range 60 {
		rows = append(rows, "样例"+chinese(i))
	}
	file := []byte("姓名\n" + strings.Join(rows, "\n"))
	var both sync.WaitGroup
	for _, name := range []string{"secretary", "secretary2"} {
		client := o.Login(name)
		for range 3 {
			both.Go(func() {
				if answer := client.Upload(o.path("/roster"), "名单.csv", file); answer.Status != http.StatusOK && answer.Status != http.StatusConflict && answer.Status != http.StatusServiceUnavailable {
					t.Errorf("%s", answer)
				}
			})
		}
	}
	both.Wait()
	if found := len(o.all(o.secretary, o.path("/people?limit=100&q=样例零"))) + len(o.all(o.secretary, o.path("/people?limit=100&q=样例五"))); found != 20 {
		t.Errorf("%d people of the first and the last ten, want 20", found)
	}
}

// The unique indexes hold a place to one household, a household to one Party member in touch, and a person to one household.
func TestKeysOfHouseholdsAreUnique(t *testing.T) {
	o := open(t)
	o.bring("样例甲,13810000001,,是,1-101,户主,样例甲").Want(http.StatusOK)
	for table, columns := range map[string]string{
		"household":         "'X', community_id, grid_id, path, number, number_key, created_by, created_at",
		"household_contact": "'X', household_id, person_id, slot, from_at, set_by, until_at, ended_by",
		"household_member":  "person_id, 'X', relation, added_at",
	} {
		err := o.App.DB.InTx(t.Context(), func(ctx context.Context) error {
			_, err := o.App.DB.Querier(ctx).ExecContext(ctx, "INSERT INTO "+table+" SELECT "+columns+" FROM "+table)
			return err
		})
		if !db.IsUnique(err) {
			t.Errorf("%s holds the same twice: %v", table, err)
		}
	}
}

// chinese is a number in Chinese digits, as names have none.
func chinese(number int) string {
	digits := []rune("零一二三四五六七八九")
	text := ""
	for _, digit := range fmt.Sprintf("%02d", number) {
		text += string(digits[digit-'0'])
	}
	return text
}

const (
	manyRows   = 20_000
	manyFaults = 300
)

// largeRoster has a fault in every 67th row or so; it gives the rows' numbers.
func largeRoster() (file []byte, faults []int) {
	var text strings.Builder
	text.WriteString("样板社区居民花名册\n序号,姓名,身份证号,联系电话,所属网格,政治面貌,户号,与户主关系\n")
	for i := range manyRows {
		name, phone, grid := "样例"+chinese(i), fmt.Sprintf("139 %04d %04d", i/10000, i%10000), "第一网格"
		if i%66 == 65 && len(faults) < manyFaults {
			faults = append(faults, i+3)
			switch len(faults) % 5 {
			case 0:
				name = ""
			case 1:
				phone = phone[:len(phone)-1]
			case 2:
				grid = "第九网格"
			case 3:
				phone = "1.39E+10"
			case 4:
				phone = fmt.Sprintf("139 %04d %04d", (i-1)/10000, (i-1)%10000)
			}
		}
		party := ""
		if i%20 == 0 {
			party = "中共党员"
		}
		fmt.Fprintf(&text, "%d,%s,41010019900101%04d,%s,%s,%s,%d-%d,\n", i+1, name, i%10000, phone, grid, party, i/300, i/3%100)
	}
	file, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text.String()))
	if err != nil {
		panic(err)
	}
	return file, faults
}

func TestTwentyThousandRowsInGBKWithThreeHundredFaults(t *testing.T) {
	o := open(t)
	file, faults := largeRoster()
	started := time.Now()
	var preview *apptest.Answer
	statements := o.Statements(http.MethodPost, "/regions/:id/roster/previews", func() {
		preview = o.secretary.Upload(o.path("/roster/previews"), "花名册.csv", file).Want(http.StatusCreated)
	})
	t.Logf("previewed in %v with %d statements", time.Since(started), statements)
	want(t, body(preview), map[string]string{"rows": "20000", "created": "19700", "faults": "300", "encoding": "GB18030", "unknown_grids.0": "第九网格", "ignored_columns.1": "身份证号"})
	if most := 2*manyRows/500 + 30; statements > most {
		t.Errorf("%d statements, %d are allowed", statements, most)
	}
	id := preview.Get("id").String()
	var named []int
	for _, row := range o.rows(id, "fault") {
		named = append(named, int(row.Get("row").Int()))
		if row.Get("message").String() == "" {
			t.Errorf("nothing is said of row %s", row)
		}
	}
	if !slices.Equal(named, faults) {
		t.Errorf("named are %d rows %v, want %d rows %v", len(named), named, len(faults), faults)
	}
	if testing.Short() {
		return
	}
	started = time.Now()
	var imported *apptest.Answer
	statements = o.Statements(http.MethodPost, "/roster/previews/:id/import", func() {
		imported = o.secretary.Post("/roster/previews/"+id+"/import", fields{"skip_faults": true}).Want(http.StatusCreated)
	})
	t.Logf("imported in %v with %d statements", time.Since(started), statements)
	if most := 7*manyRows/500 + 40; statements > most {
		t.Errorf("%d statements, %d are allowed", statements, most)
	}
	if found := o.count("person WHERE home_community_id = '" + o.World.Community.ID + "' AND name LIKE '样例%'"); found < 19_700 {
		t.Errorf("%d people", found)
	}
	started = time.Now()
	var undone *apptest.Answer
	statements = o.Statements(http.MethodPost, "/roster/imports/:id/undo", func() {
		undone = o.secretary.Post("/roster/imports/"+imported.Get("id").String()+"/undo", nil).Want(http.StatusOK)
	})
	t.Logf("undone in %v with %d statements", time.Since(started), statements)
	if most := 20*manyRows/500 + 40; statements > most {
		t.Errorf("%d statements, %d are allowed", statements, most)
	}
	want(t, body(undone), map[string]string{"undone": "19700", "left": ""})
	if found := o.count("household") + o.count("household_member"); found != 0 {
		t.Errorf("%d rows of households are left", found)
	}
}

// An import and its undo leave what was before, whatever was there and whatever the file holds.
func TestImportThenUndoLeavesWhatWasBefore(t *testing.T) {
	o := open(t)
	rapid.Check(t, func(t *rapid.T) {
		row := rapid.Custom(func(t *rapid.T) string {
			pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
			return strings.Join([]string{"样例" + pick("name", "甲", "乙", "丙", "丁", "戊"),
				pick("phone", "", "", "13830000001", "13830000002", "13830000003", "13830000004"), pick("grid", "", "第一网格", "没有"),
				pick("party", "", "是", "否"), pick("household", "", "1-1", "1-2", "1-3"), pick("relation", "", "户主", "配偶"),
				pick("contact", "", "", "样例甲", "13830000001")}, ",")
		})
		rows := rapid.SliceOfN(row, 1, 8)
		o.bring(rows.Draw(t, "there")...).Want(http.StatusOK)
		before := o.stored()
		imported := o.bring(rows.Draw(t, "brought")...).Want(http.StatusOK)
		undone := o.secretary.Post("/roster/imports/"+imported.Get("import_id").String()+"/undo", nil).Want(http.StatusOK)
		if left := undone.Get("left.#").Int(); left != 0 {
			t.Fatalf("left: %s", undone)
		}
		if after := o.stored(); !slices.Equal(before, after) {
			t.Fatalf("before\n%s\nafter\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
		}
	})
}

// stored is all that an import may touch, but for what tells of imports.
func (o *office) stored() (rows []string) {
	o.Helper()
	for _, query := range []string{
		"SELECT id, name, search_name, home_region_id, home_path, home_verified_by, home_verified_at, home_changed_at, party_member FROM person",
		"SELECT kind, value, person_id FROM person_identity", "SELECT id, grid_id, number FROM household",
		"SELECT person_id, household_id, relation FROM household_member", "SELECT id, household_id, person_id, slot, until_at, ended_by FROM household_contact",
	} {
		found, err := o.App.DB.Querier(context.Background()).QueryContext(context.Background(), query)
		if err != nil {
			o.Fatal(err)
		}
		columns, _ := found.Columns()
		for found.Next() {
			values, into := make([]string, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := found.Scan(into...); err != nil {
				o.Fatal(err)
			}
			rows = append(rows, strings.Join(values, "|"))
		}
		found.Close()
	}
	slices.Sort(rows)
	return rows
}

package points_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"fivestar/server/app/apptest"
	"fivestar/server/points"
	"fivestar/server/region"
)

type said = map[string]any

const sayWrong = "那天我做了两个小时，只记了一个小时"

func upheld() said { return said{"verdict": "upheld", "text": "签到表上是一个小时"} }

// disputed disputes an entry of the resident's and gives the dispute's path.
func (d *desk) disputed(entry points.Entry) string {
	d.Helper()
	answer := d.Login("resident").Post("/points/entries/"+entry.ID+"/dispute", said{"text": sayWrong}).Want(http.StatusCreated)
	return "/points/disputes/" + answer.Get("id").String()
}

func (d *desk) missed(by *apptest.Client, text string) *apptest.Answer {
	d.Helper()
	return by.Post("/me/points/disputes", said{"region_id": d.World.Community.ID, "text": text})
}

// adjusted gives the id of an entry posted by hand for somebody in the community.
func (d *desk) adjusted(personID string, amount int) string {
	d.Helper()
	id := d.Login("secretary").Post("/points/adjustments", said{"person_id": personID, "region_id": d.World.Community.ID,
		"amount": amount, "reason": "核对后补记"}).Want(http.StatusCreated).Get("id").String()
	d.Login("secretary2").Post("/points/adjustments/"+id+"/approve", nil).Want(http.StatusOK)
	return d.Login("secretary").Get("/people/" + personID + "/points/entries?limit=1").Want(http.StatusOK).Get("items.0.id").String()
}

func TestADisputeFromWordToDecision(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	entry := d.give(me.PersonID, 10, region.Harmony)
	raised := me.Post("/points/entries/"+entry.ID+"/dispute", said{"text": "  " + sayWrong + " "}).Want(http.StatusCreated)
	for path, want := range map[string]string{"state": "open", "kind": "entry", "record_id": entry.ID, "about.amount": "10", "about.memo": "打扫楼道",
		"person_id": me.PersonID, "region_id": d.World.Community.ID, "region_name": d.World.Community.Name,
		"timeline.#": "1", "timeline.0.act": "raised", "timeline.0.text": sayWrong, "may_answer": ""} {
		if got := raised.Get(path).String(); got != want {
			t.Errorf("raised: %s is %q, want %q: %s", path, got, want, raised)
		}
	}
	again := me.Post("/points/entries/"+entry.ID+"/dispute", said{"text": "再说一遍"}).Want(http.StatusOK)
	if again.Get("id").String() != raised.Get("id").String() || again.Get("timeline.0.text").String() != sayWrong {
		t.Errorf("asked again: %s", again)
	}

	path := "/points/disputes/" + raised.Get("id").String()
	secretary, street := d.Login("secretary"), d.Login("district") // the street itself confirmed the entry
	me.Post(path+"/appeal", said{"text": "还没有答复"}).WantCode(http.StatusConflict, "dispute.wrong_state")
	street.Post(path+"/decision", upheld()).WantCode(http.StatusConflict, "dispute.wrong_state")
	answered := secretary.Post(path+"/answer", upheld()).Want(http.StatusOK)
	if answered.Get("state").String() != "answered" || answered.Get("timeline.1.person_id").String() != secretary.PersonID {
		t.Errorf("answered: %s", answered)
	}
	d.Login("secretary2").Post(path+"/answer", upheld()).WantCode(http.StatusConflict, "dispute.wrong_state")
	me.Post(path+"/appeal", said{"text": "队长可以作证"}).Want(http.StatusOK)
	me.Post(path+"/appeal", said{"text": "队长可以作证"}).WantCode(http.StatusConflict, "dispute.wrong_state")

	correction := d.adjusted(me.PersonID, 10)
	street.Post(path+"/decision", said{"verdict": "corrected", "text": "问过队长，补上一个小时", "correction_ids": []string{correction}}).Want(http.StatusOK)
	me.Post(path+"/appeal", said{"text": "再申诉一次"}).WantCode(http.StatusConflict, "dispute.wrong_state")
	street.Post(path+"/decision", upheld()).WantCode(http.StatusConflict, "dispute.wrong_state")
	me.Post("/points/entries/"+entry.ID+"/dispute", said{"text": "再来一次"}).Want(http.StatusOK)

	for who, list := range map[*apptest.Client]string{me: "/me/points/entries", secretary: "/people/" + me.PersonID + "/points/entries"} {
		shown := who.Get(list).Want(http.StatusOK).Get(`items.#(id=="` + entry.ID + `").dispute`)
		for path, want := range map[string]string{"state": "decided", "region_name": d.World.Community.Name, "timeline.#.act": `["raised","answered","appealed","decided"]`,
			"timeline.0.text": sayWrong, "timeline.1.text": "签到表上是一个小时", "timeline.1.verdict": "upheld", "timeline.2.text": "队长可以作证",
			"timeline.3.text": "问过队长，补上一个小时", "timeline.3.verdict": "corrected", "timeline.3.person_id": street.PersonID,
			"timeline.3.corrections.0.entry_id": correction, "timeline.3.corrections.0.amount": "10"} {
			if got := shown.Get(path).String(); got != want {
				t.Errorf("beside the entry %s is %q, want %q: %s", path, got, want, shown)
			}
		}
		if name := shown.Get("timeline.3.person_name").String(); name == "" {
			t.Errorf("nobody is said to have decided: %s", shown)
		}
		if other := who.Get(list).Get(`items.#(id=="` + correction + `").dispute`); other.Exists() {
			t.Errorf("the correction is disputed too: %s", other)
		}
	}
	if got := d.acts("points.dispute_answered", "points.dispute_decided"); got != 2 {
		t.Errorf("%d audit entries for answer and decision", got)
	}
	d.wantSound()
}

// acts counts the audit entries of the community that have one of the names.
func (d *desk) acts(names ...string) int {
	d.Helper()
	count := 0
	for _, name := range d.Login("secretary").Get("/regions/" + d.World.Community.ID + "/audit?limit=100").Want(http.StatusOK).Get("items.#.act").Array() {
		if slices.Contains(names, name.String()) {
			count++
		}
	}
	return count
}

func TestNobodyRulesOnWhatWentThroughTheirHands(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	byHand := points.Entry{ID: d.adjusted(me.PersonID, 5)} // proposed by one secretary, approved by the other
	path := d.disputed(byHand)
	for _, name := range []string{"secretary", "secretary2"} {
		d.Login(name).Post(path+"/answer", upheld()).WantCode(http.StatusForbidden, "review.own_work")
	}
	waiting := "/regions/" + d.World.Community.ID + "/points/disputes"
	for name, want := range map[string]bool{"secretary": false, "secretary2": false, "street": true, "city": true} {
		if got := d.Login(name).Get(waiting).Want(http.StatusOK).Get("items.0.may_answer").Bool(); got != want {
			t.Errorf("%s is told %v", name, got)
		}
	}
	d.Login("street").Post(path+"/answer", upheld()).Want(http.StatusOK)
	me.Post(path+"/appeal", said{"text": "街道没有来问过我"}).Want(http.StatusOK)
	d.Login("secretary").Post(path+"/decision", upheld()).WantCode(http.StatusForbidden, "auth.forbidden")
	d.Login("street").Post(path+"/decision", upheld()).WantCode(http.StatusForbidden, "review.own_decision")
	for name, want := range map[string]bool{"secretary": false, "street": false, "district": true} {
		if got := d.Login(name).Get(waiting + "?state=appealed").Want(http.StatusOK).Get("items.0.may_decide").Bool(); got != want {
			t.Errorf("%s is told %v", name, got)
		}
	}
	d.Login("district").Post(path+"/decision", upheld()).Want(http.StatusOK)

	own := d.missed(d.Login("secretary"), "上周值班没有记").Want(http.StatusCreated).Get("id").String()
	d.Login("secretary").Post("/points/disputes/"+own+"/answer", upheld()).WantCode(http.StatusForbidden, "review.own_work")
	d.Login("secretary2").Post("/points/disputes/"+own+"/answer", upheld()).Want(http.StatusOK)
}

func TestADisputeByCardIsNotAnsweredByItsHelper(t *testing.T) {
	d := startDesk(t)
	elder, card := d.Elder("样例老人")
	entry := d.give(elder, 7, "")
	helper := d.Login("secretary")
	raised := helper.ByCard(card).Post("/points/entries/"+entry.ID+"/dispute", said{"text": "老人说少了"}).Want(http.StatusCreated)
	if raised.Get("person_id").String() != elder || raised.Get("timeline.0.helper_id").String() != helper.PersonID || raised.Get("timeline.0.helper_name").String() == "" {
		t.Errorf("both are kept: %s", raised)
	}
	path := "/points/disputes/" + raised.Get("id").String()
	helper.Post(path+"/answer", upheld()).WantCode(http.StatusForbidden, "review.own_work")
	d.Login("secretary2").Post(path+"/answer", upheld()).Want(http.StatusOK)
}

func TestWhatIsNotOnesOwnIsNotDisputed(t *testing.T) {
	d := startDesk(t)
	entry := d.give(d.Login("resident").PersonID, 10, "")
	d.serve(entry, 60)
	for _, name := range []string{"leader", "secretary", "admin"} {
		d.Login(name).Post("/points/entries/"+entry.ID+"/dispute", said{"text": sayWrong}).WantCode(http.StatusForbidden, "auth.forbidden")
		d.Login(name).Post("/points/minutes/"+entry.SourceID+"/dispute", said{"text": sayWrong}).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	me := d.Login("resident")
	me.Post("/points/entries/no-entry/dispute", said{"text": sayWrong}).WantCode(http.StatusNotFound, "not_found")
	me.Post("/points/minutes/no-presence/dispute", said{"text": sayWrong}).WantCode(http.StatusNotFound, "not_found")
	for _, text := range []string{"", "  ", "少", strings.Repeat("字", 1001)} {
		me.Post("/points/entries/"+entry.ID+"/dispute", said{"text": text}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	path := d.disputed(entry)
	d.Login("leader").Post(path+"/appeal", said{"text": "替他申诉"}).WantCode(http.StatusForbidden, "auth.forbidden")
	d.Login("outsider").Post(path+"/answer", upheld()).WantCode(http.StatusForbidden, "auth.forbidden")
	if got := me.Get("/me/points/disputes").Want(http.StatusOK).Get("items.#").Int(); got != 1 {
		t.Errorf("%d disputes, want 1", got)
	}
}

func TestServiceMinutesAreDisputedLikewise(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	entry := d.give(me.PersonID, 10, "")
	d.serve(entry, 60)
	raised := me.Post("/points/minutes/"+entry.SourceID+"/dispute", said{"text": sayWrong}).Want(http.StatusCreated)
	for path, want := range map[string]string{"kind": "minutes", "record_id": entry.SourceID, "about.minutes": "60", "about.at": "2026-11-22T02:00:00Z"} {
		if got := raised.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q: %s", path, got, want, raised)
		}
	}
	me.Post("/points/minutes/"+entry.SourceID+"/dispute", said{"text": sayWrong}).Want(http.StatusOK)
	d.disputed(entry) // the points of the same presence are another matter
	path := "/points/disputes/" + raised.Get("id").String()
	d.Login("street").Post(path+"/answer", upheld()).WantCode(http.StatusForbidden, "review.own_work") // who confirmed them
	d.Login("secretary").Post(path+"/answer", upheld()).Want(http.StatusOK)
}

func TestMissingThingsAreBounded(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	var first string
	for i, text := range []string{"周一扫雪没有记", "周二扫雪没有记", "周三扫雪没有记"} {
		raised := d.missed(me, text).Want(http.StatusCreated)
		if raised.Get("kind").String() != "missing" || raised.Get("about").Exists() {
			t.Errorf("%s", raised)
		}
		if i == 0 {
			first = raised.Get("id").String()
		}
	}
	d.missed(me, "周四扫雪没有记").WantCode(http.StatusConflict, "dispute.limit")
	d.missed(d.Login("leader"), "周四扫雪没有记").Want(http.StatusCreated)
	me.Post("/me/points/disputes", said{"region_id": d.World.Village.ID, "text": "在邻村帮忙没有记"}).Want(http.StatusCreated)
	d.Login("secretary").Post("/points/disputes/"+first+"/answer", upheld()).Want(http.StatusOK)
	d.missed(me, "周四扫雪没有记").Want(http.StatusCreated)
	d.missed(me, "周五扫雪没有记").WantCode(http.StatusConflict, "dispute.limit")

	d.missed(d.Login("newcomer"), "我没有住处").WantCode(http.StatusForbidden, "dispute.no_home")
	me.Post("/me/points/disputes", said{"region_id": "nowhere", "text": "没有这个地方"}).WantCode(http.StatusNotFound, "not_found")
	me.Post("/me/points/disputes", said{"region_id": d.World.Street.ID, "text": "街道不记积分"}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

func TestDisputesRaisedAtOnceAreOne(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	entry := d.give(me.PersonID, 10, "")
	const many = 12
	statuses, missing := make([]int, many), make([]int, many)
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() {
			statuses[i] = me.Post("/points/entries/"+entry.ID+"/dispute", said{"text": sayWrong}).Status
			missing[i] = d.missed(me, "周一扫雪没有记").Status
		})
	}
	all.Wait()
	slices.Sort(statuses)
	slices.Sort(missing)
	if statuses[many-1] != http.StatusCreated || statuses[many-2] != http.StatusOK || statuses[0] != http.StatusOK {
		t.Errorf("one is new, and the others are told of it: %v", statuses)
	}
	if missing[2] != http.StatusCreated || missing[3] != http.StatusConflict || missing[many-1] != http.StatusConflict {
		t.Errorf("three have room: %v", missing)
	}
	if got := me.Get("/me/points/disputes?limit=100").Want(http.StatusOK).Get("items.#").Int(); got != 4 {
		t.Errorf("%d disputes, want 4", got)
	}
}

func TestAnswersGivenAtOnceAreOne(t *testing.T) {
	d := startDesk(t)
	path := d.disputed(d.give(d.Login("resident").PersonID, 10, ""))
	var officers []*apptest.Client
	for _, name := range []string{"secretary", "secretary2", "district", "city", "admin"} {
		officers = append(officers, d.Login(name))
	}
	statuses := make([]int, len(officers))
	var all sync.WaitGroup
	for i, officer := range officers {
		all.Go(func() { statuses[i] = officer.Post(path+"/answer", upheld()).Status })
	}
	all.Wait()
	slices.Sort(statuses)
	if statuses[0] != http.StatusOK || statuses[1] != http.StatusConflict {
		t.Errorf("one answer counts: %v", statuses)
	}
	if got := d.Login("resident").Get("/me/points/disputes").Want(http.StatusOK).Get("items.0.timeline.#").Int(); got != 2 {
		t.Errorf("%d lines, want 2", got)
	}
}

func TestACorrectionIsOfThatPersonAndCommunity(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	entry := d.give(me.PersonID, 10, "")
	others, elsewhere := d.adjusted(d.Login("leader").PersonID, 5), d.giveIn(d.World.Village, me.PersonID, 5, "").ID
	path := d.disputed(entry)
	correct := func(ids ...string) *apptest.Answer {
		return d.Login("secretary").Post(path+"/answer", said{"verdict": "corrected", "text": "已经更正", "correction_ids": ids})
	}
	reversal := d.Login("secretary2").Post("/points/entries/"+entry.ID+"/reversal", said{"reason": "记重了"}).Want(http.StatusOK).Get("id").String()
	for _, id := range []string{others, elsewhere, entry.ID, "no-entry", ""} {
		correct(reversal, id).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	correct(reversal, reversal).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	d.Login("secretary").Post(path+"/answer", said{"verdict": "upheld", "text": "没有错", "correction_ids": []string{reversal}}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	answered := correct(reversal).Want(http.StatusOK)
	if got := answered.Get("timeline.1.corrections.0"); got.Get("entry_id").String() != reversal || got.Get("amount").Int() != -10 || got.Get("kind").String() != "reversal" {
		t.Errorf("%s", answered)
	}
}

func TestDisputesAreListedOldestFirst(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	var want []string
	for range 5 {
		want = append(want, strings.TrimPrefix(d.disputed(d.give(me.PersonID, 3, "")), "/points/disputes/"))
	}
	there := d.Login("outsider").Post("/me/points/disputes", said{"region_id": d.World.Village.ID, "text": "村里的没有记"}).Want(http.StatusCreated).Get("id").String()
	ids := func(who, path string) []string {
		var got []string
		for cursor := ""; ; {
			page := d.Login(who).Get(path + "&limit=2&cursor=" + cursor).Want(http.StatusOK)
			for _, id := range page.Get("items.#.id").Array() {
				got = append(got, id.String())
			}
			if cursor = page.Get("next_cursor").String(); cursor == "" {
				return got
			}
		}
	}
	community, street := "/regions/"+d.World.Community.ID+"/points/disputes?", "/regions/"+d.World.Street.ID+"/points/disputes?"
	if got := ids("secretary", community); !slices.Equal(got, want) {
		t.Errorf("the community's: %v, want %v", got, want)
	}
	if got := ids("street", street); !slices.Equal(got, append(slices.Clone(want), there)) {
		t.Errorf("the street's: %v", got)
	}
	mine := ids("resident", "/me/points/disputes?")
	slices.Reverse(mine)
	if !slices.Equal(mine, want) {
		t.Errorf("one's own, newest first: %v", mine)
	}
	d.Login("secretary").Post("/points/disputes/"+want[1]+"/answer", upheld()).Want(http.StatusOK)
	if got := ids("secretary", community); !slices.Equal(got, []string{want[0], want[2], want[3], want[4]}) {
		t.Errorf("what waits: %v", got)
	}
	if got := ids("secretary", community+"state=answered"); !slices.Equal(got, want[1:2]) {
		t.Errorf("what was answered: %v", got)
	}
	for _, name := range []string{"resident", "leader", "grid", "outsider"} {
		d.Login(name).Get(community).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	d.Login("secretary").Get(street).WantCode(http.StatusForbidden, "auth.forbidden")
	d.Login("secretary").Get(community+"cursor=nonsense").WantCode(http.StatusUnprocessableEntity, "input.invalid")
	d.Login("secretary").Get(community+"state=lost").WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

func TestWeChatChecksWhatResidentsSayInDisputes(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	d.missed(me, "周一扫雪没有记").Want(http.StatusCreated)
	refused := "/points/disputes/" + d.missed(me, "这里有违禁的内容").Want(http.StatusCreated).Get("id").String()
	d.Tick()
	list := d.Login("secretary").Get("/regions/" + d.World.Community.ID + "/points/disputes").Want(http.StatusOK)
	for i, want := range []string{"passed", "refused"} {
		if got := list.Get("items").Array()[i].Get("timeline.0"); got.Get("content_state").String() != want || got.Get("text").String() == "" {
			t.Errorf("want %s, and to be read by officers all the same: %s", want, got)
		}
	}
	answered := d.Login("secretary").Post(refused+"/answer", upheld()).Want(http.StatusOK)
	if answered.Get("timeline.1.content_state").Exists() {
		t.Errorf("an officer's word is not checked: %s", answered)
	}
	appealed := me.Post(refused+"/appeal", said{"text": "请街道看看，待复核"}).Want(http.StatusOK)
	if got := appealed.Get("timeline.2.content_state").String(); got != "pending" {
		t.Errorf("the appeal is %q", got)
	}
}

func TestDisputesInTheExportAndAfterLeaving(t *testing.T) {
	d := startDesk(t)
	me := d.Login("resident")
	entry := d.give(me.PersonID, 10, "")
	path := d.disputed(entry)
	d.missed(me, "周一扫雪没有记").Want(http.StatusCreated)
	answerer := d.Login("secretary")
	answerer.Post(path+"/answer", upheld()).Want(http.StatusOK)
	kept := me.Get("/me/export").Want(http.StatusOK).Get("rooms.points")
	if kept.Get("disputes.#").Int() != 2 || kept.Get(`disputes.#(kind=="entry").timeline.0.text`).String() != sayWrong ||
		kept.Get(`disputes.#(kind=="entry").timeline.1.text`).String() != upheld()["text"] {
		t.Errorf("%s", kept.Get("disputes"))
	}
	acts := answerer.Get("/me/export").Want(http.StatusOK).Get("rooms.points.acts_on_disputes_of_others")
	if acts.Get("#").Int() != 1 || acts.Get("0.act").String() != "answered" || acts.Get("0.dispute_id").String() != strings.TrimPrefix(path, "/points/disputes/") {
		t.Errorf("%s", acts)
	}

	me.Delete("/me").Want(http.StatusNoContent)
	region := "/regions/" + d.World.Community.ID + "/points/disputes?state="
	withdrawn := answerer.Get(region + "withdrawn").Want(http.StatusOK)
	if withdrawn.Get("items.#").Int() != 1 || withdrawn.Get("items.0.kind").String() != "missing" {
		t.Errorf("%s", withdrawn)
	}
	answered := answerer.Get(region + "answered").Want(http.StatusOK)
	if answered.Get("items.#").Int() != 1 || answered.Get("items.0.timeline.1.verdict").String() != "upheld" {
		t.Errorf("%s", answered)
	}
	for _, list := range []*apptest.Answer{withdrawn, answered} {
		if strings.Contains(string(list.Body), "扫雪") || strings.Contains(string(list.Body), sayWrong) || list.Get("items.0.timeline.0.text").String() != "" {
			t.Errorf("words of somebody who has left: %s", list)
		}
	}
	log := answerer.Get("/regions/" + d.World.Community.ID + "/audit").Want(http.StatusOK)
	if log.Get(`items.#(act=="points.dispute_answered").subject_id`).String() != strings.TrimPrefix(path, "/points/disputes/") ||
		strings.Contains(string(log.Body), upheld()["text"].(string)) {
		t.Errorf("the audit log: %s", log)
	}
	if left := answerer.Get(region + "open").Want(http.StatusOK).Get("items.#").Int(); left != 0 {
		t.Errorf("%d wait for an answer that nobody will read", left)
	}
	d.wantSound()
}

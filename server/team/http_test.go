package team_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/web"
)

const (
	ok        = http.StatusOK
	created   = http.StatusCreated
	empty     = http.StatusNoContent
	forbidden = http.StatusForbidden
	unknown   = http.StatusNotFound
	conflict  = http.StatusConflict
	invalid   = http.StatusUnprocessableEntity
)

func TestTeams(t *testing.T) {
	s := start(t)
	body := func(name string) map[string]any {
		return map[string]any{"region_id": s.World.Community.ID, "name": name, "kind": "emergency"}
	}
	made := s.secretary.Post("/teams", body(" 应急队 ")).Want(created)
	if made.Get("name").String() != "应急队" || made.Get("kind").String() != "emergency" || made.Get("leaders.#").Int() != 0 {
		t.Errorf("made: %s", made)
	}
	s.secretary2.Post("/teams", body("应急队")).WantCode(conflict, "name.taken")
	s.secretary.Post("/teams", body("队")).WantCode(invalid, "input.invalid")
	s.secretary.Post("/teams", map[string]any{"region_id": s.World.Community.ID, "name": "唱歌队", "kind": "choir"}).WantCode(invalid, "input.invalid")
	s.secretary.Post("/teams", map[string]any{"region_id": s.World.Street.ID, "name": "街道队", "kind": "other"}).WantCode(forbidden, "auth.forbidden")
	s.Login("admin").Post("/teams", map[string]any{"region_id": s.World.Street.ID, "name": "街道队", "kind": "other"}).WantCode(invalid, "input.invalid")
	for _, who := range []string{"leader", "grid", "resident", "outsider", "street"} {
		s.Login(who).Post("/teams", body("不该有的队")).WantCode(forbidden, "auth.forbidden")
	}
	s.Anonymous().Post("/teams", body("不该有的队")).WantCode(http.StatusUnauthorized, "auth.required")

	listed := s.resident.Get("/teams?region_id=" + s.World.Community.ID).Want(ok)
	if listed.Get("items.#").Int() != 2 {
		t.Fatalf("teams: %s", listed)
	}
	team := s.resident.Get("/teams/" + s.World.TeamID).Want(ok)
	if team.Get("leaders.#").Int() != 1 || team.Get("leaders.0.id").String() != s.leader.PersonID || team.Get("members").Int() != 1 || team.Get("mine").Exists() {
		t.Errorf("the team: %s", team)
	}
	if mine := s.leader.Get("/teams/" + s.World.TeamID).Want(ok).Get("mine").String(); mine != "admitted" {
		t.Errorf("a leader is %q", mine)
	}
	first := s.resident.Get("/teams?limit=1&region_id=" + s.World.Community.ID).Want(ok)
	second := s.resident.Get("/teams?limit=1&region_id=" + s.World.Community.ID + "&cursor=" + first.Get("next_cursor").String()).Want(ok)
	if first.Get("items.0.id").String() == second.Get("items.0.id").String() || second.Get("next_cursor").Exists() {
		t.Errorf("pages: %s, %s", first, second)
	}
	s.resident.Get("/teams/nowhere").WantCode(unknown, "not_found")
	s.resident.Get("/teams").Want(invalid)
}

func TestMembership(t *testing.T) {
	s := start(t)
	members := "/teams/" + s.World.TeamID + "/members"
	decision := func(personID string) string { return members + "/" + personID + "/decision" }
	admit, refuse := map[string]string{"verdict": "admit"}, map[string]string{"verdict": "refuse"}

	asked := s.resident.Post(members, map[string]any{}).Want(created)
	if asked.Get("state").String() != "pending" {
		t.Fatalf("asked: %s", asked)
	}
	if again := s.resident.Post(members, nil).Want(ok); again.Get("state").String() != "pending" {
		t.Errorf("asked again: %s", again)
	}
	s.Login("outsider").Post(members, nil).WantCode(forbidden, "auth.forbidden")
	s.Login("homeless").Post(members, nil).WantCode(forbidden, "auth.forbidden")
	if led := s.leader.Post(members, nil).Want(ok); led.Get("state").String() != "admitted" || !led.Get("leader").Bool() {
		t.Errorf("a leader asks: %s", led)
	}

	for _, who := range []string{"resident", "grid", "outsider", "street"} {
		s.Login(who).Post(decision(s.resident.PersonID), admit).WantCode(forbidden, "auth.forbidden")
	}
	s.leader.Post(decision(s.secretary2.PersonID), admit).WantCode(unknown, "not_found")
	s.leader.Post(decision(s.resident.PersonID), map[string]string{"verdict": "maybe"}).WantCode(invalid, "input.invalid")
	if decided := s.leader.Post(decision(s.resident.PersonID), admit).Want(ok); decided.Get("state").String() != "admitted" {
		t.Errorf("admitted: %s", decided)
	}
	s.leader.Post(decision(s.resident.PersonID), admit).Want(ok)
	if mine := s.resident.Get("/teams/" + s.World.TeamID).Get("mine").String(); mine != "admitted" {
		t.Errorf("a member is %q", mine)
	}
	s.wantMembers(s.leader.PersonID, s.resident.PersonID)

	// Nobody lets themselves in, and who has left may ask anew.
	s.secretary.Post(members, nil).Want(created)
	s.secretary.Post(decision(s.secretary.PersonID), admit).WantCode(forbidden, "review.own_work")
	s.secretary2.Post(decision(s.secretary.PersonID), refuse).Want(ok)
	if again := s.secretary.Post(members, nil).Want(created); again.Get("state").String() != "pending" {
		t.Errorf("asked after a refusal: %s", again)
	}
	s.resident.Delete(members + "/mine").Want(empty)
	s.resident.Delete(members + "/mine").Want(empty)
	s.wantMembers(s.leader.PersonID)
	s.resident.Post(members, nil).Want(created)
	s.leader.Delete(members+"/mine").WantCode(conflict, "team.leader")
	s.resident.Post("/teams/nowhere/members", nil).WantCode(unknown, "not_found")
	s.resident.Delete("/teams/nowhere/members/mine").WantCode(unknown, "not_found")

	// An elder asks by card, through a helper.
	elder, card := s.Elder("样例老人")
	s.Login("grid").ByCard(card).Post(members, nil).Want(created)
	s.leader.Post(decision(elder), admit).Want(ok)

	list := s.leader.Get(members).Want(ok)
	var states []string
	for _, item := range list.Get("items").Array() {
		states = append(states, item.Get("state").String())
		if item.Get("person.name").String() == "" || item.Get("person.phone_masked").Exists() {
			t.Errorf("a leader sees %s", item)
		}
	}
	if want := []string{"pending", "pending", "admitted", "admitted"}; !slices.Equal(states, want) {
		t.Errorf("states %q, want %q", states, want)
	}
	if got := s.pages(s.Login("street"), members, "person.id"); len(got) != 4 {
		t.Errorf("an officer sees %q", got)
	}
	s.resident.Get(members).WantCode(forbidden, "auth.forbidden")
	s.Login("outsider").Get(members).WantCode(forbidden, "auth.forbidden")
}

// wantMembers checks who belongs to the world's team, as other rooms are told.
func (s *site) wantMembers(ids ...string) {
	s.Helper()
	community, got, err := s.App.Teams.MembersOf(context.Background(), s.World.TeamID)
	slices.Sort(ids)
	if err != nil || community != s.World.Community.ID || !slices.Equal(got, ids) {
		s.Errorf("members %q of %q, %v, want %q", got, community, err, ids)
	}
}

// pages walks a list one item a page and gives one value of each.
func (s *site) pages(who *apptest.Client, path, value string) []string {
	s.Helper()
	var values []string
	for _, item := range s.walk(who, path, 1) {
		values = append(values, item.Get(value).String())
	}
	return values
}

// walk reads a list to its end, limit items a page.
func (s *site) walk(who *apptest.Client, path string, limit int) []gjson.Result {
	s.Helper()
	join := "?"
	if strings.Contains(path, "?") {
		join = "&"
	}
	var items []gjson.Result
	for cursor := ""; ; {
		page := who.Get(fmt.Sprintf("%s%slimit=%d&cursor=%s", path, join, limit, cursor)).Want(ok)
		items = append(items, page.Get("items").Array()...)
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			return items
		}
		if len(items) > 1000 {
			s.Fatalf("%s has no end", path)
		}
	}
}

// A page of members begins behind the last one, whoever has left or been decided on meanwhile.
func TestMembersAreWalkedWhileTheyChange(t *testing.T) {
	s := start(t)
	members := "/teams/" + s.World.TeamID + "/members"
	decide := func(who *apptest.Client, verdict string) {
		s.leader.Post(members+"/"+who.PersonID+"/decision", map[string]string{"verdict": verdict}).Want(ok)
	}
	people := s.residents(8)
	for i, person := range people {
		if i%2 == 0 { // two ask at the same moment
			s.Clock.Advance(time.Second)
		}
		person.Post(members, nil).Want(created)
	}
	decide(people[5], "admit")
	decide(people[2], "admit")
	decide(people[7], "refuse")
	decide(people[6], "refuse")
	pending := []string{people[0].PersonID, people[1].PersonID, people[3].PersonID, people[4].PersonID}
	refused := []string{people[6].PersonID, people[7].PersonID}
	slices.Sort(pending[:2])
	slices.Sort(refused)
	whole := slices.Concat(pending, []string{s.leader.PersonID, people[2].PersonID, people[5].PersonID}, refused)
	want := func(whole []string) {
		t.Helper()
		for limit := 1; limit <= 10; limit++ {
			var got []string
			for _, item := range s.walk(s.leader, members, limit) {
				got = append(got, item.Get("person.id").String())
			}
			if diff := cmp.Diff(whole, got); diff != "" {
				t.Errorf("%d a page: %s", limit, diff)
			}
		}
	}
	want(whole)

	// Who leads is listed once, and as a member again after that.
	grant := s.secretary.Post("/role-grants", map[string]any{"person_id": people[5].PersonID, "role": "leader", "team_id": s.World.TeamID}).Want(created)
	leaders := []string{s.leader.PersonID, people[5].PersonID}
	slices.Sort(leaders)
	want(slices.Concat(pending, leaders, []string{people[2].PersonID}, refused))
	s.secretary.Delete("/role-grants/" + grant.Get("id").String()).Want(empty)
	want(whole)

	// Of the first page the last leaves, and the one before is admitted.
	page := s.leader.Get(members + "?limit=2").Want(ok)
	for _, person := range people[:2] {
		if person.PersonID == whole[1] {
			person.Delete(members + "/mine").Want(empty)
		} else {
			decide(person, "admit")
		}
	}
	next := s.leader.Get(members + "?limit=2&cursor=" + page.Get("next_cursor").String()).Want(ok)
	for i, want := range whole[2:4] {
		if got := next.Get(fmt.Sprintf("items.%d.person.id", i)).String(); got != want {
			t.Errorf("after the first page: person %d is %q, want %q", i, got, want)
		}
	}
	for _, keys := range []string{`["members","4","0",""]`, `["members","-1","0",""]`, `["members","x","0",""]`, `["members","0","x",""]`, `["members","0"]`, `["attendance","0",""]`} {
		cursor := base64.RawURLEncoding.EncodeToString([]byte(keys))
		if answer := s.leader.Get(members+"?cursor="+cursor).WantCode(invalid, "input.invalid"); !slices.Contains(fieldsOf(answer), "cursor") {
			t.Errorf("%s: %s", keys, answer)
		}
	}
}

// What is odd about somebody depends on everybody around, and never on where a page begins.
func TestAttendanceIsTheSameByAnyPage(t *testing.T) {
	s := start(t)
	id := s.running(map[string]any{"capacity": 60})
	elsewhere := s.running(nil)
	path := "/activities/" + id + "/attendance"
	type came struct {
		personID string
		flags    []string
	}
	var want []came
	var between time.Time
	for i, person := range s.residents(40) {
		device := fmt.Sprintf("phone-%d", i)
		var flags []string
		switch i {
		case 3, 36: // far apart, by one phone
			device = "shared"
			flags = []string{"same_device"}
		case 9:
			s.checkIn(person, elsewhere).Want(created)
			flags = []string{"overlap"}
		}
		// Twice thirteen come within ten seconds, the first time with one more for whom the leader vouches, the second
		// time including that one. All others come a minute apart.
		if i >= 12 && i <= 24 || i >= 28 {
			s.Clock.Advance(700 * time.Millisecond)
		} else {
			s.Clock.Advance(time.Minute)
		}
		if i == 5 {
			between = s.Clock.Now().Add(time.Second)
		}
		if i == 18 || i == 33 {
			s.leader.Post(path, map[string]any{"person_id": person.PersonID, "reason": "没带手机"}).Want(created)
			want = append(want, came{person.PersonID, []string{"by_hand"}})
			continue
		}
		person.With("X-Device", device).Post("/activities/"+id+"/checkins", map[string]any{"code": s.code(id)}).Want(created)
		if i >= 11 && i <= 24 {
			flags = append(flags, "burst")
		}
		want = append(want, came{person.PersonID, flags})
	}
	// One more was scanned without signal, and is uploaded last.
	elder, card := s.Elder("样例老人")
	scan := s.scan("1", card, "in")
	scan["at"] = between.Format(time.RFC3339Nano)
	s.upload(id, scan).Want(ok)
	want = slices.Insert(want, 6, came{elder, []string{"offline"}})

	whole := s.walk(s.leader, path, 100)
	var odd []string
	for i, item := range whole {
		var flags []string
		for _, flag := range item.Get("flags").Array() {
			flags = append(flags, flag.String())
		}
		if item.Get("person.id").String() != want[i].personID || !slices.Equal(flags, want[i].flags) {
			t.Errorf("person %d: %s, want %q", i, item, want[i])
		}
		if len(flags) > 0 {
			odd = append(odd, item.Raw)
		}
	}
	for _, limit := range []int{1, 2, 7, 40, 41} {
		var paged, flagged []string
		for _, item := range s.walk(s.leader, path, limit) {
			paged = append(paged, item.Raw)
		}
		for _, item := range s.walk(s.leader, path+"?flagged=true", limit) {
			flagged = append(flagged, item.Raw)
		}
		if len(paged) != len(whole) || len(flagged) != len(odd) {
			t.Errorf("%d a page: %d people and %d odd cases, want %d and %d", limit, len(paged), len(flagged), len(whole), len(odd))
		}
		for i := range min(len(paged), len(whole)) {
			if paged[i] != whole[i].Raw {
				t.Errorf("%d a page, person %d: %s, want %s", limit, i, paged[i], whole[i])
			}
		}
		if !slices.Equal(flagged, odd) {
			t.Errorf("%d a page: other odd cases %q, want %q", limit, flagged, odd)
		}
	}
	for _, keys := range []string{`["attendance","x",""]`, `["attendance","0"]`, `["members","0","0",""]`} {
		s.leader.Get(path+"?cursor="+base64.RawURLEncoding.EncodeToString([]byte(keys))).WantCode(invalid, "input.invalid")
	}
}

// Odd cases are found however many came between them.
func TestOddCasesOfALargeActivity(t *testing.T) {
	s := start(t)
	const people = 230
	id := s.running(map[string]any{"capacity": people, "ends_at": s.Clock.Now().Add(8 * time.Hour)})
	crowd := s.residents(people)
	odd := map[int]bool{0: true, 5: true, 200: true, 229: true}
	var want []string
	for i, person := range crowd {
		s.Clock.Advance(time.Second)
		if odd[i] {
			s.leader.Post("/activities/"+id+"/attendance", map[string]any{"person_id": person.PersonID, "reason": "没带手机"}).Want(created)
			want = append(want, person.PersonID)
			continue
		}
		s.checkIn(person, id).Want(created)
	}
	for _, limit := range []int{1, 3, 4, 100} {
		var got []string
		for _, item := range s.walk(s.leader, "/activities/"+id+"/attendance?flagged=true", limit) {
			got = append(got, item.Get("person.id").String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d a page: %q, want %q", limit, got, want)
		}
	}
}

func TestActivityIsChecked(t *testing.T) {
	s := start(t)
	now := s.Clock.Now()
	located := map[string]any{"name": "南门", "lat": 34.8021, "lng": 113.2985}
	for _, test := range []struct {
		name   string
		change map[string]any
		field  string // empty: taken
	}{
		{"as it stands", nil, ""},
		{"no title", map[string]any{"title": " "}, "title"},
		{"a title of 61 characters", map[string]any{"title": strings.Repeat("长", 61)}, "title"},
		{"a title of 60 characters", map[string]any{"title": strings.Repeat("长", 60)}, ""},
		{"no place", map[string]any{"place": map[string]any{"name": ""}}, "place.name"},
		{"half a location", map[string]any{"place": map[string]any{"name": "南门", "lat": 34.8}}, "place.lat"},
		{"off the map", map[string]any{"place": map[string]any{"name": "南门", "lat": 134.8, "lng": 113.3}}, "place.lat"},
		{"a fence around nothing", map[string]any{"fence_metres": 100}, "fence_metres"},
		{"a fence", map[string]any{"fence_metres": 100, "place": located}, ""},
		{"a fence to trip over", map[string]any{"fence_metres": 19, "place": located}, "fence_metres"},
		{"a fence around the city", map[string]any{"fence_metres": 5001, "place": located}, "fence_metres"},
		{"over before it starts", map[string]any{"ends_at": now}, "ends_at"},
		{"no length", map[string]any{"ends_at": now.Add(time.Hour)}, "ends_at"},
		{"24 hours", map[string]any{"ends_at": now.Add(25 * time.Hour)}, ""},
		{"a second longer", map[string]any{"ends_at": now.Add(25*time.Hour + time.Second)}, "ends_at"},
		{"in two years", map[string]any{"starts_at": now.AddDate(2, 0, 0), "ends_at": now.AddDate(2, 0, 0).Add(time.Hour)}, "starts_at"},
		{"last year", map[string]any{"starts_at": now.AddDate(-1, 0, 0), "ends_at": now.AddDate(-1, 0, 0).Add(time.Hour)}, "starts_at"},
		{"last week, from paper", map[string]any{"starts_at": now.AddDate(0, 0, -7), "ends_at": now.AddDate(0, 0, -7).Add(time.Hour)}, ""},
		{"no places", map[string]any{"capacity": 0}, "capacity"},
		{"2,000 places", map[string]any{"capacity": 2000}, ""},
		{"2,001 places", map[string]any{"capacity": 2001}, "capacity"},
		{"no points", map[string]any{"points_per_hour": 0}, ""},
		{"101 points an hour", map[string]any{"points_per_hour": 101}, "points_per_hour"},
		{"points taken", map[string]any{"points_per_hour": -1}, "points_per_hour"},
		{"a village's star", map[string]any{"star": "civility"}, "star"},
		{"no team", map[string]any{"team_id": "nowhere"}, "404"},
	} {
		answer := s.secretary.Post("/activities", s.body(test.change))
		switch test.field {
		case "":
			if answer.Status != created || answer.Get("state").String() != "draft" {
				t.Errorf("%s: %s", test.name, answer)
			}
		case "404":
			answer.WantCode(unknown, "not_found")
		default:
			if answer.Status != invalid || !slices.Contains(fieldsOf(answer), test.field) {
				t.Errorf("%s: %s", test.name, answer)
			}
		}
	}
}

func fieldsOf(answer *apptest.Answer) []string {
	var fields []string
	for _, field := range answer.Get("errors.#.field").Array() {
		fields = append(fields, field.String())
	}
	return fields
}

func TestDraftToPublished(t *testing.T) {
	s := start(t)
	made := s.leader.Post("/activities", s.body(nil)).Want(created)
	if made.Get("state").String() != "draft" || made.Get("places_left").Int() != 5 || made.Get("content_state").String() != "pending" {
		t.Errorf("made by a leader: %s", made)
	}
	if checked := s.secretary.Post("/activities", s.body(nil)).Want(created).Get("content_state").String(); checked != "passed" {
		t.Errorf("a secretary's title is %q", checked)
	}
	for _, who := range []string{"resident", "grid", "outsider", "street"} {
		s.Login(who).Post("/activities", s.body(nil)).WantCode(forbidden, "auth.forbidden")
	}
	path := "/activities/" + made.Get("id").String()

	// A draft is nobody's business but theirs who lead it.
	s.resident.Get(path).WantCode(unknown, "not_found")
	s.resident.Post(path+"/signups", nil).WantCode(unknown, "not_found")
	s.resident.Post(path+"/checkins", map[string]string{"code": "ABCD2345"}).WantCode(unknown, "not_found")
	s.Login("outsider").Get(path).WantCode(unknown, "not_found")
	s.leader.Get(path).Want(ok)
	s.leader.Get(path+"/checkin-code").WantCode(conflict, "activity.not_open")
	if err := s.App.Teams.MaySee(context.Background(), s.caller(s.resident), made.Get("id").String()); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("a draft's photos: %v", err)
	}

	s.leader.Post(path+"/publish", nil).WantCode(forbidden, "auth.forbidden")
	s.resident.Post(path+"/publish", nil).WantCode(forbidden, "auth.forbidden")
	s.Login("outsider").Post(path+"/publish", nil).WantCode(forbidden, "auth.forbidden")
	s.leader.Post(path+"/close", nil).WantCode(conflict, "activity.wrong_state")
	s.secretary.Post(path+"/confirm", nil).WantCode(conflict, "activity.wrong_state")
	s.secretary.Post(path+"/reopen", map[string]string{"reason": "退回"}).WantCode(conflict, "activity.wrong_state")
	if published := s.secretary.Post(path+"/publish", nil).Want(ok); published.Get("state").String() != "published" {
		t.Errorf("published: %s", published)
	}
	s.secretary.Post(path+"/publish", nil).WantCode(conflict, "activity.wrong_state")
	s.resident.Get(path).Want(ok)
	if err := s.App.Teams.MaySee(context.Background(), s.caller(s.resident), made.Get("id").String()); err != nil {
		t.Errorf("a published activity's photos: %v", err)
	}
	s.resident.Get("/activities/nowhere").WantCode(unknown, "not_found")

	// Leaders publish their own where the community trusts them to.
	s.letLeadersPublish()
	own := s.leader.Post("/activities", s.body(nil)).Want(created).Get("id").String()
	s.leader.Post("/activities/"+own+"/publish", nil).Want(ok)
}

func TestLeadersTitleIsCheckedFirst(t *testing.T) {
	s := start(t)
	s.App.Simulator.Down()
	made := s.leader.Post("/activities", s.body(map[string]any{"title": "清扫院子"})).Want(created)
	bad := s.leader.Post("/activities", s.body(map[string]any{"title": "违禁的标题"})).Want(created)
	path, badPath := "/activities/"+made.Get("id").String(), "/activities/"+bad.Get("id").String()
	s.letLeadersPublish()
	s.leader.Post(path+"/publish", nil).Want(ok)

	// WeChat is down: people take part, and do not see the title yet.
	const hidden = "(内容审核中)"
	seen := s.resident.Get(path).Want(ok)
	if seen.Get("title").String() != hidden || seen.Get("place.name").String() != hidden {
		t.Errorf("unchecked: %s", seen)
	}
	s.resident.Post(path+"/signups", nil).Want(created)
	for _, list := range []string{"/activities?region_id=" + s.World.Community.ID, "/me/activities"} {
		if title := s.resident.Get(list).Want(ok).Get("items.0.title").String(); title != hidden {
			t.Errorf("%s shows %q", list, title)
		}
	}
	for _, who := range []*apptest.Client{s.leader, s.secretary, s.Login("street")} {
		if title := who.Get(path).Want(ok).Get("title").String(); title != "清扫院子" {
			t.Errorf("those who decide see %q", title)
		}
	}

	// A secretary who publishes has read it.
	read := s.leader.Post("/activities", s.body(map[string]any{"title": "修剪花木"})).Want(created).Get("id").String()
	s.secretary.Post("/activities/"+read+"/publish", nil).Want(ok)
	if title := s.resident.Get("/activities/" + read).Want(ok).Get("title").String(); title != "修剪花木" {
		t.Errorf("published by a secretary: %q", title)
	}

	s.App.Simulator.Up()
	s.Clock.Advance(time.Hour)
	s.Tick()
	if title := s.resident.Get(path).Want(ok).Get("title").String(); title != "清扫院子" {
		t.Errorf("passed: %q", title)
	}
	if state := s.leader.Get(badPath).Want(ok).Get("content_state").String(); state != "refused" {
		t.Fatalf("a risky title is %q", state)
	}
	s.secretary.Post(badPath+"/publish", nil).WantCode(conflict, "activity.text_refused")
	s.leader.Post(badPath+"/cancel", map[string]string{"reason": "换个标题"}).Want(ok)
	if seen := s.resident.Get(badPath).Want(ok); strings.Contains(seen.String(), "违禁") {
		t.Errorf("refused: %s", seen)
	}
}

// letLeadersPublish turns the community's switch on.
func (s *site) letLeadersPublish() {
	s.Helper()
	s.setting(map[string]any{"leaders_publish": true})
}

func TestCancel(t *testing.T) {
	s := start(t)
	id := s.open(nil)
	path := "/activities/" + id
	s.resident.Post(path+"/signups", nil).Want(created)
	s.resident.Post(path+"/cancel", map[string]string{"reason": "不想办了"}).WantCode(forbidden, "auth.forbidden")
	s.leader.Post(path+"/cancel", map[string]string{"reason": ""}).WantCode(invalid, "input.invalid")
	cancelled := s.leader.Post(path+"/cancel", map[string]string{"reason": "下雨了"}).Want(ok)
	if cancelled.Get("state").String() != "cancelled" || cancelled.Get("reason").String() != "下雨了" {
		t.Errorf("cancelled: %s", cancelled)
	}
	s.leader.Post(path+"/cancel", map[string]string{"reason": "下雨了"}).WantCode(conflict, "activity.wrong_state")
	s.secretary2.Post(path+"/signups", nil).WantCode(conflict, "activity.not_open")
	s.resident.Delete(path+"/signups/mine").WantCode(conflict, "activity.not_open")
	s.resident.Post(path+"/checkins", map[string]string{"code": "ABCD2345"}).WantCode(conflict, "activity.not_open")

	// Who came keeps their hours: an activity with people in it is closed, not cancelled.
	id = s.running(nil)
	s.checkIn(s.resident, id).Want(created)
	s.leader.Post("/activities/"+id+"/cancel", map[string]string{"reason": "下雨了"}).WantCode(conflict, "activity.has_attendance")
}

func TestLists(t *testing.T) {
	s := start(t)
	other := s.secretary.Post("/teams", map[string]any{"region_id": s.World.Community.ID, "name": "巡逻队", "kind": "emergency"}).Want(created).Get("id").String()
	past := s.open(map[string]any{"starts_at": s.Clock.Now().Add(-3 * time.Hour), "ends_at": s.Clock.Now().Add(-time.Hour)})
	late := s.open(map[string]any{"starts_at": s.Clock.Now().Add(48 * time.Hour), "ends_at": s.Clock.Now().Add(50 * time.Hour)})
	soon := s.open(map[string]any{"team_id": other})
	draft := s.draft(nil)
	hidden := s.draft(map[string]any{"team_id": other})

	region := "/activities?region_id=" + s.World.Community.ID
	from := "&from=" + s.Clock.Now().Format(time.RFC3339)
	for _, test := range []struct {
		name string
		who  *apptest.Client
		path string
		want []string
	}{
		{"a resident, newest first", s.resident, region, []string{soon, late, past}},
		{"what is to come, soonest first", s.resident, region + from, []string{soon, late}},
		{"a leader sees the team's drafts", s.leader, region, []string{draft, soon, late, past}},
		{"a secretary sees all drafts", s.secretary, region, []string{hidden, draft, soon, late, past}},
		{"drafts to come", s.secretary, region + from + "&state=draft", []string{draft, hidden}},
		{"another's secretary does not", s.Login("outsider"), region, []string{soon, late, past}},
		{"drafts of a resident", s.resident, region + "&state=draft", nil},
		{"of a team", s.resident, "/activities?team_id=" + other, []string{soon}},
		{"of a team and a state", s.secretary, "/activities?state=draft&team_id=" + other, []string{hidden}},
	} {
		if got := s.pages(test.who, test.path, "id"); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	s.resident.Get("/activities").WantCode(invalid, "input.invalid")
	s.resident.Get("/activities?region_id="+s.World.Street.ID).WantCode(invalid, "input.invalid")
	s.resident.Get("/activities?region_id=nowhere").WantCode(unknown, "not_found")
	s.resident.Get("/activities?team_id=nowhere").WantCode(unknown, "not_found")
	s.resident.Get("/activities?team_id="+other+"&region_id="+s.World.Village.ID).WantCode(invalid, "input.invalid")
	s.resident.Get(region+"&cursor=nonsense").WantCode(invalid, "input.invalid")
	cursor := s.resident.Get(region + "&limit=1").Want(ok).Get("next_cursor").String()
	s.resident.Get(region+from+"&cursor="+cursor).WantCode(invalid, "input.invalid")

	s.resident.Post("/activities/"+late+"/signups", nil).Want(created)
	s.resident.Post("/activities/"+soon+"/signups", nil).Want(created)
	mine := s.resident.Get("/me/activities").Want(ok)
	if got := s.pages(s.resident, "/me/activities", "id"); !slices.Equal(got, []string{soon, late}) || mine.Get("items.0.mine.signup").String() != "confirmed" {
		t.Errorf("mine: %s", mine)
	}
	if overdue := s.leader.Get("/activities/" + past).Want(ok).Get("overdue").Bool(); overdue {
		t.Error("overdue after an hour")
	}
	s.Clock.Advance(24 * time.Hour)
	if overdue := s.leader.Get("/activities/" + past).Want(ok).Get("overdue").Bool(); !overdue {
		t.Error("not overdue after a day")
	}
}

func TestSignUpAndWaitingList(t *testing.T) {
	s := start(t)
	id := s.open(map[string]any{"capacity": 2})
	path := "/activities/" + id + "/signups"
	people := s.residents(5)
	for i, want := range []string{"confirmed", "confirmed", "waiting", "waiting", "waiting"} {
		if got := people[i].Post(path, map[string]any{}).Want(created); got.Get("state").String() != want {
			t.Errorf("person %d: %s, want %s", i, got, want)
		}
		if again := people[i].Post(path, nil).Want(ok); again.Get("state").String() != want {
			t.Errorf("person %d again: %s, want %s", i, again, want)
		}
	}
	s.wantPlaces(id, 0, 3)
	wantQueue := func(want ...int64) {
		t.Helper()
		for i, place := range want {
			if got := people[i].Get("/activities/" + id).Want(ok).Get("mine.waiting_place").Int(); got != place {
				t.Errorf("person %d waits at place %d, want %d", i, got, place)
			}
		}
	}
	wantQueue(0, 0, 1, 2, 3)

	// One of those who wait leaves, then one who holds a place: the first of the others moves up.
	people[2].Delete(path + "/mine").Want(empty)
	s.wantPlaces(id, 0, 2)
	wantQueue(0, 0, 0, 1, 2)
	people[0].Delete(path + "/mine").Want(empty)
	people[0].Delete(path + "/mine").Want(empty)
	s.wantPlaces(id, 0, 1)
	for i, want := range []string{"", "confirmed", "", "confirmed", "waiting"} {
		if got := people[i].Get("/activities/" + id).Want(ok).Get("mine.signup").String(); got != want {
			t.Errorf("person %d has %q, want %q", i, got, want)
		}
	}
	// Who comes back goes to the end of the queue.
	if again := people[0].Post(path, nil).Want(created); again.Get("state").String() != "waiting" {
		t.Errorf("back again: %s", again)
	}
	wantQueue(2, 0, 0, 0, 1)
	people[1].Delete(path + "/mine").Want(empty)
	people[3].Delete(path + "/mine").Want(empty)
	s.wantPlaces(id, 0, 0)
	people[4].Delete(path + "/mine").Want(empty)
	s.wantPlaces(id, 1, 0)

	s.Login("outsider").Post(path, nil).WantCode(forbidden, "auth.forbidden")
	s.Login("homeless").Post(path, nil).WantCode(forbidden, "auth.forbidden")
	s.resident.Post("/activities/nowhere/signups", nil).WantCode(unknown, "not_found")

	elder, card := s.Elder("样例老人")
	s.Login("grid").ByCard(card).Post(path, nil).Want(created)
	list := s.leader.Get(path).Want(ok)
	if list.Get("items.#").Int() != 2 || list.Get("items.1.person.id").String() != elder || list.Get("items.1.person.name").String() != "样例老人" {
		t.Errorf("the leader's list: %s", list)
	}
	if got := s.pages(s.Login("street"), path, "id"); len(got) != 2 {
		t.Errorf("an officer's list: %q", got)
	}
	s.resident.Get(path).WantCode(forbidden, "auth.forbidden")
	s.Login("outsider").Get(path).WantCode(forbidden, "auth.forbidden")

	s.Clock.Advance(3 * time.Hour)
	s.resident.Post(path, nil).WantCode(conflict, "activity.not_open")
	people[0].Post(path, nil).Want(ok)
}

// Who withdraws after the end sends nobody to where nothing goes on any more.
func TestNobodyMovesUpAfterTheEnd(t *testing.T) {
	s := start(t)
	id := s.open(map[string]any{"capacity": 1})
	path := "/activities/" + id + "/signups"
	people := s.residents(2)
	people[0].Post(path, nil).Want(created)
	people[1].Post(path, nil).Want(created)
	s.Clock.Advance(3 * time.Hour)
	people[0].Delete(path + "/mine").Want(empty)
	s.wantPlaces(id, 1, 1)
	if mine := people[1].Get("/activities/" + id).Want(ok).Get("mine.signup").String(); mine != "waiting" {
		t.Errorf("who waited is %q", mine)
	}
	s.Tick()
	if notices := people[1].Get("/me/notices").Want(ok); notices.Get("items.#").Int() != 0 {
		t.Errorf("who waited is told: %s", notices)
	}
}

// wantPlaces checks an activity's counts against each other and against the rows they count.
func (s *site) wantPlaces(id string, left, waiting int64) {
	s.Helper()
	activity := s.leader.Get("/activities/" + id).Want(ok)
	if activity.Get("places_left").Int() != left || activity.Get("waiting").Int() != waiting {
		s.Errorf("places: %s, want %d left and %d waiting", activity, left, waiting)
	}
	holding, queued := int64(0), int64(0)
	for _, state := range s.pages(s.leader, "/activities/"+id+"/signups", "state") {
		if state == "confirmed" {
			holding++
		} else {
			queued++
		}
	}
	if capacity := activity.Get("capacity").Int(); capacity-holding != left || queued != waiting {
		s.Errorf("%d rows hold a place and %d wait, of %s", holding, queued, activity)
	}
}

func TestLeaderFromElsewhereSignsUp(t *testing.T) {
	s := start(t)
	outsider, villager := s.Login("outsider"), s.Home("villager", s.World.VillageGrid.ID)
	grant := map[string]any{"person_id": outsider.PersonID, "role": "leader", "team_id": s.World.TeamID}
	s.secretary.Post("/role-grants", grant).Want(created)
	id := s.open(nil)
	outsider.Post("/activities/"+id+"/signups", nil).Want(created)
	villager.Post("/activities/"+id+"/signups", nil).WantCode(forbidden, "auth.forbidden")
}

func TestWhistle(t *testing.T) {
	s := start(t)
	body := func(change map[string]any) map[string]any {
		body := map[string]any{"region_id": s.World.Community.ID, "title": "水管爆了，来帮忙", "needed": 2,
			"place": map[string]any{"name": "4号楼"}, "until": s.Clock.Now().Add(2 * time.Hour), "points_per_hour": 20}
		for key, value := range change {
			body[key] = value
		}
		return body
	}
	whistle := s.secretary.Post("/whistles", body(nil)).Want(created)
	for path, want := range map[string]string{"kind": "whistle", "state": "published", "capacity": "2", "walk_in": "true",
		"starts_at": s.Clock.Now().Format(time.RFC3339), "star": "", "team_id": ""} {
		if got := whistle.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	for _, who := range []string{"leader", "resident", "outsider", "grid"} {
		s.Login(who).Post("/whistles", body(nil)).WantCode(forbidden, "auth.forbidden")
	}
	otherTeam := s.Login("outsider").Post("/teams", map[string]any{"region_id": s.World.Village.ID, "name": "村队", "kind": "other"}).Want(created).Get("id").String()
	for field, change := range map[string]map[string]any{
		"until": {"until": s.Clock.Now()}, "needed": {"needed": 0}, "star": {"star": "civility"},
		"title": {"title": ""}, "team_id": {"team_id": otherTeam},
	} {
		if answer := s.secretary.Post("/whistles", body(change)).WantCode(invalid, "input.invalid"); !slices.Contains(fieldsOf(answer), field) {
			t.Errorf("%s: %s", field, answer)
		}
	}
	s.secretary.Post("/whistles", body(map[string]any{"team_id": s.World.TeamID, "star": "safety_law"})).Want(created)

	// Musters fill it; the secretary leads it, and another confirms.
	id := whistle.Get("id").String()
	for i, want := range []string{"confirmed", "confirmed", "waiting"} {
		if got := s.residents(3)[i].Post("/activities/"+id+"/signups", nil).Want(created).Get("state").String(); got != want {
			t.Errorf("muster %d: %s", i, got)
		}
	}
	code := s.secretary.Get("/activities/" + id + "/checkin-code").Want(ok).Get("code").String()
	helper := s.Login("person0")
	helper.Post("/activities/"+id+"/checkins", map[string]string{"code": code}).Want(created)
	s.Clock.Advance(time.Hour)
	s.secretary.Post("/activities/"+id+"/close", nil).Want(ok)
	s.secretary.Post("/activities/"+id+"/confirm", nil).WantCode(forbidden, "review.own_work")
	s.secretary2.Post("/activities/"+id+"/confirm", nil).Want(ok)
	if points, minutes := earned(helper); points != 40 || minutes != 120 {
		t.Errorf("earned %d points, %d minutes", points, minutes)
	}
}

func TestCheckInByCode(t *testing.T) {
	s := start(t)
	id := s.open(map[string]any{"walk_in": false}) // 11:00 to 13:00
	other := s.open(nil)
	path := "/activities/" + id + "/checkins"
	tap := func(who *apptest.Client, code string) *apptest.Answer {
		t.Helper()
		return who.Post(path, map[string]any{"code": code})
	}
	s.resident.Post("/activities/"+id+"/signups", nil).Want(created)

	shown := s.leader.Get("/activities/" + id + "/checkin-code").Want(ok)
	code := shown.Get("code").String()
	if shown.Get("text").String() != "FS1:A:"+id+":"+code || len(code) != 8 || shown.Get("step_seconds").Int() != 15 ||
		!shown.Get("valid_until").Time().Equal(s.Clock.Now().Add(15*time.Second)) {
		t.Errorf("the code: %s", shown)
	}
	s.secretary.Get("/activities/" + id + "/checkin-code").Want(ok)
	for _, who := range []string{"resident", "outsider", "grid", "street"} {
		s.Login(who).Get("/activities/"+id+"/checkin-code").WantCode(forbidden, "auth.forbidden")
	}

	// The window, to the millisecond.
	opens := s.Clock.Now().Add(30 * time.Minute)
	s.Clock.Set(opens.Add(-time.Millisecond))
	tap(s.resident, s.code(id)).WantCode(conflict, "checkin.out_of_window")
	s.Clock.Set(opens)
	tap(s.resident, "").WantCode(forbidden, "checkin.bad_code")
	tap(s.resident, code).WantCode(forbidden, "checkin.bad_code") // of half an hour ago
	tap(s.resident, s.code(other)).WantCode(forbidden, "checkin.bad_code")
	tap(s.secretary2, s.code(id)).WantCode(forbidden, "checkin.not_signed_up")
	tap(s.Login("homeless"), s.code(id)).WantCode(forbidden, "checkin.not_signed_up")
	first := tap(s.resident, s.code(id)).Want(created)
	if first.Get("method").String() != "code" || !first.Get("checked_in_at").Time().Equal(opens) || first.Get("id").String() == "" {
		t.Errorf("checked in: %s", first)
	}

	// Again is the same, whatever the code, and whenever.
	for _, code := range []string{s.code(id), code, "nonsense"} {
		s.Clock.Advance(5 * time.Minute)
		if again := tap(s.resident, code).Want(ok); again.Get("id").String() != first.Get("id").String() ||
			again.Get("checked_in_at").String() != first.Get("checked_in_at").String() {
			t.Errorf("again: %s", again)
		}
	}
	s.Clock.Set(opens.Add(150*time.Minute + time.Millisecond)) // a millisecond after the end
	tap(s.resident, "nonsense").Want(ok)
	tap(s.secretary2, s.code(id)).WantCode(conflict, "checkin.out_of_window")
	s.resident.Delete("/activities/"+id+"/signups/mine").WantCode(conflict, "signup.attended")
	tap(s.Anonymous(), s.code(id)).WantCode(http.StatusUnauthorized, "auth.required")
}

func TestCodeRotates(t *testing.T) {
	s := start(t)
	// The longest activity there is, so that yesterday's code is refused for its age and not for the window.
	id := s.running(map[string]any{"ends_at": s.Clock.Now().Add(24 * time.Hour), "capacity": 50})
	begin := s.Clock.Now()
	shown := s.code(id)
	_, bare, _ := strings.Cut(strings.TrimPrefix(shown, "FS1:A:"), ":")
	people := s.residents(8)
	for i, test := range []struct {
		after  time.Duration
		code   string
		status int
	}{
		{0, shown, created},
		{15*time.Second - time.Millisecond, shown, created},
		{15 * time.Second, shown, created},                    // the next step: the previous code still serves
		{30*time.Second - time.Millisecond, bare, created},    // to its end
		{30 * time.Second, shown, forbidden},                  // two steps ago
		{30 * time.Second, bare, forbidden},                   // and typed by hand
		{24 * time.Hour, shown, forbidden},                    // yesterday's
		{24 * time.Hour, strings.ToLower("lower"), forbidden}, // nobody's
	} {
		s.Clock.Set(begin.Add(test.after))
		answer := people[i].Post("/activities/"+id+"/checkins", map[string]any{"code": test.code})
		if answer.Status != test.status || test.status == forbidden && answer.Get("code").String() != "checkin.bad_code" {
			t.Errorf("%s later: %s", test.after, answer)
		}
	}
	s.Clock.Set(begin.Add(time.Hour))
	lower := strings.ToLower(s.leader.Get("/activities/" + id + "/checkin-code").Get("code").String())
	people[7].Post("/activities/"+id+"/checkins", map[string]any{"code": " " + lower + " "}).Want(created)
}

func TestGuessingIsThrottled(t *testing.T) {
	h := apptest.Start(t, func(config *app.Config) { config.Limits.Guesses = 5 })
	s := &site{h, h.Login("secretary"), h.Login("secretary2"), h.Login("leader"), h.Login("resident")}
	id := s.running(nil)
	path := "/activities/" + id + "/checkins"
	for range 5 {
		s.resident.Post(path, map[string]any{"code": "ABCD2345"}).WantCode(forbidden, "checkin.bad_code")
	}
	answer := s.resident.Post(path, map[string]any{"code": s.code(id)}).WantCode(http.StatusTooManyRequests, "too_many")
	if answer.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	s.checkIn(s.secretary2, id).Want(created)
	s.resident.Post("/activities/"+id+"/checkouts", map[string]any{"code": s.code(id)}).WantCode(conflict, "checkout.not_checked_in")
}

func TestWithoutTheSwitchAFenceOnlyMarks(t *testing.T) {
	s := start(t)
	lat, lng := 34.8021, 113.2985
	id := s.running(map[string]any{"fence_metres": 100, "place": map[string]any{"name": "凉亭", "lat": lat, "lng": lng}})
	people := s.residents(3)
	for i, location := range []any{map[string]any{"lat": lat + 0.01, "lng": lng}, map[string]any{"lat": lat, "lng": lng}, nil} {
		body := map[string]any{"code": s.code(id)}
		if location != nil {
			body["location"] = location
		}
		people[i].Post("/activities/"+id+"/checkins", body).Want(created)
	}
	list := s.leader.Get("/activities/" + id + "/attendance").Want(ok)
	for i, want := range []string{`["outside_fence"]`, `[]`, `[]`} {
		if got := list.Get(`items.#(person.id=="` + people[i].PersonID + `").flags`).Raw; got != want {
			t.Errorf("%d: flags %s, want %s", i, got, want)
		}
	}
}

func TestWalkInsAndPointsAreWhatTheCommunityAllows(t *testing.T) {
	s := start(t)
	s.setting(map[string]any{"walk_ins": false, "hourly_points": 10})
	body := s.body(map[string]any{"walk_in": true, "points_per_hour": 11})
	refusal := s.leader.Post("/activities", body).WantCode(invalid, "input.invalid")
	if refusal.Get("errors.#.field").Raw != `["points_per_hour","walk_in"]` {
		t.Errorf("%s", refusal)
	}
	s.leader.Post("/activities", s.body(map[string]any{"walk_in": false, "points_per_hour": 10})).Want(created)
	s.secretary.Post("/whistles", map[string]any{"region_id": s.World.Community.ID, "title": "帮忙搬米", "needed": 2,
		"place": map[string]any{"name": "门口"}, "until": s.Clock.Now().Add(time.Hour), "points_per_hour": 10}).Want(created)
}

func TestFenceAtTheDoor(t *testing.T) {
	s := start(t)
	s.setting(map[string]any{"place_demanded": true})
	lat, lng := 34.8021, 113.2985
	id := s.running(map[string]any{"fence_metres": 100, "place": map[string]any{"name": "凉亭", "lat": lat, "lng": lng}})
	tap := func(who *apptest.Client, location map[string]any) *apptest.Answer {
		body := map[string]any{"code": s.code(id)}
		if location != nil {
			body["location"] = location
		}
		return who.Post("/activities/"+id+"/checkins", body)
	}
	far := tap(s.resident, map[string]any{"lat": lat + 0.001, "lng": lng}).WantCode(forbidden, "checkin.out_of_fence") // 111 m
	none := tap(s.resident, nil).WantCode(forbidden, "checkin.out_of_fence")
	for _, answer := range []*apptest.Answer{far, none} {
		if !strings.Contains(answer.Get("detail").String(), "请让队长扫您的码") {
			t.Errorf("no way out: %s", answer)
		}
	}
	tap(s.resident, map[string]any{"lat": 934.8, "lng": lng}).WantCode(invalid, "input.invalid")
	tap(s.resident, map[string]any{"lat": lat + 0.0008, "lng": lng}).Want(created) // 89 m

	// What is kept: inside, and to the nearest 50 metres; nothing where nobody asked; and not for long.
	kept := s.resident.Get("/me/export").Want(ok).Get("rooms.teams.attendance.0")
	if !kept.Get("inside_fence").Bool() || kept.Get("distance_metres").Int() != 100 || strings.Contains(kept.Raw, "34.80") {
		t.Errorf("kept: %s", kept)
	}
	open := s.running(nil)
	s.resident.With("X-Device", "phone-1").Post("/activities/"+open+"/checkins", map[string]any{"code": s.code(open), "location": map[string]any{"lat": lat, "lng": lng}}).Want(created)
	kept = s.resident.Get("/me/export").Want(ok).Get("rooms.teams.attendance.1")
	if kept.Get("inside_fence").Exists() || kept.Get("distance_metres").Exists() || !kept.Get("device_digest_kept").Bool() || strings.Contains(kept.Raw, "phone-1") {
		t.Errorf("kept where there is no fence: %s", kept)
	}
	s.Clock.Advance(30*24*time.Hour - time.Millisecond)
	s.Tick()
	if !s.resident.Get("/me/export").Want(ok).Get("rooms.teams.attendance.0.inside_fence").Bool() {
		t.Error("wiped too early")
	}
	s.Clock.Advance(time.Millisecond)
	s.Tick()
	if wiped := s.resident.Get("/me/export").Want(ok).Get("rooms.teams.attendance"); strings.Contains(wiped.Raw, "inside_fence") || strings.Contains(wiped.Raw, "device_digest_kept") {
		t.Errorf("not wiped: %s", wiped)
	}
}

func TestWalkInsTakePlaces(t *testing.T) {
	s := start(t)
	id := s.running(map[string]any{"capacity": 2})
	people := s.residents(4)
	people[0].Post("/activities/"+id+"/signups", nil).Want(created)
	s.checkIn(people[1], id).Want(created)
	s.wantPlaces(id, 0, 0)
	if queued := people[2].Post("/activities/"+id+"/signups", nil).Want(created).Get("state").String(); queued != "waiting" {
		t.Errorf("a full activity: %s", queued)
	}
	s.checkIn(people[2], id).WantCode(conflict, "activity.full") // waiting
	s.checkIn(people[3], id).WantCode(conflict, "activity.full")
	s.checkIn(s.Login("homeless"), id).WantCode(forbidden, "checkin.no_home")
	s.checkIn(people[0], id).Want(created)
	s.wantPlaces(id, 0, 1)

	// A neighbour from the village walks in where walk-ins are welcome.
	id = s.running(nil)
	s.checkIn(s.Login("outsider"), id).Want(created)
	s.wantPlaces(id, 4, 0)
}

func TestCheckOut(t *testing.T) {
	s := start(t)
	id := s.running(nil) // 10:00 to 12:00
	other := s.running(nil)
	path := "/activities/" + id + "/checkouts"
	s.resident.Post(path, map[string]any{"code": s.code(id)}).WantCode(conflict, "checkout.not_checked_in")
	s.checkIn(s.resident, id).Want(created)
	s.Clock.Advance(59*time.Minute + 59*time.Second)
	s.resident.Post(path, map[string]any{"code": s.code(other)}).WantCode(forbidden, "checkin.bad_code")
	if out := s.checkOut(s.resident, id).Want(ok); out.Get("minutes").Int() != 59 {
		t.Errorf("out: %s", out)
	}
	s.Clock.Advance(time.Hour)
	if again := s.resident.Post(path, map[string]any{"code": "stale"}).Want(ok); again.Get("minutes").Int() != 59 {
		t.Errorf("out again: %s", again)
	}
	mine := s.resident.Get("/activities/" + id).Want(ok).Get("mine")
	if mine.Get("minutes").Int() != 59 || mine.Get("checked_out_at").String() == "" {
		t.Errorf("mine: %s", mine)
	}

	// Late for the check-out: counted to the end, and then not at all.
	s.checkIn(s.secretary2, id).Want(created) // 11:59:59
	s.checkIn(s.Login("grid"), id).Want(created)
	s.Clock.Advance(30*time.Minute + time.Second) // 12:30:00
	if out := s.checkOut(s.secretary2, id).Want(ok); out.Get("minutes").Int() != 0 {
		t.Errorf("out after the end: %s", out)
	}
	s.Clock.Advance(time.Millisecond)
	s.checkOut(s.Login("grid"), id).WantCode(conflict, "checkin.out_of_window")
	s.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	s.resident.Post(path, map[string]any{"code": "stale"}).Want(ok)
	s.Login("grid").Post(path, map[string]any{"code": "stale"}).WantCode(conflict, "activity.not_open")
	s.Login("merchant").Post("/activities/"+id+"/checkins", map[string]any{"code": "ABCD2345"}).WantCode(conflict, "activity.not_open")
	s.leader.Get("/activities/"+id+"/checkin-code").WantCode(conflict, "activity.not_open")
}

func TestElderByCard(t *testing.T) {
	s := start(t)
	id := s.running(nil)
	elder, card := s.Elder("样例老人")
	grid := s.Login("grid").ByCard(card)
	grid.Post("/activities/"+id+"/signups", nil).Want(created)
	grid.Post("/activities/"+id+"/checkins", map[string]any{"code": s.code(id)}).Want(created)
	s.Clock.Advance(time.Hour)
	grid.Post("/activities/"+id+"/checkouts", map[string]any{"code": s.code(id)}).Want(ok)

	// The helper's hand was in it: a helper who is a secretary confirms it no more than the elder does.
	second, card := s.Elder("样例老人二")
	s.secretary2.ByCard(card).Post("/activities/"+id+"/checkins", map[string]any{"code": s.code(id)}).Want(created)
	s.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	s.secretary2.Post("/activities/"+id+"/confirm", nil).WantCode(forbidden, "review.own_work")
	s.secretary.Post("/activities/"+id+"/confirm", nil).Want(ok)
	list := s.secretary.Get("/activities/" + id + "/attendance").Want(ok)
	if list.Get("items.0.person.id").String() != elder || list.Get("items.0.points").Int() != 20 || list.Get("items.1.person.id").String() != second {
		t.Errorf("attendance: %s", list)
	}
	s.Login("outsider").ByCard(card).Post("/activities/"+id+"/signups", nil).WantCode(forbidden, "card.refused")
}

func TestScans(t *testing.T) {
	s := start(t)
	id := s.running(map[string]any{"capacity": 2, "walk_in": false})
	elder, card := s.Elder("样例老人")
	s.Login("grid").ByCard(card).Post("/activities/"+id+"/signups", nil).Want(created)
	s.resident.Post("/activities/"+id+"/signups", nil).Want(created)
	personal := s.resident.Get("/me/code").Want(ok).Get("text").String()
	_, stranger := s.Elder("样例老人二")

	late := s.scan("late", card, "in")
	late["at"] = s.Clock.Now().Add(-31 * time.Minute).Format(time.RFC3339)
	old := s.scan("old", card, "in")
	old["at"] = s.Clock.Now().Add(-72*time.Hour - time.Second).Format(time.RFC3339)
	early := s.scan("early", card, "in")
	early["at"] = s.Clock.Now().Add(2*time.Minute + time.Second).Format(time.RFC3339)
	badTime := s.scan("bad-time", card, "in")
	badTime["at"] = "今天早上"
	answer := s.upload(id,
		s.scan("elder", card, "in"), s.scan("resident", personal, "in"), s.scan("elder", card, "in"), s.scan("elder-again", card, "in"),
		s.scan("unknown", forged(card), "in"), s.scan("stranger", stranger, "in"), late, old, early, badTime,
		s.scan("bad-kind", card, "sideways"), s.scan("", card, "in"), s.scan(strings.Repeat("x", 65), card, "in"),
		s.scan("long-token", strings.Repeat("x", 501), "in"), s.scan("out-first", stranger, "out"),
	).Want(ok)
	for i, want := range []struct{ outcome, code, name string }{
		{"recorded", "", "样例老人"}, {"recorded", "", "样例resident"}, {"duplicate", "", "样例老人"}, {"duplicate", "", "样例老人"},
		{"refused", "card.refused", ""}, {"refused", "checkin.not_signed_up", "样例老人二"}, {"refused", "checkin.out_of_window", "样例老人"},
		{"refused", "scan.too_old", ""}, {"refused", "scan.in_future", ""}, {"refused", "scan.unreadable", ""},
		{"refused", "scan.unreadable", ""}, {"refused", "scan.unreadable", ""}, {"refused", "scan.unreadable", ""}, {"refused", "scan.unreadable", ""},
		{"refused", "checkout.not_checked_in", "样例老人二"},
	} {
		got := answer.Get(fmt.Sprintf("results.%d", i))
		if got.Get("outcome").String() != want.outcome || got.Get("code").String() != want.code || got.Get("person_name").String() != want.name {
			t.Errorf("scan %d: %s, want %v", i, got, want)
		}
		if want.code != "" && got.Get("detail").String() == "" {
			t.Errorf("scan %d: nothing to show to a person: %s", i, got)
		}
	}
	list := s.leader.Get("/activities/" + id + "/attendance").Want(ok)
	if list.Get("items.#").Int() != 2 || list.Get("items.0.method").String() != "card" || list.Get("items.0.person.id").String() != elder || list.Get("items.1.method").String() != "personal_code" {
		t.Errorf("attendance: %s", list)
	}

	// On the way out, and once only.
	s.Clock.Advance(time.Hour)
	answer = s.upload(id, s.scan("elder-out", card, "out"), s.scan("elder-out-again", card, "out"), s.scan("elder-out", card, "out")).Want(ok)
	if got := outcomes(answer); !slices.Equal(got, []string{"recorded", "duplicate", "duplicate"}) {
		t.Errorf("out: %s", answer)
	}
	back := s.scan("resident-out", s.resident.Get("/me/code").Get("text").String(), "out")
	if got := outcomes(s.upload(id, back).Want(ok)); got[0] != "recorded" {
		t.Errorf("out by personal code: %q", got)
	}

	// Every scan is there to be looked at, the refused ones too.
	kept := s.leader.Get("/activities/" + id + "/scans?limit=100").Want(ok)
	if kept.Get("items.#").Int() != 12 || kept.Get(`items.#(scan_id=="unknown").code`).String() != "card.refused" {
		t.Errorf("kept scans: %s", kept)
	}
	if strings.Contains(string(kept.Body), card) {
		t.Error("a card's token is kept")
	}
	if got := s.pages(s.secretary, "/activities/"+id+"/scans", "scan_id"); len(got) != 12 {
		t.Errorf("kept scans by page: %q", got)
	}
	for _, who := range []string{"resident", "outsider", "grid"} {
		s.Login(who).Get("/activities/"+id+"/scans").WantCode(forbidden, "auth.forbidden")
		s.Login(who).Post("/activities/"+id+"/scans", map[string]any{"scans": []any{s.scan("x", card, "in")}}).WantCode(forbidden, "auth.forbidden")
	}
	var many []map[string]any
	for i := range 501 {
		many = append(many, s.scan(fmt.Sprint("many-", i), card, "in"))
	}
	s.upload(id, many...).WantCode(invalid, "input.invalid")
	s.upload(id, many[:500]...).Want(ok)
	s.upload(id).Want(ok)
}

// forged is a card's token with one character changed.
func forged(token string) string {
	if token[0] == 'A' {
		return "B" + token[1:]
	}
	return "A" + token[1:]
}

func outcomes(answer *apptest.Answer) []string {
	var all []string
	for _, outcome := range answer.Get("results.#.outcome").Array() {
		all = append(all, outcome.String())
	}
	return all
}

func TestWalkInsByScan(t *testing.T) {
	s := start(t)
	id := s.running(map[string]any{"capacity": 2})
	_, first := s.Elder("样例老人")
	_, second := s.Elder("样例老人二")
	_, third := s.Elder("样例老人三")
	answer := s.upload(id, s.scan("1", first, "in"), s.scan("2", second, "in"), s.scan("3", third, "in"), s.scan("4", first, "in")).Want(ok)
	if got := outcomes(answer); !slices.Equal(got, []string{"recorded", "recorded", "refused", "duplicate"}) || answer.Get("results.2.code").String() != "activity.full" {
		t.Errorf("walk-ins: %s", answer)
	}
	s.wantPlaces(id, 0, 0)
	if came := s.leader.Get("/activities/" + id).Get("checked_in").Int(); came != 2 {
		t.Errorf("%d checked in", came)
	}
}

func TestRevokedCard(t *testing.T) {
	s := start(t)
	id := s.running(nil)
	elder, _ := s.Elder("样例老人")
	card := s.secretary.Post("/people/"+elder+"/cards", nil).Want(created)
	token := card.Get("token").String()
	s.Clock.Advance(time.Minute)
	s.secretary.Delete("/people/" + elder + "/cards/" + card.Get("id").String()).Want(empty)
	s.Clock.Advance(time.Minute)
	answer := s.upload(id, s.scan("after", token, "in")).Want(ok)
	if answer.Get("results.0.outcome").String() != "refused" || answer.Get("results.0.code").String() != "card.refused" {
		t.Errorf("a revoked card: %s", answer)
	}
}

func TestOfflineScansUploadedTwice(t *testing.T) {
	s := start(t)
	id := s.running(nil)
	s.Clock.Advance(10 * time.Minute)
	scannedAt := s.Clock.Now()
	var scans []map[string]any
	s.leader.Get("/activities/" + id).Want(ok)
	big := s.running(map[string]any{"capacity": 10, "starts_at": scannedAt.Add(-10 * time.Minute), "ends_at": scannedAt.Add(110 * time.Minute)})
	for i := range 10 {
		_, card := s.Elder(fmt.Sprintf("样例老人%d", i))
		scans = append(scans, s.scan(fmt.Sprintf("offline-%d", i), card, "in"))
	}
	// Two days later there is a signal again. The answer is lost, and the phone sends it all once more.
	s.Clock.Advance(48 * time.Hour)
	first, second := s.upload(big, scans...).Want(ok), s.upload(big, scans...).Want(ok)
	for i := range 10 {
		if got := first.Get(fmt.Sprintf("results.%d.outcome", i)).String(); got != "recorded" {
			t.Errorf("scan %d: %s", i, got)
		}
		again := second.Get(fmt.Sprintf("results.%d", i))
		if again.Get("outcome").String() != "duplicate" || again.Get("first_outcome").String() != "recorded" || again.Get("person_name").String() == "" {
			t.Errorf("scan %d again: %s", i, again)
		}
	}
	list := s.leader.Get("/activities/" + big + "/attendance").Want(ok)
	if list.Get("items.#").Int() != 10 {
		t.Fatalf("attendance: %s", list)
	}
	for _, item := range list.Get("items").Array() {
		if !item.Get("checked_in_at").Time().Equal(scannedAt) || !strings.Contains(item.Get("flags").Raw, "offline") {
			t.Errorf("not by the phone's time: %s", item)
		}
	}
	// A refused scan that is sent again still says why it was refused.
	late := s.scan("too-late", forged(scans[0]["token"].(string)), "in")
	s.upload(big, late).Want(ok)
	again := s.upload(big, late).Want(ok).Get("results.0")
	if again.Get("first_outcome").String() != "refused" || again.Get("code").String() != "card.refused" {
		t.Errorf("refused again: %s", again)
	}
	s.wantPlaces(big, 0, 0)
}

func TestLeadersWordOverHTTP(t *testing.T) {
	s := start(t)
	id := s.open(map[string]any{"capacity": 3, "walk_in": false})
	path := "/activities/" + id + "/attendance"
	elder, _ := s.Elder("样例老人")
	word := func(personID string, minutes int, reason string) map[string]any {
		body := map[string]any{"person_id": personID, "reason": reason}
		if minutes != 0 {
			body["minutes"] = minutes
		}
		return body
	}
	s.leader.Post(path, word(elder, 0, "没带手机")).WantCode(conflict, "checkin.out_of_window")
	s.Clock.Advance(90 * time.Minute) // half an hour after the start
	s.leader.Post(path, word(elder, 0, "")).WantCode(invalid, "input.invalid")
	s.leader.Post(path, word(elder, 31, "没带手机")).WantCode(invalid, "input.invalid") // a minute that nobody has seen yet
	s.leader.Post(path, word("nobody", 0, "没带手机")).WantCode(unknown, "not_found")
	s.leader.Post(path, word(s.Login("outsider").PersonID, 0, "没带手机")).WantCode(forbidden, "auth.forbidden")
	for _, who := range []string{"resident", "outsider", "grid", "street"} {
		s.Login(who).Post(path, word(elder, 0, "没带手机")).WantCode(forbidden, "auth.forbidden")
	}
	if vouched := s.leader.Post(path, word(elder, 25, "没带手机")).Want(created); vouched.Get("method").String() != "leader" || vouched.Get("minutes").Int() != 25 {
		t.Errorf("the leader's word: %s", vouched)
	}
	if again := s.leader.Post(path, word(elder, 20, "又想起来")).Want(ok); again.Get("minutes").Int() != 25 {
		t.Errorf("the leader's word again: %s", again)
	}
	s.leader.Post(path, word(s.resident.PersonID, 0, "手机没电")).Want(created)
	s.checkIn(s.resident, id).Want(ok)
	s.Clock.Advance(3 * time.Hour)
	s.leader.Post(path, word(s.secretary2.PersonID, 0, "手机没电")).WantCode(invalid, "input.invalid")
	s.leader.Post(path, word(s.secretary2.PersonID, 30, "手机没电")).Want(created)
	s.leader.Post(path, word(s.Login("grid").PersonID, 30, "手机没电")).WantCode(conflict, "activity.full")

	list := s.leader.Get(path).Want(ok)
	for _, item := range list.Get("items").Array() {
		if !strings.Contains(item.Get("flags").Raw, "by_hand") || item.Get("reason").String() == "" {
			t.Errorf("not marked as by hand: %s", item)
		}
	}
	audit := s.secretary.Get("/regions/" + s.World.Community.ID + "/audit").Want(ok)
	if !strings.Contains(string(audit.Body), "attendance.by_word") {
		t.Error("the leader's word is not in the audit log")
	}
	s.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	s.leader.Post(path, word(s.Login("merchant").PersonID, 30, "手机没电")).WantCode(conflict, "activity.not_open")
	// Whose word it was confirms nothing of it, whatever else they are.
	s.secretary2.Post("/activities/"+id+"/confirm", nil).WantCode(forbidden, "review.own_work")
}

func TestCloseAndConfirm(t *testing.T) {
	s := start(t)
	id := s.open(nil) // 11:00 to 13:00, 20 points an hour
	path := "/activities/" + id
	s.leader.Post(path+"/close", nil).WantCode(conflict, "activity.not_started")
	s.Clock.Advance(time.Hour)
	people := s.residents(4)
	for _, person := range people {
		s.checkIn(person, id).Want(created)
	}
	s.checkIn(s.leader, id).Want(created)
	s.Clock.Advance(50 * time.Minute)
	for _, person := range people[:3] {
		s.checkOut(person, id).Want(ok)
	}
	correct := func(who *apptest.Client, minutes int, reason string) map[string]any {
		return map[string]any{"person_id": who.PersonID, "minutes": minutes, "reason": reason}
	}
	closing := func(corrections ...map[string]any) map[string]any { return map[string]any{"minutes": corrections} }
	s.resident.Post(path+"/close", nil).WantCode(forbidden, "auth.forbidden")
	for field, body := range map[string]map[string]any{
		"minutes[0].minutes":   closing(correct(people[1], -1, "记错了")),
		"minutes[0].reason":    closing(correct(people[1], 60, "")),
		"minutes[1].person_id": closing(correct(people[1], 60, "记错了"), correct(people[1], 70, "记错了")),
		"minutes[0].person_id": closing(correct(s.resident, 60, "记错了")),
	} {
		if answer := s.leader.Post(path+"/close", body).WantCode(invalid, "input.invalid"); !slices.Contains(fieldsOf(answer), field) {
			t.Errorf("%s: %s", field, answer)
		}
	}
	closed := s.leader.Post(path+"/close", closing(correct(people[1], 100, "中途没签退又回来"), correct(people[2], 99999, "写多了"), correct(people[0], 50, "没变"))).Want(ok)
	if closed.Get("state").String() != "closed" || closed.Get("closed_by").String() != s.leader.PersonID {
		t.Errorf("closed: %s", closed)
	}
	s.leader.Post(path+"/close", nil).WantCode(conflict, "activity.wrong_state")

	want := []struct {
		who     *apptest.Client
		minutes int64
		flags   string
	}{
		{people[0], 50, `[]`}, {people[1], 100, `["minutes_changed"]`}, {people[2], 120, `["minutes_changed"]`},
		{people[3], 120, `["no_checkout"]`}, {s.leader, 120, `["no_checkout"]`},
	}
	list := s.secretary.Get(path + "/attendance").Want(ok)
	for i, w := range want {
		item := list.Get(fmt.Sprintf("items.%d", i))
		if item.Get("person.id").String() != w.who.PersonID || item.Get("minutes").Int() != w.minutes || item.Get("flags").Raw != w.flags || item.Get("points").Exists() {
			t.Errorf("attendance %d: %s, want %d minutes and %s", i, item, w.minutes, w.flags)
		}
	}
	if kept := list.Get("items.1.corrections.0"); kept.Get("old_minutes").Int() != 50 || kept.Get("new_minutes").Int() != 100 || kept.Get("reason").String() != "中途没签退又回来" {
		t.Errorf("the correction: %s", kept)
	}
	if odd := s.pages(s.leader, path+"/attendance?flagged=true", "person.id"); len(odd) != 4 {
		t.Errorf("odd cases: %q", odd)
	}
	for _, who := range []string{"resident", "outsider", "grid"} {
		s.Login(who).Get(path+"/attendance").WantCode(forbidden, "auth.forbidden")
	}
	s.Login("street").Get(path + "/attendance").Want(ok)

	// Nobody has a point before the second witness.
	for _, w := range want {
		if points, minutes := earned(w.who); points != 0 || minutes != 0 {
			t.Errorf("before it is confirmed: %d points, %d minutes", points, minutes)
		}
	}
	s.leader.Post(path+"/confirm", nil).WantCode(forbidden, "auth.forbidden")
	s.Login("outsider").Post(path+"/confirm", nil).WantCode(forbidden, "auth.forbidden")
	confirmed := s.secretary.Post(path+"/confirm", nil).Want(ok)
	if confirmed.Get("state").String() != "confirmed" || confirmed.Get("confirmed_by").String() != s.secretary.PersonID {
		t.Errorf("confirmed: %s", confirmed)
	}
	for _, w := range want {
		if points, minutes := earned(w.who); points != w.minutes*20/60 || minutes != w.minutes {
			t.Errorf("earned %d points, %d minutes, want %d minutes", points, minutes, w.minutes)
		}
	}
	entry := people[0].Get("/me/points/entries").Want(ok).Get("items.0")
	if entry.Get("kind").String() != "checkin" || entry.Get("star").String() != "harmony" || !strings.Contains(entry.Get("memo").String(), "清扫院子") {
		t.Errorf("the entry: %s", entry)
	}
	s.secretary2.Post(path+"/confirm", nil).WantCode(conflict, "activity.wrong_state")
	s.secretary.Post(path+"/reopen", map[string]string{"reason": "再看看"}).WantCode(conflict, "activity.wrong_state")
	s.Tick()
	if points, _ := earned(people[0]); points != 16 {
		t.Errorf("%d points after another tick", points)
	}
	if mine := people[0].Get("/me/activities").Want(ok).Get("items.0.mine"); mine.Get("points").Int() != 16 || mine.Get("minutes").Int() != 50 ||
		mine.Get("attendance_id").String() != entry.Get("source_id").String() {
		t.Errorf("mine: %s", mine)
	}
}

// Who checks in before midnight for what begins at midnight has served on the day, and in the month, that begins.
func TestMinutesCountWhenTheServiceWas(t *testing.T) {
	s := start(t)
	midnight := time.Date(2026, 12, 1, 0, 0, 0, 0, db.Shanghai)
	id := s.open(map[string]any{"starts_at": midnight, "ends_at": midnight.Add(2 * time.Hour)})
	s.Clock.Set(midnight.Add(-20 * time.Minute))
	s.checkIn(s.resident, id).Want(created)
	s.Clock.Set(midnight.Add(time.Hour))
	s.checkOut(s.resident, id).Want(ok)
	s.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	s.secretary.Post("/activities/"+id+"/confirm", nil).Want(ok)
	s.Tick()
	for period, want := range map[string]int64{"2026-11": 0, "2026-Q4": 60, "2026-12": 60} {
		listed := s.secretary.Get("/regions/" + s.World.Community.ID + "/points?limit=100&period=" + period).Want(ok)
		if minutes := listed.Get(`items.#(person.id=="` + s.resident.PersonID + `").service_minutes`).Int(); minutes != want {
			t.Errorf("%s: %d minutes, want %d", period, minutes, want)
		}
	}
}

func TestTwoWitnesses(t *testing.T) {
	s := start(t)
	for _, test := range []struct {
		name string
		do   func(id, card string)
		by   *apptest.Client // who closes
		who  *apptest.Client // who may not confirm
	}{
		{"who took part", func(id, card string) { s.checkIn(s.secretary, id).Want(created) }, s.leader, s.secretary},
		{"who closed", func(id, card string) { s.checkIn(s.resident, id).Want(created) }, s.secretary, s.secretary},
		{"who closed what nobody came to", func(id, card string) {}, s.secretary, s.secretary},
		{"who scanned", func(id, card string) {
			s.secretary.Post("/activities/"+id+"/scans", map[string]any{"scans": []any{s.scan("s", card, "in")}}).Want(ok)
		}, s.leader, s.secretary},
		{"who scanned somebody out", func(id, card string) {
			s.upload(id, s.scan("s", card, "in")).Want(ok)
			s.secretary.Post("/activities/"+id+"/scans", map[string]any{"scans": []any{s.scan("o", card, "out")}}).Want(ok)
		}, s.leader, s.secretary},
		{"who helped somebody by card", func(id, card string) {
			s.secretary.ByCard(card).Post("/activities/"+id+"/checkins", map[string]any{"code": s.code(id)}).Want(created)
		}, s.leader, s.secretary},
		{"who helped somebody out by card", func(id, card string) {
			s.upload(id, s.scan("s", card, "in")).Want(ok)
			s.secretary.ByCard(card).Post("/activities/"+id+"/checkouts", map[string]any{"code": s.code(id)}).Want(ok)
		}, s.leader, s.secretary},
		{"whose word it was", func(id, card string) {
			s.secretary.Post("/activities/"+id+"/attendance", map[string]any{"person_id": s.resident.PersonID, "reason": "没带手机"}).Want(created)
		}, s.leader, s.secretary},
		{"who corrected minutes before it was sent back", func(id, card string) {
			s.checkIn(s.resident, id).Want(created)
			correction := map[string]any{"person_id": s.resident.PersonID, "minutes": 30, "reason": "提前走了"}
			s.secretary.Post("/activities/"+id+"/close", map[string]any{"minutes": []any{correction}}).Want(ok)
			s.secretary2.Post("/activities/"+id+"/reopen", map[string]string{"reason": "请队长再核对"}).Want(ok)
		}, s.leader, s.secretary},
	} {
		_, card := s.Elder("样例老人")
		id := s.running(nil)
		test.do(id, card)
		test.by.Post("/activities/"+id+"/close", nil).Want(ok)
		if answer := test.who.Post("/activities/"+id+"/confirm", nil); answer.Status != forbidden || answer.Get("code").String() != "review.own_work" {
			t.Errorf("%s: %s", test.name, answer)
		}
		if answer := s.secretary2.Post("/activities/"+id+"/confirm", nil); answer.Status != ok {
			t.Errorf("%s, another: %s", test.name, answer)
		}
	}
}

// Whose hands minutes went through does not judge them later either.
func TestWhoCorrectedMinutesDoesNotAnswerForThem(t *testing.T) {
	s := start(t)
	id := s.running(nil)
	path := "/activities/" + id
	s.checkIn(s.resident, id).Want(created)
	correction := map[string]any{"person_id": s.resident.PersonID, "minutes": 30, "reason": "提前走了"}
	s.secretary.Post(path+"/close", map[string]any{"minutes": []any{correction}}).Want(ok)
	s.secretary2.Post(path+"/reopen", map[string]string{"reason": "请队长再核对"}).Want(ok)
	s.leader.Post(path+"/close", nil).Want(ok)
	s.secretary2.Post(path+"/confirm", nil).Want(ok)
	entry := s.resident.Get("/me/points/entries?limit=1").Want(ok).Get("items.0")
	if entry.Get("amount").Int() != 10 {
		t.Fatalf("posted: %s", entry)
	}
	dispute := s.resident.Post("/points/entries/"+entry.Get("id").String()+"/dispute", map[string]string{"text": "我做了两个小时"}).Want(created)
	answer := map[string]string{"verdict": "upheld", "text": "签到表上是半个小时"}
	s.secretary.Post("/points/disputes/"+dispute.Get("id").String()+"/answer", answer).WantCode(forbidden, "review.own_work")
}

func TestReopen(t *testing.T) {
	s := start(t)
	id := s.running(nil)
	path := "/activities/" + id
	s.checkIn(s.resident, id).Want(created)
	s.secretary.Post(path+"/reopen", map[string]string{"reason": "还没结束"}).WantCode(conflict, "activity.wrong_state")
	s.leader.Post(path+"/close", nil).Want(ok)
	s.leader.Post(path+"/reopen", map[string]string{"reason": "再改改"}).WantCode(forbidden, "auth.forbidden")
	s.secretary.Post(path+"/reopen", map[string]string{"reason": " "}).WantCode(invalid, "input.invalid")
	back := s.secretary.Post(path+"/reopen", map[string]string{"reason": "时长不对"}).Want(ok)
	if back.Get("state").String() != "published" || back.Get("reason").String() != "时长不对" || back.Get("closed_by").Exists() || back.Get("closed_at").Exists() {
		t.Errorf("sent back: %s", back)
	}
	correction := map[string]any{"person_id": s.resident.PersonID, "minutes": 30, "reason": "提前走了"}
	s.leader.Post(path+"/close", map[string]any{"minutes": []any{correction}}).Want(ok)
	s.secretary.Post(path+"/confirm", nil).Want(ok)
	if points, minutes := earned(s.resident); points != 10 || minutes != 30 {
		t.Errorf("earned %d points, %d minutes", points, minutes)
	}
}

func TestLateScansAfterClosing(t *testing.T) {
	s := start(t)
	id := s.running(nil)
	_, card := s.Elder("样例老人")
	_, tooLate := s.Elder("样例老人二")
	offline, after := s.scan("offline", card, "in"), s.scan("after", tooLate, "in")
	s.Clock.Advance(3 * time.Hour)
	s.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	if got := outcomes(s.upload(id, offline).Want(ok)); got[0] != "recorded" {
		t.Errorf("before it is confirmed: %q", got)
	}
	s.secretary.Post("/activities/"+id+"/confirm", nil).Want(ok)
	if answer := s.upload(id, after).Want(ok); answer.Get("results.0.code").String() != "activity.not_open" {
		t.Errorf("after it is confirmed: %s", answer)
	}
	list := s.secretary.Get("/activities/" + id + "/attendance").Want(ok)
	if list.Get("items.#").Int() != 1 || list.Get("items.0.points").Int() != 40 {
		t.Errorf("attendance: %s", list)
	}
}

func TestFlagsOverHTTP(t *testing.T) {
	s := start(t)
	first, second := s.running(map[string]any{"capacity": 50}), s.running(nil)
	people := s.residents(3)
	for i, person := range people {
		device := []string{"phone-1", "phone-1", "phone-2"}[i]
		person.With("X-Device", device).Post("/activities/"+first+"/checkins", map[string]any{"code": s.code(first)}).Want(created)
	}
	s.checkIn(people[2], second).Want(created)
	people[0].With("X-Device", strings.Repeat("x", 65)).Post("/activities/"+first+"/checkins", map[string]any{"code": s.code(first)}).WantCode(invalid, "input.invalid")
	list := s.leader.Get("/activities/" + first + "/attendance").Want(ok)
	for i, want := range []string{`["same_device"]`, `["same_device"]`, `["overlap"]`} {
		if got := list.Get(fmt.Sprintf("items.%d.flags", i)).Raw; got != want {
			t.Errorf("person %d: %s, want %s", i, got, want)
		}
	}
}

// caller is a client's person as a caller, for what is asked of the room without HTTP.
func (s *site) caller(of *apptest.Client) web.Caller {
	s.Helper()
	caller, err := s.App.People.CallerFor(context.Background(), of.PersonID)
	if err != nil {
		s.Fatal(err)
	}
	return caller
}

func TestUploadWithAnIdempotencyKey(t *testing.T) {
	s := start(t)
	id := s.running(map[string]any{"capacity": 1})
	_, first := s.Elder("样例老人")
	_, second := s.Elder("样例老人二")
	body := map[string]any{"scans": []any{s.scan("1", first, "in"), s.scan("2", second, "in")}}
	leader := s.leader.With("Idempotency-Key", "upload-1")
	answer := leader.Post("/activities/"+id+"/scans", body).Want(ok)
	if got := outcomes(answer); !slices.Equal(got, []string{"recorded", "refused"}) {
		t.Errorf("outcomes %q", got)
	}
	if again := leader.Post("/activities/"+id+"/scans", body).Want(ok); string(again.Body) != string(answer.Body) {
		t.Errorf("the same key: %s", again)
	}
	s.wantCameOnce(id, 1)
	s.wantPlaces(id, 0, 0)

	// A tap that finds no place leaves nothing behind, with a key too.
	s.resident.With("Idempotency-Key", "tap-1").Post("/activities/"+id+"/checkins", map[string]any{"code": s.code(id)}).WantCode(conflict, "activity.full")
	s.wantPlaces(id, 0, 0)
}

func TestLeavingTakesNoPlace(t *testing.T) {
	s := start(t)
	upcoming, running := s.open(map[string]any{"capacity": 1}), s.running(map[string]any{"fence_metres": 100, "place": map[string]any{"name": "凉亭", "lat": 34.8, "lng": 113.3}})
	leaver, next := s.Resident("leaver"), s.Resident("next")
	leaver.Post("/activities/"+upcoming+"/signups", nil).Want(created)
	next.Post("/activities/"+upcoming+"/signups", nil).Want(created)
	members := "/teams/" + s.World.TeamID + "/members"
	leaver.Post(members, nil).Want(created)
	s.leader.Post(members+"/"+leaver.PersonID+"/decision", map[string]string{"verdict": "admit"}).Want(ok)
	leaver.With("X-Device", "phone-1").Post("/activities/"+running+"/checkins", map[string]any{"code": s.code(running), "location": map[string]any{"lat": 34.8, "lng": 113.3}}).Want(created)
	word := map[string]any{"person_id": leaver.PersonID, "minutes": 30, "reason": "心脏不好，坐着帮忙"}
	vouched := s.running(nil)
	s.Clock.Advance(30 * time.Minute)
	s.leader.Post("/activities/"+vouched+"/attendance", word).Want(created)
	correction := map[string]any{"person_id": leaver.PersonID, "minutes": 10, "reason": "心脏不好，先回家了"}
	s.leader.Post("/activities/"+vouched+"/close", map[string]any{"minutes": []any{correction}}).Want(ok)
	export := leaver.Get("/me/export").Want(ok)
	if export.Get("rooms.teams.teams.#").Int() != 1 || export.Get("rooms.teams.signups.#").Int() != 3 || export.Get("rooms.teams.attendance.#").Int() != 2 {
		t.Errorf("export: %s", export)
	}
	s.WantHistory(s.App.Teams.HistoryAmong, []string{leaver.PersonID}, []string{s.Login("homeless").PersonID})
	leaver.Delete("/me").Want(empty)
	if state := next.Get("/activities/" + upcoming).Want(ok).Get("mine.signup").String(); state != "confirmed" {
		t.Errorf("the next in the queue is %q", state)
	}
	list := s.leader.Get("/activities/" + running + "/attendance").Want(ok)
	if list.Get("items.0.person.name").String() != "已注销居民" {
		t.Errorf("attendance: %s", list)
	}
	if list := s.leader.Get("/activities/" + vouched + "/attendance").Want(ok); list.Get("items.0.minutes").Int() != 10 || strings.Contains(string(list.Body), "心脏") {
		t.Errorf("what was written about who has left: %s", list)
	}
	// The hours of who has left are posted all the same, to the pseudonym.
	s.leader.Post("/activities/"+running+"/close", nil).Want(ok)
	s.secretary.Post("/activities/"+running+"/confirm", nil).Want(ok)
	s.wantMembers(s.leader.PersonID)
}

func TestPointsOfALargeActivityAreTakenUpAgain(t *testing.T) {
	s := start(t)
	const people = 230
	id := s.running(map[string]any{"capacity": people})
	crowd := s.residents(people)
	code := s.code(id)
	for _, answer := range atOnce(people, func(i int) *apptest.Answer {
		return crowd[i].Post("/activities/"+id+"/checkins", map[string]any{"code": code})
	}) {
		answer.Want(created)
	}
	s.leader.Post("/activities/"+id+"/close", nil).Want(ok)

	// The server stops in the middle of the second hundred: once the first are there, the next look at the
	// clock is the last thing it does.
	ctx, stop := context.WithCancel(context.Background())
	posted := func() (n int) {
		row := s.App.DB.Querier(context.Background()).QueryRowContext(context.Background(),
			"SELECT COUNT(*) FROM attendance WHERE activity_id = ? AND points = 40", id)
		if err := row.Scan(&n); err != nil {
			t.Error(err)
		}
		return n
	}
	clock := s.App.DB.Now
	s.App.DB.Now = func() time.Time {
		if posted() >= 100 {
			stop()
		}
		return clock()
	}
	_, err := s.App.Teams.Confirm(ctx, s.caller(s.secretary), id)
	s.App.DB.Now = clock
	if err == nil || posted() != 100 {
		t.Fatalf("stopped with %d posted: %v", posted(), err)
	}
	if state := s.leader.Get("/activities/" + id).Want(ok).Get("state").String(); state != "confirmed" {
		t.Errorf("stopped in state %q", state)
	}
	s.Tick()
	s.Tick()
	for i, person := range crowd {
		if points, minutes := earned(person); points != 40 || minutes != 120 {
			t.Errorf("person %d: %d points, %d minutes", i, points, minutes)
		}
	}
}

// Of a confirmed activity everybody has their points whose presence can be posted; the one that cannot is tried again.
func TestABadPresenceHoldsUpNoOther(t *testing.T) {
	s := start(t)
	people := s.residents(3)
	id := s.running(nil)
	for _, person := range people {
		s.checkIn(person, id).Want(created)
	}
	s.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	s.Exec("UPDATE activity SET state = 'confirmed', confirmed_by = ?, confirmed_at = ? WHERE id = ?",
		s.secretary.PersonID, db.Millis(s.Clock.Now()), id)
	s.Exec("UPDATE attendance SET checked_out_by = ? WHERE person_id = ?", s.secretary.PersonID, people[1].PersonID)
	want := func(what string, minutes ...int64) {
		t.Helper()
		for i, person := range people {
			if points, got := earned(person); got != minutes[i] || points != minutes[i]/3 {
				t.Errorf("%s person %d has %d points and %d minutes", what, i, points, got)
			}
		}
	}
	for range 2 {
		if err := s.App.Teams.Tick(t.Context()); err == nil || !strings.Contains(err.Error(), id) {
			t.Errorf("of the bad one the tick tells %v", err)
		}
		want("before it is mended", 120, 0, 120)
	}
	s.Exec("UPDATE attendance SET checked_out_by = '' WHERE person_id = ?", people[1].PersonID)
	s.Tick()
	want("afterwards", 120, 120, 120)
}

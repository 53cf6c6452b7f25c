package task_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/region"
)

const (
	created  = http.StatusCreated
	ok       = http.StatusOK
	empty    = http.StatusNoContent
	invalid  = http.StatusUnprocessableEntity
	conflict = http.StatusConflict
	refused  = http.StatusForbidden
	missing  = http.StatusNotFound
)

func TestFromDraftToPoints(t *testing.T) {
	s := newScene(t)
	made := s.secretary.Post("/tasks", s.newTask(nil)).Want(created)
	id := made.Get("id").String()
	if made.Get("state").String() != "draft" || made.Get("places_left").Int() != 3 || made.Get("draw_weight").Int() != 1 {
		t.Fatalf("made %s", made)
	}
	s.resident.Post("/tasks/"+id+"/claims", nil).WantCode(conflict, "task.not_open")
	s.secretary.Post("/tasks/"+id+"/publish", nil).Want(ok)

	claim := s.resident.Post("/tasks/"+id+"/claims", fields{}).Want(created)
	claimID := claim.Get("id").String()
	if claim.Get("state").String() != "claimed" || claim.Get("task_id").String() != id || claim.Get("person_id").String() != s.resident.PersonID ||
		!claim.Get("due_at").Time().Equal(made.Get("due_at").Time()) || claim.Get("task.title").String() != "扫一扫楼道" {
		t.Fatalf("claim %s", claim)
	}
	again := s.resident.Post("/tasks/"+id+"/claims", nil).Want(ok)
	if again.Get("id").String() != claimID {
		t.Fatalf("a second try gave %s", again)
	}
	if seen := s.resident.Get("/tasks/" + id).Want(ok); seen.Get("places_left").Int() != 2 || seen.Get("my_claim_id").String() != claimID {
		t.Fatalf("the task after the claim: %s", seen)
	}
	submitted := s.resident.Put("/claims/"+claimID+"/submission", fields{"text": " 扫完了 "}).Want(ok)
	if submitted.Get("state").String() != "submitted" || submitted.Get("text").String() != "扫完了" {
		t.Fatalf("submitted %s", submitted)
	}
	s.Clock.Advance(time.Hour)
	approved := s.review(s.secretary, claimID, "approve", "").Want(ok)
	if approved.Get("state").String() != "approved" || approved.Get("person_name").String() != "样例resident" {
		t.Fatalf("approved %s", approved)
	}
	var acts []string
	for _, event := range approved.Get("timeline").Array() {
		acts = append(acts, event.Get("act").String()+" by "+event.Get("person_name").String())
	}
	if got := strings.Join(acts, ", "); got != "claimed by 样例resident, submitted by 样例resident, approved by 样例secretary" {
		t.Errorf("timeline: %s", got)
	}
	mine := s.resident.Get("/me/points").Want(ok)
	if mine.Get("balance").Int() != 10 || mine.Get("by_star.livable_ecology").Int() != 10 {
		t.Errorf("points %s", mine)
	}
	s.resident.Post("/tasks/"+id+"/claims", nil).WantCode(conflict, "claim.limit")
}

func TestCreateRefusals(t *testing.T) {
	s := newScene(t)
	otherStation := s.outsider.Post("/stations", fields{"region_id": s.World.Village.ID, "name": "村口", "place": "戏台对面"}).Want(created).Get("id").String()
	who := map[string]*apptest.Client{"a resident": s.resident, "a leader": s.leader, "a grid worker": s.grid,
		"another community's secretary": s.outsider, "the street": s.street, "an organisation's assignee": s.Login("assignee")}
	for name, client := range who {
		t.Run(name, func(t *testing.T) {
			client.Post("/tasks", s.newTask(nil)).WantCode(refused, "auth.forbidden")
		})
	}
	s.secretary.Post("/tasks", s.newTask(fields{"region_id": "NOWHERE"})).WantCode(missing, "not_found")
	tests := []struct {
		field  string
		change fields
	}{
		{"region_id", fields{"region_id": s.World.Grid.ID}},
		{"star", fields{"star": "civility"}},
		{"title", fields{"title": "扫"}},
		{"title", fields{"title": strings.Repeat("扫", 61)}},
		{"description", fields{"description": strings.Repeat("扫", 2001)}},
		{"points", fields{"points": 0}},
		{"points", fields{"points": 1001}},
		{"capacity", fields{"capacity": 0}},
		{"claim_until", fields{"claim_until": s.Clock.Now()}},
		{"due_at", fields{"due_at": s.Clock.Now().Add(47 * time.Hour)}},
		{"evidence", fields{"verify": "scan", "evidence": fields{"text": true}}},
		{"station_id", fields{"station_id": otherStation}},
		{"station_id", fields{"station_id": "NOWHERE"}},
		{"draw_weight", fields{"draw_weight": 101}},
		{"photo_ids", fields{"photo_ids": []string{"NOWHERE"}}},
		{"repeat", fields{"repeat": "yearly"}},
		{"verify", fields{"verify": "word"}},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.change), func(t *testing.T) {
			answer := s.secretary.Post("/tasks", s.newTask(test.change)).WantCode(invalid, "input.invalid")
			if got := answer.Get("errors.0.field").String(); got != test.field {
				t.Errorf("wrong field %q, want %q: %s", got, test.field, answer)
			}
		})
	}
	s.secretary.Send(http.MethodPost, "/tasks", "application/json", strings.NewReader("{")).WantCode(http.StatusBadRequest, "input.unreadable")
}

func TestLeftOutIsTheDefault(t *testing.T) {
	s := newScene(t)
	body := s.newTask(nil)
	for _, name := range []string{"repeat", "evidence", "verify", "description", "place"} {
		delete(body, name)
	}
	made := s.secretary.Post("/tasks", body).Want(created)
	if made.Get("repeat").String() != "once" || made.Get("verify").String() != "review" || made.Get("evidence").Raw != `{"text":false,"photos_before":false,"photos_after":false}` {
		t.Errorf("made %s", made)
	}
	part := s.secretary.Post("/tasks", s.newTask(fields{"evidence": fields{"text": true}})).Want(created)
	if !part.Get("evidence.text").Bool() || part.Get("evidence.photos_after").Bool() {
		t.Errorf("made %s", part)
	}
}

func TestWhoSeesWhichTasks(t *testing.T) {
	s := newScene(t)
	station := s.station("义剪角")
	draft := s.draft(fields{"title": "草稿一份"})
	hanging := s.published(fields{"station_id": station, "star": region.Harmony})
	plain := s.published(nil)
	closed := s.published(nil)
	s.secretary.Post("/tasks/"+closed+"/close", nil).Want(ok)
	withdrawn := s.published(nil)
	s.secretary.Post("/tasks/"+withdrawn+"/withdraw", nil).Want(ok)

	list := func(by *apptest.Client, query string) string {
		var ids []string
		for _, item := range by.Get("/tasks?" + query).Want(ok).Get("items").Array() {
			ids = append(ids, item.Get("id").String())
		}
		return strings.Join(ids, " ")
	}
	community := "region_id=" + s.World.Community.ID
	tests := []struct {
		query string
		want  string
	}{
		{community, plain + " " + hanging},
		{"region_id=" + s.World.Grid.ID, plain + " " + hanging},
		{"region_id=" + s.World.Street.ID, plain + " " + hanging},
		{"region_id=" + s.World.Village.ID, ""},
		{"", plain + " " + hanging},
		{community + "&star=harmony", hanging},
		{community + "&station_id=" + station, hanging},
		{"station_id=" + station, hanging},
		{community + "&state=closed", closed},
	}
	for _, test := range tests {
		if got := list(s.resident, test.query); got != test.want {
			t.Errorf("tasks of %q: %s, want %s", test.query, got, test.want)
		}
	}
	if got := list(s.secretary, community+"&state=draft"); got != draft {
		t.Errorf("drafts for the secretary: %s", got)
	}
	if got := list(s.secretary2, community+"&state=withdrawn"); got != withdrawn {
		t.Errorf("withdrawn tasks for the secretary: %s", got)
	}
	for _, client := range []*apptest.Client{s.resident, s.leader, s.outsider} {
		client.Get("/tasks?"+community+"&state=draft").WantCode(refused, "auth.forbidden")
		client.Get("/tasks?"+community+"&state=withdrawn").WantCode(refused, "auth.forbidden")
		client.Get("/tasks/"+draft).WantCode(refused, "auth.forbidden")
		client.Get("/tasks/"+withdrawn).WantCode(refused, "auth.forbidden")
		client.Get("/tasks/" + plain).Want(ok)
		client.Get("/tasks/" + closed).Want(ok)
	}
	s.secretary.Get("/tasks/" + draft).Want(ok)
	s.Login("nobody").Get("/tasks").WantCode(invalid, "input.invalid")
	s.resident.Get("/tasks?region_id=NOWHERE").WantCode(missing, "not_found")

	first := s.resident.Get("/tasks?" + community + "&limit=1").Want(ok)
	second := s.resident.Get("/tasks?" + community + "&limit=1&cursor=" + first.Get("next_cursor").String()).Want(ok)
	if first.Get("items.0.id").String() != plain || second.Get("items.0.id").String() != hanging || second.Get("next_cursor").Exists() {
		t.Errorf("pages %s, %s", first, second)
	}
	s.resident.Get("/tasks?"+community+"&cursor=abc").WantCode(invalid, "input.invalid")
}

func TestChange(t *testing.T) {
	s := newScene(t)
	id := s.draft(nil)
	path := "/tasks/" + id
	changed := s.secretary2.Patch(path, fields{"points": 20, "repeat": "weekly", "title": "扫两遍楼道", "evidence": fields{"text": true}, "reason": "说得更清楚"}).Want(ok)
	if changed.Get("points").Int() != 20 || changed.Get("repeat").String() != "weekly" || changed.Get("title").String() != "扫两遍楼道" || changed.Get("place").String() != "样板院3号楼" {
		t.Errorf("changed %s", changed)
	}
	s.secretary.Patch(path, fields{"points": 0}).WantCode(invalid, "input.invalid")
	s.secretary.Patch(path, fields{"due_at": s.Clock.Now()}).WantCode(invalid, "input.invalid")
	for _, client := range []*apptest.Client{s.resident, s.leader, s.outsider} {
		client.Patch(path, fields{"title": "不是我的"}).WantCode(refused, "auth.forbidden")
	}
	s.secretary.Post(path+"/publish", nil).Want(ok)
	for _, person := range s.residents(2) {
		s.take(person, id)
	}
	s.secretary.Patch(path, fields{"points": 30}).WantCode(conflict, "task.published")
	s.secretary.Patch(path, fields{"due_at": s.Clock.Now().Add(200 * time.Hour)}).WantCode(conflict, "task.published")
	s.secretary.Patch(path, fields{"capacity": 1}).WantCode(invalid, "input.invalid")
	s.secretary.Patch(path, fields{"capacity": 2, "description": "带上扫帚"}).Want(ok)
	s.resident.Post(path+"/claims", nil).WantCode(conflict, "task.full")
	s.secretary.Patch(path, fields{"capacity": 3}).Want(ok)
	s.take(s.resident, id)
	s.secretary.Post(path+"/close", nil).Want(ok)
	s.secretary.Patch(path, fields{"title": "太晚了"}).WantCode(conflict, "task.wrong_state")

	entries := s.secretary.Get("/regions/" + s.World.Community.ID + "/audit?limit=100").Want(ok)
	reasons := map[string]int{}
	for _, entry := range entries.Get("items").Array() {
		reasons[entry.Get("act").String()+" "+entry.Get("reason").String()]++
	}
	if reasons["task.created "] != 1 || reasons["task.changed 说得更清楚"] != 1 || reasons["task.published "] != 1 || reasons["task.closed "] != 1 {
		t.Errorf("audit log: %v", reasons)
	}
}

func TestTaskPhotos(t *testing.T) {
	s := newScene(t)
	photo := s.photo(s.secretary)
	id := s.published(fields{"photo_ids": []string{photo}})
	second := s.photo(s.secretary)
	s.secretary.Patch("/tasks/"+id, fields{"photo_ids": []string{second}}).Want(ok)
	if seen := s.secretary.Get("/tasks/" + id).Want(ok); seen.Get("photos.#").Int() != 2 || seen.Get("photos.0.id").String() != photo {
		t.Errorf("photos %s", seen)
	}
	s.secretary.Patch("/tasks/"+id, fields{"photo_ids": []string{s.photo(s.resident)}}).WantCode(invalid, "input.invalid")
}

func TestStatesOfATask(t *testing.T) {
	s := newScene(t)
	move := func(id, act string) *apptest.Answer { return s.secretary.Post("/tasks/"+id+"/"+act, nil) }
	draft := func() string { return s.draft(nil) }
	withClaim := func() string { id := s.published(nil); s.take(s.resident, id); return id }
	withAbandoned := func() string {
		id := s.published(nil)
		s.resident.Delete("/claims/" + s.take(s.resident, id)).Want(empty)
		return id
	}
	after := func(act string) func() string {
		return func() string { id := s.published(nil); move(id, act).Want(ok); return id }
	}
	tests := []struct {
		name string
		task func() string
		act  string
		want string // a state, or a code
	}{
		{"publish a draft", draft, "publish", "published"},
		{"close a draft", draft, "close", "task.wrong_state"},
		{"withdraw a draft", draft, "withdraw", "withdrawn"},
		{"publish twice", withAbandoned, "publish", "task.wrong_state"},
		{"close a published one", withAbandoned, "close", "closed"},
		{"close one with claims", withClaim, "close", "closed"},
		{"withdraw one that nobody holds", withAbandoned, "withdraw", "withdrawn"},
		{"withdraw one with a claim", withClaim, "withdraw", "task.held"},
		{"publish a closed one", after("close"), "publish", "task.wrong_state"},
		{"close twice", after("close"), "close", "task.wrong_state"},
		{"withdraw a closed one", after("close"), "withdraw", "task.wrong_state"},
		{"publish a withdrawn one", after("withdraw"), "publish", "task.wrong_state"},
		{"close a withdrawn one", after("withdraw"), "close", "task.wrong_state"},
		{"withdraw twice", after("withdraw"), "withdraw", "task.wrong_state"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			id := test.task()
			for _, client := range []*apptest.Client{s.resident, s.leader, s.outsider, s.street} {
				client.Post("/tasks/"+id+"/"+test.act, nil).WantCode(refused, "auth.forbidden")
			}
			answer := move(id, test.act)
			if strings.Contains(test.want, ".") {
				answer.WantCode(conflict, test.want)
				return
			}
			if got := answer.Want(ok).Get("state").String(); got != test.want {
				t.Errorf("state %s, want %s", got, test.want)
			}
		})
	}
	stale := s.draft(nil)
	s.Clock.Advance(48 * time.Hour)
	move(stale, "publish").WantCode(invalid, "input.invalid")
}

func TestWhoMayTake(t *testing.T) {
	s := newScene(t)
	id := s.published(nil)
	path := "/tasks/" + id + "/claims"
	s.Anonymous().Post(path, nil).WantCode(http.StatusUnauthorized, "auth.required")
	s.outsider.Post(path, nil).WantCode(refused, "auth.forbidden")
	s.street.Post(path, nil).WantCode(refused, "auth.forbidden")
	s.Login("nobody").Post(path, nil).WantCode(refused, "auth.forbidden")
	s.resident.Post("/tasks/NOTHING/claims", nil).WantCode(missing, "not_found")
	s.take(s.secretary, id) // a secretary is a resident, too

	s.setting(fields{"verified_home_for_claims": true})
	s.resident.Post(path, nil).WantCode(refused, "home.unverified")
	s.secretary.Post(path, nil).Want(ok) // what is held, is held
}

func TestTakeWhenFullOrClosed(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"capacity": 1})
	claim := s.take(s.resident, id)
	s.secretary.Post("/tasks/"+id+"/claims", nil).WantCode(conflict, "task.full")
	if got := s.resident.Post("/tasks/"+id+"/claims", nil).Want(ok).Get("id").String(); got != claim {
		t.Errorf("the holder hears of %s, want %s", got, claim)
	}
	s.secretary.Post("/tasks/"+id+"/close", nil).Want(ok)
	s.secretary.Post("/tasks/"+id+"/claims", nil).WantCode(conflict, "task.not_open")
	s.resident.Post("/tasks/"+id+"/claims", nil).Want(ok)
	s.resident.Put("/claims/"+claim+"/submission", nil).Want(ok)
}

func TestTakeWithAnIdempotencyKey(t *testing.T) {
	s := newScene(t)
	id := s.published(nil)
	keyed := s.resident.With("Idempotency-Key", "tap-1")
	first := keyed.Post("/tasks/"+id+"/claims", nil).Want(created)
	if again := keyed.Post("/tasks/"+id+"/claims", nil).Want(created); again.Get("id").String() != first.Get("id").String() {
		t.Errorf("again %s", again)
	}
	if left := s.placesLeft(id); left != 2 {
		t.Errorf("%d places left", left)
	}
	full := s.published(fields{"capacity": 1})
	s.take(s.secretary, full)
	keyed.Post("/tasks/"+full+"/claims", nil).WantCode(conflict, "task.full") // and nothing is left of the try
}

func TestTurns(t *testing.T) {
	tests := []struct {
		repeat       string
		sameTurn     time.Duration // from Sunday 22 November 2026, 10:00 in Shanghai
		nextTurn     time.Duration
		endsForTurns bool
	}{
		{"daily", 14*time.Hour - time.Millisecond, 14 * time.Hour, false},
		{"weekly", 14*time.Hour - time.Millisecond, 14 * time.Hour, false},
		{"monthly", 8*24*time.Hour + 14*time.Hour - time.Millisecond, 8*24*time.Hour + 14*time.Hour, false},
		{"once", 20 * 24 * time.Hour, 0, true},
	}
	for _, test := range tests {
		t.Run(test.repeat, func(t *testing.T) {
			s := newScene(t)
			start := s.Clock.Now()
			id := s.published(fields{"repeat": test.repeat, "capacity": 10,
				"claim_until": start.Add(60 * 24 * time.Hour), "due_at": start.Add(61 * 24 * time.Hour)})
			path := "/tasks/" + id + "/claims"
			s.resident.Delete("/claims/" + s.take(s.resident, id)).Want(empty) // one that is given up is no turn
			s.review(s.secretary, s.handIn(s.resident, id), "approve", "").Want(ok)
			s.Clock.Set(start.Add(test.sameTurn))
			s.resident.Post(path, nil).WantCode(conflict, "claim.limit")
			if test.endsForTurns {
				return
			}
			s.Clock.Set(start.Add(test.nextTurn))
			again := s.handIn(s.resident, id)
			s.review(s.secretary, again, "reject", "没有扫").Want(ok)
			s.resident.Post(path, nil).WantCode(conflict, "claim.limit") // a rejection uses the turn; the appeal is the way
		})
	}
}

func TestClaimsHeldAtOnce(t *testing.T) {
	s := newScene(t)
	s.setting(fields{"open_claims": 2})
	first, second, third := s.published(nil), s.published(nil), s.published(nil)
	s.take(s.resident, first)
	claim := s.take(s.resident, second)
	s.resident.Post("/tasks/"+third+"/claims", nil).WantCode(conflict, "claim.limit")
	s.resident.Post("/tasks/"+second+"/claims", nil).Want(ok)
	s.resident.Put("/claims/"+claim+"/submission", nil).Want(ok) // what is handed in waits for others
	s.take(s.resident, third)
	s.review(s.secretary, claim, "return", "写一句扫了几层").Want(ok)
	s.resident.Put("/claims/"+claim+"/submission", fields{"text": "扫了六层"}).Want(ok)
}

func TestSubmission(t *testing.T) {
	s := newScene(t)
	s.setting(fields{"photos_demanded": true})
	id := s.published(fields{"evidence": fields{"text": true, "photos_before": true, "photos_after": true}})
	claim := s.take(s.resident, id)
	path := "/claims/" + claim + "/submission"
	for _, client := range []*apptest.Client{s.secretary, s.outsider, s.leader} {
		client.Put(path, fields{"text": "替他写"}).WantCode(refused, "auth.forbidden")
	}
	s.resident.Put("/claims/NOTHING/submission", fields{}).WantCode(missing, "not_found")
	answer := s.resident.Put(path, fields{}).WantCode(invalid, "input.invalid")
	if answer.Get("errors.#").Int() != 3 {
		t.Errorf("all that is missing is told at once: %s", answer)
	}
	s.resident.Put(path, fields{"text": strings.Repeat("扫", 1001)}).WantCode(invalid, "input.invalid")
	before, after := s.photo(s.resident), s.photo(s.resident)
	s.resident.Put(path, fields{"text": "扫完了", "photo_ids_before": []string{before}}).WantCode(invalid, "input.invalid")
	s.resident.Put(path, fields{"text": "扫完了", "photo_ids_before": []string{before}, "photo_ids_after": []string{s.photo(s.secretary)}}).WantCode(invalid, "input.invalid")

	good := fields{"text": "扫完了", "photo_ids_before": []string{before}, "photo_ids_after": []string{after}}
	submitted := s.resident.Put(path, good).Want(ok)
	if submitted.Get("photos.#").Int() != 2 || submitted.Get("photos.0.id").String() != before {
		t.Errorf("submitted %s", submitted)
	}
	again := s.resident.Put(path, good).Want(ok)
	if again.Get("timeline.#").Int() != 2 {
		t.Errorf("the same submission again is one more: %s", again)
	}
	s.resident.Put(path, fields{"text": "扫了两遍"}).WantCode(conflict, "claim.wrong_state")

	s.review(s.secretary, claim, "return", "再写详细一点").Want(ok)
	resubmitted := s.resident.Put(path, fields{"text": "从六楼扫到一楼", "photo_ids": []string{s.photo(s.resident)}}).Want(ok)
	if resubmitted.Get("state").String() != "submitted" || resubmitted.Get("photos.#").Int() != 3 || resubmitted.Get("reason").String() != "再写详细一点" {
		t.Errorf("resubmitted %s", resubmitted)
	}
	s.review(s.secretary, claim, "approve", "辛苦了").Want(ok)
	s.resident.Put(path, fields{"text": "再交一次"}).WantCode(conflict, "claim.wrong_state")
}

func TestUnlabelledPhotosServe(t *testing.T) {
	s := newScene(t)
	s.setting(fields{"photos_demanded": true})
	id := s.published(fields{"evidence": fields{"photos_before": true, "photos_after": true}})
	claim := s.take(s.resident, id)
	first, second := s.photo(s.resident), s.photo(s.resident)
	s.resident.Put("/claims/"+claim+"/submission", fields{"photo_ids": []string{first}}).WantCode(invalid, "input.invalid")
	for _, list := range []string{"photo_ids", "photo_ids_before", "photo_ids_after"} {
		many := fields{"photo_ids": []string{first, second}}
		many[list] = slices.Repeat([]string{first}, 10)
		if answer := s.resident.Put("/claims/"+claim+"/submission", many).WantCode(invalid, "input.invalid"); answer.Get("errors.0.field").String() != list {
			t.Errorf("ten of %s: %s", list, answer)
		}
	}
	s.resident.Put("/claims/"+claim+"/submission", fields{"photo_ids": []string{first, second}}).Want(ok)
}

func TestPhotosAreDemandedOnlyWhereTheCommunityWantsIt(t *testing.T) {
	s := newScene(t)
	photos := fields{"evidence": fields{"text": true, "photos_after": true}}
	refusal := s.secretary.Post("/tasks", s.newTask(photos)).WantCode(invalid, "input.invalid")
	if refusal.Get("errors.0.field").String() != "evidence" {
		t.Errorf("%s", refusal)
	}
	s.setting(fields{"photos_demanded": true})
	id := s.published(photos)
	claim := s.take(s.resident, id)
	s.resident.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).WantCode(invalid, "input.invalid")

	// Switched off again, the demand of an older task falls at once, and its secretary can still change its text.
	s.setting(fields{"photos_demanded": false})
	if s.resident.Get("/tasks/" + id).Want(ok).Get("evidence.photos_after").Bool() {
		t.Error("the task still says that photos are demanded")
	}
	s.secretary.Patch("/tasks/"+id, fields{"title": "把楼道扫一扫"}).Want(ok)
	s.resident.Put("/claims/"+claim+"/submission", fields{}).WantCode(invalid, "input.invalid")
	s.resident.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).Want(ok)
}

func TestATaskIsWorthWhatTheCommunityAllows(t *testing.T) {
	s := newScene(t)
	s.setting(fields{"task_points": 20})
	s.secretary.Post("/tasks", s.newTask(fields{"points": 21})).WantCode(invalid, "input.invalid")
	s.published(fields{"points": 20})
}

func TestPhotosOfAClaimAreForThoseWhoMaySeeIt(t *testing.T) {
	s := newScene(t)
	id := s.published(nil)
	claim := s.take(s.resident, id)
	s.resident.Put("/claims/"+claim+"/submission", fields{"photo_ids": []string{s.photo(s.resident)}}).Want(ok)
	photo := s.resident.Get("/claims/" + claim).Want(ok).Get("photos.0.id").String()
	s.resident.Get("/files/" + photo).Want(ok)
	s.secretary.Get("/files/" + photo).Want(ok)
	s.residents(1)[0].Get("/files/" + photo).Want(missing)
	s.outsider.Get("/files/" + photo).Want(missing)
}

func TestTextIsCheckedAndNothingWaitsForIt(t *testing.T) {
	s := newScene(t)
	s.App.Simulator.Down()
	claim := s.handIn(s.resident, s.published(nil))
	if got := s.secretary.Get("/claims/" + claim).Want(ok); got.Get("timeline.1.content_state").String() != "pending" || got.Get("text").String() != "扫完了" {
		t.Fatalf("while WeChat is down: %s", got)
	}
	s.App.Simulator.Up()
	deadline := time.Now().Add(20 * time.Second)
	for s.secretary.Get("/claims/"+claim).Want(ok).Get("timeline.1.content_state").String() != "passed" {
		if time.Now().After(deadline) {
			t.Fatal("no verdict arrived")
		}
		s.Clock.Advance(time.Hour)
		s.Tick()
		time.Sleep(20 * time.Millisecond)
	}
}

func TestReview(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"capacity": 20})
	people := s.residents(5)
	claim := s.take(people[0], id)
	s.review(s.secretary, claim, "approve", "").WantCode(conflict, "claim.wrong_state")
	people[0].Put("/claims/"+claim+"/submission", nil).Want(ok)

	s.review(people[0], claim, "approve", "").WantCode(refused, "auth.forbidden")
	s.review(s.grid, claim, "approve", "").WantCode(refused, "auth.forbidden")
	s.review(s.outsider, claim, "approve", "").WantCode(refused, "auth.forbidden")
	s.review(s.secretary, "NOTHING", "approve", "").WantCode(missing, "not_found")
	s.review(s.secretary, claim, "return", " ").WantCode(invalid, "input.invalid")
	s.review(s.secretary, claim, "reject", "").WantCode(invalid, "input.invalid")
	s.review(s.secretary, claim, "perhaps", "好").WantCode(invalid, "input.invalid")
	s.review(s.secretary, claim, "approve", strings.Repeat("好", 501)).WantCode(invalid, "input.invalid")
	if got := s.state(claim); got != "submitted" {
		t.Fatalf("refusals left the claim %s", got)
	}
	s.review(s.leader, claim, "approve", "").Want(ok)
	s.review(s.secretary, claim, "approve", "").WantCode(conflict, "claim.wrong_state")
	s.review(s.secretary, claim, "reject", "改主意了").WantCode(conflict, "claim.wrong_state")
	s.review(s.street, s.handIn(people[1], id), "approve", "").Want(ok)

	rejected := s.handIn(people[2], id)
	s.review(s.secretary, rejected, "reject", "那天没有去").Want(ok)
	s.review(s.secretary, rejected, "approve", "").WantCode(conflict, "claim.wrong_state")
	people[2].Put("/claims/"+rejected+"/submission", fields{"text": "去了"}).WantCode(conflict, "claim.wrong_state")
}

func TestNobodyReviewsTheirOwnWork(t *testing.T) {
	s := newScene(t)
	id := s.published(nil)
	own := s.handIn(s.secretary, id)
	for _, verdict := range []string{"approve", "return", "reject"} {
		s.review(s.secretary, own, verdict, "我自己的").WantCode(refused, "review.own_work")
	}
	s.review(s.secretary2, own, "approve", "").Want(ok)

	elder, card := s.Elder("样例老人")
	byGrid, byLeader, bySecretary := s.grid.ByCard(card), s.leader.ByCard(card), s.secretary.ByCard(card)
	claim := byLeader.Post("/tasks/"+id+"/claims", nil).Want(created)
	if claim.Get("person_id").String() != elder || claim.Get("helper_id").String() != s.leader.PersonID || claim.Get("helper_name").String() != "样例leader" {
		t.Errorf("claim by card %s", claim)
	}
	claimID := claim.Get("id").String()
	bySecretary.Put("/claims/"+claimID+"/submission", fields{"text": "讲了老井的故事"}).Want(ok)
	s.review(byGrid, claimID, "approve", "").WantCode(refused, "auth.forbidden")
	s.review(s.leader, claimID, "approve", "").WantCode(refused, "review.own_work")
	s.review(s.secretary, claimID, "approve", "").WantCode(refused, "review.own_work")
	approved := s.review(s.secretary2, claimID, "approve", "").Want(ok)
	if got := approved.Get("timeline.1.helper_name").String(); got != "样例secretary" {
		t.Errorf("the timeline tells %q handed it in", got)
	}
}

func TestDeadlineOfWork(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"capacity": 5})
	people := s.residents(4)
	claimed, submitted := s.take(people[0], id), s.handIn(people[1], id)
	returned, waiting := s.handIn(people[2], id), s.handIn(people[3], id)
	s.review(s.secretary, returned, "return", "再补一句").Want(ok)

	s.Clock.Advance(72*time.Hour - time.Millisecond)
	s.Tick()
	if s.state(claimed) != "claimed" || s.state(returned) != "returned" {
		t.Fatal("expired before the deadline")
	}
	s.Clock.Advance(time.Millisecond)
	people[0].Put("/claims/"+claimed+"/submission", nil).WantCode(conflict, "claim.too_late")
	people[2].Put("/claims/"+returned+"/submission", fields{"text": "补上"}).WantCode(conflict, "claim.too_late")
	s.review(s.secretary, waiting, "return", "再补一句").WantCode(conflict, "claim.too_late")
	s.Tick()
	s.Tick()
	for claim, want := range map[string]string{claimed: "expired", returned: "expired", submitted: "submitted", waiting: "submitted"} {
		if got := s.state(claim); got != want {
			t.Errorf("after the deadline: %s, want %s", got, want)
		}
	}
	if left := s.placesLeft(id); left != 3 {
		t.Errorf("%d places left, want 3", left)
	}
	timeline := s.secretary.Get("/claims/" + claimed).Want(ok).Get("timeline")
	if timeline.Get("#").Int() != 2 || timeline.Get("1.act").String() != "expired" || timeline.Get("1.person_id").Exists() {
		t.Errorf("timeline %s", timeline)
	}
	s.review(s.secretary, submitted, "approve", "").Want(ok)
	people[0].Delete("/claims/"+claimed).WantCode(conflict, "claim.wrong_state")
}

// A claim that cannot be expired is told of, and keeps no other from its end.
func TestABadClaimHoldsUpNoOther(t *testing.T) {
	s := newScene(t)
	bad, good := s.published(nil), s.published(nil)
	first, second := s.take(s.resident, bad), s.take(s.resident, good)
	s.Exec("UPDATE task SET places_taken = 0 WHERE id = ?", bad)
	s.Clock.Advance(72 * time.Hour)
	if err := s.App.Tasks.Tick(t.Context()); err == nil || !strings.Contains(err.Error(), first) {
		t.Errorf("of the bad one the tick tells %v", err)
	}
	if s.state(first) != "claimed" || s.state(second) != "expired" {
		t.Errorf("the bad one is %s, the other %s", s.state(first), s.state(second))
	}
	s.Exec("UPDATE task SET places_taken = 1 WHERE id = ?", bad)
	s.Tick()
	if state := s.state(first); state != "expired" {
		t.Errorf("once it is mended it is %s", state)
	}
}

func TestTheWindowCloses(t *testing.T) {
	s := newScene(t)
	id, later := s.published(nil), s.published(fields{"claim_until": s.Clock.Now().Add(50 * time.Hour)})
	claim := s.take(s.resident, id)
	s.Clock.Advance(48*time.Hour - time.Millisecond)
	s.Tick()
	s.take(s.secretary, id)
	s.Clock.Advance(time.Millisecond)
	s.secretary2.Post("/tasks/"+id+"/claims", nil).WantCode(conflict, "task.not_open") // whether or not the timer has run
	s.Tick()
	for task, want := range map[string]string{id: "closed", later: "published"} {
		if got := s.secretary.Get("/tasks/" + task).Want(ok).Get("state").String(); got != want {
			t.Errorf("state %s, want %s", got, want)
		}
	}
	s.resident.Put("/claims/"+claim+"/submission", nil).Want(ok)
}

func TestAbandon(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"capacity": 1})
	claim := s.take(s.resident, id)
	s.secretary.Delete("/claims/"+claim).WantCode(refused, "auth.forbidden")
	s.resident.Delete("/claims/"+"NOTHING").WantCode(missing, "not_found")
	s.resident.Delete("/claims/" + claim).Want(empty)
	s.resident.Delete("/claims/" + claim).Want(empty) // the first answer may have been lost
	if s.state(claim) != "abandoned" || s.placesLeft(id) != 1 {
		t.Error("the place is not free again")
	}
	again := s.handIn(s.resident, id)
	s.resident.Delete("/claims/"+again).WantCode(conflict, "claim.wrong_state")
}

func TestAppeal(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"capacity": 9})
	people := s.residents(3)
	rejected := func(by *apptest.Client, from *apptest.Client) string {
		claim := s.handIn(from, id)
		s.review(by, claim, "reject", "照片上看不出来").Want(ok)
		return claim
	}
	decide := func(by *apptest.Client, claim, verdict, reason string) *apptest.Answer {
		return by.Post("/claims/"+claim+"/appeal/decision", fields{"verdict": verdict, "reason": reason})
	}
	first := rejected(s.secretary, people[0])
	path := "/claims/" + first + "/appeal"
	decide(s.street, first, "overturn", "核实过了").WantCode(conflict, "claim.wrong_state")
	s.secretary.Post(path, fields{"text": "替他申诉"}).WantCode(refused, "auth.forbidden")
	people[0].Post(path, fields{"text": ""}).WantCode(invalid, "input.invalid")
	appealed := people[0].Post(path, fields{"text": "门岗可以作证"}).Want(ok)
	if appealed.Get("appeal").String() != "pending" || appealed.Get("state").String() != "rejected" {
		t.Errorf("appealed %s", appealed)
	}
	people[0].Post(path, fields{"text": "再说一次"}).WantCode(conflict, "claim.wrong_state")

	queue := s.street.Get("/regions/" + s.World.Street.ID + "/claims?state=rejected&appeal=pending").Want(ok)
	if queue.Get("items.#").Int() != 1 || queue.Get("items.0.id").String() != first {
		t.Errorf("appeals for the street: %s", queue)
	}
	for _, client := range []*apptest.Client{s.secretary, s.secretary2, s.leader, s.outsider, people[0]} {
		decide(client, first, "overturn", "我看可以").WantCode(refused, "auth.forbidden")
	}
	decide(s.street, first, "overturn", "").WantCode(invalid, "input.invalid")
	decide(s.street, first, "perhaps", "也许").WantCode(invalid, "input.invalid")
	overturned := decide(s.street, first, "overturn", "核实过了").Want(ok)
	if overturned.Get("state").String() != "approved" || overturned.Get("appeal").String() != "overturned" || overturned.Get("reason").String() != "核实过了" {
		t.Errorf("overturned %s", overturned)
	}
	decide(s.street, first, "uphold", "改主意了").WantCode(conflict, "claim.wrong_state")

	second := rejected(s.street, people[1])
	people[1].Post("/claims/"+second+"/appeal", fields{"text": "我真去了"}).Want(ok)
	decide(s.street, second, "uphold", "我定的").WantCode(refused, "review.own_decision")
	upheld := decide(s.Login("district"), second, "uphold", "核实过，没有去").Want(ok)
	if upheld.Get("state").String() != "rejected" || upheld.Get("appeal").String() != "upheld" {
		t.Errorf("upheld %s", upheld)
	}
	people[1].Post("/claims/"+second+"/appeal", fields{"text": "再申诉"}).WantCode(conflict, "claim.wrong_state")
	decide(s.Login("district"), second, "overturn", "再看看").WantCode(conflict, "claim.wrong_state")

	open := s.handIn(people[2], id)
	people[2].Post("/claims/"+open+"/appeal", fields{"text": "还没有审"}).WantCode(conflict, "claim.wrong_state")
}

func TestScan(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"verify": "scan", "capacity": 9, "repeat": "daily"})
	scan := func(by *apptest.Client, token string) *apptest.Answer {
		return by.Post("/tasks/"+id+"/scans", fields{"token": token})
	}
	code := func(of *apptest.Client) string { return of.Get("/me/code").Want(ok).Get("text").String() }

	scan(s.leader, code(s.resident)).WantCode(conflict, "claim.none")
	claim := s.take(s.resident, id)
	s.resident.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).WantCode(conflict, "task.scan_only")
	s.review(s.secretary, claim, "approve", "").WantCode(conflict, "claim.wrong_state")
	for _, client := range []*apptest.Client{s.residents(1)[0], s.outsider, s.street, s.Login("assignee")} {
		scan(client, code(s.resident)).WantCode(refused, "auth.forbidden")
	}
	scan(s.leader, "nonsense").WantCode(refused, "checkin.bad_code")
	old := code(s.resident)
	s.Clock.Advance(time.Minute)
	scan(s.leader, old).WantCode(refused, "checkin.bad_code")
	approved := scan(s.leader, code(s.resident)).Want(ok)
	if approved.Get("id").String() != claim || approved.Get("state").String() != "approved" {
		t.Errorf("scanned %s", approved)
	}
	if again := scan(s.secretary, code(s.resident)).Want(ok); again.Get("id").String() != claim {
		t.Errorf("scanned again %s", again)
	}
	s.Clock.Advance(24 * time.Hour)
	scan(s.leader, code(s.resident)).WantCode(conflict, "claim.none") // a new day, and not taken yet

	s.take(s.leader, id)
	scan(s.leader, code(s.leader)).WantCode(refused, "review.own_work")
	scan(s.secretary, code(s.leader)).Want(ok)

	_, card := s.Elder("样例老人")
	elders := s.grid.ByCard(card).Post("/tasks/"+id+"/claims", nil).Want(created).Get("id").String()
	scan(s.grid, card).WantCode(refused, "review.own_work")
	scan(s.secretary.ByCard(card), card).WantCode(refused, "auth.forbidden")
	scan(s.leader, card).Want(ok)
	if got := s.state(elders); got != "approved" {
		t.Errorf("the elder's claim is %s", got)
	}
	_, otherCard := s.Elder("样例老人二")
	s.leader.ByCard(otherCard).Post("/tasks/"+id+"/claims", nil).Want(created)
	scan(s.grid, otherCard).Want(ok) // a grid worker reaches the people of their own grid

	late := s.published(fields{"verify": "scan"})
	s.take(s.secretary2, late)
	s.Clock.Advance(72 * time.Hour)
	s.leader.Post("/tasks/"+late+"/scans", fields{"token": code(s.secretary2)}).WantCode(conflict, "claim.too_late")
	reviewed := s.published(nil)
	s.take(s.resident, reviewed)
	s.leader.Post("/tasks/"+reviewed+"/scans", fields{"token": code(s.resident)}).WantCode(conflict, "task.review_only")
	s.leader.Post("/tasks/NOTHING/scans", fields{"token": code(s.resident)}).WantCode(missing, "not_found")
}

func TestStations(t *testing.T) {
	s := newScene(t)
	body := fields{"region_id": s.World.Community.ID, "name": "义剪角", "place": "样板理发店"}
	for _, client := range []*apptest.Client{s.resident, s.leader, s.outsider, s.street} {
		client.Post("/stations", body).WantCode(refused, "auth.forbidden")
	}
	made := s.secretary.Post("/stations", body).Want(created)
	if made.Get("poster_text").String() == "" || made.Get("name").String() != "义剪角" {
		t.Errorf("made %s", made)
	}
	path := "/stations/" + made.Get("id").String()
	s.secretary.Post("/stations", body).WantCode(conflict, "name.taken")
	s.secretary.Post("/stations", fields{"region_id": s.World.Community.ID, "name": "", "place": ""}).WantCode(invalid, "input.invalid")
	s.secretary.Post("/stations", fields{"region_id": s.World.Street.ID, "name": "义剪角", "place": "街上"}).WantCode(refused, "auth.forbidden")
	second := s.station("服务大厅")

	for _, area := range []region.Region{s.World.Community, s.World.Grid, s.World.Street} {
		list := s.resident.Get("/stations?region_id=" + area.ID).Want(ok)
		if list.Get("items.#").Int() != 2 || list.Get("items.1.id").String() != second {
			t.Errorf("stations of %s: %s", area.Kind, list)
		}
	}
	if list := s.resident.Get("/stations?region_id=" + s.World.Village.ID).Want(ok); list.Get("items.#").Int() != 0 {
		t.Errorf("stations of the village: %s", list)
	}
	s.resident.Get("/stations").WantCode(invalid, "input.invalid")
	s.resident.Get(path).Want(ok)
	s.resident.Get("/stations/NOTHING").WantCode(missing, "not_found")

	s.resident.Patch(path, fields{"name": "我的角"}).WantCode(refused, "auth.forbidden")
	s.secretary.Patch(path, fields{"name": "服务大厅"}).WantCode(conflict, "name.taken")
	s.secretary.Patch(path, fields{"place": ""}).WantCode(invalid, "input.invalid")
	if changed := s.secretary.Patch(path, fields{"place": "搬到二楼"}).Want(ok); changed.Get("place").String() != "搬到二楼" || changed.Get("name").String() != "义剪角" {
		t.Errorf("changed %s", changed)
	}
}

func TestStationCode(t *testing.T) {
	s := newScene(t)
	path := "/stations/" + s.station("义剪角") + "/code.png"
	for _, client := range []*apptest.Client{s.resident, s.outsider} {
		client.Get(path).WantCode(refused, "auth.forbidden")
	}
	s.secretary.Get("/stations/NOTHING/code.png").WantCode(missing, "not_found")
	s.App.Simulator.Down()
	s.secretary.Get(path).Want(http.StatusServiceUnavailable)
	s.App.Simulator.Up()
	first := s.secretary.Get(path).Want(ok)
	if first.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(string(first.Body), "\x89PNG") {
		t.Fatalf("no PNG: %s, %.20q", first.Header.Get("Content-Type"), first.Body)
	}
	s.App.Simulator.Down() // a poster can be printed again all the same
	if again := s.secretary2.Get(path).Want(ok); string(again.Body) != string(first.Body) {
		t.Error("another picture the second time")
	}
}

func TestDraw(t *testing.T) {
	s := newScene(t)
	station := s.station("义剪角")
	path := "/stations/" + station + "/draws"
	s.resident.Post(path, nil).WantCode(conflict, "station.no_card")
	s.outsider.Post(path, nil).WantCode(refused, "auth.forbidden")
	s.resident.Post("/stations/NOTHING/draws", nil).WantCode(missing, "not_found")
	hanging := fields{"station_id": station, "repeat": "daily"}
	tasks := map[string]bool{s.published(hanging): true, s.published(hanging): true}
	s.published(nil) // hangs elsewhere

	drawn := s.resident.Post(path, fields{}).Want(created)
	first := drawn.Get("task_id").String()
	if !tasks[first] || drawn.Get("task.id").String() != first || drawn.Get("station_id").String() != station || drawn.Get("state").String() != "claimed" {
		t.Fatalf("drawn %s", drawn)
	}
	if again := s.resident.Post(path, nil).Want(ok); again.Get("id").String() != drawn.Get("id").String() {
		t.Errorf("a second draw gave %s", again)
	}
	putBack := func(claim string) *apptest.Answer { return s.resident.Post("/claims/"+claim+"/put-back", nil) }
	s.secretary.Post("/claims/"+drawn.Get("id").String()+"/put-back", nil).WantCode(refused, "auth.forbidden")
	putBack(drawn.Get("id").String()).Want(empty)
	if left := s.placesLeft(first); left != 3 {
		t.Errorf("%d places left after the card was put back", left)
	}
	putBack(drawn.Get("id").String()).WantCode(conflict, "claim.wrong_state")
	other := s.resident.Post(path, nil).Want(created)
	if other.Get("task_id").String() == first {
		t.Errorf("the card that was put back came again: %s", other)
	}
	putBack(other.Get("id").String()).WantCode(conflict, "claim.put_back_used")
	s.resident.Put("/claims/"+other.Get("id").String()+"/submission", nil).Want(ok)
	s.resident.Post(path, nil).Want(ok) // still the open card
	s.review(s.secretary, other.Get("id").String(), "approve", "").Want(ok)
	last := s.resident.Post(path, nil).Want(created) // the one that was put back is the only one left
	if last.Get("task_id").String() != first {
		t.Errorf("drew %s", last)
	}
	s.resident.Delete("/claims/" + last.Get("id").String()).Want(empty)

	s.Clock.Advance(24 * time.Hour)
	tomorrow := s.resident.Post(path, nil).Want(created)
	putBack(tomorrow.Get("id").String()).Want(empty)

	plain := s.take(s.secretary, s.published(nil))
	s.secretary.Post("/claims/"+plain+"/put-back", nil).WantCode(conflict, "claim.not_drawn")
}

func TestDrawGivesOnlyWhatMayBeTaken(t *testing.T) {
	s := newScene(t)
	station := s.station("义剪角")
	path := "/stations/" + station + "/draws"
	full := s.published(fields{"station_id": station, "capacity": 1})
	s.take(s.secretary, full)
	held := s.published(fields{"station_id": station})
	s.take(s.resident, held)
	done := s.published(fields{"station_id": station})
	s.review(s.secretary, s.handIn(s.resident, done), "approve", "").Want(ok)
	s.draft(fields{"station_id": station})
	closed := s.published(fields{"station_id": station})
	s.secretary.Post("/tasks/"+closed+"/close", nil).Want(ok)
	s.published(fields{"station_id": station, "claim_until": s.Clock.Now().Add(time.Hour)})
	s.Clock.Advance(time.Hour)
	s.resident.Post(path, nil).WantCode(conflict, "station.no_card")

	free := s.published(fields{"station_id": station})
	if drawn := s.resident.Post(path, nil).Want(created); drawn.Get("task_id").String() != free {
		t.Errorf("drew %s, want %s", drawn, free)
	}
	s.setting(fields{"verified_home_for_claims": true})
	s.leader.Post(path, nil).WantCode(refused, "home.unverified")
	s.setting(fields{"verified_home_for_claims": false, "open_claims": 1})
	s.take(s.leader, s.published(nil))
	s.leader.Post(path, nil).WantCode(conflict, "claim.limit")
}

func TestDrawByWeight(t *testing.T) {
	s := newScene(t)
	station := s.station("义剪角")
	heavy := s.published(fields{"station_id": station, "draw_weight": 100, "capacity": 200})
	s.published(fields{"station_id": station, "draw_weight": 1, "capacity": 200})
	drew := 0
	for _, person := range s.residents(60) {
		if person.Post("/stations/"+station+"/draws", nil).Want(created).Get("task_id").String() == heavy {
			drew++
		}
	}
	if drew < 50 { // fewer than 50 of 60 at 100 to 1 happens once in 10^10 runs
		t.Errorf("the card of weight 100 came %d times of 60", drew)
	}
}

func TestClaimLists(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"capacity": 9})
	people := s.residents(3)
	var claims []string
	for _, person := range people {
		claims = append(claims, s.take(person, id))
	}
	for _, i := range []int{2, 0, 1} { // first handed in, first in the queue
		s.Clock.Advance(time.Second)
		people[i].Put("/claims/"+claims[i]+"/submission", fields{"text": "扫完了"}).Want(ok)
	}
	villageTask := s.outsider.Post("/tasks", s.newTask(fields{"region_id": s.World.Village.ID})).Want(created).Get("id").String()
	s.outsider.Post("/tasks/"+villageTask+"/publish", nil).Want(ok)
	foreign := s.handIn(s.outsider, villageTask)

	ids := func(by *apptest.Client, path string) string {
		var ids []string
		for {
			page := by.Get(path).Want(ok)
			for _, item := range page.Get("items").Array() {
				ids = append(ids, item.Get("id").String())
				if item.Get("person_name").String() == "" || item.Get("task.title").String() == "" || item.Get("timeline.#").Int() == 0 {
					t.Errorf("a claim without its story: %s", item)
				}
			}
			cursor := page.Get("next_cursor").String()
			if cursor == "" {
				return strings.Join(ids, " ")
			}
			first, _, _ := strings.Cut(path, "&cursor=")
			path = first + "&cursor=" + cursor
		}
	}
	queue := "/regions/" + s.World.Community.ID + "/claims?limit=2"
	inOrder := strings.Join([]string{claims[2], claims[0], claims[1]}, " ")
	for _, client := range []*apptest.Client{s.secretary, s.leader, s.street} {
		if got := ids(client, queue); got != inOrder {
			t.Errorf("queue %s, want %s", got, inOrder)
		}
	}
	if got := ids(s.street, "/regions/"+s.World.Street.ID+"/claims?limit=2"); got != inOrder+" "+foreign {
		t.Errorf("the street's queue %s", got)
	}
	if got := ids(s.secretary, "/tasks/"+id+"/claims?limit=2"); got != strings.Join([]string{claims[2], claims[1], claims[0]}, " ") {
		t.Errorf("claims of the task %s", got)
	}
	if got := ids(s.secretary, "/tasks/"+id+"/claims?state=approved&limit=2"); got != "" {
		t.Errorf("approved claims of the task %s", got)
	}
	second := s.published(nil)
	mine := s.take(people[0], second)
	if got := ids(people[0], "/me/claims?limit=1"); got != mine+" "+claims[0] {
		t.Errorf("my claims %s", got)
	}
	if got := ids(people[0], "/me/claims?state=submitted&limit=1"); got != claims[0] {
		t.Errorf("my submitted claims %s", got)
	}

	for _, client := range []*apptest.Client{people[0], s.outsider, s.grid} {
		client.Get(queue).WantCode(refused, "auth.forbidden")
		client.Get("/tasks/"+id+"/claims").WantCode(refused, "auth.forbidden")
		client.Get("/claims/"+claims[1]).WantCode(refused, "auth.forbidden")
	}
	people[1].Get("/claims/" + claims[1]).Want(ok)
	s.leader.Get("/claims/" + claims[1]).Want(ok)
	s.secretary.Get("/claims/"+foreign).WantCode(refused, "auth.forbidden")
	s.secretary.Get("/regions/NOWHERE/claims").WantCode(missing, "not_found")
	s.secretary.Get(queue+"&cursor=abc").WantCode(invalid, "input.invalid")
	s.secretary.Get("/me/claims?state=lost").WantCode(invalid, "input.invalid")
}

func TestEveryCallNeedsASession(t *testing.T) {
	s := newScene(t)
	calls := []string{
		"POST /tasks", "GET /tasks", "GET /tasks/X", "PATCH /tasks/X", "POST /tasks/X/publish", "POST /tasks/X/close", "POST /tasks/X/withdraw",
		"POST /tasks/X/claims", "GET /tasks/X/claims", "POST /tasks/X/scans", "GET /me/claims", "GET /regions/X/claims", "GET /claims/X", "DELETE /claims/X",
		"POST /claims/X/put-back", "PUT /claims/X/submission", "POST /claims/X/review", "POST /claims/X/appeal", "POST /claims/X/appeal/decision",
		"POST /stations", "GET /stations", "GET /stations/X", "PATCH /stations/X", "GET /stations/X/code.png", "POST /stations/X/draws",
	}
	for _, call := range calls {
		method, path, _ := strings.Cut(call, " ")
		s.Anonymous().Do(method, path, nil).WantCode(http.StatusUnauthorized, "auth.required")
	}
}

func TestLeavingTakesTheTextsAlong(t *testing.T) {
	s := newScene(t)
	leaver := s.residents(1)[0]
	held, worked := s.published(nil), s.published(nil)
	claimed, submitted := s.take(leaver, held), s.take(leaver, worked)
	leaver.Put("/claims/"+submitted+"/submission", fields{"text": "我住三号楼，扫完了"}).Want(ok)
	s.review(s.secretary, submitted, "reject", "三号楼的那位没有扫").Want(ok)
	leaver.Post("/claims/"+submitted+"/appeal", fields{"text": "我是三号楼的"}).Want(ok)

	export := leaver.Get("/me/export").Want(ok)
	if got := export.Get("rooms.tasks.claims.#").Int(); got != 2 {
		t.Errorf("%d claims in the export: %s", got, export.Get("rooms.tasks"))
	}
	if got := s.secretary.Get("/me/export").Want(ok).Get("rooms.tasks.acts_on_claims_of_others"); got.Get("#").Int() != 1 || got.Get("0.claim_id").String() != submitted {
		t.Errorf("what the secretary did: %s", got)
	}
	s.WantHistory(s.App.Tasks.HistoryAmong, []string{leaver.PersonID, s.secretary.PersonID}, []string{s.grid.PersonID})
	leaver.Delete("/me").Want(empty)
	if s.state(claimed) != "abandoned" || s.placesLeft(held) != 3 {
		t.Error("the place of somebody who left is not free")
	}
	left := s.secretary.Get("/claims/" + submitted).Want(ok)
	if strings.Contains(string(left.Body), "三号楼") || left.Get("timeline.#").Int() != 4 {
		t.Errorf("what is left: %s", left)
	}
	if log := s.secretary.Get("/regions/" + s.World.Community.ID + "/audit").Want(ok); strings.Contains(string(log.Body), "三号楼") {
		t.Errorf("the audit log: %s", log)
	}
	decision := s.street.Post("/claims/"+submitted+"/appeal/decision", fields{"verdict": "overturn", "reason": "核实过了"})
	decision.Want(ok)
}

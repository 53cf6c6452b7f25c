package ticket_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"fivestar/server/app/apptest"
	"fivestar/server/web"
)

func TestATicketGoesThroughItsFourParts(t *testing.T) {
	s := newScene(t)
	answer := s.resident.Post("/tickets", s.newTicket(fields{"photo_ids": []string{s.photo(s.resident)}})).Want(http.StatusCreated)
	if answer.Get("stage").String() != "raised" || answer.Get("votes").Int() != 0 || answer.Get("number").String() != "20261122-0001" ||
		answer.Get("content_state").String() != "pending" || !answer.Get("mine").Bool() || answer.Get("photos.#").Int() != 1 {
		t.Fatalf("raised: %s", answer)
	}
	id := answer.Get("id").String()
	s.Tick()
	if got := s.vote(s.neighbour, id).Want(http.StatusOK); got.Get("votes").Int() != 1 || !got.Get("voted").Bool() {
		t.Fatalf("vote: %s", got)
	}
	answer = s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	if answer.Get("stage").String() != "dispatched" || answer.Get("assignee.name").String() != "样板联建单位" {
		t.Fatalf("dispatched: %s", answer)
	}
	answer = s.do(s.assignee, id, "accept", fields{}).Want(http.StatusOK)
	if answer.Get("stage").String() != "accepted" || answer.Get("text").String() != "三楼到四楼的灯不亮" || answer.Get("place").String() == "" {
		t.Fatalf("accepted: %s", answer)
	}
	s.do(s.assignee, id, "progress", fields{"phase": "before", "photo_ids": []string{s.photo(s.assignee)}}).Want(http.StatusOK)
	s.do(s.assignee, id, "progress", fields{"phase": "during", "text": "新灯泡下午到"}).Want(http.StatusOK)
	answer = s.do(s.assignee, id, "complete", fields{"text": "换了灯泡", "photo_ids": []string{s.photo(s.assignee), s.photo(s.assignee)}}).Want(http.StatusOK)
	if answer.Get("stage").String() != "completed" || answer.Get("completed_at").String() == "" {
		t.Fatalf("completed: %s", answer)
	}
	answer = s.review(s.resident, id, 5, "solved").Want(http.StatusOK)
	if answer.Get("stage").String() != "closed" || answer.Get("closed_as").String() != "reviewed" || answer.Get("score").Int() != 5 || answer.Get("outcome").String() != "solved" {
		t.Fatalf("closed: %s", answer)
	}
	s.Tick()
	s.wantActs(id, "raise", "dispatch", "accept", "progress", "progress", "complete", "review")
	seen, atTheDesk := s.see(s.neighbour, id), s.see(s.secretary, id)
	for i, want := range []struct {
		part   int64
		by     string
		photos int64
		text   string
	}{
		{1, "样例resident", 1, "三楼到四楼的灯不亮"}, {2, "样例secretary", 0, "楼里老人多，请先修"}, {3, "样板联建单位", 0, ""}, {3, "样板联建单位", 1, ""},
		{3, "样板联建单位", 0, "新灯泡下午到"}, {3, "样板联建单位", 2, "换了灯泡"}, {4, "样例resident", 0, "这是评语"},
	} {
		event := seen.Get("timeline").Array()[i]
		photos := atTheDesk.Get("timeline").Array()[i].Get("photos.#").Int()
		if event.Get("part").Int() != want.part || event.Get("by").String() != want.by || photos != want.photos ||
			event.Get("text").String() != want.text || event.Get("at").String() == "" {
			t.Errorf("event %d: %s, want %+v", i, event.Raw, want)
		}
	}
	if got := s.points(s.resident.PersonID); got != 2 {
		t.Errorf("the raiser has %d points, want 2", got)
	}
	if got := s.points(s.assignee.PersonID); got != 5 {
		t.Errorf("the worker has %d points, want 5", got)
	}
	if got := s.secretary.Get("/regions/" + s.World.Community.ID + "/audit").Want(http.StatusOK).Get("items.0.act").String(); got != "ticket.dispatched" {
		t.Errorf("the audit log ends with %q", got)
	}
}

func TestNumbersAreCountedByCommunityAndDay(t *testing.T) {
	s := newScene(t)
	number := func(by *apptest.Client, regionID string) string {
		return by.Post("/tickets", s.newTicket(fields{"region_id": regionID})).Want(http.StatusCreated).Get("number").String()
	}
	for _, want := range []string{"20261122-0001", "20261122-0002"} {
		if got := number(s.resident, s.World.Community.ID); got != want {
			t.Errorf("number %s, want %s", got, want)
		}
	}
	if got := number(s.outsider, s.World.Village.ID); got != "20261122-0001" {
		t.Errorf("the village's first is %s", got)
	}
	s.Clock.Advance(14 * 60 * 60 * 1e9) // midnight in Shanghai
	if got := number(s.resident, s.World.Community.ID); got != "20261123-0001" {
		t.Errorf("the next day's first is %s", got)
	}
}

func TestRaiseIsRefused(t *testing.T) {
	s := newScene(t)
	s.Anonymous().Post("/tickets", s.newTicket(nil)).WantCode(http.StatusUnauthorized, "auth.required")
	s.outsider.Post("/tickets", s.newTicket(nil)).WantCode(http.StatusForbidden, "auth.forbidden")
	s.Login("nobody").Post("/tickets", s.newTicket(nil)).WantCode(http.StatusForbidden, "auth.forbidden")
	s.street.Post("/tickets", s.newTicket(nil)).WantCode(http.StatusForbidden, "auth.forbidden")
	s.resident.Post("/tickets", s.newTicket(fields{"region_id": "nowhere"})).WantCode(http.StatusNotFound, "not_found")
	others := s.photo(s.neighbour)
	tooMany := make([]string, 10)
	for i := range tooMany {
		tooMany[i] = s.photo(s.resident)
	}
	for _, test := range []struct {
		field   string
		changes fields
	}{
		{"text", fields{"text": "灯坏了"}},
		{"text", fields{"text": strings.Repeat("灯", 1001)}},
		{"text", fields{"text": "     \n    "}},
		{"place", fields{"place": strings.Repeat("楼", 101)}},
		{"category", fields{"category": "weather"}},
		{"region_id", fields{"region_id": s.World.Grid.ID}},
		{"photo_ids", fields{"photo_ids": []string{others}}},
		{"photo_ids", fields{"photo_ids": tooMany}},
	} {
		answer := s.resident.Post("/tickets", s.newTicket(test.changes)).WantCode(http.StatusUnprocessableEntity, "input.invalid")
		if got := answer.Get("errors.0.field").String(); got != test.field {
			t.Errorf("%v: field %q, want %q", test.changes, got, test.field)
		}
	}
	if got := ids(s.resident.Get("/tickets/mine").Want(http.StatusOK)); len(got) != 0 {
		t.Errorf("refused tickets are there: %v", got)
	}
	if got := s.resident.Post("/tickets", s.newTicket(fields{"text": strings.Repeat("灯", 1000)})).Want(http.StatusCreated).Get("number").String(); got != "20261122-0001" {
		t.Errorf("refused tickets took numbers: %s", got)
	}
}

func TestTheSameKeyRaisesOnce(t *testing.T) {
	s := newScene(t)
	again := s.resident.With("Idempotency-Key", "one tap")
	first := again.Post("/tickets", s.newTicket(nil)).Want(http.StatusCreated)
	second := again.Post("/tickets", s.newTicket(nil)).Want(http.StatusCreated)
	if first.Get("id").String() != second.Get("id").String() {
		t.Error("two tickets from one tap")
	}
}

func TestNeighboursSeeATicketOnceItsTextHasPassed(t *testing.T) {
	s := newScene(t)
	s.App.Simulator.Down()
	id := s.resident.Post("/tickets", s.newTicket(nil)).Want(http.StatusCreated).Get("id").String()
	s.Tick()
	hidden := func() {
		t.Helper()
		s.neighbour.Get("/tickets/"+id).WantCode(http.StatusNotFound, "not_found")
		s.neighbour.Get("/tickets/"+id+"/form").WantCode(http.StatusNotFound, "not_found")
		s.vote(s.neighbour, id).WantCode(http.StatusNotFound, "not_found")
		if got := s.list(s.neighbour, ""); len(got) != 0 {
			t.Fatalf("a neighbour's list has it: %v", got)
		}
		for _, who := range []*apptest.Client{s.resident, s.secretary, s.street} {
			if got := s.list(who, ""); !slices.Equal(got, []string{id}) {
				t.Fatalf("the list of its raiser or the desk has not: %v", got)
			}
			if s.see(who, id).Get("text").String() == "" {
				t.Fatal("its raiser or the desk does not read it")
			}
		}
	}
	hidden()
	s.App.Simulator.Up()
	s.Clock.Advance(10 * 60 * 1e9)
	s.Tick()
	if got := s.see(s.neighbour, id).Get("content_state").String(); got != "passed" {
		t.Fatalf("the check is %s", got)
	}

	id = s.resident.Post("/tickets", s.newTicket(fields{"text": "这里写了违禁的话"})).Want(http.StatusCreated).Get("id").String()
	s.Tick()
	s.neighbour.Get("/tickets/"+id).WantCode(http.StatusNotFound, "not_found")
	if got := s.see(s.resident, id).Get("content_state").String(); got != "refused" {
		t.Fatalf("the raiser is told %q", got)
	}
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).WantCode(http.StatusConflict, "ticket.content_refused")
	s.do(s.resident, id, "withdraw", nil).Want(http.StatusOK)
}

func TestAPendingTicketMayBeDispatched(t *testing.T) {
	s := newScene(t)
	s.App.Simulator.Down()
	id := s.raise(s.resident, nil)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	if got := s.do(s.assignee, id, "complete", fields{"text": "换了灯泡"}).Want(http.StatusOK).Get("text").String(); got == "" {
		t.Error("the assignee does not read what to do")
	}
	if got := s.see(s.resident, id).Get("timeline.3.text").String(); got != "换了灯泡" {
		t.Errorf("the raiser reads %q", got)
	}
	s.review(s.resident, id, 5, "solved").Want(http.StatusOK)
}

func TestWordsInTheTimelineAreCheckedToo(t *testing.T) {
	s := newScene(t)
	id := s.accepted()
	s.do(s.assignee, id, "progress", fields{"phase": "during", "text": "这里写了违禁的话"}).Want(http.StatusOK)
	s.do(s.assignee, id, "progress", fields{"phase": "during", "text": "灯泡到了"}).Want(http.StatusOK)
	s.Tick()
	for who, want := range map[*apptest.Client]string{s.neighbour: "", s.resident: "", s.assignee: "这里写了违禁的话", s.secretary: "这里写了违禁的话"} {
		seen := s.see(who, id)
		if got := seen.Get("timeline.3.text").String(); got != want {
			t.Errorf("refused words are read as %q, want %q", got, want)
		}
		if got := seen.Get("timeline.4.text").String(); got != "灯泡到了" {
			t.Errorf("good words are read as %q", got)
		}
	}
}

func TestWhoReadsWhoseName(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, fields{"show_name": false})
	s.vote(s.neighbour, id).Want(http.StatusOK)
	other := s.Resident("other")
	s.vote(other, id).Want(http.StatusOK)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	s.do(s.assignee, id, "complete", fields{"text": "换了灯泡"}).Want(http.StatusOK)
	s.review(s.neighbour, id, 4, "solved").Want(http.StatusOK)
	s.review(s.resident, id, 5, "solved").Want(http.StatusOK)
	s.Tick()
	for _, test := range []struct {
		name                                     string
		who                                      *apptest.Client
		raiser, worker, backer, raiserID, review string
	}{
		{"neighbour", other, "一位居民", "样板联建单位", "一位附议居民", "", "一位居民"},
		{"backer", s.neighbour, "一位居民", "样板联建单位", "样例neighbour", "", "一位居民"},
		{"raiser", s.resident, "样例resident", "样板联建单位", "一位附议居民", s.resident.PersonID, "样例resident"},
		{"assignee", s.assignee, "样例resident", "样板联建单位", "一位附议居民", "", "样例resident"},
		{"desk", s.secretary, "样例resident", "样板联建单位(样例assignee)", "样例neighbour", s.resident.PersonID, "样例resident"},
		{"street", s.street, "样例resident", "样板联建单位(样例assignee)", "样例neighbour", s.resident.PersonID, "样例resident"},
	} {
		seen := s.see(test.who, id)
		for path, want := range map[string]string{"raiser_name": test.raiser, "raiser_id": test.raiserID, "timeline.0.by": test.raiser,
			"timeline.1.by": "样例secretary", "timeline.2.by": test.worker, "timeline.4.by": test.backer, "timeline.5.by": test.review} {
			if got := seen.Get(path).String(); got != want {
				t.Errorf("%s reads %s as %q, want %q", test.name, path, got, want)
			}
		}
		if strings.Contains(string(seen.Body), "phone") {
			t.Errorf("%s reads of a phone: %s", test.name, seen)
		}
	}
}

func TestVoting(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	s.vote(s.resident, id).WantCode(http.StatusForbidden, "vote.own_ticket")
	s.vote(s.outsider, id).WantCode(http.StatusForbidden, "auth.forbidden")
	s.vote(s.street, id).WantCode(http.StatusForbidden, "auth.forbidden")
	s.vote(s.Login("nobody"), id).WantCode(http.StatusForbidden, "auth.forbidden")
	s.vote(s.neighbour, "nothing").WantCode(http.StatusNotFound, "not_found")
	want := func(answer *apptest.Answer, votes int64, voted bool) {
		t.Helper()
		answer.Want(http.StatusOK)
		if answer.Get("votes").Int() != votes || answer.Get("voted").Bool() != voted {
			t.Errorf("%s, want %d, %t", answer, votes, voted)
		}
	}
	want(s.vote(s.neighbour, id), 1, true)
	want(s.vote(s.neighbour, id), 1, true)
	want(s.vote(s.secretary, id), 2, true)
	if seen := s.see(s.neighbour, id); !seen.Get("voted").Bool() || seen.Get("votes").Int() != 2 {
		t.Errorf("the neighbour sees %s", seen)
	}
	if s.see(s.resident, id).Get("voted").Bool() {
		t.Error("the raiser seems to back it")
	}
	unvote := func(by *apptest.Client) *apptest.Answer { return by.Delete("/tickets/" + id + "/vote") }
	want(unvote(s.neighbour), 1, false)
	want(unvote(s.neighbour), 1, false)
	unvote(s.outsider).WantCode(http.StatusForbidden, "auth.forbidden")
	want(s.vote(s.neighbour, id), 2, true)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	want(s.vote(s.grid, id), 3, true)
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	want(unvote(s.grid), 2, false)
	s.do(s.assignee, id, "complete", fields{"text": "换了灯泡"}).Want(http.StatusOK)
	s.vote(s.grid, id).WantCode(http.StatusConflict, "ticket.wrong_stage")
	unvote(s.neighbour).WantCode(http.StatusConflict, "ticket.wrong_stage")
}

func TestACommunityMayWantAVerifiedHomeForVotes(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	s.setting(fields{"verified_home_for_votes": true})
	s.vote(s.neighbour, id).WantCode(http.StatusForbidden, "home.unverified")
	if s.see(s.neighbour, id).Get("votes").Int() != 0 {
		t.Error("the vote counts all the same")
	}
	_, card := s.Elder("丙奶奶") // made by the secretary, and so verified
	s.vote(s.grid.ByCard(card), id).Want(http.StatusOK)
}

func TestAPersonVotesOnceWhicheverWay(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	personID, card := s.Elder("甲奶奶")
	for _, helper := range []*apptest.Client{s.grid, s.secretary, s.Login("leader")} {
		if got := s.vote(helper.ByCard(card), id).Want(http.StatusOK).Get("votes").Int(); got != 1 {
			t.Errorf("%d votes of one card", got)
		}
	}
	if got := s.vote(s.grid, id).Want(http.StatusOK).Get("votes").Int(); got != 2 {
		t.Errorf("%d votes: the helper's own is another", got)
	}
	s.rows("SELECT helper_id FROM ticket_vote WHERE person_id = '"+personID+"'", func(read func(...any)) {
		var helper string
		read(&helper)
		if helper != s.grid.PersonID {
			t.Errorf("the helper kept is %q", helper)
		}
	})
	s.vote(s.outsider.ByCard(card), id).WantCode(http.StatusForbidden, "card.refused")
}

func TestWhoHasMovedAwayMayTakeTheirVoteBack(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	s.vote(s.neighbour, id).Want(http.StatusOK)
	s.Clock.Advance(31 * 24 * 60 * 60 * 1e9)
	s.neighbour.Token = s.Anonymous().Post("/sessions", fields{"code": "sim:neighbour"}).Want(http.StatusCreated).Get("token").String()
	s.neighbour.Patch("/me", fields{"home_region_id": s.World.Village.ID}).Want(http.StatusOK)
	s.vote(s.neighbour, id).WantCode(http.StatusForbidden, "auth.forbidden")
	if got := s.neighbour.Delete("/tickets/" + id + "/vote").Want(http.StatusOK).Get("votes").Int(); got != 0 {
		t.Errorf("%d votes", got)
	}
}

func TestDispatchIsRefused(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	for _, who := range []*apptest.Client{s.resident, s.neighbour, s.grid, s.assignee, s.street, s.outsider, s.Login("district")} {
		s.do(who, id, "dispatch", s.toOrganisation()).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	s.do(s.secretary, "nothing", "dispatch", s.toOrganisation()).WantCode(http.StatusNotFound, "not_found")
	foreign := s.organisation(s.World.Village, "村里的单位")
	organisation := s.World.OrganisationID
	for _, test := range []struct {
		field string
		body  fields
	}{
		{"organisation_id", fields{"due_at": s.in(48)}},
		{"organisation_id", fields{"due_at": s.in(48), "organisation_id": organisation, "person_id": s.grid.PersonID}},
		{"organisation_id", fields{"due_at": s.in(48), "organisation_id": organisation, "offer_to": []string{organisation}}},
		{"organisation_id", fields{"due_at": s.in(48), "organisation_id": "nothing"}},
		{"organisation_id", fields{"due_at": s.in(48), "organisation_id": foreign}},
		{"person_id", fields{"due_at": s.in(48), "person_id": "nobody"}},
		{"person_id", fields{"due_at": s.in(48), "person_id": s.outsider.PersonID}},
		{"person_id", fields{"due_at": s.in(48), "person_id": s.resident.PersonID}},
		{"offer_to", fields{"due_at": s.in(48), "offer_to": []string{organisation, foreign}}},
		{"offer_to", fields{"due_at": s.in(48), "offer_to": []string{organisation, s.resident.PersonID}}},
		{"due_at", fields{"due_at": s.in(0), "organisation_id": organisation}},
		{"due_at", fields{"due_at": s.in(24 * 400), "organisation_id": organisation}},
		{"note", fields{"due_at": s.in(48), "organisation_id": organisation, "note": strings.Repeat("快", 501)}},
	} {
		answer := s.do(s.secretary, id, "dispatch", test.body).WantCode(http.StatusUnprocessableEntity, "input.invalid")
		if got := answer.Get("errors.0.field").String(); got != test.field {
			t.Errorf("%v: field %q, want %q", test.body, got, test.field)
		}
	}
	s.wantStage(id, "raised")
}

func TestDispatchReachesWhoeverIsNear(t *testing.T) {
	s := newScene(t)
	above := s.organisation(s.World.City, "市政单位")
	for _, body := range []fields{
		{"organisation_id": above}, {"organisation_id": s.World.MerchantID}, {"person_id": s.grid.PersonID},
		{"person_id": s.neighbour.PersonID}, {"person_id": s.street.PersonID}, {"offer_to": []string{above, s.neighbour.PersonID}},
	} {
		body["due_at"] = s.in(48)
		answer := s.do(s.secretary, s.raise(s.resident, nil), "dispatch", body).Want(http.StatusOK)
		id := answer.Get("id").String()
		if answer.Get("stage").String() != "dispatched" || answer.Get("timeline.1.to.0.name").String() == "" {
			t.Errorf("%v: %s", body, answer)
		}
		if seen := s.see(s.Resident("other"), id); strings.Contains(string(seen.Body), "person_id") {
			t.Errorf("a neighbour reads a person's id: %s", seen)
		}
	}
}

func TestTheSameDispatchAgainIsTheSame(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.wantActs(id, "raise", "dispatch")
	other := fields{"organisation_id": s.World.MerchantID, "due_at": s.in(48)}
	s.do(s.Login("secretary2"), id, "dispatch", other).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).WantCode(http.StatusConflict, "ticket.wrong_stage")
}

func TestAWhistleLetsTheStreetDispatch(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	note := fields{"note": "主路的雨水口不归社区管"}
	for _, who := range []*apptest.Client{s.resident, s.grid, s.street, s.outsider} {
		s.do(who, id, "whistle", note).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	s.do(s.secretary, id, "whistle", fields{"note": ""}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	if !s.do(s.secretary, id, "whistle", note).Want(http.StatusOK).Get("whistled").Bool() {
		t.Error("not whistled up")
	}
	s.do(s.secretary, id, "whistle", note).Want(http.StatusOK)
	s.wantActs(id, "raise", "whistle")
	path := "/tickets?whistled=true&region_id=" + s.World.Street.ID
	if got := ids(s.street.Get(path).Want(http.StatusOK)); !slices.Equal(got, []string{id}) {
		t.Errorf("the street's list is %v", got)
	}
	otherStreet := s.Login("admin").Post("/regions", fields{"parent_id": s.World.District.ID, "kind": "street", "name": "另一街道"}).Want(http.StatusCreated).Get("id").String()
	foreign := s.Login("otherstreet")
	s.grant(foreign, web.StreetOfficer, fields{"region_id": otherStreet})
	s.do(foreign, id, "dispatch", s.toOrganisation()).WantCode(http.StatusForbidden, "auth.forbidden")
	s.do(s.street, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.secretary, id, "whistle", note).Want(http.StatusOK)
	s.wantActs(id, "raise", "whistle", "dispatch")

	late := s.dispatched()
	s.do(s.secretary, late, "whistle", note).WantCode(http.StatusConflict, "ticket.wrong_stage")
}

func TestRejectAndWithdraw(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	why := fields{"reason": "楼前是大家共用的"}
	for _, who := range []*apptest.Client{s.resident, s.grid, s.street, s.outsider, s.assignee} {
		s.do(who, id, "reject", why).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	s.do(s.secretary, id, "reject", fields{"reason": " "}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	s.do(s.secretary, id, "reject", why).Want(http.StatusOK)
	s.do(s.secretary, id, "reject", why).Want(http.StatusOK)
	s.wantActs(id, "raise", "reject")
	if got := s.see(s.resident, id).Get("timeline.1.text").String(); got != "楼前是大家共用的" {
		t.Errorf("the raiser reads %q", got)
	}
	s.do(s.resident, id, "withdraw", nil).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).WantCode(http.StatusConflict, "ticket.wrong_stage")

	id = s.raise(s.resident, nil)
	for _, who := range []*apptest.Client{s.neighbour, s.secretary, s.outsider} {
		s.do(who, id, "withdraw", nil).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	s.do(s.resident, id, "withdraw", nil).Want(http.StatusOK)
	s.do(s.resident, id, "withdraw", nil).Want(http.StatusOK)
	s.wantActs(id, "raise", "withdraw")
	s.neighbour.Get("/tickets/"+id).WantCode(http.StatusNotFound, "not_found")
	s.do(s.resident, s.dispatched(), "withdraw", nil).WantCode(http.StatusConflict, "ticket.wrong_stage")
}

func TestMergeMovesTheVotes(t *testing.T) {
	s := newScene(t)
	people := s.residents(4)
	from, into := s.raise(s.resident, nil), s.raise(s.neighbour, nil)
	for _, voter := range []*apptest.Client{people[0], people[1], s.neighbour} {
		s.vote(voter, from).Want(http.StatusOK)
	}
	for _, voter := range []*apptest.Client{people[1], people[2]} {
		s.vote(voter, into).Want(http.StatusOK)
	}
	answer := s.do(s.secretary, from, "merge", fields{"into": into}).Want(http.StatusOK)
	if answer.Get("stage").String() != "merged" || answer.Get("merged_into").String() != into || answer.Get("votes").Int() != 0 {
		t.Errorf("merged: %s", answer)
	}
	// people 0, 1, 2 and the raiser of the other one; its own raiser's vote falls away.
	if got := s.see(s.secretary, into).Get("votes").Int(); got != 4 {
		t.Errorf("%d votes, want 4", got)
	}
	if !s.see(s.resident, into).Get("voted").Bool() {
		t.Error("the raiser of the merged one has no voice")
	}
	s.do(s.secretary, from, "merge", fields{"into": into}).Want(http.StatusOK)
	s.wantActs(from, "raise", "merge")
	s.wantActs(into, "raise", "absorb")
	if got := s.see(s.neighbour, into).Get("timeline.1.ticket_id").String(); got != from {
		t.Errorf("the timeline names %q", got)
	}
	s.vote(people[3], from).WantCode(http.StatusConflict, "ticket.wrong_stage")

	last := s.raise(people[3], nil)
	s.do(s.secretary, into, "merge", fields{"into": last}).Want(http.StatusOK)
	if got := s.see(s.secretary, from).Get("merged_into").String(); got != last {
		t.Error("a chain of merged tickets")
	}
}

func TestMergeIsRefused(t *testing.T) {
	s := newScene(t)
	id, other := s.raise(s.resident, nil), s.raise(s.resident, nil)
	for _, who := range []*apptest.Client{s.resident, s.grid, s.street, s.outsider, s.assignee} {
		s.do(who, id, "merge", fields{"into": other}).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	foreign := s.raise(s.outsider, fields{"region_id": s.World.Village.ID})
	for _, into := range []string{id, foreign, "nothing"} {
		answer := s.do(s.secretary, id, "merge", fields{"into": into}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
		if got := answer.Get("errors.0.field").String(); got != "into" {
			t.Errorf("field %q", got)
		}
	}
	s.do(s.secretary, id, "merge", fields{"into": s.completed()}).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.secretary, s.dispatched(), "merge", fields{"into": id}).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.secretary, other, "merge", fields{"into": id}).Want(http.StatusOK)
	s.do(s.secretary, id, "merge", fields{"into": other}).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.secretary, id, "merge", fields{"into": s.accepted()}).Want(http.StatusOK)
}

func TestAnOfferGoesToTheFirst(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	offer := fields{"offer_to": []string{s.World.OrganisationID, s.World.MerchantID, s.grid.PersonID}, "due_at": s.in(48)}
	answer := s.do(s.secretary, id, "dispatch", offer).Want(http.StatusOK)
	if answer.Get("assignee").Exists() || answer.Get("timeline.1.to.#").Int() != 3 {
		t.Errorf("offered: %s", answer)
	}
	s.wantMay("may_accept", id, s.assignee, s.merchant, s.grid)
	s.wantMay("may_work", id)
	s.do(s.neighbour, id, "accept", nil).WantCode(http.StatusForbidden, "auth.forbidden")
	s.do(s.secretary, id, "accept", nil).WantCode(http.StatusForbidden, "auth.forbidden")
	s.do(s.neighbour, id, "decline", fields{"reason": "没有空"}).WantCode(http.StatusForbidden, "auth.forbidden")
	if got := ids(s.grid.Get("/tickets/assigned").Want(http.StatusOK)); !slices.Equal(got, []string{id}) {
		t.Errorf("the grid worker's work is %v", got)
	}
	s.do(s.grid, id, "decline", fields{"reason": ""}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	s.do(s.grid, id, "decline", fields{"reason": "今天走不开"}).Want(http.StatusOK)
	s.do(s.grid, id, "decline", fields{"reason": "今天走不开"}).Want(http.StatusOK)
	s.do(s.grid, id, "accept", nil).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.wantStage(id, "dispatched")
	s.wantMay("may_accept", id, s.assignee, s.merchant)
	if got := ids(s.grid.Get("/tickets/assigned").Want(http.StatusOK)); len(got) != 0 {
		t.Errorf("the grid worker's work is %v", got)
	}
	s.do(s.merchant, id, "accept", nil).Want(http.StatusOK)
	s.do(s.merchant, id, "accept", nil).Want(http.StatusOK)
	s.wantMay("may_accept", id)
	s.wantMay("may_work", id, s.merchant)
	s.do(s.assignee, id, "accept", nil).WantCode(http.StatusConflict, "ticket.taken")
	s.do(s.assignee, id, "decline", fields{"reason": "没有空"}).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.assignee, id, "complete", fields{"text": "换了灯泡"}).WantCode(http.StatusForbidden, "auth.forbidden")
	s.wantActs(id, "raise", "dispatch", "decline", "accept")
	if got := ids(s.assignee.Get("/tickets/assigned").Want(http.StatusOK)); len(got) != 0 {
		t.Errorf("the slower one's work is %v", got)
	}
	colleague := s.Resident("colleague")
	s.grant(colleague, web.Assignee, fields{"organisation_id": s.World.MerchantID})
	s.do(colleague, id, "accept", nil).WantCode(http.StatusConflict, "ticket.taken")
	s.do(colleague, id, "complete", fields{"text": "换了灯泡"}).Want(http.StatusOK)
	s.do(s.merchant, id, "accept", nil).Want(http.StatusOK)
}

func TestWhenAllDeclineTheTicketIsDispatchedAnew(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	offer := fields{"offer_to": []string{s.World.OrganisationID, s.World.MerchantID}, "due_at": s.in(48)}
	s.do(s.secretary, id, "dispatch", offer).Want(http.StatusOK)
	for _, who := range []*apptest.Client{s.assignee, s.merchant} {
		s.do(who, id, "decline", fields{"reason": "不是我们的活"}).Want(http.StatusOK)
	}
	s.wantStage(id, "raised")
	s.do(s.assignee, id, "accept", nil).WantCode(http.StatusConflict, "ticket.wrong_stage")
	if seen := s.see(s.secretary, id); seen.Get("due_at").Exists() || seen.Get("assignee").Exists() {
		t.Errorf("something of the dispatch is left: %s", seen)
	}
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.merchant, id, "accept", nil).WantCode(http.StatusForbidden, "auth.forbidden")
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	s.wantActs(id, "raise", "dispatch", "decline", "decline", "dispatch", "accept")
}

func TestTheDeskTakesBackWhatDoesNotGetOn(t *testing.T) {
	s := newScene(t)
	why := fields{"reason": "单位一直没有上门"}
	id := s.accepted()
	for _, who := range []*apptest.Client{s.resident, s.assignee, s.street, s.outsider} {
		s.do(who, id, "recall", why).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	s.do(s.secretary, id, "recall", fields{"reason": ""}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	s.do(s.secretary, id, "recall", why).Want(http.StatusOK)
	s.do(s.assignee, id, "complete", fields{"text": "换了灯泡"}).WantCode(http.StatusForbidden, "auth.forbidden")
	s.do(s.secretary, id, "recall", why).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.secretary, s.dispatched(), "recall", why).Want(http.StatusOK)
	s.do(s.secretary, s.completed(), "recall", why).WantCode(http.StatusConflict, "ticket.wrong_stage")
}

func TestOnlyTheAssigneeWorks(t *testing.T) {
	s := newScene(t)
	id := s.accepted()
	for _, who := range []*apptest.Client{s.resident, s.neighbour, s.secretary, s.merchant, s.street, s.outsider} {
		s.do(who, id, "progress", fields{"phase": "during", "text": "在修"}).WantCode(http.StatusForbidden, "auth.forbidden")
		s.do(who, id, "complete", fields{"text": "修好了"}).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	for field, body := range map[string]fields{"text": {"phase": "during"}, "phase": {"phase": "later", "text": "在修"}} {
		answer := s.do(s.assignee, id, "progress", body).WantCode(http.StatusUnprocessableEntity, "input.invalid")
		if got := answer.Get("errors.0.field").String(); got != field {
			t.Errorf("%v: field %q", body, got)
		}
	}
	s.do(s.assignee, id, "complete", fields{"text": "好"}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	s.do(s.assignee, s.dispatched(), "progress", fields{"phase": "during", "text": "在修"}).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.assignee, s.dispatched(), "complete", fields{"text": "修好了"}).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.assignee, id, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	s.do(s.assignee, id, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	s.do(s.assignee, id, "progress", fields{"phase": "after", "text": "补一张"}).WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.wantActs(id, "raise", "dispatch", "accept", "complete")
}

func TestReviewing(t *testing.T) {
	s := newScene(t)
	id := s.accepted()
	s.vote(s.neighbour, id).Want(http.StatusOK)
	s.review(s.resident, id, 5, "solved").WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.do(s.assignee, id, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	for _, who := range []*apptest.Client{s.grid, s.secretary, s.street, s.outsider, s.assignee} {
		s.review(who, id, 5, "solved").WantCode(http.StatusForbidden, "auth.forbidden")
	}
	for _, test := range []struct {
		score   int
		outcome string
		field   string
	}{{0, "solved", "score"}, {6, "solved", "score"}, {1, "solved", "outcome"}, {5, "unsolved", "outcome"}, {5, "fine", "outcome"}} {
		answer := s.review(s.resident, id, test.score, test.outcome).WantCode(http.StatusUnprocessableEntity, "input.invalid")
		if got := answer.Get("errors.0.field").String(); got != test.field {
			t.Errorf("%+v: field %q", test, got)
		}
	}
	s.wantMay("may_review", id, s.resident, s.neighbour)
	s.review(s.neighbour, id, 1, "unsolved").Want(http.StatusOK)
	s.wantStage(id, "completed")
	s.wantMay("may_review", id, s.resident)
	s.review(s.neighbour, id, 1, "unsolved").Want(http.StatusOK)
	s.review(s.neighbour, id, 3, "partly").WantCode(http.StatusConflict, "ticket.reviewed")
	s.review(s.resident, id, 4, "partly").Want(http.StatusOK)
	s.review(s.resident, id, 4, "partly").Want(http.StatusOK)
	s.review(s.resident, id, 5, "solved").WantCode(http.StatusConflict, "ticket.wrong_stage")
	s.wantMay("may_review", id)
	s.wantActs(id, "raise", "dispatch", "accept", "complete", "backer_review", "review")
	if seen := s.see(s.secretary, id); seen.Get("score").Int() != 4 || seen.Get("outcome").String() != "partly" || seen.Get("timeline.4.score").Int() != 1 {
		t.Errorf("closed: %s", seen)
	}
}

func TestABackerReviewsAfterTheRaiserForAsLongAsThereIsTime(t *testing.T) {
	s := newScene(t)
	id := s.accepted()
	people := s.residents(2)
	for _, voter := range people {
		s.vote(voter, id).Want(http.StatusOK)
	}
	s.do(s.assignee, id, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	s.review(s.resident, id, 5, "solved").Want(http.StatusOK)
	s.wantMay("may_review", id, people...)
	s.review(people[0], id, 3, "partly").Want(http.StatusOK)
	if got := s.see(s.secretary, id).Get("score").Int(); got != 5 {
		t.Errorf("a backer's review changed the score to %d", got)
	}
	s.Clock.Advance(7 * 24 * 60 * 60 * 1e9)
	s.wantMay("may_review", id)
	s.review(people[1], id, 3, "partly").WantCode(http.StatusConflict, "ticket.wrong_stage")
}

func TestABadReviewSendsTheTicketBackTwice(t *testing.T) {
	s := newScene(t)
	id := s.completed()
	for rework := int64(1); rework <= 2; rework++ {
		answer := s.review(s.resident, id, 2, "unsolved").Want(http.StatusOK)
		if answer.Get("stage").String() != "raised" || answer.Get("rework").Int() != rework {
			t.Fatalf("rework %d: %s", rework, answer)
		}
		s.review(s.resident, id, 2, "unsolved").Want(http.StatusOK) // the answer was lost on the way
		if got := s.see(s.secretary, id).Get("rework").Int(); got != rework {
			t.Fatalf("the same review counted twice: %d", got)
		}
		s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
		s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
		s.do(s.assignee, id, "complete", fields{"text": "又修了一遍"}).Want(http.StatusOK)
	}
	answer := s.review(s.resident, id, 1, "unsolved").Want(http.StatusOK)
	if answer.Get("stage").String() != "closed" || answer.Get("closed_as").String() != "unsolved" || answer.Get("rework").Int() != 2 {
		t.Fatalf("the third bad review: %s", answer)
	}
	if got := s.points(s.resident.PersonID); got != 2 {
		t.Errorf("raising brought %d points over three completions", got)
	}
	if got := s.points(s.assignee.PersonID); got != 0 {
		t.Errorf("bad work brought %d points", got)
	}
}

func TestNobodyReviewsTheirOwnWork(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.assignee, nil)
	s.vote(s.neighbour, id).Want(http.StatusOK)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	colleague := s.Resident("colleague")
	s.grant(colleague, web.Assignee, fields{"organisation_id": s.World.OrganisationID})
	s.vote(colleague, id).Want(http.StatusOK)
	s.do(colleague, id, "accept", nil).Want(http.StatusOK)
	s.do(colleague, id, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	s.wantMay("may_review", id, s.neighbour)
	s.review(s.assignee, id, 5, "solved").WantCode(http.StatusForbidden, "review.own_work")
	s.review(colleague, id, 5, "solved").WantCode(http.StatusForbidden, "review.own_work")
	s.wantStage(id, "completed")
	answer := s.review(s.neighbour, id, 4, "solved").Want(http.StatusOK)
	if answer.Get("stage").String() != "closed" || answer.Get("score").Int() != 4 {
		t.Errorf("the backer's review: %s", answer)
	}
	for who, want := range map[*apptest.Client]string{s.Resident("other"): "一位附议居民", s.assignee: "一位附议居民",
		s.neighbour: "样例neighbour", s.secretary: "样例neighbour"} {
		if got := s.see(who, id).Get("timeline.4.by").String(); got != want {
			t.Errorf("the backer's review is by %q, want %q", got, want)
		}
	}
	if got := s.points(colleague.PersonID); got != 0 {
		t.Errorf("%d points without the raiser's word", got)
	}
	if got := s.points(s.assignee.PersonID); got != 2 {
		t.Errorf("the raiser, confirmed by a colleague, has %d points", got)
	}
}

func TestWhoLeftTheOrganisationStillWorkedOnIt(t *testing.T) {
	s := newScene(t)
	worker := s.Resident("worker")
	grant := s.Login("admin").Post("/role-grants", fields{"person_id": worker.PersonID, "role": "assignee", "organisation_id": s.World.OrganisationID}).Want(http.StatusCreated)
	id := s.raise(s.resident, nil)
	s.vote(worker, id).Want(http.StatusOK)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(worker, id, "accept", nil).Want(http.StatusOK)
	s.do(s.assignee, id, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	s.Login("admin").Delete("/role-grants/" + grant.Get("id").String()).Want(http.StatusNoContent)
	s.review(worker, id, 5, "solved").WantCode(http.StatusForbidden, "review.own_work")
}

func TestWhoCompletesTheirOwnTicketWitnessesNothing(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.assignee, nil)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	s.do(s.assignee, id, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	if got := s.points(s.assignee.PersonID); got != 0 {
		t.Errorf("%d points by one's own word", got)
	}
	s.wantActs(id, "raise", "dispatch", "accept", "complete", "withhold_points")
	if got := s.see(s.assignee, id).Get("timeline.4"); got.Get("by").String() != "系统" || got.Get("text").String() == "" {
		t.Errorf("it is not said why: %s", got.Raw)
	}
}

func TestAnElderDoesEverythingByCard(t *testing.T) {
	s := newScene(t)
	elderID, card := s.Elder("甲奶奶")
	byGrid, bySecretary := s.grid.ByCard(card), s.secretary.ByCard(card)
	s.vote(byGrid, s.raise(s.resident, nil)).Want(http.StatusOK)
	id := s.raise(byGrid, fields{"show_name": false})
	s.vote(bySecretary, id).WantCode(http.StatusForbidden, "vote.own_ticket")
	if got := s.vote(s.grid, id).Want(http.StatusOK).Get("votes").Int(); got != 1 {
		t.Errorf("the helper, a neighbour too, gave %d votes", got)
	}
	if got := ids(bySecretary.Get("/tickets/mine").Want(http.StatusOK)); !slices.Equal(got, []string{id}) {
		t.Errorf("the elder's tickets are %v", got)
	}
	seen := s.see(s.secretary, id)
	if seen.Get("raiser_name").String() != "甲奶奶" || seen.Get("helper_name").String() != "样例grid" || seen.Get("timeline.0.helper").String() != "样例grid" {
		t.Errorf("both identities are not told: %s", seen)
	}
	if seen := s.see(s.neighbour, id); strings.Contains(string(seen.Body), "样例grid") || strings.Contains(string(seen.Body), "甲奶奶") {
		t.Errorf("a neighbour reads who it was: %s", seen)
	}
	// The helper is sent, does the work, and so neither witnesses the raising nor reviews for the elder.
	s.do(s.secretary, id, "dispatch", fields{"person_id": s.grid.PersonID, "due_at": s.in(48)}).Want(http.StatusOK)
	s.do(s.grid, id, "accept", nil).Want(http.StatusOK)
	s.do(s.grid, id, "complete", fields{"text": "换了水龙头"}).Want(http.StatusOK)
	if got := s.points(elderID); got != 0 {
		t.Errorf("%d points by the helper's own word", got)
	}
	s.wantActs(id, "raise", "dispatch", "accept", "complete", "withhold_points")
	s.review(byGrid, id, 5, "solved").WantCode(http.StatusForbidden, "review.own_work")
	s.review(bySecretary, id, 5, "solved").Want(http.StatusOK)
	if got := s.points(s.grid.PersonID); got != 5 {
		t.Errorf("the worker has %d points", got)
	}
	// An elder may be sent, too.
	id = s.raise(s.resident, nil)
	s.do(s.secretary, id, "dispatch", fields{"person_id": elderID, "due_at": s.in(48)}).Want(http.StatusOK)
	s.do(byGrid, id, "accept", nil).Want(http.StatusOK)
	s.do(byGrid, id, "complete", fields{"text": "教会了包粽子"}).Want(http.StatusOK)
	s.review(s.resident, id, 5, "solved").Want(http.StatusOK)
	if got := s.points(elderID); got != 5 {
		t.Errorf("the elder has %d points", got)
	}
}

func TestTheHelperWhoRaisedSeesTheTicketMeanwhile(t *testing.T) {
	s := newScene(t)
	s.App.Simulator.Down()
	_, card := s.Elder("甲奶奶")
	leader := s.Login("leader")
	id := s.raise(leader.ByCard(card), nil)
	if got := s.see(leader, id).Get("content_state").String(); got != "pending" {
		t.Error(got)
	}
}

func TestAPointsSettingOfNothingPostsNothing(t *testing.T) {
	s := newScene(t)
	s.setting(fields{"raise_points": 0, "good_review_points": 0})
	s.closed()
	if got := s.points(s.resident.PersonID) + s.points(s.assignee.PersonID); got != 0 {
		t.Errorf("%d points", got)
	}
}

func TestAnotherCommunityMayNothing(t *testing.T) {
	s := newScene(t)
	id := s.completed()
	for call, body := range map[string]fields{
		"dispatch": s.toOrganisation(), "recall": {"reason": "试一试"}, "reject": {"reason": "试一试"}, "merge": {"into": id}, "whistle": {"note": "试一试"},
		"withdraw": nil, "accept": nil, "decline": {"reason": "试一试"}, "progress": {"phase": "during", "text": "试一试"}, "complete": {"text": "试一试"},
	} {
		s.do(s.outsider, id, call, body).WantCode(http.StatusForbidden, "auth.forbidden")
		s.do(s.Anonymous(), id, call, body).WantCode(http.StatusUnauthorized, "auth.required")
		s.do(s.secretary, "nothing", call, body).WantCode(http.StatusNotFound, "not_found")
	}
	s.review(s.outsider, id, 5, "solved").WantCode(http.StatusForbidden, "auth.forbidden")
	at := s.World.Community.ID
	for _, path := range []string{"/tickets/" + id, "/tickets/" + id + "/form", "/tickets?region_id=" + at, "/tickets?region_id=" + s.World.Street.ID,
		"/tickets/similar?text=灯不亮&region_id=" + at, "/regions/" + at + "/tickets/figures"} {
		s.outsider.Get(path).WantCode(http.StatusForbidden, "auth.forbidden")
		s.Login("nobody").Get(path).WantCode(http.StatusForbidden, "auth.forbidden")
		s.Anonymous().Get(path).WantCode(http.StatusUnauthorized, "auth.required")
	}
	s.secretary.Get("/tickets/nothing").WantCode(http.StatusNotFound, "not_found")
}

func TestAnAssigneeFromElsewhereSeesWhatIsTheirs(t *testing.T) {
	s := newScene(t)
	above := s.organisation(s.World.City, "市政单位")
	worker := s.Login("cityworker")
	s.grant(worker, web.Assignee, fields{"organisation_id": above})
	mine, other := s.raise(s.resident, fields{"show_name": false}), s.raise(s.resident, nil)
	worker.Get("/tickets/"+mine).WantCode(http.StatusForbidden, "auth.forbidden")
	s.do(s.secretary, mine, "dispatch", fields{"offer_to": []string{above, s.World.MerchantID}, "due_at": s.in(48)}).Want(http.StatusOK)
	if seen := s.see(worker, mine); seen.Get("raiser_name").String() != "一位居民" || seen.Get("timeline.0.by").String() != "一位居民" || seen.Get("text").String() == "" {
		t.Errorf("whoever is only offered it sees %s", seen)
	}
	worker.Get("/tickets/"+other).WantCode(http.StatusForbidden, "auth.forbidden")
	if got := ids(worker.Get("/tickets/assigned").Want(http.StatusOK)); !slices.Equal(got, []string{mine}) {
		t.Errorf("assigned: %v", got)
	}
	s.do(s.merchant, mine, "accept", nil).Want(http.StatusOK)
	worker.Get("/tickets/"+mine).WantCode(http.StatusForbidden, "auth.forbidden")
	s.do(worker, mine, "accept", nil).WantCode(http.StatusConflict, "ticket.taken")
}

func TestAGridWorkerFromElsewhereSeesTheCommunitysTickets(t *testing.T) {
	s := newScene(t)
	worker := s.Login("gridworker")
	s.grant(worker, web.GridWorker, fields{"region_id": s.World.Grid.ID})
	id := s.raise(s.resident, nil)
	s.see(worker, id)
	if got := s.list(worker, ""); !slices.Equal(got, []string{id}) {
		t.Errorf("the list is %v", got)
	}
	if got := ids(worker.Get("/tickets?region_id=" + s.World.Grid.ID).Want(http.StatusOK)); !slices.Equal(got, []string{id}) {
		t.Errorf("the grid's list is %v", got)
	}
	worker.Get("/tickets?region_id="+s.World.Village.ID).WantCode(http.StatusForbidden, "auth.forbidden")
	s.vote(worker, id).WantCode(http.StatusForbidden, "auth.forbidden")
}

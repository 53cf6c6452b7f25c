package ticket_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"fivestar/server/app/apptest"
)

func TestWhatNobodyAcceptsGoesBack(t *testing.T) {
	s := newScene(t)
	id := s.dispatched()
	s.Clock.Advance(24*time.Hour - time.Millisecond)
	s.Tick()
	s.wantStage(id, "dispatched")
	s.Clock.Advance(time.Millisecond)
	s.Tick()
	s.Tick()
	s.wantStage(id, "raised")
	s.wantActs(id, "raise", "dispatch", "lapse")
	if by := s.see(s.neighbour, id).Get("timeline.2.by").String(); by != "系统" {
		t.Errorf("the clock is called %q", by)
	}
	s.do(s.assignee, id, "accept", nil).WantCode(http.StatusConflict, "ticket.wrong_stage")
	if overdue := s.see(s.secretary, id).Get("overdue"); overdue.Exists() {
		t.Errorf("part 2 has only begun again: %s", overdue.Raw)
	}
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
}

func TestAnOfferThatNobodyTakesGoesBack(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	offer := fields{"offer_to": []string{s.World.OrganisationID, s.World.MerchantID}, "due_at": s.in(72)}
	s.do(s.secretary, id, "dispatch", offer).Want(http.StatusOK)
	s.do(s.merchant, id, "decline", fields{"reason": "没有空"}).Want(http.StatusOK)
	s.Clock.Advance(24 * time.Hour)
	s.Tick()
	s.wantStage(id, "raised")
}

func TestTheAcceptanceTimeIsASetting(t *testing.T) {
	s := newScene(t)
	s.setting(fields{"accept_hours": 2, "dispatch_hours": 3, "review_days": 1})
	id := s.dispatched()
	s.Clock.Advance(2 * time.Hour)
	s.Tick()
	s.wantStage(id, "raised")
	s.Clock.Advance(3 * time.Hour)
	if got := s.see(s.secretary, id).Get("overdue.part").Int(); got != 2 {
		t.Errorf("overdue part %d", got)
	}
	id = s.completed()
	s.Clock.Advance(24 * time.Hour)
	s.Tick()
	s.wantStage(id, "closed")
}

func TestSilenceClosesAsUnrated(t *testing.T) {
	s := newScene(t)
	id := s.completed()
	s.Clock.Advance(7*24*time.Hour - time.Millisecond)
	s.Tick()
	s.wantStage(id, "completed")
	s.Clock.Advance(time.Millisecond)
	s.Tick()
	s.Tick()
	seen := s.see(s.resident, id)
	if seen.Get("stage").String() != "closed" || seen.Get("closed_as").String() != "unrated" || seen.Get("score").Exists() {
		t.Errorf("after seven days: %s", seen)
	}
	s.wantActs(id, "raise", "dispatch", "accept", "complete", "unrated")
	s.review(s.resident, id, 5, "solved").WantCode(http.StatusConflict, "ticket.wrong_stage")
	if got := s.points(s.assignee.PersonID); got != 0 {
		t.Errorf("silence brought %d points", got)
	}
}

func TestOverdueShowsToTheDeskAndLaterToTheStreet(t *testing.T) {
	s := newScene(t)
	overdue := func(by *apptest.Client, at string) []string {
		t.Helper()
		return ids(by.Get("/tickets?sort=overdue&region_id=" + at).Want(http.StatusOK))
	}
	want := func(what string, desk, street []string) {
		t.Helper()
		if got := overdue(s.secretary, s.World.Community.ID); !slices.Equal(got, desk) {
			t.Errorf("%s: the desk sees %v, want %v", what, got, desk)
		}
		for _, at := range []string{s.World.Street.ID, s.World.Community.ID} {
			if got := overdue(s.street, at); !slices.Equal(got, street) {
				t.Errorf("%s: the street sees %v, want %v", what, got, street)
			}
		}
		for _, id := range desk {
			if got := s.see(s.street, id).Get("overdue").Exists(); got != slices.Contains(street, id) {
				t.Errorf("%s: it shows to the street: %t", what, got)
			}
		}
	}
	id := s.raise(s.resident, nil)
	s.Clock.Advance(24*time.Hour - time.Millisecond)
	want("in time", []string{}, []string{})
	s.Clock.Advance(time.Millisecond)
	want("not dispatched in time", []string{id}, []string{})
	if got := s.see(s.secretary, id).Get("overdue"); got.Get("part").Int() != 2 || !got.Get("since").Time().Equal(s.Clock.Now()) {
		t.Errorf("overdue: %s", got.Raw)
	}
	s.Clock.Advance(24*time.Hour - time.Millisecond)
	want("a millisecond before as long again", []string{id}, []string{})
	s.Clock.Advance(time.Millisecond)
	want("as long again", []string{id}, []string{id})

	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK) // due in 48 hours
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	want("dispatched at last", []string{}, []string{})
	s.Clock.Advance(48 * time.Hour)
	want("not completed in time", []string{id}, []string{})
	if got := s.see(s.neighbour, id).Get("overdue.part").Int(); got != 3 {
		t.Errorf("overdue part %d", got)
	}
	s.Clock.Advance(48 * time.Hour)
	want("not completed in twice the time", []string{id}, []string{id})
	s.do(s.assignee, id, "complete", fields{"text": "终于修好了"}).Want(http.StatusOK)
	want("completed", []string{}, []string{})

	id = s.raise(s.resident, nil)
	s.Clock.Advance(24 * time.Hour)
	s.do(s.secretary, id, "whistle", fields{"note": "请街道协调"}).Want(http.StatusOK)
	want("whistled up", []string{id}, []string{id})
}

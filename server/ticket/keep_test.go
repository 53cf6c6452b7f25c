package ticket_test

import (
	"net/http"
	"strings"
	"testing"

	"fivestar/server/app/apptest"
)

func TestAPersonReadsAllThatIsKept(t *testing.T) {
	s := newScene(t)
	id := s.closed()
	other := s.raise(s.neighbour, nil)
	s.vote(s.resident, other).Want(http.StatusOK)
	export := s.resident.Get("/me/export").Want(http.StatusOK)
	for path, want := range map[string]string{
		"rooms.tickets.tickets.#": "1", "rooms.tickets.tickets.0.id": id, "rooms.tickets.tickets.0.text": "三楼到四楼的灯不亮",
		"rooms.tickets.votes.#": "1", "rooms.tickets.votes.0.ticket_id": other, "rooms.tickets.reviews.#": "1", "rooms.tickets.reviews.0.score": "5",
		"rooms.tickets.events.#": "2", "rooms.tickets.events.1.text": "这是评语",
	} {
		if got := export.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if got := s.neighbour.Get("/me/export").Want(http.StatusOK); strings.Contains(got.Get("rooms.tickets").Raw, id) {
		t.Errorf("a neighbour's export holds another's ticket: %s", got.Get("rooms.tickets").Raw)
	}
	_, card := s.Elder("甲奶奶")
	byCard := s.grid.ByCard(card)
	helped := s.raise(byCard, nil)
	got := s.grid.Get("/me/export").Want(http.StatusOK).Get("rooms.tickets.tickets")
	if got.Get("0.id").String() != helped || !got.Get("0.helped").Bool() {
		t.Errorf("the helper's export: %s", got.Raw)
	}
}

func TestWhoLeavesTakesTheirWordsAlong(t *testing.T) {
	s := newScene(t)
	const words = "我家住三单元的私事"
	alone := s.raise(s.resident, fields{"text": words})
	ended := s.raise(s.resident, fields{"text": words})
	s.do(s.secretary, ended, "reject", fields{"reason": "不归社区管"}).Want(http.StatusOK)
	backed := s.raise(s.resident, fields{"text": words})
	s.vote(s.neighbour, backed).Want(http.StatusOK)
	reviewed := s.raise(s.neighbour, nil)
	s.vote(s.resident, reviewed).Want(http.StatusOK)
	s.do(s.secretary, reviewed, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.assignee, reviewed, "accept", nil).Want(http.StatusOK)
	s.do(s.assignee, reviewed, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	s.resident.Put("/tickets/"+reviewed+"/review", fields{"score": 4, "outcome": "solved", "text": words}).Want(http.StatusOK)
	s.Tick()

	s.resident.Delete("/me").Want(http.StatusNoContent)
	for _, id := range []string{alone, ended, reviewed} {
		if seen := s.see(s.secretary, id); strings.Contains(string(seen.Body), words) || strings.Contains(string(seen.Body), "样例resident") {
			t.Errorf("what was erased is still there: %s", seen)
		}
	}
	s.wantStage(alone, "withdrawn")
	s.wantStage(ended, "rejected")
	if got := s.see(s.secretary, reviewed).Get("timeline.4.score").Int(); got != 4 {
		t.Errorf("the review itself is gone: %d", got)
	}
	// Neighbours still need what they back, without the name; it goes when the ticket ends.
	seen := s.see(s.neighbour, backed)
	if seen.Get("text").String() != words || strings.Contains(string(seen.Body), "样例resident") {
		t.Errorf("the backed ticket: %s", seen)
	}
	s.do(s.secretary, backed, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	s.do(s.assignee, backed, "accept", nil).Want(http.StatusOK)
	s.do(s.assignee, backed, "complete", fields{"text": "办好了"}).Want(http.StatusOK)
	s.Clock.Advance(8 * 24 * 60 * 60 * 1e9)
	s.Tick()
	seen = s.see(s.secretary, backed)
	if seen.Get("closed_as").String() != "unrated" || strings.Contains(string(seen.Body), words) {
		t.Errorf("after its end: %s", seen)
	}
	s.rows("SELECT COUNT(*) FROM points_entry WHERE source_id = '"+backed+":raise'", func(read func(...any)) {
		var postings int64
		if read(&postings); postings != 0 {
			t.Error("points for somebody who left")
		}
	})
}

// comeBack logs in again as somebody who has left, with a home in the Community.
func (s scene) comeBack(name string) *apptest.Client {
	s.Helper()
	session := s.Anonymous().Post("/sessions", fields{"code": "sim:" + name}).Want(http.StatusCreated)
	back := s.Anonymous()
	back.PersonID, back.Token = session.Get("person.id").String(), session.Get("token").String()
	back.Patch("/me", fields{"name": "样例" + name, "home_region_id": s.World.Grid.ID}).Want(http.StatusOK)
	return back
}

func TestWhoLeavesAndComesBackHasOneVote(t *testing.T) {
	s := newScene(t)
	other := s.Resident("other")
	open, ended, reworked, own := s.raise(s.resident, nil), s.raise(s.resident, nil), s.raise(s.resident, nil), s.raise(s.neighbour, nil)
	for _, id := range []string{open, ended, reworked} {
		s.vote(s.neighbour, id).Want(http.StatusOK)
		s.vote(other, id).Want(http.StatusOK)
	}
	s.vote(other, own).Want(http.StatusOK)
	for _, id := range []string{ended, reworked} {
		s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
		s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
		s.do(s.assignee, id, "complete", fields{"text": "修好了"}).Want(http.StatusOK)
	}
	s.review(s.resident, ended, 5, "solved").Want(http.StatusOK)
	wantVotes := func(when, id string, want int64) {
		t.Helper()
		if got := s.see(s.secretary, id).Get("votes").Int(); got != want {
			t.Errorf("%s, %d back the ticket, want %d", when, got, want)
		}
	}

	s.neighbour.Delete("/me").Want(http.StatusNoContent)
	wantVotes("open, backed by one who left", open, 1)
	wantVotes("ended, backed by one who left", ended, 2)
	back := s.comeBack("neighbour")
	s.vote(back, open).Want(http.StatusOK)
	wantVotes("open, backed by one who came back", open, 2)
	s.review(s.resident, reworked, 1, "unsolved").Want(http.StatusOK)
	s.vote(back, reworked).Want(http.StatusOK)
	wantVotes("sent back to be done again", reworked, 2)
	// What they raised themselves, and others back, brings along no voice of theirs either.
	s.do(s.secretary, own, "merge", fields{"into": open}).Want(http.StatusOK)
	wantVotes("with another merged into it", open, 2)
}

func TestAWorkerWhoLeavesGetsNoMorePoints(t *testing.T) {
	s := newScene(t)
	id := s.completed()
	s.assignee.Delete("/me").Want(http.StatusNoContent)
	s.review(s.resident, id, 5, "solved").Want(http.StatusOK)
	if got := s.points(s.assignee.PersonID); got != 0 {
		t.Errorf("%d points for somebody who left", got)
	}
	s.wantStage(id, "closed")
}

func TestHistory(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	s.vote(s.neighbour, id).Want(http.StatusOK)
	elderID, card := s.Elder("甲奶奶")
	s.vote(s.grid.ByCard(card), id).Want(http.StatusOK)
	offered := s.Resident("offered")
	s.do(s.secretary, id, "dispatch", fields{"person_id": offered.PersonID, "due_at": s.in(24)}).Want(http.StatusOK)
	with := []string{s.resident.PersonID, s.neighbour.PersonID, elderID, s.grid.PersonID, s.secretary.PersonID, offered.PersonID}
	s.WantHistory(s.App.Tickets.HistoryAmong, with, []string{s.merchant.PersonID, "nobody"})
}

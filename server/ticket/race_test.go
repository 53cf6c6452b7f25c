package ticket_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/fault"
	"fivestar/server/web"
)

// atOnce makes calls at the same moment and gives their answers in order.
func atOnce(calls ...func() *apptest.Answer) []*apptest.Answer {
	answers := make([]*apptest.Answer, len(calls))
	start := make(chan struct{})
	var wait sync.WaitGroup
	for i, call := range calls {
		wait.Go(func() {
			<-start
			answers[i] = call()
		})
	}
	close(start)
	wait.Wait()
	return answers
}

// tally counts answers by status and code.
func tally(answers []*apptest.Answer) map[string]int {
	counts := map[string]int{}
	for _, answer := range answers {
		counts[fmt.Sprintf("%d %s", answer.Status, answer.Get("code").String())]++
	}
	return counts
}

func TestTheFirstOfAHundredHasIt(t *testing.T) {
	s := newScene(t)
	const takers = 100
	var offered []string
	var calls []func() *apptest.Answer
	id := s.raise(s.resident, nil)
	accept := func(by *apptest.Client) func() *apptest.Answer {
		return func() *apptest.Answer { return s.do(by, id, "accept", nil) }
	}
	for i := range takers {
		taker := s.Login(fmt.Sprintf("taker%d", i))
		if i%2 == 0 {
			s.Home(fmt.Sprintf("taker%d", i), s.World.Grid.ID)
			offered = append(offered, taker.PersonID)
		} else {
			organisation := s.organisation(s.World.Community, fmt.Sprintf("第%d家", i))
			s.grant(taker, web.Assignee, fields{"organisation_id": organisation})
			offered = append(offered, organisation)
		}
		calls = append(calls, accept(taker))
	}
	s.do(s.secretary, id, "dispatch", fields{"offer_to": offered, "due_at": s.in(48)}).Want(http.StatusOK)
	answers := atOnce(calls...)
	if got := tally(answers); got["200 "] != 1 || got["409 ticket.taken"] != takers-1 {
		t.Errorf("answers: %v", got)
	}
	first := slices.IndexFunc(answers, func(a *apptest.Answer) bool { return a.Status == http.StatusOK })
	if first < 0 {
		t.Fatal("nobody has it")
	}
	winner := s.Login(fmt.Sprintf("taker%d", first))
	s.do(winner, id, "accept", nil).Want(http.StatusOK)
	s.wantActs(id, "raise", "dispatch", "accept")
	s.do(winner, id, "complete", fields{"text": "办好了"}).Want(http.StatusOK)
}

func TestAHundredTapsAreOneVote(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	elderID, card := s.Elder("甲奶奶")
	helpers := []*apptest.Client{s.grid, s.secretary, s.Login("leader")}
	var calls []func() *apptest.Answer
	for i := range 100 {
		by := s.neighbour
		if i%2 == 0 {
			by = helpers[i/2%len(helpers)].ByCard(card)
		}
		calls = append(calls, func() *apptest.Answer { return s.vote(by, id) })
	}
	if got := tally(atOnce(calls...)); got["200 "] != 100 {
		t.Errorf("answers: %v", got)
	}
	if got := s.see(s.secretary, id).Get("votes").Int(); got != 2 {
		t.Errorf("%d votes, want the neighbour's and %s's", got, elderID)
	}
}

func TestTwoHundredNeighboursVoteAtOnce(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	var calls []func() *apptest.Answer
	for _, voter := range s.residents(200) {
		calls = append(calls, func() *apptest.Answer { return s.vote(voter, id) })
	}
	if got := tally(atOnce(calls...)); got["200 "] != 200 {
		t.Errorf("answers: %v", got)
	}
	if got := s.see(s.secretary, id).Get("votes").Int(); got != 200 {
		t.Errorf("%d votes, want 200", got)
	}
}

// wantNoVotesOfWhoLeft checks that nobody who has left backs a ticket that has not ended.
func (s scene) wantNoVotesOfWhoLeft() {
	s.Helper()
	s.rows(`SELECT COUNT(*) FROM ticket_vote v JOIN person p ON p.id = v.person_id JOIN ticket t ON t.id = v.ticket_id
		WHERE p.erased_at > 0 AND t.stage IN ('raised', 'dispatched', 'accepted', 'completed')`, func(read func(...any)) {
		var votes int64
		if read(&votes); votes > 0 {
			s.Errorf("%d votes of people who have left", votes)
		}
	})
}

func TestAVoteUnderWayWhileItsPersonLeavesIsNotKept(t *testing.T) {
	for name, ungrouped := range map[string]bool{"together": false, "alone": true} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.App.DB.Ungrouped = ungrouped
			id, other := s.raise(s.resident, nil), s.Resident("other")
			callers := map[*apptest.Client]web.Caller{}
			for _, voter := range []*apptest.Client{s.neighbour, other} {
				caller, err := s.App.People.CallerFor(s.Context(), voter.PersonID)
				if err != nil {
					t.Fatal(err)
				}
				callers[voter] = caller
			}
			vote := func(by *apptest.Client) error {
				_, err := s.App.Tickets.Vote(s.Context(), callers[by], id)
				return err
			}
			s.neighbour.Delete("/me").Want(http.StatusNoContent)
			if err := vote(s.neighbour); !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("a vote after its person left: %v", err)
			}

			// The other votes when nothing is left of their leaving but its commit.
			var leaves sync.Once
			voted := make(chan error, 1)
			s.App.People.Erasers = append(s.App.People.Erasers, func(context.Context, string) error {
				leaves.Do(func() {
					go func() { voted <- vote(other) }()
					time.Sleep(300 * time.Millisecond) // for the vote to come as far as it gets
				})
				return nil
			})
			other.Delete("/me").Want(http.StatusNoContent)
			if err := <-voted; !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("a vote while its person left: %v", err)
			}
			s.wantNoVotesOfWhoLeft()
			if got := s.see(s.secretary, id).Get("votes").Int(); got != 0 {
				t.Errorf("%d votes, want none", got)
			}
		})
	}
}

func TestNeighboursVoteWhileSomeOfThemLeave(t *testing.T) {
	s := newScene(t)
	id := s.raise(s.resident, nil)
	people := s.residents(60)
	var calls []func() *apptest.Answer
	for i, voter := range people {
		calls = append(calls, func() *apptest.Answer { return s.vote(voter, id) })
		if i%2 == 0 {
			calls = append(calls, func() *apptest.Answer { return voter.Delete("/me") })
		}
	}
	for _, answer := range atOnce(calls...) {
		if answer.Status >= http.StatusInternalServerError {
			t.Errorf("%s", answer)
		}
	}
	s.wantNoVotesOfWhoLeft()
	if got := s.see(s.secretary, id).Get("votes").Int(); got != 30 {
		t.Errorf("%d votes, want those of the 30 who stayed", got)
	}
}

func TestVotesGivenWhileTicketsMerge(t *testing.T) {
	s := newScene(t)
	people := s.residents(40)
	for range 3 {
		one, other := s.raise(s.resident, nil), s.raise(s.neighbour, nil)
		var calls []func() *apptest.Answer
		for i, voter := range people {
			if i%2 == 0 {
				calls = append(calls, func() *apptest.Answer { return s.vote(voter, other) })
			}
			calls = append(calls, func() *apptest.Answer { return s.vote(voter, one) })
		}
		// The two desks merge the tickets into each other: one succeeds, the other is too late.
		merge := func(by *apptest.Client, from, into string) func() *apptest.Answer {
			return func() *apptest.Answer { return s.do(by, from, "merge", fields{"into": into}) }
		}
		calls = append(calls, merge(s.secretary, one, other), merge(s.Login("secretary2"), other, one))
		answers := atOnce(calls...)
		merges := tally(answers[len(answers)-2:])
		if merges["200 "] != 1 || merges["409 ticket.wrong_stage"] != 1 {
			t.Errorf("merges: %v", merges)
		}
		survivor := one
		if s.see(s.secretary, one).Get("stage").String() == "merged" {
			survivor = other
		}
		// Everybody whose vote was taken counts once, wherever they gave it, and so does the raiser of the merged.
		backers := map[int]bool{}
		call := 0
		for i := range people {
			for range 2 - i%2 {
				if answers[call].Status == http.StatusOK {
					backers[i] = true
				}
				call++
			}
		}
		if got := s.see(s.secretary, survivor).Get("votes").Int(); got != int64(len(backers)+1) {
			t.Errorf("%d votes, want %d and the other raiser's", got, len(backers))
		}
		if wrong := s.unsound(); len(wrong) > 0 {
			t.Fatal(wrong)
		}
	}
}

func TestEveryTicketRaisedAtOnceHasItsOwnNumber(t *testing.T) {
	s := newScene(t)
	const raised = 100
	people := s.residents(10)
	var calls []func() *apptest.Answer
	for i := range raised {
		calls = append(calls, func() *apptest.Answer { return people[i%len(people)].Post("/tickets", s.newTicket(nil)) })
	}
	var numbers, want []string
	for i, answer := range atOnce(calls...) {
		answer.Want(http.StatusCreated)
		numbers = append(numbers, answer.Get("number").String())
		want = append(want, fmt.Sprintf("20261122-%04d", i+1))
	}
	slices.Sort(numbers)
	if !slices.Equal(numbers, want) {
		t.Errorf("numbers %v", numbers)
	}
}

func TestTheClockAndTheAssigneeAtOnce(t *testing.T) {
	s := newScene(t)
	for range 5 {
		id := s.dispatched()
		s.Clock.Advance(24 * 60 * 60 * 1e9)
		tick := func() *apptest.Answer {
			if err := s.App.Tickets.Tick(context.Background()); err != nil {
				t.Error(err)
			}
			return nil
		}
		answers := atOnce(func() *apptest.Answer { return s.do(s.assignee, id, "accept", nil) }, tick, tick)
		stage := s.see(s.secretary, id).Get("stage").String()
		if accepted := answers[0].Status == http.StatusOK; accepted != (stage == "accepted") || !accepted && stage != "raised" {
			t.Errorf("accepting: %s; the ticket is %s", answers[0], stage)
		}
	}
}

func TestTheSameReviewTwiceAtOnceDecidesOnce(t *testing.T) {
	s := newScene(t)
	id := s.completed()
	var calls []func() *apptest.Answer
	for range 20 {
		calls = append(calls, func() *apptest.Answer { return s.review(s.resident, id, 5, "solved") })
	}
	if got := tally(atOnce(calls...)); got["200 "] != 20 {
		t.Errorf("answers: %v", got)
	}
	s.wantActs(id, "raise", "dispatch", "accept", "complete", "review")
	if got := s.points(s.assignee.PersonID); got != 5 {
		t.Errorf("%d points", got)
	}
}

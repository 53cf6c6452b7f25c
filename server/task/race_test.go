package task_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"fivestar/server/app/apptest"
)

// atOnce makes n calls that all start at the same moment, and counts their answers by status and code.
func atOnce(n int, call func(i int) *apptest.Answer) map[string]int {
	var (
		ready, done sync.WaitGroup
		start       = make(chan struct{})
		mutex       sync.Mutex
		outcomes    = map[string]int{}
	)
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			answer := call(i)
			outcome := fmt.Sprint(answer.Status)
			if code := answer.Get("code").String(); code != "" {
				outcome += " " + code
			}
			mutex.Lock()
			defer mutex.Unlock()
			outcomes[outcome]++
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return outcomes
}

func wantOutcomes(t *testing.T, got, want map[string]int) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("outcomes %v, want %v", got, want)
	}
}

func TestThreeHundredPeopleForTwentyPlaces(t *testing.T) {
	s := newScene(t)
	people := s.residents(300)
	id := s.published(fields{"capacity": 20})
	got := atOnce(len(people), func(i int) *apptest.Answer { return people[i].Post("/tasks/"+id+"/claims", nil) })
	wantOutcomes(t, got, map[string]int{"201": 20, "409 task.full": 280})
	if left := s.placesLeft(id); left != 0 {
		t.Errorf("%d places left", left)
	}
	winners := 0
	for _, person := range people {
		switch answer := person.Post("/tasks/"+id+"/claims", nil); answer.Status {
		case http.StatusOK:
			winners++
		default:
			answer.WantCode(conflict, "task.full")
		}
	}
	if winners != 20 {
		t.Errorf("%d people hold a claim", winners)
	}
}

func TestOnePersonAHundredTimesAtOnce(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"capacity": 50})
	got := atOnce(100, func(int) *apptest.Answer { return s.resident.Post("/tasks/"+id+"/claims", nil) })
	wantOutcomes(t, got, map[string]int{"201": 1, "200": 99})
}

func TestOnePersonForManyTasksAtOnce(t *testing.T) {
	s := newScene(t)
	s.setting(fields{"open_claims": 3})
	tasks := make([]string, 20)
	for i := range tasks {
		tasks[i] = s.published(nil)
	}
	got := atOnce(len(tasks), func(i int) *apptest.Answer { return s.resident.Post("/tasks/"+tasks[i]+"/claims", nil) })
	wantOutcomes(t, got, map[string]int{"201": 3, "409 claim.limit": 17})
}

func TestFiftyApprovalsAtOnce(t *testing.T) {
	s := newScene(t)
	claim := s.handIn(s.resident, s.published(nil))
	reviewers := []*apptest.Client{s.secretary, s.secretary2, s.leader, s.street}
	got := atOnce(50, func(i int) *apptest.Answer { return s.review(reviewers[i%len(reviewers)], claim, "approve", "") })
	wantOutcomes(t, got, map[string]int{"200": 1, "409 claim.wrong_state": 49})
	if balance := s.resident.Get("/me/points").Want(ok).Get("balance").Int(); balance != 10 {
		t.Errorf("balance %d", balance)
	}
}

func TestApprovalAgainstRejectionAndReturn(t *testing.T) {
	s := newScene(t)
	claim := s.handIn(s.resident, s.published(nil))
	verdicts := []string{"approve", "return", "reject"}
	got := atOnce(30, func(i int) *apptest.Answer {
		return s.review(s.secretary, claim, verdicts[i%len(verdicts)], "看过了")
	})
	wantOutcomes(t, got, map[string]int{"200": 1, "409 claim.wrong_state": 29})
}

func TestAHundredPeopleDrawFewCards(t *testing.T) {
	s := newScene(t)
	station := s.station("义剪角")
	for range 4 {
		s.published(fields{"station_id": station, "capacity": 5})
	}
	people := s.residents(100)
	got := atOnce(len(people), func(i int) *apptest.Answer { return people[i].Post("/stations/"+station+"/draws", nil) })
	wantOutcomes(t, got, map[string]int{"201": 20, "409 station.no_card": 80})
}

func TestOnePersonDrawsManyTimesAtOnce(t *testing.T) {
	s := newScene(t)
	station := s.station("义剪角")
	for range 10 {
		s.published(fields{"station_id": station})
	}
	got := atOnce(50, func(int) *apptest.Answer { return s.resident.Post("/stations/"+station+"/draws", nil) })
	wantOutcomes(t, got, map[string]int{"201": 1, "200": 49})
}

func TestWithdrawalAgainstClaims(t *testing.T) {
	s := newScene(t)
	people := s.residents(20)
	for range 5 {
		id := s.published(fields{"capacity": 30})
		got := atOnce(len(people)+1, func(i int) *apptest.Answer {
			if i == len(people)/2 {
				return s.secretary.Post("/tasks/"+id+"/withdraw", nil)
			}
			return people[i%len(people)].Post("/tasks/"+id+"/claims", nil)
		})
		state := s.secretary.Get("/tasks/" + id).Want(ok).Get("state").String()
		if taken := 30 - s.placesLeft(id); (state == "withdrawn") != (taken == 0) {
			t.Errorf("a %s task with %d claims: %v", state, taken, got)
		}
		for _, person := range people {
			for _, claim := range person.Get("/me/claims?state=claimed").Want(ok).Get("items").Array() {
				person.Delete("/claims/" + claim.Get("id").String()).Want(empty)
			}
		}
	}
}

func TestSubmittedAndAbandonedAtOnce(t *testing.T) {
	s := newScene(t)
	for range 10 {
		id := s.published(nil)
		claim := s.take(s.resident, id)
		atOnce(8, func(i int) *apptest.Answer {
			if i%2 == 0 {
				return s.resident.Delete("/claims/" + claim)
			}
			return s.resident.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"})
		})
		state, left := s.state(claim), s.placesLeft(id)
		freed, handedIn := state == "abandoned" && left == 3, state == "submitted" && left == 2
		if !freed && !handedIn {
			t.Errorf("the claim is %s, %d places left", state, left)
		}
	}
}

func TestTimersOfSeveralServersAtOnce(t *testing.T) {
	s := newScene(t)
	id := s.published(fields{"capacity": 40})
	for _, person := range s.residents(30) {
		s.take(person, id)
	}
	s.Clock.Advance(72 * time.Hour)
	var timers sync.WaitGroup
	for range 4 {
		timers.Go(func() {
			if err := s.App.Tasks.Tick(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	timers.Wait()
	if left := s.placesLeft(id); left != 40 {
		t.Errorf("%d places left, want 40", left)
	}
}

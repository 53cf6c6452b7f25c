package reward_test

import (
	"fmt"
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
			if code := answer.Get("code").String(); answer.Status/100 != 2 && code != "" {
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

func TestAThousandPeopleForFiftyPieces(t *testing.T) {
	s := newScene(t)
	people := s.residents(1000)
	s.earn(10, people...)
	id := s.reward(fields{"stock": 50})
	got := atOnce(len(people), func(i int) *apptest.Answer { return people[i].Post("/rewards/"+id+"/redemptions", nil) })
	wantOutcomes(t, got, map[string]int{"201": 50, "409 reward.out_of_stock": 950})
	if left := s.stockLeft(id); left != 0 {
		t.Errorf("%d pieces left", left)
	}
	spent := 0
	for _, person := range people {
		if s.balance(person) == 0 {
			spent++
		}
	}
	if spent != 50 {
		t.Errorf("%d people have spent their points", spent)
	}
}

// Both ways through the room keep the limit a person and the balance: together, and one transaction each.
func TestOnePersonManyTimesAtOnce(t *testing.T) {
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, options...)
			s.earn(100, s.resident)
			id := s.reward(fields{"stock": 30, "per_person_limit": 3})
			tap := func(int) *apptest.Answer { return s.resident.Post("/rewards/"+id+"/redemptions", nil) }
			wantOutcomes(t, atOnce(40, tap), map[string]int{"201": 3, "409 reward.limit": 37})
			wide := s.reward(fields{"stock": 30, "per_person_limit": 30})
			tap = func(int) *apptest.Answer { return s.resident.Post("/rewards/"+wide+"/redemptions", nil) }
			wantOutcomes(t, atOnce(20, tap), map[string]int{"201": 7, "409 points.short": 13})
			if left := s.balance(s.resident); left != 0 {
				t.Errorf("%d points left", left)
			}
		})
	}
}

func TestWhatWasFulfilledCountsTowardsTheLimit(t *testing.T) {
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, options...)
			s.earn(100, s.resident)
			id := s.reward(fields{"per_person_limit": 2})
			_, code := s.redeem(s.resident, id)
			s.fulfil(s.merchant, code).Want(ok)
			s.redeem(s.resident, id)
			s.resident.Post("/rewards/"+id+"/redemptions", nil).WantCode(conflict, "reward.limit")
		})
	}
}

func TestOnePersonForManyRewardsAtOnce(t *testing.T) {
	s := newScene(t)
	s.earn(30, s.resident)
	rewards := make([]string, 12)
	for i := range rewards {
		rewards[i] = s.reward(nil)
	}
	got := atOnce(len(rewards), func(i int) *apptest.Answer { return s.resident.Post("/rewards/"+rewards[i]+"/redemptions", nil) })
	wantOutcomes(t, got, map[string]int{"201": 3, "409 points.short": 9})
}

// Two taps that are the same request are one redemption, also when both are under way.
func TestOneRequestManyTimesAtOnce(t *testing.T) {
	for name, options := range bothWays {
		t.Run(name, func(t *testing.T) {
			s := newScene(t, options...)
			s.earn(100, s.resident)
			id := s.reward(fields{"per_person_limit": 5})
			phone := s.resident.With("Idempotency-Key", "one-tap")
			ids := map[string]bool{}
			var mutex sync.Mutex
			got := atOnce(12, func(int) *apptest.Answer {
				answer := phone.Post("/rewards/"+id+"/redemptions", nil)
				mutex.Lock()
				defer mutex.Unlock()
				ids[answer.Get("id").String()] = true
				return answer
			})
			wantOutcomes(t, got, map[string]int{"201": 12})
			if len(ids) != 1 || s.balance(s.resident) != 90 {
				t.Errorf("%d redemptions, %d points left", len(ids), s.balance(s.resident))
			}
		})
	}
}

func TestFulfilledCancelledAndExpiredAtOnce(t *testing.T) {
	s := newScene(t)
	s.earn(100, s.resident)
	id := s.reward(fields{"stock": 30, "per_person_limit": 30})
	for round := range 8 {
		redemption, code := s.redeem(s.resident, id)
		if round%2 == 1 {
			s.Clock.Advance(7 * 24 * time.Hour) // its time is over, and all three would end it
		}
		got := atOnce(12, func(i int) *apptest.Answer {
			switch i % 4 {
			case 0:
				return s.resident.Delete("/redemptions/" + redemption)
			case 1:
				if err := s.App.Rewards.Tick(t.Context()); err != nil {
					t.Error(err)
				}
			}
			return s.fulfil(s.merchant, code)
		})
		state := s.state(s.resident, redemption)
		if fulfilled := got["200"] == 1; fulfilled != (state == "fulfilled") || got["200"] > 1 || state == "redeemed" {
			t.Errorf("round %d: the redemption is %s: %v", round, state, got)
		}
		if wrong := s.unsound(); wrong != nil {
			t.Fatal(wrong)
		}
	}
}

func TestFiftyScansOfOneCode(t *testing.T) {
	s := newScene(t)
	s.earn(10, s.resident)
	_, code := s.redeem(s.resident, s.reward(nil))
	scanners := []*apptest.Client{s.merchant, s.secretary, s.secretary2}
	got := atOnce(50, func(i int) *apptest.Answer { return s.fulfil(scanners[i%len(scanners)], code) })
	wantOutcomes(t, got, map[string]int{"200": 1, "409 redemption.done": 49})
}

func TestTimersOfSeveralServersAtOnce(t *testing.T) {
	s := newScene(t)
	people := s.residents(20)
	s.earn(10, people...)
	id := s.reward(fields{"stock": 20})
	for _, person := range people {
		s.redeem(person, id)
	}
	s.Clock.Advance(7 * 24 * time.Hour)
	var timers sync.WaitGroup
	for range 4 {
		timers.Go(func() {
			if err := s.App.Rewards.Tick(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	timers.Wait()
	if left := s.stockLeft(id); left != 20 {
		t.Errorf("%d pieces left, want 20", left)
	}
	for _, person := range people {
		if balance := s.balance(person); balance != 10 {
			t.Errorf("balance %d, want 10", balance)
		}
	}
}

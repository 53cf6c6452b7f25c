package team_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/fault"
	"fivestar/server/web"
)

func TestRaceForTheLastPlaces(t *testing.T) {
	s := start(t)
	const people, places = 200, 20
	crowd := s.residents(people)
	id := s.open(map[string]any{"capacity": places})
	answers := atOnce(people, func(i int) *apptest.Answer { return crowd[i].Post("/activities/"+id+"/signups", nil) })
	if got := count(answers, created, ""); got != people {
		t.Fatalf("%d of %d answered 201", got, people)
	}
	holding := 0
	for _, answer := range answers {
		if answer.Get("state").String() == "confirmed" {
			holding++
		}
	}
	if holding != places {
		t.Errorf("%d were told that they hold one of %d places", holding, places)
	}
	s.wantPlaces(id, 0, people-places)

	// Half of them leave while as many others come back: no place is lost and none is held twice.
	atOnce(people, func(i int) *apptest.Answer {
		if i%2 == 0 {
			return crowd[i].Delete("/activities/" + id + "/signups/mine")
		}
		return crowd[i].Post("/activities/"+id+"/signups", nil)
	})
	s.wantPlaces(id, 0, people/2-places)
}

func TestRaceToWalkIn(t *testing.T) {
	s := start(t)
	const people, places = 200, 20
	crowd := s.residents(people)
	id := s.running(map[string]any{"capacity": places})
	code := s.code(id)
	answers := atOnce(people, func(i int) *apptest.Answer {
		return crowd[i].Post("/activities/"+id+"/checkins", map[string]any{"code": code})
	})
	if in, full := count(answers, created, ""), count(answers, conflict, "activity.full"); in != places || full != people-places {
		t.Errorf("%d came in, %d found it full", in, full)
	}
	s.wantPlaces(id, 0, 0)
	s.wantCameOnce(id, places)
}

func TestRaceOfTaps(t *testing.T) {
	s := start(t)
	for _, signedUp := range []bool{true, false} {
		id := s.running(nil)
		if signedUp {
			s.resident.Post("/activities/"+id+"/signups", nil).Want(created)
		}
		code := s.code(id)
		answers := atOnce(100, func(int) *apptest.Answer {
			return s.resident.Post("/activities/"+id+"/checkins", map[string]any{"code": code})
		})
		if first, again := count(answers, created, ""), count(answers, ok, ""); first != 1 || again != 99 {
			t.Errorf("signed up %v: %d were new, %d the same", signedUp, first, again)
		}
		for _, answer := range answers {
			if answer.Get("id").String() != answers[0].Get("id").String() {
				t.Fatalf("two check-ins: %s, %s", answers[0], answer)
			}
		}
		s.wantCameOnce(id, 1)
	}
}

func TestRaceOfAStorm(t *testing.T) {
	s := start(t)
	const people = 300
	crowd := s.residents(people)
	id := s.running(map[string]any{"capacity": people})
	for _, person := range crowd[:people/2] {
		person.Post("/activities/"+id+"/signups", nil).Want(created)
	}
	code := s.code(id)
	answers := atOnce(2*people, func(i int) *apptest.Answer {
		return crowd[i%people].Post("/activities/"+id+"/checkins", map[string]any{"code": code})
	})
	if first, again := count(answers, created, ""), count(answers, ok, ""); first != people || again != people {
		t.Errorf("%d were new, %d the same", first, again)
	}
	s.wantCameOnce(id, people)
	s.wantPlaces(id, 0, 0)
}

// wantCameOnce checks that so many people came, each once, and that the activity counts as many.
func (s *site) wantCameOnce(id string, people int) {
	s.Helper()
	seen := map[string]bool{}
	for cursor := ""; ; {
		page := s.leader.Get("/activities/" + id + "/attendance?limit=100&cursor=" + cursor).Want(ok)
		for _, personID := range page.Get("items.#.person.id").Array() {
			if seen[personID.String()] {
				s.Errorf("%s came twice", personID)
			}
			seen[personID.String()] = true
		}
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			break
		}
	}
	if counted := s.leader.Get("/activities/" + id).Want(ok).Get("checked_in").Int(); len(seen) != people || counted != int64(people) {
		s.Errorf("%d came and %d are counted, want %d", len(seen), counted, people)
	}
}

func TestRaceToConfirm(t *testing.T) {
	s := start(t)
	crowd := s.residents(30)
	id := s.running(map[string]any{"capacity": 30})
	for _, person := range crowd {
		s.checkIn(person, id).Want(created)
	}
	s.leader.Post("/activities/"+id+"/close", nil).Want(ok)
	answers := atOnce(40, func(i int) *apptest.Answer {
		return []*apptest.Client{s.secretary, s.secretary2}[i%2].Post("/activities/"+id+"/confirm", nil)
	})
	if done, late := count(answers, ok, ""), count(answers, conflict, "activity.wrong_state"); done != 1 || late != 39 {
		t.Errorf("%d confirmed, %d were late", done, late)
	}
	for i, person := range crowd {
		entries := person.Get("/me/points/entries").Want(ok)
		if points, minutes := earned(person); points != 40 || minutes != 120 || entries.Get("items.#").Int() != 1 {
			t.Errorf("person %d: %d points, %d minutes, %s", i, points, minutes, entries)
		}
	}
}

// Check-outs that were let in while the activity was open, and are stored after its end, change no minutes that the
// leader has closed and a witness is about to confirm.
func TestRaceOfCheckOutsWithTheEnd(t *testing.T) {
	s := start(t)
	crowd := s.residents(30)
	id := s.running(map[string]any{"capacity": len(crowd)})
	for _, person := range crowd {
		s.checkIn(person, id).Want(created)
	}
	s.Clock.Advance(time.Hour)
	code := map[string]any{"code": s.code(id)}
	guess, closed := s.App.Teams.Guess, make(chan struct{})
	var letIn sync.WaitGroup
	letIn.Add(len(crowd))
	s.App.Teams.Guess = func(ctx context.Context, caller web.Caller, check func() error) error {
		letIn.Done()
		<-closed
		return guess(ctx, caller, check)
	}
	answers := atOnce(len(crowd)+1, func(i int) *apptest.Answer {
		if i < len(crowd) {
			return crowd[i].Post("/activities/"+id+"/checkouts", code)
		}
		letIn.Wait()
		defer close(closed)
		return s.leader.Post("/activities/"+id+"/close", nil)
	})
	if late := count(answers, conflict, "activity.not_open"); late != len(crowd) {
		t.Errorf("%d of %d check-outs came too late, the first: %s", late, len(crowd), answers[0])
	}
	s.secretary.Post("/activities/"+id+"/confirm", nil).Want(ok)
	for i, person := range crowd {
		if _, minutes := earned(person); minutes != 120 {
			t.Errorf("person %d: %d minutes, closed with 120", i, minutes)
		}
	}
}

func TestRaceOfUploads(t *testing.T) {
	s := start(t)
	second := s.Resident("leader2")
	s.secretary.Post("/role-grants", map[string]any{"person_id": second.PersonID, "role": "leader", "team_id": s.World.TeamID}).Want(created)
	id := s.running(map[string]any{"capacity": 15})
	var scans, others []map[string]any
	for i := range 20 {
		_, card := s.Elder(fmt.Sprintf("样例老人%d", i))
		scans = append(scans, s.scan(fmt.Sprintf("first-%d", i), card, "in"))
		others = append(others, s.scan(fmt.Sprintf("second-%d", i), card, "in"))
	}
	// Two phones send what they have over and over, at once.
	answers := atOnce(20, func(i int) *apptest.Answer {
		if i%2 == 0 {
			return s.leader.Post("/activities/"+id+"/scans", map[string]any{"scans": scans})
		}
		return second.Post("/activities/"+id+"/scans", map[string]any{"scans": others})
	})
	recorded := 0
	for _, answer := range answers {
		if answer.Status != ok {
			t.Fatal(answer)
		}
		for _, outcome := range outcomes(answer) {
			if outcome == "recorded" {
				recorded++
			}
		}
	}
	if recorded != 15 {
		t.Errorf("%d recorded, want the 15 that there are places for", recorded)
	}
	s.wantCameOnce(id, 15)
	s.wantPlaces(id, 0, 0)
}

// People sign up, withdraw, come and go while the leader ends the activity: what is left adds up.
func TestRaceWithTheEnd(t *testing.T) {
	s := start(t)
	crowd := s.residents(60)
	for _, end := range []string{"close", "cancel"} {
		id := s.running(map[string]any{"capacity": 40})
		code := s.code(id)
		path := "/activities/" + id
		var signedUp sync.WaitGroup
		signedUp.Add(10)
		answers := atOnce(len(crowd)+1, func(i int) *apptest.Answer {
			if i == len(crowd) {
				signedUp.Wait() // so that the end comes in the middle
				return s.leader.Post(path+"/"+end, map[string]any{"close": map[string]any{}, "cancel": map[string]any{"reason": "下雨了"}}[end])
			}
			crowd[i].Post(path+"/signups", nil)
			if i < 10 {
				signedUp.Done()
			}
			if i%3 == 0 {
				return crowd[i].Delete(path + "/signups/mine")
			}
			return crowd[i].Post(path+"/checkins", map[string]any{"code": code})
		})
		if last := answers[len(crowd)]; last.Status != ok && last.Get("code").String() != "activity.has_attendance" {
			t.Errorf("%s: %s", end, last)
		}
		activity := s.leader.Get(path).Want(ok)
		if activity.Get("state").String() == "cancelled" && activity.Get("checked_in").Int() > 0 {
			t.Errorf("people came to a cancelled activity: %s", activity)
		}
		s.wantPlaces(id, activity.Get("places_left").Int(), activity.Get("waiting").Int())
		s.wantCameOnce(id, int(activity.Get("checked_in").Int()))
	}
}

func TestASignUpUnderWayWhileItsPersonLeavesTakesNoPlace(t *testing.T) {
	for name, ungrouped := range map[string]bool{"together": false, "alone": true} {
		t.Run(name, func(t *testing.T) {
			s := start(t)
			s.App.DB.Ungrouped = ungrouped
			id, gone, leaver := s.open(nil), s.Resident("gone"), s.Resident("leaver")
			signUp := func(caller web.Caller) error {
				_, _, err := s.App.Teams.SignUp(s.Context(), caller, id)
				return err
			}
			caller, late := s.caller(gone), s.caller(leaver)
			gone.Delete("/me").Want(empty)
			if err := signUp(caller); !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("a sign-up after its person left: %v", err)
			}

			// The other signs up when nothing is left of their leaving but its commit.
			var leaves sync.Once
			signedUp := make(chan error, 1)
			s.App.People.Erasers = append(s.App.People.Erasers, func(context.Context, string) error {
				leaves.Do(func() {
					go func() { signedUp <- signUp(late) }()
					time.Sleep(300 * time.Millisecond) // for the sign-up to come as far as it gets
				})
				return nil
			})
			leaver.Delete("/me").Want(empty)
			if err := <-signedUp; !errors.Is(err, fault.ErrNotFound) {
				t.Errorf("a sign-up while its person left: %v", err)
			}
			s.wantPlaces(id, 5, 0)
		})
	}
}

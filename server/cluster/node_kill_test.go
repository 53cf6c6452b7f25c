//go:build cluster

package cluster

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"fivestar/server/app/apptest"
)

// What people race for most, on two servers that work on different nodes, while one of the nodes is killed in
// the middle: whatever was acknowledged is there, places are as many as there are, and nobody sees a failure.
func TestGalera(t *testing.T) {
	e := startEngines(t)
	races := []struct {
		of  string
		run func(s *site, kill func())
	}{
		{"claims", raceOfClaims},
		{"approvals", raceOfApprovals},
		{"sign-ups", raceOfSignUps},
		{"check-ins", raceOfCheckIns},
		{"votes", raceOfVotes},
		{"accepts", raceOfAccepts},
	}
	for i, race := range races {
		t.Run("a node is killed in a race of "+race.of, func(t *testing.T) {
			killed, other := i%3, (i+1)%3
			s := e.newSite(t, killed, other)
			defer e.restart(t, killed)
			race.run(s, func() {
				if err := e.galera.Kill(killed); err != nil {
					t.Error(err)
				}
			})
			s.wantVerified()
		})
	}
	t.Run("batches collide", func(t *testing.T) { batchesCollide(t, e) })
	// A node that has lost the others keeps its connections, and refuses all that comes through them.
	t.Run("a node refuses in a race of votes", func(t *testing.T) {
		s := e.newSite(t, 0, 1)
		defer e.execute(t, 0, "SET GLOBAL wsrep_reject_queries = NONE")
		raceOfVotes(s, func() { e.execute(t, 0, "SET GLOBAL wsrep_reject_queries = ALL") })
		s.wantVerified()
	})
}

func raceOfClaims(s *site, kill func()) {
	const people, places = 240, 150
	crowd := s.residents(people)
	id := s.publishedTask(places)
	answers := s.race(people, kill, func(i int) *apptest.Answer {
		return s.insist(crowd[i], http.MethodPost, "/tasks/"+id+"/claims", nil)
	})
	if in, full := count(answers, 201, ""), count(answers, 409, "task.full"); in != places || full != people-places {
		s.Errorf("%d hold a claim and %d found it full, want %d and %d", in, full, places, people-places)
	}
	if left := s.secretary.Get("/tasks/" + id).Want(200).Get("places_left").Int(); left != 0 {
		s.Errorf("%d places left", left)
	}
	for i, person := range crowd {
		held := person.Get("/me/claims?state=claimed").Want(200).Get("items.#.id").Array()
		if told := answers[i].Status == 201; told != (len(held) == 1) || told && held[0].String() != answers[i].Get("id").String() {
			s.Errorf("person %d was told %s, and holds %v", i, answers[i], held)
		}
	}
}

// Two secretaries approve the same work at once: it is paid once.
func raceOfApprovals(s *site, kill func()) {
	const people = 120
	crowd := s.residents(people)
	id := s.publishedTask(people)
	claims := make([]string, people)
	for i, person := range crowd {
		claims[i] = person.Post("/tasks/"+id+"/claims", nil).Want(201).Get("id").String()
		person.Put("/claims/"+claims[i]+"/submission", fields{"text": "扫完了"}).Want(200)
	}
	secretaries := []*apptest.Client{s.secretary, s.secretary2}
	answers := s.race(2*people, kill, func(i int) *apptest.Answer {
		return s.insist(secretaries[i%2], http.MethodPost, "/claims/"+claims[i/2]+"/review", fields{"verdict": "approve", "reason": ""})
	})
	if done, late := count(answers, 200, ""), count(answers, 409, "claim.wrong_state"); done != people || late != people {
		s.Errorf("%d approvals and %d that came late, want %d of each", done, late, people)
	}
	for i, person := range crowd {
		if balance := person.Get("/me/points").Want(200).Get("balance").Int(); balance != 10 {
			s.Errorf("person %d has %d points, want 10", i, balance)
		}
	}
}

func raceOfSignUps(s *site, kill func()) {
	const people, places = 200, 120
	crowd := s.residents(people)
	id := s.publishedActivity(fields{"capacity": places})
	answers := s.race(people, kill, func(i int) *apptest.Answer {
		return s.insist(crowd[i], http.MethodPost, "/activities/"+id+"/signups", nil)
	})
	confirmed := 0
	for _, answer := range answers {
		if answer.Get("state").String() == "confirmed" {
			confirmed++
		}
	}
	if signedUp := count(answers, 201, ""); signedUp != people || confirmed != places {
		s.Errorf("%d signed up, %d were told that they have a place, want %d and %d", signedUp, confirmed, people, places)
	}
	activity := s.leader.Get("/activities/" + id).Want(200)
	if left, waiting := activity.Get("places_left").Int(), activity.Get("waiting").Int(); left != 0 || waiting != people-places {
		s.Errorf("%d places left and %d waiting, want 0 and %d", left, waiting, people-places)
	}
}

// Everybody taps twice: everybody came once.
func raceOfCheckIns(s *site, kill func()) {
	const people = 150
	crowd := s.residents(people)
	id := s.publishedActivity(fields{"capacity": people, "starts_at": s.Clock.Now()})
	code := s.leader.Get("/activities/" + id + "/checkin-code").Want(200).Get("text").String()
	answers := s.race(2*people, kill, func(i int) *apptest.Answer {
		return s.insist(crowd[i/2], http.MethodPost, "/activities/"+id+"/checkins", fields{"code": code})
	})
	if first, again := count(answers, 201, ""), count(answers, 200, ""); first != people || again != people {
		s.Errorf("%d were new and %d the same, want %d of each", first, again, people)
	}
	for i := range people {
		if one, other := answers[2*i].Get("id").String(), answers[2*i+1].Get("id").String(); one == "" || one != other {
			s.Errorf("person %d came as %q and as %q", i, one, other)
		}
	}
	if came := s.leader.Get("/activities/" + id).Want(200).Get("checked_in").Int(); came != people {
		s.Errorf("%d are counted, want %d", came, people)
	}
}

func raceOfVotes(s *site, kill func()) {
	const people = 200
	crowd := s.residents(people)
	id := s.raisedTicket()
	answers := s.race(people, kill, func(i int) *apptest.Answer {
		return s.insist(crowd[i], http.MethodPut, "/tickets/"+id+"/vote", nil)
	})
	if counted := count(answers, 200, ""); counted != people {
		s.Errorf("%d votes were taken, want %d", counted, people)
	}
	if votes := s.secretary.Get("/tickets/" + id).Want(200).Get("votes").Int(); votes != people {
		s.Errorf("%d votes, want %d", votes, people)
	}
}

// Ten people are offered each of many tickets, and all want every one of them: each ticket is one person's.
func raceOfAccepts(s *site, kill func()) {
	const takers, tickets = 10, 30
	crowd := s.residents(takers)
	var offered, ids []string
	for _, taker := range crowd {
		offered = append(offered, taker.PersonID)
	}
	due := s.Clock.Now().AddDate(0, 0, 2)
	for range tickets {
		id := s.raisedTicket()
		s.secretary.Post("/tickets/"+id+"/dispatch", fields{"offer_to": offered, "due_at": due}).Want(200)
		ids = append(ids, id)
	}
	answers := s.race(takers*tickets, kill, func(i int) *apptest.Answer {
		return s.insist(crowd[i%takers], http.MethodPost, "/tickets/"+ids[i/takers]+"/accept", nil)
	})
	for n, id := range ids {
		of := answers[n*takers : (n+1)*takers]
		if has, late := count(of, 200, ""), count(of, 409, "ticket.taken"); has != 1 || late != takers-1 {
			s.Errorf("%d have ticket %d, %d came late", has, n, late)
			continue
		}
		winner := slices.IndexFunc(of, func(answer *apptest.Answer) bool { return answer.Status == 200 })
		done := crowd[winner].Post("/tickets/"+id+"/complete", fields{"text": fmt.Sprintf("第%d件办好了", n)})
		if done.Status != 200 {
			s.Errorf("who was told that the ticket is theirs cannot complete it: %s", done)
		}
	}
}

//go:build cluster

package cluster

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/web"
)

// Whoever is told something by one server finds it so on the other, with nothing that ties a phone to either.
func TestTwoServersAreOne(t *testing.T) {
	p := startPair(t, databaseServer(t))
	for _, what := range []struct {
		name string
		test func(p *pair)
	}{
		{"a session holds and ends on both", sessionHoldsAndEnds},
		{"a role holds and ends on both", roleHoldsAndEnds},
		{"a revoked card is dead on both", revokedCardIsDead},
		{"codes of one are taken by the other", codesAreTaken},
		{"an Idempotency-Key is one on both", idempotencyKeyIsOne},
		{"places are counted together", placesAreCounted},
		{"a place that comes free is there on both", freePlaceIsSeen},
		{"what is over is over on both", endIsSeen},
		{"limits are counted together", limitsAreCounted}, // the last one: it sets them
	} {
		t.Run(what.name, func(t *testing.T) {
			p.during(t)
			what.test(p)
		})
	}
}

func sessionHoldsAndEnds(p *pair) {
	me := p.Login("traveller")
	for _, path := range p.both("/me") {
		if got := me.Get(path).Want(http.StatusOK).Get("id").String(); got != me.PersonID {
			p.Errorf("%s is %q", path, got)
		}
	}
	me.Patch(p.there("/me"), map[string]string{"home_region_id": p.World.Grid.ID}).Want(http.StatusOK)
	if home := me.Get("/me").Want(http.StatusOK).Get("home.community_id").String(); home != p.World.Community.ID {
		p.Errorf("the home given on one server is %q on the other", home)
	}
	me.Post("/tasks/"+p.task(1)+"/claims", nil).Want(http.StatusCreated) // the permission of that home
	me.Delete("/sessions/current").Want(http.StatusNoContent)
	for _, path := range p.both("/me") {
		me.Get(path).WantCode(http.StatusUnauthorized, "auth.required")
	}
}

func roleHoldsAndEnds(p *pair) {
	people := "/regions/" + p.World.Community.ID + "/people"
	newcomer := p.Login("newcomer")
	newcomer.Get(p.there(people)).WantCode(http.StatusForbidden, "auth.forbidden")
	grant := map[string]any{"person_id": newcomer.PersonID, "role": web.Secretary, "region_id": p.World.Community.ID}
	id := p.Login("admin").Post("/role-grants", grant).Want(http.StatusCreated).Get("id").String()
	for _, path := range p.both(people) {
		newcomer.Get(path).Want(http.StatusOK)
	}
	p.Login("admin").Delete("/role-grants/" + id).Want(http.StatusNoContent)
	for _, path := range p.both(people) {
		newcomer.Get(path).WantCode(http.StatusForbidden, "auth.forbidden")
	}
}

func revokedCardIsDead(p *pair) {
	secretary, helper := p.Login("secretary"), p.Login("leader")
	elder, token := p.Elder("样例老人")
	byCard := helper.ByCard(token)
	for _, path := range p.both("/me") {
		if got := byCard.Get(path).Want(http.StatusOK).Get("id").String(); got != elder {
			p.Errorf("%s by card is %q, want %q", path, got, elder)
		}
	}
	cards := "/people/" + elder + "/cards"
	id := secretary.Get(cards).Want(http.StatusOK).Get("items.0.id").String()
	secretary.Delete(cards + "/" + id).Want(http.StatusNoContent)
	for _, path := range p.both("/me") {
		byCard.Get(path).WantCode(http.StatusForbidden, "card.refused")
	}
}

func codesAreTaken(p *pair) {
	leader, activity := p.Login("leader"), p.activity()
	code := leader.Get("/activities/" + activity + "/checkin-code").Want(http.StatusOK).Get("text").String()
	p.Resident("walker").Post(p.there("/activities/"+activity+"/checkins"), map[string]any{"code": code}).Want(http.StatusCreated)

	personal := p.Resident("shower").Get(p.there("/me/code")).Want(http.StatusOK).Get("text").String()
	scans := map[string]any{"scans": []map[string]any{{
		"scan_id": "one", "token": personal, "kind": "in", "at": p.Clock.Now().Format(time.RFC3339Nano),
	}}}
	if result := leader.Post("/activities/"+activity+"/scans", scans).Want(http.StatusOK); result.Get("results.0.outcome").String() != "recorded" {
		p.Errorf("the personal code shown by the other server: %s", result)
	}
}

// The same tap reaches two servers at the same moment, as when a proxy sends it on: one ticket is raised, and
// both answers tell of it.
func idempotencyKeyIsOne(p *pair) {
	const taps = 20
	resident := p.Resident("tapper")
	answers := make([]*apptest.Answer, 2*taps)
	atOnce(2*taps, func(i int) {
		keyed := resident.With("Idempotency-Key", fmt.Sprint("tap-", i/2))
		answers[i] = keyed.Post(p.both("/tickets")[i%2], p.ticket(fmt.Sprintf("%d号楼的灯不亮", i/2)))
	})
	for i := range taps {
		one, other := answers[2*i], answers[2*i+1]
		if one.Status != http.StatusCreated || other.Status != http.StatusCreated || one.Get("id").String() != other.Get("id").String() {
			p.Errorf("one tap was answered %s and %s", one, other)
		}
	}
	if raised := len(resident.Get("/tickets/mine?limit=100").Want(http.StatusOK).Get("items").Array()); raised != taps {
		p.Errorf("%d tickets were raised, want %d", raised, taps)
	}
}

func placesAreCounted(p *pair) {
	const people, places = 24, 10
	crowd := make([]*apptest.Client, people)
	for i := range crowd {
		crowd[i] = p.Resident(fmt.Sprint("claimer", i))
	}
	path := "/tasks/" + p.task(places) + "/claims"
	answers := make([]*apptest.Answer, people)
	atOnce(people, func(i int) { answers[i] = crowd[i].Post(p.both(path)[i%2], nil) })
	held := 0
	for i, answer := range answers {
		switch {
		case answer.Status == http.StatusCreated:
			held++
			if again := crowd[i].Post(p.both(path)[(i+1)%2], nil).Want(http.StatusOK); again.Get("id").String() != answer.Get("id").String() {
				p.Errorf("told %s by one server and %s by the other", answer, again)
			}
		case answer.Get("code").String() != "task.full":
			p.Errorf("%s", answer)
		}
	}
	if held != places {
		p.Errorf("%d hold one of %d places", held, places)
	}
}

// A full task is told so from memory. A place that comes free on one server is to be had on the other within a second.
func freePlaceIsSeen(p *pair) {
	task := "/tasks/" + p.task(1) + "/claims"
	holder, next := p.Resident("holder"), p.Resident("next")
	claim := holder.Post(task, nil).Want(http.StatusCreated).Get("id").String()
	for range 3 { // the first looks, the others are told from memory
		next.Post(p.there(task), nil).WantCode(http.StatusConflict, "task.full")
	}
	holder.Delete("/claims/" + claim).Want(http.StatusNoContent)
	freed := time.Now()
	for next.Post(p.there(task), nil).Status != http.StatusCreated {
		if time.Since(freed) > 2*time.Second { // a second, and the time of a call on a busy machine
			p.Fatal("a place has come free on one server and the other does not know")
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// One server runs the jobs, and what they end has ended on the other.
func endIsSeen(p *pair) {
	late, me := "/tasks/"+p.task(1)+"/claims", p.Resident("late")
	claim := "/claims/" + me.Post(p.there(late), nil).Want(http.StatusCreated).Get("id").String()
	p.Clock.Advance(73 * time.Hour)
	p.Tick()
	for _, path := range p.both(claim) {
		if state := me.Get(path).Want(http.StatusOK).Get("state").String(); state != "expired" {
			p.Errorf("%s is %q", path, state)
		}
	}
	for _, path := range p.both(late) {
		p.Resident("later").Post(path, nil).WantCode(http.StatusConflict, "task.not_open")
	}
}

// Half of the wrong guesses at each server are together too many for both.
func limitsAreCounted(p *pair) {
	const guesses = 6 // one more every ten seconds
	for _, server := range []*apptest.Harness{p.Harness, p.other} {
		server.App.Web.Limits.Guesses = guesses
	}
	leader, activity := p.Login("leader"), p.activity()
	path := "/activities/" + activity + "/checkins"
	guesser := p.Resident("guesser")
	start, wrong := time.Now(), 0
	for ; wrong <= 3*guesses; wrong++ {
		if answer := guesser.Post(p.both(path)[wrong%2], map[string]any{"code": "wrong"}); answer.Status == http.StatusTooManyRequests {
			break
		}
	}
	if most := guesses + 1 + int(time.Since(start)/(10*time.Second)); wrong > most {
		p.Errorf("%d wrong guesses were looked at, want %d at most", wrong, most)
	}
	code := leader.Get("/activities/" + activity + "/checkin-code").Want(http.StatusOK).Get("text").String()
	p.Resident("honest").Post(p.there(path), map[string]any{"code": code}).Want(http.StatusCreated)
}

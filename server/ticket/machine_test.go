package ticket_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fivestar/server/app/apptest"
)

// follows is what may become of a stage by one call, as domain.md tells it.
var follows = map[string][]string{
	"raised":     {"raised", "dispatched", "rejected", "merged", "withdrawn"},
	"dispatched": {"dispatched", "accepted", "raised"},
	"accepted":   {"accepted", "completed", "raised"},
	"completed":  {"completed", "closed", "raised"},
	"closed":     {"closed"},
	"rejected":   {"rejected"},
	"merged":     {"merged"},
	"withdrawn":  {"withdrawn"},
}

// machine is two tickets and everybody who may do something to them.
type machine struct {
	scene
	begin   time.Time
	tickets []string
	people  map[string]*apptest.Client
	names   []string
	raiser  map[string]string
	stages  map[string]string
	lines   map[string][]string
}

// TestNoSequenceOfActsGoesWrong lets everybody do anything in any order, and looks after each call at what
// domain.md forbids: a closing without a review or a labelled silence, votes that are not there, a third
// rework, merging into what is no longer open, a rewritten timeline, points without two people or twice.
func TestNoSequenceOfActsGoesWrong(t *testing.T) {
	s := newScene(t)
	_, card := s.Elder("甲奶奶")
	colleague := s.Resident("colleague")
	s.grant(colleague, "assignee", fields{"organisation_id": s.World.OrganisationID})
	people := map[string]*apptest.Client{
		"raiser": s.resident, "neighbour": s.neighbour, "grid": s.grid, "elder by grid": s.grid.ByCard(card), "secretary": s.secretary,
		"elder by secretary": s.secretary.ByCard(card), "street": s.street, "assignee": s.assignee, "colleague": colleague,
		"merchant": s.merchant, "outsider": s.outsider,
	}
	names := slices.Sorted(maps.Keys(people))
	begin := s.Clock.Now()
	rapid.Check(t, func(t *rapid.T) {
		s.Clock.Set(begin)
		m := machine{scene: s, begin: begin, people: people, names: names, raiser: map[string]string{}, stages: map[string]string{}, lines: map[string][]string{}}
		raisers := rapid.SampledFrom([]string{"raiser", "elder by grid", "assignee", "secretary"})
		for range 2 {
			raiser := raisers.Draw(t, "raiser")
			answer := people[raiser].Post("/tickets", s.newTicket(nil))
			if answer.Status != http.StatusCreated {
				t.Fatalf("%s raises: %s", raiser, answer)
			}
			id := answer.Get("id").String()
			m.tickets, m.raiser[id] = append(m.tickets, id), raiser
		}
		if err := s.App.Tick(s.Context()); err != nil {
			t.Fatal(err)
		}
		t.Repeat(map[string]func(*rapid.T){
			"":          m.check,
			"step":      m.step,
			"cycle":     m.cycle,
			"displease": m.displease,
			"vote":      m.vote,
			"dispatch":  m.dispatch,
			"desk":      m.desk,
			"merge":     m.merge,
			"answer":    m.answer,
			"work":      m.work,
			"review":    m.rate,
			"wait":      m.wait,
		})
	})
	var ways []string
	s.rows("SELECT DISTINCT closed_as FROM ticket WHERE stage = 'closed' ORDER BY closed_as", func(read func(...any)) {
		var way string
		read(&way)
		ways = append(ways, way)
	})
	if !slices.Equal(ways, []string{"reviewed", "unrated", "unsolved"}) {
		t.Errorf("the sequences ended as %v only: they prove little", ways)
	}
}

func (m machine) draw(t *rapid.T) (by *apptest.Client, id string) {
	name := rapid.SampledFrom(m.names).Draw(t, "who")
	return m.people[name], rapid.SampledFrom(m.tickets).Draw(t, "ticket")
}

func sound(t *rapid.T, answer *apptest.Answer) {
	t.Logf("%s: %d %s", answer.Call, answer.Status, answer.Get("code").String())
	if answer.Status == 0 || answer.Status >= 500 {
		t.Fatalf("%s", answer)
	}
}

// step does what a ticket waits for, by somebody who might: without it hardly a ticket would come to its end.
func (m machine) step(t *rapid.T) { m.stepOf(t, rapid.SampledFrom(m.tickets).Draw(t, "ticket")) }

// cycle goes through all parts of one ticket.
func (m machine) cycle(t *rapid.T) {
	id := rapid.SampledFrom(m.tickets).Draw(t, "ticket")
	for range 4 {
		m.stepOf(t, id)
		m.check(t)
	}
}

// displease works on one ticket whose raiser is never pleased, up to its end: three poor reviews in a row are
// too rare to wait for.
func (m machine) displease(t *rapid.T) {
	id := rapid.SampledFrom(m.tickets).Draw(t, "ticket")
	for range 16 {
		if m.stages[id] == "completed" {
			sound(t, m.review(m.people[m.raiser[id]], id, 1, "partly"))
		} else {
			m.stepOf(t, id)
		}
		m.check(t)
	}
}

func (m machine) stepOf(t *rapid.T, id string) {
	one := func(of ...string) *apptest.Client { return m.people[rapid.SampledFrom(of).Draw(t, "who")] }
	switch m.stages[id] {
	case "raised":
		body := fields{"due_at": m.in(48), "organisation_id": m.World.OrganisationID}
		sound(t, m.do(m.people["secretary"], id, "dispatch", body))
	case "dispatched":
		sound(t, m.do(one("assignee", "colleague", "grid"), id, "accept", nil))
	case "accepted":
		sound(t, m.do(one("assignee", "colleague", "grid"), id, "complete", fields{"text": "办好了"}))
	case "completed":
		by := one(m.raiser[id], m.raiser[id], "neighbour", "elder by secretary")
		sound(t, m.review(by, id, rapid.SampledFrom([]int{1, 1, 2, 2, 3, 5}).Draw(t, "score"), "partly"))
	}
}

func (m machine) vote(t *rapid.T) {
	by, id := m.draw(t)
	if rapid.Bool().Draw(t, "take back") {
		sound(t, by.Delete("/tickets/"+id+"/vote"))
		return
	}
	sound(t, m.scene.vote(by, id))
}

func (m machine) dispatch(t *rapid.T) {
	by := m.people[rapid.SampledFrom([]string{"secretary", "secretary", "street", "assignee"}).Draw(t, "who")]
	id := rapid.SampledFrom(m.tickets).Draw(t, "ticket")
	body := fields{"due_at": m.in(48)}
	switch rapid.IntRange(0, 2).Draw(t, "way") {
	case 0:
		body["organisation_id"] = m.World.OrganisationID
	case 1:
		body["person_id"] = m.grid.PersonID
	case 2:
		body["offer_to"] = []string{m.World.OrganisationID, m.World.MerchantID, m.grid.PersonID}
	}
	sound(t, m.do(by, id, "dispatch", body))
}

func (m machine) desk(t *rapid.T) {
	by, id := m.draw(t)
	act := rapid.SampledFrom([]string{"whistle", "whistle", "recall", "withdraw", "reject"}).Draw(t, "act")
	body := fields{"reason": "总得有个原因"}
	if act == "whistle" {
		body = fields{"note": "请街道协调"}
	}
	sound(t, m.do(by, id, act, body))
}

func (m machine) merge(t *rapid.T) {
	by, id := m.draw(t)
	sound(t, m.do(by, id, "merge", fields{"into": rapid.SampledFrom(m.tickets).Draw(t, "into")}))
}

func (m machine) answer(t *rapid.T) {
	by, id := m.draw(t)
	if rapid.IntRange(0, 3).Draw(t, "decline") == 0 {
		sound(t, m.do(by, id, "decline", fields{"reason": "今天走不开"}))
		return
	}
	sound(t, m.do(by, id, "accept", nil))
}

func (m machine) work(t *rapid.T) {
	by, id := m.draw(t)
	if rapid.Bool().Draw(t, "progress only") {
		sound(t, m.do(by, id, "progress", fields{"phase": "during", "text": "正在办"}))
		return
	}
	sound(t, m.do(by, id, "complete", fields{"text": "办好了"}))
}

func (m machine) rate(t *rapid.T) {
	by, id := m.draw(t)
	score := rapid.IntRange(1, 5).Draw(t, "score")
	outcome := rapid.SampledFrom([]string{"unsolved", "partly", "partly", "solved"}).Draw(t, "outcome")
	sound(t, m.review(by, id, score, outcome))
}

// wait lets time go by, but not so much that the sessions end.
func (m machine) wait(t *rapid.T) {
	to := m.Clock.Now().Add(time.Duration(rapid.SampledFrom([]int{1, 1, 1, 24, 24 * 7}).Draw(t, "hours")) * time.Hour)
	if to.Sub(m.begin) < 29*24*time.Hour {
		m.Clock.Set(to)
	}
	if err := m.App.Tickets.Tick(m.Context()); err != nil {
		t.Fatal(err)
	}
}

func (m machine) check(t *rapid.T) {
	if wrong := m.unsound(m.tickets...); len(wrong) > 0 {
		t.Fatal(strings.Join(wrong, "\n"))
	}
	list := "('" + strings.Join(m.tickets, "','") + "')"
	m.rows("SELECT id, stage FROM ticket WHERE id IN "+list, func(read func(...any)) {
		var id, stage string
		read(&id, &stage)
		if before := m.stages[id]; before != "" && !slices.Contains(follows[before], stage) {
			t.Fatalf("ticket %s went from %s to %s", id, before, stage)
		}
		m.stages[id] = stage
	})
	lines := map[string][]string{}
	m.rows("SELECT ticket_id, id, act, person_id, text, at FROM ticket_event WHERE ticket_id IN "+list+" ORDER BY version, id", func(read func(...any)) {
		var ticket, id, act, person, text string
		var at int64
		read(&ticket, &id, &act, &person, &text, &at)
		lines[ticket] = append(lines[ticket], fmt.Sprint(id, act, person, text, at))
	})
	for id, before := range m.lines {
		if now := lines[id]; len(now) < len(before) || !slices.Equal(now[:len(before)], before) {
			t.Fatalf("the timeline of %s was rewritten:\n%v\n%v", id, before, now)
		}
	}
	for id, now := range lines {
		m.lines[id] = now
	}
}

package task_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fivestar/server/app/apptest"
)

// mayFollow is domain.md's list of states, written down once more: what a claim may be seen as next.
var mayFollow = map[string][]string{
	"":          {"claimed"},
	"claimed":   {"submitted", "abandoned", "expired"},
	"submitted": {"approved", "returned", "rejected"},
	"returned":  {"submitted", "expired"},
	"rejected":  {"approved"}, // by an appeal
}

// history drives one task through anything that people and the clock may do, in any order, and holds what it
// sees against the rules.
type history struct {
	scene
	task   string
	actors []*apptest.Client // residents, and the secretaries as residents
	judges []*apptest.Client
	card   *apptest.Client // an elder, through the leader
	claims map[string]string
	owners map[string]*apptest.Client
	ids    []string
}

func (h *history) look(t *rapid.T, answer *apptest.Answer) *apptest.Answer {
	if answer.Status >= 500 {
		t.Fatalf("%s", answer)
	}
	return answer
}

func (h *history) taken(t *rapid.T, by *apptest.Client, answer *apptest.Answer) {
	if h.look(t, answer).Status != created {
		return
	}
	id := answer.Get("id").String()
	h.claims[id], h.owners[id] = "", by
	h.ids = append(h.ids, id)
}

func (h *history) claim(t *rapid.T) string {
	if len(h.ids) == 0 {
		t.Skip("no claim yet")
	}
	return rapid.SampledFrom(h.ids).Draw(t, "claim")
}

func (h *history) actor(t *rapid.T) *apptest.Client {
	return rapid.SampledFrom(append(slices.Clone(h.actors), h.card)).Draw(t, "actor")
}

// owner is mostly the claim's own person, and now and then anybody.
func (h *history) owner(t *rapid.T, claim string) *apptest.Client {
	if rapid.IntRange(0, 7).Draw(t, "anybody") == 0 {
		return h.actor(t)
	}
	return h.owners[claim]
}

func (h *history) judge(t *rapid.T) *apptest.Client {
	return rapid.SampledFrom(h.judges).Draw(t, "judge")
}

// check looks at every claim as the street sees it, and at the database.
func (h *history) check(t *rapid.T) {
	for _, id := range h.ids {
		seen := h.street.Get("/claims/" + id)
		is, was := seen.Get("state").String(), h.claims[id]
		if is != was && !slices.Contains(mayFollow[was], is) {
			t.Fatalf("claim %s went from %q to %q: %s", id, was, is, seen)
		}
		if is == "approved" && was == "rejected" && seen.Get("appeal").String() != "overturned" {
			t.Fatalf("approved after a rejection without an appeal: %s", seen)
		}
		h.claims[id] = is
	}
	if wrong := h.unsound(); len(wrong) > 0 {
		t.Fatal(wrong)
	}
}

func TestAnythingInAnyOrder(t *testing.T) {
	s := newScene(t)
	s.setting(fields{"open_claims": 100})
	start, round := s.Clock.Now(), 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		s.Clock.Set(start)
		_, card := s.Elder(fmt.Sprintf("样例老人%d", round))
		station := s.station(fmt.Sprintf("认领区%d", round))
		h := &history{scene: s, claims: map[string]string{}, owners: map[string]*apptest.Client{}, card: s.leader.ByCard(card),
			actors: []*apptest.Client{s.resident, s.secretary, s.Resident("neighbour"), s.leader},
			judges: []*apptest.Client{s.secretary, s.secretary2, s.leader, s.street, s.grid, s.outsider, s.resident}}
		h.task = s.published(fields{"capacity": rapid.IntRange(1, 3).Draw(t, "capacity"), "station_id": station,
			"repeat": rapid.SampledFrom([]string{"once", "daily"}).Draw(t, "repeat")})
		t.Repeat(map[string]func(*rapid.T){
			"take": func(t *rapid.T) {
				by := h.actor(t)
				h.taken(t, by, by.Post("/tasks/"+h.task+"/claims", nil))
			},
			"draw": func(t *rapid.T) {
				by := h.actor(t)
				h.taken(t, by, by.Post("/stations/"+station+"/draws", nil))
			},
			"submit": func(t *rapid.T) {
				id, text := h.claim(t), rapid.SampledFrom([]string{"", "扫完了"}).Draw(t, "text")
				h.look(t, h.owner(t, id).Put("/claims/"+id+"/submission", fields{"text": text}))
			},
			"review": func(t *rapid.T) {
				verdict := rapid.SampledFrom([]string{"approve", "return", "reject"}).Draw(t, "verdict")
				h.look(t, s.review(h.judge(t), h.claim(t), verdict, "看过了"))
			},
			"abandon": func(t *rapid.T) {
				id := h.claim(t)
				h.look(t, h.owner(t, id).Delete("/claims/"+id))
			},
			"put back": func(t *rapid.T) {
				id := h.claim(t)
				h.look(t, h.owner(t, id).Post("/claims/"+id+"/put-back", nil))
			},
			"appeal": func(t *rapid.T) {
				id := h.claim(t)
				h.look(t, h.owner(t, id).Post("/claims/"+id+"/appeal", fields{"text": "我真去了"}))
			},
			"decide the appeal": func(t *rapid.T) {
				ruling := rapid.SampledFrom([]string{"uphold", "overturn"}).Draw(t, "ruling")
				h.look(t, rapid.SampledFrom([]*apptest.Client{s.street, s.Login("district"), s.secretary}).Draw(t, "officer").
					Post("/claims/"+h.claim(t)+"/appeal/decision", fields{"verdict": ruling, "reason": "核实过了"}))
			},
			"time": func(t *rapid.T) {
				s.Clock.Advance(time.Duration(rapid.IntRange(1, 30).Draw(t, "hours")) * time.Hour)
				s.Tick()
			},
			"change": func(t *rapid.T) {
				h.look(t, s.secretary.Patch("/tasks/"+h.task, fields{"capacity": rapid.IntRange(1, 4).Draw(t, "capacity")}))
			},
			"end": func(t *rapid.T) {
				h.look(t, s.secretary2.Post("/tasks/"+h.task+"/"+rapid.SampledFrom([]string{"close", "withdraw"}).Draw(t, "end"), nil))
			},
			"": h.check,
		})
	})
}

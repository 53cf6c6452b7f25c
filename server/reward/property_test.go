package reward_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fivestar/server/app/apptest"
)

// history drives a few rewards through anything that people and the clock may do, in any order, and holds what it
// sees against the rules.
type history struct {
	scene
	rewards  []string
	people   []*apptest.Client
	scanners []*apptest.Client
	ids      []string
	codes    map[string]string
	owners   map[string]*apptest.Client
	seen     map[string]string
}

func (h *history) look(t *rapid.T, answer *apptest.Answer) *apptest.Answer {
	if answer.Status >= 500 {
		t.Fatalf("%s", answer)
	}
	return answer
}

func (h *history) redemption(t *rapid.T) string {
	if len(h.ids) == 0 {
		t.Skip("nothing redeemed yet")
	}
	return rapid.SampledFrom(h.ids).Draw(t, "redemption")
}

// check looks at every redemption as its person sees it, and at the database. What has ended stays as it is.
func (h *history) check(t *rapid.T) {
	for _, id := range h.ids {
		is, was := h.owners[id].Get("/redemptions/"+id).Get("state").String(), h.seen[id]
		if is != was && was != "redeemed" {
			t.Fatalf("redemption %s went from %q to %q", id, was, is)
		}
		h.seen[id] = is
	}
	if wrong := h.unsound(h.rewards...); len(wrong) > 0 {
		t.Fatal(wrong)
	}
}

func TestAnythingInAnyOrder(t *testing.T) {
	s := newScene(t)
	start, round := s.Clock.Now(), 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		s.Clock.Set(start)
		h := &history{scene: s, codes: map[string]string{}, owners: map[string]*apptest.Client{}, seen: map[string]string{},
			people:   []*apptest.Client{s.resident, s.secretary, s.merchant, s.elder(fmt.Sprintf("样例老人%d", round))},
			scanners: []*apptest.Client{s.merchant, s.secretary, s.secretary2, s.assignee, s.leader, s.resident}}
		for _, person := range h.people {
			s.earn(rapid.Int64Range(1, 40).Draw(t, "points"), person)
		}
		for range 2 {
			h.rewards = append(h.rewards, s.reward(fields{"stock": rapid.IntRange(1, 4).Draw(t, "stock"),
				"price": rapid.IntRange(1, 15).Draw(t, "price"), "per_person_limit": rapid.IntRange(1, 3).Draw(t, "limit")}))
		}
		t.Repeat(map[string]func(*rapid.T){
			"redeem": func(t *rapid.T) {
				by, id := rapid.SampledFrom(h.people).Draw(t, "person"), rapid.SampledFrom(h.rewards).Draw(t, "reward")
				answer := h.look(t, by.Post("/rewards/"+id+"/redemptions", nil))
				if answer.Status == created {
					made := answer.Get("id").String()
					h.ids = append(h.ids, made)
					h.codes[made], h.owners[made], h.seen[made] = answer.Get("code").String(), by, "redeemed"
				}
			},
			"fulfil": func(t *rapid.T) {
				id := h.redemption(t)
				h.look(t, s.fulfil(rapid.SampledFrom(h.scanners).Draw(t, "scanner"), h.codes[id]))
			},
			"cancel": func(t *rapid.T) {
				id := h.redemption(t)
				by := rapid.SampledFrom(append(slices.Clone(h.people), h.owners[id], s.secretary2)).Draw(t, "by")
				h.look(t, by.Delete("/redemptions/"+id))
			},
			"time": func(t *rapid.T) {
				s.Clock.Advance(time.Duration(rapid.IntRange(1, 100).Draw(t, "hours")) * time.Hour)
				if err := s.App.Rewards.Tick(s.Context()); err != nil {
					t.Fatal(err)
				}
			},
			"change": func(t *rapid.T) {
				id := rapid.SampledFrom(h.rewards).Draw(t, "reward")
				h.look(t, s.secretary.Patch("/rewards/"+id, fields{"stock": rapid.IntRange(1, 5).Draw(t, "stock")}))
			},
			"close": func(t *rapid.T) {
				if rapid.IntRange(0, 5).Draw(t, "now and then") == 0 {
					h.look(t, s.secretary2.Post("/rewards/"+rapid.SampledFrom(h.rewards).Draw(t, "reward")+"/close", nil))
				}
			},
			"": h.check,
		})
	})
}

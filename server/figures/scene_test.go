package figures_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/points"
	"fivestar/server/region"
)

type fields = map[string]any

// scene is a running server and the people that these tests are about.
type scene struct {
	*apptest.Harness
	secretary, second, leader, street, assignee, resident, neighbour *apptest.Client

	made int
}

func newScene(t testing.TB, options ...apptest.Option) *scene {
	t.Helper()
	h := apptest.Start(t, options...)
	return &scene{Harness: h, secretary: h.Login("secretary"), second: h.Login("secretary2"), leader: h.Login("leader"), street: h.Login("street"),
		assignee: h.Login("assignee"), resident: h.Login("resident"), neighbour: h.Resident("neighbour")}
}

func (s *scene) next(kind string) string {
	s.made++
	return fmt.Sprintf("%s%d", kind, s.made)
}

func create(by *apptest.Client, path string, body any) string {
	return by.Post(path, body).Want(http.StatusCreated).Get("id").String()
}

// task makes a published task of ten points.
func (s *scene) task(star region.Star) string {
	s.Helper()
	until := s.Clock.Now().Add(24 * time.Hour)
	id := create(s.secretary, "/tasks", fields{"region_id": s.World.Community.ID, "star": star, "title": s.next("扫楼道"), "points": 10,
		"capacity": 5, "claim_until": until, "due_at": until.Add(time.Hour)})
	s.secretary.Post("/tasks/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

// approve takes a task to its end.
func (s *scene) approve(by *apptest.Client, task string) {
	s.Helper()
	claim := create(by, "/tasks/"+task+"/claims", nil)
	by.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).Want(http.StatusOK)
	s.secretary.Post("/claims/"+claim+"/review", fields{"verdict": "approve"}).Want(http.StatusOK)
}

// activity makes an activity of the last hours, published and not closed.
func (s *scene) activity(minutes int) string {
	s.Helper()
	ends := s.Clock.Now()
	id := create(s.secretary, "/activities", fields{"team_id": s.World.TeamID, "title": s.next("清扫院子"), "star": region.Harmony,
		"place": fields{"name": "南门"}, "starts_at": ends.Add(-time.Duration(minutes) * time.Minute), "ends_at": ends,
		"capacity": 9, "walk_in": true, "points_per_hour": 6})
	s.secretary.Post("/activities/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

// hold takes an activity to its end with some people who were there for all of it.
func (s *scene) hold(id string, minutes int, people ...*apptest.Client) {
	s.Helper()
	for _, person := range people {
		s.leader.Post("/activities/"+id+"/attendance", fields{"person_id": person.PersonID, "minutes": minutes, "reason": "纸上签到"}).Want(http.StatusCreated)
	}
	s.leader.Post("/activities/"+id+"/close", nil).Want(http.StatusOK)
	s.second.Post("/activities/"+id+"/confirm", nil).Want(http.StatusOK)
	s.Tick()
}

func (s *scene) raise(category string) string {
	s.Helper()
	id := create(s.resident, "/tickets", fields{"region_id": s.World.Community.ID, "category": category, "text": "三楼到四楼的灯不亮"})
	s.Tick()
	return id
}

func (s *scene) dispatch(id string, hours int) {
	s.Helper()
	due := s.Clock.Now().Add(time.Duration(hours) * time.Hour)
	s.do(s.secretary, id, "dispatch", fields{"organisation_id": s.World.OrganisationID, "due_at": due})
}

func (s *scene) do(by *apptest.Client, ticket, act string, body any) {
	s.Helper()
	by.Post("/tickets/"+ticket+"/"+act, body).Want(http.StatusOK)
}

// complete takes a new ticket to where it is reviewed.
func (s *scene) complete(id string) {
	s.Helper()
	s.dispatch(id, 48)
	s.do(s.assignee, id, "accept", nil)
	s.do(s.assignee, id, "complete", fields{"text": "换了灯泡"})
}

func (s *scene) review(by *apptest.Client, id string, score int) *apptest.Answer {
	s.Helper()
	outcome := "solved"
	if score < 3 {
		outcome = "unsolved"
	}
	return by.Put("/tickets/"+id+"/review", fields{"score": score, "outcome": outcome})
}

// redeem spends points as the room of rewards does.
func (s *scene) redeem(by *apptest.Client, amount int64) (entryID string) {
	s.Helper()
	entry, err := s.App.Points.Debit(context.Background(), points.Posting{PersonID: by.PersonID, CommunityID: s.World.Community.ID,
		Amount: amount, Kind: points.KindRedemption, SourceID: s.next("redemption"), Memo: "兑换毛巾", Hands: []string{by.PersonID}})
	if err != nil {
		s.Fatal(err)
	}
	return entry.ID
}

func (s *scene) giveBack(entryID string) {
	s.Helper()
	if _, err := s.App.Points.Reverse(context.Background(), entryID, "取消兑换", nil); err != nil {
		s.Fatal(err)
	}
}

func (s *scene) bulletin(by *apptest.Client, regionID, period string) *apptest.Answer {
	s.Helper()
	return by.Get("/regions/" + regionID + "/bulletin?period=" + period).Want(http.StatusOK)
}

// told is one figure of a bulletin.
type told struct {
	Key, Name, How string
	Value          int64
	Of             *struct {
		Key   string
		Value int64
	}
	LeftOut []struct {
		Key   string
		Value int64
	} `json:"left_out"`
	Parts []struct {
		Key, Name string
		Value     int64
	}
}

// figures are those of a bulletin by key, with those left out of others.
func figuresOf(answer *apptest.Answer) map[string]told {
	var read struct {
		Sections []struct{ Figures []told }
	}
	answer.Into(&read)
	all := map[string]told{}
	for _, section := range read.Sections {
		for _, figure := range section.Figures {
			all[figure.Key] = figure
			for _, left := range figure.LeftOut {
				if _, known := all[left.Key]; !known {
					all[left.Key] = told{Key: left.Key, Value: left.Value}
				}
			}
		}
	}
	return all
}

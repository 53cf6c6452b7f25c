package team_test

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
	"testing"
	"time"

	"fivestar/server/app/apptest"
)

// site is a server with what the tests of this room keep asking it.
type site struct {
	*apptest.Harness
	secretary, secretary2, leader, resident *apptest.Client
}

func start(t testing.TB) *site {
	h := apptest.Start(t)
	return &site{h, h.Login("secretary"), h.Login("secretary2"), h.Login("leader"), h.Login("resident")}
}

// body is what an activity of the world's team is made from: in an hour, two hours long.
func (s *site) body(change map[string]any) map[string]any {
	body := map[string]any{
		"team_id": s.World.TeamID, "title": "清扫院子", "star": "harmony", "place": map[string]any{"name": "南门"},
		"starts_at": s.Clock.Now().Add(time.Hour), "ends_at": s.Clock.Now().Add(3 * time.Hour),
		"capacity": 5, "walk_in": true, "points_per_hour": 20,
	}
	maps.Copy(body, change)
	return body
}

// setting changes some of the community's settings.
func (s *site) setting(changes map[string]any) {
	s.Helper()
	path := "/regions/" + s.World.Community.ID + "/settings"
	var settings map[string]any
	s.secretary.Get(path).Want(http.StatusOK).Into(&settings)
	maps.Copy(settings, changes)
	settings["reason"] = "测试需要"
	s.secretary.Put(path, settings).Want(http.StatusOK)
}

// draft makes a draft by the secretary, whose titles nobody checks.
func (s *site) draft(change map[string]any) string {
	s.Helper()
	return s.secretary.Post("/activities", s.body(change)).Want(http.StatusCreated).Get("id").String()
}

// open makes a published activity.
func (s *site) open(change map[string]any) string {
	s.Helper()
	id := s.draft(change)
	s.secretary.Post("/activities/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

// running makes a published activity that begins now.
func (s *site) running(change map[string]any) string {
	s.Helper()
	now := map[string]any{"starts_at": s.Clock.Now(), "ends_at": s.Clock.Now().Add(2 * time.Hour)}
	maps.Copy(now, change)
	return s.open(now)
}

// code is what the leader's phone shows.
func (s *site) code(id string) string {
	s.Helper()
	return s.leader.Get("/activities/" + id + "/checkin-code").Want(http.StatusOK).Get("text").String()
}

func (s *site) checkIn(who *apptest.Client, id string) *apptest.Answer {
	s.Helper()
	return who.Post("/activities/"+id+"/checkins", map[string]any{"code": s.code(id)})
}

func (s *site) checkOut(who *apptest.Client, id string) *apptest.Answer {
	s.Helper()
	return who.Post("/activities/"+id+"/checkouts", map[string]any{"code": s.code(id)})
}

// residents are n people with a home in the community.
func (s *site) residents(n int) []*apptest.Client {
	s.Helper()
	people := make([]*apptest.Client, n)
	for i := range people {
		people[i] = s.Resident(fmt.Sprintf("person%d", i))
	}
	return people
}

// atOnce runs every call in a goroutine of its own, all let go at the same moment.
func atOnce(n int, call func(i int) *apptest.Answer) []*apptest.Answer {
	answers := make([]*apptest.Answer, n)
	var ready, done sync.WaitGroup
	ready.Add(1)
	for i := range n {
		done.Go(func() {
			ready.Wait()
			answers[i] = call(i)
		})
	}
	ready.Done()
	done.Wait()
	return answers
}

func count(answers []*apptest.Answer, status int, code string) int {
	n := 0
	for _, answer := range answers {
		if answer.Status == status && (code == "" || answer.Get("code").String() == code) {
			n++
		}
	}
	return n
}

// scan is one scan of a card or code now.
func (s *site) scan(id, token, kind string) map[string]any {
	return map[string]any{"scan_id": id, "token": token, "kind": kind, "at": s.Clock.Now().Format(time.RFC3339Nano)}
}

func (s *site) upload(id string, scans ...map[string]any) *apptest.Answer {
	s.Helper()
	return s.leader.Post("/activities/"+id+"/scans", map[string]any{"scans": scans})
}

// earned are a person's points and service minutes.
func earned(who *apptest.Client) (points, minutes int64) {
	answer := who.Get("/me/points").Want(http.StatusOK)
	return answer.Get("balance").Int(), answer.Get("service_minutes").Int()
}

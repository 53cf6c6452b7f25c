package task_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/region"
)

// scene is a running server and the people that these tests are about.
type scene struct {
	*apptest.Harness
	secretary, secretary2, leader, grid, street, outsider, resident *apptest.Client
}

func newScene(t testing.TB) scene {
	t.Helper()
	h := apptest.Start(t)
	s := scene{
		Harness: h, secretary: h.Login("secretary"), secretary2: h.Login("secretary2"), leader: h.Login("leader"),
		grid: h.Login("grid"), street: h.Login("street"), outsider: h.Login("outsider"), resident: h.Login("resident"),
	}
	t.Cleanup(func() {
		if !t.Failed() {
			s.requireSound()
		}
	})
	return s
}

type fields = map[string]any

// newTask is a good body for POST /tasks, with changes.
func (s scene) newTask(changes fields) fields {
	body := fields{
		"region_id": s.World.Community.ID, "star": region.LivableEcology, "title": "扫一扫楼道", "description": "从一楼扫到六楼",
		"place": "样板院3号楼", "points": 10, "capacity": 3,
		"claim_until": s.Clock.Now().Add(48 * time.Hour), "due_at": s.Clock.Now().Add(72 * time.Hour),
		"repeat": "once", "evidence": fields{}, "verify": "review",
	}
	maps.Copy(body, changes)
	return body
}

// draft makes a task; published publishes it, too. Both give its id.
func (s scene) draft(changes fields) string {
	s.Helper()
	return s.secretary.Post("/tasks", s.newTask(changes)).Want(http.StatusCreated).Get("id").String()
}

func (s scene) published(changes fields) string {
	s.Helper()
	id := s.draft(changes)
	s.secretary.Post("/tasks/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

func (s scene) station(name string) string {
	s.Helper()
	body := fields{"region_id": s.World.Community.ID, "name": name, "place": "样板理发店进门左手边"}
	return s.secretary.Post("/stations", body).Want(http.StatusCreated).Get("id").String()
}

// take takes a task and gives the claim's id; handIn hands in, too.
func (s scene) take(by *apptest.Client, taskID string) string {
	s.Helper()
	return by.Post("/tasks/"+taskID+"/claims", nil).Want(http.StatusCreated).Get("id").String()
}

func (s scene) handIn(by *apptest.Client, taskID string) string {
	s.Helper()
	id := s.take(by, taskID)
	by.Put("/claims/"+id+"/submission", fields{"text": "扫完了"}).Want(http.StatusOK)
	return id
}

func (s scene) review(by *apptest.Client, claimID, verdict, reason string) *apptest.Answer {
	s.Helper()
	return by.Post("/claims/"+claimID+"/review", fields{"verdict": verdict, "reason": reason})
}

func (s scene) state(claimID string) string {
	s.Helper()
	return s.secretary.Get("/claims/" + claimID).Want(http.StatusOK).Get("state").String()
}

func (s scene) placesLeft(taskID string) int64 {
	s.Helper()
	return s.secretary.Get("/tasks/" + taskID).Want(http.StatusOK).Get("places_left").Int()
}

func (s scene) setting(changes fields) {
	s.Helper()
	path := "/regions/" + s.World.Community.ID + "/settings"
	var settings fields
	s.secretary.Get(path).Want(http.StatusOK).Into(&settings)
	maps.Copy(settings, changes)
	settings["reason"] = "测试需要"
	s.secretary.Put(path, settings).Want(http.StatusOK)
}

// photo uploads a small picture and gives its id.
func (s scene) photo(by *apptest.Client) string {
	s.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 32, 32)), nil); err != nil {
		s.Fatal(err)
	}
	return by.Upload("/files", "photo.jpg", file.Bytes()).Want(http.StatusCreated).Get("id").String()
}

// residents are n people with a home in the community.
func (s scene) residents(n int) []*apptest.Client {
	s.Helper()
	people := make([]*apptest.Client, n)
	for i := range people {
		people[i] = s.Resident(fmt.Sprintf("neighbour%d", i))
	}
	return people
}

// rows reads from the database as it stands, past all rules.
func (s scene) rows(query string, scan func(read func(into ...any))) {
	s.Helper()
	ctx := context.Background()
	rows, err := s.App.DB.Querier(ctx).QueryContext(ctx, query)
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		scan(func(into ...any) {
			if err := rows.Scan(into...); err != nil {
				s.Fatal(err)
			}
		})
	}
	if err := rows.Err(); err != nil {
		s.Fatal(err)
	}
}

// requireSound ends the test unless what always holds, holds: as many places are taken as claims hold, and
// no more than there are; points are posted for approved claims, once, in full; and whoever confirmed them
// is none of those through whose hands the work went.
func (s scene) requireSound() {
	s.Helper()
	for _, wrong := range s.unsound() {
		s.Error(wrong)
	}
}

func (s scene) unsound() (wrong []string) {
	s.Helper()
	s.rows(`SELECT task.id, task.capacity, task.places_taken, (SELECT COUNT(*) FROM claim WHERE claim.task_id = task.id
		AND claim.state IN ('claimed', 'submitted', 'returned', 'approved', 'rejected')) FROM task`, func(read func(...any)) {
		var id string
		var capacity, taken, held int64
		read(&id, &capacity, &taken, &held)
		if taken != held || taken > capacity {
			wrong = append(wrong, fmt.Sprintf("task %s: %d places taken of %d, %d claims hold one", id, taken, capacity, held))
		}
	})
	s.rows(`SELECT claim.id, claim.state, claim.person_id, task.points, (SELECT COUNT(*) FROM points_entry WHERE kind = 'claim' AND source_id = claim.id),
		(SELECT COALESCE(SUM(amount), 0) FROM points_entry WHERE kind = 'claim' AND source_id = claim.id AND person_id = claim.person_id)
		FROM claim JOIN task ON task.id = claim.task_id`, func(read func(...any)) {
		var id, state, person string
		var points, postings, posted int64
		read(&id, &state, &person, &points, &postings, &posted)
		isPosted := postings == 1 && posted == points
		if state == "approved" && !isPosted || state != "approved" && postings != 0 {
			wrong = append(wrong, fmt.Sprintf("claim %s is %s: %d postings of %d points in all, worth %d", id, state, postings, posted, points))
		}
	})
	return append(wrong, s.selfWitnessed()...)
}

// selfWitnessed looks at the ledger's own list of hands, and at the claim's timeline.
func (s scene) selfWitnessed() (wrong []string) {
	s.Helper()
	handsOf := map[string][]string{}
	s.rows(`SELECT claim_id, person_id, helper_id FROM claim_event WHERE act IN ('claimed', 'drawn', 'submitted', 'appealed')`, func(read func(...any)) {
		var claim, person, helper string
		read(&claim, &person, &helper)
		handsOf[claim] = append(handsOf[claim], person, helper)
	})
	s.rows(`SELECT source_id, witness_id, hands FROM points_entry WHERE kind = 'claim'`, func(read func(...any)) {
		var claim, witness, text string
		read(&claim, &witness, &text)
		var hands []string
		if err := json.Unmarshal([]byte(text), &hands); err != nil {
			s.Fatal(err)
		}
		if witness == "" || slices.Contains(hands, witness) || slices.Contains(handsOf[claim], witness) {
			wrong = append(wrong, fmt.Sprintf("claim %s: witness %q is among the hands %v or %v", claim, witness, hands, handsOf[claim]))
		}
	})
	return wrong
}

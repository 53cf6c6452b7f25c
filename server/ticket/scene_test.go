package ticket_test

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
	"strings"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/region"
	"fivestar/server/web"
)

// scene is a running server and the people that these tests are about.
type scene struct {
	*apptest.Harness
	secretary, street, outsider, grid, assignee, merchant, resident, neighbour *apptest.Client
}

func newScene(t testing.TB) scene {
	t.Helper()
	h := apptest.Start(t)
	s := scene{
		Harness: h, secretary: h.Login("secretary"), street: h.Login("street"), outsider: h.Login("outsider"),
		grid: h.Login("grid"), assignee: h.Login("assignee"), merchant: h.Login("merchant"), resident: h.Login("resident"),
		neighbour: h.Resident("neighbour"),
	}
	t.Cleanup(func() {
		if t.Failed() {
			return
		}
		for _, wrong := range s.unsound() {
			t.Error(wrong)
		}
	})
	return s
}

type fields = map[string]any

// newTicket is a good body for POST /tickets, with changes.
func (s scene) newTicket(changes fields) fields {
	body := fields{"region_id": s.World.Community.ID, "category": "facilities", "text": "三楼到四楼的灯不亮", "place": "样板院2号楼", "show_name": true}
	maps.Copy(body, changes)
	return body
}

// raise gives the id of a ticket that neighbours see.
func (s scene) raise(by *apptest.Client, changes fields) string {
	s.Helper()
	id := by.Post("/tickets", s.newTicket(changes)).Want(http.StatusCreated).Get("id").String()
	s.Tick()
	return id
}

func (s scene) in(hours int) time.Time { return s.Clock.Now().Add(time.Duration(hours) * time.Hour) }

// do calls POST /tickets/{id}/{act}.
func (s scene) do(by *apptest.Client, id, act string, body any) *apptest.Answer {
	s.Helper()
	return by.Post("/tickets/"+id+"/"+act, body)
}

// toOrganisation is a good dispatch to the assignee's organisation.
func (s scene) toOrganisation() fields {
	return fields{"organisation_id": s.World.OrganisationID, "due_at": s.in(48), "note": "楼里老人多，请先修"}
}

// dispatched, accepted, completed and closed bring a new ticket of the resident's so far.
func (s scene) dispatched() string {
	s.Helper()
	id := s.raise(s.resident, nil)
	s.do(s.secretary, id, "dispatch", s.toOrganisation()).Want(http.StatusOK)
	return id
}

func (s scene) accepted() string {
	s.Helper()
	id := s.dispatched()
	s.do(s.assignee, id, "accept", nil).Want(http.StatusOK)
	return id
}

func (s scene) completed() string {
	s.Helper()
	id := s.accepted()
	s.do(s.assignee, id, "complete", fields{"text": "换了灯泡"}).Want(http.StatusOK)
	return id
}

func (s scene) closed() string {
	s.Helper()
	id := s.completed()
	s.review(s.resident, id, 5, "solved").Want(http.StatusOK)
	return id
}

func (s scene) review(by *apptest.Client, id string, score int, outcome string) *apptest.Answer {
	s.Helper()
	return by.Put("/tickets/"+id+"/review", fields{"score": score, "outcome": outcome, "text": "这是评语"})
}

func (s scene) vote(by *apptest.Client, id string) *apptest.Answer {
	s.Helper()
	return by.Put("/tickets/"+id+"/vote", nil)
}

// wantMay checks who of everybody is told that they may do something to a ticket.
func (s scene) wantMay(field, id string, allowed ...*apptest.Client) {
	s.Helper()
	everybody := append([]*apptest.Client{s.secretary, s.grid, s.assignee, s.merchant, s.resident, s.neighbour}, allowed...)
	for _, who := range everybody {
		told := who.Get("/tickets/" + id).Get(field).Bool()
		if told != slices.Contains(allowed, who) {
			s.Errorf("%s is told %s: %t", who.PersonID, field, told)
		}
	}
}

// see gives a ticket as somebody sees it.
func (s scene) see(by *apptest.Client, id string) *apptest.Answer {
	s.Helper()
	return by.Get("/tickets/" + id).Want(http.StatusOK)
}

func (s scene) wantStage(id, stage string) {
	s.Helper()
	if got := s.see(s.secretary, id).Get("stage").String(); got != stage {
		s.Fatalf("the ticket is %s, want %s", got, stage)
	}
}

// acts are the timeline's acts in order.
func acts(answer *apptest.Answer) []string {
	var all []string
	for _, event := range answer.Get("timeline").Array() {
		all = append(all, event.Get("act").String())
	}
	return all
}

func (s scene) wantActs(id string, want ...string) {
	s.Helper()
	if got := acts(s.see(s.secretary, id)); !slices.Equal(got, want) {
		s.Fatalf("the timeline is %v, want %v", got, want)
	}
}

// ids are those of a list's items.
func ids(answer *apptest.Answer) []string {
	all := []string{}
	for _, item := range answer.Get("items").Array() {
		all = append(all, item.Get("id").String())
	}
	return all
}

func (s scene) list(by *apptest.Client, query string) []string {
	s.Helper()
	return ids(by.Get("/tickets?region_id=" + s.World.Community.ID + "&" + query).Want(http.StatusOK))
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

func (s scene) grant(to *apptest.Client, role web.Role, place fields) {
	s.Helper()
	body := fields{"person_id": to.PersonID, "role": role}
	maps.Copy(body, place)
	s.Login("admin").Post("/role-grants", body).Want(http.StatusCreated)
}

func (s scene) organisation(at region.Region, name string) string {
	s.Helper()
	body := fields{"region_id": at.ID, "name": name, "kind": "social"}
	return s.Login("admin").Post("/organisations", body).Want(http.StatusCreated).Get("id").String()
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

func (s scene) residents(n int) []*apptest.Client {
	s.Helper()
	people := make([]*apptest.Client, n)
	for i := range people {
		people[i] = s.Resident(fmt.Sprintf("neighbour%d", i))
	}
	return people
}

// points are what a person was given for tickets.
func (s scene) points(personID string) (sum int64) {
	s.Helper()
	s.rows("SELECT amount FROM points_entry WHERE kind = 'ticket' AND person_id = '"+personID+"'", func(read func(...any)) {
		var amount int64
		read(&amount)
		sum += amount
	})
	return sum
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

// unsound tells what is not as it must always be: of these tickets, or of all.
func (s scene) unsound(tickets ...string) []string {
	s.Helper()
	among := " LIKE '%'"
	if len(tickets) > 0 {
		among = " IN ('" + strings.Join(tickets, "','") + "')"
	}
	return slices.Concat(s.unsoundTickets(among), s.unsoundPoints(among))
}

func (s scene) unsoundTickets(among string) (wrong []string) {
	s.Helper()
	s.rows(`SELECT t.id, t.stage, t.closed_as, t.votes, t.rework, t.merged_into,
		(SELECT COUNT(*) FROM ticket_vote v WHERE v.ticket_id = t.id),
		(SELECT COUNT(*) FROM ticket_vote v WHERE v.ticket_id = t.id AND v.person_id = t.raiser_id),
		(SELECT COUNT(*) FROM ticket_review r WHERE r.ticket_id = t.id AND r.round = t.round AND r.decides = TRUE),
		(SELECT COUNT(*) FROM ticket_event e WHERE e.ticket_id = t.id AND e.round = t.round AND e.act = 'unrated'),
		(SELECT COUNT(*) FROM ticket_acceptance a WHERE a.ticket_id = t.id AND a.round = t.round),
		(SELECT COUNT(*) FROM ticket i WHERE i.id = t.merged_into AND i.stage <> 'merged' AND i.region_id = t.region_id)
		FROM ticket t WHERE t.id`+among, func(read func(...any)) {
		var id, stage, closedAs, mergedInto string
		var votes, rework, voteRows, ownVotes, decisions, silences, acceptances, targets int64
		read(&id, &stage, &closedAs, &votes, &rework, &mergedInto, &voteRows, &ownVotes, &decisions, &silences, &acceptances, &targets)
		must := func(ok bool, sentence string) {
			if !ok {
				wrong = append(wrong, fmt.Sprintf("ticket %s, %s: %s", id, stage, sentence))
			}
		}
		must(votes == voteRows, fmt.Sprintf("%d votes are counted, %d are there", votes, voteRows))
		must(ownVotes == 0, "its raiser backs it")
		must(rework <= 2, fmt.Sprintf("reworked %d times", rework))
		must((stage == "closed") == (closedAs != ""), "closed and how it was closed do not agree")
		if stage == "closed" {
			byReview := decisions == 1 && silences == 0
			bySilence := decisions == 0 && silences == 1
			must(closedAs == "unrated" && bySilence || closedAs == "reviewed" && byReview || closedAs == "unsolved" && byReview && rework == 2,
				fmt.Sprintf("closed as %s with %d deciding reviews and %d silences", closedAs, decisions, silences))
		}
		must((stage == "merged") == (mergedInto != ""), "merged and what it was merged into do not agree")
		must(stage != "merged" || targets == 1, "merged into one that is merged itself, or not there")
		must(stage != "merged" || votes == 0, "votes stayed behind")
		working := stage == "accepted" || stage == "completed" || stage == "closed"
		must(!working || acceptances == 1, "at work, and nobody accepted it")
	})
	return wrong
}

func (s scene) unsoundPoints(among string) (wrong []string) {
	s.Helper()
	handsOf := map[string][]string{}
	s.rows(`SELECT ticket_id, act, person_id, helper_id FROM ticket_event WHERE ticket_id`+among, func(read func(...any)) {
		var id, act, person, helper string
		read(&id, &act, &person, &helper)
		if act == "raise" {
			handsOf[id+":raise"] = append(handsOf[id+":raise"], person, helper)
		}
		if act == "accept" || act == "progress" || act == "complete" {
			handsOf[id+":work"] = append(handsOf[id+":work"], person, helper)
		}
	})
	s.rows(`SELECT source_id, person_id, witness_id, hands FROM points_entry WHERE kind = 'ticket' AND SUBSTR(source_id, 1, 26)`+among, func(read func(...any)) {
		var source, person, witness, text string
		read(&source, &person, &witness, &text)
		var hands []string
		if err := json.Unmarshal([]byte(text), &hands); err != nil {
			s.Fatal(err)
		}
		known := handsOf[source]
		if len(known) == 0 || !slices.Contains(known, person) {
			wrong = append(wrong, fmt.Sprintf("points for %s went to %s, who is not of %v", source, person, known))
		}
		if witness == "" || witness == person || slices.Contains(hands, witness) {
			wrong = append(wrong, fmt.Sprintf("points for %s: witness %q, hands %v", source, witness, hands))
		}
	})
	s.rows(`SELECT t.id, t.closed_as, t.score,
		(SELECT COUNT(*) FROM ticket_event e WHERE e.ticket_id = t.id AND e.act = 'complete'),
		(SELECT COUNT(*) FROM points_entry p WHERE p.kind = 'ticket' AND p.source_id LIKE '%:raise' AND SUBSTR(p.source_id, 1, 26) = t.id),
		(SELECT COUNT(*) FROM points_entry p WHERE p.kind = 'ticket' AND p.source_id LIKE '%:work' AND SUBSTR(p.source_id, 1, 26) = t.id)
		FROM ticket t WHERE t.id`+among, func(read func(...any)) {
		var id, closedAs string
		var score, completions, raises, works int64
		read(&id, &closedAs, &score, &completions, &raises, &works)
		if raises > 1 || raises == 1 && completions == 0 {
			wrong = append(wrong, fmt.Sprintf("ticket %s: %d postings for raising it, completed %d times", id, raises, completions))
		}
		praised := closedAs == "reviewed" && score >= 4
		if works > 1 || works == 1 && !praised {
			wrong = append(wrong, fmt.Sprintf("ticket %s: %d postings for the work, closed as %q with %d", id, works, closedAs, score))
		}
	})
	return wrong
}

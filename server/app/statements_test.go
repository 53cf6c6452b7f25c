package app_test

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/region"
)

// mostUsed are the calls that most requests are, each with how many statements it may send to the database, with
// those that tell who calls and those that keep the answer to an Idempotency-Key.
var mostUsed = []struct {
	method, route string
	most          int
	call          func(c crowd) *apptest.Answer
}{
	{http.MethodGet, "/me/home", 6, func(c crowd) *apptest.Answer { return c.resident.Get("/me/home") }},
	{http.MethodGet, "/me/notices", 2, func(c crowd) *apptest.Answer { return c.resident.Get("/me/notices?limit=100") }},
	{http.MethodGet, "/tasks", 4, func(c crowd) *apptest.Answer { return c.resident.Get("/tasks?limit=100") }},
	{http.MethodPost, "/tasks/:id/claims", 12, func(c crowd) *apptest.Answer { return c.once(c.resident).Post("/tasks/"+c.task+"/claims", nil) }},
	{http.MethodPut, "/claims/:id/submission", 18, func(c crowd) *apptest.Answer {
		return c.resident.Put("/claims/"+c.claim+"/submission", fields{"text": "扫完了", "photo_ids": []string{c.photo(c.resident)}})
	}},
	{http.MethodPost, "/activities/:id/checkins", 12, func(c crowd) *apptest.Answer {
		text := c.Login("leader").Get("/activities/" + c.activity + "/checkin-code").Want(http.StatusOK).Get("text").String()
		return c.once(c.resident).Post("/activities/"+c.activity+"/checkins", fields{"code": text})
	}},
	{http.MethodGet, "/tickets", 5, func(c crowd) *apptest.Answer {
		return c.resident.Get("/tickets?limit=100&sort=votes&region_id=" + c.World.Community.ID)
	}},
	{http.MethodGet, "/tickets/:id", 9, func(c crowd) *apptest.Answer { return c.resident.Get("/tickets/" + c.ticket) }},
	{http.MethodPut, "/tickets/:id/vote", 8, func(c crowd) *apptest.Answer { return c.resident.Put("/tickets/"+c.ticket+"/vote", nil) }},
	{http.MethodGet, "/rewards", 7, func(c crowd) *apptest.Answer { return c.resident.Get("/rewards?limit=100") }},
	{http.MethodPost, "/rewards/:id/redemptions", 12, func(c crowd) *apptest.Answer {
		return c.once(c.resident).Post("/rewards/"+c.reward+"/redemptions", nil)
	}},
	{http.MethodGet, "/me/redemptions", 5, func(c crowd) *apptest.Answer { return c.resident.Get("/me/redemptions?limit=100") }},
	{http.MethodGet, "/me/points", 3, func(c crowd) *apptest.Answer { return c.resident.Get("/me/points") }},
	{http.MethodGet, "/regions/:id/points", 8, func(c crowd) *apptest.Answer {
		return c.Login("secretary").Get("/regions/" + c.World.Community.ID + "/points?limit=100")
	}},
}

// forgotten is how many statements more a call may send because what is remembered for a moment only, a
// session or settings, had to be read again.
const forgotten = 2

func TestStatementsOfTheMostUsedCalls(t *testing.T) {
	few, many := newCrowd(t, 1), newCrowd(t, 21)
	for _, used := range mostUsed {
		count := func(c crowd) int {
			c.warm()
			return c.Statements(used.method, used.route, func() {
				if answer := used.call(c); answer.Status/100 != 2 {
					t.Errorf("%s", answer)
				}
			})
		}
		withFew, withMany := count(few), count(many)
		t.Logf("%s %s: %d", used.method, used.route, withFew)
		if withFew > used.most || withFew == 0 {
			t.Errorf("%s %s: %d statements, %d are allowed", used.method, used.route, withFew, used.most)
		}
		if withMany > withFew+forgotten {
			t.Errorf("%s %s: %d statements with one row in each list, %d with %d", used.method, used.route, withFew, withMany, many.size)
		}
	}
}

// crowd is a server with a resident who finds size rows in every list.
type crowd struct {
	*apptest.Harness
	size                                  int
	resident                              *apptest.Client
	task, claim, activity, ticket, reward string // which the calls are made on
}

func newCrowd(t *testing.T, size int) crowd {
	t.Helper()
	h := apptest.Start(t)
	c := crowd{Harness: h, size: size, resident: h.Login("resident")}
	c.letHoldMany()
	for i := range size {
		neighbour := h.Resident(fmt.Sprintf("neighbour%d", i))
		c.task, c.claim = c.newTask(i), c.newTask(i)
		c.claim = c.resident.Post("/tasks/"+c.claim+"/claims", nil).Want(http.StatusCreated).Get("id").String()
		c.earn(neighbour, c.newTask(i))
		c.earn(c.resident, c.newTask(i))
		c.reward = c.newReward(i)
		c.resident.Post("/rewards/"+c.reward+"/redemptions", nil).Want(http.StatusCreated)
		c.activity = c.newActivity(i)
		c.resident.Post("/activities/"+c.activity+"/signups", nil).Want(http.StatusCreated)
		ticket := fields{"region_id": h.World.Community.ID, "category": "facilities", "text": "样例心愿：楼道的灯不亮",
			"show_name": true, "photo_ids": []string{c.photo(neighbour)}}
		c.ticket = neighbour.Post("/tickets", ticket).Want(http.StatusCreated).Get("id").String()
	}
	h.Tick()
	c.tellMuchOf(c.ticket)
	for _, person := range []string{"resident", "secretary"} {
		c.beginAgain(person)
	}
	return c
}

// beginAgain gives a person a session that nothing has been changed in: the cache does without others for a while.
func (c crowd) beginAgain(person string) {
	c.Helper()
	session := c.Anonymous().Post("/sessions", fields{"code": "sim:" + person}).Want(http.StatusCreated)
	c.Login(person).Token = session.Get("token").String()
}

// warm brings what is remembered of people into the cache, where it is after a person's first call.
func (c crowd) warm() {
	c.Helper()
	c.resident.Get("/me").Want(http.StatusOK)
	c.Login("secretary").Get("/me").Want(http.StatusOK)
}

// letHoldMany turns up how many claims a person may hold.
func (c crowd) letHoldMany() {
	c.Helper()
	path := "/regions/" + c.World.Community.ID + "/settings"
	var settings fields
	c.Login("secretary").Get(path).Want(http.StatusOK).Into(&settings)
	settings["open_claims"], settings["reason"] = 100, "测试需要"
	c.Login("secretary").Put(path, settings).Want(http.StatusOK)
}

func (c crowd) newTask(i int) string {
	c.Helper()
	secretary := c.Login("secretary")
	body := fields{"region_id": c.World.Community.ID, "star": region.LivableEcology, "title": fmt.Sprintf("扫一扫楼道%d", i),
		"points": 10, "capacity": 3, "claim_until": c.Clock.Now().Add(48 * time.Hour), "due_at": c.Clock.Now().Add(72 * time.Hour),
		"photo_ids": []string{c.photo(secretary)}}
	id := secretary.Post("/tasks", body).Want(http.StatusCreated).Get("id").String()
	secretary.Post("/tasks/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

func (c crowd) earn(person *apptest.Client, task string) {
	c.Helper()
	claim := person.Post("/tasks/"+task+"/claims", nil).Want(http.StatusCreated).Get("id").String()
	person.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).Want(http.StatusOK)
	c.Login("secretary2").Post("/claims/"+claim+"/review", fields{"verdict": "approve"}).Want(http.StatusOK)
}

func (c crowd) newReward(i int) string {
	c.Helper()
	secretary := c.Login("secretary2")
	body := fields{"region_id": c.World.Community.ID, "organisation_id": c.World.MerchantID, "title": fmt.Sprintf("理发%d", i), "price": 1, "stock": 10,
		"per_person_limit": 10, "redeem_until": c.Clock.Now().Add(48 * time.Hour), "photo_ids": []string{c.photo(secretary)}}
	return secretary.Post("/rewards", body).Want(http.StatusCreated).Get("id").String()
}

func (c crowd) newActivity(i int) string {
	c.Helper()
	secretary := c.Login("secretary")
	body := fields{"team_id": c.World.TeamID, "title": fmt.Sprintf("清扫院子%d", i), "star": region.Harmony, "place": fields{"name": "南门"},
		"starts_at": c.Clock.Now(), "ends_at": c.Clock.Now().Add(2 * time.Hour), "capacity": 50, "walk_in": true, "points_per_hour": 20}
	id := secretary.Post("/activities", body).Want(http.StatusCreated).Get("id").String()
	secretary.Post("/activities/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

// tellMuchOf brings a ticket as far as its assignee has reported size times, each time with a photo.
func (c crowd) tellMuchOf(ticket string) {
	c.Helper()
	assignee := c.Login("assignee")
	dispatch := fields{"organisation_id": c.World.OrganisationID, "due_at": c.Clock.Now().Add(48 * time.Hour)}
	c.Login("secretary").Post("/tickets/"+ticket+"/dispatch", dispatch).Want(http.StatusOK)
	assignee.Post("/tickets/"+ticket+"/accept", nil).Want(http.StatusOK)
	for range c.size {
		report := fields{"phase": "during", "text": "正在换灯", "photo_ids": []string{c.photo(assignee)}}
		assignee.Post("/tickets/"+ticket+"/progress", report).Want(http.StatusOK)
	}
	c.Tick()
}

func (c crowd) photo(by *apptest.Client) string {
	c.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 32, 32)), nil); err != nil {
		c.Fatal(err)
	}
	return by.Upload("/files", "photo.jpg", file.Bytes()).Want(http.StatusCreated).Get("id").String()
}

// once is the client as the mini-program calls: every POST carries a key.
func (c crowd) once(by *apptest.Client) *apptest.Client {
	return by.With("Idempotency-Key", fmt.Sprintf("key-%d-%d", c.size, time.Now().UnixNano()))
}

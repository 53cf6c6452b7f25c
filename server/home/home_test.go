package home_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/region"
)

type fields = map[string]any

// scene is a running server with a resident and a neighbour.
type scene struct {
	*apptest.Harness
	secretary, resident, neighbour *apptest.Client
}

func newScene(t *testing.T) scene {
	t.Helper()
	h := apptest.Start(t)
	return scene{h, h.Login("secretary"), h.Login("resident"), h.Resident("neighbour")}
}

func (s scene) home(of *apptest.Client) *apptest.Answer {
	s.Helper()
	return of.Get("/me/home").Want(http.StatusOK)
}

// task makes a published task that can be taken for some hours.
func (s scene) task(star region.Star, hours time.Duration) string {
	s.Helper()
	until := s.Clock.Now().Add(hours * time.Hour)
	body := fields{"region_id": s.World.Community.ID, "star": star, "title": fmt.Sprintf("扫一扫楼道%d", hours), "points": 10,
		"capacity": 2, "claim_until": until, "due_at": until.Add(time.Hour)}
	id := s.secretary.Post("/tasks", body).Want(http.StatusCreated).Get("id").String()
	s.secretary.Post("/tasks/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

func (s scene) take(by *apptest.Client, task string) string {
	s.Helper()
	return by.Post("/tasks/"+task+"/claims", nil).Want(http.StatusCreated).Get("id").String()
}

func (s scene) handIn(by *apptest.Client, claim string) {
	s.Helper()
	by.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).Want(http.StatusOK)
}

func (s scene) review(claim, verdict, reason string) {
	s.Helper()
	s.secretary.Post("/claims/"+claim+"/review", fields{"verdict": verdict, "reason": reason}).Want(http.StatusOK)
}

// activity makes a published activity that starts in some hours and lasts one.
func (s scene) activity(hours time.Duration) string {
	s.Helper()
	start := s.Clock.Now().Add(hours * time.Hour)
	body := fields{"team_id": s.World.TeamID, "title": "清扫院子", "star": region.Harmony, "place": fields{"name": "南门"},
		"starts_at": start, "ends_at": start.Add(time.Hour), "capacity": 1, "walk_in": true, "points_per_hour": 20}
	id := s.secretary.Post("/activities", body).Want(http.StatusCreated).Get("id").String()
	s.secretary.Post("/activities/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

func (s scene) ticket(by *apptest.Client, text string) string {
	s.Helper()
	body := fields{"region_id": s.World.Community.ID, "category": "facilities", "text": text}
	return by.Post("/tickets", body).Want(http.StatusCreated).Get("id").String()
}

func (s scene) wantIDs(answer *apptest.Answer, list string, want ...string) {
	s.Helper()
	var got []string
	for _, item := range answer.Get(list).Array() {
		got = append(got, item.Get("id").String())
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.Fatalf("%s are %v, want %v", list, got, want)
	}
}

func TestHomeTellsWhoOneIs(t *testing.T) {
	s := newScene(t)
	page := s.home(s.secretary)
	if page.Get("name").String() != "样例secretary" || page.Get("roles").Raw != `["secretary"]` {
		t.Errorf("not the secretary: %s", page)
	}
	if page.Get("community.id").String() != s.World.Community.ID || page.Get("community.name").String() != "样板社区" {
		t.Errorf("not the secretary's community: %s", page)
	}
	newcomer := s.home(s.Login("newcomer"))
	if newcomer.Get("community").Raw != "null" || newcomer.Get("tasks.items").Raw != "[]" || newcomer.Get("roles").Raw != "[]" {
		t.Errorf("a newcomer sees more than nothing: %s", newcomer)
	}
}

func TestHomeShowsTheTasksThatOneCanTake(t *testing.T) {
	s := newScene(t)
	later, sooner := s.task(region.Harmony, 9), s.task(region.Harmony, 5)
	other := s.task(region.SafetyLaw, 7)
	s.take(s.resident, s.task(region.Harmony, 1)) // in hand
	done := s.task(region.Harmony, 2)
	claim := s.take(s.resident, done) // had one's turn
	s.handIn(s.resident, claim)
	s.review(claim, "approve", "")
	full := s.task(region.Harmony, 3)
	s.take(s.neighbour, full)
	s.take(s.secretary, full)

	page := s.home(s.resident)
	s.wantIDs(page, "tasks.items", sooner, other, later)
	if page.Get("tasks.stars").Raw != `[{"star":"harmony","count":2},{"star":"safety_law","count":1}]` {
		t.Errorf("the counts are %s", page.Get("tasks.stars").Raw)
	}
	if got := page.Get("points").Raw; got != `{"balance":10,"earned_month":10}` {
		t.Errorf("the points are %s", got)
	}
	s.Clock.Advance(5 * time.Hour)
	s.wantIDs(s.home(s.resident), "tasks.items", other, later)
}

func TestHomeShowsAFewTasksOfEachStarAndCountsAll(t *testing.T) {
	s := newScene(t)
	for hours := range time.Duration(6) {
		s.task(region.Harmony, 10+hours)
	}
	last := s.task(region.SafetyLaw, 20)
	page := s.home(s.resident)
	items := page.Get("tasks.items").Array()
	if len(items) != 5 || items[4].Get("id").String() != last {
		t.Errorf("not four of one star and one of the other: %s", page.Get("tasks"))
	}
	if page.Get("tasks.total").Int() != 7 || page.Get("tasks.stars.0.count").Int() != 6 {
		t.Errorf("not all are counted: %s", page.Get("tasks"))
	}
}

func TestHomeShowsWhatWaitsForOneFirst(t *testing.T) {
	s := newScene(t)
	s.take(s.neighbour, s.task(region.Harmony, 4))
	submitted := s.take(s.resident, s.task(region.Harmony, 1))
	s.handIn(s.resident, submitted)
	later := s.take(s.resident, s.task(region.Harmony, 9))
	returned := s.take(s.resident, s.task(region.Harmony, 5))
	s.handIn(s.resident, returned)
	s.review(returned, "return", "照片看不清")
	page := s.home(s.resident)
	s.wantIDs(page, "claims.items", returned, later, submitted)
	if page.Get("claims.items.0.reason").String() != "照片看不清" || page.Get("claims.items.0.task.title").String() != "扫一扫楼道5" {
		t.Errorf("not what was returned and why: %s", page.Get("claims.items.0"))
	}
	s.take(s.resident, s.task(region.Harmony, 12))
	if page := s.home(s.resident); page.Get("claims.more").Int() != 1 || len(page.Get("claims.items").Array()) != 3 {
		t.Errorf("not three and one more: %s", page.Get("claims"))
	}
}

func TestHomeShowsTheNextActivity(t *testing.T) {
	s := newScene(t)
	later, next := s.activity(5), s.activity(2)
	s.activity(1) // not signed up for
	for _, id := range []string{later, next} {
		s.resident.Post("/activities/"+id+"/signups", nil).Want(http.StatusCreated)
		s.neighbour.Post("/activities/"+id+"/signups", nil).Want(http.StatusCreated)
	}
	if page := s.home(s.resident); page.Get("activity.id").String() != next || page.Get("activity.mine.signup").String() != "confirmed" {
		t.Errorf("not the next activity: %s", page.Get("activity"))
	}
	if page := s.home(s.neighbour); page.Get("activity.mine.signup").String() != "waiting" {
		t.Errorf("not on the waiting list: %s", page.Get("activity"))
	}
	s.Clock.Advance(3 * time.Hour)
	if page := s.home(s.resident); page.Get("activity.id").String() != later {
		t.Errorf("not the one after: %s", page.Get("activity"))
	}
	s.Clock.Advance(4 * time.Hour)
	if page := s.home(s.resident); page.Get("activity").Raw != "null" {
		t.Errorf("one that is over: %s", page.Get("activity"))
	}
}

func TestHomeShowsWhatNeighboursWishFor(t *testing.T) {
	s := newScene(t)
	less, most := s.ticket(s.neighbour, "楼道的灯不亮了"), s.ticket(s.neighbour, "院里的长椅坏了")
	backed, own := s.ticket(s.neighbour, "门口的路不平"), s.ticket(s.resident, "想有个下棋的地方")
	s.ticket(s.neighbour, "这里有违禁的话，请处理") // which the simulated WeChat refuses
	s.Tick()
	s.secretary.Put("/tickets/"+most+"/vote", nil).Want(http.StatusOK)
	s.resident.Put("/tickets/"+backed+"/vote", nil).Want(http.StatusOK)
	page := s.home(s.resident)
	s.wantIDs(page, "tickets", most, less)
	if page.Get("tickets.0.votes").Int() != 1 || page.Get("tickets.0.text").String() != "院里的长椅坏了" {
		t.Errorf("not the wish: %s", page.Get("tickets.0"))
	}
	s.wantIDs(s.home(s.neighbour), "tickets", own)
}

// Of others one sees what is everybody's, whoever lives elsewhere sees nothing of it, and a card shows what is
// its person's and not the helper's.
func TestHomeIsOnesOwn(t *testing.T) {
	s := newScene(t)
	elderID, card := s.Elder("样例老人")
	helped := s.secretary.ByCard(card)
	task := s.task(region.Harmony, 5)
	own := s.take(s.secretary, task)
	wish := s.ticket(s.neighbour, "楼道的灯不亮了")
	s.Tick()

	if page := s.home(s.Login("outsider")); len(page.Get("tasks.items").Array()) != 0 || len(page.Get("tickets").Array()) != 0 {
		t.Errorf("another community's: %s", page)
	}
	page := s.home(helped)
	if page.Get("name").String() != "样例老人" || page.Get("roles").Raw != "[]" {
		t.Errorf("not the card's person: %s", page)
	}
	s.wantIDs(page, "claims.items")
	s.wantIDs(page, "tasks.items", task)
	s.wantIDs(page, "tickets", wish)
	taken := s.take(helped, task)
	s.wantIDs(s.home(helped), "claims.items", taken)
	s.wantIDs(s.home(s.secretary), "claims.items", own)
	if got := s.home(helped).Get("claims.items.0.person_id").String(); got != elderID {
		t.Errorf("the claim is %s's, want %s", got, elderID)
	}
}

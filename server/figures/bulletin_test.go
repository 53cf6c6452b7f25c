package figures_test

import (
	"bytes"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"fivestar/server/app/apptest"
	"fivestar/server/region"
)

// fact is what a step of a history adds to a figure.
type fact struct {
	figure, part string
	at           time.Time
	amount       int64
}

// history is a community's life in any order, with a model of its figures told in the plainest way.
type history struct {
	*scene
	facts  []fact
	raised map[string]time.Time // tickets by when they were raised

	withdrawals []withdrawal
	tickets     []string
	tasks       []string
	spent       []string // entries of redemptions
	periods     []string
}

type withdrawal struct{ raised, withdrawn time.Time }

func (h *history) note(figure, part string, at time.Time, amount int64) {
	h.facts = append(h.facts, fact{figure, part, at, amount})
}

// startOfHistory is that of all tests, see apptest.Clock.
var startOfHistory = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// in tells whether a moment is in a period, in another way than the server does.
func in(period string, at time.Time) bool {
	local := at.In(zone)
	switch {
	case strings.Contains(period, "W"):
		year, week := local.ISOWeek()
		return period == yearAnd(year, "-W", week)
	case strings.Contains(period, "Q"):
		return period == local.Format("2006-Q")+string(rune('1'+(int(local.Month())-1)/3))
	}
	return period == local.Format("2006-01")
}

func yearAnd(year int, sign string, number int) string {
	return time.Date(year, 1, 1, 0, 0, 0, 0, zone).Format("2006") + sign + string(rune('0'+number/10)) + string(rune('0'+number%10))
}

func (h *history) model(period, figure string) int64 {
	var sum int64
	for _, one := range h.facts {
		if one.figure == figure && in(period, one.at) {
			sum += one.amount
		}
	}
	return sum
}

func (h *history) wait(t *rapid.T) {
	hours := rapid.SampledFrom([]int{1, 7, 13, 30, 80, 200}).Draw(t, "hours")
	if h.Clock.Now().After(startOfHistory.AddDate(0, 0, 18)) {
		t.Skip("long enough")
	}
	h.Clock.Advance(time.Duration(hours)*time.Hour + time.Millisecond)
	h.Tick()
	now := h.Clock.Now().In(zone)
	year, week := now.ISOWeek()
	h.periods = append(h.periods, yearAnd(year, "-W", week), now.Format("2006-01"), now.Format("2006-Q")+string(rune('1'+(int(now.Month())-1)/3)))
}

func (h *history) newTask(t *rapid.T) {
	star := rapid.SampledFrom([]region.Star{region.Harmony, region.SafetyLaw, region.StrongBranch}).Draw(t, "star")
	h.tasks = append(h.tasks, h.task(star))
	h.note("tasks_published", string(star), h.Clock.Now(), 1)
}

func (h *history) doTask(t *rapid.T) {
	if len(h.tasks) == 0 {
		t.Skip("no task")
	}
	task := h.tasks[len(h.tasks)-1]
	by := rapid.SampledFrom([]*apptest.Client{h.resident, h.neighbour, h.leader}).Draw(t, "person")
	taken := by.Post("/tasks/"+task+"/claims", nil)
	if taken.Status != http.StatusCreated {
		return
	}
	claim := taken.Get("id").String()
	h.note("claims_taken", "", h.Clock.Now(), 1)
	if by.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).Status != http.StatusOK {
		return
	}
	if rapid.Bool().Draw(t, "later") {
		h.Clock.Advance(5 * time.Hour)
	}
	if h.secretary.Post("/claims/"+claim+"/review", fields{"verdict": "approve"}).Status == http.StatusOK {
		h.note("claims_approved", "", h.Clock.Now(), 1)
	}
}

func (h *history) newActivity(t *rapid.T) {
	minutes := rapid.SampledFrom([]int{20, 60, 95}).Draw(t, "minutes")
	starts := h.Clock.Now().Add(-time.Duration(minutes) * time.Minute)
	id := h.activity(minutes)
	switch rapid.SampledFrom([]string{"hold", "hold", "cancel", "leave"}).Draw(t, "what") {
	case "hold":
		h.hold(id, minutes, h.resident, h.neighbour)
		h.note("activities_held", "", starts, 1)
		h.note("attendances", "", starts, 2)
		h.note("service_minutes", "", starts, int64(2*minutes))
		h.note("team_minutes", "", starts, int64(2*minutes))
	case "cancel":
		h.secretary.Post("/activities/"+id+"/cancel", fields{"reason": "下雨了"}).Want(http.StatusOK)
		h.note("activities_cancelled", "", starts, 1)
	default:
		h.note("activities_unclosed", "", starts, 1)
	}
}

func (h *history) newTicket(t *rapid.T) {
	id := h.raise(rapid.SampledFrom([]string{"facilities", "safety", "other"}).Draw(t, "category"))
	h.tickets = append(h.tickets, id)
	h.raised[id] = h.Clock.Now()
	h.note("tickets_raised", "", h.Clock.Now(), 1)
}

// workOn does the next thing to a ticket, if it may be done.
func (h *history) workOn(t *rapid.T) {
	if len(h.tickets) == 0 {
		t.Skip("no ticket")
	}
	// One of the last, that something may still be done to.
	id := rapid.SampledFrom(h.tickets[max(0, len(h.tickets)-4):]).Draw(t, "ticket")
	now := h.Clock.Now()
	if h.neighbour.Put("/tickets/"+id+"/vote", nil).Status == http.StatusOK && rapid.Bool().Draw(t, "voted only") {
		return
	}
	ticket := h.secretary.Get("/tickets/" + id).Want(http.StatusOK)
	switch ticket.Get("stage").String() {
	case "raised":
		due := now.Add(time.Duration(rapid.SampledFrom([]int{2, 100}).Draw(t, "due")) * time.Hour)
		h.do(h.secretary, id, "dispatch", fields{"organisation_id": h.World.OrganisationID, "due_at": due})
		h.note("tickets_dispatched", "", now, 1)
	case "dispatched":
		h.do(h.assignee, id, "accept", nil)
		h.note("tickets_accepted", "", now, 1)
	case "accepted":
		h.do(h.assignee, id, "complete", fields{"text": "换了灯泡"})
		h.note("tickets_completed", "", now, 1)
		if now.Before(ticket.Get("due_at").Time()) {
			h.note("tickets_in_time", "", now, 1)
		}
	case "completed":
		h.rate(t, id)
	}
}

func (h *history) rate(t *rapid.T, id string) {
	score := rapid.IntRange(1, 5).Draw(t, "score")
	now := h.Clock.Now()
	if h.neighbour.Get("/tickets/" + id).Want(http.StatusOK).Get("may_review").Bool() {
		h.review(h.neighbour, id, score).Want(http.StatusOK)
		h.note("backer_reviews", "", now, 1)
		return
	}
	h.review(h.resident, id, score).Want(http.StatusOK)
	h.note("tickets_reviewed", "", now, 1)
	if score >= 4 {
		h.note("tickets_satisfied", "", now, 1)
	}
	if score <= 2 {
		h.note("tickets_dissatisfied", "", now, 1)
	}
}

func (h *history) endTicket(t *rapid.T) {
	if len(h.tickets) == 0 {
		t.Skip("no ticket")
	}
	id := h.tickets[len(h.tickets)-1]
	if h.secretary.Get("/tickets/"+id).Get("stage").String() != "raised" {
		t.Skip("too late")
	}
	if rapid.Bool().Draw(t, "reject") {
		h.do(h.secretary, id, "reject", fields{"reason": "已经修好"})
		h.note("tickets_rejected", "", h.Clock.Now(), 1)
		return
	}
	h.do(h.resident, id, "withdraw", nil)
	h.withdrawals = append(h.withdrawals, withdrawal{h.raised[id], h.Clock.Now()})
}

func (h *history) spend(t *rapid.T) {
	balance := h.resident.Get("/me/points").Want(http.StatusOK).Get("balance").Int()
	if balance < 5 {
		t.Skip("no points")
	}
	h.spent = append(h.spent, h.redeem(h.resident, 5))
	h.note("points_spent", "", h.Clock.Now(), 5)
}

func (h *history) undo(t *rapid.T) {
	if len(h.spent) > 0 && rapid.Bool().Draw(t, "a redemption") {
		h.giveBack(h.spent[len(h.spent)-1])
		h.spent = h.spent[:len(h.spent)-1]
		h.note("points_returned", "", h.Clock.Now(), 5)
		return
	}
	entries := h.neighbour.Get("/me/points/entries?limit=5").Want(http.StatusOK).Get("items").Array()
	if len(entries) == 0 {
		t.Skip("no entry")
	}
	entry := rapid.SampledFrom(entries).Draw(t, "entry")
	h.secretary.Post("/points/entries/"+entry.Get("id").String()+"/reversal", fields{"reason": "登记错了", "keep_minutes": true}) // or it is refused
}

// check compares the bulletin of a period with the model, and each of its figures with its list.
func (h *history) check(t *rapid.T) {
	h.Tick()
	period := rapid.SampledFrom(h.periods).Draw(t, "period")
	at := h.World.Community.ID
	if rapid.Bool().Draw(t, "of the street") {
		at = h.World.Street.ID
	}
	found := figuresOf(h.bulletin(h.street, at, period))
	for key, figure := range found {
		h.wantList(t, at, key, period, "", figure.Value)
		var parts int64
		for _, part := range figure.Parts {
			h.wantList(t, at, key, period, part.Key, part.Value)
			parts += part.Value
		}
		if len(figure.Parts) > 0 && parts != figure.Value {
			t.Errorf("%s of %s is %d, and its parts add up to %d", key, period, figure.Value, parts)
		}
	}
	for _, key := range modelled {
		want := h.model(period, key)
		switch key {
		case "tickets_raised":
			want -= h.withdrawn(period)
		case "tickets_withdrawn":
			want = h.withdrawn(period)
		}
		if found[key].Value != want {
			t.Errorf("%s of %s is %d, and should be %d", key, period, found[key].Value, want)
		}
	}
}

var modelled = []string{
	"tasks_published", "claims_taken", "claims_approved", "activities_held", "activities_unclosed", "activities_cancelled", "attendances",
	"service_minutes", "team_minutes", "tickets_raised", "tickets_withdrawn", "tickets_dispatched", "tickets_rejected", "tickets_accepted",
	"tickets_completed", "tickets_in_time", "tickets_reviewed", "tickets_satisfied", "tickets_dissatisfied", "backer_reviews", "points_spent", "points_returned",
}

// withdrawn are those tickets of a period that were raised and withdrawn in it.
func (h *history) withdrawn(period string) int64 {
	var count int64
	for _, one := range h.withdrawals {
		if in(period, one.raised) && in(period, one.withdrawn) {
			count++
		}
	}
	return count
}

// wantList checks that the list of a figure adds up to it, over all its pages, with no row twice.
func (h *history) wantList(t *rapid.T, at, key, period, part string, want int64) {
	limit := "100"
	if want < 12 {
		limit = "3"
	}
	sum, cursor, seen := int64(0), "", map[string]bool{}
	for {
		page := h.street.Get("/regions/" + at + "/bulletin/" + key + "?limit=" + limit + "&period=" + period + "&part=" + part + "&cursor=" + cursor)
		if page.Status != http.StatusOK {
			t.Fatalf("%s %s: %s", key, period, page)
		}
		for _, row := range page.Get("items").Array() {
			sum += row.Get("amount").Int()
			if seen[row.Raw] {
				t.Errorf("%s of %s lists a row twice: %s", key, period, row.Raw)
			}
			seen[row.Raw] = key != "tickets_overdue" && row.Get("kind").String() != "ticket" // one may be acted on twice at a moment
		}
		if cursor = page.Get("next_cursor").String(); cursor == "" {
			break
		}
	}
	if sum != want {
		t.Errorf("%s of %s (%s) is %d, and its list adds up to %d", key, period, part, want, sum)
	}
}

func TestEveryFigureIsWhatItsListAddsUpTo(t *testing.T) {
	s := newScene(t)
	h := &history{scene: s, raised: map[string]time.Time{}}
	rapid.Check(t, func(t *rapid.T) {
		// Sessions end after a month: each life begins anew, in the same weeks as those before it.
		s.Clock.Set(startOfHistory)
		h.tickets, h.tasks, h.spent = nil, nil, nil
		h.wait(t)
		t.Repeat(map[string]func(*rapid.T){
			"wait": h.wait, "task": h.newTask, "do a task": h.doTask, "do another": h.doTask, "activity": h.newActivity,
			"ticket": h.newTicket, "work": h.workOn, "work more": h.workOn, "work on": h.workOn, "end": h.endTicket, "spend": h.spend, "undo": h.undo,
		})
		h.check(t)
	})
}

func TestOverdueIsCountedOnceWhateverCameLater(t *testing.T) {
	s := newScene(t)
	at := s.World.Community.ID
	s.Clock.Set(time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)) // a Monday, week 48
	late, inTime := s.raise("safety"), s.raise("safety")
	s.dispatch(inTime, 48)
	overdue := func(period string) int64 {
		s.Helper()
		return figuresOf(s.bulletin(s.secretary, at, period))["tickets_overdue"].Value
	}
	if got := overdue("2026-W48"); got != 0 {
		t.Errorf("%d are overdue from the first", got)
	}
	s.Clock.Advance(25 * time.Hour)
	s.Tick() // nobody dispatched the one, nobody accepted the other
	if got := overdue("2026-W48"); got != 2 {
		t.Errorf("%d are overdue, not the two of which a clock ran out", got)
	}
	s.complete(late)
	s.Clock.Advance(8 * 24 * time.Hour)
	if got := overdue("2026-W48"); got != 3 { // the returned one was not dispatched again either
		t.Errorf("%d are overdue in the week that is over", got)
	}
	if got := overdue("2026-W49"); got != 0 {
		t.Errorf("%d are overdue in the week after", got)
	}
	rows := s.secretary.Get("/regions/" + at + "/bulletin/tickets_overdue?period=2026-W48").Want(http.StatusOK)
	if got := rows.Get("items.0.id").String(); got != late {
		t.Errorf("the first is %s: %s", got, rows)
	}
}

// A bulletin says of what its satisfaction is a share: 4 and 5 of what the person who raised it gave. Silence and
// backers are in neither number.
func TestSilenceIsNoSatisfaction(t *testing.T) {
	s := newScene(t)
	for _, score := range []int{5, 4, 3, 2, 1, 0} {
		id := s.raise("facilities")
		s.neighbour.Put("/tickets/"+id+"/vote", nil).Want(http.StatusOK)
		s.complete(id)
		s.review(s.neighbour, id, 5).Want(http.StatusOK)
		if score > 0 {
			s.review(s.resident, id, score).Want(http.StatusOK)
		}
	}
	s.Clock.Advance(8 * 24 * time.Hour)
	s.Tick()
	found := figuresOf(s.bulletin(s.secretary, s.World.Community.ID, "2026-Q4"))
	for key, want := range map[string]int64{"tickets_reviewed": 5, "tickets_satisfied": 2, "tickets_dissatisfied": 2, "tickets_unrated": 1, "backer_reviews": 6} {
		rows := s.secretary.Get("/regions/" + s.World.Community.ID + "/bulletin/" + key + "?period=2026-Q4").Want(http.StatusOK)
		if listed := rows.Get("items.#").Int(); found[key].Value != want || listed != want {
			t.Errorf("%s is %d and lists %d, want %d", key, found[key].Value, listed, want)
		}
	}
	satisfied := found["tickets_satisfied"]
	if satisfied.Of == nil || satisfied.Of.Value != 5 || satisfied.How == "" || len(satisfied.LeftOut) == 0 || satisfied.LeftOut[0].Key != "tickets_unrated" {
		t.Errorf("it is not told how it is counted: %+v", satisfied)
	}
}

// What is taken back later counts where it was given, and is told of.
func TestALaterCorrectionIsTold(t *testing.T) {
	s := newScene(t)
	s.approve(s.resident, s.task(region.Harmony))
	s.Tick()
	period := "2026-W47"
	before := figuresOf(s.bulletin(s.secretary, s.World.Community.ID, period))
	if before["points_given"].Value != 10 || before["people_earned"].Value != 1 || before["corrections_since"].Value != 0 {
		t.Fatalf("not ten points to one: %+v", before)
	}
	entry := s.resident.Get("/me/points/entries").Get("items.0.id").String()
	s.Clock.Advance(8 * 24 * time.Hour)
	s.secretary.Post("/points/entries/"+entry+"/reversal", fields{"reason": "登记错了"}).Want(http.StatusOK)
	s.Tick()
	after := figuresOf(s.bulletin(s.secretary, s.World.Community.ID, period))
	if after["points_given"].Value != 0 || after["people_earned"].Value != 0 || after["corrections_since"].Value != 1 {
		t.Errorf("the correction is not told: %+v", after)
	}
	if claims := after["claims_approved"].Value; claims != 1 {
		t.Errorf("the work done is %d", claims)
	}
}

func TestFiguresAreForTheDeskAndTheOfficesAbove(t *testing.T) {
	s := newScene(t)
	for _, stranger := range []*apptest.Client{s.Login("outsider"), s.leader, s.assignee, s.resident} {
		for _, document := range []string{"bulletin", "bulletins", "bulletin/claims_taken", "bulletin.xlsx", "bulletin.html"} {
			stranger.Get("/regions/"+s.World.Community.ID+"/"+document).WantCode(http.StatusForbidden, "auth.forbidden")
		}
	}
	s.secretary.Get("/regions/"+s.World.Street.ID+"/bulletin").WantCode(http.StatusForbidden, "auth.forbidden")
}

// What was not published, held or approved is in no figure.
func TestWhatWasNotDoneIsNotCounted(t *testing.T) {
	s := newScene(t)
	starts := s.Clock.Now().Add(time.Hour)
	create(s.secretary, "/activities", fields{"team_id": s.World.TeamID, "title": "清扫院子", "star": region.Harmony, "place": fields{"name": "南门"},
		"starts_at": starts, "ends_at": starts.Add(time.Hour), "capacity": 9, "walk_in": true, "points_per_hour": 6})
	create(s.secretary, "/tasks", fields{"region_id": s.World.Community.ID, "star": region.Harmony, "title": "扫楼道", "points": 10, "capacity": 5,
		"claim_until": starts, "due_at": starts.Add(time.Hour)})
	claim := create(s.resident, "/tasks/"+s.task(region.Harmony)+"/claims", nil)
	s.resident.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).Want(http.StatusOK)
	s.secretary.Post("/claims/"+claim+"/review", fields{"verdict": "reject", "reason": "没有扫"}).Want(http.StatusOK)
	found := figuresOf(s.bulletin(s.secretary, s.World.Community.ID, ""))
	for key, want := range map[string]int64{"activities_held": 0, "activities_unclosed": 0, "tasks_published": 1, "claims_taken": 1, "claims_approved": 0, "points_given": 0} {
		if found[key].Value != want {
			t.Errorf("%s is %d, want %d", key, found[key].Value, want)
		}
	}
}

func TestOfficersSeeTheCommunitiesSideBySide(t *testing.T) {
	s := newScene(t)
	other := create(s.Login("admin"), "/regions", fields{"parent_id": s.World.Street.ParentID, "kind": "street", "name": "别的街道"})
	create(s.Login("admin"), "/regions", fields{"parent_id": other, "kind": "community", "community_kind": "urban", "name": "别的社区"})
	s.approve(s.resident, s.task(region.Harmony))
	s.Tick()
	page := s.street.Get("/regions/" + s.World.Street.ID + "/bulletins").Want(http.StatusOK)
	names := page.Get("items.#.region.name").String()
	if names != `["样板社区","样板村"]` {
		t.Errorf("not both in the order of the tree: %s", names)
	}
	approved := page.Get(`items.0.figures.#(key=="claims_approved").value`).Int()
	if none := page.Get(`items.1.figures.#(key=="claims_approved").value`).Int(); approved != 1 || none != 0 {
		t.Errorf("approved are %d and %d", approved, none)
	}
	whole := s.bulletin(s.street, s.World.Street.ID, "")
	if got := figuresOf(whole)["claims_approved"].Value; got != 1 || whole.Get("communities").Int() != 2 {
		t.Errorf("of the street %d: %s", got, whole)
	}
}

func TestBulletinAsAFileAndOnPaper(t *testing.T) {
	s := newScene(t)
	s.approve(s.resident, s.task(region.Harmony))
	s.Tick()
	file := s.street.Get("/regions/" + s.World.Street.ID + "/bulletin.xlsx?period=2026-11").Want(http.StatusOK)
	book, err := excelize.OpenReader(bytes.NewReader(file.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("月调度")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, row := range rows {
		found = found || len(row) == 5 && row[0] == "完成并通过审核" && row[1] == "1" && strings.Contains(row[4], "通过的时间")
	}
	communities, err := book.GetRows("各社区")
	if !found || err != nil || len(communities) != 3 || communities[1][0] != "样板社区" {
		t.Errorf("not the figures with how they are counted, and the communities: %v, %v, %v", rows, communities, err)
	}
	page := s.secretary.Get("/regions/" + s.World.Community.ID + "/bulletin.html?period=2026-11").Want(http.StatusOK)
	for _, text := range []string{"样板社区月调度", "2026年11月", "还没有结束", "满意"} {
		if !strings.Contains(string(page.Body), text) {
			t.Errorf("the page does not say %s", text)
		}
	}
	if strings.Contains(string(page.Body), "样例resident") || page.Header.Get("Content-Security-Policy") == "" {
		t.Error("the page names a person or may load things")
	}
	link := s.bulletin(s.secretary, s.World.Community.ID, "2026-11").Get("paper_url").String()
	if linked := s.Anonymous().Get(link); linked.Status != http.StatusOK || !bytes.Equal(linked.Body, page.Body) {
		t.Errorf("the link leads elsewhere: %d", linked.Status)
	}
	s.Anonymous().Get(strings.Replace(link, "2026-11", "2026-10", 1)).Want(http.StatusNotFound)
	until := regexp.MustCompile(`until=\d`)
	s.Anonymous().Get(until.ReplaceAllString(link, "until=9")).Want(http.StatusNotFound) // or it would hold for ever
	s.Clock.Advance(61 * time.Minute)
	s.Anonymous().Get(link).Want(http.StatusNotFound)
}

func TestWrongPeriodsAndFiguresAreRefused(t *testing.T) {
	s := newScene(t)
	path := "/regions/" + s.World.Community.ID + "/bulletin"
	for _, period := range []string{"2026", "2026-W00", "2026-W54", "2025-W53", "2026-13", "2026-00", "2026-Q5", "2026-11-22", "all", "x"} {
		s.secretary.Get(path+"?period="+period).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	}
	s.secretary.Get(path + "?period=2026-W53").Want(http.StatusOK) // which 2026 has
	s.secretary.Get(path+"/nothing").WantCode(http.StatusNotFound, "not_found")
	s.secretary.Get(path+"/claims_taken?part=x").WantCode(http.StatusUnprocessableEntity, "input.invalid")
	s.secretary.Get("/regions/"+s.World.Grid.ID+"/bulletin").WantCode(http.StatusUnprocessableEntity, "input.invalid")
}

// A bulletin costs the same number of statements however long the history is and however many communities.
func TestABulletinsCostIsKnown(t *testing.T) {
	s := newScene(t)
	s.approve(s.resident, s.task(region.Harmony))
	s.Tick()
	for place, id := range map[string]string{"community": s.World.Community.ID, "street": s.World.Street.ID} {
		count := s.Statements(http.MethodGet, "/regions/:id/bulletin", func() { s.bulletin(s.street, id, "2026-W47") })
		if count > 18 || count == 0 {
			t.Errorf("the bulletin of a %s takes %d statements", place, count)
		}
	}
}

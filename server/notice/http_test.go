package notice_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/notice"
	"fivestar/server/region"
	"fivestar/server/wechat"
)

// kinds are what somebody has been told, oldest first.
func kinds(who *apptest.Client) string {
	var told []string
	for _, one := range who.Get("/me/notices?limit=100").Want(http.StatusOK).Get("items.#.kind").Array() {
		told = append([]string{one.String()}, told...)
	}
	return strings.Join(told, " ")
}

func (p *post) wantTold(who *apptest.Client, want string) {
	p.Helper()
	if got := kinds(who); got != want {
		p.Fatalf("told are %q, want %q", got, want)
	}
}

// last is the newest notice.
func (p *post) last(who *apptest.Client, path string) string {
	p.Helper()
	return who.Get("/me/notices?limit=1").Want(http.StatusOK).Get("items.0." + path).String()
}

func (p *post) task(due time.Duration) string {
	p.Helper()
	secretary := p.Login("secretary")
	body := fields{"region_id": p.World.Community.ID, "star": region.Harmony, "title": "扫一扫楼道", "points": 10, "capacity": 5,
		"claim_until": p.Clock.Now().Add(due / 2), "due_at": p.Clock.Now().Add(due)}
	id := secretary.Post("/tasks", body).Want(http.StatusCreated).Get("id").String()
	secretary.Post("/tasks/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

func (p *post) claim(by *apptest.Client, task string) string {
	p.Helper()
	return by.Post("/tasks/"+task+"/claims", nil).Want(http.StatusCreated).Get("id").String()
}

func (p *post) review(claim, verdict string) {
	p.Helper()
	p.Login("secretary").Post("/claims/"+claim+"/review", fields{"verdict": verdict, "reason": "照片看不清"}).Want(http.StatusOK)
}

func TestTheInbox(t *testing.T) {
	p := startPost(t)
	resident, neighbour := p.Login("resident"), p.Resident("neighbour")
	for range 3 {
		p.tell(notice.ClaimApproved, time.Time{}, resident, neighbour)
	}
	page := resident.Get("/me/notices?limit=2").Want(http.StatusOK)
	rest := resident.Get("/me/notices?limit=2&cursor=" + page.Get("next_cursor").String()).Want(http.StatusOK)
	if got := page.Get("items.#.what").Raw + rest.Get("items.#.what").Raw; got != `["第3件事","第2件事"]["第1件事"]` || rest.Get("next_cursor").Exists() {
		t.Errorf("%s", got)
	}
	first := page.Get("items.0")
	for path, want := range map[string]string{"title": "任务通过审核", "text": "第3件事有了结果", "subject.kind": "claim", "subject.id": "3",
		"page": "pages/task/claim/index?id=3", "read_at": ""} {
		if got := first.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	third, second := page.Get("items.0.id").String(), page.Get("items.1.id").String()
	neighbour.Put("/me/notices/"+third+"/read", nil).WantCode(http.StatusForbidden, "auth.forbidden")
	neighbour.Post("/me/notices/read", fields{"up_to": third}).WantCode(http.StatusForbidden, "auth.forbidden")
	resident.Post("/me/notices/read", fields{"up_to": "01ARZ3NDEKTSV4RRFFQ69G5FAV"}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	if got := resident.Get("/me/home").Want(http.StatusOK).Get("unread_notices").Int(); got != 3 {
		t.Errorf("%d unread at home", got)
	}
	if left := resident.Post("/me/notices/read", fields{"up_to": second}).Want(http.StatusOK).Get("unread").Int(); left != 1 {
		t.Errorf("%d left: what came later was not on the page", left)
	}
	if unread := resident.Get("/me/notices?unread=true").Want(http.StatusOK); unread.Get("items.#.id").Raw != fmt.Sprintf("[%q]", third) {
		t.Errorf("%s", unread)
	}
	resident.Put("/me/notices/"+third+"/read", nil).Want(http.StatusNoContent)
	at := resident.Get("/me/notices?unread=false").Want(http.StatusOK).Get("items.0.read_at").String()
	neighbour.Put("/me/notices/"+p.last(neighbour, "id")+"/read", nil).Want(http.StatusNoContent)
	p.Clock.Advance(time.Hour)
	resident.Put("/me/notices/"+third+"/read", nil).Want(http.StatusNoContent)
	if again := resident.Get("/me/notices?unread=false").Want(http.StatusOK); again.Get("items.#").Int() != 3 || again.Get("items.0.read_at").String() != at {
		t.Errorf("read once, at %s: %s", at, again)
	}
	resident.Put("/me/notices/01ARZ3NDEKTSV4RRFFQ69G5FAV/read", nil).WantCode(http.StatusNotFound, "not_found")
	if got := neighbour.Get("/me/notices/count").Want(http.StatusOK).Get("unread").Int(); got != 2 {
		t.Errorf("the neighbour has %d unread", got)
	}
}

func TestNothingIsToldTwice(t *testing.T) {
	p := startPost(t)
	resident, neighbour := p.Login("resident"), p.Resident("neighbour")
	told := notice.Notice{Kind: notice.ClaimApproved, Subject: notice.Subject{Kind: "claim", ID: "1"}, RegionID: p.World.Community.ID, What: "一", Text: "一"}
	for _, people := range [][]string{{resident.PersonID}, {resident.PersonID, neighbour.PersonID}, {neighbour.PersonID, neighbour.PersonID}} {
		if err := p.App.Notices.Tell(t.Context(), told, people...); err != nil {
			t.Fatal(err)
		}
	}
	told.Occasion = 2
	if err := p.App.Notices.Tell(t.Context(), told, resident.PersonID); err != nil {
		t.Fatal(err)
	}
	p.wantTold(resident, "claim_approved claim_approved")
	p.wantTold(neighbour, "claim_approved")
	p.wantStanding(map[string]int{"waiting": 3})
}

func TestConsentsAreCountedOnceATap(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	tap := resident.With("Idempotency-Key", "one tap")
	for range 3 {
		tap.Post("/me/notice-consents", fields{"accepted": []string{"simulated-review", "simulated-points", "simulated-review"}}).Want(http.StatusOK)
	}
	if review, points := p.remaining(resident, "review"), p.remaining(resident, "points"); review != 1 || points != 1 {
		t.Errorf("%d and %d", review, points)
	}
	resident.Post("/me/notice-consents", fields{"accepted": []string{}}).Want(http.StatusOK) // refused all
	resident.Post("/me/notice-consents", fields{"accepted": []string{"simulated-review", "made up"}}).WantCode(http.StatusUnprocessableEntity, "input.invalid")
	if review := p.remaining(resident, "review"); review != 1 {
		t.Errorf("%d", review)
	}
	asking := resident.Get("/me/notice-templates").Want(http.StatusOK)
	if got := asking.Get("moments.claim_submitted").Raw; got != `["simulated-review","simulated-points"]` {
		t.Errorf("after a claim is handed in: %s", got)
	}
	if got := asking.Get("templates.0.name").String(); got != "审核结果" {
		t.Errorf("%s", asking)
	}
}

func TestClaimsAreTold(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	task := p.task(72 * time.Hour)
	claim := p.claim(resident, task)
	p.Tick()
	p.wantTold(resident, "")
	submit := func(text string) {
		resident.Put("/claims/"+claim+"/submission", fields{"text": text}).Want(http.StatusOK)
	}
	submit("扫完了")
	p.review(claim, "return")
	p.wantTold(resident, "claim_returned")
	if text := p.last(resident, "text"); !strings.Contains(text, "扫一扫楼道") || !strings.Contains(text, "照片看不清") || !strings.Contains(text, "11月25日 10:00") {
		t.Errorf("%s", text)
	}
	p.Clock.Advance(48 * time.Hour)
	p.Tick()
	p.Clock.Advance(time.Hour)
	p.Tick()
	p.wantTold(resident, "claim_returned claim_running_out")
	submit("又扫了一遍")
	p.review(claim, "return")
	submit("再扫了一遍")
	p.review(claim, "approve")
	p.wantTold(resident, "claim_returned claim_running_out claim_returned points_posted claim_approved")
	if page := p.last(resident, "page"); page != "pages/task/claim/index?id="+claim {
		t.Errorf("%s", page)
	}
	p.Clock.Advance(12 * time.Hour)
	p.Tick()
	p.wantTold(resident, "claim_returned claim_running_out claim_returned points_posted claim_approved")

	other := p.claim(resident, p.task(4*time.Hour)) // for a short one, when half of it is over
	p.Tick()
	p.Clock.Advance(2 * time.Hour)
	p.Tick()
	if kind, id := p.last(resident, "kind"), p.last(resident, "subject.id"); kind != "claim_running_out" || id != other {
		t.Errorf("%s of %s", kind, id)
	}
}

func TestARejectionAndItsAppealAreTold(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	claim := p.claim(resident, p.task(72*time.Hour))
	resident.Put("/claims/"+claim+"/submission", fields{"text": "扫完了"}).Want(http.StatusOK)
	p.review(claim, "reject")
	resident.Post("/claims/"+claim+"/appeal", fields{"text": "邻居可以作证"}).Want(http.StatusOK)
	p.Login("street").Post("/claims/"+claim+"/appeal/decision", fields{"verdict": "overturn", "reason": "核对属实"}).Want(http.StatusOK)
	p.wantTold(resident, "claim_rejected points_posted claim_approved")
}

func (p *post) activity(start time.Duration, capacity int) string {
	p.Helper()
	leader := p.Login("secretary")
	at := p.Clock.Now().Add(start)
	body := fields{"team_id": p.World.TeamID, "title": "清扫院子", "star": region.Harmony, "place": fields{"name": "南门"},
		"starts_at": at, "ends_at": at.Add(time.Hour), "capacity": capacity, "walk_in": true, "points_per_hour": 20}
	id := leader.Post("/activities", body).Want(http.StatusCreated).Get("id").String()
	leader.Post("/activities/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

func TestActivitiesAreTold(t *testing.T) {
	p := startPost(t)
	first, second, late := p.Login("resident"), p.Resident("neighbour"), p.Resident("late")
	activity := p.activity(48*time.Hour, 1)
	signUp := func(who *apptest.Client) { who.Post("/activities/"+activity+"/signups", nil).Want(http.StatusCreated) }
	signUp(first)
	signUp(second)
	p.Tick()
	p.wantTold(first, "")
	first.Delete("/activities/" + activity + "/signups/mine").Want(http.StatusNoContent)
	p.wantTold(first, "")
	p.wantTold(second, "waiting_moved_up")
	p.Clock.Advance(24 * time.Hour)
	p.Tick()
	p.Tick()
	p.wantTold(second, "waiting_moved_up activity_tomorrow")
	p.wantTold(first, "")
	p.Clock.Advance(23 * time.Hour)
	p.Tick()
	p.Tick()
	p.wantTold(second, "waiting_moved_up activity_tomorrow activity_soon")
	if text := p.last(second, "text"); !strings.Contains(text, "清扫院子") || !strings.Contains(text, "11月24日 10:00") {
		t.Errorf("%s", text)
	}

	activity = p.activity(20*time.Hour, 9)
	signUp(late) // who signs up within the day knows
	p.Tick()
	p.wantTold(late, "")
	p.Login("secretary").Post("/activities/"+activity+"/cancel", fields{"reason": "下大雨了"}).Want(http.StatusOK)
	p.wantTold(late, "activity_cancelled")
	p.Clock.Advance(19 * time.Hour)
	p.Tick()
	p.wantTold(late, "activity_cancelled")
}

func TestAWhistleIsHeardByThoseWhoHelpThere(t *testing.T) {
	p := startPost(t)
	member, leader, resident, secretary := p.Resident("member"), p.Login("leader"), p.Login("resident"), p.Login("secretary")
	for _, who := range []*apptest.Client{member, secretary} { // whoever whistles knows, and is told nothing
		who.Post("/teams/"+p.World.TeamID+"/members", nil).Want(http.StatusCreated)
		leader.Post("/teams/"+p.World.TeamID+"/members/"+who.PersonID+"/decision", fields{"verdict": "admit"}).Want(http.StatusOK)
	}
	p.agree(member, "whistle", 1)
	p.Clock.Advance(14 * time.Hour) // midnight
	secretary.Post("/whistles", fields{"region_id": p.World.Community.ID, "title": "下水道堵了，搬沙袋", "needed": 8,
		"place": fields{"name": "东门"}, "until": p.Clock.Now().Add(2 * time.Hour), "points_per_hour": 20}).Want(http.StatusCreated)
	p.wantTold(member, "whistle")
	p.wantTold(leader, "whistle")
	p.wantTold(resident, "")
	p.wantTold(secretary, "")
	p.Tick()
	if count := p.arrived()[[2]string{"sim-member", "下水道堵了，搬沙袋"}]; count != 1 {
		t.Errorf("%v", p.App.Simulator.SentMessages())
	}
}

func (p *post) ticket(by *apptest.Client) string {
	p.Helper()
	return by.Post("/tickets", fields{"region_id": p.World.Community.ID, "category": "facilities", "text": "楼道的灯不亮了"}).
		Want(http.StatusCreated).Get("id").String()
}

func TestTicketsAreToldAtEachPart(t *testing.T) {
	p := startPost(t)
	raiser, backer, secretary, assignee := p.Login("resident"), p.Resident("neighbour"), p.Login("secretary"), p.Login("assignee")
	id := p.ticket(raiser)
	p.Tick()
	backer.Put("/tickets/"+id+"/vote", nil).Want(http.StatusOK)
	do := func(by *apptest.Client, what string, body any) {
		t.Helper()
		by.Post("/tickets/"+id+"/"+what, body).Want(http.StatusOK)
	}
	dispatch := fields{"organisation_id": p.World.OrganisationID, "due_at": p.Clock.Now().Add(48 * time.Hour)}
	do(secretary, "dispatch", dispatch)
	if text := p.last(raiser, "text"); !strings.Contains(text, "样板联建单位") || strings.Contains(text, "灯不亮") {
		t.Errorf("%s", text)
	}
	do(assignee, "decline", fields{"reason": "没有梯子"})
	dispatch["note"] = "街道借梯子"
	do(secretary, "dispatch", dispatch)
	do(assignee, "accept", nil)
	do(assignee, "complete", fields{"text": "换好了"})
	p.wantTold(raiser, "ticket_dispatched ticket_back ticket_dispatched ticket_accepted ticket_completed points_posted")
	p.wantTold(backer, "ticket_completed")
	raiser.Put("/tickets/"+id+"/review", fields{"score": 5, "outcome": "solved"}).Want(http.StatusOK)
	p.wantTold(assignee, "ticket_assigned ticket_assigned ticket_reviewed points_posted")
	if page := p.last(backer, "page"); page != "pages/ticket/detail/index?id="+id {
		t.Errorf("%s", page)
	}
	rejected := p.ticket(raiser)
	secretary.Post("/tickets/"+rejected+"/reject", fields{"reason": "属于业主自家的事"}).Want(http.StatusOK)
	if kind, text := p.last(raiser, "kind"), p.last(raiser, "text"); kind != "ticket_rejected" || !strings.Contains(text, "属于业主自家的事") {
		t.Errorf("%s %s", kind, text)
	}
}

func TestOverdueTicketsAreToldToTheDeskAndThenToTheStreet(t *testing.T) {
	p := startPost(t)
	secretary, second, street, outsider := p.Login("secretary"), p.Login("secretary2"), p.Login("street"), p.Login("outsider")
	p.ticket(p.Login("resident"))
	p.Clock.Advance(23 * time.Hour)
	p.Tick()
	p.wantTold(secretary, "")
	p.Clock.Advance(time.Hour)
	p.Tick()
	p.Tick()
	p.wantTold(secretary, "ticket_overdue")
	p.wantTold(second, "ticket_overdue")
	p.wantTold(street, "")
	p.Clock.Advance(24 * time.Hour)
	p.Tick()
	p.Tick()
	p.wantTold(street, "ticket_overdue_long")
	p.wantTold(secretary, "ticket_overdue")
	p.wantTold(outsider, "")
}

func TestAnAnswerToADisputeIsTold(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	id := resident.Post("/me/points/disputes", fields{"region_id": p.World.Community.ID, "text": "周一扫雪没有记"}).Want(http.StatusCreated).Get("id").String()
	p.Login("secretary").Post("/points/disputes/"+id+"/answer", fields{"verdict": "upheld", "text": "签到表上没有"}).Want(http.StatusOK)
	resident.Post("/points/disputes/"+id+"/appeal", fields{"text": "邻居可以作证"}).Want(http.StatusOK)
	p.Login("street").Post("/points/disputes/"+id+"/decision", fields{"verdict": "upheld", "text": "问过队长"}).Want(http.StatusOK)
	p.wantTold(resident, "dispute_answered dispute_answered")
	if text := p.last(resident, "text"); !strings.Contains(text, "街道答复") || !strings.Contains(text, "问过队长") {
		t.Errorf("%s", text)
	}
}

// Confirming an activity tells everybody of their points in a few statements, however many came.
func TestAHundredCreditsAreToldTogether(t *testing.T) {
	p := startPost(t)
	const crowd = 40
	secretary, activity := p.Login("secretary"), p.activity(0, crowd)
	var everybody []*apptest.Client
	for i := range crowd {
		one := p.Resident(fmt.Sprintf("neighbour%d", i))
		everybody = append(everybody, one)
		secretary.Post("/activities/"+activity+"/attendance", fields{"person_id": one.PersonID, "reason": "手机没电"}).Want(http.StatusCreated)
	}
	p.Clock.Advance(2 * time.Hour)
	p.Login("leader").Post("/activities/"+activity+"/close", nil).Want(http.StatusOK)
	count := p.Statements(http.MethodPost, "/activities/:id/confirm", func() {
		p.Login("secretary2").Post("/activities/"+activity+"/confirm", nil).Want(http.StatusOK)
	})
	for _, one := range everybody {
		p.wantTold(one, "points_posted")
	}
	if most := 25 * crowd; count > most { // of which three for each would be the telling, one by one
		t.Errorf("%d statements for %d people, want at most %d", count, crowd, most)
	}
	alone := p.Statements(http.MethodGet, "/me/notices", func() { everybody[0].Get("/me/notices").Want(http.StatusOK) })
	if alone > 3 {
		t.Errorf("%d statements for a page of the inbox", alone)
	}
}

func TestReadNoticesAreForgottenInTheEnd(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.tell(notice.ClaimApproved, time.Time{}, resident)
	p.tell(notice.ClaimApproved, time.Time{}, resident)
	first := resident.Get("/me/notices").Get("items.1.id").String()
	resident.Put("/me/notices/"+first+"/read", nil).Want(http.StatusNoContent)
	count := func() int64 {
		resident.Token = p.Anonymous().Post("/sessions", fields{"code": "sim:resident"}).Want(http.StatusCreated).Get("token").String()
		return resident.Get("/me/notices").Want(http.StatusOK).Get("items.#").Int()
	}
	for _, step := range []struct {
		days int
		want int64
	}{{179, 2}, {2, 1}, {400, 1}} { // what was never read stays
		p.Clock.Advance(time.Duration(step.days) * 24 * time.Hour)
		p.Tick()
		if got := count(); got != step.want {
			t.Errorf("after %d days more: %d, want %d", step.days, got, step.want)
		}
	}
	p.wantStanding(map[string]int{"dropped": 1}) // the other's message is gone with it
}

func TestWhoLeavesIsToldNoMore(t *testing.T) {
	p := startPost(t)
	leaver := p.Resident("leaver")
	p.agree(leaver, "review", 1)
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: -1})
	what := p.tell(notice.ClaimApproved, time.Time{}, leaver)
	p.send()
	export := leaver.Get("/me/export").Want(http.StatusOK)
	if export.Get("rooms.notices.notices.0.what").String() != what || export.Get("rooms.notices.notices.0.message").String() != "waiting" ||
		export.Get("rooms.notices.consents.0.remaining").Raw != "0" {
		t.Errorf("%s", export.Get("rooms.notices"))
	}
	leaver.Delete("/me").Want(http.StatusNoContent)
	p.App.Simulator.Forget(wechat.PathSubscribeMessage)
	p.tell(notice.ClaimApproved, time.Time{}, leaver)
	p.Clock.Advance(time.Hour)
	p.send()
	for _, table := range []string{"notice", "notice_message", "notice_consent"} {
		if left := p.rows(t.Context(), table); left != 0 {
			t.Errorf("%d rows of %s are left", left, table)
		}
	}
	if sent := p.App.Simulator.SentMessages(); len(sent) != 0 {
		t.Errorf("%v", sent)
	}
}

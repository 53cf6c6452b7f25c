package notice_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"pgregory.net/rapid"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/notice"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

type fields = map[string]any

// post is a server whose outbox is looked at.
type post struct {
	*apptest.Harness
	told int
}

func startPost(t testing.TB, options ...apptest.Option) *post {
	t.Helper()
	return &post{Harness: apptest.Start(t, options...)}
}

// agree counts so many consents of somebody's to a template.
func (p *post) agree(who *apptest.Client, template string, times int) {
	p.Helper()
	for range times {
		who.Post("/me/notice-consents", fields{"accepted": []string{"simulated-" + template}}).Want(http.StatusOK)
	}
}

func (p *post) remaining(who *apptest.Client, template string) int64 {
	p.Helper()
	return who.Get("/me/notice-templates").Want(http.StatusOK).Get(`templates.#(template_id=="simulated-` + template + `").remaining`).Int()
}

// tell tells people something new of a kind, and gives what it is called.
func (p *post) tell(kind notice.Kind, until time.Time, people ...*apptest.Client) string {
	p.Helper()
	p.told++
	what := fmt.Sprintf("第%d件事", p.told)
	ids := make([]string, len(people))
	for i, one := range people {
		ids[i] = one.PersonID
	}
	err := p.App.Notices.Tell(context.Background(), notice.Notice{Kind: kind, Subject: notice.Subject{Kind: "claim", ID: fmt.Sprint(p.told)},
		RegionID: p.World.Community.ID, What: what, Text: what + "有了结果", Until: until}, ids...)
	if err != nil {
		p.Fatal(err)
	}
	return what
}

func (p *post) send() {
	p.Helper()
	if err := p.App.Notices.Tick(context.Background()); err != nil {
		p.Fatal(err)
	}
}

// arrived counts the messages that WeChat got, by openid and what they tell of.
func (p *post) arrived() map[[2]string]int {
	counts := map[[2]string]int{}
	for _, one := range p.App.Simulator.SentMessages() {
		counts[[2]string{one.OpenID, one.Data["thing1"]}]++
	}
	return counts
}

// standing counts the messages in each state.
func (p *post) standing() map[string]int {
	p.Helper()
	rows, err := p.App.DB.Querier(context.Background()).QueryContext(context.Background(), "SELECT state, COUNT(*) FROM notice_message GROUP BY state")
	if err != nil {
		p.Fatal(err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var state string
		var count int
		if err := rows.Scan(&state, &count); err != nil {
			p.Fatal(err)
		}
		counts[state] = count
	}
	return counts
}

func (p *post) wantStanding(want map[string]int) {
	p.Helper()
	if got := p.standing(); fmt.Sprint(got) != fmt.Sprint(want) {
		p.Fatalf("messages are %v, want %v", got, want)
	}
}

func (p *post) wantArrived(openID, what string, want int) {
	p.Helper()
	if got := p.arrived()[[2]string{openID, what}]; got != want {
		p.Fatalf("%q arrived %d times at %s, want %d", what, got, openID, want)
	}
}

// resendAll has an operator send every dead letter again.
func (p *post) resendAll() {
	p.Helper()
	admin := p.Login("admin")
	for {
		dead := admin.Get("/notices/dead?limit=100&region_id=" + p.World.City.ID).Want(http.StatusOK).Get("items").Array()
		if len(dead) == 0 {
			return
		}
		for _, one := range dead {
			admin.Post("/notices/"+one.Get("id").String()+"/resend", nil).Want(http.StatusNoContent)
		}
	}
}

// A hundred people, of whom each has agreed to a hundred messages, are told ten thousand things by a WeChat that fails
// a third of the time: it is busy, it breaks, or it does what it was asked for and the answer is lost.
func TestTenThousandNoticesArriveOnceEach(t *testing.T) {
	p := startPost(t)
	const people, things = 100, 100
	told := make([]*apptest.Client, people)
	for i := range told {
		told[i] = p.Login(fmt.Sprintf("neighbour%d", i))
		err := p.App.DB.InTx(context.Background(), func(ctx context.Context) error {
			for range things {
				if _, err := p.App.Notices.Agree(ctx, web.Caller{PersonID: told[i].PersonID}, []string{"simulated-review"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for range things {
		p.tell(notice.ClaimApproved, time.Time{}, told...)
	}
	p.App.Simulator.TellSometimes(wechat.PathSubscribeMessage, 1.0/3, wechat.Behaviour{ErrCode: -1}, wechat.Behaviour{HTTPStatus: 500},
		wechat.Behaviour{HTTPStatus: 503}, wechat.Behaviour{Lose: true})
	for rounds := 0; p.standing()["waiting"]+p.standing()["dead"] > 0; rounds++ {
		if rounds > 200 {
			t.Fatalf("still %v", p.standing())
		}
		p.send()
		p.resendAll()
		p.Clock.Advance(time.Hour)
	}
	for at, count := range p.arrived() {
		if count != 1 {
			t.Errorf("%s got %q %d times", at[0], at[1], count)
		}
	}
	if got := len(p.arrived()); got != people*things {
		t.Errorf("%d arrived, want %d", got, people*things)
	}
	standing := p.standing()
	if standing["sent"]+standing["unknown"] != people*things || standing["unknown"] == 0 || p.App.Simulator.Calls(wechat.PathSubscribeMessage) < people*things*5/4 {
		t.Errorf("%v after %d calls: did WeChat fail at all?", standing, p.App.Simulator.Calls(wechat.PathSubscribeMessage))
	}
	for _, one := range told {
		if left := p.remaining(one, "review"); left != 0 {
			t.Errorf("%d consents are left of as many as there were messages", left)
		}
		if unread := one.Get("/me/notices/count").Want(http.StatusOK).Get("unread").Int(); unread != things {
			t.Errorf("%d in the inbox, want %d", unread, things)
		}
	}
}

// A notice and its message are written with what they tell of, or not at all.
func TestAMessageStandsAndFallsWithWhatItTells(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	undone := errors.New("what is told did not happen")
	err := p.App.DB.InTx(t.Context(), func(ctx context.Context) error {
		told := notice.Notice{Kind: notice.ClaimApproved, Subject: notice.Subject{Kind: "claim", ID: "1"}, RegionID: p.World.Community.ID, What: "一", Text: "一"}
		if err := p.App.Notices.Tell(ctx, told, resident.PersonID); err != nil {
			return err
		}
		if notices, messages := p.rows(ctx, "notice"), p.rows(ctx, "notice_message"); notices != 1 || messages != 1 {
			t.Errorf("%d notices and %d messages before the end of the transaction", notices, messages)
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	if notices, messages := p.rows(t.Context(), "notice"), p.rows(t.Context(), "notice_message"); notices != 0 || messages != 0 {
		t.Errorf("%d notices and %d messages tell of nothing", notices, messages)
	}
}

// rows counts what a table holds, as the transaction of ctx sees it.
func (p *post) rows(ctx context.Context, table string) (count int) {
	p.Helper()
	if err := p.App.DB.Querier(ctx).QueryRowContext(ctx, "SELECT COUNT(*) FROM "+table).Scan(&count); err != nil {
		p.Fatal(err)
	}
	return count
}

func TestManySendersSendEachMessageOnce(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 60)
	for range 60 {
		p.tell(notice.ClaimApproved, time.Time{}, resident)
	}
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{Delay: 20 * time.Millisecond})
	var senders sync.WaitGroup
	for range 8 {
		senders.Go(func() {
			if err := p.App.Notices.Tick(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	senders.Wait()
	p.send() // who was slower than another gave way, and comes again
	p.wantStanding(map[string]int{"sent": 60})
	if calls := p.App.Simulator.Calls(wechat.PathSubscribeMessage); calls != 60 {
		t.Errorf("%d calls for 60 messages", calls)
	}
}

// A server that is told to stop ends what it has begun: what it does not write down would be in doubt.
func TestWhatWasBegunIsEnded(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 50)
	for range 50 {
		p.tell(notice.ClaimApproved, time.Time{}, resident)
	}
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{Delay: 300 * time.Millisecond})
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- p.App.Notices.Tick(ctx) }()
	for p.App.Simulator.Calls(wechat.PathSubscribeMessage) < 16 {
		time.Sleep(time.Millisecond)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	p.wantStanding(map[string]int{"sent": 16, "waiting": 34})
}

// A sender that was given up on changes nothing any more, whatever WeChat has told it.
func TestAWordThatComesTooLateIsNotHeard(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 1)
	p.tell(notice.ClaimApproved, time.Time{}, resident)
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: -1, Delay: 500 * time.Millisecond})
	ended := make(chan error, 1)
	go func() { ended <- p.App.Notices.Tick(context.Background()) }()
	for p.App.Simulator.Calls(wechat.PathSubscribeMessage) < 1 {
		time.Sleep(time.Millisecond)
	}
	p.Clock.Advance(2 * time.Minute)
	p.send()
	p.wantStanding(map[string]int{"unknown": 1})
	if err := <-ended; err != nil {
		t.Error(err)
	}
	p.wantStanding(map[string]int{"unknown": 1})
}

func TestOneConsentIsOneMessage(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 2)
	for range 3 {
		p.tell(notice.ClaimApproved, time.Time{}, resident)
	}
	p.tell(notice.PointsPosted, time.Time{}, resident) // to which nobody has agreed
	p.send()
	p.wantStanding(map[string]int{"sent": 2, "dropped": 2})
	if left := p.remaining(resident, "review"); left != 0 {
		t.Errorf("%d left", left)
	}
	if count := resident.Get("/me/notices").Get("items.#").Int(); count != 4 {
		t.Errorf("%d in the inbox", count)
	}
}

func TestALongTermConsentHolds(t *testing.T) {
	p := startPost(t, func(config *app.Config) {
		setting := config.WeChat.Templates["review"]
		setting.LongTerm = true
		config.WeChat.Templates["review"] = setting
	})
	resident := p.Login("resident")
	p.agree(resident, "review", 1)
	for range 20 {
		p.tell(notice.ClaimApproved, time.Time{}, resident)
	}
	p.send()
	p.wantStanding(map[string]int{"sent": 20})
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: 43101}) // it was taken back
	p.tell(notice.ClaimApproved, time.Time{}, resident)
	p.send()
	p.App.Simulator.Forget(wechat.PathSubscribeMessage)
	p.tell(notice.ClaimApproved, time.Time{}, resident)
	p.send()
	p.wantStanding(map[string]int{"sent": 20, "dropped": 2})
}

// WeChat knows better: the person has used the consents up elsewhere, or has taken them back.
func TestConsentsAreCorrectedByWeChat(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 5)
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: 43101})
	p.tell(notice.ClaimApproved, time.Time{}, resident)
	p.send()
	p.wantStanding(map[string]int{"dropped": 1})
	if left := p.remaining(resident, "review"); left != 0 {
		t.Errorf("%d left", left)
	}
	p.Clock.Advance(24 * time.Hour)
	p.send()
	if calls := p.App.Simulator.Calls(wechat.PathSubscribeMessage); calls != 1 {
		t.Errorf("%d calls", calls)
	}
}

func TestWithWeChatDownAllWaits(t *testing.T) {
	for name, behaviour := range map[string]wechat.Behaviour{"cut": {Drop: true}, "broken": {HTTPStatus: 500}, "busy": {ErrCode: -1}} {
		t.Run(name, func(t *testing.T) {
			p := startPost(t)
			resident := p.Login("resident")
			p.agree(resident, "review", 30)
			var all []string
			for range 30 {
				all = append(all, p.tell(notice.ClaimApproved, time.Time{}, resident))
			}
			p.App.Simulator.Tell(wechat.EveryPath, behaviour)
			for range 12 { // more than a day: no try is counted while nobody answers
				p.send()
				p.Clock.Advance(3 * time.Hour)
			}
			p.wantStanding(map[string]int{"waiting": 30})
			p.App.Simulator.Up()
			p.Clock.Advance(13 * time.Hour) // past the quiet hours
			p.send()
			p.wantStanding(map[string]int{"sent": 30})
			for _, what := range all {
				p.wantArrived("sim-resident", what, 1)
			}
		})
	}
}

// Of what was on its way when WeChat fell silent nobody knows; the rest waits.
func TestWeChatFallsSilentInTheMiddle(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 100)
	for range 100 {
		p.tell(notice.ClaimApproved, time.Time{}, resident)
	}
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{Drop: true, Times: 1})
	p.App.Simulator.Tell(wechat.PathServers, wechat.Behaviour{Times: 1})
	p.send()
	if standing := p.standing(); standing["unknown"] != 1 || standing["sent"] != 99 {
		t.Errorf("one call was cut: %v", standing)
	}
	for range 100 {
		p.tell(notice.ClaimApproved, time.Time{}, resident)
	}
	p.agree(resident, "review", 100)
	p.App.Simulator.Tell(wechat.PathServers, wechat.Behaviour{Times: 1}) // answers once
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{Drop: true})
	served := make(chan struct{})
	go func() { // once the first message is out, nothing answers
		defer close(served)
		for p.App.Simulator.Calls(wechat.PathSubscribeMessage) <= 100 {
			time.Sleep(time.Millisecond)
		}
		p.App.Simulator.Down()
	}()
	p.send()
	<-served
	if standing := p.standing(); standing["unknown"] > 17 || standing["waiting"] < 84 {
		t.Errorf("more than one round was risked: %v", standing)
	}
	p.App.Simulator.Up()
	p.App.Simulator.Forget(wechat.PathSubscribeMessage)
	p.send()
	for at, count := range p.arrived() {
		if count > 1 {
			t.Errorf("%v arrived %d times", at, count)
		}
	}
	if p.standing()["waiting"] != 0 {
		t.Errorf("%v", p.standing())
	}
}

func TestWhatWeChatWillNeverTakeIsALetterToTheOperator(t *testing.T) {
	p := startPost(t)
	resident, admin := p.Login("resident"), p.Login("admin")
	p.agree(resident, "review", 1)
	what := p.tell(notice.ClaimApproved, time.Time{}, resident)
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: 47003})
	p.send()
	p.wantStanding(map[string]int{"dead": 1})
	if left := p.remaining(resident, "review"); left != 1 {
		t.Errorf("%d consents left, though nothing was sent", left)
	}
	letters := admin.Get("/notices/dead?region_id=" + p.World.City.ID).Want(http.StatusOK)
	for path, want := range map[string]string{"items.#": "1", "items.0.kind": "claim_approved", "items.0.title": "任务通过审核", "items.0.tries": "1",
		"items.0.region_name": "样板社区", "items.0.subject.kind": "claim"} {
		if got := letters.Get(path).String(); got != want {
			t.Errorf("%s is %q, want %q: %s", path, got, want, letters)
		}
	}
	if village := admin.Get("/notices/dead?region_id=" + p.World.Village.ID).Want(http.StatusOK); village.Get("items.#").Int() != 0 {
		t.Errorf("in the village: %s", village)
	}
	path := "/notices/" + letters.Get("items.0.id").String() + "/resend"
	for _, name := range []string{"resident", "secretary", "street"} {
		p.Login(name).Get("/notices/dead?region_id="+p.World.Community.ID).WantCode(http.StatusForbidden, "auth.forbidden")
		p.Login(name).Post(path, nil).WantCode(http.StatusForbidden, "auth.forbidden")
	}
	p.Clock.Advance(48 * time.Hour)
	p.send()
	if calls := p.App.Simulator.Calls(wechat.PathSubscribeMessage); calls != 1 {
		t.Errorf("it was sent %d times", calls)
	}
	p.App.Simulator.Forget(wechat.PathSubscribeMessage)
	admin.Post(path, nil).Want(http.StatusNoContent)
	admin.Post(path, nil).WantCode(http.StatusConflict, "notice.not_dead")
	p.send()
	p.wantStanding(map[string]int{"sent": 1})
	p.wantArrived("sim-resident", what, 1)
	admin.Post(path, nil).WantCode(http.StatusConflict, "notice.not_dead")
	log := admin.Get("/regions/" + p.World.Community.ID + "/audit").Want(http.StatusOK)
	if log.Get(`items.#(act=="notice.resent").actor_id`).String() != admin.PersonID {
		t.Errorf("nobody wrote down who: %s", log)
	}
}

// What fails for a day is given up, with growing waits before.
func TestTriesEnd(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "whistle", 1)
	p.tell(notice.Whistle, time.Time{}, resident) // which no quiet hours hold up
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: -1})
	var tried []time.Duration
	start, calls := p.Clock.Now(), 0
	for p.Clock.Now().Sub(start) < 72*time.Hour {
		p.send()
		if now := p.App.Simulator.Calls(wechat.PathSubscribeMessage); now > calls {
			calls = now
			tried = append(tried, p.Clock.Now().Sub(start))
		}
		p.Clock.Advance(5 * time.Second * time.Duration(1+len(tried)*len(tried)*len(tried)))
	}
	if len(tried) != 8 || tried[7] < 12*time.Hour || tried[7] > 40*time.Hour {
		t.Errorf("tried after %v", tried)
	}
	p.wantStanding(map[string]int{"dead": 1})
	p.resendAll()
	p.send() // as if for the first time: this try is not the last
	p.wantStanding(map[string]int{"waiting": 1})
}

// A limit of WeChat's ends the run, so that it is not run into over and over.
func TestALimitEndsTheRun(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 60)
	for range 60 {
		p.tell(notice.ClaimApproved, time.Time{}, resident)
	}
	p.agree(resident, "whistle", 1)
	whistle := p.tell(notice.Whistle, time.Time{}, resident)
	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: 45011})
	p.send()
	if calls := p.App.Simulator.Calls(wechat.PathSubscribeMessage); calls > 16 {
		t.Errorf("%d calls", calls)
	}
	p.App.Simulator.Forget(wechat.PathSubscribeMessage)
	p.Clock.Advance(time.Minute)
	p.send()
	p.wantStanding(map[string]int{"sent": 61})
	if at := slices.IndexFunc(p.App.Simulator.SentMessages(), func(m wechat.SentMessage) bool { return m.Data["thing1"] == whistle }); at >= 16 {
		t.Errorf("%d went out before the whistle", at)
	}
}

func TestQuietHours(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 1)
	p.agree(resident, "activity", 2)
	p.agree(resident, "whistle", 2)
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, 11, day, hour, minute, 0, 0, time.FixedZone("Asia/Shanghai", 8*60*60))
	}
	p.Clock.Set(at(22, 22, 0))
	claim := p.tell(notice.ClaimApproved, time.Time{}, resident)
	early := p.tell(notice.ActivitySoon, at(23, 6, 0), resident)
	late := p.tell(notice.ActivitySoon, at(23, 9, 0), resident)
	whistle := p.tell(notice.Whistle, at(22, 23, 0), resident)
	p.send()
	p.wantArrived("sim-resident", whistle, 1)
	p.wantStanding(map[string]int{"sent": 1, "waiting": 3})
	over := p.tell(notice.Whistle, at(22, 23, 0), resident)
	p.Clock.Set(at(22, 23, 0))
	p.send()
	p.wantArrived("sim-resident", over, 0)
	p.Clock.Set(at(23, 7, 29))
	p.send()
	p.wantArrived("sim-resident", claim, 0)
	p.Clock.Set(at(23, 7, 30))
	p.send()
	p.wantArrived("sim-resident", claim, 1)
	p.wantArrived("sim-resident", late, 1)
	p.wantArrived("sim-resident", early, 0)
	if left := p.remaining(resident, "activity"); left != 1 {
		t.Errorf("%d consents left: what is over uses none up", left)
	}

	secretary := p.Login("secretary")
	var settings fields
	secretary.Get("/regions/" + p.World.Community.ID + "/settings").Want(http.StatusOK).Into(&settings)
	settings["quiet_from"], settings["quiet_until"], settings["reason"] = "00:00", "00:00", "居民要求"
	secretary.Put("/regions/"+p.World.Community.ID+"/settings", settings).Want(http.StatusOK)
	p.agree(resident, "review", 1)
	p.Clock.Set(at(23, 23, 0))
	night := p.tell(notice.ClaimApproved, time.Time{}, resident)
	p.send()
	p.wantArrived("sim-resident", night, 1)
}

// Who has read it in the inbox needs no message, and keeps the consent.
func TestWhatWasReadIsNotSent(t *testing.T) {
	p := startPost(t)
	resident := p.Login("resident")
	p.agree(resident, "review", 1)
	p.tell(notice.ClaimApproved, time.Time{}, resident)
	resident.Put("/me/notices/"+resident.Get("/me/notices").Get("items.0.id").String()+"/read", nil).Want(http.StatusNoContent)
	p.send()
	p.wantStanding(map[string]int{"dropped": 1})
	if left := p.remaining(resident, "review"); left != 1 {
		t.Errorf("%d left", left)
	}

	p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: -1})
	p.tell(notice.ClaimApproved, time.Time{}, resident)
	p.send()
	p.wantStanding(map[string]int{"dropped": 1, "waiting": 1})
	resident.Post("/me/notices/read", fields{"up_to": p.last(resident, "id")}).Want(http.StatusOK)
	p.Clock.Advance(time.Hour)
	p.send()
	p.wantStanding(map[string]int{"dropped": 2})
	if left := p.remaining(resident, "review"); left != 1 {
		t.Errorf("%d left: what was set aside comes back", left)
	}
}

func TestWhoHasNoWeChatHasTheInbox(t *testing.T) {
	p := startPost(t)
	elderID, card := p.Elder("样例老人")
	elder := p.Login("secretary").ByCard(card)
	elder.PersonID = elderID
	what := p.tell(notice.ClaimApproved, time.Time{}, elder)
	p.wantStanding(map[string]int{})
	if got := elder.Get("/me/notices").Want(http.StatusOK).Get("items.0.what").String(); got != what {
		t.Errorf("%q", got)
	}
	if asking := elder.Get("/me/notice-templates").Want(http.StatusOK); asking.Get("templates.#").Int() != 0 || asking.Get("moments.@keys.#").Int() != 0 {
		t.Errorf("the helper's phone would be asked: %s", asking)
	}
	elder.Post("/me/notice-consents", fields{"accepted": []string{"simulated-review"}}).WantCode(http.StatusForbidden, "card.own_phone_only")
}

// The server dies between sending and writing down that it has: what was on its way is not sent again, the rest is.
func TestRestartInTheMiddleOfSending(t *testing.T) {
	first := startPost(t)
	resident := first.Login("resident")
	first.agree(resident, "review", 50)
	for range 50 {
		first.tell(notice.ClaimApproved, time.Time{}, resident)
	}
	first.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{Delay: 300 * time.Millisecond})
	ended := make(chan error, 1)
	go func() { ended <- first.App.Notices.Tick(context.Background()) }()
	for first.App.Simulator.Calls(wechat.PathSubscribeMessage) < 16 {
		time.Sleep(time.Millisecond)
	}
	if err := first.App.DB.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Fatal("the server has not died")
	}

	second := &post{Harness: apptest.StartEmpty(t, func(config *app.Config) {
		config.Data, config.Database.DSN = first.App.Config.Data, first.App.Config.Database.DSN
	})}
	second.Clock.Set(first.Clock.Now())
	second.send()
	second.wantStanding(map[string]int{"sending": 16, "sent": 34})
	second.Clock.Advance(2 * time.Minute)
	second.send()
	second.wantStanding(map[string]int{"unknown": 16, "sent": 34})
	all := first.arrived()
	for at, count := range second.arrived() {
		all[at] += count
	}
	for at, count := range all {
		if count != 1 {
			t.Errorf("%v arrived %d times", at, count)
		}
	}
	if len(all) != 50 {
		t.Errorf("%d arrived", len(all))
	}
}

func TestTheOutboxIsMeasured(t *testing.T) {
	p := startPost(t)
	registry := prometheus.NewRegistry()
	p.App.Notices.Measure(registry)
	resident := p.Login("resident")
	p.agree(resident, "review", 3)
	for _, code := range []int{47003, -1, 0} { // dead, waiting, sent
		p.App.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: code})
		p.tell(notice.ClaimApproved, time.Time{}, resident)
		p.send()
	}
	p.tell(notice.PointsPosted, time.Time{}, resident)
	p.send()
	p.Clock.Advance(time.Hour)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, family := range families {
		for _, metric := range family.GetMetric() {
			name := strings.TrimPrefix(family.GetName(), "fivestar_notice_")
			for _, label := range metric.GetLabel() {
				name += " " + label.GetValue()
			}
			values[name] = metric.GetGauge().GetValue() + metric.GetCounter().GetValue()
		}
	}
	if late := values["outbox_age_seconds"]; late < 3560 || late > 3580 { // but for the half minute that it was to wait
		t.Errorf("%v seconds late", late)
	}
	delete(values, "outbox_age_seconds")
	want := map[string]float64{"outbox_depth": 1, "dead_letters": 1, "messages_total dead": 1, "messages_total waiting": 1, "messages_total sent": 1,
		"messages_total dropped": 1, "messages_total unknown": 0}
	if !maps.Equal(values, want) {
		t.Errorf("%v, want %v", values, want)
	}
}

// Whatever happens, nothing arrives twice, and nothing hangs.
func TestMessagesUnderAnyWeather(t *testing.T) {
	p := startPost(t)
	sky := p.App.Simulator
	checks := 0
	rapid.Check(t, func(t *rapid.T) {
		checks++
		sky.Up()
		sky.Forget(wechat.PathSubscribeMessage)
		p.Clock.Advance(72 * time.Hour)
		session := p.Anonymous().Post("/sessions", fields{"code": "sim:admin"}).Want(http.StatusCreated) // the last one may be over
		p.Login("admin").Token = session.Get("token").String()
		who := p.Login(fmt.Sprintf("someone%d", checks))
		openID, consents, told := fmt.Sprintf("sim-someone%d", checks), 0, []string{}
		holds := func(t *rapid.T) {
			arrived, sum := p.arrived(), 0
			for _, what := range told {
				count := arrived[[2]string{openID, what}]
				if sum += count; count > 1 {
					t.Fatalf("%s arrived %d times", what, count)
				}
			}
			if sum > consents {
				t.Fatalf("%d arrived with %d consents", sum, consents)
			}
			if unread := who.Get("/me/notices/count").Get("unread").Int(); unread != int64(len(told)) {
				t.Fatalf("%d in the inbox, %d were told", unread, len(told))
			}
		}
		t.Repeat(map[string]func(*rapid.T){
			"agree": func(*rapid.T) { p.agree(who, "review", 1); consents++ },
			"tell": func(t *rapid.T) {
				until := time.Time{}
				if rapid.Bool().Draw(t, "ends") {
					until = p.Clock.Now().Add(time.Hour)
				}
				told = append(told, p.tell(notice.ClaimApproved, until, who))
			},
			"weather": func(t *rapid.T) {
				sky.Tell(wechat.PathSubscribeMessage, rapid.SampledFrom([]wechat.Behaviour{
					{}, {ErrCode: -1}, {ErrCode: 47003}, {ErrCode: 43101}, {ErrCode: 45011}, {HTTPStatus: 500}, {HTTPStatus: 502}, {Drop: true}, {Lose: true},
				}).Draw(t, "of sending"))
			},
			"down": func(*rapid.T) { sky.Down() },
			"up":   func(*rapid.T) { sky.Up() },
			"lose": func(*rapid.T) { // by day what is told now arrives, and the answer is lost
				p.agree(who, "review", 1)
				consents++
				told = append(told, p.tell(notice.ClaimApproved, time.Time{}, who))
				sky.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{Lose: true})
				p.send()
			},
			"send": func(*rapid.T) { p.send() },
			"later": func(t *rapid.T) {
				p.Clock.Advance(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes")) * time.Minute)
			},
			"resend": func(*rapid.T) { p.resendAll() },
			"":       holds,
		})
		sky.Up()
		sky.Forget(wechat.PathSubscribeMessage)
		for range 10 {
			p.Clock.Advance(9 * time.Hour)
			p.send()
		}
		if left := p.standing(); left["waiting"]+left["sending"] > 0 {
			t.Fatalf("%v hang", left)
		}
		holds(t) // fair weather sends twice what foul weather only seemed to lose
	})
}

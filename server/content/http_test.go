package content_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"fivestar/server/app/apptest"
	"fivestar/server/wechat"
)

// raise raises a ticket of this text as the resident and gives its id.
func raise(h *apptest.Harness, text string) string {
	h.Helper()
	body := map[string]any{"region_id": h.World.Community.ID, "category": "facilities", "text": text, "show_name": true}
	return h.Login("resident").Post("/tickets", body).Want(http.StatusCreated).Get("id").String()
}

// seenBy tells whether a person finds the ticket in the community's list and by its id; both must agree.
func seenBy(h *apptest.Harness, name, ticketID string) bool {
	h.Helper()
	client := h.Login(name)
	list := client.Get("/tickets?limit=100&region_id=" + h.World.Community.ID).Want(http.StatusOK)
	inList := strings.Contains(list.Get("items.#.id").String(), ticketID)
	one := client.Get("/tickets/" + ticketID)
	if inList != (one.Status == http.StatusOK) {
		h.Errorf("%s: in the list %v, by id %d", name, inList, one.Status)
	}
	return inList
}

func TestATextIsShownToOthersOnlyOncePassed(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	for text, passes := range map[string]bool{"路灯不亮了，请来看看": true, "这里有违禁的内容": false, "这里有待复核的内容": false} {
		id := raise(h, text)
		h.Tick()
		for name, want := range map[string]bool{"resident": true, "secretary": true, "neighbour": passes} {
			if got := seenBy(h, name, id); got != want {
				t.Errorf("%q, %s: seen %v, want %v", text, name, got, want)
			}
		}
	}
}

func TestWithWeChatDownPeopleGoOnAndTextsWait(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	h.App.Simulator.Down()
	id := raise(h, "楼道的灯坏了三天了")
	h.Tick()
	if !seenBy(h, "resident", id) || !seenBy(h, "secretary", id) || seenBy(h, "neighbour", id) {
		t.Error("a text that waits is for its author and the secretary only")
	}
	h.Login("resident").Get("/me/points").Want(http.StatusOK)
	h.App.Simulator.Up()
	h.Tick()
	if seenBy(h, "neighbour", id) {
		t.Error("asked again at once: WeChat needs a pause")
	}
	h.Clock.Advance(time.Minute)
	h.Tick()
	if !seenBy(h, "neighbour", id) {
		t.Error("not shown after WeChat came back")
	}
}

func TestWeChatThatRefusesTheAuthorLeavesItToTheDesk(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	h.App.Simulator.Tell(wechat.PathCheckText, wechat.Behaviour{ErrCode: 61010})
	id := raise(h, "垃圾桶满了没人清")
	h.Tick()
	path := "/regions/" + h.World.Community.ID + "/content-checks"
	h.Login("outsider").Get(path).WantCode(403, "auth.forbidden")
	h.Login("resident").Get(path).WantCode(403, "auth.forbidden")
	waiting := h.Login("secretary").Get(path).Want(http.StatusOK)
	if waiting.Get("items.#").Int() != 1 || !strings.HasPrefix(waiting.Get("items.0.content").String(), "垃圾桶满了没人清") {
		t.Fatalf("%s", waiting)
	}
	decision := "/content-checks/" + waiting.Get("items.0.id").String() + "/decision"
	pass := map[string]string{"verdict": "pass"}
	h.Login("outsider").Post(decision, pass).WantCode(403, "auth.forbidden")
	h.Login("resident").Post(decision, pass).WantCode(403, "auth.forbidden")
	h.Login("secretary").Post(decision, pass).Want(http.StatusNoContent)
	h.Login("secretary").Post(decision, pass).WantCode(409, "content.decided")
	if !seenBy(h, "neighbour", id) {
		t.Error("not shown after the desk passed it")
	}
}

func TestNobodyDecidesOnTheirOwnText(t *testing.T) {
	h := apptest.Start(t)
	body := map[string]any{"region_id": h.World.Community.ID, "category": "other", "text": "书记自己写的待复核内容", "show_name": true}
	h.Login("secretary").Post("/tickets", body).Want(http.StatusCreated)
	h.Tick()
	waiting := h.Login("secretary").Get("/regions/" + h.World.Community.ID + "/content-checks").Want(http.StatusOK)
	decision := "/content-checks/" + waiting.Get("items.0.id").String() + "/decision"
	h.Login("secretary").Post(decision, map[string]string{"verdict": "pass"}).WantCode(403, "review.own_work")
	h.Login("secretary2").Post(decision, map[string]string{"verdict": "refuse", "reason": "不合适"}).Want(http.StatusNoContent)
}

func TestAnEldersTextIsCheckedUnderTheHelper(t *testing.T) {
	h := apptest.Start(t)
	_, card := h.Elder("样例老人")
	body := map[string]any{"region_id": h.World.Community.ID, "category": "elder_care", "text": "家里水管漏水，想请人看看", "show_name": true}
	id := h.Login("grid").ByCard(card).Post("/tickets", body).Want(http.StatusCreated).Get("id").String()
	h.Tick()
	if !seenBy(h, "resident", id) {
		t.Error("an elder's text did not pass under the helper's openid")
	}
}

func TestForgedVerdictsAreRefused(t *testing.T) {
	h := apptest.Start(t)
	url := h.URL + "/wechat/callback?signature=0000&timestamp=1&nonce=1"
	answer := h.Anonymous().Send(http.MethodPost, url, "application/json", strings.NewReader(`{"Event":"wxa_media_check","trace_id":"x"}`))
	answer.WantCode(403, "wechat.forged_callback")
	h.Anonymous().Send(http.MethodPost, url, "application/json", io.LimitReader(zeros{}, 2<<20)).Want(http.StatusRequestEntityTooLarge)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestTickEndsWhileOthersGoOnWriting(t *testing.T) {
	h := apptest.Start(t)
	h.App.Simulator.Tell(wechat.PathCheckText, wechat.Behaviour{Delay: 300 * time.Millisecond})
	raise(h, "第一件事:楼下的井盖松了")
	ended := make(chan error, 1)
	go func() { ended <- h.App.Content.Tick(h.Context()) }()
	for n := range 100 { // there is always one under way
		select {
		case err := <-ended:
			if err != nil {
				t.Error(err)
			}
			return
		case <-time.After(50 * time.Millisecond):
			raise(h, fmt.Sprintf("又一件事，第%d件:路灯不亮", n))
		}
	}
	t.Error("Tick waited as long as people wrote")
}

func TestWhatOutlivesItsAuthorStillGetsAVerdict(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	h.App.Simulator.Down()
	const words = "楼道的灯坏了三天了"
	gone, kept := raise(h, words), raise(h, words)
	dispatch := map[string]any{"organisation_id": h.World.OrganisationID, "due_at": h.Clock.Now().Add(48 * time.Hour)}
	h.Login("secretary").Post("/tickets/"+kept+"/dispatch", dispatch).Want(http.StatusOK)
	h.Tick()
	h.Login("resident").Delete("/me").Want(http.StatusNoContent)
	h.App.Simulator.Up()
	h.Clock.Advance(time.Minute)
	h.Tick()
	waiting := h.Login("secretary").Get("/regions/" + h.World.Community.ID + "/content-checks").Want(http.StatusOK)
	if waiting.Get("items.#").Int() != 1 || waiting.Get("items.0.subject_id").String() != kept || waiting.Get("items.0.person_id").String() != "" {
		t.Fatalf("%s; %s is gone, %s is at work", waiting, gone, kept)
	}
	h.Login("secretary").Post("/content-checks/"+waiting.Get("items.0.id").String()+"/decision", map[string]string{"verdict": "pass"}).Want(http.StatusNoContent)
	if !seenBy(h, "neighbour", kept) {
		t.Error("hidden for ever")
	}
}

func TestManyTextsAtOnceAreAllDecided(t *testing.T) {
	h := apptest.Start(t)
	h.Resident("neighbour")
	h.App.Simulator.Down() // or all would be asked after their commits, and none be left for Tick
	const many = 60        // more than Tick reads at a time
	for n := range many {
		raise(h, fmt.Sprintf("第%d件事:楼下的井盖松了", n))
	}
	h.Tick()
	h.App.Simulator.Up()
	h.Clock.Advance(time.Minute)
	h.Tick()
	list := h.Login("neighbour").Get("/tickets?limit=100&region_id=" + h.World.Community.ID).Want(http.StatusOK)
	if shown := list.Get("items.#").Int(); shown != many {
		t.Errorf("%d shown, want %d", shown, many)
	}
}

package wechat

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSendSubscribeMessage(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	data := map[string]string{"thing1": "有<新>任务 & 更多", "date2": "2026-11-22"}
	if err := client.SendSubscribeMessage(t.Context(), testOpenID, "template1", "pages/task/detail/index?id=1", data); err != nil {
		t.Fatal(err)
	}
	want := []SentMessage{{OpenID: testOpenID, TemplateID: "template1", Page: "pages/task/detail/index?id=1", Data: data}}
	sent := simulator.SentMessages()
	if diff := cmp.Diff(want, sent, cmpopts.IgnoreFields(SentMessage{}, "At")); diff != "" {
		t.Error(diff)
	}
	if time.Since(sent[0].At) > time.Minute {
		t.Errorf("sent at %v", sent[0].At)
	}
}

func TestMessagesWithoutWhatWeChatNeeds(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	for _, test := range []struct {
		openID, templateID string
		data               map[string]string
	}{
		{"", "template1", map[string]string{"thing1": "x"}},
		{testOpenID, "", map[string]string{"thing1": "x"}},
		{testOpenID, "template1", nil},
	} {
		if err := client.SendSubscribeMessage(t.Context(), test.openID, test.templateID, "", test.data); !errors.Is(err, ErrMessageRefused) {
			t.Errorf("%+v: %v, want %v", test, err, ErrMessageRefused)
		}
	}
	if sent := simulator.SentMessages(); len(sent) != 0 {
		t.Errorf("%d messages were sent", len(sent))
	}
}

func TestNoConsent(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	simulator.Tell(PathSubscribeMessage, Behaviour{ErrCode: 43101, Times: 1})
	send := func() error {
		return client.SendSubscribeMessage(t.Context(), testOpenID, "template1", "", map[string]string{"thing1": "x"})
	}
	if err := send(); !errors.Is(err, ErrNoConsent) {
		t.Errorf("%v, want %v", err, ErrNoConsent)
	}
	if err := send(); err != nil || len(simulator.SentMessages()) != 1 {
		t.Errorf("%v, %d sent", err, len(simulator.SentMessages()))
	}
}

func TestMessagesKeptAreBounded(t *testing.T) {
	simulator := startSimulator(t)
	for i := range messagesKept + 5 {
		simulator.keep(SentMessage{TemplateID: fmt.Sprint(i)})
	}
	kept := simulator.SentMessages()
	if len(kept) != messagesKept || kept[0].TemplateID != "5" || kept[messagesKept-1].TemplateID != fmt.Sprint(messagesKept+4) {
		t.Errorf("%d kept, from %s to %s", len(kept), kept[0].TemplateID, kept[len(kept)-1].TemplateID)
	}
}

// A message that was not sent may be sent again; of one that may have been, nobody may say that it was not.
func TestWhatIsKnownOfAMessage(t *testing.T) {
	for _, test := range []struct {
		name      string
		behaviour Behaviour
		want      error
		sent      int
	}{
		{"busy", Behaviour{ErrCode: -1}, ErrUnavailable, 0},
		{"500", Behaviour{HTTPStatus: 500}, ErrUnavailable, 0},
		{"503", Behaviour{HTTPStatus: 503}, ErrUnavailable, 0},
		{"a gateway without an answer", Behaviour{HTTPStatus: 502}, ErrOutcomeUnknown, 0},
		{"a gateway that waited too long", Behaviour{HTTPStatus: 504}, ErrOutcomeUnknown, 0},
		{"cut before it was done", Behaviour{Drop: true}, ErrOutcomeUnknown, 0},
		{"cut after it was done", Behaviour{Lose: true}, ErrOutcomeUnknown, 1},
		{"no consent", Behaviour{ErrCode: 43101}, ErrNoConsent, 0},
	} {
		simulator := startSimulator(t)
		client := connect(t, simulator)
		if err := client.Answers(t.Context()); err != nil {
			t.Fatal(err)
		}
		simulator.Tell(PathSubscribeMessage, test.behaviour)
		err := client.SendSubscribeMessage(t.Context(), testOpenID, "template1", "", map[string]string{"thing1": "好"})
		if !errors.Is(err, test.want) || strings.Contains(err.Error(), "access_token") {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if sent := len(simulator.SentMessages()); sent != test.sent {
			t.Errorf("%s: %d sent, want %d", test.name, sent, test.sent)
		}
	}
}

func TestMessagesThatBreakALimitAreRefused(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	for key, value := range map[string]string{"thing1": strings.Repeat("扫", 21), "phrase1": "已经审核通过", "other1": "好"} {
		if err := client.SendSubscribeMessage(t.Context(), testOpenID, "template1", "", map[string]string{key: value}); !errors.Is(err, ErrMessageRefused) {
			t.Errorf("%s: %v", key, err)
		}
	}
	if sent := len(simulator.SentMessages()); sent != 0 {
		t.Errorf("%d sent", sent)
	}
}

func TestMessagesAreListedByPerson(t *testing.T) {
	simulator := startSimulator(t)
	simulator.keep(SentMessage{OpenID: "sim-a", TemplateID: "1"})
	simulator.keep(SentMessage{OpenID: "sim-b", TemplateID: "2"})
	for query, want := range map[string]int{"": 2, "?openid=sim-b": 1, "?openid=nobody": 0} {
		_, answer := ask(t, http.MethodGet, simulator.URL()+messagesPath+query, "")
		if items, _ := answer["items"].([]any); len(items) != want {
			t.Errorf("%s: %v", query, answer)
		}
	}
}

func TestSomeCallsFail(t *testing.T) {
	simulator := startSimulator(t)
	client := connect(t, simulator)
	simulator.TellSometimes(PathSubscribeMessage, 0.5, Behaviour{ErrCode: -1}, Behaviour{HTTPStatus: 503})
	failed := 0
	for range 100 {
		if client.SendSubscribeMessage(t.Context(), testOpenID, "template1", "", map[string]string{"thing1": "好"}) != nil {
			failed++
		}
	}
	if failed < 30 || failed > 70 || len(simulator.SentMessages()) != 100-failed {
		t.Errorf("%d of 100 failed, %d sent", failed, len(simulator.SentMessages()))
	}
	simulator.Forget(PathSubscribeMessage)
	if err := client.SendSubscribeMessage(t.Context(), testOpenID, "template1", "", map[string]string{"thing1": "好"}); err != nil {
		t.Error(err)
	}
}

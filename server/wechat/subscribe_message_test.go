package wechat

import (
	"errors"
	"fmt"
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

package person_test

import (
	"net/http"
	"strings"
	"testing"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
)

const (
	cloudRunAppID  = "wx00000000000000ab"
	cloudRunOpenID = "oTEST_0000000000000000000001"
)

// onCloudRun starts a server with a WeChat account, as on WeChat Cloud Run when on is true. Nothing here calls
// WeChat.
func onCloudRun(t *testing.T, on bool) *apptest.Harness {
	return apptest.StartEmpty(t, func(config *app.Config) {
		config.WeChat.AppID, config.WeChat.AppSecret, config.WeChat.CloudRun = cloudRunAppID, "a secret for tests", on
	})
}

func vouchedFor(client *apptest.Client, openID string) *apptest.Client {
	return client.With("X-WX-OPENID", openID).With("X-WX-APPID", cloudRunAppID).With("X-WX-SOURCE", "wx_client")
}

func TestCloudRunLogsInByItsHeader(t *testing.T) {
	h := onCloudRun(t, true)
	noCode := map[string]string{}
	first := vouchedFor(h.Anonymous(), cloudRunOpenID).Post("/sessions", noCode).Want(http.StatusCreated)
	again := vouchedFor(h.Anonymous(), cloudRunOpenID).Post("/sessions", noCode).Want(http.StatusCreated)
	if first.Get("person.id").String() != again.Get("person.id").String() {
		t.Error("the same person logs in as two")
	}
	other := vouchedFor(h.Anonymous(), strings.Replace(cloudRunOpenID, "1", "2", 1)).Post("/sessions", noCode).Want(http.StatusCreated)
	if first.Get("person.id").String() == other.Get("person.id").String() {
		t.Error("two people log in as one")
	}
	client := *h.Anonymous()
	client.Token = first.Get("token").String()
	if got := client.Get("/me").Want(http.StatusOK).Get("id").String(); got != first.Get("person.id").String() {
		t.Errorf("the session is of %s", got)
	}
	if !strings.Contains(kept(h, "person_identity"), cloudRunOpenID) {
		t.Error("the openid is not the one that the platform vouched for")
	}
}

func TestCloudRunRefusesOddHeaders(t *testing.T) {
	h := onCloudRun(t, true)
	for name, client := range map[string]*apptest.Client{
		"no header":             h.Anonymous(),
		"an empty openid":       vouchedFor(h.Anonymous(), ""),
		"a short openid":        vouchedFor(h.Anonymous(), "o1"),
		"a long openid":         vouchedFor(h.Anonymous(), strings.Repeat("o", 65)),
		"a quoted openid":       vouchedFor(h.Anonymous(), "o'; DROP TABLE person; --_00001"),
		"two openids":           vouchedFor(h.Anonymous(), cloudRunOpenID+","+cloudRunOpenID),
		"another mini-program":  vouchedFor(h.Anonymous(), cloudRunOpenID).With("X-WX-APPID", "wx00000000000000cd"),
		"not through WeChat":    vouchedFor(h.Anonymous(), cloudRunOpenID).With("X-WX-SOURCE", ""),
		"no mini-program named": vouchedFor(h.Anonymous(), cloudRunOpenID).With("X-WX-APPID", ""),
	} {
		answer := client.Post("/sessions", map[string]string{})
		if answer.Status != http.StatusUnprocessableEntity || answer.Get("code").String() != "wechat.bad_code" {
			t.Errorf("%s: %s", name, answer)
		}
	}
	if people := kept(h, "person"); people != "" {
		t.Errorf("somebody is in: %s", people)
	}
}

func TestTheHeaderOfCloudRunIsNothingElsewhere(t *testing.T) {
	h := onCloudRun(t, false)
	vouchedFor(h.Anonymous(), cloudRunOpenID).Post("/sessions", map[string]string{}).WantCode(http.StatusUnprocessableEntity, "wechat.bad_code")
	simulated := apptest.StartEmpty(t)
	vouchedFor(simulated.Anonymous(), cloudRunOpenID).Post("/sessions", map[string]string{}).WantCode(http.StatusUnprocessableEntity, "wechat.bad_code")
	byCode := vouchedFor(simulated.Anonymous(), cloudRunOpenID).Post("/sessions", loginCode("resident")).Want(http.StatusCreated)
	if byCode.Get("person.id").String() != simulated.Login("resident").PersonID {
		t.Error("the header weighs more than the code")
	}
}

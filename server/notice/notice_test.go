package notice

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fivestar/server/db"
	"fivestar/server/region"
	"fivestar/server/wechat"
)

// pages are all that the mini-program has.
func pages(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../../miniprogram/src/app.json")
	if err != nil {
		t.Fatal(err)
	}
	var app struct {
		Pages       []string
		SubPackages []struct {
			Root  string
			Pages []string
		}
	}
	if err := json.Unmarshal(text, &app); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, page := range app.Pages {
		known[page] = true
	}
	for _, part := range app.SubPackages {
		for _, page := range part.Pages {
			known[part.Root+"/"+page] = true
		}
	}
	return known
}

func TestEveryKindHasItsWordsAndItsPage(t *testing.T) {
	known := pages(t)
	for kind, rule := range rules {
		if rule.title == "" || len([]rune(rule.title)) > 20 {
			t.Errorf("%s: title %q", kind, rule.title)
		}
		if wechat.FitField(wechat.PhraseField, rule.outcome) != rule.outcome || rule.outcome == "" {
			t.Errorf("%s: outcome %q is no phrase of WeChat's", kind, rule.outcome)
		}
		if templateNames[rule.template] == "" || !slices.Contains(namesInOrder, rule.template) {
			t.Errorf("%s: template %q", kind, rule.template)
		}
		if page, _, _ := strings.Cut(rule.page, "?"); !known[page] {
			t.Errorf("%s: the mini-program has no page %q", kind, page)
		}
	}
	for moment, names := range moments {
		if len(names) == 0 || len(names) > 3 {
			t.Errorf("%s asks for %d templates, and WeChat lets ask for three", moment, len(names))
		}
		for _, name := range names {
			if templateNames[name] == "" {
				t.Errorf("%s asks for %q", moment, name)
			}
		}
	}
}

func TestWhatBecomesOfAMessageThatIsDue(t *testing.T) {
	day, night := time.Date(2026, 11, 22, 10, 0, 0, 0, db.Shanghai), time.Date(2026, 11, 22, 23, 0, 0, 0, db.Shanghai)
	morning := time.Date(2026, 11, 23, 7, 30, 0, 0, db.Shanghai)
	good := func(kind Kind, change func(m *message)) message {
		m := message{notice: Notice{Kind: kind}, openID: "o"}
		change(&m)
		return m
	}
	asItIs := func(*message) {}
	for _, test := range []struct {
		name        string
		message     message
		now         time.Time
		hasTemplate bool
		reason      string
		until       time.Time
	}{
		{"by day", good(ClaimApproved, asItIs), day, true, "", time.Time{}},
		{"by night", good(ClaimApproved, asItIs), night, true, "", morning},
		{"a whistle by night", good(Whistle, asItIs), night, true, "", time.Time{}},
		{"a whistle that is over", good(Whistle, func(m *message) { m.notice.Until = day }), day, true, expired, time.Time{}},
		{"a moment before it is over", good(Whistle, func(m *message) { m.notice.Until = day.Add(time.Millisecond) }), day, true, "", time.Time{}},
		{"read", good(ClaimApproved, func(m *message) { m.notice.ReadAt = day }), night, true, read, time.Time{}},
		{"without WeChat", good(ClaimApproved, func(m *message) { m.openID = "" }), night, true, noWeChat, time.Time{}},
		{"without a template", good(ClaimApproved, asItIs), day, false, noTemplate, time.Time{}},
	} {
		reason, until := test.message.fate(test.now, test.hasTemplate, region.DefaultSettings())
		if reason != test.reason || !until.Equal(test.until) {
			t.Errorf("%s: %q, %s", test.name, reason, until)
		}
	}
}

// Only what is known not to have been sent is sent again.
func TestWhatFollowsATry(t *testing.T) {
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		outcome error
		tries   int64
		want    state
	}{
		{nil, 1, sent}, {nil, mostTries, sent},
		{wechat.ErrNoConsent, 1, dropped},
		{wechat.ErrOutcomeUnknown, 1, unknown}, {wechat.ErrOutcomeUnknown, mostTries, unknown},
		{wechat.ErrMessageRefused, 1, dead},
		{wechat.ErrUnavailable, 1, waiting}, {wechat.ErrUnavailable, mostTries - 1, waiting}, {wechat.ErrUnavailable, mostTries, dead},
		{wechat.ErrTooMany, 1, waiting}, {errors.New("anything else"), 1, waiting},
	} {
		end := message{tries: test.tries}.after(test.outcome, now)
		if end.state != test.want || (end.state == waiting) != end.dueAt.After(now) || (test.outcome != nil) != (end.reason != "") {
			t.Errorf("%v after %d tries: %+v", test.outcome, test.tries, end)
		}
	}
}

func TestWaitsGrow(t *testing.T) {
	var least, most time.Duration
	for tries := int64(1); tries < mostTries; tries++ {
		usual := min(firstWait<<(2*(tries-1)), longestWait)
		spread := map[time.Duration]bool{}
		for range 100 {
			wait := waitAfter(tries)
			if spread[wait] = true; wait < usual*4/5 || wait > usual*6/5 {
				t.Fatalf("%s after %d tries, want about %s", wait, tries, usual)
			}
		}
		if len(spread) < 50 {
			t.Errorf("after %d tries 100 messages come again at %d moments", tries, len(spread))
		}
		least, most = least+usual*4/5, most+usual*6/5
	}
	if least < 12*time.Hour || most > 36*time.Hour {
		t.Errorf("a message is tried for between %s and %s", least, most)
	}
}

func TestTemplatesOfTheSettings(t *testing.T) {
	for _, test := range []struct{ id, fields, wrong string }{
		{"", "nonsense", ""}, // told in the inbox only
		{"T1", "thing1=what phrase2=outcome time3=at", ""},
		{"T1", "character_string1=what date2=at thing3=outcome", ""},
		{"T1", "", "says nothing"},
		{"T1", "thing1", "shows none of"},
		{"T1", "thing1=who", "shows none of"},
		{"T1", "thing1=at", "time or date"},
		{"T1", "phrase1=what", "thing or character_string"},
		{"T1", "thing=what", "with its number"},
		{"T1", "thing1=what thing1=text", "twice"},
		{strings.Repeat("T", 65), "thing1=what", "64"},
	} {
		templates, err := ParseTemplates(map[string]TemplateSetting{"review": {ID: test.id, Fields: test.fields}})
		if (err == nil) != (test.wrong == "") || err != nil && (!strings.Contains(err.Error(), test.wrong) || !strings.Contains(err.Error(), "wechat.templates.review")) {
			t.Errorf("%q %q: %v", test.id, test.fields, err)
		}
		if _, has := templates["review"]; err == nil && has != (test.id != "") {
			t.Errorf("%q: %v", test.id, templates)
		}
	}
}

func TestWhatAMessageShows(t *testing.T) {
	templates, err := ParseTemplates(map[string]TemplateSetting{
		"review": {ID: "T1", Fields: "thing1=what phrase2=outcome time3=at thing4=text thing5=place character_string6=what thing7=title"}})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	told := Notice{Kind: ClaimReturned, What: "清扫 3 号楼", Text: "照片看不清，\n请重新拍一张再交上来，谢谢您", At: at}
	want := map[string]string{
		"thing1": "清扫 3 号楼", "phrase2": "退回", "time3": "2026年11月22日 10:00", "thing4": "照片看不清， 请重新拍一张再交上来，谢…",
		"thing5": nothingToSay, "character_string6": "3", "thing7": "任务退回，改好可以再交",
	}
	got := templates["review"].data(told)
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s: %q, want %q", key, got[key], value)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
}

func TestTextsAreCut(t *testing.T) {
	if got := cut("一二三四五", 5); got != "一二三四五" {
		t.Errorf("%q", got)
	}
	if got := cut("一二三四五六", 5); got != "一二三四…" {
		t.Errorf("%q", got)
	}
}

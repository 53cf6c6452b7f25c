package wechat

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestFieldKinds(t *testing.T) {
	for key, want := range map[string]string{
		"thing1": "thing", "thing12": "thing", "phrase2": "phrase", "character_string5": "character_string", "number1": "number",
		"time3": "time", "date4": "date", "thing": "", "thing100": "", "thing1 ": "", "1thing": "", "name1": "", "amount2": "", "": "",
	} {
		if got := FieldKind(key); got != want {
			t.Errorf("%q: %q, want %q", key, got, want)
		}
	}
}

func TestFieldsAreCutToWhatWeChatTakes(t *testing.T) {
	twenty := strings.Repeat("扫", 20)
	for _, test := range []struct{ kind, text, want string }{
		{ThingField, "清扫楼道", "清扫楼道"},
		{ThingField, twenty, twenty},
		{ThingField, twenty + "雪", twenty[:19*3] + "…"},
		{ThingField, "  第一行\n\t第二行  ", "第一行 第二行"},
		{ThingField, "看\u200b不\x00见", "看不见"},
		{ThingField, "\xff", ""},
		{ThingField, " \n ", ""},
		{ThingField, strings.Repeat("🌸", 10), strings.Repeat("🌸", 10)},
		{ThingField, strings.Repeat("🌸", 11), strings.Repeat("🌸", 9) + "…"},
		{ThingField, strings.Repeat("扫", 18) + " 雪一二", strings.Repeat("扫", 18) + "…"},
		{PhraseField, "已通过", "已通过"},
		{PhraseField, "已经审核通过", "已经审核通"},
		{PhraseField, "通过 1 次!", "通过次"},
		{PhraseField, "ok", ""},
		{StringField, "20261122-0007", "20261122-0007"},
		{StringField, "四联单20261122-0007号", "20261122-0007"},
		{StringField, strings.Repeat("a", 40), strings.Repeat("a", 32)},
		{StringField, strings.Repeat("a", 31) + " b", strings.Repeat("a", 31)},
		{NumberField, "+10分", "10"},
		{NumberField, "没有", ""},
		{"name", "张三", ""},
	} {
		if got := FitField(test.kind, test.text); got != test.want {
			t.Errorf("%s %q: %q, want %q", test.kind, test.text, got, test.want)
		}
	}
}

func TestTimesAreWrittenByChineseClocks(t *testing.T) {
	at := time.Date(2026, 12, 31, 18, 5, 59, 0, time.UTC)
	if got := FitTime(at); got != "2027年1月1日 02:05" || !takesField("time1", got) || !takesField("date1", got) {
		t.Errorf("%q", got)
	}
}

// Whatever people write, what we send is taken.
func TestWhatFitsIsTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]string{ThingField, PhraseField, StringField, NumberField}).Draw(t, "kind")
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\p{Han}0-9 ,🌸\n]{0,60}`)).Draw(t, "text")
		if fitted := FitField(kind, text); fitted != "" && !takesField(kind+"1", fitted) {
			t.Fatalf("%q of %q is refused for a %s", fitted, text, kind)
		}
	})
}

func TestFieldsThatWeChatRefuses(t *testing.T) {
	for _, test := range []struct {
		key, value string
		want       bool
	}{
		{"thing1", strings.Repeat("扫", 20), true}, {"thing1", strings.Repeat("扫", 21), false}, {"thing1", "", false}, {"thing1", "一\n二", false},
		{"phrase1", "已通过", true}, {"phrase1", "已经审核通过", false}, {"phrase1", "OK", false}, {"phrase1", "", false},
		{"character_string1", "A-1", true}, {"character_string1", "甲", false}, {"character_string1", strings.Repeat("a", 33), false},
		{"number1", "10", true}, {"number1", "10分", false},
		{"time1", "2026年11月22日 10:00", true}, {"time1", "10:00", true}, {"time1", "2026-11-22T10:00:00Z", false},
		{"date1", "2026年11月22日", true}, {"date1", "明天", false},
		{"unknown1", "好", false},
	} {
		if got := takesField(test.key, test.value); got != test.want {
			t.Errorf("%s %q: %v", test.key, test.value, got)
		}
	}
}

package wechat

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
)

// The kinds of fields of subscribe messages that we fill, each with what WeChat takes for it:
// https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html
// (订阅消息参数值内容限制说明). A field that breaks its limit has the whole message refused with 47003.
const (
	ThingField   = "thing"            // at most 20 characters
	PhraseField  = "phrase"           // at most 5 Chinese characters
	StringField  = "character_string" // at most 32 digits, letters and symbols
	NumberField  = "number"           // at most 32 digits
	TimeField    = "time"             // 2026年11月22日 10:00
	DateField    = "date"             // the same
	longestThing = 20
	longestWord  = 5
	longestASCII = 32
)

var (
	fieldKey   = regexp.MustCompile(`^(thing|phrase|character_string|number|time|date)\d{1,2}$`)
	phraseForm = regexp.MustCompile(`^\p{Han}{1,5}$`)
	stringForm = regexp.MustCompile(`^[!-~]([ -~]{0,30}[!-~])?$`)
	numberForm = regexp.MustCompile(`^\d{1,32}(\.\d+)?$`)
	timeForm   = regexp.MustCompile(`^(\d{4}年\d{1,2}月\d{1,2}日 )?\d{2}:\d{2}$`)
	dateForm   = regexp.MustCompile(`^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2})( \d{2}:\d{2})?$`)
)

// FieldKind is the kind of a template's field, which is its key without the number; empty for a key that is none
// of the kinds above.
func FieldKind(key string) string {
	found := fieldKey.FindStringSubmatch(key)
	if found == nil {
		return ""
	}
	return found[1]
}

// FitField makes of a text what WeChat takes for a field of this kind, by cutting it. It is empty when nothing is
// left, which WeChat takes for no field. Times are FitTime's.
func FitField(kind, text string) string {
	switch kind {
	case ThingField:
		return cutTo(longestThing, onOneLine(text))
	case PhraseField:
		return firstOf(longestWord, text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	case StringField:
		return strings.TrimSpace(firstOf(longestASCII, strings.TrimSpace(text), func(r rune) bool { return r >= ' ' && r <= '~' }))
	case NumberField:
		return firstOf(longestASCII, text, func(r rune) bool { return r >= '0' && r <= '9' })
	}
	return ""
}

// FitTime writes a moment as WeChat takes it for a time or a date, by Chinese clocks.
func FitTime(at time.Time) string { return at.In(shanghai).Format("2006年1月2日 15:04") }

// shanghai is whose clocks people go by; China has had no daylight saving since 1991.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// takesField tells whether WeChat takes a value for a field.
func takesField(key, value string) bool {
	switch FieldKind(key) {
	case ThingField:
		return value != "" && value == onOneLine(value) && lengthOf(value) <= longestThing
	case PhraseField:
		return phraseForm.MatchString(value)
	case StringField:
		return stringForm.MatchString(value)
	case NumberField:
		return numberForm.MatchString(value)
	case TimeField:
		return timeForm.MatchString(value)
	case DateField:
		return dateForm.MatchString(value)
	}
	return false
}

// onOneLine puts single blanks in the place of line ends and runs of blanks, and leaves out what nobody can see.
func onOneLine(text string) string {
	visible := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == unicode.ReplacementChar || !unicode.IsPrint(r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(visible), " ")
}

// lengthOf counts as the phones do that WeChat runs on: what lies beyond the basic plane, such as emoji, counts twice.
func lengthOf(text string) int { return len(utf16.Encode([]rune(text))) }

// cutTo leaves a text that is short enough as it is, and ends a longer one with an ellipsis.
func cutTo(longest int, text string) string {
	if lengthOf(text) <= longest {
		return text
	}
	kept := []rune(text)
	for lengthOf(string(kept)) > longest-1 {
		kept = kept[:len(kept)-1]
	}
	return strings.TrimSpace(string(kept)) + "…"
}

// firstOf keeps the first few characters of a kind.
func firstOf(most int, text string, isKept func(rune) bool) string {
	var kept []rune
	for _, r := range text {
		if len(kept) < most && isKept(r) {
			kept = append(kept, r)
		}
	}
	return string(kept)
}

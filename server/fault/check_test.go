package fault

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckText(t *testing.T) {
	for _, test := range []struct {
		name, text, want, message string
	}{
		{"trimmed", "  清理楼道  ", "清理楼道", ""},
		{"characters, not bytes", strings.Repeat("字", 10), strings.Repeat("字", 10), ""},
		{"line feeds stay", "一\r\n二", "一\n二", ""},
		{"empty", "   ", "", "请填写标题"},
		{"short", "一", "一", "标题至少要2个字"},
		{"long", strings.Repeat("字", 11), strings.Repeat("字", 11), "标题最多10个字，现在有11个"},
		{"NUL", "一\x00二", "一\x00二", "标题含有不能使用的字符"},
		{"escape", "一\x1b[31m", "一\x1b[31m", "标题含有不能使用的字符"},
		{"turned around", "一\u202e二", "一\u202e二", "标题含有不能使用的字符"},
		{"not UTF-8", "一\xff", "一\xff", "标题含有无法识别的字符"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var check Check
			text := test.text
			check.Text("title", "标题", &text, 2, 10)
			if text != test.want {
				t.Errorf("text %q, want %q", text, test.want)
			}
			got := ""
			var known *Error
			if errors.As(check.Err(), &known) {
				got = known.Fields[0].Message
			}
			if got != test.message {
				t.Errorf("message %q, want %q", got, test.message)
			}
		})
	}
}

func TestCheckTellsEveryField(t *testing.T) {
	var check Check
	check.Range("points", "积分", 0, 1, 1000)
	OneOf(&check, "star", "星", "x", "y")
	check.That(true, "fine", "没事")
	var known *Error
	if !errors.As(check.Err(), &known) || known.Kind != Invalid || known.Code != "input.invalid" || len(known.Fields) != 2 {
		t.Fatalf("%v", check.Err())
	}
	if (&Check{}).Err() != nil {
		t.Error("nothing noted is an error")
	}
}

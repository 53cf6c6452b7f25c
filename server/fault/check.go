package fault

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Check gathers every field of an input that breaks a rule, so that a person hears of all of them at once.
// Use: fill it call by call, then return Err.
type Check struct {
	fields []Field
}

// That notes message (Chinese) for field unless ok.
func (c *Check) That(ok bool, field, message string) {
	if !ok {
		c.fields = append(c.fields, Field{Field: field, Message: message})
	}
}

// Text trims text in place and checks that it has between least and most characters and no control
// characters but line feeds and tabs. name is what a Chinese reader calls the field.
func (c *Check) Text(field, name string, text *string, least, most int) {
	if !utf8.ValidString(*text) {
		c.That(false, field, name+"含有无法识别的字符")
		return
	}
	*text = strings.TrimSpace(strings.ReplaceAll(*text, "\r\n", "\n"))
	length := utf8.RuneCountInString(*text)
	switch {
	case strings.ContainsFunc(*text, forbidden):
		c.That(false, field, name+"含有不能使用的字符")
	case length == 0 && least > 0:
		c.That(false, field, "请填写"+name)
	case length < least:
		c.That(false, field, fmt.Sprintf("%s至少要%d个字", name, least))
	case length > most:
		c.That(false, field, fmt.Sprintf("%s最多%d个字，现在有%d个", name, most, length))
	}
}

// forbidden tells control characters and the invisible ones that turn the direction of a text around.
func forbidden(r rune) bool {
	if r == '\n' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff'
}

// Range checks least <= number <= most.
func (c *Check) Range(field, name string, number, least, most int64) {
	c.That(number >= least && number <= most, field, fmt.Sprintf("%s应在%d到%d之间", name, least, most))
}

// OneOf checks that value is one of allowed.
func OneOf[T ~string](c *Check, field, name string, value T, allowed ...T) {
	c.That(slices.Contains(allowed, value), field, name+"不在可选范围内")
}

// Err is nil when nothing was noted, else 422 input.invalid with every noted field.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return InvalidFields(c.fields)
}

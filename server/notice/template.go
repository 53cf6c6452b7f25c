package notice

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"fivestar/server/wechat"
)

// The names of templates in the settings. Kinds that a person wants to be told of together share one.
const (
	reviewTemplate   = "review"
	deadlineTemplate = "deadline"
	activityTemplate = "activity"
	whistleTemplate  = "whistle"
	ticketTemplate   = "ticket"
	workTemplate     = "work"
	pointsTemplate   = "points"
	answerTemplate   = "answer"
)

// templateNames are what people call them.
var templateNames = map[string]string{
	reviewTemplate: "审核结果", deadlineTemplate: "快到期了", activityTemplate: "活动提醒", whistleTemplate: "社区吹哨",
	ticketTemplate: "四联单进度", workTemplate: "派单和超时", pointsTemplate: "积分变动", answerTemplate: "疑问答复",
}

// Moment is when the mini-program asks for consent.
type Moment string

// moments are the templates that are asked for at each, three at most, as WeChat lets ask for no more at once.
var moments = map[Moment][]string{
	"claim_taken":     {deadlineTemplate, reviewTemplate},
	"claim_submitted": {reviewTemplate, pointsTemplate},
	"signed_up":       {activityTemplate},
	"ticket_raised":   {ticketTemplate, pointsTemplate},
	"ticket_backed":   {ticketTemplate},
	"dispute_raised":  {answerTemplate},
	"redeemed":        {deadlineTemplate},
	"volunteering":    {whistleTemplate, activityTemplate},
	"working":         {workTemplate},
}

// TemplateSetting is a template as the settings have it.
type TemplateSetting struct {
	// ID is what mp.weixin.qq.com gave the template; empty: what it would tell is told in the inbox only.
	ID string `koanf:"id"`
	// LongTerm is a template (长期订阅) whose one consent holds until it is taken back.
	LongTerm bool `koanf:"long_term"`
	// Fields say which of a notice's values each of the template's fields shows: "thing1=what phrase2=outcome".
	Fields string `koanf:"fields"`
}

// Template is a subscribe message that the account may send.
type Template struct {
	ID       string
	LongTerm bool
	fields   map[string]string // the value's name by the field's key
}

// Templates are those of the settings, by name, that have an id.
type Templates map[string]Template

// values are what a field may show, each with the kinds of fields that it fits.
var values = map[string][]string{
	"title":   {wechat.ThingField},
	"what":    {wechat.ThingField, wechat.StringField},
	"text":    {wechat.ThingField},
	"place":   {wechat.ThingField},
	"outcome": {wechat.PhraseField, wechat.ThingField},
	"at":      {wechat.TimeField, wechat.DateField},
}

// ParseTemplates reads the settings. The error says which is wrong and why.
func ParseTemplates(settings map[string]TemplateSetting) (Templates, error) {
	templates := Templates{}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		setting := settings[name]
		if setting.ID == "" {
			continue
		}
		if len(setting.ID) > 64 {
			return nil, fmt.Errorf("wechat.templates.%s.id is longer than 64 characters", name)
		}
		fields, err := parseFields(setting.Fields)
		if err != nil {
			return nil, fmt.Errorf("wechat.templates.%s.fields: %w", name, err)
		}
		templates[name] = Template{ID: setting.ID, LongTerm: setting.LongTerm, fields: fields}
	}
	return templates, nil
}

func parseFields(text string) (map[string]string, error) {
	fields := map[string]string{}
	for pair := range strings.FieldsSeq(text) {
		key, value, _ := strings.Cut(pair, "=")
		kinds, known := values[value]
		switch {
		case !known:
			return nil, fmt.Errorf("%q shows none of %s", pair, strings.Join(slices.Sorted(maps.Keys(values)), ", "))
		case !slices.Contains(kinds, wechat.FieldKind(key)):
			return nil, fmt.Errorf("%q: %s goes into a field of %s, with its number", pair, value, strings.Join(kinds, " or "))
		case fields[key] != "":
			return nil, fmt.Errorf("%q: the field is there twice", pair)
		}
		fields[key] = value
	}
	if len(fields) == 0 {
		return nil, fmt.Errorf("it says nothing of the template's fields, such as %q", "thing1=what phrase2=outcome time3=at")
	}
	return fields, nil
}

// of gives the template that a kind is told by.
func (t Templates) of(kind Kind) (Template, bool) {
	template, has := t[rules[kind].template]
	return template, has
}

// byID gives the template with an id, of several of the same id any.
func (t Templates) byID(id string) (Template, bool) {
	for _, template := range t {
		if template.ID == id {
			return template, true
		}
	}
	return Template{}, false
}

// nothingToSay stands in a field that has nothing to show: WeChat refuses an empty one.
const nothingToSay = "请点开查看"

// data is what the template's fields show of a notice, each cut to what WeChat takes.
func (t Template) data(n Notice) map[string]string {
	shown := map[string]string{
		"title": rules[n.Kind].title, "what": n.What, "text": n.Text, "place": n.Place, "outcome": rules[n.Kind].outcome,
	}
	data := make(map[string]string, len(t.fields))
	for key, value := range t.fields {
		kind := wechat.FieldKind(key)
		switch {
		case value == "at":
			data[key] = wechat.FitTime(n.At)
		case wechat.FitField(kind, shown[value]) != "":
			data[key] = wechat.FitField(kind, shown[value])
		case kind == wechat.StringField:
			data[key] = "-"
		default:
			data[key] = nothingToSay
		}
	}
	return data
}

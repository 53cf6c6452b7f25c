package ticket

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"

	"fivestar/server/db"
	"fivestar/server/web"
)

var (
	//go:embed form.html
	formHTML string
	//go:embed form.css
	formStyle string

	formTemplate = template.Must(template.New("form").Parse(formHTML))
	formPolicy   = policyFor(formStyle)
)

// policyFor lets a page use this style and images that it holds itself, and nothing else: no script, nothing
// from outside.
func policyFor(style string) string {
	digest := sha256.Sum256([]byte(style))
	return "default-src 'none'; img-src data:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// form is what the printed page shows.
type form struct {
	Ticket    Ticket
	Community string
	Category  string
	Stage     string
	Closing   string
	Style     template.CSS
	Code      template.URL
	Parts     []formPart
	Printed   string
}

type formPart struct {
	Number  int64
	Ordinal string
	Name    string
	Lines   []formLine
}

type formLine struct {
	When, By, Helper, Name, More, Text string
	Photos                             int
}

var actNames = map[Act]string{
	ActRaise: "点单", ActWithdraw: "撤回", ActDispatch: "派单", ActRecall: "收回重派", ActReject: "不予受理",
	ActMerge: "合并到其他四联单", ActAbsorb: "并入其他四联单", ActWhistle: "吹哨到街道", ActAccept: "接单", ActDecline: "谢绝",
	ActLapse: "到期无人接单，退回派单", ActProgress: "进展", ActComplete: "办结", ActWithhold: "不发点单积分",
	ActReview: "评单", ActBackerReview: "附议人评单", ActUnrated: "到期未评，按未评价办结",
}

const codePixels = 264

// Form gives the four-part form of a ticket as an HTML page to print, with what the caller may see.
func (s *Service) Form(ctx context.Context, caller web.Caller, id string) ([]byte, error) {
	t, err := s.Get(ctx, caller, id)
	if err != nil {
		return nil, err
	}
	community, err := s.Regions.Get(ctx, t.RegionID)
	if err != nil {
		return nil, err
	}
	code, err := qrcode.Encode(s.PublicURL+"/tickets/"+t.ID, qrcode.Medium, codePixels)
	if err != nil {
		return nil, fmt.Errorf("QR code of a ticket: %w", err)
	}
	var page bytes.Buffer
	err = formTemplate.Execute(&page, form{
		Ticket: t, Community: community.Name, Category: t.Category.name(), Stage: stageNames[t.Stage],
		Closing: closingNames[t.ClosedAs], Style: template.CSS(formStyle), Parts: formParts(t),
		Code:    template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(code)),
		Printed: minuteOf(s.DB.Now()),
	})
	if err != nil {
		return nil, fmt.Errorf("form of ticket %q: %w", id, err)
	}
	return page.Bytes(), nil
}

func formParts(t Ticket) []formPart {
	parts := []formPart{
		{Number: 1, Ordinal: "一", Name: "点单"}, {Number: 2, Ordinal: "二", Name: "派单"},
		{Number: 3, Ordinal: "三", Name: "接单"}, {Number: 4, Ordinal: "四", Name: "评单"},
	}
	for _, event := range t.Timeline {
		part := &parts[event.Part-1]
		part.Lines = append(part.Lines, lineOf(event))
	}
	return parts
}

func lineOf(event Event) formLine {
	line := formLine{When: minuteOf(event.At), By: event.By, Helper: event.Helper,
		Name: actNames[event.Act], More: moreOf(event.Details), Text: event.Text, Photos: len(event.Photos)}
	if event.Act == ActRaise { // its text stands above the lines
		line.Text = ""
	}
	return line
}

func moreOf(details Details) string {
	var said []string
	for _, one := range details.To {
		said = append(said, one.Name)
	}
	said = append(said, phaseNames[details.Phase], details.TicketNumber, outcomeNames[details.Outcome])
	if details.Score > 0 {
		said = append(said, fmt.Sprintf("%d分", details.Score))
	}
	if !details.DueAt.IsZero() {
		said = append(said, "限"+minuteOf(details.DueAt)+"前办结")
	}
	said = slices.DeleteFunc(said, func(word string) bool { return word == "" })
	return strings.Join(said, " · ")
}

// minuteOf is a time as people in China read it.
func minuteOf(at time.Time) string { return at.In(db.Shanghai).Format("2006-01-02 15:04") }

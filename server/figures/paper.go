package figures

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"time"

	"fivestar/server/db"
	"fivestar/server/region"
	"fivestar/server/web"
)

var (
	//go:embed paper.css
	paperStyle string
	//go:embed bulletin.html
	bulletinHTML string
	//go:embed certificate.html
	certificateHTML string
	//go:embed check.html
	checkHTML string

	bulletinTemplate    = template.Must(template.New("bulletin").Funcs(words).Parse(bulletinHTML))
	certificateTemplate = template.Must(template.New("certificate").Funcs(words).Parse(certificateHTML))
	checkTemplate       = template.Must(template.New("check").Funcs(words).Parse(checkHTML))
	paperPolicy         = policyFor(paperStyle)

	words = template.FuncMap{
		"style": func() template.CSS { return template.CSS(paperStyle) },
		"day":   dayText, "hours": hoursText,
		"beside": func(f Figure) string { return f.beside() },
	}
)

// policyFor lets a page use this style and images that it holds itself, and nothing else: no script, nothing from
// outside.
func policyFor(style string) string {
	digest := sha256.Sum256([]byte(style))
	return "default-src 'none'; img-src data:; style-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

func dayText(at time.Time) string {
	local := at.In(db.Shanghai)
	return fmt.Sprintf("%d年%d月%d日", local.Year(), local.Month(), local.Day())
}

// hoursText is how long somebody served, as people say it.
func hoursText(minutes int64) string {
	if minutes%60 == 0 {
		return fmt.Sprintf("%d小时", minutes/60)
	}
	return fmt.Sprintf("%d小时%d分钟", minutes/60, minutes%60)
}

// communitiesOnPaper is how many communities a printed bulletin shows at most; the Excel file has all.
const communitiesOnPaper = 60

// onPaper are the figures that a printed bulletin shows of each community.
var onPaper = []string{"claims_approved", "activities_held", "service_minutes", "tickets_raised", "tickets_completed", "tickets_reviewed",
	"tickets_satisfied", "tickets_overdue", "points_given", "points_spent"}

type bulletinPaper struct {
	Bulletin    Bulletin
	Unfinished  string
	Columns     []string
	Communities []communityLine
	More        bool
	Printed     string
}

type communityLine struct {
	Name   string
	Values []int64
}

// Paper gives a bulletin as an HTML page to print.
func (s *Service) Paper(ctx context.Context, caller web.Caller, regionID, period string) ([]byte, error) {
	at, in, err := s.place(ctx, caller, regionID, period)
	if err != nil {
		return nil, err
	}
	return s.paper(ctx, at, in)
}

func (s *Service) paper(ctx context.Context, at region.Region, in span) ([]byte, error) {
	made, err := s.bulletin(ctx, at, in)
	if err != nil {
		return nil, err
	}
	paper := bulletinPaper{Bulletin: made, Unfinished: unfinished(made.Period), Printed: s.DB.Now().In(db.Shanghai).Format("2006-01-02 15:04")}
	if at.Kind != region.Community {
		if err := s.addLines(ctx, &paper, at, in); err != nil {
			return nil, err
		}
	}
	return filled(bulletinTemplate, paper)
}

func (s *Service) addLines(ctx context.Context, paper *bulletinPaper, at region.Region, in span) error {
	communities, err := s.Regions.Communities(ctx, at, web.PageQuery{Limit: communitiesOnPaper})
	if err != nil {
		return err
	}
	rows, err := s.sideBySide(ctx, communities.Items, in)
	if err != nil {
		return err
	}
	for _, key := range onPaper {
		figure, _ := define(key)
		paper.Columns = append(paper.Columns, figure.name+"("+figure.unit+")")
	}
	for _, row := range rows {
		line := communityLine{Name: row.Region.Name}
		for _, key := range onPaper {
			for _, figure := range row.Figures {
				if figure.Key == key {
					line.Values = append(line.Values, figure.Value)
				}
			}
		}
		paper.Communities = append(paper.Communities, line)
	}
	paper.More = communities.NextCursor != ""
	return nil
}

func filled(page *template.Template, with any) ([]byte, error) {
	var written bytes.Buffer
	if err := page.Execute(&written, with); err != nil {
		return nil, fmt.Errorf("page %s: %w", page.Name(), err)
	}
	return written.Bytes(), nil
}

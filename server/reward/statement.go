package reward

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/reward/internal/rewarddb"
	"fivestar/server/web"
)

// Statement is what an organisation has fulfilled in a month, and what the community owes it for that: in all, by
// reward, and a page of the single ones.
type Statement struct {
	OrganisationID   string `json:"organisation_id"`
	OrganisationName string `json:"organisation_name"`
	Month            string `json:"month" doc:"2026-11, in Asia/Shanghai"`
	Sum
	Rewards    []RewardSum  `json:"rewards" nullable:"false"`
	Items      []Redemption `json:"items" nullable:"false" doc:"In the order in which they were fulfilled"`
	NextCursor string       `json:"next_cursor,omitempty"`
}

// Sum is what a number of fulfilled redemptions come to.
type Sum struct {
	Fulfilled int64 `json:"fulfilled"`
	Points    int64 `json:"points"`
	OwedFen   int64 `json:"owed_fen"`
}

// RewardSum is the sum of one reward.
type RewardSum struct {
	RewardID string `json:"reward_id"`
	Title    string `json:"title"`
	Sum
}

const monthForm = "2006-01"

// month is a stretch of time from which on, and before which, something is of it.
type month struct {
	name     string
	from, to time.Time
}

// parseMonth reads a month from outside; an empty one is that of now. 422 input.invalid.
func parseMonth(text string, now time.Time) (month, error) {
	if text == "" {
		text = now.In(db.Shanghai).Format(monthForm)
	}
	from, err := time.ParseInLocation(monthForm, text, db.Shanghai)
	if err != nil || from.Year() < 2000 {
		return month{}, fault.InvalidField("month", "月份请写成 2026-11")
	}
	return month{text, from, from.AddDate(0, 1, 0)}, nil
}

func (m month) title() string { return fmt.Sprintf("%d年%d月", m.from.Year(), m.from.Month()) }

// settled gives an organisation whose statements the caller may see: its own people, and the desk above it.
func (s *Service) settled(ctx context.Context, caller web.Caller, organisationID string) (region.Organisation, error) {
	organisation, err := s.Regions.Organisation(ctx, organisationID)
	if err != nil {
		return region.Organisation{}, err
	}
	place, err := s.Regions.Get(ctx, organisation.RegionID)
	if err != nil {
		return region.Organisation{}, err
	}
	return organisation, region.Require(caller, region.SeeRedemptions, region.Scope{Region: place, OrganisationID: organisation.ID})
}

const byFulfilment = "fulfilled"

// StatementOf gives an organisation's statement of a month.
func (s *Service) StatementOf(ctx context.Context, caller web.Caller, organisationID, monthText string, query web.PageQuery) (Statement, error) {
	organisation, err := s.settled(ctx, caller, organisationID)
	if err != nil {
		return Statement{}, err
	}
	of, err := parseMonth(monthText, s.DB.Now())
	if err != nil {
		return Statement{}, err
	}
	after, err := query.AfterPlace(byFulfilment, web.Place{})
	if err != nil {
		return Statement{}, err
	}
	statement, err := s.sums(ctx, organisation, of)
	if err != nil {
		return Statement{}, err
	}
	items, err := s.fulfilled(ctx, caller, organisation, of, after, query.Limit+1)
	if err != nil {
		return Statement{}, err
	}
	page := web.NewPage(byFulfilment, items, query.Limit, func(r Redemption) []string { return placeOfFulfilled(r).Keys() })
	statement.Items, statement.NextCursor = page.Items, page.NextCursor
	return statement, nil
}

func placeOfFulfilled(r Redemption) web.Place {
	return web.Place{Number: db.Millis(r.EndedAt), ID: r.ID}
}

// sums gives a statement without its single redemptions.
func (s *Service) sums(ctx context.Context, organisation region.Organisation, of month) (Statement, error) {
	rows, err := s.store().queries(ctx).SumFulfilled(ctx, rewarddb.SumFulfilledParams{
		OrganisationID: organisation.ID, FromAt: db.Millis(of.from), ToAt: db.Millis(of.to)})
	if err != nil {
		return Statement{}, fmt.Errorf("sums of a statement: %w", err)
	}
	statement := Statement{OrganisationID: organisation.ID, OrganisationName: organisation.Name, Month: of.name, Rewards: []RewardSum{}}
	for _, row := range rows {
		statement.Fulfilled += row.Fulfilled
		statement.Points += row.Points
		statement.OwedFen += row.OwedFen
		statement.Rewards = append(statement.Rewards, RewardSum{row.RewardID, row.Title, Sum{row.Fulfilled, row.Points, row.OwedFen}})
	}
	return statement, nil
}

func (s *Service) fulfilled(ctx context.Context, caller web.Caller, organisation region.Organisation, of month, after web.Place, limit int) ([]Redemption, error) {
	items, err := redemptionsOfRows(s.store().queries(ctx).ListFulfilled(ctx, rewarddb.ListFulfilledParams{
		OrganisationID: organisation.ID, FromAt: db.Millis(of.from), ToAt: db.Millis(of.to),
		AfterAt: after.Number, AfterID: after.ID, Limit: int32(limit)}))
	if err != nil {
		return nil, err
	}
	return items, s.tell(ctx, caller, items)
}

// Workbook is a statement to take away.
type Workbook struct {
	Name    string // of the file, in Chinese
	Content []byte
}

// workbookBatch is how many redemptions are read at a time.
const workbookBatch = 500

// Workbook gives a month's statement as an Excel file. Who took it is in the audit log.
func (s *Service) Workbook(ctx context.Context, caller web.Caller, organisationID, monthText string) (Workbook, error) {
	organisation, err := s.settled(ctx, caller, organisationID)
	if err != nil {
		return Workbook{}, err
	}
	of, err := parseMonth(monthText, s.DB.Now())
	if err != nil {
		return Workbook{}, err
	}
	statement, err := s.sums(ctx, organisation, of)
	if err != nil {
		return Workbook{}, err
	}
	content, err := s.workbook(ctx, caller, organisation, of, statement)
	if err != nil {
		return Workbook{}, err
	}
	err = s.Audit.Record(ctx, caller, audit.Act{Name: "redemptions.exported", SubjectKind: "organisation", SubjectID: organisation.ID,
		RegionID: organisation.RegionID, After: map[string]any{"month": of.name, "fulfilled": statement.Fulfilled}})
	return Workbook{Name: organisation.Name + "兑换对账 " + of.title() + ".xlsx", Content: content}, err
}

func (s *Service) workbook(ctx context.Context, caller web.Caller, organisation region.Organisation, of month, statement Statement) ([]byte, error) {
	file := excelize.NewFile()
	defer file.Close()
	sheet, err := newSheet(file)
	if err != nil {
		return nil, err
	}
	if err := sheet.head(statement, of); err != nil {
		return nil, err
	}
	for after := (web.Place{}); ; {
		items, err := s.fulfilled(ctx, caller, organisation, of, after, workbookBatch)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			if err := sheet.add(item); err != nil {
				return nil, err
			}
			after = placeOfFulfilled(item)
		}
		if len(items) < workbookBatch {
			break
		}
	}
	if err := sheet.rows.Flush(); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	var written bytes.Buffer
	if err := file.Write(&written); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return written.Bytes(), nil
}

// sheet is a worksheet that is written row by row.
type sheet struct {
	rows *excelize.StreamWriter
	row  int
	text int // the style of cells that people have typed
	yuan int
}

const (
	sheetName = "兑换对账"
	// textFormat is Excel's number format "@": whatever is in such a cell stays text, also after it was edited, so
	// that a name like "=1+1" is never a formula.
	textFormat = 49
	// yuanFormat is Excel's "#,##0.00".
	yuanFormat  = 4
	fenInAYuan  = 100
	momentShown = "2006-01-02 15:04"
)

func newSheet(file *excelize.File) (*sheet, error) {
	made := &sheet{row: 1}
	if err := file.SetSheetName("Sheet1", sheetName); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	var err error
	if made.text, err = file.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if made.yuan, err = file.NewStyle(&excelize.Style{NumFmt: yuanFormat}); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if made.rows, err = file.NewStreamWriter(sheetName); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if err := made.rows.SetColWidth(1, 4, 20); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	return made, nil
}

// head writes the sums, by reward and in all, and the header of the single redemptions.
func (s *sheet) head(statement Statement, of month) error {
	if err := s.write(s.typed(statement.OrganisationName), s.typed(of.title())); err != nil {
		return err
	}
	if err := s.write("兑换项目", "兑付份数", "收到积分", "社区应付(元)"); err != nil {
		return err
	}
	for _, one := range statement.Rewards {
		if err := s.write(s.typed(one.Title), one.Fulfilled, one.Points, s.money(one.OwedFen)); err != nil {
			return err
		}
	}
	if err := s.write("合计", statement.Fulfilled, statement.Points, s.money(statement.OwedFen)); err != nil {
		return err
	}
	s.row++ // an empty one between
	return s.write("兑付时间", "兑换项目", "居民", "经办人", "积分", "社区应付(元)")
}

func (s *sheet) add(r Redemption) error {
	return s.write(s.typed(r.EndedAt.In(db.Shanghai).Format(momentShown)), s.typed(r.Reward.Title), s.typed(r.PersonName),
		s.typed(r.EndedByName), r.Price, s.money(r.OwedFen))
}

func (s *sheet) typed(text string) excelize.Cell { return excelize.Cell{StyleID: s.text, Value: text} }

func (s *sheet) money(fen int64) excelize.Cell {
	return excelize.Cell{StyleID: s.yuan, Value: float64(fen) / fenInAYuan}
}

func (s *sheet) write(cells ...any) error {
	at, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	s.row++
	if err := s.rows.SetRow(at, cells); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

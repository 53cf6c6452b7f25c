package reward

import (
	"bytes"
	"cmp"
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

// Statement is what an organisation has fulfilled in a month, and what it is owed for that: in all, by community, by
// reward, and a page of the single ones.
type Statement struct {
	OrganisationID   string `json:"organisation_id"`
	OrganisationName string `json:"organisation_name"`
	Month            string `json:"month" doc:"2026-11, in Asia/Shanghai"`
	Sum
	Communities []CommunitySum `json:"communities" nullable:"false"`
	Rewards     []RewardSum    `json:"rewards" nullable:"false"`
	Items       []Redemption   `json:"items" nullable:"false" doc:"In the order in which they were fulfilled"`
	NextCursor  string         `json:"next_cursor,omitempty"`
}

// Sum is what a number of fulfilled redemptions come to.
type Sum struct {
	Fulfilled int64 `json:"fulfilled"`
	Points    int64 `json:"points"`
	OwedFen   int64 `json:"owed_fen"`
}

func (s Sum) plus(other Sum) Sum {
	return Sum{s.Fulfilled + other.Fulfilled, s.Points + other.Points, s.OwedFen + other.OwedFen}
}

// CommunitySum is the sum of the rewards of one community, which is the one that owes it.
type CommunitySum struct {
	RegionID   string `json:"region_id"`
	RegionName string `json:"region_name"`
	Sum
}

// RewardSum is the sum of one reward.
type RewardSum struct {
	RewardID string `json:"reward_id"`
	RegionID string `json:"region_id"`
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

// StatementQuery is which statement is asked for.
type StatementQuery struct {
	OrganisationID string `path:"id" maxLength:"26"`
	Month          string `query:"month" maxLength:"7" doc:"2026-11; the current month when left out"`
	RegionID       string `query:"region_id" maxLength:"26" doc:"Only what this community owes"`
}

// settlement is what a statement is drawn from: what an organisation fulfilled in a month, of one community or of all.
type settlement struct {
	organisation region.Organisation
	of           month
	regionID     string // empty: of all
}

// settlement checks which statement is asked for. Of all communities it is for the organisation's own people and the desk
// above it; of one also for the desk of that one.
func (s *Service) settlement(ctx context.Context, caller web.Caller, query StatementQuery) (settlement, error) {
	organisation, err := s.Regions.Organisation(ctx, query.OrganisationID)
	if err != nil {
		return settlement{}, err
	}
	place, err := s.owing(ctx, organisation, query.RegionID)
	if err != nil {
		return settlement{}, err
	}
	if err := region.Require(caller, region.SeeRedemptions, region.Scope{Region: place, OrganisationID: organisation.ID}); err != nil {
		return settlement{}, err
	}
	of, err := parseMonth(query.Month, s.DB.Now())
	return settlement{organisation, of, query.RegionID}, err
}

// owing is the community that is asked for, or where the organisation is.
func (s *Service) owing(ctx context.Context, organisation region.Organisation, communityID string) (region.Region, error) {
	if communityID == "" {
		return s.Regions.Get(ctx, organisation.RegionID)
	}
	return s.Regions.GetCommunity(ctx, communityID)
}

const byFulfilment = "fulfilled"

// StatementOf gives an organisation's statement of a month.
func (s *Service) StatementOf(ctx context.Context, caller web.Caller, query StatementQuery, page web.PageQuery) (Statement, error) {
	wanted, err := s.settlement(ctx, caller, query)
	if err != nil {
		return Statement{}, err
	}
	after, err := page.AfterPlace(byFulfilment, web.Place{})
	if err != nil {
		return Statement{}, err
	}
	statement, err := s.sums(ctx, wanted)
	if err != nil {
		return Statement{}, err
	}
	items, err := s.fulfilled(ctx, caller, wanted, after, page.Limit+1)
	if err != nil {
		return Statement{}, err
	}
	shown := web.NewPage(byFulfilment, items, page.Limit, func(r Redemption) []string { return placeOfFulfilled(r).Keys() })
	statement.Items, statement.NextCursor = shown.Items, shown.NextCursor
	return statement, nil
}

func placeOfFulfilled(r Redemption) web.Place {
	return web.Place{Number: db.Millis(r.EndedAt), ID: r.ID}
}

// sums gives a statement without its single redemptions.
func (s *Service) sums(ctx context.Context, wanted settlement) (Statement, error) {
	rows, err := s.store().queries(ctx).SumFulfilled(ctx, rewarddb.SumFulfilledParams{OrganisationID: wanted.organisation.ID,
		RegionID: wanted.regionID, FromAt: db.Millis(wanted.of.from), ToAt: db.Millis(wanted.of.to)})
	if err != nil {
		return Statement{}, fmt.Errorf("sums of a statement: %w", err)
	}
	statement := Statement{OrganisationID: wanted.organisation.ID, OrganisationName: wanted.organisation.Name,
		Month: wanted.of.name, Communities: []CommunitySum{}, Rewards: []RewardSum{}}
	for _, row := range rows { // in order of communities
		sum := Sum{row.Fulfilled, row.Points, row.OwedFen}
		statement.Sum = statement.plus(sum)
		statement.Rewards = append(statement.Rewards, RewardSum{row.RewardID, row.RegionID, row.Title, sum})
		if last := len(statement.Communities) - 1; last >= 0 && statement.Communities[last].RegionID == row.RegionID {
			sum, statement.Communities = sum.plus(statement.Communities[last].Sum), statement.Communities[:last]
		}
		statement.Communities = append(statement.Communities, CommunitySum{RegionID: row.RegionID, Sum: sum})
	}
	names, err := s.communityNames(ctx, statement.Communities)
	for i := range statement.Communities {
		statement.Communities[i].RegionName = names[statement.Communities[i].RegionID]
	}
	return statement, err
}

func (s *Service) communityNames(ctx context.Context, sums []CommunitySum) (map[string]string, error) {
	communities, err := s.Regions.GetMany(ctx, idsOf(sums, func(sum CommunitySum) string { return sum.RegionID }))
	names := make(map[string]string, len(communities))
	for _, community := range communities {
		names[community.ID] = community.Name
	}
	return names, err
}

func (s *Service) fulfilled(ctx context.Context, caller web.Caller, wanted settlement, after web.Place, limit int) ([]Redemption, error) {
	items, err := redemptionsOfRows(s.store().queries(ctx).ListFulfilled(ctx, rewarddb.ListFulfilledParams{
		OrganisationID: wanted.organisation.ID, RegionID: wanted.regionID, FromAt: db.Millis(wanted.of.from), ToAt: db.Millis(wanted.of.to),
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
func (s *Service) Workbook(ctx context.Context, caller web.Caller, query StatementQuery) (Workbook, error) {
	wanted, err := s.settlement(ctx, caller, query)
	if err != nil {
		return Workbook{}, err
	}
	statement, err := s.sums(ctx, wanted)
	if err != nil {
		return Workbook{}, err
	}
	content, err := s.workbook(ctx, caller, wanted, statement)
	if err != nil {
		return Workbook{}, err
	}
	err = s.Audit.Record(ctx, caller, audit.Act{Name: "redemptions.exported", SubjectKind: "organisation", SubjectID: wanted.organisation.ID,
		RegionID: cmp.Or(wanted.regionID, wanted.organisation.RegionID), After: map[string]any{"month": wanted.of.name, "fulfilled": statement.Fulfilled}})
	return Workbook{Name: wanted.organisation.Name + "兑换对账 " + wanted.of.title() + ".xlsx", Content: content}, err
}

func (s *Service) workbook(ctx context.Context, caller web.Caller, wanted settlement, statement Statement) ([]byte, error) {
	file := excelize.NewFile()
	defer file.Close()
	sheet, err := newSheet(file)
	if err != nil {
		return nil, err
	}
	if err := sheet.head(statement, wanted.of); err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, community := range statement.Communities {
		names[community.RegionID] = community.RegionName
	}
	for after := (web.Place{}); ; {
		items, err := s.fulfilled(ctx, caller, wanted, after, workbookBatch)
		if err != nil {
			return nil, err
		}
		for _, item := range items {
			if err := sheet.add(item, names[item.Reward.RegionID]); err != nil {
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
	if err := s.communities(statement.Communities); err != nil {
		return err
	}
	if err := s.write("合计", statement.Fulfilled, statement.Points, s.money(statement.OwedFen)); err != nil {
		return err
	}
	s.row++ // an empty one between
	return s.write("兑付时间", "兑换项目", "居民", "经办人", "积分", "社区应付(元)", "社区")
}

// communities writes what each owes, when there are several.
func (s *sheet) communities(sums []CommunitySum) error {
	if len(sums) < 2 {
		return nil
	}
	for _, one := range sums {
		if err := s.write(s.typed(one.RegionName), one.Fulfilled, one.Points, s.money(one.OwedFen)); err != nil {
			return err
		}
	}
	return nil
}

func (s *sheet) add(r Redemption, community string) error {
	return s.write(s.typed(r.EndedAt.In(db.Shanghai).Format(momentShown)), s.typed(r.Reward.Title), s.typed(r.PersonName),
		s.typed(r.EndedByName), r.Price, s.money(r.OwedFen), s.typed(community))
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

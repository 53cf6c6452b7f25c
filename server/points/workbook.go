package points

import (
	"bytes"
	"cmp"
	"context"
	"fmt"

	"github.com/xuri/excelize/v2"

	"fivestar/server/audit"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Workbook is a list of standings to take away.
type Workbook struct {
	Name    string // of the file, in Chinese
	Content []byte
}

// workbookBatch is how many people are read at a time.
const workbookBatch = 500

// Workbook gives the whole of a list as an Excel file. Who took it is in the audit log.
func (s *Service) Workbook(ctx context.Context, caller web.Caller, regionID string, query ListQuery) (Workbook, error) {
	wanted, err := s.listing(ctx, caller, regionID, query)
	if err != nil {
		return Workbook{}, err
	}
	content, people, err := s.workbook(ctx, wanted)
	if err != nil {
		return Workbook{}, err
	}
	err = s.Audit.Record(ctx, caller, audit.Act{Name: "points.exported", SubjectKind: "region", SubjectID: wanted.region.ID,
		RegionID: cmp.Or(region.CommunityOf(wanted.region.Path), wanted.region.ID), After: map[string]any{"period": wanted.period, "star": wanted.star, "team_id": query.TeamID, "people": people}})
	return Workbook{Name: wanted.region.Name + "积分 " + wanted.period.Title() + ".xlsx", Content: content}, err
}

func (s *Service) workbook(ctx context.Context, wanted listing) (content []byte, people int, err error) {
	file := excelize.NewFile()
	defer file.Close()
	sheet, err := newSheet(file, wanted)
	if err != nil {
		return nil, 0, err
	}
	for after := startOfPhase(earnedPhase); ; {
		places, err := s.next(ctx, wanted, after, workbookBatch)
		if err != nil {
			return nil, 0, err
		}
		standings, err := s.standings(ctx, wanted, places)
		if err != nil {
			return nil, 0, err
		}
		for _, standing := range standings {
			if err := sheet.add(standing); err != nil {
				return nil, 0, err
			}
		}
		people += len(places)
		if len(places) < workbookBatch {
			break
		}
		after = places[len(places)-1]
	}
	if err := sheet.rows.Flush(); err != nil {
		return nil, 0, fmt.Errorf("workbook: %w", err)
	}
	var written bytes.Buffer
	if err := file.Write(&written); err != nil {
		return nil, 0, fmt.Errorf("workbook: %w", err)
	}
	return written.Bytes(), people, nil
}

// sheet is a worksheet that is written row by row.
type sheet struct {
	rows  *excelize.StreamWriter
	row   int
	text  int // the style of cells that people have typed
	stars []region.NamedStar
}

const sheetName = "积分"

// textFormat is Excel's number format "@": whatever is in such a cell stays text, also after it was edited, so
// that a name like "=1+1" is never a formula.
const textFormat = 49

func newSheet(file *excelize.File, wanted listing) (*sheet, error) {
	made := &sheet{row: 1, stars: wanted.community.Stars}
	if err := file.SetSheetName("Sheet1", sheetName); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	var err error
	if made.text, err = file.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if made.rows, err = file.NewStreamWriter(sheetName); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	if err := made.rows.SetColWidth(1, 2, 16); err != nil {
		return nil, fmt.Errorf("workbook: %w", err)
	}
	header := []any{"姓名", "手机号", wanted.period.Title() + "获得积分"}
	for _, star := range made.stars {
		header = append(header, star.Name)
	}
	return made, made.write(append(header, "现有积分", "服务时长(分钟)"))
}

func (s *sheet) add(standing Standing) error {
	cells := []any{s.typed(standing.Person.Name), s.typed(standing.Person.PhoneMasked), standing.Earned}
	for _, star := range s.stars {
		cells = append(cells, standing.ByStar[star.Star])
	}
	return s.write(append(cells, standing.Balance, standing.ServiceMinutes))
}

func (s *sheet) typed(text string) excelize.Cell { return excelize.Cell{StyleID: s.text, Value: text} }

func (s *sheet) write(cells []any) error {
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

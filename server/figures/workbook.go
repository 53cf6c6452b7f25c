package figures

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"fivestar/server/region"
	"fivestar/server/web"
)

// File is something to take away.
type File struct {
	Name    string // in Chinese
	Content []byte
}

// textFormat is Excel's number format "@": whatever is in such a cell stays text, so that a community or a team
// named "=1+1" is never a formula.
const textFormat = 49

const sheetOfCommunities = "各社区"

// Workbook gives a bulletin as an Excel file: the figures with how they are counted, and above a community another
// sheet with the communities side by side. No person is in it.
func (s *Service) Workbook(ctx context.Context, caller web.Caller, regionID, period string) (File, error) {
	at, in, err := s.place(ctx, caller, regionID, period)
	if err != nil {
		return File{}, err
	}
	made, err := s.bulletin(ctx, at, in)
	if err != nil {
		return File{}, err
	}
	book := &workbook{file: excelize.NewFile()}
	defer book.file.Close()
	if book.text, err = book.file.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return File{}, fmt.Errorf("workbook: %w", err)
	}
	if err := book.file.SetSheetName("Sheet1", made.Name); err != nil {
		return File{}, fmt.Errorf("workbook: %w", err)
	}
	if err := book.sheet(made.Name, []float64{36, 12, 8, 34, 60}, bulletinLines(made)); err != nil {
		return File{}, err
	}
	if at.Kind != region.Community {
		if err := s.addCommunities(ctx, book, at, in); err != nil {
			return File{}, err
		}
	}
	var written bytes.Buffer
	if err := book.file.Write(&written); err != nil {
		return File{}, fmt.Errorf("workbook: %w", err)
	}
	return File{Name: made.Region.Name + made.Name + " " + made.Period.Title + ".xlsx", Content: written.Bytes()}, nil
}

func bulletinLines(made Bulletin) [][]any {
	lines := [][]any{{made.Region.Name + made.Name}, {made.Period.Title + unfinished(made.Period)}, {}, {"项目", "数字", "单位", "分母和没有计入的", "怎么数的"}}
	for _, section := range made.Sections {
		lines = append(lines, []any{section.Name})
		for _, figure := range section.Figures {
			lines = append(lines, []any{figure.Name, figure.Value, figure.Unit, figure.beside(), figure.How})
			for _, part := range figure.Parts {
				lines = append(lines, []any{"　" + part.Name, part.Value, figure.Unit})
			}
		}
	}
	return lines
}

func unfinished(period Period) string {
	if period.Ended {
		return ""
	}
	return "(还没有结束，数字到现在为止)"
}

// beside tells in words what a figure is a share of and what was left out.
func (f Figure) beside() string {
	var told []string
	if f.Of != nil {
		told = append(told, "共"+f.Of.text()+f.percent())
	}
	for _, left := range f.LeftOut {
		if left.Value != 0 {
			told = append(told, "没有计入："+left.Name+left.text())
		}
	}
	return strings.Join(told, "；")
}

func (s Share) text() string { return strconv.FormatInt(s.Value, 10) + s.Unit }

// percent is a share in words, empty where there is nothing to share.
func (f Figure) percent() string {
	if f.Of == nil || f.Of.Value == 0 {
		return ""
	}
	return "，占" + strconv.FormatInt((f.Value*100+f.Of.Value/2)/f.Of.Value, 10) + "%"
}

// communitiesAtOnce is how many communities are read at a time.
const communitiesAtOnce = 100

func (s *Service) addCommunities(ctx context.Context, book *workbook, at region.Region, in span) error {
	header := []any{"社区"}
	for _, group := range groups {
		for _, figure := range group.figures {
			if !figure.inside {
				header = append(header, figure.name+"("+figure.unit+")")
			}
		}
	}
	lines := [][]any{header}
	for query := (web.PageQuery{Limit: communitiesAtOnce}); ; {
		communities, err := s.Regions.Communities(ctx, at, query)
		if err != nil {
			return err
		}
		rows, err := s.sideBySide(ctx, communities.Items, in)
		if err != nil {
			return err
		}
		for _, row := range rows {
			line := []any{row.Region.Name}
			for _, figure := range row.Figures {
				line = append(line, figure.Value)
			}
			lines = append(lines, line)
		}
		if query.Cursor = communities.NextCursor; query.Cursor == "" {
			break
		}
	}
	if _, err := book.file.NewSheet(sheetOfCommunities); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return book.sheet(sheetOfCommunities, []float64{24}, lines)
}

type workbook struct {
	file *excelize.File
	text int // the style of cells that people have typed
}

// sheet writes lines; texts stay texts, numbers are numbers.
func (b *workbook) sheet(name string, widths []float64, lines [][]any) error {
	writer, err := b.file.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	for i, width := range widths {
		if err := writer.SetColWidth(i+1, i+1, width); err != nil {
			return fmt.Errorf("workbook: %w", err)
		}
	}
	for i, line := range lines {
		cells := make([]any, len(line))
		for j, value := range line {
			cells[j] = value
			if text, isText := value.(string); isText {
				cells[j] = excelize.Cell{StyleID: b.text, Value: text}
			}
		}
		if err := writer.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return fmt.Errorf("workbook: %w", err)
		}
	}
	if err := writer.Flush(); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return nil
}

package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	textunicode "golang.org/x/text/encoding/unicode"

	"fivestar/server/fault"
)

// What a file may hold. A community has 5,000 to 20,000 residents.
const (
	largestFile   = 10 << 20
	largestForm   = largestFile + 64<<10
	mostRows      = 50_000
	mostColumns   = 200
	longestCell   = 200 // characters; of more, nothing is read
	largestUnzips = 128 << 20
	// inMemory is how large a sheet may be to be unzipped in memory; a larger one goes through a temporary file.
	inMemory = 16 << 20
)

var (
	errEmptyFile   = fault.InvalidField("file", "文件是空的，请换一个文件")
	errLargeFile   = fault.New(fault.TooLarge, "roster.too_large", "文件太大，最多10 MB，请分成几个文件")
	errManyRows    = fault.InvalidField("file", "一个文件最多5万行，请分成几个文件")
	errManyColumns = fault.InvalidField("file", "列太多了，请删去用不到的列再传")
	errOldExcel    = fault.InvalidField("file", "这是旧版Excel文件，或者设了密码。请用Excel另存为 .xlsx 或 CSV 再传")
	errWorkbook    = fault.InvalidField("file", "这个Excel文件打不开，请用Excel另存一次再传")
	errNotATable   = fault.InvalidField("file", "看不懂这个文件，请传 .xlsx 或 .csv 的名单")
	errNoHeading   = fault.InvalidField("file", "没有找到「姓名」这一列，请检查第一行是不是列名")
)

// line is one row of a file that is not blank.
type line struct {
	number int // as a spreadsheet numbers it, from 1
	cells  []string
}

// sheet is a file taken apart.
type sheet struct {
	encoding    string
	name        string
	otherSheets []string
	lines       []line
	// isExact tells that a number such as 1.38E+10 is all there is of it, and not what a spreadsheet left of more.
	isExact bool
}

var (
	zipSign  = []byte("PK\x03\x04")
	oleSign  = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}
	utf8Mark = []byte("\xef\xbb\xbf")
)

// readSheet takes a file apart, by what is in it and not by its name. It keeps the order and the numbers of the rows.
// All that can be wrong is 422 or 413.
func readSheet(content []byte) (sheet, error) {
	switch {
	case len(content) > largestFile:
		return sheet{}, errLargeFile
	case len(bytes.TrimSpace(content)) == 0:
		return sheet{}, errEmptyFile
	case bytes.HasPrefix(content, zipSign):
		return readWorkbook(content)
	case bytes.HasPrefix(content, oleSign):
		return sheet{}, errOldExcel
	}
	return readText(content)
}

// readText reads what is written with commas, tabs or semicolons between the cells.
func readText(content []byte) (sheet, error) {
	var best sheet
	understood := -1
	var refusal error
	for _, reading := range readings(content) {
		if strings.ContainsRune(reading.text, 0) {
			continue
		}
		for _, delimiter := range []rune{',', '\t', ';', '，', '|'} {
			beginning, err := splitText(reading.text, delimiter, headingWithin)
			if err != nil {
				refusal = err
				continue
			}
			if found := understoodColumns(beginning); found > understood {
				lines, err := splitText(reading.text, delimiter, mostRows)
				if err != nil {
					return sheet{}, err
				}
				understood, best = found, sheet{encoding: reading.encoding, lines: lines}
			}
		}
	}
	if understood <= 0 && refusal != nil {
		return sheet{}, refusal
	}
	if understood < 0 {
		return sheet{}, errNotATable
	}
	return best, nil
}

type reading struct{ encoding, text string }

// readings are the ways to read a text, the likeliest first.
func readings(content []byte) []reading {
	if bytes.HasPrefix(content, []byte("\xff\xfe")) || bytes.HasPrefix(content, []byte("\xfe\xff")) {
		return []reading{decoded("UTF-16", textunicode.UTF16(textunicode.LittleEndian, textunicode.UseBOM), content)}
	}
	plain := bytes.TrimPrefix(content, utf8Mark)
	asUTF8 := reading{"UTF-8", strings.ToValidUTF8(string(plain), string(utf8.RuneError))}
	if utf8.Valid(plain) {
		return []reading{asUTF8}
	}
	return []reading{decoded("GB18030", simplifiedchinese.GB18030, plain), asUTF8}
}

func decoded(name string, of encoding.Encoding, content []byte) reading {
	text, err := of.NewDecoder().Bytes(content)
	if err != nil { // what cannot be read becomes U+FFFD, and no error
		return reading{name, ""}
	}
	return reading{name, string(text)}
}

// splitText gives at most the first lines that are not blank; errManyRows when there are more than mostRows.
func splitText(text string, delimiter rune, most int) ([]line, error) {
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes, reader.ReuseRecord = delimiter, -1, true, true
	var lines []line
	inside := 0 // line feeds within cells so far: a spreadsheet does not count them
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, errNotATable
		}
		start, _ := reader.FieldPos(0)
		number := start - inside
		feeds := 0
		for _, cell := range cells {
			feeds += strings.Count(cell, "\n")
		}
		inside += feeds
		if feeds > mostFeeds {
			return nil, fault.InvalidField("file", fmt.Sprintf("第%d行的引号没有成对，后面的行连在了一起，请改好再传", number))
		}
		if lines, err = appendLine(lines, number, cells); err != nil {
			return nil, err
		}
		if len(lines) == most && most < mostRows {
			return lines, nil
		}
	}
}

// mostFeeds is how many line feeds the cells of one row may hold: more is a quotation mark that is never closed.
const mostFeeds = 20

// appendLine adds a row unless it is blank.
func appendLine(lines []line, number int, cells []string) ([]line, error) {
	if len(cells) > mostColumns {
		cells = cells[:len(cells):len(cells)]
		for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > mostColumns {
			return nil, errManyColumns
		}
	}
	kept := make([]string, len(cells))
	isBlankLine := true
	for i, cell := range cells {
		kept[i] = strings.TrimFunc(cell, isBlank)
		isBlankLine = isBlankLine && kept[i] == ""
	}
	if isBlankLine {
		return lines, nil
	}
	if len(lines) == mostRows {
		return nil, errManyRows
	}
	return append(lines, line{number, kept}), nil
}

// readWorkbook reads the sheet with most of the columns that are understood. What cells show of formulas is read, and
// nothing is calculated.
func readWorkbook(content []byte) (read sheet, err error) {
	defer func() { // some broken workbooks end in a panic of the library
		if recover() != nil {
			err = errWorkbook
		}
	}()
	unzipped, err := os.MkdirTemp("", "roster-")
	if err != nil {
		return sheet{}, fmt.Errorf("a folder to unzip a workbook in: %w", err)
	}
	defer os.RemoveAll(unzipped) // the library leaves behind what it unzipped of a workbook that it then refuses
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: largestUnzips, UnzipXMLSizeLimit: inMemory, TmpDir: unzipped,
	})
	if err != nil {
		return sheet{}, errWorkbook
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	names := book.GetSheetList()
	best, understood := "", -1
	for _, name := range names {
		beginning, err := sheetLines(book, name, headingWithin)
		if err != nil {
			return sheet{}, err
		}
		if found := understoodColumns(beginning); found > understood {
			best, understood = name, found
		}
	}
	if understood <= 0 {
		return sheet{}, errNoHeading
	}
	lines, err := sheetLines(book, best, mostRows)
	if err != nil {
		return sheet{}, err
	}
	others := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == best })
	return sheet{encoding: "XLSX", name: best, otherSheets: others[:min(len(others), mostToldOf)], lines: lines, isExact: true}, nil
}

func sheetLines(book *excelize.File, name string, most int) (lines []line, err error) {
	rows, err := book.Rows(name)
	if err != nil {
		return nil, errWorkbook
	}
	defer rows.Close()
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			return nil, errWorkbook
		}
		if lines, err = appendLine(lines, number, cells); err != nil {
			return nil, err
		}
		if len(lines) == most && most < mostRows {
			break
		}
	}
	return lines, nil
}

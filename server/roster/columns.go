package roster

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Columns of a roster that are read.
const (
	columnName      = "name"
	columnPhone     = "phone"
	columnGrid      = "grid"
	columnParty     = "party_member"
	columnHousehold = "household"
	columnRelation  = "relation"
	columnHead      = "head"
	columnContact   = "contact"
)

// spellings are what offices write above each column. Of columns that mean the same, the first that is filled counts.
var spellings = map[string][]string{
	columnName: {"姓名", "名字", "居民姓名", "人员姓名", "成员姓名", "党员姓名", "真实姓名", "name"},
	columnPhone: {"手机", "手机号", "手机号码", "联系电话", "联系方式", "电话", "电话号码", "联系手机", "移动电话", "本人手机", "本人电话",
		"phone", "mobile", "tel"},
	columnGrid:  {"网格", "所属网格", "所在网格", "网格名称", "网格名", "grid"},
	columnParty: {"是否党员", "是不是党员", "党员", "政治面貌", "政治面貌情况", "是否中共党员", "partymember"},
	columnHousehold: {"户号", "户编号", "家庭编号", "门牌", "门牌号", "房号", "房间号", "住址", "家庭住址", "家庭地址", "详细住址", "详细地址", "居住地址",
		"现住址", "现居住地", "地址", "楼栋门牌", "household", "address"},
	columnRelation: {"与户主关系", "与户主的关系", "和户主关系", "户主关系", "家庭关系", "relation"},
	columnHead:     {"户主", "户主姓名", "是否户主"},
	columnContact:  {"联系党员", "党员联系人", "联户党员", "包户党员", "结对党员", "联系户党员", "contact"},
}

var meanings = func() map[string]string {
	all := map[string]string{}
	for column, headings := range spellings {
		for _, heading := range headings {
			all[heading] = column
		}
	}
	return all
}()

// meaningOf tells what column a heading stands above; empty for one that is not read.
func meaningOf(heading string) string {
	plain := strings.ToLower(norm.NFKC.String(heading))
	if end := strings.IndexAny(plain, "(【[<"); end > 0 { // 手机号(必填)
		plain = plain[:end]
	}
	return meanings[strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, plain)]
}

// headingWithin is how many rows may stand above the headings: titles, dates, who filled it in.
const headingWithin = 20

// columns are the headings of a roster.
type columns struct {
	at map[string][]int // by what they mean
	// before are the first rows, up to the headings.
	before  int
	cells   []string
	read    []Column
	ignored []string
}

// findColumns looks for the row of headings; false when there is none that names people.
func findColumns(lines []line) (columns, bool) {
	for i, line := range lines[:min(len(lines), headingWithin)] {
		found := columns{at: map[string][]int{}, before: i + 1, cells: line.cells}
		for at, heading := range line.cells {
			shown := shorten(strings.Join(strings.Fields(heading), " "))
			switch meaning := meaningOf(heading); {
			case meaning != "":
				found.at[meaning] = append(found.at[meaning], at)
				found.read = append(found.read, Column{shown, meaning})
			case shown != "":
				found.ignored = append(found.ignored, shown)
			}
		}
		if len(found.at[columnName]) > 0 {
			return found, true
		}
	}
	return columns{}, false
}

// understoodColumns is how many columns of a file are understood, 0 without headings.
func understoodColumns(lines []line) int {
	found, ok := findColumns(lines)
	if !ok {
		return 0
	}
	return len(found.at)
}

// of is a row's cell of a column: the first that is filled.
func (c columns) of(cells []string, column string) string {
	for _, at := range c.at[column] {
		if at < len(cells) && cells[at] != "" {
			return cells[at]
		}
	}
	return ""
}

// repeats tells whether a row is the headings again, as printed lists have them on each page.
func (c columns) repeats(cells []string) bool {
	for _, ats := range c.at {
		for _, at := range ats {
			if at >= len(cells) || cells[at] != c.cells[at] {
				return false
			}
		}
	}
	return true
}

const longestShown = 20

// shorten is a text that fits into a message.
func shorten(text string) string {
	letters := []rune(text)
	if len(letters) <= longestShown {
		return text
	}
	return string(letters[:longestShown]) + "…"
}

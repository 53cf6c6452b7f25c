package roster

import (
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fivestar/server/person"
)

// parse reads a file into rows. Blank rows, repeated headings and rows without anything in the columns that are read are
// left out. Columns that are not read, such as ID numbers, go no further than this.
func parse(read sheet) (rows []Row, found columns, err error) {
	found, ok := findColumns(read.lines)
	if !ok {
		return nil, columns{}, errNoHeading
	}
	for _, line := range read.lines[found.before:] {
		if found.repeats(line.cells) {
			continue
		}
		row, filled := parseRow(line, found, read.isExact)
		if filled {
			rows = append(rows, row)
		}
	}
	return rows, found, nil
}

// parseRow gives false for a row that says nothing about anybody.
func parseRow(line line, found columns, isExact bool) (Row, bool) {
	cells := map[string]string{}
	for column := range spellings {
		if cell := found.of(line.cells, column); cell != "" && (column == columnParty || !slices.Contains(nothings, cell)) {
			cells[column] = cell
		}
	}
	row := Row{Number: line.number}
	if cells[columnName]+cells[columnPhone]+cells[columnHousehold]+cells[columnContact] == "" {
		return row, false // grids and a "no" are often filled down to the end of the page
	}
	var faults []string
	refuse := func(message string) {
		if message != "" {
			faults = append(faults, message)
		}
	}
	for _, column := range columnOrder {
		if message := checkCell(cells[column]); message != "" {
			refuse(columnNames[column] + message)
			delete(cells, column)
		}
	}
	var message string
	row.Name, message = readName(cells[columnName])
	if len(faults) == 0 || cells[columnName] != "" {
		refuse(message)
	}
	row.Phone, message = readPhone(cells[columnPhone], isExact)
	refuse(message)
	row.Membership, message = readMembership(cells[columnParty])
	refuse(message)
	row.Grid = strings.Join(strings.Fields(cells[columnGrid]), "")
	row.Household, message = readNumber(cells[columnHousehold])
	refuse(message)
	row.Relation, message = readRelation(cells[columnRelation])
	refuse(message)
	if isHead(cells[columnHead], row.Name) {
		row.Relation = head
	}
	row.Contact, message = readContact(cells[columnContact], isExact)
	refuse(message)
	if len(faults) > 0 {
		return Row{Number: row.Number, Name: row.Name, Fault: strings.Join(faults, "；")}, true
	}
	return row, true
}

var columnOrder = []string{columnName, columnPhone, columnGrid, columnParty, columnHousehold, columnRelation, columnHead, columnContact}

var columnNames = map[string]string{columnName: "姓名", columnPhone: "手机号", columnGrid: "网格", columnParty: "党员", columnHousehold: "户号或住址",
	columnRelation: "与户主关系", columnHead: "户主", columnContact: "联系党员"}

// nothings are what people write into a cell that has nothing to say.
var nothings = []string{"-", "--", "—", "——", "/", "\\", "无", "暂无", "没有", "无手机", "无电话", "不详", "N/A", "n/a", "NULL", "null", "None", "#N/A", "0"}

// checkCell finds what belongs into no cell.
func checkCell(cell string) string {
	switch {
	case strings.ContainsRune(cell, utf8.RuneError):
		return "里有认不出的字，文件编码可能坏了，请用Excel另存一次"
	case strings.ContainsAny(cell, "\n\r"):
		return "里有换行，或者引号没有成对"
	case strings.ContainsFunc(cell, unicode.IsControl):
		return "里有不能使用的字符"
	case utf8.RuneCountInString(cell) > longestCell:
		return "太长了"
	case idNumber.MatchString(norm.NFKC.String(cell)):
		return "里写了身份证号，请放到别的列，系统不收身份证号"
	}
	return ""
}

var idNumber = regexp.MustCompile(`[0-9]{17}[0-9Xx]`)

const longestName = 30

// notNames stand below lists, and name nobody.
var notNames = []string{"合计", "总计", "小计", "共计", "备注", "说明", "填表人", "制表人", "审核人", "负责人", "填报人", "示例"}

// readName gives a name without blanks between Chinese characters; single ones stay between other words.
func readName(cell string) (name, message string) {
	words := strings.FieldsFunc(norm.NFC.String(cell), isBlank)
	for i, word := range words {
		if i > 0 && (!isLatin(words[i-1]) || !isLatin(word)) {
			name += word
			continue
		}
		name = strings.TrimSpace(name + " " + word)
	}
	switch {
	case name == "":
		return "", "没有写姓名"
	case utf8.RuneCountInString(name) > longestName:
		return "", "姓名太长，最多30个字"
	case strings.ContainsFunc(name, isNoPartOfName) || !strings.ContainsFunc(name, unicode.IsLetter):
		return "", "姓名里有数字或符号，请改成姓名"
	case slices.Contains(notNames, name):
		return "", "「" + name + "」不像姓名"
	}
	return name, ""
}

func isLatin(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}

func isNoPartOfName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" ·•・‧∙.．-'’()（）", r)
}

var (
	wholeNumber = regexp.MustCompile(`^[0-9]+\.0*$`)
	scientific  = regexp.MustCompile(`^([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})$`)
	separators  = regexp.MustCompile(`[/、,;|]|或`)
	prefix      = regexp.MustCompile(`^(?:\+|00)?86(1[0-9]{10})$`)
)

// phoneDigits is how many digits a mainland mobile number has.
const phoneDigits = 11

// readPhone gives a mobile number as 11 digits, however it was written, and no number for an empty cell.
func readPhone(cell string, isExact bool) (phone, message string) {
	if cell == "" {
		return "", ""
	}
	plain := norm.NFKC.String(cell)
	if number := strings.TrimSpace(strings.TrimLeft(plain, "'")); scientific.MatchString(number) {
		return fromScientific(number, isExact)
	}
	if wholeNumber.MatchString(plain) {
		plain = plain[:strings.IndexByte(plain, '.')]
	}
	digits := strings.Map(func(r rune) rune {
		if isBlank(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("'()·._−", r) {
			return -1
		}
		return r
	}, plain)
	if parts := prefix.FindStringSubmatch(digits); parts != nil {
		digits = parts[1]
	}
	phone, ok := person.Phone(digits)
	switch {
	case ok:
		return phone, ""
	case separators.MatchString(plain) && len(digits) > phoneDigits:
		return "", "写了两个号码，请只留一个手机号"
	case strings.ContainsFunc(digits, func(r rune) bool { return (r < '0' || r > '9') && r != '+' }):
		return "", "手机号里有不是数字的字"
	}
	return "", fmt.Sprintf("手机号应是1开头的11位数字，这里有%d位", len(strings.TrimPrefix(digits, "+")))
}

// fromScientific reads 1.38E+10, which in a text file is mostly what a spreadsheet has left of a number.
func fromScientific(number string, isExact bool) (phone, message string) {
	parts := scientific.FindStringSubmatch(number)
	if significant := len(parts[1]) + len(parts[2]); !isExact && significant < phoneDigits {
		return "", "手机号被Excel写成了" + number + "，后几位已经丢了，请把这一列设成文本再填"
	}
	value, _, err := big.ParseFloat(number, 10, 64, big.ToNearestEven)
	if err != nil || !value.IsInt() {
		return "", "手机号写成了" + number + "，请改成11位数字"
	}
	whole, _ := value.Int(nil)
	if phone, ok := person.Phone(whole.String()); ok {
		return phone, ""
	}
	return "", "手机号应是1开头的11位数字"
}

var (
	memberWords    = []string{"是", "√", "✓", "✔", "Y", "YES", "TRUE", "T", "1", "有", "对", "党员", "中共党员", "正式党员", "预备党员", "中共预备党员", "中国共产党党员", "共产党员", "在职党员"}
	notMemberWords = []string{"否", "不是", "×", "X", "✗", "N", "NO", "FALSE", "F", "0", "非", "非党员", "群众", "普通群众", "一般群众", "团员", "共青团员", "少先队员",
		"民主党派", "无党派", "无党派人士", "积极分子", "入党积极分子", "民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员", "致公党党员", "九三学社社员", "台盟盟员", "无"}
)

func readMembership(cell string) (Membership, string) {
	word := strings.ToUpper(withoutBlanks(norm.NFKC.String(cell)))
	switch {
	case word == "":
		return "", ""
	case slices.Contains(memberWords, word):
		return Member, ""
	case slices.Contains(notMemberWords, word):
		return NotMember, ""
	case slices.Contains(nothings, word):
		return "", ""
	}
	return "", "党员这一列写的是「" + shorten(cell) + "」，请写是或否"
}

func readNumber(cell string) (number, message string) {
	number = strings.Join(strings.FieldsFunc(norm.NFC.String(cell), isBlank), " ")
	if wholeNumber.MatchString(number) { // 101.0
		number = number[:strings.IndexByte(number, '.')]
	}
	if utf8.RuneCountInString(number) > longestNumber || utf8.RuneCountInString(numberKey(number)) > longestNumber {
		return "", "户号或住址太长，最多60个字"
	}
	return number, ""
}

// head is the relation of the head of a household to the head.
const head = "户主"

func readRelation(cell string) (relation, message string) {
	relation = withoutBlanks(cell)
	switch {
	case slices.Contains([]string{"本人", "户主本人"}, relation):
		return head, ""
	case utf8.RuneCountInString(relation) > longestRelation:
		return "", "与户主关系太长，最多20个字"
	}
	return relation, ""
}

// isHead reads a column that says who the head is, or whether this is the head.
func isHead(cell, name string) bool {
	said := withoutBlanks(cell)
	return said != "" && (slices.Contains([]string{"是", "√", "Y", "1", "本人", head}, said) || said == withoutBlanks(name))
}

// readContact reads a Party member's name or phone.
func readContact(cell string, isExact bool) (contact, message string) {
	if cell == "" {
		return "", ""
	}
	if phone, message := readPhone(cell, isExact); message == "" {
		return phone, ""
	}
	name, message := readName(cell)
	if message != "" {
		return "", "联系党员请写姓名或手机号"
	}
	return name, ""
}

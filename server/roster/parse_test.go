package roster

import (
	"archive/zip"
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	textunicode "golang.org/x/text/encoding/unicode"
)

func TestPhonesAsPeopleWriteThem(t *testing.T) {
	for written, want := range map[string]string{
		"13800000001": "13800000001", " 138 0000 0001 ": "13800000001", "138-0000-0001": "13800000001", "138—0000—0001": "13800000001",
		"+8613800000001": "13800000001", "+86 138 0000 0001": "13800000001", "86-13800000001": "13800000001", "008613800000001": "13800000001",
		"１３８００００００００１": "", "１３８０００００００１": "13800000001", "13800000001.0": "13800000001", "13800000001.": "13800000001", "'13800000001": "13800000001",
		"1.3800000001E+10": "13800000001", "1.3800000001e10": "13800000001", "138\u00a00000\u30000001": "13800000001", "\u202d13800000001\u202c": "13800000001",
		"(138)00000001": "13800000001", "1380000000": "", "138000000011": "", "23800000001": "", "1380000000a": "", "0371-6888888": "",
		"13800000001/13900000002": "", "13800000001、13900000002": "", "1.38E+10": "", "1.38E+99": "", "+": "", "86": "",
	} {
		phone, message := readPhone(written, false)
		if phone != want || (message == "") != (want != "") {
			t.Errorf("%q is read as %q, %q; want %q", written, phone, message, want)
		}
	}
	if phone, _ := readPhone("1.38E+10", true); phone != "13800000000" {
		t.Errorf("a workbook's 1.38E+10 is read as %q", phone)
	}
	if _, message := readPhone("1.38E+10", false); !strings.Contains(message, "后几位已经丢了") {
		t.Errorf("what a spreadsheet has cut off is not told: %q", message)
	}
	if _, message := readPhone("13800000001/13900000002", false); !strings.Contains(message, "两个号码") {
		t.Errorf("two numbers: %q", message)
	}
}

func TestNamesAsPeopleWriteThem(t *testing.T) {
	for written, want := range map[string]string{
		"样例甲": "样例甲", " 样 例　甲 ": "样例甲", "买买提·艾力": "买买提·艾力", "Anna  Maria Muster": "Anna Maria Muster", "样例(大)": "样例(大)",
		"样\u200b例": "样例", "": "", "13800000001": "", "=1+1": "", "+cmd": "", "样例甲1": "", "合计": "", "填表人：样例": "", "···": "", strings.Repeat("样", 31): "",
	} {
		if name, message := readName(written); name != want || (message == "") != (want != "") {
			t.Errorf("%q is read as %q, %q; want %q", written, name, message, want)
		}
	}
}

func TestPartyMembership(t *testing.T) {
	for written, want := range map[string]Membership{"是": Member, "√": Member, "中共党员": Member, "预备党员": Member, "TRUE": Member, "true": Member, "1": Member,
		"否": NotMember, "群众": NotMember, "0": NotMember, "共青团员": NotMember, "false": NotMember, "": "", "-": ""} {
		if got, message := readMembership(written); got != want || message != "" {
			t.Errorf("%q is read as %q, %q", written, got, message)
		}
	}
	if _, message := readMembership("大概是"); message == "" {
		t.Error("a word that says neither is taken")
	}
}

func TestHeadingsInManySpellings(t *testing.T) {
	for heading, want := range map[string]string{
		"姓名": columnName, " 姓 名 ": columnName, "*姓名": columnName, "姓名（必填）": columnName, "1.名字": columnName, "Name": columnName,
		"手机": columnPhone, "联系电话": columnPhone, "手机号码(11位)": columnPhone, "电话": columnPhone, "phone": columnPhone,
		"网格": columnGrid, "所属网格": columnGrid, "grid": columnGrid, "是否党员": columnParty, "政治面貌": columnParty, "party_member": columnParty, "党员": columnParty,
		"户号": columnHousehold, "门牌": columnHousehold, "住址": columnHousehold, "与户主关系": columnRelation, "户主": columnHead, "联系党员": columnContact,
		"身份证号": "", "身份证号码": "", "序号": "", "备注": "", "": "", "样板社区居民花名册": "",
	} {
		if got := meaningOf(heading); got != want {
			t.Errorf("%q means %q, want %q", heading, got, want)
		}
	}
}

// list is a roster as an office has it, with a title above and an ID column.
const list = "样板社区居民花名册,,,,,,,\n填表日期,2026年11月,,,,,,\n序号,姓 名,身份证号,联系电话,所属网格,政治面貌,户号,与户主关系\n" +
	"1,样例甲,410100199001011234,138 0000 0001,第一网格,中共党员,1-101,户主\n\n2,\"样例,乙\",,13800000002,第一网格,群众,1-101,配偶\n" +
	"3,样例丙,,,第一网格,,1-102,本人\n序号,姓 名,身份证号,联系电话,所属网格,政治面貌,户号,与户主关系\n4,,,,第一网格,,,\n"

var listRows = []Row{
	{Number: 4, Name: "样例甲", Phone: "13800000001", Grid: "第一网格", Membership: Member, Household: "1-101", Relation: head},
	{Number: 6, Fault: "姓名里有数字或符号，请改成姓名"},
	{Number: 7, Name: "样例丙", Grid: "第一网格", Household: "1-102", Relation: head},
}

func encoded(t *testing.T, encode func(text []byte) ([]byte, error), text string) []byte {
	t.Helper()
	content, err := encode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestEncodingsAndDelimiters(t *testing.T) {
	gb := simplifiedchinese.GB18030.NewEncoder()
	wide := textunicode.UTF16(textunicode.LittleEndian, textunicode.UseBOM).NewEncoder()
	tabs := strings.NewReplacer(",", "\t", "\"样例,乙\"", "\"样例,乙\"").Replace(strings.ReplaceAll(list, "样例,乙", "样例，乙"))
	for name, file := range map[string]struct {
		content  []byte
		encoding string
	}{
		"UTF-8":                {[]byte(list), "UTF-8"},
		"with a mark":          {[]byte("\xef\xbb\xbf" + list), "UTF-8"},
		"GBK":                  {encoded(t, gb.Bytes, list), "GB18030"},
		"CRLF":                 {[]byte(strings.ReplaceAll(list, "\n", "\r\n")), "UTF-8"},
		"CR":                   {[]byte(strings.ReplaceAll(list, "\n", "\r")), "UTF-8"},
		"tabs":                 {[]byte(tabs), "UTF-8"},
		"UTF-16 with tabs":     {encoded(t, wide.Bytes, tabs), "UTF-16"},
		"semicolons":           {[]byte(strings.ReplaceAll(strings.ReplaceAll(list, "样例,乙", "样例，乙"), ",", ";")), "UTF-8"},
		"one byte out of tune": {[]byte(list + "5,样例\xff丁,,13800000009,,,,\n"), "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			read, err := readSheet(file.content)
			if err != nil {
				t.Fatal(err)
			}
			if read.encoding != file.encoding {
				t.Errorf("read as %s, want %s", read.encoding, file.encoding)
			}
			rows, found, err := parse(read)
			if err != nil {
				t.Fatal(err)
			}
			want := listRows
			if name == "one byte out of tune" {
				want = append(slices.Clone(want), Row{Number: 10, Fault: "姓名里有认不出的字，文件编码可能坏了，请用Excel另存一次"})
			}
			if diff := cmp.Diff(want, rows); diff != "" {
				t.Error(diff)
			}
			if len(found.read) != 6 || !slices.Contains(found.ignored, "身份证号") {
				t.Errorf("read %v, ignored %v", found.read, found.ignored)
			}
		})
	}
}

func TestRowsAreNumberedAsInASpreadsheet(t *testing.T) {
	read, err := readSheet([]byte("姓名,备注,手机\n样例甲,\"两\n行\",1\n样例乙,,2\n\n\n样例丙,,3\n"))
	if err != nil {
		t.Fatal(err)
	}
	rows, _, err := parse(read)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	for _, row := range rows {
		numbers = append(numbers, row.Number)
	}
	if !slices.Equal(numbers, []int{2, 3, 6}) {
		t.Errorf("rows %v", numbers)
	}
}

func workbook(t *testing.T, fill func(book *excelize.File)) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	fill(book)
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	return content.Bytes()
}

// brokenAfter is a workbook whose first sheet is too large to be unzipped in memory and whose next part is broken.
func brokenAfter(t *testing.T, sheet []byte) []byte {
	t.Helper()
	var content bytes.Buffer
	archive := zip.NewWriter(&content)
	large, err := archive.Create("xl/worksheets/sheet1.xml")
	must(t, err)
	_, err = large.Write(sheet)
	must(t, err)
	broken, err := archive.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", CRC32: 1, CompressedSize64: 4, UncompressedSize64: 4})
	must(t, err)
	_, err = broken.Write([]byte("<a/>"))
	must(t, err)
	must(t, archive.Close())
	return content.Bytes()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestWorkbooks(t *testing.T) {
	content := workbook(t, func(book *excelize.File) {
		must(t, book.SetCellValue("Sheet1", "A1", "说明：请填写第二页"))
		_, err := book.NewSheet("名单")
		must(t, err)
		must(t, book.SetSheetRow("名单", "A1", &[]any{"样板社区居民花名册"}))
		must(t, book.MergeCell("名单", "A1", "D1"))
		must(t, book.SetSheetRow("名单", "A3", &[]any{"姓名", "手机号", "是否党员", "门牌"}))
		must(t, book.SetSheetRow("名单", "A4", &[]any{"样例甲", 13800000001, "是", 101}))
		must(t, book.SetSheetRow("名单", "A5", &[]any{"样例乙", 1.38e10, true, "1号楼 102"}))
		must(t, book.SetSheetRow("名单", "A8", &[]any{"样例丙", "13800000003"}))
		must(t, book.SetCellFormula("名单", "C8", `=HYPERLINK("http://127.0.0.1/")`))
	})
	read, err := readSheet(content)
	if err != nil {
		t.Fatal(err)
	}
	if read.name != "名单" || !slices.Equal(read.otherSheets, []string{"Sheet1"}) {
		t.Errorf("read %q and not %q", read.name, read.otherSheets)
	}
	rows, _, err := parse(read)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Row{
		{Number: 4, Name: "样例甲", Phone: "13800000001", Membership: Member, Household: "101"},
		{Number: 5, Name: "样例乙", Phone: "13800000000", Membership: Member, Household: "1号楼 102"},
		{Number: 8, Name: "样例丙", Phone: "13800000003"},
	}, rows); diff != "" {
		t.Error(diff)
	}
}

func TestFilesThatAreNoRosters(t *testing.T) {
	bomb := workbook(t, func(book *excelize.File) {
		stream, err := book.NewStreamWriter("Sheet1")
		must(t, err)
		blank := strings.Repeat(" ", 30_000)
		must(t, stream.SetRow("A1", []any{"姓名"})) // or it would be refused for that
		for row := 2; row <= 4600; row++ {
			cell, err := excelize.CoordinatesToCellName(1, row)
			must(t, err)
			must(t, stream.SetRow(cell, []any{blank}))
		}
		must(t, stream.Flush())
	})
	if len(bomb) > largestFile {
		t.Fatalf("the bomb is %d bytes and would be refused for that", len(bomb))
	}
	wide := workbook(t, func(book *excelize.File) {
		must(t, book.SetCellValue("Sheet1", "A1", "姓名"))
		must(t, book.SetCellValue("Sheet1", "XFD1", "远"))
	})
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	for name, content := range map[string][]byte{
		"nothing": nil, "blanks": []byte(" \n\n"), "zeros": make([]byte, 100), "no headings": []byte("样例甲,13800000001\n"),
		"a picture": []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), "an old workbook": append(slices.Clone(oleSign), make([]byte, 600)...),
		"a cut workbook": bomb[:len(bomb)/2], "a zip of nothing": []byte("PK\x03\x04"), "a bomb": bomb, "a broken part": brokenAfter(t, make([]byte, inMemory+1)), "a wide sheet": wide,
		"a quotation mark without end": []byte("姓名,手机\n\"样例甲,1\n" + strings.Repeat("样例,2\n", 50)),
		"many rows":                    []byte("姓名\n" + strings.Repeat("样例\n", mostRows+1)),
		"many columns":                 []byte("姓名" + strings.Repeat(",列", 300) + "\n"),
		"too much":                     []byte("姓名\n样例甲\n" + strings.Repeat("\n", largestFile)),
	} {
		started := time.Now()
		read, err := readSheet(content)
		if err == nil {
			_, _, err = parse(read)
		}
		if err == nil {
			t.Errorf("%s: taken as a roster", name)
		}
		t.Logf("%s: %v after %v", name, err, time.Since(started))
		if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
			t.Fatalf("%s: %v is left in the folder of temporary files (%v)", name, left, err)
		}
	}
}

func TestIDNumbersGoNoFurther(t *testing.T) {
	read, err := readSheet([]byte("姓名,手机,住址,身份证号\n样例甲410100199001011234,1,\"\",x\n样例乙,410100199001011234,,\n样例丙,,41010019900101123X,\n样例丁,,,410100199001011234\n"))
	if err != nil {
		t.Fatal(err)
	}
	rows, _, err := parse(read)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if text := row.Name + row.Phone + row.Household + row.Fault; strings.Contains(text, "4101") {
			t.Errorf("row %d keeps an ID number: %+v", row.Number, row)
		}
		if (row.Fault == "") != (i == 3) {
			t.Errorf("row %d: %+v", row.Number, row)
		}
	}
}

func FuzzReadSheet(f *testing.F) {
	f.Add([]byte(list))
	gbk, _ := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(list))
	f.Add(gbk)
	f.Add([]byte("姓名\t手机\n\"样例\"\"甲\"\t1.38E+10\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xff\xfe\x00\x00"))
	f.Fuzz(func(t *testing.T, content []byte) {
		read, err := readSheet(content)
		if err != nil {
			return
		}
		rows, _, err := parse(read)
		if err != nil {
			return
		}
		last := 0
		for _, row := range rows {
			if row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
			if row.Fault == "" && (row.Name == "" || !utf8.ValidString(row.Name) || row.Phone != "" && len(row.Phone) != phoneDigits) {
				t.Fatalf("taken without a fault: %+v", row)
			}
		}
	})
}

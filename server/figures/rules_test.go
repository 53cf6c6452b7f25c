package figures

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"fivestar/server/db"
)

func TestPeriods(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 59, 0, 0, time.UTC) // 23:59 on a Sunday in Shanghai
	for text, want := range map[string]struct{ from, to, title string }{
		"":         {"2026-11-16", "2026-11-23", "2026年第47周(11月16日至11月22日)"},
		"2026-W47": {"2026-11-16", "2026-11-23", "2026年第47周(11月16日至11月22日)"},
		"2026-W01": {"2025-12-29", "2026-01-05", "2026年第1周(12月29日至1月4日)"},
		"2026-W53": {"2026-12-28", "2027-01-04", "2026年第53周(12月28日至1月3日)"},
		"2026-02":  {"2026-02-01", "2026-03-01", "2026年2月"},
		"2026-Q4":  {"2026-10-01", "2027-01-01", "2026年第4季度"},
	} {
		got, err := parseSpan(text, now)
		if err != nil || got.from.Format(time.DateOnly) != want.from || got.to.Format(time.DateOnly) != want.to || got.title != want.title {
			t.Errorf("%q: %v to %v, %s, %v", text, got.from, got.to, got.title, err)
		}
		if _, offset := got.from.Zone(); offset != 8*60*60 || got.from.Hour() != 0 {
			t.Errorf("%q begins at %v", text, got.from)
		}
	}
	if week, _ := parseSpan("", now.Add(time.Minute)); week.name != "2026-W48" {
		t.Errorf("Monday begins %s", week.name)
	}
	if week, _ := parseSpan("2026-W01", now); !slices.Equal(week.kept()[:4], []string{"2025-12-29", "2025-12-30", "2025-12-31", "2026-01-01"}) {
		t.Errorf("the days kept are %v", week.kept())
	}
}

func TestReadRhythm(t *testing.T) {
	// The days of November 2026, which begins on a Sunday.
	for words, want := range map[string]string{
		"每天上午":          "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30",
		"每周二下午":         "3 10 17 24",
		"每周一、周三上午":      "2 4 9 11 16 18 23 25 30",
		"每周二四六":         "3 5 7 10 12 14 17 19 21 24 26 28",
		"周一至周五":         "2 3 4 5 6 9 10 11 12 13 16 17 18 19 20 23 24 25 26 27 30",
		"工作日，提前一天约":     "2 3 4 5 6 9 10 11 12 13 16 17 18 19 20 23 24 25 26 27 30",
		"周末":            "1 7 8 14 15 21 22 28 29",
		"每周日清早":         "1 8 15 22 29",
		"每月第一个周五下午":     "6",
		"每月第二个周日":       "8",
		"每月十号上午":        "10",
		"每月二十五日":        "25",
		"每月15日":         "15",
		"每月逢五":          "5 15 25",
		"每周一次，时间另约":     "",
		"随约随到，提前三天":     "",
		"每月初一、十五晚上":     "", // by the moon
		"每季度一次，可预约":     "",
		"":              "",
		"每月中旬，看天气":      "",
		"每月三十五号":        "",
		"每星期天":          "1 8 15 22 29",
		"每周三、五晚上，节假日除外": "4 6 11 13 18 20 25 27",
	} {
		var days []string
		if isOn := readRhythm(words); isOn != nil {
			for day := time.Date(2026, 11, 1, 0, 0, 0, 0, db.Shanghai); day.Month() == time.November; day = day.AddDate(0, 0, 1) {
				if isOn(day) {
					days = append(days, day.Format("2"))
				}
			}
		}
		if got := strings.Join(days, " "); got != want {
			t.Errorf("%s is on %q, want %q", words, got, want)
		}
	}
}

func TestSuppressed(t *testing.T) {
	of := func(counts ...int64) []measured {
		var partition []measured
		for i, count := range counts {
			partition = append(partition, measured{part: string(rune('a' + i)), value: count, behind: count})
		}
		return partition
	}
	for _, one := range []struct {
		partition []measured
		want      string
	}{
		{of(), ""},
		{of(9, 5, 7), ""},
		{of(9, 4, 7), "bc"},  // else the 4 could be had from the total
		{of(9, 4, 1), "bc"},  // two hide each other
		{of(3), "a"},         // there is nothing to hide it with
		{of(20, 1, 0), "ab"}, // nothing is nobody's
	} {
		hidden := suppressed(one.partition)
		if got := strings.Join(slices.Sorted(maps.Keys(hidden)), ""); got != one.want {
			t.Errorf("of %v hidden are %q, want %q", one.partition, got, one.want)
		}
	}
}

func TestMaskName(t *testing.T) {
	for name, want := range map[string]string{"张三丰": "张*", "李*": "李*", "": "", "A": "A*"} {
		if got := maskName(name); got != want {
			t.Errorf("%s becomes %s, want %s", name, got, want)
		}
	}
}

func TestNumbersAreThoseOfTheServer(t *testing.T) {
	s := &Service{Key: []byte("a key for tests that is long enough to be one")}
	number := s.newNumber()
	for _, typed := range []string{number, strings.ToLower(inGroups(number)), strings.ReplaceAll(inGroups(number), "-", " ")} {
		if got, err := s.parseNumber(typed); err != nil || got != number {
			t.Errorf("%s is read as %s, %v", typed, got, err)
		}
	}
	other := "A"
	if number[0] == 'A' {
		other = "B"
	}
	for _, typed := range []string{"", "AAAA", other + number[1:], number[:15] + "1", number + "A", strings.Repeat("A", 16), strings.Repeat("张", 16)} {
		if _, err := s.parseNumber(typed); err == nil {
			t.Errorf("%s is taken for one of the server's", typed)
		}
	}
}

package figures

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// rhythm tells on which days a service is there.
type rhythm func(day time.Time) bool

const weekdays = "日一二三四五六"

var (
	howOften     = regexp.MustCompile(`每个?(?:周|星期|月|季度?|年)[一二两三四五六七八九十0-9]+次`)
	everyDay     = regexp.MustCompile(`每天|每日|天天`)
	nthWeekday   = regexp.MustCompile(`每月第([一二三四五1-5])个?(?:周|星期)([一二三四五六日天])`)
	weekdayRange = regexp.MustCompile(`(?:周|星期)([一二三四五六日天])(?:至|到|-|—|~)(?:周|星期)?([一二三四五六日天])`)
	weekdayList  = regexp.MustCompile(`(?:周|星期)([一二三四五六日天](?:(?:[、和，,])?(?:周|星期)?[一二三四五六日天])*)`)
	dayOfMonth   = regexp.MustCompile(`每月(?:的)?([0-9]{1,2}|[一二三四五六七八九十]{1,3})[号日]`)
	dayEndingIn  = regexp.MustCompile(`每月逢([一二三四五六七八九0-9])`)
)

// readRhythm reads from people's words when a service is there: every day, on working days, on weekdays, on days of
// the month. nil for words that name no days, by appointment or by the lunar calendar: such a service is told
// without days, and is never guessed.
func readRhythm(words string) rhythm {
	words = howOften.ReplaceAllString(strings.ReplaceAll(words, " ", ""), "")
	switch {
	case everyDay.MatchString(words):
		return func(time.Time) bool { return true }
	case nthWeekday.MatchString(words):
		found := nthWeekday.FindStringSubmatch(words)
		nth, wanted := chineseNumber(found[1]), weekdayNamed(found[2])
		return func(day time.Time) bool { return day.Weekday() == wanted && (day.Day()-1)/daysInWeek == nth-1 }
	case weekdayRange.MatchString(words):
		found := weekdayRange.FindStringSubmatch(words)
		first, last := sinceMonday(weekdayNamed(found[1])), sinceMonday(weekdayNamed(found[2]))
		return func(day time.Time) bool { at := sinceMonday(day.Weekday()); return first <= at && at <= last }
	case weekdayList.MatchString(words):
		named := weekdayList.FindStringSubmatch(words)[1]
		return func(day time.Time) bool {
			return strings.ContainsFunc(named, func(r rune) bool {
				return strings.ContainsRune(weekdays+"天", r) && weekdayNamed(string(r)) == day.Weekday()
			})
		}
	case strings.Contains(words, "工作日"):
		return func(day time.Time) bool { return sinceMonday(day.Weekday()) < 5 }
	case strings.Contains(words, "周末"), strings.Contains(words, "双休日"):
		return func(day time.Time) bool { return sinceMonday(day.Weekday()) >= 5 }
	case dayOfMonth.MatchString(words):
		wanted := chineseNumber(dayOfMonth.FindStringSubmatch(words)[1])
		return func(day time.Time) bool { return day.Day() == wanted }
	case dayEndingIn.MatchString(words):
		digit := chineseNumber(dayEndingIn.FindStringSubmatch(words)[1])
		return func(day time.Time) bool { return day.Day()%10 == digit }
	}
	return nil
}

func sinceMonday(day time.Weekday) int {
	return (int(day) + daysInWeek - int(time.Monday)) % daysInWeek
}

func weekdayNamed(name string) time.Weekday {
	if name == "天" {
		return time.Sunday
	}
	return time.Weekday(strings.Index(weekdays, name) / len("日"))
}

// chineseNumber reads 1 to 39, written in digits or as people say them.
func chineseNumber(text string) int {
	if read, err := strconv.Atoi(text); err == nil {
		return read
	}
	digits := "零一二三四五六七八九"
	value := func(digit string) int { return max(0, strings.Index(digits, digit)) / len("零") }
	tens, ones, hasTens := strings.Cut(text, "十")
	switch {
	case !hasTens:
		return value(text)
	case tens == "":
		return 10 + valueOr(ones, value)
	}
	return 10*value(tens) + valueOr(ones, value)
}

func valueOr(digit string, value func(string) int) int {
	if digit == "" {
		return 0
	}
	return value(digit)
}

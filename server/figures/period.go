package figures

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/points"
)

// Unit is the length of a bulletin's period.
type Unit string

const (
	Week    Unit = "week"
	Month   Unit = "month"
	Quarter Unit = "quarter"
)

// bulletinNames are what offices call the bulletins.
var bulletinNames = map[Unit]string{Week: "周通报", Month: "月调度", Quarter: "季观摩"}

// span is a period of a bulletin: from <= t < to.
type span struct {
	name     string // 2026-W47, 2026-11, 2026-Q4
	unit     Unit
	title    string
	from, to time.Time
}

const daysInWeek = 7

var (
	weekForm    = regexp.MustCompile(`^[0-9]{4}-W[0-9]{2}$`)
	monthForm   = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}$`)
	quarterForm = regexp.MustCompile(`^[0-9]{4}-Q[1-4]$`)
)

var errPeriod = fault.InvalidField("period", "时间段请写成 2026-W47(周)、2026-11(月)或 2026-Q4(季)")

// parseSpan reads a period from outside: an ISO 8601 week, a month or a quarter, all of Asia/Shanghai; an empty
// one is the week of now. 422 input.invalid.
func parseSpan(text string, now time.Time) (span, error) {
	switch {
	case text == "":
		return weekOf(now), nil
	case weekForm.MatchString(text):
		year, week := number(text[:4]), number(text[6:])
		found := weekOf(mondayOf(time.Date(year, time.January, 4, 0, 0, 0, 0, db.Shanghai)).AddDate(0, 0, daysInWeek*(week-1)))
		if found.name != text { // a week that the year does not have
			return span{}, errPeriod
		}
		return found, nil
	case quarterForm.MatchString(text):
		return months(Quarter, text, time.Month(3*number(text[6:])-2), 3), nil
	case monthForm.MatchString(text):
		month := number(text[5:])
		if month < 1 || month > 12 {
			return span{}, errPeriod
		}
		return months(Month, text, time.Month(month), 1), nil
	}
	return span{}, errPeriod
}

func months(unit Unit, name string, first time.Month, count int) span {
	from := time.Date(number(name[:4]), first, 1, 0, 0, 0, 0, db.Shanghai)
	return span{name: name, unit: unit, title: points.Period(name).Title(), from: from, to: from.AddDate(0, count, 0)}
}

// weekOf is the week, Monday to Sunday, that holds a moment. ISO 8601 names it by the year that its Thursday is in.
func weekOf(at time.Time) span {
	from := mondayOf(at)
	year, week := from.ISOWeek()
	last := from.AddDate(0, 0, daysInWeek-1)
	return span{name: fmt.Sprintf("%04d-W%02d", year, week), unit: Week, from: from, to: from.AddDate(0, 0, daysInWeek),
		title: fmt.Sprintf("%d年第%d周(%d月%d日至%d月%d日)", year, week, from.Month(), from.Day(), last.Month(), last.Day())}
}

func mondayOf(at time.Time) time.Time {
	local := at.In(db.Shanghai)
	since := (int(local.Weekday()) + daysInWeek - int(time.Monday)) % daysInWeek
	return time.Date(local.Year(), local.Month(), local.Day()-since, 0, 0, 0, 0, db.Shanghai)
}

// kept are the periods with kept totals that make up the span.
func (s span) kept() []string {
	if s.unit != Week {
		return []string{s.name}
	}
	days := make([]string, daysInWeek)
	for i := range days {
		days[i] = s.from.AddDate(0, 0, i).Format(time.DateOnly)
	}
	return days
}

// before is the part of the span that is over at now.
func (s span) before(now time.Time) span {
	if now.Before(s.to) {
		s.to = now.Add(time.Millisecond)
	}
	return s
}

func (s span) millis() (from, to int64) { return db.Millis(s.from), db.Millis(s.to) }

// number reads digits that a form has already shown to be digits.
func number(digits string) int {
	read, _ := strconv.Atoi(digits)
	return read
}

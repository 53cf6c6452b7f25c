package points

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
)

// Period is a day 2026-11-22, a month 2026-11, a quarter 2026-Q4, a year 2026, or AllTime.
type Period string

// AllTime is the period of everything.
const AllTime Period = "all"

// Unit is a length of period.
type Unit string

const (
	Day Unit = "day"
	// Week is a unit of trends only, from Monday to Sunday, named by its Monday: totals are kept of days.
	Week    Unit = "week"
	Month   Unit = "month"
	Quarter Unit = "quarter"
	Year    Unit = "year"
)

// PeriodOf is the period of a unit that holds at.
func PeriodOf(unit Unit, at time.Time) Period {
	local := at.In(db.Shanghai)
	switch unit {
	case Day:
		return Period(local.Format("2006-01-02"))
	case Month:
		return Period(local.Format("2006-01"))
	case Quarter:
		return Period(fmt.Sprintf("%04d-Q%d", local.Year(), (int(local.Month())+2)/3))
	}
	return Period(local.Format("2006"))
}

// periodsOf are the five periods that a time counts in.
func periodsOf(at time.Time) []string {
	periods := []string{string(AllTime)}
	for _, unit := range []Unit{Day, Month, Quarter, Year} {
		periods = append(periods, string(PeriodOf(unit, at)))
	}
	return periods
}

// lastPeriods are the newest count periods of a unit, oldest first, the last of them holding now.
func lastPeriods(unit Unit, now time.Time, count int) []Period {
	local := now.In(db.Shanghai)
	first := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, db.Shanghai)
	periods := make([]Period, count)
	for i := range periods {
		back := i - count + 1
		switch unit {
		case Day:
			periods[i] = PeriodOf(unit, local.AddDate(0, 0, back))
		case Week:
			periods[i] = PeriodOf(Day, local.AddDate(0, 0, daysInWeek*back-sinceMonday(local)))
		case Month:
			periods[i] = PeriodOf(unit, first.AddDate(0, back, 0))
		case Quarter:
			periods[i] = PeriodOf(unit, first.AddDate(0, 3*back, 0))
		case Year:
			periods[i] = PeriodOf(unit, first.AddDate(back, 0, 0))
		}
	}
	return periods
}

const daysInWeek = 7

func sinceMonday(at time.Time) int {
	return (int(at.Weekday()) + daysInWeek - int(time.Monday)) % daysInWeek
}

// keptOf are the periods with totals of their own that make up one of a trend's periods.
func keptOf(unit Unit, period Period) []Period {
	if unit != Week {
		return []Period{period}
	}
	monday, _ := time.Parse(time.DateOnly, string(period)) // as lastPeriods made it
	days := make([]Period, daysInWeek)
	for i := range days {
		days[i] = Period(monday.AddDate(0, 0, i).Format(time.DateOnly))
	}
	return days
}

var quarterForm = regexp.MustCompile(`^[0-9]{4}-Q[1-4]$`)

// ParsePeriod reads a period from outside; an empty one is the month of now. 422 input.invalid.
func ParsePeriod(text string, now time.Time) (Period, error) {
	if text == "" {
		return PeriodOf(Month, now), nil
	}
	if text == string(AllTime) || quarterForm.MatchString(text) {
		return Period(text), nil
	}
	for _, form := range []string{"2006-01-02", "2006-01", "2006"} {
		if _, err := time.Parse(form, text); err == nil {
			return Period(text), nil
		}
	}
	return "", fault.InvalidField("period", "时间段请写成 2026-11、2026-Q4、2026 或 2026-11-22")
}

// Title is how a period is called in a Chinese sentence.
func (p Period) Title() string {
	text := string(p)
	switch {
	case p == AllTime:
		return "全部时间"
	case quarterForm.MatchString(text):
		return text[:4] + "年第" + text[6:] + "季度"
	case len(text) == len("2006-01-02"):
		return fmt.Sprintf("%s年%d月%d日", text[:4], number(text[5:7]), number(text[8:]))
	case len(text) == len("2006-01"):
		return fmt.Sprintf("%s年%d月", text[:4], number(text[5:]))
	}
	return text + "年"
}

// number reads digits that a form has already shown to be digits.
func number(digits string) int {
	read, _ := strconv.Atoi(digits)
	return read
}

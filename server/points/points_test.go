package points

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivestar/server/fault"
)

func TestGradeOfServiceMinutes(t *testing.T) {
	for _, test := range []struct {
		minutes int64
		grade   int
	}{
		{0, 0}, {100*60 - 1, 0}, {100 * 60, 1}, {300*60 - 1, 1}, {300 * 60, 2}, {600*60 - 1, 2}, {600 * 60, 3},
		{1000*60 - 1, 3}, {1000 * 60, 4}, {1500*60 - 1, 4}, {1500 * 60, 5}, {9000 * 60, 5}, {-60, 0},
	} {
		if got := Grade(test.minutes); got != test.grade {
			t.Errorf("Grade(%d) = %d, want %d", test.minutes, got, test.grade)
		}
	}
}

func TestPeriodsAreThoseOfShanghai(t *testing.T) {
	for _, test := range []struct {
		at      string
		periods []string
	}{
		{"2026-11-22T02:00:00Z", []string{"all", "2026-11-22", "2026-11", "2026-Q4", "2026"}},
		{"2026-12-31T15:59:59Z", []string{"all", "2026-12-31", "2026-12", "2026-Q4", "2026"}},
		{"2026-12-31T16:00:00Z", []string{"all", "2027-01-01", "2027-01", "2027-Q1", "2027"}},
		{"2027-03-31T16:00:00Z", []string{"all", "2027-04-01", "2027-04", "2027-Q2", "2027"}},
		{"2027-09-30T15:59:59Z", []string{"all", "2027-09-30", "2027-09", "2027-Q3", "2027"}},
	} {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.periods, periodsOf(at)); diff != "" {
			t.Errorf("periods of %s: %s", test.at, diff)
		}
	}
}

func TestLastPeriodsEndWithToday(t *testing.T) {
	// The 31st: a month earlier has no such day.
	now := time.Date(2026, 12, 30, 17, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		unit Unit
		want []Period
	}{
		{Day, []Period{"2026-12-29", "2026-12-30", "2026-12-31"}},
		{Week, []Period{"2026-12-14", "2026-12-21", "2026-12-28"}}, // a Thursday's week begins on the Monday before
		{Month, []Period{"2026-10", "2026-11", "2026-12"}},
		{Quarter, []Period{"2026-Q2", "2026-Q3", "2026-Q4"}},
		{Year, []Period{"2024", "2025", "2026"}},
	} {
		if diff := cmp.Diff(test.want, lastPeriods(test.unit, now, 3)); diff != "" {
			t.Errorf("%s: %s", test.unit, diff)
		}
	}
}

func TestParsePeriod(t *testing.T) {
	now := time.Date(2026, 11, 30, 16, 30, 0, 0, time.UTC) // December in Shanghai
	for text, want := range map[string]Period{
		"": "2026-12", "2026-11": "2026-11", "2026-Q4": "2026-Q4", "2026": "2026", "2026-11-22": "2026-11-22", "all": "all",
	} {
		if got, err := ParsePeriod(text, now); err != nil || got != want {
			t.Errorf("ParsePeriod(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
	for _, bad := range []string{"2026-13", "2026-Q5", "2026-Q0", "26", "2026-1", "2026-02-30", "2026-11-22T00", "今年", "2026-q4", "ALL", " 2026"} {
		_, err := ParsePeriod(bad, now)
		var known *fault.Error
		if !errors.As(err, &known) || known.Kind != fault.Invalid || known.Fields[0].Field != "period" {
			t.Errorf("ParsePeriod(%q) gives %v, want 422 on period", bad, err)
		}
	}
}

func TestPeriodsHaveChineseTitles(t *testing.T) {
	for period, want := range map[Period]string{
		"2026": "2026年", "2026-Q4": "2026年第4季度", "2026-03": "2026年3月", "2026-03-09": "2026年3月9日", "all": "全部时间",
	} {
		if got := period.Title(); got != want {
			t.Errorf("%s is called %q, want %q", string(period), got, want)
		}
	}
}

func TestWitnessIsSomebodyElse(t *testing.T) {
	for _, test := range []struct {
		name    string
		person  string
		hands   []string
		witness string
		allowed bool
	}{
		{"another", "anna", []string{"anna"}, "wu", true},
		{"another, entered by a helper", "anna", []string{"anna", "helper"}, "wu", true},
		{"nobody", "anna", []string{"anna"}, "", false},
		{"the person", "anna", nil, "anna", false},
		{"the helper who entered it", "anna", []string{"anna", "wu"}, "wu", false},
	} {
		err := twoWitnesses(test.person, test.hands, test.witness)
		if allowed := err == nil; allowed != test.allowed {
			t.Errorf("%s: %v", test.name, err)
		}
		if err != nil && !errors.Is(err, errOwnWork) {
			t.Errorf("%s: %v is not review.own_work", test.name, err)
		}
	}
}

func TestWhatCanBeReversed(t *testing.T) {
	for _, test := range []struct {
		kind   Kind
		amount int64
		can    bool
	}{
		{KindClaim, 5, true}, {KindCheckin, 5, true}, {KindTicket, 5, true}, {KindAdjustment, 5, true},
		{KindAdjustment, -5, false}, {KindRedemption, -5, false}, {KindReversal, -5, false}, {KindReversal, 5, false},
	} {
		if err := reversible(Entry{Kind: test.kind, Amount: test.amount}); (err == nil) != test.can {
			t.Errorf("reversing %s of %d: %v", test.kind, test.amount, err)
		}
	}
}

func TestAdjustmentIsDecidedOnce(t *testing.T) {
	want := map[AdjustmentState][]AdjustmentState{Pending: {Posted, Rejected}}
	if diff := cmp.Diff(want, nextState); diff != "" {
		t.Error(diff)
	}
}

func TestEntryCountsAsEarned(t *testing.T) {
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name  string
		entry Entry
		want  figures
	}{
		{"work", Entry{Kind: KindClaim, Amount: 5, CountedAt: counted(KindClaim, at)}, figures{earned: 5, entries: 1}},
		{"adjusted up", Entry{Kind: KindAdjustment, Amount: 5, CountedAt: counted(KindAdjustment, at)}, figures{earned: 5, entries: 1}},
		{"adjusted down", Entry{Kind: KindAdjustment, Amount: -5, CountedAt: counted(KindAdjustment, at)}, figures{earned: -5, entries: 1}},
		{"spent", Entry{Kind: KindRedemption, Amount: -5, CountedAt: counted(KindRedemption, at)}, figures{}},
		{"work reversed", Entry{Kind: KindReversal, Amount: -5, CountedAt: at}, figures{earned: -5, entries: -1}},
		{"spending reversed", Entry{Kind: KindReversal, Amount: 5}, figures{}},
	} {
		total := totalOf(test.entry)
		if total.figures != test.want {
			t.Errorf("%s counts %+v, want %+v", test.name, total.figures, test.want)
		}
		if len(total.slots()) == 0 && test.want != (figures{}) {
			t.Errorf("%s counts nowhere", test.name)
		}
	}
}

func TestEntryKeepsItsFormInTheLedger(t *testing.T) {
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for _, amount := range []int64{7, -7} {
		entry := Entry{ID: "e", Amount: amount, Kind: KindAdjustment, SourceID: "s", Star: "harmony", RegionID: "c", At: at, Memo: "备注",
			PersonID: "p", Hands: []string{"h"}, WitnessID: "w", CountedAt: at}
		row := rowOf(entry)
		if row.Amount != 7 {
			t.Errorf("an entry of %d moves %d", amount, row.Amount)
		}
		if diff := cmp.Diff(entry, entryOf(row)); diff != "" {
			t.Errorf("read back: %s", diff)
		}
	}
}

func TestSearchPatternFindsSignsOnlyNowhere(t *testing.T) {
	for typed, want := range map[string]string{"": "%%", "  ": "%%", "张 三": "%张三%", "Ａｂ": "%ab%", "%": "-", "_": "-", "100%": "%100%"} {
		if got := searchPattern(typed); got != want {
			t.Errorf("searchPattern(%q) = %q, want %q", typed, got, want)
		}
	}
}

package task

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
)

func shanghaiTime(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, db.Shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC()
}

func TestPeriod(t *testing.T) {
	tests := []struct {
		name   string
		repeat Repeat
		at     string
		want   string
	}{
		{"once is one period for ever", Once, "2026-11-22 10:00:00", "once"},
		{"a day's last second", Daily, "2026-11-30 23:59:59", "2026-11-30"},
		{"the first second of a month", Daily, "2026-12-01 00:00:00", "2026-12-01"},
		{"early morning, yesterday in UTC", Daily, "2026-11-22 07:59:59", "2026-11-22"},
		{"29 February", Daily, "2028-02-29 12:00:00", "2028-02-29"},
		{"a Sunday ends its week", Weekly, "2026-11-22 23:59:59", "2026-W47"},
		{"a Monday begins one", Weekly, "2026-11-23 00:00:00", "2026-W48"},
		{"a week over a month's end", Weekly, "2026-12-01 00:00:00", "2026-W49"},
		{"the same week, a day before", Weekly, "2026-11-30 00:00:00", "2026-W49"},
		{"a week over the year's end", Weekly, "2027-01-03 23:00:00", "2026-W53"},
		{"the year's first week", Weekly, "2027-01-04 00:00:00", "2027-W01"},
		{"a month's last second", Monthly, "2026-11-30 23:59:59", "2026-11"},
		{"a month's first second", Monthly, "2026-12-01 00:00:00", "2026-12"},
		{"no summer time in July", Daily, "2026-07-01 00:00:00", "2026-07-01"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.repeat.period(shanghaiTime(t, test.at)); got != test.want {
				t.Errorf("period %q, want %q", got, test.want)
			}
		})
	}
}

func TestAdmits(t *testing.T) {
	now := shanghaiTime(t, "2026-11-22 10:00:00")
	open := Task{State: Published, Capacity: 2, PlacesLeft: 1, ClaimUntil: now.Add(time.Millisecond)}
	with := func(change func(*Task)) Task {
		task := open
		change(&task)
		return task
	}
	tests := []struct {
		name string
		task Task
		want error
	}{
		{"open", open, nil},
		{"the window's last moment is over", with(func(t *Task) { t.ClaimUntil = now }), errNotOpen},
		{"draft", with(func(t *Task) { t.State = Draft }), errNotOpen},
		{"closed", with(func(t *Task) { t.State = Closed }), errNotOpen},
		{"withdrawn", with(func(t *Task) { t.State = Withdrawn }), errNotOpen},
		{"full", with(func(t *Task) { t.PlacesLeft = 0 }), errFull},
		{"closed and full", with(func(t *Task) { t.State, t.PlacesLeft = Closed, 0 }), errNotOpen},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.task.admits(now); !errors.Is(got, test.want) {
				t.Errorf("admits: %v, want %v", got, test.want)
			}
		})
	}
}

// urban is a community as the region room gives it.
var urban = region.Region{Kind: region.Community, Stars: []region.NamedStar{{Star: region.LivableEcology}, {Star: region.Harmony}}}

func goodDraft(now time.Time) Task {
	return Task{
		State: Draft, Star: region.LivableEcology, Title: "扫一扫楼道", Points: 5, Capacity: 3, PlacesLeft: 3,
		ClaimUntil: now.Add(time.Hour), DueAt: now.Add(time.Hour), Repeat: Once, Verify: ByReview, DrawWeight: 1,
	}
}

func TestTaskCheck(t *testing.T) {
	now := shanghaiTime(t, "2026-11-22 10:00:00")
	tests := []struct {
		name   string
		change func(*Task)
		field  string // "" for none
	}{
		{"a good draft", func(*Task) {}, ""},
		{"title of one character", func(t *Task) { t.Title = "扫" }, "title"},
		{"title of spaces", func(t *Task) { t.Title = "    " }, "title"},
		{"title that turns the text around", func(t *Task) { t.Title = "扫楼道\u202e" }, "title"},
		{"no points", func(t *Task) { t.Points = 0 }, "points"},
		{"1 point", func(t *Task) { t.Points = 1 }, ""},
		{"1,000 points", func(t *Task) { t.Points = 1000 }, ""},
		{"1,001 points", func(t *Task) { t.Points = 1001 }, "points"},
		{"no places", func(t *Task) { t.Capacity, t.PlacesLeft = 0, 0 }, "capacity"},
		{"fewer places than are held", func(t *Task) { t.PlacesLeft = -1 }, "capacity"},
		{"a star of villages", func(t *Task) { t.Star = region.Civility }, "star"},
		{"no star", func(t *Task) { t.Star = "" }, "star"},
		{"window over", func(t *Task) { t.ClaimUntil = now }, "claim_until"},
		{"no window", func(t *Task) { t.ClaimUntil = time.Time{} }, "claim_until"},
		{"due before the window ends", func(t *Task) { t.DueAt = t.ClaimUntil.Add(-time.Millisecond) }, "due_at"},
		{"due in another life", func(t *Task) { t.DueAt = now.AddDate(20, 0, 0) }, "due_at"},
		{"weight 0", func(t *Task) { t.DrawWeight = 0 }, "draw_weight"},
		{"weight 101", func(t *Task) { t.DrawWeight = 101 }, "draw_weight"},
		{"repeat of our own", func(t *Task) { t.Repeat = "yearly" }, "repeat"},
		{"scan with evidence", func(t *Task) { t.Verify, t.Evidence.Text = ByScan, true }, "evidence"},
		{"scan without", func(t *Task) { t.Verify = ByScan }, ""},
		{"published, its window over", func(t *Task) { t.State, t.ClaimUntil, t.DueAt = Published, now.Add(-time.Hour), now }, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			task := goodDraft(now)
			test.change(&task)
			wantField(t, task.check(urban, region.DefaultSettings(), now), test.field)
		})
	}
}

// wantField fails unless err is bad input in exactly that field, or nil for none.
func wantField(t *testing.T, err error, field string) {
	t.Helper()
	if field == "" {
		if err != nil {
			t.Errorf("%v, want none", err)
		}
		return
	}
	var known *fault.Error
	if !errors.As(err, &known) || known.Kind != fault.Invalid {
		t.Fatalf("%v, want bad input in %s", err, field)
	}
	var fields []string
	for _, one := range known.Fields {
		fields = append(fields, one.Field)
	}
	if !slices.Equal(fields, []string{field}) {
		t.Errorf("bad input in %v, want in %s", fields, field)
	}
}

func TestChangedKeepsThePromise(t *testing.T) {
	now := shanghaiTime(t, "2026-11-22 10:00:00")
	text, points, later, star, repeat, verify := "新的标题", int64(9), now.Add(48*time.Hour), region.Harmony, Weekly, ByScan
	capacity, weight, station, evidence := int64(2), int64(7), "STATION", Evidence{Text: true}
	promises := map[string]Change{
		"star": {Star: &star}, "points": {Points: &points}, "claim_until": {ClaimUntil: &later}, "due_at": {DueAt: &later},
		"repeat": {Repeat: &repeat}, "evidence": {Evidence: &evidence}, "verify": {Verify: &verify}, "station_id": {StationID: &station},
	}
	free := map[string]Change{
		"title": {Title: &text}, "description": {Description: &text}, "place": {Place: &text},
		"capacity": {Capacity: &capacity}, "draw_weight": {DrawWeight: &weight},
	}
	for name, change := range promises {
		wantChanged(t, name, Draft, change, nil)
		wantChanged(t, name, Published, change, errTaskPromised)
		wantChanged(t, name, Closed, change, errTaskMoved)
		wantChanged(t, name, Withdrawn, change, errTaskMoved)
	}
	for name, change := range free {
		wantChanged(t, name, Draft, change, nil)
		wantChanged(t, name, Published, change, nil)
		wantChanged(t, name, Closed, change, errTaskMoved)
	}
	same := goodDraft(now)
	wantChanged(t, "points as they are", Published, Change{Points: &same.Points}, nil)
}

func wantChanged(t *testing.T, name string, state State, change Change, want error) {
	t.Helper()
	task := goodDraft(shanghaiTime(t, "2026-11-22 10:00:00"))
	task.State = state
	changed, err := task.changed(change)
	if !errors.Is(err, want) {
		t.Errorf("%s of a %s task: %v, want %v", name, state, err, want)
	}
	isSame := reflect.DeepEqual(changed, task)
	if want == nil && isSame != strings.HasSuffix(name, "as they are") {
		t.Errorf("%s of a %s task: changed %v", name, state, !isSame)
	}
}

func TestChangedCapacityKeepsPlacesHeld(t *testing.T) {
	task := goodDraft(shanghaiTime(t, "2026-11-22 10:00:00"))
	task.State, task.PlacesLeft = Published, 1 // 2 of 3 held
	for capacity, left := range map[int64]int64{5: 3, 2: 0, 1: -1} {
		changed, err := task.changed(Change{Capacity: &capacity})
		if err != nil {
			t.Fatal(err)
		}
		if changed.PlacesLeft != left {
			t.Errorf("capacity %d: %d places left, want %d", capacity, changed.PlacesLeft, left)
		}
	}
}

func TestPickedAsOftenAsItWeighs(t *testing.T) {
	weights := []int64{3, 1, 100, 7}
	counts := make([]int64, len(weights))
	for roll := range int64(111) {
		counts[picked(weights, roll)]++
	}
	if !slices.Equal(counts, weights) {
		t.Errorf("picked %v times, want %v", counts, weights)
	}
}

package oversight

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fivestar/server/fault"
)

func TestADrawCanBeRepeatedFromItsSeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var seed [32]byte
		copy(seed[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
		count := rapid.IntRange(0, 3000).Draw(t, "acts")
		picked := pick(seed, count)
		if want := (count + 49) / 50; len(picked) != want {
			t.Fatalf("%d of %d acts, want %d", len(picked), count, want)
		}
		if !slices.IsSorted(picked) || len(slices.Compact(slices.Clone(picked))) != len(picked) {
			t.Fatalf("picked %v", picked)
		}
		if len(picked) > 0 && (picked[0] < 0 || picked[len(picked)-1] >= count) {
			t.Fatalf("picked %v of %d", picked, count)
		}
		if again := pick(seed, count); !slices.Equal(again, picked) {
			t.Fatalf("the same seed picks %v, then %v", picked, again)
		}
	})
}

// What was drawn years ago must still come out: the generator may never change.
func TestADrawOfLongAgo(t *testing.T) {
	seed := [32]byte{}
	copy(seed[:], "a seed that nobody may change ..")
	if got, want := pick(seed, 300), golden; !slices.Equal(got, want) {
		t.Errorf("picked %v, want %v", got, want)
	}
}

// Every act is as likely as any other, the first and the last too.
func TestEveryActIsAsLikely(t *testing.T) {
	const acts, draws = 100, 20_000
	var times [acts]int
	var seed [32]byte
	for n := range draws {
		seed[0], seed[1], seed[2] = byte(n), byte(n>>8), byte(n>>16)
		for _, place := range pick(seed, acts) {
			times[place]++
		}
	}
	const expected = draws * 2 / acts // 400, with a deviation of 20
	for place, count := range times {
		if count < expected-120 || count > expected+120 {
			t.Errorf("act %d was drawn %d times, %d are to be expected", place, count, expected)
		}
	}
}

func TestMonthsThatAreOver(t *testing.T) {
	for at, want := range map[string][]string{
		"2026-12-01T23:59:59+08:00": {"2026-09", "2026-10"},
		"2026-12-02T00:00:00+08:00": {"2026-10", "2026-11"},
		"2027-01-02T00:00:00+08:00": {"2026-11", "2026-12"},
		"2027-03-31T12:00:00+08:00": {"2027-01", "2027-02"},
	} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := lastMonths(now.UTC(), 2); !slices.Equal(got, want) {
			t.Errorf("at %s: %v, want %v", at, got, want)
		}
	}
	for _, month := range []string{"", "2026", "2026-13", "2026-1", "2026-11-01", "2026-Q4", "x"} {
		if _, _, err := monthBounds(month); err == nil {
			t.Errorf("%q is taken for a month", month)
		}
	}
}

func TestAnswers(t *testing.T) {
	for _, test := range []struct {
		answer Answer
		ok     bool
	}{
		{Answer{Confirmed, ""}, true},
		{Answer{NotReached, ""}, true},
		{Answer{NotConfirmed, ""}, false},
		{Answer{NotConfirmed, "说没去过"}, true},
		{Answer{CheckOpen, ""}, false},
		{Answer{Withdrawn, ""}, false},
	} {
		if err := test.answer.check(); (err == nil) != test.ok {
			t.Errorf("%+v: %v", test.answer, err)
		}
	}
	check := SpotCheck{About: CheckedAct{hands: []string{"leader", "secretary"}}}
	check.Person.ID = "anna"
	for who, may := range map[string]bool{"anna": false, "leader": false, "secretary": false, "street": true} {
		if err := check.mayAnswer(who); (err == nil) != may || err != nil && !errors.Is(err, errOwnWork) {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestTheRateIsOfThoseReached(t *testing.T) {
	var figures CheckFigures
	figures.count(NotReached, 5)
	figures.count(CheckOpen, 3)
	figures.rate()
	if figures.Percent != nil {
		t.Errorf("nobody was reached, and the rate is %d", *figures.Percent)
	}
	figures.count(Confirmed, 2)
	figures.count(NotConfirmed, 1)
	figures.rate()
	if figures.Percent == nil || *figures.Percent != 66 || figures.Checks != 11 {
		t.Errorf("%+v", figures)
	}
}

func TestSharedPhones(t *testing.T) {
	by := func(device string, people ...string) (all []checkIn) {
		for _, who := range people {
			all = append(all, checkIn{device + who, who, device})
		}
		return all
	}
	for _, test := range []struct {
		name string
		all  []checkIn
		want int
	}{
		{"nobody", nil, 0},
		{"each their own", append(by("1", "anna"), by("2", "bela")...), 0},
		{"a couple", by("1", "anna", "bela"), 0},
		{"three", by("1", "anna", "bela", "carl"), 1},
		{"one, again and again", by("1", "anna", "anna", "anna"), 0},
		{"two phones", append(by("1", "anna", "bela", "carl"), by("2", "dora", "emil", "fred")...), 2},
	} {
		if got := sharedPhones(test.all); len(got) != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

func TestTogether(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 11, 22, 9, minute, 0, 0, time.UTC) }
	for _, test := range []struct {
		name string
		a, b stay
		want time.Duration
	}{
		{"one after the other", stay{at(0), at(10)}, stay{at(10), at(20)}, 0},
		{"apart", stay{at(0), at(10)}, stay{at(20), at(30)}, 0},
		{"a little", stay{at(0), at(20)}, stay{at(10), at(30)}, 10 * time.Minute},
		{"one within the other", stay{at(0), at(50)}, stay{at(10), at(30)}, 20 * time.Minute},
		{"no check-out", stayOf(at(0), time.Time{}, at(40)), stay{at(10), at(50)}, 30 * time.Minute},
	} {
		if got, back := together(test.a, test.b), together(test.b, test.a); got != test.want || back != got {
			t.Errorf("%s: %v, %v back, want %v", test.name, got, back, test.want)
		}
	}
}

func TestQuickRun(t *testing.T) {
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	every := func(step time.Duration, count int) []time.Time {
		times := make([]time.Time, count)
		for i := range times {
			times[i] = start.Add(time.Duration(i) * step)
		}
		return times
	}
	later := func(times []time.Time) []time.Time {
		for i := range times {
			times[i] = times[i].Add(time.Hour)
		}
		return times
	}
	for _, test := range []struct {
		name  string
		times []time.Time
		count int
		took  time.Duration
	}{
		{"none", nil, 0, 0},
		{"nine", every(time.Second, 9), 0, 0},
		{"ten", every(time.Second, 10), 10, 9 * time.Second},
		{"just quick enough", every(5*time.Second, 10), 10, 45 * time.Second},
		{"read", every(5001*time.Millisecond, 100), 0, 0},
		{"a break", append(every(time.Second, 9), later(every(time.Second, 9))...), 0, 0},
		{"the longer one", append(every(time.Second, 11), later(every(2*time.Second, 12))...), 12, 22 * time.Second},
	} {
		if count, took := quickRun(test.times); count != test.count || took != test.took {
			t.Errorf("%s: %d in %v, want %d in %v", test.name, count, took, test.count, test.took)
		}
	}
}

func TestMostlyBy(t *testing.T) {
	for _, test := range []struct {
		name   string
		counts witnessed
		want   bool
	}{
		{"nothing", nil, false},
		{"four of four", witnessed{"bela": 4}, false},
		{"five of five", witnessed{"bela": 5}, true},
		{"eight of ten", witnessed{"bela": 8, "carl": 2}, true},
		{"seven of nine", witnessed{"bela": 7, "carl": 2}, false},
		{"only others", witnessed{"carl": 20}, false},
	} {
		if got := test.counts.mostlyBy("bela"); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}

func TestJumped(t *testing.T) {
	for _, test := range []struct {
		today  int64
		others []int64
		want   bool
	}{
		{99, nil, false}, {100, nil, true}, {100, []int64{10, 33}, true}, {100, []int64{34}, false}, {300, []int64{100, 5}, false}, {301, []int64{100}, true}, {100, []int64{-20}, true},
	} {
		if got := jumped(test.today, test.others); got != test.want {
			t.Errorf("%d after %v: %v", test.today, test.others, got)
		}
	}
}

func TestSamePhoto(t *testing.T) {
	for b, want := range map[int64]bool{0b0101: true, 0b1010: false, 0b0010: true, -1: false} {
		if got := samePhoto(0b0101, b); got != want {
			t.Errorf("%b: %v", b, got)
		}
	}
	if !samePhoto(0, math.MinInt64|0b11) || samePhoto(0, math.MinInt64|0b111) {
		t.Error("the highest bit is a bit like any other")
	}
}

func TestDecisions(t *testing.T) {
	for verdict, ok := range map[CaseVerdict]bool{TakeUp: true, Dismiss: true, "": false, "punish": false} {
		decision := Decision{verdict, "看过签到表"}
		if err := decision.check(); (err == nil) != ok {
			t.Errorf("%q: %v", verdict, err)
		}
	}
	without := Decision{Dismiss, " "}
	var refusal *fault.Error
	if !errors.As(without.check(), &refusal) || refusal.Fields[0].Field != "note" {
		t.Errorf("without a note: %v", refusal)
	}
}

func TestDurationText(t *testing.T) {
	for length, want := range map[time.Duration]string{9 * time.Second: "9秒", 90 * time.Second: "1分钟", time.Hour: "1小时", 95 * time.Minute: "1小时35分钟"} {
		if got := durationText(length); got != want {
			t.Errorf("%v: %s", length, got)
		}
	}
}

var golden = []int{1, 93, 173, 261, 268, 271}

package team

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fivestar/server/content"
	"fivestar/server/fault"
)

var nine = time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC) // 09:00 in Shanghai

func at(minutes float64) time.Time { return nine.Add(time.Duration(minutes * float64(time.Minute))) }

// twoHours is an activity from nine to eleven.
func twoHours() Activity {
	return Activity{ID: "01ACTIVITY", State: Published, StartsAt: nine, EndsAt: at(120), Capacity: 20, PointsPerHour: 20}
}

func TestStatesFollowEachOther(t *testing.T) {
	allowed := map[[2]State]bool{
		{Draft, Published}: true, {Draft, Cancelled}: true, {Published, Closed}: true, {Published, Cancelled}: true,
		{Closed, Confirmed}: true, {Closed, Published}: true,
	}
	states := []State{Draft, Published, Closed, Confirmed, Cancelled}
	for _, from := range states {
		for _, to := range states {
			if got := from.mayBecome(to); got != allowed[[2]State{from, to}] {
				t.Errorf("%s may become %s: %v", from, to, got)
			}
		}
	}
}

func TestWindowsToTheMillisecond(t *testing.T) {
	const ms = time.Millisecond
	for _, test := range []struct {
		name    string
		at      time.Time
		in, out bool
	}{
		{"a millisecond early", at(-30).Add(-ms), false, false},
		{"half an hour before the start", at(-30), true, true},
		{"at the start", nine, true, true},
		{"at the end", at(120), true, true},
		{"a millisecond after the end", at(120).Add(ms), false, true},
		{"half an hour after the end", at(150), false, true},
		{"and a millisecond", at(150).Add(ms), false, false},
		{"the day before", at(-24 * 60), false, false},
	} {
		if got := twoHours().takesCheckIn(test.at); got != test.in {
			t.Errorf("%s: in %v, want %v", test.name, got, test.in)
		}
		if got := twoHours().takesCheckOut(test.at); got != test.out {
			t.Errorf("%s: out %v, want %v", test.name, got, test.out)
		}
	}
}

func TestMinutesAndPoints(t *testing.T) {
	for _, test := range []struct {
		name            string
		in, out         float64
		state           State
		changed         int64
		minutes, points int64
	}{
		{"the whole time", 0, 120, Published, -1, 120, 40},
		{"early and late adds nothing", -30, 150, Published, -1, 120, 40},
		{"a second short of an hour", 0, 59.98, Published, -1, 59, 19},
		{"rounded down: 20 points an hour for 8 minutes are 2.67", 0, 8, Published, -1, 8, 2},
		{"rounded down: 2 minutes are 0.67", 0, 2, Published, -1, 2, 0},
		{"under a minute", 10, 10.9, Published, -1, 0, 0},
		{"gone before the start", -20, -10, Published, -1, 0, 0},
		{"still there", 30, math.NaN(), Published, -1, 0, 0},
		{"not checked out, closed", 30, math.NaN(), Closed, -1, 90, 30},
		{"not checked out, confirmed", 30.5, math.NaN(), Confirmed, -1, 89, 29},
		{"came early, not checked out", -30, math.NaN(), Closed, -1, 120, 40},
		{"set by the leader", 30, 60, Closed, 75, 75, 25},
		{"set to nothing", 30, math.NaN(), Closed, 0, 0, 0},
	} {
		activity, presence := twoHours(), Attendance{CheckedInAt: at(test.in)}
		activity.State = test.state
		if !math.IsNaN(test.out) {
			presence.CheckedOutAt = at(test.out)
		}
		if test.changed >= 0 {
			presence.MinutesChanged, presence.ChangedMinutes = true, test.changed
		}
		minutes := activity.minutesOf(presence)
		if minutes != test.minutes || activity.pointsFor(minutes) != test.points {
			t.Errorf("%s: %d minutes, %d points, want %d and %d", test.name, minutes, activity.pointsFor(minutes), test.minutes, test.points)
		}
	}
}

func TestDistances(t *testing.T) {
	const degree = math.Pi * earthRadiusMetres / 180
	pavilion := Location{34.8021, 113.2985}
	for _, test := range []struct {
		name string
		a, b Location
		want float64
	}{
		{"the same place", pavilion, pavilion, 0},
		{"a degree north", Location{34, 113}, Location{35, 113}, degree},
		{"a degree along the equator", Location{0, 113}, Location{0, 114}, degree},
		{"a degree along 60 degrees north is nearly half as long", Location{60, 113}, Location{60, 114}, degree * 0.4999952},
		{"across the date line", Location{0, 179.5}, Location{0, -179.5}, degree},
		{"the other side of the earth", Location{0, 0}, Location{0, 180}, 180 * degree},
		{"pole to pole", Location{90, 0}, Location{-90, 77}, 180 * degree},
	} {
		got, back := metresBetween(test.a, test.b), metresBetween(test.b, test.a)
		if math.Abs(got-test.want) > test.want*1e-5+1e-6 || math.Abs(got-back) > 1e-6 {
			t.Errorf("%s: %f there, %f back, want %f", test.name, got, back, test.want)
		}
	}
}

func TestFence(t *testing.T) {
	lat, lng := 34.8021, 113.2985
	activity := twoHours()
	activity.Place, activity.FenceMetres = Place{Lat: &lat, Lng: &lng}, 100
	const metre = 180 / (math.Pi * earthRadiusMetres) // in degrees of latitude
	for _, test := range []struct {
		metres float64
		kept   int64
		inside bool
	}{{0, 0, true}, {24, 0, true}, {26, 50, true}, {74, 50, true}, {76, 100, true}, {99.9, 100, true}, {100.1, 100, false}, {5000, 5000, false}} {
		location := &Location{lat + test.metres*metre, lng}
		inside, kept, err := activity.checkFence(location, false)
		if inside != test.inside || kept != test.kept || err != nil {
			t.Errorf("%v metres away: inside %v, kept %d, %v", test.metres, inside, kept, err)
		}
		inside, kept, err = activity.checkFence(location, true)
		if inside != test.inside || errors.Is(err, errOutOfFence) == test.inside || inside && kept != test.kept || !inside && kept != 0 {
			t.Errorf("%v metres away, where it is demanded: inside %v, kept %d, %v", test.metres, inside, kept, err)
		}
	}
	activity.FenceMetres = 20
	if _, kept, _ := activity.checkFence(&Location{lat + 22*metre, lng}, false); kept != 50 {
		t.Errorf("just outside: kept %d, which is not told from no location", kept)
	}
	if inside, kept, err := activity.checkFence(nil, false); inside || kept != 0 || err != nil {
		t.Errorf("without a location: %v, %d, %v", inside, kept, err)
	}
	if _, _, err := activity.checkFence(nil, true); !errors.Is(err, errNoLocation) {
		t.Errorf("without a location, where it is demanded: %v", err)
	}
}

func TestParseCode(t *testing.T) {
	for _, test := range []struct {
		text, want string
	}{
		{"FS1:A:01ACTIVITY:ABCD2345", "ABCD2345"},
		{"  FS1:A:01ACTIVITY:ABCD2345\n", "ABCD2345"},
		{"ABCD2345", "ABCD2345"},
		{"abcd2345", "ABCD2345"},
		{"FS1:A:01OTHER:ABCD2345", ""},
		{"FS1:A::ABCD2345", ""},
		{"FS1:A:01ACTIVITY", ""},
		{"FS1:A:01ACTIVITY:", ""},
		{"FS1:A:01ACTIVITY:ABCD2345:ABCD2345", ""},
		{"FS1:P:01ACTIVITY:ABCD2345", ""},
		{"ABCD234", ""}, {"ABCD23456", ""}, {"ABCD2341", ""}, {"ABCD 234", ""}, {"", ""}, {"签到码", ""},
		{strings.Repeat("A", 1<<20), ""},
	} {
		got, err := parseCode(test.text, "01ACTIVITY")
		if got != test.want || (err == nil) != (test.want != "") || err != nil && !errors.Is(err, errBadCode) {
			t.Errorf("%.40q: %q, %v, want %q", test.text, got, err, test.want)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add("FS1:A:01ACTIVITY:ABCD2345", "01ACTIVITY")
	f.Add("ABCD2345", "")
	f.Add("FS1:A:\xff:", "\xff")
	f.Add("ſtrange\u212a5", "x")
	f.Fuzz(func(t *testing.T, text, activityID string) {
		code, err := parseCode(text, activityID)
		if err != nil {
			if !errors.Is(err, errBadCode) || code != "" {
				t.Fatalf("%q: %q, %v", text, code, err)
			}
			return
		}
		if len(code) != codeLength || strings.ContainsFunc(code, notInCode) {
			t.Fatalf("%q gives %q", text, code)
		}
		if again, err := parseCode(codeText(activityID, code), activityID); !strings.Contains(activityID, ":") && (again != code || err != nil) {
			t.Fatalf("%q as a whole text: %q, %v", code, again, err)
		}
	})
}

func TestAdmission(t *testing.T) {
	const home = "/city/district/street/community/"
	holding, waiting := Signup{ID: "s", State: Holding}, Signup{ID: "s", State: Waiting}
	for _, test := range []struct {
		name   string
		signup Signup
		walkIn bool
		taken  int64
		home   string
		method Method
		want   error
	}{
		{"holds a place", holding, false, 20, home, ByCode, nil},
		{"holds a place and has moved away", holding, false, 20, "", ByCode, nil},
		{"waits, and there is a place", waiting, false, 19, home, ByCode, nil},
		{"waits, and there is none", waiting, true, 20, home, ByCode, errFull},
		{"walks in", Signup{}, true, 19, home, ByCard, nil},
		{"walks in, full", Signup{}, true, 20, home, ByCode, errFull},
		{"walks in without a home", Signup{}, true, 0, "", ByCode, errNoHome},
		{"may not walk in", Signup{}, false, 0, home, ByCode, errNotSignedUp},
		{"may not walk in by card either", Signup{}, false, 0, home, ByCard, errNotSignedUp},
		{"the leader's word", Signup{}, false, 19, home, ByLeader, nil},
		{"the leader's word makes no places", Signup{}, false, 20, home, ByLeader, errFull},
	} {
		activity := twoHours()
		activity.WalkIn, activity.Taken = test.walkIn, test.taken
		if got := activity.checkAdmission(test.signup, test.home, test.method); !errors.Is(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestFlags(t *testing.T) {
	out := at(60)
	come := func(person string, minute float64, change func(*Attendance)) Attendance {
		p := Attendance{ID: person, PersonID: person, Method: ByCode, CheckedInAt: at(minute), CheckedOutAt: out}
		if change != nil {
			change(&p)
		}
		return p
	}
	by := func(device string) func(*Attendance) { return func(p *Attendance) { p.DeviceDigest = device } }
	around := surroundings{
		sharedDevices: map[string]bool{"x": true},
		crowded:       map[time.Time]bool{at(5): true},
		elsewhere: map[string][]stay{
			"abroad":   {{at(30), at(90)}},
			"after":    {{at(60), at(90)}},
			"straight": {{at(-60), at(10)}},
		},
	}
	for _, test := range []struct {
		name  string
		state State
		now   float64
		came  []Attendance
		want  [][]Flag
	}{
		{"nothing odd", Published, 70, []Attendance{come("a", 0, by("y")), come("b", 1, nil), come("c", 2, nil), come("d", 2, nil)},
			[][]Flag{{}, {}, {}, {}}},
		{"a phone of several people", Published, 70, []Attendance{come("a", 0, by("x")), come("b", 1, by("y"))},
			[][]Flag{{SameDevice}, {}}},
		{"too many at once", Published, 70, []Attendance{come("a", 5, nil), come("b", 5, func(p *Attendance) { p.Method = ByLeader }), come("c", 6, nil)},
			[][]Flag{{Burst}, {ByHand}, {}}},
		{"recorded otherwise", Published, 70, []Attendance{
			come("a", 0, func(p *Attendance) { p.Offline = true }),
			come("b", 0, func(p *Attendance) { p.Method = ByLeader }),
			come("c", 0, func(p *Attendance) { p.MinutesChanged = true })},
			[][]Flag{{Offline}, {ByHand}, {MinutesChanged}}},
		{"still there before the end", Published, 70, []Attendance{come("a", 0, func(p *Attendance) { p.CheckedOutAt = time.Time{} })}, [][]Flag{{}}},
		{"still there at the end", Published, 120, []Attendance{come("a", 0, func(p *Attendance) { p.CheckedOutAt = time.Time{} })}, [][]Flag{{}}},
		{"not checked out after the end", Published, 120.001, []Attendance{come("a", 0, func(p *Attendance) { p.CheckedOutAt = time.Time{} })}, [][]Flag{{NoCheckOut}}},
		{"not checked out when closed early", Closed, 70, []Attendance{come("a", 0, func(p *Attendance) { p.CheckedOutAt = time.Time{} })}, [][]Flag{{NoCheckOut}}},
		{"at two activities", Published, 70, []Attendance{come("abroad", 0, nil), come("after", 0, nil), come("straight", 10, nil)},
			[][]Flag{{Overlap}, {}, {}}},
		{"at two activities, for all that is known", Published, 70, []Attendance{come("after", 0, func(p *Attendance) { p.CheckedOutAt = time.Time{} })},
			[][]Flag{{Overlap}}},
	} {
		activity := twoHours()
		activity.State = test.state
		for i, presence := range test.came {
			if diff := cmp.Diff(test.want[i], activity.flags(presence, around, at(test.now))); diff != "" {
				t.Errorf("%s, %s: %s", test.name, presence.PersonID, diff)
			}
		}
	}
}

func TestBurst(t *testing.T) {
	for _, test := range []struct {
		name     string
		capacity int64
		people   int
		every    time.Duration
		marked   int
	}{
		{"ten in a moment are a queue", 20, 10, time.Millisecond, 0},
		{"eleven are a burst", 20, 11, time.Millisecond, 11},
		{"one a second", 20, 60, time.Second, 0},
		{"eleven within ten seconds", 20, 11, 999 * time.Millisecond, 11},
		{"a thousand within a minute are a good turnout", 1000, 1000, 60 * time.Millisecond, 0},
		{"a thousand within ten seconds are not", 1000, 1000, 9 * time.Millisecond, 1000},
	} {
		activity := twoHours()
		activity.Capacity = test.capacity
		checkIns := make([]time.Time, test.people)
		for i := range checkIns {
			checkIns[i] = nine.Add(time.Duration(i) * test.every)
		}
		if marked := len(activity.crowded(checkIns)); marked != test.marked {
			t.Errorf("%s: %d marked, want %d", test.name, marked, test.marked)
		}
	}
	// A burst in a calm day marks the burst and nobody else.
	var checkIns []time.Time
	for i := range 40 {
		minute := float64(i)
		if i >= 20 && i < 32 {
			minute = 20
		}
		checkIns = append(checkIns, at(minute))
	}
	if got := twoHours().crowded(checkIns); len(got) != 1 || !got[at(20)] {
		t.Errorf("a calm day with a burst: marked %v", got)
	}
}

// Crowded is what lies in any ten seconds with more than the most.
func TestBurstIsAsDefined(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		activity := twoHours()
		var checkIns []time.Time
		second := 0.0
		for _, gap := range rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0, 0.1, 0.5, 1, 3, 9.9, 10, 12}), 0, 80).Draw(t, "gaps") {
			second += gap
			checkIns = append(checkIns, nine.Add(time.Duration(second*1000)*time.Millisecond))
		}
		want := map[time.Time]bool{}
		for _, start := range checkIns {
			within := slices.DeleteFunc(slices.Clone(checkIns), func(at time.Time) bool {
				return at.Before(start) || at.Sub(start) >= 10*time.Second
			})
			for _, at := range within {
				want[at] = want[at] || len(within) > 10
			}
		}
		maps.DeleteFunc(want, func(_ time.Time, isCrowded bool) bool { return !isCrowded })
		if diff := cmp.Diff(want, activity.crowded(checkIns)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestLeadersWord(t *testing.T) {
	for _, test := range []struct {
		name    string
		now     float64
		minutes int64
		in, out float64 // out NaN: still there
		want    int64
	}{
		{"there from now on", 30, 0, 30, math.NaN(), 0},
		{"forty minutes up to now", 60, 40, 20, 60, 40},
		{"after the end", 180, 40, 80, 120, 40},
		{"all of it", 180, 120, 0, 120, 120},
		{"since the start", 10, 10, 0, 10, 10},
	} {
		got := twoHours().attest(LeaderWord{PersonID: "p", Minutes: test.minutes, Reason: "没带手机"}, at(test.now))
		want := Attendance{PersonID: "p", Method: ByLeader, Reason: "没带手机", CheckedInAt: at(test.in)}
		if !math.IsNaN(test.out) {
			want.CheckedOutAt = at(test.out)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
		if minutes := twoHours().minutesOf(got); minutes != test.want {
			t.Errorf("%s: %d minutes, want %d", test.name, minutes, test.want)
		}
	}
}

func TestLeadersWordIsChecked(t *testing.T) {
	for _, test := range []struct {
		name    string
		now     float64
		state   State
		minutes int64
		reason  string
		want    string
	}{
		{"now", 30, Published, 0, "没带手机", ""},
		{"as long as it has been going on", 30, Published, 30, "没带手机", ""},
		{"longer than it has been going on", 30, Published, 31, "没带手机", "input.invalid"},
		{"a minute that has not passed", 0.999, Published, 1, "没带手机", "input.invalid"},
		{"with minutes before the start", -10, Published, 1, "没带手机", "input.invalid"},
		{"early", -30, Published, 0, "没带手机", ""},
		{"too early", -30.001, Published, 0, "没带手机", "checkin.out_of_window"},
		{"after the end", 200, Published, 60, "没带手机", ""},
		{"after the end without minutes", 120.001, Published, 0, "没带手机", "input.invalid"},
		{"all of it", 200, Published, 120, "没带手机", ""},
		{"longer than the activity", 200, Published, 121, "没带手机", "input.invalid"},
		{"less than nothing", 30, Published, -1, "没带手机", "input.invalid"},
		{"no reason", 30, Published, 0, " ", "input.invalid"},
		{"closed", 30, Closed, 0, "没带手机", "activity.not_open"},
		{"cancelled", 30, Cancelled, 0, "没带手机", "activity.not_open"},
	} {
		activity := twoHours()
		activity.State = test.state
		err := checkWord(&LeaderWord{Minutes: test.minutes, Reason: test.reason}, activity, at(test.now))
		if got := codeOf(err); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func codeOf(err error) string {
	var known *fault.Error
	if errors.As(err, &known) {
		return known.Code
	}
	return ""
}

func TestAgeOfScans(t *testing.T) {
	const ms = time.Millisecond
	for _, test := range []struct {
		age  time.Duration
		want error
	}{
		{0, nil}, {72 * time.Hour, nil}, {72*time.Hour + ms, errScanTooOld}, {1000 * time.Hour, errScanTooOld},
		{-2 * time.Minute, nil}, {-2*time.Minute - ms, errScanInFuture},
	} {
		if got := checkAge(nine.Add(-test.age), nine); !errors.Is(got, test.want) {
			t.Errorf("%s old: %v, want %v", test.age, got, test.want)
		}
	}
}

func TestWhoseTextIsShown(t *testing.T) {
	for _, test := range []struct {
		state content.State
		desk  bool
		want  bool
	}{
		{content.Passed, false, true}, {content.Passed, true, true},
		{content.Pending, false, false}, {content.Pending, true, true},
		{content.Refused, false, false}, {content.Refused, true, false},
	} {
		activity := Activity{ContentState: test.state, DeskPublished: test.desk}
		if got := activity.textShown(); got != test.want {
			t.Errorf("%s, published by the desk %v: shown %v", test.state, test.desk, got)
		}
	}
}

func TestHands(t *testing.T) {
	activity := Activity{ClosedBy: "closer"}
	presence := Attendance{PersonID: "elder", HelperID: "helper", EnteredBy: "scanner", CheckedOutBy: "scanner"}
	got := activity.hands(presence, []Correction{{CorrectedBy: "corrector"}, {CorrectedBy: "closer"}})
	if diff := cmp.Diff([]string{"closer", "corrector", "elder", "helper", "scanner"}, got); diff != "" {
		t.Error(diff)
	}
	if got := (Attendance{PersonID: "walker"}).hands(); !slices.Equal(got, []string{"walker"}) {
		t.Errorf("a person alone: %q", got)
	}
}

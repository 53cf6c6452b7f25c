package person

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fivestar/server/fault"
	"fivestar/server/region"
)

func TestMaskPhone(t *testing.T) {
	for phone, want := range map[string]string{
		"":               "",
		"13800001234":    "138****1234",
		"+8521234567890": "+85****7890",
		"12345678":       "****",
		"1":              "****",
	} {
		if got := MaskPhone(phone); got != want {
			t.Errorf("MaskPhone(%q) = %q, want %q", phone, got, want)
		}
	}
}

func TestCheckPhone(t *testing.T) {
	for typed, want := range map[string]string{
		"13800000000": "13800000000", " 138 0000 0000 ": "13800000000", "138-0000-0000": "13800000000", "+8613800000000": "13800000000",
		"23800000000": "", "1380000000": "", "138000000000": "", "1380000000a": "", "": "", "1380000000０": "",
	} {
		var check fault.Check
		phone := typed
		checkPhone(&check, &phone)
		if valid := check.Err() == nil; valid != (want != "") {
			t.Errorf("checkPhone(%q): valid %v", typed, valid)
		}
		if want != "" && phone != want {
			t.Errorf("checkPhone(%q) leaves %q, want %q", typed, phone, want)
		}
	}
}

func TestSearchName(t *testing.T) {
	for name, want := range map[string]string{
		"张样例":     "张样例",
		"买买提·艾力":  "买买提艾力",
		"买买提．艾力 ": "买买提艾力",
		"Ｌｉ Lei":  "lilei",
		"%_!":     "",
	} {
		if got := SearchName(name); got != want {
			t.Errorf("SearchName(%q) = %q, want %q", name, got, want)
		}
	}
	if got := len([]rune(SearchName(strings.Repeat("ﷺ", longestName)))); got > longestSearchName {
		t.Errorf("a name of %d signs is searched as %d: more than the column takes", longestName, got)
	}
}

func TestParseSearch(t *testing.T) {
	for typed, want := range map[string]search{
		"":               everybody,
		"  ":             everybody,
		"样例":             {name: "%样例%", phone: matchesNothing},
		"样 例":            {name: "%样例%", phone: matchesNothing},
		"1234":           {name: "%1234%", phone: "%1234"},
		"13800001234":    {name: "%13800001234%", phone: "13800001234"},
		"138 0000 1234":  {name: "%13800001234%", phone: "13800001234"},
		"+8613800001234": {name: "%8613800001234%", phone: "13800001234"},
		"12345":          {name: "%12345%", phone: matchesNothing},
		"%":              {name: matchesNothing, phone: matchesNothing},
		"%%%%":           {name: matchesNothing, phone: matchesNothing},
		"____":           {name: matchesNothing, phone: matchesNothing},
	} {
		if got := parseSearch(typed); got != want {
			t.Errorf("parseSearch(%q) = %+v, want %+v", typed, got, want)
		}
	}
}

const (
	communityA = "/c/d/s/A/"
	gridA1     = "/c/d/s/A/1/"
	gridA2     = "/c/d/s/A/2/"
	communityB = "/c/d/s/B/"
)

func TestMoveHome(t *testing.T) {
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	never := time.Time{}
	for _, test := range []struct {
		name      string
		from, to  string
		changedAt time.Time
		want      time.Time
		refused   bool
	}{
		{"the first declaration is no change", "", communityA, never, never, false},
		{"the first change is free", communityA, communityB, never, now, false},
		{"from a grid too", gridA1, communityB, never, now, false},
		{"a second within 30 days is refused", communityB, communityA, now.Add(-homeRest + time.Millisecond), never, true},
		{"after 30 days it is free again", communityB, communityA, now.Add(-homeRest), now, false},
		{"another grid is no change", gridA1, gridA2, now.Add(-time.Hour), now.Add(-time.Hour), false},
		{"from a grid to its community neither", gridA1, communityA, now.Add(-time.Hour), now.Add(-time.Hour), false},
	} {
		got, err := moveHome(test.from, test.to, test.changedAt, now)
		if refused := errors.Is(err, homeTooSoon(now)); refused != test.refused {
			t.Errorf("%s: refused %v (%v)", test.name, refused, err)
		}
		if !test.refused && !got.Equal(test.want) {
			t.Errorf("%s: changed at %v, want %v", test.name, got, test.want)
		}
	}
}

func TestHomeTooSoonNamesTheDay(t *testing.T) {
	allowedAt := time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC) // the 2nd in Shanghai
	if got := homeTooSoon(allowedAt).Error(); !strings.Contains(got, "12月2日") {
		t.Errorf("the refusal names another day: %s", got)
	}
}

// However somebody moves about, they never come into three communities within 30 days.
func TestHomeMovesAreRare(t *testing.T) {
	places := []string{communityA, gridA1, gridA2, communityB, "/c/d/s/B/1/", "/c/d/t/C/"}
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
		home, changedAt := "", time.Time{}
		var moves []time.Time
		for range rapid.IntRange(1, 60).Draw(t, "wishes") {
			now = now.Add(time.Duration(rapid.IntRange(0, 20*24).Draw(t, "hours")) * time.Hour)
			wish := rapid.SampledFrom(places).Draw(t, "wish")
			after, err := moveHome(home, wish, changedAt, now)
			if err != nil {
				continue
			}
			if home != "" && region.CommunityOf(home) != region.CommunityOf(wish) {
				moves = append(moves, now)
			}
			home, changedAt = wish, after
		}
		for i := 1; i < len(moves); i++ {
			if moves[i].Sub(moves[i-1]) < homeRest {
				t.Fatalf("moved at %v and again at %v", moves[i-1], moves[i])
			}
		}
	})
}

func TestSessionIsUsedOnceADay(t *testing.T) {
	now := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]bool{
		sessionLife: true, sessionLife - extendEvery + 1: true, sessionLife - extendEvery: false, time.Hour: false, 0: false, -time.Hour: false,
	} {
		if got := (session{ExpiresAt: now.Add(left)}).used(now); got != want {
			t.Errorf("with %s left: used %v", left, got)
		}
	}
}

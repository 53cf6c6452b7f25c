package reward

import (
	"errors"
	"testing"
	"time"

	"fivestar/server/secret"
	"fivestar/server/web"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

func TestAdmits(t *testing.T) {
	open := Reward{State: Published, StockLeft: 1, RedeemFrom: noon, RedeemUntil: noon.Add(time.Hour)}
	for name, test := range map[string]struct {
		change func(r *Reward)
		at     time.Time
		want   error
	}{
		"at its beginning":        {func(*Reward) {}, noon, nil},
		"before its beginning":    {func(*Reward) {}, noon.Add(-1), errNotOpen},
		"before its end":          {func(*Reward) {}, noon.Add(time.Hour - 1), nil},
		"at its end":              {func(*Reward) {}, noon.Add(time.Hour), errNotOpen},
		"without a beginning":     {func(r *Reward) { r.RedeemFrom = time.Time{} }, noon.Add(-day), nil},
		"a draft":                 {func(r *Reward) { r.State = Draft }, noon, errNotOpen},
		"closed":                  {func(r *Reward) { r.State = Closed }, noon, errNotOpen},
		"with nothing left":       {func(r *Reward) { r.StockLeft = 0 }, noon, errOutOfStock},
		"closed and nothing left": {func(r *Reward) { r.StockLeft, r.State = 0, Closed }, noon, errNotOpen},
	} {
		r := open
		test.change(&r)
		if got := r.admits(test.at); !errors.Is(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestEnded(t *testing.T) {
	for name, test := range map[string]struct {
		state RedemptionState
		at    time.Time
		want  error
	}{
		"in time":         {Redeemed, noon.Add(-1), nil},
		"at its end":      {Redeemed, noon, errExpired},
		"fulfilled":       {Fulfilled, noon.Add(-1), errDone},
		"fulfilled, late": {Fulfilled, noon, errDone},
		"cancelled":       {Cancelled, noon.Add(-1), errCancelled},
		"expired":         {Expired, noon.Add(-1), errExpired},
	} {
		if got := (Redemption{State: test.state, ExpiresAt: noon}).ended(test.at); !errors.Is(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestFreeTurn(t *testing.T) {
	r := Reward{PerPersonLimit: 2}
	used := map[string]bool{}
	for _, want := range []string{"P:0", "P:1"} {
		turn, err := r.freeTurn("P", used)
		if turn != want || err != nil {
			t.Fatalf("%q, %v, want %q", turn, err, want)
		}
		used[turn] = true
	}
	if _, err := r.freeTurn("P", used); !errors.Is(err, errLimit) {
		t.Errorf("a third turn of two: %v", err)
	}
	if turn, err := r.freeTurn("Q", used); turn != "Q:0" || err != nil {
		t.Errorf("somebody else: %q, %v", turn, err)
	}
}

func TestRequireWitness(t *testing.T) {
	redemption := Redemption{PersonID: "elder", HelperID: "helper"}
	for name, test := range map[string]struct {
		caller web.Caller
		want   error
	}{
		"somebody else":              {web.Caller{PersonID: "merchant"}, nil},
		"the person":                 {web.Caller{PersonID: "elder"}, errOwnWork},
		"the helper":                 {web.Caller{PersonID: "helper"}, errOwnWork},
		"somebody in helper's hands": {web.Caller{PersonID: "merchant", HelperID: "helper"}, errOwnWork},
	} {
		if got := redemption.requireWitness(test.caller); !errors.Is(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

func TestCodes(t *testing.T) {
	s := &Service{Key: secret.Key("a key for tests that is long enough to be one")}
	other := &Service{Key: secret.Key("another key for tests, as long as the first one")}
	code := s.code("01REDEMPTION")
	if !codeShape.MatchString(code) || code != s.code("01REDEMPTION") || code == s.code("02REDEMPTION") || code == other.code("01REDEMPTION") {
		t.Errorf("code %q", code)
	}
	if s.codeHash(code) == other.codeHash(code) {
		t.Error("the hash does not hang on the key")
	}
	for text, want := range map[string]string{
		"1234567890": "1234567890", "FS1:R:1234567890": "1234567890", " 123 456-7890 \n": "1234567890",
		"123456789": "", "12345678901": "", "FS1:R:": "", "FS1:C:1234567890": "", "fs1:r:1234567890": "", "123456789O": "", "１２３４５６７８９０": "",
	} {
		got, err := parseCode(text)
		if got != want || (want == "") != errors.Is(err, errBadCode) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add("FS1:R:1234567890")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, text string) {
		if code, err := parseCode(text); err == nil && !codeShape.MatchString(code) {
			t.Errorf("%q gave %q", text, code)
		}
	})
}

func TestMonths(t *testing.T) {
	of, err := parseMonth("", time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC))
	if err != nil || of.name != "2026-12" || of.title() != "2026年12月" || !of.from.Equal(time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC)) ||
		!of.to.Equal(time.Date(2026, 12, 31, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v, %v", of, err)
	}
}

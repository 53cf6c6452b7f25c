package points_test

import (
	"context"
	"errors"
	"testing"

	"fivestar/server/fault"
	"fivestar/server/points"
)

var errShort = fault.New(fault.Conflict, "points.short", "")

// redeeming is what somebody spends.
func (l *ledger) redeeming(personID, sourceID string, amount int64) points.Posting {
	return points.Posting{PersonID: personID, CommunityID: l.community.ID, Amount: amount, Kind: points.KindRedemption, SourceID: sourceID,
		Memo: "理发一次", Hands: []string{personID}}
}

func (l *ledger) debitTogether(postings ...points.Posting) error {
	return l.DebitTogether(l.t.Context(), l.community.ID, postings)
}

func TestTakenFromAllOrFromNobody(t *testing.T) {
	l := newLedger(t)
	for _, personID := range []string{"rich", "poor"} {
		l.resident(personID, l.community)
	}
	for personID, amount := range map[string]int64{"rich": 30, "poor": 9} {
		_, err := l.Credit(t.Context(), l.work(personID, "work-of-"+personID, amount))
		must(t, err)
	}
	wantBalances := func(when string, rich, poor int64) {
		t.Helper()
		if l.balance("rich") != rich || l.balance("poor") != poor {
			t.Errorf("%s: %d and %d, want %d and %d", when, l.balance("rich"), l.balance("poor"), rich, poor)
		}
		if sum := l.number("SELECT CAST(SUM(balance) AS SIGNED) FROM points_account"); sum != 0 {
			t.Errorf("%s: the sum of all accounts is %d", when, sum)
		}
	}
	if err := l.debitTogether(l.redeeming("rich", "r1", 10), l.redeeming("poor", "r2", 10)); !errors.Is(err, errShort) {
		t.Errorf("one who is short: %v", err)
	}
	wantBalances("when one was short", 30, 9)
	if err := l.debitTogether(l.redeeming("rich", "r1", 20), l.redeeming("rich", "r2", 20)); !errors.Is(err, errShort) {
		t.Errorf("one who is short for both: %v", err)
	}
	must(t, l.debitTogether(l.redeeming("rich", "r1", 10), l.redeeming("poor", "r2", 9), l.redeeming("rich", "r3", 5)))
	wantBalances("after it", 15, 0)
	if err := l.debitTogether(l.redeeming("rich", "r1", 10)); err == nil {
		t.Error("a source was posted twice")
	}
	wantBalances("after a source that came again", 15, 0)
	if earned := l.earned("rich", points.AllTime, ""); earned != 30 {
		t.Errorf("%d earned after spending, want 30", earned)
	}

	first, err := l.GiveBack(t.Context(), "r1", "兑换已取消：理发一次", []string{"rich"})
	must(t, err)
	again, err := l.GiveBack(t.Context(), "r1", "兑换已取消：理发一次", []string{"rich"})
	must(t, err)
	if first.ID != again.ID || first.Amount != 10 {
		t.Errorf("given back %+v, then %+v", first, again)
	}
	wantBalances("after what was given back", 25, 0)
	if earned := l.earned("rich", points.AllTime, ""); earned != 30 {
		t.Errorf("%d earned after what was given back, want 30", earned)
	}
	if _, err := l.GiveBack(t.Context(), "r9", "", nil); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("nothing to give back: %v", err)
	}
	must(t, l.Seal(t.Context()))
	report, err := l.Verify(context.Background(), nil)
	must(t, err)
	if len(report.Findings) > 0 {
		t.Errorf("the ledger is not sound: %v", report.Findings)
	}
}

func TestTogetherIsForRedemptionsOfOneCommunity(t *testing.T) {
	l := newLedger(t)
	elsewhere, work := l.redeeming("rich", "r1", 10), l.work("rich", "w1", 10)
	elsewhere.CommunityID = l.village.ID
	for _, posting := range []points.Posting{elsewhere, work, l.redeeming("rich", "r1", 0), l.redeeming("rich", "", 1)} {
		if err := l.debitTogether(posting); err == nil {
			t.Errorf("%+v was taken", posting)
		}
	}
}

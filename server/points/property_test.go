package points_test

import (
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/web"
)

// ledgerModel is what a community's ledger must come to, told in the plainest way.
type ledgerModel struct {
	l           *ledger
	community   region.Region
	people      []string // all of them residents, and all of them secretaries too
	balance     map[string]int64
	earned      map[string]int64
	bySource    map[string]points.Entry // of kind and source
	entries     []points.Entry
	reversed    map[string]bool
	adjustments []points.Adjustment
	reserved    int64 // of the day's room for adjustments
}

const dayLimit = 200

func newLedgerModel(l *ledger) *ledgerModel {
	community, err := l.Regions.Create(context.Background(), l.admin, region.NewRegion{
		ParentID: l.community.ParentID, Kind: region.Community, CommunityKind: region.Urban, Name: "社区" + db.NewID()})
	must(l.t, err)
	m := &ledgerModel{l: l, community: community, balance: map[string]int64{}, earned: map[string]int64{},
		bySource: map[string]points.Entry{}, reversed: map[string]bool{}}
	for range 4 {
		m.people = append(m.people, l.resident(db.NewID(), community))
	}
	return m
}

func (m *ledgerModel) officer(id string) web.Caller {
	return web.Caller{PersonID: id, Grants: []web.RoleGrant{{Role: web.Secretary, RegionID: m.community.ID}}}
}

func (m *ledgerModel) somebody(rt *rapid.T, label string) string {
	return rapid.SampledFrom(m.people).Draw(rt, label)
}

// apply takes an entry into the model.
func (m *ledgerModel) apply(entry points.Entry, countsAsEarned bool) {
	m.entries = append(m.entries, entry)
	m.balance[entry.PersonID] += entry.Amount
	if countsAsEarned {
		m.earned[entry.PersonID] += entry.Amount
	}
}

// want compares an outcome with the one that the model foretells: a code, or "" for none.
func want(rt *rapid.T, err error, code string) {
	var known *fault.Error
	switch {
	case err == nil && code == "":
	case errors.As(err, &known) && known.Code == code:
	default:
		rt.Fatalf("outcome %v, want %q", err, code)
	}
}

func (m *ledgerModel) posting(rt *rapid.T, kind points.Kind) points.Posting {
	return points.Posting{
		PersonID: m.somebody(rt, "person"), CommunityID: m.community.ID, Amount: rapid.SampledFrom([]int64{1, 5, 20}).Draw(rt, "amount"), Kind: kind,
		SourceID: m.community.ID + rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g", "h"}).Draw(rt, "source"),
		Star:     rapid.SampledFrom([]region.Star{"", region.Harmony, region.SafetyLaw}).Draw(rt, "star"),
	}
}

func (m *ledgerModel) credit(rt *rapid.T) {
	posting := m.posting(rt, rapid.SampledFrom([]points.Kind{points.KindClaim, points.KindCheckin}).Draw(rt, "kind"))
	posting.Hands = []string{posting.PersonID, m.somebody(rt, "helper")}
	posting.Witness = m.somebody(rt, "witness")
	entry, err := m.l.Credit(context.Background(), posting)
	if posting.Witness == posting.PersonID || posting.Witness == posting.Hands[1] {
		want(rt, err, "review.own_work")
		return
	}
	want(rt, err, "")
	m.once(rt, posting, entry)
}

func (m *ledgerModel) debit(rt *rapid.T) {
	posting := m.posting(rt, points.KindRedemption)
	_, posted := m.bySource[string(posting.Kind)+posting.SourceID]
	entry, err := m.l.Debit(context.Background(), posting)
	if !posted && m.balance[posting.PersonID] < posting.Amount {
		want(rt, err, "points.short")
		return
	}
	want(rt, err, "")
	m.once(rt, posting, entry)
}

// once takes what a posting gave into the model, unless its source had been posted before.
func (m *ledgerModel) once(rt *rapid.T, posting points.Posting, entry points.Entry) {
	source := string(posting.Kind) + posting.SourceID
	if first, posted := m.bySource[source]; posted {
		if entry.ID != first.ID || entry.Amount != first.Amount || entry.PersonID != first.PersonID {
			rt.Fatalf("%s was posted twice: %+v and %+v", source, first, entry)
		}
		return
	}
	m.bySource[source] = entry
	m.apply(entry, posting.Kind != points.KindRedemption)
}

func (m *ledgerModel) propose(rt *rapid.T) {
	officer, personID := m.somebody(rt, "officer"), m.somebody(rt, "person")
	// Not a range, of which rapid draws small numbers mostly: they would never come near the day's limit.
	amount := rapid.SampledFrom([]int64{-20, -5, 0, 5, 60, 90}).Draw(rt, "amount")
	adjustment, err := m.l.ProposeAdjustment(context.Background(), m.officer(officer),
		points.NewAdjustment{PersonID: personID, RegionID: m.community.ID, Amount: amount, Reason: "补录一次活动"})
	switch {
	case officer == personID:
		want(rt, err, "review.own_work")
	case amount == 0:
		want(rt, err, "input.invalid")
	case m.balance[personID]+amount < 0:
		want(rt, err, "points.short")
	case m.reserved+max(amount, -amount) > dayLimit:
		want(rt, err, "points.daily_limit")
	default:
		want(rt, err, "")
		m.reserved += max(amount, -amount)
		m.adjustments = append(m.adjustments, adjustment)
	}
}

func (m *ledgerModel) decide(rt *rapid.T) {
	if len(m.adjustments) == 0 {
		rt.Skip("nothing to decide")
	}
	i := rapid.IntRange(0, len(m.adjustments)-1).Draw(rt, "adjustment")
	adjustment, officer := m.adjustments[i], m.somebody(rt, "officer")
	approve := rapid.Bool().Draw(rt, "approve")
	to := points.Rejected
	var decided points.Adjustment
	var err error
	if approve {
		to = points.Posted
		decided, err = m.l.ApproveAdjustment(context.Background(), m.officer(officer), adjustment.ID)
	} else {
		decided, err = m.l.RejectAdjustment(context.Background(), m.officer(officer), adjustment.ID, "")
	}
	switch {
	case officer == adjustment.PersonID || approve && officer == adjustment.ProposedBy:
		want(rt, err, "review.own_work")
		return
	case adjustment.State == to && adjustment.DecidedBy == officer:
		want(rt, err, "")
		return
	case adjustment.State != points.Pending:
		want(rt, err, "adjustment.decided")
		return
	case approve && m.balance[adjustment.PersonID]+adjustment.Amount < 0:
		want(rt, err, "points.short")
		return
	}
	want(rt, err, "")
	m.adjustments[i] = decided
	if !approve {
		m.reserved -= max(adjustment.Amount, -adjustment.Amount)
		return
	}
	m.apply(m.entryOf(rt, adjustment), true)
}

// entryOf finds the entry of an adjustment in the person's own history.
func (m *ledgerModel) entryOf(rt *rapid.T, adjustment points.Adjustment) points.Entry {
	history, err := m.l.MyEntries(context.Background(), web.Caller{PersonID: adjustment.PersonID}, web.PageQuery{Limit: 1})
	want(rt, err, "")
	entry := history.Items[0]
	if entry.Kind != points.KindAdjustment || entry.SourceID != adjustment.ID || entry.Amount != adjustment.Amount || entry.Memo != adjustment.Reason {
		rt.Fatalf("the history of the person shows %+v for adjustment %+v", entry, adjustment)
	}
	return entry
}

func (m *ledgerModel) reverse(rt *rapid.T) {
	if len(m.entries) == 0 {
		rt.Skip("nothing to reverse")
	}
	entry := rapid.SampledFrom(m.entries).Draw(rt, "entry")
	officer := m.somebody(rt, "officer")
	reversal, err := m.l.ReverseEntry(context.Background(), m.officer(officer), entry.ID, points.Reversal{Reason: "登记错了"})
	switch {
	case officer == entry.PersonID:
		want(rt, err, "review.own_work")
	case entry.Kind == points.KindReversal || entry.Amount < 0:
		want(rt, err, "points.not_reversible")
	case m.reversed[entry.ID]:
		want(rt, err, "points.reversed")
	case m.balance[entry.PersonID] < entry.Amount:
		want(rt, err, "points.short")
	default:
		want(rt, err, "")
		m.reversed[entry.ID] = true
		m.apply(reversal, true)
	}
}

func (m *ledgerModel) seal(rt *rapid.T) { want(rt, m.l.Seal(context.Background()), "") }

// check holds the ledger against the model.
func (m *ledgerModel) check(rt *rapid.T) {
	for _, personID := range m.people {
		if got := m.l.balance(personID); got != m.balance[personID] || got < 0 {
			rt.Fatalf("balance of %s is %d, want %d", personID, got, m.balance[personID])
		}
		if got := m.l.earned(personID, points.AllTime, ""); got != m.earned[personID] {
			rt.Fatalf("%s has earned %d, want %d", personID, got, m.earned[personID])
		}
	}
	if sum := m.l.number("SELECT COALESCE(SUM(balance), 0) FROM points_account"); sum != 0 {
		rt.Fatalf("the sum over all accounts is %d", sum)
	}
	if got := m.l.number("SELECT COUNT(*) FROM points_entry WHERE community_id = ?", m.community.ID); got != int64(len(m.entries)) {
		rt.Fatalf("%d entries, want %d", got, len(m.entries))
	}
}

// Whatever people do, and however often they repeat it, the ledger is as the model says: sums, balances,
// totals, one posting a source, and no points from one person alone. Verify looks at the rest.
func TestLedgerKeepsItsPromises(t *testing.T) {
	l := newLedger(t)
	rapid.Check(t, func(rt *rapid.T) {
		m := newLedgerModel(l)
		rt.Repeat(map[string]func(*rapid.T){
			"credit": m.credit, "credit again": m.credit, "debit": m.debit, "propose": m.propose, "decide": m.decide, "decide again": m.decide,
			"reverse": m.reverse, "seal": m.seal, "": m.check,
		})
		m.seal(rt)
		if findings := l.verify().Findings; len(findings) > 0 {
			rt.Fatalf("findings: %v", findings)
		}
	})
}

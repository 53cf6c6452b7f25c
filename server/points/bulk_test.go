package points_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivestar/server/points"
	"fivestar/server/region"
)

// table reads rows as text, in their own order.
func (l *ledger) table(query string) []string {
	l.t.Helper()
	rows, err := l.DB.Querier(context.Background()).QueryContext(context.Background(), query)
	must(l.t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(l.t, err)
	var lines []string
	for rows.Next() {
		values := make([]string, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		must(l.t, rows.Scan(into...))
		lines = append(lines, fmt.Sprint(values))
	}
	must(l.t, rows.Err())
	return lines
}

// content is all that the ledger says, but for ids and what is made from them.
func (l *ledger) content() map[string][]string {
	l.t.Helper()
	return map[string][]string{
		"entries":          l.table("SELECT community_id, from_account, to_account, amount, kind, source_id, star, person_id, hands, witness_id, memo, reverses_id, at, counted_at FROM points_entry ORDER BY kind, source_id"),
		"services":         l.table("SELECT community_id, person_id, star, minutes, source_id, hands, witness_id, at, recorded_at FROM points_service ORDER BY source_id"),
		"accounts":         l.table("SELECT id, community_id, person_id, balance FROM points_account ORDER BY id"),
		"totals":           l.table("SELECT person_id, community_id, period, star, earned, entries, minutes FROM points_total ORDER BY person_id, community_id, period, star"),
		"community totals": l.table("SELECT community_id, period, star, earned, entries, minutes FROM points_community_total ORDER BY community_id, period, star"),
		"who earned":       l.table("SELECT community_id, period, people FROM points_community_total WHERE star = '' ORDER BY community_id, period"),
		"area totals":      l.table("SELECT region_id, period, star, earned, entries, minutes FROM points_area_total ORDER BY region_id, period, star"),
		"numbers of seals": l.table("SELECT community_id, number FROM points_seal ORDER BY community_id, number"),
		"unsealed":         l.table("SELECT record_id FROM points_unsealed"),
	}
}

// somePast is a made-up history of a community: people who earn now and then, for all kinds of things.
func somePast(communityID string, people, postings int) []points.Past {
	random := rand.New(rand.NewPCG(1, 2))
	kinds := []points.Kind{points.KindClaim, points.KindCheckin, points.KindTicket}
	stars := []region.Star{"", region.Harmony, region.SafetyLaw, region.StrongBranch}
	past := make([]points.Past, postings)
	for i := range past {
		person := fmt.Sprintf("person-%02d", random.IntN(people))
		past[i] = points.Past{
			Posting: points.Posting{PersonID: person, CommunityID: communityID, Amount: 1 + random.Int64N(50), Kind: kinds[random.IntN(len(kinds))],
				SourceID: fmt.Sprintf("source-%d", i), Star: stars[random.IntN(len(stars))], Memo: "夜里巡一圈院子", Hands: []string{person}, Witness: "secretary"},
			At: time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(random.Int64N(700*24*60)) * time.Minute),
		}
		if past[i].Kind == points.KindCheckin {
			past[i].Minutes = 30 + random.Int64N(150)
		}
	}
	return past
}

func TestImportWritesWhatPostingWouldHave(t *testing.T) {
	posted := newLedger(t)
	past := somePast(posted.community.ID, 12, 300)
	for _, one := range past {
		posted.now = one.At
		posted.credit(one.Posting)
		if one.Minutes > 0 {
			must(t, posted.RecordService(t.Context(), points.ServiceRecord{PersonID: one.PersonID, CommunityID: one.CommunityID, Star: one.Star,
				Minutes: one.Minutes, SourceID: one.SourceID, At: one.At, Hands: one.Hands, Witness: one.Witness}))
		}
	}
	posted.wantSound()
	want := posted.content()

	imported := newLedger(t)
	must(t, imported.Import(t.Context(), posted.community.ID, past))
	if diff := cmp.Diff(want, imported.content()); diff != "" {
		t.Errorf("what was imported (+) is not what was posted (-):\n%s", diff)
	}
	if findings := imported.verify().Findings; len(findings) > 0 { // without sealing first
		t.Errorf("%d findings right after an import: %s", len(findings), findings[0])
	}
}

func TestImportsAndPostingsGoOnTogether(t *testing.T) {
	l := newLedger(t)
	l.credit(l.work("anna", "claim-1", 3))
	l.seal()
	past := somePast(l.community.ID, 10, 100)
	must(t, l.Import(t.Context(), l.community.ID, past))
	elsewhere := somePast(l.village.ID, 1, 1)
	elsewhere[0].PersonID, elsewhere[0].SourceID, elsewhere[0].Hands = "bert", "source-of-bert", []string{"bert"}
	must(t, l.Import(t.Context(), l.village.ID, elsewhere))
	before := l.balance("person-03")
	l.credit(l.work("person-03", "claim-2", 4))
	if got := l.balance("person-03"); got != before+4 {
		t.Errorf("balance %d, want %d", got, before+4)
	}
	l.wantSound()
}

func TestImportIsRefused(t *testing.T) {
	l := newLedger(t)
	l.credit(l.work("anna", "claim-1", 3))
	l.wantSound()
	before := l.content()
	good := func() points.Past {
		return points.Past{Posting: l.work("bert", "claim-2", 5), At: l.now.Add(-time.Hour)}
	}
	for _, test := range []struct {
		name   string
		change func(past *points.Past)
	}{
		{"confirmed by the person", func(p *points.Past) { p.Witness = "bert" }},
		{"confirmed by a helper", func(p *points.Past) { p.Hands = []string{"bert", "secretary"} }},
		{"confirmed by nobody", func(p *points.Past) { p.Witness = "" }},
		{"no points", func(p *points.Past) { p.Amount = 0 }},
		{"points taken", func(p *points.Past) { p.Amount = -5 }},
		{"a reversal", func(p *points.Past) { p.Kind = points.KindReversal }},
		{"a redemption", func(p *points.Past) { p.Kind = points.KindRedemption }},
		{"no source", func(p *points.Past) { p.SourceID = "" }},
		{"no time", func(p *points.Past) { p.At = time.Time{} }},
		{"another community", func(p *points.Past) { p.CommunityID = l.village.ID }},
		{"minutes taken", func(p *points.Past) { p.Minutes = -1 }},
		{"a source that was posted", func(p *points.Past) { p.SourceID = "claim-1" }},
		{"a person with points", func(p *points.Past) { p.PersonID, p.Hands = "anna", []string{"anna"} }},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := good()
			changed.SourceID = "claim-3"
			test.change(&changed)
			if err := l.Import(t.Context(), l.community.ID, []points.Past{good(), changed}); err == nil {
				t.Error("it was taken")
			}
			if diff := cmp.Diff(before, l.content()); diff != "" {
				t.Errorf("something was written:\n%s", diff)
			}
		})
	}
	must(t, l.Import(t.Context(), l.community.ID, []points.Past{good()}))
	l.wantSound()
}

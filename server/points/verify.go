package points

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fivestar/server/fault"
	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/region"
)

// sealWithin is how soon after its posting a record is sealed.
const sealWithin = 2 * time.Second

// verifyBatch is how many rows the verification reads at a time.
const verifyBatch = 2000

// Report is what a verification found.
type Report struct {
	Entries     int64
	Services    int64
	Communities int64 // with a chain
	Findings    []Finding
	// Ends are where the chains end. Kept outside the database, they show later that even somebody who holds
	// the key has not written a chain anew.
	Ends []ChainEnd
}

// ChainEnd is the newest seal of a community.
type ChainEnd struct {
	CommunityID string
	Number      int64
	Hash        string
}

// Finding is one thing that is not as it was written, in plain words, with the ids that it is about.
type Finding struct {
	RecordID    string // of an entry or a service record
	CommunityID string
	PersonID    string
	Problem     string
}

func (f Finding) String() string {
	var about []string
	for _, one := range []struct{ name, id string }{{"record", f.RecordID}, {"community", f.CommunityID}, {"person", f.PersonID}} {
		if one.id != "" {
			about = append(about, one.name+" "+one.id)
		}
	}
	if len(about) == 0 {
		return f.Problem
	}
	return strings.Join(about, ", ") + ": " + f.Problem
}

// Verify reads the whole ledger, as it stood at one moment, and tells everything that is not as it was
// written: altered, missing and inserted records, broken or cut chains, and balances and totals that differ
// from the records behind them. It needs memory for one person and one community at a time. progress may be
// nil; it is told how many of the rows have been looked at.
func (s *Service) Verify(ctx context.Context, progress func(done, total int64)) (Report, error) {
	var report Report
	err := s.DB.Snapshot(ctx, func(ctx context.Context) error {
		v := &verification{s: s, ctx: ctx, queries: s.store().queries(ctx), now: s.DB.Now(), report: &report, progress: progress, issued: map[string]int64{}, areas: map[slot]figures{}}
		return v.run()
	})
	return report, err
}

// verification is one run over the ledger.
type verification struct {
	s       *Service
	ctx     context.Context
	queries *pointsdb.Queries
	now     time.Time
	report  *Report

	progress    func(done, total int64)
	done, total int64

	// areas is what the totals of communities make of those of the regions above them.
	areas map[slot]figures
	// issued is what the entries say of the accounts that communities issue points from.
	issued map[string]int64
	// sum is that of all balances.
	sum int64
}

func (v *verification) run() error {
	count, err := v.queries.CountRecords(v.ctx)
	if err != nil {
		return fmt.Errorf("count records: %w", err)
	}
	v.total = count.Entries + count.Services + count.Seals
	if err := v.chains(); err != nil {
		return err
	}
	if err := v.people(); err != nil {
		return err
	}
	if v.sum != 0 {
		v.found(Finding{Problem: fmt.Sprintf("the sum over all accounts is %d and not zero", v.sum)})
	}
	return nil
}

func (v *verification) found(finding Finding) {
	v.report.Findings = append(v.report.Findings, finding)
}

func (v *verification) looked(rows int) {
	v.done += int64(rows)
	if v.progress != nil {
		v.progress(v.done, v.total)
	}
}

// chains checks every community's chain, and that none is missing.
func (v *verification) chains() error {
	rows, err := v.queries.ListChains(v.ctx)
	if err != nil {
		return fmt.Errorf("ends of chains: %w", err)
	}
	ends := make(map[string]pointsdb.PointsChain, len(rows))
	for _, row := range rows {
		ends[row.CommunityID] = row
	}
	v.countChains(ends)
	delete(ends, allChains)
	v.report.Communities = int64(len(ends))
	communities, err := v.communities(ends)
	if err != nil {
		return err
	}
	for _, communityID := range communities {
		walk := chainWalk{verification: v, communityID: communityID, end: ends[communityID], sums: map[slot]figures{}}
		if err := walk.run(); err != nil {
			return err
		}
	}
	return v.areaTotals()
}

// areaTotals compares the totals of streets, districts and cities with those of their communities.
func (v *verification) areaTotals() error {
	kept, err := v.queries.AllAreaTotals(v.ctx)
	if err != nil {
		return fmt.Errorf("totals of regions: %w", err)
	}
	for _, row := range kept {
		at := slot{row.RegionID, row.Period, row.Star}
		v.compare(Finding{CommunityID: row.RegionID}, at, figures{row.Earned, row.Entries, row.Minutes}, v.areas[at])
		delete(v.areas, at)
	}
	v.compareRest(Finding{}, v.areas)
	return nil
}

// countChains compares how many chains there are with the keyed count of them.
func (v *verification) countChains(ends map[string]pointsdb.PointsChain) {
	all, ok := ends[allChains]
	switch {
	case !ok && len(ends) > 0:
		v.found(Finding{Problem: "the count of the chains is missing"})
	case !ok: // nothing has been sealed yet
	case !v.s.genuineChain(all):
		v.found(Finding{Problem: "the count of the chains was altered, or written without the key"})
	case all.Number != int64(len(ends)-1):
		v.found(Finding{Problem: fmt.Sprintf("there are the ends of %d chains where %d were begun", len(ends)-1, all.Number)})
	}
}

// communities are all that have an end of a chain, seals, or totals.
func (v *verification) communities(ends map[string]pointsdb.PointsChain) ([]string, error) {
	sealed, err := v.queries.CommunitiesWithSeals(v.ctx)
	if err != nil {
		return nil, fmt.Errorf("communities with seals: %w", err)
	}
	totalled, err := v.queries.CommunitiesWithTotals(v.ctx)
	if err != nil {
		return nil, fmt.Errorf("communities with totals: %w", err)
	}
	all := slices.Concat(sealed, totalled, sortedKeys(ends))
	slices.Sort(all)
	return slices.Compact(all), nil
}

// chainWalk is the way along one community's chain.
type chainWalk struct {
	*verification
	communityID string
	end         pointsdb.PointsChain
	last        pointsdb.PointsSeal // the seal before
	sums        map[slot]figures    // of the sealed records
}

func (w *chainWalk) run() error {
	for {
		seals, err := w.queries.ListSeals(w.ctx, pointsdb.ListSealsParams{CommunityID: w.communityID, Number: w.last.Number, Limit: verifyBatch})
		if err != nil {
			return fmt.Errorf("seals of a community: %w", err)
		}
		if err := w.seals(seals); err != nil {
			return err
		}
		if len(seals) < verifyBatch {
			break
		}
	}
	w.checkEnd()
	return w.checkTotals()
}

func (w *chainWalk) seals(seals []pointsdb.PointsSeal) error {
	ids := make([]string, len(seals))
	for i, seal := range seals {
		ids[i] = seal.RecordID
	}
	records, err := recordsOf(w.ctx, w.queries, ids)
	if err != nil {
		return err
	}
	for _, seal := range seals {
		w.seal(seal, records)
		w.last = seal
	}
	w.looked(len(seals))
	return nil
}

// seal checks one seal and its record against each other and against the seal before.
func (w *chainWalk) seal(seal pointsdb.PointsSeal, records map[string]record) {
	finding := Finding{RecordID: seal.RecordID, CommunityID: w.communityID}
	tell := func(format string, arguments ...any) {
		finding.Problem = fmt.Sprintf(format, arguments...)
		w.found(finding)
	}
	if seal.Number != w.last.Number+1 {
		tell("seal %d follows seal %d: those between are missing", seal.Number, w.last.Number)
	} else if seal.PreviousHash != w.last.Hash {
		tell("seal %d does not continue the seal before it", seal.Number)
	}
	sealed, ok := records[seal.RecordID]
	switch {
	case !ok:
		tell("sealed as number %d, but the record is missing", seal.Number)
		return
	case sealed.total.communityID != w.communityID:
		tell("sealed as number %d, but the record is of community %s", seal.Number, sealed.total.communityID)
	case seal.Hash != sealHash(seal.PreviousHash, seal.Number, sealed.parts):
		tell("seal %d does not fit the record: one of them was altered", seal.Number)
	}
	for _, slot := range sealed.total.slots() {
		w.sums[slot] = w.sums[slot].plus(sealed.total.figures)
	}
}

// checkEnd compares the last seal with the keyed end of the chain.
func (w *chainWalk) checkEnd() {
	finding := Finding{RecordID: w.last.RecordID, CommunityID: w.communityID}
	switch {
	case w.end.Number == 0 && w.last.Number == 0: // totals without a chain: checkTotals tells
		return
	case w.end.Number == 0:
		finding.Problem = fmt.Sprintf("there are seals up to %d, but the end of the chain is missing", w.last.Number)
	case !w.s.genuineChain(w.end):
		finding.Problem = "the end of the chain was altered, or written without the key"
	case w.end.Number > w.last.Number:
		finding.Problem = fmt.Sprintf("the chain ends at seal %d, but the seals after %d are missing", w.end.Number, w.last.Number)
	case w.end.Number < w.last.Number:
		finding.Problem = fmt.Sprintf("the chain ends at seal %d, but there are seals up to %d", w.end.Number, w.last.Number)
	case w.end.Hash != w.last.Hash:
		finding.Problem = fmt.Sprintf("seal %d is not the one that the chain ends with", w.last.Number)
	default:
		w.report.Ends = append(w.report.Ends, ChainEnd{w.communityID, w.end.Number, w.end.Hash})
		return
	}
	w.found(finding)
}

// checkTotals compares a community's totals with its sealed records.
func (w *chainWalk) checkTotals() error {
	rows, err := w.queries.AllCommunityTotals(w.ctx, w.communityID)
	if err != nil {
		return fmt.Errorf("totals of a community: %w", err)
	}
	above, err := w.regionsAbove()
	if err != nil {
		return err
	}
	for _, row := range rows {
		at := slot{row.CommunityID, row.Period, row.Star}
		for _, id := range above {
			area := slot{id, row.Period, row.Star}
			w.areas[area] = w.areas[area].plus(figures{row.Earned, row.Entries, row.Minutes})
		}
		w.compare(Finding{CommunityID: w.communityID}, at, figures{row.Earned, row.Entries, row.Minutes}, w.sums[at])
		delete(w.sums, at)
	}
	w.compareRest(Finding{CommunityID: w.communityID}, w.sums)
	return nil
}

// regionsAbove are none for a community that was written in from outside and is not there.
func (w *chainWalk) regionsAbove() ([]string, error) {
	community, err := w.s.Regions.Get(w.ctx, w.communityID)
	if errors.Is(err, fault.ErrNotFound) {
		return nil, nil
	}
	return region.Above(community.Path), err
}

// compare tells where kept figures are not those of the records.
func (v *verification) compare(finding Finding, at slot, kept, counted figures) {
	if kept == counted {
		return
	}
	star := at.star
	if star == "" {
		star = "all stars"
	}
	finding.Problem = fmt.Sprintf("totals of %s for %s are %d points, %d entries, %d minutes, but the records make %d, %d, %d",
		at.period, star, kept.earned, kept.entries, kept.minutes, counted.earned, counted.entries, counted.minutes)
	v.found(finding)
}

// compareRest tells of figures that records make and for which there is no row.
func (v *verification) compareRest(finding Finding, sums map[slot]figures) {
	rest := make([]slot, 0, len(sums))
	for at := range sums {
		rest = append(rest, at)
	}
	slices.SortFunc(rest, func(a, b slot) int { return strings.Compare(a.period+a.star, b.period+b.star) })
	for _, at := range rest {
		finding.CommunityID = at.communityID
		v.compare(finding, at, figures{}, sums[at])
	}
}

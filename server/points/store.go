package points

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"fivestar/server/db"
	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/region"
)

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *pointsdb.Queries { return pointsdb.New(s.db.Querier(ctx)) }

// errPosted says that the source of a record has been posted before.
var errPosted = errors.New("posted before")

// rowOf gives an entry its form in the ledger, all but the mac: a positive amount from one account to another.
func rowOf(entry Entry) pointsdb.PointsEntry {
	row := pointsdb.PointsEntry{
		ID: entry.ID, CommunityID: entry.RegionID, Amount: entry.Amount, Kind: string(entry.Kind),
		FromAccount: issuingAccount(entry.RegionID, entry.PersonID), ToAccount: personAccount(entry.RegionID, entry.PersonID),
		SourceID: entry.SourceID, Star: string(entry.Star), PersonID: entry.PersonID, Hands: listOfIDs(entry.Hands),
		WitnessID: entry.WitnessID, Memo: entry.Memo, ReversesID: entry.ReversesID,
		At: db.Millis(entry.At), CountedAt: db.Millis(entry.CountedAt),
	}
	if entry.Amount < 0 {
		row.Amount = -entry.Amount
		row.FromAccount, row.ToAccount = row.ToAccount, row.FromAccount
	}
	return row
}

func entryOf(row pointsdb.PointsEntry) Entry {
	entry := Entry{
		ID: row.ID, Amount: row.Amount, Kind: Kind(row.Kind), SourceID: row.SourceID, Star: region.Star(row.Star),
		RegionID: row.CommunityID, At: db.Time(row.At), Memo: row.Memo, ReversesID: row.ReversesID,
		PersonID: row.PersonID, Hands: idsOf(row.Hands), WitnessID: row.WitnessID, CountedAt: db.Time(row.CountedAt),
	}
	if row.FromAccount == personAccount(row.CommunityID, row.PersonID) {
		entry.Amount = -row.Amount
	}
	return entry
}

func entriesOf(rows []pointsdb.PointsEntry) []Entry {
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		entries[i] = entryOf(row)
	}
	return entries
}

func listOfIDs(ids []string) string {
	text, _ := json.Marshal(append([]string{}, ids...)) // strings always have a JSON form
	return string(text)
}

// idsOf reads a list of ids back; one that was tampered with reads as none, and its mac tells.
func idsOf(text string) []string {
	var ids []string
	if json.Unmarshal([]byte(text), &ids) != nil {
		return nil
	}
	return ids
}

func serviceRowOf(record ServiceRecord, now time.Time) pointsdb.PointsService {
	return pointsdb.PointsService{
		ID: db.NewID(), CommunityID: record.CommunityID, PersonID: record.PersonID, Star: string(record.Star),
		Minutes: record.Minutes, SourceID: record.SourceID, Hands: listOfIDs(record.Hands), WitnessID: record.Witness,
		At: db.Millis(record.At), RecordedAt: db.Millis(now),
	}
}

func serviceOf(row pointsdb.PointsService) ServiceRecord {
	return ServiceRecord{
		PersonID: row.PersonID, CommunityID: row.CommunityID, Star: region.Star(row.Star), Minutes: row.Minutes,
		SourceID: row.SourceID, At: db.Time(row.At), Hands: idsOf(row.Hands), Witness: row.WitnessID,
	}
}

// insertEntries adds entries and puts them before the sealing runner; errPosted.
func (s store) insertEntries(ctx context.Context, rows []pointsdb.PointsEntry) error {
	for _, row := range rows {
		err := s.queries(ctx).InsertEntry(ctx, pointsdb.InsertEntryParams(row))
		if db.IsUnique(err) {
			return errPosted
		}
		if err != nil {
			return fmt.Errorf("insert ledger entry: %w", err)
		}
	}
	for _, row := range rows { // after all entries, because a batch stores rows of one kind by one statement
		if err := s.insertUnsealed(ctx, row.CommunityID, row.ID); err != nil {
			return err
		}
	}
	return nil
}

// insertService adds a service record and puts it before the sealing runner; errPosted.
func (s store) insertService(ctx context.Context, row pointsdb.PointsService) error {
	err := s.queries(ctx).InsertService(ctx, pointsdb.InsertServiceParams(row))
	if db.IsUnique(err) {
		return errPosted
	}
	if err != nil {
		return fmt.Errorf("insert service record: %w", err)
	}
	return s.insertUnsealed(ctx, row.CommunityID, row.ID)
}

func (s store) insertUnsealed(ctx context.Context, communityID, id string) error {
	return s.queries(ctx).InsertUnsealed(ctx, pointsdb.InsertUnsealedParams{CommunityID: communityID, RecordID: id})
}

func (s store) entry(ctx context.Context, id string) (Entry, error) {
	row, err := s.queries(ctx).GetEntry(ctx, id)
	if err != nil {
		return Entry{}, fmt.Errorf("ledger entry %q: %w", id, db.Found(err))
	}
	return entryOf(row), nil
}

func (s store) entryOfSource(ctx context.Context, kind Kind, sourceID string) (Entry, error) {
	row, err := s.queries(ctx).GetEntryOfSource(ctx, pointsdb.GetEntryOfSourceParams{Kind: string(kind), SourceID: sourceID})
	if err != nil {
		return Entry{}, fmt.Errorf("ledger entry of %s %q: %w", kind, sourceID, db.Found(err))
	}
	return entryOf(row), nil
}

func (s store) serviceOfSource(ctx context.Context, sourceID string) (pointsdb.PointsService, error) {
	row, err := s.queries(ctx).GetServiceOfSource(ctx, sourceID)
	if err != nil {
		return row, fmt.Errorf("service record of %q: %w", sourceID, db.Found(err))
	}
	return row, nil
}

// entriesOfPerson gives a person's entries in any of the communities, or in all for nil, newest first.
func (s store) entriesOfPerson(ctx context.Context, personID string, communities []string, before string, limit int) ([]Entry, error) {
	if communities == nil {
		rows, err := s.queries(ctx).ListEntriesOfPerson(ctx, pointsdb.ListEntriesOfPersonParams{PersonID: personID, ID: before, Limit: int32(limit)})
		return entriesOf(rows), err
	}
	rows, err := s.queries(ctx).ListEntriesOfPersonIn(ctx, pointsdb.ListEntriesOfPersonInParams{
		PersonID: personID, BeforeID: before, Communities: communities, Limit: int32(limit)})
	return entriesOf(rows), err
}

// reversed tells which of the entries have been reversed.
func (s store) reversed(ctx context.Context, ids []string) (map[string]bool, error) {
	rows, err := s.queries(ctx).ReversalsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("reversals: %w", err)
	}
	reversed := make(map[string]bool, len(rows))
	for _, id := range rows {
		reversed[id] = true
	}
	return reversed, nil
}

// move changes the two balances that an entry moves points between; errShort.
func (s store) move(ctx context.Context, entry Entry) error {
	account := personAccount(entry.RegionID, entry.PersonID)
	if entry.Amount < 0 {
		affected, err := s.queries(ctx).TakeFromBalance(ctx, pointsdb.TakeFromBalanceParams{ID: account, Points: -entry.Amount, Least: -entry.Amount})
		if err := db.One(affected, err, errShort); err != nil {
			return err
		}
	} else if err := s.addToBalance(ctx, account, entry.RegionID, entry.PersonID, entry.Amount); err != nil {
		return err
	}
	return s.addToBalance(ctx, issuingAccount(entry.RegionID, entry.PersonID), entry.RegionID, "", -entry.Amount)
}

// takeTogether takes what entries of one community take: first from the people, then, in sums, for the accounts
// that the community issues from, each in the order of ids; errShort.
func (s store) takeTogether(ctx context.Context, communityID string, entries []Entry) error {
	fromPeople, toCommunity := map[string]int64{}, map[string]int64{}
	for _, entry := range entries {
		fromPeople[personAccount(communityID, entry.PersonID)] -= entry.Amount
		toCommunity[issuingAccount(communityID, entry.PersonID)] -= entry.Amount
	}
	for _, account := range sortedKeys(fromPeople) {
		points := fromPeople[account]
		affected, err := s.queries(ctx).TakeFromBalance(ctx, pointsdb.TakeFromBalanceParams{ID: account, Points: points, Least: points})
		if err := db.One(affected, err, errShort); err != nil {
			return err
		}
	}
	for _, account := range sortedKeys(toCommunity) {
		if err := s.addToBalance(ctx, account, communityID, "", toCommunity[account]); err != nil {
			return err
		}
	}
	return nil
}

// addToBalance opens the account with the first posting to it.
func (s store) addToBalance(ctx context.Context, id, communityID, personID string, points int64) error {
	add := pointsdb.AddToBalanceParams{Points: points, ID: id}
	affected, err := s.queries(ctx).AddToBalance(ctx, add)
	if err != nil || affected == 1 {
		return err
	}
	err = s.queries(ctx).InsertAccount(ctx, pointsdb.InsertAccountParams{ID: id, CommunityID: communityID, PersonID: personID, Balance: points})
	if !db.IsUnique(err) {
		return err
	}
	affected, err = s.queries(ctx).AddToBalance(ctx, add) // somebody else has just opened it
	return db.One(affected, err, fmt.Errorf("account %s was not found", id))
}

// addTotals adds a record to its person's figures. Nearly always all rows are there, and one update does it.
func (s store) addTotals(ctx context.Context, t total) error {
	periods, stars := periodsOf(t.at), starsOf(t.star)
	affected, err := s.queries(ctx).AddToTotals(ctx, pointsdb.AddToTotalsParams{
		Earned: t.earned, Entries: t.entries, Minutes: t.minutes,
		PersonID: t.personID, CommunityID: t.communityID, Periods: periods, Stars: stars,
	})
	if err != nil {
		return fmt.Errorf("add to totals: %w", err)
	}
	if affected == int64(len(periods)*len(stars)) {
		return nil
	}
	return s.addMissingTotals(ctx, t, periods, affected)
}

// addMissingTotals makes the rows of figures that are not there yet, as they are after t, which has been added to as
// many rows as added. A row may have come between that and now, without t; when nobody can tell which it is, nothing
// is stored and the answer is db.ErrBusy.
func (s store) addMissingTotals(ctx context.Context, t total, periods []string, added int64) error {
	there, err := s.queries(ctx).TotalsOfPerson(ctx, pointsdb.TotalsOfPersonParams{PersonID: t.personID, Periods: periods})
	if err != nil {
		return fmt.Errorf("totals of a person: %w", err)
	}
	known := make(map[slot]bool, len(there))
	for _, row := range there {
		known[slot{row.CommunityID, row.Period, row.Star}] = true
	}
	slots := t.slots()
	missing := slices.DeleteFunc(slices.Clone(slots), func(at slot) bool { return known[at] })
	if added == 0 {
		missing = slots // of those that are there, none has t
	} else if len(missing)+int(added) != len(slots) {
		return fmt.Errorf("somebody else made totals of person %q at this moment: %w", t.personID, db.ErrBusy)
	}
	for _, missing := range missing {
		if err := s.makeTotal(ctx, t, missing); err != nil {
			return err
		}
	}
	return nil
}

func (s store) makeTotal(ctx context.Context, t total, missing slot) error {
	err := s.queries(ctx).InsertTotal(ctx, pointsdb.InsertTotalParams{
		PersonID: t.personID, CommunityID: t.communityID, Period: missing.period, Star: missing.star,
		Earned: t.earned, Entries: t.entries, Minutes: t.minutes,
	})
	if !db.IsUnique(err) {
		return err
	}
	affected, err := s.queries(ctx).AddToTotals(ctx, pointsdb.AddToTotalsParams{ // somebody else has just made it
		Earned: t.earned, Entries: t.entries, Minutes: t.minutes,
		PersonID: t.personID, CommunityID: t.communityID, Periods: []string{missing.period}, Stars: []string{missing.star},
	})
	return db.One(affected, err, fmt.Errorf("totals of %s were not found", t.personID))
}

// addCommunityTotals adds records of a community to its figures, and to those of the regions above it, each row
// of them once, and counts again who has earned anything.
func (s store) addCommunityTotals(ctx context.Context, community region.Region, totals []total) error {
	sums := map[slot]figures{}
	for _, t := range totals {
		for _, slot := range t.slots() {
			sums[slot] = sums[slot].plus(t.figures)
		}
	}
	var periods []string
	for at, sum := range sums {
		periods = append(periods, at.period)
		if err := s.addAreaTotals(ctx, region.Above(community.Path), at, sum); err != nil {
			return err
		}
		affected, err := s.queries(ctx).AddToCommunityTotals(ctx, pointsdb.AddToCommunityTotalsParams{
			Earned: sum.earned, Entries: sum.entries, Minutes: sum.minutes, CommunityID: at.communityID, Period: at.period, Star: at.star})
		if err == nil && affected == 0 {
			err = s.queries(ctx).InsertCommunityTotal(ctx, pointsdb.InsertCommunityTotalParams{
				CommunityID: at.communityID, Period: at.period, Star: at.star, Earned: sum.earned, Entries: sum.entries, Minutes: sum.minutes})
		}
		if err != nil {
			return fmt.Errorf("add to a community's totals: %w", err)
		}
	}
	if len(periods) == 0 {
		return nil
	}
	slices.Sort(periods)
	return s.queries(ctx).CountEarners(ctx, pointsdb.CountEarnersParams{CommunityID: community.ID, Periods: slices.Compact(periods)})
}

// addAreaTotals adds to the figures of regions. Nearly always all rows are there, and one update does it.
// errOvertaken when another runner has made a row since that update, which the sum is not in.
func (s store) addAreaTotals(ctx context.Context, regionIDs []string, at slot, sum figures) error {
	affected, err := s.queries(ctx).AddToAreaTotals(ctx, pointsdb.AddToAreaTotalsParams{
		Earned: sum.earned, Entries: sum.entries, Minutes: sum.minutes, Regions: regionIDs, Period: at.period, Star: at.star})
	if err != nil {
		return fmt.Errorf("add to the totals of regions: %w", err)
	}
	if affected == int64(len(regionIDs)) {
		return nil
	}
	there, err := s.queries(ctx).AreaTotalsAt(ctx, pointsdb.AreaTotalsAtParams{Regions: regionIDs, Period: at.period, Star: at.star})
	if err != nil {
		return fmt.Errorf("totals of regions: %w", err)
	}
	if int64(len(there)) != affected {
		return errOvertaken
	}
	for _, id := range regionIDs {
		if slices.ContainsFunc(there, func(row pointsdb.PointsAreaTotal) bool { return row.RegionID == id }) {
			continue
		}
		err := s.queries(ctx).InsertAreaTotal(ctx, pointsdb.InsertAreaTotalParams{RegionID: id, Period: at.period, Star: at.star,
			Earned: sum.earned, Entries: sum.entries, Minutes: sum.minutes})
		if err != nil {
			return fmt.Errorf("totals of a region: %w", err)
		}
	}
	return nil
}

// records gives those of the entries and service records that are there, by id.
func (s store) records(ctx context.Context, ids []string) (map[string]record, error) {
	return recordsOf(ctx, s.queries(ctx), ids)
}

func recordsOf(ctx context.Context, queries *pointsdb.Queries, ids []string) (map[string]record, error) {
	entries, err := queries.GetEntries(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("ledger entries: %w", err)
	}
	services, err := queries.GetServices(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("service records: %w", err)
	}
	found := make(map[string]record, len(ids))
	for _, row := range entries {
		found[row.ID] = recordOfEntry(row)
	}
	for _, row := range services {
		found[row.ID] = recordOfService(row)
	}
	return found, nil
}

// insertSeals adds many seals in one statement, because the time to seal a batch is that of its round trips.
func (s store) insertSeals(ctx context.Context, seals []pointsdb.PointsSeal) error {
	const columns = "(?, ?, ?, ?, ?)"
	arguments := make([]any, 0, len(seals)*strings.Count(columns, "?"))
	for _, seal := range seals {
		arguments = append(arguments, seal.CommunityID, seal.Number, seal.RecordID, seal.PreviousHash, seal.Hash)
	}
	statement := "INSERT INTO points_seal (community_id, number, record_id, previous_hash, hash) VALUES " +
		columns + strings.Repeat(", "+columns, len(seals)-1)
	if _, err := s.db.Querier(ctx).ExecContext(ctx, statement, arguments...); err != nil {
		return fmt.Errorf("insert seals: %w", err)
	}
	return nil
}

// chain gives the end of a chain, with number 0 for one that has not begun.
func (s store) chain(ctx context.Context, communityID string) (pointsdb.PointsChain, error) {
	row, err := s.queries(ctx).GetChain(ctx, communityID)
	if errors.Is(err, sql.ErrNoRows) {
		return pointsdb.PointsChain{CommunityID: communityID}, nil
	}
	if err != nil {
		return row, fmt.Errorf("end of the chain: %w", err)
	}
	return row, nil
}

// saveChain moves the end of a chain; errOvertaken when it is no longer where it was.
func (s store) saveChain(ctx context.Context, from, to pointsdb.PointsChain) error {
	if from.Number == 0 {
		err := s.queries(ctx).InsertChain(ctx, pointsdb.InsertChainParams(to))
		if db.IsUnique(err) {
			return errOvertaken
		}
		return err
	}
	affected, err := s.queries(ctx).AdvanceChain(ctx, pointsdb.AdvanceChainParams{
		Number: to.Number, Hash: to.Hash, Mac: to.Mac, CommunityID: to.CommunityID, FromNumber: from.Number})
	return db.One(affected, err, errOvertaken)
}

// balances gives the balances of people in a community; who has no account is not in it.
func (s store) balances(ctx context.Context, communityID string, people []string) (map[string]int64, error) {
	ids := make([]string, len(people))
	for i, id := range people {
		ids[i] = personAccount(communityID, id)
	}
	rows, err := s.queries(ctx).GetAccounts(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("balances: %w", err)
	}
	balances := make(map[string]int64, len(rows))
	for _, row := range rows {
		balances[row.PersonID] = row.Balance
	}
	return balances, nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func adjustmentOf(row pointsdb.PointsAdjustment) Adjustment {
	return Adjustment{
		ID: row.ID, State: AdjustmentState(row.State), PersonID: row.PersonID, RegionID: row.CommunityID, Amount: row.Amount,
		Reason: row.Reason, ProposedBy: row.ProposedBy, ProposedAt: db.Time(row.ProposedAt),
		DecidedBy: row.DecidedBy, DecidedAt: db.Time(row.DecidedAt),
	}
}

func adjustmentsOf(rows []pointsdb.PointsAdjustment) []Adjustment {
	adjustments := make([]Adjustment, len(rows))
	for i, row := range rows {
		adjustments[i] = adjustmentOf(row)
	}
	return adjustments
}

func (s store) adjustment(ctx context.Context, id string) (Adjustment, error) {
	row, err := s.queries(ctx).GetAdjustment(ctx, id)
	if err != nil {
		return Adjustment{}, fmt.Errorf("adjustment %q: %w", id, db.Found(err))
	}
	return adjustmentOf(row), nil
}

func (s store) adjustmentsBelow(ctx context.Context, top region.Region, state AdjustmentState, before string, limit int) ([]Adjustment, error) {
	from, to := region.PathRange(top.Path)
	rows, err := s.queries(ctx).ListAdjustments(ctx, pointsdb.ListAdjustmentsParams{
		FromPath: from, ToPath: to, State: string(state), BeforeID: before, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list adjustments: %w", err)
	}
	return adjustmentsOf(rows), nil
}

func (s store) insertAdjustment(ctx context.Context, a Adjustment) error {
	return s.queries(ctx).InsertAdjustment(ctx, pointsdb.InsertAdjustmentParams{
		ID: a.ID, CommunityID: a.RegionID, PersonID: a.PersonID, Amount: a.Amount, Reason: a.Reason,
		State: string(a.State), ProposedBy: a.ProposedBy, ProposedAt: db.Millis(a.ProposedAt),
	})
}

// decideAdjustment stores a decision over the state it was made from; errDecided when somebody else was
// faster.
func (s store) decideAdjustment(ctx context.Context, from AdjustmentState, decided Adjustment) error {
	affected, err := s.queries(ctx).DecideAdjustment(ctx, pointsdb.DecideAdjustmentParams{
		State: string(decided.State), DecidedBy: decided.DecidedBy, DecidedAt: db.Millis(decided.DecidedAt),
		ID: decided.ID, FromState: string(from),
	})
	return db.One(affected, err, errDecided)
}

// reserve takes an adjustment's points from what its community may adjust on the day it is proposed, up and
// down alike: most points a day. 409 points.daily_limit.
func (s store) reserve(ctx context.Context, a Adjustment, most int64) error {
	points, day := max(a.Amount, -a.Amount), string(PeriodOf(Day, a.ProposedAt))
	if points > most {
		return dailyLimit(most)
	}
	add := pointsdb.AddToAdjustmentDayParams{Points: points, CommunityID: a.RegionID, Day: day, Most: most - points}
	affected, err := s.queries(ctx).AddToAdjustmentDay(ctx, add)
	if err != nil || affected == 1 {
		return err
	}
	err = s.queries(ctx).InsertAdjustmentDay(ctx, pointsdb.InsertAdjustmentDayParams{CommunityID: a.RegionID, Day: day, Points: points})
	if !db.IsUnique(err) {
		return err
	}
	affected, err = s.queries(ctx).AddToAdjustmentDay(ctx, add) // the day had begun, or has just begun
	return db.One(affected, err, dailyLimit(most))
}

// release gives back what reserve took.
func (s store) release(ctx context.Context, a Adjustment) error {
	points := max(a.Amount, -a.Amount)
	affected, err := s.queries(ctx).AddToAdjustmentDay(ctx, pointsdb.AddToAdjustmentDayParams{
		Points: -points, CommunityID: a.RegionID, Day: string(PeriodOf(Day, a.ProposedAt)), Most: math.MaxInt64})
	return db.One(affected, err, fmt.Errorf("the day of adjustment %s was not found", a.ID))
}

func (s store) livesIn(ctx context.Context, personID, communityID string) (bool, error) {
	count, err := s.queries(ctx).CountAtHome(ctx, pointsdb.CountAtHomeParams{ID: personID, HomeCommunityID: communityID})
	if err != nil {
		return false, fmt.Errorf("home of a person: %w", err)
	}
	return count > 0, nil
}

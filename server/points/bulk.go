package points

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fivestar/server/db"
	"fivestar/server/points/internal/pointsdb"
)

// Past is a posting of an earlier time, with the service that the points were for.
type Past struct {
	Posting
	At time.Time
	// Minutes of service are recorded under the posting's source; 0 records none.
	Minutes int64
}

// errKnown says that an import met what is in the ledger already.
var errKnown = errors.New("points: the ledger knows one of the people or sources already")

// Import brings a community's postings of earlier times into the ledger, in one transaction: it writes what
// Credit, RecordService and Seal would have written then, by the same rules, but many rows at a time. The people
// must be new to the ledger, and no two calls may bring in the same person: the second fails and changes nothing.
func (s *Service) Import(ctx context.Context, communityID string, past []Past) error {
	past = slices.Clone(past)
	slices.SortStableFunc(past, func(a, b Past) int { return cmp.Or(strings.Compare(a.PersonID, b.PersonID), a.At.Compare(b.At)) })
	if err := checkPast(communityID, past); err != nil {
		return err
	}
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		batch := s.bulkOf(communityID, past)
		if err := batch.insert(ctx, s.store()); err != nil {
			return err
		}
		return s.sealBulk(ctx, batch)
	})
	if db.IsUnique(err) {
		return fmt.Errorf("%w: %w", errKnown, err)
	}
	return err
}

func checkPast(communityID string, past []Past) error {
	for _, one := range past {
		if err := one.check(creditKinds); err != nil {
			return err
		}
		if one.CommunityID != communityID || one.At.IsZero() || one.Minutes < 0 || one.Minutes > maxAmount {
			return fmt.Errorf("points: import of source %q into community %s", one.SourceID, communityID)
		}
		if err := twoWitnesses(one.PersonID, one.Hands, one.Witness); err != nil {
			return err
		}
	}
	return nil
}

// bulk are the rows of an import, each kind in the order of its primary key, which is quickest to write.
type bulk struct {
	communityID string
	entries     []pointsdb.PointsEntry
	services    []pointsdb.PointsService
	totals      []pointsdb.PointsTotal
	accounts    []pointsdb.PointsAccount
	issued      map[string]int64 // by account that it was issued from
	records     []sealable
}

// sealable is a record that waits for its seal.
type sealable struct {
	id    string
	parts []string
	total total
}

// bulkOf makes the rows of postings that are in the order of people and times.
func (s *Service) bulkOf(communityID string, past []Past) *bulk {
	made := &bulk{communityID: communityID, issued: map[string]int64{}}
	for len(past) > 0 {
		personID := past[0].PersonID
		end := slices.IndexFunc(past, func(one Past) bool { return one.PersonID != personID })
		if end < 0 {
			end = len(past)
		}
		s.addPerson(made, personID, past[:end])
		past = past[end:]
	}
	return made
}

func (s *Service) addPerson(made *bulk, personID string, past []Past) {
	balance, sums := int64(0), map[slot]figures{}
	for _, one := range past {
		records := []sealable{s.addEntry(made, one)}
		if one.Minutes > 0 {
			records = append(records, s.addService(made, one))
		}
		for _, record := range records {
			for _, slot := range record.total.slots() {
				sums[slot] = sums[slot].plus(record.total.figures)
			}
		}
		made.records = append(made.records, records...)
		balance += one.Amount
	}
	made.accounts = append(made.accounts, pointsdb.PointsAccount{ID: personAccount(made.communityID, personID),
		CommunityID: made.communityID, PersonID: personID, Balance: balance})
	made.issued[issuingAccount(made.communityID, personID)] += balance
	made.totals = append(made.totals, totalRows(personID, sums)...)
}

func (s *Service) addEntry(made *bulk, one Past) sealable {
	entry := Entry{
		ID: db.NewID(), Amount: one.Amount, Kind: one.Kind, SourceID: one.SourceID, Star: one.Star, RegionID: one.CommunityID,
		At: one.At, Memo: cut(one.Memo, maxMemo), PersonID: one.PersonID, Hands: one.Hands, WitnessID: one.Witness,
		CountedAt: counted(one.Kind, one.At),
	}
	row := rowOf(entry)
	parts := entryParts(row)
	row.Mac = s.mac(parts)
	made.entries = append(made.entries, row)
	return sealable{row.ID, parts, totalOf(entry)}
}

func (s *Service) addService(made *bulk, one Past) sealable {
	row := serviceRowOf(ServiceRecord{PersonID: one.PersonID, CommunityID: one.CommunityID, Star: one.Star, Minutes: one.Minutes,
		SourceID: one.SourceID, At: one.At, Hands: one.Hands, Witness: one.Witness}, one.At)
	parts := serviceParts(row)
	row.Mac = s.mac(parts)
	made.services = append(made.services, row)
	return sealable{row.ID, parts, totalOfService(row)}
}

func totalRows(personID string, sums map[slot]figures) []pointsdb.PointsTotal {
	rows := make([]pointsdb.PointsTotal, 0, len(sums))
	for at, sum := range sums {
		rows = append(rows, pointsdb.PointsTotal{PersonID: personID, CommunityID: at.communityID, Period: at.period, Star: at.star,
			Earned: sum.earned, Entries: sum.entries, Minutes: sum.minutes})
	}
	slices.SortFunc(rows, func(a, b pointsdb.PointsTotal) int {
		return cmp.Or(strings.Compare(a.Period, b.Period), strings.Compare(a.Star, b.Star))
	})
	return rows
}

func (b *bulk) insert(ctx context.Context, s store) error {
	err := db.InsertRows(ctx, s.db, "points_entry (id, community_id, from_account, to_account, amount, kind, source_id, star, person_id, hands, witness_id, memo, reverses_id, at, counted_at, mac)",
		b.entries, func(r pointsdb.PointsEntry) []any {
			return []any{r.ID, r.CommunityID, r.FromAccount, r.ToAccount, r.Amount, r.Kind, r.SourceID, r.Star, r.PersonID, r.Hands, r.WitnessID, r.Memo, r.ReversesID, r.At, r.CountedAt, r.Mac}
		})
	if err != nil {
		return err
	}
	err = db.InsertRows(ctx, s.db, "points_service (id, community_id, person_id, star, minutes, source_id, hands, witness_id, at, recorded_at, mac)",
		b.services, func(r pointsdb.PointsService) []any {
			return []any{r.ID, r.CommunityID, r.PersonID, r.Star, r.Minutes, r.SourceID, r.Hands, r.WitnessID, r.At, r.RecordedAt, r.Mac}
		})
	if err != nil {
		return err
	}
	err = db.InsertRows(ctx, s.db, "points_total (person_id, community_id, period, star, earned, entries, minutes)",
		b.totals, func(r pointsdb.PointsTotal) []any {
			return []any{r.PersonID, r.CommunityID, r.Period, r.Star, r.Earned, r.Entries, r.Minutes}
		})
	if err != nil {
		return err
	}
	err = db.InsertRows(ctx, s.db, "points_account (id, community_id, person_id, balance)",
		b.accounts, func(r pointsdb.PointsAccount) []any { return []any{r.ID, r.CommunityID, r.PersonID, r.Balance} })
	if err != nil {
		return err
	}
	for _, account := range sortedKeys(b.issued) {
		if err := s.addToBalance(ctx, account, b.communityID, "", -b.issued[account]); err != nil {
			return err
		}
	}
	return nil
}

// sealBulk seals the records in their order and adds them to the community's totals.
func (s *Service) sealBulk(ctx context.Context, batch *bulk) error {
	before, err := s.chain(ctx, batch.communityID)
	if err != nil || len(batch.records) == 0 {
		return err
	}
	end := before
	seals, totals := make([]pointsdb.PointsSeal, len(batch.records)), make([]total, len(batch.records))
	for i, record := range batch.records {
		previous := end.Hash
		end.Number++
		end.Hash = sealHash(previous, end.Number, record.parts)
		seals[i] = pointsdb.PointsSeal{CommunityID: batch.communityID, Number: end.Number, RecordID: record.id, PreviousHash: previous, Hash: end.Hash}
		totals[i] = record.total
	}
	for some := range slices.Chunk(seals, db.RowsAtOnce) {
		if err := s.store().insertSeals(ctx, some); err != nil {
			return err
		}
	}
	if err := s.moveEnd(ctx, before, end); err != nil {
		return err
	}
	return s.addCommunityTotals(ctx, batch.communityID, totals)
}

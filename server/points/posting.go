package points

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/points/internal/pointsdb"
)

// Credit gives points to a person, once per kind and source: asked again for the same source, it gives the
// entry that is there and posts nothing. The kind is KindClaim, KindCheckin, KindTicket or KindAdjustment.
// 403 review.own_work unless the witness is somebody other than the person and the hands. An error must end
// the transaction that it happened in.
func (s *Service) Credit(ctx context.Context, posting Posting) (Entry, error) {
	if err := posting.check(creditKinds); err != nil {
		return Entry{}, err
	}
	if err := twoWitnesses(posting.PersonID, posting.Hands, posting.Witness); err != nil {
		return Entry{}, err
	}
	return s.post(ctx, posting, posting.Amount)
}

// Debit takes points from a person, once per kind and source, as Credit gives them. The kind is
// KindRedemption, which needs no witness, because people spend their own, or KindAdjustment. 409 points.short
// when the person has fewer in that community. An error must end the transaction that it happened in.
func (s *Service) Debit(ctx context.Context, posting Posting) (Entry, error) {
	if err := posting.check(debitKinds); err != nil {
		return Entry{}, err
	}
	if posting.Kind != KindRedemption {
		if err := twoWitnesses(posting.PersonID, posting.Hands, posting.Witness); err != nil {
			return Entry{}, err
		}
	}
	return s.post(ctx, posting, -posting.Amount)
}

// DebitTogether takes points from many people of one community for what they redeem, as Debit takes them from
// each, all or none. It changes accounts in one order, whoever calls, so that two such calls do not stop each
// other; and it only writes, so that it may stand in a batch. 409 points.short.
func (s *Service) DebitTogether(ctx context.Context, communityID string, postings []Posting) error {
	for _, posting := range postings {
		if err := posting.check([]Kind{KindRedemption}); err != nil {
			return err
		}
		if posting.CommunityID != communityID {
			return fmt.Errorf("points: a posting of community %s among those of %s", posting.CommunityID, communityID)
		}
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		entries := make([]Entry, len(postings))
		rows := make([]pointsdb.PointsEntry, len(postings))
		for i, posting := range postings {
			entries[i] = s.newEntry(posting, -posting.Amount)
			rows[i] = s.rowWithMac(entries[i])
		}
		if err := s.store().insertEntries(ctx, rows); err != nil {
			return err
		}
		return s.store().takeTogether(ctx, communityID, entries)
	})
}

// GiveBack reverses what was taken for a redemption, once: asked again, it gives the reversal that is there. An
// error must end the transaction that it happened in.
func (s *Service) GiveBack(ctx context.Context, redemptionID, memo string, hands []string) (reversal Entry, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		taken, err := s.store().entryOfSource(ctx, KindRedemption, redemptionID)
		if err != nil {
			return err
		}
		reversal, err = s.Reverse(ctx, taken.ID, memo, hands)
		return err
	})
	return reversal, err
}

// check finds postings that no room should ask for; what people type has been checked by the room.
func (p Posting) check(kinds []Kind) error {
	switch {
	case !slices.Contains(kinds, p.Kind):
		return fmt.Errorf("points: %q is not posted this way", p.Kind)
	case p.PersonID == "" || p.CommunityID == "":
		return errors.New("points: a posting needs a person and a community")
	case p.Amount <= 0 || p.Amount > maxAmount:
		return fmt.Errorf("points: a posting of %d points", p.Amount)
	case p.SourceID == "" || len(p.SourceID) > maxSource:
		return fmt.Errorf("points: source id %q", p.SourceID)
	}
	return nil
}

// post writes a posting that gives amount to the person, or takes it when below zero.
func (s *Service) post(ctx context.Context, posting Posting, amount int64) (posted Entry, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		posted, err = s.write(ctx, s.newEntry(posting, amount))
		if errors.Is(err, errPosted) {
			posted, err = s.store().entryOfSource(ctx, posting.Kind, posting.SourceID)
			return err
		}
		if err != nil || posting.Kind == KindRedemption { // who redeems knows
			return err
		}
		return s.tellPosted(ctx, posted)
	})
	return posted, err
}

// newEntry is an entry for a posting that gives amount to the person, or takes it when below zero.
func (s *Service) newEntry(posting Posting, amount int64) Entry {
	now := s.DB.Now()
	return Entry{
		ID: db.NewID(), Amount: amount, Kind: posting.Kind, SourceID: posting.SourceID, Star: posting.Star,
		RegionID: posting.CommunityID, At: now, Memo: cut(posting.Memo, maxMemo), PersonID: posting.PersonID,
		Hands: posting.Hands, WitnessID: posting.Witness, CountedAt: counted(posting.Kind, now),
	}
}

// insert adds an entry to the ledger, signed; errPosted.
func (s *Service) insert(ctx context.Context, entry Entry) error {
	return s.store().insertEntries(ctx, []pointsdb.PointsEntry{s.rowWithMac(entry)})
}

func (s *Service) rowWithMac(entry Entry) pointsdb.PointsEntry {
	row := rowOf(entry)
	row.Mac = s.mac(entryParts(row))
	return row
}

// write adds an entry, moves the balances and keeps the totals, in the transaction of ctx. errPosted, with
// nothing written, when the source has been posted before.
func (s *Service) write(ctx context.Context, entry Entry) (Entry, error) {
	if err := s.insert(ctx, entry); err != nil {
		return Entry{}, err
	}
	if err := s.store().move(ctx, entry); err != nil {
		return Entry{}, err
	}
	if entry.CountedAt.IsZero() {
		return entry, nil
	}
	if err := s.store().addTotals(ctx, totalOf(entry)); err != nil {
		return Entry{}, err
	}
	return entry, s.moveInRankings(ctx, totalOf(entry))
}

// Reverse takes an entry back by one of its own, for a room whose thing is undone; it may be any kind but a
// reversal. Asked again, it gives the reversal that is there. The caller has checked that it may be done.
// 409 points.short when the person has spent what would be taken. An error must end the transaction that it
// happened in.
func (s *Service) Reverse(ctx context.Context, entryID, memo string, hands []string) (reversal Entry, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		entry, err := s.store().entry(ctx, entryID)
		if err != nil {
			return err
		}
		if entry.Kind == KindReversal {
			return errNotReversible
		}
		reversal, err = s.reverse(ctx, entry, memo, hands)
		if errors.Is(err, errPosted) {
			reversal, err = s.store().entryOfSource(ctx, KindReversal, entry.ID)
		}
		return err
	})
	return reversal, err
}

// reverse posts the opposite of an entry, at once per entry: the source of a reversal is what it reverses.
func (s *Service) reverse(ctx context.Context, entry Entry, memo string, hands []string) (Entry, error) {
	reversal, err := s.write(ctx, Entry{
		ID: db.NewID(), Amount: -entry.Amount, Kind: KindReversal, SourceID: entry.ID, Star: entry.Star,
		RegionID: entry.RegionID, At: s.DB.Now(), Memo: cut(memo, maxMemo), ReversesID: entry.ID,
		PersonID: entry.PersonID, Hands: hands, CountedAt: entry.CountedAt,
	})
	if err != nil || entry.Kind == KindRedemption { // the room that took it back tells of that
		return reversal, err
	}
	return reversal, s.tellPosted(ctx, reversal)
}

// RecordService counts service minutes, once per source; none are no record. 403 review.own_work unless the
// witness is somebody other than the person and the hands. An error must end the transaction that it
// happened in.
func (s *Service) RecordService(ctx context.Context, record ServiceRecord) error {
	if record.Minutes == 0 {
		return nil
	}
	if err := record.check(); err != nil {
		return err
	}
	if err := twoWitnesses(record.PersonID, record.Hands, record.Witness); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		err := s.writeService(ctx, record)
		if errors.Is(err, errPosted) {
			return nil
		}
		return err
	})
}

func (r ServiceRecord) check() error {
	switch {
	case r.PersonID == "" || r.CommunityID == "" || r.At.IsZero():
		return errors.New("points: a service record needs a person, a community and a time")
	case r.Minutes < 0 || r.Minutes > maxAmount:
		return fmt.Errorf("points: a service of %d minutes", r.Minutes)
	case r.SourceID == "" || len(r.SourceID) > maxSource:
		return fmt.Errorf("points: source id %q", r.SourceID)
	}
	return nil
}

// writeService adds a service record and keeps the totals, in the transaction of ctx. errPosted, with nothing
// written, when the source has been recorded before.
func (s *Service) writeService(ctx context.Context, record ServiceRecord) error {
	row := serviceRowOf(record, s.DB.Now())
	row.Mac = s.mac(serviceParts(row))
	if err := s.store().insertService(ctx, row); err != nil {
		return err
	}
	return s.store().addTotals(ctx, totalOfService(row))
}

// takeBackService records as many minutes below zero as were recorded for a source, if there were any.
func (s *Service) takeBackService(ctx context.Context, sourceID string, hands []string) error {
	row, err := s.store().serviceOfSource(ctx, sourceID)
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	record := serviceOf(row)
	record.Minutes, record.SourceID = -record.Minutes, takenBack+row.ID
	record.Hands, record.Witness = hands, ""
	return s.writeService(ctx, record)
}

// takenBack stands before the id of a service record in the source of the one that takes it back.
const takenBack = "reversal:"

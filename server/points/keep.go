package points

import (
	"context"
	"fmt"

	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/web"
)

// Kept is all that the room keeps about a person, for their own export.
type Kept struct {
	Accounts    []Account       `json:"accounts"`
	Entries     []Entry         `json:"entries"`
	Services    []ServiceRecord `json:"services"`
	Adjustments []Adjustment    `json:"adjustments"`
	Disputes    []Dispute       `json:"disputes"`
	// Acts is what the person said in disputes of others: helped, answered, decided.
	Acts []actOnDispute `json:"acts_on_disputes_of_others"`
}

type actOnDispute struct {
	DisputeID string `json:"dispute_id"`
	DisputeEvent
}

// keptBatch is how many rows are read at a time.
const keptBatch = 1000

// Export gives all that the room keeps about a person.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	accounts, err := s.accounts(ctx, personID)
	if err != nil {
		return nil, err
	}
	kept := Kept{Accounts: accounts, Entries: []Entry{}, Services: []ServiceRecord{}, Adjustments: []Adjustment{}}
	for before := web.LastID; ; before = kept.Entries[len(kept.Entries)-1].ID {
		more, err := s.store().entriesOfPerson(ctx, personID, nil, before, keptBatch)
		if err != nil {
			return nil, fmt.Errorf("entries of a person: %w", err)
		}
		if err := s.complete(ctx, more); err != nil {
			return nil, err
		}
		kept.Entries = append(kept.Entries, more...)
		if len(more) < keptBatch {
			break
		}
	}
	for after := ""; ; {
		rows, err := s.store().queries(ctx).ListServicesOfPerson(ctx, pointsdb.ListServicesOfPersonParams{PersonID: personID, ID: after, Limit: keptBatch})
		if err != nil {
			return nil, fmt.Errorf("service records of a person: %w", err)
		}
		for _, row := range rows {
			kept.Services = append(kept.Services, serviceOf(row))
			after = row.ID
		}
		if len(rows) < keptBatch {
			break
		}
	}
	for before := web.LastID; ; {
		rows, err := s.store().queries(ctx).ListAdjustmentsOfPerson(ctx, pointsdb.ListAdjustmentsOfPersonParams{PersonID: personID, ID: before, Limit: keptBatch})
		if err != nil {
			return nil, fmt.Errorf("adjustments of a person: %w", err)
		}
		for _, row := range rows {
			kept.Adjustments = append(kept.Adjustments, adjustmentOf(row))
			before = row.ID
		}
		if len(rows) < keptBatch {
			break
		}
	}
	if err := s.nameAll(ctx, kept.Adjustments); err != nil {
		return nil, err
	}
	if kept.Disputes, err = s.allDisputesOf(ctx, personID); err != nil {
		return nil, err
	}
	kept.Acts, err = s.actsOnDisputes(ctx, personID)
	return kept, err
}

func (s *Service) allDisputesOf(ctx context.Context, personID string) ([]Dispute, error) {
	all := []Dispute{}
	for before := web.LastID; ; before = all[len(all)-1].ID {
		more, err := s.store().disputesOfPerson(ctx, personID, before, keptBatch)
		if err != nil {
			return nil, err
		}
		if err := s.tellDisputes(ctx, more); err != nil {
			return nil, err
		}
		all = append(all, more...)
		if len(more) < keptBatch {
			return all, nil
		}
	}
}

func (s *Service) actsOnDisputes(ctx context.Context, personID string) ([]actOnDispute, error) {
	all := []actOnDispute{}
	for after := ""; ; after = all[len(all)-1].ID {
		rows, err := s.store().queries(ctx).DisputeEventsOfOthers(ctx, pointsdb.DisputeEventsOfOthersParams{
			InvolvedID: personID, AfterID: after, Limit: keptBatch})
		if err != nil {
			return nil, fmt.Errorf("acts on disputes of others: %w", err)
		}
		events, err := s.store().withCorrections(ctx, rows)
		if err != nil {
			return nil, err
		}
		for _, event := range events {
			all = append(all, actOnDispute{DisputeID: event.disputeID, DisputeEvent: event})
		}
		if len(rows) < keptBatch {
			return all, nil
		}
	}
}

// Erase ends what is still open about a person who leaves, and removes every text from the timelines of their
// disputes, in the transaction of ctx. The ledger holds nothing but the id, which stays as a pseudonym.
func (s *Service) Erase(ctx context.Context, personID string) error {
	if err := s.rejectAdjustmentsOf(ctx, personID); err != nil {
		return fmt.Errorf("end adjustments of a person: %w", err)
	}
	queries := s.store().queries(ctx)
	if err := queries.WithdrawDisputesOfPerson(ctx, personID); err != nil {
		return fmt.Errorf("end disputes of a person: %w", err)
	}
	if err := queries.BlankTextsOnDisputesOf(ctx, personID); err != nil {
		return fmt.Errorf("blank the texts of a person's disputes: %w", err)
	}
	ids, err := queries.DisputeIDsOfPerson(ctx, personID)
	if err != nil {
		return fmt.Errorf("disputes of a person: %w", err)
	}
	return s.Audit.Blank(ctx, auditedDispute, ids)
}

// rejectAdjustmentsOf ends what waits for a second officer's word, and gives the day's room back. Nobody has decided it.
func (s *Service) rejectAdjustmentsOf(ctx context.Context, personID string) error {
	rows, err := s.store().queries(ctx).PendingAdjustmentsOfPerson(ctx, personID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		rejected := adjustmentOf(row)
		rejected.State, rejected.DecidedAt = Rejected, s.DB.Now()
		if err := s.store().decideAdjustment(ctx, Pending, rejected); err != nil {
			return err
		}
		if err := s.store().release(ctx, rejected); err != nil {
			return err
		}
	}
	return nil
}

// HistoryAmong gives those of at most a few hundred people whom the ledger knows.
func (s *Service) HistoryAmong(ctx context.Context, ids []string) ([]string, error) {
	return s.store().queries(ctx).PeopleWithHistory(ctx, ids)
}

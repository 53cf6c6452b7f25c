package task

import (
	"context"
	"fmt"

	"fivestar/server/task/internal/taskdb"
	"fivestar/server/web"
)

// personal is all that the room keeps about a person.
type personal struct {
	Claims []Claim `json:"claims"`
	// Acts is what the person did to claims of others: helped, reviewed, decided.
	Acts []actOnOther `json:"acts_on_claims_of_others"`
}

type actOnOther struct {
	ClaimID string `json:"claim_id"`
	Event
}

// Export gives all that is kept about a person.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	claims, err := s.allClaimsOf(ctx, personID)
	if err != nil {
		return nil, err
	}
	acts, err := s.actsOnOthers(ctx, personID)
	return personal{Claims: claims, Acts: acts}, err
}

func (s *Service) allClaimsOf(ctx context.Context, personID string) ([]Claim, error) {
	all := []Claim{}
	for before := web.LastID; ; {
		claims, err := s.store().claimsOfPerson(ctx, personID, "", before, batch)
		if err != nil || len(claims) == 0 {
			return all, err
		}
		if err := s.tell(ctx, claims); err != nil {
			return nil, err
		}
		all = append(all, claims...)
		before = claims[len(claims)-1].ID
	}
}

func (s *Service) actsOnOthers(ctx context.Context, personID string) ([]actOnOther, error) {
	all := []actOnOther{}
	for after := ""; ; {
		rows, err := s.store().queries(ctx).EventsOnClaimsOfOthers(ctx, taskdb.EventsOnClaimsOfOthersParams{
			InvolvedID: personID, AfterID: after, Limit: batch,
		})
		if err != nil {
			return nil, fmt.Errorf("acts on claims of others: %w", err)
		}
		if len(rows) == 0 {
			return all, nil
		}
		for _, row := range rows {
			event, err := eventOf(row)
			if err != nil {
				return nil, err
			}
			all = append(all, actOnOther{ClaimID: row.ClaimID, Event: event})
		}
		after = rows[len(rows)-1].ID
	}
}

// Erase gives back the places that a leaving person holds and has not worked for, and removes every text
// from the timelines of their claims. What was handed in stays to be decided on: its points are the ledger's
// matter, under the pseudonym. It runs in the transaction of ctx.
func (s *Service) Erase(ctx context.Context, personID string) error {
	leaving := web.Caller{PersonID: personID}
	claims, err := s.store().claimsOfPerson(ctx, personID, Claimed, web.LastID, maxCapacity)
	if err != nil {
		return err
	}
	for _, claim := range claims {
		if err := s.release(ctx, leaving, claim, actAbandon); err != nil {
			return err
		}
	}
	queries := s.store().queries(ctx)
	if err := queries.BlankTextsOnClaimsOf(ctx, personID); err != nil {
		return err
	}
	ids, err := queries.ClaimIDsOfPerson(ctx, personID)
	if err != nil {
		return err
	}
	return s.Audit.Blank(ctx, claimKind, ids)
}

// HistoryAmong gives those of at most a few hundred people through whose hands a claim went.
func (s *Service) HistoryAmong(ctx context.Context, ids []string) ([]string, error) {
	return s.store().queries(ctx).PeopleWithHistory(ctx, ids)
}

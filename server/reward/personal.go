package reward

import (
	"context"
	"fmt"

	"fivestar/server/reward/internal/rewarddb"
	"fivestar/server/web"
)

// personal is all that the room keeps about a person.
type personal struct {
	Redemptions []Redemption `json:"redemptions"`
	// Acts are redemptions of others that the person helped with, fulfilled or cancelled.
	Acts []Redemption `json:"acts_on_redemptions_of_others"`
	// Provides are the rewards that the person does for neighbours.
	Provides []Reward `json:"provides"`
}

// Export gives all that is kept about a person.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	kept := personal{Redemptions: []Redemption{}, Acts: []Redemption{}, Provides: []Reward{}}
	self := web.Caller{PersonID: personID}
	for before := web.LastID; ; before = kept.Redemptions[len(kept.Redemptions)-1].ID {
		more, err := s.store().redemptionsOfPerson(ctx, personID, "", before, batch)
		if err != nil {
			return nil, err
		}
		if err := s.tell(ctx, self, more); err != nil {
			return nil, err
		}
		kept.Redemptions = append(kept.Redemptions, more...)
		if len(more) < batch {
			break
		}
	}
	for after := ""; ; after = kept.Acts[len(kept.Acts)-1].ID {
		more, err := redemptionsOfRows(s.store().queries(ctx).ActsOnRedemptionsOfOthers(ctx, rewarddb.ActsOnRedemptionsOfOthersParams{
			InvolvedID: personID, AfterID: after, Limit: batch}))
		if err != nil {
			return nil, err
		}
		kept.Acts = append(kept.Acts, more...)
		if len(more) < batch {
			break
		}
	}
	for after := ""; ; after = kept.Provides[len(kept.Provides)-1].ID {
		rows, err := s.store().queries(ctx).ListRewardsOfProvider(ctx, rewarddb.ListRewardsOfProviderParams{ProviderID: personID, AfterID: after, Limit: batch})
		if err != nil {
			return nil, fmt.Errorf("rewards that a person provides: %w", err)
		}
		kept.Provides = append(kept.Provides, rewardsOfRows(rows)...)
		if len(rows) < batch {
			return kept, nil
		}
	}
}

// Erase gives back what a leaving person has not fetched, and lets go of what they provide: the desk hands it out
// from then on. It runs in the transaction of ctx.
func (s *Service) Erase(ctx context.Context, personID string) error {
	leaving := web.Caller{PersonID: personID}
	for {
		open, err := s.store().redemptionsOfPerson(ctx, personID, Redeemed, web.LastID, batch)
		if err != nil {
			return err
		}
		for _, redemption := range open {
			if err := s.giveBack(ctx, leaving, redemption, Cancelled); err != nil {
				return err
			}
		}
		if len(open) < batch {
			break
		}
	}
	if err := s.store().queries(ctx).RemoveProvider(ctx, personID); err != nil {
		return fmt.Errorf("let go of what a person provides: %w", err)
	}
	return nil
}

// HistoryAmong gives those of at most a few hundred people through whose hands a reward or a redemption went.
func (s *Service) HistoryAmong(ctx context.Context, ids []string) ([]string, error) {
	return s.store().queries(ctx).PeopleWithHistory(ctx, ids)
}

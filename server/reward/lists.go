package reward

import (
	"context"

	"fivestar/server/region"
	"fivestar/server/web"
)

// RedemptionsOf lists the caller's own redemptions, newest first; an empty state gives all.
func (s *Service) RedemptionsOf(ctx context.Context, caller web.Caller, state RedemptionState, query web.PageQuery) (web.Page[Redemption], error) {
	before, err := query.BeforeID(byNewest)
	if err != nil {
		return web.Page[Redemption]{}, err
	}
	redemptions, err := s.store().redemptionsOfPerson(ctx, caller.PersonID, state, before, query.Limit+1)
	if err != nil {
		return web.Page[Redemption]{}, err
	}
	return s.newestFirst(ctx, caller, redemptions, query.Limit)
}

// RedemptionsAt lists the redemptions of a reward, newest first, for those who fulfil it and the desk.
func (s *Service) RedemptionsAt(ctx context.Context, caller web.Caller, rewardID string, state RedemptionState, query web.PageQuery) (web.Page[Redemption], error) {
	reward, err := s.store().reward(ctx, rewardID)
	if err != nil {
		return web.Page[Redemption]{}, err
	}
	if err := s.requireSeen(ctx, caller, reward); err != nil {
		return web.Page[Redemption]{}, err
	}
	before, err := query.BeforeID(byNewest)
	if err != nil {
		return web.Page[Redemption]{}, err
	}
	redemptions, err := s.store().redemptionsOfReward(ctx, reward.ID, state, before, query.Limit+1)
	if err != nil {
		return web.Page[Redemption]{}, err
	}
	return s.newestFirst(ctx, caller, redemptions, query.Limit)
}

// requireSeen is fault.ErrForbidden unless the caller may see who redeemed a reward.
func (s *Service) requireSeen(ctx context.Context, caller web.Caller, reward Reward) error {
	if caller.PersonID == reward.ProviderID && caller.HelperID == "" {
		return nil
	}
	community, err := s.Regions.Get(ctx, reward.RegionID)
	if err != nil {
		return err
	}
	return region.Require(caller, region.SeeRedemptions, reward.scope(community))
}

func (s *Service) newestFirst(ctx context.Context, caller web.Caller, redemptions []Redemption, limit int) (web.Page[Redemption], error) {
	page := web.NewPage(byNewest, redemptions, limit, func(r Redemption) []string { return []string{r.ID} })
	return page, s.tell(ctx, caller, page.Items)
}

// Redemption gives a redemption: one's own, or one that the caller may see.
func (s *Service) Redemption(ctx context.Context, caller web.Caller, id string) (Redemption, error) {
	redemption, err := s.store().redemption(ctx, id)
	if err != nil {
		return Redemption{}, err
	}
	if redemption.PersonID != caller.PersonID {
		reward, err := s.store().reward(ctx, redemption.RewardID)
		if err != nil {
			return Redemption{}, err
		}
		if err := s.requireSeen(ctx, caller, reward); err != nil {
			return Redemption{}, err
		}
	}
	return s.shown(ctx, caller, redemption)
}

// shown gives a redemption as the caller, who may see it, is shown it.
func (s *Service) shown(ctx context.Context, caller web.Caller, redemption Redemption) (Redemption, error) {
	redemptions := []Redemption{redemption}
	err := s.tell(ctx, caller, redemptions)
	return redemptions[0], err
}

// tell adds to redemptions what they do not hold themselves, each read once for all of them: rewards, names, and
// to the person's own the code.
func (s *Service) tell(ctx context.Context, caller web.Caller, redemptions []Redemption) error {
	rewards, err := s.store().rewardsByID(ctx, idsOf(redemptions, func(r Redemption) string { return r.RewardID }))
	if err != nil {
		return err
	}
	if err := s.nameRewards(ctx, rewards); err != nil {
		return err
	}
	var people []string
	for _, redemption := range redemptions {
		people = append(people, redemption.PersonID, redemption.HelperID, redemption.EndedBy)
	}
	names, err := s.People.Names(ctx, idsOf(people, func(id string) string { return id }))
	if err != nil {
		return err
	}
	for i, redemption := range redemptions {
		redemption.Reward = rewards[redemption.RewardID]
		redemption.PersonName, redemption.HelperName = names[redemption.PersonID], names[redemption.HelperID]
		redemption.EndedByName = names[redemption.EndedBy]
		redemptions[i] = s.told(caller, redemption)
	}
	return nil
}

func (s *Service) nameRewards(ctx context.Context, rewards map[string]*Reward) error {
	var all []Reward
	for _, reward := range rewards {
		all = append(all, *reward)
	}
	if err := s.nameWhoFulfils(ctx, all); err != nil {
		return err
	}
	for _, reward := range all {
		*rewards[reward.ID] = reward
	}
	return nil
}

// told adds the code of a redemption that is the caller's own and can still be fetched.
func (s *Service) told(caller web.Caller, redemption Redemption) Redemption {
	if redemption.PersonID == caller.PersonID && redemption.ended(s.DB.Now()) == nil {
		redemption.Code = s.code(redemption.ID)
		redemption.QRText = codePrefix + redemption.Code
	}
	return redemption
}

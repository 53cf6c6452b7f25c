package reward

import (
	"context"
	"errors"
	"time"

	"fivestar/server/audit"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Fulfil hands out what a code stands for, once. It is for the people of the reward's organisation, the neighbour
// who provides it, and the community's desk, and never for those through whose hands it was redeemed.
//
// Errors: 403 redemption.bad_code, auth.forbidden, review.own_work; 409 redemption.done, redemption.cancelled,
// redemption.expired.
func (s *Service) Fulfil(ctx context.Context, caller web.Caller, text string) (Redemption, error) {
	var redemption Redemption
	err := s.Guess(ctx, caller, func() (err error) {
		redemption, err = s.scanned(ctx, caller, text)
		return err
	})
	if err != nil {
		return Redemption{}, err
	}
	if err := redemption.requireWitness(caller); err != nil {
		return Redemption{}, err
	}
	now := s.DB.Now()
	if err := redemption.ended(now); err != nil {
		return Redemption{}, err
	}
	redemption.State, redemption.EndedAt, redemption.EndedBy = Fulfilled, now, caller.PersonID
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().end(ctx, redemption, now); err != nil {
			return err
		}
		return s.auditRedemption(ctx, caller, redemption, "redemption.fulfilled")
	})
	if err != nil {
		return Redemption{}, err
	}
	return s.shown(ctx, caller, redemption)
}

// scanned gives the redemption of a code that the caller may fulfil.
func (s *Service) scanned(ctx context.Context, caller web.Caller, text string) (Redemption, error) {
	code, err := parseCode(text)
	if err != nil {
		return Redemption{}, err
	}
	redemption, err := s.store().redemptionOfCode(ctx, s.codeHash(code))
	if errors.Is(err, fault.ErrNotFound) {
		return Redemption{}, errBadCode
	}
	if err != nil {
		return Redemption{}, err
	}
	reward, err := s.store().reward(ctx, redemption.RewardID)
	if err != nil {
		return Redemption{}, err
	}
	if caller.PersonID == reward.ProviderID && caller.HelperID == "" {
		return redemption, nil
	}
	community, err := s.Regions.Get(ctx, reward.RegionID)
	if err != nil {
		return Redemption{}, err
	}
	return redemption, region.Require(caller, region.FulfilRedemptions, reward.scope(community))
}

func (s *Service) auditRedemption(ctx context.Context, caller web.Caller, redemption Redemption, act string) error {
	return s.Audit.Record(ctx, caller, audit.Act{Name: act, SubjectKind: redemptionKind, SubjectID: redemption.ID,
		RegionID: redemption.RegionID, Before: Redeemed, After: redemption.State})
}

// Cancel gives points and stock back. The person may, and those who manage the community's rewards. What is
// cancelled already stays so, without an error; 409 redemption.done, redemption.expired.
func (s *Service) Cancel(ctx context.Context, caller web.Caller, id string) error {
	redemption, err := s.store().redemption(ctx, id)
	if err != nil {
		return err
	}
	isOwn := redemption.PersonID == caller.PersonID
	if !isOwn {
		if _, err := s.Regions.Require(ctx, caller, region.ManageRewards, redemption.RegionID); err != nil {
			return err
		}
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.giveBack(ctx, caller, redemption, Cancelled); err != nil || isOwn {
			return err
		}
		redemption.State = Cancelled
		return s.auditRedemption(ctx, caller, redemption, "redemption.cancelled")
	})
	if errors.Is(err, errCancelled) {
		return nil
	}
	return err
}

// whyBack is what a person reads in their history when points come back.
var whyBack = map[RedemptionState]string{Cancelled: "兑换已取消：", Expired: "到期没有领取："}

// giveBack ends a redemption and gives back what it took, in the transaction of ctx. caller is nobody when the
// clock does it.
func (s *Service) giveBack(ctx context.Context, caller web.Caller, redemption Redemption, as RedemptionState) error {
	reward, err := s.store().reward(ctx, redemption.RewardID)
	if err != nil {
		return err
	}
	ended := redemption
	ended.State, ended.EndedAt, ended.EndedBy, ended.turnKey = as, s.DB.Now(), caller.PersonID, redemption.ID
	if err := s.store().end(ctx, ended, time.Time{}); err != nil {
		return err
	}
	if err := s.store().freeStock(ctx, reward.ID); err != nil {
		return err
	}
	s.forgetWanted(ctx, reward.ID)
	_, err = s.Points.GiveBack(ctx, redemption.ID, whyBack[as]+reward.Title, handsOf(caller))
	return err
}

// handsOf are nobody's when the clock acts.
func handsOf(caller web.Caller) []string {
	if caller.PersonID == "" {
		return nil
	}
	return caller.Hands()
}

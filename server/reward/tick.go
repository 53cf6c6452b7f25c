package reward

import (
	"context"
	"errors"
	"fmt"

	"fivestar/server/db"
	"fivestar/server/notice"
	"fivestar/server/reward/internal/rewarddb"
	"fivestar/server/web"
)

const (
	// batch is how much a tick reads at a time.
	batch = 200
	// runsOutWithin is how long before its end a person is told that something is still to be fetched.
	runsOutWithin = 2 * day
)

// Tick closes the rewards whose window has ended, gives back what was not fetched in time, and tells of what runs
// out. It is safe on several servers at once, and again after a crash.
func (s *Service) Tick(ctx context.Context) error {
	return errors.Join(s.closeDue(ctx), s.expireDue(ctx), s.tellRunningOut(ctx))
}

func (s *Service) closeDue(ctx context.Context) error {
	now := db.Millis(s.DB.Now())
	for {
		ids, err := s.store().queries(ctx).RewardsPastWindow(ctx, rewarddb.RewardsPastWindowParams{RedeemUntil: now, Limit: batch})
		if err != nil {
			return fmt.Errorf("rewards past their window: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		err = s.DB.InTx(ctx, func(ctx context.Context) error {
			return s.store().queries(ctx).CloseRewardsPastWindow(ctx, rewarddb.CloseRewardsPastWindowParams{ClosedAt: now, Ids: ids, Now: now})
		})
		if err != nil {
			return fmt.Errorf("close rewards: %w", err)
		}
	}
}

// clock is who ends a redemption when its time is over.
var clock = web.Caller{}

func (s *Service) expireDue(ctx context.Context) error {
	return db.EachDue(batch,
		func() ([]Redemption, error) { return s.store().pastDue(ctx, s.DB.Now(), batch) },
		func(redemption Redemption) error { return s.expire(ctx, redemption) })
}

// expire gives back what was not fetched, unless somebody was faster.
func (s *Service) expire(ctx context.Context, redemption Redemption) error {
	err := s.DB.InTx(ctx, func(ctx context.Context) error { return s.giveBack(ctx, clock, redemption, Expired) })
	if err == nil || errors.Is(err, errDone) || errors.Is(err, errCancelled) || errors.Is(err, errExpired) {
		return nil
	}
	return fmt.Errorf("expire redemption %q: %w", redemption.ID, err)
}

func (s *Service) tellRunningOut(ctx context.Context) error {
	return db.EachDue(batch,
		func() ([]Redemption, error) { return s.store().runningOut(ctx, s.DB.Now(), batch) },
		func(redemption Redemption) error { return s.remind(ctx, redemption) })
}

// errNotNow undoes a reminder that another server gives, or that nobody needs any more.
var errNotNow = errors.New("no reminder")

func (s *Service) remind(ctx context.Context, redemption Redemption) error {
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		affected, err := s.store().queries(ctx).MarkReminded(ctx, rewarddb.MarkRemindedParams{RemindedAt: db.Millis(s.DB.Now()), ID: redemption.ID})
		if err := db.One(affected, err, errNotNow); err != nil {
			return err
		}
		shown, err := s.shown(ctx, clock, redemption)
		if err != nil {
			return err
		}
		return s.Notices.Tell(ctx, notice.Notice{
			Kind: notice.RedemptionRunningOut, Subject: notice.Subject{Kind: redemptionKind, ID: shown.ID}, RegionID: shown.RegionID,
			What: shown.Reward.Title, Text: fmt.Sprintf("「%s」请在%s前领取，过时积分退回。", shown.Reward.Title, notice.Clock(shown.ExpiresAt)),
			Place: shown.Reward.Place, At: shown.ExpiresAt, Until: shown.ExpiresAt,
		}, shown.PersonID)
	})
	if err == nil || errors.Is(err, errNotNow) {
		return nil
	}
	return fmt.Errorf("tell that redemption %q runs out: %w", redemption.ID, err)
}

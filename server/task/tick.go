package task

import (
	"context"
	"errors"
	"fmt"

	"fivestar/server/db"
	"fivestar/server/task/internal/taskdb"
	"fivestar/server/web"
)

// batch is how much a tick reads at a time.
const batch = 200

// Tick closes the tasks whose window has ended and expires the claims that are past due and not handed in.
// It is safe on several servers at once, and again after a crash.
func (s *Service) Tick(ctx context.Context) error {
	return errors.Join(s.closeDue(ctx), s.expireDue(ctx))
}

func (s *Service) closeDue(ctx context.Context) error {
	now := db.Millis(s.DB.Now())
	for {
		ids, err := s.store().queries(ctx).TasksPastWindow(ctx, taskdb.TasksPastWindowParams{ClaimUntil: now, Limit: batch})
		if err != nil {
			return fmt.Errorf("tasks past their window: %w", err)
		}
		if len(ids) == 0 {
			return nil
		}
		err = s.DB.InTx(ctx, func(ctx context.Context) error {
			return s.store().queries(ctx).CloseTasksPastWindow(ctx, taskdb.CloseTasksPastWindowParams{ClosedAt: now, Ids: ids, Now: now})
		})
		if err != nil {
			return fmt.Errorf("close tasks: %w", err)
		}
	}
}

// clock is who ends a claim when its time is over.
var clock = web.Caller{}

func (s *Service) expireDue(ctx context.Context) error {
	return db.EachDue(batch,
		func() ([]Claim, error) { return s.store().claimsPastDue(ctx, s.DB.Now(), batch) },
		func(claim Claim) error { return s.expire(ctx, claim) })
}

// expire ends a claim that is past due, unless somebody was faster.
func (s *Service) expire(ctx context.Context, claim Claim) error {
	err := s.DB.InTx(ctx, func(ctx context.Context) error { return s.release(ctx, clock, claim, actExpire) })
	if err == nil || errors.Is(err, errClaimMoved) {
		return nil
	}
	return fmt.Errorf("expire claim %q: %w", claim.ID, err)
}

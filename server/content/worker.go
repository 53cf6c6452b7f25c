package content

import (
	"context"
	"errors"
	"fmt"

	"fivestar/server/content/internal/contentdb"
	"fivestar/server/db"
	"fivestar/server/wechat"
)

// slots bounds how many checks are asked at once right after their commits; the rest wait for Tick.
type slots struct{ taken chan struct{} }

const askedAtOnce = 8

// Open makes the service ready to ask. Close ends it.
func (s *Service) Open() { s.slots.taken = make(chan struct{}, askedAtOnce) }

// Close waits for the checks under way.
func (s *Service) Close() { s.underWay.Wait() }

// askSoon asks about a check that has just been committed, without its author waiting for it.
func (s *Service) askSoon(id string) {
	select {
	case s.slots.taken <- struct{}{}:
	default:
		return
	}
	s.underWay.Go(func() {
		defer func() { <-s.slots.taken }()
		ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
		defer cancel()
		row, err := s.queries(ctx).GetCheck(ctx, id)
		if err != nil {
			s.Log.WarnContext(ctx, "content check not found", "check", id, "cause", err)
			return
		}
		s.ask(ctx, checkOf(row))
	})
}

// Tick asks about everything that is due. It waits for the checks under way, so that after it nothing is
// left that could have been decided.
func (s *Service) Tick(ctx context.Context) error {
	const batch = 50
	s.underWay.Wait()
	for {
		rows, err := s.queries(ctx).ListDue(ctx, contentdb.ListDueParams{DueAt: db.Millis(s.DB.Now()), Limit: batch})
		if err != nil {
			return fmt.Errorf("list due content checks: %w", err)
		}
		for _, row := range rows {
			s.ask(ctx, checkOf(row))
		}
		if len(rows) < batch || ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// ask puts one question to WeChat and stores what comes of it. A failure leaves the check to be asked again.
func (s *Service) ask(ctx context.Context, check Check) {
	if check.state != waiting && check.state != asked {
		return
	}
	if taken, err := s.take(ctx, &check); err != nil || !taken {
		if err != nil {
			s.logFailure(ctx, check, err)
		}
		return
	}
	if err := s.askWeChat(ctx, check); err != nil {
		s.logFailure(ctx, check, err)
	}
}

// take makes the check this worker's own for a while; another that has it, or a verdict, comes first.
func (s *Service) take(ctx context.Context, check *Check) (bool, error) {
	var affected int64
	err := s.DB.InTx(ctx, func(ctx context.Context) (err error) {
		affected, err = s.queries(ctx).TakeCheck(ctx, contentdb.TakeCheckParams{
			Until: db.Millis(s.DB.Now().Add(answerWithin)), ID: check.ID, DueAt: check.dueAt,
		})
		return err
	})
	check.tries++
	return affected == 1, err
}

func (s *Service) askWeChat(ctx context.Context, check Check) error {
	phoneHolder := check.PersonID
	if check.HelperID != "" {
		phoneHolder = check.HelperID
	}
	openID, err := s.People.OpenID(ctx, phoneHolder)
	if err != nil {
		return err
	}
	if openID == "" {
		return s.toReview(ctx, check)
	}
	if check.Medium == picture {
		return s.askPicture(ctx, check, openID)
	}
	verdict, err := s.WeChat.CheckText(ctx, openID, check.Content)
	if err != nil {
		return s.notAnswered(ctx, check, err)
	}
	return s.decideBy(ctx, check, verdict)
}

func (s *Service) askPicture(ctx context.Context, check Check, openID string) error {
	if check.state == asked && check.tries > picturesAsked {
		return s.toReview(ctx, check)
	}
	traceID, err := s.WeChat.CheckMedia(ctx, openID, s.PictureURL(check.SubjectID))
	if err != nil {
		return s.notAnswered(ctx, check, err)
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		return s.queries(ctx).MarkAsked(ctx, contentdb.MarkAskedParams{
			TraceID: traceID, DueAt: db.Millis(s.DB.Now().Add(verdictWithin)), ID: check.ID,
		})
	})
}

// notAnswered leaves the check for later, or to a person when WeChat will never answer it.
func (s *Service) notAnswered(ctx context.Context, check Check, cause error) error {
	if errors.Is(cause, wechat.ErrCannotCheck) {
		return s.toReview(ctx, check)
	}
	later := s.DB.Now().Add(waitAfter(check.tries))
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		return s.queries(ctx).PostponeCheck(ctx, contentdb.PostponeCheckParams{DueAt: db.Millis(later), ID: check.ID})
	})
	return errors.Join(cause, err)
}

func (s *Service) toReview(ctx context.Context, check Check) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.queries(ctx).SendToReview(ctx, check.ID) })
}

func (s *Service) decideBy(ctx context.Context, check Check, verdict wechat.Verdict) error {
	outcome := afterVerdict(verdict)
	if outcome == review {
		return s.toReview(ctx, check)
	}
	return s.store(ctx, check, outcome, "")
}

// VerdictOnPicture stores a verdict that WeChat has pushed. One that nobody waits for any more is dropped.
func (s *Service) VerdictOnPicture(ctx context.Context, traceID string, verdict wechat.Verdict) error {
	row, err := s.queries(ctx).GetCheckByTrace(ctx, traceID)
	if err != nil {
		return fmt.Errorf("verdict on a picture: %w", db.Found(err))
	}
	return s.decideBy(ctx, checkOf(row), verdict)
}

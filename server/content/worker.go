package content

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"fivestar/server/content/internal/contentdb"
	"fivestar/server/db"
	"fivestar/server/wechat"
)

// askedAtOnce bounds how many checks are asked at once right after their commits; the rest wait for Tick.
const askedAtOnce = 8

// asks are the checks that are being asked about right after their commits. Others begin while some are waited
// for, which a sync.WaitGroup does not bear.
type asks struct {
	mutex    sync.Mutex
	underWay map[string]chan struct{} // by the check's id; closed at the end
}

// begin takes one of the slots for a check; ended gives it back. isFree is false when all are taken.
func (a *asks) begin(id string) (ended func(), isFree bool) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if len(a.underWay) >= askedAtOnce {
		return nil, false
	}
	done := make(chan struct{})
	a.underWay[id] = done
	return func() {
		a.mutex.Lock()
		defer a.mutex.Unlock()
		delete(a.underWay, id)
		close(done)
	}, true
}

// wait waits for those that are under way now, each of which ends within answerWithin, or for ctx to end.
func (a *asks) wait(ctx context.Context) {
	a.mutex.Lock()
	underWay := slices.Collect(maps.Values(a.underWay))
	a.mutex.Unlock()
	for _, done := range underWay {
		select {
		case <-done:
		case <-ctx.Done():
		}
	}
}

// Open makes the service ready to ask. Close ends it.
func (s *Service) Open() { s.asks.underWay = map[string]chan struct{}{} }

// Close waits for the checks under way.
func (s *Service) Close() { s.asks.wait(context.Background()) }

// askSoon asks about a check that has just been committed, without its author waiting for it.
func (s *Service) askSoon(id string) {
	ended, isFree := s.asks.begin(id)
	if !isFree {
		return
	}
	go func() {
		defer ended()
		ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
		defer cancel()
		row, err := s.queries(ctx).GetCheck(ctx, id)
		if err != nil {
			s.Log.WarnContext(ctx, "content check not found", "check", id, "cause", err)
			return
		}
		s.ask(ctx, checkOf(row))
	}()
}

// Tick asks about everything that is due. It first waits for the checks that are under way as it begins, so that
// after it nothing is left of what was there and could have been decided.
func (s *Service) Tick(ctx context.Context) error {
	const batch = 50
	s.asks.wait(ctx)
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

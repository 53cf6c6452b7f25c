package ticket

import (
	"context"
	"errors"
	"fmt"

	"fivestar/server/notice"
	"fivestar/server/region"
	"fivestar/server/web"
)

// mostDue is how many tickets of a stage one Tick sees to; the next sees to the rest.
const mostDue = 500

// Tick does what the clocks say: what nobody accepted in time goes back to part 2, what nobody reviewed in
// time is closed as unrated. Several servers may run it at once.
func (s *Service) Tick(ctx context.Context) error {
	return errors.Join(
		s.runOut(ctx, Dispatched, ActLapse, Ticket.backToDispatch),
		s.runOut(ctx, Completed, ActUnrated, Ticket.unrated),
	)
}

// unrated is the ticket closed by silence, which counts as no satisfaction.
func (t Ticket) unrated() Ticket {
	t.Stage, t.ClosedAs = Closed, ClosedUnrated
	return t
}

// runOut does act to every ticket of a stage whose clock has run out, each in a transaction of its own.
func (s *Service) runOut(ctx context.Context, stage Stage, act Act, after func(Ticket) Ticket) error {
	ids, err := s.store().due(ctx, stage, mostDue)
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range ids {
		if err := s.runOutOne(ctx, id, stage, act, after); err != nil {
			failed = append(failed, fmt.Errorf("%s ticket %q: %w", act, id, err))
		}
	}
	return errors.Join(failed...)
}

func (s *Service) runOutOne(ctx context.Context, id string, stage Stage, act Act, after func(Ticket) Ticket) error {
	return s.locked(ctx, id, func(ctx context.Context, t Ticket, _ region.Region) error {
		if t.Stage != stage || t.clocks.timeout.After(s.DB.Now()) { // somebody was faster
			return nil
		}
		if err := s.enter(ctx, act, stage, after(t)); err != nil {
			return err
		}
		if err := s.tell(ctx, web.Caller{}, t, Event{Act: act}, nil); err != nil || act != ActLapse {
			return err
		}
		return s.informRaiser(ctx, t, notice.TicketBack, "没有人按时接，社区正在重新派单。")
	})
}

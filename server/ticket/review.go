package ticket

import (
	"context"
	"errors"

	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/ticket/internal/ticketdb"
	"fivestar/server/web"
)

// NewReview is what a resident says of the work.
type NewReview struct {
	Score   int64   `json:"score" doc:"1 to 5; 1 or 2 from the raiser sends the ticket back, twice at most"`
	Outcome Outcome `json:"outcome" enum:"unsolved,partly,solved"`
	Text    string  `json:"text,omitempty"`
}

func (n *NewReview) check() error {
	var check fault.Check
	checkReview(&check, n.Score, n.Outcome)
	check.Text("text", "评语", &n.Text, 0, 1000)
	return check.Err()
}

// Review rates completed work. The raiser's review closes the ticket or sends it back; a backer's is kept
// beside it, and decides only when the raiser had a hand in the work. The same review again changes nothing.
func (s *Service) Review(ctx context.Context, caller web.Caller, id string, input NewReview) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, _ region.Region) error {
		if err := s.requireReviewer(ctx, caller, t); err != nil {
			return err
		}
		if err := input.check(); err != nil {
			return err
		}
		earlier, reviewed, err := s.store().reviewBy(ctx, t, caller.PersonID)
		if err != nil {
			return err
		}
		if reviewed && earlier == (review{score: input.Score, outcome: input.Outcome}) {
			return nil
		}
		hands, err := s.workers(ctx, t)
		if err != nil {
			return err
		}
		return s.review(ctx, caller, t, input, hands)
	})
}

// requireReviewer lets the raiser and the backers through.
func (s *Service) requireReviewer(ctx context.Context, caller web.Caller, t Ticket) error {
	if t.raiserID == caller.PersonID {
		return nil
	}
	backs, err := s.store().hasVoted(ctx, t.ID, caller.PersonID)
	if err == nil && !backs {
		err = fault.ErrForbidden
	}
	return err
}

// workers are the people whose work is reviewed: who had a hand in it, and everybody who acts for its
// organisation.
func (s *Service) workers(ctx context.Context, t Ticket) ([]string, error) {
	timeline, err := s.store().timeline(ctx, t.ID)
	if err != nil {
		return nil, err
	}
	workers := handsOn(timeline, t.round)
	if t.organisationID == "" {
		return workers, nil
	}
	members, err := s.Regions.Assignees(ctx, t.organisationID)
	return append(workers, members...), err
}

func (s *Service) review(ctx context.Context, caller web.Caller, t Ticket, input NewReview, workers []string) error {
	act, err := s.reviewAct(ctx, caller, t, workers)
	if err != nil {
		return err
	}
	err = s.store().insertReview(ctx, ticketdb.InsertReviewParams{
		TicketID: t.ID, Round: t.round, PersonID: caller.PersonID, HelperID: caller.HelperID, Score: input.Score,
		Outcome: string(input.Outcome), Decides: act == ActReview,
	})
	if err != nil {
		return err
	}
	told := Event{Act: act, Text: input.Text, Details: Details{Score: input.Score, Outcome: input.Outcome}}
	if err := s.tell(ctx, caller, t, told, nil); err != nil || act == ActBackerReview {
		return err
	}
	return s.follow(ctx, caller, t, input, t.raiserID == caller.PersonID)
}

// reviewAct tells whether a review of the caller's would decide or be kept beside; the refusal when they may not
// review the work now.
func (s *Service) reviewAct(ctx context.Context, caller web.Caller, t Ticket, workers []string) (Act, error) {
	act := ActBackerReview
	if t.raiserID == caller.PersonID || t.Stage == Completed && anyOf([]string{t.raiserID}, workers) {
		act = ActReview
	}
	if err := s.requireReviewTime(ctx, t, act); err != nil {
		return act, err
	}
	if anyOf(caller.Hands(), workers) {
		return act, errOwnWork
	}
	return act, nil
}

// mayReview tells whether the caller may review the work of the present round, and has not yet.
func (s *Service) mayReview(ctx context.Context, caller web.Caller, t Ticket) (bool, error) {
	if !t.Stage.may(ActReview) && !t.Stage.may(ActBackerReview) {
		return false, nil
	}
	_, reviewed, err := s.store().reviewBy(ctx, t, caller.PersonID)
	if err != nil || reviewed {
		return false, err
	}
	workers, err := s.workers(ctx, t)
	if err != nil {
		return false, err
	}
	err = s.requireReviewer(ctx, caller, t)
	if err == nil {
		_, err = s.reviewAct(ctx, caller, t, workers)
	}
	var refusal *fault.Error
	if errors.As(err, &refusal) {
		return false, nil
	}
	return err == nil, err
}

// requireReviewTime is 409 ticket.wrong_stage unless the work may be reviewed now: by backers for as long
// after it was completed as the raiser has, also when the raiser has closed it meanwhile.
func (s *Service) requireReviewTime(ctx context.Context, t Ticket, act Act) error {
	if err := t.Stage.require(act); err != nil {
		return err
	}
	settings, err := s.Regions.Settings(ctx, t.RegionID)
	if err != nil {
		return err
	}
	if act == ActBackerReview && !s.DB.Now().Before(t.CompletedAt.Add(settings.ReviewWithin())) {
		return errWrongStage(t.Stage)
	}
	return nil
}

// follow does what the deciding review says.
func (s *Service) follow(ctx context.Context, caller web.Caller, t Ticket, input NewReview, isRaiser bool) error {
	from := t.Stage
	decided := decide(input.Score, t.Rework)
	if err := s.informOfReview(ctx, t, input, decided.stage == Raised); err != nil {
		return err
	}
	if decided.stage == Raised {
		t = t.backToDispatch()
		t.Rework = decided.rework
		return s.enter(ctx, ActReview, from, t)
	}
	t.Stage, t.ClosedAs, t.Score, t.Outcome = decided.stage, decided.closedAs, input.Score, input.Outcome
	if err := s.enter(ctx, ActReview, from, t); err != nil {
		return err
	}
	if !isRaiser || input.Score < goodScore {
		return nil
	}
	timeline, err := s.store().timeline(ctx, t.ID)
	if err != nil {
		return err
	}
	return s.creditWork(ctx, caller, t, handsOn(timeline, t.round))
}

// isKnown tells whether a person is still there.
func (s *Service) isKnown(ctx context.Context, personID string) (bool, error) {
	err := s.People.Require(ctx, personID)
	if errors.Is(err, fault.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

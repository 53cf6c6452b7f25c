package ticket

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/notice"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Accept takes a ticket on. Of several to whom it was offered the first has it; everybody later hears 409
// ticket.taken, and who has it already hears so again.
func (s *Service) Accept(ctx context.Context, caller web.Caller, id string) (Ticket, error) {
	return s.accepters.Do(ctx, id, caller)
}

// acceptTogether lets the first of many have a ticket, and tells the others so from what was read once.
func (s *Service) acceptTogether(ctx context.Context, id string, callers []web.Caller) ([]db.Outcome[Ticket], error) {
	outcomes := make([]db.Outcome[Ticket], len(callers))
	isTaken := func(web.Caller) error { return nil }
	for i, caller := range callers {
		if outcomes[i].Err = isTaken(caller); outcomes[i].Err != nil {
			continue
		}
		outcomes[i].Answer, outcomes[i].Err = s.acceptAlone(ctx, id, caller)
		if errors.Is(outcomes[i].Err, errTaken) || outcomes[i].Err == nil {
			var err error
			if isTaken, err = s.takenFrom(ctx, id); err != nil {
				return nil, err
			}
		}
	}
	return outcomes, nil
}

// takenFrom gives what those hear who come too late for a ticket: 409 ticket.taken, or fault.ErrForbidden to
// whom it was not offered; nil for who has it.
func (s *Service) takenFrom(ctx context.Context, id string) (func(caller web.Caller) error, error) {
	t, err := s.store().ticket(ctx, id)
	if err != nil {
		return nil, err
	}
	community, err := s.Regions.Get(ctx, t.RegionID)
	if err != nil {
		return nil, err
	}
	offers, err := s.store().offers(ctx, t)
	return func(caller web.Caller) error {
		if t.acceptedBy == "" || t.acceptedBy == caller.PersonID {
			return nil
		}
		if _, err := offerFor(caller, community, offers); err != nil {
			return err
		}
		return errTaken
	}, err
}

func (s *Service) acceptAlone(ctx context.Context, id string, caller web.Caller) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		held, err := s.heldOffer(ctx, caller, t, community)
		if err != nil {
			return err
		}
		switch {
		case t.acceptedBy == caller.PersonID:
			return nil
		case t.acceptedBy != "":
			return errTaken
		case held.declined:
			return errWrongStage(t.Stage)
		}
		return s.accept(ctx, caller, t, held)
	})
}

// heldOffer is the offer of the present round that the caller may answer, an open one if there is one;
// fault.ErrForbidden for whom it was not offered to.
func (s *Service) heldOffer(ctx context.Context, caller web.Caller, t Ticket, community region.Region) (offer, error) {
	offers, err := s.store().offers(ctx, t)
	if err != nil {
		return offer{}, err
	}
	return offerFor(caller, community, offers)
}

func offerFor(caller web.Caller, community region.Region, offers []offer) (offer, error) {
	held := slices.DeleteFunc(slices.Clone(offers), func(o offer) bool { return !isFor(caller, community, o.organisationID, o.personID) })
	if len(held) == 0 {
		return offer{}, fault.ErrForbidden
	}
	if open := slices.IndexFunc(held, func(o offer) bool { return !o.declined }); open >= 0 {
		return held[open], nil
	}
	return held[0], nil
}

func (s *Service) accept(ctx context.Context, caller web.Caller, t Ticket, held offer) error {
	from := t.Stage
	t.Stage, t.acceptedBy = Accepted, caller.PersonID
	t.organisationID, t.assigneeID = held.organisationID, held.personID
	if err := s.enter(ctx, ActAccept, from, t); err != nil {
		return err
	}
	if err := s.store().accept(ctx, t, caller.HelperID); err != nil {
		return err
	}
	if err := s.tell(ctx, caller, t, Event{Act: ActAccept, organisationID: held.organisationID}, nil); err != nil {
		return err
	}
	return s.informRaiser(ctx, t, notice.TicketAccepted, fmt.Sprintf("有人接了，约定%s前办好。", notice.Clock(t.DueAt)))
}

// Decline answers a dispatch with no. When nobody is left who might accept, the ticket is back in part 2.
func (s *Service) Decline(ctx context.Context, caller web.Caller, id, reason string) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		held, err := s.heldOffer(ctx, caller, t, community)
		if err != nil {
			return err
		}
		if err := checkReason(&reason, "谢绝原因"); err != nil {
			return err
		}
		if held.declined {
			return nil
		}
		if err := t.Stage.require(ActDecline); err != nil {
			return err
		}
		return s.decline(ctx, caller, t, held, reason)
	})
}

func (s *Service) decline(ctx context.Context, caller web.Caller, t Ticket, held offer, reason string) error {
	if err := s.store().declineOffer(ctx, t, held); err != nil {
		return err
	}
	told := Event{Act: ActDecline, Text: reason, organisationID: held.organisationID}
	if err := s.tell(ctx, caller, t, told, nil); err != nil {
		return err
	}
	offers, err := s.store().offers(ctx, t)
	if err != nil || anyOpen(offers) {
		return err
	}
	if err := s.enter(ctx, ActDecline, t.Stage, t.backToDispatch()); err != nil {
		return err
	}
	return s.informRaiser(ctx, t, notice.TicketBack, "没有人能接，社区正在重新派单。")
}

// NewProgress is a note on the work.
type NewProgress struct {
	Phase    Phase    `json:"phase" enum:"before,during,after"`
	Text     string   `json:"text,omitempty"`
	PhotoIDs []string `json:"photo_ids,omitempty" maxItems:"9"`
}

func (n *NewProgress) check() error {
	var check fault.Check
	check.Text("text", "进展", &n.Text, 0, 1000)
	check.That(n.Text != "" || len(n.PhotoIDs) > 0, "text", "请写一句进展，或放一张照片")
	return check.Err()
}

// Progress adds a note of who works on a ticket.
func (s *Service) Progress(ctx context.Context, caller web.Caller, id string, input NewProgress) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if !isFor(caller, community, t.organisationID, t.assigneeID) {
			return fault.ErrForbidden
		}
		if err := input.check(); err != nil {
			return err
		}
		if err := t.Stage.require(ActProgress); err != nil {
			return err
		}
		told := Event{Act: ActProgress, Text: input.Text, Details: Details{Phase: input.Phase}, organisationID: t.organisationID}
		return s.tell(ctx, caller, t, told, input.PhotoIDs)
	})
}

// NewCompletion tells what was done.
type NewCompletion struct {
	Text     string   `json:"text"`
	PhotoIDs []string `json:"photo_ids,omitempty" maxItems:"9"`
}

// Complete ends the work, and brings the raiser points if somebody else than they confirms it by that.
func (s *Service) Complete(ctx context.Context, caller web.Caller, id string, input NewCompletion) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if !isFor(caller, community, t.organisationID, t.assigneeID) {
			return fault.ErrForbidden
		}
		var check fault.Check
		check.Text("text", "办理结果", &input.Text, 2, 1000)
		if err := check.Err(); err != nil {
			return err
		}
		if t.completedBy == caller.PersonID {
			return nil
		}
		if err := t.Stage.require(ActComplete); err != nil {
			return err
		}
		return s.complete(ctx, caller, t, input)
	})
}

func (s *Service) complete(ctx context.Context, caller web.Caller, t Ticket, input NewCompletion) error {
	from := t.Stage
	t.Stage, t.completedBy, t.CompletedAt = Completed, caller.PersonID, s.DB.Now()
	if err := s.enter(ctx, ActComplete, from, t); err != nil {
		return err
	}
	told := Event{Act: ActComplete, Text: input.Text, organisationID: t.organisationID}
	if err := s.tell(ctx, caller, t, told, input.PhotoIDs); err != nil {
		return err
	}
	if err := s.informOfCompletion(ctx, t); err != nil {
		return err
	}
	return s.creditRaiser(ctx, caller, t)
}

// creditRaiser posts the points for raising a ticket that is completed, once however often it is reworked.
// Who completed it is the witness, and so must not have had a hand in raising it.
func (s *Service) creditRaiser(ctx context.Context, caller web.Caller, t Ticket) error {
	settings, err := s.Regions.Settings(ctx, t.RegionID)
	if err != nil || settings.RaisePoints == 0 || t.raiserLeft {
		return err
	}
	if anyOf(caller.Hands(), t.raisedBy()) {
		if t.Rework > 0 { // said already, or the points are there
			return nil
		}
		const why = "点单和完成是同一人经手，没有第二人见证，这张四联单不发点单积分"
		return s.tell(ctx, web.Caller{}, t, Event{Act: ActWithhold, Text: why}, nil)
	}
	_, err = s.Points.Credit(ctx, points.Posting{
		PersonID: t.raiserID, CommunityID: t.RegionID, Amount: int64(settings.RaisePoints), Kind: points.KindTicket,
		SourceID: t.ID + ":raise", Memo: "四联单" + t.Number + "已办理，感谢点单", Hands: t.raisedBy(), Witness: caller.PersonID,
	})
	return err
}

// creditWork posts the points for work that the raiser's review praised, to who completed it.
func (s *Service) creditWork(ctx context.Context, raiser web.Caller, t Ticket, hands []string) error {
	settings, err := s.Regions.Settings(ctx, t.RegionID)
	if err != nil || settings.GoodReviewPoints == 0 {
		return err
	}
	known, err := s.isKnown(ctx, t.completedBy)
	if err != nil || !known {
		return err
	}
	_, err = s.Points.Credit(ctx, points.Posting{
		PersonID: t.completedBy, CommunityID: t.RegionID, Amount: int64(settings.GoodReviewPoints), Kind: points.KindTicket,
		SourceID: t.ID + ":work", Memo: "四联单" + t.Number + "获得" + strconv.FormatInt(t.Score, 10) + "分好评",
		Hands: hands, Witness: raiser.PersonID,
	})
	return err
}

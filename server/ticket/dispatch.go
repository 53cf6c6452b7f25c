package ticket

import (
	"context"
	"errors"
	"slices"
	"time"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/fault"
	"fivestar/server/notice"
	"fivestar/server/region"
	"fivestar/server/web"
)

// NewDispatch is where a ticket goes: to one organisation, to one person, or to several, of whom the first
// to accept has it.
type NewDispatch struct {
	OrganisationID string    `json:"organisation_id,omitempty" maxLength:"26"`
	PersonID       string    `json:"person_id,omitempty" maxLength:"26"`
	OfferTo        []string  `json:"offer_to,omitempty" maxItems:"200" doc:"Ids of organisations or people"`
	DueAt          time.Time `json:"due_at" doc:"When the work is to be completed"`
	Note           string    `json:"note,omitempty"`
}

func (n *NewDispatch) check(now time.Time, raiserID string) error {
	var check fault.Check
	ways := 0
	for _, given := range []bool{n.OrganisationID != "", n.PersonID != "", len(n.OfferTo) > 0} {
		if given {
			ways++
		}
	}
	check.That(ways == 1, "organisation_id", "请选择派给一个单位、派给一个人，或发给多家抢单，只选一种")
	const own = "不能派给点单的人自己，请另选一位"
	check.That(n.PersonID != raiserID, "person_id", own)
	check.That(!slices.Contains(n.OfferTo, raiserID), "offer_to", own)
	check.That(n.DueAt.After(now), "due_at", "办结时限要在现在之后")
	check.That(n.DueAt.Before(now.AddDate(1, 0, 0)), "due_at", "办结时限最长一年")
	check.Text("note", "派单说明", &n.Note, 0, 500)
	return check.Err()
}

// mayDispatch is what it takes to decide in part 2: the community's desk, or the street once it was whistled
// up.
func mayDispatch(caller web.Caller, t Ticket, community region.Region) error {
	if t.Whistled && region.May(caller, region.DispatchWhistled, region.In(community)) {
		return nil
	}
	return region.Require(caller, region.DispatchTickets, region.In(community))
}

// Dispatch hands a ticket to an assignee, or offers it to several. The same dispatch again changes nothing.
func (s *Service) Dispatch(ctx context.Context, caller web.Caller, id string, input NewDispatch) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if err := mayDispatch(caller, t, community); err != nil {
			return err
		}
		input.DueAt = input.DueAt.UTC().Truncate(time.Millisecond)
		if err := input.check(s.DB.Now(), t.raiserID); err != nil {
			return err
		}
		assignees, err := s.assigneesOf(ctx, community, input)
		if err != nil {
			return err
		}
		if done, err := s.isDispatched(ctx, t, assignees, input.DueAt); err != nil || done {
			return err
		}
		if err := t.Stage.require(ActDispatch); err != nil {
			return err
		}
		if t.ContentState == content.Refused {
			return errRefused
		}
		return s.dispatch(ctx, caller, t, assignees, input)
	})
}

func (s *Service) isDispatched(ctx context.Context, t Ticket, assignees []Assignee, dueAt time.Time) (bool, error) {
	if t.Stage != Dispatched || !t.DueAt.Equal(dueAt) {
		return false, nil
	}
	offers, err := s.store().offers(ctx, t)
	return sameAssignees(offers, assignees), err
}

func (s *Service) dispatch(ctx context.Context, caller web.Caller, t Ticket, assignees []Assignee, input NewDispatch) error {
	from := t.Stage
	t.Stage, t.DueAt, t.dispatchedAt = Dispatched, input.DueAt, s.DB.Now()
	t.round++
	if len(assignees) == 1 {
		t.organisationID, t.assigneeID = assignees[0].OrganisationID, assignees[0].PersonID
	}
	if err := s.enter(ctx, ActDispatch, from, t); err != nil {
		return err
	}
	if err := s.store().insertOffers(ctx, t, assignees); err != nil {
		return err
	}
	details := Details{To: assignees, DueAt: input.DueAt}
	if err := s.tell(ctx, caller, t, Event{Act: ActDispatch, Text: input.Note, Details: details}, nil); err != nil {
		return err
	}
	if err := s.informOfDispatch(ctx, t, assignees); err != nil {
		return err
	}
	return s.record(ctx, caller, t, "ticket.dispatched", input.Note, details)
}

func (s *Service) record(ctx context.Context, caller web.Caller, t Ticket, act, reason string, after any) error {
	return s.Audit.Record(ctx, caller, audit.Act{Name: act, SubjectKind: kind, SubjectID: t.ID, RegionID: t.RegionID,
		Reason: reason, After: after})
}

// assigneesOf finds who is meant, each once, and refuses whoever has nothing to do with the community.
func (s *Service) assigneesOf(ctx context.Context, community region.Region, input NewDispatch) ([]Assignee, error) {
	if input.OrganisationID != "" {
		organisation, err := s.organisationFor(ctx, community, input.OrganisationID)
		return []Assignee{organisation}, inField(err, "organisation_id", "没有这个单位，或它不在本社区范围内")
	}
	if input.PersonID != "" {
		person, err := s.personFor(ctx, community, input.PersonID)
		return []Assignee{person}, inField(err, "person_id", "没有这个人，或不是本社区的居民、工作人员")
	}
	assignees := make([]Assignee, 0, len(input.OfferTo))
	for _, id := range distinct(input.OfferTo) {
		one, err := s.organisationFor(ctx, community, id)
		if errors.Is(err, fault.ErrNotFound) {
			one, err = s.personFor(ctx, community, id)
		}
		if err != nil {
			return nil, inField(err, "offer_to", "有的单位或人找不到，或不在本社区范围内，请重新选择")
		}
		assignees = append(assignees, one)
	}
	return assignees, nil
}

// inField says in which field of the input somebody was looked for in vain.
func inField(err error, field, message string) error {
	if errors.Is(err, fault.ErrNotFound) {
		return fault.InvalidField(field, message)
	}
	return err
}

// organisationFor gives an organisation of the community, or of the street, district or city above it;
// fault.ErrNotFound.
func (s *Service) organisationFor(ctx context.Context, community region.Region, id string) (Assignee, error) {
	organisation, err := s.Regions.Organisation(ctx, id)
	if err != nil {
		return Assignee{}, err
	}
	near, err := s.isNear(ctx, community, organisation.RegionID)
	if err == nil && !near {
		err = fault.ErrNotFound
	}
	return Assignee{OrganisationID: id}, err
}

// personFor gives a person with a home or a role in the community, or a role above it; fault.ErrNotFound.
func (s *Service) personFor(ctx context.Context, community region.Region, id string) (Assignee, error) {
	person, err := s.People.CallerFor(ctx, id)
	if err != nil {
		return Assignee{}, err
	}
	assignee := Assignee{PersonID: id}
	if region.CommunityOf(person.HomePath) == community.ID {
		return assignee, nil
	}
	for _, grant := range person.Grants {
		near, err := s.isNear(ctx, community, grant.RegionID)
		if err != nil || near {
			return assignee, err
		}
	}
	return Assignee{}, fault.ErrNotFound
}

// isNear tells whether a region is the community, a part of it, or above it.
func (s *Service) isNear(ctx context.Context, community region.Region, regionID string) (bool, error) {
	if community.Within(regionID) {
		return true, nil
	}
	at, err := s.Regions.Get(ctx, regionID)
	return at.Within(community.ID), err
}

// Reject ends a ticket that the community will not act on, with the reason.
func (s *Service) Reject(ctx context.Context, caller web.Caller, id, reason string) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if err := mayDispatch(caller, t, community); err != nil {
			return err
		}
		if err := checkReason(&reason, "原因"); err != nil {
			return err
		}
		if t.Stage == Rejected {
			return nil
		}
		from := t.Stage
		t.Stage = Rejected
		if err := s.enter(ctx, ActReject, from, t); err != nil {
			return err
		}
		if err := s.tell(ctx, caller, t, Event{Act: ActReject, Text: reason}, nil); err != nil {
			return err
		}
		if err := s.informRaiser(ctx, t, notice.TicketRejected, "没有受理："+reason); err != nil {
			return err
		}
		return s.record(ctx, caller, t, "ticket.rejected", reason, nil)
	})
}

func checkReason(reason *string, name string) error {
	var check fault.Check
	check.Text("reason", name, reason, 2, 500)
	return check.Err()
}

// Recall takes a ticket back from an assignee who does not get on with it, so that it can be dispatched anew.
func (s *Service) Recall(ctx context.Context, caller web.Caller, id, reason string) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if err := mayDispatch(caller, t, community); err != nil {
			return err
		}
		if err := checkReason(&reason, "收回原因"); err != nil {
			return err
		}
		if err := s.enter(ctx, ActRecall, t.Stage, t.backToDispatch()); err != nil {
			return err
		}
		if err := s.tell(ctx, caller, t, Event{Act: ActRecall, Text: reason}, nil); err != nil {
			return err
		}
		if err := s.informRaiser(ctx, t, notice.TicketBack, "社区收回来了，正在重新派单。"); err != nil {
			return err
		}
		return s.record(ctx, caller, t, "ticket.recalled", reason, nil)
	})
}

// Whistle hands a ticket up to the street, which then may dispatch it, and sees at once when it is overdue.
func (s *Service) Whistle(ctx context.Context, caller web.Caller, id, note string) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if err := region.Require(caller, region.DispatchTickets, region.In(community)); err != nil {
			return err
		}
		var check fault.Check
		check.Text("note", "吹哨说明", &note, 2, 500)
		if err := check.Err(); err != nil {
			return err
		}
		if t.Whistled {
			return nil
		}
		t.Whistled = true
		t.clocks.escalate = t.clocks.overdue
		if err := s.move(ctx, ActWhistle, t.Stage, t); err != nil {
			return err
		}
		if err := s.tell(ctx, caller, t, Event{Act: ActWhistle, Text: note}, nil); err != nil {
			return err
		}
		if err := s.informRaiser(ctx, t, notice.TicketEscalated, "社区请街道一起来办。"); err != nil {
			return err
		}
		return s.record(ctx, caller, t, "ticket.whistled", note, nil)
	})
}

// Merge ends a ticket that says the same as another open one of its community. Its votes move there, and its
// raiser's voice with them; each person counts once.
func (s *Service) Merge(ctx context.Context, caller web.Caller, id, intoID string) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if err := mayDispatch(caller, t, community); err != nil {
			return err
		}
		if t.Stage == Merged && t.MergedInto == intoID {
			return nil
		}
		into, err := s.mergeTarget(ctx, t, intoID)
		if err != nil {
			return err
		}
		return s.merge(ctx, caller, t, into)
	})
}

// mergeTarget locks the ticket that t is to be merged into: another one of the same community.
func (s *Service) mergeTarget(ctx context.Context, t Ticket, intoID string) (Ticket, error) {
	if intoID == t.ID {
		return Ticket{}, fault.InvalidField("into", "不能合并到自己，请选择另一张四联单")
	}
	into, err := s.store().lock(ctx, intoID)
	if err == nil && into.RegionID != t.RegionID {
		err = fault.ErrNotFound
	}
	return into, inField(err, "into", "没有这张四联单，或它不在本社区")
}

func (s *Service) merge(ctx context.Context, caller web.Caller, t, into Ticket) error {
	if err := into.Stage.require(ActAbsorb); err != nil {
		return err
	}
	from := t.Stage
	t.Stage, t.MergedInto = Merged, into.ID
	if err := s.enter(ctx, ActMerge, from, t); err != nil {
		return err
	}
	if err := s.store().moveVotes(ctx, t, into); err != nil {
		return err
	}
	if err := s.store().pointMerged(ctx, t, into); err != nil {
		return err
	}
	told := Event{Act: ActMerge, Details: Details{TicketID: into.ID, TicketNumber: into.Number}}
	if err := s.tell(ctx, caller, t, told, nil); err != nil {
		return err
	}
	told = Event{Act: ActAbsorb, Details: Details{TicketID: t.ID, TicketNumber: t.Number}}
	if err := s.tell(ctx, caller, into, told, nil); err != nil {
		return err
	}
	if err := s.informRaiser(ctx, t, notice.TicketMerged, "和另一件（"+into.Number+"）说的是同一件事，合到一起办，您算附议了那一件。"); err != nil {
		return err
	}
	return s.record(ctx, caller, t, "ticket.merged", "", map[string]string{"into": into.ID})
}

package ticket

import (
	"context"
	"slices"

	"fivestar/server/content"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// rights are what a caller is to one ticket.
type rights struct {
	// desk sees everything: it dispatches, or stands above those who do.
	desk bool
	// people may see the people of the community.
	people bool
	// author raised it, or entered it for the raiser.
	author bool
	// assignee has it; offered may still accept it.
	assignee bool
	offered  bool
	// above is an officer who dispatches only what was whistled up.
	above bool
}

// party tells those whom the ticket concerns from mere neighbours.
func (r rights) party() bool { return r.desk || r.author || r.assignee || r.offered }

// seesRaiser tells whether the caller reads the raiser's name: neighbours do if the raiser wanted it, an
// assignee once it is theirs to go there.
func (r rights) seesRaiser(t Ticket) bool {
	return t.ShowName || r.people || r.desk || r.author || r.assignee
}

// seesText tells whether the caller reads the text of an event: neighbours once WeChat's check has passed
// it, the parties meanwhile, and what it refused only the desk and who wrote it.
func (r rights) seesText(caller web.Caller, event Event) bool {
	wrote := caller.PersonID == event.personID || caller.PersonID == event.helperID
	switch event.ContentState {
	case content.Passed:
		return true
	case content.Pending:
		return wrote || r.party()
	}
	return wrote || r.desk
}

func isDesk(caller web.Caller, at region.Region) bool {
	scope := region.In(at)
	return region.May(caller, region.DispatchTickets, scope) || region.May(caller, region.DispatchWhistled, scope)
}

// isAbove tells officers, who hear of what is overdue only after the desk had as long again to mend it.
func isAbove(caller web.Caller, at region.Region) bool {
	return isDesk(caller, at) && !region.May(caller, region.DispatchTickets, region.In(at))
}

// rightsOver tells what the caller is to a ticket, but for offers that are still open.
func rightsOver(caller web.Caller, t Ticket, community region.Region) rights {
	return rights{
		desk:     isDesk(caller, community),
		above:    isAbove(caller, community),
		people:   region.May(caller, region.SeePeople, region.In(community)),
		author:   t.raiserID == caller.PersonID || t.helperID == caller.PersonID,
		assignee: isFor(caller, community, t.organisationID, t.assigneeID),
	}
}

// isFor tells whether what went to an organisation or a person is the caller's to handle.
func isFor(caller web.Caller, community region.Region, organisationID, personID string) bool {
	if personID != "" {
		return personID == caller.PersonID
	}
	return region.May(caller, region.HandleTickets, region.Scope{Region: community, OrganisationID: organisationID})
}

// isOffered tells whether the caller may still accept the ticket.
func (s *Service) isOffered(ctx context.Context, caller web.Caller, t Ticket, community region.Region) (bool, error) {
	if t.Stage != Dispatched {
		return false, nil
	}
	offers, err := s.store().offers(ctx, t)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(offers, func(o offer) bool {
		return !o.declined && isFor(caller, community, o.organisationID, o.personID)
	}), nil
}

// MaySee is nil when the caller may see the ticket; fault.ErrForbidden for one of another community,
// fault.ErrNotFound for one that the caller may not know of, or that is not there.
func (s *Service) MaySee(ctx context.Context, caller web.Caller, id string) error {
	_, err := s.visible(ctx, caller, id)
	return err
}

// visible gives a ticket that the caller may see; see MaySee.
func (s *Service) visible(ctx context.Context, caller web.Caller, id string) (Ticket, error) {
	t, err := s.store().ticket(ctx, id)
	if err != nil {
		return Ticket{}, err
	}
	community, err := s.Regions.Get(ctx, t.RegionID)
	if err != nil {
		return Ticket{}, err
	}
	return t, s.requireSeen(ctx, caller, t, community)
}

func (s *Service) requireSeen(ctx context.Context, caller web.Caller, t Ticket, community region.Region) error {
	if rightsOver(caller, t, community).party() {
		return nil
	}
	offered, err := s.isOffered(ctx, caller, t, community)
	if err != nil || offered {
		return err
	}
	if err := s.requireSees(ctx, caller, community); err != nil {
		return err
	}
	if t.ContentState != content.Passed || !slices.Contains(public, t.Stage) {
		return fault.ErrNotFound
	}
	return nil
}

// requireSees is fault.ErrForbidden unless the caller may see the tickets of a region. A worker of one grid
// sees those of its community: a ticket belongs to no grid.
func (s *Service) requireSees(ctx context.Context, caller web.Caller, at region.Region) error {
	if region.May(caller, region.SeeTickets, region.In(at)) {
		return nil
	}
	community := region.CommunityOf(at.Path)
	for _, grant := range caller.Grants {
		granted, err := s.Regions.Get(ctx, grant.RegionID)
		if err != nil {
			return err
		}
		sameCommunity := community != "" && region.CommunityOf(granted.Path) == community
		if sameCommunity && region.May(caller, region.SeeTickets, region.In(granted)) {
			return nil
		}
	}
	return fault.ErrForbidden
}

// names are what people and organisations are called.
type names struct {
	people        map[string]string
	organisations map[string]string
}

func (n names) of(one Assignee) string {
	if one.OrganisationID != "" {
		return n.organisations[one.OrganisationID]
	}
	return n.people[one.PersonID]
}

func (s *Service) names(ctx context.Context, people, organisations []string) (names, error) {
	found, err := s.People.Names(ctx, distinct(people))
	if err != nil {
		return names{}, err
	}
	called, err := s.store().organisationNames(ctx, distinct(organisations))
	return names{people: found, organisations: called}, err
}

// distinct are the ids once each, without the empty one.
func distinct(ids []string) []string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
}

// aNeighbour and aBacker stand for people who did not ask to be named; theClock for nobody.
const (
	aNeighbour = "一位居民"
	aBacker    = "一位附议居民"
	theClock   = "系统"
)

// present fills in what each ticket is to the caller.
func (s *Service) present(ctx context.Context, caller web.Caller, tickets []Ticket) ([]Ticket, error) {
	if len(tickets) == 0 {
		return []Ticket{}, nil
	}
	var ids, communities, people, organisations []string
	for _, t := range tickets {
		ids, communities = append(ids, t.ID), append(communities, t.RegionID)
		people = append(people, t.raiserID, t.helperID, t.assigneeID)
		organisations = append(organisations, t.organisationID)
	}
	called, err := s.names(ctx, people, organisations)
	if err != nil {
		return nil, err
	}
	voted, err := s.store().votedAmong(ctx, caller.PersonID, ids)
	if err != nil {
		return nil, err
	}
	regions, err := s.Regions.GetMany(ctx, distinct(communities))
	if err != nil {
		return nil, err
	}
	now := s.DB.Now()
	for i, t := range tickets {
		at := slices.IndexFunc(regions, func(r region.Region) bool { return r.ID == t.RegionID })
		held := rightsOver(caller, t, regions[at])
		t.Voted, t.Overdue = voted[t.ID], t.overdueAt(now, held.above)
		tickets[i] = shownTo(caller, t, held, called)
	}
	return tickets, nil
}

func shownTo(caller web.Caller, t Ticket, held rights, called names) Ticket {
	t.Mine = t.raiserID == caller.PersonID
	t.RaiserName = aNeighbour
	if held.seesRaiser(t) {
		t.RaiserName, t.HelperName = called.people[t.raiserID], called.people[t.helperID]
	}
	if held.people || t.Mine {
		t.RaiserID = t.raiserID
	}
	if t.organisationID != "" || t.assigneeID != "" {
		has := assigneeShownTo(caller, Assignee{OrganisationID: t.organisationID, PersonID: t.assigneeID}, held, called)
		t.Assignee = &has
	}
	return t
}

// assigneeShownTo gives an assignee's name to all, and a person's id to those who may see the people.
func assigneeShownTo(caller web.Caller, one Assignee, held rights, called names) Assignee {
	one.Name = called.of(one)
	if !held.people && one.PersonID != caller.PersonID {
		one.PersonID = ""
	}
	return one
}

// show gives one ticket with its timeline, as the caller sees them. The caller of show has checked that they
// may.
func (s *Service) show(ctx context.Context, caller web.Caller, id string) (Ticket, error) {
	t, err := s.store().ticket(ctx, id)
	if err != nil {
		return Ticket{}, err
	}
	return s.showTicket(ctx, caller, t)
}

// showTicket is show for a ticket that has just been read.
func (s *Service) showTicket(ctx context.Context, caller web.Caller, t Ticket) (Ticket, error) {
	shown, err := s.present(ctx, caller, []Ticket{t})
	if err != nil {
		return Ticket{}, err
	}
	t = shown[0]
	if t.Timeline, err = s.store().timeline(ctx, t.ID); err != nil {
		return Ticket{}, err
	}
	if err := s.presentTimeline(ctx, caller, &t); err != nil {
		return Ticket{}, err
	}
	if t.MayReview, err = s.mayReview(ctx, caller, t); err != nil {
		return Ticket{}, err
	}
	return t, s.addPhotos(ctx, caller, &t)
}

func (s *Service) presentTimeline(ctx context.Context, caller web.Caller, t *Ticket) error {
	community, err := s.Regions.Get(ctx, t.RegionID)
	if err != nil {
		return err
	}
	held := rightsOver(caller, *t, community)
	if held.offered, err = s.isOffered(ctx, caller, *t, community); err != nil {
		return err
	}
	var people, organisations []string
	for _, event := range t.Timeline {
		people = append(people, event.personID, event.helperID)
		organisations = append(organisations, event.organisationID)
		for _, one := range event.To {
			people, organisations = append(people, one.PersonID), append(organisations, one.OrganisationID)
		}
	}
	called, err := s.names(ctx, people, organisations)
	if err != nil {
		return err
	}
	for i := range t.Timeline {
		t.Timeline[i] = eventShownTo(caller, *t, t.Timeline[i], held, called)
	}
	t.MayAccept, t.MayWork = held.offered, held.assignee && t.Stage.may(ActProgress)
	return nil
}

func eventShownTo(caller web.Caller, t Ticket, event Event, held rights, called names) Event {
	event.By = called.people[event.personID]
	event.Helper = called.people[event.helperID]
	hidden := ""
	switch {
	case event.personID == "":
		event.By = theClock
	case event.personID == t.raiserID && event.organisationID == "" && !held.seesRaiser(t):
		hidden = aNeighbour
	case event.isBackersReviewOf(t) && !held.people && event.personID != caller.PersonID:
		hidden = aBacker
	case event.organisationID != "" && held.desk:
		event.By = called.organisations[event.organisationID] + "(" + event.By + ")"
	case event.organisationID != "":
		hidden = called.organisations[event.organisationID]
	}
	if hidden != "" {
		event.By, event.Helper = hidden, ""
	}
	if event.Act == ActRaise {
		event.Text, event.ContentState = t.Text, t.ContentState
	}
	if !held.seesText(caller, event) {
		event.Text = ""
	}
	for i, one := range event.To {
		event.To[i] = assigneeShownTo(caller, one, held, called)
	}
	return event
}

// isBackersReviewOf tells a neighbour's review from the raiser's own: where the raiser did the work, it decides.
func (e Event) isBackersReviewOf(t Ticket) bool {
	return e.Act == ActBackerReview || e.Act == ActReview && e.personID != t.raiserID
}

// addPhotos gives each event its photos, and the ticket those it was raised with.
func (s *Service) addPhotos(ctx context.Context, caller web.Caller, t *Ticket) error {
	found, err := s.Files.Of(ctx, caller, kind, []string{t.ID})
	if err != nil {
		return err
	}
	for i := range t.Timeline {
		event := &t.Timeline[i]
		if !slices.Contains(withPhotos, event.Act) {
			continue
		}
		for _, photo := range found[t.ID] {
			if photo.Label == photoLabel(event.version) {
				photo.Label = ""
				event.Photos = append(event.Photos, photo)
			}
		}
		if event.Act == ActRaise {
			t.Photos = event.Photos
		}
	}
	return nil
}

// withPhotos are the acts that may show photos; what else is told of the same change has none.
var withPhotos = []Act{ActRaise, ActProgress, ActComplete}

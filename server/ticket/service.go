package ticket

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/file"
	"fivestar/server/notice"
	"fivestar/server/person"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/ticket/internal/ticketdb"
	"fivestar/server/web"
)

// kind is what content checks and photos call this room's things.
const kind = "ticket"

// Service is the ticket room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	People  *person.Service
	Points  *points.Service
	Files   *file.Service
	Content *content.Service
	Notices *notice.Service
	// PublicURL is where people reach the server; the printed form's QR code leads there.
	PublicURL string

	voters    *db.Group[web.Caller, Voice]
	accepters *db.Group[web.Caller, Ticket]
}

// Open makes what the service keeps in memory. It must be called before the first request.
func (s *Service) Open() {
	s.voters = db.NewGroup(s.DB, "votes", s.voteTogether, s.voteAlone)
	s.accepters = db.NewGroup(s.DB, "accepts", s.acceptTogether, s.acceptAlone)
}

func (s *Service) store() store { return store{s.DB} }

// NewTicket is what a ticket is raised from.
type NewTicket struct {
	RegionID string   `json:"region_id" maxLength:"26" doc:"The caller's community"`
	Category Category `json:"category" enum:"facilities,sanitation,safety,elder_care,neighbours,convenience,other"`
	Text     string   `json:"text"`
	PhotoIDs []string `json:"photo_ids,omitempty" maxItems:"9"`
	Place    string   `json:"place,omitempty"`
	ShowName bool     `json:"show_name,omitempty" doc:"Whether neighbours see the name"`
}

func (n *NewTicket) check() error {
	var check fault.Check
	check.Text("text", "内容", &n.Text, 5, 1000)
	check.Text("place", "地点", &n.Place, 0, 100)
	return check.Err()
}

// Raise raises a ticket in the caller's community. Neighbours see it once its text has passed WeChat's check.
func (s *Service) Raise(ctx context.Context, caller web.Caller, input NewTicket) (Ticket, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.LiveHere, input.RegionID)
	if err != nil {
		return Ticket{}, err
	}
	if err := input.check(); err != nil {
		return Ticket{}, err
	}
	settings, err := s.Regions.Settings(ctx, community.ID)
	if err != nil {
		return Ticket{}, err
	}
	now := s.DB.Now()
	raised := Ticket{
		ID: db.NewID(), RegionID: community.ID, Category: input.Category, Text: input.Text, Place: input.Place,
		ShowName: input.ShowName, Stage: Raised, ContentState: content.Pending, RaisedAt: now,
		raiserID: caller.PersonID, helperID: caller.HelperID, version: 1,
	}
	raised.clocks = clocksOf(raised, settings, now)
	var shown Ticket
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.insert(ctx, caller, raised, input.PhotoIDs); err != nil {
			return err
		}
		shown, err = s.show(ctx, caller, raised.ID)
		return err
	})
	return shown, err
}

func (s *Service) insert(ctx context.Context, caller web.Caller, raised Ticket, photoIDs []string) (err error) {
	if raised.Number, err = s.store().nextNumber(ctx, raised.RegionID, dayOf(raised.RaisedAt)); err != nil {
		return err
	}
	if err := s.store().insert(ctx, raised); err != nil {
		return err
	}
	if err := s.tell(ctx, caller, raised, Event{Act: ActRaise}, photoIDs); err != nil {
		return err
	}
	subject := content.Subject{Kind: kind, ID: raised.ID, RegionID: raised.RegionID}
	return s.Content.CheckText(ctx, caller, subject, strings.TrimSpace(raised.Text+"\n"+raised.Place))
}

// checked are the acts whose text a resident or an assignee writes: WeChat checks it before neighbours see
// it.
var checked = []Act{ActDecline, ActProgress, ActComplete, ActReview, ActBackerReview}

// tell adds a line to the timeline of a locked ticket. An empty caller is the clock.
func (s *Service) tell(ctx context.Context, caller web.Caller, t Ticket, event Event, photoIDs []string) error {
	event.id, event.Part, event.At = db.NewID(), partOf[event.Act], s.DB.Now()
	event.personID, event.helperID = caller.PersonID, caller.HelperID
	event.ContentState = content.Passed
	toCheck := event.Text != "" && slices.Contains(checked, event.Act)
	if toCheck {
		event.ContentState = content.Pending
	}
	if err := s.store().insertEvent(ctx, t, event); err != nil {
		return err
	}
	photos := file.Subject{Kind: kind, ID: t.ID, RegionID: t.RegionID}
	if err := s.Files.Attach(ctx, caller, photos, photoLabel(t.version), photoIDs); err != nil {
		return err
	}
	if !toCheck {
		return nil
	}
	return s.Content.CheckText(ctx, caller, content.Subject{Kind: kind, ID: event.id, RegionID: t.RegionID}, event.Text)
}

// photoLabel tells the photos of one change of a ticket from those of the others.
func photoLabel(version int64) string { return strconv.FormatInt(version, 10) }

// ContentDecided takes WeChat's verdict on the text of a ticket or of a line in a timeline.
func (s *Service) ContentDecided(ctx context.Context, subjectID string, state content.State) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().decideContent(ctx, subjectID, state) })
}

// locked runs act on a ticket as it stands, while nobody else changes it. fault.ErrNotFound for an unknown
// ticket; the errors of act come through.
func (s *Service) locked(ctx context.Context, id string, act func(ctx context.Context, t Ticket, community region.Region) error) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		t, err := s.store().lock(ctx, id)
		if err != nil {
			return err
		}
		community, err := s.Regions.Get(ctx, t.RegionID)
		if err != nil {
			return err
		}
		return act(ctx, t, community)
	})
}

// change is locked, and gives what the caller then sees of the ticket.
func (s *Service) change(ctx context.Context, caller web.Caller, id string, act func(ctx context.Context, t Ticket, community region.Region) error) (Ticket, error) {
	var shown Ticket
	err := s.locked(ctx, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if err := act(ctx, t, community); err != nil {
			return err
		}
		var err error
		shown, err = s.show(ctx, caller, id)
		return err
	})
	return shown, err
}

// move stores a locked ticket after act took it on from its stage. A ticket that ends loses the words of a
// raiser who has been erased.
func (s *Service) move(ctx context.Context, act Act, from Stage, t Ticket) error {
	if err := s.store().move(ctx, act, from, t); err != nil {
		return err
	}
	if t.raiserLeft && t.Stage.ended() {
		return s.blank(ctx, t.ID)
	}
	return nil
}

// enter stores a locked ticket after act took it into another stage, whose clocks start now.
func (s *Service) enter(ctx context.Context, act Act, from Stage, t Ticket) error {
	settings, err := s.Regions.Settings(ctx, t.RegionID)
	if err != nil {
		return err
	}
	t.clocks = clocksOf(t, settings, s.DB.Now())
	return s.move(ctx, act, from, t)
}

// Withdraw takes a ticket back, by the one who raised it, while nobody is at work on it.
func (s *Service) Withdraw(ctx context.Context, caller web.Caller, id string) (Ticket, error) {
	return s.change(ctx, caller, id, func(ctx context.Context, t Ticket, _ region.Region) error {
		if t.raiserID != caller.PersonID {
			return fault.ErrForbidden
		}
		if t.Stage == Withdrawn {
			return nil
		}
		return s.withdraw(ctx, caller, t)
	})
}

func (s *Service) withdraw(ctx context.Context, caller web.Caller, t Ticket) error {
	from := t.Stage
	t.Stage = Withdrawn
	if err := s.enter(ctx, ActWithdraw, from, t); err != nil {
		return err
	}
	return s.tell(ctx, caller, t, Event{Act: ActWithdraw}, nil)
}

// Voice is how many back a ticket, and whether the caller does.
type Voice struct {
	Votes int64 `json:"votes"`
	Voted bool  `json:"voted"`
}

// Vote backs a ticket, once a resident, whichever way the vote comes; a second one changes nothing. fault.ErrNotFound
// for somebody who has left meanwhile.
func (s *Service) Vote(ctx context.Context, caller web.Caller, id string) (Voice, error) {
	return s.voters.Do(ctx, id, caller)
}

// voteAlone holds the voter before the ticket, in the order in which leaving holds them.
func (s *Service) voteAlone(ctx context.Context, id string, caller web.Caller) (voice Voice, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.People.Hold(ctx, caller.PersonID); err != nil {
			return err
		}
		voice, err = s.voice(ctx, id, true, func(ctx context.Context, t Ticket, community region.Region) error {
			if err := s.mayVote(ctx, caller, t, community); err != nil {
				return err
			}
			if err := t.Stage.require(actVote); err != nil {
				return err
			}
			return s.store().vote(ctx, t.ID, caller.PersonID, caller.HelperID)
		})
		return err
	})
	return voice, err
}

// voteTogether stores the votes of many for one ticket.
func (s *Service) voteTogether(ctx context.Context, id string, callers []web.Caller) ([]db.Outcome[Voice], error) {
	t, err := s.store().ticket(ctx, id)
	if err != nil {
		return nil, err
	}
	community, err := s.Regions.Get(ctx, t.RegionID)
	if err != nil {
		return nil, err
	}
	people := make([]string, len(callers))
	for i, caller := range callers {
		people[i] = caller.PersonID
	}
	voted, err := s.store().votedOf(ctx, id, people)
	if err != nil {
		return nil, err
	}
	outcomes := make([]db.Outcome[Voice], len(callers))
	var voters []web.Caller
	for i, caller := range callers {
		if outcomes[i].Err = s.mayVote(ctx, caller, t, community); outcomes[i].Err == nil {
			outcomes[i].Err = t.Stage.require(actVote)
		}
		hasVoted, isHere := voted[caller.PersonID]
		if !isHere {
			outcomes[i].Err = fault.ErrNotFound
		}
		if outcomes[i].Err == nil && !hasVoted {
			voted[caller.PersonID] = true
			voters = append(voters, caller)
		}
	}
	for i := range outcomes {
		outcomes[i].Answer = Voice{Votes: t.Votes + int64(len(voters)), Voted: true}
	}
	return outcomes, s.keepVotes(ctx, t, voters)
}

// keepVotes stores votes for a ticket that is as it was read, or none of them. The voters are held first: whoever
// leaves at this moment either is seen to have left, or finds the vote and takes it back. They are held in one order, so
// that the same people never wait for each other at two tickets.
func (s *Service) keepVotes(ctx context.Context, t Ticket, voters []web.Caller) error {
	if len(voters) == 0 {
		return nil
	}
	slices.SortFunc(voters, func(a, b web.Caller) int { return strings.Compare(a.PersonID, b.PersonID) })
	return s.DB.InBatch(ctx, func(ctx context.Context) error {
		for _, caller := range voters {
			if err := s.People.Hold(ctx, caller.PersonID); err != nil {
				return err
			}
		}
		if err := s.store().lockAsSeen(ctx, t); err != nil {
			return err
		}
		for _, caller := range voters {
			if err := s.store().insertVote(ctx, t.ID, caller.PersonID, caller.HelperID); err != nil {
				return err
			}
		}
		return s.store().countVotes(ctx, t.ID)
	})
}

func (s *Service) mayVote(ctx context.Context, caller web.Caller, t Ticket, community region.Region) error {
	if err := region.Require(caller, region.LiveHere, region.In(community)); err != nil {
		return err
	}
	if t.raiserID == caller.PersonID {
		return errOwnTicket
	}
	if err := s.requireSeen(ctx, caller, t, community); err != nil {
		return err
	}
	settings, err := s.Regions.Settings(ctx, community.ID)
	if err != nil {
		return err
	}
	if settings.VerifiedHomeForVotes && !caller.HomeVerified {
		return errUnverified
	}
	return nil
}

// Unvote takes the caller's vote back; without one it changes nothing. Who has moved away still may.
func (s *Service) Unvote(ctx context.Context, caller web.Caller, id string) (Voice, error) {
	return s.voice(ctx, id, false, func(ctx context.Context, t Ticket, community region.Region) error {
		voted, err := s.store().hasVoted(ctx, t.ID, caller.PersonID)
		if err != nil {
			return err
		}
		if !voted {
			return s.mayVote(ctx, caller, t, community)
		}
		if err := t.Stage.require(actVote); err != nil {
			return err
		}
		return s.store().unvote(ctx, t.ID, caller.PersonID)
	})
}

func (s *Service) voice(ctx context.Context, id string, voted bool, act func(ctx context.Context, t Ticket, community region.Region) error) (Voice, error) {
	voice := Voice{Voted: voted}
	err := s.locked(ctx, id, func(ctx context.Context, t Ticket, community region.Region) error {
		if err := act(ctx, t, community); err != nil {
			return err
		}
		var err error
		voice.Votes, err = s.store().votes(ctx, id)
		return err
	})
	return voice, err
}

// Sort is an order of tickets.
type Sort string

const (
	Newest    Sort = "newest"
	ByVotes   Sort = "votes" // most votes first
	ByAge     Sort = "age"   // the longest waiting first
	ByOverdue Sort = "overdue"
)

// Query is which tickets of a region are asked for.
type Query struct {
	RegionID string `query:"region_id" required:"true" maxLength:"26"`
	Stage    Stage  `query:"stage" enum:"raised,dispatched,accepted,completed,closed,rejected,merged,withdrawn"`
	Sort     Sort   `query:"sort" enum:"newest,votes,age,overdue" default:"newest" doc:"overdue lists only what is overdue; those above a community see it after as long again"`
	Whistled bool   `query:"whistled" doc:"Only what was handed up to the street"`
	Open     bool   `query:"open" doc:"Only what neighbours may still back"`
}

// List gives the tickets of a community, or of all communities below a street or higher.
func (s *Service) List(ctx context.Context, caller web.Caller, query Query, page web.PageQuery) (web.Page[Ticket], error) {
	filter, err := s.filterFor(ctx, caller, query)
	if err != nil {
		return web.Page[Ticket]{}, err
	}
	after, err := page.AfterPlace(listName(query.Sort), startOf(query.Sort))
	if err != nil {
		return web.Page[Ticket]{}, err
	}
	tickets, err := s.sorted(ctx, query.Sort, filter, after, page.Limit+1)
	if err != nil {
		return web.Page[Ticket]{}, err
	}
	return s.page(ctx, caller, listName(query.Sort), tickets, page.Limit, func(t Ticket) []string {
		return web.Place{Number: sortKey(query.Sort, t), ID: t.ID}.Keys()
	})
}

// Wish is a neighbour's ticket as somebody sees it who may back it.
type Wish struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Votes int64  `json:"votes"`
}

// ToBack gives up to limit of the tickets that were raised in the caller's community, that wait to be
// dispatched, and that the caller may back and does not yet, most votes first.
func (s *Service) ToBack(ctx context.Context, caller web.Caller, communityID string, limit int) ([]Wish, error) {
	rows, err := s.store().queries(ctx).TicketsToBack(ctx, ticketdb.TicketsToBackParams{
		RegionID: communityID, PersonID: caller.PersonID, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("tickets to back: %w", err)
	}
	wishes := make([]Wish, len(rows))
	for i, row := range rows {
		wishes[i] = Wish(row)
	}
	return wishes, nil
}

// filterFor is what the caller may see at a region; fault.ErrForbidden when nothing.
func (s *Service) filterFor(ctx context.Context, caller web.Caller, query Query) (filter, error) {
	at, err := s.Regions.Get(ctx, query.RegionID)
	if err != nil {
		return filter{}, err
	}
	if err := s.requireSees(ctx, caller, at); err != nil {
		return filter{}, err
	}
	communities, err := s.store().communitiesAt(ctx, at)
	if err != nil {
		return filter{}, err
	}
	made := filter{regionIDs: communities, stages: public, contentStates: []content.State{content.Passed},
		onlyWhistled: query.Whistled, viewer: caller.PersonID, escalatedBy: math.MaxInt64}
	if isDesk(caller, at) {
		made.stages, made.contentStates = allStages, []content.State{content.Passed, content.Pending, content.Refused}
	}
	if query.Open {
		made.stages = open
	}
	if query.Stage != "" {
		made.stages = slices.DeleteFunc(slices.Clone(made.stages), func(stage Stage) bool { return stage != query.Stage })
	}
	if isAbove(caller, at) || region.CommunityOf(at.Path) == "" {
		made.escalatedBy = db.Millis(s.DB.Now())
	}
	return made, nil
}

func listName(sort Sort) string { return "tickets " + string(sort) }

func startOf(sort Sort) web.Place {
	if sort == ByAge || sort == ByOverdue {
		return first
	}
	return last
}

func sortKey(sort Sort, t Ticket) int64 {
	switch sort {
	case ByVotes:
		return t.Votes
	case ByOverdue:
		return db.Millis(t.clocks.overdue)
	}
	return db.Millis(t.RaisedAt)
}

func (s *Service) sorted(ctx context.Context, sort Sort, f filter, after web.Place, limit int) ([]Ticket, error) {
	switch sort {
	case ByVotes:
		return s.store().byVotes(ctx, f, after, limit)
	case ByAge:
		return s.store().byAge(ctx, f, after, limit)
	case ByOverdue:
		return s.store().overdue(ctx, f, after, limit)
	}
	return s.store().newest(ctx, f, after, limit)
}

// page shows a page of tickets from one more than its limit.
func (s *Service) page(ctx context.Context, caller web.Caller, list string, tickets []Ticket, limit int, keys func(Ticket) []string) (web.Page[Ticket], error) {
	page := web.NewPage(list, tickets, limit, keys)
	shown, err := s.present(ctx, caller, page.Items)
	page.Items = shown
	return page, err
}

func byID(t Ticket) []string { return []string{t.ID} }

// Mine lists what the caller raised, newest first.
func (s *Service) Mine(ctx context.Context, caller web.Caller, page web.PageQuery) (web.Page[Ticket], error) {
	const list = "my tickets"
	before, err := page.BeforeID(list)
	if err != nil {
		return web.Page[Ticket]{}, err
	}
	tickets, err := s.store().raisedBy(ctx, caller.PersonID, before, page.Limit+1)
	if err != nil {
		return web.Page[Ticket]{}, err
	}
	return s.page(ctx, caller, list, tickets, page.Limit, byID)
}

// Assigned lists what is dispatched or offered to the caller, or to an organisation they act for, newest
// first; with no stage, what is still to be done.
func (s *Service) Assigned(ctx context.Context, caller web.Caller, stage Stage, page web.PageQuery) (web.Page[Ticket], error) {
	const list = "assigned tickets"
	before, err := page.BeforeID(list)
	if err != nil {
		return web.Page[Ticket]{}, err
	}
	stages := []Stage{Dispatched, Accepted}
	if stage != "" {
		stages = []Stage{stage}
	}
	tickets, err := s.store().assigned(ctx, caller.PersonID, organisationsOf(caller), stages, before, page.Limit+1)
	if err != nil {
		return web.Page[Ticket]{}, err
	}
	return s.page(ctx, caller, list, tickets, page.Limit, byID)
}

// organisationsOf are the organisations that the caller takes tickets for.
func organisationsOf(caller web.Caller) []string {
	var ids []string
	for _, grant := range caller.Grants {
		scope := region.Scope{OrganisationID: grant.OrganisationID}
		if region.May(caller, region.HandleTickets, scope) {
			ids = append(ids, grant.OrganisationID)
		}
	}
	return ids
}

// Get gives one ticket with its timeline.
func (s *Service) Get(ctx context.Context, caller web.Caller, id string) (Ticket, error) {
	t, err := s.visible(ctx, caller, id)
	if err != nil {
		return Ticket{}, err
	}
	return s.showTicket(ctx, caller, t)
}

// Similar gives up to 5 open tickets of a community that a new text might repeat.
func (s *Service) Similar(ctx context.Context, caller web.Caller, regionID, text string) ([]Ticket, error) {
	filter, err := s.filterFor(ctx, caller, Query{RegionID: regionID})
	if err != nil {
		return nil, err
	}
	if len(filter.regionIDs) != 1 {
		return nil, fault.InvalidField("region_id", "请选择一个社区")
	}
	filter.stages = open
	candidates, err := s.store().candidates(ctx, filter)
	if err != nil {
		return nil, err
	}
	return s.present(ctx, caller, similar(text, candidates))
}

// Figures are a region's counts. Satisfaction is Satisfied of Closed: silence counts as none.
type Figures struct {
	Stages    map[Stage]int64 `json:"stages" doc:"How many tickets stand in each stage"`
	Overdue   int64           `json:"overdue"`
	Closed    int64           `json:"closed"`
	Reviewed  int64           `json:"reviewed" doc:"Closed by a review of 3 to 5"`
	Satisfied int64           `json:"satisfied" doc:"Closed by a review of 4 or 5"`
	Unrated   int64           `json:"unrated" doc:"Closed without a review in time"`
	Unsolved  int64           `json:"unsolved" doc:"Closed by a third bad review"`
}

// Figures counts the tickets of a community, or of all communities below a street or higher.
func (s *Service) Figures(ctx context.Context, caller web.Caller, regionID string) (Figures, error) {
	filter, err := s.filterFor(ctx, caller, Query{RegionID: regionID})
	if err != nil {
		return Figures{}, err
	}
	return s.store().figures(ctx, filter)
}

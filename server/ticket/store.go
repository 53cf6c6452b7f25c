package ticket

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/ticket/internal/ticketdb"
	"fivestar/server/web"
)

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *ticketdb.Queries { return ticketdb.New(s.db.Querier(ctx)) }

func ticketOf(row ticketdb.Ticket) Ticket {
	return Ticket{
		ID: row.ID, RegionID: row.RegionID, Number: row.Number, Category: Category(row.Category), Text: row.Text,
		Place: row.Place, ShowName: row.ShowName, Stage: Stage(row.Stage), ContentState: content.State(row.ContentState),
		Votes: row.Votes, Rework: row.Rework, Whistled: row.Whistled, RaisedAt: db.Time(row.RaisedAt),
		DueAt: db.Time(row.DueAt), CompletedAt: db.Time(row.CompletedAt), ClosedAs: Closing(row.ClosedAs),
		Score: row.Score, Outcome: Outcome(row.Outcome), MergedInto: row.MergedInto,
		raiserID: row.RaiserID, helperID: row.HelperID, raiserLeft: row.RaiserLeft, round: row.Round,
		organisationID: row.OrganisationID, assigneeID: row.AssigneeID, dispatchedAt: db.Time(row.DispatchedAt),
		acceptedBy: row.AcceptedBy, completedBy: row.CompletedBy, version: row.Version,
		clocks: clocks{timeout: db.Time(row.TimeoutAt), overdue: db.Time(row.OverdueAt), escalate: db.Time(row.EscalateAt)},
	}
}

func ticketsOf(rows []ticketdb.Ticket) []Ticket {
	tickets := make([]Ticket, len(rows))
	for i, row := range rows {
		tickets[i] = ticketOf(row)
	}
	return tickets
}

func (s store) ticket(ctx context.Context, id string) (Ticket, error) {
	row, err := s.queries(ctx).GetTicket(ctx, id)
	if err != nil {
		return Ticket{}, fmt.Errorf("ticket %q: %w", id, db.Found(err))
	}
	return ticketOf(row), nil
}

// lock gives the ticket as it stands, and lets no other transaction change it until this one ends.
func (s store) lock(ctx context.Context, id string) (Ticket, error) {
	affected, err := s.queries(ctx).LockTicket(ctx, id)
	if err := db.One(affected, err, fault.ErrNotFound); err != nil {
		return Ticket{}, fmt.Errorf("lock ticket %q: %w", id, err)
	}
	return s.ticket(ctx, id)
}

// nextNumber counts the tickets of a community and day. Two at once wait for each other.
func (s store) nextNumber(ctx context.Context, regionID, day string) (string, error) {
	queries := s.queries(ctx)
	counted := ticketdb.CountNumberParams{RegionID: regionID, Day: day}
	affected, err := queries.CountNumber(ctx, counted)
	if err == nil && affected == 0 {
		err = queries.StartNumbers(ctx, ticketdb.StartNumbersParams{RegionID: regionID, Day: day})
		if db.IsUnique(err) { // another started the day in between
			_, err = queries.CountNumber(ctx, counted)
		}
	}
	if err != nil {
		return "", fmt.Errorf("number a ticket: %w", err)
	}
	last, err := queries.LastNumber(ctx, ticketdb.LastNumberParams{RegionID: regionID, Day: day})
	if err != nil {
		return "", fmt.Errorf("number a ticket: %w", err)
	}
	return numberOf(day, last), nil
}

func (s store) insert(ctx context.Context, t Ticket) error {
	err := s.queries(ctx).InsertTicket(ctx, ticketdb.InsertTicketParams{
		ID: t.ID, RegionID: t.RegionID, Number: t.Number, Category: string(t.Category), Text: t.Text, Place: t.Place,
		ShowName: t.ShowName, RaiserID: t.raiserID, HelperID: t.helperID, RaisedAt: db.Millis(t.RaisedAt),
		Stage: string(t.Stage), ContentState: string(t.ContentState), TimeoutAt: db.Millis(t.clocks.timeout),
		OverdueAt: db.Millis(t.clocks.overdue), EscalateAt: db.Millis(t.clocks.escalate),
	})
	if err != nil {
		return fmt.Errorf("insert a ticket: %w", err)
	}
	return nil
}

// move stores the ticket after act took it from a stage to its present one. It is 409 ticket.wrong_stage
// when act does not lead there, or the ticket is no longer as it was locked.
func (s store) move(ctx context.Context, act Act, from Stage, t Ticket) error {
	if !leads(act, from, t.Stage) {
		return errWrongStage(from)
	}
	affected, err := s.queries(ctx).MoveTicket(ctx, ticketdb.MoveTicketParams{
		Stage: string(t.Stage), Rework: t.Rework, Whistled: t.Whistled, Round: t.round,
		OrganisationID: t.organisationID, AssigneeID: t.assigneeID, DispatchedAt: db.Millis(t.dispatchedAt),
		DueAt: db.Millis(t.DueAt), AcceptedBy: t.acceptedBy, CompletedBy: t.completedBy,
		CompletedAt: db.Millis(t.CompletedAt), ClosedAs: string(t.ClosedAs), Score: t.Score, Outcome: string(t.Outcome),
		MergedInto: t.MergedInto, TimeoutAt: db.Millis(t.clocks.timeout), OverdueAt: db.Millis(t.clocks.overdue),
		EscalateAt: db.Millis(t.clocks.escalate), ID: t.ID, FromStage: string(from), Version: t.version,
	})
	if err := db.One(affected, err, errWrongStage(from)); err != nil {
		return fmt.Errorf("%s ticket %q: %w", act, t.ID, err)
	}
	return nil
}

func (s store) insertEvent(ctx context.Context, t Ticket, event Event) error {
	details, err := json.Marshal(event.Details)
	if err != nil {
		return err
	}
	err = s.queries(ctx).InsertEvent(ctx, ticketdb.InsertEventParams{
		ID: event.id, TicketID: t.ID, Version: t.version, Round: t.round, Part: event.Part, Act: string(event.Act),
		PersonID: event.personID, HelperID: event.helperID, OrganisationID: event.organisationID, Text: event.Text,
		ContentState: string(event.ContentState), Details: string(details), At: db.Millis(event.At),
		RegionID: t.RegionID, OverdueAt: db.Millis(t.clocks.overdue),
	})
	if err != nil {
		return fmt.Errorf("timeline of ticket %q: %w", t.ID, err)
	}
	return nil
}

func eventOf(row ticketdb.TicketEvent) (Event, error) {
	event := Event{
		Part: row.Part, Act: Act(row.Act), At: db.Time(row.At), Text: row.Text,
		ContentState: content.State(row.ContentState), id: row.ID, version: row.Version, round: row.Round, personID: row.PersonID,
		helperID: row.HelperID, organisationID: row.OrganisationID,
	}
	if err := json.Unmarshal([]byte(row.Details), &event.Details); err != nil {
		return Event{}, fmt.Errorf("event %q: %w", row.ID, err)
	}
	return event, nil
}

func eventsOf(rows []ticketdb.TicketEvent) ([]Event, error) {
	events := make([]Event, len(rows))
	for i, row := range rows {
		event, err := eventOf(row)
		if err != nil {
			return nil, err
		}
		events[i] = event
	}
	return events, nil
}

func (s store) timeline(ctx context.Context, ticketID string) ([]Event, error) {
	rows, err := s.queries(ctx).ListEvents(ctx, ticketID)
	if err != nil {
		return nil, fmt.Errorf("timeline of ticket %q: %w", ticketID, err)
	}
	return eventsOf(rows)
}

// filter is which tickets a list shows, and to whom: those with a content state in contentStates, and what
// viewer raised or entered for somebody.
type filter struct {
	regionIDs     []string
	stages        []Stage
	onlyWhistled  bool
	contentStates []content.State
	viewer        string
	// escalatedBy leaves out what shows to the street only later (unix milliseconds), in the list of overdue
	// tickets.
	escalatedBy int64
}

// first and last sort before and after every ticket.
var (
	first = web.Place{}
	last  = web.Place{Number: math.MaxInt64, ID: web.LastID}
)

func texts[T ~string](values []T) []string {
	plain := make([]string, len(values))
	for i, value := range values {
		plain[i] = string(value)
	}
	return plain
}

func (s store) byVotes(ctx context.Context, f filter, after web.Place, limit int) ([]Ticket, error) {
	rows, err := s.queries(ctx).ListTicketsByVotes(ctx, ticketdb.ListTicketsByVotesParams{
		RegionIds: f.regionIDs, Stages: texts(f.stages), OnlyWhistled: f.onlyWhistled, ContentStates: texts(f.contentStates),
		Viewer: f.viewer, After: after.Number, AfterID: after.ID, Limit: int32(limit),
	})
	return listed(rows, err)
}

func (s store) byAge(ctx context.Context, f filter, after web.Place, limit int) ([]Ticket, error) {
	rows, err := s.queries(ctx).ListTicketsByAge(ctx, ticketdb.ListTicketsByAgeParams{
		RegionIds: f.regionIDs, Stages: texts(f.stages), OnlyWhistled: f.onlyWhistled, ContentStates: texts(f.contentStates),
		Viewer: f.viewer, After: after.Number, AfterID: after.ID, Limit: int32(limit),
	})
	return listed(rows, err)
}

func (s store) newest(ctx context.Context, f filter, after web.Place, limit int) ([]Ticket, error) {
	rows, err := s.queries(ctx).ListNewestTickets(ctx, ticketdb.ListNewestTicketsParams{
		RegionIds: f.regionIDs, Stages: texts(f.stages), OnlyWhistled: f.onlyWhistled, ContentStates: texts(f.contentStates),
		Viewer: f.viewer, After: after.Number, AfterID: after.ID, Limit: int32(limit),
	})
	return listed(rows, err)
}

func (s store) overdue(ctx context.Context, f filter, after web.Place, limit int) ([]Ticket, error) {
	rows, err := s.queries(ctx).ListOverdueTickets(ctx, ticketdb.ListOverdueTicketsParams{
		RegionIds: f.regionIDs, Stages: texts(f.stages), OnlyWhistled: f.onlyWhistled, ContentStates: texts(f.contentStates),
		Viewer: f.viewer, Now: db.Millis(s.db.Now()), EscalatedBy: f.escalatedBy,
		After: after.Number, AfterID: after.ID, Limit: int32(limit),
	})
	return listed(rows, err)
}

func listed(rows []ticketdb.Ticket, err error) ([]Ticket, error) {
	if err != nil {
		return nil, fmt.Errorf("list tickets: %w", err)
	}
	return ticketsOf(rows), nil
}

// candidates are the open tickets that a new one might repeat.
func (s store) candidates(ctx context.Context, f filter) ([]Ticket, error) {
	rows, err := s.queries(ctx).ListOpenTexts(ctx, ticketdb.ListOpenTextsParams{
		RegionID: f.regionIDs[0], Stages: texts(f.stages), ContentStates: texts(f.contentStates), Viewer: f.viewer,
		Limit: similarAmong,
	})
	return listed(rows, err)
}

func (s store) raisedBy(ctx context.Context, personID, beforeID string, limit int) ([]Ticket, error) {
	rows, err := s.queries(ctx).ListRaisedBy(ctx, ticketdb.ListRaisedByParams{RaiserID: personID, ID: beforeID, Limit: int32(limit)})
	return listed(rows, err)
}

func (s store) assigned(ctx context.Context, personID string, organisationIDs []string, stages []Stage, beforeID string, limit int) ([]Ticket, error) {
	rows, err := s.queries(ctx).ListAssigned(ctx, ticketdb.ListAssignedParams{
		BeforeID: beforeID, Stages: texts(stages), PersonID: personID, OrganisationIds: organisationIDs, Limit: int32(limit),
	})
	return listed(rows, err)
}

// communitiesAt are the ids of the communities at or below a region; for a grid, of its community.
func (s store) communitiesAt(ctx context.Context, at region.Region) ([]string, error) {
	if community := region.CommunityOf(at.Path); community != "" {
		return []string{community}, nil
	}
	from, to := region.PathRange(at.Path)
	ids, err := s.queries(ctx).CommunitiesBelow(ctx, ticketdb.CommunitiesBelowParams{FromPath: from, ToPath: to})
	if err != nil {
		return nil, fmt.Errorf("communities below %q: %w", at.ID, err)
	}
	return ids, nil
}

// lockAsSeen locks a ticket that nobody has changed since it was read; db.ErrPresumed when somebody has.
func (s store) lockAsSeen(ctx context.Context, t Ticket) error {
	affected, err := s.queries(ctx).LockTicketAsSeen(ctx, ticketdb.LockTicketAsSeenParams{ID: t.ID, Version: t.version})
	return db.One(affected, err, db.ErrPresumed)
}

func (s store) insertVote(ctx context.Context, ticketID, personID, helperID string) error {
	return s.queries(ctx).InsertVote(ctx, ticketdb.InsertVoteParams{
		TicketID: ticketID, PersonID: personID, HelperID: helperID, VotedAt: db.Millis(s.db.Now()),
	})
}

// votedOf tells of some people whether they have voted for a ticket. Who has left is not in it.
func (s store) votedOf(ctx context.Context, ticketID string, people []string) (map[string]bool, error) {
	rows, err := s.queries(ctx).VotesOfPeople(ctx, ticketdb.VotesOfPeopleParams{TicketID: ticketID, People: people})
	if err != nil {
		return nil, fmt.Errorf("who voted for ticket %q: %w", ticketID, err)
	}
	voted := make(map[string]bool, len(rows))
	for _, row := range rows {
		voted[row.ID] = row.Votes > 0
	}
	return voted, nil
}

// vote keeps a vote once. The ticket is locked.
func (s store) vote(ctx context.Context, ticketID, personID, helperID string) error {
	err := s.insertVote(ctx, ticketID, personID, helperID)
	if db.IsUnique(err) { // this person's vote stands already
		return nil
	}
	if err != nil {
		return fmt.Errorf("vote for ticket %q: %w", ticketID, err)
	}
	return s.countVotes(ctx, ticketID)
}

// unvote takes a vote back, if there is one. The ticket is locked.
func (s store) unvote(ctx context.Context, ticketID, personID string) error {
	_, err := s.queries(ctx).DeleteVote(ctx, ticketdb.DeleteVoteParams{TicketID: ticketID, PersonID: personID})
	if err != nil {
		return fmt.Errorf("take back a vote for ticket %q: %w", ticketID, err)
	}
	return s.countVotes(ctx, ticketID)
}

func (s store) countVotes(ctx context.Context, ticketID string) error {
	if err := s.queries(ctx).CountVotesAgain(ctx, ticketID); err != nil {
		return fmt.Errorf("count the votes of ticket %q: %w", ticketID, err)
	}
	return nil
}

func (s store) votes(ctx context.Context, ticketID string) (int64, error) {
	votes, err := s.queries(ctx).GetVotes(ctx, ticketID)
	if err != nil {
		return 0, fmt.Errorf("votes of ticket %q: %w", ticketID, err)
	}
	return votes, nil
}

func (s store) hasVoted(ctx context.Context, ticketID, personID string) (bool, error) {
	count, err := s.queries(ctx).HasVote(ctx, ticketdb.HasVoteParams{TicketID: ticketID, PersonID: personID})
	if err != nil {
		return false, fmt.Errorf("a vote for ticket %q: %w", ticketID, err)
	}
	return count > 0, nil
}

// moveVotes gives a ticket's votes, and its raiser's voice unless they left, to another. Each person counts once,
// and the other's raiser not at all. Both tickets are locked.
func (s store) moveVotes(ctx context.Context, from, into Ticket) error {
	votes, err := s.queries(ctx).ListVotes(ctx, from.ID)
	if err != nil {
		return fmt.Errorf("votes of ticket %q: %w", from.ID, err)
	}
	if !from.raiserLeft {
		votes = append(votes, ticketdb.TicketVote{PersonID: from.raiserID, HelperID: from.helperID, VotedAt: db.Millis(from.RaisedAt)})
	}
	if err := s.queries(ctx).DeleteVotes(ctx, from.ID); err != nil {
		return fmt.Errorf("move the votes of ticket %q: %w", from.ID, err)
	}
	for _, vote := range votes {
		if vote.PersonID == into.raiserID {
			continue
		}
		vote.TicketID = into.ID
		err := s.queries(ctx).InsertVote(ctx, ticketdb.InsertVoteParams(vote))
		if err != nil && !db.IsUnique(err) {
			return fmt.Errorf("move a vote to ticket %q: %w", into.ID, err)
		}
	}
	if err := s.countVotes(ctx, from.ID); err != nil {
		return err
	}
	return s.countVotes(ctx, into.ID)
}

// pointMerged lets what was merged into a ticket follow it into another, so that there are no chains.
func (s store) pointMerged(ctx context.Context, from, into Ticket) error {
	err := s.queries(ctx).PointMerged(ctx, ticketdb.PointMergedParams{Into: into.ID, Merged: from.ID})
	if err != nil {
		return fmt.Errorf("follow ticket %q: %w", from.ID, err)
	}
	return nil
}

// votedAmong tells which of the tickets a person backs.
func (s store) votedAmong(ctx context.Context, personID string, ticketIDs []string) (map[string]bool, error) {
	ids, err := s.queries(ctx).VotedAmong(ctx, ticketdb.VotedAmongParams{PersonID: personID, TicketIds: ticketIDs})
	if err != nil {
		return nil, fmt.Errorf("votes of a person: %w", err)
	}
	voted := map[string]bool{}
	for _, id := range ids {
		voted[id] = true
	}
	return voted, nil
}

func (s store) offers(ctx context.Context, t Ticket) ([]offer, error) {
	rows, err := s.queries(ctx).ListOffers(ctx, ticketdb.ListOffersParams{TicketID: t.ID, Round: t.round})
	if err != nil {
		return nil, fmt.Errorf("offers of ticket %q: %w", t.ID, err)
	}
	offers := make([]offer, len(rows))
	for i, row := range rows {
		offers[i] = offer{organisationID: row.OrganisationID, personID: row.PersonID, declined: row.DeclinedAt > 0}
	}
	return offers, nil
}

func (s store) insertOffers(ctx context.Context, t Ticket, assignees []Assignee) error {
	for _, one := range assignees {
		err := s.queries(ctx).InsertOffer(ctx, ticketdb.InsertOfferParams{
			TicketID: t.ID, Round: t.round, OrganisationID: one.OrganisationID, PersonID: one.PersonID,
		})
		if err != nil {
			return fmt.Errorf("offer ticket %q: %w", t.ID, err)
		}
	}
	return nil
}

func (s store) declineOffer(ctx context.Context, t Ticket, declined offer) error {
	affected, err := s.queries(ctx).DeclineOffer(ctx, ticketdb.DeclineOfferParams{
		DeclinedAt: db.Millis(s.db.Now()), TicketID: t.ID, Round: t.round,
		OrganisationID: declined.organisationID, PersonID: declined.personID,
	})
	return db.One(affected, err, errWrongStage(t.Stage))
}

// accept keeps who took the round on; errTaken when somebody has it already.
func (s store) accept(ctx context.Context, t Ticket, helperID string) error {
	err := s.queries(ctx).InsertAcceptance(ctx, ticketdb.InsertAcceptanceParams{
		TicketID: t.ID, Round: t.round, OrganisationID: t.organisationID, PersonID: t.acceptedBy, HelperID: helperID,
		AcceptedAt: db.Millis(s.db.Now()),
	})
	if db.IsUnique(err) {
		return errTaken
	}
	return err
}

// review is what one person said of one round.
type review struct {
	score   int64
	outcome Outcome
}

// reviewBy gives a person's review of the ticket's present round, and whether there is one.
func (s store) reviewBy(ctx context.Context, t Ticket, personID string) (review, bool, error) {
	row, err := s.queries(ctx).GetReview(ctx, ticketdb.GetReviewParams{TicketID: t.ID, Round: t.round, PersonID: personID})
	if errors.Is(err, sql.ErrNoRows) {
		return review{}, false, nil
	}
	if err != nil {
		return review{}, false, fmt.Errorf("review of ticket %q: %w", t.ID, err)
	}
	return review{score: row.Score, outcome: Outcome(row.Outcome)}, true, nil
}

func (s store) insertReview(ctx context.Context, params ticketdb.InsertReviewParams) error {
	params.ReviewedAt = db.Millis(s.db.Now())
	err := s.queries(ctx).InsertReview(ctx, params)
	if db.IsUnique(err) {
		return errReviewed
	}
	return err
}

// due are the tickets of a stage whose clock has run out, the longest waiting first.
func (s store) due(ctx context.Context, stage Stage, limit int) ([]string, error) {
	ids, err := s.queries(ctx).DueTickets(ctx, ticketdb.DueTicketsParams{
		Stage: string(stage), TimeoutAt: db.Millis(s.db.Now()), Limit: int32(limit),
	})
	if err != nil {
		return nil, fmt.Errorf("tickets whose time is over: %w", err)
	}
	return ids, nil
}

func (s store) organisationNames(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	if len(ids) == 0 {
		return names, nil
	}
	rows, err := s.queries(ctx).OrganisationNames(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("names of organisations: %w", err)
	}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

func (s store) decideContent(ctx context.Context, subjectID string, state content.State) error {
	queries := s.queries(ctx)
	affected, err := queries.DecideTicketContent(ctx, ticketdb.DecideTicketContentParams{ContentState: string(state), ID: subjectID})
	if err == nil && affected == 0 {
		affected, err = queries.DecideEventContent(ctx, ticketdb.DecideEventContentParams{ContentState: string(state), ID: subjectID})
	}
	if err := db.One(affected, err, fault.ErrNotFound); err != nil {
		return fmt.Errorf("verdict on the text of %q: %w", subjectID, err)
	}
	return nil
}

// blank removes a ticket's words.
func (s store) blank(ctx context.Context, ticketID string) error {
	if err := s.queries(ctx).BlankTicket(ctx, ticketID); err != nil {
		return fmt.Errorf("blank ticket %q: %w", ticketID, err)
	}
	return nil
}

func (s store) figures(ctx context.Context, f filter) (Figures, error) {
	figures := Figures{Stages: map[Stage]int64{}}
	for _, stage := range allStages {
		figures.Stages[stage] = 0
	}
	stages, err := s.queries(ctx).CountStages(ctx, ticketdb.CountStagesParams{
		Now: db.Millis(s.db.Now()), EscalatedBy: f.escalatedBy, RegionIds: f.regionIDs,
	})
	if err != nil {
		return Figures{}, fmt.Errorf("count tickets: %w", err)
	}
	for _, row := range stages {
		figures.Stages[Stage(row.Stage)] = row.Tickets
		figures.Overdue += row.Overdue
	}
	closings, err := s.queries(ctx).CountClosings(ctx, f.regionIDs)
	if err != nil {
		return Figures{}, fmt.Errorf("count closed tickets: %w", err)
	}
	for _, row := range closings {
		figures.Closed += row.Tickets
		switch Closing(row.ClosedAs) {
		case ClosedReviewed:
			figures.Reviewed, figures.Satisfied = row.Tickets, row.Satisfied
		case ClosedUnrated:
			figures.Unrated = row.Tickets
		case ClosedUnsolved:
			figures.Unsolved = row.Tickets
		}
	}
	return figures, nil
}

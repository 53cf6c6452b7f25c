package ticket

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/db"
	"fivestar/server/ticket/internal/ticketdb"
	"fivestar/server/web"
)

// Kept is everything that this room keeps about a person.
type Kept struct {
	Tickets []KeptTicket `json:"tickets"`
	Events  []KeptEvent  `json:"events"`
	Votes   []KeptVote   `json:"votes"`
	Reviews []KeptReview `json:"reviews"`
}

// KeptTicket is a ticket that the person raised, or entered for somebody.
type KeptTicket struct {
	ID       string    `json:"id"`
	Number   string    `json:"number"`
	RegionID string    `json:"region_id"`
	Category Category  `json:"category"`
	Text     string    `json:"text"`
	Place    string    `json:"place"`
	ShowName bool      `json:"show_name"`
	Stage    Stage     `json:"stage"`
	Helped   bool      `json:"helped"`
	RaisedAt time.Time `json:"raised_at"`
}

// KeptEvent is something the person did to a ticket.
type KeptEvent struct {
	TicketID string    `json:"ticket_id"`
	Act      Act       `json:"act"`
	Text     string    `json:"text,omitempty"`
	Helped   bool      `json:"helped"`
	At       time.Time `json:"at"`
}

// KeptVote is a vote the person gave, or entered for somebody.
type KeptVote struct {
	TicketID string    `json:"ticket_id"`
	Helped   bool      `json:"helped"`
	At       time.Time `json:"at"`
}

// KeptReview is a review of the person's.
type KeptReview struct {
	TicketID string    `json:"ticket_id"`
	Score    int64     `json:"score"`
	Outcome  Outcome   `json:"outcome"`
	At       time.Time `json:"at"`
}

// Export gives all that is kept about a person.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	queries := s.store().queries(ctx)
	kept := Kept{Tickets: []KeptTicket{}, Events: []KeptEvent{}, Votes: []KeptVote{}, Reviews: []KeptReview{}}
	tickets, err := queries.TicketsOfPerson(ctx, ticketdb.TicketsOfPersonParams{PersonID: personID})
	if err != nil {
		return nil, fmt.Errorf("tickets of a person: %w", err)
	}
	for _, row := range tickets {
		kept.Tickets = append(kept.Tickets, KeptTicket{ID: row.ID, Number: row.Number, RegionID: row.RegionID,
			Category: Category(row.Category), Text: row.Text, Place: row.Place, ShowName: row.ShowName,
			Stage: Stage(row.Stage), Helped: row.RaiserID != personID, RaisedAt: db.Time(row.RaisedAt)})
	}
	events, err := queries.EventsOfPerson(ctx, ticketdb.EventsOfPersonParams{PersonID: personID})
	if err != nil {
		return nil, fmt.Errorf("acts of a person on tickets: %w", err)
	}
	for _, row := range events {
		kept.Events = append(kept.Events, KeptEvent{TicketID: row.TicketID, Act: Act(row.Act), Text: row.Text,
			Helped: row.PersonID != personID, At: db.Time(row.At)})
	}
	votes, err := queries.VotesOfPerson(ctx, ticketdb.VotesOfPersonParams{PersonID: personID})
	if err != nil {
		return nil, fmt.Errorf("votes of a person: %w", err)
	}
	for _, row := range votes {
		kept.Votes = append(kept.Votes, KeptVote{TicketID: row.TicketID, Helped: row.PersonID != personID, At: db.Time(row.VotedAt)})
	}
	reviews, err := queries.ReviewsOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("reviews of a person: %w", err)
	}
	for _, row := range reviews {
		kept.Reviews = append(kept.Reviews, KeptReview{TicketID: row.TicketID, Score: row.Score,
			Outcome: Outcome(row.Outcome), At: db.Time(row.ReviewedAt)})
	}
	return kept, nil
}

// HistoryAmong gives those of at most a few hundred people who ever had to do with a ticket.
func (s *Service) HistoryAmong(ctx context.Context, ids []string) ([]string, error) {
	return s.store().queries(ctx).PeopleWithHistory(ctx, ids)
}

// Erase removes a person's own words, in the transaction of ctx. What nobody backs yet is withdrawn. A ticket
// that others back, or that is being worked on, keeps its text without a name until it ends: the neighbours
// still need it. The person's voice on what has not ended goes too: whoever comes back may vote again.
func (s *Service) Erase(ctx context.Context, personID string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		queries := s.store().queries(ctx)
		if err := queries.MarkRaiserLeft(ctx, personID); err != nil {
			return fmt.Errorf("tickets of somebody who leaves: %w", err)
		}
		if err := s.eraseWords(ctx, personID); err != nil {
			return err
		}
		if err := s.eraseVotes(ctx, personID); err != nil {
			return err
		}
		ids, err := queries.IDsRaisedBy(ctx, personID)
		if err != nil {
			return fmt.Errorf("tickets of somebody who leaves: %w", err)
		}
		for _, id := range ids {
			if err := s.eraseRaised(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) eraseWords(ctx context.Context, personID string) error {
	queries := s.store().queries(ctx)
	unchecked, err := queries.UncheckedWords(ctx, personID)
	if err != nil {
		return fmt.Errorf("unchecked words of somebody who leaves: %w", err)
	}
	for _, id := range unchecked {
		if err := s.Content.Drop(ctx, kind, id); err != nil {
			return err
		}
	}
	if err := queries.BlankWords(ctx, personID); err != nil {
		return fmt.Errorf("words of somebody who leaves: %w", err)
	}
	return nil
}

// eraseVotes takes back the person's votes for what is open, and for what was completed: that may yet come back
// as rework, for everybody to vote on. Those for what has ended stay counted.
func (s *Service) eraseVotes(ctx context.Context, personID string) error {
	ids, err := s.store().queries(ctx).LivingTicketsBackedBy(ctx, personID)
	if err != nil {
		return fmt.Errorf("votes of somebody who leaves: %w", err)
	}
	for _, id := range ids {
		t, err := s.store().lock(ctx, id)
		if err != nil {
			return err
		}
		if t.Stage.ended() {
			continue
		}
		if err := s.store().unvote(ctx, id, personID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) eraseRaised(ctx context.Context, id string) error {
	t, err := s.store().lock(ctx, id)
	if err != nil {
		return err
	}
	if t.Stage.ended() {
		return s.blank(ctx, id)
	}
	if t.Stage == Raised && t.Votes == 0 {
		return s.withdraw(ctx, web.Caller{PersonID: t.raiserID}, t)
	}
	return nil
}

// blank removes a ticket's words, and lets nobody check them any more.
func (s *Service) blank(ctx context.Context, id string) error {
	if err := s.Content.Drop(ctx, kind, id); err != nil {
		return err
	}
	return s.store().blank(ctx, id)
}

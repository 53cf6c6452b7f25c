package seed

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/ticket"
	"fivestar/server/web"
)

// betweenVotes: when people voted the data does not tell; it was soon after the ticket was raised.
const betweenVotes = 6 * time.Minute

func (d *demo) planTickets() {
	for _, one := range d.data.Tickets {
		d.planTicket(one)
	}
}

// onTicket puts down an act of a person on a ticket; helper is empty unless it is done by card.
func (d *demo) onTicket(one ticketData, at time.Time, by, helper string, do func(ctx context.Context, caller web.Caller, id string) error) {
	d.at(at, fmt.Sprintf("ticket %s, by %s", one.Key, by), func(ctx context.Context) error {
		caller, err := d.by(ctx, by, helper)
		if err != nil {
			return err
		}
		return do(ctx, caller, d.tickets[one.Key])
	})
}

func (d *demo) planTicket(one ticketData) {
	raised := d.ago(one.DaysAgo)
	d.onTicket(one, raised, one.Raiser, one.Helper, func(ctx context.Context, caller web.Caller, _ string) error {
		return d.raise(ctx, caller, one)
	})
	d.planVotes(one, raised)
	if one.Whistled != nil {
		d.onTicket(one, d.ago(one.Whistled.DaysAgo), one.Whistled.By, "", func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Whistle(ctx, caller, id, one.Whistled.Note))
		})
	}
	for _, round := range one.Rounds {
		d.planRound(one, round)
	}
	if one.Rejected != nil {
		d.onTicket(one, d.ago(one.Rejected.DaysAgo), one.Rejected.By, "", func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Reject(ctx, caller, id, one.Rejected.Reason))
		})
	}
	if one.Merged != nil {
		d.onTicket(one, d.ago(one.Merged.DaysAgo), one.Merged.By, "", func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Merge(ctx, caller, id, d.tickets[one.Merged.Into]))
		})
	}
	if one.Withdrawn != nil {
		d.onTicket(one, d.ago(one.Withdrawn.DaysAgo), one.Raiser, one.Helper, func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Withdraw(ctx, caller, id))
		})
	}
}

// second is the error of an answer that nobody looks at.
func second[T any](_ T, err error) error { return err }

func (d *demo) raise(ctx context.Context, caller web.Caller, one ticketData) error {
	raised, err := d.app.Tickets.Raise(ctx, caller, ticket.NewTicket{RegionID: d.regions[one.Region], Category: one.Category,
		Text: one.Text, Place: one.Place, ShowName: one.ShowName})
	d.tickets[one.Key] = raised.ID
	return err
}

func (d *demo) planVotes(one ticketData, raised time.Time) {
	votes := one.CardVotes
	for _, voter := range one.Votes {
		votes = append(votes, cardVoteData{Person: voter})
	}
	for i, vote := range votes {
		d.onTicket(one, raised.Add(time.Duration(i+1)*betweenVotes), vote.Person, vote.Helper, func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Vote(ctx, caller, id))
		})
	}
}

func (d *demo) planRound(one ticketData, round roundData) {
	d.onTicket(one, d.ago(round.Dispatch.DaysAgo), round.Dispatch.By, "", func(ctx context.Context, caller web.Caller, id string) error {
		return second(d.app.Tickets.Dispatch(ctx, caller, id, d.dispatchOf(round.Dispatch)))
	})
	if declined := round.Declined; declined != nil {
		d.onTicket(one, d.ago(declined.DaysAgo), declined.By, "", func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Decline(ctx, caller, id, declined.Reason))
		})
	}
	if accepted := round.Accepted; accepted != nil {
		d.onTicket(one, d.ago(accepted.DaysAgo), accepted.By, "", func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Accept(ctx, caller, id))
		})
	}
	for _, progress := range round.Progress {
		d.onTicket(one, d.ago(progress.DaysAgo), progress.By, "", func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Progress(ctx, caller, id, ticket.NewProgress{Phase: progress.Phase, Text: progress.Text}))
		})
	}
	if completed := round.Completed; completed != nil {
		d.onTicket(one, d.ago(completed.DaysAgo), completed.By, "", func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Complete(ctx, caller, id, ticket.NewCompletion{Text: completed.Text}))
		})
	}
	d.planReviews(one, round)
}

func (d *demo) planReviews(one ticketData, round roundData) {
	reviews := round.BackerReviews
	if round.Review != nil {
		raisers := *round.Review
		raisers.Person = one.Raiser
		reviews = append([]reviewData{raisers}, reviews...)
	}
	for _, review := range reviews {
		d.onTicket(one, d.ago(review.DaysAgo), review.Person, review.Helper, func(ctx context.Context, caller web.Caller, id string) error {
			return second(d.app.Tickets.Review(ctx, caller, id, ticket.NewReview{Score: review.Score, Outcome: review.Outcome, Text: review.Text}))
		})
	}
	if round.Unrated != nil { // the timer closes it
		d.at(d.ago(round.Unrated.DaysAgo), "ticket "+one.Key, func(context.Context) error { return nil })
	}
}

func (d *demo) dispatchOf(to dispatchData) ticket.NewDispatch {
	dispatch := ticket.NewDispatch{OrganisationID: d.organisations[to.Organisation], PersonID: d.people[to.Person],
		DueAt: d.ahead(to.DueDays), Note: to.Note}
	for _, organisation := range to.OfferTo {
		dispatch.OfferTo = append(dispatch.OfferTo, d.organisations[organisation])
	}
	return dispatch
}

package seed

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/region"
	"fivestar/server/task"
	"fivestar/server/team"
	"fivestar/server/ticket"
	"fivestar/server/web"
)

// Of the last weeks' tickets every third is closed with praise, which brings two entries.
const (
	activitiesPerCommunity = 2
	ticketsPerClosed       = 3
	entriesPerClosed       = 2
	mostGuests             = 60
)

// weeks is how much happens in a community in the last weeks.
type weeks struct {
	approved int // claims; half as many more wait for a review
	guests   int // of each activity
	closed   int // tickets
}

func (w weeks) entries() int {
	return w.approved + activitiesPerCommunity*w.guests + entriesPerClosed*w.closed
}

// weeksOf is in proportion to the people, and never more than the ledger is to have.
func weeksOf(residents, entries int) weeks {
	most := entries / 8
	return weeks{approved: min(residents/10, most), guests: min(residents/10, most, mostGuests), closed: min(residents/100+1, most)}
}

// liveWeeks makes the last weeks through the rooms, in one transaction: what the content checks would do after
// each commit is done in between, because nobody here has a WeChat, so that people decide.
func (l *large) liveWeeks(ctx context.Context, c *community) error {
	err := l.app.DB.InTx(ctx, func(ctx context.Context) error {
		if err := l.makeClaims(ctx, c, c.weeks.approved); err != nil {
			return fmt.Errorf("claims: %w", err)
		}
		for number := range activitiesPerCommunity {
			if err := l.makeActivity(ctx, c, number, c.weeks.guests); err != nil {
				return fmt.Errorf("activity: %w", err)
			}
		}
		if err := l.makeTickets(ctx, c, c.weeks.closed); err != nil {
			return fmt.Errorf("tickets: %w", err)
		}
		return l.app.Points.Seal(ctx)
	})
	l.progress("", c.weeks.entries())
	return err
}

// daysAgo sets the clock to a time of the last weeks.
func (l *large) daysAgo(days float64) {
	l.setClock(l.now.Add(-time.Duration(days * float64(day))).Truncate(time.Millisecond))
}

// resident is one of the residents as a caller.
func (l *large) resident(ctx context.Context, c *community, number int) (web.Caller, error) {
	return l.app.People.CallerFor(ctx, c.residents[number%len(c.residents)])
}

// makeClaims has residents take tasks: two in three are approved, the others wait for a secretary.
func (l *large) makeClaims(ctx context.Context, c *community, approved int) error {
	l.daysAgo(liveDays)
	var taskIDs []string
	for i, title := range taskTitles {
		star := c.region.Stars[i%len(c.region.Stars)].Star
		made, err := l.app.Tasks.Create(ctx, c.secretaries[0], c.newTask(l, star, title))
		if err != nil {
			return err
		}
		if _, err := l.app.Tasks.Publish(ctx, c.secretaries[0], made.ID); err != nil {
			return err
		}
		taskIDs = append(taskIDs, made.ID)
	}
	waiting := approved / 2
	for i := range approved + waiting {
		l.daysAgo(liveDays - 1 - 20*float64(i)/float64(approved+waiting))
		if err := l.makeClaim(ctx, c, i, taskIDs[i%len(taskIDs)], i < approved); err != nil {
			return err
		}
	}
	return nil
}

// newTask is one of the micro-tasks of the last weeks.
func (c *community) newTask(l *large, star region.Star, title string) task.NewTask {
	return task.NewTask{RegionID: c.region.ID, Star: star, Title: title, Description: "做完交上来就行，不用拍照。", Place: c.region.Name,
		Points: pick(l, taskPoints), Capacity: 1000, ClaimUntil: l.now.Add(20 * day), DueAt: l.now.Add(25 * day)}
}

func (l *large) makeClaim(ctx context.Context, c *community, number int, taskID string, isApproved bool) error {
	caller, err := l.resident(ctx, c, number)
	if err != nil {
		return err
	}
	claim, _, err := l.app.Tasks.Take(ctx, caller, taskID)
	if err != nil {
		return err
	}
	if _, err := l.app.Tasks.Submit(ctx, caller, claim.ID, task.Submission{}); err != nil || !isApproved {
		return err
	}
	_, err = l.app.Tasks.Review(ctx, c.secretaries[number%2], claim.ID, task.Approve, "")
	return err
}

// makeActivity has guests come to an hour's activity, which the leader closes and a secretary confirms.
func (l *large) makeActivity(ctx context.Context, c *community, number, guests int) error {
	l.daysAgo(10)
	start := l.app.DB.Now().Add(time.Duration(2+number) * day)
	made, err := l.app.Teams.CreateActivity(ctx, c.secretaries[0], team.NewActivity{
		TeamID: c.teamIDs[number], Title: activityTitles[number], Star: c.region.Stars[number].Star, Place: team.Place{Name: c.region.Name},
		StartsAt: start, EndsAt: start.Add(time.Hour), Capacity: mostGuests, WalkIn: true, PointsPerHour: 20,
	})
	if err != nil {
		return err
	}
	if _, err := l.app.Teams.Publish(ctx, c.secretaries[0], made.ID); err != nil {
		return err
	}
	for guest := range guests {
		if err := l.attend(ctx, c, made.ID, number, guest, start); err != nil {
			return err
		}
	}
	l.setClock(start.Add(2 * time.Hour))
	if _, err := l.app.Teams.Close(ctx, c.leaders[number], made.ID, nil); err != nil {
		return err
	}
	_, err = l.app.Teams.Confirm(ctx, c.secretaries[1], made.ID)
	return err
}

// attend checks somebody in by the code on the leader's phone, and out again.
func (l *large) attend(ctx context.Context, c *community, activityID string, number, guest int, start time.Time) error {
	caller, err := l.resident(ctx, c, guest)
	if err != nil {
		return err
	}
	early := time.Duration(mostGuests-guest) * 20 * time.Second
	l.setClock(start.Add(-early))
	code, err := l.app.Teams.CheckInCode(ctx, c.leaders[number], activityID)
	if err != nil {
		return err
	}
	if _, _, err := l.app.Teams.CheckIn(ctx, caller, activityID, team.NewCheckIn{Code: code.Text}); err != nil {
		return err
	}
	l.setClock(start.Add(time.Hour + time.Duration(guest)*time.Second))
	if code, err = l.app.Teams.CheckInCode(ctx, c.leaders[number], activityID); err != nil {
		return err
	}
	_, err = l.app.Teams.CheckOut(ctx, caller, activityID, code.Text)
	return err
}

const ticketText = "楼道的灯坏了，晚上上楼看不见，请来看看。"

// makeTickets raises tickets, one every half hour: every third is closed, the next is being worked on, and the
// next has just been raised and backed.
func (l *large) makeTickets(ctx context.Context, c *community, closed int) error {
	for i := range closed * ticketsPerClosed {
		l.daysAgo(5 - float64(i)/48/float64(closed))
		id, err := l.raise(ctx, c, i)
		if err != nil {
			return err
		}
		switch i % ticketsPerClosed {
		case 0:
			err = l.work(ctx, c, id, i)
		case 1:
			err = l.dispatch(ctx, c, id)
		default:
			err = l.back(ctx, c, id, i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// raise raises a ticket, and lets a secretary decide that neighbours may see its text.
func (l *large) raise(ctx context.Context, c *community, number int) (string, error) {
	raiser, err := l.resident(ctx, c, number)
	if err != nil {
		return "", err
	}
	raised, err := l.app.Tickets.Raise(ctx, raiser, ticket.NewTicket{RegionID: c.region.ID, Category: "facilities", Text: ticketText, ShowName: true})
	if err != nil {
		return "", err
	}
	return raised.ID, l.decideTexts(ctx, c)
}

// decideTexts passes what waits for somebody of the desk to read it.
func (l *large) decideTexts(ctx context.Context, c *community) error {
	if err := l.app.Content.Tick(ctx); err != nil {
		return err
	}
	checks, err := l.app.Content.ForReview(ctx, c.secretaries[0], c.region.ID, web.PageQuery{Limit: 100})
	if err != nil {
		return err
	}
	for _, check := range checks.Items {
		if err := l.app.Content.Decide(ctx, c.secretaries[0], check.ID, true, ""); err != nil {
			return err
		}
	}
	return nil
}

func (l *large) dispatch(ctx context.Context, c *community, id string) error {
	dispatch := ticket.NewDispatch{OrganisationID: c.organisationID, DueAt: l.now.Add(5 * day)}
	if _, err := l.app.Tickets.Dispatch(ctx, c.secretaries[0], id, dispatch); err != nil {
		return err
	}
	_, err := l.app.Tickets.Accept(ctx, c.assignee, id)
	return err
}

func (l *large) work(ctx context.Context, c *community, id string, number int) error {
	if err := l.dispatch(ctx, c, id); err != nil {
		return err
	}
	if _, err := l.app.Tickets.Complete(ctx, c.assignee, id, ticket.NewCompletion{Text: "换好了，试了几次都亮。"}); err != nil {
		return err
	}
	if err := l.decideTexts(ctx, c); err != nil {
		return err
	}
	raiser, err := l.resident(ctx, c, number)
	if err != nil {
		return err
	}
	_, err = l.app.Tickets.Review(ctx, raiser, id, ticket.NewReview{Score: 5, Outcome: ticket.Solved})
	return err
}

// back has a few neighbours vote.
func (l *large) back(ctx context.Context, c *community, id string, number int) error {
	for i := range 1 + number%5 {
		voter, err := l.resident(ctx, c, number+i+1)
		if err != nil {
			return err
		}
		if _, err := l.app.Tickets.Vote(ctx, voter, id); err != nil {
			return err
		}
	}
	return nil
}

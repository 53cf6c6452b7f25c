package ticket

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/db"
	"fivestar/server/notice"
	"fivestar/server/ticket/internal/ticketdb"
)

// informOf tells people something of a locked ticket, in its transaction.
func (s *Service) informOf(ctx context.Context, t Ticket, told notice.Kind, text string, people ...string) error {
	return s.Notices.Tell(ctx, notice.Notice{
		Kind: told, Subject: notice.Subject{Kind: kind, ID: t.ID}, Occasion: t.version, RegionID: t.RegionID,
		What: t.called(), Text: text, At: s.DB.Now(),
	}, people...)
}

// called is what a ticket is called where its text is not to be read.
func (t Ticket) called() string { return t.Category.name() + " " + t.Number }

// informRaiser tells who raised a ticket how far it is.
func (s *Service) informRaiser(ctx context.Context, t Ticket, told notice.Kind, text string) error {
	if t.raiserLeft {
		return nil
	}
	return s.informOf(ctx, t, told, fmt.Sprintf("您点的单（%s）%s", t.called(), text), t.raiserID)
}

// informOfDispatch tells the raiser who is to do it, and those who are to do it.
func (s *Service) informOfDispatch(ctx context.Context, t Ticket, assignees []Assignee) error {
	to := fmt.Sprintf("发给了%d家，谁先接谁来办", len(assignees))
	if len(assignees) == 1 {
		to = "派出去了"
	}
	if len(assignees) == 1 && assignees[0].OrganisationID != "" {
		organisation, err := s.Regions.Organisation(ctx, assignees[0].OrganisationID)
		if err != nil {
			return err
		}
		to = "派给了" + organisation.Name
	}
	if err := s.informRaiser(ctx, t, notice.TicketDispatched, fmt.Sprintf("%s，要求%s前办好。", to, notice.Clock(t.DueAt))); err != nil {
		return err
	}
	var people []string
	for _, assignee := range assignees {
		if assignee.PersonID != "" {
			people = append(people, assignee.PersonID)
			continue
		}
		members, err := s.Regions.Assignees(ctx, assignee.OrganisationID)
		if err != nil {
			return err
		}
		people = append(people, members...)
	}
	return s.informOf(ctx, t, notice.TicketAssigned, fmt.Sprintf("社区派来一张四联单（%s），请看看能不能接，要求%s前办好。", t.called(), notice.Clock(t.DueAt)), distinct(people)...)
}

// informOfCompletion asks the raiser and the backers what they say to the work.
func (s *Service) informOfCompletion(ctx context.Context, t Ticket) error {
	if err := s.informRaiser(ctx, t, notice.TicketCompleted, "办好了。办得怎么样，请您评一评。"); err != nil {
		return err
	}
	backers, err := s.store().queries(ctx).VotersOf(ctx, t.ID)
	if err != nil {
		return fmt.Errorf("who backs ticket %q: %w", t.ID, err)
	}
	return s.informOf(ctx, t, notice.TicketCompleted, fmt.Sprintf("您附议的单（%s）办好了，您也可以评一评。", t.called()), backers...)
}

// informOfReview tells who did the work what was said to it.
func (s *Service) informOfReview(ctx context.Context, t Ticket, input NewReview, isRework bool) error {
	text := fmt.Sprintf("您办的四联单（%s）得了%d分，%s。", t.called(), input.Score, outcomeNames[input.Outcome])
	if isRework {
		text += "居民还不满意，四联单退回重办。"
	}
	return s.informOf(ctx, t, notice.TicketReviewed, text, t.completedBy)
}

const (
	remindedAtOnce = 200
	// remindedWithin is how long an overdue ticket is news: whoever becomes secretary later finds it in the list.
	remindedWithin = 3 * 24 * time.Hour
)

// Remind tells the community's secretaries of tickets that wait longer than they should, and after as long again the
// street.
func (s *Service) Remind(ctx context.Context) error {
	now := s.DB.Now()
	bounds := ticketdb.OverdueForSecretariesParams{Now: db.Millis(now), Since: db.Millis(now.Add(-remindedWithin)), Limit: remindedAtOnce}
	for more := true; more; {
		rows, err := s.store().queries(ctx).OverdueForSecretaries(ctx, bounds)
		if err != nil {
			return fmt.Errorf("overdue tickets: %w", err)
		}
		late := make([]overdueFor, len(rows))
		for i, row := range rows {
			late[i] = overdueFor(row)
		}
		if err := s.informOfDelay(ctx, notice.TicketOverdue, "过了时限还没有进展，请看看。", late); err != nil {
			return err
		}
		more = len(rows) == remindedAtOnce
	}
	for more := true; more; {
		rows, err := s.store().queries(ctx).OverdueForStreets(ctx, ticketdb.OverdueForStreetsParams(bounds))
		if err != nil {
			return fmt.Errorf("overdue tickets for the street: %w", err)
		}
		late := make([]overdueFor, len(rows))
		for i, row := range rows {
			late[i] = overdueFor(row)
		}
		if err := s.informOfDelay(ctx, notice.TicketOverdueLong, "社区超时很久还没有进展，请街道过问。", late); err != nil {
			return err
		}
		more = len(rows) == remindedAtOnce
	}
	return nil
}

// overdueFor is an overdue ticket and somebody who is to hear of it.
type overdueFor struct {
	ID       string
	RegionID string
	Number   string
	Category string
	Since    int64
	PersonID string
}

func (s *Service) informOfDelay(ctx context.Context, told notice.Kind, text string, late []overdueFor) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		return s.Notices.Together(ctx, func(ctx context.Context) error {
			for _, one := range late {
				called := Ticket{Category: Category(one.Category), Number: one.Number}.called()
				err := s.Notices.Tell(ctx, notice.Notice{
					Kind: told, Subject: notice.Subject{Kind: kind, ID: one.ID}, Occasion: one.Since, RegionID: one.RegionID,
					What: called, Text: "四联单（" + called + "）" + text, At: db.Time(one.Since),
				}, one.PersonID)
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

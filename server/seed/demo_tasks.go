package seed

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/task"
)

// draftedDaysAgo is when drafts were made that are not published yet: the data does not tell.
const draftedDaysAgo = 1.5

func (d *demo) planTasks() {
	for _, one := range d.data.Tasks {
		what := "task " + one.Key
		drafted := d.ago(draftedDaysAgo)
		if one.PublishedDaysAgo != nil {
			drafted = d.ago(*one.PublishedDaysAgo).Add(-2 * time.Hour)
		}
		d.at(drafted, what, func(ctx context.Context) error { return d.makeTask(ctx, one) })
		if one.PublishedDaysAgo == nil {
			continue
		}
		published := d.ago(*one.PublishedDaysAgo)
		d.at(published, what, func(ctx context.Context) error { return d.moveTask(ctx, one, d.app.Tasks.Publish) })
		for number, claim := range one.Claims {
			d.planClaim(one, claim, number)
		}
		d.planEnd(one, published)
	}
}

// planEnd ends the claiming halfway to now, unless the window has ended by itself.
func (d *demo) planEnd(one taskData, published time.Time) {
	halfway := published.Add(d.now.Sub(published) / 2)
	switch {
	case one.State == task.Withdrawn:
		d.at(halfway, "task "+one.Key, func(ctx context.Context) error { return d.moveTask(ctx, one, d.app.Tasks.Withdraw) })
	case one.State == task.Closed && one.ClaimDays > 0:
		d.at(halfway, "task "+one.Key, func(ctx context.Context) error { return d.moveTask(ctx, one, d.app.Tasks.Close) })
	case one.State == task.Closed:
		d.at(d.ahead(one.ClaimDays), "task "+one.Key, func(context.Context) error { return nil }) // the timer closes it
	}
}

func (d *demo) makeTask(ctx context.Context, one taskData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Region))
	if err != nil {
		return err
	}
	made, err := d.app.Tasks.Create(ctx, caller, task.NewTask{
		RegionID: d.regions[one.Region], Star: one.Star, Title: one.Title, Description: one.Description, Place: one.Place,
		Points: one.Points, Capacity: one.Capacity, ClaimUntil: d.ahead(one.ClaimDays), DueAt: d.ahead(one.DueDays),
		Repeat: one.Repeat, Evidence: task.Evidence(one.Evidence), Verify: one.Verify, StationID: d.stations[one.Station], DrawWeight: one.DrawWeight,
	})
	d.tasks[one.Key] = made.ID
	return err
}

func (d *demo) moveTask(ctx context.Context, one taskData, move move[task.Task]) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Region))
	if err != nil {
		return err
	}
	_, err = move(ctx, caller, d.tasks[one.Key])
	return err
}

// planClaim puts down a claim, what was handed in, and what became of it. Between the claim and now the data
// tells no times: whoever did it took two days at most, and handed in before half of them were over.
func (d *demo) planClaim(one taskData, claim claimData, number int) {
	claimed := d.ago(claim.DaysAgo)
	took := min(d.now.Sub(claimed), 2*day)
	handedIn, decided := claimed.Add(took*2/5), claimed.Add(took*4/5)
	what := fmt.Sprintf("task %s: claim of %s", one.Key, claim.Person)
	key := claimKey{one.Key, claim.Person, number}

	d.at(claimed, what, func(ctx context.Context) error { return d.claim(ctx, key, claim) })
	switch {
	case claim.State == task.Abandoned:
		d.at(handedIn, what, func(ctx context.Context) error { return d.abandon(ctx, key, claim) })
	case claim.State == task.Claimed:
	case one.Verify == task.ByScan:
		d.at(handedIn, what, func(ctx context.Context) error { return d.scanForTask(ctx, key, claim) })
	default:
		d.at(handedIn, what, func(ctx context.Context) error { return d.handIn(ctx, key, claim) })
		if claim.State != task.Submitted {
			d.at(decided, what, func(ctx context.Context) error { return d.review(ctx, key, claim) })
		}
	}
}

func (d *demo) claim(ctx context.Context, key claimKey, claim claimData) error {
	caller, err := d.by(ctx, claim.Person, claim.Helper)
	if err != nil {
		return err
	}
	taken, isNew, err := d.app.Tasks.Take(ctx, caller, d.tasks[key.task])
	if err == nil && !isNew {
		err = fmt.Errorf("%s still holds an earlier claim", claim.Person)
	}
	d.claims[key] = taken.ID
	return err
}

func (d *demo) abandon(ctx context.Context, key claimKey, claim claimData) error {
	caller, err := d.by(ctx, claim.Person, claim.Helper)
	if err != nil {
		return err
	}
	return d.app.Tasks.Abandon(ctx, caller, d.claims[key])
}

func (d *demo) handIn(ctx context.Context, key claimKey, claim claimData) error {
	caller, err := d.by(ctx, claim.Person, claim.Helper)
	if err != nil {
		return err
	}
	_, err = d.app.Tasks.Submit(ctx, caller, d.claims[key], task.Submission{Text: claim.Text})
	return err
}

var verdictOf = map[task.ClaimState]task.Verdict{task.Approved: task.Approve, task.Returned: task.Return, task.Rejected: task.Reject}

func (d *demo) review(ctx context.Context, key claimKey, claim claimData) error {
	caller, err := d.as(ctx, claim.Reviewer)
	if err != nil {
		return err
	}
	_, err = d.app.Tasks.Review(ctx, caller, d.claims[key], verdictOf[claim.State], claim.Reason)
	return err
}

// scanForTask scans the person at the place: the card of who goes by it, else the code on the phone.
func (d *demo) scanForTask(ctx context.Context, key claimKey, claim claimData) error {
	caller, err := d.as(ctx, claim.Reviewer)
	if err != nil {
		return err
	}
	token := ""
	if claim.Helper != "" {
		token, err = d.cardOf(claim.Person)
	} else {
		token, err = d.personalCode(ctx, claim.Person)
	}
	if err != nil {
		return err
	}
	_, err = d.app.Tasks.Scan(ctx, caller, d.tasks[key.task], token)
	return err
}

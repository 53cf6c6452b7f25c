package seed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"fivestar/server/figures"
	"fivestar/server/notice"
	"fivestar/server/oversight"
	"fivestar/server/points"
	"fivestar/server/team"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

func (d *demo) planDesk() {
	for _, one := range d.data.Unmaskings {
		d.at(d.ago(one.DaysAgo), "unmasking of "+one.Person, func(ctx context.Context) error { return d.unmask(ctx, one) })
	}
	for _, one := range d.data.Appeals {
		d.at(d.ago(one.DaysAgo), "appeal of "+one.Person, func(ctx context.Context) error { return d.appeal(ctx, one) })
	}
	for _, one := range d.data.Disputes {
		d.planDispute(one)
	}
	for _, one := range d.data.Adjustments {
		d.planAdjustment(one)
	}
	for _, one := range d.data.Settings {
		d.at(d.ago(one.DaysAgo), "settings of "+one.Region, func(ctx context.Context) error { return d.set(ctx, one) })
	}
	for _, one := range d.data.SpotChecks {
		d.at(d.ago(one.DaysAgo), fmt.Sprintf("spot check %d", one.Number), func(ctx context.Context) error { return d.ring(ctx, one) })
	}
	if d.app.Simulator != nil {
		for _, one := range d.data.Refusals {
			d.planRefusal(one)
		}
	}
	for _, one := range d.data.Readings {
		d.at(d.ago(one.DaysAgo), "readings", func(ctx context.Context) error { return d.readAll(ctx, one.People) })
	}
}

func (d *demo) set(ctx context.Context, one settingsData) error {
	caller, err := d.as(ctx, one.By)
	if err != nil {
		return err
	}
	settings, err := d.app.Regions.Settings(ctx, d.regions[one.Region])
	if err != nil {
		return err
	}
	changes, err := json.Marshal(one.Set)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(changes, &settings); err != nil {
		return err
	}
	_, err = d.app.Regions.ChangeSettings(ctx, caller, d.regions[one.Region], settings, one.Reason)
	return err
}

// ring answers one of the spot checks that are drawn by then, counted from the oldest.
func (d *demo) ring(ctx context.Context, one spotCheckData) error {
	if err := errors.Join(d.app.Points.Seal(ctx), d.app.Oversight.DrawSpotChecks(ctx)); err != nil {
		return err
	}
	caller, err := d.as(ctx, one.By)
	if err != nil {
		return err
	}
	checks, err := d.app.Oversight.SpotChecks(ctx, caller, caller.Grants[0].RegionID, "", web.PageQuery{Limit: one.Number})
	if err != nil {
		return err
	}
	if len(checks.Items) < one.Number {
		return fmt.Errorf("only %d spot checks are drawn", len(checks.Items))
	}
	_, err = d.app.Oversight.AnswerSpotCheck(ctx, caller, checks.Items[one.Number-1].ID, oversight.Answer{Outcome: one.Outcome, Note: one.Note})
	return err
}

// planRefusal has a person ask for a message, and the simulated WeChat not take it.
func (d *demo) planRefusal(one refusalData) {
	what := "message to " + one.Person
	d.at(d.ago(one.AgreedDaysAgo), what, func(ctx context.Context) error {
		caller, err := d.as(ctx, one.Person)
		if err != nil {
			return err
		}
		_, err = d.app.Notices.Agree(ctx, caller, []string{d.app.Notices.Templates[one.Template].ID})
		return err
	})
	d.at(d.ago(one.DaysAgo), what, func(ctx context.Context) error {
		d.app.Simulator.Tell(wechat.PathSubscribeMessage, wechat.Behaviour{ErrCode: 47003})
		defer d.app.Simulator.Forget(wechat.PathSubscribeMessage)
		return d.app.Notices.Tick(ctx)
	})
}

// readAll has people read all that they have been told so far.
func (d *demo) readAll(ctx context.Context, people []string) error {
	for _, person := range people {
		caller, err := d.as(ctx, person)
		if err != nil {
			return err
		}
		unread, err := d.app.Notices.List(ctx, caller, notice.Unread, web.PageQuery{Limit: 1})
		if err != nil {
			return err
		}
		if len(unread.Items) == 0 {
			continue
		}
		if _, err := d.app.Notices.MarkReadUpTo(ctx, caller, unread.Items[0].ID); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) unmask(ctx context.Context, one unmaskingData) error {
	caller, err := d.as(ctx, one.By)
	if err != nil {
		return err
	}
	_, err = d.app.People.UnmaskPhone(ctx, caller, d.people[one.Person], one.Reason)
	return err
}

func (d *demo) appeal(ctx context.Context, one appealData) error {
	caller, err := d.as(ctx, one.Person)
	if err != nil {
		return err
	}
	for key, id := range d.claims {
		if key.task == one.Task && key.person == one.Person {
			_, err := d.app.Tasks.Appeal(ctx, caller, id, one.Text)
			return err
		}
	}
	return fmt.Errorf("%s has no claim on task %q", one.Person, one.Task)
}

func (d *demo) planDispute(one disputeData) {
	what := "dispute of " + one.Person
	disputeID := ""
	d.at(d.ago(one.DaysAgo), what, func(ctx context.Context) (err error) {
		disputeID, err = d.dispute(ctx, one)
		return err
	})
	rule := func(ruled *rulingData, act func(ctx context.Context, caller web.Caller, id string, ruling points.Ruling) (points.Dispute, error)) {
		if ruled == nil {
			return
		}
		d.at(d.ago(ruled.DaysAgo), what, func(ctx context.Context) error {
			caller, err := d.as(ctx, ruled.By)
			if err != nil {
				return err
			}
			_, err = act(ctx, caller, disputeID, points.Ruling{Verdict: ruled.Verdict, Text: ruled.Text})
			return err
		})
	}
	rule(one.Answered, d.app.Points.AnswerDispute)
	if one.Appealed != nil {
		d.at(d.ago(one.Appealed.DaysAgo), what, func(ctx context.Context) error {
			caller, err := d.as(ctx, one.Person)
			if err != nil {
				return err
			}
			_, err = d.app.Points.AppealDispute(ctx, caller, disputeID, one.Appealed.Text)
			return err
		})
	}
	rule(one.Decided, d.app.Points.DecideDispute)
}

// dispute raises a dispute, of the newest points that the person has for the task, or of something missing.
func (d *demo) dispute(ctx context.Context, one disputeData) (id string, err error) {
	caller, err := d.as(ctx, one.Person)
	if err != nil {
		return "", err
	}
	if one.Task == "" {
		dispute, err := d.app.Points.DisputeMissing(ctx, caller, points.MissingEntry{RegionID: d.regions[one.Region], Text: one.Text})
		return dispute.ID, err
	}
	history, err := d.app.Points.MyEntries(ctx, caller, web.PageQuery{Limit: 100})
	if err != nil {
		return "", err
	}
	for _, entry := range history.Items {
		for key, claimID := range d.claims {
			if key.task == one.Task && key.person == one.Person && entry.SourceID == claimID {
				dispute, _, err := d.app.Points.DisputeEntry(ctx, caller, entry.ID, one.Text)
				return dispute.ID, err
			}
		}
	}
	return "", fmt.Errorf("%s has no points for task %q", one.Person, one.Task)
}

func (d *demo) planAdjustment(one adjustmentData) {
	what := "adjustment for " + one.Person
	adjustmentID := ""
	d.at(d.ago(one.DaysAgo), what, func(ctx context.Context) error {
		caller, err := d.as(ctx, one.By)
		if err != nil {
			return err
		}
		proposed, err := d.app.Points.ProposeAdjustment(ctx, caller, points.NewAdjustment{PersonID: d.people[one.Person],
			RegionID: d.regions[one.Region], Amount: one.Amount, Reason: one.Reason})
		adjustmentID = proposed.ID
		return err
	})
	if one.Approved == nil {
		return
	}
	d.at(d.ago(one.Approved.DaysAgo), what, func(ctx context.Context) error {
		caller, err := d.as(ctx, one.Approved.By)
		if err != nil {
			return err
		}
		_, err = d.app.Points.ApproveAdjustment(ctx, caller, adjustmentID)
		return err
	})
}

// check compares what the rooms have made with what the data says.
func (d *demo) check(ctx context.Context) error {
	for _, one := range d.data.Tasks {
		if err := d.checkTask(ctx, one); err != nil {
			return err
		}
	}
	for _, one := range d.data.Activities {
		caller, err := d.as(ctx, d.leaderOf(one.Team))
		if err != nil {
			return err
		}
		made, err := d.app.Teams.Activity(ctx, caller, d.activities[one.Key])
		if err != nil {
			return err
		}
		state := one.State
		if state == "running" {
			state = string(team.Published)
		}
		if err := same("activity "+one.Key, string(made.State), state); err != nil {
			return err
		}
	}
	for _, one := range d.data.Tickets {
		caller, err := d.as(ctx, d.secretaryOf(one.Region))
		if err != nil {
			return err
		}
		made, err := d.app.Tickets.Get(ctx, caller, d.tickets[one.Key])
		if err != nil {
			return err
		}
		if err := same("ticket "+one.Key, string(made.Stage), string(one.Stage)); err != nil {
			return err
		}
	}
	for _, one := range d.data.Rewards {
		if err := d.checkReward(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) checkTask(ctx context.Context, one taskData) error {
	caller, err := d.as(ctx, d.secretaryOf(one.Region))
	if err != nil {
		return err
	}
	made, err := d.app.Tasks.Get(ctx, caller, d.tasks[one.Key])
	if err != nil {
		return err
	}
	if err := same("task "+one.Key, string(made.State), string(one.State)); err != nil {
		return err
	}
	for number, claim := range one.Claims {
		claimed, err := d.app.Tasks.Claim(ctx, caller, d.claims[claimKey{one.Key, claim.Person, number}])
		if err != nil {
			return err
		}
		if err := same(fmt.Sprintf("task %s: claim of %s", one.Key, claim.Person), string(claimed.State), string(claim.State)); err != nil {
			return err
		}
	}
	return nil
}

func same(what, is, said string) error {
	if is != said {
		return fmt.Errorf("%s: the data says %s, and it is %s", what, said, is)
	}
	return nil
}

// issueCertificates comes last: the hours that are certified are those of sealed records.
func (d *demo) issueCertificates(ctx context.Context) error {
	for _, one := range d.data.Certificates {
		caller, err := d.as(ctx, one.Person)
		if err != nil {
			return err
		}
		if _, _, err := d.app.Figures.Issue(ctx, caller, figures.NewCertificate{FullName: one.FullName}); err != nil {
			return fmt.Errorf("certificate of %s: %w", one.Person, err)
		}
	}
	return nil
}

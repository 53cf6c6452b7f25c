package team

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/notice"
	"fivestar/server/team/internal/teamdb"
)

const activityKind = "activity"

// tellOf tells people something of an activity, in the transaction of ctx. What the leader wrote is left out until it
// has been checked.
func (s *Service) tellOf(ctx context.Context, activity Activity, kind notice.Kind, occasion int64, text string, people ...string) error {
	title, place := activity.Title, activity.Place.Name
	if !activity.textShown() {
		title, place = "社区活动", ""
	}
	told := notice.Notice{
		Kind: kind, Subject: notice.Subject{Kind: activityKind, ID: activity.ID}, Occasion: occasion, RegionID: activity.RegionID,
		What: title, Text: fmt.Sprintf("「%s」%s", title, text), Place: place, At: activity.StartsAt, Until: activity.EndsAt,
	}
	return s.Notices.Tell(ctx, told, people...)
}

func (s *Service) tellMovedUp(ctx context.Context, activity Activity, signup Signup) error {
	text := fmt.Sprintf("有人让出了名额，轮到您了。%s开始，来不了的话请取消报名。", notice.Clock(activity.StartsAt))
	return s.tellOf(ctx, activity, notice.WaitingMovedUp, db.Millis(signup.SignedUpAt), text, signup.PersonID)
}

func (s *Service) tellCancelled(ctx context.Context, activity Activity) error {
	people, err := s.store().queries(ctx).PeopleSignedUp(ctx, activity.ID)
	if err != nil {
		return fmt.Errorf("who signed up: %w", err)
	}
	text := fmt.Sprintf("原定%s，现在取消了。", notice.Clock(activity.StartsAt))
	if activity.textShown() {
		text += "原因：" + activity.Reason
	}
	return s.tellOf(ctx, activity, notice.ActivityCancelled, 0, text, people...)
}

// tellWhistle calls those who belong to the community's teams. Where people are at the moment is not known, and not
// asked: near are those who help in that community.
func (s *Service) tellWhistle(ctx context.Context, whistle Activity) error {
	people, err := s.store().queries(ctx).HelpersIn(ctx, teamdb.HelpersInParams{MembersIn: whistle.RegionID, LeadersIn: whistle.RegionID})
	if err != nil {
		return fmt.Errorf("who helps in %q: %w", whistle.RegionID, err)
	}
	people = slices.DeleteFunc(people, func(id string) bool { return id == whistle.CreatedBy })
	text := fmt.Sprintf("社区现在需要%d位帮手，到%s为止。能来的请报到。", whistle.Capacity, notice.Clock(whistle.EndsAt))
	return s.tellOf(ctx, whistle, notice.Whistle, 0, text, people...)
}

// reminder tells who signed up of an activity that is near.
type reminder struct {
	kind notice.Kind
	// ahead is how long before the start; who signed up later than that knows.
	ahead time.Duration
	// least is how long before the start it is too late for this one.
	least time.Duration
	text  string
}

var reminders = []reminder{
	{notice.ActivityTomorrow, 24 * time.Hour, 2 * time.Hour, "%s开始。来不了的话请取消报名，名额让给候补的人。"},
	{notice.ActivitySoon, time.Hour, 0, "%s开始，请带好手机到现场签到。"},
}

// Remind tells people of the activities that they signed up for, a day before and an hour before.
func (s *Service) Remind(ctx context.Context) error {
	for _, reminder := range reminders {
		for more := true; more; {
			var err error
			if more, err = s.remindSome(ctx, reminder); err != nil {
				return fmt.Errorf("remind of activities: %w", err)
			}
		}
	}
	return nil
}

func (s *Service) remindSome(ctx context.Context, reminder reminder) (more bool, err error) {
	now := s.DB.Now()
	rows, err := s.store().queries(ctx).SignupsToRemind(ctx, teamdb.SignupsToRemindParams{
		After: db.Millis(now.Add(reminder.least)), Until: db.Millis(now.Add(reminder.ahead)), Ahead: reminder.ahead.Milliseconds(),
		Kind: string(reminder.kind), Limit: atOnce})
	if err != nil {
		return false, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		return s.Notices.Together(ctx, func(ctx context.Context) error {
			for _, row := range rows {
				activity := activityOf(row.Activity)
				text := fmt.Sprintf(reminder.text, notice.Clock(activity.StartsAt))
				if err := s.tellOf(ctx, activity, reminder.kind, db.Millis(activity.StartsAt), text, row.PersonID); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return len(rows) == atOnce, err
}

package seed

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/db"
	"fivestar/server/team"
	"fivestar/server/web"
)

// move is a service's method that brings a thing to its next state.
type move[T any] = func(ctx context.Context, caller web.Caller, id string) (T, error)

// activityTimes are the times of an activity that the data does not tell.
type activityTimes struct {
	made, published, start, end, closed, confirmed time.Time
}

func (d *demo) timesOf(one activityData) activityTimes {
	start := d.ahead(one.StartsInHours / 24)
	end := start.Add(time.Duration(one.DurationMinutes) * time.Minute)
	made := start.Add(-4 * day)
	if made.After(d.ago(1)) {
		made = d.ago(1)
	}
	return activityTimes{made: made, published: made.Add(3 * time.Hour), start: start, end: end,
		closed: end.Add(20 * time.Minute), confirmed: end.Add(20 * time.Hour)}
}

func (d *demo) planActivities() {
	for _, one := range d.data.Activities {
		d.planActivity(one, d.timesOf(one))
	}
	for _, one := range d.data.Whistles {
		d.planWhistle(one)
	}
}

func (d *demo) planActivity(one activityData, times activityTimes) {
	what := "activity " + one.Key
	leader := d.leaderOf(one.Team)
	d.at(times.made, what, func(ctx context.Context) error { return d.makeActivity(ctx, one, times, leader) })
	if one.State == string(team.Draft) {
		return
	}
	secretary := d.secretaryOf(d.placeOf(roleData{Team: one.Team}))
	d.at(times.published, what, func(ctx context.Context) error { return d.moveActivity(ctx, one.Key, secretary, d.app.Teams.Publish) })
	for i, key := range one.Signups {
		at := times.published.Add(time.Hour + time.Duration(i)*20*time.Minute)
		d.at(at, fmt.Sprintf("%s: signup of %s", what, key), func(ctx context.Context) error { return d.signUp(ctx, one.Key, key) })
	}
	for i, presence := range one.Attendance {
		d.planPresence(one, times, leader, presence, i)
	}
	switch one.State {
	case string(team.Cancelled):
		d.at(d.ago(0.1), what, func(ctx context.Context) error { return d.cancel(ctx, one, leader) })
	case string(team.Closed), string(team.Confirmed):
		d.at(times.closed, what, func(ctx context.Context) error { return d.closeActivity(ctx, one) })
	}
	if one.State == string(team.Confirmed) {
		d.at(times.confirmed, what, func(ctx context.Context) error {
			return d.moveActivity(ctx, one.Key, one.ConfirmedBy, d.app.Teams.Confirm)
		})
	}
}

func (d *demo) leaderOf(teamKey string) string {
	for _, one := range d.data.Teams {
		if one.Key == teamKey {
			return one.Leader
		}
	}
	return ""
}

func (d *demo) makeActivity(ctx context.Context, one activityData, times activityTimes, leader string) error {
	caller, err := d.as(ctx, leader)
	if err != nil {
		return err
	}
	made, err := d.app.Teams.CreateActivity(ctx, caller, team.NewActivity{
		TeamID: d.teams[one.Team], Title: one.Title, Star: one.Star, Place: team.Place(one.Place), FenceMetres: one.FenceMetres,
		StartsAt: times.start, EndsAt: times.end, Capacity: one.Capacity, WalkIn: one.WalkIn, PointsPerHour: one.PointsPerHour,
	})
	d.activities[one.Key] = made.ID
	return err
}

func (d *demo) moveActivity(ctx context.Context, key, by string, move move[team.Activity]) error {
	caller, err := d.as(ctx, by)
	if err != nil {
		return err
	}
	_, err = move(ctx, caller, d.activities[key])
	return err
}

func (d *demo) signUp(ctx context.Context, activity, key string) error {
	caller, err := d.as(ctx, key)
	if err != nil {
		return err
	}
	_, _, err = d.app.Teams.SignUp(ctx, caller, d.activities[activity])
	return err
}

func (d *demo) cancel(ctx context.Context, one activityData, leader string) error {
	caller, err := d.as(ctx, leader)
	if err != nil {
		return err
	}
	_, err = d.app.Teams.Cancel(ctx, caller, d.activities[one.Key], one.CancelReason)
	return err
}

func (d *demo) closeActivity(ctx context.Context, one activityData) error {
	caller, err := d.as(ctx, one.ClosedBy)
	if err != nil {
		return err
	}
	_, err = d.app.Teams.Close(ctx, caller, d.activities[one.Key], nil)
	return err
}

// planPresence puts down the check-in, one person a minute and before the start, so that the minutes are those
// of the data; and the check-out of who has minutes.
func (d *demo) planPresence(one activityData, times activityTimes, leader string, presence attendanceData, i int) {
	what := fmt.Sprintf("activity %s: attendance of %s", one.Key, presence.Person)
	out := times.start.Add(time.Duration(presence.Minutes) * time.Minute)
	if presence.Method == team.ByLeader {
		d.at(out, what, func(ctx context.Context) error { return d.giveWord(ctx, one.Key, presence) })
		return
	}
	pass := func(kind team.ScanKind) func(ctx context.Context) error {
		return func(ctx context.Context) error { return d.pass(ctx, one.Key, leader, presence, kind) }
	}
	d.at(times.start.Add(time.Duration(i-len(one.Attendance))*time.Minute), what, pass(team.ScanIn))
	if presence.Minutes > 0 {
		d.at(out, what, pass(team.ScanOut))
	}
}

const wordReason = "手机没电了，人一直在现场"

func (d *demo) giveWord(ctx context.Context, activity string, presence attendanceData) error {
	caller, err := d.as(ctx, presence.ScannedBy)
	if err != nil {
		return err
	}
	_, _, err = d.app.Teams.GiveWord(ctx, caller, d.activities[activity], team.LeaderWord{
		PersonID: d.people[presence.Person], Minutes: presence.Minutes, Reason: wordReason})
	return err
}

// pass checks a person in or out: by the code that the leader shows, or scanned by somebody.
func (d *demo) pass(ctx context.Context, activity, leader string, presence attendanceData, kind team.ScanKind) error {
	switch presence.Method {
	case team.ByCode:
		return d.tap(ctx, activity, leader, presence, kind)
	case team.ByCard:
		token, err := d.cardOf(presence.Person)
		if err != nil {
			return err
		}
		return d.scan(ctx, activity, presence.ScannedBy, token, kind)
	}
	token, err := d.personalCode(ctx, presence.Person)
	if err != nil {
		return err
	}
	return d.scan(ctx, activity, presence.ScannedBy, token, kind)
}

func (d *demo) tap(ctx context.Context, activity, leader string, presence attendanceData, kind team.ScanKind) error {
	shower, err := d.as(ctx, leader)
	if err != nil {
		return err
	}
	code, err := d.app.Teams.CheckInCode(ctx, shower, d.activities[activity])
	if err != nil {
		return err
	}
	caller, err := d.as(ctx, presence.Person)
	if err != nil {
		return err
	}
	if kind == team.ScanOut {
		_, err = d.app.Teams.CheckOut(ctx, caller, d.activities[activity], code.Text)
		return err
	}
	_, _, err = d.app.Teams.CheckIn(ctx, caller, d.activities[activity], team.NewCheckIn{Code: code.Text, Device: presence.Phone})
	return err
}

func (d *demo) scan(ctx context.Context, activity, by, token string, kind team.ScanKind) error {
	caller, err := d.as(ctx, by)
	if err != nil {
		return err
	}
	results, err := d.app.Teams.Scans(ctx, caller, d.activities[activity], []team.NewScan{
		{ScanID: db.NewID(), Token: token, Kind: kind, At: d.app.DB.Now().Format(time.RFC3339Nano)}})
	if err != nil {
		return err
	}
	if results[0].Outcome != team.Recorded {
		return fmt.Errorf("the scan was %s: %s", results[0].Outcome, results[0].Code)
	}
	return nil
}

// planWhistle blows it, and has the helpers answer and come in the order of the data.
func (d *demo) planWhistle(one whistleData) {
	what := "whistle " + one.Key
	start := d.ahead(one.StartsInHours / 24)
	d.at(start, what, func(ctx context.Context) error { return d.blow(ctx, one) })
	for i, muster := range one.Musters {
		answered := start.Add(time.Duration(2*i+2) * time.Minute)
		whose := fmt.Sprintf("%s: muster of %s", what, muster.Person)
		d.at(answered, whose, func(ctx context.Context) error { return d.signUp(ctx, one.Key, muster.Person) })
		if muster.CheckedIn {
			d.at(answered.Add(10*time.Minute), whose, func(ctx context.Context) error {
				return d.tap(ctx, one.Key, one.CalledBy, attendanceData{Person: muster.Person}, team.ScanIn)
			})
		}
	}
}

func (d *demo) blow(ctx context.Context, one whistleData) error {
	caller, err := d.as(ctx, one.CalledBy)
	if err != nil {
		return err
	}
	made, err := d.app.Teams.BlowWhistle(ctx, caller, team.NewWhistle{
		RegionID: d.regions[one.Region], Title: one.Title, Star: one.Star, Needed: one.Needed, Place: team.Place(one.Place),
		Until: d.ahead(one.UntilInHours / 24), PointsPerHour: one.PointsPerHour,
	})
	d.activities[one.Key] = made.ID
	return err
}

package team

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/team/internal/teamdb"
	"fivestar/server/web"
)

// scopeOf is where an activity belongs: its team, or for a whistle of the community's own the community.
func (s *Service) scopeOf(ctx context.Context, activity Activity) (region.Scope, error) {
	community, err := s.Regions.Get(ctx, activity.RegionID)
	return region.Scope{Region: community, TeamID: activity.TeamID}, err
}

// requireActivity gives an activity when the caller may do permission to it.
func (s *Service) requireActivity(ctx context.Context, caller web.Caller, permission region.Permission, id string) (Activity, region.Scope, error) {
	activity, err := s.store().activity(ctx, id)
	if err != nil {
		return Activity{}, region.Scope{}, err
	}
	scope, err := s.scopeOf(ctx, activity)
	if err != nil {
		return Activity{}, region.Scope{}, err
	}
	return activity, scope, region.Require(caller, permission, scope)
}

// requireDesk is requireActivity for those who lead it and those who confirm it.
func (s *Service) requireDesk(ctx context.Context, caller web.Caller, id string) (Activity, error) {
	activity, scope, err := s.requireActivity(ctx, caller, region.LeadActivities, id)
	if err != nil && region.May(caller, region.ConfirmActivities, scope) {
		return activity, nil
	}
	return activity, err
}

// NewActivity is what an activity is made from.
type NewActivity struct {
	TeamID        string      `json:"team_id" maxLength:"26"`
	Title         string      `json:"title"`
	Star          region.Star `json:"star"`
	Place         Place       `json:"place"`
	FenceMetres   int64       `json:"fence_metres,omitempty" doc:"Metres around the place within which a check-in by code is expected; 0 for no fence"`
	StartsAt      time.Time   `json:"starts_at"`
	EndsAt        time.Time   `json:"ends_at"`
	Capacity      int64       `json:"capacity"`
	WalkIn        bool        `json:"walk_in"`
	PointsPerHour int64       `json:"points_per_hour"`
}

// CreateActivity makes the draft of a team's activity.
func (s *Service) CreateActivity(ctx context.Context, caller web.Caller, input NewActivity) (Activity, error) {
	team, scope, err := s.requireTeam(ctx, caller, region.LeadActivities, input.TeamID)
	if err != nil {
		return Activity{}, err
	}
	made := Activity{
		ID: db.NewID(), Kind: Planned, RegionID: team.RegionID, TeamID: team.ID, Title: input.Title, Star: input.Star,
		Place: input.Place, FenceMetres: input.FenceMetres, StartsAt: stored(input.StartsAt), EndsAt: stored(input.EndsAt),
		Capacity: input.Capacity, PlacesLeft: input.Capacity, WalkIn: input.WalkIn, PointsPerHour: input.PointsPerHour,
		State: Draft, ContentState: content.Passed, CreatedBy: caller.PersonID,
	}
	if err := s.checkNew(ctx, &made); err != nil {
		return Activity{}, err
	}
	if err := scope.Region.CheckStar(made.Star); err != nil {
		return Activity{}, err
	}
	if !region.May(caller, region.PublishActivities, scope) {
		made.ContentState = content.Pending
	}
	return made, s.insert(ctx, caller, made, audit.Act{Name: "activity.created"})
}

// stored cuts a time from outside to what the database keeps.
func stored(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// insert stores a new activity, has what a leader wrote checked, and lets a whistle be heard.
func (s *Service) insert(ctx context.Context, caller web.Caller, made Activity, act audit.Act) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertActivity(ctx, made); err != nil {
			return err
		}
		if made.ContentState == content.Pending {
			subject := content.Subject{Kind: activityKind, ID: made.ID, RegionID: made.RegionID}
			if err := s.Content.CheckText(ctx, caller, subject, made.Title+"\n"+made.Place.Name); err != nil {
				return err
			}
		}
		if made.Kind == Whistle {
			if err := s.tellWhistle(ctx, made); err != nil {
				return err
			}
		}
		act.SubjectKind, act.SubjectID, act.RegionID, act.After = activityKind, made.ID, made.RegionID, made
		return s.Audit.Record(ctx, caller, act)
	})
}

// ContentDecided keeps the content check's word, in the transaction of ctx. A second word changes nothing.
func (s *Service) ContentDecided(ctx context.Context, activityID string, state content.State) error {
	return s.store().decideContent(ctx, activityID, state)
}

// checkNew checks what an activity is to be, and trims its texts.
func (s *Service) checkNew(ctx context.Context, made *Activity) error {
	settings, err := s.Regions.Settings(ctx, made.RegionID)
	if err != nil {
		return err
	}
	now := s.DB.Now()
	var check fault.Check
	check.Text("title", "标题", &made.Title, 2, 60)
	check.Text("place.name", "地点", &made.Place.Name, 1, 100)
	check.That((made.Place.Lat == nil) == (made.Place.Lng == nil), "place.lat", "经度和纬度要一起填写")
	if made.FenceMetres != 0 {
		check.Range("fence_metres", "签到范围(米)", made.FenceMetres, minFence, maxFence)
		check.That(made.Place.located(), "fence_metres", "限定签到范围要先在地图上选地点")
	}
	check.That(made.EndsAt.After(made.StartsAt), "ends_at", "结束时间要晚于开始时间")
	check.That(made.EndsAt.Sub(made.StartsAt) <= longestActivity, "ends_at", "一次活动最长24小时")
	check.That(!made.StartsAt.Before(now.Add(soonest)), "starts_at", "只能补录最近30天的活动")
	check.That(!made.StartsAt.After(now.Add(latest)), "starts_at", "开始时间最多提前一年")
	check.Range("capacity", "名额", made.Capacity, 1, maxPlaces)
	check.Range("points_per_hour", "每小时积分", made.PointsPerHour, 0, int64(settings.HourlyPoints))
	check.That(settings.WalkIns || !made.WalkIn || made.Kind == Whistle, "walk_in", "本社区关了「不报名也能来」，请让大家先报名")
	return check.Err()
}

// NewWhistle is what a call for helpers is made from.
type NewWhistle struct {
	RegionID      string      `json:"region_id" maxLength:"26"`
	TeamID        string      `json:"team_id,omitempty" maxLength:"26" doc:"The team that leads; without one, the community itself"`
	Title         string      `json:"title"`
	Star          region.Star `json:"star,omitempty"`
	Needed        int64       `json:"needed"`
	Place         Place       `json:"place"`
	Until         time.Time   `json:"until"`
	PointsPerHour int64       `json:"points_per_hour"`
}

// BlowWhistle calls for helpers: an activity that starts now and is open at once.
func (s *Service) BlowWhistle(ctx context.Context, caller web.Caller, input NewWhistle) (Activity, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.Whistle, input.RegionID)
	if err != nil {
		return Activity{}, err
	}
	made := Activity{
		ID: db.NewID(), Kind: Whistle, RegionID: community.ID, TeamID: input.TeamID, Title: input.Title, Star: input.Star,
		Place: input.Place, StartsAt: s.DB.Now(), EndsAt: stored(input.Until), Capacity: input.Needed,
		PlacesLeft: input.Needed, WalkIn: true, PointsPerHour: input.PointsPerHour, State: Published,
		ContentState: content.Passed, CreatedBy: caller.PersonID, PublishedBy: caller.PersonID, DeskPublished: true,
	}
	if err := s.checkWhistle(ctx, &made, community); err != nil {
		return Activity{}, err
	}
	return made, s.insert(ctx, caller, made, audit.Act{Name: "activity.whistled"})
}

// whistleFields are what a whistle calls what an activity calls otherwise.
var whistleFields = map[string]string{"capacity": "needed", "ends_at": "until"}

// renamed gives the fields of an input fault the names that the caller knows them by.
func renamed(err error, names map[string]string) error {
	var known *fault.Error
	if !errors.As(err, &known) {
		return err
	}
	fields := slices.Clone(known.Fields)
	for i, field := range fields {
		if name, other := names[field.Field]; other {
			fields[i].Field = name
		}
	}
	return fault.InvalidFields(fields)
}

func (s *Service) checkWhistle(ctx context.Context, made *Activity, community region.Region) error {
	if err := renamed(s.checkNew(ctx, made), whistleFields); err != nil {
		return err
	}
	if made.Star != "" {
		if err := community.CheckStar(made.Star); err != nil {
			return err
		}
	}
	if made.TeamID == "" {
		return nil
	}
	team, err := s.store().team(ctx, made.TeamID)
	if err != nil {
		return err
	}
	if team.RegionID != community.ID {
		return fault.InvalidField("team_id", "请选择本社区的队伍")
	}
	return nil
}

// move brings an activity to a state, one transaction: change adds what that takes and may refuse, with
// the activity held.
func (s *Service) move(ctx context.Context, caller web.Caller, id string, to State, act audit.Act, change func(ctx context.Context, activity *Activity) error) (Activity, error) {
	var moved Activity
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		before, err := s.store().hold(ctx, id)
		if err != nil {
			return err
		}
		if !before.State.mayBecome(to) {
			return errWrongState
		}
		moved = before
		moved.State = to
		if err := change(ctx, &moved); err != nil {
			return err
		}
		if err := s.store().moveActivity(ctx, moved, before.State); err != nil {
			return err
		}
		act.SubjectKind, act.SubjectID, act.RegionID = activityKind, id, before.RegionID
		act.Before, act.After = before, moved
		return s.Audit.Record(ctx, caller, act)
	})
	return moved, err
}

// Publish opens a draft for sign-up: by a secretary, or by its leader where the community trusts leaders to.
func (s *Service) Publish(ctx context.Context, caller web.Caller, id string) (Activity, error) {
	activity, scope, err := s.requireActivity(ctx, caller, region.LeadActivities, id)
	if err != nil {
		return Activity{}, err
	}
	isDesk := region.May(caller, region.PublishActivities, scope)
	if !isDesk {
		settings, err := s.Regions.Settings(ctx, activity.RegionID)
		if err != nil {
			return Activity{}, err
		}
		if !settings.LeadersPublish {
			return Activity{}, fault.ErrForbidden
		}
	}
	return s.move(ctx, caller, id, Published, audit.Act{Name: "activity.published"}, func(ctx context.Context, activity *Activity) error {
		if activity.PublishedBy != "" {
			return errWrongState // it was closed: Reopen sends it back
		}
		if activity.ContentState == content.Refused {
			return errTextRefused
		}
		activity.PublishedBy, activity.DeskPublished = caller.PersonID, isDesk
		return nil
	})
}

// Cancel calls an activity off. One that people have come to is closed instead.
func (s *Service) Cancel(ctx context.Context, caller web.Caller, id, reason string) (Activity, error) {
	if _, _, err := s.requireActivity(ctx, caller, region.LeadActivities, id); err != nil {
		return Activity{}, err
	}
	if err := checkReason(&reason, "取消原因"); err != nil {
		return Activity{}, err
	}
	return s.move(ctx, caller, id, Cancelled, audit.Act{Name: "activity.cancelled", Reason: reason}, func(ctx context.Context, activity *Activity) error {
		if activity.CheckedIn > 0 {
			return errHasAttendance
		}
		activity.Reason = reason
		return s.tellCancelled(ctx, *activity)
	})
}

func checkReason(reason *string, name string) error {
	var check fault.Check
	check.Text("reason", name, reason, 2, 200)
	return check.Err()
}

// ActivityQuery is which activities a list shows: of a community or of a team, newest first, or with From
// those that end at or after it, the next to start first.
type ActivityQuery struct {
	RegionID string
	TeamID   string
	State    State
	From     time.Time
}

const (
	activitiesNewest = "activities"
	activitiesFrom   = "activities.from"
)

// Activities lists activities. Drafts are shown to those who lead them and to the desk.
func (s *Service) Activities(ctx context.Context, caller web.Caller, which ActivityQuery, query web.PageQuery) (web.Page[Activity], error) {
	listed, scope, err := s.listingOf(ctx, caller, which)
	if err != nil {
		return web.Page[Activity]{}, err
	}
	page, err := s.pageOfActivities(ctx, listed, which.From, query)
	if err != nil {
		return web.Page[Activity]{}, err
	}
	for i := range page.Items {
		scope.TeamID = page.Items[i].TeamID
		page.Items[i] = s.shown(caller, page.Items[i], scope)
	}
	return page, s.fillMine(ctx, caller, page.Items)
}

func (s *Service) listingOf(ctx context.Context, caller web.Caller, which ActivityQuery) (listing, region.Scope, error) {
	listed := listing{regionID: which.RegionID, teamID: which.TeamID, state: which.State}
	if listed.teamID != "" {
		team, err := s.store().team(ctx, listed.teamID)
		if err != nil {
			return listing{}, region.Scope{}, err
		}
		if listed.regionID != "" && listed.regionID != team.RegionID {
			return listing{}, region.Scope{}, fault.InvalidField("team_id", "请选择本社区的队伍")
		}
		listed.regionID = team.RegionID
	}
	if listed.regionID == "" {
		return listing{}, region.Scope{}, fault.InvalidField("region_id", "请选择社区或队伍")
	}
	community, err := s.Regions.GetCommunity(ctx, listed.regionID)
	if err != nil {
		return listing{}, region.Scope{}, err
	}
	listed.allDrafts = region.May(caller, region.PublishActivities, region.In(community))
	for _, grant := range caller.Grants {
		if grant.Role == web.Leader {
			listed.ledTeams = append(listed.ledTeams, grant.TeamID)
		}
	}
	return listed, region.In(community), nil
}

func (s *Service) pageOfActivities(ctx context.Context, listed listing, from time.Time, query web.PageQuery) (web.Page[Activity], error) {
	if from.IsZero() {
		before, err := query.BeforeID(activitiesNewest)
		if err != nil {
			return web.Page[Activity]{}, err
		}
		activities, err := s.store().activitiesBefore(ctx, listed, before, query.Limit+1)
		return web.NewPage(activitiesNewest, activities, query.Limit, func(a Activity) []string { return []string{a.ID} }), err
	}
	after, err := query.AfterPlace(activitiesFrom, web.Place{})
	if err != nil {
		return web.Page[Activity]{}, err
	}
	activities, err := s.store().activitiesFrom(ctx, listed, from, after, query.Limit+1)
	return web.NewPage(activitiesFrom, activities, query.Limit, func(a Activity) []string {
		return web.Place{Number: db.Millis(a.StartsAt), ID: a.ID}.Keys()
	}), err
}

// visible gives an activity that the caller may know of; fault.ErrNotFound, also for a draft of others.
func (s *Service) visible(ctx context.Context, caller web.Caller, id string) (Activity, error) {
	activity, err := s.store().activity(ctx, id)
	if err != nil || activity.State != Draft {
		return activity, err
	}
	scope, err := s.scopeOf(ctx, activity)
	if err != nil {
		return Activity{}, err
	}
	if !region.May(caller, region.LeadActivities, scope) {
		return Activity{}, fault.ErrNotFound
	}
	return activity, nil
}

// MaySee is nil when the caller may see an activity, and the photos that hang on it.
func (s *Service) MaySee(ctx context.Context, caller web.Caller, id string) error {
	_, err := s.visible(ctx, caller, id)
	return err
}

// Activity gives one activity as the caller may see it; fault.ErrNotFound.
func (s *Service) Activity(ctx context.Context, caller web.Caller, id string) (Activity, error) {
	activity, err := s.visible(ctx, caller, id)
	if err != nil {
		return Activity{}, err
	}
	scope, err := s.scopeOf(ctx, activity)
	if err != nil {
		return Activity{}, err
	}
	one := []Activity{s.shown(caller, activity, scope)}
	if err := s.fillMine(ctx, caller, one); err != nil {
		return Activity{}, err
	}
	mine := &one[0].Mine
	if mine.Signup == Waiting {
		mine.WaitingPlace, err = s.store().placeInQueue(ctx, id, caller.PersonID)
	}
	return one[0], err
}

// shown is an activity as the caller may see it, with what follows from the time of day.
func (s *Service) shown(caller web.Caller, activity Activity, scope region.Scope) Activity {
	activity.Overdue = activity.State == Published && s.DB.Now().After(activity.EndsAt.Add(overdueAfter))
	if activity.textShown() || region.May(caller, region.LeadActivities, scope) || region.May(caller, region.ConfirmActivities, scope) {
		return activity
	}
	return activity.withoutText()
}

// fillMine adds the caller's own part in each activity.
func (s *Service) fillMine(ctx context.Context, caller web.Caller, activities []Activity) error {
	ids := make([]string, len(activities))
	for i, activity := range activities {
		ids[i] = activity.ID
	}
	signups, err := s.store().signupsIn(ctx, caller.PersonID, ids)
	if err != nil {
		return err
	}
	presences, err := s.store().attendanceIn(ctx, caller.PersonID, ids)
	if err != nil {
		return err
	}
	for i := range activities {
		activity := &activities[i]
		activity.Mine.Signup = signups[activity.ID].State
		if presence, came := presences[activity.ID]; came {
			activity.Mine.AttendanceID = presence.ID
			activity.Mine.CheckedInAt, activity.Mine.CheckedOutAt = presence.CheckedInAt, presence.CheckedOutAt
			activity.Mine.Minutes, activity.Mine.Points = activity.minutesOf(presence), presence.Points
		}
	}
	return nil
}

// NextActivity gives the first of the activities that the caller signed up for and that are not over, or nil.
func (s *Service) NextActivity(ctx context.Context, caller web.Caller) (*Activity, error) {
	rows, err := s.store().queries(ctx).NextActivityOf(ctx, teamdb.NextActivityOfParams{PersonID: caller.PersonID, Now: s.store().now()})
	if err != nil {
		return nil, fmt.Errorf("next activity of a person: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	activity := activityOf(rows[0].Activity)
	community := region.Region{ID: activity.RegionID, Path: rows[0].RegionPath}
	next := s.shown(caller, activity, region.Scope{Region: community, TeamID: activity.TeamID})
	next.Mine.Signup = SignupState(rows[0].Signup)
	return &next, nil
}

const activitiesMine = "activities.mine"

// MyActivities lists what the caller signed up for or came to, last first.
func (s *Service) MyActivities(ctx context.Context, caller web.Caller, query web.PageQuery) (web.Page[Activity], error) {
	before, err := query.BeforeID(activitiesMine)
	if err != nil {
		return web.Page[Activity]{}, err
	}
	signups, err := s.store().signupsOfPerson(ctx, caller.PersonID, before, query.Limit+1)
	if err != nil {
		return web.Page[Activity]{}, err
	}
	page := web.NewPage(activitiesMine, signups, query.Limit, func(s Signup) []string { return []string{s.ID} })
	activities, err := s.activitiesOf(ctx, caller, page.Items)
	return web.Page[Activity]{Items: activities, NextCursor: page.NextCursor}, err
}

func (s *Service) activitiesOf(ctx context.Context, caller web.Caller, signups []Signup) ([]Activity, error) {
	var ids, regionIDs []string
	for _, signup := range signups {
		ids = append(ids, signup.ActivityID)
	}
	byID, err := s.store().activitiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, activity := range byID {
		regionIDs = append(regionIDs, activity.RegionID)
	}
	communities, err := s.Regions.GetMany(ctx, regionIDs)
	if err != nil {
		return nil, err
	}
	scopes := map[string]region.Region{}
	for _, community := range communities {
		scopes[community.ID] = community
	}
	activities := make([]Activity, len(ids))
	for i, id := range ids {
		activity := byID[id]
		activities[i] = s.shown(caller, activity, region.Scope{Region: scopes[activity.RegionID], TeamID: activity.TeamID})
	}
	return activities, s.fillMine(ctx, caller, activities)
}

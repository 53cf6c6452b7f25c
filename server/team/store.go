package team

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/team/internal/teamdb"
	"fivestar/server/web"
)

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *teamdb.Queries { return teamdb.New(s.db.Querier(ctx)) }

func (s store) now() int64 { return db.Millis(s.db.Now()) }

// mapped is rows in our own type, with what the query failed for.
func mapped[Row, T any](rows []Row, err error, what string, of func(Row) T) ([]T, error) {
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	items := make([]T, len(rows))
	for i, row := range rows {
		items[i] = of(row)
	}
	return items, nil
}

// found is one row in our own type, and whether there was one.
func found[Row, T any](row Row, err error, what string, of func(Row) T) (item T, ok bool, failed error) {
	if errors.Is(err, sql.ErrNoRows) {
		return item, false, nil
	}
	if err != nil {
		return item, false, fmt.Errorf("%s: %w", what, err)
	}
	return of(row), true, nil
}

func teamOf(row teamdb.Team) Team {
	return Team{ID: row.ID, RegionID: row.RegionID, Name: row.Name, Kind: Kind(row.Kind)}
}

func (s store) team(ctx context.Context, id string) (Team, error) {
	row, err := s.queries(ctx).GetTeam(ctx, id)
	if err != nil {
		return Team{}, fmt.Errorf("team %q: %w", id, db.Found(err))
	}
	return teamOf(row), nil
}

func (s store) teams(ctx context.Context, regionID, afterID string, limit int) ([]Team, error) {
	rows, err := s.queries(ctx).ListTeams(ctx, teamdb.ListTeamsParams{RegionID: regionID, ID: afterID, Limit: int32(limit)})
	return mapped(rows, err, "list teams", teamOf)
}

func (s store) insertTeam(ctx context.Context, team Team, by string) error {
	err := s.queries(ctx).InsertTeam(ctx, teamdb.InsertTeamParams{
		ID: team.ID, RegionID: team.RegionID, Name: team.Name, Kind: string(team.Kind), CreatedBy: by, CreatedAt: s.now(),
	})
	if db.IsUnique(err) {
		return errNameTaken
	}
	return err
}

// leaders gives the people who lead each of the teams.
func (s store) leaders(ctx context.Context, teamIDs []string) (map[string][]string, error) {
	rows, err := s.queries(ctx).LeadersOfTeams(ctx, teamIDs)
	if err != nil {
		return nil, fmt.Errorf("leaders of teams: %w", err)
	}
	leaders := map[string][]string{}
	for _, row := range rows {
		leaders[row.TeamID] = append(leaders[row.TeamID], row.PersonID)
	}
	return leaders, nil
}

// admitted gives the people admitted to a team.
func (s store) admitted(ctx context.Context, teamID string) ([]string, error) {
	ids, err := s.queries(ctx).AdmittedOfTeam(ctx, teamID)
	if err != nil {
		return nil, fmt.Errorf("members of a team: %w", err)
	}
	return ids, nil
}

// countAdmitted counts the people admitted to each of the teams, but for those who lead it.
func (s store) countAdmitted(ctx context.Context, teamIDs []string) (map[string]int, error) {
	rows, err := s.queries(ctx).CountAdmitted(ctx, teamIDs)
	if err != nil {
		return nil, fmt.Errorf("count team members: %w", err)
	}
	counts := map[string]int{}
	for _, row := range rows {
		counts[row.TeamID] = int(row.Members)
	}
	return counts, nil
}

func memberOf(row teamdb.TeamMember) Member {
	return Member{TeamID: row.TeamID, PersonID: row.PersonID, State: MemberState(row.State), AskedAt: db.Time(row.AskedAt),
		DecidedAt: db.Time(row.DecidedAt), HelperID: row.HelperID, DecidedBy: row.DecidedBy}
}

func (s store) member(ctx context.Context, teamID, personID string) (Member, bool, error) {
	row, err := s.queries(ctx).GetMember(ctx, teamdb.GetMemberParams{TeamID: teamID, PersonID: personID})
	return found(row, err, "team member", memberOf)
}

// members gives those of one part of a team's list that come after a place in it.
func (s store) members(ctx context.Context, teamID string, part memberPart, after web.Place, limit int) ([]Member, error) {
	if part.leading {
		rows, err := s.queries(ctx).ListLeaders(ctx, teamdb.ListLeadersParams{TeamID: teamID, AfterPersonID: after.ID, Limit: int32(limit)})
		return mapped(rows, err, "list team leaders", func(personID string) Member {
			return Member{TeamID: teamID, PersonID: personID, State: part.state, Leader: true}
		})
	}
	rows, err := s.queries(ctx).ListMembers(ctx, teamdb.ListMembersParams{TeamID: teamID, State: string(part.state),
		AfterAskedAt: after.Number, AfterPersonID: after.ID, Limit: int32(limit)})
	return mapped(rows, err, "list team members", memberOf)
}

func (s store) membershipsOf(ctx context.Context, personID string) ([]Member, error) {
	rows, err := s.queries(ctx).MembershipsOf(ctx, personID)
	return mapped(rows, err, "memberships of a person", memberOf)
}

func (s store) insertMember(ctx context.Context, member Member) error {
	return s.queries(ctx).InsertMember(ctx, teamdb.InsertMemberParams{
		TeamID: member.TeamID, PersonID: member.PersonID, HelperID: member.HelperID, AskedAt: db.Millis(member.AskedAt),
	})
}

// changeMember stores a member over the state that the change was made from.
func (s store) changeMember(ctx context.Context, member Member, from MemberState) error {
	affected, err := s.queries(ctx).ChangeMember(ctx, teamdb.ChangeMemberParams{
		ToState: string(member.State), HelperID: member.HelperID, AskedAt: db.Millis(member.AskedAt),
		DecidedBy: member.DecidedBy, DecidedAt: db.Millis(member.DecidedAt),
		TeamID: member.TeamID, PersonID: member.PersonID, FromState: string(from),
	})
	return db.One(affected, err, errWrongState)
}

func (s store) deleteMember(ctx context.Context, teamID, personID string) error {
	return s.queries(ctx).DeleteMember(ctx, teamdb.DeleteMemberParams{TeamID: teamID, PersonID: personID})
}

func activityOf(row teamdb.Activity) Activity {
	activity := Activity{
		ID: row.ID, Kind: ActivityKind(row.Kind), RegionID: row.RegionID, TeamID: row.TeamID, Title: row.Title,
		Star: region.Star(row.Star), Place: Place{Name: row.PlaceName}, FenceMetres: row.FenceMetres,
		StartsAt: db.Time(row.StartsAt), EndsAt: db.Time(row.EndsAt), Capacity: row.Capacity, WalkIn: row.WalkIn,
		PointsPerHour: row.PointsPerHour, State: State(row.State), ContentState: content.State(row.ContentState),
		Reason: row.Reason, PlacesLeft: row.Capacity - row.Taken, Waiting: row.Waiting, CheckedIn: row.Attended,
		CreatedBy: row.CreatedBy, ClosedBy: row.ClosedBy, ClosedAt: db.Time(row.ClosedAt), ConfirmedBy: row.ConfirmedBy,
		ConfirmedAt: db.Time(row.ConfirmedAt), Taken: row.Taken, PublishedBy: row.PublishedBy,
		DeskPublished: row.DeskPublished, PostedAt: db.Time(row.PostedAt),
	}
	if row.HasLocation {
		activity.Place.Lat, activity.Place.Lng = &row.Lat, &row.Lng
	}
	return activity
}

func (s store) activity(ctx context.Context, id string) (Activity, error) {
	row, err := s.queries(ctx).GetActivity(ctx, id)
	if err != nil {
		return Activity{}, fmt.Errorf("activity %q: %w", id, db.Found(err))
	}
	return activityOf(row), nil
}

func (s store) activitiesByID(ctx context.Context, ids []string) (map[string]Activity, error) {
	rows, err := s.queries(ctx).GetActivities(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("activities by id: %w", err)
	}
	activities := map[string]Activity{}
	for _, row := range rows {
		activities[row.ID] = activityOf(row)
	}
	return activities, nil
}

// hold reads an activity and keeps everybody else from changing it until the transaction of ctx ends. Who
// counts its places one by one does without; who has to look before changing must hold.
func (s store) hold(ctx context.Context, id string) (Activity, error) {
	affected, err := s.queries(ctx).HoldActivity(ctx, id)
	if err := db.One(affected, err, fault.ErrNotFound); err != nil {
		return Activity{}, fmt.Errorf("hold activity %q: %w", id, err)
	}
	return s.activity(ctx, id)
}

// holdOpen is hold for who need not look: errNotOpen for an activity that is not published. Everybody waits for
// its row, so it is taken last.
func (s store) holdOpen(ctx context.Context, id string) error {
	affected, err := s.queries(ctx).HoldOpenActivity(ctx, id)
	return db.One(affected, err, errNotOpen)
}

func (s store) insertActivity(ctx context.Context, activity Activity) error {
	location := activity.Place.location()
	return s.queries(ctx).InsertActivity(ctx, teamdb.InsertActivityParams{
		ID: activity.ID, Kind: string(activity.Kind), RegionID: activity.RegionID, TeamID: activity.TeamID,
		Title: activity.Title, Star: string(activity.Star), PlaceName: activity.Place.Name,
		HasLocation: activity.Place.located(), Lat: location.Lat, Lng: location.Lng, FenceMetres: activity.FenceMetres,
		StartsAt: db.Millis(activity.StartsAt), EndsAt: db.Millis(activity.EndsAt), Capacity: activity.Capacity,
		WalkIn: activity.WalkIn, PointsPerHour: activity.PointsPerHour, State: string(activity.State),
		ContentState: string(activity.ContentState), CreatedBy: activity.CreatedBy, CreatedAt: s.now(),
		PublishedBy: activity.PublishedBy, DeskPublished: activity.DeskPublished,
	})
}

// moveActivity stores the new state, and who brought it there, over the state it was read in.
func (s store) moveActivity(ctx context.Context, activity Activity, from State) error {
	affected, err := s.queries(ctx).MoveActivity(ctx, teamdb.MoveActivityParams{
		ToState: string(activity.State), Reason: activity.Reason, PublishedBy: activity.PublishedBy,
		DeskPublished: activity.DeskPublished, ClosedBy: activity.ClosedBy, ClosedAt: db.Millis(activity.ClosedAt),
		ConfirmedBy: activity.ConfirmedBy, ConfirmedAt: db.Millis(activity.ConfirmedAt),
		ID: activity.ID, FromState: string(from),
	})
	return db.One(affected, err, errWrongState)
}

// decideContent keeps the content check's word where there is none yet.
func (s store) decideContent(ctx context.Context, id string, state content.State) error {
	_, err := s.queries(ctx).DecideContent(ctx, teamdb.DecideContentParams{ContentState: string(state), ID: id})
	return err
}

// listing is which activities of a community a list shows. Drafts are shown of the led teams, and of all
// when allDrafts is set.
type listing struct {
	regionID, teamID string
	state            State
	allDrafts        bool
	ledTeams         []string
}

func (l listing) hidden() string {
	if l.allDrafts {
		return ""
	}
	return string(Draft)
}

func (s store) activitiesBefore(ctx context.Context, l listing, beforeID string, limit int) ([]Activity, error) {
	rows, err := s.queries(ctx).ListActivities(ctx, teamdb.ListActivitiesParams{
		RegionID: l.regionID, TeamID: l.teamID, State: string(l.state), Hidden: l.hidden(), LedTeams: l.ledTeams,
		BeforeID: beforeID, Limit: int32(limit),
	})
	return mapped(rows, err, "list activities", activityOf)
}

func (s store) activitiesFrom(ctx context.Context, l listing, from time.Time, after web.Place, limit int) ([]Activity, error) {
	rows, err := s.queries(ctx).ListActivitiesFrom(ctx, teamdb.ListActivitiesFromParams{
		RegionID: l.regionID, TeamID: l.teamID, State: string(l.state), Hidden: l.hidden(), LedTeams: l.ledTeams,
		From: db.Millis(from), AfterStart: after.Number, AfterID: after.ID, Limit: int32(limit),
	})
	return mapped(rows, err, "list activities", activityOf)
}

func signupOf(row teamdb.ActivitySignup) Signup {
	return Signup{ID: row.ID, ActivityID: row.ActivityID, PersonID: row.PersonID, HelperID: row.HelperID,
		State: SignupState(row.State), WalkedIn: row.WalkedIn, Attended: row.Attended, SignedUpAt: db.Time(row.SignedUpAt)}
}

func (s store) signup(ctx context.Context, activityID, personID string) (Signup, bool, error) {
	row, err := s.queries(ctx).GetSignup(ctx, teamdb.GetSignupParams{ActivityID: activityID, PersonID: personID})
	return found(row, err, "sign-up", signupOf)
}

// signupsByPerson gives the sign-ups that some people have for an activity.
func (s store) signupsByPerson(ctx context.Context, activityID string, people []string) (map[string]Signup, error) {
	rows, err := s.queries(ctx).SignupsOfPeople(ctx, teamdb.SignupsOfPeopleParams{ActivityID: activityID, People: people})
	if err != nil {
		return nil, fmt.Errorf("sign-ups of people: %w", err)
	}
	signups := make(map[string]Signup, len(rows))
	for _, row := range rows {
		signups[row.PersonID] = signupOf(row)
	}
	return signups, nil
}

func (s store) firstWaiting(ctx context.Context, activityID string) (Signup, bool, error) {
	row, err := s.queries(ctx).FirstWaiting(ctx, activityID)
	return found(row, err, "first of the waiting list", signupOf)
}

// placeInQueue is 1 for whoever is next.
func (s store) placeInQueue(ctx context.Context, activityID, personID string) (int64, error) {
	waiting, err := s.queries(ctx).PlaceInQueue(ctx, teamdb.PlaceInQueueParams{ActivityID: activityID, PersonID: personID})
	if err != nil {
		return 0, fmt.Errorf("place on the waiting list: %w", err)
	}
	return waiting, nil
}

func (s store) signups(ctx context.Context, activityID, afterID string, limit int) ([]Signup, error) {
	rows, err := s.queries(ctx).ListSignups(ctx, teamdb.ListSignupsParams{ActivityID: activityID, ID: afterID, Limit: int32(limit)})
	return mapped(rows, err, "list sign-ups", signupOf)
}

func (s store) signupsOfPerson(ctx context.Context, personID, beforeID string, limit int) ([]Signup, error) {
	rows, err := s.queries(ctx).SignupsOfPerson(ctx, teamdb.SignupsOfPersonParams{PersonID: personID, ID: beforeID, Limit: int32(limit)})
	return mapped(rows, err, "sign-ups of a person", signupOf)
}

// signupsIn gives a person's sign-ups for the activities, by activity.
func (s store) signupsIn(ctx context.Context, personID string, activityIDs []string) (map[string]Signup, error) {
	rows, err := s.queries(ctx).SignupsInActivities(ctx, teamdb.SignupsInActivitiesParams{PersonID: personID, Activities: activityIDs})
	if err != nil {
		return nil, fmt.Errorf("sign-ups in activities: %w", err)
	}
	signups := map[string]Signup{}
	for _, row := range rows {
		signups[row.ActivityID] = signupOf(row)
	}
	return signups, nil
}

// attendanceIn gives a person's presence at the activities, by activity.
func (s store) attendanceIn(ctx context.Context, personID string, activityIDs []string) (map[string]Attendance, error) {
	rows, err := s.queries(ctx).AttendanceInActivities(ctx, teamdb.AttendanceInActivitiesParams{PersonID: personID, Activities: activityIDs})
	if err != nil {
		return nil, fmt.Errorf("attendance in activities: %w", err)
	}
	presences := map[string]Attendance{}
	for _, row := range rows {
		presences[row.ActivityID] = attendanceOf(row)
	}
	return presences, nil
}

func (s store) insertSignup(ctx context.Context, signup Signup) error {
	return s.queries(ctx).InsertSignup(ctx, teamdb.InsertSignupParams{
		ID: signup.ID, ActivityID: signup.ActivityID, PersonID: signup.PersonID, HelperID: signup.HelperID,
		State: string(signup.State), WalkedIn: signup.WalkedIn, Attended: signup.Attended, SignedUpAt: db.Millis(signup.SignedUpAt),
	})
}

// moveSignup gives a sign-up of somebody who has not come yet a new state, and tells whether it still
// stood as it was read.
func (s store) moveSignup(ctx context.Context, signup Signup, to SignupState, attended bool) (bool, error) {
	affected, err := s.queries(ctx).MoveSignup(ctx, teamdb.MoveSignupParams{
		ToState: string(to), Attended: attended, ID: signup.ID, FromState: string(signup.State),
	})
	return affected == 1, err
}

// deleteSignup removes a sign-up that stands as it was read, of somebody who has not come.
func (s store) deleteSignup(ctx context.Context, signup Signup) error {
	affected, err := s.queries(ctx).DeleteSignup(ctx, teamdb.DeleteSignupParams{ID: signup.ID, State: string(signup.State)})
	return db.One(affected, err, errBusy)
}

// takePlace takes one place of a published activity that has one left, and tells whether it did.
func (s store) takePlace(ctx context.Context, activityID string) (bool, error) {
	affected, err := s.queries(ctx).TakePlace(ctx, activityID)
	return affected == 1, err
}

// joinQueue makes the queue of a published activity without a place one longer, and tells whether it did.
func (s store) joinQueue(ctx context.Context, activityID string) (bool, error) {
	affected, err := s.queries(ctx).JoinQueue(ctx, activityID)
	return affected == 1, err
}

// leavePlace and leaveQueue count one fewer in an activity that is held.
func (s store) leavePlace(ctx context.Context, activityID string) error {
	affected, err := s.queries(ctx).LeavePlace(ctx, activityID)
	return db.One(affected, err, fmt.Errorf("activity %q has no place to leave", activityID))
}

func (s store) leaveQueue(ctx context.Context, activityID string) error {
	affected, err := s.queries(ctx).LeaveQueue(ctx, activityID)
	return db.One(affected, err, fmt.Errorf("activity %q has no queue to leave", activityID))
}

func attendanceOf(row teamdb.Attendance) Attendance {
	return Attendance{
		ID: row.ID, ActivityID: row.ActivityID, PersonID: row.PersonID, Method: Method(row.Method),
		CheckedInAt: db.Time(row.CheckedInAt), CheckedOutAt: db.Time(row.CheckedOutAt), Points: row.Points,
		Flags: []Flag{}, Reason: row.Reason, HelperID: row.HelperID, EnteredBy: row.EnteredBy,
		CheckedOutBy: row.CheckedOutBy, RecordedAt: db.Time(row.RecordedAt), Offline: row.Offline,
		DeviceDigest: row.DeviceDigest, InsideFence: row.InsideFence, DistanceMetres: row.DistanceMetres,
		TracesUntil: db.Time(row.TracesUntil), MinutesChanged: row.MinutesChanged, ChangedMinutes: row.ChangedMinutes,
		PostedAt: db.Time(row.PostedAt),
	}
}

func (s store) attendance(ctx context.Context, activityID, personID string) (Attendance, bool, error) {
	row, err := s.queries(ctx).GetAttendance(ctx, teamdb.GetAttendanceParams{ActivityID: activityID, PersonID: personID})
	return found(row, err, "attendance", attendanceOf)
}

// attendancesByPerson gives the presences that some people have at an activity.
func (s store) attendancesByPerson(ctx context.Context, activityID string, people []string) (map[string]Attendance, error) {
	rows, err := s.queries(ctx).AttendanceOfPeople(ctx, teamdb.AttendanceOfPeopleParams{ActivityID: activityID, People: people})
	if err != nil {
		return nil, fmt.Errorf("attendance of people: %w", err)
	}
	attendances := make(map[string]Attendance, len(rows))
	for _, row := range rows {
		attendances[row.PersonID] = attendanceOf(row)
	}
	return attendances, nil
}

func (s store) attendanceByID(ctx context.Context, id string) (Attendance, error) {
	row, err := s.queries(ctx).GetAttendanceByID(ctx, id)
	if err != nil {
		return Attendance{}, fmt.Errorf("attendance %q: %w", id, db.Found(err))
	}
	return attendanceOf(row), nil
}

// attendances gives those who came to an activity after a place in the order of check-ins.
func (s store) attendances(ctx context.Context, activityID string, after web.Place, limit int) ([]Attendance, error) {
	rows, err := s.queries(ctx).ListAttendance(ctx, teamdb.ListAttendanceParams{ActivityID: activityID,
		AfterCheckedInAt: after.Number, AfterID: after.ID, Limit: int32(limit)})
	return mapped(rows, err, "list attendance", attendanceOf)
}

// checkInsBetween gives the times of an activity's check-ins after one time and before another, but for those by the
// leader's word.
func (s store) checkInsBetween(ctx context.Context, activityID string, after, before time.Time) ([]time.Time, error) {
	rows, err := s.queries(ctx).CheckInsBetween(ctx, teamdb.CheckInsBetweenParams{ActivityID: activityID,
		After: db.Millis(after), Before: db.Millis(before), ButBy: string(ByLeader)})
	return mapped(rows, err, "check-ins around some", db.Time)
}

// sharedDevices gives those of the devices by which more than one person checked in to an activity.
func (s store) sharedDevices(ctx context.Context, activityID string, digests []string) (map[string]bool, error) {
	rows, err := s.queries(ctx).SharedDevices(ctx, teamdb.SharedDevicesParams{ActivityID: activityID, Digests: digests})
	if err != nil {
		return nil, fmt.Errorf("shared devices: %w", err)
	}
	shared := map[string]bool{}
	for _, digest := range rows {
		shared[digest] = true
	}
	return shared, nil
}

// handsIn gives everybody whose hands any presence at an activity went through.
func (s store) handsIn(ctx context.Context, activityID string) ([]string, error) {
	hands, err := s.queries(ctx).HandsInActivity(ctx, teamdb.HandsInActivityParams{ActivityID: activityID})
	if err != nil {
		return nil, fmt.Errorf("hands in an activity: %w", err)
	}
	return hands, nil
}

func (s store) attendancesOfPerson(ctx context.Context, personID string) ([]Attendance, error) {
	rows, err := s.queries(ctx).AttendanceOfPerson(ctx, personID)
	return mapped(rows, err, "attendance of a person", attendanceOf)
}

func (s store) insertAttendance(ctx context.Context, a Attendance) error {
	return s.queries(ctx).InsertAttendance(ctx, teamdb.InsertAttendanceParams{
		ID: a.ID, ActivityID: a.ActivityID, PersonID: a.PersonID, Method: string(a.Method), HelperID: a.HelperID,
		EnteredBy: a.EnteredBy, Reason: a.Reason, CheckedInAt: db.Millis(a.CheckedInAt),
		CheckedOutAt: db.Millis(a.CheckedOutAt), CheckedOutBy: a.CheckedOutBy, RecordedAt: db.Millis(a.RecordedAt),
		Offline: a.Offline, DeviceDigest: a.DeviceDigest, InsideFence: a.InsideFence,
		DistanceMetres: a.DistanceMetres, TracesUntil: db.Millis(a.TracesUntil),
	})
}

// countIn counts somebody who has come, with the place taken by who held none, if the activity is
// published, or in the state late, and has that place; and tells whether it did.
func (s store) countIn(ctx context.Context, activityID string, signup Signup, late State) (bool, error) {
	queries := s.queries(ctx)
	var affected int64
	var err error
	switch signup.State {
	case Holding:
		affected, err = queries.CountAttended(ctx, teamdb.CountAttendedParams{ID: activityID, OrState: string(late)})
	case Waiting:
		affected, err = queries.CountWaitedIn(ctx, teamdb.CountWaitedInParams{ID: activityID, OrState: string(late)})
	default:
		affected, err = queries.CountWalkedIn(ctx, teamdb.CountWalkedInParams{ID: activityID, OrState: string(late)})
	}
	return affected == 1, err
}

// checkOut stores the check-out of who is not out yet and has no points yet, and tells whether it did.
func (s store) checkOut(ctx context.Context, a Attendance) (bool, error) {
	affected, err := s.queries(ctx).CheckOut(ctx, teamdb.CheckOutParams{
		CheckedOutAt: db.Millis(a.CheckedOutAt), CheckedOutBy: a.CheckedOutBy, Offline: a.Offline, ID: a.ID,
	})
	return affected == 1, err
}

// elsewhere gives the stays of people at other activities around the time of this one.
func (s store) elsewhere(ctx context.Context, activity Activity, people []string) (map[string][]stay, error) {
	rows, err := s.queries(ctx).AttendanceElsewhere(ctx, teamdb.AttendanceElsewhereParams{
		People: people, ActivityID: activity.ID,
		StartsAt: db.Millis(activity.StartsAt.Add(-earlyBy)), EndsAt: db.Millis(activity.EndsAt.Add(lateBy)),
	})
	if err != nil {
		return nil, fmt.Errorf("stays elsewhere: %w", err)
	}
	stays := map[string][]stay{}
	for _, row := range rows {
		stays[row.PersonID] = append(stays[row.PersonID], stayAt(db.Time(row.CheckedInAt), db.Time(row.CheckedOutAt), db.Time(row.EndsAt)))
	}
	return stays, nil
}

func correctionOf(row teamdb.AttendanceCorrection) Correction {
	return Correction{AttendanceID: row.AttendanceID, OldMinutes: row.OldMinutes, NewMinutes: row.NewMinutes,
		Reason: row.Reason, CorrectedBy: row.CorrectedBy, CorrectedAt: db.Time(row.CorrectedAt)}
}

// corrections gives what the minutes of some presences were set to otherwise, by attendance.
func (s store) corrections(ctx context.Context, attendanceIDs []string) (map[string][]Correction, error) {
	rows, err := s.queries(ctx).ListCorrections(ctx, attendanceIDs)
	if err != nil {
		return nil, fmt.Errorf("corrections: %w", err)
	}
	corrections := map[string][]Correction{}
	for _, row := range rows {
		corrections[row.AttendanceID] = append(corrections[row.AttendanceID], correctionOf(row))
	}
	return corrections, nil
}

// correctMinutes sets minutes otherwise, and keeps the correction.
func (s store) correctMinutes(ctx context.Context, activityID string, correction Correction) error {
	affected, err := s.queries(ctx).CorrectMinutes(ctx, teamdb.CorrectMinutesParams{ChangedMinutes: correction.NewMinutes, ID: correction.AttendanceID})
	if err := db.One(affected, err, errWrongState); err != nil {
		return err
	}
	return s.queries(ctx).InsertCorrection(ctx, teamdb.InsertCorrectionParams{
		ID: db.NewID(), ActivityID: activityID, AttendanceID: correction.AttendanceID, OldMinutes: correction.OldMinutes,
		NewMinutes: correction.NewMinutes, Reason: correction.Reason, CorrectedBy: correction.CorrectedBy, CorrectedAt: db.Millis(correction.CorrectedAt),
	})
}

// unposted gives some presences of an activity whose points are not posted, in order of ids.
func (s store) unposted(ctx context.Context, activityID, afterID string, limit int) ([]string, error) {
	ids, err := s.queries(ctx).UnpostedAttendance(ctx, teamdb.UnpostedAttendanceParams{ActivityID: activityID, ID: afterID, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("unposted attendance: %w", err)
	}
	return ids, nil
}

// markPosted marks a presence as posted and tells whether it was not yet.
func (s store) markPosted(ctx context.Context, id string) (bool, error) {
	affected, err := s.queries(ctx).MarkPosted(ctx, teamdb.MarkPostedParams{PostedAt: s.now(), ID: id})
	return affected == 1, err
}

func (s store) keepPoints(ctx context.Context, id string, amount int64) error {
	affected, err := s.queries(ctx).KeepPoints(ctx, teamdb.KeepPointsParams{Points: amount, ID: id})
	return db.One(affected, err, errWrongState)
}

// finishPosting marks a confirmed activity as posted, if nobody else has.
func (s store) finishPosting(ctx context.Context, id string) error {
	_, err := s.queries(ctx).FinishPosting(ctx, teamdb.FinishPostingParams{PostedAt: s.now(), ID: id})
	return err
}

// unpostedActivities gives some confirmed activities whose points are not all posted.
func (s store) unpostedActivities(ctx context.Context, limit int32) ([]string, error) {
	ids, err := s.queries(ctx).UnpostedActivities(ctx, limit)
	if err != nil {
		return nil, fmt.Errorf("unposted activities: %w", err)
	}
	return ids, nil
}

func scanOf(row teamdb.ActivityScan) Scan {
	return Scan{ScanID: row.ScanID, Kind: ScanKind(row.Kind), Outcome: Outcome(row.Outcome), Code: row.Code,
		Offline: row.Offline, ScannedAt: db.Time(row.ScannedAt), UploadedAt: db.Time(row.UploadedAt),
		ActivityID: row.ActivityID, PersonID: row.PersonID, ScannedBy: row.ScannedBy}
}

func (s store) scansByID(ctx context.Context, activityID string, scanIDs []string) (map[string]Scan, error) {
	rows, err := s.queries(ctx).GetScans(ctx, teamdb.GetScansParams{ActivityID: activityID, ScanIds: scanIDs})
	if err != nil {
		return nil, fmt.Errorf("earlier scans: %w", err)
	}
	scans := map[string]Scan{}
	for _, row := range rows {
		scans[row.ScanID] = scanOf(row)
	}
	return scans, nil
}

func (s store) scans(ctx context.Context, activityID, afterID string, limit int) ([]Scan, error) {
	rows, err := s.queries(ctx).ListScans(ctx, teamdb.ListScansParams{ActivityID: activityID, ScanID: afterID, Limit: int32(limit)})
	return mapped(rows, err, "list scans", scanOf)
}

func (s store) scansOfPerson(ctx context.Context, personID string) ([]Scan, error) {
	rows, err := s.queries(ctx).ScansOfPerson(ctx, personID)
	return mapped(rows, err, "scans of a person", scanOf)
}

func (s store) insertScan(ctx context.Context, scan Scan) error {
	return s.queries(ctx).InsertScan(ctx, teamdb.InsertScanParams{
		ActivityID: scan.ActivityID, ScanID: scan.ScanID, Kind: string(scan.Kind), PersonID: scan.PersonID,
		Outcome: string(scan.Outcome), Code: scan.Code, ScannedBy: scan.ScannedBy, ScannedAt: db.Millis(scan.ScannedAt),
		UploadedAt: db.Millis(scan.UploadedAt), Offline: scan.Offline,
	})
}

// guest is what a check-in must know of a person.
type guest struct {
	personID, name, homePath string
}

// guests gives those of the people who are known and have not left, by id.
func (s store) guests(ctx context.Context, ids []string) (map[string]guest, error) {
	rows, err := s.queries(ctx).PeopleByID(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("people by id: %w", err)
	}
	guests := map[string]guest{}
	for _, row := range rows {
		guests[row.ID] = guest{row.ID, row.Name, row.HomePath}
	}
	return guests, nil
}

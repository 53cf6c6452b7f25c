package team

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/team/internal/teamdb"
	"fivestar/server/web"
)

const attendanceByTime = "attendance"

// Attendance lists who came, first come first, with what is odd about it; only the odd cases when flagged.
func (s *Service) Attendance(ctx context.Context, caller web.Caller, activityID string, flagged bool, query web.PageQuery) (web.Page[Attendance], error) {
	activity, err := s.requireDesk(ctx, caller, activityID)
	if err != nil {
		return web.Page[Attendance]{}, err
	}
	after, err := query.AfterPlace(attendanceByTime, web.Place{})
	if err != nil {
		return web.Page[Attendance]{}, err
	}
	list := s.cameAfter
	if flagged {
		list = s.oddAfter
	}
	presences, err := list(ctx, activity, after, query.Limit+1)
	if err != nil {
		return web.Page[Attendance]{}, err
	}
	page := web.NewPage(attendanceByTime, presences, query.Limit, func(p Attendance) []string { return p.place().Keys() })
	names, err := s.People.Names(ctx, whoCame(page.Items))
	for i := range page.Items {
		presence := &page.Items[i]
		presence.Person = person.Summary{ID: presence.PersonID, Name: names[presence.PersonID]}
	}
	return page, err
}

// place is where a presence stands in the order of check-ins.
func (p Attendance) place() web.Place {
	return web.Place{Number: db.Millis(p.CheckedInAt), ID: p.ID}
}

func whoCame(presences []Attendance) []string {
	people := make([]string, len(presences))
	for i, presence := range presences {
		people[i] = presence.PersonID
	}
	return people
}

// lookedAtOnce are the presences among which odd cases are looked for at once.
const lookedAtOnce = 200

// oddAfter gives the odd cases after a place: limit of them and perhaps more, or all there are. Some are odd only
// beside their neighbours, so all are looked at on the way: an activity has 2,000 at most.
func (s *Service) oddAfter(ctx context.Context, activity Activity, after web.Place, limit int) ([]Attendance, error) {
	var odd []Attendance
	for {
		presences, err := s.cameAfter(ctx, activity, after, lookedAtOnce)
		if err != nil {
			return nil, err
		}
		for _, presence := range presences {
			if len(presence.Flags) > 0 {
				odd = append(odd, presence)
			}
		}
		if len(odd) >= limit || len(presences) < lookedAtOnce {
			return odd, nil
		}
		after = presences[len(presences)-1].place()
	}
}

// cameAfter gives at most limit of those who came after a place, with minutes, corrections and flags.
func (s *Service) cameAfter(ctx context.Context, activity Activity, after web.Place, limit int) ([]Attendance, error) {
	presences, err := s.store().attendances(ctx, activity.ID, after, limit)
	if err != nil || len(presences) == 0 {
		return nil, err
	}
	ids := make([]string, len(presences))
	for i, presence := range presences {
		ids[i] = presence.ID
	}
	corrections, err := s.store().corrections(ctx, ids)
	if err != nil {
		return nil, err
	}
	around, err := s.around(ctx, activity, presences)
	if err != nil {
		return nil, err
	}
	for i := range presences {
		presence := &presences[i]
		presence.Minutes, presence.Corrections = activity.minutesOf(*presence), corrections[presence.ID]
		presence.Flags = activity.flags(*presence, around, s.DB.Now())
	}
	return presences, nil
}

// around gives what some presences, in the order of check-ins, are compared with.
func (s *Service) around(ctx context.Context, activity Activity, presences []Attendance) (surroundings, error) {
	var devices []string
	for _, presence := range presences {
		if presence.DeviceDigest != "" {
			devices = append(devices, presence.DeviceDigest)
		}
	}
	shared, err := s.store().sharedDevices(ctx, activity.ID, devices)
	if err != nil {
		return surroundings{}, err
	}
	first, last := presences[0].CheckedInAt, presences[len(presences)-1].CheckedInAt
	checkIns, err := s.store().checkInsBetween(ctx, activity.ID, first.Add(-burstWithin), last.Add(burstWithin))
	if err != nil {
		return surroundings{}, err
	}
	elsewhere, err := s.store().elsewhere(ctx, activity, whoCame(presences))
	return surroundings{sharedDevices: shared, crowded: activity.crowded(checkIns), elsewhere: elsewhere}, err
}

// NewCorrection sets somebody's minutes otherwise than the check-in and check-out say.
type NewCorrection struct {
	PersonID string `json:"person_id" maxLength:"26"`
	Minutes  int64  `json:"minutes" doc:"Counted up to the activity's length at most"`
	Reason   string `json:"reason"`
}

// Close ends an activity that has begun, with the minutes that the leader puts right.
func (s *Service) Close(ctx context.Context, caller web.Caller, id string, corrections []NewCorrection) (Activity, error) {
	if _, _, err := s.requireActivity(ctx, caller, region.LeadActivities, id); err != nil {
		return Activity{}, err
	}
	if err := checkCorrections(corrections); err != nil {
		return Activity{}, err
	}
	return s.move(ctx, caller, id, Closed, audit.Act{Name: "activity.closed"}, func(ctx context.Context, activity *Activity) error {
		now := s.DB.Now()
		if now.Before(activity.StartsAt) {
			return errNotStarted
		}
		activity.ClosedBy, activity.ClosedAt, activity.Reason = caller.PersonID, now, ""
		return s.correctMinutes(ctx, caller, *activity, corrections)
	})
}

// checkCorrections checks what can be checked without the activity, and trims the reasons.
func checkCorrections(corrections []NewCorrection) error {
	var check fault.Check
	seen := map[string]bool{}
	for i := range corrections {
		correction, field := &corrections[i], fmt.Sprintf("minutes[%d]", i)
		check.That(correction.Minutes >= 0, field+".minutes", "分钟数不能小于0")
		check.Text(field+".reason", "更正原因", &correction.Reason, 2, 200)
		check.That(!seen[correction.PersonID], field+".person_id", "同一个人只能更正一次")
		seen[correction.PersonID] = true
	}
	return check.Err()
}

// correctMinutes stores each correction with what stood there before. The activity is held and counts as closed.
func (s *Service) correctMinutes(ctx context.Context, caller web.Caller, activity Activity, corrections []NewCorrection) error {
	for i, wanted := range corrections {
		presence, came, err := s.store().attendance(ctx, activity.ID, wanted.PersonID)
		if err != nil {
			return err
		}
		if !came {
			return fault.InvalidField(fmt.Sprintf("minutes[%d].person_id", i), "这个人没有签到，请先补登")
		}
		correction := Correction{AttendanceID: presence.ID, OldMinutes: activity.minutesOf(presence),
			NewMinutes: min(wanted.Minutes, activity.length()), Reason: wanted.Reason, CorrectedBy: caller.PersonID, CorrectedAt: s.DB.Now()}
		if correction.NewMinutes == correction.OldMinutes {
			continue
		}
		if err := s.store().correctMinutes(ctx, activity.ID, correction); err != nil {
			return err
		}
	}
	return nil
}

// Reopen sends a closed activity back to its leader.
func (s *Service) Reopen(ctx context.Context, caller web.Caller, id, reason string) (Activity, error) {
	if _, _, err := s.requireActivity(ctx, caller, region.ConfirmActivities, id); err != nil {
		return Activity{}, err
	}
	if err := checkReason(&reason, "退回原因"); err != nil {
		return Activity{}, err
	}
	return s.move(ctx, caller, id, Published, audit.Act{Name: "activity.reopened", Reason: reason}, func(ctx context.Context, activity *Activity) error {
		if activity.ClosedBy == "" {
			return errWrongState // a draft: Publish opens it
		}
		activity.Reason, activity.ClosedBy, activity.ClosedAt = reason, "", time.Time{}
		return nil
	})
}

// Confirm is the second witness to a closed activity, and posts its points. It is done by none of those
// whose hands any of it went through: 403 review.own_work. Points of a large activity are posted in several
// transactions; if the server stops between two of them, Tick goes on.
func (s *Service) Confirm(ctx context.Context, caller web.Caller, id string) (Activity, error) {
	if _, _, err := s.requireActivity(ctx, caller, region.ConfirmActivities, id); err != nil {
		return Activity{}, err
	}
	confirmed, err := s.move(ctx, caller, id, Confirmed, audit.Act{Name: "activity.confirmed"}, func(ctx context.Context, activity *Activity) error {
		if err := s.requireWitness(ctx, caller, *activity); err != nil {
			return err
		}
		activity.ConfirmedBy, activity.ConfirmedAt = caller.PersonID, s.DB.Now()
		return nil
	})
	if err != nil {
		return Activity{}, err
	}
	return confirmed, s.post(ctx, id)
}

// requireWitness is 403 review.own_work for anybody who came, scanned, entered or closed.
func (s *Service) requireWitness(ctx context.Context, caller web.Caller, activity Activity) error {
	hands, err := s.store().handsIn(ctx, activity.ID)
	if err != nil {
		return err
	}
	for _, hand := range append(hands, activity.ClosedBy) {
		if slices.Contains(caller.Hands(), hand) {
			return errOwnWork
		}
	}
	return nil
}

// hands are the people whose hands a presence and its minutes went through, the closing leader among them.
func (a Activity) hands(presence Attendance, corrections []Correction) []string {
	hands := append(presence.hands(), a.ClosedBy)
	for _, correction := range corrections {
		hands = append(hands, correction.CorrectedBy)
	}
	slices.Sort(hands)
	return slices.Compact(hands)
}

// postedAtOnce are the presences whose points are posted in one transaction.
const postedAtOnce = 100

// post posts the points of a confirmed activity that are not posted yet. A presence that cannot be posted keeps no
// other waiting; Tick tries it again.
func (s *Service) post(ctx context.Context, id string) error {
	var failed []error
	for after, isLast := "", false; !isLast; {
		unposted, err := s.store().unposted(ctx, id, after, postedAtOnce)
		if err != nil {
			return err
		}
		isLast = len(unposted) < postedAtOnce
		err = s.postSome(ctx, id, unposted, isLast && len(failed) == 0)
		if errors.Is(err, db.ErrBusy) || ctx.Err() != nil || db.InTransaction(ctx) { // in a larger one all is undone
			return err
		}
		if err != nil {
			failed = append(failed, s.postEach(ctx, id, unposted))
		}
		if !isLast {
			after = unposted[len(unposted)-1]
		}
	}
	return errors.Join(failed...)
}

// postEach posts presences of which not all can be posted.
func (s *Service) postEach(ctx context.Context, id string, unposted []string) error {
	var failed []error
	for i := range unposted {
		failed = append(failed, s.postSome(ctx, id, unposted[i:i+1], false))
	}
	return errors.Join(failed...)
}

// postSome posts all of these presences or none. With the last of an activity it is marked as posted.
func (s *Service) postSome(ctx context.Context, id string, unposted []string, areLast bool) error {
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		activity, err := s.store().activity(ctx, id)
		if err != nil {
			return err
		}
		corrections, err := s.store().corrections(ctx, unposted)
		if err != nil {
			return err
		}
		err = s.Notices.Together(ctx, func(ctx context.Context) error {
			for _, presenceID := range unposted {
				if err := s.postOne(ctx, activity, presenceID, corrections[presenceID]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || !areLast {
			return err
		}
		return s.store().finishPosting(ctx, id)
	})
	if err != nil {
		return fmt.Errorf("post the points of activity %q: %w", id, err)
	}
	return nil
}

// postOne posts one presence. Who marks it first posts it; it is read after that, as nothing changes it then.
func (s *Service) postOne(ctx context.Context, activity Activity, presenceID string, corrections []Correction) error {
	first, err := s.store().markPosted(ctx, presenceID)
	if err != nil || !first {
		return err
	}
	presence, err := s.store().attendanceByID(ctx, presenceID)
	if err != nil {
		return err
	}
	minutes := activity.minutesOf(presence)
	hands := activity.hands(presence, corrections)
	amount := activity.pointsFor(minutes)
	if minutes > 0 {
		err := s.Points.RecordService(ctx, points.ServiceRecord{PersonID: presence.PersonID, CommunityID: activity.RegionID,
			Star: activity.Star, Minutes: minutes, SourceID: presence.ID, At: later(presence.CheckedInAt, activity.StartsAt), Hands: hands, Witness: activity.ConfirmedBy})
		if err != nil {
			return err
		}
	}
	if amount == 0 {
		return nil
	}
	_, err = s.Points.Credit(ctx, points.Posting{PersonID: presence.PersonID, CommunityID: activity.RegionID, Amount: amount,
		Kind: points.KindCheckin, SourceID: presence.ID, Star: activity.Star, Memo: activity.memo(minutes), Hands: hands, Witness: activity.ConfirmedBy})
	if err != nil {
		return err
	}
	return s.store().keepPoints(ctx, presence.ID, amount)
}

// memo is what a person reads in their history.
func (a Activity) memo(minutes int64) string {
	title := a.Title
	if !a.textShown() {
		title = hiddenText
	}
	return fmt.Sprintf("参加活动:%s,服务%d分钟", title, minutes)
}

// atOnce bounds what one Tick does of one thing.
const atOnce = 200

// Tick goes on with points that a stopped server left unposted, and wipes the traces whose time is over.
// No activity is closed and nothing is confirmed by a machine.
func (s *Service) Tick(ctx context.Context) error {
	unfinished, err := s.store().unpostedActivities(ctx, atOnce)
	if err != nil {
		return err
	}
	var failed []error
	for _, id := range unfinished {
		failed = append(failed, s.post(ctx, id))
	}
	failed = append(failed, s.wipeTraces(ctx))
	return errors.Join(failed...)
}

func (s *Service) wipeTraces(ctx context.Context) error {
	due, err := s.store().queries(ctx).DueTraces(ctx, teamdb.DueTracesParams{TracesUntil: db.Millis(s.DB.Now()), Limit: atOnce})
	if err != nil || len(due) == 0 {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.store().queries(ctx).WipeTraces(ctx, due) })
}

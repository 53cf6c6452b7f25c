package team

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// tracesKept is how long the device's digest and the coarse distance of a check-in are kept.
const tracesKept = 30 * 24 * time.Hour

// RotatingCode is what the leader's phone shows at the site.
type RotatingCode struct {
	Text        string    `json:"text" doc:"What the QR holds"`
	Code        string    `json:"code" doc:"The same to type by hand"`
	StepSeconds int       `json:"step_seconds"`
	ValidUntil  time.Time `json:"valid_until" doc:"When the next code comes; this one is taken one step longer"`
}

// CheckInCode gives an activity's rotating code to those who lead it.
func (s *Service) CheckInCode(ctx context.Context, caller web.Caller, activityID string) (RotatingCode, error) {
	activity, _, err := s.requireActivity(ctx, caller, region.LeadActivities, activityID)
	if err != nil {
		return RotatingCode{}, err
	}
	if activity.State != Published {
		return RotatingCode{}, errNotOpen
	}
	code, until := s.Key.Rotating(codePurpose, activity.ID, s.DB.Now())
	return RotatingCode{Text: codeText(activity.ID, code), Code: code, StepSeconds: int(secret.Step / time.Second), ValidUntil: until}, nil
}

// checkCode is 403 checkin.bad_code for a code that is not this activity's of now, and counts it.
func (s *Service) checkCode(ctx context.Context, caller web.Caller, activityID, text string) error {
	return s.Guess(ctx, caller, func() error {
		code, err := parseCode(text, activityID)
		if err != nil {
			return err
		}
		if !s.Key.VerifyRotating(code, codePurpose, activityID, s.DB.Now()) {
			return errBadCode
		}
		return nil
	})
}

// NewCheckIn is what a phone sends with the code it has scanned.
type NewCheckIn struct {
	Code     string    `json:"code" doc:"What the QR holds, or the code alone"`
	Location *Location `json:"location,omitempty" doc:"Asked for only where the activity has a fence; kept as inside or outside and to the nearest 50 metres"`
	// Device is the phone's own id, opaque; a keyed digest of it is kept.
	Device string `json:"-"`
}

// CheckIn takes the caller in by the code shown at the site. Who is in gets the first check-in again,
// whatever the code; made tells whether it is new.
func (s *Service) CheckIn(ctx context.Context, caller web.Caller, activityID string, tap NewCheckIn) (presence Attendance, made bool, err error) {
	activity, err := s.visible(ctx, caller, activityID)
	if err != nil {
		return Attendance{}, false, err
	}
	held, came, err := s.store().attendance(ctx, activity.ID, caller.PersonID)
	if err != nil || came {
		held.Minutes = activity.minutesOf(held)
		return held, false, err
	}
	now := s.DB.Now()
	if activity.State != Published {
		return Attendance{}, false, errNotOpen
	}
	if !activity.takesCheckIn(now) {
		return Attendance{}, false, errOutOfWindow
	}
	if err := s.checkCode(ctx, caller, activity.ID, tap.Code); err != nil {
		return Attendance{}, false, err
	}
	arriving := Attendance{ID: db.NewID(), PersonID: caller.PersonID, HelperID: caller.HelperID, Method: ByCode, CheckedInAt: now}
	if err := s.keepTraces(ctx, &arriving, activity, tap); err != nil {
		return Attendance{}, false, err
	}
	presence, err = s.arrivals.Do(ctx, activity.ID, arrival{presence: arriving, homePath: caller.HomePath})
	return presence, presence.ID == arriving.ID, err
}

// arrival is somebody who comes in by the code, and where they live.
type arrival struct {
	presence Attendance
	homePath string
}

func (s *Service) arriveAlone(ctx context.Context, activityID string, coming arrival) (presence Attendance, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		presence, _, err = s.admit(ctx, activityID, coming.homePath, coming.presence, Published)
		return err
	})
	return presence, err
}

// arriveTogether takes many in at once, in the order in which they came.
func (s *Service) arriveTogether(ctx context.Context, activityID string, coming []arrival) ([]db.Outcome[Attendance], error) {
	people := make([]string, len(coming))
	for i, one := range coming {
		people[i] = one.presence.PersonID
	}
	activity, err := s.store().activity(ctx, activityID)
	if err != nil {
		return nil, err
	}
	in, err := s.store().attendancesByPerson(ctx, activityID, people)
	if err != nil {
		return nil, err
	}
	signups, err := s.store().signupsByPerson(ctx, activityID, people)
	if err != nil {
		return nil, err
	}
	outcomes := make([]db.Outcome[Attendance], len(coming))
	var entering []Attendance
	for i, one := range coming {
		presence, isIn := in[one.presence.PersonID]
		signup := signups[one.presence.PersonID]
		if !isIn {
			if err := activity.refusal(signup, one); err != nil {
				outcomes[i].Err = err
				continue
			}
			if signup.State != Holding {
				activity.Taken++
			}
			presence = s.recordedNow(activityID, one.presence)
			in[presence.PersonID] = presence
			entering = append(entering, presence)
		}
		outcomes[i].Answer = presence
		outcomes[i].Answer.Minutes = activity.minutesOf(presence)
	}
	return outcomes, s.enterAll(ctx, activityID, signups, entering)
}

// refusal is why somebody may not come in, nil when they may.
func (a Activity) refusal(signup Signup, coming arrival) error {
	if a.State != Published {
		return errNotOpen
	}
	return a.checkAdmission(signup, coming.homePath, coming.presence.Method)
}

// enterAll stores all presences or none.
func (s *Service) enterAll(ctx context.Context, activityID string, signups map[string]Signup, entering []Attendance) error {
	if len(entering) == 0 {
		return nil
	}
	return s.DB.InBatch(ctx, func(ctx context.Context) error {
		for _, presence := range entering {
			if arrived, err := s.arrive(ctx, signups[presence.PersonID], presence); err != nil || !arrived {
				return errors.Join(db.ErrPresumed, err)
			}
		}
		for _, presence := range entering {
			if err := s.store().insertAttendance(ctx, presence); err != nil {
				return err
			}
		}
		for _, presence := range entering {
			counted, err := s.store().countIn(ctx, activityID, signups[presence.PersonID], Published)
			if err != nil || !counted {
				return errors.Join(db.ErrPresumed, err)
			}
		}
		return nil
	})
}

// keepTraces adds what may be kept of the phone and of where it was; 403 checkin.out_of_fence where the community
// demands a place. Where there is no fence nothing of a location is kept.
func (s *Service) keepTraces(ctx context.Context, presence *Attendance, activity Activity, tap NewCheckIn) error {
	if tap.Device != "" {
		presence.DeviceDigest = s.Key.Signature("device", activity.ID, tap.Device)
	}
	if activity.FenceMetres > 0 {
		settings, err := s.Regions.Settings(ctx, activity.RegionID)
		if err != nil {
			return err
		}
		presence.InsideFence, presence.DistanceMetres, err = activity.checkFence(tap.Location, settings.PlaceDemanded)
		if err != nil {
			return err
		}
	}
	if presence.DeviceDigest != "" || presence.InsideFence || presence.DistanceMetres > 0 {
		presence.TracesUntil = presence.CheckedInAt.Add(tracesKept)
	}
	return nil
}

// admit stores a presence, in the transaction of ctx, with the place of who held none; or gives the one
// that is there. late is a second state in which it is still taken. On a failure the transaction must be
// undone, unless the activity is held: then nothing was written.
func (s *Service) admit(ctx context.Context, activityID, homePath string, presence Attendance, late State) (Attendance, bool, error) {
	for range 3 { // the person may sign up, withdraw or check in at the same moment
		activity, err := s.store().activity(ctx, activityID)
		if err != nil {
			return Attendance{}, false, err
		}
		held, came, err := s.store().attendance(ctx, activityID, presence.PersonID)
		if err != nil || came {
			held.Minutes = activity.minutesOf(held)
			return held, false, err
		}
		signup, _, err := s.store().signup(ctx, activityID, presence.PersonID)
		if err != nil {
			return Attendance{}, false, err
		}
		if activity.State != Published && activity.State != late {
			return Attendance{}, false, errNotOpen
		}
		if err := activity.checkAdmission(signup, homePath, presence.Method); err != nil {
			return Attendance{}, false, err
		}
		entered, err := s.enter(ctx, activityID, signup, presence, late)
		if err != nil || entered.ID != "" {
			entered.Minutes = activity.minutesOf(entered)
			return entered, true, err
		}
	}
	return Attendance{}, false, errBusy
}

// enter writes a presence for who has this sign-up, zero for none: first the sign-up, which is one
// person's only; the activity, which everybody waits for, last. It gives nothing, and has written nothing,
// when the sign-up is no longer as it was read.
func (s *Service) enter(ctx context.Context, activityID string, signup Signup, presence Attendance, late State) (Attendance, error) {
	presence = s.recordedNow(activityID, presence)
	arrived, err := s.arrive(ctx, signup, presence)
	if err != nil || !arrived {
		return Attendance{}, err
	}
	if err := s.store().insertAttendance(ctx, presence); err != nil {
		return Attendance{}, err
	}
	counted, err := s.store().countIn(ctx, activityID, signup, late)
	if err != nil {
		return Attendance{}, err
	}
	if !counted {
		return Attendance{}, s.whyNot(ctx, activityID, errFull)
	}
	return presence, nil
}

func (s *Service) recordedNow(activityID string, presence Attendance) Attendance {
	presence.ActivityID, presence.RecordedAt, presence.Flags = activityID, s.DB.Now(), []Flag{}
	return presence
}

// arrive marks a sign-up as come, or makes one for who walks in.
func (s *Service) arrive(ctx context.Context, signup Signup, presence Attendance) (bool, error) {
	if signup.ID != "" {
		return s.store().moveSignup(ctx, signup, Holding, true)
	}
	err := s.store().insertSignup(ctx, Signup{ID: db.NewID(), ActivityID: presence.ActivityID, PersonID: presence.PersonID,
		HelperID: presence.HelperID, State: Holding, WalkedIn: true, Attended: true, SignedUpAt: presence.RecordedAt})
	if db.IsUnique(err) {
		return false, nil
	}
	return err == nil, err
}

// CheckOut ends the caller's presence by the code shown at the site. Who is out gets the first check-out
// again, whatever the code.
func (s *Service) CheckOut(ctx context.Context, caller web.Caller, activityID, code string) (Attendance, error) {
	activity, err := s.visible(ctx, caller, activityID)
	if err != nil {
		return Attendance{}, err
	}
	presence, came, err := s.store().attendance(ctx, activity.ID, caller.PersonID)
	if err != nil {
		return Attendance{}, err
	}
	if !came {
		return Attendance{}, errNotCheckedIn
	}
	if presence.CheckedOutAt.IsZero() {
		presence, err = s.checkOutByCode(ctx, caller, activity, presence, code)
	}
	presence.Minutes = activity.minutesOf(presence)
	return presence, err
}

func (s *Service) checkOutByCode(ctx context.Context, caller web.Caller, activity Activity, presence Attendance, code string) (Attendance, error) {
	now := s.DB.Now()
	if activity.State != Published {
		return Attendance{}, errNotOpen
	}
	if !activity.takesCheckOut(now) {
		return Attendance{}, errOutOfWindow
	}
	if err := s.checkCode(ctx, caller, activity.ID, code); err != nil {
		return Attendance{}, err
	}
	presence.CheckedOutAt, presence.CheckedOutBy = now, caller.HelperID
	var departed Attendance
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		left, made, err := s.depart(ctx, presence)
		departed = left
		if err != nil || !made {
			return err
		}
		return s.store().holdOpen(ctx, activity.ID)
	})
	return departed, err
}

// depart stores a check-out, or gives the one that is there; made tells whether it is new. What a witness has
// confirmed must not change: in the same transaction the activity is held and still takes check-outs.
func (s *Service) depart(ctx context.Context, presence Attendance) (departed Attendance, made bool, err error) {
	made, err = s.store().checkOut(ctx, presence)
	if err != nil || made {
		return presence, made, err
	}
	held, err := s.store().attendanceByID(ctx, presence.ID)
	if err != nil {
		return Attendance{}, false, err
	}
	if held.CheckedOutAt.IsZero() { // its points are posted
		return Attendance{}, false, errNotOpen
	}
	return held, false, nil
}

// LeaderWord is a leader's word that somebody is, or was, there.
type LeaderWord struct {
	PersonID string `json:"person_id" maxLength:"26"`
	Minutes  int64  `json:"minutes,omitempty" doc:"How long, of the time since the start; without it the person is there from now on"`
	Reason   string `json:"reason"`
}

// GiveWord takes somebody in by the leader's word, recorded as such. Who is in stays as they are.
func (s *Service) GiveWord(ctx context.Context, caller web.Caller, activityID string, word LeaderWord) (presence Attendance, made bool, err error) {
	activity, scope, err := s.requireActivity(ctx, caller, region.LeadActivities, activityID)
	if err != nil {
		return Attendance{}, false, err
	}
	now := s.DB.Now()
	if err := checkWord(&word, activity, now); err != nil {
		return Attendance{}, false, err
	}
	homePath, err := s.requireNear(ctx, activity, scope, word.PersonID)
	if err != nil {
		return Attendance{}, false, err
	}
	attested := activity.attest(word, now)
	attested.ID, attested.EnteredBy = db.NewID(), caller.PersonID
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		presence, made, err = s.admit(ctx, activity.ID, homePath, attested, Published)
		if err != nil || !made {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "attendance.by_word", SubjectKind: "person",
			SubjectID: word.PersonID, RegionID: activity.RegionID, Reason: word.Reason, After: presence})
	})
	return presence, made, err
}

// checkWord checks a leader's word. It is given from the time people are checked in until the activity is
// closed; after the end it must say how long, and never more than has passed since the start: what is still to
// come, nobody has seen.
func checkWord(word *LeaderWord, activity Activity, now time.Time) error {
	if activity.State != Published {
		return errNotOpen
	}
	if now.Before(activity.StartsAt.Add(-earlyBy)) {
		return errOutOfWindow
	}
	isOver := now.After(activity.EndsAt)
	var check fault.Check
	check.Text("reason", "说明", &word.Reason, 2, 200)
	check.That(!isOver || word.Minutes > 0, "minutes", "活动已经结束，请填写服务了多少分钟")
	if word.Minutes != 0 {
		passed := int64(earlier(now, activity.EndsAt).Sub(activity.StartsAt) / time.Minute)
		check.That(word.Minutes >= 1, "minutes", "服务分钟数要大于0")
		check.That(word.Minutes <= passed, "minutes", fmt.Sprintf("分钟数不能超过活动已经进行的%d分钟；人还在就不用填", max(passed, 0)))
	}
	return check.Err()
}

// attest is the presence that a word stands for: from now on, or as many minutes up to now, or up to the end.
func (a Activity) attest(word LeaderWord, now time.Time) Attendance {
	presence := Attendance{PersonID: word.PersonID, Method: ByLeader, Reason: word.Reason, CheckedInAt: now}
	if word.Minutes == 0 {
		return presence
	}
	presence.CheckedOutAt = earlier(now, a.EndsAt)
	presence.CheckedInAt = presence.CheckedOutAt.Add(-time.Duration(word.Minutes) * time.Minute)
	return presence
}

// requireNear gives the home of somebody whom a leader may vouch for: who lives in the activity's
// community, signed up, or belongs to the team. fault.ErrNotFound for a person nobody knows.
func (s *Service) requireNear(ctx context.Context, activity Activity, scope region.Scope, personID string) (homePath string, err error) {
	guests, err := s.store().guests(ctx, []string{personID})
	if err != nil {
		return "", err
	}
	guest, known := guests[personID]
	if !known {
		return "", fault.ErrNotFound
	}
	_, signedUp, err := s.store().signup(ctx, activity.ID, personID)
	if err != nil || signedUp || region.PathWithin(guest.homePath, scope.Region.ID) {
		return guest.homePath, err
	}
	return guest.homePath, s.requireBelonging(ctx, activity.TeamID, personID)
}

package team

import (
	"slices"
	"time"

	"fivestar/server/content"
	"fivestar/server/fault"
	"fivestar/server/person"
	"fivestar/server/region"
)

// ActivityKind tells a planned activity from a call for helpers now.
type ActivityKind string

const (
	Planned ActivityKind = "activity"
	Whistle ActivityKind = "whistle"
)

// State is where an activity stands.
type State string

const (
	Draft     State = "draft"
	Published State = "published"
	Closed    State = "closed"
	Confirmed State = "confirmed"
	Cancelled State = "cancelled"
)

// next is what may follow each state. A closed activity goes back to published when the secretary sends it
// back to the leader.
var next = map[State][]State{
	Draft:     {Published, Cancelled},
	Published: {Closed, Cancelled},
	Closed:    {Confirmed, Published},
}

func (s State) mayBecome(to State) bool { return slices.Contains(next[s], to) }

// Place is where an activity is. Coordinates are those of WeChat's maps (GCJ-02), both or none.
type Place struct {
	Name string   `json:"name"`
	Lat  *float64 `json:"lat,omitempty" minimum:"-90" maximum:"90"`
	Lng  *float64 `json:"lng,omitempty" minimum:"-180" maximum:"180"`
}

func (p Place) located() bool { return p.Lat != nil && p.Lng != nil }

func (p Place) location() Location {
	if !p.located() {
		return Location{}
	}
	return Location{Lat: *p.Lat, Lng: *p.Lng}
}

// Activity is a team's work at a place and a time.
type Activity struct {
	ID            string       `json:"id"`
	Kind          ActivityKind `json:"kind" enum:"activity,whistle"`
	RegionID      string       `json:"region_id"`
	TeamID        string       `json:"team_id,omitempty" doc:"Absent for a community's own whistle"`
	Title         string       `json:"title"`
	Star          region.Star  `json:"star,omitempty"`
	Place         Place        `json:"place"`
	FenceMetres   int64        `json:"fence_metres,omitempty" doc:"Absent without a fence. Where the community demands no place, who checks in outside of it is marked and not refused"`
	StartsAt      time.Time    `json:"starts_at"`
	EndsAt        time.Time    `json:"ends_at"`
	Capacity      int64        `json:"capacity"`
	WalkIn        bool         `json:"walk_in"`
	PointsPerHour int64        `json:"points_per_hour"`
	State         State        `json:"state" enum:"draft,published,closed,confirmed,cancelled"`
	// ContentState is the content check's word on what a leader wrote; people see it once it has passed, or
	// once a secretary, who has read it, has published it.
	ContentState content.State `json:"content_state" enum:"pending,passed,refused"`
	Reason       string        `json:"reason,omitempty" doc:"Why it was cancelled, or sent back to the leader"`
	PlacesLeft   int64         `json:"places_left"`
	Waiting      int64         `json:"waiting" doc:"People on the waiting list"`
	CheckedIn    int64         `json:"checked_in" doc:"People who came"`
	Overdue      bool          `json:"overdue,omitempty" doc:"Over for a day and not closed"`
	CreatedBy    string        `json:"created_by,omitempty"`
	ClosedBy     string        `json:"closed_by,omitempty"`
	ClosedAt     time.Time     `json:"closed_at,omitzero"`
	ConfirmedBy  string        `json:"confirmed_by,omitempty"`
	ConfirmedAt  time.Time     `json:"confirmed_at,omitzero"`
	Mine         OwnPart       `json:"mine,omitzero" doc:"What the caller has to do with it"`

	Taken         int64     `json:"-"`
	PublishedBy   string    `json:"-"`
	DeskPublished bool      `json:"-"`
	PostedAt      time.Time `json:"-"`
}

// OwnPart is the caller's own part in an activity.
type OwnPart struct {
	Signup       SignupState `json:"signup,omitempty" enum:"confirmed,waiting"`
	WaitingPlace int64       `json:"waiting_place,omitempty" doc:"Of one activity, while waiting: 1 is next"`
	AttendanceID string      `json:"attendance_id,omitempty" doc:"The presence; once confirmed, what its minutes and points stand under in the history"`
	CheckedInAt  time.Time   `json:"checked_in_at,omitzero"`
	CheckedOutAt time.Time   `json:"checked_out_at,omitzero"`
	Minutes      int64       `json:"minutes,omitempty"`
	Points       int64       `json:"points,omitempty"`
}

// SignupState tells a place held from a place in the queue.
type SignupState string

const (
	Holding SignupState = "confirmed"
	Waiting SignupState = "waiting"
)

// Signup is a person's place in an activity, or on its waiting list. Who walks in takes one too.
type Signup struct {
	ID         string         `json:"id"`
	ActivityID string         `json:"activity_id"`
	Person     person.Summary `json:"person,omitzero" doc:"In lists: id and name"`
	State      SignupState    `json:"state" enum:"confirmed,waiting"`
	WalkedIn   bool           `json:"walked_in,omitempty" doc:"Came without having signed up"`
	Attended   bool           `json:"attended"`
	SignedUpAt time.Time      `json:"signed_up_at"`
	PersonID   string         `json:"-"`
	HelperID   string         `json:"-"`
}

const (
	longestActivity = 24 * time.Hour
	// soonest and latest bound when an activity may start, seen from when it is made: one may be entered
	// after the fact, from paper.
	soonest = -30 * 24 * time.Hour
	latest  = 366 * 24 * time.Hour

	maxPlaces = 2000
	minFence  = 20
	maxFence  = 5000

	// earlyBy is how long before the start people are checked in, lateBy how long after the end they are
	// still checked out. Neither adds minutes of service.
	earlyBy = 30 * time.Minute
	lateBy  = 30 * time.Minute

	overdueAfter = 24 * time.Hour
)

// takesCheckIn tells whether at is within the window for checking in: 30 minutes before the start until
// the end, both included.
func (a Activity) takesCheckIn(at time.Time) bool {
	return !at.Before(a.StartsAt.Add(-earlyBy)) && !at.After(a.EndsAt)
}

// takesCheckOut tells whether at is within the window for checking out.
func (a Activity) takesCheckOut(at time.Time) bool {
	return !at.Before(a.StartsAt.Add(-earlyBy)) && !at.After(a.EndsAt.Add(lateBy))
}

// checkAdmission tells whether somebody with this sign-up (zero for none) may come in: who holds a place
// may; who waits, and where walk-ins are welcome everybody with a home, takes a place that is left. The
// leader's word makes anybody welcome, but makes no places.
func (a Activity) checkAdmission(signup Signup, homePath string, method Method) error {
	if signup.State == Holding {
		return nil
	}
	if signup.ID == "" && !a.WalkIn && method != ByLeader {
		return errNotSignedUp
	}
	if signup.ID == "" && homePath == "" {
		return errNoHome
	}
	if a.Taken >= a.Capacity {
		return errFull
	}
	return nil
}

// textShown tells whether people may read what the leader wrote.
func (a Activity) textShown() bool {
	return a.ContentState == content.Passed || a.ContentState == content.Pending && a.DeskPublished
}

const hiddenText = "(内容审核中)"

// withoutText is the activity as people see it whose text may not be shown: they can take part all the same.
func (a Activity) withoutText() Activity {
	a.Title, a.Place.Name, a.Reason = hiddenText, hiddenText, ""
	return a
}

var (
	errWrongState    = fault.New(fault.Conflict, "activity.wrong_state", "活动现在的状态不能这样操作，请刷新后再看")
	errNotOpen       = fault.New(fault.Conflict, "activity.not_open", "活动现在没有开放，不能报名或签到")
	errFull          = fault.New(fault.Conflict, "activity.full", "名额已满")
	errHasAttendance = fault.New(fault.Conflict, "activity.has_attendance", "已经有人签到了，请改为结束活动，别让大家的时长丢失")
	errNotStarted    = fault.New(fault.Conflict, "activity.not_started", "活动还没开始，不能结束")
	errTextRefused   = fault.New(fault.Conflict, "activity.text_refused", "标题或地点没有通过内容审核，请取消后换个写法重新发起")
	errAttended      = fault.New(fault.Conflict, "signup.attended", "您已经签到了，不能再取消报名")
	errBusy          = &fault.Error{Kind: fault.Unavailable, Code: "busy", Detail: "现在人太多，请稍后再试", RetryAfter: time.Second}
)

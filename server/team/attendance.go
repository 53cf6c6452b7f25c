package team

import (
	"math"
	"slices"
	"strings"
	"time"

	"fivestar/server/fault"
	"fivestar/server/person"
)

// Method is how somebody's presence was proved.
type Method string

const (
	ByCode         Method = "code"
	ByCard         Method = Method(person.ScanCard)
	ByPersonalCode Method = Method(person.ScanCode)
	// ByLeader is the leader's word.
	ByLeader Method = "leader"
)

// Flag marks an odd case for the leader and the secretary to look at. It is no verdict.
type Flag string

const (
	SameDevice     Flag = "same_device"     // several people by one phone
	Burst          Flag = "burst"           // too many at once
	Offline        Flag = "offline"         // scanned without a signal, by the phone's time
	ByHand         Flag = "by_hand"         // the leader's word
	NoCheckOut     Flag = "no_checkout"     // counted up to the planned end
	Overlap        Flag = "overlap"         // at another activity at the same time
	MinutesChanged Flag = "minutes_changed" // set otherwise by the leader
	OutsideFence   Flag = "outside_fence"   // farther away than the fence
)

// Attendance is one person's presence at one activity.
type Attendance struct {
	ID           string         `json:"id"`
	ActivityID   string         `json:"activity_id"`
	Person       person.Summary `json:"person,omitzero" doc:"In lists: id and name"`
	Method       Method         `json:"method" enum:"code,card,personal_code,leader"`
	CheckedInAt  time.Time      `json:"checked_in_at"`
	CheckedOutAt time.Time      `json:"checked_out_at,omitzero"`
	Minutes      int64          `json:"minutes" doc:"Service minutes; 0 for who is still there"`
	Points       int64          `json:"points,omitempty" doc:"Once they are posted"`
	Flags        []Flag         `json:"flags" nullable:"false" enum:"same_device,burst,offline,by_hand,no_checkout,overlap,minutes_changed,outside_fence"`
	Reason       string         `json:"reason,omitempty" doc:"Why the leader gave the word"`
	Corrections  []Correction   `json:"corrections,omitempty" doc:"Minutes set otherwise, first correction first"`

	PersonID     string    `json:"-"`
	HelperID     string    `json:"-"`
	EnteredBy    string    `json:"-"`
	CheckedOutBy string    `json:"-"`
	RecordedAt   time.Time `json:"-"`
	Offline      bool      `json:"-"`
	// DeviceDigest, InsideFence and DistanceMetres are kept until TracesUntil. Who was outside of the fence has a
	// distance and is not inside.
	DeviceDigest   string    `json:"-"`
	InsideFence    bool      `json:"-"`
	DistanceMetres int64     `json:"-"`
	TracesUntil    time.Time `json:"-"`
	MinutesChanged bool      `json:"-"`
	ChangedMinutes int64     `json:"-"`
	PostedAt       time.Time `json:"-"`
}

// Correction is one setting of somebody's minutes by a leader, with what stood there before.
type Correction struct {
	OldMinutes  int64     `json:"old_minutes"`
	NewMinutes  int64     `json:"new_minutes"`
	Reason      string    `json:"reason"`
	CorrectedBy string    `json:"corrected_by"`
	CorrectedAt time.Time `json:"corrected_at"`

	AttendanceID string `json:"-"`
}

// hands are the people whose hands a presence went through: who was there, who held the phone, scanned, or
// gave the word.
func (p Attendance) hands() []string {
	hands := []string{p.PersonID, p.HelperID, p.EnteredBy, p.CheckedOutBy}
	slices.Sort(hands)
	return slices.DeleteFunc(slices.Compact(hands), func(id string) bool { return id == "" })
}

// minutesWithin are the whole minutes between in and out that lie between start and end.
func minutesWithin(in, out, start, end time.Time) int64 {
	return max(0, int64(earlier(out, end).Sub(later(in, start))/time.Minute))
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// length is the most minutes that one presence can be worth.
func (a Activity) length() int64 { return int64(a.EndsAt.Sub(a.StartsAt) / time.Minute) }

// minutesOf gives the service minutes of a presence: between check-in and check-out, inside the planned
// time, or what the leader has set. Who did not check out counts as still there until the activity is
// closed, and from then on up to the planned end.
func (a Activity) minutesOf(presence Attendance) int64 {
	if presence.MinutesChanged {
		return presence.ChangedMinutes
	}
	out := presence.CheckedOutAt
	if out.IsZero() {
		if a.State == Published {
			return 0
		}
		out = a.EndsAt
	}
	return minutesWithin(presence.CheckedInAt, out, a.StartsAt, a.EndsAt)
}

// pointsFor is minutes x rate / 60, rounded down.
func (a Activity) pointsFor(minutes int64) int64 { return minutes * a.PointsPerHour / 60 }

// Location is where a phone says it is, in the coordinates of WeChat's maps (GCJ-02).
type Location struct {
	Lat float64 `json:"lat" minimum:"-90" maximum:"90"`
	Lng float64 `json:"lng" minimum:"-180" maximum:"180"`
}

const earthRadiusMetres = 6_371_000

// metresBetween is the great-circle distance (haversine formula).
func metresBetween(a, b Location) float64 {
	const radians = math.Pi / 180
	dLat, dLng := (b.Lat-a.Lat)*radians, (b.Lng-a.Lng)*radians
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Lat*radians)*math.Cos(b.Lat*radians)*math.Pow(math.Sin(dLng/2), 2)
	return 2 * earthRadiusMetres * math.Asin(math.Sqrt(min(1, h)))
}

// coarsest is to how many metres a distance may be kept.
const coarsest = 50

func coarse(metres float64) int64 { return int64(math.Round(metres/coarsest)) * coarsest }

// checkFence tells whether a phone is inside the fence, and its coarse distance: above 0 for one outside. Where
// the community demands a place, it is 403 checkin.out_of_fence outside and without a location.
func (a Activity) checkFence(location *Location, isDemanded bool) (isInside bool, metres int64, err error) {
	if location == nil {
		if isDemanded {
			return false, 0, errNoLocation
		}
		return false, 0, nil
	}
	distance := metresBetween(*location, a.Place.location())
	if distance <= float64(a.FenceMetres) {
		return true, coarse(distance), nil
	}
	if isDemanded {
		return false, 0, errOutOfFence
	}
	return false, max(coarse(distance), coarsest), nil
}

func (p Attendance) outsideFence() bool { return !p.InsideFence && p.DistanceMetres > 0 }

const (
	codePrefix  = "FS1:A:"
	codePurpose = "checkin"
	codeLength  = 8
)

// codeText is what the QR of an activity holds.
func codeText(activityID, code string) string { return codePrefix + activityID + ":" + code }

// parseCode takes what was scanned, or the code alone as somebody typed it, and gives the code; 403
// checkin.bad_code for anything else, and for the code of another activity.
func parseCode(text, activityID string) (string, error) {
	text = strings.TrimSpace(text)
	if rest, whole := strings.CutPrefix(text, codePrefix); whole {
		id, code, found := strings.Cut(rest, ":")
		if !found || id != activityID {
			return "", errBadCode
		}
		text = code
	}
	code := strings.ToUpper(text)
	if len(code) != codeLength || strings.ContainsFunc(code, notInCode) {
		return "", errBadCode
	}
	return code, nil
}

func notInCode(r rune) bool { return (r < 'A' || r > 'Z') && (r < '2' || r > '7') }

var (
	errBadCode      = fault.New(fault.Forbidden, "checkin.bad_code", "签到码不对或已过期，请重新扫现场的码")
	errOutOfWindow  = fault.New(fault.Conflict, "checkin.out_of_window", "现在不是签到时间:活动开始前30分钟到结束可以签到")
	errOutOfFence   = fault.New(fault.Forbidden, "checkin.out_of_fence", "您离活动地点太远了。已经在现场?请让队长扫您的码")
	errNoLocation   = fault.New(fault.Forbidden, "checkin.out_of_fence", "没有定位?请让队长扫您的码")
	errNotSignedUp  = fault.New(fault.Forbidden, "checkin.not_signed_up", "这个活动要先报名，请找队长")
	errNoHome       = fault.New(fault.Forbidden, "checkin.no_home", "请先选择常住社区，再来签到")
	errNotCheckedIn = fault.New(fault.Conflict, "checkout.not_checked_in", "还没有签到，不能签退")
	errOutBeforeIn  = fault.New(fault.Conflict, "checkout.before_checkin", "签退时间早于签到时间")
)

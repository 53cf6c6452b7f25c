package oversight

import (
	"fmt"
	"math/bits"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/file"
	"fivestar/server/person"
)

// CaseKind is the rule that found an odd case.
type CaseKind string

const (
	SharedPhone    CaseKind = "shared_phone"    // many check-ins from one phone
	Overlap        CaseKind = "overlap"         // at two activities at the same time
	QuickApprovals CaseKind = "quick_approvals" // faster than a person can read
	SamePhoto      CaseKind = "same_photo"      // handed in with two claims
	MutualApproval CaseKind = "mutual_approval" // two who approve each other, and hardly anybody else them
	PointsJump     CaseKind = "points_jump"     // far more in a day than ever before
)

// CaseState is what people made of an odd case.
type CaseState string

const (
	CaseOpen  CaseState = "open"
	TakenUp   CaseState = "taken_up"
	Dismissed CaseState = "dismissed"
)

// OddCase is something that deserves a look. It is no verdict, and nothing follows from it by itself.
type OddCase struct {
	ID         string           `json:"id"`
	Kind       CaseKind         `json:"kind" enum:"shared_phone,overlap,quick_approvals,same_photo,mutual_approval,points_jump"`
	State      CaseState        `json:"state" enum:"open,taken_up,dismissed"`
	RegionID   string           `json:"region_id"`
	RegionName string           `json:"region_name"`
	People     []person.Summary `json:"people" nullable:"false" doc:"Who is named in it: id and name"`
	Reasons    []Reason         `json:"reasons" nullable:"false"`
	FoundAt    time.Time        `json:"found_at"`
	Note       string           `json:"note,omitempty" doc:"Of who decided"`
	DecidedBy  string           `json:"decided_by,omitempty" doc:"The name"`
	DecidedAt  time.Time        `json:"decided_at,omitzero"`
	MayDecide  bool             `json:"may_decide,omitempty" doc:"Whether the caller may decide now"`

	people    []string
	decidedBy string
}

// Reason is one thing that was found, and where it is to be looked at.
type Reason struct {
	Text        string `json:"text"`
	SubjectKind string `json:"subject_kind,omitempty" enum:"activity,claim,person"`
	SubjectID   string `json:"subject_id,omitempty"`
}

// CaseVerdict is what somebody makes of an odd case.
type CaseVerdict string

const (
	TakeUp  CaseVerdict = "take_up"
	Dismiss CaseVerdict = "dismiss"
)

var stateOfVerdict = map[CaseVerdict]CaseState{TakeUp: TakenUp, Dismiss: Dismissed}

// Decision is a verdict with the note that it takes.
type Decision struct {
	Verdict CaseVerdict `json:"verdict" enum:"take_up,dismiss"`
	Note    string      `json:"note"`
}

func (d *Decision) check() error {
	var check fault.Check
	fault.OneOf(&check, "verdict", "结论", d.Verdict, TakeUp, Dismiss)
	check.Text("note", "说明", &d.Note, 2, maxNote)
	return check.Err()
}

var errDecided = fault.New(fault.Conflict, "odd_case.decided", "这一件已经有人处理过了，请刷新后查看")

// mayDecide is 403 review.own_work for everybody who is named in the case.
func (c OddCase) mayDecide(personID string) error {
	if slices.Contains(c.people, personID) {
		return errOwnWork
	}
	return nil
}

// found is an odd case as a rule gives it.
type found struct {
	kind        CaseKind
	communityID string
	// key is the same whenever the same thing is found again.
	key     string
	people  []string
	reasons []Reason
}

const (
	// leastSharing is how many people check in by one phone before it is odd: a couple may share one.
	leastSharing = 3
	// leastOverlap is how long somebody was at two places: from one to the next door people go in less.
	leastOverlap = 15 * time.Minute
	// readingTime is less than anybody takes to read a submission; leastQuick is how many so one after the other are odd.
	readingTime = 5 * time.Second
	leastQuick  = 10
	// leastMutual is how many approvals each way, and mutualShare of how many in a hundred that each was given.
	leastMutual   = 5
	mutualShare   = 80
	mutualWithin  = 90 * 24 * time.Hour
	leastJump     = 100
	jumpTimes     = 3
	jumpCompared  = 30 // days
	mostNamed     = 20
	mostCompanion = 5
)

// checkIn is a presence proved by somebody's own phone.
type checkIn struct {
	id, personID, device string
}

// sharedPhones are the phones by which at least three people checked in, each as its check-ins in the order given.
func sharedPhones(all []checkIn) [][]checkIn {
	byDevice := map[string][]checkIn{}
	var devices []string
	for _, one := range all {
		if len(byDevice[one.device]) == 0 {
			devices = append(devices, one.device)
		}
		byDevice[one.device] = append(byDevice[one.device], one)
	}
	var shared [][]checkIn
	for _, device := range devices {
		if len(peopleOf(byDevice[device])) >= leastSharing {
			shared = append(shared, byDevice[device])
		}
	}
	return shared
}

func peopleOf(checkIns []checkIn) []string {
	var people []string
	for _, one := range checkIns {
		if !slices.Contains(people, one.personID) {
			people = append(people, one.personID)
		}
	}
	return people
}

// stay is a time at an activity.
type stay struct{ from, to time.Time }

// stayOf is a stay as far as is known: up to the activity's end without a check-out.
func stayOf(in, out, end time.Time) stay {
	if out.IsZero() {
		out = end
	}
	return stay{in, out}
}

// together is how long two stays overlap, at least 0.
func together(a, b stay) time.Duration {
	from, to := a.from, a.to
	if b.from.After(from) {
		from = b.from
	}
	if b.to.Before(to) {
		to = b.to
	}
	return max(0, to.Sub(from))
}

// quickRun is the longest run of times, given in order, each within the reading time of the one before; 0 when
// that is too short to be odd.
func quickRun(times []time.Time) (count int, took time.Duration) {
	start := 0
	for i := range times {
		if i > 0 && times[i].Sub(times[i-1]) > readingTime {
			start = i
		}
		if i-start+1 > count {
			count, took = i-start+1, times[i].Sub(times[start])
		}
	}
	if count < leastQuick {
		return 0, 0
	}
	return count, took
}

// witnessed counts, of one person's entries, who confirmed how many.
type witnessed map[string]int64

func (w witnessed) all() (sum int64) {
	for _, entries := range w {
		sum += entries
	}
	return sum
}

// mostlyBy tells whether one witness confirmed enough of the entries, and nearly all of them.
func (w witnessed) mostlyBy(witness string) bool {
	return w[witness] >= leastMutual && w[witness]*100 >= mutualShare*w.all()
}

// jumped tells whether a day's points are far above all other days'.
func jumped(today int64, others []int64) bool {
	best := int64(0)
	for _, earned := range others {
		best = max(best, earned)
	}
	return today >= leastJump && today > jumpTimes*best
}

// samePhoto tells whether two hashes are of one photo.
func samePhoto(a, b int64) bool { return bits.OnesCount64(uint64(a)^uint64(b)) <= file.SamePhoto }

// quarterOf names a quarter: 2026-Q4.
func quarterOf(at time.Time) string {
	local := at.In(db.Shanghai)
	return fmt.Sprintf("%04d-Q%d", local.Year(), (int(local.Month())+2)/3)
}

// durationText is a length of time as people say it.
func durationText(length time.Duration) string {
	seconds := int64(length / time.Second)
	if seconds < 60 {
		return fmt.Sprintf("%d秒", seconds)
	}
	if minutes := seconds / 60; minutes < 60 {
		return fmt.Sprintf("%d分钟", minutes)
	}
	if rest := seconds / 60 % 60; rest > 0 {
		return fmt.Sprintf("%d小时%d分钟", seconds/3600, rest)
	}
	return fmt.Sprintf("%d小时", seconds/3600)
}

func dayText(at time.Time) string { return at.In(db.Shanghai).Format("1月2日") }

package oversight

import (
	"slices"
	"time"

	"fivestar/server/fault"
	"fivestar/server/person"
)

// CheckState is where a spot check stands, and what a call came to.
type CheckState string

const (
	CheckOpen    CheckState = "open"
	Confirmed    CheckState = "confirmed"     // the person says that they did it
	NotConfirmed CheckState = "not_confirmed" // the person says otherwise
	NotReached   CheckState = "not_reached"   // may be rung again
	Withdrawn    CheckState = "withdrawn"     // the person has left
)

// SpotCheck is a credited act that was drawn, for the street to ring the person.
type SpotCheck struct {
	ID         string         `json:"id"`
	State      CheckState     `json:"state" enum:"open,confirmed,not_confirmed,not_reached,withdrawn"`
	Month      string         `json:"month"`
	RegionID   string         `json:"region_id"`
	RegionName string         `json:"region_name"`
	Person     person.Summary `json:"person"`
	About      CheckedAct     `json:"about"`
	Calls      []CheckCall    `json:"calls" nullable:"false" doc:"Oldest first"`
	MayAnswer  bool           `json:"may_answer,omitempty" doc:"Whether the caller may answer now"`
}

// CheckedAct is what was credited.
type CheckedAct struct {
	RecordID    string    `json:"record_id" doc:"Of service the service record, otherwise the entry of the ledger"`
	Kind        string    `json:"kind" enum:"claim,checkin,ticket,adjustment,service"`
	Memo        string    `json:"memo"`
	Points      int64     `json:"points,omitempty"`
	Minutes     int64     `json:"minutes,omitempty"`
	At          time.Time `json:"at"`
	ConfirmedBy string    `json:"confirmed_by,omitempty" doc:"The name of who confirmed it"`

	// hands are all through whose hands it went, with the witness.
	hands     []string
	witnessID string
}

// CheckCall is one ringing.
type CheckCall struct {
	Outcome    CheckState `json:"outcome" enum:"confirmed,not_confirmed,not_reached"`
	Note       string     `json:"note,omitempty"`
	CalledBy   string     `json:"called_by"`
	CallerName string     `json:"caller_name"`
	At         time.Time  `json:"at"`
}

// Answer is what a call came to.
type Answer struct {
	Outcome CheckState `json:"outcome" enum:"confirmed,not_confirmed,not_reached"`
	Note    string     `json:"note,omitempty" doc:"Demanded when it is not confirmed"`
}

var errAnswered = fault.New(fault.Conflict, "spot_check.answered", "这一件已经有人打过电话了，请刷新后查看")

func (a *Answer) check() error {
	var check fault.Check
	fault.OneOf(&check, "outcome", "结果", a.Outcome, Confirmed, NotConfirmed, NotReached)
	least := 0
	if a.Outcome == NotConfirmed {
		least = 2
	}
	check.Text("note", "说明", &a.Note, least, maxNote)
	return check.Err()
}

const maxNote = 500

// takesAnswer tells whether somebody may still ring about a check.
func (s CheckState) takesAnswer() bool { return s == CheckOpen || s == NotReached }

// mayAnswer is 403 review.own_work for the person themself and for those through whose hands the act went.
func (c SpotCheck) mayAnswer(personID string) error {
	if personID == c.Person.ID || slices.Contains(c.About.hands, personID) {
		return errOwnWork
	}
	return nil
}

// CheckFigures are a month's spot checks of a region.
type CheckFigures struct {
	Month        string `json:"month"`
	Drawn        bool   `json:"drawn" doc:"Whether the month has been drawn yet"`
	Acts         int64  `json:"acts" doc:"Credited acts of the month"`
	Checks       int64  `json:"checks" doc:"One in fifty of them"`
	Confirmed    int64  `json:"confirmed"`
	NotConfirmed int64  `json:"not_confirmed"`
	NotReached   int64  `json:"not_reached"`
	Open         int64  `json:"open"`
	Withdrawn    int64  `json:"withdrawn" doc:"The person has left"`
	// Percent is of those who were reached; absent when nobody was.
	Percent *int64 `json:"percent,omitempty" doc:"Confirmed, of those who were reached, rounded down"`
}

func (f *CheckFigures) count(state CheckState, checks int64) {
	f.Checks += checks
	switch state {
	case CheckOpen:
		f.Open = checks
	case Confirmed:
		f.Confirmed = checks
	case NotConfirmed:
		f.NotConfirmed = checks
	case NotReached:
		f.NotReached = checks
	case Withdrawn:
		f.Withdrawn = checks
	}
}

func (f *CheckFigures) rate() {
	if reached := f.Confirmed + f.NotConfirmed; reached > 0 {
		percent := f.Confirmed * 100 / reached
		f.Percent = &percent
	}
}

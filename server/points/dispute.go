package points

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fivestar/server/content"
	"fivestar/server/fault"
	"fivestar/server/region"
)

// DisputeKind is what a person disputes.
type DisputeKind string

const (
	DisputedEntry   DisputeKind = "entry"   // a posting of their history
	DisputedMinutes DisputeKind = "minutes" // service minutes counted for one presence
	DisputedMissing DisputeKind = "missing" // something that was never credited
)

// DisputeState is where a dispute stands.
type DisputeState string

const (
	DisputeOpen      DisputeState = "open"      // the community is to answer
	DisputeAnswered  DisputeState = "answered"  // by the community; the person may appeal
	DisputeAppealed  DisputeState = "appealed"  // the street is to decide
	DisputeDecided   DisputeState = "decided"   // by the street
	DisputeWithdrawn DisputeState = "withdrawn" // the person has left
)

// DisputeAct is one thing done in a dispute.
type DisputeAct string

const (
	ActRaised   DisputeAct = "raised"
	ActAnswered DisputeAct = "answered"
	ActAppealed DisputeAct = "appealed"
	ActDecided  DisputeAct = "decided"
)

// disputeMoves is the whole of what may follow what: each act is done once, in this order.
var disputeMoves = map[DisputeAct]struct{ from, to DisputeState }{
	ActAnswered: {DisputeOpen, DisputeAnswered},
	ActAppealed: {DisputeAnswered, DisputeAppealed},
	ActDecided:  {DisputeAppealed, DisputeDecided},
}

// DisputeVerdict is what an officer finds: the record stands as it is, or it has been put right. The verdict
// itself moves no points: reversals and adjustments do, with their two witnesses.
type DisputeVerdict string

const (
	VerdictUpheld    DisputeVerdict = "upheld"
	VerdictCorrected DisputeVerdict = "corrected"
)

// Dispute is a person's word against their own history, and what was said to it. Nothing in it is rewritten.
type Dispute struct {
	ID         string         `json:"id"`
	State      DisputeState   `json:"state" enum:"open,answered,appealed,decided,withdrawn"`
	Kind       DisputeKind    `json:"kind" enum:"entry,minutes,missing"`
	PersonID   string         `json:"person_id"`
	PersonName string         `json:"person_name"`
	RegionID   string         `json:"region_id"`
	RegionName string         `json:"region_name"`
	RecordID   string         `json:"record_id,omitempty" doc:"Of entry the entry's id, of minutes the source_id of the service"`
	RaisedAt   time.Time      `json:"raised_at"`
	About      DisputedRecord `json:"about,omitzero" doc:"The record as it stands in the history; absent for something missing"`
	Timeline   []DisputeEvent `json:"timeline" nullable:"false" doc:"What was said, oldest first"`
	// MayAnswer and MayDecide are about whoever asks.
	MayAnswer bool `json:"may_answer,omitempty" doc:"Whether the caller may answer now"`
	MayDecide bool `json:"may_decide,omitempty" doc:"Whether the caller may decide the appeal now"`

	subjectKey string
	community  region.Region
	// hands are those of the record, with its witness.
	hands []string
}

// DisputedRecord is what a dispute is about.
type DisputedRecord struct {
	Kind    Kind      `json:"kind,omitempty"`
	Amount  int64     `json:"amount,omitempty"`
	Minutes int64     `json:"minutes,omitempty"`
	Memo    string    `json:"memo,omitempty"`
	At      time.Time `json:"at"`
}

// DisputeEvent is one entry of a dispute's timeline.
type DisputeEvent struct {
	ID          string         `json:"id"`
	Act         DisputeAct     `json:"act" enum:"raised,answered,appealed,decided"`
	Verdict     DisputeVerdict `json:"verdict,omitempty" enum:"upheld,corrected"`
	PersonID    string         `json:"person_id"`
	PersonName  string         `json:"person_name"`
	HelperID    string         `json:"helper_id,omitempty"`
	HelperName  string         `json:"helper_name,omitempty"`
	Text        string         `json:"text,omitempty"`
	Corrections []Correction   `json:"corrections,omitempty" doc:"The entries that put it right"`
	// ContentState is WeChat's verdict on a resident's text. Officers see the text whatever the verdict.
	ContentState content.State `json:"content_state,omitempty" enum:"pending,passed,refused"`
	At           time.Time     `json:"at"`

	disputeID string
}

// Correction is an entry that put something right, as a dispute names it.
type Correction struct {
	EntryID string    `json:"entry_id"`
	Kind    Kind      `json:"kind" enum:"adjustment,reversal"`
	Amount  int64     `json:"amount"`
	At      time.Time `json:"at"`
}

const (
	maxDisputeText = 1000
	maxCorrections = 10
	// maxMissing is how many missing things a person may have waiting for an answer in one community.
	maxMissing = 3
)

var (
	errDisputed      = fault.New(fault.Conflict, "dispute.raised", "这一笔已经提过疑问了，请刷新后查看")
	errDisputeMoved  = fault.New(fault.Conflict, "dispute.wrong_state", "这个疑问已经有人处理过了，请刷新后查看")
	errManyMissing   = fault.New(fault.Conflict, "dispute.limit", fmt.Sprintf("您有%d件在等社区答复，等答复以后再提", maxMissing))
	errDisputeNoHome = fault.New(fault.Forbidden, "dispute.no_home", "请先选择常住社区，再来提出")
	errOwnDecision   = fault.New(fault.Forbidden, "review.own_decision", "不能裁决自己作出的答复，请让另一位同志来处理")
)

// after gives the dispute as act leaves it; 409 dispute.wrong_state when act may not follow.
func (d Dispute) after(act DisputeAct) (Dispute, error) {
	move, known := disputeMoves[act]
	if !known || d.State != move.from {
		return d, errDisputeMoved
	}
	d.State = move.to
	if d.Kind == DisputedMissing && d.State != DisputeOpen {
		d.subjectKey = missingKey(d.ID) // makes room for another
	}
	return d, nil
}

// mayRule holds an officer's word to two witnesses: it is nobody's whose own the dispute is, who raised or
// appealed it for somebody, or through whose hands the record went; and nobody decides on their own answer.
func (d Dispute) mayRule(personID string, act DisputeAct) error {
	if personID == d.PersonID || slices.Contains(d.hands, personID) {
		return errOwnWork
	}
	for _, event := range d.Timeline {
		switch event.Act {
		case ActRaised, ActAppealed:
			if personID == event.HelperID {
				return errOwnWork
			}
		case ActAnswered:
			if act == ActDecided && personID == event.PersonID {
				return errOwnDecision
			}
		}
	}
	return nil
}

// recordKey and missingKey name what there is one dispute of.
func recordKey(kind DisputeKind, recordID string) string { return string(kind) + ":" + recordID }

func missingKey(parts ...string) string {
	return recordKey(DisputedMissing, strings.Join(parts, ":"))
}

// Ruling is an officer's word on a dispute.
type Ruling struct {
	Verdict DisputeVerdict `json:"verdict" enum:"upheld,corrected"`
	Text    string         `json:"text"`
	// CorrectionIDs are entries of the same person and community: reversals and adjustments that are posted.
	CorrectionIDs []string `json:"correction_ids,omitempty" maxItems:"10" doc:"Reversals and adjustments that put it right"`
}

func (r *Ruling) check() error {
	var check fault.Check
	fault.OneOf(&check, "verdict", "结论", r.Verdict, VerdictUpheld, VerdictCorrected)
	check.Text("text", "答复", &r.Text, 2, maxDisputeText)
	check.That(len(r.CorrectionIDs) <= maxCorrections, "correction_ids", fmt.Sprintf("最多写明%d笔更正", maxCorrections))
	check.That(r.Verdict == VerdictCorrected || len(r.CorrectionIDs) == 0, "correction_ids", "维持原来的记录，就没有更正可写")
	return check.Err()
}

// corrects tells whether an entry can have put right what is disputed.
func (e Entry) corrects(d Dispute) bool {
	isCorrection := e.Kind == KindReversal || e.Kind == KindAdjustment
	return isCorrection && e.PersonID == d.PersonID && e.RegionID == d.RegionID && e.ID != d.RecordID
}

package task

import (
	"slices"
	"time"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/file"
)

// ClaimState is how far a person's work on a task has come.
type ClaimState string

const (
	Claimed   ClaimState = "claimed"
	Submitted ClaimState = "submitted"
	Approved  ClaimState = "approved"
	Returned  ClaimState = "returned"
	Rejected  ClaimState = "rejected"
	Abandoned ClaimState = "abandoned"
	Expired   ClaimState = "expired"
)

// isOpen tells whether the person is still at it: one open claim a person and task.
func (s ClaimState) isOpen() bool { return s == Claimed || s == Submitted || s == Returned }

// holdsPlace tells whether a claim takes one of the task's places. A rejected one keeps its place, because
// an appeal may overturn the rejection; and it keeps the person's turn for the same reason.
func (s ClaimState) holdsPlace() bool { return s != Abandoned && s != Expired }

// Appeal is how far an appeal against a rejection has come. There is one appeal a claim.
type Appeal string

const (
	NoAppeal   Appeal = ""
	Pending    Appeal = "pending"
	Upheld     Appeal = "upheld"     // the rejection stands
	Overturned Appeal = "overturned" // the work is approved after all
)

// Act is one thing that happens to a claim, as its timeline tells it.
type Act string

const (
	actClaim    Act = "claimed"
	actDraw     Act = "drawn"
	actPutBack  Act = "put_back"
	actSubmit   Act = "submitted"
	actApprove  Act = "approved"
	actScan     Act = "scanned"
	actReturn   Act = "returned"
	actReject   Act = "rejected"
	actAbandon  Act = "abandoned"
	actExpire   Act = "expired"
	actAppeal   Act = "appealed"
	actUphold   Act = "upheld"
	actOverturn Act = "overturned"
)

// standing is what the rules look at: the state, and how an appeal stands.
type standing struct {
	State  ClaimState
	Appeal Appeal
}

// moves is the whole of what may follow what.
var moves = map[Act]struct {
	from []standing
	to   standing
}{
	actSubmit:   {[]standing{{Claimed, NoAppeal}, {Returned, NoAppeal}}, standing{Submitted, NoAppeal}},
	actApprove:  {[]standing{{Submitted, NoAppeal}}, standing{Approved, NoAppeal}},
	actScan:     {[]standing{{Claimed, NoAppeal}}, standing{Approved, NoAppeal}},
	actReturn:   {[]standing{{Submitted, NoAppeal}}, standing{Returned, NoAppeal}},
	actReject:   {[]standing{{Submitted, NoAppeal}}, standing{Rejected, NoAppeal}},
	actAbandon:  {[]standing{{Claimed, NoAppeal}}, standing{Abandoned, NoAppeal}},
	actPutBack:  {[]standing{{Claimed, NoAppeal}}, standing{Abandoned, NoAppeal}},
	actExpire:   {[]standing{{Claimed, NoAppeal}, {Returned, NoAppeal}}, standing{Expired, NoAppeal}},
	actAppeal:   {[]standing{{Rejected, NoAppeal}}, standing{Rejected, Pending}},
	actUphold:   {[]standing{{Rejected, Pending}}, standing{Rejected, Upheld}},
	actOverturn: {[]standing{{Rejected, Pending}}, standing{Approved, Overturned}},
}

var (
	errClaimMoved  = fault.New(fault.Conflict, "claim.wrong_state", "这次认领现在的状态不能这样操作，请刷新后再看")
	errTooLate     = fault.New(fault.Conflict, "claim.too_late", "已经过了完成期限")
	errLateReturn  = fault.New(fault.Conflict, "claim.too_late", "已过完成期限，退回后没法再交，请选择通过或不通过")
	errTurnUsed    = fault.New(fault.Conflict, "claim.limit", "您这一期已经领过这项任务了，下一期再来吧")
	errTurnOnce    = fault.New(fault.Conflict, "claim.limit", "这项任务每人只能做一次，您已经领过了")
	errHandsFull   = fault.New(fault.Conflict, "claim.limit", "您手上的任务已经够多了，先完成一项再领吧")
	errScanOnly    = fault.New(fault.Conflict, "task.scan_only", "这项任务在现场扫码确认，不用提交")
	errNoClaim     = fault.New(fault.Conflict, "claim.none", "这位居民还没有认领这项任务，请先认领")
	errNotScanned  = fault.New(fault.Conflict, "task.review_only", "这项任务不用扫码，由社区审核确认")
	errNotDrawn    = fault.New(fault.Conflict, "claim.not_drawn", "这不是抽到的任务卡，不想做可以放弃认领")
	errPutBackUsed = fault.New(fault.Conflict, "claim.put_back_used", "今天在这里已经放回过一张卡了，不能再放回")
	errNoCard      = fault.New(fault.Conflict, "station.no_card", "这里暂时没有您能抽的任务卡了，过些时候再来看看")
	errUnverified  = fault.New(fault.Forbidden, "home.unverified", "本社区要先核实常住信息才能认领，请联系社区或网格员")
	errOwnWork     = fault.New(fault.Forbidden, "review.own_work", "不能审核自己参与的，请让另一位同志来审核")
	errOwnDecision = fault.New(fault.Forbidden, "review.own_decision", "不能裁决自己作出的结论，请让另一位同志来处理")
)

// Claim is a person's taking of one place of a task.
type Claim struct {
	ID         string `json:"id"`
	TaskID     string `json:"task_id"`
	RegionID   string `json:"region_id"`
	PersonID   string `json:"person_id"`
	PersonName string `json:"person_name,omitempty"`
	// HelperID is who took the claim for the person, by card.
	HelperID   string     `json:"helper_id,omitempty"`
	HelperName string     `json:"helper_name,omitempty"`
	StationID  string     `json:"station_id,omitempty" doc:"Where the card was drawn"`
	State      ClaimState `json:"state" enum:"claimed,submitted,approved,returned,rejected,abandoned,expired"`
	Appeal     Appeal     `json:"appeal,omitempty" enum:"pending,upheld,overturned"`
	ClaimedAt  time.Time  `json:"claimed_at"`
	DueAt      time.Time  `json:"due_at"`
	// SubmittedAt is when the work was last handed in.
	SubmittedAt time.Time `json:"submitted_at,omitzero"`
	DecidedAt   time.Time `json:"decided_at,omitzero"`
	// Text is what was handed in last, Reason what the last reviewer said.
	Text     string      `json:"text,omitempty"`
	Reason   string      `json:"reason,omitempty"`
	Photos   []file.Link `json:"photos,omitempty"`
	Task     *Task       `json:"task,omitempty"`
	Timeline []Event     `json:"timeline,omitempty"`

	keys keys
}

// keys are what unique indexes hold a claim to, each the claim's own id where it does not bind.
type keys struct {
	open, turn, station, putBack string
}

// Event is one entry of a claim's timeline. Nobody (no person_id) is the clock.
type Event struct {
	ID         string `json:"id"`
	ClaimID    string `json:"-"`
	Act        Act    `json:"act" enum:"claimed,drawn,put_back,submitted,approved,scanned,returned,rejected,abandoned,expired,appealed,upheld,overturned"`
	PersonID   string `json:"person_id,omitempty"`
	PersonName string `json:"person_name,omitempty"`
	HelperID   string `json:"helper_id,omitempty"`
	HelperName string `json:"helper_name,omitempty"`
	Text       string `json:"text,omitempty"`
	// ContentState is WeChat's verdict on a resident's text.
	ContentState content.State `json:"content_state,omitempty" enum:"pending,passed,refused"`
	At           time.Time     `json:"at"`

	photos []handedInPhoto
}

// handedInPhoto is one photo of a submission, as its event keeps it.
type handedInPhoto struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// newClaim is a claim as it is taken; stationID is empty unless a card was drawn there.
func newClaim(id string, task Task, personID, helperID, stationID string, now time.Time) Claim {
	claim := Claim{
		ID: id, TaskID: task.ID, RegionID: task.RegionID, PersonID: personID, HelperID: helperID, StationID: stationID,
		State: Claimed, ClaimedAt: now, DueAt: task.DueAt,
	}
	claim.keys = keys{open: personID, turn: turnKey(personID, task.Repeat, now), station: id, putBack: id}
	if stationID != "" {
		claim.keys.station = personID
	}
	return claim
}

// turnKey names a person's turn in the period around at.
func turnKey(personID string, repeat Repeat, at time.Time) string {
	return personID + ":" + repeat.period(at)
}

// putBackKey names a person's one putting back of a card in a day.
func putBackKey(personID string, at time.Time) string {
	return personID + ":" + at.In(db.Shanghai).Format(dayForm)
}

// after gives the claim as act leaves it at now: 409 claim.wrong_state when act may not follow,
// claim.too_late when the deadline forbids it.
func (c Claim) after(act Act, now time.Time) (Claim, error) {
	move := moves[act]
	if !slices.Contains(move.from, standing{c.State, c.Appeal}) {
		return c, errClaimMoved
	}
	if err := c.inTime(act, now); err != nil {
		return c, err
	}
	c.State, c.Appeal = move.to.State, move.to.Appeal
	switch act {
	case actSubmit:
		c.SubmittedAt = now
	case actApprove, actScan, actReturn, actReject, actUphold, actOverturn:
		c.DecidedAt = now
	case actPutBack:
		c.keys.putBack = putBackKey(c.PersonID, now)
	}
	if !c.State.isOpen() {
		c.keys.open, c.keys.station = c.ID, c.ID
	}
	if !c.State.holdsPlace() {
		c.keys.turn = c.ID
	}
	return c, nil
}

// inTime holds acts to the deadline. What was handed in by then may be decided at any time, but not sent
// back for a second try that could no longer come.
func (c Claim) inTime(act Act, now time.Time) error {
	isPast := !now.Before(c.DueAt)
	switch act {
	case actSubmit, actScan:
		if isPast {
			return errTooLate
		}
	case actReturn:
		if isPast {
			return errLateReturn
		}
	case actExpire:
		if !isPast {
			return errClaimMoved
		}
	}
	return nil
}

// hands are the people whose hands a claim went through: whoever took it, handed it in or appealed, for
// themselves or for the card's person.
func hands(claim Claim, timeline []Event) []string {
	through := []string{claim.PersonID}
	for _, event := range timeline {
		switch event.Act {
		case actClaim, actDraw, actSubmit, actAppeal:
			through = append(through, event.PersonID, event.HelperID)
		}
	}
	slices.Sort(through)
	return slices.DeleteFunc(slices.Compact(through), func(id string) bool { return id == "" })
}

// mayDecide holds a decision to two witnesses: nobody through whose hands the work went decides on it, and
// nobody decides the appeal against their own decision.
func mayDecide(personID string, act Act, claim Claim, timeline []Event) error {
	if slices.Contains(hands(claim, timeline), personID) {
		return errOwnWork
	}
	isAppeal := act == actUphold || act == actOverturn
	for _, event := range timeline {
		if isAppeal && event.Act == actReject && event.PersonID == personID {
			return errOwnDecision
		}
	}
	return nil
}

// Submission is what a person hands in. A photo without a label stands for whichever is asked for.
type Submission struct {
	Text           string   `json:"text,omitempty"`
	PhotoIDs       []string `json:"photo_ids,omitempty" maxItems:"9"`
	PhotoIDsBefore []string `json:"photo_ids_before,omitempty" maxItems:"9"`
	PhotoIDsAfter  []string `json:"photo_ids_after,omitempty" maxItems:"9"`
}

// Labels of photos.
const (
	labelNone   = ""
	labelBefore = "before"
	labelAfter  = "after"
)

const maxSubmissionText = 1000

// check trims the text.
func (s *Submission) check() error {
	var check fault.Check
	check.Text("text", "完成情况", &s.Text, 0, maxSubmissionText)
	return check.Err()
}

// photos gives the photos that are named, each once, in order.
func (s Submission) photos() []handedInPhoto {
	var photos []handedInPhoto
	for _, list := range []struct {
		label string
		ids   []string
	}{{labelNone, s.PhotoIDs}, {labelBefore, s.PhotoIDsBefore}, {labelAfter, s.PhotoIDsAfter}} {
		for _, id := range list.ids {
			photo := handedInPhoto{id, list.label}
			if !slices.Contains(photos, photo) {
				photos = append(photos, photo)
			}
		}
	}
	return photos
}

// missing is 422 input.invalid with all that evidence asks for and that neither text nor photos hold.
func (e Evidence) missing(text string, photos []handedInPhoto) error {
	count := map[string]int{}
	for _, photo := range photos {
		count[photo.Label]++
	}
	spare := count[labelNone]
	has := func(label string) bool {
		if count[label] > 0 {
			return true
		}
		spare--
		return spare >= 0
	}
	var check fault.Check
	check.That(!e.Text || text != "", "text", "请写一写完成情况")
	check.That(!e.PhotosBefore || has(labelBefore), "photo_ids_before", "请上传开始前的照片")
	check.That(!e.PhotosAfter || has(labelAfter), "photo_ids_after", "请上传完成后的照片")
	return check.Err()
}

// handedIn gives all photos that came with a claim's submissions so far, and the last submission's event.
func handedIn(timeline []Event) (photos []handedInPhoto, last Event) {
	for _, event := range timeline {
		if event.Act == actSubmit {
			photos = append(photos, event.photos...)
			last = event
		}
	}
	return photos, last
}

// lacking gives those of photos that are not among there.
func lacking(photos, there []handedInPhoto) []handedInPhoto {
	return slices.DeleteFunc(slices.Clone(photos), func(photo handedInPhoto) bool { return slices.Contains(there, photo) })
}

// sameAs tells whether a submission that came again holds what was handed in last: the answer to it was
// lost on the way.
func (s Submission) sameAs(last Event, there []handedInPhoto) bool {
	return s.Text == last.Text && len(lacking(s.photos(), there)) == 0
}

// told gives a claim its timeline, and of it what was handed in last and what the last verdict said.
func (c *Claim) told(timeline []Event) {
	c.Timeline = timeline
	for _, event := range timeline {
		switch event.Act {
		case actSubmit:
			c.Text = event.Text
		case actApprove, actReturn, actReject, actUphold, actOverturn:
			c.Reason = event.Text
		}
	}
}

// named puts names beside ids.
func (c *Claim) named(names map[string]string) {
	c.PersonName, c.HelperName = names[c.PersonID], names[c.HelperID]
	for i := range c.Timeline {
		event := &c.Timeline[i]
		event.PersonName, event.HelperName = names[event.PersonID], names[event.HelperID]
	}
}

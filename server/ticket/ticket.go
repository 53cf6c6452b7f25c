// Package ticket is the service ticket in four parts: a resident raises it and neighbours back it, the
// community dispatches it, an assignee accepts and does the work, and the resident reviews the outcome.
package ticket

import (
	"fmt"
	"slices"
	"time"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/file"
	"fivestar/server/region"
)

// Stage is where a ticket stands.
type Stage string

const (
	Raised     Stage = "raised"
	Dispatched Stage = "dispatched"
	Accepted   Stage = "accepted"
	Completed  Stage = "completed"
	Closed     Stage = "closed"
	Rejected   Stage = "rejected"
	Merged     Stage = "merged"
	Withdrawn  Stage = "withdrawn"
)

// open are the stages in which neighbours back a ticket and another may be merged into it.
var open = []Stage{Raised, Dispatched, Accepted}

// public are the stages that a neighbour sees: what was withdrawn is no longer theirs to read.
var public = []Stage{Raised, Dispatched, Accepted, Completed, Closed, Rejected, Merged}

var allStages = append([]Stage{Withdrawn}, public...)

// ended tells whether nothing more follows.
func (s Stage) ended() bool {
	return s == Closed || s == Rejected || s == Merged || s == Withdrawn
}

var stageNames = map[Stage]string{
	Raised: "待派单", Dispatched: "待接单", Accepted: "办理中", Completed: "待评单", Closed: "已办结",
	Rejected: "不予受理", Merged: "已合并", Withdrawn: "已撤回",
}

// Act is one thing done to a ticket; each leaves an event in the timeline.
type Act string

const (
	ActRaise    Act = "raise"
	ActWithdraw Act = "withdraw"
	ActDispatch Act = "dispatch"
	// ActRecall takes a ticket back from an assignee who cannot go on.
	ActRecall Act = "recall"
	ActReject Act = "reject"
	ActMerge  Act = "merge"
	// ActAbsorb is told in the ticket that another was merged into.
	ActAbsorb  Act = "absorb"
	ActWhistle Act = "whistle"
	ActAccept  Act = "accept"
	ActDecline Act = "decline"
	// ActLapse is the clock's: nobody accepted in time.
	ActLapse    Act = "lapse"
	ActProgress Act = "progress"
	ActComplete Act = "complete"
	// ActWithhold tells why raising brought no points.
	ActWithhold     Act = "withhold_points"
	ActReview       Act = "review"
	ActBackerReview Act = "backer_review"
	// ActUnrated is the clock's: nobody reviewed in time.
	ActUnrated Act = "unrated"
	actVote    Act = "vote" // leaves no event: votes are counted, and their rows kept
)

// partOf is the part of the form that an act is written on.
var partOf = map[Act]int64{
	ActRaise: 1, ActWithdraw: 1,
	ActDispatch: 2, ActRecall: 2, ActReject: 2, ActMerge: 2, ActAbsorb: 2, ActWhistle: 2,
	ActAccept: 3, ActDecline: 3, ActLapse: 3, ActProgress: 3, ActComplete: 3, ActWithhold: 3,
	ActReview: 4, ActBackerReview: 4, ActUnrated: 4,
}

// moves is the whole state machine: in which stages an act may be done, and where it may lead from each.
var moves = map[Act]map[Stage][]Stage{
	ActWithdraw:     {Raised: {Withdrawn}},
	ActDispatch:     {Raised: {Dispatched}},
	ActRecall:       {Dispatched: {Raised}, Accepted: {Raised}},
	ActReject:       {Raised: {Rejected}},
	ActMerge:        {Raised: {Merged}},
	ActAbsorb:       {Raised: {Raised}, Dispatched: {Dispatched}, Accepted: {Accepted}},
	ActWhistle:      {Raised: {Raised}},
	ActAccept:       {Dispatched: {Accepted}},
	ActDecline:      {Dispatched: {Dispatched, Raised}},
	ActLapse:        {Dispatched: {Raised}},
	ActProgress:     {Accepted: {Accepted}},
	ActComplete:     {Accepted: {Completed}},
	ActReview:       {Completed: {Closed, Raised}},
	ActBackerReview: {Completed: {Completed}, Closed: {Closed}},
	ActUnrated:      {Completed: {Closed}},
	actVote:         {Raised: {Raised}, Dispatched: {Dispatched}, Accepted: {Accepted}},
}

// may tells whether act may be done to a ticket in stage.
func (s Stage) may(act Act) bool { return len(moves[act][s]) > 0 }

// require is 409 ticket.wrong_stage unless act may be done in the stage.
func (s Stage) require(act Act) error {
	if s.may(act) {
		return nil
	}
	return errWrongStage(s)
}

// leads tells whether act may take a ticket from one stage to another.
func leads(act Act, from, to Stage) bool { return slices.Contains(moves[act][from], to) }

// Category is what a ticket is about.
type Category string

// NamedCategory is a category with what people call it.
type NamedCategory struct {
	Code Category `json:"code" enum:"facilities,sanitation,safety,elder_care,neighbours,convenience,other"`
	Name string   `json:"name"`
}

// Categories is the fixed list.
var Categories = []NamedCategory{
	{"facilities", "公共设施"}, {"sanitation", "环境卫生"}, {"safety", "安全隐患"}, {"elder_care", "为老服务"},
	{"neighbours", "邻里矛盾"}, {"convenience", "便民服务"}, {"other", "其他"},
}

func (c Category) name() string {
	for _, known := range Categories {
		if known.Code == c {
			return known.Name
		}
	}
	return string(c)
}

// Phase is which moment of the work a progress note shows.
type Phase string

const (
	Before Phase = "before"
	During Phase = "during"
	After  Phase = "after"
)

var phaseNames = map[Phase]string{Before: "办理前", During: "办理中", After: "办理后"}

// Outcome is what the resident says of the matter itself.
type Outcome string

const (
	Unsolved Outcome = "unsolved"
	Partly   Outcome = "partly"
	Solved   Outcome = "solved"
)

var outcomeNames = map[Outcome]string{Unsolved: "未解决", Partly: "部分解决", Solved: "已解决"}

// Closing is how a closed ticket came to be closed.
type Closing string

const (
	ClosedReviewed Closing = "reviewed"
	// ClosedUnrated is silence: it counts as no satisfaction.
	ClosedUnrated Closing = "unrated"
	// ClosedUnsolved is a third bad review: there is no further rework, and nobody calls it solved.
	ClosedUnsolved Closing = "unsolved"
)

var closingNames = map[Closing]string{ClosedReviewed: "居民评单", ClosedUnrated: "到期未评", ClosedUnsolved: "未解决办结"}

const (
	bestScore = 5
	// goodScore and better bring points to who did the work; badScore and worse send the ticket back.
	goodScore = 4
	badScore  = 2
	// mostReworks is how often a bad review sends a ticket back.
	mostReworks = 2
)

// verdict is what the deciding review makes of a completed ticket.
type verdict struct {
	stage    Stage
	closedAs Closing
	rework   int64
}

// decide follows the deciding review: a bad score sends the ticket back as rework, twice at most; the third
// bad one closes it, labelled unsolved.
func decide(score, rework int64) verdict {
	switch {
	case score > badScore:
		return verdict{stage: Closed, closedAs: ClosedReviewed, rework: rework}
	case rework < mostReworks:
		return verdict{stage: Raised, rework: rework + 1}
	}
	return verdict{stage: Closed, closedAs: ClosedUnsolved, rework: rework}
}

// checkReview notes a score and an outcome that contradict each other: they would send back what is solved,
// or praise what is not.
func checkReview(check *fault.Check, score int64, outcome Outcome) {
	check.Range("score", "评分", score, 1, bestScore)
	fault.OneOf(check, "outcome", "办理结果", outcome, Unsolved, Partly, Solved)
	check.That(score > badScore || outcome != Solved, "outcome",
		"打1分或2分会退回重办；事情已经解决的，请打3分以上，不满意的地方写在评语里")
	check.That(score < goodScore || outcome != Unsolved, "outcome", "事情还没解决的，请打3分以下，或改选“部分解决”")
}

// clocks are the moments that a stage runs up to; a zero time is a clock that does not run.
type clocks struct {
	// timeout is when the clock itself acts: it sends back what nobody accepted, or closes what nobody
	// reviewed.
	timeout time.Time
	// overdue is when the desk sees the ticket as overdue, escalate when the street does.
	overdue  time.Time
	escalate time.Time
}

// clocksOf are the clocks of a ticket that enters its stage at now. What was whistled up to the street is the
// street's own to watch: it hears as soon as the desk does.
func clocksOf(t Ticket, settings region.Settings, now time.Time) clocks {
	var running clocks
	switch t.Stage {
	case Raised:
		running = overdueFrom(now, now.Add(settings.DispatchWithin()))
	case Dispatched:
		timeout := now.Add(settings.AcceptWithin())
		running = overdueFrom(now, earlier(timeout, t.DueAt))
		running.timeout = timeout
	case Accepted:
		running = overdueFrom(t.dispatchedAt, t.DueAt)
	case Completed:
		running.timeout = now.Add(settings.ReviewWithin())
	}
	if t.Whistled {
		running.escalate = running.overdue
	}
	return running
}

// overdueFrom shows a ticket to the desk at the end of its time, and to the street after as long again.
func overdueFrom(start, end time.Time) clocks {
	return clocks{overdue: end, escalate: end.Add(end.Sub(start))}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// Assignee is who a ticket is dispatched or offered to: an organisation or a person.
type Assignee struct {
	OrganisationID string `json:"organisation_id,omitempty"`
	PersonID       string `json:"person_id,omitempty"`
	Name           string `json:"name"`
}

// Overdue tells which part waits longer than it should, and since when.
type Overdue struct {
	Part  int64     `json:"part" minimum:"2" maximum:"3"`
	Since time.Time `json:"since"`
}

// Ticket is a service ticket, as the one who asks for it may see it.
type Ticket struct {
	ID           string        `json:"id"`
	RegionID     string        `json:"region_id"`
	Number       string        `json:"number" example:"20261122-0007" doc:"Counted per community and day"`
	Category     Category      `json:"category" enum:"facilities,sanitation,safety,elder_care,neighbours,convenience,other"`
	Text         string        `json:"text"`
	Place        string        `json:"place,omitempty"`
	ShowName     bool          `json:"show_name"`
	Stage        Stage         `json:"stage" enum:"raised,dispatched,accepted,completed,closed,rejected,merged,withdrawn"`
	ContentState content.State `json:"content_state" enum:"pending,passed,refused" doc:"Neighbours see the ticket once it is passed"`
	Votes        int64         `json:"votes"`
	Voted        bool          `json:"voted" doc:"The caller backs it"`
	Mine         bool          `json:"mine" doc:"The caller raised it"`
	Rework       int64         `json:"rework"`
	Whistled     bool          `json:"whistled" doc:"Handed up to the street"`
	RaiserID     string        `json:"raiser_id,omitempty" doc:"For those who may see the people of the community"`
	RaiserName   string        `json:"raiser_name"`
	HelperName   string        `json:"helper_name,omitempty" doc:"Who entered it for the raiser, for those who see the raiser's name"`
	RaisedAt     time.Time     `json:"raised_at"`
	Assignee     *Assignee     `json:"assignee,omitempty"`
	DueAt        time.Time     `json:"due_at,omitzero"`
	Overdue      *Overdue      `json:"overdue,omitempty"`
	CompletedAt  time.Time     `json:"completed_at,omitzero"`
	ClosedAs     Closing       `json:"closed_as,omitempty" enum:"reviewed,unrated,unsolved"`
	Score        int64         `json:"score,omitempty"`
	Outcome      Outcome       `json:"outcome,omitempty" enum:"unsolved,partly,solved"`
	MergedInto   string        `json:"merged_into,omitempty"`
	Photos       []file.Link   `json:"photos,omitempty"`
	Timeline     []Event       `json:"timeline,omitempty" doc:"On a single ticket"`
	MayAccept    bool          `json:"may_accept,omitempty" doc:"On a single ticket: the caller may accept or decline it"`
	MayWork      bool          `json:"may_work,omitempty" doc:"On a single ticket: the caller may report progress and complete it"`
	MayReview    bool          `json:"may_review,omitempty" doc:"On a single ticket: the caller may review the work, and has not yet"`

	raiserID, helperID string
	raiserLeft         bool
	round              int64
	organisationID     string
	assigneeID         string
	dispatchedAt       time.Time
	acceptedBy         string
	completedBy        string
	clocks             clocks
	version            int64
}

// overdueAt tells whether and since when the ticket is overdue at now, as the desk sees it or, later, those
// above it.
func (t Ticket) overdueAt(now time.Time, above bool) *Overdue {
	since, shows := t.clocks.overdue, t.clocks.overdue
	if above {
		shows = t.clocks.escalate
	}
	if since.IsZero() || now.Before(shows) {
		return nil
	}
	part := partOf[ActDispatch]
	if t.Stage != Raised {
		part = partOf[ActAccept]
	}
	return &Overdue{Part: part, Since: since}
}

// raisedBy are the hands that the ticket was raised by.
func (t Ticket) raisedBy() []string {
	if t.helperID == "" {
		return []string{t.raiserID}
	}
	return []string{t.raiserID, t.helperID}
}

// backToDispatch is the ticket in part 2 again, with nobody who has it.
func (t Ticket) backToDispatch() Ticket {
	t.Stage = Raised
	t.organisationID, t.assigneeID, t.acceptedBy, t.completedBy = "", "", "", ""
	t.dispatchedAt, t.DueAt, t.CompletedAt = time.Time{}, time.Time{}, time.Time{}
	return t
}

// Event is one line of the timeline.
type Event struct {
	Part         int64         `json:"part" minimum:"1" maximum:"4"`
	Act          Act           `json:"act" enum:"raise,withdraw,dispatch,recall,reject,merge,absorb,whistle,accept,decline,lapse,progress,complete,withhold_points,review,backer_review,unrated"`
	By           string        `json:"by" doc:"The name as the caller may see it; an assignee's is the organisation's"`
	Helper       string        `json:"helper,omitempty" doc:"Who held the phone, for those who see the name"`
	At           time.Time     `json:"at"`
	Text         string        `json:"text,omitempty"`
	ContentState content.State `json:"content_state" enum:"pending,passed,refused" doc:"Neighbours read the text once it is passed"`
	Photos       []file.Link   `json:"photos,omitempty"`
	Details

	id             string
	version        int64
	round          int64
	personID       string
	helperID       string
	organisationID string
}

// Details are what an event tells beside its text.
type Details struct {
	To      []Assignee `json:"to,omitempty" doc:"Whom it was dispatched or offered to"`
	DueAt   time.Time  `json:"due_at,omitzero"`
	Phase   Phase      `json:"phase,omitempty" enum:"before,during,after"`
	Score   int64      `json:"score,omitempty"`
	Outcome Outcome    `json:"outcome,omitempty" enum:"unsolved,partly,solved"`
	// TicketID and TicketNumber name the other ticket of a merge.
	TicketID     string `json:"ticket_id,omitempty"`
	TicketNumber string `json:"ticket_number,omitempty"`
}

// handsOn are the people who took part in the work of a round: who accepted, reported and completed, and
// who held the phone for them.
func handsOn(timeline []Event, round int64) []string {
	var hands []string
	for _, event := range timeline {
		if event.round != round {
			continue
		}
		switch event.Act {
		case ActAccept, ActProgress, ActComplete:
			hands = append(hands, event.personID)
			if event.helperID != "" {
				hands = append(hands, event.helperID)
			}
		}
	}
	slices.Sort(hands)
	return slices.Compact(hands)
}

// anyOf tells whether two sets of people share one.
func anyOf(people, others []string) bool {
	return slices.ContainsFunc(people, func(one string) bool { return slices.Contains(others, one) })
}

// offer is one dispatch's word to one assignee.
type offer struct {
	organisationID string
	personID       string
	declined       bool
}

// anyOpen tells whether somebody may still accept.
func anyOpen(offers []offer) bool {
	return slices.ContainsFunc(offers, func(o offer) bool { return !o.declined })
}

// sameAssignees tells whether a dispatch went to exactly these.
func sameAssignees(offers []offer, assignees []Assignee) bool {
	if len(offers) != len(assignees) {
		return false
	}
	for _, one := range assignees {
		if !slices.Contains(offers, offer{organisationID: one.OrganisationID, personID: one.PersonID}) {
			return false
		}
	}
	return true
}

// numberOf is a ticket's number for people: the day in Shanghai and the count of that day.
func numberOf(day string, count int64) string { return fmt.Sprintf("%s-%04d", day, count) }

func dayOf(at time.Time) string { return at.In(db.Shanghai).Format("20060102") }

var (
	errTaken      = fault.New(fault.Conflict, "ticket.taken", "这张四联单已经有人接了，谢谢您")
	errOwnTicket  = fault.New(fault.Forbidden, "vote.own_ticket", "自己点的单不用再附议")
	errUnverified = fault.New(fault.Forbidden, "home.unverified", "本社区要先核实住址才能附议，请联系网格员或社区")
	errOwnWork    = fault.New(fault.Forbidden, "review.own_work", "不能审核自己参与的，请让另一位同志来审核")
	errReviewed   = fault.New(fault.Conflict, "ticket.reviewed", "您已经评过了，评价不能修改")
	errRefused    = fault.New(fault.Conflict, "ticket.content_refused", "这张四联单的文字没有通过内容审核，不能派单，可以写明原因退回")
)

// errWrongStage is 409 ticket.wrong_stage and tells how the ticket stands.
func errWrongStage(stage Stage) *fault.Error {
	return fault.New(fault.Conflict, "ticket.wrong_stage", fmt.Sprintf("四联单现在是“%s”，不能这样操作，请刷新后再看", stageNames[stage]))
}

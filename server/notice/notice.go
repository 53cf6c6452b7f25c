// Package notice tells people what concerns them: in the inbox of the mini-program, where everything is kept, and
// by a WeChat subscribe message, for which it goes out from an outbox that is written in the same transaction.
package notice

import (
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"fivestar/server/db"
	"fivestar/server/region"
)

// Kind is what somebody is told.
type Kind string

const (
	ClaimApproved        Kind = "claim_approved"
	ClaimReturned        Kind = "claim_returned"
	ClaimRejected        Kind = "claim_rejected"
	ClaimRunningOut      Kind = "claim_running_out"
	WaitingMovedUp       Kind = "waiting_moved_up"
	ActivityTomorrow     Kind = "activity_tomorrow"
	ActivitySoon         Kind = "activity_soon"
	ActivityCancelled    Kind = "activity_cancelled"
	Whistle              Kind = "whistle"
	TicketDispatched     Kind = "ticket_dispatched"
	TicketBack           Kind = "ticket_back" // in part 2
	TicketEscalated      Kind = "ticket_escalated"
	TicketRejected       Kind = "ticket_rejected"
	TicketMerged         Kind = "ticket_merged"
	TicketAccepted       Kind = "ticket_accepted"
	TicketCompleted      Kind = "ticket_completed"
	TicketAssigned       Kind = "ticket_assigned"
	TicketReviewed       Kind = "ticket_reviewed"
	TicketOverdue        Kind = "ticket_overdue"
	TicketOverdueLong    Kind = "ticket_overdue_long" // which the street hears of
	PointsPosted         Kind = "points_posted"
	DisputeAnswered      Kind = "dispute_answered"
	RedemptionRunningOut Kind = "redemption_running_out"
)

// rule is what is the same for all notices of a kind.
type rule struct {
	title    string
	outcome  string // at most 5 Chinese characters, as WeChat's phrase wants it
	template string // its name in the settings
	page     string // of the mini-program; the subject's id follows when it ends with =
	isUrgent bool   // goes out in quiet hours, and before others
}

const (
	claimPage      = "pages/task/claim/index?id="
	activityPage   = "pages/team/activity/index?id="
	ticketPage     = "pages/ticket/detail/index?id="
	workPage       = "pages/ticket/work/index?id="
	dispatchPage   = "pages/desk/dispatch/index?id="
	redemptionPage = "pages/reward/redemption/index?id="
	pointsPage     = "pages/points/index/index"
)

var rules = map[Kind]rule{
	ClaimApproved:        {title: "任务通过审核", outcome: "通过", template: reviewTemplate, page: claimPage},
	ClaimReturned:        {title: "任务退回，改好可以再交", outcome: "退回", template: reviewTemplate, page: claimPage},
	ClaimRejected:        {title: "任务没有通过", outcome: "未通过", template: reviewTemplate, page: claimPage},
	ClaimRunningOut:      {title: "任务快到期了", outcome: "快到期", template: deadlineTemplate, page: claimPage},
	WaitingMovedUp:       {title: "候补到名额了", outcome: "候补成功", template: activityTemplate, page: activityPage},
	ActivityTomorrow:     {title: "报名的活动快到了", outcome: "即将开始", template: activityTemplate, page: activityPage},
	ActivitySoon:         {title: "活动马上开始", outcome: "马上开始", template: activityTemplate, page: activityPage},
	ActivityCancelled:    {title: "活动取消了", outcome: "已取消", template: activityTemplate, page: activityPage},
	Whistle:              {title: "社区吹哨，需要帮手", outcome: "吹哨", template: whistleTemplate, page: activityPage, isUrgent: true},
	TicketDispatched:     {title: "四联单派出去了", outcome: "已派单", template: ticketTemplate, page: ticketPage},
	TicketBack:           {title: "四联单正在重新派", outcome: "重新派单", template: ticketTemplate, page: ticketPage},
	TicketEscalated:      {title: "四联单报到街道了", outcome: "已上报", template: ticketTemplate, page: ticketPage},
	TicketRejected:       {title: "四联单没有受理", outcome: "未受理", template: ticketTemplate, page: ticketPage},
	TicketMerged:         {title: "四联单合到一起办", outcome: "已合并", template: ticketTemplate, page: ticketPage},
	TicketAccepted:       {title: "四联单有人接了", outcome: "办理中", template: ticketTemplate, page: ticketPage},
	TicketCompleted:      {title: "四联单办好了，请您评单", outcome: "待评单", template: ticketTemplate, page: ticketPage},
	TicketAssigned:       {title: "有新的派单", outcome: "待接单", template: workTemplate, page: workPage},
	TicketReviewed:       {title: "居民评单了", outcome: "已评单", template: workTemplate, page: workPage},
	TicketOverdue:        {title: "有四联单超时了", outcome: "已超时", template: workTemplate, page: dispatchPage},
	TicketOverdueLong:    {title: "社区有四联单久拖未办", outcome: "已超时", template: workTemplate, page: dispatchPage},
	PointsPosted:         {title: "积分有变动", outcome: "积分变动", template: pointsTemplate, page: pointsPage},
	DisputeAnswered:      {title: "积分疑问有了答复", outcome: "已答复", template: answerTemplate, page: pointsPage},
	RedemptionRunningOut: {title: "兑换的东西快到期了", outcome: "快到期", template: deadlineTemplate, page: redemptionPage},
}

// Subject is the thing that a notice is about.
type Subject struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

// Notice is something told to a person. Whoever tells fills in what stands above ID; texts that are too long are
// cut, and hold no phone number and nothing that the person may not see.
type Notice struct {
	Kind Kind `json:"kind"`
	// Subject, Kind and Occasion together are told to a person once. Occasion tells two of a kind about the same
	// thing apart: the round of a ticket, the moment of a submission.
	Subject  Subject `json:"subject"`
	Occasion int64   `json:"-"`
	// RegionID is the community whose quiet hours hold.
	RegionID string    `json:"region_id"`
	What     string    `json:"what" doc:"What the thing is called"`
	Text     string    `json:"text"`
	Place    string    `json:"place,omitempty"`
	At       time.Time `json:"at" doc:"When it happens, or happened"`
	// Until is when nobody needs a message about it any more; zero for never.
	Until time.Time `json:"-"`

	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Page      string    `json:"page" doc:"The page of the mini-program that shows the thing"`
	CreatedAt time.Time `json:"created_at"`
	ReadAt    time.Time `json:"read_at,omitzero"`

	personID string
}

const (
	maxWhat  = 60
	maxText  = 300
	maxPlace = 100
)

// dressed adds what follows from the kind.
func (n Notice) dressed() Notice {
	rule := rules[n.Kind]
	n.Title, n.Page = rule.title, rule.page
	if strings.HasSuffix(n.Page, "=") {
		n.Page += n.Subject.ID
	}
	return n
}

// cut ends a text that is too long with an ellipsis.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// state is where a message stands.
type state string

const (
	waiting state = "waiting"
	sending state = "sending"
	sent    state = "sent"
	// unknown may have arrived: it is in the inbox anyway, and a second one would be one too many.
	unknown state = "unknown"
	// dropped is told by the inbox alone.
	dropped state = "dropped"
	dead    state = "dead"
)

// Why a message was dropped.
const (
	noWeChat   = "no WeChat"
	noTemplate = "no template"
	noConsent  = "no consent"
	expired    = "expired"
	read       = "read" // in the inbox, before it was sent
)

// lost is why it is unknown what became of a message whose sender never said.
const lost = "the server stopped while it was sent"

// message is a notice on its way through WeChat.
type message struct {
	notice     Notice
	openID     string
	tries      int64
	hasConsent bool
}

// fate is what is to become of a message that is due, before its consent is looked at: it is dropped for a reason,
// or waits until a later moment, or else is sent.
func (m message) fate(now time.Time, hasTemplate bool, settings region.Settings) (reason string, until time.Time) {
	switch {
	case !m.notice.ReadAt.IsZero():
		return read, time.Time{}
	case !m.notice.Until.IsZero() && !now.Before(m.notice.Until):
		return expired, time.Time{}
	case m.openID == "":
		return noWeChat, time.Time{}
	case !hasTemplate:
		return noTemplate, time.Time{}
	case rules[m.notice.Kind].isUrgent:
		return "", time.Time{}
	}
	if end := settings.AfterQuiet(now); end.After(now) {
		return "", end
	}
	return "", time.Time{}
}

const (
	firstWait   = 30 * time.Second
	longestWait = 8 * time.Hour
	// mostTries, with the waits between them, take most of a day.
	mostTries = 8
)

// waitAfter is how long to wait after so many tries, four times as long after each, and up to a fifth more or less,
// so that what failed together does not come again together.
func waitAfter(tries int64) time.Duration {
	wait := firstWait
	for range min(tries-1, mostTries) {
		wait *= 4
	}
	wait = min(wait, longestWait)
	return wait - wait/5 + rand.N(2*wait/5)
}

// Clock writes a moment into a text as people say it: 11月22日 10:00.
func Clock(at time.Time) string { return at.In(db.Shanghai).Format("1月2日 15:04") }

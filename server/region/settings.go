package region

import (
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
)

// Settings are a community's switches, clocks and caps. What is demanded of people is off on a fresh install:
// the rules against formalism leave it to a community to turn it on, with who and why in the audit log.
// settingTable says what each means.
type Settings struct {
	VerifiedHomeForVotes  bool `json:"verified_home_for_votes"`
	VerifiedHomeForClaims bool `json:"verified_home_for_claims"`
	Leaderboard           bool `json:"leaderboard"`
	// LeadersPublish trusts leaders to publish their own activities.
	LeadersPublish bool `json:"leaders_publish"`
	// PhotosDemanded lets a task demand photos. Without it what an older task demands no longer holds.
	PhotosDemanded bool `json:"photos_demanded"`
	// PlaceDemanded lets an activity's fence refuse people. Without it a fence marks who was outside of it.
	PlaceDemanded bool `json:"place_demanded"`
	// WalkIns lets an activity take people who have not signed up; a whistle always does.
	WalkIns bool `json:"walk_ins"`

	DispatchHours     int `json:"dispatch_hours" minimum:"1" maximum:"720"`
	AcceptHours       int `json:"accept_hours" minimum:"1" maximum:"720"`
	ReviewDays        int `json:"review_days" minimum:"1" maximum:"60"`
	OpenClaims        int `json:"open_claims" minimum:"1" maximum:"100" doc:"Claims a person may hold at once"`
	TaskPoints        int `json:"task_points" minimum:"1" maximum:"1000" doc:"Points of one task, at most"`
	HourlyPoints      int `json:"hourly_points" minimum:"0" maximum:"100" doc:"Points an hour of an activity, at most"`
	RaisePoints       int `json:"raise_points" minimum:"0" maximum:"100" doc:"Points for raising a ticket that is completed"`
	GoodReviewPoints  int `json:"good_review_points" minimum:"0" maximum:"100" doc:"Points for the work behind a good review"`
	DailyAdjustPoints int `json:"daily_adjust_points" minimum:"0" maximum:"10000" doc:"Points adjusted by hand a day, at most"`

	// QuietFrom and QuietUntil bound the hours in which no message goes out but a whistle's; the same twice for none.
	QuietFrom  string `json:"quiet_from" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" doc:"No messages from then, by Chinese clocks"`
	QuietUntil string `json:"quiet_until" pattern:"^([01][0-9]|2[0-3]):[0-5][0-9]$" doc:"Until then"`
}

// DefaultSettings hold where a community has set nothing.
func DefaultSettings() Settings {
	return Settings{
		WalkIns:       true,
		DispatchHours: 24, AcceptHours: 24, ReviewDays: 7, OpenClaims: 5, TaskPoints: 1000, HourlyPoints: 100,
		RaisePoints: 2, GoodReviewPoints: 5, DailyAdjustPoints: 200,
		QuietFrom: "21:30", QuietUntil: "07:30",
	}
}

// DispatchWithin, AcceptWithin and ReviewWithin are the clocks of a ticket.
func (s Settings) DispatchWithin() time.Duration { return time.Duration(s.DispatchHours) * time.Hour }
func (s Settings) AcceptWithin() time.Duration   { return time.Duration(s.AcceptHours) * time.Hour }
func (s Settings) ReviewWithin() time.Duration   { return time.Duration(s.ReviewDays) * 24 * time.Hour }

// SettingKind is how a setting is set.
type SettingKind string

const (
	Switch SettingKind = "switch"
	Number SettingKind = "number"
	// ClockTime is an hour of the day: "21:30".
	ClockTime SettingKind = "clock_time"
)

// Setting says what one of the Settings means, in the words of those who set it.
type Setting struct {
	Name    string      `json:"name" doc:"The field of the settings"`
	Group   string      `json:"group" doc:"What it stands with on the page"`
	Kind    SettingKind `json:"kind" enum:"switch,number,clock_time"`
	Title   string      `json:"title"`
	Meaning string      `json:"meaning"`
	Unit    string      `json:"unit,omitempty" doc:"Of a number"`
	Least   int         `json:"least,omitempty" doc:"Of a number"`
	Most    int         `json:"most,omitempty" doc:"Of a number"`
	Default any         `json:"default" doc:"What holds until the community sets otherwise"`

	number func(Settings) int
	clock  func(Settings) string
}

const (
	groupPeople  = "对居民的要求"
	groupRanking = "排名"
	groupTrust   = "放手"
	groupClocks  = "时限"
	groupCaps    = "上限与积分"
)

// settingTable holds every field of Settings once, in the order of the page.
var settingTable = []Setting{
	{Name: "photos_demanded", Group: groupPeople, Kind: Switch, Title: "可以要求拍照", Meaning: "打开后，微任务才能要求交照片。不打开，照片交不交由居民自己定，不会因为没拍照被退回。"},
	{Name: "place_demanded", Group: groupPeople, Kind: Switch, Title: "可以要求定位", Meaning: "打开后，设了签到范围的活动，范围外扫码签不上。不打开，谁都签得上，范围外的只给队长标出来。"},
	{Name: "walk_ins", Group: groupPeople, Kind: Switch, Title: "不报名也能来", Meaning: "打开后，活动可以让没报名的人到场参加。吹哨总是谁来都行。"},
	{Name: "verified_home_for_claims", Group: groupPeople, Kind: Switch, Title: "核实住处才能认领", Meaning: "打开后，住处经社区核实的居民才能认领微任务。"},
	{Name: "verified_home_for_votes", Group: groupPeople, Kind: Switch, Title: "核实住处才能附议", Meaning: "打开后，住处经社区核实的居民才能附议。"},
	{Name: "leaderboard", Group: groupRanking, Kind: Switch, Title: "积分榜", Meaning: "打开后，居民之间有积分榜。本人同意才显示姓名，不同意的只显示名次。"},
	{Name: "leaders_publish", Group: groupTrust, Kind: Switch, Title: "队长自己发布活动", Meaning: "打开后，队长的活动不用等书记发布。"},
	{Name: "dispatch_hours", Group: groupClocks, Kind: Number, Title: "派单时限", Meaning: "点单后多久没派出去算超时。", Unit: "小时", Least: 1, Most: 720, number: func(s Settings) int { return s.DispatchHours }},
	{Name: "accept_hours", Group: groupClocks, Kind: Number, Title: "接单时限", Meaning: "派单后多久没人接，退回重派。", Unit: "小时", Least: 1, Most: 720, number: func(s Settings) int { return s.AcceptHours }},
	{Name: "review_days", Group: groupClocks, Kind: Number, Title: "评单时限", Meaning: "办结后多久没人评，按「未评价」关闭，不算满意。", Unit: "天", Least: 1, Most: 60, number: func(s Settings) int { return s.ReviewDays }},
	{Name: "quiet_from", Group: groupClocks, Kind: ClockTime, Title: "免打扰开始", Meaning: "从这时起不发微信消息，早上再发。吹哨不等。", clock: func(s Settings) string { return s.QuietFrom }},
	{Name: "quiet_until", Group: groupClocks, Kind: ClockTime, Title: "免打扰结束", Meaning: "夜里攒下的微信消息，这时发出。", clock: func(s Settings) string { return s.QuietUntil }},
	{Name: "open_claims", Group: groupCaps, Kind: Number, Title: "同时认领数", Meaning: "一个人手上最多同时有几项没交的微任务。", Unit: "项", Least: 1, Most: 100, number: func(s Settings) int { return s.OpenClaims }},
	{Name: "task_points", Group: groupCaps, Kind: Number, Title: "一项任务最多几分", Meaning: "发布微任务时，积分不能超过这个数。", Unit: "分", Least: 1, Most: 1000, number: func(s Settings) int { return s.TaskPoints }},
	{Name: "hourly_points", Group: groupCaps, Kind: Number, Title: "活动每小时最多几分", Meaning: "发起活动和吹哨时，每小时积分不能超过这个数。", Unit: "分", Most: 100, number: func(s Settings) int { return s.HourlyPoints }},
	{Name: "raise_points", Group: groupCaps, Kind: Number, Title: "点单积分", Meaning: "点的单办结后，给点单人的积分。", Unit: "分", Most: 100, number: func(s Settings) int { return s.RaisePoints }},
	{Name: "good_review_points", Group: groupCaps, Kind: Number, Title: "好评积分", Meaning: "得了好评，给办事人的积分。", Unit: "分", Most: 100, number: func(s Settings) int { return s.GoodReviewPoints }},
	{Name: "daily_adjust_points", Group: groupCaps, Kind: Number, Title: "每日手工调整上限", Meaning: "全社区一天手工增减的积分，加起来最多这么多。", Unit: "分", Most: 10000, number: func(s Settings) int { return s.DailyAdjustPoints }},
}

func (s Settings) check() error {
	var check fault.Check
	for _, setting := range settingTable {
		switch setting.Kind {
		case Number:
			check.Range(setting.Name, setting.Title, int64(setting.number(s)), int64(setting.Least), int64(setting.Most))
		case ClockTime:
			at, err := time.Parse(clockForm, setting.clock(s))
			check.That(err == nil && at.Format(clockForm) == setting.clock(s), setting.Name, "请填写24小时制的时间，例如21:30")
		}
	}
	return check.Err()
}

const clockForm = "15:04"

// AfterQuiet gives the end of the quiet hours that at is in, and at itself outside them.
func (s Settings) AfterQuiet(at time.Time) time.Time {
	from, until := minuteOfDay(s.QuietFrom), minuteOfDay(s.QuietUntil)
	local := at.In(db.Shanghai)
	now := local.Hour()*60 + local.Minute()
	if (now-from+minutesOfDay)%minutesOfDay >= (until-from+minutesOfDay)%minutesOfDay {
		return at
	}
	end := time.Date(local.Year(), local.Month(), local.Day(), until/60, until%60, 0, 0, db.Shanghai)
	if until <= now {
		end = end.AddDate(0, 0, 1)
	}
	return end.UTC()
}

const minutesOfDay = 24 * 60

// minuteOfDay reads a clock that check has seen.
func minuteOfDay(clock string) int {
	at, _ := time.Parse(clockForm, clock)
	return at.Hour()*60 + at.Minute()
}

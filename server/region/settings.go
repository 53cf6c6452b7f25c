package region

import (
	"time"

	"fivestar/server/fault"
)

// Settings are a community's switches and clocks. Every switch is off on a fresh install: the rules
// against formalism leave it to a community to turn one on, with who and why in the audit log.
type Settings struct {
	VerifiedHomeForVotes  bool `json:"verified_home_for_votes"`
	VerifiedHomeForClaims bool `json:"verified_home_for_claims"`
	Leaderboard           bool `json:"leaderboard"`
	// LeadersPublish trusts leaders to publish their own activities.
	LeadersPublish bool `json:"leaders_publish"`

	DispatchHours     int `json:"dispatch_hours" minimum:"1" maximum:"720"`
	AcceptHours       int `json:"accept_hours" minimum:"1" maximum:"720"`
	ReviewDays        int `json:"review_days" minimum:"1" maximum:"60"`
	OpenClaims        int `json:"open_claims" minimum:"1" maximum:"100" doc:"Claims a person may hold at once"`
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
		DispatchHours: 24, AcceptHours: 24, ReviewDays: 7, OpenClaims: 5,
		RaisePoints: 2, GoodReviewPoints: 5, DailyAdjustPoints: 200,
		QuietFrom: "21:30", QuietUntil: "07:30",
	}
}

// DispatchWithin, AcceptWithin and ReviewWithin are the clocks of a ticket.
func (s Settings) DispatchWithin() time.Duration { return time.Duration(s.DispatchHours) * time.Hour }
func (s Settings) AcceptWithin() time.Duration   { return time.Duration(s.AcceptHours) * time.Hour }
func (s Settings) ReviewWithin() time.Duration   { return time.Duration(s.ReviewDays) * 24 * time.Hour }

func (s Settings) check() error {
	var check fault.Check
	check.Range("dispatch_hours", "派单时限(小时)", int64(s.DispatchHours), 1, 720)
	check.Range("accept_hours", "接单时限(小时)", int64(s.AcceptHours), 1, 720)
	check.Range("review_days", "评单时限(天)", int64(s.ReviewDays), 1, 60)
	check.Range("open_claims", "同时认领数", int64(s.OpenClaims), 1, 100)
	check.Range("raise_points", "点单积分", int64(s.RaisePoints), 0, 100)
	check.Range("good_review_points", "好评积分", int64(s.GoodReviewPoints), 0, 100)
	check.Range("daily_adjust_points", "每日调整上限", int64(s.DailyAdjustPoints), 0, 10000)
	for field, clock := range map[string]string{"quiet_from": s.QuietFrom, "quiet_until": s.QuietUntil} {
		_, err := time.Parse(clockForm, clock)
		check.That(err == nil, field, "请填写24小时制的时间，例如21:30")
	}
	return check.Err()
}

const clockForm = "15:04"

// shanghai is whose clocks people go by; China has had no daylight saving since 1991.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// AfterQuiet gives the end of the quiet hours that at is in, and at itself outside them.
func (s Settings) AfterQuiet(at time.Time) time.Time {
	from, until := minuteOfDay(s.QuietFrom), minuteOfDay(s.QuietUntil)
	local := at.In(shanghai)
	now := local.Hour()*60 + local.Minute()
	if (now-from+minutesOfDay)%minutesOfDay >= (until-from+minutesOfDay)%minutesOfDay {
		return at
	}
	end := time.Date(local.Year(), local.Month(), local.Day(), until/60, until%60, 0, 0, shanghai)
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

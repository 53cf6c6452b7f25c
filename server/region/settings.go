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
}

// DefaultSettings hold where a community has set nothing.
func DefaultSettings() Settings {
	return Settings{
		DispatchHours: 24, AcceptHours: 24, ReviewDays: 7, OpenClaims: 5,
		RaisePoints: 2, GoodReviewPoints: 5, DailyAdjustPoints: 200,
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
	return check.Err()
}

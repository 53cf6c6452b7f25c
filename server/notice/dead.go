package notice

import (
	"context"
	"time"

	"fivestar/server/audit"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// DeadLetter is a message that WeChat would not take. Its person's inbox has the notice; whose it is and what it
// says is not the operator's to read.
type DeadLetter struct {
	ID         string    `json:"id"`
	Kind       Kind      `json:"kind"`
	Title      string    `json:"title"`
	Subject    Subject   `json:"subject"`
	RegionID   string    `json:"region_id"`
	RegionName string    `json:"region_name"`
	Tries      int64     `json:"tries"`
	Reason     string    `json:"reason" doc:"What WeChat said last"`
	CreatedAt  time.Time `json:"created_at"`
	DiedAt     time.Time `json:"died_at"`
}

var errNotDead = fault.New(fault.Conflict, "notice.not_dead", "这条消息已经重新发送，或者不用再发了")

const deadLetters = "dead notices"

// DeadLetters lists the messages of a region, and of all below it, that WeChat would not take, newest first.
func (s *Service) DeadLetters(ctx context.Context, caller web.Caller, regionID string, query web.PageQuery) (web.Page[DeadLetter], error) {
	top, err := s.Regions.Require(ctx, caller, region.ManageNotices, regionID)
	if err != nil {
		return web.Page[DeadLetter]{}, err
	}
	before, err := query.BeforeID(deadLetters)
	if err != nil {
		return web.Page[DeadLetter]{}, err
	}
	found, err := s.store().dead(ctx, top, before, query.Limit+1)
	if err != nil {
		return web.Page[DeadLetter]{}, err
	}
	return web.NewPage(deadLetters, found, query.Limit, func(d DeadLetter) []string { return []string{d.ID} }), nil
}

// Resend has a dead letter sent again, as if for the first time. 409 notice.not_dead.
func (s *Service) Resend(ctx context.Context, caller web.Caller, id string) error {
	regionID, err := s.store().regionOfMessage(ctx, id)
	if err != nil {
		return err
	}
	if _, err := s.Regions.Require(ctx, caller, region.ManageNotices, regionID); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().resend(ctx, id, s.DB.Now()); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "notice.resent", SubjectKind: "notice", SubjectID: id, RegionID: regionID})
	})
}

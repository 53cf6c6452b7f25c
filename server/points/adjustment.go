package points

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// AdjustmentState is where a by-hand adjustment stands.
type AdjustmentState string

const (
	Pending  AdjustmentState = "pending"
	Posted   AdjustmentState = "posted"
	Rejected AdjustmentState = "rejected"
)

// nextState is what may become of an adjustment: it is decided once.
var nextState = map[AdjustmentState][]AdjustmentState{Pending: {Posted, Rejected}}

// Adjustment gives points by hand, or takes them below zero. One officer proposes it, another decides.
type Adjustment struct {
	ID             string          `json:"id"`
	State          AdjustmentState `json:"state" enum:"pending,posted,rejected"`
	PersonID       string          `json:"person_id"`
	PersonName     string          `json:"person_name"`
	RegionID       string          `json:"region_id"`
	Amount         int64           `json:"amount"`
	Reason         string          `json:"reason"`
	ProposedBy     string          `json:"proposed_by"`
	ProposedByName string          `json:"proposed_by_name"`
	ProposedAt     time.Time       `json:"proposed_at"`
	DecidedBy      string          `json:"decided_by,omitempty"`
	DecidedAt      time.Time       `json:"decided_at,omitzero"`
}

const (
	// maxReason leaves room for the reason in an entry's memo.
	maxReason = maxMemo
	// maxAdjustment is the most that a community can allow a day.
	maxAdjustment = 10_000
)

var (
	errDecided     = fault.New(fault.Conflict, "adjustment.decided", "这笔调整已经处理过了，请刷新后查看")
	errAdjustShort = fault.New(fault.Conflict, "points.short", "这个人的余额不够扣减，请核对后再提")
)

// NewAdjustment is what an adjustment is made from.
type NewAdjustment struct {
	PersonID string `json:"person_id" maxLength:"26"`
	RegionID string `json:"region_id" maxLength:"26"`
	Amount   int64  `json:"amount" minimum:"-10000" maximum:"10000" doc:"Below zero to take points; never zero"`
	Reason   string `json:"reason"`
}

// ProposeAdjustment puts an adjustment before another officer. 404 for somebody who neither lives in the
// community nor has points there; 409 points.daily_limit when the community has adjusted enough for the day.
func (s *Service) ProposeAdjustment(ctx context.Context, caller web.Caller, input NewAdjustment) (Adjustment, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.AdjustPoints, input.RegionID)
	if err != nil {
		return Adjustment{}, err
	}
	if slices.Contains(caller.Hands(), input.PersonID) {
		return Adjustment{}, errOwnWork
	}
	if err := input.check(); err != nil {
		return Adjustment{}, err
	}
	if err := s.requireKnownIn(ctx, community, input); err != nil {
		return Adjustment{}, err
	}
	settings, err := s.Regions.Settings(ctx, community.ID)
	if err != nil {
		return Adjustment{}, err
	}
	made := Adjustment{ID: db.NewID(), State: Pending, PersonID: input.PersonID, RegionID: community.ID,
		Amount: input.Amount, Reason: input.Reason, ProposedBy: caller.PersonID, ProposedAt: s.DB.Now()}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().reserve(ctx, made, int64(settings.DailyAdjustPoints)); err != nil {
			return err
		}
		if err := s.store().insertAdjustment(ctx, made); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "points.adjustment_proposed", SubjectKind: "points_adjustment",
			SubjectID: made.ID, RegionID: made.RegionID, Reason: made.Reason, After: made})
	})
	if err != nil {
		return Adjustment{}, err
	}
	return s.named(ctx, made)
}

func (n *NewAdjustment) check() error {
	var check fault.Check
	check.That(n.Amount != 0, "amount", "请填写要加或要减的积分")
	check.Range("amount", "积分", n.Amount, -maxAdjustment, maxAdjustment)
	check.Text("reason", "调整原因", &n.Reason, 2, maxReason)
	return check.Err()
}

// requireKnownIn is fault.ErrNotFound, for a stranger and for somebody of another community alike, so that
// nobody learns of people elsewhere; and 409 points.short when more would be taken than is there.
func (s *Service) requireKnownIn(ctx context.Context, community region.Region, input NewAdjustment) error {
	if err := s.People.Require(ctx, input.PersonID); err != nil {
		return err
	}
	balances, err := s.store().balances(ctx, community.ID, []string{input.PersonID})
	if err != nil {
		return err
	}
	balance, known := balances[input.PersonID]
	if !known {
		known, err = s.store().livesIn(ctx, input.PersonID, community.ID)
	}
	switch {
	case err != nil:
		return err
	case !known:
		return fault.ErrNotFound
	case balance+input.Amount < 0:
		return errAdjustShort
	}
	return nil
}

// dailyLimit is 409 points.daily_limit.
func dailyLimit(most int64) error {
	detail := fmt.Sprintf("本社区每天最多手工调整%d分，今天剩下的不够了，请明天再提", most)
	return fault.New(fault.Conflict, "points.daily_limit", detail)
}

// ApproveAdjustment posts an adjustment that another officer has proposed. Asked again by the same officer it
// answers with what was decided; 409 adjustment.decided by somebody else's decision.
func (s *Service) ApproveAdjustment(ctx context.Context, caller web.Caller, id string) (Adjustment, error) {
	return s.decide(ctx, caller, id, Posted, "")
}

// RejectAdjustment ends a proposed adjustment; nothing is posted, and its points may be proposed again today.
func (s *Service) RejectAdjustment(ctx context.Context, caller web.Caller, id, reason string) (Adjustment, error) {
	var check fault.Check
	check.Text("reason", "不同意的原因", &reason, 0, maxReason)
	if err := check.Err(); err != nil {
		return Adjustment{}, err
	}
	return s.decide(ctx, caller, id, Rejected, reason)
}

func (s *Service) decide(ctx context.Context, caller web.Caller, id string, to AdjustmentState, reason string) (Adjustment, error) {
	adjustment, err := s.store().adjustment(ctx, id)
	if err != nil {
		return Adjustment{}, err
	}
	if _, err := s.Regions.Require(ctx, caller, region.ApproveAdjustment, adjustment.RegionID); err != nil {
		return Adjustment{}, err
	}
	if err := mayDecide(caller, adjustment, to); err != nil {
		return Adjustment{}, err
	}
	if adjustment.State == to && adjustment.DecidedBy == caller.PersonID {
		return s.named(ctx, adjustment)
	}
	if !slices.Contains(nextState[adjustment.State], to) {
		return Adjustment{}, errDecided
	}
	decided := adjustment
	decided.State, decided.DecidedBy, decided.DecidedAt = to, caller.PersonID, s.DB.Now()
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().decideAdjustment(ctx, adjustment.State, decided); err != nil {
			return err
		}
		if err := s.settle(ctx, decided); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "points.adjustment_" + string(to), SubjectKind: "points_adjustment",
			SubjectID: id, RegionID: adjustment.RegionID, Reason: reason, Before: adjustment, After: decided})
	})
	if err != nil {
		return Adjustment{}, err
	}
	return s.named(ctx, decided)
}

// mayDecide is 403 review.own_work for the person whom it is about, and for posting what one has proposed
// oneself. Who has proposed may think better of it.
func mayDecide(caller web.Caller, adjustment Adjustment, to AdjustmentState) error {
	if to == Posted {
		return twoWitnesses(adjustment.PersonID, []string{adjustment.ProposedBy}, caller.PersonID)
	}
	if caller.PersonID == adjustment.PersonID {
		return errOwnWork
	}
	return nil
}

// settle does what a decision entails: the posting, or the day's room given back.
func (s *Service) settle(ctx context.Context, decided Adjustment) error {
	if decided.State == Rejected {
		return s.store().release(ctx, decided)
	}
	if err := s.People.Require(ctx, decided.PersonID); err != nil {
		return err
	}
	posting := Posting{
		PersonID: decided.PersonID, CommunityID: decided.RegionID, Amount: max(decided.Amount, -decided.Amount),
		Kind: KindAdjustment, SourceID: decided.ID, Memo: decided.Reason,
		Hands: []string{decided.ProposedBy}, Witness: decided.DecidedBy,
	}
	if decided.Amount > 0 {
		_, err := s.Credit(ctx, posting)
		return err
	}
	_, err := s.Debit(ctx, posting)
	if errors.Is(err, errShort) {
		return errAdjustShort
	}
	return err
}

const newestAdjustments = "points adjustments"

// Adjustments lists those of the communities at or below a region that are in a state, newest first.
func (s *Service) Adjustments(ctx context.Context, caller web.Caller, regionID string, state AdjustmentState, query web.PageQuery) (web.Page[Adjustment], error) {
	top, err := s.Regions.Require(ctx, caller, region.ApproveAdjustment, regionID)
	if err != nil {
		return web.Page[Adjustment]{}, err
	}
	before, err := query.BeforeID(newestAdjustments)
	if err != nil {
		return web.Page[Adjustment]{}, err
	}
	found, err := s.store().adjustmentsBelow(ctx, top, state, before, query.Limit+1)
	if err != nil {
		return web.Page[Adjustment]{}, err
	}
	page := web.NewPage(newestAdjustments, found, query.Limit, func(a Adjustment) []string { return []string{a.ID} })
	return page, s.nameAll(ctx, page.Items)
}

// nameAll adds the names of the people that adjustments are about and from.
func (s *Service) nameAll(ctx context.Context, adjustments []Adjustment) error {
	if len(adjustments) == 0 {
		return nil
	}
	var ids []string
	for _, adjustment := range adjustments {
		ids = append(ids, adjustment.PersonID, adjustment.ProposedBy)
	}
	names, err := s.People.Names(ctx, ids)
	for i := range adjustments {
		adjustments[i].PersonName = names[adjustments[i].PersonID]
		adjustments[i].ProposedByName = names[adjustments[i].ProposedBy]
	}
	return err
}

func (s *Service) named(ctx context.Context, adjustment Adjustment) (Adjustment, error) {
	one := []Adjustment{adjustment}
	err := s.nameAll(ctx, one)
	return one[0], err
}

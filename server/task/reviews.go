package task

import (
	"context"

	"fivestar/server/audit"
	"fivestar/server/fault"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Verdict is what a reviewer says to a submission.
type Verdict string

const (
	Approve Verdict = "approve"
	Return  Verdict = "return"
	Reject  Verdict = "reject"
)

var actOfVerdict = map[Verdict]Act{Approve: actApprove, Return: actReturn, Reject: actReject}

// Ruling is what the street says to an appeal.
type Ruling string

const (
	Uphold   Ruling = "uphold"
	Overturn Ruling = "overturn"
)

var actOfRuling = map[Ruling]Act{Uphold: actUphold, Overturn: actOverturn}

// checkWords checks a reason: demanded whenever a person does not get what they hoped for.
func checkWords(reason *string, isDemanded bool) error {
	least := 0
	if isDemanded {
		least = 2
	}
	var check fault.Check
	check.Text("reason", "原因", reason, least, 500)
	return check.Err()
}

// Review decides on a submission. An approval posts the points in the same transaction, once.
//
// Errors: 403 review.own_work for whoever did it or entered it; 409 claim.wrong_state, claim.too_late for a
// return after the deadline; 422 without a reason for a return or a rejection.
func (s *Service) Review(ctx context.Context, caller web.Caller, id string, verdict Verdict, reason string) (Claim, error) {
	claim, err := s.reachable(ctx, caller, region.ReviewClaims, id)
	if err != nil {
		return Claim{}, err
	}
	if err := checkWords(&reason, verdict != Approve); err != nil {
		return Claim{}, err
	}
	return s.decide(ctx, caller, claim.ID, actOfVerdict[verdict], reason)
}

// reachable gives a claim in whose community the caller may do permission.
func (s *Service) reachable(ctx context.Context, caller web.Caller, permission region.Permission, id string) (Claim, error) {
	claim, err := s.store().claim(ctx, id)
	if err != nil {
		return Claim{}, err
	}
	_, err = s.Regions.Require(ctx, caller, permission, claim.RegionID)
	return claim, err
}

// decide does one of the acts that end in a verdict.
func (s *Service) decide(ctx context.Context, caller web.Caller, id string, act Act, reason string) (Claim, error) {
	var decided Claim
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		claim, err := s.store().claim(ctx, id)
		if err != nil {
			return err
		}
		timeline, err := s.store().timeline(ctx, id)
		if err != nil {
			return err
		}
		if err := mayDecide(caller.PersonID, act, claim, timeline); err != nil {
			return err
		}
		now := s.DB.Now()
		if decided, err = claim.after(act, now); err != nil {
			return err
		}
		if err := s.store().move(ctx, claim, decided); err != nil {
			return err
		}
		if err := s.store().record(ctx, eventBy(caller, id, act, reason, now)); err != nil {
			return err
		}
		task, err := s.store().task(ctx, claim.TaskID)
		if err != nil {
			return err
		}
		if err := s.post(ctx, caller, task, decided, timeline); err != nil {
			return err
		}
		if err := s.tellVerdict(ctx, task, decided, act, reason); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "claim." + string(act), SubjectKind: claimKind, SubjectID: id,
			RegionID: claim.RegionID, Reason: reason, Before: claim.State, After: decided.State})
	})
	if err != nil {
		return Claim{}, err
	}
	return s.shown(ctx, caller, decided)
}

// post posts the points of an approved claim, by the word of the caller.
func (s *Service) post(ctx context.Context, caller web.Caller, task Task, claim Claim, timeline []Event) error {
	if claim.State != Approved {
		return nil
	}
	_, err := s.Points.Credit(ctx, points.Posting{
		PersonID: claim.PersonID, CommunityID: claim.RegionID, Amount: task.Points, Kind: points.KindClaim,
		SourceID: claim.ID, Star: task.Star, Memo: task.Title, Hands: hands(claim, timeline), Witness: caller.PersonID,
	})
	return err
}

// Appeal asks the street to look at a rejection, once.
func (s *Service) Appeal(ctx context.Context, caller web.Caller, id, text string) (Claim, error) {
	if _, err := s.own(ctx, caller, id); err != nil {
		return Claim{}, err
	}
	var check fault.Check
	check.Text("text", "申诉理由", &text, 2, maxSubmissionText)
	if err := check.Err(); err != nil {
		return Claim{}, err
	}
	var appealed Claim
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		claim, err := s.store().claim(ctx, id)
		if err != nil {
			return err
		}
		now := s.DB.Now()
		if appealed, err = claim.after(actAppeal, now); err != nil {
			return err
		}
		if err := s.store().move(ctx, claim, appealed); err != nil {
			return err
		}
		return s.recordChecked(ctx, caller, appealed, eventBy(caller, id, actAppeal, text, now))
	})
	if err != nil {
		return Claim{}, err
	}
	return s.shown(ctx, caller, appealed)
}

// DecideAppeal upholds or overturns a rejection that was appealed; overturning approves the work and posts
// its points.
//
// Errors: 403 review.own_work, review.own_decision for whoever rejected it; 409 claim.wrong_state.
func (s *Service) DecideAppeal(ctx context.Context, caller web.Caller, id string, ruling Ruling, reason string) (Claim, error) {
	claim, err := s.reachable(ctx, caller, region.DecideAppeal, id)
	if err != nil {
		return Claim{}, err
	}
	if err := checkWords(&reason, true); err != nil {
		return Claim{}, err
	}
	return s.decide(ctx, caller, claim.ID, actOfRuling[ruling], reason)
}

// Scan approves, at the place, the open claim of the person whose card or personal code is scanned. A second
// scan of the same person in the same period gives the claim that the first one approved.
//
// Errors: 403 card.refused, checkin.bad_code, auth.forbidden, review.own_work; 409 task.review_only,
// claim.none, claim.too_late.
func (s *Service) Scan(ctx context.Context, caller web.Caller, taskID, token string) (Claim, error) {
	task, err := s.store().task(ctx, taskID)
	if err != nil {
		return Claim{}, err
	}
	community, err := s.Regions.Get(ctx, task.RegionID)
	if err != nil {
		return Claim{}, err
	}
	scanned, err := s.scanned(ctx, caller, token)
	if err != nil {
		return Claim{}, err
	}
	if err := requireScanner(caller, community, scanned); err != nil {
		return Claim{}, err
	}
	if task.Verify != ByScan {
		return Claim{}, errNotScanned
	}
	claim, err := s.claimToScan(ctx, task, scanned.PersonID)
	if err != nil {
		return Claim{}, err
	}
	if claim.State == Approved {
		return s.shown(ctx, caller, claim)
	}
	return s.decide(ctx, caller, claim.ID, actScan, "")
}

// scanned gives the person of a card or a personal code.
func (s *Service) scanned(ctx context.Context, caller web.Caller, token string) (web.Caller, error) {
	var personID string
	err := s.Guess(ctx, caller, func() (err error) {
		personID, _, err = s.People.Scanned(ctx, token, s.DB.Now())
		return err
	})
	if err != nil {
		return web.Caller{}, err
	}
	return s.People.CallerFor(ctx, personID)
}

// requireScanner is fault.ErrForbidden unless the caller may scan that person for a task of the community:
// a grid worker reaches the people of their own grid.
func requireScanner(caller web.Caller, community region.Region, scanned web.Caller) error {
	place := community
	if region.PathWithin(scanned.HomePath, community.ID) {
		place = region.Region{Path: scanned.HomePath}
	}
	return region.Require(caller, region.HelpByCard, region.In(place))
}

// claimToScan gives the person's open claim, or the one that was approved in this period already.
func (s *Service) claimToScan(ctx context.Context, task Task, personID string) (Claim, error) {
	open, found, err := s.store().openClaim(ctx, task.ID, personID)
	if err != nil || found {
		return open, err
	}
	done, found, err := s.store().claimOfTurn(ctx, task.ID, turnKey(personID, task.Repeat, s.DB.Now()))
	if err != nil {
		return Claim{}, err
	}
	if !found {
		return Claim{}, errNoClaim
	}
	return done, nil
}

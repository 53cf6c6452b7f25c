package task

import (
	"context"

	"fivestar/server/content"
	"fivestar/server/fault"
	"fivestar/server/file"
	"fivestar/server/region"
	"fivestar/server/web"
)

// settingsToTake gives the community's settings when the caller may take tasks there at all.
func (s *Service) settingsToTake(ctx context.Context, caller web.Caller, communityID string) (region.Settings, error) {
	community, err := s.Regions.Require(ctx, caller, region.LiveHere, communityID)
	if err != nil {
		return region.Settings{}, err
	}
	settings, err := s.Regions.Settings(ctx, community.ID)
	if err != nil {
		return region.Settings{}, err
	}
	if settings.VerifiedHomeForClaims && !caller.HomeVerified {
		return region.Settings{}, errUnverified
	}
	return settings, nil
}

// requireTurn is 409 claim.limit when the person has had their turn of the task in this period.
func (s *Service) requireTurn(ctx context.Context, caller web.Caller, task Task) error {
	_, used, err := s.store().claimOfTurn(ctx, task.ID, turnKey(caller.PersonID, task.Repeat, s.DB.Now()))
	if err != nil || !used {
		return err
	}
	return task.turnIsUsed()
}

// requireFreeHands is 409 claim.limit when the person has as many claims to work on as the community lets
// one hold. What is handed in waits for others, and does not count.
func (s *Service) requireFreeHands(ctx context.Context, caller web.Caller, settings region.Settings) error {
	toDo, err := s.store().queries(ctx).CountClaimsToDo(ctx, caller.PersonID)
	if err != nil {
		return err
	}
	if toDo >= int64(settings.OpenClaims) {
		return errHandsFull
	}
	return nil
}

// hold takes a place and makes the claim that holds it; stationID is where the card was drawn, or empty.
func (s *Service) hold(ctx context.Context, caller web.Caller, task Task, id, stationID string) (Claim, error) {
	now := s.DB.Now()
	if err := s.store().takePlace(ctx, task.ID, now); err != nil {
		return Claim{}, err
	}
	claim := newClaim(id, task, caller.PersonID, caller.HelperID, stationID, now)
	if err := s.store().insertClaim(ctx, claim); err != nil {
		return Claim{}, err
	}
	act := actClaim
	if stationID != "" {
		act = actDraw
	}
	taken := eventBy(caller, claim.ID, act, "", now)
	claim.Timeline = []Event{taken}
	return claim, s.store().record(ctx, taken)
}

// own gives a claim of the caller's; fault.ErrForbidden for somebody else's.
func (s *Service) own(ctx context.Context, caller web.Caller, id string) (Claim, error) {
	claim, err := s.store().claim(ctx, id)
	if err != nil {
		return Claim{}, err
	}
	if claim.PersonID != caller.PersonID {
		return Claim{}, fault.ErrForbidden
	}
	return claim, nil
}

// Submit hands in the work. Photos are added to those handed in before. The same submission again, while
// nobody has decided on it, changes nothing and is no error.
//
// Errors: 409 task.scan_only, claim.wrong_state, claim.too_late; 422 for what evidence asks for and is
// missing, and for photos that are not the caller's to hand in.
func (s *Service) Submit(ctx context.Context, caller web.Caller, id string, submission Submission) (Claim, error) {
	claim, err := s.own(ctx, caller, id)
	if err != nil {
		return Claim{}, err
	}
	task, err := s.store().task(ctx, claim.TaskID)
	if err != nil {
		return Claim{}, err
	}
	if task.Verify == ByScan {
		return Claim{}, errScanOnly
	}
	if err := submission.check(); err != nil {
		return Claim{}, err
	}
	settings, err := s.Regions.Settings(ctx, claim.RegionID)
	if err != nil {
		return Claim{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().queueUp(ctx, caller.PersonID); err != nil {
			return err
		}
		claim, err = s.handIn(ctx, caller, id, task.Evidence.inForce(settings), submission)
		return err
	})
	if err != nil {
		return Claim{}, err
	}
	return s.shown(ctx, caller, claim)
}

func (s *Service) handIn(ctx context.Context, caller web.Caller, id string, evidence Evidence, submission Submission) (Claim, error) {
	claim, err := s.store().claim(ctx, id)
	if err != nil {
		return Claim{}, err
	}
	timeline, err := s.store().timeline(ctx, id)
	if err != nil {
		return Claim{}, err
	}
	before, last := handedIn(timeline)
	if claim.State == Submitted && submission.sameAs(last, before) {
		return claim, nil
	}
	now := s.DB.Now()
	handed, err := claim.after(actSubmit, now)
	if err != nil {
		return Claim{}, err
	}
	photos := lacking(submission.photos(), before)
	if err := evidence.missing(submission.Text, append(before, photos...)); err != nil {
		return Claim{}, err
	}
	if err := s.store().move(ctx, claim, handed); err != nil {
		return Claim{}, err
	}
	if err := s.attachByLabel(ctx, caller, claim, photos); err != nil {
		return Claim{}, err
	}
	event := eventBy(caller, id, actSubmit, submission.Text, now)
	event.photos = photos
	return handed, s.recordChecked(ctx, caller, handed, event)
}

func (s *Service) attachByLabel(ctx context.Context, caller web.Caller, claim Claim, photos []handedInPhoto) error {
	subject := file.Subject{Kind: claimKind, ID: claim.ID, RegionID: claim.RegionID}
	byLabel := map[string][]string{}
	for _, photo := range photos {
		byLabel[photo.Label] = append(byLabel[photo.Label], photo.ID)
	}
	for _, label := range []string{labelNone, labelBefore, labelAfter} {
		if err := s.Files.Attach(ctx, caller, subject, label, byLabel[label]); err != nil {
			return err
		}
	}
	return nil
}

// recordChecked records an event and has WeChat check a resident's text in it.
func (s *Service) recordChecked(ctx context.Context, caller web.Caller, claim Claim, event Event) error {
	if event.Text == "" {
		return s.store().record(ctx, event)
	}
	event.ContentState = content.Pending
	if err := s.store().record(ctx, event); err != nil {
		return err
	}
	subject := content.Subject{Kind: claimKind, ID: event.ID, RegionID: claim.RegionID}
	return s.Content.CheckText(ctx, caller, subject, event.Text)
}

// ContentDecided keeps WeChat's verdict on the text of an event. Reviewers see the text whatever the verdict.
func (s *Service) ContentDecided(ctx context.Context, eventID string, state content.State) error {
	return s.store().setContent(ctx, eventID, state)
}

// Abandon gives the place back. A claim that is abandoned already stays so, without an error.
func (s *Service) Abandon(ctx context.Context, caller web.Caller, id string) error {
	if _, err := s.own(ctx, caller, id); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().queueUp(ctx, caller.PersonID); err != nil {
			return err
		}
		claim, err := s.store().claim(ctx, id)
		if err != nil || claim.State == Abandoned {
			return err
		}
		return s.release(ctx, caller, claim, actAbandon)
	})
}

// PutBack puts a drawn card back, once a day and station; 409 claim.not_drawn, claim.put_back_used.
func (s *Service) PutBack(ctx context.Context, caller web.Caller, id string) error {
	claim, err := s.own(ctx, caller, id)
	if err != nil {
		return err
	}
	if claim.StationID == "" {
		return errNotDrawn
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().queueUp(ctx, caller.PersonID); err != nil {
			return err
		}
		claim, err := s.store().claim(ctx, id)
		if err != nil {
			return err
		}
		_, used, err := s.store().cardPutBack(ctx, claim.StationID, putBackKey(caller.PersonID, s.DB.Now()))
		if err != nil {
			return err
		}
		if used && claim.State == Claimed {
			return errPutBackUsed
		}
		return s.release(ctx, caller, claim, actPutBack)
	})
}

// release ends a claim by an act that frees its place. caller is nobody when the clock does it.
func (s *Service) release(ctx context.Context, caller web.Caller, claim Claim, act Act) error {
	now := s.DB.Now()
	released, err := claim.after(act, now)
	if err != nil {
		return err
	}
	if err := s.store().move(ctx, claim, released); err != nil {
		return err
	}
	if err := s.store().freePlace(ctx, claim.TaskID); err != nil {
		return err
	}
	s.forgetPopular(ctx, claim.TaskID)
	return s.store().record(ctx, eventBy(caller, claim.ID, act, "", now))
}

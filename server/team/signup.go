package team

import (
	"context"
	"errors"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// SignUp holds a place in an activity for the caller, or the next place on its waiting list. Who signed up
// before gets that again; made tells whether it is new.
func (s *Service) SignUp(ctx context.Context, caller web.Caller, activityID string) (signup Signup, made bool, err error) {
	activity, err := s.visible(ctx, caller, activityID)
	if err != nil {
		return Signup{}, false, err
	}
	if err := s.requireWelcome(ctx, caller, activity); err != nil {
		return Signup{}, false, err
	}
	asked := Signup{ID: db.NewID(), ActivityID: activity.ID, PersonID: caller.PersonID, HelperID: caller.HelperID,
		State: Holding, SignedUpAt: s.DB.Now()}
	signup, err = s.signups.Do(ctx, activity.ID, asked)
	return signup, signup.ID == asked.ID, err
}

// takesSignup is 409 activity.not_open once nobody can sign up any more.
func (a Activity) takesSignup(now time.Time) error {
	if a.State != Published || !now.Before(a.EndsAt) {
		return errNotOpen
	}
	return nil
}

// signUpAlone holds the person before the activity, in the order in which leaving holds them.
func (s *Service) signUpAlone(ctx context.Context, activityID string, asked Signup) (signup Signup, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.People.Hold(ctx, asked.PersonID); err != nil {
			return err
		}
		held, known, err := s.store().signup(ctx, activityID, asked.PersonID)
		if err != nil || known {
			signup = held
			return err
		}
		activity, err := s.store().activity(ctx, activityID)
		if err != nil {
			return err
		}
		if err := activity.takesSignup(s.DB.Now()); err != nil {
			return err
		}
		signup, _, err = s.holdPlace(ctx, asked)
		return err
	})
	return signup, err
}

// signUpTogether signs up many at once, in the order in which they came: first on the places that are left,
// then on the waiting list.
func (s *Service) signUpTogether(ctx context.Context, activityID string, asked []Signup) ([]db.Outcome[Signup], error) {
	activity, err := s.store().activity(ctx, activityID)
	if err != nil {
		return nil, err
	}
	held, err := s.store().signupsByPerson(ctx, activityID, peopleOf(asked))
	if err != nil {
		return nil, err
	}
	outcomes := make([]db.Outcome[Signup], len(asked))
	var made []Signup
	for i, signup := range asked {
		earlier, known := held[signup.PersonID]
		switch {
		case known:
			outcomes[i].Answer = earlier
			continue
		case activity.takesSignup(s.DB.Now()) != nil:
			outcomes[i].Err = errNotOpen
			continue
		case activity.Taken+int64(len(made)) >= activity.Capacity:
			signup.State = Waiting
		}
		made = append(made, signup)
		held[signup.PersonID], outcomes[i].Answer = signup, signup
	}
	return outcomes, s.signUpAll(ctx, activityID, made)
}

// signUpAll stores sign-ups, those who hold a place first, or none of them. The people are held before, in one order:
// whoever leaves at this moment has left, or gives the place back.
func (s *Service) signUpAll(ctx context.Context, activityID string, made []Signup) error {
	if len(made) == 0 {
		return nil
	}
	return s.DB.InBatch(ctx, func(ctx context.Context) error {
		for _, personID := range slices.Sorted(slices.Values(peopleOf(made))) {
			if err := s.People.Hold(ctx, personID); err != nil {
				return err
			}
		}
		for _, signup := range made {
			if err := s.store().insertSignup(ctx, signup); err != nil {
				return err
			}
		}
		for _, signup := range made {
			take := s.store().takePlace
			if signup.State == Waiting {
				take = s.store().joinQueue
			}
			if taken, err := take(ctx, activityID); err != nil || !taken {
				return errors.Join(db.ErrPresumed, err)
			}
		}
		return nil
	})
}

func peopleOf(signups []Signup) []string {
	people := make([]string, len(signups))
	for i, signup := range signups {
		people[i] = signup.PersonID
	}
	return people
}

// requireWelcome is fault.ErrForbidden for who neither lives in the activity's community nor belongs to its team.
func (s *Service) requireWelcome(ctx context.Context, caller web.Caller, activity Activity) error {
	scope, err := s.scopeOf(ctx, activity)
	if err != nil || region.May(caller, region.LiveHere, scope) {
		return err
	}
	return s.requireBelonging(ctx, activity.TeamID, caller.PersonID)
}

// requireBelonging is fault.ErrForbidden for who does not belong to the team.
func (s *Service) requireBelonging(ctx context.Context, teamID, personID string) error {
	people, err := s.belonging(ctx, teamID)
	if err != nil {
		return err
	}
	if !slices.Contains(people, personID) {
		return fault.ErrForbidden
	}
	return nil
}

// holdPlace stores a new sign-up. The row that everybody signs up by, the activity's, is changed last, so
// that others wait for it no longer than for one commit.
func (s *Service) holdPlace(ctx context.Context, asked Signup) (Signup, bool, error) {
	err := s.store().insertSignup(ctx, asked)
	if db.IsUnique(err) { // the same person signed up at the same moment
		held, _, err := s.store().signup(ctx, asked.ActivityID, asked.PersonID)
		return held, false, err
	}
	if err != nil {
		return Signup{}, false, err
	}
	for range 3 { // between finding no place and joining the queue, somebody may have left
		taken, err := s.store().takePlace(ctx, asked.ActivityID)
		if err != nil || taken {
			return asked, true, err
		}
		queued, err := s.store().joinQueue(ctx, asked.ActivityID)
		if err != nil {
			return Signup{}, false, err
		}
		if queued {
			_, err := s.store().moveSignup(ctx, asked, Waiting, false)
			asked.State = Waiting
			return asked, true, err
		}
	}
	return Signup{}, false, s.whyNot(ctx, asked.ActivityID, errBusy)
}

// whyNot tells why a guarded change of an activity found nothing to change: it is not open any more, or
// otherwise.
func (s *Service) whyNot(ctx context.Context, activityID string, otherwise error) error {
	activity, err := s.store().activity(ctx, activityID)
	if err != nil {
		return err
	}
	if activity.State != Published {
		return errNotOpen
	}
	return otherwise
}

// Withdraw gives up the caller's place, or place in the queue. Until the end the first in the queue moves up in the
// same transaction. Who is not signed up has nothing to give up.
func (s *Service) Withdraw(ctx context.Context, caller web.Caller, activityID string) error {
	if _, err := s.visible(ctx, caller, activityID); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.withdraw(ctx, activityID, caller.PersonID) })
}

func (s *Service) withdraw(ctx context.Context, activityID, personID string) error {
	activity, err := s.store().hold(ctx, activityID)
	if err != nil {
		return err
	}
	signup, known, err := s.store().signup(ctx, activityID, personID)
	if err != nil || !known {
		return err
	}
	if signup.Attended {
		return errAttended
	}
	if activity.State != Published {
		return errNotOpen
	}
	if err := s.store().deleteSignup(ctx, signup); err != nil {
		return err
	}
	if signup.State == Waiting {
		return s.store().leaveQueue(ctx, activityID)
	}
	if activity.takesSignup(s.DB.Now()) != nil { // over: nobody is sent there any more
		return s.store().leavePlace(ctx, activityID)
	}
	return s.passOn(ctx, activity)
}

// passOn gives a place that has become free to the first in the queue, or back to the activity, which is held.
func (s *Service) passOn(ctx context.Context, activity Activity) error {
	first, someone, err := s.store().firstWaiting(ctx, activity.ID)
	if err != nil {
		return err
	}
	if !someone {
		return s.store().leavePlace(ctx, activity.ID)
	}
	moved, err := s.store().moveSignup(ctx, first, Holding, false)
	if err != nil {
		return err
	}
	if !moved {
		return errBusy
	}
	if err := s.store().leaveQueue(ctx, activity.ID); err != nil {
		return err
	}
	return s.tellMovedUp(ctx, activity, first)
}

const signupsByID = "signups"

// Signups lists who signed up, in that order, for the leader and the desk.
func (s *Service) Signups(ctx context.Context, caller web.Caller, activityID string, query web.PageQuery) (web.Page[Signup], error) {
	activity, err := s.requireDesk(ctx, caller, activityID)
	if err != nil {
		return web.Page[Signup]{}, err
	}
	after, err := query.AfterID(signupsByID)
	if err != nil {
		return web.Page[Signup]{}, err
	}
	listed, err := s.store().signups(ctx, activity.ID, after, query.Limit+1)
	if err != nil {
		return web.Page[Signup]{}, err
	}
	page := web.NewPage(signupsByID, listed, query.Limit, func(s Signup) []string { return []string{s.ID} })
	ids := make([]string, len(page.Items))
	for i, signup := range page.Items {
		ids[i] = signup.PersonID
	}
	people, err := s.summariesFor(ctx, false, ids)
	for i := range page.Items {
		page.Items[i].Person = people[page.Items[i].PersonID]
	}
	return page, err
}

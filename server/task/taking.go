package task

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"fivestar/server/db"
	"fivestar/server/region"
	"fivestar/server/task/internal/taskdb"
	"fivestar/server/web"
)

// taking is one person's wish for one place of a task.
type taking struct {
	id       string // of the claim, if it becomes one
	caller   web.Caller
	task     Task
	settings region.Settings
}

// Take takes one place of a task for the caller. isNew is false when the caller holds an open claim on it
// already: that claim is the answer then, whatever has become of the task meanwhile.
//
// Errors: 403 auth.forbidden without a home in the community, home.unverified; 409 task.not_open, task.full,
// and claim.limit when the person has had their turn or has too many claims in hand.
func (s *Service) Take(ctx context.Context, caller web.Caller, taskID string) (claim Claim, isNew bool, err error) {
	popular, err := s.popular(ctx, taskID)
	if err != nil {
		return Claim{}, false, err
	}
	wish := taking{id: db.NewID(), caller: caller, task: popular.Task}
	wish.settings, err = s.settingsToTake(ctx, caller, wish.task.RegionID)
	if err == nil {
		err = wish.task.admits(s.DB.Now())
	}
	if err != nil {
		return s.heldInstead(ctx, caller, popular, err)
	}
	claim, err = s.takers.Do(ctx, taskID, wish)
	if err != nil {
		return Claim{}, false, err
	}
	if claim.Task == nil { // not shown yet
		claim, err = s.shown(ctx, caller, claim)
	}
	return claim, claim.ID == wish.id, err
}

// heldInstead gives the claim that somebody holds who cannot take one now, and else why they cannot. Whoever
// comes for a full task is told so from memory, unless they are one of those who filled it.
func (s *Service) heldInstead(ctx context.Context, caller web.Caller, popular popularTask, why error) (Claim, bool, error) {
	if popular.holders != nil && !popular.holders[caller.PersonID] {
		return Claim{}, false, why
	}
	held, isHeld, err := s.store().openClaim(ctx, popular.ID, caller.PersonID)
	if err != nil {
		return Claim{}, false, err
	}
	if !isHeld {
		return Claim{}, false, why
	}
	held, err = s.shown(ctx, caller, held)
	return held, false, err
}

// popularTask is a task as it is remembered between those who want a place of it.
type popularTask struct {
	Task
	// holders are the people with an open claim on a task that is full, nil for one that is not.
	holders map[string]bool
}

func (s *Service) popular(ctx context.Context, taskID string) (popularTask, error) {
	return s.popularTasks.Get(ctx, taskID, func(ctx context.Context) (popularTask, error) {
		task, err := s.store().task(ctx, taskID)
		if err != nil || task.PlacesLeft > 0 {
			return popularTask{Task: task}, err
		}
		people, err := s.store().queries(ctx).OpenClaimants(ctx, taskID)
		holders := make(map[string]bool, len(people))
		for _, personID := range people {
			holders[personID] = true
		}
		return popularTask{task, holders}, err
	})
}

// forgetPopular has a task read anew once the transaction of ctx, which changed it, is committed.
func (s *Service) forgetPopular(ctx context.Context, taskID string) {
	s.DB.AfterCommit(ctx, func() { s.popularTasks.Forget(taskID) })
}

// takeAlone takes a place for one person. The claim that the person may have got meanwhile is looked for
// first: an answer may have been lost, or the commit's own.
func (s *Service) takeAlone(ctx context.Context, _ string, wish taking) (claim Claim, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().queueUp(ctx, wish.caller.PersonID); err != nil {
			return err
		}
		var isHeld bool
		claim, isHeld, err = s.store().openClaim(ctx, wish.task.ID, wish.caller.PersonID)
		if err != nil || isHeld {
			return err
		}
		if err := s.requireTurn(ctx, wish.caller, wish.task); err != nil {
			return err
		}
		if err := s.requireFreeHands(ctx, wish.caller, wish.settings); err != nil {
			return err
		}
		claim, err = s.hold(ctx, wish.caller, wish.task, wish.id, "")
		return err
	})
	return claim, err
}

// takeTogether takes a place for each of many who want one of the same task: it looks at all of them at once,
// and holds places for those who may have one, in the order in which they came, as long as there are any.
func (s *Service) takeTogether(ctx context.Context, taskID string, wishes []taking) ([]db.Outcome[Claim], error) {
	seen, err := s.lookAt(ctx, taskID, wishes)
	if err != nil {
		return nil, err
	}
	outcomes := make([]db.Outcome[Claim], len(wishes))
	takers := map[string]taking{}
	for i, wish := range wishes {
		personID := wish.caller.PersonID
		if _, comesAgain := takers[personID]; comesAgain || seen.open[personID] != "" {
			continue
		}
		outcomes[i].Err = seen.refusal(wish, int64(len(takers)))
		if outcomes[i].Err == nil {
			wish.task.PlacesLeft = seen.places - int64(len(takers)) - 1
			takers[personID] = wish
		}
	}
	claims, err := s.holdTogether(ctx, taskID, takers, seen)
	if err != nil {
		return nil, err
	}
	if seen.places == int64(len(takers)) {
		s.popularTasks.Forget(taskID) // those who come now are to find it full
	}
	return outcomes, s.answerHolders(ctx, wishes, seen, claims, outcomes)
}

// seenAtOnce is what was read, at one moment, of a task and of all who want a place of it.
type seenAtOnce struct {
	isOpen   bool
	places   int64
	attempts map[string]int64
	toDo     map[string]int64
	// open and turn are ids of claims that a person has on the task.
	open, turn map[string]string
	names      map[string]string
}

func (s *Service) lookAt(ctx context.Context, taskID string, wishes []taking) (seenAtOnce, error) {
	var people, turns, named []string
	for _, wish := range wishes {
		people = append(people, wish.caller.PersonID)
		turns = append(turns, turnKey(wish.caller.PersonID, wish.task.Repeat, s.DB.Now()))
		named = append(named, wish.caller.Hands()...)
	}
	people, turns, named = db.PadToPowerOfTwo(people), db.PadToPowerOfTwo(turns), db.PadToPowerOfTwo(named)
	rows, err := s.store().queries(ctx).LookAtClaimants(ctx, taskdb.LookAtClaimantsParams{
		Claimants: people, Workers: people, TaskID: taskID, OpenKeys: people, TurnKeys: turns, Now: db.Millis(s.DB.Now()), People: named,
	})
	if err != nil {
		return seenAtOnce{}, fmt.Errorf("look at who wants a place of %q: %w", taskID, err)
	}
	seen := seenAtOnce{attempts: map[string]int64{}, toDo: map[string]int64{}, open: map[string]string{}, turn: map[string]string{},
		names: map[string]string{}}
	for _, row := range rows {
		switch row.What {
		case "attempts":
			seen.attempts[row.ID] = row.Number
		case "to do":
			seen.toDo[row.ID] = row.Number
		case "open":
			seen.open[row.ID] = row.Text
		case "turn":
			seen.turn[row.ID] = row.Text
		case "name":
			seen.names[row.ID] = row.Text
		case "places":
			seen.isOpen, seen.places = true, row.Number
		}
	}
	return seen, nil
}

// refusal is why a wish cannot be granted when so many others of the same group get a place, nil when it can.
func (seen seenAtOnce) refusal(wish taking, others int64) error {
	personID := wish.caller.PersonID
	switch {
	case seen.turn[personID] != "":
		return wish.task.turnIsUsed()
	case seen.toDo[personID] >= int64(wish.settings.OpenClaims):
		return errHandsFull
	case !seen.isOpen:
		return errNotOpen
	case seen.places <= others:
		return errFull
	}
	return nil
}

// holdTogether stores a claim for every taker, or none when one of them, or the task, is not as it was seen.
// It gives the claims by person.
func (s *Service) holdTogether(ctx context.Context, taskID string, takers map[string]taking, seen seenAtOnce) (map[string]Claim, error) {
	claims := make(map[string]Claim, len(takers))
	if len(takers) == 0 {
		return claims, nil
	}
	now := s.DB.Now()
	for personID, wish := range takers {
		claim := newClaim(wish.id, wish.task, personID, wish.caller.HelperID, "", now)
		claim.Timeline = []Event{eventBy(wish.caller, claim.ID, actClaim, "", now)}
		claim.Task = &wish.task
		claim.named(seen.names)
		claims[personID] = claim
	}
	people := slices.Sorted(maps.Keys(takers)) // all lock people in this order, or they would stop each other
	err := s.DB.InBatch(ctx, func(ctx context.Context) error {
		for _, personID := range people {
			if err := s.store().queueUpAsSeen(ctx, personID, seen.attempts[personID]); err != nil {
				return err
			}
		}
		if err := s.store().takePlaces(ctx, taskID, int64(len(people)), now); err != nil {
			return err
		}
		for _, personID := range people {
			if err := s.store().insertClaim(ctx, claims[personID]); err != nil {
				return err
			}
		}
		for _, personID := range people {
			if err := s.store().record(ctx, claims[personID].Timeline[0]); err != nil {
				return err
			}
		}
		return nil
	})
	return claims, err
}

// answerHolders gives everybody who holds a claim, since now or since before, that claim.
func (s *Service) answerHolders(ctx context.Context, wishes []taking, seen seenAtOnce, claims map[string]Claim, outcomes []db.Outcome[Claim]) error {
	held, err := s.store().claimsByID(ctx, slices.Collect(maps.Values(seen.open)))
	if err != nil {
		return err
	}
	for i, wish := range wishes {
		if outcomes[i].Err != nil {
			continue
		}
		claim, isNew := claims[wish.caller.PersonID]
		if !isNew {
			claim = held[seen.open[wish.caller.PersonID]]
		}
		outcomes[i].Answer = claim
	}
	return nil
}

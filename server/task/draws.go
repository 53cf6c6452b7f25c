package task

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"

	"fivestar/server/db"
	"fivestar/server/region"
	"fivestar/server/web"
)

// Draw draws a card for the caller at a station: a task that hangs there, has a place left, and that the
// person may still take, at random by weight. A card put back today comes again only when there is no other.
// isNew is false when the caller has a drawn card of this station open already: that one is the answer.
//
// Errors: those of Take, without task.not_open and task.full; 409 station.no_card.
func (s *Service) Draw(ctx context.Context, caller web.Caller, stationID string) (claim Claim, isNew bool, err error) {
	station, err := s.store().station(ctx, stationID)
	if err != nil {
		return Claim{}, false, err
	}
	settings, err := s.settingsToTake(ctx, caller, station.RegionID)
	if err != nil {
		return Claim{}, false, err
	}
	id := db.NewID()
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		claim, err = s.keepOrDraw(ctx, caller, station.ID, settings, id)
		return err
	})
	if err != nil {
		return Claim{}, false, err
	}
	claim, err = s.shown(ctx, caller, claim)
	return claim, claim.ID == id, err
}

func (s *Service) keepOrDraw(ctx context.Context, caller web.Caller, stationID string, settings region.Settings, id string) (Claim, error) {
	if err := s.store().queueUp(ctx, caller.PersonID); err != nil {
		return Claim{}, err
	}
	held, found, err := s.store().openCard(ctx, stationID, caller.PersonID)
	if err != nil || found {
		return held, err
	}
	if err := s.requireFreeHands(ctx, caller, settings); err != nil {
		return Claim{}, err
	}
	deck, err := s.deckFor(ctx, caller, stationID)
	if err != nil {
		return Claim{}, err
	}
	for len(deck) > 0 {
		card := pick(deck)
		claim, err := s.hold(ctx, caller, deck[card], id, stationID)
		if !errors.Is(err, errFull) && !errors.Is(err, errNotOpen) {
			return claim, err
		}
		deck = slices.Delete(deck, card, card+1) // somebody else had its last place
	}
	return Claim{}, errNoCard
}

// pick picks one of a deck at random, by weight.
func pick(deck []Task) int {
	weights := make([]int64, len(deck))
	sum := int64(0)
	for i, task := range deck {
		weights[i] = task.DrawWeight
		sum += task.DrawWeight
	}
	return picked(weights, rand.Int64N(sum))
}

// deckFor gives the cards at a station that the caller may draw.
func (s *Service) deckFor(ctx context.Context, caller web.Caller, stationID string) ([]Task, error) {
	now := s.DB.Now()
	deck, err := s.store().deck(ctx, stationID, now)
	if err != nil || len(deck) == 0 {
		return nil, err
	}
	ids := make([]string, len(deck))
	for i, task := range deck {
		ids[i] = task.ID
	}
	taken, err := s.store().notForTaking(ctx, caller.PersonID, ids, now)
	if err != nil {
		return nil, err
	}
	deck = slices.DeleteFunc(deck, func(task Task) bool { return taken[task.ID] })
	putBack, found, err := s.store().cardPutBack(ctx, stationID, putBackKey(caller.PersonID, now))
	if err != nil || !found || len(deck) == 1 {
		return deck, err
	}
	return slices.DeleteFunc(deck, func(task Task) bool { return task.ID == putBack.TaskID }), nil
}

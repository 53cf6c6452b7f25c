package reward

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/reward/internal/rewarddb"
	"fivestar/server/web"
)

// wish is one person's wish for one piece of a reward.
type wish struct {
	id         string // of the redemption, if it becomes one
	caller     web.Caller
	reward     Reward
	requestKey string // the request's Idempotency-Key, or empty
}

// posting is what the wish costs, once it has become a redemption.
func (w wish) posting() points.Posting {
	return points.Posting{
		PersonID: w.caller.PersonID, CommunityID: w.reward.RegionID, Amount: w.reward.Price, Kind: points.KindRedemption,
		SourceID: w.id, Memo: w.reward.Title, Hands: w.caller.Hands(),
	}
}

// Redeem takes the points and one piece of the stock, or neither. A request that comes again with the key of an
// earlier one, whose answer was lost, is given what that one made.
//
// Errors: 403 auth.forbidden for somebody who neither lives there nor has points there; 409 reward.not_open,
// reward.out_of_stock, reward.limit, points.short.
func (s *Service) Redeem(ctx context.Context, caller web.Caller, rewardID, requestKey string) (Redemption, error) {
	wanted, err := s.wanted(ctx, rewardID)
	if err != nil {
		return Redemption{}, err
	}
	if err := s.requireSpender(ctx, caller, wanted.Reward); err != nil {
		return Redemption{}, err
	}
	if err := wanted.admits(s.DB.Now()); err != nil {
		return s.redeemedBefore(ctx, caller, wanted, requestKey, err)
	}
	redemption, err := s.redeem(ctx, caller, wanted.Reward, requestKey)
	if err != nil {
		return Redemption{}, err
	}
	return s.told(caller, redemption), nil
}

// redeem tries again with another id when the code of the first is taken: what failed has left nothing behind, but
// in a transaction of the caller's own.
func (s *Service) redeem(ctx context.Context, caller web.Caller, reward Reward, requestKey string) (Redemption, error) {
	const tries = 3
	for try := 1; ; try++ {
		redemption, err := s.redeemers.Do(ctx, reward.ID, wish{id: db.NewID(), caller: caller, reward: reward, requestKey: requestKey})
		if !db.IsUnique(err) {
			return redemption, err
		}
		if try == tries || db.InTransaction(ctx) {
			return Redemption{}, errors.Join(db.ErrBusy, err)
		}
	}
}

// requireSpender lets those in who live in the reward's community, and those who have moved away and have points
// there still.
func (s *Service) requireSpender(ctx context.Context, caller web.Caller, reward Reward) error {
	community, err := s.Regions.Get(ctx, reward.RegionID)
	if err != nil {
		return err
	}
	if !reward.isPublic() {
		return fault.ErrForbidden
	}
	if region.May(caller, region.LiveHere, region.In(community)) {
		return nil
	}
	balance, err := s.Points.BalanceIn(ctx, caller.PersonID, community.ID)
	if err == nil && balance == 0 {
		return fault.ErrForbidden
	}
	return err
}

// redeemedBefore gives what the same request made before to somebody who cannot redeem now, and else why they
// cannot. Whoever comes too late is told so from memory, unless they have redeemed some.
func (s *Service) redeemedBefore(ctx context.Context, caller web.Caller, wanted wantedReward, requestKey string, why error) (Redemption, error) {
	if wanted.redeemers != nil && !wanted.redeemers[caller.PersonID] {
		return Redemption{}, why
	}
	redemption, isThere, err := s.earlier(ctx, wish{caller: caller, reward: wanted.Reward, requestKey: requestKey})
	if err == nil && !isThere {
		err = why
	}
	return s.told(caller, redemption), err
}

// wantedReward is a reward as it is remembered between those who want a piece of it.
type wantedReward struct {
	Reward
	// redeemers are the people who have ever redeemed a reward that is out of stock, nil for one that is not.
	redeemers map[string]bool
}

func (s *Service) wanted(ctx context.Context, rewardID string) (wantedReward, error) {
	return s.wantedRewards.Get(ctx, rewardID, func(ctx context.Context) (wantedReward, error) {
		reward, err := s.store().reward(ctx, rewardID)
		if err != nil || reward.StockLeft > 0 {
			return wantedReward{Reward: reward}, err
		}
		people, err := s.store().queries(ctx).Redeemers(ctx, rewardID)
		redeemers := make(map[string]bool, len(people))
		for _, personID := range people {
			redeemers[personID] = true
		}
		return wantedReward{reward, redeemers}, err
	})
}

// forgetWanted has a reward read anew once the transaction of ctx, which changed it, is committed.
func (s *Service) forgetWanted(ctx context.Context, rewardID string) {
	s.DB.AfterCommit(ctx, func() { s.wantedRewards.Forget(rewardID) })
}

// redeemAlone redeems for one person. The stock is taken first: that locks the reward, so that whoever redeems the
// same one elsewhere waits, and the person's turns are counted on what is there.
func (s *Service) redeemAlone(ctx context.Context, _ string, wish wish) (redemption Redemption, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		stock := s.store().takeStock(ctx, wish.reward.ID, 1, s.DB.Now())
		if stock != nil && !errors.Is(stock, errOutOfStock) {
			return stock
		}
		earlier, isThere, err := s.earlier(ctx, wish)
		switch {
		case err != nil:
			return err
		case isThere && stock == nil:
			redemption = earlier
			return s.store().freeStock(ctx, wish.reward.ID)
		case isThere:
			redemption = earlier
			return nil
		case stock != nil:
			return s.whyNoStock(ctx, wish.reward.ID)
		}
		redemption, err = s.takeTurn(ctx, wish)
		return err
	})
	return redemption, asShort(err)
}

// earlier gives what an earlier request with the same key has made.
func (s *Service) earlier(ctx context.Context, wish wish) (redemption Redemption, isThere bool, err error) {
	if wish.requestKey == "" {
		return Redemption{}, false, nil
	}
	redemption, err = s.store().redemptionOfRequest(ctx, wish.reward.ID, wish.caller.PersonID, wish.requestKey)
	if errors.Is(err, fault.ErrNotFound) {
		return Redemption{}, false, nil
	}
	redemption.Reward = &wish.reward
	return redemption, err == nil, err
}

// takeTurn makes the redemption of a piece that is taken, and takes the points for it.
func (s *Service) takeTurn(ctx context.Context, wish wish) (Redemption, error) {
	used, err := s.store().usedTurns(ctx, wish.reward.ID, wish.caller.PersonID)
	if err != nil {
		return Redemption{}, err
	}
	turn, err := wish.reward.freeTurn(wish.caller.PersonID, used)
	if err != nil {
		return Redemption{}, err
	}
	redemption := newRedemption(wish.id, wish.reward, wish.caller, turn, wish.requestKey, s.DB.Now())
	if err := s.store().insertRedemption(ctx, redemption, s.codeHash(s.code(wish.id))); err != nil {
		return Redemption{}, err
	}
	return redemption, s.Points.DebitTogether(ctx, wish.reward.RegionID, []points.Posting{wish.posting()})
}

// asShort says points.short in the words of who wants to redeem.
func asShort(err error) error {
	if errors.Is(err, errShort) {
		return errShort
	}
	return err
}

// whyNoStock tells a reward that is out of stock from one that was closed meanwhile.
func (s *Service) whyNoStock(ctx context.Context, rewardID string) error {
	reward, err := s.store().reward(ctx, rewardID)
	if err != nil {
		return err
	}
	if err := reward.admits(s.DB.Now()); err != nil {
		return err
	}
	return errOutOfStock
}

// redeemTogether redeems for each of many who want a piece of the same reward: it looks at all of them at once, and
// takes a piece and the points for those who may have one, in the order in which they came, as long as there are
// any.
func (s *Service) redeemTogether(ctx context.Context, rewardID string, wishes []wish) ([]db.Outcome[Redemption], error) {
	seen, err := s.lookAt(ctx, rewardID, wishes)
	if err != nil {
		return nil, err
	}
	outcomes := make([]db.Outcome[Redemption], len(wishes))
	granted := map[int]Redemption{}
	for i, wish := range wishes {
		if earlier, isThere := seen.requests[requestOf(wish)]; isThere {
			earlier.Reward = &wish.reward
			outcomes[i].Answer = earlier
			continue
		}
		turn, err := seen.grant(wish)
		if err != nil {
			outcomes[i].Err = err
			continue
		}
		wish.reward.StockLeft = seen.stock
		redemption := newRedemption(wish.id, wish.reward, wish.caller, turn, wish.requestKey, s.DB.Now())
		granted[i], outcomes[i].Answer = redemption, redemption
		if wish.requestKey != "" {
			seen.requests[requestOf(wish)] = redemption
		}
	}
	if err := s.storeTogether(ctx, rewardID, wishes, granted); err != nil {
		return nil, err
	}
	if seen.stock == 0 {
		s.wantedRewards.Forget(rewardID) // those who come now are to find it gone
	}
	return outcomes, nil
}

// storeTogether stores what was granted, by the place of its wish, or none when something is not as it was seen.
func (s *Service) storeTogether(ctx context.Context, rewardID string, wishes []wish, granted map[int]Redemption) error {
	if len(granted) == 0 {
		return nil
	}
	return s.DB.InBatch(ctx, func(ctx context.Context) error {
		if err := s.store().takeStock(ctx, rewardID, len(granted), s.DB.Now()); err != nil {
			return err
		}
		var postings []points.Posting
		for i, wish := range wishes {
			redemption, isGranted := granted[i]
			if !isGranted {
				continue
			}
			if err := s.store().insertRedemption(ctx, redemption, s.codeHash(s.code(redemption.ID))); err != nil {
				return err
			}
			postings = append(postings, wish.posting())
		}
		return s.Points.DebitTogether(ctx, wishes[0].reward.RegionID, postings)
	})
}

// request names a request of a person.
type request struct{ personID, key string }

func requestOf(w wish) request { return request{w.caller.PersonID, w.requestKey} }

// seenAtOnce is what was read, at one moment, of a reward and of all who want a piece of it, less what has been
// granted since.
type seenAtOnce struct {
	isOpen   bool
	stock    int64
	used     map[string]bool // turns
	balances map[string]int64
	requests map[request]Redemption
}

func (s *Service) lookAt(ctx context.Context, rewardID string, wishes []wish) (seenAtOnce, error) {
	people := db.PadToPowerOfTwo(idsOf(wishes, func(w wish) string { return w.caller.PersonID }))
	keys := db.PadToPowerOfTwo(idsOf(wishes, func(w wish) string { return w.requestKey }))
	rows, err := s.store().queries(ctx).LookAtRedeemers(ctx, rewarddb.LookAtRedeemersParams{
		RewardID: rewardID, Now: db.Millis(s.DB.Now()), Redeemers: people, Askers: people, RequestKeys: keys, Spenders: people,
		CommunityID: wishes[0].reward.RegionID,
	})
	if err != nil {
		return seenAtOnce{}, fmt.Errorf("look at who wants a piece of %q: %w", rewardID, err)
	}
	seen := seenAtOnce{used: map[string]bool{}, balances: map[string]int64{}, requests: map[request]Redemption{}}
	var earlier []string
	for _, row := range rows {
		switch row.What {
		case "stock":
			seen.isOpen, seen.stock = true, row.Number
		case "turn":
			seen.used[row.Text] = true
		case "request":
			earlier = append(earlier, row.ID)
		case "balance":
			seen.balances[row.ID] = row.Number
		}
	}
	return seen, s.addEarlier(ctx, seen.requests, earlier)
}

// addEarlier reads the redemptions that requests of the same keys have made before. Hardly ever are there any.
func (s *Service) addEarlier(ctx context.Context, requests map[request]Redemption, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	slices.Sort(ids)
	found, err := redemptionsOfRows(s.store().queries(ctx).GetRedemptions(ctx, ids))
	for _, redemption := range found {
		requests[request{redemption.PersonID, redemption.requestKey}] = redemption
	}
	return err
}

// grant takes what a wish needs from what was seen and gives the turn it takes, or says why it cannot.
func (seen *seenAtOnce) grant(w wish) (turn string, err error) {
	if !seen.isOpen {
		return "", errNotOpen
	}
	if turn, err = w.reward.freeTurn(w.caller.PersonID, seen.used); err != nil {
		return "", err
	}
	switch {
	case seen.stock <= 0:
		return "", errOutOfStock
	case seen.balances[w.caller.PersonID] < w.reward.Price:
		return "", errShort
	}
	seen.stock--
	seen.used[turn] = true
	seen.balances[w.caller.PersonID] -= w.reward.Price
	return turn, nil
}

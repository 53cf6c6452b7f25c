package reward

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/web"
)

// openStore gives a store on an empty database, with one reward of two pieces in it, open until an hour from now.
func openStore(t *testing.T) (store, Reward) {
	t.Helper()
	opened, err := db.Open(t.Context(), engine.Database(t), t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := store{opened}
	now := opened.Now()
	reward := Reward{ID: db.NewID(), RegionID: db.NewID(), State: Draft, Kind: Goods, Title: "大米一袋", Price: 10, Stock: 2, StockLeft: 2,
		PerPersonLimit: 1, RedeemFrom: now.Add(-time.Hour), RedeemUntil: now.Add(time.Hour), FetchDays: 7, CreatedAt: now, version: 1}
	s.must(t, func(ctx context.Context) error { return s.insertReward(ctx, reward) })
	s.must(t, func(ctx context.Context) error { return s.publish(ctx, reward) })
	read, err := s.reward(t.Context(), reward.ID)
	if err != nil {
		t.Fatal(err)
	}
	return s, read
}

func (s store) must(t *testing.T, write func(ctx context.Context) error) {
	t.Helper()
	if err := s.db.InTx(t.Context(), write); err != nil {
		t.Fatal(err)
	}
}

// refused fails unless the write is refused with want, and nothing else.
func (s store) refused(t *testing.T, what string, want error, write func(ctx context.Context) error) {
	t.Helper()
	if err := s.db.InTx(t.Context(), write); !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// The guards of the updates hold by themselves, whatever the rules above them have let through.
func TestGuards(t *testing.T) {
	s, reward := openStore(t)
	now := s.db.Now()
	take := func(pieces int, at time.Time) func(ctx context.Context) error {
		return func(ctx context.Context) error { return s.takeStock(ctx, reward.ID, pieces, at) }
	}
	s.refused(t, "more pieces than there are", errOutOfStock, take(3, now))
	s.refused(t, "before the window", errOutOfStock, take(1, reward.RedeemFrom.Add(-time.Millisecond)))
	s.refused(t, "after the window", errOutOfStock, take(1, reward.RedeemUntil))
	s.must(t, take(2, now))
	s.refused(t, "one more piece", errOutOfStock, take(1, now))

	reward.Stock = 1
	s.refused(t, "less stock than is taken", errChanged, func(ctx context.Context) error { return s.updateReward(ctx, reward) })
	reward.Stock = 3
	s.must(t, func(ctx context.Context) error { return s.updateReward(ctx, reward) })
	s.refused(t, "a change of an older version", errChanged, func(ctx context.Context) error { return s.updateReward(ctx, reward) })
	s.refused(t, "publishing twice", errChanged, func(ctx context.Context) error { return s.publish(ctx, reward) })

	s.must(t, func(ctx context.Context) error { return s.freeStock(ctx, reward.ID) })
	s.must(t, func(ctx context.Context) error { return s.freeStock(ctx, reward.ID) })
	if err := s.db.InTx(t.Context(), func(ctx context.Context) error { return s.freeStock(ctx, reward.ID) }); err == nil {
		t.Error("a piece was freed that nobody had")
	}
	s.must(t, func(ctx context.Context) error { return s.close(ctx, reward) })
	s.refused(t, "a piece of a closed reward", errOutOfStock, take(1, now))
	s.refused(t, "closing twice", errMoved, func(ctx context.Context) error { return s.close(ctx, reward) })
}

// The unique indexes hold a redemption to its turn, its code and its request.
func TestKeysAreUnique(t *testing.T) {
	s, reward := openStore(t)
	insert := func(person, turn, request, code string) error {
		redemption := newRedemption(db.NewID(), reward, web.Caller{PersonID: person}, turn, request, s.db.Now())
		return s.db.InTx(t.Context(), func(ctx context.Context) error { return s.insertRedemption(ctx, redemption, code) })
	}
	if err := insert("P", "P:0", "tap", "hash1"); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"the same turn":    insert("P", "P:0", "tap2", "hash2"),
		"the same code":    insert("Q", "Q:0", "tap", "hash1"),
		"the same request": insert("P", "P:1", "tap", "hash3"),
	} {
		if !db.IsUnique(err) {
			t.Errorf("%s was kept twice: %v", what, err)
		}
	}
	if err := insert("Q", "Q:0", "tap", "hash4"); err != nil {
		t.Errorf("somebody else with a key of the same name: %v", err)
	}
}

func TestARedemptionEndsOnce(t *testing.T) {
	s, reward := openStore(t)
	now := s.db.Now()
	redemption := newRedemption(db.NewID(), reward, web.Caller{PersonID: "P"}, "P:0", "", now)
	s.must(t, func(ctx context.Context) error { return s.insertRedemption(ctx, redemption, "hash") })
	end := func(as RedemptionState, at, unexpired time.Time) func(ctx context.Context) error {
		ended := redemption
		ended.State, ended.EndedAt = as, at
		return func(ctx context.Context) error { return s.end(ctx, ended, unexpired) }
	}
	late := redemption.ExpiresAt
	s.refused(t, "fulfilled too late", errExpired, end(Fulfilled, late, late))
	s.must(t, end(Fulfilled, now, now))
	s.refused(t, "fulfilled twice", errDone, end(Fulfilled, now, now))
	s.refused(t, "cancelled after that", errDone, end(Cancelled, now, time.Time{}))
	s.refused(t, "expired after that", errDone, end(Expired, late, time.Time{}))
}

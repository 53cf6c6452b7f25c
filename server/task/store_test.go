package task

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fivestar/server/db"
	"fivestar/server/db/engine"
)

// openStore gives a store on an empty database, with one published task of two places in it.
func openStore(t *testing.T) (store, Task) {
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
	task := goodDraft(opened.Now())
	task.ID, task.RegionID, task.Capacity, task.version = db.NewID(), db.NewID(), 2, 1
	s.must(t, func(ctx context.Context) error { return s.insertTask(ctx, task) })
	s.must(t, func(ctx context.Context) error { return s.publish(ctx, task) })
	return s, s.read(t, task.ID)
}

func (s store) read(t *testing.T, id string) Task {
	t.Helper()
	task, err := s.task(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return task
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
	s, task := openStore(t)
	now := s.db.Now()
	take := func(ctx context.Context) error { return s.takePlace(ctx, task.ID, now) }
	s.refused(t, "a place after the window", errNotOpen, func(ctx context.Context) error { return s.takePlace(ctx, task.ID, task.ClaimUntil) })
	s.must(t, take)
	s.refused(t, "withdraw a task that is held", errTaskHeld, func(ctx context.Context) error { return s.withdraw(ctx, task) })
	s.must(t, take)
	s.refused(t, "one place too many", errFull, take)
	fewer := s.read(t, task.ID)
	fewer.Capacity = 1
	s.refused(t, "fewer places than are held", errTaskChanged, func(ctx context.Context) error { return s.updateTask(ctx, fewer) })
	stale := s.read(t, task.ID)
	stale.version--
	s.refused(t, "a change over another's", errTaskChanged, func(ctx context.Context) error { return s.updateTask(ctx, stale) })
	s.refused(t, "publish twice", errTaskMoved, func(ctx context.Context) error { return s.publish(ctx, s.read(t, task.ID)) })
	s.must(t, func(ctx context.Context) error { return s.close(ctx, task) })
	s.refused(t, "close twice", errTaskMoved, func(ctx context.Context) error { return s.close(ctx, task) })
	free := func(ctx context.Context) error { return s.freePlace(ctx, task.ID) }
	s.must(t, free)
	s.refused(t, "a place of a closed task", errNotOpen, take)
	s.must(t, free)
	if err := s.db.InTx(t.Context(), free); err == nil {
		t.Error("a place was freed that nobody held")
	}
}

func TestGuardedPlacesUnderARace(t *testing.T) {
	s, task := openStore(t)
	var taken atomic.Int64
	var people sync.WaitGroup
	for range 50 {
		people.Go(func() {
			err := s.db.InTx(t.Context(), func(ctx context.Context) error { return s.takePlace(ctx, task.ID, s.db.Now()) })
			switch {
			case err == nil:
				taken.Add(1)
			case !errors.Is(err, errFull):
				t.Error(err)
			}
		})
	}
	people.Wait()
	if taken.Load() != 2 || s.read(t, task.ID).PlacesLeft != 0 {
		t.Errorf("%d people have one of 2 places", taken.Load())
	}
}

func TestGuardOfMoves(t *testing.T) {
	s, task := openStore(t)
	now := s.db.Now()
	claim := newClaim(db.NewID(), task, "PERSON", "", "", now)
	s.must(t, func(ctx context.Context) error { return s.insertClaim(ctx, claim) })
	submitted, err := claim.after(actSubmit, now)
	if err != nil {
		t.Fatal(err)
	}
	s.must(t, func(ctx context.Context) error { return s.move(ctx, claim, submitted) })
	abandoned, err := claim.after(actAbandon, now) // by the rules' last knowledge
	if err != nil {
		t.Fatal(err)
	}
	s.refused(t, "a move from a state of the past", errClaimMoved, func(ctx context.Context) error { return s.move(ctx, claim, abandoned) })
	appealed := submitted
	appealed.Appeal = Pending
	s.refused(t, "a move from an appeal that is not there", errClaimMoved, func(ctx context.Context) error { return s.move(ctx, appealed, submitted) })
}

// The unique indexes hold by themselves, too.
func TestIndexes(t *testing.T) {
	s, task := openStore(t)
	now := s.db.Now()
	held := newClaim(db.NewID(), task, "PERSON", "", "STATION", now)
	held.keys.putBack = putBackKey("PERSON", now)
	s.must(t, func(ctx context.Context) error { return s.insertClaim(ctx, held) })
	tests := map[string]func(keys *keys){
		"two open claims on a task":         func(keys *keys) { keys.open = held.keys.open },
		"two claims in a turn":              func(keys *keys) { keys.turn = held.keys.turn },
		"two open cards of a station":       func(keys *keys) { keys.station = held.keys.station },
		"two cards put back on a day there": func(keys *keys) { keys.putBack = held.keys.putBack },
	}
	for name, same := range tests {
		another := newClaim(db.NewID(), task, "PERSON", "", "STATION", now)
		another.keys = keys{another.ID, another.ID, another.ID, another.ID}
		same(&another.keys)
		s.refused(t, name, errClaimMoved, func(ctx context.Context) error { return s.insertClaim(ctx, another) })
	}
	free := newClaim(db.NewID(), task, "PERSON", "", "STATION", now.Add(24*time.Hour))
	free.keys = keys{free.ID, free.ID, free.ID, free.ID}
	s.must(t, func(ctx context.Context) error { return s.insertClaim(ctx, free) })
}

// A person's claims come one after the other: the second waits until the first has committed, and sees it.
func TestQueueUp(t *testing.T) {
	s, _ := openStore(t)
	var inside, people atomic.Int64
	var done sync.WaitGroup
	for range 20 {
		done.Go(func() {
			err := s.db.InTx(t.Context(), func(ctx context.Context) error {
				if err := s.queueUp(ctx, "PERSON"); err != nil {
					return err
				}
				if inside.Add(1) != 1 {
					t.Error("two transactions of one person at once")
				}
				time.Sleep(2 * time.Millisecond)
				inside.Add(-1)
				people.Add(1)
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	if people.Load() < 20 {
		t.Errorf("%d of 20 got through", people.Load())
	}
}

package db_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fivestar/server/db"
	"fivestar/server/fault"
)

var errBad = errors.New("bad")

// toldOff is a member whom a group answers with an error, without failing itself.
const toldOff = 1000

// numbered is a group whose members are numbers, each answered by ten times itself; 0 is bad. It notes which
// went together.
type numbered struct {
	*db.Group[int, int]
	mutex  sync.Mutex
	groups [][]int
	alone  []int
	// outrun is how many runs find that somebody else was faster.
	outrun atomic.Int32
	// pace is called in every run.
	pace func()
}

func newNumbered(pace func()) *numbered {
	n := &numbered{pace: pace}
	n.Group = db.NewGroup(&db.DB{}, "numbers", n.runTogether, n.runAlone)
	return n
}

func (n *numbered) runTogether(_ context.Context, _ string, members []int) ([]db.Outcome[int], error) {
	n.mutex.Lock()
	n.groups = append(n.groups, members)
	n.mutex.Unlock()
	n.pace()
	if slices.Contains(members, 0) {
		return nil, errBad
	}
	if n.outrun.Add(-1) >= 0 {
		return nil, fmt.Errorf("store: %w", db.ErrPresumed)
	}
	answers := make([]db.Outcome[int], len(members))
	for i, member := range members {
		answers[i].Answer = 10 * member
		if member == toldOff {
			answers[i] = db.Outcome[int]{Err: errBad}
		}
	}
	return answers, nil
}

func (n *numbered) runAlone(_ context.Context, _ string, member int) (int, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.alone = append(n.alone, member)
	if member == 0 {
		return 0, errBad
	}
	return 10 * member, nil
}

// start is somebody whose answer is not looked at.
func (n *numbered) start(ctx context.Context, member int) { _, _ = n.Do(ctx, "a", member) }

func TestWhoComesMeanwhileGoesTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNumbered(func() { time.Sleep(time.Second) })
		const many = 100
		answers := make([]int, many+1)
		var all sync.WaitGroup
		for member := 1; member <= many; member++ {
			all.Go(func() {
				answer, err := n.Do(t.Context(), "a", member)
				if err != nil {
					t.Error(err)
				}
				answers[member] = answer
			})
			if member == 1 {
				synctest.Wait()
			}
		}
		all.Wait()
		for member := 1; member <= many; member++ {
			if answers[member] != 10*member {
				t.Errorf("%d was answered %d", member, answers[member])
			}
		}
		if len(n.groups) != 2 || len(n.groups[0]) != 1 || len(n.groups[1]) != many-1 {
			t.Errorf("%d groups, the first of %v; want the first alone and all others together", len(n.groups), n.groups[0])
		}
	})
}

func TestALoneCallerDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNumbered(func() {})
		start := time.Now()
		for member := 1; member <= 3; member++ {
			if _, err := n.Do(t.Context(), "a", member); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if waited := time.Since(start); waited != 0 || len(n.groups) != 3 {
			t.Errorf("three lone callers waited %s in %d groups", waited, len(n.groups))
		}
	})
}

func TestKeysDoNotWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNumbered(func() { time.Sleep(time.Second) })
		start := time.Now()
		var all sync.WaitGroup
		for member := 1; member <= 20; member++ {
			all.Go(func() { _, _ = n.Do(t.Context(), fmt.Sprint(member), member) })
		}
		all.Wait()
		if took := time.Since(start); took != time.Second {
			t.Errorf("twenty keys took %s, want the second that one takes", took)
		}
	})
}

func TestTheBadOneFailsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNumbered(func() { time.Sleep(time.Second) })
		go n.start(t.Context(), 99)
		synctest.Wait()
		var good, bad atomic.Int64
		var all sync.WaitGroup
		for member := range 20 {
			all.Go(func() {
				answer, err := n.Do(t.Context(), "a", member)
				switch {
				case member == 0 && errors.Is(err, errBad):
					bad.Add(1)
				case member != 0 && err == nil && answer == 10*member:
					good.Add(1)
				}
			})
		}
		all.Wait()
		if good.Load() != 19 || bad.Load() != 1 {
			t.Errorf("%d good ones and %d bad ones had their answer, want 19 and 1", good.Load(), bad.Load())
		}
	})
}

// A group that another server outran looks again, and goes one by one only when that goes on.
// A group that cannot be stored has ten seconds in all, however many are tried alone then: who has had no turn by then
// is told to come again.
func TestTheTimeOfAGroupIsItsMembersTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := db.NewGroup(&db.DB{}, "slow", func(context.Context, string, []int) ([]db.Outcome[int], error) {
			time.Sleep(4 * time.Second)
			return nil, errBad
		}, func(ctx context.Context, _ string, _ int) (int, error) {
			<-ctx.Done()
			return 0, ctx.Err()
		})
		start := time.Now()
		var all sync.WaitGroup
		for member := range 20 { // the first is a group alone, the others are one together
			all.Go(func() {
				if _, err := slow.Do(t.Context(), "a", member); !errors.Is(err, db.ErrBusy) {
					t.Errorf("%d is answered %v", member, err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("two groups took %s", took)
		}
	})
}

// With the database away nobody is tried alone: each would only wait as long again.
func TestADatabaseThatIsAwayIsEverybodysAnswer(t *testing.T) {
	alone := 0
	away := db.NewGroup(&db.DB{}, "away", func(context.Context, string, []int) ([]db.Outcome[int], error) {
		return nil, fmt.Errorf("store: %w", driver.ErrBadConn)
	}, func(context.Context, string, int) (int, error) {
		alone++
		return 0, nil
	})
	if _, err := away.Do(t.Context(), "a", 1); !db.IsAway(err) || alone != 0 {
		t.Errorf("answered %v, tried alone %d times", err, alone)
	}
}

func TestWhoWasOutrunLooksAgain(t *testing.T) {
	for outrun, alone := range map[int32]int{0: 0, 1: 0, 2: 0, 3: 1} {
		n := newNumbered(func() {})
		n.outrun.Store(outrun)
		if answer, err := n.Do(t.Context(), "a", 7); err != nil || answer != 70 || len(n.alone) != alone {
			t.Errorf("outrun %d times: %d, %v, %d alone; want 70 and %d alone", outrun, answer, err, len(n.alone), alone)
		}
	}
}

func TestOneToldOffLeavesTheOthersTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNumbered(func() { time.Sleep(time.Second) })
		go n.start(t.Context(), 99)
		synctest.Wait()
		var all sync.WaitGroup
		for member := toldOff; member < toldOff+5; member++ {
			all.Go(func() {
				if _, err := n.Do(t.Context(), "a", member); (err != nil) != (member == toldOff) {
					t.Errorf("%d: %v", member, err)
				}
			})
		}
		all.Wait()
		if len(n.groups) != 2 || len(n.alone) != 0 {
			t.Errorf("groups %v, alone %v; want all together", n.groups, n.alone)
		}
	})
}

func TestTheQueueIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNumbered(func() { time.Sleep(time.Second) })
		var served, refused atomic.Int64
		var all sync.WaitGroup
		const many = 2500
		for range many {
			all.Go(func() {
				_, err := n.Do(t.Context(), "a", 1)
				var known *fault.Error
				switch {
				case err == nil:
					served.Add(1)
				case errors.As(err, &known) && known.Kind == fault.Unavailable && known.RetryAfter > 0:
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if served.Load() != 2001 || refused.Load() != many-2001 {
			t.Errorf("%d served and %d sent away, want 2001 and %d", served.Load(), refused.Load(), many-2001)
		}
		largest := 0
		for _, group := range n.groups {
			largest = max(largest, len(group))
		}
		if largest != 256 {
			t.Errorf("the largest group has %d members, want 256", largest)
		}
	})
}

func TestAPanicEndsOneGroupOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		isFirst := true
		n := newNumbered(func() {
			if isFirst {
				isFirst = false
				panic("broken")
			}
		})
		if _, err := n.Do(t.Context(), "a", 1); err == nil {
			t.Error("a group that broke has an answer")
		}
		synctest.Wait()
		if answer, err := n.Do(t.Context(), "a", 2); err != nil || answer != 20 {
			t.Errorf("after a group that broke: %d, %v", answer, err)
		}
	})
}

func TestWhoHasGoneIsNotWaitedWith(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNumbered(func() { time.Sleep(time.Second) })
		go n.start(t.Context(), 1)
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := n.Do(ctx, "a", 2); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v for who has gone", err)
		}
		time.Sleep(5 * time.Second)
		n.mutex.Lock()
		defer n.mutex.Unlock()
		if len(n.groups) != 2 {
			t.Errorf("%d groups; who has gone is to be stored all the same", len(n.groups))
		}
	})
}

func TestUngroupedGoesAlone(t *testing.T) {
	n := newNumbered(func() {})
	d := &db.DB{Ungrouped: true}
	n.Group = db.NewGroup(d, "numbers", n.runTogether, n.runAlone)
	if answer, err := n.Do(t.Context(), "a", 2); err != nil || answer != 20 || len(n.alone) != 1 || len(n.groups) != 0 {
		t.Errorf("%d, %v; alone %v, groups %v", answer, err, n.alone, n.groups)
	}
}

// counting is a group on a real database: its members add themselves to a row.
func counting(d *db.DB) *db.Group[int, int] {
	add := func(ctx context.Context, key string, member int) error {
		result, err := d.Querier(ctx).ExecContext(ctx, "UPDATE counter SET number = number + ? WHERE id = ? AND ? > 0", member, key, member)
		if err != nil {
			return err
		}
		affected, err := result.RowsAffected()
		return db.One(affected, err, errBad)
	}
	return db.NewGroup(d, "counting",
		func(ctx context.Context, key string, members []int) ([]db.Outcome[int], error) {
			return make([]db.Outcome[int], len(members)), d.InBatch(ctx, func(ctx context.Context) error {
				for _, member := range members {
					if err := add(ctx, key, member); err != nil {
						return err
					}
				}
				return nil
			})
		},
		func(ctx context.Context, key string, member int) (int, error) {
			return member, d.InTx(ctx, func(ctx context.Context) error { return add(ctx, key, member) })
		})
}

func TestAGroupOnTheDatabaseLosesNothing(t *testing.T) {
	d := withCounter(t)
	group := counting(d)
	var all sync.WaitGroup
	const many = 300
	for member := range many { // one of them adds nothing, and fails
		all.Go(func() {
			_, err := group.Do(t.Context(), "a", member)
			if member == 0 && !errors.Is(err, errBad) || member != 0 && err != nil {
				t.Errorf("%d: %v", member, err)
			}
		})
	}
	all.Wait()
	if got, want := number(t, d), many*(many-1)/2; got != want {
		t.Errorf("the members add up to %d, want %d", got, want)
	}
	stats := d.Groups()[0]
	if stats.Members != many || stats.Runs >= many || stats.Waiting != 0 {
		t.Errorf("%+v: want %d members in fewer runs, and nobody waiting", stats, many)
	}
}

func TestInATransactionAMemberIsPartOfIt(t *testing.T) {
	d := withCounter(t)
	group := counting(d)
	err := d.InTx(t.Context(), func(ctx context.Context) error {
		if _, err := group.Do(ctx, "a", 7); err != nil {
			return err
		}
		return errBad
	})
	if !errors.Is(err, errBad) || number(t, d) != 0 {
		t.Errorf("error %v, counter %d: what was undone was stored", err, number(t, d))
	}
}

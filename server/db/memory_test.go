package db_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fivestar/server/db"
)

func TestMemoryReadsOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		memory := db.NewMemory[int64](2)
		var reads atomic.Int64
		get := func(key string) int64 {
			value, err := memory.Get(t.Context(), key, func(context.Context) (int64, error) {
				time.Sleep(time.Millisecond)
				return reads.Add(1), nil
			})
			if err != nil {
				t.Error(err)
			}
			return value
		}
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if got := get("a"); got != 1 {
					t.Errorf("got %d, want the one that was read", got)
				}
			})
		}
		all.Wait()
		time.Sleep(time.Second)
		if got := get("a"); got != 2 {
			t.Errorf("after a second got %d, want what was read anew", got)
		}
		memory.Forget("a")
		if got := get("a"); got != 3 {
			t.Errorf("after Forget got %d, want what was read anew", got)
		}
		get("b")
		get("c")
		if got := get("a"); got != 6 {
			t.Errorf("got %d: more is remembered than fits", got)
		}
	})
}

// What was being read when it was forgotten may be out of date: whoever asks next reads anew.
func TestMemoryForgetsWhatIsBeingRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		memory := db.NewMemory[int](1)
		get := func(read func() int) (value int) {
			value, err := memory.Get(t.Context(), "a", func(context.Context) (int, error) { return read(), nil })
			if err != nil {
				t.Error(err)
			}
			return value
		}
		forgotten := make(chan struct{})
		go get(func() int { <-forgotten; return 1 })
		synctest.Wait()
		memory.Forget("a")
		close(forgotten)
		synctest.Wait()
		if got := get(func() int { return 2 }); got != 2 {
			t.Errorf("got %d, want what was read after it was forgotten", got)
		}
	})
}

func TestMemoryKeepsNoFailure(t *testing.T) {
	memory := db.NewMemory[int](1)
	read := func(value int, err error) (int, error) {
		return memory.Get(t.Context(), "a", func(context.Context) (int, error) { return value, err })
	}
	if _, err := read(1, errBad); !errors.Is(err, errBad) {
		t.Errorf("error %v", err)
	}
	if value, err := read(2, nil); value != 2 || err != nil {
		t.Errorf("%d, %v after a failure", value, err)
	}
}

func TestATransactionReadsForItself(t *testing.T) {
	d := withCounter(t)
	memory := db.NewMemory[int](1)
	get := func(ctx context.Context) (n int) {
		n, err := memory.Get(ctx, "a", func(ctx context.Context) (n int, err error) {
			err = d.Querier(ctx).QueryRowContext(ctx, "SELECT number FROM counter").Scan(&n)
			return n, err
		})
		if err != nil {
			t.Error(err)
		}
		return n
	}
	get(t.Context())
	err := d.InTx(t.Context(), func(ctx context.Context) error {
		if err := increment(ctx, d); err != nil {
			return err
		}
		if got := get(ctx); got != 1 {
			t.Errorf("a transaction reads %d of its own write, want 1", got)
		}
		return errBad
	})
	if got := get(t.Context()); !errors.Is(err, errBad) || got != 0 {
		t.Errorf("what was undone is remembered: %d", got)
	}
}

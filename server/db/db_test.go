package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/fault"
)

func open(t *testing.T) *db.DB {
	t.Helper()
	opened, err := db.Open(t.Context(), engine.Database(t), t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return opened
}

// withCounter gives a database with one row more than it is born with, counter 0.
func withCounter(t *testing.T) *db.DB {
	t.Helper()
	opened := open(t)
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	inTx(t, opened, "CREATE TABLE counter (id VARCHAR(26) NOT NULL PRIMARY KEY, number BIGINT NOT NULL)")
	inTx(t, opened, "INSERT INTO counter (id, number) VALUES ('a', 0)")
	return opened
}

func inTx(t *testing.T, d *db.DB, statement string) {
	t.Helper()
	err := d.InTx(t.Context(), func(ctx context.Context) error {
		_, err := d.Querier(ctx).ExecContext(ctx, statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func number(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	if err := d.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT number FROM counter").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func increment(ctx context.Context, d *db.DB) error {
	_, err := d.Querier(ctx).ExecContext(ctx, "UPDATE counter SET number = number + 1 WHERE id = 'a'")
	return err
}

func TestInTxStoresAllOrNothing(t *testing.T) {
	d := withCounter(t)
	refused := errors.New("refused")
	err := d.InTx(t.Context(), func(ctx context.Context) error {
		if err := increment(ctx, d); err != nil {
			return err
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Fatalf("error %v, want the one of fn", err)
	}
	if n := number(t, d); n != 0 {
		t.Fatalf("counter %d after a refused transaction, want 0", n)
	}
}

func TestInTxJoins(t *testing.T) {
	d := withCounter(t)
	refused := errors.New("refused")
	err := d.InTx(t.Context(), func(ctx context.Context) error {
		if err := d.InTx(ctx, func(ctx context.Context) error { return increment(ctx, d) }); err != nil {
			return err
		}
		var seen int
		if err := d.Querier(ctx).QueryRowContext(ctx, "SELECT number FROM counter").Scan(&seen); err != nil {
			return err
		}
		if seen != 1 {
			t.Errorf("the transaction reads %d of its own write, want 1", seen)
		}
		return refused
	})
	if !errors.Is(err, refused) || number(t, d) != 0 {
		t.Fatalf("error %v, counter %d: the inner transaction was not part of the outer", err, number(t, d))
	}
}

func TestAfterCommitRunsOnlyAfterACommit(t *testing.T) {
	d := withCounter(t)
	ran := 0
	note := func(ctx context.Context) error { d.AfterCommit(ctx, func() { ran++ }); return nil }
	if err := d.InTx(t.Context(), note); err != nil || ran != 1 {
		t.Fatalf("error %v, ran %d times after a commit, want 1", err, ran)
	}
	err := d.InTx(t.Context(), func(ctx context.Context) error { return errors.Join(note(ctx), errors.New("refused")) })
	if err == nil || ran != 1 {
		t.Fatalf("ran after a rollback")
	}
}

func TestInUnitWithoutInTxBeginsNothing(t *testing.T) {
	d := withCounter(t)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // else a writer that is taken is waited for until the tests time out
	defer cancel()
	err := d.InUnit(ctx, func(outer context.Context) error {
		// The single writer of SQLite is free: nobody has begun yet.
		return d.InTx(ctx, func(ctx context.Context) error { return increment(ctx, d) })
	})
	if err != nil || number(t, d) != 1 {
		t.Fatalf("error %v, counter %d", err, number(t, d))
	}
}

func TestConcurrentTransactionsLoseNothing(t *testing.T) {
	d := withCounter(t)
	const many = 200
	var group sync.WaitGroup
	for range many {
		group.Go(func() {
			err := d.InTx(context.Background(), func(ctx context.Context) error {
				var n int
				if err := increment(ctx, d); err != nil {
					return err
				}
				return d.Querier(ctx).QueryRowContext(ctx, "SELECT number FROM counter WHERE id = 'a'").Scan(&n)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := number(t, d); n != many {
		t.Fatalf("counter %d, want %d", n, many)
	}
}

// Two transactions that take two rows in opposite order stop each other on MySQL: the loser must be run
// again, unseen by its caller, even when something inside has made an answer of the error.
func TestDeadlockIsRetried(t *testing.T) {
	d := withCounter(t)
	inTx(t, d, "INSERT INTO counter (id, number) VALUES ('b', 0)")
	take := func(first, second string, swallow bool) error {
		return d.InUnit(context.Background(), func(ctx context.Context) error {
			err := d.InTx(ctx, func(ctx context.Context) error {
				for _, id := range []string{first, second} {
					if _, err := d.Querier(ctx).ExecContext(ctx, "UPDATE counter SET number = number + 1 WHERE id = ?", id); err != nil {
						return err
					}
					time.Sleep(2 * time.Millisecond)
				}
				return nil
			})
			if swallow {
				return nil
			}
			return err
		})
	}
	var group sync.WaitGroup
	const rounds = 20
	for round := range rounds {
		group.Go(func() {
			if err := take("a", "b", round%2 == 0); err != nil {
				t.Error(err)
			}
		})
		group.Go(func() {
			if err := take("b", "a", round%2 == 0); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := number(t, d); n != 2*rounds {
		t.Fatalf("counter %d, want %d", n, 2*rounds)
	}
}

func TestIsUnique(t *testing.T) {
	d := withCounter(t)
	inTx(t, d, "CREATE UNIQUE INDEX counter_number ON counter (number)")
	for _, statement := range []string{
		"INSERT INTO counter (id, number) VALUES ('a', 7)",
		"INSERT INTO counter (id, number) VALUES ('c', 0)",
	} {
		err := d.InTx(t.Context(), func(ctx context.Context) error {
			_, err := d.Querier(ctx).ExecContext(ctx, statement)
			return err
		})
		if !db.IsUnique(err) {
			t.Errorf("%s: %v is not seen as a unique violation", statement, err)
		}
	}
	if db.IsUnique(nil) || db.IsUnique(sql.ErrNoRows) {
		t.Error("what is no unique violation is taken for one")
	}
}

func TestOneAndFound(t *testing.T) {
	otherwise := fault.New(fault.Conflict, "x", "不行")
	if err := db.One(1, nil, otherwise); err != nil {
		t.Error(err)
	}
	if err := db.One(0, nil, otherwise); !errors.Is(err, otherwise) {
		t.Error(err)
	}
	if err := db.One(0, sql.ErrConnDone, otherwise); !errors.Is(err, sql.ErrConnDone) {
		t.Error(err)
	}
	if err := db.Found(fmt.Errorf("wrapped: %w", sql.ErrNoRows)); !errors.Is(err, fault.ErrNotFound) {
		t.Error(err)
	}
}

func TestSQLiteRefusesWritesOutsideATransaction(t *testing.T) {
	d := withCounter(t)
	if !d.Embedded() {
		return // MySQL has one pool for both
	}
	if err := increment(t.Context(), d); err == nil {
		t.Fatal("a write outside InTx went through")
	}
}

func TestContainsFindsTextAsItStands(t *testing.T) {
	d := withCounter(t)
	inTx(t, d, "CREATE TABLE words (word VARCHAR(60) NOT NULL)")
	inTx(t, d, "INSERT INTO words (word) VALUES ('100%'), ('a_b'), ('axb'), ('1000'), ('w!w')")
	for text, want := range map[string]int{"100%": 1, "a_b": 1, "!": 1, "1": 2, "没有": 0} {
		var got int
		row := d.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM words WHERE word LIKE ? ESCAPE '!'", db.Contains(text))
		if err := row.Scan(&got); err != nil || got != want {
			t.Errorf("%q: found %d (%v), want %d", text, got, err, want)
		}
	}
}

func TestTimesReadBackEqual(t *testing.T) {
	now := open(t).Now()
	if got := db.Time(db.Millis(now)); !got.Equal(now) || got.Location() != time.UTC {
		t.Errorf("%v reads back as %v", now, got)
	}
	if db.Millis(time.Time{}) != 0 || !db.Time(0).IsZero() {
		t.Error("no time is not kept as none")
	}
}

package db_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"fivestar/server/db"
)

// addOne adds 1 to a counter that holds seen; errBad when it does not.
func addOne(ctx context.Context, d *db.DB, seen int) error {
	result, err := d.Querier(ctx).ExecContext(ctx, "UPDATE counter SET number = number + 1 WHERE id = 'a' AND number = ?", seen)
	if err != nil {
		return err
	}
	affected, err := result.RowsAffected()
	return db.One(affected, err, errBad)
}

func TestInBatchStoresAllOrNothing(t *testing.T) {
	d := withCounter(t)
	ran := 0
	batch := func(seen ...int) error {
		return d.InBatch(t.Context(), func(ctx context.Context) error {
			d.AfterCommit(ctx, func() { ran++ })
			for _, number := range seen {
				if err := addOne(ctx, d, number); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := batch(0, 1, 2); err != nil || number(t, d) != 3 || ran != 1 {
		t.Fatalf("error %v, counter %d, want 3; told %d times", err, number(t, d), ran)
	}
	for _, seen := range [][]int{{9}, {3, 9}, {9, 3}, {3, 4, 9, 5}} {
		err := batch(seen...)
		if !errors.Is(err, db.ErrPresumed) && !errors.Is(err, errBad) || number(t, d) != 3 || ran != 1 {
			t.Errorf("%v: error %v, counter %d, want 3 as before; told %d times", seen, err, number(t, d), ran)
		}
	}
	if err := batch(3); err != nil || number(t, d) != 4 {
		t.Errorf("after batches that failed: error %v, counter %d, want 4", err, number(t, d))
	}
}

func TestABatchThatBreaksARuleIsUndone(t *testing.T) {
	d := withCounter(t)
	err := d.InBatch(t.Context(), func(ctx context.Context) error {
		if err := addOne(ctx, d, 0); err != nil {
			return err
		}
		_, err := d.Querier(ctx).ExecContext(ctx, "INSERT INTO counter (id, number) VALUES ('a', 1)")
		return err
	})
	if !db.IsUnique(err) || number(t, d) != 0 {
		t.Errorf("error %v, counter %d, want a unique violation and 0", err, number(t, d))
	}
	if err := d.InBatch(t.Context(), func(ctx context.Context) error { return addOne(ctx, d, 0) }); err != nil {
		t.Errorf("the connection of a batch that was undone: %v", err)
	}
}

// Many rows of one kind, which are stored by few statements, are all there, each with its own values.
func TestInBatchStoresManyRows(t *testing.T) {
	d := withCounter(t)
	err := d.InBatch(t.Context(), func(ctx context.Context) error {
		for n := range 27 {
			if _, err := d.Querier(ctx).ExecContext(ctx, "INSERT INTO counter (id, number) VALUES (?, ?)", fmt.Sprintf("row %d", n), n*n); err != nil {
				return err
			}
		}
		return addOne(ctx, d, 0)
	})
	if err != nil || number(t, d) != 1 {
		t.Fatalf("error %v, counter %d, want 1", err, number(t, d))
	}
	for n := range 27 {
		var got int
		row := d.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT number FROM counter WHERE id = ?", fmt.Sprintf("row %d", n))
		if err := row.Scan(&got); err != nil || got != n*n {
			t.Errorf("row %d holds %d (%v), want %d", n, got, err, n*n)
		}
	}
}

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Snapshot runs fn on the database as it stands at one moment, while others go on writing: what is read with
// the context that fn is given is of that moment. It cannot write, and is not taken inside a transaction.
func (d *DB) Snapshot(ctx context.Context, fn func(ctx context.Context) error) error {
	if unitFrom(ctx) != nil {
		return errors.New("a snapshot is not taken inside a transaction")
	}
	tx, err := d.reader.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin a snapshot: %w", err)
	}
	defer tx.Rollback()
	return fn(context.WithValue(ctx, unitKey{}, &unit{tx: tx}))
}

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"
)

// markersKept is how long a transaction's marker can be looked up: far longer than anybody waits.
const markersKept = 10 * time.Minute

// commit commits, and when the answer was lost on the way finds out what became of it. mark is the same at
// every attempt of one unit of work, so that no two of them can be stored. The file of SQLite cannot fall
// silent: there a commit that failed has failed.
func (d *DB) commit(ctx context.Context, tx *sql.Tx, mark string) error {
	if d.Embedded() {
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		return nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO commit_marker (id, committed_at) VALUES (?, ?)", mark, Millis(now()))
	if isMarked(err, mark) { // an earlier attempt was stored after all, but what it told its caller is gone
		return errors.Join(errUnknown, err)
	}
	if err != nil {
		return fmt.Errorf("mark the commit: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return d.afterLostCommit(ctx, mark, fmt.Errorf("commit: %w", err))
	}
	return nil
}

// afterLostCommit is nil when the transaction of mark was stored although its commit failed with cause,
// cause when it was not.
func (d *DB) afterLostCommit(ctx context.Context, mark string, cause error) error {
	if !lostConnection(cause) {
		return cause
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), retryBudget)
	defer cancel()
	var found int
	err := d.again(ctx, func() error {
		return d.writer.QueryRowContext(ctx, "SELECT COUNT(*) FROM commit_marker WHERE id = ?", mark).Scan(&found)
	})
	switch {
	case err != nil:
		return errors.Join(errUnknown, cause, err)
	case found == 0:
		return cause
	}
	return nil
}

// isMarked tells whether a marker could not be written because it is there.
func isMarked(err error, mark string) bool {
	var mysqlErr *mysql.MySQLError
	return IsUnique(err) && errors.As(err, &mysqlErr) && strings.Contains(mysqlErr.Message, mark)
}

// ForgetMarkers removes the markers whose time is over; a job calls it.
func (d *DB) ForgetMarkers(ctx context.Context) error {
	if d.Embedded() {
		return nil
	}
	return d.InTx(ctx, func(ctx context.Context) error {
		_, err := d.Querier(ctx).ExecContext(ctx, "DELETE FROM commit_marker WHERE committed_at < ?", Millis(now().Add(-markersKept)))
		return err
	})
}

package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"fivestar/server/fault"
)

// retryBudget bounds how long a transaction that lost against others is tried again.
const retryBudget = 2 * time.Second

// errBusy is what a caller hears whose transaction lost until the budget ran out. Nothing was done.
var errBusy = &fault.Error{
	Kind: fault.Unavailable, Code: "busy", Detail: "现在人太多，请稍后再试", RetryAfter: time.Second,
}

// unit is one transaction, begun at the first InTx inside it.
type unit struct {
	tx          *sql.Tx
	afterCommit []func()
	// lost is the database's request to try again, kept in case somebody between here and there made an
	// answer of it.
	lost error
}

type unitKey struct{}

func unitFrom(ctx context.Context) *unit {
	found, _ := ctx.Value(unitKey{}).(*unit)
	return found
}

// InTx runs fn in a transaction: all of it is stored, or nothing. fn must use the context it is given: what
// is read and written with that context, in whichever room, is part of the same transaction. Within another
// InTx or InUnit it joins that one. fn is run again when the database asks for it (deadlock, lost
// connection before commit), so it must have no effect but its writes; use AfterCommit for others.
func (d *DB) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if joined := unitFrom(ctx); joined != nil {
		if err := d.begin(ctx, joined); err != nil {
			return err
		}
		err := fn(ctx)
		if retryable(err) {
			joined.lost = err
		}
		return err
	}
	return d.InUnit(ctx, func(ctx context.Context) error { return d.InTx(ctx, fn) })
}

// InUnit runs fn, in which every InTx joins one transaction. It is begun at the first of them and
// committed when fn ends without an error. fn that never calls InTx costs no transaction.
func (d *DB) InUnit(ctx context.Context, fn func(ctx context.Context) error) error {
	deadline := time.Now().Add(retryBudget)
	for attempt := 1; ; attempt++ {
		err := d.runUnit(ctx, fn)
		if !retryable(err) {
			return err
		}
		if time.Now().After(deadline) || ctx.Err() != nil {
			return errors.Join(errBusy, err)
		}
		pause := time.Duration(rand.Int64N(int64(min(attempt, 20)))+1) * time.Millisecond
		time.Sleep(pause)
	}
}

func (d *DB) runUnit(ctx context.Context, fn func(ctx context.Context) error) error {
	current := &unit{}
	defer func() {
		if current.tx != nil {
			current.tx.Rollback() // does nothing after a commit
		}
	}()
	err := fn(context.WithValue(ctx, unitKey{}, current))
	if current.lost != nil {
		return current.lost
	}
	if err != nil {
		return err
	}
	if current.tx != nil {
		if err := current.tx.Commit(); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
	}
	for _, after := range current.afterCommit {
		after()
	}
	return nil
}

func (d *DB) begin(ctx context.Context, current *unit) error {
	if current.tx != nil {
		return nil
	}
	tx, err := d.writer.BeginTx(ctx, d.isolation())
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	current.tx = tx
	return nil
}

// isolation is read committed on MySQL: with the default, a row that somebody else has just committed,
// and that our insert ran into, could not be read back. SQLite has one writer at a time anyway.
func (d *DB) isolation() *sql.TxOptions {
	if d.dialect == goose.DialectMySQL {
		return &sql.TxOptions{Isolation: sql.LevelReadCommitted}
	}
	return nil
}

// AfterCommit has fn run once the transaction of ctx is committed, and never if it is not. Outside a
// transaction it runs at once. fn must not fail and must be quick.
func (d *DB) AfterCommit(ctx context.Context, fn func()) {
	current := unitFrom(ctx)
	if current == nil {
		fn()
		return
	}
	current.afterCommit = append(current.afterCommit, fn)
}

// IsUnique tells whether a write ran into a unique index or primary key.
func IsUnique(err error) bool {
	var mysqlErr *mysql.MySQLError
	if errors.As(err, &mysqlErr) {
		return mysqlErr.Number == 1062
	}
	var sqliteErr *sqlite.Error
	if errors.As(err, &sqliteErr) {
		code := sqliteErr.Code()
		return code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	return false
}

// retryable tells whether the database undid everything and asks to be tried again.
func retryable(err error) bool {
	if err == nil {
		return false
	}
	var mysqlErr *mysql.MySQLError
	if errors.As(err, &mysqlErr) {
		switch mysqlErr.Number {
		case 1213, 1205, 1020, 1047: // deadlock, lock wait, record changed, node not ready
			return true
		}
		return false
	}
	var sqliteErr *sqlite.Error
	if errors.As(err, &sqliteErr) {
		return sqliteErr.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	var netErr *net.OpError
	return errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, driver.ErrBadConn) || errors.As(err, &netErr)
}

// One turns the affected rows of a guarded update into an answer: nil when exactly one row met the guard,
// otherwise is returned. A failure of the database comes through as it is.
func One(affected int64, err error, otherwise error) error {
	if err != nil {
		return err
	}
	if affected != 1 {
		return otherwise
	}
	return nil
}

// Found turns "no rows" into fault.ErrNotFound and leaves every other error as it is.
func Found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fault.ErrNotFound
	}
	return err
}

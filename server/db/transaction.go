package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/pressly/goose/v3"

	"fivestar/server/fault"
)

// retryBudget bounds how long a transaction that lost against others, or lost its server, is tried again.
const retryBudget = 2 * time.Second

// ErrBusy is what a caller hears whose work could not be done in time. Nothing was done.
var ErrBusy = &fault.Error{
	Kind: fault.Unavailable, Code: "busy", Detail: "现在人太多，请稍后再试", RetryAfter: time.Second,
}

// errUnknown is what a caller hears when the database fell silent at a commit and did not come back in time
// to be asked.
var errUnknown = &fault.Error{
	Kind: fault.Unavailable, Code: "outcome_unknown", Detail: "网络不稳，还不知道有没有成功，请稍等一下再试一次", RetryAfter: time.Second,
}

// unit is one transaction, begun at the first InTx inside it.
type unit struct {
	tx *sql.Tx
	// recording takes the place of tx in a batch.
	recording   *recording
	afterCommit []func()
	// lost is the database's request to try again, kept in case somebody between here and there made an
	// answer of it.
	lost error
}

func (u *unit) begun() bool { return u.tx != nil || u.recording != nil }

type unitKey struct{}

func unitFrom(ctx context.Context) *unit {
	found, _ := ctx.Value(unitKey{}).(*unit)
	return found
}

// InTransaction tells whether ctx is inside a transaction that has begun.
func InTransaction(ctx context.Context) bool {
	current := unitFrom(ctx)
	return current != nil && current.begun()
}

// InTx runs fn in a transaction: all of it is stored, or nothing. fn must use the context it is given: what
// is read and written with that context, in whichever room, is part of the same transaction. Within another
// InTx or InUnit it joins that one. fn is run again when the database asks for it (deadlock, lost
// connection), so it must have no effect but its writes; use AfterCommit for others.
func (d *DB) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if joined := unitFrom(ctx); joined != nil {
		if err := d.begin(ctx, joined); err != nil {
			if retryable(err) {
				joined.lost = err
			}
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
	mark := NewID()
	return d.again(ctx, func() error { return d.runUnit(ctx, mark, fn) })
}

// again calls try until it does what it was to do, fails for good, or the budget has run out.
func (d *DB) again(ctx context.Context, try func() error) error {
	deadline := time.Now().Add(retryBudget)
	for attempt := 1; ; attempt++ {
		err := try()
		if !retryable(err) {
			return err
		}
		if time.Now().After(deadline) || ctx.Err() != nil {
			return errors.Join(ErrBusy, err)
		}
		pauseBefore(attempt)
	}
}

// pauseBefore lets a little more time pass before each further attempt: at first only so much that two that
// stop each other part, in the end what a server needs to come back.
func pauseBefore(attempt int) {
	time.Sleep(time.Duration(rand.Int64N(int64(min(attempt, 20)))+1) * time.Millisecond)
}

func (d *DB) runUnit(ctx context.Context, mark string, fn func(ctx context.Context) error) error {
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
		if err := d.commit(ctx, current.tx, mark); err != nil {
			return err
		}
	}
	for _, after := range current.afterCommit {
		after()
	}
	return nil
}

func (d *DB) begin(ctx context.Context, current *unit) error {
	if current.begun() {
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

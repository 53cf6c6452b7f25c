package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/bits"
	"regexp"
	"strings"
)

// ErrPresumed is the failure of a batch one of whose guarded updates did not find its row. Nothing was stored.
var ErrPresumed = errors.New("a guarded update of a batch did not find its row")

// errBatchReads says that something in a batch wanted to read: a mistake in the program.
var errBatchReads = errors.New("a batch only writes")

// InBatch stores what fn writes in one transaction and, on an outside database, in one round trip, so that
// what it changes is locked for no longer than the database takes to run it. For that the writes are not
// made while fn runs but noted, and each whose affected rows fn asks for is taken to have found exactly one:
// where that turns out wrong nothing is stored and ErrPresumed is the answer. So fn must not read, and whoever
// calls it has another way, by InTx, that finds out what is the matter.
//
// Rows inserted one after the other by the same query are stored by one statement: fn writes what it has of one
// kind before it goes on to the next.
func (d *DB) InBatch(ctx context.Context, fn func(ctx context.Context) error) error {
	noted := &unit{recording: &recording{}}
	if err := fn(context.WithValue(ctx, unitKey{}, noted)); err != nil {
		return err
	}
	statements := noted.recording.statements
	if d.Embedded() {
		return d.InTx(ctx, func(ctx context.Context) error {
			for _, after := range noted.afterCommit {
				d.AfterCommit(ctx, after)
			}
			return d.storeEach(ctx, statements)
		})
	}
	mark := NewID()
	if err := d.again(ctx, func() error { return d.store(ctx, statements, mark) }); err != nil {
		return err
	}
	for _, after := range noted.afterCommit {
		after()
	}
	return nil
}

// storeEach runs the statements in the transaction of ctx.
func (d *DB) storeEach(ctx context.Context, statements []*statement) error {
	querier := d.Querier(ctx)
	for _, one := range statements {
		for _, part := range one.inPowersOfTwo() {
			result, err := querier.ExecContext(ctx, part.text(), part.arguments...)
			if err != nil {
				return fmt.Errorf("store a batch: %w", err)
			}
			if !one.findsOne {
				continue
			}
			if affected, err := result.RowsAffected(); err != nil || affected != 1 {
				return errors.Join(ErrPresumed, err)
			}
		}
	}
	return nil
}

// statement is one write that was noted, or several rows that the same query inserts.
type statement struct {
	query     string
	arguments []any
	// rows is how many there are; when there are several the query is head and row.
	rows      int
	head, row string
	// findsOne is set when somebody relied on it to change exactly one row.
	findsOne bool
}

// RowsAffected is what the statement is presumed to change.
func (s *statement) RowsAffected() (int64, error) {
	s.findsOne = true
	return 1, nil
}

// LastInsertId is not for us: ids are made by the program.
func (s *statement) LastInsertId() (int64, error) { return 0, errBatchReads }

// oneRow splits a query that inserts one row: before the row, and the row.
var oneRow = regexp.MustCompile(`(?s)^(.*\bINSERT INTO\b.*\bVALUES )(\([^()]*\))\s*$`)

// text is the query for all rows.
func (s *statement) text() string {
	if s.rows == 1 {
		return s.query
	}
	return s.head + s.row + strings.Repeat(", "+s.row, s.rows-1)
}

// inPowersOfTwo splits the rows into 1, 2, 4, 8 ... of them: so there are few texts to be parsed.
func (s *statement) inPowersOfTwo() (parts []*statement) {
	each := len(s.arguments) / s.rows
	for begun := 0; begun < s.rows; {
		rows := 1 << (bits.Len(uint(s.rows-begun)) - 1)
		parts = append(parts, &statement{query: s.query, arguments: s.arguments[begun*each : (begun+rows)*each], rows: rows, head: s.head, row: s.row})
		begun += rows
	}
	return parts
}

// takes adds the row of a query to those that the same query inserted just before, and tells whether it could.
func (s *statement) takes(query string, arguments []any) bool {
	if s.query != query || s.findsOne {
		return false
	}
	if s.rows == 1 {
		parts := oneRow.FindStringSubmatch(query)
		if parts == nil {
			return false
		}
		s.head, s.row = parts[1], parts[2]
	}
	s.arguments = append(s.arguments, arguments...)
	s.rows++
	return true
}

// recording notes writes in the place of a transaction.
type recording struct {
	statements []*statement
}

func (r *recording) ExecContext(_ context.Context, query string, arguments ...any) (sql.Result, error) {
	if last := len(r.statements) - 1; last >= 0 && r.statements[last].takes(query, arguments) {
		return r.statements[last], nil
	}
	noted := &statement{query: query, arguments: arguments, rows: 1}
	r.statements = append(r.statements, noted)
	return noted, nil
}

func (r *recording) PrepareContext(context.Context, string) (*sql.Stmt, error) {
	return nil, errBatchReads
}

func (r *recording) QueryContext(context.Context, string, ...any) (*sql.Rows, error) {
	return nil, errBatchReads
}

// QueryRowContext has no way to fail but nil: reading a row in a batch ends in a panic, which is a 500 and
// a failing test.
func (r *recording) QueryRowContext(context.Context, string, ...any) *sql.Row { return nil }

// store sends all statements in one packet. Whether each guarded update found its row is added up in a
// variable of the session, and the server does not go on to COMMIT when one did not, because of the last
// statement, which then wants to write a time that is NULL.
//
// A Galera node that undoes a transaction for another node's sake between two statements of a packet goes on
// with the rest and says nothing. So the connection commits nothing by itself, and the marker is the first
// thing written: when it has gone at the end, something was undone, and the last statement fails likewise.
func (d *DB) store(ctx context.Context, statements []*statement, mark string) error {
	var packet strings.Builder
	packet.WriteString("SET autocommit = 0; SET TRANSACTION ISOLATION LEVEL READ COMMITTED; START TRANSACTION; SET @as_presumed = 1;\n")
	packet.WriteString("INSERT INTO commit_marker (id, committed_at) VALUES (?, ?);\n")
	arguments := []any{mark, Millis(now())}
	for _, one := range statements {
		packet.WriteString(one.text())
		packet.WriteString(";\n")
		arguments = append(arguments, one.arguments...)
		if one.findsOne {
			packet.WriteString("SET @as_presumed = @as_presumed AND ROW_COUNT() = 1;\n")
		}
	}
	packet.WriteString("INSERT INTO commit_marker (id, committed_at) SELECT ?, NULL FROM " +
		"(SELECT COUNT(*) AS kept FROM commit_marker WHERE id = ?) AS marker WHERE kept = 0 OR NOT @as_presumed; COMMIT")
	arguments = append(arguments, mark, mark)
	return d.send(ctx, packet.String(), arguments, mark)
}

// send runs a packet on a connection of its own, and leaves no transaction open on it.
func (d *DB) send(ctx context.Context, packet string, arguments []any, mark string) error {
	connection, err := d.batches.Conn(ctx)
	if err != nil {
		return fmt.Errorf("connect for a batch: %w", err)
	}
	defer connection.Close()
	_, err = connection.ExecContext(ctx, packet, arguments...)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil { // the driver has hung up, and the server may not have noticed
		err = errors.Join(driver.ErrBadConn, err)
	}
	if lostConnection(err) {
		hangUp(connection)
		return d.afterLostCommit(ctx, mark, fmt.Errorf("store a batch: %w", err))
	}
	if _, undoErr := connection.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); undoErr != nil {
		hangUp(connection)
	}
	switch {
	case isMarked(err, mark): // an earlier attempt was stored after all
		return nil
	case isNull(err):
		return ErrPresumed
	}
	return fmt.Errorf("store a batch: %w", err)
}

// hangUp keeps a connection from being used again; the server undoes what was open on it.
func hangUp(connection *sql.Conn) {
	_ = connection.Raw(func(any) error { return driver.ErrBadConn })
}

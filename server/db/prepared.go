package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"modernc.org/sqlite"
)

// keptStatements is how many parsed statements a connection of SQLite keeps.
const keptStatements = 500

// openPrepared opens a pool of SQLite connections that parse a statement once and keep it: to parse is most of
// what a short statement costs there. On MySQL the same would cost a round trip.
func openPrepared(dsn string) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(preparedConnector{connector}), nil
}

type preparedConnector struct {
	driver.Connector
}

func (c preparedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	statements, err := simplelru.NewLRU[string, driver.Stmt](keptStatements+1, nil)
	if err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	return &preparedConn{sqliteConn: opened.(sqliteConn), statements: statements}, nil
}

// sqliteConn is what the driver's connections can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// preparedConn is a connection with its parsed statements. Like every driver's connection it serves one caller
// at a time.
type preparedConn struct {
	sqliteConn
	// statements are those that nobody uses at the moment.
	statements *simplelru.LRU[string, driver.Stmt]
}

func (c *preparedConn) ExecContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Result, error) {
	statement, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	result, err := statement.(driver.StmtExecContext).ExecContext(ctx, arguments)
	if err != nil {
		return nil, errors.Join(err, statement.Close())
	}
	return result, c.giveBack(query, statement)
}

func (c *preparedConn) QueryContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Rows, error) {
	statement, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := statement.(driver.StmtQueryContext).QueryContext(ctx, arguments)
	if err != nil {
		return nil, errors.Join(err, statement.Close())
	}
	return preparedRows{rows, func() error { return c.giveBack(query, statement) }}, nil
}

func (c *preparedConn) take(ctx context.Context, query string) (driver.Stmt, error) {
	if statement, ok := c.statements.Get(query); ok {
		c.statements.Remove(query)
		return statement, nil
	}
	return c.PrepareContext(ctx, query)
}

// giveBack keeps a statement for the next who wants it. Two of the same text were in use when one lies there.
func (c *preparedConn) giveBack(query string, statement driver.Stmt) error {
	if c.statements.Contains(query) {
		return statement.Close()
	}
	c.statements.Add(query, statement)
	if c.statements.Len() <= keptStatements {
		return nil
	}
	_, oldest, _ := c.statements.RemoveOldest()
	return oldest.Close()
}

func (c *preparedConn) Close() error {
	var failed []error
	for _, statement := range c.statements.Values() {
		failed = append(failed, statement.Close())
	}
	c.statements.Purge()
	return errors.Join(append(failed, c.sqliteConn.Close())...)
}

// preparedRows gives its statement back when it has been read.
type preparedRows struct {
	driver.Rows
	giveBack func() error
}

func (r preparedRows) Close() error {
	return errors.Join(r.Rows.Close(), r.giveBack())
}

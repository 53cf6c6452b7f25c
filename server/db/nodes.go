package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"github.com/go-sql-driver/mysql"
)

// nodesNetwork stands in a DSN where "tcp" does, before several servers that hold the same database:
// user:password@nodes(10.0.0.1:3306,10.0.0.2:3306)/fivestar
const nodesNetwork = "nodes"

// nodePatience bounds how long one node may take to accept a connection before the next is asked.
const nodePatience = time.Second

// newConnector connects to the one server of config, or to the nodes of a cluster.
func newConnector(config *mysql.Config) (driver.Connector, error) {
	switch {
	case config.Net == nodesNetwork:
		return newNodes(config)
	case strings.Contains(config.Addr, ","):
		return nil, errors.New("database.dsn: several servers are written nodes(one:3306,two:3306)")
	}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return nil, fmt.Errorf("database.dsn: %w", err)
	}
	return connector, nil
}

// nodes connects to the node that last worked, and to the next one that takes part in the cluster when that
// one does not. So a server writes to one node at a time, and writes to one row seldom collide.
type nodes struct {
	each    []driver.Connector
	current atomic.Int32
}

func newNodes(config *mysql.Config) (*nodes, error) {
	n := &nodes{}
	for address := range strings.SplitSeq(config.Addr, ",") {
		one := config.Clone()
		one.Net, one.Addr = "tcp", strings.TrimSpace(address)
		connector, err := mysql.NewConnector(one)
		if err != nil {
			return nil, fmt.Errorf("database.dsn: node %s: %w", one.Addr, err)
		}
		n.each = append(n.each, connector)
	}
	return n, nil
}

// Connect implements driver.Connector. The error tells what each node said.
func (n *nodes) Connect(ctx context.Context) (driver.Conn, error) {
	var failed []error
	first := int(n.current.Load())
	for i := range n.each {
		at := (first + i) % len(n.each)
		connection, err := n.connect(ctx, at)
		if err == nil {
			n.current.Store(int32(at))
			return connection, nil
		}
		failed = append(failed, err)
	}
	return nil, errors.Join(failed...)
}

func (n *nodes) connect(ctx context.Context, at int) (driver.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, nodePatience)
	defer cancel()
	opened, err := n.each[at].Connect(ctx)
	if err == nil {
		connection := &nodeConnection{opened.(mysqlConnection), false}
		if err = connection.tryTable(ctx); err == nil {
			return connection, nil
		}
		opened.Close()
	}
	if errors.Is(err, context.DeadlineExceeded) { // a frozen node accepts and says nothing
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: err}
	}
	return nil, err
}

// Driver implements driver.Connector.
func (n *nodes) Driver() driver.Driver { return n.each[0].Driver() }

// mysqlConnection is what database/sql uses of go-sql-driver's connections.
type mysqlConnection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.NamedValueChecker
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// nodeConnection is given up once its node says that it is outside the cluster: the connection is whole, but
// would be refused everything for as long as it lived. The next one leads to another node.
type nodeConnection struct {
	mysqlConnection
	outside bool
}

// tryTable asks for something in a table, which a node outside the cluster refuses. One that does not know the
// table, before the first migration, has not refused.
func (c *nodeConnection) tryTable(ctx context.Context) error {
	rows, err := c.QueryContext(ctx, "SELECT 1 FROM commit_marker LIMIT 1", nil)
	if err == nil {
		return rows.Close()
	}
	var said *mysql.MySQLError
	if errors.As(err, &said) && !c.outside {
		return nil
	}
	return err
}

// IsValid implements driver.Validator: database/sql keeps no connection that is not.
func (c *nodeConnection) IsValid() bool { return !c.outside && c.mysqlConnection.IsValid() }

func (c *nodeConnection) note(err error) {
	var refused *mysql.MySQLError
	if errors.As(err, &refused) && refused.Number == unknownCommand {
		c.outside = true
	}
}

// unknownCommand is MySQL's ER_UNKNOWN_COM_ERROR, which a Galera node outside its cluster answers to all but
// SET and SHOW.
const unknownCommand = 1047

// BeginTx implements driver.ConnBeginTx.
func (c *nodeConnection) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	tx, err := c.mysqlConnection.BeginTx(ctx, options)
	c.note(err)
	return tx, err
}

// ExecContext implements driver.ExecerContext.
func (c *nodeConnection) ExecContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Result, error) {
	result, err := c.mysqlConnection.ExecContext(ctx, query, arguments)
	c.note(err)
	return result, err
}

// QueryContext implements driver.QueryerContext.
func (c *nodeConnection) QueryContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.mysqlConnection.QueryContext(ctx, query, arguments)
	c.note(err)
	return rows, err
}

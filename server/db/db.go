// Package db opens the database, SQLite in a file or MySQL, and is the only place that begins, joins,
// commits and retries transactions. Rooms write the same SQL for both.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"
)

// DB is one database with two ways in. On SQLite the writer is a single connection, because SQLite has a
// single writer whatever we do, and the readers see the last commit beside it. On MySQL both are one pool.
type DB struct {
	// Now is the clock of everything that is stored. Times are UTC and cut to the millisecond, which is
	// what the database keeps, so that a value reads back equal. Tests set it.
	Now func() time.Time
	// Ungrouped has every member of every Group stored alone: to see what grouping is worth, and to do without
	// it in need.
	Ungrouped bool

	dialect goose.Dialect
	writer  *sql.DB
	reader  *sql.DB
	// batches is a pool of connections that take several statements at once; nil on SQLite.
	batches *sql.DB
	// migrator waits as long as a migration takes.
	migrator *sql.DB
	log      *slog.Logger
	groups   groupList
}

// Querier is what sqlc's code runs on: a pool or a transaction.
type Querier interface {
	ExecContext(ctx context.Context, query string, arguments ...any) (sql.Result, error)
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
	QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, arguments ...any) *sql.Row
}

// SQLiteFileName is the embedded database's file in the data folder.
const SQLiteFileName = "fivestar.db"

const sqliteReaders = 4

// Open opens MySQL when dsn (go-sql-driver's form) is given, else SQLite in folder, which must exist.
// It does not migrate.
func Open(ctx context.Context, dsn, folder string, log *slog.Logger) (*DB, error) {
	opened := &DB{Now: now, log: log}
	var err error
	if dsn == "" {
		err = opened.openSQLite(filepath.Join(folder, SQLiteFileName))
	} else {
		err = opened.openMySQL(dsn)
	}
	if err != nil {
		return nil, err
	}
	if err := opened.Ping(ctx); err != nil {
		opened.Close()
		return nil, fmt.Errorf("the database does not answer: %w", err)
	}
	return opened, nil
}

func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

func (d *DB) openSQLite(file string) error {
	const common = "?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=cache_size(-16000)"
	writer, err := openPrepared("file:" + file + common + "&_txlock=immediate")
	if err != nil {
		return fmt.Errorf("open %s: %w", file, err)
	}
	writer.SetMaxOpenConns(1)
	reader, err := openPrepared("file:" + file + common + "&_pragma=query_only(1)")
	if err != nil {
		return fmt.Errorf("open %s for reading: %w", file, err)
	}
	reader.SetMaxOpenConns(sqliteReaders)
	reader.SetMaxIdleConns(sqliteReaders)
	d.dialect, d.writer, d.reader, d.migrator = goose.DialectSQLite3, writer, reader, writer
	return nil
}

func (d *DB) openMySQL(dsn string) error {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return fmt.Errorf("database.dsn is not in go-sql-driver's form: %w", err)
	}
	config.Collation = "utf8mb4_bin"
	config.Loc = time.UTC
	config.ClientFoundRows = true // a guarded update that changes nothing still says that it found its row
	config.InterpolateParams = true
	config.ParseTime = true // for the migrations' table locker; our own times are numbers
	config.Logger = driverLog{d.log}
	config.RejectReadOnly = true // a primary that has become a replica is left, and what it was asked is asked again
	config.Params = maps.Clone(config.Params)
	if config.Params == nil {
		config.Params = map[string]string{}
	}
	config.Params["sql_mode"] = "'" + strictMode + "'"
	if config.Timeout == 0 {
		config.Timeout = retryBudget // to connect
	}
	migrator, err := openPool(config, 2)
	if err != nil {
		return err
	}
	migrator.SetMaxIdleConns(0)
	if config.ReadTimeout == 0 {
		config.ReadTimeout, config.WriteTimeout = longestSilence, longestSilence
	}
	pool, err := openPool(config, 64)
	if err != nil {
		return err
	}
	config.MultiStatements = true
	batches, err := openPool(config, 16)
	if err != nil {
		return err
	}
	d.dialect, d.writer, d.reader, d.batches, d.migrator = goose.DialectMySQL, pool, pool, batches, migrator
	return nil
}

// longestSilence is how long a database that took a question may say nothing, unless readTimeout in the DSN says
// otherwise: then its connection counts as broken. It is less than groupTime, and than the 20 s that a phone waits.
const longestSilence = 8 * time.Second

// strictMode is MySQL 8's default. Whatever the server's own is: a batch is stopped by a NULL that a lenient
// server would store as 0, and a text that is too long would be cut.
const strictMode = "ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"

func openPool(config *mysql.Config, connections int) (*sql.DB, error) {
	connector, err := newConnector(config)
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(connector)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxLifetime(10 * time.Minute)
	return pool, nil
}

// driverLog is where the driver complains of connections that broke. Whoever had one hears of it anyway.
type driverLog struct {
	log *slog.Logger
}

func (l driverLog) Print(complaint ...any) {
	l.log.Debug("database driver", "says", fmt.Sprint(complaint...))
}

// Ping asks the database for an answer.
func (d *DB) Ping(ctx context.Context) error {
	if err := d.writer.PingContext(ctx); err != nil {
		return err
	}
	return d.reader.PingContext(ctx)
}

// Close waits for running queries and closes all pools.
func (d *DB) Close() error {
	failed := []error{d.writer.Close()}
	for _, pool := range []*sql.DB{d.reader, d.batches, d.migrator} {
		if pool != nil && pool != d.writer {
			failed = append(failed, pool.Close())
		}
	}
	return errors.Join(failed...)
}

// Embedded tells whether the database is the file in the data folder.
func (d *DB) Embedded() bool { return d.dialect == goose.DialectSQLite3 }

// Querier gives the transaction that ctx is in, else the pool for reading. Writing outside InTx fails on
// SQLite, so that no write is forgotten there.
func (d *DB) Querier(ctx context.Context) Querier {
	current := unitFrom(ctx)
	switch {
	case current == nil:
	case current.recording != nil:
		return current.recording
	case current.tx != nil:
		return counted(ctx, current.tx)
	}
	if d.Embedded() {
		return counted(ctx, d.reader)
	}
	return counted(ctx, patient{d.reader})
}

package db

import (
	"context"
	"database/sql"
	"time"
)

// patient is a pool for reading that asks again while the database is away for a moment: what only reads may
// be done twice.
type patient struct {
	pool *sql.DB
}

func (p patient) ExecContext(ctx context.Context, query string, arguments ...any) (sql.Result, error) {
	return p.pool.ExecContext(ctx, query, arguments...)
}

func (p patient) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	return p.pool.PrepareContext(ctx, query)
}

func (p patient) QueryContext(ctx context.Context, query string, arguments ...any) (rows *sql.Rows, err error) {
	p.patiently(ctx, func() error {
		rows, err = p.pool.QueryContext(ctx, query, arguments...) //nolint:rowserrcheck,sqlclosecheck // for whoever reads the rows
		return err
	})
	return rows, err
}

func (p patient) QueryRowContext(ctx context.Context, query string, arguments ...any) (row *sql.Row) {
	p.patiently(ctx, func() error {
		row = p.pool.QueryRowContext(ctx, query, arguments...)
		return row.Err()
	})
	return row
}

// BeginTx begins a transaction, as the pool does: what follows in it is not asked again.
func (p patient) BeginTx(ctx context.Context, options *sql.TxOptions) (tx *sql.Tx, err error) {
	p.patiently(ctx, func() error {
		tx, err = p.pool.BeginTx(ctx, options)
		return err
	})
	return tx, err
}

func (p patient) patiently(ctx context.Context, try func() error) {
	deadline := time.Now().Add(retryBudget)
	for attempt := 1; ; attempt++ {
		if !retryable(try()) || time.Now().After(deadline) || ctx.Err() != nil {
			return
		}
		pauseBefore(attempt)
	}
}

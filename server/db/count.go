package db

import (
	"context"
	"database/sql"
	"sync/atomic"
)

// Count is how many statements something has sent to the database. It may be added to from many goroutines.
type Count struct {
	statements atomic.Int64
}

// Statements is the count so far. Beginning and ending a transaction are not in it.
func (c *Count) Statements() int64 { return c.statements.Load() }

type countKey struct{}

// WithCount gives a context whose statements are counted.
func WithCount(ctx context.Context) (context.Context, *Count) {
	count := &Count{}
	return context.WithValue(ctx, countKey{}, count), count
}

// counted counts what goes through a querier, when somebody asked for it by WithCount.
func counted(ctx context.Context, querier Querier) Querier {
	count, asked := ctx.Value(countKey{}).(*Count)
	if !asked {
		return querier
	}
	return countingQuerier{Querier: querier, count: count}
}

type countingQuerier struct {
	Querier
	count *Count
}

func (c countingQuerier) ExecContext(ctx context.Context, query string, arguments ...any) (sql.Result, error) {
	c.count.statements.Add(1)
	return c.Querier.ExecContext(ctx, query, arguments...)
}

func (c countingQuerier) QueryContext(ctx context.Context, query string, arguments ...any) (*sql.Rows, error) {
	c.count.statements.Add(1)
	return c.Querier.QueryContext(ctx, query, arguments...)
}

func (c countingQuerier) QueryRowContext(ctx context.Context, query string, arguments ...any) *sql.Row {
	c.count.statements.Add(1)
	return c.Querier.QueryRowContext(ctx, query, arguments...)
}

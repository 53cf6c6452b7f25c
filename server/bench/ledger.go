package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fivestar/server/points"
	"fivestar/server/seed"
	"fivestar/server/web"
)

// shortLedger is the length that a long ledger is held against.
const shortLedger = 10_000

// longLedger measures the secretary's list, and claims, on a long ledger beside a short one.
func longLedger(ctx context.Context, given options) (rows []row, err error) {
	long, err := newLedger(ctx, given.Entries)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, long.stop()) }()
	short, err := newLedger(ctx, shortLedger)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, short.stop()) }()

	deepest, err := long.deepest(ctx)
	if err != nil {
		return nil, err
	}
	first := func(l *ledger) func() (float64, error) {
		return func() (float64, error) { return l.pageTime(ctx, "") }
	}
	ratio, a, b, err := inTurn(given.Rounds, first(long), first(short))
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("a page of the secretary's list at %d entries beside %d", given.Entries, shortLedger)
	rows = append(rows, row{what, "≤ 1.1", microseconds(a, b), ratio, false, 1.1, given.Rounds})
	ratio, a, b, err = inTurn(given.Rounds, func() (float64, error) { return long.pageTime(ctx, deepest) }, first(long))
	if err != nil {
		return rows, err
	}
	rows = append(rows, row{"its deepest page beside its first", "≤ 1.5", microseconds(a, b), ratio, false, 1.5, given.Rounds})
	for _, clients := range []int{1, 16, manyClients} {
		count := min(aFew*clients, residents)
		rate := func(l *ledger) func() (float64, error) {
			return func() (float64, error) {
				done, err := l.claimRate(ctx, clients, count)
				return done.rate, err
			}
		}
		ratio, a, b, err = inTurn(given.Rounds, rate(long), rate(short))
		if err != nil {
			return rows, err
		}
		what := fmt.Sprintf("claims at %d entries beside %d, %d clients", given.Entries, shortLedger, clients)
		rows = append(rows, row{what, "≥ 0.9", perSecond(a, b), ratio, true, 0.9, given.Rounds})
	}
	return rows, nil
}

func microseconds(a, b float64) string { return fmt.Sprintf("%.0f µs : %.0f µs", 1e6*a, 1e6*b) }

// ledger is a world with a history, and one of its secretaries.
type ledger struct {
	*world
	secretary web.Caller
}

// newLedger makes 10 communities with 5,000 people and so many entries; the residents who are logged in live in
// the first community, beside the others.
func newLedger(ctx context.Context, entries int) (*ledger, error) {
	w, err := emptyWorld(ctx)
	if err != nil {
		return nil, err
	}
	made, err := seed.Large(ctx, w.App, seed.Size{People: 5000, Entries: entries, Communities: 10}, func(string, int) {})
	if err != nil {
		return nil, errors.Join(err, w.stop())
	}
	l := &ledger{world: w}
	w.community = made.Communities[0].Region
	if w.admin, err = w.callerWithPhone(ctx, made.AdminPhone); err != nil {
		return nil, errors.Join(err, w.stop())
	}
	if l.secretary, err = w.callerWithPhone(ctx, made.Communities[0].SecretaryPhones[0]); err != nil {
		return nil, errors.Join(err, w.stop())
	}
	if err := w.populate(ctx); err != nil {
		return nil, errors.Join(err, w.stop())
	}
	return l, nil
}

func (l *ledger) page(ctx context.Context, cursor string) (web.Page[points.Standing], error) {
	query := points.ListQuery{Period: string(points.PeriodOf(points.Year, time.Now())), Sort: "-earned"}
	return l.Points.List(ctx, l.secretary, l.community.ID, query, web.PageQuery{Limit: 20, Cursor: cursor})
}

// deepest is the cursor of the last page.
func (l *ledger) deepest(ctx context.Context) (string, error) {
	last := ""
	for {
		page, err := l.page(ctx, last)
		if err != nil || page.NextCursor == "" {
			return last, err
		}
		last = page.NextCursor
	}
}

// pageTime is how many seconds a page takes, of a hundred.
func (l *ledger) pageTime(ctx context.Context, cursor string) (float64, error) {
	const times = 100
	start := time.Now()
	for range times {
		if _, err := l.page(ctx, cursor); err != nil {
			return 0, err
		}
	}
	return time.Since(start).Seconds() / times, nil
}

package points_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/web"
)

func TestTmpBench(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("TMPBENCH"))
	if n == 0 {
		t.Skip()
	}
	l := newLedger(t)
	for i := range 5000 {
		l.resident(fmt.Sprintf("P%s%05d", l.community.ID[10:], i), l.community)
	}
	start := time.Now()
	for done := 0; done < n; {
		must(t, l.DB.InTx(context.Background(), func(ctx context.Context) error {
			for range 10000 {
				p := fmt.Sprintf("P%s%05d", l.community.ID[10:], (done*7919)%4000)
				if _, err := l.Credit(ctx, l.work(p, fmt.Sprintf("c%d", done), int64(done%13+1))); err != nil {
					return err
				}
				done++
			}
			return nil
		}))
		l.now = l.now.Add(-6 * time.Hour)
		if done == 10000 {
			page(t, l, "at 10000")
		}
	}
	l.now = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	fmt.Println("posted", n, time.Since(start))
	start = time.Now()
	l.seal()
	fmt.Println("sealed", time.Since(start))
	page(t, l, "at end")
	page(t, l, "at end")
	start = time.Now()
	r := l.verify()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println("verify", time.Since(start), len(r.Findings), r.Entries, "sys MB", m.Sys>>20)
	start = time.Now()
	wb, err := l.Workbook(context.Background(), l.admin, l.community.ID, points.ListQuery{Sort: points.MostEarned, Period: "all"})
	must(t, err)
	fmt.Println("workbook", time.Since(start), len(wb.Content))
	start = time.Now()
	_, err = l.Trend(context.Background(), l.admin, l.community.ParentID, points.Month)
	must(t, err)
	fmt.Println("trend", time.Since(start))
	start = time.Now()
	_, err = l.Summary(context.Background(), l.admin, l.community.ParentID, "all", web.PageQuery{Limit: 20})
	must(t, err)
	fmt.Println("summary", time.Since(start))
}

func page(t *testing.T, l *ledger, label string) {
	for _, sort := range []points.Order{points.MostEarned, points.ByName} {
		for _, query := range []points.ListQuery{{Period: "all"}, {}, {Period: "2025"}, {Q: "样例P", Period: "all"}, {Q: "zzz", Period: "all"}, {Star: region.Harmony, Period: "all"}} {
			query.Sort = sort
			cursor := ""
			var first, last, worst time.Duration
			pages := 0
			for {
				start := time.Now()
				p, err := l.List(context.Background(), l.admin, l.community.ID, query, web.PageQuery{Limit: 20, Cursor: cursor})
				took := time.Since(start)
				must(t, err)
				if pages == 0 {
					first = took
				}
				pages++
				last, worst = took, max(worst, took)
				if cursor = p.NextCursor; cursor == "" {
					break
				}
			}
			fmt.Println(label, sort, query.Period, query.Q, query.Star, "pages", pages, "first", first, "last", last, "worst", worst)
		}
	}
}

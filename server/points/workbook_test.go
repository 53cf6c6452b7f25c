package points_test

import (
	"bytes"
	"context"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"fivestar/server/db"
	"fivestar/server/points"
)

// A workbook is read in batches: everybody is in it once, whatever their number.
func TestWorkbookOfManyPeople(t *testing.T) {
	l := newLedger(t)
	ids := make([]string, 1150)
	for i := range ids {
		ids[i] = db.NewID()
	}
	l.residents(l.community, ids...)
	must(t, l.DB.InTx(t.Context(), func(ctx context.Context) error {
		for i, id := range ids[:520] {
			if _, err := l.Credit(ctx, l.work(id, "claim-"+id, int64(i%9+1))); err != nil {
				return err
			}
		}
		return nil
	}))
	for _, order := range []points.Order{points.MostEarned, points.ByName} {
		taken, err := l.Workbook(t.Context(), l.admin, l.community.ID, points.ListQuery{Sort: order})
		must(t, err)
		file, err := excelize.OpenReader(bytes.NewReader(taken.Content))
		must(t, err)
		rows, err := file.GetRows("积分")
		must(t, err)
		seen := map[string]int{}
		sum := 0
		for _, row := range rows[1:] {
			earned, err := strconv.Atoi(row[2])
			must(t, err)
			seen[row[0]]++
			sum += earned
		}
		if len(rows) != 1151 || len(seen) != 1150 {
			t.Errorf("sorted by %s: %d rows of %d people, want the header and 1150", order, len(rows), len(seen))
		}
		if want := int(l.number("SELECT SUM(balance) FROM points_account WHERE person_id <> ''")); sum != want {
			t.Errorf("sorted by %s: %d points in all, want %d", order, sum, want)
		}
	}
}

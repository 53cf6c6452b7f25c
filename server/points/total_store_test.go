package points

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"fivestar/server/db"
	"fivestar/server/points/internal/pointsdb"
)

// Runners that seal for two communities of a street make the street's totals, and those above it, at the same moment:
// what each adds is in all of them, or the runner hears that it was overtaken and seals again.
func TestTotalsOfRegionsMadeAtTheSameMoment(t *testing.T) {
	s := openStore(t)
	regions := []string{"city", "district", "street"}
	for round := range 30 {
		at := slot{period: fmt.Sprint(2000 + round)}
		write := func(fn func(ctx context.Context) error) error { return s.db.InTx(context.Background(), fn) }
		first := pointsdb.InsertAreaTotalParams{RegionID: "street", Period: at.period} // the last that an update comes to
		if err := write(func(ctx context.Context) error { return s.queries(ctx).InsertAreaTotal(ctx, first) }); err != nil {
			t.Fatal(err)
		}
		var runners sync.WaitGroup
		const together = 4
		for range together {
			runners.Go(func() {
				overtaken := errOvertaken
				for errors.Is(overtaken, errOvertaken) || db.IsUnique(overtaken) {
					overtaken = write(func(ctx context.Context) error { return s.addAreaTotals(ctx, regions, at, figures{earned: 5}) })
				}
				if overtaken != nil {
					t.Errorf("add: %v", overtaken)
				}
			})
		}
		runners.Wait()
		kept, err := s.queries(t.Context()).AreaTotalsAt(t.Context(), pointsdb.AreaTotalsAtParams{Regions: regions, Period: at.period})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range kept {
			if row.Earned != 5*together {
				t.Errorf("in round %d the %s has %d points, want %d", round, row.RegionID, row.Earned, 5*together)
			}
		}
		if len(kept) != len(regions) {
			t.Errorf("in round %d there are %d totals", round, len(kept))
		}
	}
}

package points_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestSealingChainsEveryRecordOfACommunity(t *testing.T) {
	l := newLedger(t)
	for i := range 3 {
		l.credit(l.work("anna", fmt.Sprintf("claim-%d", i), 5))
	}
	village := l.work("bela", "claim-v", 5)
	village.CommunityID, village.Star = l.village.ID, ""
	l.credit(village)
	l.seal()
	l.credit(l.work("bela", "claim-9", 5))
	l.seal()
	l.seal()
	for communityID, want := range map[string]int64{l.community.ID: 4, l.village.ID: 1} {
		if got := l.number("SELECT COUNT(*) FROM points_seal WHERE community_id = ?", communityID); got != want {
			t.Errorf("%d seals in %s, want %d", got, communityID, want)
		}
		if got := l.number("SELECT MAX(number) FROM points_seal WHERE community_id = ?", communityID); got != want {
			t.Errorf("the last seal in %s is %d, want %d", communityID, got, want)
		}
	}
	report := l.verify()
	if len(report.Findings) > 0 || report.Entries != 5 || report.Communities != 2 || len(report.Ends) != 2 {
		t.Errorf("report %+v", report)
	}
}

func TestManyRunnersSealEachRecordOnce(t *testing.T) {
	l := newLedger(t)
	var group sync.WaitGroup
	for i := range 60 {
		group.Go(func() {
			if _, err := l.Credit(context.Background(), l.work(fmt.Sprintf("person-%d", i), fmt.Sprintf("claim-%d", i), 2)); err != nil {
				t.Errorf("credit: %v", err)
			}
		})
		group.Go(func() {
			if err := l.Seal(context.Background()); err != nil {
				t.Errorf("seal: %v", err)
			}
		})
	}
	group.Wait()
	l.wantSound()
	if got := l.number("SELECT COUNT(*) FROM points_seal"); got != 60 {
		t.Errorf("%d seals, want 60", got)
	}
	if got := l.number("SELECT COUNT(*) FROM points_unsealed"); got != 0 {
		t.Errorf("%d records still wait", got)
	}
}

func TestMoreRecordsThanOneBatchAreSealed(t *testing.T) {
	l := newLedger(t)
	must(t, l.DB.InTx(t.Context(), func(ctx context.Context) error {
		for i := range 1100 {
			if _, err := l.Credit(ctx, l.work("anna", fmt.Sprintf("claim-%d", i), 1)); err != nil {
				return err
			}
		}
		return nil
	}))
	l.wantSound()
	if got := l.number("SELECT number FROM points_chain WHERE community_id = ?", l.community.ID); got != 1100 {
		t.Errorf("the chain ends at %d, want 1100", got)
	}
}

func TestRunnerRefusesWhatWasNotWrittenWithTheKey(t *testing.T) {
	l := newLedger(t)
	forged := l.credit(l.work("anna", "claim-1", 5))
	l.exec("UPDATE points_entry SET amount = 500 WHERE id = ?", forged.ID)
	honest := l.credit(l.work("bela", "claim-2", 5))
	misplaced := l.credit(l.work("carl", "claim-3", 5))
	l.exec("UPDATE points_unsealed SET community_id = ? WHERE record_id = ?", l.village.ID, misplaced.ID)
	l.seal()
	if got := l.number("SELECT COUNT(*) FROM points_seal WHERE record_id = ?", misplaced.ID); got != 0 {
		t.Error("an entry was sealed in the chain of another community")
	}
	if got := l.number("SELECT COUNT(*) FROM points_seal WHERE record_id = ?", forged.ID); got != 0 {
		t.Error("the forged entry was sealed")
	}
	if got := l.number("SELECT COUNT(*) FROM points_seal WHERE record_id = ?", honest.ID); got != 1 {
		t.Error("the honest entry behind the forged one was not sealed")
	}
	if got := l.number("SELECT earned FROM points_community_total WHERE community_id = ? AND period = 'all' AND star = ''", l.community.ID); got != 5 {
		t.Errorf("the community has earned %d, want 5", got)
	}
}

// A chain whose end was tampered with is not continued, and does not keep others from being sealed.
func TestRunnerDoesNotContinueATamperedChain(t *testing.T) {
	l := newLedger(t)
	l.credit(l.work("anna", "claim-1", 5))
	l.seal()
	l.exec("UPDATE points_chain SET hash = ? WHERE community_id = ?", "00", l.community.ID)
	l.credit(l.work("anna", "claim-2", 5))
	village := l.work("bela", "claim-v", 5)
	village.CommunityID = l.village.ID
	l.credit(village)
	if err := l.Seal(t.Context()); err == nil {
		t.Error("the runner says nothing of the tampered end")
	}
	if got := l.number("SELECT COUNT(*) FROM points_seal WHERE community_id = ?", l.community.ID); got != 1 {
		t.Errorf("%d seals, want the 1 from before", got)
	}
	if got := l.number("SELECT COUNT(*) FROM points_seal WHERE community_id = ?", l.village.ID); got != 1 {
		t.Errorf("%d seals in the other community, want 1", got)
	}
}

func TestUnsealedRecordIsFoundAfterTwoSeconds(t *testing.T) {
	l := newLedger(t)
	entry := l.credit(l.work("anna", "claim-1", 5))
	l.now = l.now.Add(2 * time.Second)
	if findings := l.verify().Findings; len(findings) > 0 {
		t.Errorf("found too early: %v", findings)
	}
	l.now = l.now.Add(time.Millisecond)
	l.wantFinding(entry.ID, "not sealed within 2s")
}

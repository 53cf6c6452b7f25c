package points

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"fivestar/server/db"
	"fivestar/server/db/engine"
)

// openStore is the store of a database without any rows.
func openStore(t *testing.T) store {
	t.Helper()
	opened, err := db.Open(t.Context(), engine.Database(t), t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store{opened}
}

// The guards of what is stored hold by themselves, whatever the rules above them have let through.
func TestGuardsOfDisputes(t *testing.T) {
	s := openStore(t)
	write := func(fn func(ctx context.Context) error) error { return s.db.InTx(t.Context(), fn) }
	dispute := Dispute{ID: db.NewID(), Kind: DisputedEntry, RegionID: "c", PersonID: "p", RecordID: "e", State: DisputeOpen,
		RaisedAt: s.db.Now(), subjectKey: recordKey(DisputedEntry, "e")}
	if err := write(func(ctx context.Context) error { return s.insertDispute(ctx, dispute) }); err != nil {
		t.Fatal(err)
	}
	second := dispute
	second.ID = db.NewID()
	if err := write(func(ctx context.Context) error { return s.insertDispute(ctx, second) }); !errors.Is(err, errDisputed) {
		t.Errorf("a second dispute of the same entry: %v", err)
	}
	answered := dispute
	answered.State = DisputeAnswered
	answer := func(ctx context.Context) error { return s.moveDispute(ctx, DisputeOpen, answered) }
	if err := write(answer); err != nil {
		t.Fatal(err)
	}
	if err := write(answer); !errors.Is(err, errDisputeMoved) {
		t.Errorf("a second answer to the same dispute: %v", err)
	}
	if kept, err := s.dispute(t.Context(), dispute.ID); err != nil || kept.State != DisputeAnswered {
		t.Errorf("%v, %v", kept, err)
	}
}

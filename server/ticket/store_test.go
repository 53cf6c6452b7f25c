package ticket

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/fault"
	"fivestar/server/ticket/internal/ticketdb"
)

// open gives a store on an empty database: what the tables themselves refuse is tried without the rules above
// them.
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

func (s store) inTx(t *testing.T, fn func(ctx context.Context) error) error {
	t.Helper()
	return s.db.InTx(t.Context(), fn)
}

func stored(t *testing.T, s store, number string) Ticket {
	t.Helper()
	made := Ticket{ID: db.NewID(), RegionID: "community", Number: number, Category: "other", Text: "井盖松了",
		Stage: Raised, ContentState: content.Passed, RaisedAt: time.UnixMilli(1), raiserID: "raiser", version: 1}
	if err := s.inTx(t, func(ctx context.Context) error { return s.insert(ctx, made) }); err != nil {
		t.Fatal(err)
	}
	return made
}

func TestAMoveNeedsTheStageAndVersionItCameFrom(t *testing.T) {
	s := openStore(t)
	made := stored(t, s, "1")
	move := func(act Act, from, to Stage, version int64) error {
		moved := made
		moved.Stage, moved.version = to, version
		return s.inTx(t, func(ctx context.Context) error { return s.move(ctx, act, from, moved) })
	}
	wrong := errWrongStage(Raised)
	if err := move(ActReview, Raised, Closed, 1); !errors.Is(err, wrong) {
		t.Errorf("a review closed a ticket that was only raised: %v", err)
	}
	if err := move(ActAccept, Dispatched, Accepted, 1); !errors.Is(err, wrong) {
		t.Errorf("a ticket that is raised was accepted: %v", err)
	}
	if err := move(ActDispatch, Raised, Dispatched, 2); !errors.Is(err, wrong) {
		t.Errorf("a ticket was dispatched that somebody had changed meanwhile: %v", err)
	}
	if err := move(ActDispatch, Raised, Dispatched, 1); err != nil {
		t.Errorf("dispatch: %v", err)
	}
	if err := move(ActDispatch, Raised, Dispatched, 1); !errors.Is(err, wrong) {
		t.Errorf("a ticket was dispatched twice: %v", err)
	}
}

func TestTheTablesHoldEachOnce(t *testing.T) {
	s := openStore(t)
	made := stored(t, s, "1")
	twice := func(name string, want error, write func(ctx context.Context) error) {
		t.Helper()
		if err := s.inTx(t, write); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		err := s.inTx(t, write)
		if want == nil && !db.IsUnique(err) || want != nil && !errors.Is(err, want) {
			t.Errorf("%s was taken twice: %v", name, err)
		}
	}
	twice("an acceptance of one round", errTaken, func(ctx context.Context) error {
		taken := made
		taken.acceptedBy = db.NewID()
		return s.accept(ctx, taken, "")
	})
	twice("a review of one person", errReviewed, func(ctx context.Context) error {
		return s.insertReview(ctx, ticketdb.InsertReviewParams{TicketID: made.ID, PersonID: "raiser", Score: 5})
	})
	twice("a vote of one person", nil, func(ctx context.Context) error {
		return s.queries(ctx).InsertVote(ctx, ticketdb.InsertVoteParams{TicketID: made.ID, PersonID: "neighbour"})
	})
	twice("an act of one change", nil, func(ctx context.Context) error {
		return s.insertEvent(ctx, made, Event{id: db.NewID(), Act: ActAccept})
	})
	twice("the first number of a day", nil, func(ctx context.Context) error {
		return s.queries(ctx).StartNumbers(ctx, ticketdb.StartNumbersParams{RegionID: "community", Day: "20261122"})
	})
	twice("a number of one community", nil, func(ctx context.Context) error {
		again := made
		again.ID, again.Number = db.NewID(), "2"
		return s.insert(ctx, again)
	})
}

func TestVotesAreCountedFromTheirRows(t *testing.T) {
	s := openStore(t)
	from, into := stored(t, s, "1"), stored(t, s, "2")
	into.raiserID = "other raiser"
	err := s.inTx(t, func(ctx context.Context) error {
		for _, person := range []string{"a", "b", "b", "other raiser"} {
			if err := s.vote(ctx, from.ID, person, ""); err != nil {
				return err
			}
		}
		return s.vote(ctx, into.ID, "a", "helper")
	})
	if err != nil {
		t.Fatal(err)
	}
	want := func(id string, votes int64) {
		t.Helper()
		if got, err := s.votes(t.Context(), id); err != nil || got != votes {
			t.Errorf("%d votes (%v), want %d", got, err, votes)
		}
	}
	want(from.ID, 3)
	want(into.ID, 1)
	if err := s.inTx(t, func(ctx context.Context) error { return s.moveVotes(ctx, from, into) }); err != nil {
		t.Fatal(err)
	}
	want(from.ID, 0)
	want(into.ID, 3) // a, b and the first one's raiser; not its own
}

func TestAVerdictOnNothingIsNotFound(t *testing.T) {
	s := openStore(t)
	err := s.inTx(t, func(ctx context.Context) error { return s.decideContent(ctx, "nothing", content.Passed) })
	if !errors.Is(err, fault.ErrNotFound) {
		t.Error(err)
	}
}

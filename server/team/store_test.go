package team

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/db/engine"
)

// The last two of the three depths that every promise stands on: what the guarded updates refuse and what
// the unique indexes refuse, whatever the code above them believes.

// bench is an empty database with one activity of two places, published.
type bench struct {
	testing.TB
	store
	ctx context.Context
	id  string
}

func newBench(t *testing.T) *bench {
	log := slog.New(slog.DiscardHandler)
	opened, err := db.Open(t.Context(), engine.Database(t), t.TempDir(), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := &bench{TB: t, store: store{opened}, ctx: t.Context()}
	b.id = b.activity(Published)
	return b
}

// do runs one thing in a transaction of its own.
func (b *bench) do(what func(ctx context.Context) error) error { return b.db.InTx(b.ctx, what) }

func (b *bench) must(what func(ctx context.Context) error) {
	b.Helper()
	if err := b.do(what); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) activity(state State) string {
	b.Helper()
	made := Activity{ID: db.NewID(), Kind: Planned, RegionID: "r", TeamID: "t", Title: "清扫院子", StartsAt: nine, EndsAt: at(120),
		Capacity: 2, State: state, ContentState: content.Pending, CreatedBy: "c"}
	b.must(func(ctx context.Context) error { return b.insertActivity(ctx, made) })
	return made.ID
}

// counts are what an activity says of itself.
func (b *bench) counts() [3]int64 {
	b.Helper()
	activity, err := b.store.activity(b.ctx, b.id)
	if err != nil {
		b.Fatal(err)
	}
	return [3]int64{activity.Taken, activity.Waiting, activity.CheckedIn}
}

// want runs a guarded change and checks whether it was let through.
func (b *bench) want(let bool, name string, change func(ctx context.Context) (bool, error)) {
	b.Helper()
	err := b.do(func(ctx context.Context) error {
		got, err := change(ctx)
		if got != let && err == nil {
			b.Errorf("%s: let through %v, want %v", name, got, let)
		}
		return err
	})
	if err != nil {
		b.Errorf("%s: %v", name, err)
	}
}

func (b *bench) wantErr(refused bool, name string, change func(ctx context.Context) error) {
	b.Helper()
	if err := b.do(change); (err != nil) != refused {
		b.Errorf("%s: %v, want refused %v", name, err, refused)
	}
}

func TestPlacesAreGuarded(t *testing.T) {
	b := newBench(t)
	take := func(ctx context.Context) (bool, error) { return b.takePlace(ctx, b.id) }
	queue := func(ctx context.Context) (bool, error) { return b.joinQueue(ctx, b.id) }
	count := func(state SignupState, late State) func(context.Context) (bool, error) {
		return func(ctx context.Context) (bool, error) { return b.countIn(ctx, b.id, Signup{State: state}, late) }
	}
	b.want(false, "queue while there are places", queue)
	b.want(true, "first place", take)
	b.want(false, "in from an empty queue", count(Waiting, Published))
	b.want(true, "walk in to the last place", count("", Published))
	b.want(false, "third of two places", take)
	b.want(false, "walk in to a full activity", count("", Published))
	b.want(true, "queue", queue)
	b.want(false, "in from the queue of a full activity", count(Waiting, Published))
	b.want(true, "in with a place", count(Holding, Published))
	if got := b.counts(); got != [3]int64{2, 1, 2} {
		t.Errorf("taken, waiting, attended: %v", got)
	}
	leave := func(ctx context.Context) error { return b.leavePlace(ctx, b.id) }
	leaveQueue := func(ctx context.Context) error { return b.leaveQueue(ctx, b.id) }
	b.wantErr(false, "leave a place", leave)
	b.want(true, "in from the queue", count(Waiting, Published))
	b.wantErr(true, "leave an empty queue", leaveQueue)
	b.wantErr(false, "leave a place", leave)
	b.wantErr(false, "leave the other place", leave)
	b.wantErr(true, "leave a place that nobody holds", leave)

	for _, state := range []State{Draft, Closed, Confirmed, Cancelled} {
		b.id = b.activity(state)
		b.want(false, string(state)+": take a place", take)
		b.want(false, string(state)+": queue", queue)
		for _, signup := range []SignupState{Holding, ""} {
			b.want(false, string(state)+": in", count(signup, Published))
			b.want(state == Closed, string(state)+": in late", count(signup, Closed))
		}
	}
}

func TestMovesAreGuarded(t *testing.T) {
	b := newBench(t)
	move := func(from, to State) func(context.Context) error {
		return func(ctx context.Context) error { return b.moveActivity(ctx, Activity{ID: b.id, State: to}, from) }
	}
	b.wantErr(true, "from a state that it is not in", move(Draft, Published))
	b.wantErr(false, "close", move(Published, Closed))
	b.wantErr(true, "close again", move(Published, Closed))
	b.must(func(ctx context.Context) error { return b.finishPosting(ctx, b.id) })
	if unfinished, err := b.unpostedActivities(b.ctx, 10); err != nil || len(unfinished) != 0 {
		t.Errorf("a closed activity waits for points: %q, %v", unfinished, err)
	}
	b.wantErr(false, "confirm", move(Closed, Confirmed))
	if unfinished, err := b.unpostedActivities(b.ctx, 10); err != nil || len(unfinished) != 1 {
		t.Errorf("a confirmed activity waits for points: %q, %v", unfinished, err)
	}
	b.must(func(ctx context.Context) error { return b.finishPosting(ctx, b.id) })
	if unfinished, err := b.unpostedActivities(b.ctx, 10); err != nil || len(unfinished) != 0 {
		t.Errorf("a posted activity waits for points: %q, %v", unfinished, err)
	}
	for _, word := range []content.State{content.Refused, content.Passed} {
		b.must(func(ctx context.Context) error { return b.decideContent(ctx, b.id, word) })
	}
	if activity, err := b.store.activity(b.ctx, b.id); err != nil || activity.ContentState != content.Refused {
		t.Errorf("the first word on the content does not hold: %s, %v", activity.ContentState, err)
	}
	if _, err := b.hold(b.ctx, "nowhere"); err == nil {
		t.Error("holds an activity that is not there")
	}
}

func TestSignupsAreGuarded(t *testing.T) {
	b := newBench(t)
	signup := Signup{ID: db.NewID(), ActivityID: b.id, PersonID: "p", State: Holding, SignedUpAt: nine}
	insert := func(s Signup) func(context.Context) error {
		return func(ctx context.Context) error { return b.insertSignup(ctx, s) }
	}
	move := func(s Signup, to SignupState, attended bool) func(context.Context) (bool, error) {
		return func(ctx context.Context) (bool, error) { return b.moveSignup(ctx, s, to, attended) }
	}
	b.must(insert(signup))
	again := signup
	again.ID = db.NewID()
	if err := b.do(insert(again)); !db.IsUnique(err) {
		t.Errorf("a second sign-up: %v", err)
	}
	stale := signup
	stale.State = Waiting
	b.want(false, "move from a state that it is not in", move(stale, Holding, false))
	b.wantErr(true, "delete from a state that it is not in", func(ctx context.Context) error { return b.deleteSignup(ctx, stale) })
	b.want(true, "come", move(signup, Holding, true))
	b.want(false, "come again", move(signup, Holding, true))
	b.wantErr(true, "delete of who has come", func(ctx context.Context) error { return b.deleteSignup(ctx, signup) })
}

func TestAttendanceIsGuarded(t *testing.T) {
	b := newBench(t)
	presence := Attendance{ID: db.NewID(), ActivityID: b.id, PersonID: "p", Method: ByCode, CheckedInAt: nine}
	b.must(func(ctx context.Context) error { return b.insertAttendance(ctx, presence) })
	again := presence
	again.ID = db.NewID()
	if err := b.do(func(ctx context.Context) error { return b.insertAttendance(ctx, again) }); !db.IsUnique(err) {
		t.Errorf("a second presence: %v", err)
	}
	out := func(at time.Time) func(context.Context) (bool, error) {
		return func(ctx context.Context) (bool, error) {
			leaving := presence
			leaving.CheckedOutAt = at
			return b.checkOut(ctx, leaving)
		}
	}
	mark := func(ctx context.Context) (bool, error) { return b.markPosted(ctx, presence.ID) }
	correct := func(ctx context.Context) error {
		return b.correctMinutes(ctx, b.id, Correction{AttendanceID: presence.ID, NewMinutes: 30, CorrectedAt: nine})
	}
	b.wantErr(true, "points before they are posted", func(ctx context.Context) error { return b.keepPoints(ctx, presence.ID, 5) })
	b.wantErr(false, "correct", correct)
	b.want(true, "check out", out(at(60)))
	b.want(false, "check out again", out(at(90)))
	b.want(true, "post", mark)
	b.want(false, "post again", mark)
	b.wantErr(true, "correct what is posted", correct)
	if kept, err := b.corrections(b.ctx, []string{presence.ID}); err != nil || len(kept[presence.ID]) != 1 {
		t.Errorf("a refused correction is kept: %v, %v", kept, err)
	}
	second := Attendance{ID: db.NewID(), ActivityID: b.id, PersonID: "q", Method: ByCode, CheckedInAt: nine}
	b.must(func(ctx context.Context) error { return b.insertAttendance(ctx, second) })
	b.must(func(ctx context.Context) error { _, err := b.markPosted(ctx, second.ID); return err })
	presence = second
	b.want(false, "check out of what is posted", out(at(60)))

	scan := Scan{ActivityID: b.id, ScanID: "s", Kind: ScanIn, Outcome: Recorded, ScannedAt: nine, UploadedAt: nine}
	b.must(func(ctx context.Context) error { return b.insertScan(ctx, scan) })
	if err := b.do(func(ctx context.Context) error { return b.insertScan(ctx, scan) }); !db.IsUnique(err) {
		t.Errorf("a scan twice: %v", err)
	}
	scan.ActivityID = b.activity(Published)
	b.must(func(ctx context.Context) error { return b.insertScan(ctx, scan) })
}

func TestMembersAreGuarded(t *testing.T) {
	b := newBench(t)
	team := Team{ID: db.NewID(), RegionID: "r", Name: "应急队", Kind: Emergency}
	b.must(func(ctx context.Context) error { return b.insertTeam(ctx, team, "c") })
	team.ID = db.NewID()
	b.wantErr(true, "a second team of the name", func(ctx context.Context) error { return b.insertTeam(ctx, team, "c") })
	member := Member{TeamID: team.ID, PersonID: "p", State: Pending, AskedAt: nine}
	b.must(func(ctx context.Context) error { return b.insertMember(ctx, member) })
	if err := b.do(func(ctx context.Context) error { return b.insertMember(ctx, member) }); !db.IsUnique(err) {
		t.Errorf("a member twice: %v", err)
	}
	member.State = Admitted
	b.wantErr(true, "from a state that it is not in", func(ctx context.Context) error { return b.changeMember(ctx, member, Refused) })
	b.wantErr(false, "admit", func(ctx context.Context) error { return b.changeMember(ctx, member, Pending) })
}

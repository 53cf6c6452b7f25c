package points_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/fault"
	"fivestar/server/notice"
	"fivestar/server/person"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// ledgerDB is the database of all tests that need no server: to make one takes longer than most of them.
var ledgerDB *db.DB

func TestMain(m *testing.M) {
	code, err := runWithLedgerDB(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "points:", err)
		code = 1
	}
	os.Exit(code)
}

func runWithLedgerDB(m *testing.M) (code int, err error) {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "points-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	dsn := ""
	if server := os.Getenv(engine.DatabaseDSNVariable); server != "" {
		if dsn, err = engine.NewDatabase(ctx, server, "points"); err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, engine.DropDatabase(ctx, dsn)) }()
	}
	if ledgerDB, err = db.Open(ctx, dsn, folder, slog.New(slog.DiscardHandler)); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, ledgerDB.Close()) }()
	if err := ledgerDB.Migrate(ctx); err != nil {
		return 0, err
	}
	return m.Run(), nil
}

// ledger is the points room without HTTP, and without any entries.
type ledger struct {
	t testing.TB
	*points.Service
	community, village region.Region
	now                time.Time
	admin              web.Caller
}

func newLedger(t testing.TB) *ledger {
	t.Helper()
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	audits := &audit.Service{DB: ledgerDB}
	regions := &region.Service{DB: ledgerDB, Audit: audits}
	regions.Open()
	l := &ledger{t: t, now: time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)}
	ledgerDB.Now = func() time.Time { return l.now }
	people := &person.Service{DB: ledgerDB, Audit: audits, Regions: regions}
	l.Service = &points.Service{
		DB: ledgerDB, Audit: audits, Regions: regions, People: people,
		Notices: &notice.Service{DB: ledgerDB, Audit: audits, Regions: regions, People: people, Log: log},
		Key:     secret.Key("a key for tests that is long enough to be one"), Log: log,
	}
	for _, table := range []string{"entry", "service", "account", "unsealed", "seal", "chain", "total", "community_total", "area_total", "adjustment", "adjustment_day"} {
		l.exec("DELETE FROM points_" + table)
	}
	l.exec("DELETE FROM notice")
	l.makeTree()
	return l
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (l *ledger) makeTree() {
	l.t.Helper()
	city, err := l.Regions.FoundCity(l.t.Context(), "样板市"+db.NewID())
	must(l.t, err)
	l.admin = web.Caller{PersonID: "admin", Grants: []web.RoleGrant{{Role: web.Admin, RegionID: city.ID}}}
	make := func(parent region.Region, kind region.Kind, communityKind region.CommunityKind, name string) region.Region {
		made, err := l.Regions.Create(l.t.Context(), l.admin, region.NewRegion{ParentID: parent.ID, Kind: kind, CommunityKind: communityKind, Name: name})
		must(l.t, err)
		return made
	}
	street := make(make(city, region.District, "", "样板区"), region.Street, "", "样板街道")
	l.community = make(street, region.Community, region.Urban, "样板社区")
	l.village = make(street, region.Community, region.Village, "样板村")
}

// exec changes the database behind the room's back and tells how many rows it changed.
func (l *ledger) exec(statement string, arguments ...any) int64 {
	l.t.Helper()
	var affected int64
	must(l.t, l.DB.InTx(context.Background(), func(ctx context.Context) error {
		result, err := l.DB.Querier(ctx).ExecContext(ctx, statement, arguments...)
		if err != nil {
			return err
		}
		affected, err = result.RowsAffected()
		return err
	}))
	return affected
}

// resident makes a person who lives in a community.
func (l *ledger) resident(id string, home region.Region) string {
	l.t.Helper()
	l.residents(home, id)
	return id
}

// residents makes people who live in a community, all at once.
func (l *ledger) residents(home region.Region, ids ...string) {
	l.t.Helper()
	must(l.t, l.DB.InTx(context.Background(), func(ctx context.Context) error {
		for _, id := range ids {
			if _, err := l.DB.Querier(ctx).ExecContext(ctx, insertPerson, id, "样例"+id, "样例"+id, home.ID, home.ID, home.Path); err != nil {
				return err
			}
		}
		return nil
	}))
}

const insertPerson = "INSERT INTO person (id, name, search_name, home_region_id, home_community_id, home_path, home_changed_at, home_verified_by, " +
	"home_verified_at, leaderboard_consent, created_by, created_at, erased_at) VALUES (?, ?, ?, ?, ?, ?, 0, '', 0, FALSE, '', 0, 0)"

// number reads one number.
func (l *ledger) number(query string, arguments ...any) int64 {
	l.t.Helper()
	var number int64
	must(l.t, l.DB.Querier(context.Background()).QueryRowContext(context.Background(), query, arguments...).Scan(&number))
	return number
}

func (l *ledger) balance(personID string) int64 {
	return l.number("SELECT COALESCE(SUM(balance), 0) FROM points_account WHERE person_id = ?", personID)
}

func (l *ledger) earned(personID string, period points.Period, star region.Star) int64 {
	return l.number("SELECT COALESCE(SUM(earned), 0) FROM points_total WHERE person_id = ? AND period = ? AND star = ?", personID, string(period), string(star))
}

func (l *ledger) minutes(personID string, period points.Period) int64 {
	return l.number("SELECT COALESCE(SUM(minutes), 0) FROM points_total WHERE person_id = ? AND period = ? AND star = ''", personID, string(period))
}

// work is a posting for a claim that somebody else has confirmed.
func (l *ledger) work(personID, sourceID string, amount int64) points.Posting {
	return points.Posting{PersonID: personID, CommunityID: l.community.ID, Amount: amount, Kind: points.KindClaim, SourceID: sourceID,
		Star: region.Harmony, Memo: "打扫楼道", Hands: []string{personID}, Witness: "secretary"}
}

func (l *ledger) credit(posting points.Posting) points.Entry {
	l.t.Helper()
	entry, err := l.Credit(context.Background(), posting)
	must(l.t, err)
	return entry
}

// spend is a posting for a redemption.
func (l *ledger) spend(personID, sourceID string, amount int64) points.Posting {
	return points.Posting{PersonID: personID, CommunityID: l.community.ID, Amount: amount, Kind: points.KindRedemption, SourceID: sourceID, Memo: "理发", Hands: []string{personID}}
}

func (l *ledger) seal() {
	l.t.Helper()
	must(l.t, l.Seal(context.Background()))
}

func (l *ledger) verify() points.Report {
	l.t.Helper()
	report, err := l.Verify(context.Background(), nil)
	must(l.t, err)
	return report
}

// wantSound seals, and ends the test if the verification finds anything.
func (l *ledger) wantSound() {
	l.t.Helper()
	l.seal()
	for _, finding := range l.verify().Findings {
		l.t.Errorf("the ledger is not sound: %s", finding)
	}
}

func wantCode(t testing.TB, err error, code string) {
	t.Helper()
	var known *fault.Error
	if !errors.As(err, &known) || known.Code != code {
		t.Fatalf("error %v, want %s", err, code)
	}
}

func TestCreditMovesPointsOnce(t *testing.T) {
	l := newLedger(t)
	first := l.credit(l.work("anna", "claim-1", 5))
	again := l.credit(l.work("anna", "claim-1", 9))
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("the second call gives another entry: %s", diff)
	}
	ticket := l.credit(points.Posting{PersonID: "anna", CommunityID: l.community.ID, Amount: 3, Kind: points.KindTicket, SourceID: "claim-1",
		Memo: strings.Repeat("长", 501), Witness: "street"})
	if ticket.Memo != strings.Repeat("长", 500) {
		t.Errorf("the memo was not cut to 500 characters: %q", ticket.Memo)
	}
	if got := l.balance("anna"); got != 8 {
		t.Errorf("balance %d, want 8: 5 for the claim once, 3 for the ticket of the same id", got)
	}
	if got := l.number("SELECT COUNT(*) FROM points_entry"); got != 2 {
		t.Errorf("%d entries, want 2", got)
	}
	if got := l.number("SELECT SUM(balance) FROM points_account"); got != 0 {
		t.Errorf("the sum over all accounts is %d", got)
	}
	l.wantSound()
}

func TestCreditNeedsTwoPeople(t *testing.T) {
	l := newLedger(t)
	for name, change := range map[string]func(*points.Posting){
		"nobody confirms":       func(p *points.Posting) { p.Witness = "" },
		"the person confirms":   func(p *points.Posting) { p.Witness, p.Hands = "anna", nil },
		"a hand of it confirms": func(p *points.Posting) { p.Hands = []string{"anna", "secretary"} },
	} {
		posting := l.work("anna", "claim-1", 5)
		change(&posting)
		_, err := l.Credit(t.Context(), posting)
		if !errors.Is(err, &fault.Error{Code: "review.own_work"}) {
			t.Errorf("%s: %v, want review.own_work", name, err)
		}
		record := points.ServiceRecord{PersonID: "anna", CommunityID: l.community.ID, Minutes: 60, SourceID: "a-1", At: l.now, Hands: posting.Hands, Witness: posting.Witness}
		if err := l.RecordService(t.Context(), record); !errors.Is(err, &fault.Error{Code: "review.own_work"}) {
			t.Errorf("service minutes, %s: %v, want review.own_work", name, err)
		}
		posting.Kind = points.KindAdjustment
		if _, err := l.Debit(t.Context(), posting); !errors.Is(err, &fault.Error{Code: "review.own_work"}) {
			t.Errorf("points taken, %s: %v, want review.own_work", name, err)
		}
	}
	if got := l.number("SELECT COUNT(*) FROM points_entry") + l.number("SELECT COUNT(*) FROM points_service"); got != 0 {
		t.Errorf("%d records were written", got)
	}
}

func TestPostingsThatNoRoomShouldAskForAreRefused(t *testing.T) {
	l := newLedger(t)
	for name, change := range map[string]func(*points.Posting){
		"no points":         func(p *points.Posting) { p.Amount = 0 },
		"below zero":        func(p *points.Posting) { p.Amount = -5 },
		"too many":          func(p *points.Posting) { p.Amount = 1_000_001 },
		"no source":         func(p *points.Posting) { p.SourceID = "" },
		"a source too long": func(p *points.Posting) { p.SourceID = string(make([]byte, 61)) },
		"no person":         func(p *points.Posting) { p.PersonID = "" },
		"no community":      func(p *points.Posting) { p.CommunityID = "" },
		"a reversal":        func(p *points.Posting) { p.Kind = points.KindReversal },
		"a redemption":      func(p *points.Posting) { p.Kind = points.KindRedemption },
	} {
		posting := l.work("anna", "claim-1", 5)
		change(&posting)
		if _, err := l.Credit(t.Context(), posting); err == nil {
			t.Errorf("%s was credited", name)
		}
	}
	if _, err := l.Debit(t.Context(), l.work("anna", "claim-1", 5)); err == nil {
		t.Error("a claim was debited")
	}
}

func TestDebitNeverGoesBelowZero(t *testing.T) {
	l := newLedger(t)
	_, err := l.Debit(t.Context(), l.spend("anna", "r-0", 1))
	wantCode(t, err, "points.short")
	l.credit(l.work("anna", "claim-1", 5))
	_, err = l.Debit(t.Context(), l.spend("anna", "r-1", 6))
	wantCode(t, err, "points.short")
	spent, err := l.Debit(t.Context(), l.spend("anna", "r-2", 5))
	must(t, err)
	again, err := l.Debit(t.Context(), l.spend("anna", "r-2", 5))
	must(t, err)
	if spent.ID != again.ID || spent.Amount != -5 {
		t.Errorf("spent %+v, then %+v", spent, again)
	}
	if got := l.balance("anna"); got != 0 {
		t.Errorf("balance %d, want 0", got)
	}
	l.wantSound()
}

// What is earned in one community cannot be spent in another.
func TestAccountsAreOfACommunity(t *testing.T) {
	l := newLedger(t)
	l.credit(l.work("anna", "claim-1", 5))
	elsewhere := l.spend("anna", "r-1", 5)
	elsewhere.CommunityID = l.village.ID
	_, err := l.Debit(t.Context(), elsewhere)
	wantCode(t, err, "points.short")
}

func TestSpendingIsNotTakenFromEarned(t *testing.T) {
	l := newLedger(t)
	l.credit(l.work("anna", "claim-1", 10))
	spent, err := l.Debit(t.Context(), l.spend("anna", "r-1", 4))
	must(t, err)
	if earned, balance := l.earned("anna", "2026-11", ""), l.balance("anna"); earned != 10 || balance != 6 {
		t.Errorf("after spending: earned %d, balance %d, want 10 and 6", earned, balance)
	}
	back, err := l.Reverse(t.Context(), spent.ID, "没有来取", []string{"anna"})
	must(t, err)
	again, err := l.Reverse(t.Context(), spent.ID, "没有来取", []string{"anna"})
	must(t, err)
	if back.ID != again.ID {
		t.Error("the redemption was reversed twice")
	}
	if earned, balance := l.earned("anna", "2026-11", ""), l.balance("anna"); earned != 10 || balance != 10 {
		t.Errorf("after giving back: earned %d, balance %d, want 10 and 10", earned, balance)
	}
	_, err = l.Reverse(t.Context(), back.ID, "x", nil)
	wantCode(t, err, "points.not_reversible")
	l.wantSound()
}

func TestTotalsAreOfTheEntrysPeriodAndStar(t *testing.T) {
	l := newLedger(t)
	l.now = time.Date(2026, 12, 31, 15, 59, 0, 0, time.UTC) // the last minute of the year in Shanghai
	old := l.credit(l.work("anna", "claim-1", 5))
	l.now = l.now.Add(2 * time.Minute)
	second := l.work("anna", "claim-2", 7)
	second.Star = region.SafetyLaw
	l.credit(second)
	third := l.work("anna", "ticket-1", 2)
	third.Star = ""
	l.credit(third)
	want := map[string]int64{
		"all ": 14, "all harmony": 5, "all safety_law": 7,
		"2026 ": 5, "2026 harmony": 5, "2026-Q4 ": 5, "2026-12 ": 5, "2026-12-31 ": 5,
		"2027 ": 9, "2027 safety_law": 7, "2027-Q1 ": 9, "2027-01 ": 9, "2027-01-01 ": 9, "2027-01-01 safety_law": 7, "2027 harmony": 0,
	}
	check := func() {
		t.Helper()
		for slot, earned := range want {
			period, star, _ := strings.Cut(slot, " ")
			if got := l.earned("anna", points.Period(period), region.Star(star)); got != earned {
				t.Errorf("earned in %q: %d, want %d", slot, got, earned)
			}
		}
	}
	check()
	_, err := l.Reverse(t.Context(), old.ID, "登记错了", []string{"secretary"})
	must(t, err)
	for _, slot := range []string{"all ", "all harmony", "2026 ", "2026 harmony", "2026-Q4 ", "2026-12 ", "2026-12-31 "} {
		want[slot] -= 5 // of the year in which it was earned, not of the one in which it was reversed
	}
	check()
	l.wantSound()
}

func TestServiceMinutesAreRecordedOnce(t *testing.T) {
	l := newLedger(t)
	record := points.ServiceRecord{PersonID: "anna", CommunityID: l.community.ID, Star: region.Harmony, Minutes: 90, SourceID: "attendance-1",
		At: time.Date(2026, 10, 31, 16, 30, 0, 0, time.UTC), Hands: []string{"anna", "leader"}, Witness: "secretary"}
	must(t, l.RecordService(t.Context(), record))
	must(t, l.RecordService(t.Context(), record))
	none := record
	none.Minutes, none.SourceID = 0, "attendance-2"
	must(t, l.RecordService(t.Context(), none))
	if got, err := l.MinutesOf(t.Context(), "anna"); err != nil || got != 90 {
		t.Errorf("MinutesOf = %d, %v, want 90", got, err)
	}
	if november, october := l.minutes("anna", "2026-11"), l.minutes("anna", "2026-10"); november != 90 || october != 0 {
		t.Errorf("%d minutes in November and %d in October, want 90 and 0: it was past midnight in Shanghai", november, october)
	}
	l.wantSound()
}

func TestHundredsCreditTheSameSourceOnce(t *testing.T) {
	l := newLedger(t)
	ids := make([]string, 200)
	var group sync.WaitGroup
	for i := range ids {
		group.Go(func() {
			entry, err := l.Credit(context.Background(), l.work("anna", "claim-1", 5))
			if err != nil {
				t.Errorf("credit: %v", err)
			}
			ids[i] = entry.ID
		})
	}
	group.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("two entries for one source: %s and %s", id, ids[0])
		}
	}
	if got := l.balance("anna"); got != 5 {
		t.Errorf("balance %d, want 5", got)
	}
	l.wantSound()
}

// Everything that an account or a total needs is made by the first posting, however many come first at once.
func TestFirstPostingsAtTheSameMoment(t *testing.T) {
	l := newLedger(t)
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			if _, err := l.Credit(context.Background(), l.work(fmt.Sprintf("person-%d", i%10), fmt.Sprintf("claim-%d", i), 2)); err != nil {
				t.Errorf("credit: %v", err)
			}
		})
	}
	group.Wait()
	for i := range 10 {
		if got := l.balance(fmt.Sprintf("person-%d", i)); got != 20 {
			t.Errorf("balance of person %d: %d, want 20", i, got)
		}
	}
	l.wantSound()
}

// Hours, unlike points, queue for no account: at the turn of a year, or when somebody serves for the first time, many
// make the same totals at once. Each counts, or is refused as a whole.
func TestHoursAtTheSameMoment(t *testing.T) {
	l := newLedger(t)
	record := func(personID, source string) error {
		return l.RecordService(context.Background(), points.ServiceRecord{PersonID: personID, CommunityID: l.community.ID, Star: region.Harmony, Minutes: 30,
			SourceID: source, At: l.now, Hands: []string{personID}, Witness: "secretary"})
	}
	const people, times = 40, 5
	for i := range people / 2 {
		must(t, record(fmt.Sprintf("person-%d", i), fmt.Sprintf("earlier-%d", i)))
	}
	l.now = l.now.AddDate(1, 0, 0)
	var group sync.WaitGroup
	for i := range people * times {
		group.Go(func() {
			busy := error(db.ErrBusy)
			for errors.Is(busy, db.ErrBusy) {
				busy = record(fmt.Sprintf("person-%d", i/times), fmt.Sprintf("attendance-%d", i))
			}
			if busy != nil {
				t.Errorf("hours: %v", busy)
			}
		})
	}
	group.Wait()
	for i := range people {
		if got := l.minutes(fmt.Sprintf("person-%d", i), "2027"); got != 30*times {
			t.Errorf("person %d served %d minutes, want %d", i, got, 30*times)
		}
	}
	l.wantSound()
}

func TestHundredsSpendTheSamePointsOnce(t *testing.T) {
	l := newLedger(t)
	l.credit(l.work("anna", "claim-1", 10))
	var group sync.WaitGroup
	var mutex sync.Mutex
	spent := 0
	for i := range 100 {
		group.Go(func() {
			_, err := l.Debit(context.Background(), l.spend("anna", fmt.Sprintf("r-%d", i), 3))
			if err == nil {
				mutex.Lock()
				spent++
				mutex.Unlock()
			} else if !errors.Is(err, &fault.Error{Code: "points.short"}) {
				t.Errorf("debit: %v", err)
			}
		})
	}
	group.Wait()
	if got := l.balance("anna"); spent != 3 || got != 1 {
		t.Errorf("spent %d times, %d left, want 3 times and 1 left", spent, got)
	}
	l.wantSound()
}

package web_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/tidwall/gjson"

	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/fault"
	"fivestar/server/redis"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// fixture is a web server with a few routes of its own, whose callers are whoever the token names.
type fixture struct {
	*testing.T
	*web.Server
	url string
	now time.Time
}

func start(t *testing.T, limits web.Limits) *fixture {
	t.Helper()
	database, err := db.Open(t.Context(), engine.Database(t), t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { database.Close() })
	if err := database.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	store, err := redis.Open(t.Context(), redis.Config{}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	key := secret.Key("a key for tests that is long enough to be one")
	f := &fixture{T: t, now: time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)}
	database.Now = func() time.Time { return f.now }
	f.Server = web.New(web.Config{
		DB: database, Redis: store.Client, Log: slog.New(slog.DiscardHandler), Metrics: prometheus.NewRegistry(), Limits: limits,
		Encrypt: func(plain []byte) string { return key.Encrypt("answers", plain) },
		Decrypt: func(kept string) ([]byte, error) { return key.Decrypt("answers", kept) },
		Authenticate: func(ctx context.Context, token string) (web.Caller, error) {
			if strings.HasPrefix(token, "person-") {
				return web.Caller{PersonID: token}, nil
			}
			return web.Caller{}, fault.ErrUnauthenticated
		},
		ActByCard: func(ctx context.Context, helper web.Caller, card string) (web.Caller, error) {
			return web.Caller{PersonID: card, HelperID: helper.PersonID}, nil
		},
	})
	f.mountRoutes()
	server := httptest.NewServer(f.Echo)
	t.Cleanup(server.Close)
	f.url = server.URL + web.BasePath
	return f
}

type thing struct {
	Name string `json:"name"`
}

type noted struct {
	Count int    `json:"count"`
	Name  string `json:"name"`
}

// mountRoutes adds POST /things, which counts the things of a name in the table things.
func (f *fixture) mountRoutes() {
	f.exec("CREATE TABLE things (id VARCHAR(26) NOT NULL PRIMARY KEY, name VARCHAR(60) NOT NULL)")
	type input struct {
		Body thing
	}
	web.Handle(f.Server, web.Route{ID: "addThing", Method: http.MethodPost, Path: "/things", Status: http.StatusCreated},
		func(ctx context.Context, caller web.Caller, in *input) (noted, error) {
			answer := noted{Name: in.Body.Name}
			err := f.DB.InTx(ctx, func(ctx context.Context) error {
				_, err := f.DB.Querier(ctx).ExecContext(ctx, "INSERT INTO things (id, name) VALUES (?, ?)", db.NewID(), in.Body.Name)
				if err != nil {
					return err
				}
				return f.DB.Querier(ctx).QueryRowContext(ctx, "SELECT COUNT(*) FROM things WHERE name = ?", in.Body.Name).Scan(&answer.Count)
			})
			switch in.Body.Name {
			case "refused":
				return noted{}, fault.New(fault.Conflict, "thing.refused", "不行")
			case "broken":
				return noted{}, fmt.Errorf("password of the database is hunter2")
			}
			return answer, err
		})
	web.Handle(f.Server, web.Route{ID: "renameThing", Method: http.MethodPatch, Path: "/things"},
		func(ctx context.Context, caller web.Caller, in *input) (thing, error) {
			return thing{Name: "renamed " + in.Body.Name}, nil
		})
	web.Handle(f.Server, web.Route{ID: "guess", Method: http.MethodPost, Path: "/guesses", Status: http.StatusOK},
		func(ctx context.Context, caller web.Caller, in *input) (thing, error) {
			return in.Body, f.Guess(ctx, caller, func() error {
				if in.Body.Name != "right" {
					return fault.New(fault.Forbidden, "guess.wrong", "不对")
				}
				return nil
			})
		})
	web.Handle(f.Server, web.Route{ID: "numbers", Method: http.MethodGet, Path: "/numbers", Public: true},
		func(ctx context.Context, _ web.Caller, in *web.PageQuery) (web.Page[string], error) {
			after, err := in.After("numbers", 1)
			if err != nil {
				return web.Page[string]{}, err
			}
			var items []string
			for n := range 5 {
				if item := fmt.Sprint(n); after == nil || item > after[0] {
					items = append(items, item)
				}
			}
			return web.NewPage("numbers", items, in.Limit, func(item string) []string { return []string{item} }), nil
		})
	web.Handle(f.Server, web.Route{ID: "panic", Method: http.MethodGet, Path: "/panic", Public: true},
		func(ctx context.Context, _ web.Caller, _ *struct{}) (thing, error) { panic("secret inside") })
}

func (f *fixture) exec(statement string) {
	f.Helper()
	err := f.DB.InTx(f.Context(), func(ctx context.Context) error {
		_, err := f.DB.Querier(ctx).ExecContext(ctx, statement)
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) things() (n int) {
	f.Helper()
	if err := f.DB.Querier(f.Context()).QueryRowContext(f.Context(), "SELECT COUNT(*) FROM things").Scan(&n); err != nil {
		f.Fatal(err)
	}
	return n
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) get(path string) string { return gjson.Get(a.body, path).String() }

func (f *fixture) call(method, path, body string, headers ...string) answer {
	f.Helper()
	request, err := http.NewRequest(method, f.url+path, strings.NewReader(body))
	if err != nil {
		f.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		f.Error(err)
		return answer{}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		f.Error(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

var generous = web.Limits{Writes: 100_000, Guesses: 100_000, Anonymous: 100_000}

const asOne = "Bearer person-1"

func TestNoSessionIsToldBeforeTheBodyIsLookedAt(t *testing.T) {
	f := start(t, generous)
	for _, token := range []string{"", "Bearer nobody", "Basic x"} {
		got := f.call("POST", "/things", `{"nonsense": [`, "Authorization", token)
		if got.status != 401 || got.get("code") != "auth.required" {
			t.Errorf("%q: %d %s", token, got.status, got.body)
		}
	}
}

func TestBadInputIsToldInChinese(t *testing.T) {
	f := start(t, generous)
	deep := strings.Repeat(`{"name":`, 10_001) + "1" + strings.Repeat("}", 10_001)
	for _, test := range []struct {
		name, body, code string
		status           int
	}{
		{"cut off", `{"name": "x`, "input.unreadable", 400},
		{"no JSON", `name=x`, "input.unreadable", 400},
		{"nested 10,000 deep", deep, "input.unreadable", 400},
		{"wrong kind", `{"name": 7}`, "input.invalid", 422},
		{"missing", `{}`, "input.invalid", 422},
		{"unknown", `{"name": "x", "role": "admin"}`, "input.invalid", 422},
		{"empty", ``, "input.unreadable", 400},
		{"too large", `{"name": "` + strings.Repeat("x", 2<<20) + `"}`, "input.too_large", 413},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := f.call("POST", "/things", test.body, "Authorization", asOne)
			if got.status != test.status || got.get("code") != test.code {
				t.Fatalf("%d %s, want %d %s", got.status, got.body, test.status, test.code)
			}
			if detail := got.get("detail"); len(detail) == len([]rune(detail)) {
				t.Errorf("detail %q is not Chinese", detail)
			}
			if kind := got.header.Get("Content-Type"); kind != "application/problem+json" {
				t.Errorf("content type %q", kind)
			}
		})
	}
	if got := f.call("POST", "/things", `{}`, "Authorization", asOne); got.get("errors.0.field") != "name" {
		t.Errorf("a missing field is told as %s", got.body)
	}
	if f.things() != 0 {
		t.Error("bad input changed something")
	}
}

func TestABodyThatNeverEndsIsRefused(t *testing.T) {
	f := start(t, generous)
	endless, writer := io.Pipe()
	go func() {
		chunk := []byte(strings.Repeat("x", 64<<10))
		for range 10_000 {
			if _, err := writer.Write(chunk); err != nil {
				return
			}
		}
		writer.Close()
	}()
	request, _ := http.NewRequest("POST", f.url+"/things", endless)
	request.Header.Set("Authorization", asOne)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return // the server may hang up on such a sender
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d, want 413", response.StatusCode)
	}
}

func TestAFailureShowsNothingOfTheInside(t *testing.T) {
	f := start(t, generous)
	for _, got := range []answer{
		f.call("POST", "/things", `{"name": "broken"}`, "Authorization", asOne),
		f.call("GET", "/panic", ""),
	} {
		if got.status != 500 || got.get("code") != "internal" || got.get("request_id") == "" {
			t.Errorf("%d %s", got.status, got.body)
		}
		if strings.Contains(got.body, "hunter2") || strings.Contains(got.body, "secret") {
			t.Errorf("the inside shows: %s", got.body)
		}
	}
}

func TestUnknownRoutes(t *testing.T) {
	f := start(t, generous)
	if got := f.call("GET", "/nowhere", ""); got.status != 404 || got.get("code") != "not_found" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := f.call("DELETE", "/things", ""); got.status != 404 || got.get("code") != "method_not_allowed" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// What is refused on the way to a call of the contract is counted as what its handler refuses is. What is no call is
// not, or strangers could fill the metrics.
func TestRefusalsOnTheWayAreCounted(t *testing.T) {
	f := start(t, web.Limits{Writes: 2, Guesses: 100, Anonymous: 100})
	for _, name := range []string{"refused", "refused", "one too many"} {
		f.call("POST", "/things", `{"name": "`+name+`"}`, "Authorization", asOne)
	}
	f.call("POST", "/things", `{"name": "`+strings.Repeat("x", 2<<20)+`"}`, "Authorization", "Bearer person-2")
	f.call("PATCH", "/things", `{"name": "`+strings.Repeat("x", 2<<20)+`"}`, "Authorization", "Bearer person-2")
	f.call("POST", "/guesses", `{"name": "right"}`, "Authorization", "Bearer person-2", "Idempotency-Key", strings.Repeat("k", 65))
	f.call("GET", "/panic", "")
	f.call("GET", "/nowhere", "")
	f.call("DELETE", "/things", "")
	want := `
		# HELP fivestar_http_problems_total Calls that were answered with a problem, by the contract's operation and the problem's code.
		# TYPE fivestar_http_problems_total counter
		fivestar_http_problems_total{code="input.invalid",operation="guess"} 1
		fivestar_http_problems_total{code="input.too_large",operation="addThing"} 1
		fivestar_http_problems_total{code="input.too_large",operation="renameThing"} 1
		fivestar_http_problems_total{code="internal",operation="panic"} 1
		fivestar_http_problems_total{code="thing.refused",operation="addThing"} 2
		fivestar_http_problems_total{code="too_many",operation="addThing"} 1
	`
	if err := testutil.GatherAndCompare(f.Metrics.(prometheus.Gatherer), strings.NewReader(want), "fivestar_http_problems_total"); err != nil {
		t.Error(err)
	}
}

func TestAPostMayStandForAPatchAndForNothingElse(t *testing.T) {
	f := start(t, generous)
	const body = `{"name": "a"}`
	if got := f.call("POST", "/things", body, "Authorization", "Bearer person-a", "X-HTTP-Method-Override", "PATCH"); got.status != 200 || got.get("name") != "renamed a" {
		t.Errorf("%d %s", got.status, got.body)
	}
	for _, method := range []string{"DELETE", "patch", "GET", ""} {
		if got := f.call("POST", "/things", body, "Authorization", "Bearer person-a", "X-HTTP-Method-Override", method); got.status != 201 {
			t.Errorf("%q: %d %s", method, got.status, got.body)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	f := start(t, generous)
	if got := f.call("GET", "/numbers", "", "X-Request-Id", "mine-1"); got.header.Get("X-Request-Id") != "mine-1" {
		t.Errorf("a plain id is not kept: %v", got.header)
	}
	for _, id := range []string{"", "a b", strings.Repeat("x", 65), `"><script>`} {
		if got := f.call("GET", "/numbers", "", "X-Request-Id", id).header.Get("X-Request-Id"); got == id || got == "" {
			t.Errorf("id %q gives %q", id, got)
		}
	}
}

func TestPaging(t *testing.T) {
	f := start(t, generous)
	var seen []string
	cursor := ""
	for {
		got := f.call("GET", "/numbers?limit=2&cursor="+cursor, "")
		for _, item := range gjson.Get(got.body, "items").Array() {
			seen = append(seen, item.String())
		}
		if cursor = got.get("next_cursor"); cursor == "" {
			break
		}
	}
	if strings.Join(seen, "") != "01234" {
		t.Errorf("pages gave %v", seen)
	}
	for _, path := range []string{"?cursor=hand-made", "?cursor=WyJvdGhlciIsIjEiXQ", "?cursor=WyJudW1iZXJzIl0", "?limit=0", "?limit=101", "?limit=x"} {
		if got := f.call("GET", "/numbers"+path, ""); got.status != 422 || got.get("code") != "input.invalid" {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

func TestIdempotencyKeyGivesTheFirstAnswerAgain(t *testing.T) {
	f := start(t, generous)
	first := f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne, "Idempotency-Key", "k")
	again := f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne, "Idempotency-Key", "k")
	if first.status != 201 || again.status != 201 || first.body != again.body || f.things() != 1 {
		t.Fatalf("%d %s, again %d %s, %d things", first.status, first.body, again.status, again.body, f.things())
	}
	other := f.call("POST", "/things", `{"name": "y"}`, "Authorization", asOne, "Idempotency-Key", "k")
	if other.status != 422 || other.get("code") != "idempotency.mismatch" {
		t.Errorf("another body: %d %s", other.status, other.body)
	}
	someone := f.call("POST", "/things", `{"name": "x"}`, "Authorization", "Bearer person-2", "Idempotency-Key", "k")
	if someone.status != 201 || someone.get("count") != "2" {
		t.Errorf("another person's key: %d %s", someone.status, someone.body)
	}
	helped := f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne, "X-Card", "elder", "Idempotency-Key", "k")
	if helped.get("count") != "3" {
		t.Errorf("the same helper's key for an elder: %s", helped.body)
	}
	f.now = f.now.Add(24 * time.Hour)
	if late := f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne, "Idempotency-Key", "k"); late.get("count") != "4" {
		t.Errorf("a day later: %s", late.body)
	}
}

func TestKeptAnswersCannotBeReadInTheDatabase(t *testing.T) {
	f := start(t, generous)
	f.call("POST", "/things", `{"name": "card-token"}`, "Authorization", asOne, "Idempotency-Key", "k")
	var kept string
	row := f.DB.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT body FROM idempotency_key")
	if err := row.Scan(&kept); err != nil {
		t.Fatal(err)
	}
	if kept == "" || strings.Contains(kept, "card-token") || strings.Contains(kept, "count") {
		t.Errorf("kept as %q", kept)
	}
}

func TestIdempotencyKeyKeepsNothingOfARefusal(t *testing.T) {
	f := start(t, generous)
	for range 2 {
		got := f.call("POST", "/things", `{"name": "refused"}`, "Authorization", asOne, "Idempotency-Key", "k")
		if got.status != 409 || f.things() != 0 {
			t.Fatalf("%d %s, %d things: a refused request left something", got.status, got.body, f.things())
		}
	}
	if got := f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne, "Idempotency-Key", strings.Repeat("k", 65)); got.status != 422 {
		t.Errorf("a key of 65 characters: %d", got.status)
	}
	if got := f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne, "Idempotency-Key", "\xff\xfe"); got.get("code") != "input.invalid" {
		t.Errorf("a key that is no text: %d %s", got.status, got.body)
	}
}

func TestOneIdempotencyKeyAtTheSameMoment(t *testing.T) {
	f := start(t, generous)
	var group sync.WaitGroup
	bodies := sync.Map{}
	for range 100 {
		group.Go(func() {
			got := f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne, "Idempotency-Key", "k")
			if got.status != 201 {
				t.Errorf("%d %s", got.status, got.body)
			}
			bodies.Store(got.body, true)
		})
	}
	group.Wait()
	different := 0
	bodies.Range(func(_, _ any) bool { different++; return true })
	if different != 1 || f.things() != 1 {
		t.Errorf("%d different answers, %d things; want 1 and 1", different, f.things())
	}
}

func TestForgetAnswers(t *testing.T) {
	f := start(t, generous)
	f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne, "Idempotency-Key", "k")
	f.now = f.now.Add(25 * time.Hour)
	if err := f.ForgetAnswers(t.Context()); err != nil {
		t.Fatal(err)
	}
	var kept int
	if err := f.DB.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT COUNT(*) FROM idempotency_key").Scan(&kept); err != nil || kept != 0 {
		t.Errorf("%d answers kept (%v)", kept, err)
	}
}

func TestAReadThatLostTheDatabaseIsDoneOnceMore(t *testing.T) {
	f := start(t, web.Limits{Writes: 3, Guesses: 3, Anonymous: 100})
	calls := 0
	web.Handle(f.Server, web.Route{ID: "shaky", Method: http.MethodGet, Path: "/shaky", Limited: true},
		func(context.Context, web.Caller, *struct{}) (thing, error) {
			if calls++; calls == 1 {
				return thing{}, fmt.Errorf("read a row: %w", &mysql.MySQLError{Number: 1053})
			}
			return thing{Name: "there"}, nil
		})
	for n, want := range []int{200, 200, 200, 429} { // a limited read counts as a write
		if got := f.call("GET", "/shaky", "", "Authorization", asOne); got.status != want {
			t.Errorf("call %d: %d %s, want %d", n, got.status, got.body, want)
		}
	}
	if calls != 4 {
		t.Errorf("called %d times, want 4", calls)
	}
}

func TestWritesAreLimitedPerPerson(t *testing.T) {
	f := start(t, web.Limits{Writes: 5, Guesses: 3, Anonymous: 2})
	var refused atomic.Int32
	for range 8 {
		if got := f.call("POST", "/things", `{"name": "x"}`, "Authorization", asOne); got.status == 429 {
			refused.Add(1)
			if got.get("code") != "too_many" || got.header.Get("Retry-After") == "" {
				t.Errorf("%s %v", got.body, got.header)
			}
		}
	}
	if refused.Load() != 3 {
		t.Errorf("%d of 8 refused, want 3", refused.Load())
	}
	if got := f.call("POST", "/things", `{"name": "x"}`, "Authorization", "Bearer person-2"); got.status != 201 {
		t.Errorf("somebody else is limited too: %d", got.status)
	}
}

func TestGuessesAreLimitedPerPerson(t *testing.T) {
	f := start(t, web.Limits{Writes: 1000, Guesses: 3, Anonymous: 2})
	guess := func(person, name string) int {
		return f.call("POST", "/guesses", `{"name": "`+name+`"}`, "Authorization", "Bearer "+person).status
	}
	for range 20 {
		if status := guess("person-1", "right"); status != 200 {
			t.Fatalf("right codes are counted: %d", status)
		}
	}
	for range 3 {
		if status := guess("person-1", "wrong"); status != 403 {
			t.Fatalf("a wrong guess within the limit: %d", status)
		}
	}
	if status := guess("person-1", "right"); status != 429 {
		t.Errorf("after too many wrong guesses even a right one is to be refused, got %d", status)
	}
	if status := guess("person-2", "right"); status != 200 {
		t.Errorf("somebody else is limited too: %d", status)
	}
}

func TestStrangersAreLimitedByAddress(t *testing.T) {
	f := start(t, web.Limits{Writes: 1000, Guesses: 3, Anonymous: 2})
	post := func(headers ...string) int { return f.call("POST", "/things", `{}`, headers...).status }
	for range 5 {
		if status := post(); status != 401 {
			t.Fatalf("a direct caller on loopback is limited: %d", status)
		}
	}
	for i, want := range []int{401, 401, 429} {
		if status := post("X-Forwarded-For", "203.0.113.7"); status != want {
			t.Errorf("call %d from one address: %d, want %d", i, status, want)
		}
	}
	if status := post("X-Forwarded-For", "203.0.113.8"); status != 401 {
		t.Errorf("another address is limited too: %d", status)
	}
}

func FuzzCursor(f *testing.F) {
	f.Add("WyJudW1iZXJzIiwiMSJd")
	f.Add("")
	f.Add("W10")
	f.Fuzz(func(t *testing.T, cursor string) {
		keys, err := web.PageQuery{Cursor: cursor}.After("numbers", 1)
		if err == nil && keys != nil && len(keys) != 1 {
			t.Errorf("%q gives %q", cursor, keys)
		}
	})
}

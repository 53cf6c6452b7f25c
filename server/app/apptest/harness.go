// Package apptest starts the whole server for tests: every room, a fresh database, Redis, and the simulated
// WeChat, spoken to over HTTP. Nothing in it is a mock of our own code.
package apptest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"fivestar/server/app"
	"fivestar/server/db/engine"
	"fivestar/server/web"
)

// Harness is a running server and what tests need to drive it.
type Harness struct {
	testing.TB
	App   *app.App
	URL   string
	Clock *Clock
	// World is the region tree and the people that most tests need; see NewWorld.
	World World

	mutex   sync.Mutex
	clients map[string]*Client
	http    *http.Client
}

// Clock is the database's clock in tests. It stands still until it is moved.
type Clock struct {
	mutex sync.Mutex
	now   time.Time
}

// Start of every test: a Sunday morning, 10:00 in Shanghai.
var startOfTests = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.now
}

// Set moves the clock to t.
func (c *Clock) Set(t time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.now = t.UTC().Truncate(time.Millisecond)
}

// Advance moves the clock on.
func (c *Clock) Advance(by time.Duration) { c.Set(c.Now().Add(by)) }

// Option changes the settings of the server under test.
type Option func(config *app.Config)

// Start starts a server and, on it, the World. It is stopped when the test ends. Timers do not run by
// themselves: move the Clock and call Tick.
func Start(t testing.TB, options ...Option) *Harness {
	t.Helper()
	h := StartEmpty(t, options...)
	h.World = newWorld(h)
	return h
}

// StartEmpty starts a server on an empty database.
func StartEmpty(t testing.TB, options ...Option) *Harness {
	t.Helper()
	data := t.TempDir()
	config, err := app.LoadConfig("", nil, map[string]any{
		"data": data, "database.dsn": engine.Migrated(t, data), "redis.addr": engine.RedisAddr(),
		"secret.key":    "a key for tests that is long enough to be one",
		"limits.writes": 1_000_000, "limits.guesses": 1_000_000, "limits.anonymous": 1_000_000,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range options {
		change(&config)
	}
	ctx, stop := context.WithCancel(context.Background())
	started, err := app.New(ctx, config, slog.New(slog.NewTextHandler(testLog(t), &slog.HandlerOptions{Level: slog.LevelInfo})))
	if err != nil {
		t.Fatal(err)
	}
	h := &Harness{TB: t, App: started, Clock: &Clock{now: startOfTests}, clients: map[string]*Client{}}
	started.DB.Now = h.Clock.Now
	server := httptest.NewServer(started.Web.Echo)
	h.URL = server.URL + web.BasePath
	h.http = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 512}, Timeout: time.Minute}
	started.PublishAt(server.URL)
	t.Cleanup(func() {
		stop()
		server.Close()
		h.http.CloseIdleConnections()
		if err := started.Close(); err != nil {
			t.Errorf("close the server: %v", err)
		}
	})
	return h
}

// testLog shows the server's log only with -v.
func testLog(t testing.TB) io.Writer {
	if testing.Verbose() {
		return t.Output()
	}
	return io.Discard
}

// Tick runs everything that is due by the Clock, once.
func (h *Harness) Tick() {
	h.Helper()
	if err := h.App.Tick(context.Background()); err != nil {
		h.Fatalf("tick: %v", err)
	}
}

// Exec changes rows past the rooms, as only a test does: to break one, say.
func (h *Harness) Exec(statement string, arguments ...any) {
	h.Helper()
	err := h.App.DB.InTx(context.Background(), func(ctx context.Context) error {
		_, err := h.App.DB.Querier(ctx).ExecContext(ctx, statement, arguments...)
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
}

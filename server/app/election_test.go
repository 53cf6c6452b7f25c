package app

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"fivestar/server/redis"
	"fivestar/server/secret"
)

var discarded = slog.New(slog.DiscardHandler)

// candidates are two servers on one Redis.
func candidates(t *testing.T) (one, other *election, server *miniredis.Miniredis) {
	server = miniredis.RunT(t)
	return candidate(t, server, "one installation"), candidate(t, server, "one installation"), server
}

func candidate(t *testing.T, server *miniredis.Miniredis, key string) *election {
	t.Helper()
	store, err := redis.Open(t.Context(), redis.Config{Addr: server.Addr()}, discarded)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return newElection(store, secret.Key(key), prometheus.NewRegistry(), discarded)
}

func wantElected(t *testing.T, e *election, want bool) {
	t.Helper()
	if got := e.IsLeader(t.Context()) == nil; got != want || (e.term().Err() == nil) != want || testutil.ToFloat64(e.held) == 1 != want {
		t.Errorf("elected: %v, want %v; term %v; metric %v", got, want, e.term().Err(), testutil.ToFloat64(e.held))
	}
}

func TestOneServerAtATimeRunsTheJobs(t *testing.T) {
	one, other, server := candidates(t)
	wantElected(t, one, false)
	one.ask(t.Context())
	other.ask(t.Context())
	wantElected(t, one, true)
	wantElected(t, other, false)

	term := one.term()
	for range 5 { // far longer than a lease, as long as it is prolonged
		server.FastForward(leaseTime - leaseBeat)
		one.ask(t.Context())
		other.ask(t.Context())
	}
	wantElected(t, one, true)
	wantElected(t, other, false)
	if term.Err() != nil {
		t.Error("a job was cut off while its server had the office")
	}
	stranger := candidate(t, server, "another installation")
	stranger.ask(t.Context())
	wantElected(t, stranger, true)
}

func TestADeadServersJobsAreTakenOver(t *testing.T) {
	one, other, server := candidates(t)
	one.ask(t.Context())
	term := one.term()
	server.FastForward(leaseTime)
	other.ask(t.Context())
	wantElected(t, other, true)

	one.ask(t.Context()) // it was not dead, but asleep
	wantElected(t, one, false)
	if term.Err() == nil {
		t.Error("a job goes on whose server has lost the office")
	}
	one.resign(t.Context())
	other.ask(t.Context())
	wantElected(t, other, true)
	if leaseTime+2*leaseBeat >= 15*time.Second {
		t.Error("a dead server's jobs wait for longer than 15 seconds")
	}
}

func TestAStoppingServerGivesTheJobsAway(t *testing.T) {
	one, other, _ := candidates(t)
	one.ask(t.Context())
	term := one.term()
	one.resign(t.Context())
	wantElected(t, one, false)
	if term.Err() == nil {
		t.Error("the term goes on")
	}
	other.ask(t.Context())
	wantElected(t, other, true)
}

// While no lease can be had every server does what was promised; with Redis back one of them goes on.
func TestJobsAreRunWithoutRedis(t *testing.T) {
	one, other, server := candidates(t)
	one.ask(t.Context())
	other.ask(t.Context())
	addr := server.Addr()
	server.Close()
	for _, e := range []*election{one, other} {
		e.ask(t.Context())
	}
	wantElected(t, one, true)    // its lease may still hold
	wantElected(t, other, false) // and as long nobody else may
	for _, e := range []*election{one, other} {
		e.heard = e.heard.Add(-leaseTime - time.Second)
		e.ask(t.Context())
		wantElected(t, e, true)
	}
	if err := server.StartAddr(addr); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(30 * time.Second)
	for one.term().Err() == nil && other.term().Err() == nil && time.Now().Before(deadline) {
		time.Sleep(50 * time.Millisecond)
		other.ask(t.Context())
		one.ask(t.Context())
	}
	if (one.term().Err() == nil) == (other.term().Err() == nil) {
		t.Errorf("one has the office: %v, the other has: %v", one.term().Err() == nil, other.term().Err() == nil)
	}
}

func TestJobMetricsTellWhatIsOverdue(t *testing.T) {
	metrics := newJobMetrics(prometheus.NewRegistry())
	a := &App{log: discarded}
	run := func(e *election, name string, err error) {
		t.Helper()
		a.runJob(e.term(), job{name: name, run: func(ctx context.Context) error { return errors.Join(err, ctx.Err()) }}, metrics)
	}
	one, other, _ := candidates(t)
	one.ask(t.Context())
	before := float64(time.Now().Unix())
	run(one, "good", nil)
	run(one, "bad", errors.New("broken"))
	run(other, "elsewhere", nil)
	if at := testutil.ToFloat64(metrics.finished.WithLabelValues("good")); at < before {
		t.Errorf("finished at %v", at)
	}
	if at := testutil.ToFloat64(metrics.finished.WithLabelValues("bad")); at != 0 {
		t.Errorf("a failed job finished well at %v", at)
	}
	for name, want := range map[string]float64{"good": 0, "bad": 1, "elsewhere": 0} {
		if got := testutil.ToFloat64(metrics.failed.WithLabelValues(name)); got != want {
			t.Errorf("%s failed %v times, want %v", name, got, want)
		}
	}
}

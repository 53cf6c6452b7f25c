package web

import (
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"fivestar/server/fault"
	"fivestar/server/redis"
)

func TestOwnLimiter(t *testing.T) {
	var own ownLimiter
	start := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	const perMinute = 6 // one every ten seconds
	steps := []struct {
		after time.Duration
		key   string
		cost  int
		wait  time.Duration
	}{
		{0, "one", 0, 0}, {0, "one", 4, 0}, {0, "one", 0, 0}, {0, "one", 2, 0},
		{0, "one", 0, 10 * time.Second}, {0, "one", 1, 10 * time.Second}, {0, "one", 3, 30 * time.Second},
		{0, "other", 6, 0}, {0, "other", 1, 10 * time.Second},
		{5 * time.Second, "one", 1, 5 * time.Second}, {10 * time.Second, "one", 0, 0}, {10 * time.Second, "one", 1, 0},
		{10 * time.Second, "one", 1, 10 * time.Second}, {time.Hour, "one", 6, 0}, {time.Hour, "one", 1, 10 * time.Second},
	}
	for n, step := range steps {
		if wait := own.take(step.key, perMinute, step.cost, start.Add(step.after)).Round(time.Millisecond); wait != step.wait {
			t.Errorf("step %d, %+v: wait %s", n, step, wait)
		}
	}
}

func TestOwnLimiterForgetsWhoHasNotCalledForLong(t *testing.T) {
	var own ownLimiter
	start := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	own.take("guesser", 1, 1, start.Add(time.Hour))
	for n := range 3 * ownLimiterSweep {
		own.take(fmt.Sprint(n), 60, 1, start.Add(time.Duration(n)*time.Millisecond))
	}
	if kept := len(own.counters); kept > 2*ownLimiterSweep {
		t.Errorf("%d counters are kept", kept)
	}
	if own.take("guesser", 1, 1, start.Add(time.Hour)) == 0 {
		t.Error("who has just called was forgotten")
	}
}

// What is limited stays limited, guessing above all, while Redis is away and after it has come back.
func TestLimitsHoldWithoutRedis(t *testing.T) {
	server := miniredis.RunT(t)
	store, err := redis.Open(t.Context(), redis.Config{Addr: server.Addr()}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	wrong := errors.New("wrong code")
	guessing := &Server{Config: Config{Limits: Limits{Guesses: 3}}, limiter: newLimiter(store.Client)}
	guess := func(who string, check error) error {
		return guessing.Guess(t.Context(), Caller{PersonID: who}, func() error { return check })
	}
	exhaust := func(who string) {
		t.Helper()
		for n := range 3 {
			if err := guess(who, wrong); !errors.Is(err, wrong) {
				t.Errorf("guess %d of %s: %v", n, who, err)
			}
		}
		var refused *fault.Error
		if err := guess(who, nil); !errors.As(err, &refused) || refused.Kind != fault.TooMany || refused.RetryAfter < time.Second {
			t.Errorf("a right code of %s after three wrong ones: %v", who, err)
		}
	}
	exhaust("one")
	server.Close()
	exhaust("another")
	exhaust("a third")
	if err := guess("a fourth", nil); err != nil {
		t.Errorf("a right code at the first try: %v", err)
	}
}

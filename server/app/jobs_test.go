package app

import (
	"errors"
	"testing"

	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/redis"
)

func TestOneServerAtATimeRunsAJob(t *testing.T) {
	store, err := redis.Open(t.Context(), engine.RedisAddr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	one, other, name := jobLocker{store.Client}, jobLocker{store.Client}, db.NewID()
	held, err := one.Lock(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Lock(t.Context(), name); !errors.Is(err, errJobTaken) {
		t.Errorf("a job that another server runs: %v", err)
	}
	if err := held.Unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Lock(t.Context(), name); err != nil {
		t.Errorf("a job that nobody runs any more: %v", err)
	}
	if err := held.Unlock(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Lock(t.Context(), name); !errors.Is(err, errJobTaken) {
		t.Errorf("who has lost a lock took the other's away: %v", err)
	}
}

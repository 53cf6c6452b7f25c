package redis

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
	"github.com/sony/gobreaker/v2"
)

var discarded = slog.New(slog.DiscardHandler)

func open(t *testing.T, addr string, log *slog.Logger) *Store {
	t.Helper()
	store, err := Open(t.Context(), Config{Addr: addr}, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// silence takes connections and says nothing. It tells how many came.
func silence(t *testing.T) (addr string, connections *atomic.Int32) {
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	connections = new(atomic.Int32)
	go func() {
		for {
			if _, err := listener.Accept(); err != nil {
				return
			}
			connections.Add(1)
		}
	}()
	return listener.Addr().String(), connections
}

// The first who asks waits; whoever comes within the pause is told at once, and Redis not asked.
func TestASilentRedisIsNotWaitedForTwice(t *testing.T) {
	addr, connections := silence(t)
	store := open(t, addr, discarded) // which asks
	start, waited := time.Now(), 0
	for range 100 {
		if err := store.Get(t.Context(), "key").Err(); !errors.Is(err, gobreaker.ErrOpenState) {
			waited++
		}
	}
	if due := int(time.Since(start) / pause); waited > due { // one when each pause is over, on a slow machine
		t.Errorf("%d of 100 commands waited, want %d at most", waited, due)
	}
	if connections.Load() == 0 {
		t.Error("nobody asked at all")
	}
	_, err := store.Pipelined(t.Context(), func(pipe redis.Pipeliner) error { return pipe.Set(t.Context(), "key", 1, 0).Err() })
	if err == nil {
		t.Error("a pipeline to a silent Redis succeeded")
	}
}

// The one who does wait is let go by our own patience, whatever the dialling and retries would add up to.
func TestACommandEndsWithItsPatience(t *testing.T) {
	var deadline time.Time
	passed := newCircuit(discarded).ProcessHook(func(ctx context.Context, _ redis.Cmder) error {
		deadline, _ = ctx.Deadline()
		return nil
	})
	before := time.Now()
	if err := passed(t.Context(), redis.NewCmd(t.Context(), "ping")); err != nil {
		t.Fatal(err)
	}
	if deadline.Before(before) || deadline.After(time.Now().Add(patience)) {
		t.Errorf("the command ends at %v, %v after it began", deadline, deadline.Sub(before))
	}
}

func TestARedisThatComesBackIsAskedAgain(t *testing.T) {
	server := miniredis.RunT(t)
	store := open(t, server.Addr(), discarded)
	server.Close()
	if err := store.Set(t.Context(), "key", 1, 0).Err(); err == nil {
		t.Fatal("wrote to a Redis that is gone")
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		err := store.Set(t.Context(), "key", 1, 0).Err()
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("Redis is back and not used: %v", err)
		}
	}
}

// A refusal, a missing key and a caller who leaves are no reason to do without Redis.
func TestAnAnswerKeepsTheCircuitClosed(t *testing.T) {
	server := miniredis.RunT(t)
	store := open(t, server.Addr(), discarded)
	gone, leave := context.WithCancel(t.Context())
	leave()
	if err := store.Get(gone, "key").Err(); !errors.Is(err, context.Canceled) {
		t.Errorf("a caller who has left: %v", err)
	}
	if err := store.Get(t.Context(), "nothing").Err(); !errors.Is(err, redis.Nil) {
		t.Errorf("a missing key: %v", err)
	}
	server.SetError("LOADING Redis is loading the dataset in memory")
	if err := store.Get(t.Context(), "key").Err(); err == nil || errors.Is(err, gobreaker.ErrOpenState) {
		t.Errorf("a refusal: %v", err)
	}
	server.SetError("")
	if err := store.Set(t.Context(), "key", 1, 0).Err(); err != nil {
		t.Errorf("after all these: %v", err)
	}
}

// lockedBuffer may be written from the client's own goroutines.
type lockedBuffer struct {
	mutex sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(text []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.Write(text)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.String()
}

// A server can be started while Redis is away, and says so in its log.
func TestOpensWithoutRedis(t *testing.T) {
	server := miniredis.RunT(t)
	addr := server.Addr()
	server.Close()
	var log lockedBuffer
	store := open(t, addr, slog.New(slog.NewTextHandler(&log, nil)))
	if err := store.Ping(t.Context()).Err(); err == nil {
		t.Error("pinged a Redis that is gone")
	}
	if !strings.Contains(log.String(), "Redis does not answer") {
		t.Errorf("the log says nothing of it: %s", log.String())
	}
}

func TestTheLibrarysWordsGoToOurLog(t *testing.T) {
	var log lockedBuffer
	libraryLog{slog.New(slog.NewTextHandler(&log, nil))}.Printf(t.Context(), "failed to dial after %d attempts", 1)
	if !strings.Contains(log.String(), "failed to dial after 1 attempts") {
		t.Errorf("log: %s", log.String())
	}
}

func TestConfigCheck(t *testing.T) {
	for addr, good := range map[string]bool{
		"": true, "redis:6379": true, "one:6379,two:6379": true,
		"redis": false, "one:6379,two": false, "one:6379,": false, "redis://redis:6379": false,
	} {
		if err := (Config{Addr: addr}).Check(); (err == nil) != good {
			t.Errorf("%q: %v", addr, err)
		}
	}
}

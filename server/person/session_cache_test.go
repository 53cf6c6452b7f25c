package person

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

func cacheOnly(t *testing.T) (*Service, *miniredis.Miniredis) {
	server := miniredis.RunT(t)
	client := redis.NewClient(&redis.Options{Addr: server.Addr(), MaxRetries: -1})
	t.Cleanup(func() { client.Close() })
	return &Service{Redis: client, Log: slog.New(slog.DiscardHandler)}, server
}

func TestSessionCacheGivesBack(t *testing.T) {
	s, server := cacheOnly(t)
	ctx := context.Background()
	kept := session{ID: "S", PersonID: "P", HomePath: communityA, HomeVerified: true, ExpiresAt: time.Date(2026, 12, 22, 2, 0, 0, 0, time.UTC)}
	s.cacheSession(ctx, "hash", kept, time.Now())
	if got, ok := s.cachedSession(ctx, "hash"); !ok || got != kept {
		t.Errorf("got %+v, %v", got, ok)
	}
	server.FastForward(cacheTime)
	if _, ok := s.cachedSession(ctx, "hash"); ok {
		t.Error("the cache holds a session for longer than its time")
	}
}

// A request that read the session before the change must not put what it read back after it.
func TestSessionCacheIsNotFilledWithThePast(t *testing.T) {
	s, server := cacheOnly(t)
	ctx := context.Background()
	readAt := time.Now()
	s.markChanged(ctx, []string{"hash"})
	s.cacheSession(ctx, "hash", session{ID: "S"}, readAt)
	if got, ok := s.cachedSession(ctx, "hash"); ok {
		t.Errorf("the cache took what was read before the change: %+v", got)
	}
	server.FastForward(markTime)
	s.cacheSession(ctx, "hash", session{ID: "S"}, readAt.Add(-longestFill))
	if got, ok := s.cachedSession(ctx, "hash"); ok {
		t.Errorf("the cache took what was read long ago: %+v", got)
	}
}

// When the mark cannot be put, the server must not believe the cache until all in it has run out.
func TestSessionCacheIsDistrustedAfterAFailure(t *testing.T) {
	s, server := cacheOnly(t)
	ctx := context.Background()
	s.cacheSession(ctx, "hash", session{ID: "S"}, time.Now())
	server.SetError("LOADING")
	s.markChanged(ctx, []string{"hash"})
	server.SetError("")
	if got, ok := s.cachedSession(ctx, "hash"); ok {
		t.Errorf("believed the cache that was not told of the change: %+v", got)
	}
	if until := time.UnixMilli(s.cacheDistrustedUntil.Load()); time.Until(until) < cacheTime-10*time.Second {
		t.Errorf("believes the cache again at %v, before its content has run out", until)
	}
}

func TestSessionCacheTakesNoRubbish(t *testing.T) {
	s, server := cacheOnly(t)
	if err := server.Set(cacheKey("hash"), "{"); err != nil {
		t.Fatal(err)
	}
	if got, ok := s.cachedSession(context.Background(), "hash"); ok {
		t.Errorf("got %+v", got)
	}
}

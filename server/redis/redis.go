// Package redis opens the store for disposable state: caches, counters, locks. What is promised to people
// is in the database; all that is here may vanish.
package redis

import (
	"context"
	"fmt"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// Client is go-redis's.
type Client = redis.Client

// Store is a client, and the in-process server behind it when no address was given.
type Store struct {
	*Client
	stop func()
}

// Open connects to addr (host:port). With an empty addr it starts Redis in this process, on a loopback
// port of its own.
func Open(ctx context.Context, addr string) (*Store, error) {
	stop := func() {}
	if addr == "" {
		embedded := miniredis.NewMiniRedis()
		if err := embedded.Start(); err != nil {
			return nil, fmt.Errorf("start Redis in the process: %w", err)
		}
		stop = keepTime(embedded)
		addr = embedded.Addr()
	}
	client := redis.NewClient(&redis.Options{
		Addr: addr, DialTimeout: 2 * time.Second, ReadTimeout: time.Second, WriteTimeout: time.Second, MaxRetries: 1,
		ContextTimeoutEnabled: true,
	})
	if err := client.Ping(ctx).Err(); err != nil {
		client.Close()
		stop()
		return nil, fmt.Errorf("redis at %s does not answer: %w", addr, err)
	}
	return &Store{Client: client, stop: stop}, nil
}

// keepTime tells the in-process Redis that time passes: it expires keys only when told.
func keepTime(embedded *miniredis.Miniredis) (stop func()) {
	const beat = time.Second
	ticker := time.NewTicker(beat)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-ticker.C:
				embedded.FastForward(beat)
			case <-done:
				return
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(done)
		embedded.Close()
	}
}

// Close ends the client and the in-process server.
func (s *Store) Close() error {
	err := s.Client.Close()
	s.stop()
	return err
}

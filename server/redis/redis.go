// Package redis opens the store for disposable state: caches, counters, locks. What is promised to people
// is in the database; all that is here may vanish.
package redis

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// Client is go-redis's, of one server, of a server watched by Sentinels, or of a Cluster.
type Client = redis.UniversalClient

// Config says where Redis is.
type Config struct {
	// Addr is host:port. Several, with commas between, are nodes of a Redis Cluster, or the Sentinels if
	// SentinelMaster is given. Empty: Redis in the process.
	Addr string `koanf:"addr"`
	// Password is empty for none.
	Password string `koanf:"password"`
	// SentinelMaster is the name by which Sentinels know the server.
	SentinelMaster string `koanf:"sentinel_master"`
}

func (c Config) addresses() []string { return strings.Split(c.Addr, ",") }

// Check tells what is wrong with the settings.
func (c Config) Check() error {
	if c.Addr == "" {
		return nil
	}
	for _, addr := range c.addresses() {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			return fmt.Errorf("redis.addr: %q is not host:port", addr)
		}
	}
	return nil
}

// Store is a client, and the in-process server behind it when no address was given.
type Store struct {
	Client
	inProcess bool
	stop      func()
}

// Shared is the client for what several servers do together, nil when Redis is in this process: then there are
// no others, and what only this server needs is cheaper kept in its own memory.
func (s *Store) Shared() Client {
	if s.inProcess {
		return nil
	}
	return s.Client
}

// Open makes the client. A Redis that does not answer is no error: the server does without it until it
// does (decision record 0009). With an empty address it starts Redis in this process, on a loopback port of
// its own; the error is that it could not.
func Open(ctx context.Context, config Config, log *slog.Logger) (*Store, error) {
	redis.SetLogger(libraryLog{log})
	inProcess, stop := config.Addr == "", func() {}
	if inProcess {
		embedded := miniredis.NewMiniRedis()
		if err := embedded.Start(); err != nil {
			return nil, fmt.Errorf("start Redis in the process: %w", err)
		}
		stop = keepTime(embedded)
		config.Addr = embedded.Addr()
	}
	client := redis.NewUniversalClient(&redis.UniversalOptions{
		Addrs: config.addresses(), Password: config.Password, MasterName: config.SentinelMaster,
		DialTimeout: patience, DialerRetries: 1, ReadTimeout: patience, WriteTimeout: patience, PoolTimeout: patience,
		MaxRetries: 1, ContextTimeoutEnabled: true,
	})
	client.AddHook(newCircuit(log))
	if err := client.Ping(ctx).Err(); err != nil {
		log.WarnContext(ctx, "Redis does not answer; the server works without it until it does", "addr", config.Addr, "cause", err)
	}
	return &Store{Client: client, inProcess: inProcess, stop: stop}, nil
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

// libraryLog takes what go-redis has to say, which else goes to standard error.
type libraryLog struct{ log *slog.Logger }

// Printf is go-redis's.
func (l libraryLog) Printf(ctx context.Context, format string, values ...any) {
	l.log.WarnContext(ctx, "redis client", "says", fmt.Sprintf(format, values...))
}

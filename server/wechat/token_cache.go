package wechat

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	// redisPatience bounds every question to Redis: a call to WeChat must not fail because Redis is slow.
	redisPatience = 500 * time.Millisecond

	// tokenMargin is how long before its end a token is given up, so that whatever Redis holds is good for as
	// long again. WeChat hands out the next token 5 minutes before the end.
	tokenMargin = 5 * time.Minute
)

// tokenCache keeps one access token in Redis for all servers, and a copy here for when Redis is down.
type tokenCache struct {
	redis redis.UniversalClient
	key   string
	log   *slog.Logger

	mu        sync.Mutex
	copy      string
	copyUntil time.Time
}

// get answers with the token kept, or "" for none. An error says that Redis did not answer; the token is then the
// copy made here within the last five minutes, if any.
func (c *tokenCache) get(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, redisPatience)
	defer cancel()
	token, err := c.redis.Get(ctx, c.key).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	if err != nil {
		c.log.WarnContext(ctx, "redis does not answer for the wechat access token", "cause", err)
		return c.copied(), err
	}
	c.keepCopy(token)
	return token, nil
}

// set keeps a token that WeChat said is good for lifetime.
func (c *tokenCache) set(ctx context.Context, token string, lifetime time.Duration) {
	c.keepCopy(token)
	ctx, cancel := context.WithTimeout(ctx, redisPatience)
	defer cancel()
	if err := c.redis.Set(ctx, c.key, token, max(lifetime-tokenMargin, time.Second)).Err(); err != nil {
		c.log.WarnContext(ctx, "redis does not take the wechat access token", "cause", err)
	}
}

func (c *tokenCache) keepCopy(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.copy, c.copyUntil = token, time.Now().Add(tokenMargin)
}

func (c *tokenCache) copied() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Now().After(c.copyUntil) {
		return ""
	}
	return c.copy
}

package wechat

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/bsm/redislock"
	"github.com/redis/go-redis/v9"
	"github.com/silenceper/wechat/v2/cache"
	"github.com/silenceper/wechat/v2/credential"
	"golang.org/x/sync/singleflight"
)

// tokenSource answers with the access token that all servers of one AppID share.
//
// Of the library it uses only the call that fetches the stable token: the library's own keeping takes no
// context, and answers with an error when the cache cannot be written, so that a failing Redis drains the quota.
type tokenSource struct {
	stable  *credential.StableAccessToken
	kept    *tokenCache
	lock    *redislock.Client
	lockKey string
	timeout time.Duration
	flights singleflight.Group
	log     *slog.Logger
}

func newTokenSource(config Config, host string, redis redis.UniversalClient, log *slog.Logger) *tokenSource {
	key := "wechat:access_token:" + config.AppID + "@" + host
	// The library panics without a cache; this one stays empty.
	stable := credential.NewStableAccessToken(config.AppID, config.AppSecret, "", cache.NewMemory())
	return &tokenSource{
		stable:  stable.(*credential.StableAccessToken),
		kept:    &tokenCache{redis: redis, key: key, log: log},
		lock:    redislock.New(redis),
		lockKey: key + ":lock",
		timeout: config.Timeout,
		log:     log,
	}
}

// current answers with a token other than stale, which is one that WeChat has just refused, or empty. All who
// ask at the same time share one search; it outlives the first of them, and each leaves at their own deadline.
func (s *tokenSource) current(ctx context.Context, stale string) (string, error) {
	flight := s.flights.DoChan(stale, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.timeout)
		defer cancel()
		return s.find(ctx, stale)
	})
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case result := <-flight:
		token, _ := result.Val.(string)
		return token, result.Err
	}
}

func (s *tokenSource) find(ctx context.Context, stale string) (string, error) {
	token, err := s.kept.get(ctx)
	if token != "" && token != stale {
		return token, nil
	}
	if err != nil { // Redis is down: there is no lock to be had, and two renewals do no harm
		return s.renew(ctx, stale)
	}
	release := s.waitForTurn(ctx)
	defer release()
	if token, _ = s.kept.get(ctx); token != "" && token != stale {
		return token, nil
	}
	return s.renew(ctx, stale)
}

// waitForTurn lets one server at a time ask WeChat. Who has waited half the timeout goes on without the lock.
func (s *tokenSource) waitForTurn(ctx context.Context) (release func()) {
	waiting, cancel := context.WithTimeout(ctx, s.timeout/2)
	defer cancel()
	lock, err := s.lock.Obtain(waiting, s.lockKey, s.timeout, &redislock.Options{
		RetryStrategy: redislock.LinearBackoff(25 * time.Millisecond),
	})
	if err != nil {
		s.log.WarnContext(ctx, "wechat access token is renewed without the lock", "cause", err)
		return func() {}
	}
	return func() {
		if err := lock.Release(ctx); err != nil {
			s.log.WarnContext(ctx, "wechat access token's lock was not released, it ends by itself", "cause", err)
		}
	}
}

// renew asks for the stable token, which is the same for all who ask while it is good, and forces a new one only
// if that is the very one that WeChat refused: forcing works 20 times a day, 30 seconds apart, and takes the token
// from everybody else. https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html
func (s *tokenSource) renew(ctx context.Context, stale string) (string, error) {
	fetched, err := s.stable.GetAccessTokenDirectly(ctx, false)
	if err == nil && stale != "" && fetched.AccessToken == stale {
		fetched, err = s.stable.GetAccessTokenDirectly(ctx, true)
	}
	if err != nil {
		return "", err
	}
	if fetched.AccessToken == "" {
		return "", errors.New("the answer of stable_token holds no token")
	}
	s.kept.set(ctx, fetched.AccessToken, time.Duration(fetched.ExpiresIn)*time.Second)
	s.log.InfoContext(ctx, "wechat access token renewed", "expires_in_seconds", fetched.ExpiresIn)
	return fetched.AccessToken, nil
}

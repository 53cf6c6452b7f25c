package person

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"fivestar/server/db"
	"fivestar/server/person/internal/persondb"
)

// The cache saves a look into the database, and is never the truth. What it holds of a session is taken back,
// by a mark in its place, the moment something is changed in the database; the mark outlives every request that
// may still hold what was read before the change, so that none of them puts it there again.
const (
	cacheTime = time.Minute
	markTime  = 10 * time.Second
	// longestFill is how old what was read may be to be cached: well within markTime.
	longestFill = markTime / 2
	changedMark = "changed"

	cacheWait = 200 * time.Millisecond
	// cachePause is how long a server does without a Redis that did not answer.
	cachePause = time.Second
)

func cacheKey(tokenHash string) string { return "session:" + tokenHash }

// cachedSession gives what the cache holds; false when that is nothing, or not to be relied on.
func (s *Service) cachedSession(ctx context.Context, tokenHash string) (session, bool) {
	if s.cachePaused() {
		return session{}, false
	}
	ctx, cancel := context.WithTimeout(ctx, cacheWait)
	defer cancel()
	text, err := s.Redis.Get(ctx, cacheKey(tokenHash)).Result()
	if errors.Is(err, redis.Nil) || text == changedMark {
		return session{}, false
	}
	if err != nil {
		s.pauseCache(ctx, cachePause, err)
		return session{}, false
	}
	var known session
	if err := json.Unmarshal([]byte(text), &known); err != nil {
		s.Log.WarnContext(ctx, "the session cache holds what it should not", "cause", err)
		return session{}, false
	}
	return known, true
}

// cacheSession keeps what was read from the database at readAt, unless something is there already: then
// that is newer, or a mark.
func (s *Service) cacheSession(ctx context.Context, tokenHash string, found session, readAt time.Time) {
	if s.cachePaused() || time.Since(readAt) > longestFill {
		return
	}
	text, err := json.Marshal(found)
	if err != nil {
		s.Log.ErrorContext(ctx, "a session has no JSON form", "cause", err)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, cacheWait)
	defer cancel()
	if err := s.Redis.SetNX(ctx, cacheKey(tokenHash), text, cacheTime).Err(); err != nil {
		s.pauseCache(ctx, cachePause, err)
	}
}

// forgetCached has the cache drop all sessions of a person once the transaction of ctx is committed, in which
// they, or what a session holds of the person, have just been changed.
func (s *Service) forgetCached(ctx context.Context, personID string) error {
	hashes, err := s.store().queries(ctx).TokensOfPerson(ctx, persondb.TokensOfPersonParams{
		PersonID: personID, ExpiresAt: db.Millis(s.DB.Now()),
	})
	if err != nil || len(hashes) == 0 {
		return err
	}
	s.DB.AfterCommit(ctx, func() { s.markChanged(context.WithoutCancel(ctx), hashes) })
	return nil
}

// markChanged puts the mark. If Redis does not answer, this server does without the cache until all that it may
// still hold has run out.
func (s *Service) markChanged(ctx context.Context, tokenHashes []string) {
	ctx, cancel := context.WithTimeout(ctx, cacheWait)
	defer cancel()
	_, err := s.Redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, hash := range tokenHashes {
			pipe.Set(ctx, cacheKey(hash), changedMark, markTime)
		}
		return nil
	})
	if err != nil {
		s.pauseCache(ctx, cacheTime, err)
	}
}

func (s *Service) cachePaused() bool { return time.Now().UnixMilli() < s.cachePausedUntil.Load() }

func (s *Service) pauseCache(ctx context.Context, pause time.Duration, cause error) {
	if errors.Is(ctx.Err(), context.Canceled) {
		return // the client has gone; that says nothing about Redis
	}
	s.Log.WarnContext(ctx, "sessions are read from the database: Redis does not answer", "pause", pause, "cause", cause)
	until := time.Now().Add(pause).UnixMilli()
	for {
		earlier := s.cachePausedUntil.Load()
		if until <= earlier || s.cachePausedUntil.CompareAndSwap(earlier, until) {
			return
		}
	}
}

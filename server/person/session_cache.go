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
	// cacheTime bounds how long other servers go on with what a server that is cut off from Redis cannot take
	// back.
	cacheTime = 15 * time.Second
	markTime  = 10 * time.Second
	// longestFill is how old what was read may be to be cached: well within markTime.
	longestFill = markTime / 2
	changedMark = "changed"
	// markAgain is how often a mark is tried that Redis did not take.
	markAgain = 200 * time.Millisecond
)

func cacheKey(tokenHash string) string { return "session:" + tokenHash }

// cachedSession gives what the cache holds; false when that is nothing, or not to be relied on.
func (s *Service) cachedSession(ctx context.Context, tokenHash string) (session, bool) {
	if s.cacheDistrusted() {
		return session{}, false
	}
	text, err := s.Redis.Get(ctx, cacheKey(tokenHash)).Result()
	if errors.Is(err, redis.Nil) || text == changedMark {
		return session{}, false
	}
	if err != nil {
		s.distrustCache(ctx, err)
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
// that is newer, or a mark. That Redis does not take it costs another look into the database, no more.
func (s *Service) cacheSession(ctx context.Context, tokenHash string, found session, readAt time.Time) {
	if s.cacheDistrusted() || time.Since(readAt) > longestFill {
		return
	}
	text, err := json.Marshal(found)
	if err != nil {
		s.Log.ErrorContext(ctx, "a session has no JSON form", "cause", err)
		return
	}
	s.Redis.SetNX(ctx, cacheKey(tokenHash), text, cacheTime)
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

// markChanged puts the mark. While Redis does not take it, this server does without the cache, and goes on
// trying for the other servers' sake, until all that the cache may still hold has run out.
func (s *Service) markChanged(ctx context.Context, tokenHashes []string) {
	err := s.mark(ctx, tokenHashes)
	if err == nil {
		return
	}
	end := s.distrustCache(ctx, err)
	go func() {
		for time.Now().Before(end) {
			time.Sleep(markAgain)
			if s.mark(ctx, tokenHashes) == nil {
				return
			}
		}
	}()
}

func (s *Service) mark(ctx context.Context, tokenHashes []string) error {
	_, err := s.Redis.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, hash := range tokenHashes {
			pipe.Set(ctx, cacheKey(hash), changedMark, markTime)
		}
		return nil
	})
	return err
}

// distrustCache has this server believe nothing cached until what is there now has run out, and tells when that
// is: a Redis that did not answer may have missed a mark. Nothing is said about it by a client that has gone.
func (s *Service) distrustCache(ctx context.Context, cause error) (end time.Time) {
	end = time.Now().Add(cacheTime)
	if errors.Is(ctx.Err(), context.Canceled) {
		return end
	}
	if !s.cacheDistrusted() {
		s.Log.WarnContext(ctx, "sessions are read from the database for a while: Redis did not answer", "until", end, "cause", cause)
	}
	s.cacheDistrustedUntil.Store(end.UnixMilli())
	return end
}

func (s *Service) cacheDistrusted() bool {
	return time.Now().UnixMilli() < s.cacheDistrustedUntil.Load()
}

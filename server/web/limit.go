package web

import (
	"context"
	"net/http"
	"time"

	"github.com/go-redis/redis_rate/v10"
	"github.com/labstack/echo/v4"

	"fivestar/server/fault"
	"fivestar/server/redis"
)

// Limits are how many calls a minute are taken; a burst may be as large as a minute's worth.
type Limits struct {
	// Writes a minute and person, and reads that take much away.
	Writes int `koanf:"writes"`
	// Guesses are wrong codes a minute and person.
	Guesses int `koanf:"guesses"`
	// Anonymous calls that write, and calls of the open data, each a minute and client address.
	Anonymous int `koanf:"anonymous"`
}

// limiter counts in Redis, for all servers together. Where there is one server only, and while Redis does not
// answer, it counts in this process.
type limiter struct {
	shared *redis_rate.Limiter // nil for one server
	own    ownLimiter
}

func newLimiter(client redis.Client) *limiter {
	if client == nil {
		return &limiter{}
	}
	return &limiter{shared: redis_rate.NewLimiter(client)}
}

// take counts cost calls by who and tells whether they are within perMinute.
func (l *limiter) take(ctx context.Context, what, who string, perMinute, cost int) error {
	key := what + ":" + who
	if l.shared == nil {
		return tooMany(l.own.take(key, perMinute, cost, time.Now()))
	}
	result, err := l.shared.AllowN(ctx, key, redis_rate.PerMinute(perMinute), cost)
	if err != nil {
		return tooMany(l.own.take(key, perMinute, cost, time.Now()))
	}
	if result.Allowed < cost || (cost == 0 && result.Remaining == 0) {
		return tooMany(max(result.RetryAfter, time.Second))
	}
	return nil
}

// tooMany is nil for no wait.
func tooMany(wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	return &fault.Error{Kind: fault.TooMany, Code: "too_many", Detail: "操作太频繁了，请稍等一会儿再试", RetryAfter: max(wait, time.Second)}
}

// limitRate bounds what writes, and reads that a route wants bounded as those: per person, or per client address
// before login.
func (s *Server) limitRate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		isRead := c.Request().Method == http.MethodGet || c.Request().Method == http.MethodHead
		if isRead && !s.limited[c.Path()] {
			return next(c)
		}
		if s.signed[c.Path()] {
			return next(c)
		}
		if err := s.limitWrite(ctx); err != nil {
			return err
		}
		return next(c)
	}
}

// MountSigned adds GET and POST of a path, below the contract's base path, for another service that proves
// itself by a signature, which handler checks. Limits by address do not hold there.
func (s *Server) MountSigned(path string, handler echo.HandlerFunc) {
	s.signed[BasePath+path] = true
	s.Echo.GET(BasePath+path, handler)
	s.Echo.POST(BasePath+path, handler)
}

func (s *Server) limitWrite(ctx context.Context) error {
	if caller, err := CallerFrom(ctx); err == nil {
		return s.limiter.take(ctx, "write", caller.Session(), s.Limits.Writes, 1)
	}
	address := ClientAddress(ctx)
	if address == "" {
		return nil
	}
	return s.limiter.take(ctx, "anonymous", address, s.Limits.Anonymous, 1)
}

// Guess runs check, which compares a code from outside. Each wrong one counts against the caller's
// session; after too many even a right one is refused with 429 until some time has passed.
func (s *Server) Guess(ctx context.Context, caller Caller, check func() error) error {
	if err := s.limiter.take(ctx, "guess", caller.Session(), s.Limits.Guesses, 0); err != nil {
		return err
	}
	err := check()
	if err != nil {
		_ = s.limiter.take(ctx, "guess", caller.Session(), s.Limits.Guesses, 1) // the guess itself is the answer
	}
	return err
}

// LimitOpen counts a call that anybody may make against the client's address, and is 429 after too many. A direct
// caller on loopback has no address, and no limit.
func (s *Server) LimitOpen(ctx context.Context) error {
	address := ClientAddress(ctx)
	if address == "" {
		return nil
	}
	return s.limiter.take(ctx, "open", address, s.Limits.Anonymous, 1)
}

// GuessFromOutside is Guess for a call that needs no session: each wrong code counts against the client's address.
func (s *Server) GuessFromOutside(ctx context.Context, check func() error) error {
	address := ClientAddress(ctx)
	if address == "" {
		return check()
	}
	if err := s.limiter.take(ctx, "outside-guess", address, s.Limits.Guesses, 0); err != nil {
		return err
	}
	err := check()
	if err != nil {
		_ = s.limiter.take(ctx, "outside-guess", address, s.Limits.Guesses, 1) // the guess itself is the answer
	}
	return err
}

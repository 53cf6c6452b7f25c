package web

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// ownLimiterSweep is how many counters are kept before those are thrown away that say nothing any more.
const ownLimiterSweep = 10_000

// ownLimiter counts in this process. Its zero value is ready; it may be used by many goroutines at once.
type ownLimiter struct {
	mutex    sync.Mutex
	counters map[string]*rate.Limiter
	sweepAt  int
}

// take counts cost calls by key at now, and tells how long to wait until they are within perMinute: 0 if they
// are, and then only they are counted. A cost of 0 asks whether one more would be.
func (l *ownLimiter) take(key string, perMinute, cost int, now time.Time) (wait time.Duration) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	counter := l.counter(key, perMinute, now)
	missing := float64(max(cost, 1)) - counter.TokensAt(now)
	if missing > 0 {
		return max(time.Duration(missing/float64(counter.Limit())*float64(time.Second)), 1)
	}
	counter.AllowN(now, cost)
	return 0
}

func (l *ownLimiter) counter(key string, perMinute int, now time.Time) *rate.Limiter {
	if known, ok := l.counters[key]; ok {
		return known
	}
	if len(l.counters) >= l.sweepAt {
		l.sweep(now)
	}
	made := rate.NewLimiter(rate.Limit(float64(perMinute)/60), perMinute)
	l.counters[key] = made
	return made
}

// sweep forgets who has not called for so long that nothing counts against them. The next sweep waits until
// there are twice as many as are left, so that the looking costs little a call.
func (l *ownLimiter) sweep(now time.Time) {
	if l.counters == nil {
		l.counters = map[string]*rate.Limiter{}
	}
	for key, counter := range l.counters {
		if counter.TokensAt(now) >= float64(counter.Burst()) {
			delete(l.counters, key)
		}
	}
	l.sweepAt = max(ownLimiterSweep, 2*len(l.counters))
}

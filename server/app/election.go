package app

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/bsm/redislock"
	"github.com/prometheus/client_golang/prometheus"

	"fivestar/server/redis"
	"fivestar/server/secret"
)

const (
	// leaseTime is how long the office stays with a server that is not heard of any more.
	leaseTime = 10 * time.Second
	// leaseBeat is how often every server asks for the office, and who has it for more time.
	leaseBeat = time.Second
)

var errNotElected = errors.New("another server runs the jobs")

// election decides which one of the servers on one Redis runs the jobs: the one that holds a lease there. A
// server that dies is followed within leaseTime and a beat, one that stops within a beat.
//
// While Redis does not answer for as long as a lease lasts, every server runs the jobs: each job is safe when
// several run it at once, so that costs work, not truth; waiting would leave undone what people were promised.
type election struct {
	locks *redislock.Client
	name  string // of the lease
	token string // of this server
	held  prometheus.Gauge
	log   *slog.Logger

	mutex sync.Mutex
	lease *redislock.Lock // nil when it is not ours
	heard time.Time       // when Redis answered last
	// office is the term of office, nil when this server has none; leave ends it.
	office context.Context
	leave  context.CancelFunc
}

// newElection is among the servers that share key: another installation on the same Redis has an election of
// its own.
func newElection(client redis.Client, key secret.Key, registerer prometheus.Registerer, log *slog.Logger) *election {
	name := "jobs:" + hex.EncodeToString(key.MAC("jobs lease"))
	e := &election{locks: redislock.New(client), name: name, token: secret.NewToken(), log: log, heard: time.Now()}
	e.held = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "fivestar_jobs_leader", Help: "1 on the server that runs the jobs; on all while Redis does not answer.",
	})
	registerer.MustRegister(e.held)
	return e
}

// stand asks for the office at every beat until ctx ends.
func (e *election) stand(ctx context.Context) {
	beat := time.NewTicker(leaseBeat)
	defer beat.Stop()
	for {
		e.ask(ctx)
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
	}
}

// ask takes the lease when it is free and prolongs it when it is ours.
func (e *election) ask(ctx context.Context) {
	lease, err := e.locks.Obtain(ctx, e.name, leaseTime, &redislock.Options{Token: e.token})
	e.mutex.Lock()
	defer e.mutex.Unlock()
	switch {
	case err == nil:
		e.lease, e.heard = lease, time.Now()
		e.enter(ctx)
	case errors.Is(err, redislock.ErrNotObtained):
		e.lease, e.heard = nil, time.Now()
		e.quit(ctx)
	case time.Since(e.heard) > leaseTime:
		e.enter(ctx)
	}
}

// enter begins a term unless one goes on. It outlives ctx, so that running jobs may finish when the server stops.
func (e *election) enter(ctx context.Context) {
	if e.office != nil {
		return
	}
	e.office, e.leave = context.WithCancel(context.WithoutCancel(ctx))
	e.held.Set(1)
	e.log.InfoContext(ctx, "this server runs the jobs", "lease", e.lease != nil)
}

// quit ends the term and cuts its jobs off.
func (e *election) quit(ctx context.Context) {
	if e.office == nil {
		return
	}
	e.leave()
	e.office, e.leave = nil, nil
	e.held.Set(0)
	e.log.InfoContext(ctx, "this server does not run the jobs any more")
}

// resign ends the term and gives the lease to whoever asks next.
func (e *election) resign(ctx context.Context) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.quit(ctx)
	if e.lease == nil {
		return
	}
	if err := e.lease.Release(ctx); err != nil {
		e.log.WarnContext(ctx, "the lease of the jobs was not given back, it ends by itself", "cause", err)
	}
	e.lease = nil
}

// IsLeader is what gocron asks before each run.
func (e *election) IsLeader(context.Context) error {
	if e.term().Err() != nil {
		return errNotElected
	}
	return nil
}

// term is the present term of office: a context that ends with it, and has ended when there is none.
func (e *election) term() context.Context {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if e.office == nil {
		return endedTerm
	}
	return e.office
}

var endedTerm = func() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}()

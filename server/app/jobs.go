package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-co-op/gocron/v2"

	"fivestar/server/redis"
	"fivestar/server/secret"
)

// job is something that is done again and again, by one server at a time.
type job struct {
	name  string
	every time.Duration
	run   func(ctx context.Context) error
}

func (a *App) jobs() []job {
	return []job{
		{"seal the ledger", time.Second, a.Points.Seal},
		{"claims and tasks that are due", 5 * time.Second, a.Tasks.Tick},
		{"activities that are due", 5 * time.Second, a.Teams.Tick},
		{"tickets that are due", 5 * time.Second, a.Tickets.Tick},
		{"content checks that wait", 5 * time.Second, a.Content.Tick},
		{"sessions whose time is over", time.Hour, a.People.Tick},
		{"answers whose time is over", time.Hour, a.Web.ForgetAnswers},
		{"commit markers whose time is over", time.Minute, a.DB.ForgetMarkers},
		{"uploads that belong to nothing", time.Hour, a.Files.Tick},
	}
}

// Tick does once, now, everything that is due by the database's clock. A failing job does not stop the
// others.
func (a *App) Tick(ctx context.Context) error {
	var failed []error
	for _, job := range a.jobs() {
		if err := job.run(ctx); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", job.name, err))
		}
	}
	return errors.Join(failed...)
}

// startJobs runs every job until stop is called, which waits for running ones.
func (a *App) startJobs(ctx context.Context) (stop func() error, err error) {
	scheduler, err := gocron.NewScheduler(gocron.WithDistributedLocker(jobLocker{a.Redis.Client}), gocron.WithStopTimeout(10*time.Second))
	if err != nil {
		return nil, fmt.Errorf("start the jobs: %w", err)
	}
	for _, job := range a.jobs() {
		run := func() {
			if err := job.run(ctx); err != nil && ctx.Err() == nil {
				a.log.ErrorContext(ctx, "job failed", "job", job.name, "cause", err)
			}
		}
		_, err := scheduler.NewJob(gocron.DurationJob(job.every), gocron.NewTask(run), gocron.WithName(job.name),
			gocron.WithSingletonMode(gocron.LimitModeReschedule))
		if err != nil {
			return nil, fmt.Errorf("job %s: %w", job.name, err)
		}
	}
	scheduler.Start()
	return scheduler.Shutdown, nil
}

// jobLocker lets one server at a time run a job, by a lock in Redis that outlives a dead server by little.
// Every job is safe when two servers run it at once all the same, so a lost lock costs work, not truth.
type jobLocker struct {
	client *redis.Client
}

const jobLockTime = 10 * time.Second

var errJobTaken = errors.New("another server runs this job")

func (l jobLocker) Lock(ctx context.Context, name string) (gocron.Lock, error) {
	lock := jobLock{client: l.client, key: "job:" + name, token: secret.NewToken()}
	taken, err := l.client.SetNX(ctx, lock.key, lock.token, jobLockTime).Result()
	if err != nil {
		return nil, err
	}
	if !taken {
		return nil, errJobTaken
	}
	return lock, nil
}

type jobLock struct {
	client     *redis.Client
	key, token string
}

// Unlock gives back the lock if it is still ours.
func (l jobLock) Unlock(ctx context.Context) error {
	holder, err := l.client.Get(ctx, l.key).Result()
	if err != nil || holder != l.token {
		return err
	}
	return l.client.Del(ctx, l.key).Err()
}

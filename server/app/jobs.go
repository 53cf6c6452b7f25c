package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/prometheus/client_golang/prometheus"
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
		{"redemptions that are due", 5 * time.Second, a.Rewards.Tick},
		{"content checks that wait", 5 * time.Second, a.Content.Tick},
		{"spot checks of the months that are over", time.Hour, a.Oversight.DrawSpotChecks},
		{"odd cases among what is new", 5 * time.Minute, a.Oversight.FindOddCases},
		{"claims that run out", time.Minute, a.Tasks.Remind},
		{"activities that are near", time.Minute, a.Teams.Remind},
		{"tickets that are overdue", time.Minute, a.Tickets.Remind},
		{"messages that are due", 5 * time.Second, a.Notices.Tick},
		{"notices whose time is over", time.Hour, a.Notices.Forget},
		{"sessions whose time is over", time.Hour, a.People.Tick},
		{"answers whose time is over", time.Hour, a.Web.ForgetAnswers},
		{"commit markers whose time is over", time.Minute, a.DB.ForgetMarkers},
		{"rosters that are previewed no more", time.Hour, a.Roster.Tick},
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

// jobsEnd is how long running jobs may take once the server is told to stop. Then they are cut off, which
// leaves nothing half done.
const jobsEnd = 10 * time.Second

// startJobs runs every job, as long as this server is the one that runs them, until ctx ends. stopped waits
// for running ones, and for another server to be able to take over.
func (a *App) startJobs(ctx context.Context) (stopped func() error, err error) {
	elected := newElection(a.Redis, a.Key, a.metrics, a.log)
	scheduler, err := gocron.NewScheduler(gocron.WithDistributedElector(elected), gocron.WithStopTimeout(jobsEnd))
	if err != nil {
		return nil, fmt.Errorf("start the jobs: %w", err)
	}
	metrics := newJobMetrics(a.metrics)
	for _, job := range a.jobs() {
		metrics.every.WithLabelValues(job.name).Set(job.every.Seconds())
		metrics.failed.WithLabelValues(job.name).Add(0) // seen to rise from there by who watches
		_, err := scheduler.NewJob(gocron.DurationJob(job.every), gocron.NewTask(func() { a.runJob(elected.term(), job, metrics) }),
			gocron.WithName(job.name), gocron.WithSingletonMode(gocron.LimitModeReschedule))
		if err != nil {
			return nil, fmt.Errorf("job %s: %w", job.name, err)
		}
	}
	ended := make(chan error, 1)
	go func() {
		elected.stand(ctx)
		err := scheduler.Shutdown()
		elected.resign(context.WithoutCancel(ctx))
		ended <- err
	}()
	scheduler.Start()
	return func() error { return <-ended }, nil
}

// runJob runs job once, in the term of office that ctx is.
func (a *App) runJob(ctx context.Context, job job, metrics jobMetrics) {
	start := time.Now()
	err := job.run(ctx)
	if ctx.Err() != nil {
		return // another server does it
	}
	metrics.took.WithLabelValues(job.name).Set(time.Since(start).Seconds())
	if err != nil {
		metrics.failed.WithLabelValues(job.name).Inc()
		a.log.ErrorContext(ctx, "job failed", "job", job.name, "cause", err)
		return
	}
	metrics.finished.WithLabelValues(job.name).SetToCurrentTime()
}

// jobMetrics tell, by the job's name, which jobs are overdue: a server that has not run a job since its start
// shows no time for it.
type jobMetrics struct {
	every, finished, took *prometheus.GaugeVec
	failed                *prometheus.CounterVec
}

func newJobMetrics(registerer prometheus.Registerer) jobMetrics {
	gauge := func(name, help string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, []string{"job"})
	}
	metrics := jobMetrics{
		every:    gauge("fivestar_job_interval_seconds", "How often the job is to run."),
		finished: gauge("fivestar_job_last_success_timestamp_seconds", "When this server last finished the job without an error, in unix seconds."),
		took:     gauge("fivestar_job_last_duration_seconds", "How long the job's last run on this server took."),
		failed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "fivestar_job_failures_total", Help: "Runs of the job on this server that ended with an error.",
		}, []string{"job"}),
	}
	registerer.MustRegister(metrics.every, metrics.finished, metrics.took, metrics.failed)
	return metrics
}

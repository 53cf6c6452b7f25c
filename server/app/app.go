// Package app builds the whole server from its rooms and runs it. It is the only place that knows them all.
package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/figures"
	"fivestar/server/file"
	"fivestar/server/home"
	"fivestar/server/notice"
	"fivestar/server/oversight"
	"fivestar/server/person"
	"fivestar/server/points"
	"fivestar/server/redis"
	"fivestar/server/region"
	"fivestar/server/reward"
	"fivestar/server/roster"
	"fivestar/server/secret"
	"fivestar/server/task"
	"fivestar/server/team"
	"fivestar/server/ticket"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

// App is one server with everything in it.
type App struct {
	Config    Config
	DB        *db.DB
	Redis     *redis.Store
	Key       secret.Key
	Simulator *wechat.Simulator // nil with the real WeChat
	WeChat    *wechat.Client
	Web       *web.Server

	Audit     *audit.Service
	Regions   *region.Service
	People    *person.Service
	Roster    *roster.Service
	Notices   *notice.Service
	Points    *points.Service
	Files     *file.Service
	Content   *content.Service
	Tasks     *task.Service
	Teams     *team.Service
	Tickets   *ticket.Service
	Rewards   *reward.Service
	Home      *home.Service
	Figures   *figures.Service
	Oversight *oversight.Service

	callback wechat.Callback // where the simulated WeChat pushes to
	metrics  *prometheus.Registry
	log      *slog.Logger
}

// graceOfStop is how long running requests may take once the server is told to stop.
const graceOfStop = 20 * time.Second

// New opens the database, Redis and WeChat, migrates, and mounts every room. Close it in the end.
func New(ctx context.Context, config Config, log *slog.Logger) (*App, error) {
	a := &App{Config: config, log: log, metrics: prometheus.NewRegistry()}
	a.metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	if err := a.wire(); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	a.metrics.MustRegister(groupMetrics{a.DB})
	a.Notices.Measure(a.metrics)
	a.Content.Open()
	if err := a.Files.Open(ctx, a.filesURL()); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// Contract is the OpenAPI file of everything that is mounted. It opens nothing.
func Contract() ([]byte, error) {
	config, err := LoadConfig("", nil, nil)
	if err != nil {
		return nil, err
	}
	a := &App{Config: config, DB: &db.DB{}, Redis: &redis.Store{}, metrics: prometheus.NewRegistry(), log: slog.Default()}
	if err := a.wire(); err != nil {
		return nil, err
	}
	return json.MarshalIndent(a.Web.API.OpenAPI(), "", "  ")
}

func (a *App) open(ctx context.Context) (err error) {
	if err := os.MkdirAll(a.Config.Data, 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	if a.Key, err = a.key(); err != nil {
		return err
	}
	if a.DB, err = db.Open(ctx, a.Config.Database.DSN, a.Config.Data, a.log); err != nil {
		return err
	}
	a.DB.Ungrouped = !a.Config.Database.Grouped
	a.DB.Measure(a.metrics)
	if err := a.DB.Migrate(ctx); err != nil {
		return err
	}
	if a.Redis, err = redis.Open(ctx, a.Config.Redis, a.log); err != nil {
		return err
	}
	return a.openWeChat()
}

func (a *App) key() (secret.Key, error) {
	if a.Config.Secret.Key != "" {
		return secret.ParseKey(a.Config.Secret.Key)
	}
	return secret.KeyInFolder(a.Config.Data)
}

// PublishAt tells rooms and the simulated WeChat where the server is reached, when that is known only after
// it listens.
func (a *App) PublishAt(url string) {
	a.Files.PublicURL, a.Tickets.PublicURL, a.Figures.PublicURL = url, url, url
	if a.Simulator != nil {
		a.callback.URL = url + web.BasePath + content.CallbackPath
		a.Simulator.SetCallback(a.callback)
	}
}

// Serve answers on listener and runs the jobs until ctx ends, then stops in order: running jobs finish and
// another server takes them over, new requests go elsewhere, running ones finish.
func (a *App) Serve(ctx context.Context, listener net.Listener) error {
	profiles, err := startProfiles(a.Config.Debug.Addr, a.log)
	if err != nil {
		return err
	}
	jobsStopped, err := a.startJobs(ctx)
	if err != nil {
		return errors.Join(err, profiles.stop())
	}
	err = a.Web.Serve(ctx, listener, a.Config.Drain, graceOfStop)
	return errors.Join(err, jobsStopped(), profiles.stop())
}

// Close gives back what New opened.
func (a *App) Close() error {
	var failed []error
	if a.Simulator != nil {
		failed = append(failed, a.Simulator.Close())
	}
	if a.Content != nil {
		a.Content.Close()
	}
	if a.Files != nil {
		failed = append(failed, a.Files.Close())
	}
	if a.Redis != nil {
		failed = append(failed, a.Redis.Close())
	}
	if a.DB != nil {
		failed = append(failed, a.DB.Close())
	}
	return errors.Join(failed...)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"fivestar/server/app"
	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/reward"
	"fivestar/server/task"
	"fivestar/server/team"
	"fivestar/server/web"
)

// world is a running server with a community full of people who are logged in.
type world struct {
	*app.App
	address   string // host:port
	community region.Region
	admin     web.Caller
	teamID    string
	tokens    []string
	people    []string // by their tokens
	stop      func() error
}

// residents is how many people a world has: each claims a task once.
const residents = 4000

// newWorld makes a server on an empty database of the engine that bench runs on. dsn may change the way to that
// database, as a slow line does; grouped is whether hot things are stored together.
func newWorld(ctx context.Context, grouped bool, through func(dsn string) (string, error)) (w *world, err error) {
	folder, dsn, err := newDatabase(ctx)
	if err != nil {
		return nil, err
	}
	if w, err = openWorld(ctx, folder, dsn, grouped); err != nil {
		return nil, err
	}
	if err := w.settle(ctx); err != nil {
		return nil, errors.Join(err, w.stop())
	}
	if through == nil {
		return w, nil
	}
	slow, err := through(dsn) // only what is measured is slow, not the making
	if err != nil {
		return nil, errors.Join(err, w.stop())
	}
	again, err := openWorld(ctx, folder, slow, grouped)
	if err != nil {
		return nil, errors.Join(err, w.stop())
	}
	again.community, again.admin, again.teamID, again.tokens, again.people = w.community, w.admin, w.teamID, w.tokens, w.people
	direct := w.stop
	stop := again.stop
	again.stop = func() error { return errors.Join(stop(), direct()) }
	return again, nil
}

// newDatabase makes a folder for a server, and where bench runs on an outside database an empty one there.
func newDatabase(ctx context.Context) (folder, dsn string, err error) {
	if folder, err = os.MkdirTemp("", "fivestar-bench-"); err != nil {
		return "", "", err
	}
	if server := os.Getenv(engine.DatabaseDSNVariable); server != "" {
		dsn, err = engine.NewDatabase(ctx, server, "bench")
	}
	return folder, dsn, err
}

// emptyWorld is a server on an empty database.
func emptyWorld(ctx context.Context) (*world, error) {
	folder, dsn, err := newDatabase(ctx)
	if err != nil {
		return nil, err
	}
	return openWorld(ctx, folder, dsn, true)
}

func (w *world) callerWithPhone(ctx context.Context, phone string) (web.Caller, error) {
	id, err := w.People.EnsureWithPhone(ctx, "样板管理员", phone)
	if err != nil {
		return web.Caller{}, err
	}
	return w.People.CallerFor(ctx, id)
}

func openWorld(ctx context.Context, folder, dsn string, grouped bool) (*world, error) {
	config, err := app.LoadConfig("", nil, map[string]any{
		"data": folder, "database.dsn": dsn, "redis.addr": engine.RedisAddr(), "database.grouped": grouped,
		"secret.key":    "a key for measuring that is long enough to be one",
		"limits.writes": 1_000_000, "limits.guesses": 1_000_000,
	})
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	opened, err := app.New(ctx, config, log)
	if err != nil {
		return nil, err
	}
	server := httptest.NewServer(opened.Web.Echo)
	opened.PublishAt(server.URL)
	return &world{App: opened, address: strings.TrimPrefix(server.URL, "http://"), stop: func() error {
		server.Close()
		return errors.Join(opened.Close(), os.RemoveAll(folder))
	}}, nil
}

// settle makes a community with people.
func (w *world) settle(ctx context.Context) error {
	const phone = "13800000001"
	if err := w.Setup(ctx, "样板市", "样板管理员", phone); err != nil {
		return err
	}
	var err error
	if w.admin, err = w.callerWithPhone(ctx, phone); err != nil {
		return err
	}
	parent := w.admin.Grants[0].RegionID
	for _, kind := range []region.Kind{region.District, region.Street, region.Community} {
		made := region.NewRegion{ParentID: parent, Kind: kind, Name: "样板" + string(kind)}
		if kind == region.Community {
			made.CommunityKind = region.Urban
		}
		if w.community, err = w.Regions.Create(ctx, w.admin, made); err != nil {
			return err
		}
		parent = w.community.ID
	}
	return w.populate(ctx)
}

// populate gives the community a team, and residents who are logged in.
func (w *world) populate(ctx context.Context) error {
	settings, err := w.Regions.Settings(ctx, w.community.ID)
	if err != nil {
		return err
	}
	settings.OpenClaims = 100
	if _, err := w.Regions.ChangeSettings(ctx, w.admin, w.community.ID, settings, "measuring"); err != nil {
		return err
	}
	made, err := w.Teams.Create(ctx, w.admin, team.NewTeam{RegionID: w.community.ID, Name: "样板队", Kind: "neighbours"})
	if err != nil {
		return err
	}
	w.teamID = made.ID
	return w.logIn(ctx)
}

func (w *world) logIn(ctx context.Context) error {
	for i := range residents {
		made, err := w.People.Login(ctx, fmt.Sprintf("sim:bench%d", i))
		if err != nil {
			return err
		}
		w.tokens, w.people = append(w.tokens, made.Token), append(w.people, made.Person.ID)
	}
	homes := make([]request, residents)
	for i, token := range w.tokens {
		body := fmt.Sprintf(`{"name":"样例%d","home_region_id":"%s"}`, i, w.community.ID)
		homes[i] = newRequest("PATCH", w.address, web.BasePath+"/me", token, body)
	}
	done, err := load(w.address, 8, homes)
	if err == nil && done.statuses[200] != residents {
		err = fmt.Errorf("homes were answered %v", done.statuses)
	}
	return err
}

// newTask makes a task that is open.
func (w *world) newTask(ctx context.Context, capacity int64) (string, error) {
	now := time.Now()
	made, err := w.Tasks.Create(ctx, w.admin, task.NewTask{
		RegionID: w.community.ID, Star: w.community.Stars[0].Star, Title: "样板任务", Points: 1, Capacity: capacity,
		ClaimUntil: now.Add(24 * time.Hour), DueAt: now.Add(48 * time.Hour),
	})
	if err != nil {
		return "", err
	}
	_, err = w.Tasks.Publish(ctx, w.admin, made.ID)
	return made.ID, err
}

// claims are the claims of so many residents on a task, each their own; again and again from the first when
// there are more than residents.
func (w *world) claims(taskID string, count int) []request {
	requests := make([]request, count)
	for i := range requests {
		requests[i] = newRequest("POST", w.address, web.BasePath+"/tasks/"+taskID+"/claims", w.tokens[i%residents], "{}")
	}
	return requests
}

// forgetClaims frees everybody's hands.
func (w *world) forgetClaims(ctx context.Context) error {
	return w.DB.InTx(ctx, func(ctx context.Context) error {
		for _, table := range []string{"claim_event", "claim"} {
			if _, err := w.DB.Querier(ctx).ExecContext(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		return nil
	})
}

// claimRate is how many residents a second get a place of one task, with so many clients.
func (w *world) claimRate(ctx context.Context, clients, count int) (result, error) {
	if err := w.forgetClaims(ctx); err != nil {
		return result{}, err
	}
	taskID, err := w.newTask(ctx, int64(count))
	if err != nil {
		return result{}, err
	}
	done, err := load(w.address, clients, w.claims(taskID, count))
	if err == nil && done.statuses[201] != count {
		err = fmt.Errorf("%d claims were answered %v", count, done.statuses)
	}
	return done, err
}

// earn gives every resident points to spend.
func (w *world) earn(ctx context.Context) error {
	past := make([]points.Past, len(w.people))
	for i, personID := range w.people {
		past[i] = points.Past{At: w.DB.Now(), Posting: points.Posting{PersonID: personID, CommunityID: w.community.ID, Amount: 1000,
			Kind: points.KindClaim, SourceID: db.NewID(), Hands: []string{personID}, Witness: w.admin.PersonID}}
	}
	return w.Points.Import(ctx, w.community.ID, past)
}

// redemptionRate is how many residents a second get a piece of one reward, with so many clients.
func (w *world) redemptionRate(ctx context.Context, clients, count int) (result, error) {
	made, err := w.Rewards.Create(ctx, w.admin, reward.NewReward{RegionID: w.community.ID, Title: "样板大米", Price: 1, Stock: int64(count),
		RedeemUntil: time.Now().Add(24 * time.Hour)})
	if err != nil {
		return result{}, err
	}
	requests := make([]request, count)
	for i := range requests {
		requests[i] = newRequest("POST", w.address, web.BasePath+"/rewards/"+made.ID+"/redemptions", w.tokens[i%residents], "{}")
	}
	done, err := load(w.address, clients, requests)
	if err == nil && done.statuses[201] != count {
		err = fmt.Errorf("%d redemptions were answered %v", count, done.statuses)
	}
	return done, err
}

// freeAddress is a port of loopback that nobody listens on.
func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

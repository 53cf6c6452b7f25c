package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/go-sql-driver/mysql"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"fivestar/server/team"
	"fivestar/server/web"
)

var measures = []struct {
	name string
	run  func(ctx context.Context, given options) ([]row, error)
}{
	{"claims on one hot task", hotTask},
	{"claims beside PocketBase", besidePocketBase},
	{"claims, database 5 ms away", distantDatabase},
	{"redemptions of one hot reward", hotReward},
	{"check-in storm", checkInStorm},
	{"server process", serverProcess},
	{"reading a long ledger", longLedger},
}

const (
	manyClients = 64
	aFew        = 200 // claims of a lone client
)

// hotTask measures claims beside a transaction each, and beside an answer that does nothing.
func hotTask(ctx context.Context, given options) (rows []row, err error) {
	grouped, err := newWorld(ctx, true, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, grouped.stop()) }()
	plain, err := newWorld(ctx, false, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, plain.stop()) }()

	rate := func(w *world, clients, count int) func() (float64, error) {
		return func() (float64, error) {
			done, err := w.claimRate(ctx, clients, count)
			return done.rate, err
		}
	}
	if _, _, _, err := inTurn(1, rate(grouped, manyClients, residents), rate(plain, manyClients, residents)); err != nil {
		return nil, err // the first claims of a new database are not measured: its files and caches grow
	}
	ratio, a, b, err := inTurn(given.Rounds, rate(grouped, manyClients, residents), rate(plain, manyClients, residents))
	if err != nil {
		return rows, err
	}
	rows = append(rows, row{"claims on one task, 64 clients, beside a transaction each", "≥ 5", perSecond(a, b), ratio, true, 5, given.Rounds})
	ratio, a, b, err = inTurn(given.Rounds, rate(grouped, 1, aFew), rate(plain, 1, aFew))
	if err != nil {
		return rows, err
	}
	rows = append(rows, row{"the same, 1 client", "≥ 0.95", perSecond(a, b), ratio, true, 0.95, given.Rounds})

	bare := newBareServer()
	defer bare.Close()
	bareRate := func() (float64, error) { return bare.rate(20_000) }
	ratio, a, b, err = inTurn(given.Rounds, rate(grouped, manyClients, residents), bareRate)
	if err != nil {
		return rows, err
	}
	rows = append(rows, row{"claims on one task beside a bare answer, 64 clients", "≥ 0.6", perSecond(a, b), ratio, true, 0.6, given.Rounds})

	refusals, err := fullTask(ctx, grouped)
	if err != nil {
		return rows, err
	}
	ratio, a, b, err = inTurn(given.Rounds, func() (float64, error) {
		done, err := load(grouped.address, manyClients, refusals)
		if err == nil && done.statuses[http.StatusConflict] != len(refusals) {
			err = fmt.Errorf("a full task was answered %v", done.statuses)
		}
		return done.rate, err
	}, bareRate)
	rows = append(rows, row{"\"no place left\" beside a bare answer, 64 clients", "≥ 0.9", perSecond(a, b), ratio, true, 0.9, given.Rounds})
	return rows, err
}

// hotReward measures redemptions of one reward beside a transaction each.
func hotReward(ctx context.Context, given options) (rows []row, err error) {
	rate := func(w *world) func() (float64, error) {
		return func() (float64, error) {
			done, err := w.redemptionRate(ctx, manyClients, residents)
			return done.rate, err
		}
	}
	grouped, err := newWorld(ctx, true, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, grouped.stop()) }()
	plain, err := newWorld(ctx, false, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, plain.stop()) }()
	for _, w := range []*world{grouped, plain} {
		if err := w.earn(ctx); err != nil {
			return nil, err
		}
	}
	ratio, a, b, err := inTurn(given.Rounds, rate(grouped), rate(plain))
	if err != nil {
		return nil, err
	}
	return []row{{"redemptions of one hot reward, 64 clients: grouped beside one transaction each", "≥ 3", perSecond(a, b), ratio, true, 3, given.Rounds}}, nil
}

func perSecond(a, b float64) string { return fmt.Sprintf("%.0f/s : %.0f/s", a, b) }

// fullTask gives requests for places of a task that has none left, by people who hold none.
func fullTask(ctx context.Context, w *world) ([]request, error) {
	taskID, err := w.newTask(ctx, 1)
	if err != nil {
		return nil, err
	}
	requests := w.claims(taskID, 15_000)
	if _, err := load(w.address, 1, requests[:1]); err != nil {
		return nil, err
	}
	var others []request
	for i, one := range requests {
		if i%residents != 0 {
			others = append(others, one)
		}
	}
	return others, nil
}

// bareServer is Echo with one route that answers with as many bytes of JSON as a claim has.
type bareServer struct {
	*httptest.Server
}

func newBareServer() bareServer {
	bare := echo.New()
	answer := json.RawMessage(`{"text":"` + strings.Repeat("a", 700) + `"}`)
	bare.POST("/", func(c echo.Context) error { return c.JSON(http.StatusCreated, answer) })
	return bareServer{httptest.NewServer(bare)}
}

func (b bareServer) rate(count int) (float64, error) {
	address := strings.TrimPrefix(b.URL, "http://")
	requests := make([]request, count)
	for i := range requests {
		requests[i] = newRequest("POST", address, "/", "token", "{}")
	}
	done, err := load(address, manyClients, requests)
	return done.rate, err
}

const distance = 5 * time.Millisecond

// distantDatabase measures claims with a database that is 5 ms away.
func distantDatabase(ctx context.Context, given options) (rows []row, err error) {
	away := func(dsn string) (string, error) { return behindSlowLine(dsn, distance) }
	grouped, err := newWorld(ctx, true, away)
	if errors.Is(err, errNoDistance) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, grouped.stop()) }()
	plain, err := newWorld(ctx, false, away)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, plain.stop()) }()
	var slowest []float64
	ratio, a, b, err := inTurn(max(given.Rounds/2, 1), func() (float64, error) {
		done, err := grouped.claimRate(ctx, manyClients, residents)
		if err == nil {
			slowest = append(slowest, float64(done.percentile(0.99))/float64(distance))
		}
		return done.rate, err
	}, func() (float64, error) {
		done, err := plain.claimRate(ctx, manyClients, aFew)
		return done.rate, err
	})
	if err != nil {
		return nil, err
	}
	return []row{
		{"claims on one task, database 5 ms away, 64 clients, beside a transaction each", "≥ 50", perSecond(a, b), ratio, true, 50, max(given.Rounds/2, 1)},
		{"the same: 99 of 100 within so many round trips", "≤ 4", "of 5 ms", middle(slowest), false, 4, max(given.Rounds/2, 1)},
	}, nil
}

var errNoDistance = errors.New("the embedded database is no way off")

// behindSlowLine gives a way to the database whose answers take so long.
func behindSlowLine(dsn string, delay time.Duration) (string, error) {
	if dsn == "" {
		return "", errNoDistance
	}
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return "", err
	}
	address, err := freeAddress()
	if err != nil {
		return "", err
	}
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	proxy := toxiproxy.NewProxy(server, "database", address, config.Addr)
	if err := proxy.Start(); err != nil {
		return "", err
	}
	toxic := fmt.Sprintf(`{"type":"latency","stream":"downstream","attributes":{"latency":%d}}`, delay.Milliseconds())
	if _, err := proxy.Toxics.AddToxicJson(io.NopCloser(strings.NewReader(toxic))); err != nil {
		return "", err
	}
	config.Addr = address
	return config.FormatDSN(), nil
}

// checkInStorm has 1,000 people check in to one activity, each tapping three times.
func checkInStorm(ctx context.Context, given options) (rows []row, err error) {
	const people, taps = 1000, 3
	w, err := newWorld(ctx, true, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.stop()) }()
	var times []float64
	for range given.Rounds {
		path, code, err := w.newActivity(ctx, people)
		if err != nil {
			return nil, err
		}
		requests := make([]request, 0, people*taps)
		for range taps {
			for _, token := range w.tokens[:people] {
				requests = append(requests, newRequest("POST", w.address, path, token, `{"code":"`+code+`"}`))
			}
		}
		done, err := load(w.address, manyClients, requests)
		if err != nil {
			return nil, err
		}
		if done.statuses[201] != people || done.statuses[200] != people*(taps-1) {
			return nil, fmt.Errorf("the taps were answered %v", done.statuses)
		}
		times = append(times, done.took.Seconds())
	}
	took := middle(times)
	return []row{{"1,000 people check in, three taps each: seconds", "≤ 1", fmt.Sprintf("%.0f answers a second", people*taps/took), took, false, 1, given.Rounds}}, nil
}

// newActivity makes an activity that is going on, where everybody may walk in.
func (w *world) newActivity(ctx context.Context, capacity int64) (path, code string, err error) {
	now := time.Now()
	made, err := w.Teams.CreateActivity(ctx, w.admin, team.NewActivity{TeamID: w.teamID, Title: "样板活动", Star: w.community.Stars[0].Star,
		Place: team.Place{Name: "样板广场"}, StartsAt: now.Add(-time.Minute), EndsAt: now.Add(time.Hour), Capacity: capacity, WalkIn: true})
	if err != nil {
		return "", "", err
	}
	if _, err := w.Teams.Publish(ctx, w.admin, made.ID); err != nil {
		return "", "", err
	}
	shown, err := w.Teams.CheckInCode(ctx, w.admin, made.ID)
	return web.BasePath + "/activities/" + made.ID + "/checkins", shown.Code, err
}

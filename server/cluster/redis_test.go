//go:build cluster

package cluster

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/db/engine"
	"fivestar/server/web"
)

// Redis is killed, or falls silent, and comes back. Meanwhile people with a session go on with everything, new
// ones come in, guessing stays limited, and what is ended is ended, on both servers and for good.
func TestRedisGoesAndComesBack(t *testing.T) {
	for _, away := range []struct {
		name     string
		leave    func(redis *engine.Redis) error
		comeBack func(t *testing.T, redis *engine.Redis) error
	}{
		{"killed", (*engine.Redis).Kill, func(t *testing.T, redis *engine.Redis) error { return redis.Restart(t.Context()) }},
		{"frozen, with all it held", (*engine.Redis).Freeze, func(_ *testing.T, redis *engine.Redis) error { return redis.Thaw() }},
	} {
		t.Run(away.name, func(t *testing.T) {
			p := startPair(t, databaseServer(t))
			leaver, stayer := p.Resident("leaver"), p.Resident("stayer")
			for _, path := range p.both("/me") {
				leaver.Get(path).Want(http.StatusOK)
				stayer.Get(path).Want(http.StatusOK)
			}
			if err := away.leave(p.redis); err != nil {
				t.Fatal(err)
			}
			p.goesOnWithoutRedis(leaver, stayer)
			if err := away.comeBack(t, p.redis); err != nil {
				t.Fatal(err)
			}
			for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
				for _, path := range p.both("/me") {
					leaver.Get(path).WantCode(http.StatusUnauthorized, "auth.required")
					stayer.Get(path).Want(http.StatusOK)
				}
				if p.redisIsUsed() {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
			if !p.redisIsUsed() {
				t.Error("Redis is back and not used")
			}
			stayer.Delete("/sessions/current").Want(http.StatusNoContent)
			for _, path := range p.both("/me") {
				stayer.Get(path).WantCode(http.StatusUnauthorized, "auth.required")
			}
		})
	}
}

func (p *pair) goesOnWithoutRedis(leaver, stayer *apptest.Client) {
	p.Helper()
	for _, server := range []*apptest.Harness{p.Harness, p.other} {
		server.App.Web.Limits.Guesses = 3
		status, body := p.ready(server)
		if status != http.StatusOK || !strings.Contains(body, `"redis":"no answer"`) {
			p.Errorf("a server that serves without Redis says it is not ready, or says nothing of Redis: %d %s", status, body)
		}
	}
	for _, path := range p.both("/tasks/" + p.task(5) + "/claims") {
		stayer.With("Idempotency-Key", "tap").Post(path, nil).Want(http.StatusCreated) // the key gives the same answer again
	}
	activity := p.activity()
	checkIns := "/activities/" + activity + "/checkins"
	code := p.Login("leader").Get(p.there("/activities/" + activity + "/checkin-code")).Want(http.StatusOK).Get("text").String()
	stayer.Post(checkIns, map[string]any{"code": code}).Want(http.StatusCreated)

	guesser := p.Resident("guesser") // who logs in and takes a home meanwhile
	for _, path := range p.both(checkIns) {
		answers := map[int]int{}
		for range 12 {
			answers[guesser.Post(path, map[string]any{"code": "wrong"}).Status]++
		}
		if answers[http.StatusForbidden] > 5 || answers[http.StatusTooManyRequests] < 7 {
			p.Errorf("%s without Redis: %v", path, answers)
		}
	}

	grant := map[string]any{"person_id": stayer.PersonID, "role": web.Secretary, "region_id": p.World.Community.ID}
	id := p.Login("admin").Post("/role-grants", grant).Want(http.StatusCreated).Get("id").String()
	people := "/regions/" + p.World.Community.ID + "/people"
	stayer.Get(p.there(people)).Want(http.StatusOK)
	p.Login("admin").Delete("/role-grants/" + id).Want(http.StatusNoContent)
	stayer.Get(p.there(people)).WantCode(http.StatusForbidden, "auth.forbidden")

	leaver.Delete("/sessions/current").Want(http.StatusNoContent)
	for _, path := range p.both("/me") {
		leaver.Get(path).WantCode(http.StatusUnauthorized, "auth.required")
	}
	p.Tick()
	p.wantVerified()
}

func (p *pair) ready(server *apptest.Harness) (status int, body string) {
	p.Helper()
	response, err := http.Get(strings.TrimSuffix(server.URL, web.BasePath) + "/readyz")
	if err != nil {
		p.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		p.Fatal(err)
	}
	return response.StatusCode, string(content)
}

func (p *pair) redisIsUsed() bool {
	for _, server := range []*apptest.Harness{p.Harness, p.other} {
		if _, body := p.ready(server); !strings.Contains(body, `"redis":"ok"`) {
			return false
		}
	}
	return true
}

// A server that is started, or started again, while Redis is away serves.
func TestStartsWithoutRedis(t *testing.T) {
	server := redisServer(t)
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	dsn := databaseServer(t)
	h := apptest.StartEmpty(t, func(config *app.Config) { config.Database.DSN, config.Redis.Addr = dsn, server.Addr })
	h.Login("early").Get("/me").Want(http.StatusOK)
	if err := server.Restart(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := &pair{Harness: h, other: h, redis: server}
	for end := time.Now().Add(30 * time.Second); !p.redisIsUsed(); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("Redis has come and is not used")
		}
	}
}

// A Redis Cluster, and a Redis behind Sentinels, are used as one server is.
func TestRedisClusterAndSentinel(t *testing.T) {
	dsn := databaseServer(t)
	for name, start := range map[string]func(t *testing.T, config *app.Config){"cluster": onRedisCluster, "sentinel": onSentinel} {
		t.Run(name, func(t *testing.T) {
			h := apptest.StartEmpty(t, func(config *app.Config) { config.Database.DSN = dsn; start(t, config) })
			me := h.Login(name)
			for range 2 {
				me.Get("/me").Want(http.StatusOK)
			}
			me.Patch("/me", map[string]string{"name": fmt.Sprint("样例", name)}).Want(http.StatusOK)
			me.Delete("/sessions/current").Want(http.StatusNoContent)
			me.Get("/me").WantCode(http.StatusUnauthorized, "auth.required")
			if p := (&pair{Harness: h, other: h}); !p.redisIsUsed() {
				t.Error("Redis is not used")
			}
		})
	}
}

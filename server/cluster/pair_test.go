//go:build cluster

package cluster

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/db/engine"
)

// databaseServer is the DSN of an empty database: on the server that tests are told of, else on one of the
// test's own.
func databaseServer(t *testing.T) string {
	t.Helper()
	if dsn := engine.Database(t); dsn != "" {
		return dsn
	}
	mariadb, err := engine.StartMariaDB(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := mariadb.Stop(); err != nil {
			t.Error(err)
		}
	})
	dsn, err := engine.NewDatabase(t.Context(), mariadb.DSN, t.Name())
	if err != nil {
		t.Fatal(err)
	}
	return dsn
}

// redisServer is one that the test may kill and freeze.
func redisServer(t *testing.T) *engine.Redis {
	t.Helper()
	server, err := engine.StartRedis(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// pair is two servers on one database and one Redis, with one clock. Clients call the first, unless they are
// given a path by there.
type pair struct {
	*apptest.Harness
	other *apptest.Harness
	redis *engine.Redis
}

func startPair(t *testing.T, dsn string) *pair {
	t.Helper()
	server := redisServer(t)
	shared := func(config *app.Config) { config.Database.DSN, config.Redis.Addr = dsn, server.Addr }
	p := &pair{Harness: apptest.Start(t, shared), other: apptest.StartEmpty(t, shared), redis: server}
	p.other.App.DB.Now = p.Clock.Now
	return p
}

// during has a part of the test fail for itself.
func (p *pair) during(part *testing.T) {
	whole := p.TB
	p.TB, p.other.TB = part, part
	part.Cleanup(func() { p.TB, p.other.TB = whole, whole })
}

// there is a path on the other server.
func (p *pair) there(path string) string { return p.other.URL + path }

// both gives the same path on one server and on the other.
func (p *pair) both(path string) []string { return []string{path, p.there(path)} }

// task gives the id of a published task.
func (p *pair) task(places int) string {
	p.Helper()
	secretary := p.Login("secretary")
	id := secretary.Post("/tasks", map[string]any{
		"region_id": p.World.Community.ID, "star": "livable_ecology", "title": "清扫日", "description": "一起扫扫门前",
		"place": "样板院3号楼", "points": 10, "capacity": places,
		"claim_until": p.Clock.Now().Add(48 * time.Hour), "due_at": p.Clock.Now().Add(72 * time.Hour),
		"repeat": "once", "evidence": map[string]any{}, "verify": "review",
	}).Want(http.StatusCreated).Get("id").String()
	secretary.Post("/tasks/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

// activity gives the id of an activity of the world's team that begins now.
func (p *pair) activity() string {
	p.Helper()
	secretary := p.Login("secretary")
	id := secretary.Post("/activities", map[string]any{
		"team_id": p.World.TeamID, "title": "清扫院子", "star": "harmony", "place": map[string]any{"name": "南门"},
		"starts_at": p.Clock.Now(), "ends_at": p.Clock.Now().Add(3 * time.Hour),
		"capacity": 50, "walk_in": true, "points_per_hour": 20,
	}).Want(http.StatusCreated).Get("id").String()
	secretary.Post("/activities/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

// ticket is what a ticket is raised with.
func (p *pair) ticket(text string) map[string]any {
	return map[string]any{"region_id": p.World.Community.ID, "category": "facilities", "text": text, "place": "样板院2号楼", "show_name": true}
}

// wantVerified fails the test unless the ledger is as it was written.
func (p *pair) wantVerified() {
	p.Helper()
	if err := p.App.Points.Seal(context.Background()); err != nil {
		p.Fatal(err)
	}
	report, err := p.App.Points.Verify(context.Background(), nil)
	if err != nil {
		p.Fatal(err)
	}
	for _, finding := range report.Findings {
		p.Error(finding)
	}
}

// atOnce runs do for 0 to n-1, each in a goroutine of its own, and waits for all.
func atOnce(n int, do func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { do(i) })
	}
	group.Wait()
}

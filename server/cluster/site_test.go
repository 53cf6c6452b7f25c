//go:build cluster

package cluster

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/db"
	"fivestar/server/db/engine"
)

type fields = map[string]any

// engines are a Galera cluster and the Redis that the servers share.
type engines struct {
	galera *engine.Galera
	redis  *engine.Redis
}

func startEngines(t *testing.T) engines {
	t.Helper()
	// Not t.TempDir(), into whose parent only this user may look.
	folder, err := os.MkdirTemp("", "galera-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	redis, err := engine.StartRedis(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stopped(t, redis.Stop()) })
	galera, err := engine.StartGalera(t.Context(), folder, 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stopped(t, galera.Stop()) })
	return engines{galera, redis}
}

func stopped(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

// restart has a node that was killed take part again.
func (e engines) restart(t *testing.T, node int) {
	t.Helper()
	if err := e.galera.Restart(t.Context(), node); err != nil {
		t.Error(err)
	}
}

func (e engines) execute(t *testing.T, node int, statement string) {
	t.Helper()
	pool, err := sql.Open("mysql", e.galera.DSN[node])
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.ExecContext(context.Background(), statement); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
}

// newDSN makes a database and gives its DSN as a server is told it that prefers a node.
func (e engines) newDSN(t *testing.T) (preferring func(node int) string) {
	t.Helper()
	dsn, err := engine.NewDatabase(t.Context(), e.galera.DSN[0], t.Name())
	if err != nil {
		t.Fatal(err)
	}
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.Net = "nodes"
	config.Params = map[string]string{"wsrep_sync_wait": "1"} // what was written on one node is read on the other
	return func(node int) string {
		var addresses []string
		for i := range e.galera.DSN {
			one, err := mysql.ParseDSN(e.galera.DSN[(node+i)%len(e.galera.DSN)])
			if err != nil {
				t.Fatal(err)
			}
			addresses = append(addresses, one.Addr)
		}
		config.Addr = strings.Join(addresses, ",")
		return config.FormatDSN()
	}
}

// site is two servers that prefer different nodes, and the world on their database.
type site struct {
	*apptest.Harness
	urls []string

	secretary, secretary2, leader, resident *apptest.Client
}

func (e engines) newSite(t *testing.T, firstNode, secondNode int) *site {
	t.Helper()
	preferring := e.newDSN(t)
	on := func(node int) apptest.Option {
		return func(config *app.Config) {
			config.Database.DSN, config.Redis.Addr = preferring(node), e.redis.Addr
		}
	}
	h := apptest.Start(t, on(firstNode))
	second := apptest.StartEmpty(t, on(secondNode))
	return &site{Harness: h, urls: []string{h.URL, second.URL},
		secretary: h.Login("secretary"), secretary2: h.Login("secretary2"), leader: h.Login("leader"), resident: h.Login("resident")}
}

// residents are n people with a home in the community.
func (s *site) residents(n int) []*apptest.Client {
	s.Helper()
	people := make([]*apptest.Client, n)
	for i := range people {
		people[i] = s.Resident(fmt.Sprintf("neighbour%d", i))
	}
	return people
}

// patience bounds how long somebody tries the same thing again. A cluster that loses a node is silent for
// seconds at most.
const patience = 2 * time.Minute

// insist does what the mini-program does when a server is away: it waits as long as it is told and asks again,
// here the other server, with the same Idempotency-Key. It gives the first answer that tells something.
func (s *site) insist(by *apptest.Client, method, path string, body any) *apptest.Answer {
	key, begun := db.NewID(), time.Now()
	if method == http.MethodPost {
		by = by.With("Idempotency-Key", key)
	}
	for attempt := 0; ; attempt++ {
		answer := by.Do(method, s.urls[(int(key[len(key)-1])+attempt)%len(s.urls)]+path, body)
		if answer.Status != http.StatusServiceUnavailable || time.Since(begun) > patience {
			return answer
		}
		seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
		if err != nil || seconds < 1 {
			s.Errorf("%s does not say when to come back: %s", answer.Call, answer)
			return answer
		}
		time.Sleep(time.Duration(seconds) * time.Second)
	}
}

// race makes n calls from 48 goroutines and, when a third are answered, runs interrupt. It gives the answers
// in order, and fails the test at any that nobody should ever see.
func (s *site) race(n int, interrupt func(), call func(i int) *apptest.Answer) []*apptest.Answer {
	s.Helper()
	answers := make([]*apptest.Answer, n)
	var next, answered atomic.Int32
	var group sync.WaitGroup
	for range 48 {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				answers[i] = call(i)
				if int(answered.Add(1)) == n/3 {
					group.Go(interrupt)
				}
			}
		})
	}
	group.Wait()
	for _, answer := range answers {
		if answer.Status == 0 || answer.Status >= 500 {
			s.Errorf("a person sees %s", answer)
		}
	}
	return answers
}

func count(answers []*apptest.Answer, status int, code string) int {
	n := 0
	for _, answer := range answers {
		if answer.Status == status && answer.Get("code").String() == code {
			n++
		}
	}
	return n
}

// wantVerified ends the test unless the ledger is as it was written.
func (s *site) wantVerified() {
	s.Helper()
	if err := s.App.Points.Seal(context.Background()); err != nil {
		s.Fatal(err)
	}
	report, err := s.App.Points.Verify(context.Background(), nil)
	if err != nil {
		s.Fatal(err)
	}
	for _, finding := range report.Findings {
		s.Error(finding)
	}
}

// publishedTask gives the id of a task that residents may take.
func (s *site) publishedTask(capacity int) string {
	s.Helper()
	id := s.secretary.Post("/tasks", fields{
		"region_id": s.World.Community.ID, "star": "livable_ecology", "title": "千人清扫日", "description": "一起扫扫门前",
		"place": "样板院3号楼", "points": 10, "capacity": capacity,
		"claim_until": s.Clock.Now().Add(48 * time.Hour), "due_at": s.Clock.Now().Add(72 * time.Hour),
		"repeat": "once", "evidence": fields{}, "verify": "review",
	}).Want(http.StatusCreated).Get("id").String()
	s.secretary.Post("/tasks/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

// publishedActivity gives the id of an activity of the world's team, which begins in an hour if nothing else is said.
func (s *site) publishedActivity(change fields) string {
	s.Helper()
	body := fields{
		"team_id": s.World.TeamID, "title": "清扫院子", "star": "harmony", "place": fields{"name": "南门"},
		"starts_at": s.Clock.Now().Add(time.Hour), "ends_at": s.Clock.Now().Add(3 * time.Hour),
		"capacity": 5, "walk_in": true, "points_per_hour": 20,
	}
	maps.Copy(body, change)
	id := s.secretary.Post("/activities", body).Want(http.StatusCreated).Get("id").String()
	s.secretary.Post("/activities/"+id+"/publish", nil).Want(http.StatusOK)
	return id
}

// raisedTicket gives the id of a ticket that neighbours see.
func (s *site) raisedTicket() string {
	s.Helper()
	id := s.resident.Post("/tickets", fields{
		"region_id": s.World.Community.ID, "category": "facilities", "text": "三楼到四楼的灯不亮", "place": "样板院2号楼", "show_name": true,
	}).Want(http.StatusCreated).Get("id").String()
	s.Tick()
	return id
}

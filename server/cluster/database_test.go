//go:build cluster

package cluster

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/go-sql-driver/mysql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"fivestar/server/app/apptest"
)

// wire is what lies between the servers and the database.
type wire struct {
	*toxiproxy.Proxy
	t *testing.T
}

// distantDatabase is an empty database with a wire to it that can be cut.
func distantDatabase(t *testing.T) (dsn string, between wire) {
	t.Helper()
	config, err := mysql.ParseDSN(databaseServer(t))
	if err != nil {
		t.Fatal(err)
	}
	proxies := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	between = wire{toxiproxy.NewProxy(proxies, "database", "127.0.0.1:0", config.Addr), t}
	between.mend()
	t.Cleanup(between.Stop)
	config.Addr = between.Listen
	return config.FormatDSN(), between
}

// cut breaks every connection and refuses new ones.
func (w wire) cut() { w.Stop() }

func (w wire) mend() {
	w.t.Helper()
	if err := w.Start(); err != nil {
		w.t.Fatal(err)
	}
}

// silence lets the servers speak and the database not be heard, which breaks the connections in the end.
func (w wire) silence() {
	w.t.Helper()
	toxic := `{"type": "timeout", "stream": "downstream", "attributes": {"timeout": 0}}`
	if _, err := w.Toxics.AddToxicJson(strings.NewReader(toxic)); err != nil {
		w.t.Fatal(err)
	}
}

func (w wire) speakAgain() { w.Toxics.ResetToxics(context.Background()) }

const shortly = 300 * time.Millisecond

// The database is away for 0.3 seconds, again and again, while people come and do everything: nobody sees it.
func TestDatabaseIsAwayForAMoment(t *testing.T) {
	dsn, between := distantDatabase(t)
	p := startPair(t, dsn)
	task := p.task(500)
	var came, ended atomic.Int32
	go func() {
		defer ended.Store(1)
		for n := range 6 {
			time.Sleep(2 * shortly)
			if n%2 == 0 {
				between.cut()
				time.Sleep(shortly)
				between.mend()
			} else {
				between.silence()
				time.Sleep(shortly)
				between.speakAgain()
			}
		}
	}()
	people := make([]*apptest.Client, 0, 500)
	for n := 0; ended.Load() == 0 && n < cap(people)/4; n++ {
		batch := make([]*apptest.Client, 4)
		atOnce(len(batch), func(i int) {
			batch[i] = p.visit(fmt.Sprintf("moment%d-%d", n, i), task)
			came.Add(1)
		})
		people = append(people, batch...)
	}
	if ended.Load() == 0 {
		t.Fatal("everybody had come before the database was away for the last time")
	}
	left := p.Login("secretary").Get("/tasks/" + task).Want(http.StatusOK).Get("places_left").Int()
	if left != int64(500-len(people)) {
		t.Errorf("%d places are left of 500 after %d claims", left, len(people))
	}
	p.wantVerified()
}

// visit logs in and does all on whichever server, and wants each call to succeed at the first try.
func (p *pair) visit(name, task string) *apptest.Client {
	server := p.Harness
	if name[len(name)-1]%2 == 0 {
		server = p.other
	}
	me := server.Anonymous()
	do := func(status int, method, path string, body any) *apptest.Answer {
		answer := me.Do(method, path, body)
		if answer.Status != status {
			p.Errorf("a person sees %s", answer)
		}
		return answer
	}
	me.Token = do(http.StatusCreated, "POST", "/sessions", map[string]string{"code": "sim:" + name}).Get("token").String()
	do(http.StatusOK, "PATCH", "/me", map[string]string{"home_region_id": p.World.Grid.ID})
	me = me.With("Idempotency-Key", "tap")
	claim := do(http.StatusCreated, "POST", "/tasks/"+task+"/claims", nil).Get("id").String()
	do(http.StatusCreated, "POST", "/tickets", p.ticket("楼道的灯不亮"))
	if held := do(http.StatusOK, "GET", "/me/claims", nil).Get("items.#.id").Array(); len(held) != 1 || held[0].String() != claim {
		p.Errorf("%s was told claim %s, and finds %v", name, claim, held)
	}
	if raised := do(http.StatusOK, "GET", "/tickets/mine", nil).Get("items").Array(); len(raised) != 1 {
		p.Errorf("%s raised one ticket and finds %d", name, len(raised))
	}
	return me
}

// The database is away for longer: whoever asks is told to come again, in seconds, nothing is half done, and
// with the database back everything goes on by itself. It is cut off, or falls silent.
func TestDatabaseIsAwayForLonger(t *testing.T) {
	dsn, between := distantDatabase(t)
	p := startPair(t, dsn)
	for _, away := range []struct {
		name            string
		leave, comeBack func()
	}{{"cut off", between.cut, between.mend}, {"silent", between.silence, between.speakAgain}} {
		t.Run(away.name, func(t *testing.T) {
			p.during(t)
			const people = 10
			task := p.task(people)
			crowd := make([]*apptest.Client, people)
			for i := range crowd {
				crowd[i] = p.Resident(fmt.Sprintf("%s%d", away.name[:3], i)).With("Idempotency-Key", "tap-"+task)
			}
			away.leave()
			atOnce(3*people, func(i int) {
				switch person, server := crowd[i/3], i%2; i % 3 {
				case 0:
					wantComeAgain(t, person.Post(p.both("/tasks/" + task + "/claims")[server], nil))
				case 1:
					wantComeAgain(t, person.Get(p.both("/tasks")[server]))
				case 2:
					wantComeAgain(t, p.Anonymous().Post(p.both("/sessions")[server], map[string]string{"code": "sim:late"}))
				}
			})
			if status, body := p.ready(p.other); status != http.StatusServiceUnavailable {
				t.Errorf("without its database the server says it is ready: %s", body)
			}
			away.comeBack()
			eventually(t, "both servers are ready", func() bool {
				one, _ := p.ready(p.Harness)
				other, _ := p.ready(p.other)
				return one == http.StatusOK && other == http.StatusOK
			})
			for _, person := range crowd {
				person.Post("/tasks/"+task+"/claims", nil).Want(http.StatusCreated)
			}
			if left := crowd[0].Get("/tasks/" + task).Want(http.StatusOK).Get("places_left").Int(); left != 0 {
				t.Errorf("%d places are left after as many claims as there were", left)
			}
			p.wantVerified()
		})
	}
}

func wantComeAgain(t *testing.T, answer *apptest.Answer) {
	seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
	if answer.Status != http.StatusServiceUnavailable || err != nil || seconds < 1 {
		t.Errorf("without the database: %s, Retry-After %q", answer, answer.Header.Get("Retry-After"))
	}
}

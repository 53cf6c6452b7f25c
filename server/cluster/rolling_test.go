//go:build cluster

package cluster

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// nginxMain is what stands around configs/deploy/nginx.conf: here with all of nginx's own files in one folder.
const nginxMain = `
daemon off;
%[2]s
pid %[1]s/nginx.pid;
error_log stderr warn;
events { worker_connections 1024; }
http {
	access_log off;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	include %[1]s/site.conf;
}
`

// startNginx puts nginx before the servers with the settings that are deployed, and tells where it listens.
func (s *servers) startNginx() (addr string) {
	s.Helper()
	template, err := os.ReadFile("../../configs/deploy/nginx.conf")
	if err != nil {
		s.Fatal(err)
	}
	var upstream strings.Builder
	for _, one := range s.all {
		fmt.Fprintf(&upstream, "server %s max_fails=1 fail_timeout=1s; ", one.addr)
	}
	addr = net.JoinHostPort("127.0.0.1", freePort(s.T))
	site := strings.NewReplacer("${LISTEN}", addr, "${PROXY}", "127.0.0.1", "${SERVERS}", upstream.String()).Replace(string(template))
	user := ""
	if os.Geteuid() == 0 {
		user = "user root;" // its worker reads this user's temporary folder
	}
	folder := s.TempDir()
	for name, text := range map[string]string{"nginx.conf": fmt.Sprintf(nginxMain, folder, user), "site.conf": site} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			s.Fatal(err)
		}
	}
	runBeside(s.T, exec.Command(program("nginx"), "-p", folder, "-c", "nginx.conf"))
	eventually(s.T, "nginx answers", func() bool {
		response, err := s.http.Get("http://" + addr + "/healthz")
		if err != nil {
			return false
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
	return addr
}

// program finds what Debian keeps where only root's PATH leads.
func program(name string) string {
	if path, err := exec.LookPath(name); err == nil {
		return path
	}
	return filepath.Join("/usr/sbin", name)
}

// listedTasks counts the calls that list tasks at one server: of those here only nginx makes any.
const listedTasks = `fivestar_http_request_duration_seconds_count{method="GET",route="/api/v1/tasks",status="200"}`

// Three servers are stopped and started again one after the other while people go on: nobody sees an error,
// and nothing is done twice or lost.
func TestRollingRestart(t *testing.T) {
	const phones, places = 8, 1000
	s := startServers(t, 3, "--demo")
	nginx := s.startNginx()
	task, community := s.demoTask(nginx, places)

	c := &crowd{servers: s, nginx: nginx, task: task, community: community}
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for n := range phones {
		group.Go(func() {
			for visit := 0; ctx.Err() == nil && visit < places/phones; visit++ {
				c.visit(fmt.Sprintf("rolling%d-%d", n, visit))
			}
		})
	}
	for _, one := range s.all {
		c.goOn(phones)
		one.stop()
		c.goOn(phones) // on the other two
		one.start()
		eventually(t, "nginx comes back to the server that had gone", func() bool { return one.metric(listedTasks) > 0 })
	}
	c.goOn(phones)
	stop()
	group.Wait()
	t.Logf("%d people came and did everything", c.came.Load())

	secretary := s.must(http.StatusCreated, nginx, "POST", "/sessions", "", map[string]string{"code": "sim:secretary"}).Get("token").String()
	if left := s.must(http.StatusOK, nginx, "GET", "/tasks/"+task, secretary, nil).Get("places_left").Int(); left != places-c.came.Load() {
		t.Errorf("%d places are left of %d after %d claims", left, places, c.came.Load())
	}
	s.verifyLedger()
}

// crowd are people who come through nginx.
type crowd struct {
	*servers
	nginx, task, community string

	came atomic.Int64
}

// goOn waits until some more people have come.
func (c *crowd) goOn(more int64) {
	c.Helper()
	want := c.came.Load() + more
	eventually(c.T, "people go on", func() bool { return c.came.Load() >= want || c.Failed() })
	if c.Failed() {
		c.FailNow()
	}
}

// visit is all that somebody does: logs in, looks, takes a place, raises a ticket, looks again.
func (c *crowd) visit(name string) {
	token := c.do(http.StatusCreated, "POST", "/sessions", "", "", map[string]string{"code": "sim:" + name}).body.Get("token").String()
	c.do(http.StatusOK, "PATCH", "/me", token, "", map[string]string{"home_region_id": c.community})
	c.do(http.StatusOK, "GET", "/tasks", token, "", nil)
	claim := c.do(http.StatusCreated, "POST", "/tasks/"+c.task+"/claims", token, name+"-claim", nil).body.Get("id").String()
	ticket := c.do(http.StatusCreated, "POST", "/tickets", token, name+"-ticket", map[string]any{
		"region_id": c.community, "category": "facilities", "text": "楼道的灯不亮", "place": "样板院2号楼", "show_name": true,
	}).body.Get("id").String()

	claims := c.do(http.StatusOK, "GET", "/me/claims", token, "", nil).body.Get("items.#.id").Array()
	tickets := c.do(http.StatusOK, "GET", "/tickets/mine", token, "", nil).body.Get("items.#.id").Array()
	if len(claims) != 1 || claims[0].String() != claim || len(tickets) != 1 || tickets[0].String() != ticket {
		c.Errorf("%s was told claim %s and ticket %s, and finds %v and %v", name, claim, ticket, claims, tickets)
	}
	c.came.Add(1)
}

// do is one call, which is to succeed at the first try.
func (c *crowd) do(status int, method, path, token, key string, body any) answer {
	got, err := c.call(context.Background(), c.nginx, method, path, token, key, body)
	if err != nil || got.status != status {
		c.Errorf("a person sees %s %s: %d %s (%v)", method, path, got.status, got.body.Raw, err)
	}
	return got
}

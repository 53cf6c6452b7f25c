//go:build cluster

package cluster

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"fivestar/server/db/engine"
)

// servers are the built server run as several processes, on one database and one Redis.
type servers struct {
	*testing.T
	redis *engine.Redis
	all   []*server

	binary      string
	environment []string
	http        http.Client
}

// server is one process, which may end and be started again at the same address.
type server struct {
	*servers
	addr string
	data string

	process *exec.Cmd
	exited  chan struct{}
}

// startServers starts count of them, the first with flags.
func startServers(t *testing.T, count int, flags ...string) *servers {
	t.Helper()
	s := &servers{T: t, redis: redisServer(t), binary: filepath.Join(t.TempDir(), "fivestar")}
	if output, err := exec.Command("go", "build", "-o", s.binary, "fivestar/server").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	s.http = http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	s.environment = append(os.Environ(), "FIVESTAR_DATABASE_DSN="+databaseServer(t), "FIVESTAR_REDIS_ADDR="+s.redis.Addr,
		"FIVESTAR_SECRET_KEY=a key for tests that is long enough to be one", "FIVESTAR_LIMITS_WRITES=1000000")
	for n := range count {
		one := &server{servers: s, addr: net.JoinHostPort("127.0.0.1", freePort(t)), data: t.TempDir()}
		t.Cleanup(one.kill)
		if n == 0 {
			one.start(flags...)
		} else {
			one.start()
		}
		s.all = append(s.all, one)
	}
	return s
}

// start runs the server until it is ready.
func (s *server) start(flags ...string) {
	s.Helper()
	s.process = exec.Command(s.binary, append([]string{"--data", s.data, "serve", "--addr", s.addr}, flags...)...)
	s.process.Env = s.environment
	log := runBeside(s.T, s.process)
	s.exited = log.exited
	eventually(s.T, "the server is ready", func() bool {
		select {
		case <-s.exited:
			s.Fatalf("the server ended at its start:\n%s", log)
		default:
		}
		status, _, err := s.get("/readyz")
		return err == nil && status == http.StatusOK
	})
}

func (s *server) get(path string) (status int, body string, err error) {
	response, err := s.http.Get("http://" + s.addr + path)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return response.StatusCode, string(content), err
}

// stop ends the process as a service manager does, and wants it to end well.
func (s *server) stop() {
	s.Helper()
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		s.Fatal(err)
	}
	<-s.exited
	if !s.process.ProcessState.Success() {
		s.Errorf("a server that was told to stop: %s", s.process.ProcessState)
	}
}

// kill ends the process as a power cut does.
func (s *server) kill() {
	if s.process == nil {
		return
	}
	_ = s.process.Process.Kill() // it may have ended
	<-s.exited
}

// metric is a value of /metrics by the start of its line; -1 when there is none.
func (s *server) metric(line string) float64 {
	_, body, err := s.get("/metrics")
	if err != nil {
		return -1
	}
	found := regexp.MustCompile("(?m)^" + regexp.QuoteMeta(line) + " (.+)$").FindStringSubmatch(body)
	if found == nil {
		return -1
	}
	value, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		s.Errorf("%s: %v", line, err)
	}
	return value
}

// answer is what a call through whichever address came to.
type answer struct {
	status int
	header http.Header
	body   gjson.Result
}

// call calls the API at base, host:port, as one phone does: once.
func (s *servers) call(ctx context.Context, base, method, path, token, key string, body any) (answer, error) {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return answer{}, err
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, "http://"+base+"/api/v1"+path, reader)
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := s.http.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, gjson.ParseBytes(content)}, err
}

// must is call for what is not under test.
func (s *servers) must(status int, base, method, path, token string, body any) gjson.Result {
	s.Helper()
	got, err := s.call(s.Context(), base, method, path, token, "", body)
	if err != nil || got.status != status {
		s.Fatalf("%s %s: %d %s (%v), want %d", method, path, got.status, got.body.Raw, err, status)
	}
	return got.body
}

// demoTask makes a task with this many places in the demo's community, and tells both ids.
func (s *servers) demoTask(base string, places int) (task, community string) {
	s.Helper()
	secretary := s.must(http.StatusCreated, base, "POST", "/sessions", "", map[string]string{"code": "sim:secretary"}).Get("token").String()
	community = s.must(http.StatusOK, base, "GET", "/me", secretary, nil).Get("home.community_id").String()
	task = s.must(http.StatusCreated, base, "POST", "/tasks", secretary, map[string]any{
		"region_id": community, "star": "livable_ecology", "title": "千人清扫日", "description": "一起扫扫门前", "points": 5, "capacity": places,
		"claim_until": time.Now().Add(24 * time.Hour), "due_at": time.Now().Add(48 * time.Hour),
		"repeat": "once", "verify": "review", "evidence": map[string]any{},
	}).Get("id").String()
	s.must(http.StatusOK, base, "POST", "/tasks/"+task+"/publish", secretary, nil)
	return task, community
}

// verifyLedger fails the test unless the ledger is as it was written.
func (s *servers) verifyLedger() {
	s.Helper()
	verify := exec.Command(s.binary, "--data", s.TempDir(), "ledger", "verify")
	verify.Env = s.environment
	if output, err := verify.CombinedOutput(); err != nil {
		s.Errorf("ledger verify: %v\n%s", err, output)
	}
}

// processLog is what a process says.
type processLog struct {
	file   string
	exited chan struct{}
}

func (l processLog) String() string {
	content, err := os.ReadFile(l.file)
	if err != nil {
		return err.Error()
	}
	return string(content)
}

// runBeside starts command, which ends with the test at the latest. What it said is shown when the test fails.
func runBeside(t *testing.T, command *exec.Cmd) processLog {
	t.Helper()
	log := processLog{filepath.Join(t.TempDir(), filepath.Base(command.Path)+".log"), make(chan struct{})}
	output, err := os.Create(log.file)
	if err != nil {
		t.Fatal(err)
	}
	defer output.Close() // the process has its own handle
	command.Stdout, command.Stderr = output, output
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = command.Wait() // how it ended is in its state
		close(log.exited)
	}()
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM) // it may have ended; nginx takes its workers with it
		select {
		case <-log.exited:
		case <-time.After(30 * time.Second):
			_ = command.Process.Kill()
			<-log.exited
		}
		if t.Failed() {
			lines := strings.Split(log.String(), "\n")
			fmt.Fprintf(t.Output(), "%s said:\n%s\n", command.Path, strings.Join(lines[max(0, len(lines)-40):], "\n"))
		}
	})
	return log
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// eventually ends the test if holds does not become true within some minutes.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it is not so after minutes: %s", what)
		}
	}
}

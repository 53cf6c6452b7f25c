package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"fivestar/server/db/engine"
)

// program is the built server, run as a process of its own so that it can be killed.
type program struct {
	*testing.T
	binary      string
	environment []string
	data        string

	process *exec.Cmd
	url     string
	http    http.Client
}

func buildProgram(t *testing.T) *program {
	t.Helper()
	p := &program{T: t, binary: filepath.Join(t.TempDir(), "fivestar"), data: t.TempDir()}
	p.http.Timeout = time.Minute
	p.http.Transport = &http.Transport{MaxIdleConnsPerHost: 64}
	if output, err := exec.Command("go", "build", "-o", p.binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	p.environment = append(os.Environ(),
		"FIVESTAR_DATABASE_DSN="+engine.Database(t), "FIVESTAR_REDIS_ADDR="+engine.RedisAddr(),
		"FIVESTAR_SECRET_KEY=a key for tests that is long enough to be one", "FIVESTAR_LIMITS_WRITES=1000000")
	t.Cleanup(p.kill)
	return p
}

var listening = regexp.MustCompile(`listening.*url=(http://[^/]+)/`)

// start runs the server and waits until it says where it listens.
func (p *program) start(flags ...string) {
	p.Helper()
	p.process = exec.Command(p.binary, append([]string{"--data", p.data, "serve", "--addr", "127.0.0.1:0"}, flags...)...)
	p.process.Env = p.environment
	logs, err := p.process.StderrPipe()
	if err != nil {
		p.Fatal(err)
	}
	if err := p.process.Start(); err != nil {
		p.Fatal(err)
	}
	lines := bufio.NewScanner(logs)
	var said bytes.Buffer
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if found := listening.FindStringSubmatch(lines.Text()); found != nil {
			p.url = found[1] + "/api/v1"
			go func() { _, _ = io.Copy(io.Discard, logs) }()
			return
		}
	}
	p.Fatalf("the server did not start:\n%s", said.String())
}

// kill ends the process as a power cut would.
func (p *program) kill() {
	if p.process != nil {
		_ = p.process.Process.Kill() // it may be dead already
		_ = p.process.Wait()         // and tells that it was killed
		p.process = nil
	}
}

// call gives the status and body of an answer; err when there was none.
func (p *program) call(method, path, token string, body any) (int, []byte, error) {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return 0, nil, err
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, p.url+path, reader)
	if err != nil {
		return 0, nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := p.http.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	return response.StatusCode, content, err
}

func (p *program) must(status int, method, path, token string, body any) gjson.Result {
	p.Helper()
	got, content, err := p.call(method, path, token, body)
	if err != nil || got != status {
		p.Fatalf("%s %s: %d %s (%v), want %d", method, path, got, content, err, status)
	}
	return gjson.ParseBytes(content)
}

func (p *program) login(name string) string {
	p.Helper()
	return p.must(201, "POST", "/sessions", "", map[string]string{"code": "sim:" + name}).Get("token").String()
}

// The server is killed in the middle of 1,000 claims and started again. Nothing that was acknowledged is
// lost, nothing is half done, and whoever tries again hears that the place is already theirs.
func TestKilledInTheMiddleOfAThousandClaims(t *testing.T) {
	const people, capacity = 1000, 900
	p := buildProgram(t)
	p.start("--demo")
	secretary := p.login("secretary")
	community := p.must(200, "GET", "/me", secretary, nil).Get("home.community_id").String()
	task := p.must(201, "POST", "/tasks", secretary, map[string]any{
		"region_id": community, "star": "livable_ecology", "title": "千人清扫日", "description": "一起扫扫门前",
		"points": 5, "capacity": capacity, "claim_until": time.Now().Add(24 * time.Hour), "due_at": time.Now().Add(48 * time.Hour),
		"repeat": "once", "verify": "review", "evidence": map[string]bool{"text": false, "photos_before": false, "photos_after": false},
	}).Get("id").String()
	p.must(200, "POST", "/tasks/"+task+"/publish", secretary, nil)

	tokens := make([]string, people)
	concurrently(people, func(n int) {
		name := fmt.Sprintf("crash%d", n)
		status, content, err := p.call("POST", "/sessions", "", map[string]string{"code": "sim:" + name})
		if err != nil || status != 201 {
			t.Errorf("login %s: %d %s %v", name, status, content, err)
			return
		}
		tokens[n] = gjson.GetBytes(content, "token").String()
		if status, content, err := p.call("PATCH", "/me", tokens[n], map[string]string{"home_region_id": community}); err != nil || status != 200 {
			t.Errorf("home of %s: %d %s %v", name, status, content, err)
		}
	})
	if t.Failed() {
		t.FailNow()
	}

	acknowledged := make([]string, people)
	var answered atomic.Int32
	killAt := int32(200 + rand.IntN(400))
	var once sync.Once
	concurrently(people, func(n int) {
		status, content, err := p.call("POST", "/tasks/"+task+"/claims", tokens[n], nil)
		if err == nil && status == 201 {
			acknowledged[n] = gjson.GetBytes(content, "id").String()
		}
		if answered.Add(1) == killAt {
			once.Do(func() { _ = p.process.Process.Kill() })
		}
	})
	p.kill()
	p.start()

	held, already := 0, 0
	for n := range people {
		status, content, err := p.call("POST", "/tasks/"+task+"/claims", tokens[n], nil)
		if err != nil {
			t.Fatal(err)
		}
		id := gjson.GetBytes(content, "id").String()
		switch status {
		case 200:
			held, already = held+1, already+1
		case 201:
			held++
		}
		if acknowledged[n] != "" && (status != 200 || id != acknowledged[n]) {
			t.Errorf("the claim %s was acknowledged; asked again: %d %s", acknowledged[n], status, content)
		}
	}
	t.Logf("killed after %d answers; %d claims were there after the restart", killAt, already)
	left := p.must(200, "GET", "/tasks/"+task, secretary, nil).Get("places_left").Int()
	if held != capacity || left != 0 {
		t.Errorf("%d claims held and %d places left, want %d and 0", held, left, capacity)
	}
	p.kill()
	verify := exec.Command(p.binary, "--data", p.data, "ledger", "verify")
	verify.Env = p.environment
	if output, err := verify.CombinedOutput(); err != nil {
		t.Errorf("ledger verify: %v\n%s", err, output)
	}
}

// concurrently runs do for 0 to count-1 from eight goroutines.
func concurrently(count int, do func(n int)) {
	var group sync.WaitGroup
	var next atomic.Int32
	for range 8 {
		group.Go(func() {
			for n := int(next.Add(1)) - 1; n < count; n = int(next.Add(1)) - 1 {
				do(n)
			}
		})
	}
	group.Wait()
}

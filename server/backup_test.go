package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/secret"
)

// earning is people who take a task, hand in and are approved, one after the other, until stop: postings go on while
// a backup is taken.
type earning struct {
	*program
	secretary, community, task string

	mutex  sync.Mutex
	people []string // the tokens of those whose points have been acknowledged
	stop   chan struct{}
	ended  sync.WaitGroup
}

const earned = 7

func startEarning(p *program) *earning {
	p.Helper()
	e := &earning{program: p, secretary: p.login("secretary"), stop: make(chan struct{})}
	e.community = p.must(200, "GET", "/me", e.secretary, nil).Get("home.community_id").String()
	e.task = p.must(201, "POST", "/tasks", e.secretary, map[string]any{
		"region_id": e.community, "star": "livable_ecology", "title": "备份日的清扫", "description": "一边备份一边扫",
		"points": earned, "capacity": 1000, "claim_until": time.Now().Add(24 * time.Hour), "due_at": time.Now().Add(48 * time.Hour),
		"repeat": "once", "verify": "review", "evidence": map[string]bool{"text": false, "photos_before": false, "photos_after": false},
	}).Get("id").String()
	p.must(200, "POST", "/tasks/"+e.task+"/publish", e.secretary, nil)
	e.ended.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-e.stop:
				return
			default:
			}
			token, err := e.earn(fmt.Sprintf("earner%d", n))
			if err != nil {
				p.Error(err)
				return
			}
			e.mutex.Lock()
			e.people = append(e.people, token)
			e.mutex.Unlock()
		}
	})
	return e
}

func (e *earning) earn(name string) (token string, err error) {
	do := func(want int, method, path, who string, body any) string {
		if err != nil {
			return ""
		}
		status, content, callErr := e.call(method, path, who, body)
		if callErr != nil || status != want {
			err = fmt.Errorf("%s %s: %d %s %w", method, path, status, content, callErr)
		}
		return string(content)
	}
	token = field(do(201, "POST", "/sessions", "", map[string]string{"code": "sim:" + name}), "token")
	do(200, "PATCH", "/me", token, map[string]string{"home_region_id": e.community})
	claim := field(do(201, "POST", "/tasks/"+e.task+"/claims", token, nil), "id")
	do(200, "PUT", "/claims/"+claim+"/submission", token, map[string]string{})
	do(200, "POST", "/claims/"+claim+"/review", e.secretary, map[string]string{"verdict": "approve"})
	return token, err
}

func field(answer, name string) string {
	found := regexp.MustCompile(`"` + name + `":"([^"]*)"`).FindStringSubmatch(answer)
	if found == nil {
		return ""
	}
	return found[1]
}

// acknowledged waits until count people more have their points, and gives all who have.
func (e *earning) acknowledged(count int) []string {
	e.Helper()
	e.mutex.Lock()
	aim := len(e.people) + count
	e.mutex.Unlock()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		e.mutex.Lock()
		people := append([]string(nil), e.people...)
		e.mutex.Unlock()
		if len(people) >= aim {
			return people
		}
		if e.Failed() || time.Now().After(deadline) {
			e.Fatalf("%d people have their points, waiting for %d", len(people), aim)
		}
	}
}

// say runs the program's other commands, or a script, and gives what it said.
func (p *program) say(name string, arguments ...string) (string, error) {
	command := exec.Command(name, arguments...)
	command.Env = p.environment
	output, err := command.CombinedOutput()
	return string(output), err
}

func (p *program) mustSay(name string, arguments ...string) string {
	p.Helper()
	output, err := p.say(name, arguments...)
	if err != nil {
		p.Fatalf("%s %s: %v\n%s", name, strings.Join(arguments, " "), err, output)
	}
	return output
}

func (p *program) setEnvironment(name, value string) {
	kept := p.environment[:0:0]
	for _, line := range p.environment {
		if !strings.HasPrefix(line, name+"=") {
			kept = append(kept, line)
		}
	}
	p.environment = append(kept, name+"="+value)
}

// A rehearsed restore: a copy is taken while people earn points, and a server on the copy, in a fresh place, knows
// everybody whose points had been acknowledged before, with a ledger that verifies. On SQLite by the program's
// commands, on MySQL by the scripts.
func TestARestoredBackupIsWhole(t *testing.T) {
	p := buildProgram(t)
	embedded := engine.Database(t) == ""
	if embedded {
		p.setEnvironment("FIVESTAR_SECRET_KEY", "")
	}
	p.start("--demo")
	photo := filepath.Join("files", "photos", "rehearsed.jpg")
	writeFile(t, filepath.Join(p.data, photo), "a photo")
	e := startEarning(p)
	before := e.acknowledged(5)

	restored := *p
	if embedded {
		restoreEmbedded(&restored, filepath.Join(t.TempDir(), "backup"))
	} else {
		restoreMySQL(&restored, filepath.Join(t.TempDir(), "backup.sql.gz"))
	}
	e.acknowledged(5) // nobody has been kept waiting
	close(e.stop)
	e.ended.Wait()
	p.kill()
	if embedded {
		if content, err := os.ReadFile(filepath.Join(restored.data, photo)); err != nil || string(content) != "a photo" {
			t.Errorf("the photo: %q, %v", content, err)
		}
	}

	restored.start()
	defer restored.kill()
	all := e.people
	for n, token := range all {
		status, content, err := restored.call("GET", "/me/points", token, nil)
		whole := strings.Contains(string(content), fmt.Sprintf(`"balance":%d,`, earned))
		if n < len(before) && (err != nil || status != 200 || !whole) {
			t.Errorf("earner %d of %d before the backup: %d %s %v", n, len(before), status, content, err)
		}
	}
	verified := restored.verifiedWhenSealed()
	if !regexp.MustCompile(`chain of community [0-9A-Z]{26} ends at number [1-9][0-9]* with [0-9a-f]{64}`).MatchString(verified) {
		t.Errorf("the ends of the chains are not told:\n%s", verified)
	}
	if again := field(string(mustCall(&restored, "GET", "/me", all[0])), "id"); again == "" {
		t.Error("a session of before is gone")
	}
	if embedded {
		keyIsNeeded(&restored)
	}
}

// verifiedWhenSealed waits for what was posted in the last moment before the copy to be sealed by the new server.
func (p *program) verifiedWhenSealed() string {
	p.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		output, err := p.say(p.binary, "--data", p.data, "ledger", "verify")
		if err == nil {
			return output
		}
		if !strings.Contains(output, "not sealed within") || time.Now().After(deadline) {
			p.Fatalf("the restored ledger: %v\n%s", err, output)
		}
	}
}

func mustCall(p *program, method, path, token string) []byte {
	p.Helper()
	status, content, err := p.call(method, path, token, nil)
	if err != nil || status != 200 {
		p.Fatalf("%s %s: %d %s %v", method, path, status, content, err)
	}
	return content
}

func restoreEmbedded(p *program, backup string) {
	p.Helper()
	said := p.mustSay(p.binary, "--data", p.data, "backup", "--to", backup)
	if !strings.Contains(said, "secret key is not in it") {
		p.Errorf("the backup does not tell of the key: %s", said)
	}
	if _, err := os.Stat(filepath.Join(backup, secret.KeyFileName)); err == nil {
		p.Error("the key lies beside what it signs")
	}
	if said, err := p.say(p.binary, "--data", p.data, "backup", "--to", backup); err == nil {
		p.Errorf("a backup was written over: %s", said)
	}
	if said, err := p.say(p.binary, "--data", p.data, "restore", "--from", backup); err == nil {
		p.Errorf("a living database was written over: %s", said)
	}
	key, err := os.ReadFile(filepath.Join(p.data, secret.KeyFileName))
	if err != nil {
		p.Fatal(err)
	}
	p.data = filepath.Join(p.TempDir(), "restored")
	if said := p.mustSay(p.binary, "--data", p.data, "restore", "--from", backup); !strings.Contains(said, "now put secret.key there") {
		p.Errorf("the restore does not ask for the key: %s", said)
	}
	writeFile(p.T, filepath.Join(p.data, secret.KeyFileName), string(key))
}

// keyIsNeeded: the same database with another key is one whose every entry is a stranger's.
func keyIsNeeded(p *program) {
	p.Helper()
	p.kill()
	writeFile(p.T, filepath.Join(p.data, secret.KeyFileName), strings.Repeat("another key ", 4))
	if said, err := p.say(p.binary, "--data", p.data, "ledger", "verify"); err == nil {
		p.Errorf("the ledger verifies with another key:\n%s", said)
	}
}

func restoreMySQL(p *program, file string) {
	p.Helper()
	server, err := mysql.ParseDSN(environmentValue(p, "FIVESTAR_DATABASE_DSN"))
	if err != nil {
		p.Fatal(err)
	}
	host, port, _ := strings.Cut(server.Addr, ":")
	options := filepath.Join(p.TempDir(), "options")
	writeFile(p.T, options, fmt.Sprintf("[client]\nhost=%s\nport=%s\nuser=%s\npassword=%s\n", host, port, server.User, server.Passwd))
	p.mustSay("../configs/deploy/backup-mysql", options, server.DBName, file)
	if said, err := p.say("../configs/deploy/restore-mysql", options, server.DBName, file); err == nil {
		p.Errorf("a living database was written over: %s", said)
	}
	cut := filepath.Join(p.TempDir(), "cut.sql.gz")
	p.mustSay("bash", "-c", `gzip -dc "$0" | head -n 100 | gzip > "$1"`, file, cut)
	dsn := engine.Database(p)
	fresh, err := mysql.ParseDSN(dsn)
	if err != nil {
		p.Fatal(err)
	}
	if said, err := p.say("../configs/deploy/restore-mysql", options, fresh.DBName, cut); err == nil || !strings.Contains(said, "not a whole copy") {
		p.Errorf("half a copy was restored: %s", said)
	}
	p.mustSay("../configs/deploy/restore-mysql", options, fresh.DBName, file)
	p.setEnvironment("FIVESTAR_DATABASE_DSN", dsn)
	p.data = p.TempDir()
}

func environmentValue(p *program, name string) (value string) {
	for _, line := range p.environment {
		if found, ok := strings.CutPrefix(line, name+"="); ok {
			value = found
		}
	}
	return value
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
}

func TestABrokenBackupIsNotRestored(t *testing.T) {
	for name, content := range map[string]string{"nothing": "", "no database": strings.Repeat("no database ", 1000)} {
		t.Run(name, func(t *testing.T) {
			backup, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
			writeFile(t, filepath.Join(backup, db.SQLiteFileName), content)
			var out bytes.Buffer
			if err := run(t.Context(), []string{"--data", data, "restore", "--from", backup}, &out, &out); err == nil {
				t.Errorf("restored: %s", out.String())
			}
			if _, err := os.Stat(filepath.Join(data, db.SQLiteFileName)); err == nil {
				t.Error("something was put in place")
			}
		})
	}
}

func TestOutsideDatabasesAreNotBackedUpByTheCommand(t *testing.T) {
	t.Setenv("FIVESTAR_DATABASE_DSN", "nobody@tcp(127.0.0.1:1)/none")
	t.Setenv("FIVESTAR_SECRET_KEY", "a key for tests that is long enough to be one")
	var out bytes.Buffer
	err := run(t.Context(), []string{"backup", "--to", filepath.Join(t.TempDir(), "backup")}, &out, &out)
	if err == nil || !strings.Contains(err.Error(), "backup-mysql") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestReadyAsksTheRunningServer(t *testing.T) {
	p := buildProgram(t)
	p.start("--no-demo")
	p.setEnvironment("FIVESTAR_ADDR", strings.TrimSuffix(strings.TrimPrefix(p.url, "http://"), "/api/v1"))
	p.mustSay(p.binary, "ready")
	p.kill()
	if said, err := p.say(p.binary, "ready"); err == nil {
		t.Errorf("ready after it was killed: %s", said)
	}
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	defer away.Close()
	p.setEnvironment("FIVESTAR_ADDR", away.Listener.Addr().String())
	if said, err := p.say(p.binary, "ready"); err == nil {
		t.Errorf("ready while /readyz says 503: %s", said)
	}
}

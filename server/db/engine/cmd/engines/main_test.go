package main

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"fivestar/server/db/engine"
)

func TestStatusIsTheCommands(t *testing.T) {
	temporary := temporaryFolder(t)
	for _, script := range []struct {
		text string
		want int
	}{
		{"exit 7", 7},
		{"kill -KILL $$", 1},
	} {
		status, err := runBeside(t.Context(), []string{"--", "sh", "-c", script.text})
		if notInstalled(t, err) {
			return
		}
		if status != script.want || err != nil {
			t.Errorf("%s: status %d, error %v, want %d without an error", script.text, status, err, script.want)
		}
	}
	mustBeEmpty(t, temporary)
}

func TestCommandFindsTheServers(t *testing.T) {
	temporary := temporaryFolder(t)
	out := filepath.Join(t.TempDir(), "out")
	script := `printf '%s %s' "$` + engine.DatabaseDSNVariable + `" "$` + engine.RedisAddrVariable + `" > ` + out
	status, err := runBeside(t.Context(), []string{"sh", "-c", script})
	if notInstalled(t, err) {
		return
	}
	if status != 0 || err != nil {
		t.Fatalf("status %d, error %v, want 0 without an error", status, err)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	dsn, addr, _ := strings.Cut(string(written), " ")
	config, err := mysql.ParseDSN(dsn)
	if err != nil || !strings.HasPrefix(config.Addr, "127.0.0.1:") || config.DBName != "" {
		t.Fatalf("%s = %q (%v), want a server on loopback, no database", engine.DatabaseDSNVariable, dsn, err)
	}
	if !strings.HasPrefix(addr, "127.0.0.1:") {
		t.Errorf("%s = %q, want a server on loopback", engine.RedisAddrVariable, addr)
	}
	for _, server := range []string{config.Addr, addr} {
		if connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", server); err == nil {
			connection.Close()
			t.Errorf("the server at %s outlived the command", server)
		}
	}
	mustBeEmpty(t, temporary)
}

func TestInterruptEndsCommandAndServers(t *testing.T) {
	temporary := temporaryFolder(t)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	running := filepath.Join(t.TempDir(), "running")
	go func() {
		defer interrupt()
		for ctx.Err() == nil {
			if _, err := os.Stat(running); err == nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	status, err := runBeside(ctx, []string{"sh", "-c", "trap 'exit 3' INT; touch " + running + "; while :; do sleep 0.1; done"})
	if notInstalled(t, err) {
		return
	}
	if status != 3 || err != nil {
		t.Errorf("status %d, error %v, want 3: the command's own after an interrupt", status, err)
	}
	mustBeEmpty(t, temporary)
}

func TestCommandThatCannotRun(t *testing.T) {
	temporary := temporaryFolder(t)
	for _, arguments := range [][]string{{}, {"--"}, {"--", "no-such-program"}} {
		if status, err := runBeside(t.Context(), arguments); status != 2 || err == nil {
			t.Errorf("%v: status %d, error %v, want 2 and why", arguments, status, err)
		}
	}
	mustBeEmpty(t, temporary)
}

// notInstalled tells whether there are no servers on this machine to run beside, which fails the test only
// where they are promised.
func notInstalled(t *testing.T, err error) bool {
	t.Helper()
	if !errors.Is(err, engine.ErrNotInstalled) {
		return false
	}
	if os.Getenv(engine.DatabaseDSNVariable) != "" {
		t.Error(err)
	}
	return true
}

// temporaryFolder gives the servers of this test a folder for their own folders.
func temporaryFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	return folder
}

func mustBeEmpty(t *testing.T, folder string) {
	t.Helper()
	left, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(left) > 0 {
		t.Errorf("%v is left in the temporary folder", left)
	}
}

package db_test

import (
	"log/slog"
	"net"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"

	"fivestar/server/db"
	"fivestar/server/db/engine"
)

// freeAddress is one where nobody answers.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// silentAddress is one where connections are accepted and nothing is said, as by a frozen server.
func silentAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener.Addr().String()
}

func TestNodesThatAreAllAwayAreNamed(t *testing.T) {
	one, two := freeAddress(t), freeAddress(t)
	_, err := db.Open(t.Context(), "user:password@nodes("+one+", "+two+")/fivestar", "", slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), one) || !strings.Contains(err.Error(), two) {
		t.Errorf("error %v, want one that names both nodes", err)
	}
	if strings.Contains(err.Error(), "password") {
		t.Errorf("the error tells the password: %v", err)
	}
}

func TestServersInTheDriversFormAreRefused(t *testing.T) {
	_, err := db.Open(t.Context(), "user:password@tcp(one:3306,two:3306)/fivestar", "", slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "nodes(one:3306,two:3306)") {
		t.Errorf("error %v, want one that says how several servers are written", err)
	}
}

func TestTheNextNodeIsAskedWhenOneIsAwayOrSilent(t *testing.T) {
	dsn := engine.Database(t)
	if dsn == "" {
		return // the embedded database is one file
	}
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.Net, config.Addr = "nodes", strings.Join([]string{freeAddress(t), silentAddress(t), config.Addr}, ",")
	opened, err := db.Open(t.Context(), config.FormatDSN(), "", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if err := opened.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	inTx(t, opened, "CREATE TABLE counter (id VARCHAR(26) NOT NULL PRIMARY KEY, number BIGINT NOT NULL)")
	inTx(t, opened, "INSERT INTO counter (id, number) VALUES ('a', 7)")
	if n := number(t, opened); n != 7 {
		t.Errorf("read %d, want 7", n)
	}
}

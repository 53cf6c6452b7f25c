package engine_test

import (
	"database/sql"
	"errors"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"

	"fivestar/server/db/engine"
)

func TestMariaDB(t *testing.T) {
	server, err := engine.StartMariaDB(t.Context(), t.TempDir())
	if notInstalled(t, err, "mariadbd", "mariadb-install-db") {
		return
	}
	mustNot(t, err)
	t.Cleanup(func() { mustNot(t, server.Stop()) })
	pool := open(t, server.DSN)

	t.Run("is as strict and as durable as production", func(t *testing.T) {
		got := map[string]string{}
		for _, name := range []string{"bind_address", "innodb_flush_log_at_trx_commit", "sql_mode"} {
			got[name] = text(t, pool, "SELECT @@"+name)
		}
		want := map[string]string{
			"bind_address":                   "127.0.0.1",
			"innodb_flush_log_at_trx_commit": "1",
			"sql_mode":                       "",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})

	t.Run("admits nobody else", func(t *testing.T) {
		for _, user := range []string{"root", "mysql", "", "engine"} {
			config := parse(t, server.DSN)
			config.User, config.Passwd = user, ""
			err := open(t, config.FormatDSN()).PingContext(t.Context())
			if refused := (*mysql.MySQLError)(nil); !errors.As(err, &refused) {
				t.Errorf("user %q was not refused: %v", user, err)
			}
		}
	})

	t.Run("gives each caller an empty database that tells letters apart by case", func(t *testing.T) {
		first, err := engine.NewDatabase(t.Context(), server.DSN, t.Name())
		mustNot(t, err)
		second, err := engine.NewDatabase(t.Context(), server.DSN, t.Name())
		mustNot(t, err)
		for _, dsn := range []string{first, second} {
			database := open(t, dsn)
			execute(t, database, "CREATE TABLE word (text VARCHAR(20) NOT NULL PRIMARY KEY)")
			execute(t, database, "INSERT INTO word (text) VALUES ('a'), ('A'), ('á'), ('甲')")
		}
		mustNot(t, engine.DropDatabase(t.Context(), first))
		if err := open(t, first).PingContext(t.Context()); err == nil {
			t.Error("the dropped database still answers")
		}
		if got := text(t, open(t, second), "SELECT COUNT(*) FROM word"); got != "4" {
			t.Errorf("the other database holds %s words, want 4", got)
		}
	})

	t.Run("drops a test's database when the test is over", func(t *testing.T) {
		t.Setenv(engine.DatabaseDSNVariable, server.DSN)
		var name string
		t.Run("while it runs", func(t *testing.T) {
			dsn := engine.Database(t)
			name = text(t, open(t, dsn), "SELECT DATABASE()")
		})
		if !strings.HasPrefix(name, "t_testmariadb_drops_a_test") {
			t.Errorf("database %q does not begin with the test's name", name)
		}
		if got := text(t, pool, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = '"+name+"'"); got != "0" {
			t.Errorf("database %s is still there", name)
		}
	})

	t.Run("is gone after it is stopped, however often", func(t *testing.T) {
		mustNot(t, server.Stop())
		mustNot(t, server.Stop())
		mustBeSilent(t, parse(t, server.DSN).Addr)
	})
}

func TestMariaDBTakesFlags(t *testing.T) {
	server, err := engine.StartMariaDB(t.Context(), t.TempDir(), "--innodb-flush-log-at-trx-commit=2")
	if notInstalled(t, err, "mariadbd", "mariadb-install-db") {
		return
	}
	mustNot(t, err)
	t.Cleanup(func() { mustNot(t, server.Stop()) })
	if got := text(t, open(t, server.DSN), "SELECT @@innodb_flush_log_at_trx_commit"); got != "2" {
		t.Errorf("innodb_flush_log_at_trx_commit is %s, want 2", got)
	}
}

func TestMariaDBThatCannotStartSaysWhy(t *testing.T) {
	_, err := engine.StartMariaDB(t.Context(), t.TempDir(), "--no-such-flag=1")
	if notInstalled(t, err, "mariadbd", "mariadb-install-db") {
		return
	}
	if err == nil || !strings.Contains(err.Error(), "no-such-flag") {
		t.Errorf("got %v, want an error with what the server said", err)
	}
}

func TestRedis(t *testing.T) {
	server, err := engine.StartRedis(t.Context(), t.TempDir())
	if notInstalled(t, err, "redis-server") {
		return
	}
	mustNot(t, err)
	t.Cleanup(func() { mustNot(t, server.Stop()) })

	client := redis.NewClient(&redis.Options{Addr: server.Addr})
	defer client.Close()
	mustNot(t, client.Set(t.Context(), "key", "value", 0).Err())
	bound, err := client.ConfigGet(t.Context(), "bind").Result()
	mustNot(t, err)
	if diff := cmp.Diff(map[string]string{"bind": "127.0.0.1"}, bound); diff != "" {
		t.Error(diff)
	}

	mustNot(t, server.Stop())
	mustNot(t, server.Stop())
	mustBeSilent(t, server.Addr)
}

func TestWithoutServersTestsUseTheEmbeddedOnes(t *testing.T) {
	t.Setenv(engine.DatabaseDSNVariable, "")
	t.Setenv(engine.RedisAddrVariable, "")
	if got := engine.Database(t); got != "" {
		t.Errorf("Database() = %q, want none", got)
	}
	if got := engine.RedisAddr(); got != "" {
		t.Errorf("RedisAddr() = %q, want none", got)
	}
}

// notInstalled tells whether err says that one of the programs is not installed, and fails the test unless
// that is true and allowed: where the tests run beside real servers, these are on the machine.
func notInstalled(t *testing.T, err error, programs ...string) bool {
	t.Helper()
	if !errors.Is(err, engine.ErrNotInstalled) {
		return false
	}
	if os.Getenv(engine.DatabaseDSNVariable) != "" {
		t.Error(err)
	}
	absent := slices.IndexFunc(programs, func(program string) bool {
		_, lookErr := exec.LookPath(program)
		return lookErr != nil && strings.Contains(err.Error(), program+" ")
	})
	if absent < 0 {
		t.Errorf("%v, but all of %v are installed", err, programs)
	}
	return true
}

func mustNot(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mustBeSilent(t *testing.T, addr string) {
	t.Helper()
	if connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", addr); err == nil {
		connection.Close()
		t.Errorf("%s still answers", addr)
	}
}

func parse(t *testing.T, dsn string) *mysql.Config {
	t.Helper()
	config, err := mysql.ParseDSN(dsn)
	mustNot(t, err)
	return config
}

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("mysql", dsn)
	mustNot(t, err)
	t.Cleanup(func() { pool.Close() })
	return pool
}

func execute(t *testing.T, pool *sql.DB, statement string) {
	t.Helper()
	_, err := pool.ExecContext(t.Context(), statement)
	mustNot(t, err)
}

func text(t *testing.T, pool *sql.DB, query string) string {
	t.Helper()
	var got string
	mustNot(t, pool.QueryRowContext(t.Context(), query).Scan(&got))
	return got
}

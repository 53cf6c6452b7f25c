// Package engine gives tests real database and Redis servers. It is for tests only.
//
// A test that needs a database opens Database(t), and one that needs Redis opens RedisAddr(). Both are
// empty in a plain `go test`, which means the embedded database and the in-process Redis. Under
// `go run ./server/db/engine/cmd/engines -- go test ...` they lead to a private MariaDB and a private Redis.
package engine

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/go-sql-driver/mysql"
)

// The two settings by which a test finds the servers. Unset or empty means: use the embedded ones.
const (
	// DatabaseDSNVariable holds a server in go-sql-driver's form, without a database, whose user may
	// create and drop databases.
	DatabaseDSNVariable = "FIVESTAR_TEST_DATABASE_DSN"
	// RedisAddrVariable holds host:port. All tests share that Redis: their keys must differ by an id
	// made for the test, and none may flush it. A test that wants one for itself calls StartRedis.
	RedisAddrVariable = "FIVESTAR_TEST_REDIS_ADDR"
)

// Database makes an empty database for one test and drops it when the test is over. It returns its DSN,
// or "" when no server is set and the test is to use the embedded database.
func Database(t testing.TB) string {
	t.Helper()
	server := os.Getenv(DatabaseDSNVariable)
	if server == "" {
		return ""
	}
	dsn, err := NewDatabase(t.Context(), server, t.Name())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := DropDatabase(context.Background(), dsn); err != nil { // t's own context has ended by now
			t.Error(err)
		}
	})
	return dsn
}

// RedisAddr returns the host:port of the Redis that tests share, or "" when none is set and the test is to
// use the in-process one.
func RedisAddr() string { return os.Getenv(RedisAddrVariable) }

// NewDatabase makes an empty database on a server and returns its DSN. Its name begins with name, as far
// as a database name allows, and is never that of another.
func NewDatabase(ctx context.Context, serverDSN, name string) (string, error) {
	config, err := mysql.ParseDSN(serverDSN)
	if err != nil {
		return "", fmt.Errorf("the database server's DSN: %w", err)
	}
	database := databaseName(name)
	if err := execute(ctx, config, "CREATE DATABASE "+database+" CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"); err != nil {
		return "", fmt.Errorf("create database %s: %w", database, err)
	}
	config.DBName = database
	return config.FormatDSN(), nil
}

// DropDatabase removes the database that dsn names, with all it holds.
func DropDatabase(ctx context.Context, dsn string) error {
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return fmt.Errorf("the database's DSN: %w", err)
	}
	database := config.DBName
	config.DBName = ""
	if err := execute(ctx, config, "DROP DATABASE "+database); err != nil {
		return fmt.Errorf("drop database %s: %w", database, err)
	}
	return nil
}

var notInDatabaseName = regexp.MustCompile(`[^a-z0-9]+`)

// databaseName leaves only what needs no quoting. MySQL allows 64 characters, of which the random end
// takes 27.
func databaseName(name string) string {
	const longest = 64 - 1 - 26
	readable := "t_" + strings.Trim(notInDatabaseName.ReplaceAllString(strings.ToLower(name), "_"), "_")
	return readable[:min(len(readable), longest)] + "_" + strings.ToLower(rand.Text())
}

func execute(ctx context.Context, config *mysql.Config, statement string) error {
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return err
	}
	pool := sql.OpenDB(connector)
	defer pool.Close()
	_, err = pool.ExecContext(ctx, statement)
	return err
}

package engine

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/go-sql-driver/mysql"

	"fivestar/server/db"
)

// Migrated makes a database for one test as a server has left it after its first start: at the newest version,
// with nothing in it. Embedded, it is put into folder; else it is dropped when the test is over. It returns the
// DSN, as Database does.
//
// All are copies of one that was migrated in this process: what a server finds to be newest it leaves alone.
func Migrated(t testing.TB, folder string) (dsn string) {
	t.Helper()
	dsn = Database(t)
	var err error
	if dsn == "" {
		err = copyFile(filepath.Join(folder, db.SQLiteFileName))
	} else {
		err = copySchema(t.Context(), dsn)
	}
	if err != nil {
		t.Fatalf("copy the migrated database: %v", err)
	}
	return dsn
}

func copyFile(file string) error {
	content, err := migratedFile()
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o600)
}

func copySchema(ctx context.Context, dsn string) error {
	statements, err := migratedSchema()
	if err != nil {
		return err
	}
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		return err
	}
	config.MultiStatements = true
	return execute(ctx, config, statements)
}

// migratedFile is the file of a migrated SQLite database.
var migratedFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "migrated-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	if err := migrate("", folder); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, db.SQLiteFileName))
})

// migratedSchema are the statements that make the tables of a migrated database, and goose's list of versions.
var migratedSchema = sync.OnceValues(func() (statements string, err error) {
	ctx := context.Background()
	dsn, err := NewDatabase(ctx, os.Getenv(DatabaseDSNVariable), "migrated")
	if err != nil {
		return "", err
	}
	defer func() {
		if dropErr := DropDatabase(ctx, dsn); err == nil {
			err = dropErr
		}
	}()
	if err := migrate(dsn, ""); err != nil {
		return "", err
	}
	pool, err := sql.Open("mysql", dsn)
	if err != nil {
		return "", err
	}
	defer pool.Close()
	tables, err := column(ctx, pool, "SHOW TABLES")
	if err != nil {
		return "", err
	}
	var all strings.Builder
	for _, table := range tables {
		var name, statement string
		if err := pool.QueryRowContext(ctx, "SHOW CREATE TABLE "+table).Scan(&name, &statement); err != nil {
			return "", err
		}
		all.WriteString(statement + ";\n")
	}
	versions, err := column(ctx, pool, "SELECT version_id FROM goose_db_version ORDER BY id")
	if err != nil {
		return "", err
	}
	fmt.Fprintf(&all, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (%s, 1)", strings.Join(versions, ", 1), ("))
	return all.String(), nil
})

// migrate closes what it opens, so that all is in the file.
func migrate(dsn, folder string) error {
	ctx := context.Background()
	opened, err := db.Open(ctx, dsn, folder, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if err := opened.Migrate(ctx); err != nil {
		opened.Close()
		return err
	}
	return opened.Close()
}

func column(ctx context.Context, pool *sql.DB, query string) (values []string, err error) {
	rows, err := pool.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, rows.Err()
}

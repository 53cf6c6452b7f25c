package db_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/pressly/goose/v3"

	"fivestar/server/db"
	"fivestar/server/db/engine"
	schema "fivestar/sql"
)

// place is an empty database that goose and the server are both let into.
type place struct {
	*testing.T
	dsn, folder string
	pool        *sql.DB
	dialect     goose.Dialect
}

func newPlace(t *testing.T) *place {
	t.Helper()
	return placeAt(t, engine.Database(t), t.TempDir())
}

func placeAt(t *testing.T, dsn, folder string) *place {
	t.Helper()
	p := &place{T: t, dsn: dsn, folder: folder, dialect: goose.DialectMySQL}
	driver, dsn := "mysql", p.dsn
	if p.dsn == "" {
		driver, dsn, p.dialect = "sqlite", "file:"+filepath.Join(p.folder, db.SQLiteFileName), goose.DialectSQLite3
	}
	var err error
	if p.pool, err = sql.Open(driver, dsn); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.pool.Close() })
	return p
}

// goose gives what brings the database to versions of its own choice.
func (p *place) goose(files fs.FS) *goose.Provider {
	p.Helper()
	provider, err := goose.NewProvider(p.dialect, p.pool, files)
	if err != nil {
		p.Fatal(err)
	}
	return provider
}

// migrate does what a server does when it starts.
func (p *place) migrate() {
	p.Helper()
	opened, err := db.Open(p.Context(), p.dsn, p.folder, slog.New(slog.DiscardHandler))
	if err != nil {
		p.Fatal(err)
	}
	defer opened.Close()
	if err := opened.Migrate(p.Context()); err != nil {
		p.Fatal(err)
	}
}

// schema is what the database says of each of its tables and indexes.
func (p *place) schema() map[string]string {
	p.Helper()
	if p.dialect == goose.DialectSQLite3 {
		return p.pairs("SELECT name, COALESCE(sql, '') FROM sqlite_master")
	}
	said := map[string]string{}
	for table := range p.pairs("SELECT table_name, '' FROM information_schema.tables WHERE table_schema = DATABASE()") {
		for name, statement := range p.pairs("SHOW CREATE TABLE " + table) {
			said[name] = withoutCounter(statement)
		}
	}
	return said
}

// withoutCounter leaves out how many rows a table has numbered, which goose's own tables do.
func withoutCounter(statement string) string {
	before, after, found := strings.Cut(statement, " AUTO_INCREMENT=")
	if !found {
		return statement
	}
	_, after, _ = strings.Cut(after, " ")
	return before + " " + after
}

func (p *place) pairs(query string) map[string]string {
	p.Helper()
	rows, err := p.pool.QueryContext(p.Context(), query)
	if err != nil {
		p.Fatal(err)
	}
	defer rows.Close()
	pairs := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			p.Fatal(err)
		}
		pairs[name] = value
	}
	if err := rows.Err(); err != nil {
		p.Fatal(err)
	}
	return pairs
}

func migrations(t *testing.T) fs.FS {
	t.Helper()
	files, err := fs.Sub(schema.Migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// newest is the schema that a server makes of an empty database.
func newest(t *testing.T) map[string]string {
	t.Helper()
	p := newPlace(t)
	p.migrate()
	return p.schema()
}

func wantSchema(t *testing.T, got, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("another schema than an empty database gets (-want +got):\n%s", diff)
	}
}

func TestMigrationsUpDownUp(t *testing.T) {
	want := newest(t)
	p := newPlace(t)
	p.migrate()
	opened, err := db.Open(t.Context(), p.dsn, p.folder, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	if err := opened.MigrateDown(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name := range p.schema() {
		if !strings.HasPrefix(name, "goose_") && !strings.HasPrefix(name, "sqlite_") {
			t.Errorf("%s is left after all migrations were taken back", name)
		}
	}
	p.migrate()
	wantSchema(t, p.schema(), want)
}

// A server may find the database of any server before it.
func TestMigrationsFromEveryVersion(t *testing.T) {
	want := newest(t)
	sources := newPlace(t).goose(migrations(t)).ListSources()
	for _, source := range some(sources[:len(sources)-1]) {
		t.Run(fmt.Sprint(source.Version), func(t *testing.T) {
			p := newPlace(t)
			if _, err := p.goose(migrations(t)).UpTo(t.Context(), source.Version); err != nil {
				t.Fatal(err)
			}
			p.migrate()
			wantSchema(t, p.schema(), want)
		})
	}
}

// Each room numbers its migrations in a range of its own, so the newest may have a lower number than what is
// there: whichever it is that came last, it is made up for. Those that others build on cannot be last.
func TestMigrationsMakeUpForAnyOne(t *testing.T) {
	want := newest(t)
	names, err := fs.Glob(migrations(t), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	names = some(names)
	for _, last := range names {
		t.Run(last, func(t *testing.T) {
			p := newPlace(t)
			if _, err := p.goose(without(t, last)).Up(t.Context()); err != nil {
				t.Logf("others build on it: %v", err)
				return
			}
			tried++
			p.migrate()
			wantSchema(t, p.schema(), want)
		})
	}
	if tried < len(names)/2 {
		t.Errorf("only %d of %d migrations could be the last", tried, len(names))
	}
}

// some is one of eight with -short, else all.
func some[T any](all []T) (chosen []T) {
	if !testing.Short() {
		return all
	}
	for i := 0; i < len(all); i += 8 {
		chosen = append(chosen, all[i])
	}
	return chosen
}

func without(t *testing.T, name string) fs.FS {
	t.Helper()
	rest := fstest.MapFS{}
	err := fs.WalkDir(migrations(t), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path == name {
			return err
		}
		text, err := fs.ReadFile(migrations(t), path)
		rest[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rest
}

// Four servers start at the same moment on one empty database: each migration is made once, by one of them,
// and none is turned away.
func TestFourServersMigrateOnce(t *testing.T) {
	if engine.Database(t) == "" {
		return // the embedded database has one server
	}
	p := newPlace(t)
	var log bytes.Buffer
	var mutex sync.Mutex
	steps := 0
	counting := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, attribute slog.Attr) slog.Attr {
		if attribute.Key == "steps" {
			mutex.Lock()
			steps += int(attribute.Value.Int64())
			mutex.Unlock()
		}
		return attribute
	}}))
	var servers sync.WaitGroup
	for range 4 {
		servers.Go(func() {
			opened, err := db.Open(context.Background(), p.dsn, "", counting)
			if err != nil {
				t.Error(err)
				return
			}
			defer opened.Close()
			if err := opened.Migrate(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	servers.Wait()
	if want := len(p.goose(migrations(t)).ListSources()); steps != want {
		t.Errorf("the servers made %d migrations in all, want %d:\n%s", steps, want, &log)
	}
	wantSchema(t, p.schema(), newest(t))
}

// What other tests begin with is what a server makes of an empty database, and leaves as it is.
func TestTheCopyThatTestsGetIsNewest(t *testing.T) {
	folder := t.TempDir()
	p := placeAt(t, engine.Migrated(t, folder), folder)
	wantSchema(t, p.schema(), newest(t))
	pending, err := p.goose(migrations(t)).HasPending(t.Context())
	if err != nil || pending {
		t.Errorf("there is something to migrate: %v (%v)", pending, err)
	}
	p.migrate()
	wantSchema(t, p.schema(), newest(t))
}

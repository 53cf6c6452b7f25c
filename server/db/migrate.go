package db

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	schema "fivestar/sql"
)

// Migrate brings the database to the newest version. Servers that start at the same moment do it once:
// on MySQL by a table lock, on SQLite because the data folder has one server.
func (d *DB) Migrate(ctx context.Context) error {
	provider, err := d.migrations()
	if err != nil {
		return err
	}
	results, err := provider.Up(ctx)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if len(results) > 0 {
		d.log.InfoContext(ctx, "migrated", "steps", len(results), "version", results[len(results)-1].Source.Version)
	}
	return nil
}

// MigrateDown takes every migration back. It is for tests and rehearsals: all data is lost.
func (d *DB) MigrateDown(ctx context.Context) error {
	provider, err := d.migrations()
	if err != nil {
		return err
	}
	if _, err := provider.DownTo(ctx, 0); err != nil {
		return fmt.Errorf("migrate down: %w", err)
	}
	return nil
}

func (d *DB) migrations() (*goose.Provider, error) {
	files, err := fs.Sub(schema.Migrations, "migrations")
	if err != nil {
		return nil, err
	}
	// Each room numbers its migrations in a range of its own: a new one may come before what is there.
	options := []goose.ProviderOption{goose.WithAllowOutofOrder(true)}
	if d.dialect == goose.DialectMySQL {
		locker, err := lock.NewMySQLTableLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithLocker(locker))
	}
	return goose.NewProvider(d.dialect, d.migrator, files, options...)
}

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// ErrOutside is returned by CopyTo for a database that is not embedded: its own tools copy it.
var ErrOutside = errors.New("the database is an outside one")

// CopyTo writes the embedded database, as it stands at one moment, into file, which must not exist. The server
// may go on writing meanwhile. When it returns, the copy is on the disk and every page of it has been looked at.
func (d *DB) CopyTo(ctx context.Context, file string) error {
	if !d.Embedded() {
		return ErrOutside
	}
	if _, err := d.writer.ExecContext(ctx, "VACUUM INTO ?", file); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	if err := syncFile(file); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return CheckFile(ctx, file)
}

// syncFile waits until the disk has the file: VACUUM INTO leaves it to the operating system.
func syncFile(file string) error {
	opened, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(opened.Sync(), opened.Close())
}

// CheckFile looks at every page of an embedded database's file, and that it is one of this program's. It changes
// nothing; the error says what is wrong.
func CheckFile(ctx context.Context, file string) error {
	pool, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	if err != nil {
		return fmt.Errorf("open %s: %w", file, err)
	}
	defer pool.Close()
	var said string
	if err := pool.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&said); err != nil {
		return fmt.Errorf("check %s: %w", file, err)
	}
	if said != "ok" {
		return fmt.Errorf("check %s: %s", file, said)
	}
	var version int64
	if err := pool.QueryRowContext(ctx, "SELECT MAX(version_id) FROM goose_db_version").Scan(&version); err != nil {
		return fmt.Errorf("%s is no database of this program: %w", file, err)
	}
	return nil
}

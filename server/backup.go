package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"fivestar/server/app"
	"fivestar/server/db"
	"fivestar/server/secret"
)

// filesFolder is where photos are in the data folder and in a backup.
const filesFolder = "files"

// unfinished ends the name of a backup that is being written.
const unfinished = ".new"

type backupCommand struct {
	To string `required:"" help:"The folder to make for it; it must not exist yet." placeholder:"DIR"`
}

// Run copies the database first and the photos after it: what a row names is there already, and a photo that no
// row of the copy names does no harm.
func (c *backupCommand) Run(ctx context.Context, given *commands, to streams) (err error) {
	config, err := given.settings(nil)
	if err != nil {
		return err
	}
	if err := requireEmbedded(config); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(config.Data, db.SQLiteFileName)); err != nil {
		return fmt.Errorf("there is no database to back up: %w", err)
	}
	if _, err := os.Lstat(c.To); err == nil {
		return fmt.Errorf("%s is there already: name a new folder", c.To)
	}
	folder := c.To + unfinished
	if err := os.Mkdir(folder, 0o700); err != nil {
		return fmt.Errorf("a backup that was broken off must be removed by hand: %w", err)
	}
	if err := copyDatabase(ctx, config, filepath.Join(folder, db.SQLiteFileName), logger(config, to.logs)); err != nil {
		return err
	}
	photos, err := copyFiles(filepath.Join(folder, filesFolder), filepath.Join(config.Data, filesFolder))
	if err != nil {
		return err
	}
	if err := os.Rename(folder, c.To); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "the database and %d files of photos are in %s\n", photos, c.To)
	if config.Files.URL != "" {
		fmt.Fprintln(to.out, "photos are kept at files.url: back that storage up by its own means")
	}
	fmt.Fprintln(to.out, "the secret key is not in it: without the same key cards, codes and the ledger's digests are dead; keep a copy of it elsewhere")
	return nil
}

type restoreCommand struct {
	From string `required:"" help:"A folder that backup has made." type:"existingdir" placeholder:"DIR"`
}

// Run fills a data folder that has no database. The server must not run on it.
func (c *restoreCommand) Run(ctx context.Context, given *commands, to streams) error {
	config, err := given.settings(nil)
	if err != nil {
		return err
	}
	if err := requireEmbedded(config); err != nil {
		return err
	}
	source := filepath.Join(c.From, db.SQLiteFileName)
	if err := db.CheckFile(ctx, source); err != nil {
		return err
	}
	if err := os.MkdirAll(config.Data, 0o700); err != nil {
		return err
	}
	target := filepath.Join(config.Data, db.SQLiteFileName)
	// An old log beside a new database would be played into it.
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if _, err := os.Lstat(target + suffix); err == nil {
			return fmt.Errorf("%s is there: restore into an empty data folder", target+suffix)
		}
	}
	photos, err := copyFiles(filepath.Join(config.Data, filesFolder), filepath.Join(c.From, filesFolder))
	if err != nil {
		return err
	}
	if err := copyFile(target, source); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "the database and %d files of photos are in %s\n", photos, config.Data)
	if _, err := os.Stat(filepath.Join(config.Data, secret.KeyFileName)); config.Secret.Key == "" && err != nil {
		fmt.Fprintf(to.out, "now put %s there from where it is kept: else a new key is made, and cards, codes and the ledger's digests are dead\n", secret.KeyFileName)
	}
	fmt.Fprintln(to.out, "then start the server, and look at it with: ledger verify")
	return nil
}

func requireEmbedded(config app.Config) error {
	if config.Database.DSN != "" {
		return errors.New("an outside database is backed up and restored by configs/deploy/backup-mysql and restore-mysql")
	}
	return nil
}

func copyDatabase(ctx context.Context, config app.Config, file string, log *slog.Logger) error {
	opened, err := db.Open(ctx, "", config.Data, log)
	if err != nil {
		return err
	}
	return errors.Join(opened.CopyTo(ctx, file), opened.Close())
}

// copyFiles copies the folder from, which may be missing, to a folder that it makes, and counts the files. A file that
// goes away meanwhile, such as an upload that is being written under a name for the time, is left out.
func copyFiles(to, from string) (count int, err error) {
	err = filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		within, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, within), 0o700)
		}
		err = copyFile(filepath.Join(to, within), path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		count++
		return err
	})
	if err != nil {
		return count, fmt.Errorf("copy the photos: %w", err)
	}
	return count, nil
}

// copyFile copies the file from to a new one and waits until the disk has it.
func copyFile(to, from string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	if _, err := io.Copy(target, source); err != nil {
		return err
	}
	return target.Sync()
}

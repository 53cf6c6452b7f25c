//go:build cluster

package cluster

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"

	"fivestar/server/db"
)

// Two servers on different nodes store batches that want the same row. Galera undoes one of two that collide, and
// a packet that is undone between two of its statements must not be taken for stored, whole or in part.
func batchesCollide(t *testing.T, e engines) {
	const each, batches = 16, 120
	preferring := e.newDSN(t)
	var servers []*db.DB
	for node := range 2 {
		server, err := db.Open(t.Context(), preferring(node), "", slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { server.Close() })
		servers = append(servers, server)
	}
	if err := servers[0].Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"CREATE TABLE hot (id VARCHAR(26) NOT NULL PRIMARY KEY, taken BIGINT NOT NULL)",
		"CREATE TABLE taken (id VARCHAR(26) NOT NULL PRIMARY KEY)",
		"INSERT INTO hot (id, taken) VALUES ('a', 0)",
	} {
		if err := servers[0].InTx(t.Context(), func(ctx context.Context) error { return write(ctx, servers[0], statement) }); err != nil {
			t.Fatal(err)
		}
	}
	var group sync.WaitGroup
	var mutex sync.Mutex
	stored := map[string]bool{}
	for i := range each {
		server := servers[i%2]
		group.Go(func() {
			for range batches {
				id := db.NewID()
				err := server.InBatch(context.Background(), func(ctx context.Context) error {
					if err := write(ctx, server, "UPDATE hot SET taken = taken + 1 WHERE id = 'a'"); err != nil {
						return err
					}
					return write(ctx, server, "INSERT INTO taken (id) VALUES (?)", id)
				})
				if errors.Is(err, db.ErrBusy) {
					continue
				}
				if err != nil {
					t.Error(err)
				}
				mutex.Lock()
				stored[id] = true
				mutex.Unlock()
			}
		})
	}
	group.Wait()
	counted, rows := number(t, servers[1], "SELECT taken FROM hot"), number(t, servers[1], "SELECT COUNT(*) FROM taken")
	if counted != len(stored) || rows != len(stored) {
		t.Errorf("%d batches were acknowledged; the counter says %d, and there are %d rows", len(stored), counted, rows)
	}
	t.Logf("%d of %d batches were stored, the others told to come again", len(stored), each*batches)
	if len(stored) < each*batches*9/10 {
		t.Errorf("only %d of %d batches were stored", len(stored), each*batches)
	}
}

// write runs one statement, of which exactly one row is expected when it changes something.
func write(ctx context.Context, server *db.DB, statement string, arguments ...any) error {
	result, err := server.Querier(ctx).ExecContext(ctx, statement, arguments...)
	if err != nil {
		return err
	}
	_, err = result.RowsAffected()
	return err
}

func number(t *testing.T, server *db.DB, query string) (n int) {
	t.Helper()
	if err := server.Querier(t.Context()).QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

package db_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"fivestar/server/db"
	"fivestar/server/db/engine"
	"fivestar/server/fault"
)

// cutter stands between us and the database and cuts connections.
type cutter struct {
	net.Listener
	server string
	// atCommit says what becomes of the next COMMITs that pass: each is cut before or after the server has it.
	atCommit chan cut
	// away closes every connection, and refuses new ones, while it is set.
	away atomic.Bool
	// asked is how often we have sent something.
	asked atomic.Int64
	mutex sync.Mutex
	open  []net.Conn
}

type cut string

const (
	beforeServer cut = "before the server has it"
	afterServer  cut = "after the server has it"
)

// behindCutter opens a database through a cutter, and another way to the same one without it. On SQLite, where
// nothing can be cut, it gives none.
func behindCutter(t *testing.T) (behind, direct *db.DB, c *cutter) {
	t.Helper()
	dsn := engine.Database(t)
	if dsn == "" {
		return nil, nil, nil
	}
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c = &cutter{Listener: listener, server: config.Addr, atCommit: make(chan cut, 10)}
	go c.serve()
	t.Cleanup(func() { listener.Close() })
	open := func(dsn string) *db.DB {
		opened, err := db.Open(t.Context(), dsn, "", slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { opened.Close() })
		return opened
	}
	direct = open(dsn)
	if err := direct.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	inTx(t, direct, "CREATE TABLE counter (id VARCHAR(26) NOT NULL PRIMARY KEY, number BIGINT NOT NULL)")
	inTx(t, direct, "INSERT INTO counter (id, number) VALUES ('a', 0)")
	config.Addr = listener.Addr().String()
	return open(config.FormatDSN()), direct, c
}

func (c *cutter) serve() {
	for {
		client, err := c.Accept()
		if err != nil {
			return
		}
		if c.away.Load() {
			client.Close()
			continue
		}
		go c.relay(client)
	}
}

func (c *cutter) relay(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", c.server)
	if err != nil {
		return
	}
	defer server.Close()
	c.mutex.Lock()
	c.open = append(c.open, client)
	c.mutex.Unlock()
	silent := &atomic.Bool{}
	go func() {
		defer client.Close()
		buffer := make([]byte, 64<<10)
		for {
			n, err := server.Read(buffer)
			if err != nil || silent.Load() {
				return
			}
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		c.asked.Add(1)
		if bytes.HasSuffix(buffer[:n], []byte("COMMIT")) {
			select {
			case what := <-c.atCommit:
				if what == beforeServer {
					return
				}
				silent.Store(true)
			default:
			}
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// leave cuts everything for a while.
func (c *cutter) leave(for_ time.Duration) {
	c.away.Store(true)
	c.mutex.Lock()
	for _, connection := range c.open {
		connection.Close()
	}
	c.open = nil
	c.mutex.Unlock()
	time.AfterFunc(for_, func() { c.away.Store(false) })
}

// A commit whose answer is lost was stored, or was not: the caller hears of success either way, and it
// happens once.
func TestALostCommitHappensOnce(t *testing.T) {
	behind, direct, cutter := behindCutter(t)
	if behind == nil {
		return
	}
	ways := map[string]func(ctx context.Context, fn func(ctx context.Context) error) error{"InTx": behind.InTx, "InBatch": behind.InBatch}
	want := 0
	for name, way := range ways {
		for _, cuts := range [][]cut{{beforeServer}, {afterServer}, {beforeServer, afterServer}, {beforeServer, beforeServer}} {
			for _, what := range cuts {
				cutter.atCommit <- what
			}
			if err := way(t.Context(), func(ctx context.Context) error { return increment(ctx, behind) }); err != nil {
				t.Errorf("%s, cut %v: %v", name, cuts, err)
			}
			want++
			if got := number(t, direct); got != want || len(cutter.atCommit) != 0 {
				t.Errorf("%s, cut %v: counter %d, want %d; %d cuts left over", name, cuts, got, want, len(cutter.atCommit))
				want = got
			}
		}
	}
}

// However much a batch writes, it goes to the database and back once.
func TestABatchIsOneRoundTrip(t *testing.T) {
	behind, direct, cutter := behindCutter(t)
	if behind == nil {
		return
	}
	batch := func() {
		err := behind.InBatch(t.Context(), func(ctx context.Context) error {
			for n := range 5 {
				if err := addOne(ctx, behind, number(t, direct)+n); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	batch() // a connection there is
	before := cutter.asked.Load()
	batch()
	if asked := cutter.asked.Load() - before; asked != 1 || number(t, direct) != 10 {
		t.Errorf("%d round trips, counter %d, want 1 and 10", asked, number(t, direct))
	}
}

// A primary that has become a replica takes no writes: whoever writes hears that nothing was done and when to come
// again.
func TestAReadOnlyServerIsAnAbsence(t *testing.T) {
	dsn := engine.Database(t)
	if dsn == "" {
		return
	}
	config, err := mysql.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	config.Params = map[string]string{"tx_read_only": "1"}
	replica, err := db.Open(t.Context(), config.FormatDSN(), "", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer replica.Close()
	ways := map[string]func(ctx context.Context, fn func(ctx context.Context) error) error{"InTx": replica.InTx, "InBatch": replica.InBatch}
	for name, way := range ways {
		err := way(t.Context(), func(ctx context.Context) error { return increment(ctx, replica) })
		var known *fault.Error
		if !errors.As(err, &known) || known.Kind != fault.Unavailable || known.RetryAfter <= 0 {
			t.Errorf("%s on a server that takes no writes: %v", name, err)
		}
	}
}

// The database is away for a third of a second: nobody sees it.
func TestAShortAbsenceIsWaitedOut(t *testing.T) {
	behind, direct, cutter := behindCutter(t)
	if behind == nil {
		return
	}
	number(t, behind) // connections there are
	cutter.leave(300 * time.Millisecond)
	var all sync.WaitGroup
	const many = 40
	for i := range many {
		all.Go(func() {
			var err error
			switch i % 2 {
			case 0:
				err = behind.InTx(t.Context(), func(ctx context.Context) error { return increment(ctx, behind) })
			case 1:
				var n int
				err = behind.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT number FROM counter").Scan(&n)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := number(t, direct); got != many/2 {
		t.Errorf("counter %d, want %d", got, many/2)
	}
}

// The database stays away: who writes hears that nothing was done and when to come again, and who reads that
// it is away.
func TestALongAbsenceIsSaid(t *testing.T) {
	behind, direct, cutter := behindCutter(t)
	if behind == nil {
		return
	}
	cutter.leave(time.Minute)
	var all sync.WaitGroup
	all.Go(func() {
		err := behind.InTx(t.Context(), func(ctx context.Context) error { return increment(ctx, behind) })
		var known *fault.Error
		if !errors.As(err, &known) || known.Kind != fault.Unavailable || known.RetryAfter <= 0 {
			t.Errorf("a write to a database that is away: %v", err)
		}
	})
	all.Go(func() {
		var n int
		err := behind.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT number FROM counter").Scan(&n)
		if !db.IsAway(err) {
			t.Errorf("reading from a database that is away: %v", err)
		}
	})
	all.Wait()
	if got := number(t, direct); got != 0 {
		t.Errorf("counter %d, want 0", got)
	}
}

func TestIsAway(t *testing.T) {
	for _, err := range []error{nil, io.EOF, os.ErrNotExist, errBad, db.ErrBusy, &mysql.MySQLError{Number: 1062}} {
		if db.IsAway(err) {
			t.Errorf("%v is taken for an absence", err)
		}
	}
	for _, err := range []error{mysql.ErrInvalidConn, &net.OpError{Op: "dial", Err: errBad}, &mysql.MySQLError{Number: 1047}, &mysql.MySQLError{Number: 3101}} {
		if !db.IsAway(err) {
			t.Errorf("%v is not taken for an absence", err)
		}
	}
}

package db

import (
	"database/sql"
	"fmt"
	"testing"
)

func openNumbers(t *testing.T) *sql.DB {
	t.Helper()
	pool, err := openPrepared("file:" + t.TempDir() + "/numbers.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	pool.SetMaxOpenConns(1)
	if _, err := pool.Exec("CREATE TABLE number (value INTEGER)"); err != nil {
		t.Fatal(err)
	}
	for value := range 3 {
		if _, err := pool.Exec("INSERT INTO number (value) VALUES (?)", value); err != nil {
			t.Fatal(err)
		}
	}
	return pool
}

// Who reads rows keeps the statement to themselves: the same question asked meanwhile has its own.
func TestAStatementServesOneReaderAtATime(t *testing.T) {
	tx, err := openNumbers(t).Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	const all = "SELECT value FROM number WHERE value >= ? ORDER BY value"
	var pairs []string
	outer, err := tx.Query(all, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer outer.Close()
	for outer.Next() {
		var first, second int
		if err := outer.Scan(&first); err != nil {
			t.Fatal(err)
		}
		if err := tx.QueryRow(all, 1).Scan(&second); err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, fmt.Sprintf("%d with %d", first, second))
	}
	if err := outer.Err(); err != nil || fmt.Sprint(pairs) != "[0 with 1 1 with 1 2 with 1]" {
		t.Errorf("%v, %v", pairs, err)
	}
}

// More texts than are kept are all answered, before and after the table has changed.
func TestKeptStatementsStayRight(t *testing.T) {
	pool := openNumbers(t)
	want := func(query string, want int) {
		t.Helper()
		var got int
		if err := pool.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %d, %v; want %d", query, got, err, want)
		}
	}
	question := func(n int) string { return fmt.Sprintf("SELECT COUNT(*) + %d FROM number", n) }
	for n := range 2 * keptStatements {
		want(question(n), 3+n)
	}
	if _, err := pool.Exec("DROP TABLE number"); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec("CREATE TABLE number (other TEXT, value INTEGER)"); err != nil {
		t.Fatal(err)
	}
	for n := range 2 * keptStatements {
		want(question(n), n)
	}
	if _, err := pool.Exec("SELECT nothing FROM nowhere"); err == nil {
		t.Error("a statement that cannot be parsed was taken")
	}
	want(question(0), 0)
}

// A connection keeps so many statements and no more, and none when it ends.
func TestStatementsKeptAreBounded(t *testing.T) {
	pool := openNumbers(t)
	for n := range 2 * keptStatements {
		if _, err := pool.Exec(fmt.Sprintf("UPDATE number SET value = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	connection, err := pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	err = connection.Raw(func(driverConn any) error {
		if kept := driverConn.(*preparedConn).statements.Len(); kept != keptStatements {
			return fmt.Errorf("%d statements are kept", kept)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestPadToPowerOfTwo(t *testing.T) {
	for _, given := range []struct{ length, want int }{{0, 0}, {1, 1}, {2, 2}, {3, 4}, {4, 4}, {5, 8}, {200, 256}, {256, 256}} {
		values := make([]int, given.length)
		for i := range values {
			values[i] = i
		}
		padded := PadToPowerOfTwo(values)
		if len(padded) != given.want {
			t.Errorf("%d values become %d, want %d", given.length, len(padded), given.want)
		}
		for i, value := range padded {
			if value != min(i, given.length-1) {
				t.Errorf("%d values: the one at %d is %d", given.length, i, value)
			}
		}
	}
}

package db

import (
	"fmt"
	"testing"
)

// noted gives what a batch of these queries, each with its number as argument, comes to: text and arguments.
func noted(queries ...string) (statements []string) {
	var batch recording
	for n, query := range queries {
		if _, err := batch.ExecContext(nil, query, n); err != nil { //nolint:staticcheck // a recording asks nothing of a context
			statements = append(statements, err.Error())
		}
	}
	for _, one := range batch.statements {
		statements = append(statements, fmt.Sprintf("%s %v", one.text(), one.arguments))
	}
	return statements
}

func TestRowsOfOneKindAreOneStatement(t *testing.T) {
	const a, b = "-- name: A :exec\nINSERT INTO a (x, y) VALUES (?, 0)\n", "INSERT INTO b (x) VALUES (?)"
	const update, choice = "UPDATE a SET x = ?", "INSERT INTO a (x) SELECT x FROM b WHERE x = ?"
	for _, given := range []struct{ queries, want []string }{
		{[]string{a}, []string{a + " [0]"}},
		{[]string{a, a, a}, []string{"-- name: A :exec\nINSERT INTO a (x, y) VALUES (?, 0), (?, 0), (?, 0) [0 1 2]"}},
		{[]string{b, b, update, b}, []string{"INSERT INTO b (x) VALUES (?), (?) [0 1]", update + " [2]", b + " [3]"}},
		{[]string{a, b, a}, []string{a + " [0]", b + " [1]", a + " [2]"}},
		{[]string{update, update}, []string{update + " [0]", update + " [1]"}},
		{[]string{choice, choice}, []string{choice + " [0]", choice + " [1]"}},
	} {
		if got := noted(given.queries...); fmt.Sprint(got) != fmt.Sprint(given.want) {
			t.Errorf("%q became %q, want %q", given.queries, got, given.want)
		}
	}
}

func TestRowsAreSplitIntoPowersOfTwo(t *testing.T) {
	for rows, want := range map[int]string{1: "[1]", 2: "[2]", 3: "[2 1]", 7: "[4 2 1]", 256: "[256]", 200: "[128 64 8]"} {
		whole := statement{query: "q", rows: rows, head: "INSERT INTO a (x, y) VALUES ", row: "(?, ?)"}
		for n := range 2 * rows {
			whole.arguments = append(whole.arguments, n)
		}
		var counts []int
		var arguments []any
		for _, part := range whole.inPowersOfTwo() {
			counts, arguments = append(counts, part.rows), append(arguments, part.arguments...)
			if len(part.arguments) != 2*part.rows {
				t.Errorf("%d rows have %d arguments", part.rows, len(part.arguments))
			}
		}
		if fmt.Sprint(counts) != want || fmt.Sprint(arguments) != fmt.Sprint(whole.arguments) {
			t.Errorf("%d rows became %v with %v", rows, counts, arguments)
		}
	}
}

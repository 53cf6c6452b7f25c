package points_test

import (
	"io/fs"
	"strings"
	"testing"

	schema "fivestar/sql"
)

// What the migrations make of the totals of a ledger that was there before them is what posting would have kept.
func TestMigrationsFillTheTotalsThatTheyAdd(t *testing.T) {
	l, _ := sealedLedger(t)
	kept := l.content()
	l.exec("DELETE FROM points_area_total")
	l.exec("UPDATE points_community_total SET people = 0")
	l.exec(statementOf(t, "00100_points_area_total.sql", "INSERT INTO"))
	l.exec(statementOf(t, "00101_points_community_people.sql", "UPDATE"))
	filled := l.content()
	for _, table := range []string{"area totals", "who earned"} {
		if got, want := strings.Join(filled[table], "\n"), strings.Join(kept[table], "\n"); got != want || got == "" {
			t.Errorf("%s are\n%s\nwant\n%s", table, got, want)
		}
	}
}

// statementOf gives the statement of a migration that begins with some words.
func statementOf(t *testing.T, file, beginning string) string {
	t.Helper()
	text, err := fs.ReadFile(schema.Migrations, "migrations/"+file)
	must(t, err)
	_, rest, found := strings.Cut(string(text), "\n"+beginning)
	statement, _, ended := strings.Cut(rest, ";")
	if !found || !ended {
		t.Fatalf("%s has no statement that begins with %s", file, beginning)
	}
	return beginning + statement
}

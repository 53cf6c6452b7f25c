package db_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// generatedQueries gives every query in sqlc's code of every room, by room and name.
func generatedQueries(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../*/internal/*db/*.sql.go")
	if err != nil {
		t.Fatal(err)
	}
	queries := map[string]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(node ast.Node) bool {
			constant, ok := node.(*ast.ValueSpec)
			if !ok || len(constant.Values) != 1 {
				return true
			}
			literal, ok := constant.Values[0].(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err == nil && strings.HasPrefix(text, "-- name: ") {
				queries[filepath.Base(file)+" "+constant.Names[0].Name] = text
			}
			return true
		})
	}
	return queries
}

// writtenQueries counts the queries of every room in the files that sqlc reads.
func writtenQueries(t *testing.T) (count int) {
	t.Helper()
	files, err := filepath.Glob("../../sql/queries/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		count += strings.Count(string(text), "-- name: ")
	}
	return count
}

// Every query of every room is one that this database understands: the suite runs on SQLite and on MariaDB.
func TestEveryQueryIsUnderstood(t *testing.T) {
	d := open(t)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	queries := generatedQueries(t)
	if written := writtenQueries(t); len(queries) != written {
		t.Fatalf("%d queries are generated and %d written", len(queries), written)
	}
	for name, query := range queries {
		t.Run(name, func(t *testing.T) {
			statement, err := d.Querier(t.Context()).PrepareContext(t.Context(), query)
			if err != nil {
				t.Fatal(err)
			}
			defer statement.Close()
		})
	}
}

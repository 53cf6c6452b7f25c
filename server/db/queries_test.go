package db_test

import (
	"go/ast"
	"go/parser"
	"go/token"
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

// Every query of every room is one that this database understands: the suite runs on SQLite and on MariaDB.
func TestEveryQueryIsUnderstood(t *testing.T) {
	d := open(t)
	if err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	queries := generatedQueries(t)
	if len(queries) < 50 {
		t.Fatalf("only %d queries found", len(queries))
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

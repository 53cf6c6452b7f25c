package db

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// RowsAtOnce rows go into one statement: few enough for the placeholders that every database takes.
const RowsAtOnce = 500

// InsertRows adds rows, many with one statement, to a table that is given with its columns: "card (id, slot)".
func InsertRows[T any](ctx context.Context, d *DB, table string, rows []T, values func(T) []any) error {
	columns := "(?" + strings.Repeat(", ?", strings.Count(table, ",")) + ")"
	for some := range slices.Chunk(rows, RowsAtOnce) {
		arguments := make([]any, 0, len(some)*(strings.Count(table, ",")+1))
		for _, row := range some {
			arguments = append(arguments, values(row)...)
		}
		statement := "INSERT INTO " + table + " VALUES " + columns + strings.Repeat(", "+columns, len(some)-1)
		if _, err := d.Querier(ctx).ExecContext(ctx, statement, arguments...); err != nil {
			return fmt.Errorf("insert into %s: %w", table[:strings.IndexByte(table, ' ')], err)
		}
	}
	return nil
}

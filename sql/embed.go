// Package sql carries the schema of the database inside the program.
package sql

import "embed"

// Migrations holds migrations/*.sql in goose's form, one set for every database.
//
//go:embed migrations/*.sql
var Migrations embed.FS

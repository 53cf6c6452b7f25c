// Package configs carries the default settings and the demo data inside the program.
package configs

import "embed"

// Default is default.yaml: every setting with its meaning.
//
//go:embed default.yaml
var Default []byte

// Demo holds demo/*.yaml.
//
//go:embed demo/*.yaml
var Demo embed.FS

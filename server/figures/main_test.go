package figures_test

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// TestMain plays fewer histories than rapid would by itself, unless the command line says how many: all are in the same weeks, so that each costs more than the one before.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "25"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	m.Run()
}

package reward_test

import (
	"flag"
	"fmt"
	"os"
	"testing"
)

// TestMain plays fewer histories than rapid would by itself, unless the command line says how many: each drives the whole server over HTTP.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "40"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	m.Run()
}

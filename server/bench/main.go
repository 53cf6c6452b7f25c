// Command bench measures what the product is about under load, side by side in one run, and prints a row for each
// aim. Speed drifts with the machine, so every figure is a ratio of two things measured in turn (A B A B), or
// stands beside the bound that it is held to.
//
// It runs on the embedded database, or on MariaDB and Redis under server/db/engine/cmd/engines.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/alecthomas/kong"

	"fivestar/server/db/engine"
)

type options struct {
	Rounds  int    `default:"5" help:"How often each of two things is measured."`
	Entries int    `default:"1000000" help:"How long the ledger is that reading and claiming are measured on."`
	Only    string `help:"Measure only what has this in its name."`
	Profile string `help:"A file for the CPU's profile of all that was measured." type:"path"`
	Allocs  string `help:"A file for the profile of what was allocated." type:"path"`
}

// row is one line of the table: an aim, and what was measured.
type row struct {
	name string
	aim  string
	// measured says what the figure is made of, figure is what the aim bounds.
	measured string
	figure   float64
	atLeast  bool // else at most
	bound    float64
	rounds   int
}

func (r row) verdict() string {
	if r.atLeast && r.figure >= r.bound || !r.atLeast && r.figure <= r.bound {
		return "met"
	}
	return "missed"
}

func main() {
	var given options
	kong.Parse(&given)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, given); err != nil {
		fmt.Fprintln(os.Stderr, err)
		stop()
		os.Exit(1)
	}
}

func engineName() string {
	if os.Getenv(engine.DatabaseDSNVariable) == "" {
		return "SQLite, Redis in the process"
	}
	return "MariaDB, redis-server"
}

// startProfile notes where the processor's time goes, if that was asked for.
func startProfile(file string) (stop func() error, err error) {
	if file == "" {
		return func() error { return nil }, nil
	}
	into, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(into); err != nil {
		return nil, errors.Join(err, into.Close())
	}
	return func() error { pprof.StopCPUProfile(); return into.Close() }, nil
}

// writeAllocations writes what has been allocated since the start, if that was asked for.
func writeAllocations(file string) error {
	if file == "" {
		return nil
	}
	into, err := os.Create(file)
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup("allocs").WriteTo(into, 0), into.Close())
}

func run(ctx context.Context, given options) (err error) {
	stop, err := startProfile(given.Profile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop(), writeAllocations(given.Allocs)) }()
	fmt.Printf("%s · %d processors · %s · %s\n\n", engineName(), runtime.NumCPU(), runtime.Version(), time.Now().Format(time.DateOnly))
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "what\taim\tmeasured\tfigure\trounds\t")
	var failed []error
	for _, measure := range measures {
		if !strings.Contains(measure.name, given.Only) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s ...\n", measure.name)
		rows, err := measure.run(ctx, given)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", measure.name, err))
		}
		for _, r := range rows {
			fmt.Fprintf(table, "%s\t%s\t%s\t%.2f %s\t%d\t\n", r.name, r.aim, r.measured, r.figure, r.verdict(), r.rounds)
		}
	}
	return errors.Join(append(failed, table.Flush())...)
}

// inTurn measures two things in turn and gives the middle of the ratios of a to b, and the middle of each.
func inTurn(rounds int, a, b func() (float64, error)) (ratio, middleA, middleB float64, err error) {
	var ratios, as, bs []float64
	for range rounds {
		valueA, err := a()
		if err != nil {
			return 0, 0, 0, err
		}
		valueB, err := b()
		if err != nil {
			return 0, 0, 0, err
		}
		as, bs, ratios = append(as, valueA), append(bs, valueB), append(ratios, valueA/valueB)
	}
	return middle(ratios), middle(as), middle(bs), nil
}

func middle(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

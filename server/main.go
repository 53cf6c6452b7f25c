// Command fivestar runs a community's volunteer life: micro-tasks, teams, tickets and points.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"fivestar/server/app"
)

type commands struct {
	Config string `help:"A file of settings; configs/default.yaml shows them all." type:"existingfile" placeholder:"FILE"`
	Data   string `help:"The folder of the embedded database, photos and key." placeholder:"DIR"`

	Serve   serveCommand   `cmd:"" default:"withargs" help:"Run the server."`
	Migrate migrateCommand `cmd:"" help:"Bring the database to the newest version."`
	Setup   setupCommand   `cmd:"" help:"Found a city and its first admin in an empty database."`
	Ready   readyCommand   `cmd:"" help:"Ask the server that runs here with the same settings whether it can work; exits 1 when it cannot."`
	Backup  backupCommand  `cmd:"" help:"Copy the embedded database and the photos, while the server runs."`
	Restore restoreCommand `cmd:"" help:"Fill an empty data folder from a backup."`
	Ledger  ledgerCommand  `cmd:"" help:"Look after the ledger."`
	Seed    seedCommand    `cmd:"" help:"Fill an empty database with a large honest history, for trials."`
	OpenAPI openAPICommand `cmd:"" name:"openapi" help:"Print the contract as OpenAPI."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "fivestar:", err)
		os.Exit(1)
	}
}

// run is the whole program: arguments as after the program's name, answers to out, logs to logs.
func run(ctx context.Context, arguments []string, out, logs io.Writer) error {
	var given commands
	parser, err := kong.New(&given, kong.Name("fivestar"), kong.Description("A community's volunteer life."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&given), kong.Bind(streams{out, logs}), kong.Writers(out, logs))
	if err != nil {
		return err
	}
	parsed, err := parser.Parse(arguments)
	if err != nil {
		return err
	}
	return parsed.Run()
}

type streams struct {
	out  io.Writer
	logs io.Writer
}

func (c *commands) settings(flags map[string]any) (app.Config, error) {
	if flags == nil {
		flags = map[string]any{}
	}
	if c.Data != "" {
		flags["data"] = c.Data
	}
	return app.LoadConfig(c.Config, os.Environ(), flags)
}

// open builds the server for a command that does not serve.
func (c *commands) open(ctx context.Context, to streams) (*app.App, error) {
	config, err := c.settings(nil)
	if err != nil {
		return nil, err
	}
	return app.New(ctx, config, logger(config, to.logs))
}

func logger(config app.Config, to io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: config.LogLevel()}))
}

type serveCommand struct {
	Addr                 string `help:"Where to listen, host:port." placeholder:"ADDR"`
	Demo                 *bool  `help:"Load the demo data into an empty database (default: only into the embedded one, with the simulated WeChat)." negatable:""`
	AllowSimulatedWeChat bool   `name:"allow-simulated-wechat" help:"Let anybody in as anybody, on an address that others reach."`
}

func (c *serveCommand) Run(ctx context.Context, given *commands, to streams) error {
	flags := map[string]any{}
	if c.Addr != "" {
		flags["addr"] = c.Addr
	}
	config, err := given.settings(flags)
	if err != nil {
		return err
	}
	if config.SimulatedWeChat() && !config.Loopback() && !c.AllowSimulatedWeChat {
		return fmt.Errorf("with the simulated WeChat anybody can log in as anybody: set wechat.app_id, listen on loopback instead of %s, or say --allow-simulated-wechat", config.Addr)
	}
	return c.serve(ctx, config, logger(config, to.logs))
}

func (c *serveCommand) serve(ctx context.Context, config app.Config, log *slog.Logger) (err error) {
	listener, err := net.Listen("tcp", config.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer listener.Close()
	server, err := app.New(ctx, config, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	if config.PublicURL == "" {
		server.PublishAt("http://" + listener.Addr().String())
	}
	if err := c.loadDemo(ctx, server, log); err != nil {
		return err
	}
	if config.SimulatedWeChat() {
		log.Warn("WeChat is simulated: anybody can log in as anybody", "simulator", server.Simulator.URL())
	}
	log.Info("listening", "url", "http://"+listener.Addr().String()+"/")
	return server.Serve(ctx, listener)
}

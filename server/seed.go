package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"

	"fivestar/configs"
	"fivestar/server/app"
	"fivestar/server/seed"
)

// loadDemo loads the demo data into an empty database: by --demo into any, by itself only into the embedded one,
// and ever only while WeChat is simulated, because the demo's people log in through it.
func (c *serveCommand) loadDemo(ctx context.Context, server *app.App, log *slog.Logger) error {
	isAsked := c.Demo != nil
	switch {
	case isAsked && !*c.Demo:
		return nil
	case isAsked && !server.Config.SimulatedWeChat():
		return errors.New("--demo: the people of the demo data log in through the simulated WeChat; take wechat.app_id away")
	case !isAsked && (!server.DB.Embedded() || !server.Config.SimulatedWeChat()):
		return nil
	}
	start := time.Now()
	err := seed.Demo(ctx, server, configs.Demo)
	if errors.Is(err, seed.ErrNotEmpty) {
		if isAsked {
			log.Warn("the demo data is not loaded: the database is not empty")
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("load the demo data: %w", err)
	}
	log.Info("the demo data is loaded; what the elders' cards hold is written down", "took", time.Since(start).Round(time.Millisecond),
		"cards", filepath.Join(server.Config.Data, seed.CardsFileName))
	return nil
}

type seedCommand struct {
	People      int `default:"5000" help:"How many people live in all communities together."`
	Entries     int `default:"1000000" help:"How many entries the ledger gets, spread over 24 months."`
	Communities int `default:"10" help:"How many communities there are."`
}

func (c *seedCommand) Run(ctx context.Context, given *commands, to streams) (err error) {
	opened, err := given.open(ctx, to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	start := time.Now()
	made, err := seed.Large(ctx, opened, seed.Size{People: c.People, Entries: c.Entries, Communities: c.Communities}, c.progress(to))
	if err != nil {
		return err
	}
	fmt.Fprintf(to.out, "%d communities, %d people and %d entries made in %s\n", c.Communities, c.People, c.Entries, time.Since(start).Round(time.Second))
	first := made.Communities[0]
	fmt.Fprintf(to.out, "who binds the phone %s is the admin; %s and %s are the secretaries of %s, and so on\n",
		made.AdminPhone, first.SecretaryPhones[0], first.SecretaryPhones[1], first.Name)
	return nil
}

// progress shows what is being done, and how many of the ledger's entries are there: they take nearly all of the time.
func (c *seedCommand) progress(to streams) seed.Progress {
	bar := progressbar.NewOptions(c.Entries, progressbar.OptionSetWriter(to.logs), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
		progressbar.OptionSetItsString("entries"), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionClearOnFinish())
	return func(doing string, entries int) {
		if doing != "" {
			bar.Describe(doing)
		}
		_ = bar.Add(entries) // a bar that cannot be drawn stops nothing
	}
}

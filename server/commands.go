package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fivestar/server/app"
)

type migrateCommand struct{}

// Run does nothing but open: opening migrates.
func (c *migrateCommand) Run(ctx context.Context, given *commands, to streams) error {
	opened, err := given.open(ctx, to)
	if err != nil {
		return err
	}
	fmt.Fprintln(to.out, "the database is at the newest version")
	return opened.Close()
}

type setupCommand struct {
	City  string `required:"" help:"The city's name, such as 郑州市."`
	Admin string `required:"" help:"The first admin's name."`
	Phone string `required:"" help:"The first admin's phone number; whoever logs in with it is that admin."`
}

func (c *setupCommand) Run(ctx context.Context, given *commands, to streams) (err error) {
	opened, err := given.open(ctx, to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	if err := opened.Setup(ctx, c.City, c.Admin, c.Phone); err != nil {
		return err
	}
	fmt.Fprintf(to.out, "%s is founded; its admin logs in with the phone number given\n", c.City)
	return nil
}

type ledgerCommand struct {
	Verify ledgerVerifyCommand `cmd:"" help:"Look for any altered, missing or inserted row; exits 1 when there is one."`
}

type ledgerVerifyCommand struct{}

func (c *ledgerVerifyCommand) Run(ctx context.Context, given *commands, to streams) (err error) {
	opened, err := given.open(ctx, to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	start := time.Now()
	report, err := opened.Points.Verify(ctx, nil)
	if err != nil {
		return err
	}
	for _, finding := range report.Findings {
		fmt.Fprintln(to.out, finding)
	}
	fmt.Fprintf(to.out, "%d entries in %d communities looked at in %s: %d findings\n",
		report.Entries, report.Communities, time.Since(start).Round(time.Millisecond), len(report.Findings))
	if len(report.Findings) > 0 {
		return errors.New("the ledger is not as it was written")
	}
	return nil
}

type openAPICommand struct{}

func (c *openAPICommand) Run(to streams) error {
	contract, err := app.Contract()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(to.out, string(contract))
	return err
}

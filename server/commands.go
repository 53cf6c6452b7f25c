package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
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

type readyCommand struct{}

// Run is how a container without a shell is asked for its health.
func (c *readyCommand) Run(ctx context.Context, given *commands, to streams) error {
	config, err := given.settings(nil)
	if err != nil {
		return err
	}
	host, port, err := net.SplitHostPort(config.Addr)
	if err != nil {
		return err
	}
	if address := net.ParseIP(host); host == "" || address != nil && address.IsUnspecified() {
		host = "localhost"
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", response.Status)
	}
	fmt.Fprintln(to.out, "ready")
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
	for _, end := range report.Ends {
		fmt.Fprintf(to.out, "chain of community %s ends at number %d with %s\n", end.CommunityID, end.Number, end.Hash)
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

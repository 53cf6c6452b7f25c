// Engines runs a command beside a private MariaDB and a private Redis:
//
//	go run ./server/db/engine/cmd/engines -- go test ./server/...
//
// The command finds them by FIVESTAR_TEST_DATABASE_DSN and FIVESTAR_TEST_REDIS_ADDR. Both servers listen on
// 127.0.0.1 only and keep their data in a temporary folder that is removed with them when the command ends,
// or when engines is interrupted. The exit status is the command's; 2 means that it could not be run.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"fivestar/server/db/engine"
)

// commandEnd is how long an interrupted command may take to end before it is killed.
const commandEnd = 30 * time.Second

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	status, err := runBeside(ctx, os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "engines:", err)
		status = max(status, 2)
	}
	os.Exit(status)
}

// runBeside runs a command, given as the arguments of engines, beside the servers, and returns its exit
// status. An error tells of the servers, or of a command that could not be started.
func runBeside(ctx context.Context, arguments []string) (status int, err error) {
	if len(arguments) > 0 && arguments[0] == "--" {
		arguments = arguments[1:]
	}
	if len(arguments) == 0 {
		return 2, errors.New("usage: engines -- COMMAND [ARGUMENT...]")
	}
	command := exec.CommandContext(ctx, arguments[0], arguments[1:]...)
	if command.Err != nil {
		return 2, command.Err
	}
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = commandEnd

	folder, err := os.MkdirTemp("", "engines-")
	if err != nil {
		return 2, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	mariadbFolder := filepath.Join(folder, "mariadb")
	if err := os.Mkdir(mariadbFolder, 0o700); err != nil {
		return 2, err
	}
	mariadb, err := engine.StartMariaDB(ctx, mariadbFolder)
	if err != nil {
		return 2, err
	}
	defer func() { err = errors.Join(err, mariadb.Stop()) }()
	redis, err := engine.StartRedis(ctx, folder)
	if err != nil {
		return 2, err
	}
	defer func() { err = errors.Join(err, redis.Stop()) }()

	command.Env = append(os.Environ(), engine.DatabaseDSNVariable+"="+mariadb.DSN, engine.RedisAddrVariable+"="+redis.Addr)
	err = command.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return exitStatus(exit), nil
	}
	if err != nil {
		return 2, err
	}
	return 0, nil
}

// exitStatus is 1 for a command that a signal ended.
func exitStatus(exit *exec.ExitError) int {
	if exit.ExitCode() < 0 {
		return 1
	}
	return exit.ExitCode()
}

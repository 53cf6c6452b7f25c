package engine

import (
	"context"
	"errors"
	"net"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/redis/go-redis/v9"
)

// Redis is a server of this program's own, on a free port of 127.0.0.1. It keeps nothing on the disk.
type Redis struct {
	// Addr is host:port.
	Addr string

	folder  string
	process *process
}

// StartRedis starts a server that logs into folder, which must exist, and returns when it answers. The
// caller calls Stop.
//
// Errors: ErrNotInstalled, wrapped with the program's name; else the end of what the server said.
func StartRedis(ctx context.Context, folder string) (*Redis, error) {
	server, err := program("redis-server")
	if err != nil {
		return nil, err
	}
	started := &Redis{folder: folder}
	command := func(port int) *exec.Cmd { return started.command(server, strconv.Itoa(port)) }
	started.process, err = start(ctx, started.logFile(), command, func(ctx context.Context, port int) error {
		started.Addr = loopback(port)
		return pingRedis(ctx, started.Addr)
	})
	if err != nil {
		return nil, err
	}
	return started, nil
}

func (r *Redis) logFile() string { return filepath.Join(r.folder, "redis-server.log") }

func (r *Redis) command(server, port string) *exec.Cmd {
	return exec.Command(server, "--bind", "127.0.0.1", "--port", port, "--dir", r.folder, "--save", "", "--appendonly", "no")
}

// Stop ends the server, frozen or not.
func (r *Redis) Stop() error {
	return errors.Join(r.process.thaw(), r.process.stop())
}

// Kill ends the server as a power cut would.
func (r *Redis) Kill() error {
	if err := r.process.command.Process.Kill(); err != nil {
		return err
	}
	<-r.process.exited
	return nil
}

// Restart starts a server that has ended again, empty and at the same address.
func (r *Redis) Restart(ctx context.Context) (err error) {
	_, port, err := net.SplitHostPort(r.Addr)
	if err != nil {
		return err
	}
	if r.process, err = run(r.command(r.process.command.Path, port), r.logFile()); err != nil {
		return err
	}
	return r.process.await(ctx, func(ctx context.Context) error { return pingRedis(ctx, r.Addr) })
}

// Freeze has the server fall silent: it takes connections and answers nothing.
func (r *Redis) Freeze() error { return r.process.command.Process.Signal(syscall.SIGSTOP) }

// Thaw has a frozen server go on.
func (r *Redis) Thaw() error { return r.process.thaw() }

func pingRedis(ctx context.Context, addr string) error {
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	return client.Ping(ctx).Err()
}

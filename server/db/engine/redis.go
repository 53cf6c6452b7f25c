package engine

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/redis/go-redis/v9"
)

// Redis is a server of this program's own, on a free port of 127.0.0.1. It keeps nothing on the disk.
type Redis struct {
	// Addr is host:port.
	Addr string

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
	command := func(port int) *exec.Cmd {
		return exec.Command(server, "--bind", "127.0.0.1", "--port", strconv.Itoa(port), "--dir", folder, "--save", "", "--appendonly", "no")
	}
	var addr string
	process, err := start(ctx, filepath.Join(folder, "redis-server.log"), command, func(ctx context.Context, port int) error {
		addr = loopback(port)
		return pingRedis(ctx, addr)
	})
	if err != nil {
		return nil, err
	}
	return &Redis{Addr: addr, process: process}, nil
}

// Stop ends the server.
func (r *Redis) Stop() error { return r.process.stop() }

func pingRedis(ctx context.Context, addr string) error {
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	return client.Ping(ctx).Err()
}

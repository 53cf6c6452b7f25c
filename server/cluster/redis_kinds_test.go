//go:build cluster

package cluster

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/redis/go-redis/v9"

	"fivestar/server/app"
)

// onRedisCluster is a Cluster of one node, told as two addresses of it.
func onRedisCluster(t *testing.T, config *app.Config) {
	t.Helper()
	port := freePort(t)
	addr := startRedisBy(t, port, "--port", port, "--cluster-enabled", "yes", "--cluster-port", freePort(t), "--cluster-announce-ip", "127.0.0.1")
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	if err := client.ClusterAddSlotsRange(t.Context(), 0, 16383).Err(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the cluster is whole", func() bool { return client.Set(t.Context(), "key", 1, 0).Err() == nil })
	config.Redis.Addr = addr + "," + addr
}

// onSentinel is a server watched by one Sentinel.
func onSentinel(t *testing.T, config *app.Config) {
	t.Helper()
	port, sentinelPort := freePort(t), freePort(t)
	startRedisBy(t, port, "--port", port)
	file := filepath.Join(t.TempDir(), "sentinel.conf") // which it rewrites
	text := fmt.Sprintf("port %s\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 %s 1\n", sentinelPort, port)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	config.Redis.Addr, config.Redis.SentinelMaster = startRedisBy(t, sentinelPort, file, "--sentinel"), "main"
}

// startRedisBy runs redis-server and waits until it answers at port.
func startRedisBy(t *testing.T, port string, arguments ...string) (addr string) {
	t.Helper()
	folder := t.TempDir()
	if arguments[0] == "--port" {
		arguments = append(arguments, "--bind", "127.0.0.1", "--dir", folder, "--save", "")
	}
	runBeside(t, exec.Command("redis-server", arguments...))
	addr = net.JoinHostPort("127.0.0.1", port)
	client := redis.NewClient(&redis.Options{Addr: addr})
	defer client.Close()
	eventually(t, "redis-server answers", func() bool { return client.Ping(context.Background()).Err() == nil })
	return addr
}

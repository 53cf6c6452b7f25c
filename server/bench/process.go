package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"fivestar/server/db/engine"
)

// serverProcess measures the server as it is run: how long it takes to start on a database that is there, what it
// holds in memory in a storm of claims, and whether a stop in the middle of one loses an answer.
func serverProcess(ctx context.Context, given options) (rows []row, err error) {
	w, err := newWorld(ctx, true, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.stop()) }()
	folder, err := os.MkdirTemp("", "fivestar-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	binary := filepath.Join(folder, "fivestar")
	if output, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./server").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the server: %w\n%s", err, output)
	}
	var starts, memories, files []float64
	lost := 0
	for range given.Rounds {
		taskID, err := w.newTask(ctx, residents)
		if err != nil {
			return nil, err
		}
		requests := w.claims(taskID, residents)
		process, err := w.startProcess(ctx, binary)
		if err != nil {
			return nil, err
		}
		starts = append(starts, process.startTook.Seconds())
		half := len(requests) / 2
		if _, err := load(process.address, manyClients, requests[:half]); err != nil {
			return nil, errors.Join(err, process.end())
		}
		memory, file, err := process.resident()
		if err != nil {
			return nil, errors.Join(err, process.end())
		}
		memories, files = append(memories, memory), append(files, file)
		answered := make(chan int, 1)
		go func() { answered <- countCreated(process.address, requests[half:]) }()
		time.Sleep(20 * time.Millisecond)
		if err := process.end(); err != nil {
			return nil, err
		}
		taken, err := w.claimsOn(ctx, taskID)
		if err != nil {
			return nil, err
		}
		lost += taken - half - <-answered
		if err := w.forgetClaims(ctx); err != nil {
			return nil, err
		}
	}
	return []row{
		{"start on an existing database: seconds", "≤ 0.5", "until /readyz answers", middle(starts), false, 0.5, given.Rounds},
		{"resident memory in a storm of claims: MiB", "≤ 64", fmt.Sprintf("%s; %.0f of it is the program's file", redisIsWhere(), middle(files)), middle(memories), false, 64, given.Rounds},
		{"claims stored in a stop whose answer was lost", "0", "stopped in the middle of a storm", float64(lost), false, 0, given.Rounds},
	}, nil
}

func redisIsWhere() string {
	if engine.RedisAddr() == "" {
		return "with the Redis in the process"
	}
	return "Redis outside"
}

// countCreated sends requests one after the other over several connections until the server is gone, and counts
// those that were answered well.
func countCreated(address string, requests []request) int {
	created := make(chan int)
	const clients = 16
	for client := range clients {
		go func() {
			good := 0
			for i := client; i < len(requests); i += clients {
				done, err := load(address, 1, requests[i:i+1])
				if err != nil {
					break
				}
				good += done.statuses[http.StatusCreated]
			}
			created <- good
		}()
	}
	sum := 0
	for range clients {
		sum += <-created
	}
	return sum
}

func (w *world) claimsOn(ctx context.Context, taskID string) (count int, err error) {
	err = w.DB.Querier(ctx).QueryRowContext(ctx, "SELECT COUNT(*) FROM claim WHERE task_id = ?", taskID).Scan(&count)
	return count, err
}

// process is a server of its own on a world's database.
type process struct {
	command   *exec.Cmd
	address   string
	startTook time.Duration
}

func (w *world) startProcess(ctx context.Context, binary string) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, binary, "serve", "--addr", address, "--data", w.Config.Data, "--demo=false")
	command.Env = append(os.Environ(), "FIVESTAR_DATABASE_DSN="+w.Config.Database.DSN, "FIVESTAR_REDIS_ADDR="+w.Config.Redis.Addr,
		"FIVESTAR_SECRET_KEY="+w.Config.Secret.Key, "FIVESTAR_LIMITS_WRITES=1000000", "FIVESTAR_PREVIEW=")
	var said bytes.Buffer
	command.Stderr = &said
	start := time.Now()
	if err := command.Start(); err != nil {
		return nil, err
	}
	started := &process{command: command, address: address}
	for time.Since(start) < 20*time.Second {
		answer, err := http.Get("http://" + address + "/readyz")
		if err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				started.startTook = time.Since(start)
				return started, nil
			}
		}
		time.Sleep(2 * time.Millisecond)
	}
	return nil, errors.Join(fmt.Errorf("the server did not start: %s", said.String()), started.end())
}

// end stops the server as an operator does, and waits for it.
func (p *process) end() error {
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return p.command.Wait()
}

// resident is the most that the process has held in memory, in MiB, and how much of what it holds is the program's
// own file, which the system takes back when it needs the room.
func (p *process) resident() (most, file float64, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	most, err = mebibytes(status, "VmHWM")
	if err != nil {
		return 0, 0, err
	}
	file, err = mebibytes(status, "RssFile")
	return most, file, err
}

// mebibytes reads one line of what the system tells of a process.
func mebibytes(status []byte, name string) (float64, error) {
	for line := range strings.Lines(string(status)) {
		if rest, found := strings.CutPrefix(line, name+":"); found {
			kilobytes, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kilobytes / 1024, err
		}
	}
	return 0, errors.New("this system does not tell what a process holds in memory")
}

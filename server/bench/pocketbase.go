package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"github.com/tidwall/gjson"
)

// pocketBase is a running PocketBase with a hook for claims: see the folder pocketbase. It keeps no sessions, so
// whoever says who they are is believed.
type pocketBase struct {
	address string
	process *exec.Cmd
	folder  string
}

// besidePocketBase measures claims beside the same done by the hook of a PocketBase, on its own SQLite.
func besidePocketBase(ctx context.Context, given options) (rows []row, err error) {
	grouped, err := newWorld(ctx, true, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, grouped.stop()) }()
	other, err := startPocketBase(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, other.stop()) }()

	ours := func() (float64, error) {
		done, err := grouped.claimRate(ctx, manyClients, residents)
		return done.rate, err
	}
	theirs := func() (float64, error) { return other.claimRate(ctx, manyClients, residents/4) }
	if _, _, _, err := inTurn(1, ours, theirs); err != nil {
		return nil, err
	}
	ratio, a, b, err := inTurn(given.Rounds, ours, theirs)
	return []row{{"claims on one task, 64 clients, beside PocketBase's hook with its own records", "≥ 10", perSecond(a, b), ratio, true, 10, given.Rounds}}, err
}

func startPocketBase(ctx context.Context) (*pocketBase, error) {
	folder, err := os.MkdirTemp("", "fivestar-bench-")
	if err != nil {
		return nil, err
	}
	binary := filepath.Join(folder, "pocketbase")
	if output, err := exec.CommandContext(ctx, "go", "-C", "server/bench/pocketbase", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build PocketBase: %w\n%s", err, output)
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	started := &pocketBase{address: address, folder: folder, process: exec.CommandContext(ctx, binary, filepath.Join(folder, "data"), address)}
	started.process.Stderr = os.Stderr
	if err := started.process.Start(); err != nil {
		return nil, err
	}
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		response, err := http.Get("http://" + address + "/api/health")
		if err == nil {
			return started, response.Body.Close()
		}
		if time.Now().After(end) {
			return nil, errors.Join(fmt.Errorf("PocketBase does not answer: %w", err), started.stop())
		}
	}
}

// claimRate is how many people a second get a place of one task.
func (p *pocketBase) claimRate(ctx context.Context, clients, count int) (float64, error) {
	made, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+p.address+"/tasks", nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(made)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	taskID := gjson.GetBytes(body, "id").String()
	requests := make([]request, count)
	for i := range requests {
		requests[i] = newRequest("POST", p.address, "/tasks/"+taskID+"/claims", fmt.Sprintf("person%d", i), "{}")
	}
	done, err := load(p.address, clients, requests)
	if err == nil && done.statuses[http.StatusCreated] != count {
		err = fmt.Errorf("PocketBase answered %v", done.statuses)
	}
	return done.rate, err
}

func (p *pocketBase) stop() error {
	err := p.process.Process.Signal(syscall.SIGTERM)
	_ = p.process.Wait() // it was told to end, and says so in its own way
	return errors.Join(err, os.RemoveAll(p.folder))
}

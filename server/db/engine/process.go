package engine

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

const (
	startTimeout = 3 * time.Minute // a node that joins a cluster on a busy machine copies all of another first
	stopTimeout  = 30 * time.Second
	// startAttempts is above one because between finding a free port and the server's taking it,
	// somebody else may have taken it.
	startAttempts = 3
)

// ErrNotInstalled says that a server's program is not on this machine, and which.
var ErrNotInstalled = errors.New("not installed")

// process is a server that runs beside this program.
type process struct {
	command *exec.Cmd
	logFile string
	exited  chan struct{}
}

// start runs command on a free port of 127.0.0.1 until ready says that it answers there.
func start(ctx context.Context, logFile string, command func(port int) *exec.Cmd, ready func(ctx context.Context, port int) error) (*process, error) {
	var err error
	for range startAttempts {
		var port int
		if port, err = freePort(ctx); err != nil {
			return nil, err
		}
		var started *process
		if started, err = run(command(port), logFile); err != nil {
			return nil, err
		}
		if err = started.await(ctx, func(ctx context.Context) error { return ready(ctx, port) }); err == nil {
			return started, nil
		}
		if ctx.Err() != nil {
			break
		}
	}
	return nil, err
}

func freePort(ctx context.Context) (int, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

func loopback(port int) string { return "127.0.0.1:" + strconv.Itoa(port) }

// run starts command and lets it write to logFile.
func run(command *exec.Cmd, logFile string) (*process, error) {
	output, err := os.OpenFile(logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer output.Close() // the server has its own handle
	command.Stdout, command.Stderr = output, output
	if err := command.Start(); err != nil {
		return nil, err
	}
	started := &process{command: command, logFile: logFile, exited: make(chan struct{})}
	go func() {
		_ = command.Wait() // how a server ended is read from its log
		close(started.exited)
	}()
	return started, nil
}

// await asks ready again and again until it says nil. A server that ends before, or is not ready in time,
// is stopped, and the error shows the end of its log.
func (p *process) await(ctx context.Context, ready func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		err := ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-p.exited:
			return p.failure("ended at its start", err)
		case <-ctx.Done():
			return errors.Join(p.failure("did not become ready", err), p.stop())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (p *process) failure(what string, cause error) error {
	const tail = 2000
	log, _ := os.ReadFile(p.logFile) // without a log there is still the cause
	return fmt.Errorf("%s %s: %w\n%s", p.command.Path, what, cause, log[max(0, len(log)-tail):])
}

// stop asks the server to end and waits until it has; one that does not is killed, which is an error.
// Stopping twice does nothing.
func (p *process) stop() error {
	select {
	case <-p.exited:
		return nil
	default:
	}
	if err := p.command.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return p.kill(err)
	}
	select {
	case <-p.exited:
		return nil
	case <-time.After(stopTimeout):
		return p.kill(errors.New("it did not end in time"))
	}
}

// thaw has a server go on that was told to stand still; one that was not, or has ended, does not mind.
func (p *process) thaw() error {
	if err := p.command.Process.Signal(syscall.SIGCONT); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

func (p *process) kill(reason error) error {
	err := p.command.Process.Kill()
	if err == nil || errors.Is(err, os.ErrProcessDone) {
		<-p.exited
	}
	return fmt.Errorf("%s had to be killed: %w", p.command.Path, reason)
}

// program finds an installed program. Debian keeps servers where only root's PATH leads.
func program(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		return path, nil
	}
	if path, err = exec.LookPath(filepath.Join("/usr/sbin", name)); err == nil {
		return path, nil
	}
	return "", fmt.Errorf("%s is %w", name, ErrNotInstalled)
}

package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-sql-driver/mysql"
)

// Galera is a cluster of MariaDB servers of this program's own, on free ports of 127.0.0.1. Each node holds
// everything and takes writes. A node that falls silent is left behind after one to two seconds.
type Galera struct {
	// DSN leads to the server of each node, as MariaDB.DSN does.
	DSN []string

	nodes []*galeraNode
}

type galeraNode struct {
	account *mysql.Config
	command func(flags ...string) *exec.Cmd
	logFile string
	process *process
}

// galeraPorts are what one node listens on: for clients, for the group, for the changes that it missed, and
// for a whole copy of another node.
type galeraPorts struct{ client, group, changes, copy int }

// galeraProvider is Galera itself, as Debian's package galera-4 brings it.
const galeraProvider = "/usr/lib/galera/libgalera_smm.so"

// StartGalera starts a cluster with its data in folder, which must exist and be empty, and returns when all
// nodes take part. As root it runs them as the user mysql, to whom it gives the folder: a node cannot be
// copied by root's rsync. The folders above must let that user pass. The caller calls Stop.
//
// Errors: ErrNotInstalled, wrapped with the program's name; else the end of what a server said.
func StartGalera(ctx context.Context, folder string, nodes int) (*Galera, error) {
	server, err := program("mariadbd")
	if err != nil {
		return nil, err
	}
	for _, needed := range []string{"wsrep_sst_rsync", "rsync"} {
		if _, err := program(needed); err != nil {
			return nil, err
		}
	}
	if _, err := os.Stat(galeraProvider); err != nil {
		return nil, fmt.Errorf("galera-4 is %w", ErrNotInstalled)
	}
	folder, err = filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	if err := layOutGalera(ctx, folder, nodes); err != nil {
		return nil, err
	}
	ports, err := freeGaleraPorts(ctx, nodes)
	if err != nil {
		return nil, err
	}
	cluster := &Galera{}
	account := newAccount()
	for n := range nodes {
		node := galeraNodeOf(server, folder, n, ports, account)
		cluster.nodes, cluster.DSN = append(cluster.nodes, node), append(cluster.DSN, node.account.FormatDSN())
	}
	if err := cluster.startAll(ctx, folder, account); err != nil {
		return nil, errors.Join(err, cluster.Stop())
	}
	return cluster, nil
}

// layOutGalera makes the data folder of each node, and lets the servers' user have all.
func layOutGalera(ctx context.Context, folder string, nodes int) error {
	first := nodeFolder(folder, 0)
	if err := installMariaDB(ctx, slices.Concat(dataFlags(first), asUser())); err != nil {
		return err
	}
	for n := 1; n < nodes; n++ {
		if err := os.CopyFS(nodeFolder(folder, n), os.DirFS(first)); err != nil {
			return err
		}
	}
	owner, other, err := galeraUser()
	if err != nil || !other {
		return err
	}
	uid, uidErr := strconv.Atoi(owner.Uid)
	gid, gidErr := strconv.Atoi(owner.Gid)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return err
	}
	return filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, uid, gid))
	})
}

func nodeFolder(folder string, n int) string { return filepath.Join(folder, "node"+strconv.Itoa(n)) }

// galeraUser tells as whom the servers run when that is another than the one who runs this program.
func galeraUser() (owner *user.User, other bool, err error) {
	if os.Geteuid() != 0 {
		return nil, false, nil
	}
	owner, err = user.Lookup("mysql")
	return owner, err == nil, err
}

func freeGaleraPorts(ctx context.Context, nodes int) ([]galeraPorts, error) {
	ports := make([]galeraPorts, nodes)
	for n := range ports {
		for _, port := range []*int{&ports[n].client, &ports[n].group, &ports[n].changes, &ports[n].copy} {
			listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
			if err != nil {
				return nil, fmt.Errorf("find a free port: %w", err)
			}
			defer listener.Close() // only when all are found, so that they differ
			*port = listener.Addr().(*net.TCPAddr).Port
		}
	}
	return ports, nil
}

func galeraNodeOf(server, folder string, n int, ports []galeraPorts, account *mysql.Config) *galeraNode {
	own := ports[n]
	group := make([]string, len(ports))
	for i, other := range ports {
		group[i] = loopback(other.group)
	}
	data := nodeFolder(folder, n)
	provider := []string{
		"gmcast.listen_addr=tcp://" + loopback(own.group), "base_port=" + strconv.Itoa(own.group),
		"ist.recv_addr=" + loopback(own.changes), "gcache.size=64M",
		// Who is silent for a second is suspected, for three left behind: the defaults are made for networks.
		"evs.keepalive_period=PT0.3S", "evs.inactive_check_period=PT0.3S", "evs.suspect_timeout=PT1S", "evs.inactive_timeout=PT3S",
		"gmcast.peer_timeout=PT2S",
	}
	flags := slices.Concat(serverFlags(data, own.client), []string{
		"--binlog-format=ROW", "--innodb-autoinc-lock-mode=2", "--wsrep-on=ON", "--wsrep-provider=" + galeraProvider,
		"--wsrep-cluster-name=tests", "--wsrep-cluster-address=gcomm://" + strings.Join(group, ","),
		"--wsrep-node-name=node" + strconv.Itoa(n), "--wsrep-node-address=" + loopback(own.group),
		"--wsrep-sst-method=rsync", "--wsrep-sst-receive-address=" + loopback(own.copy),
		"--wsrep-provider-options=" + strings.Join(provider, ";"),
	})
	if _, other, _ := galeraUser(); other { // layOutGalera has seen the error
		flags = append(flags, "--user=mysql")
	}
	reached := account.Clone()
	reached.Addr = loopback(own.client)
	return &galeraNode{
		account: reached,
		logFile: filepath.Join(folder, "node"+strconv.Itoa(n)+".log"),
		command: func(more ...string) *exec.Cmd { return exec.Command(server, slices.Concat(flags, more)...) },
	}
}

func (g *Galera) startAll(ctx context.Context, folder string, account *mysql.Config) error {
	accountFile := filepath.Join(folder, "account.sql")
	if err := os.WriteFile(accountFile, []byte(createAccount(account)), 0o644); err != nil {
		return err
	}
	if err := g.nodes[0].start(ctx, "--wsrep-new-cluster", "--init-file="+accountFile); err != nil {
		return err
	}
	for _, node := range g.nodes[1:] {
		if err := node.start(ctx); err != nil {
			return err
		}
	}
	return os.Remove(accountFile)
}

// Kill ends a node as a power cut would.
func (g *Galera) Kill(node int) error {
	process := g.nodes[node].process
	if err := process.command.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-process.exited
	return nil
}

// Restart starts a node that was killed, and returns when it has caught up with the others. It leaves one that
// runs alone.
func (g *Galera) Restart(ctx context.Context, node int) error {
	select {
	case <-g.nodes[node].process.exited:
		return g.nodes[node].start(ctx)
	default:
		return nil
	}
}

// Stop ends all nodes. The folder stays.
func (g *Galera) Stop() error {
	failed := make([]error, len(g.nodes))
	var stopped sync.WaitGroup
	for n, node := range g.nodes {
		if node.process != nil {
			stopped.Go(func() { failed[n] = node.process.stop() })
		}
	}
	stopped.Wait()
	return errors.Join(failed...)
}

func (n *galeraNode) start(ctx context.Context, flags ...string) (err error) {
	if n.process, err = run(n.command(flags...), n.logFile); err != nil {
		return err
	}
	return n.process.await(ctx, n.takesPart)
}

// takesPart tells whether the node answers as a member that has all the group has.
func (n *galeraNode) takesPart(ctx context.Context) error {
	connector, err := mysql.NewConnector(n.account)
	if err != nil {
		return err
	}
	pool := sql.OpenDB(connector)
	defer pool.Close()
	var name, state string
	if err := pool.QueryRowContext(ctx, "SHOW STATUS LIKE 'wsrep_local_state_comment'").Scan(&name, &state); err != nil {
		return err
	}
	if state != "Synced" {
		return fmt.Errorf("the node is %s", state)
	}
	return nil
}

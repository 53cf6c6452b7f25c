package engine

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/go-sql-driver/mysql"
)

// MariaDB is a server of this program's own, on a free port of 127.0.0.1.
type MariaDB struct {
	// DSN leads to the server, in go-sql-driver's form and without a database. Its user may do all, and
	// is known to nobody else on this machine.
	DSN string

	process *process
}

// StartMariaDB starts a server with its data in folder, which must exist and be empty, and returns when it
// answers. It writes to the disk at every commit, as in production; flags are mariadbd's own and come
// last, so that --innodb-flush-log-at-trx-commit=2 takes that back. The caller calls Stop.
//
// Errors: ErrNotInstalled, wrapped with the program's name; else the end of what the server said.
func StartMariaDB(ctx context.Context, folder string, flags ...string) (*MariaDB, error) {
	server, err := program("mariadbd")
	if err != nil {
		return nil, err
	}
	folder, err = filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(folder, "data")
	if err := installMariaDB(ctx, slices.Concat(dataFlags(data), asUser())); err != nil {
		return nil, err
	}
	account := newAccount()
	accountFile := filepath.Join(folder, "account.sql")
	if err := os.WriteFile(accountFile, []byte(createAccount(account)), 0o600); err != nil {
		return nil, err
	}
	command := func(port int) *exec.Cmd {
		return exec.Command(server, slices.Concat(serverFlags(data, port), asUser(), []string{"--init-file=" + accountFile}, flags)...)
	}
	process, err := start(ctx, filepath.Join(folder, "mariadbd.log"), command, func(ctx context.Context, port int) error {
		account.Addr = loopback(port)
		return execute(ctx, account, "DO 1")
	})
	if err != nil {
		return nil, err
	}
	return &MariaDB{DSN: account.FormatDSN(), process: process}, nil
}

// Stop ends the server. The folder stays.
func (m *MariaDB) Stop() error { return m.process.stop() }

// dataFlags say where the data is, to the server and to what prepares it.
func dataFlags(data string) []string {
	return []string{"--no-defaults", "--datadir=" + data, "--innodb-log-file-size=16M"}
}

func serverFlags(data string, port int) []string {
	return slices.Concat(dataFlags(data), []string{
		"--bind-address=127.0.0.1", "--port=" + strconv.Itoa(port), "--skip-name-resolve",
		"--socket=" + data + ".socket", "--pid-file=" + data + ".pid", "--secure-file-priv=" + data,
		"--sql-mode=", // as careless as a server can be: the program asks for its own
		"--max-connections=1000",
		"--innodb-buffer-pool-size=128M", "--key-buffer-size=1M", "--aria-pagecache-buffer-size=8M",
	})
}

// newAccount is one that nobody else on this machine knows.
func newAccount() *mysql.Config {
	account := mysql.NewConfig()
	account.User, account.Passwd, account.Net = "engine", rand.Text(), "tcp"
	return account
}

func installMariaDB(ctx context.Context, common []string) error {
	install, err := program("mariadb-install-db")
	if err != nil {
		return err
	}
	// Without --force it fails on a machine that does not know its own name.
	command := exec.CommandContext(ctx, install, slices.Concat(common, []string{"--auth-root-authentication-method=socket", "--skip-test-db", "--force"})...)
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", install, err, output)
	}
	return nil
}

// asUser lets the server run as root where this program does, which it refuses unless told.
func asUser() []string {
	if os.Geteuid() == 0 {
		return []string{"--user=root"}
	}
	return nil
}

// createAccount is one statement a line, as an init file wants it. The file is read again when another
// port is tried.
func createAccount(account *mysql.Config) string {
	return fmt.Sprintf("CREATE USER IF NOT EXISTS '%[1]s'@'127.0.0.1' IDENTIFIED BY '%[2]s';\n"+
		"GRANT ALL PRIVILEGES ON *.* TO '%[1]s'@'127.0.0.1' WITH GRANT OPTION;\n", account.User, account.Passwd)
}

package postgrestest

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// errNoServer is what a machine without PostgreSQL gets.
var errNoServer = errors.New("no PostgreSQL server found (looked in `pg_config --bindir` and /usr/lib/postgresql/*/bin): " +
	"install it (Debian: apt-get install postgresql) or set " + URLVariable)

// guard waits until the process that started it has ended or asks for the end, then stops the server and removes it.
const guard = `read -r _; "$1/pg_ctl" -D "$2/data" -m immediate -w stop; cd /; rm -rf "$2"`

// environment is all that the server's programs see of ours.
var environment = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"}

type server struct {
	url  string
	hold *os.File // the guard's standard input; closed, it ends the server
	wait func() error
}

// start makes a cluster in a temporary folder and starts it. PostgreSQL refuses to run as root, so root runs it as the
// user postgres that the package made.
func start(o options) (_ *server, err error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	account, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := folder(account)
	if err != nil {
		return nil, fmt.Errorf("make a data folder: %w", err)
	}
	command := func(name string, args ...string) *exec.Cmd {
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		cmd.Env = environment
		// A group of its own: Ctrl-C must end the tests, not the guard that cleans up after them.
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: account}
		return cmd
	}

	s, err := guarded(command("/bin/sh", "-c", guard, "sh", bin, dir))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the guard: %w", err), os.RemoveAll(dir))
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.stop())
		}
	}()

	data := filepath.Join(dir, "data")
	if err := run(command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust",
		"-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")); err != nil {
		return nil, err
	}
	if err := configure(data, dir, o); err != nil {
		return nil, fmt.Errorf("write postgresql.conf: %w", err)
	}
	log := filepath.Join(dir, "log")
	ctl := []string{"-D", data, "-l", log, "-w", "-t", "60", "start"}
	if o.delay > 0 {
		slow, err := slowed(bin, dir, o.delay)
		if err != nil {
			return nil, err
		}
		ctl = append(ctl, "-p", slow)
	}
	if err := run(command(filepath.Join(bin, "pg_ctl"), ctl...)); err != nil {
		said, readErr := os.ReadFile(log)
		return nil, errors.Join(fmt.Errorf("%w\n%s", err, said), readErr)
	}
	s.url = "postgres://postgres@/postgres?host=" + dir + "&port=5432&sslmode=disable"
	return s, nil
}

// slowed writes a program that runs the server with a slow disk. The server's process is the program's own, as
// pg_ctl expects (-D), and no other call of it is stopped at (--seccomp-bpf).
func slowed(bin, dir string, delay time.Duration) (string, error) {
	tool, err := exec.LookPath("strace")
	if err != nil {
		return "", fmt.Errorf("slow the disk down: %w (Debian: apt-get install strace)", err)
	}
	program := filepath.Join(dir, "slow-postgres")
	text := fmt.Sprintf("#!/bin/sh\nexec %s -D -f --seccomp-bpf -qq -o /dev/null -e inject=fsync,fdatasync:delay_enter=%d %s \"$@\"\n",
		tool, delay.Microseconds(), filepath.Join(bin, "postgres"))
	return program, os.WriteFile(program, []byte(text), 0o755)
}

func configure(data, socket string, o options) error {
	settings := "listen_addresses = ''\nport = 5432\nunix_socket_directories = '" + socket + "'\nmax_connections = 400\n"
	if !o.durable {
		settings += "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
	}
	conf, err := os.OpenFile(filepath.Join(data, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = conf.WriteString(settings)
	return errors.Join(err, conf.Close())
}

func guarded(cmd *exec.Cmd) (*server, error) {
	end, hold, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdin = end
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, end.Close(), hold.Close())
	}
	if err := end.Close(); err != nil {
		return nil, errors.Join(err, hold.Close(), cmd.Wait())
	}
	return &server{hold: hold, wait: cmd.Wait}, nil
}

func (s *server) stop() error {
	if err := s.hold.Close(); err != nil {
		return err
	}
	return s.wait()
}

func run(cmd *exec.Cmd) error {
	// A file and not a pipe: pg_ctl's server would inherit a pipe and Run would wait for it.
	out, err := os.CreateTemp("", "duban-postgres-out-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		said, readErr := os.ReadFile(out.Name())
		return errors.Join(fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, bytes.TrimSpace(said)), readErr)
	}
	return nil
}

// binaries finds the folder of the newest complete server; pg_config alone also comes with the client library.
func binaries() (string, error) {
	var folders []string
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	debian, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(debian, func(a, b string) int { return version(b) - version(a) })
	for _, folder := range append(folders, debian...) {
		complete := true
		for _, name := range []string{"initdb", "pg_ctl", "postgres"} {
			if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
				complete = false
			}
		}
		if complete {
			return folder, nil
		}
	}
	return "", errNoServer
}

// version reads 15 from /usr/lib/postgresql/15/bin; a folder without a number comes last.
func version(folder string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
	if err != nil {
		return 0
	}
	return n
}

// unprivileged is the account to run the server as: nil for the present one, postgres for root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root, and there is no user postgres to run it as: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("user postgres: %w", err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("user postgres: %w", err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// folder makes the temporary folder for data, log and socket. It is under /tmp where TMPDIR would make the socket's path
// too long for the kernel (107 bytes) or could not be entered by the other account.
func folder(account *syscall.Credential) (string, error) {
	base := os.TempDir()
	const longest = 107 - len("/duban-postgres-0123456789/.s.PGSQL.5432.lock")
	if len(base) > longest || account != nil && !open(base) {
		base = "/tmp"
	}
	dir, err := os.MkdirTemp(base, "duban-postgres-")
	if err != nil {
		return "", err
	}
	if account != nil {
		if err := os.Chown(dir, int(account.Uid), int(account.Gid)); err != nil {
			return "", errors.Join(err, os.RemoveAll(dir))
		}
	}
	return dir, nil
}

// open tells whether every account may go down to dir.
func open(dir string) bool {
	for ; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm()&0o001 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}

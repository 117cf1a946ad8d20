package postgrestest

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// What can befall a server that Open has started. The database's URL names it.

// Freeze stops every process of a server as it stands: it answers nothing, and cuts nothing. thaw lets it go on.
func Freeze(database string) (thaw func() error, err error) {
	main, err := mainProcess(database)
	if err != nil {
		return nil, err
	}
	if err := syscall.Kill(main, syscall.SIGSTOP); err != nil { // first: from here on it makes no more
		return nil, fmt.Errorf("freeze PostgreSQL: %w", err)
	}
	others, err := children(main)
	frozen := []int{main}
	thaw = func() error {
		var errs []error
		for _, p := range frozen {
			if err := syscall.Kill(p, syscall.SIGCONT); err != nil && !errors.Is(err, syscall.ESRCH) {
				errs = append(errs, fmt.Errorf("thaw PostgreSQL: %w", err))
			}
		}
		return errors.Join(errs...)
	}
	for _, p := range others {
		if err == nil {
			frozen = append(frozen, p)
			if err = syscall.Kill(p, syscall.SIGSTOP); errors.Is(err, syscall.ESRCH) {
				err = nil
			}
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("freeze PostgreSQL: %w", err), thaw())
	}
	return thaw, nil
}

// Crash ends a server at once, as a power cut of its processes does: what was not written is lost. Then it starts again.
func Crash(database string) error {
	dir, err := home(database)
	if err != nil {
		return err
	}
	bin, err := binaries()
	if err != nil {
		return err
	}
	account, err := unprivileged()
	if err != nil {
		return err
	}
	cmd := exec.Command(filepath.Join(bin, "pg_ctl"), "-D", filepath.Join(dir, "data"), "-l", filepath.Join(dir, "log"), "-m", "immediate", "-w", "-t", "60", "restart")
	cmd.Dir, cmd.Env = dir, environment
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: account}
	return run(cmd)
}

// home is the folder of the server that Open has started.
func home(database string) (string, error) {
	u, err := url.Parse(database)
	if err != nil || !filepath.IsAbs(u.Query().Get("host")) {
		return "", errors.New("this database is of no server that Open has started")
	}
	return u.Query().Get("host"), nil
}

func mainProcess(database string) (int, error) {
	dir, err := home(database)
	if err != nil {
		return 0, err
	}
	text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(first)
}

// children are the processes that one has made.
func children(of int) ([]int, error) {
	all, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		return nil, err
	}
	var out []int
	for _, file := range all {
		if parent, err := field(file, "PPid"); err == nil && parent == of { // an error: it has ended meanwhile
			p, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
	}
	return out, nil
}

func field(file, name string) (int, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strconv.Atoi(strings.TrimSpace(value))
		}
	}
	return 0, fmt.Errorf("%s has no %s", file, name)
}

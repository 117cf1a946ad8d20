// Package e2e drives the standalone program as a user would: a child process, HTTP, and kill -9.
package e2e

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"duban/register"
	"duban/standalone/cast"
)

var program string // the built binary

func TestMain(m *testing.M) {
	os.Exit(build(m))
}

func build(m *testing.M) int {
	folder, err := os.MkdirTemp("", "duban-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	program = filepath.Join(folder, "standalone")
	out, err := exec.Command("go", "build", "-o", program, "..").CombinedOutput()
	if err != nil {
		fmt.Fprintf(os.Stderr, "build standalone: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// child is a running standalone that can be killed and started again on the same data.
type child struct {
	t      *testing.T
	data   string
	url    string
	args   []string
	mu     sync.Mutex
	cmd    *exec.Cmd
	exited chan struct{}
	kills  int
	log    *os.File

	register string // URL
}

// newChild starts standalone on a new data folder with a stepped clock.
func newChild(t *testing.T, database string, more ...string) *child {
	t.Helper()
	data := t.TempDir()
	log, err := os.Create(filepath.Join(data, "standalone.log"))
	require.NoError(t, err)
	address := freeAddress(t)
	c := &child{t: t, data: data, url: "http://" + address, log: log, args: []string{"--data", data, "--listen", address, "--clock", "stepped", "--dev"}}
	c.args = append(c.args, more...)
	c.register = "sqlite:" + filepath.Join(data, "register.db")
	if database != "" {
		c.args, c.register = append(c.args, "--database", database), database
	}
	t.Cleanup(func() {
		c.end()
		if t.Failed() {
			raw, err := os.ReadFile(log.Name())
			t.Logf("log of standalone (%v):\n%s", err, tail(string(raw), 60))
		}
	})
	c.start()
	return c
}

func tail(s string, lines int) string {
	all := strings.Split(s, "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	return l.Addr().String()
}

// start returns when the program has told its address.
func (c *child) start() {
	cmd := exec.Command(program, c.args...)
	cmd.Stderr = c.log
	out, err := cmd.StdoutPipe()
	require.NoError(c.t, err)
	require.NoError(c.t, cmd.Start())
	exited := make(chan struct{})
	up := make(chan bool, 1)
	go func() {
		scan := bufio.NewScanner(out)
		for scan.Scan() {
			if strings.Contains(scan.Text(), "Duban is up") {
				up <- true
			}
		}
		_ = cmd.Wait() // a killed child ends with an error by design
		close(exited)
	}()
	c.mu.Lock()
	c.cmd, c.exited = cmd, exited
	c.mu.Unlock()
	select {
	case <-up:
	case <-exited:
		c.t.Error("standalone ended while starting")
	case <-time.After(60 * time.Second):
		c.t.Error("standalone did not start within a minute")
	}
}

// kill is kill -9, and waits until the process is gone.
func (c *child) kill() {
	c.mu.Lock()
	cmd, exited := c.cmd, c.exited
	c.kills++
	c.mu.Unlock()
	_ = cmd.Process.Signal(syscall.SIGKILL) // it may have ended already
	<-exited
}

// stop is Ctrl-C; it tells how long the program took to end.
func (c *child) stop() time.Duration {
	c.mu.Lock()
	cmd, exited := c.cmd, c.exited
	c.mu.Unlock()
	began := time.Now()
	require.NoError(c.t, cmd.Process.Signal(os.Interrupt))
	select {
	case <-exited:
	case <-time.After(30 * time.Second):
		c.t.Error("standalone did not stop")
		c.kill()
	}
	return time.Since(began)
}

func (c *child) end() {
	select {
	case <-c.exited:
	default:
		c.kill()
	}
}

func (c *child) keys() map[string]string {
	keys, err := cast.Load(c.data)
	require.NoError(c.t, err)
	require.NotEmpty(c.t, keys)
	return keys
}

// open opens the register beside the program, or without it.
func (c *child) open(ctx context.Context) (*register.Register, error) {
	secret, err := os.ReadFile(filepath.Join(c.data, "secret"))
	if err != nil {
		return nil, err
	}
	return register.Open(ctx, register.Config{URL: c.register, Secret: bytes.TrimSpace(secret)})
}

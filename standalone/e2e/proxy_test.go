package e2e

import (
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// proxy stands between the installation and its PostgreSQL, so that the register can be taken away.
type proxy struct {
	t      *testing.T
	listen string // the socket that the installation knows
	real   string
	mu     sync.Mutex
	door   net.Listener
	open   map[net.Conn]bool
}

const socketName = ".s.PGSQL.5432"

// between returns a URL of the same database through a proxy, which is open.
func between(t *testing.T, database string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(database)
	require.NoError(t, err)
	q := u.Query()
	host := q.Get("host")
	require.NotEmpty(t, host, "the test database listens on a unix socket")
	port := q.Get("port")
	if port == "" {
		port = "5432"
	}
	folder, err := os.MkdirTemp("", "dbp") // short: a socket's path is bounded
	require.NoError(t, err)
	p := &proxy{t: t, listen: filepath.Join(folder, socketName), real: filepath.Join(host, ".s.PGSQL."+port), open: map[net.Conn]bool{}}
	q.Set("host", folder)
	q.Set("port", "5432")
	u.RawQuery = q.Encode()
	p.restore()
	t.Cleanup(func() {
		p.cut()
		require.NoError(t, os.RemoveAll(folder))
	})
	return p, u.String()
}

// cut takes the register away in the middle of whatever it is doing.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.door != nil {
		require.NoError(p.t, p.door.Close())
		p.door = nil
	}
	for c := range p.open {
		c.Close()
	}
	clear(p.open)
}

func (p *proxy) restore() {
	door, err := net.Listen("unix", p.listen)
	require.NoError(p.t, err)
	p.mu.Lock()
	p.door = door
	p.mu.Unlock()
	go func() {
		for {
			in, err := door.Accept()
			if err != nil {
				return // cut
			}
			go p.carry(in)
		}
	}()
}

func (p *proxy) carry(in net.Conn) {
	out, err := net.Dial("unix", p.real)
	if err != nil {
		in.Close()
		return
	}
	p.mu.Lock()
	cut := p.door == nil
	p.open[in], p.open[out] = true, true
	p.mu.Unlock()
	if cut {
		in.Close()
		out.Close()
	}
	var both sync.WaitGroup
	pump := func(to, from net.Conn) {
		_, _ = io.Copy(to, from) // ends when either side does
		to.Close()
		from.Close()
	}
	both.Go(func() { pump(out, in) })
	both.Go(func() { pump(in, out) })
	both.Wait()
}

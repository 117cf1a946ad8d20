package temporalserver_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/standalone/temporalserver"
)

// sockets are the inode numbers of this process's open sockets.
func sockets(t *testing.T) map[string]bool {
	t.Helper()
	descriptors, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	inodes := map[string]bool{}
	for _, d := range descriptors {
		// A descriptor of this very listing may be gone again.
		if target, err := os.Readlink(d); err == nil && strings.HasPrefix(target, "socket:[") {
			inodes[strings.Trim(target, "socket:[]")] = true
		}
	}
	return inodes
}

func TestNothingListensBeyondLoopback(t *testing.T) {
	server := start(t, temporalserver.Config{Dir: t.TempDir()})
	defer stop(t, server)
	own := sockets(t)
	listening := 0
	for _, table := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n")[1:] {
			field := strings.Fields(line) // 1: local address, 3: state, 9: inode
			if len(field) < 10 || field[3] != "0A" || !own[field[9]] {
				continue
			}
			listening++
			if !strings.HasPrefix(field[1], "0100007F:") {
				t.Errorf("it listens on %s (hexadecimal) as well", field[1])
			}
		}
	}
	if listening != 4 {
		t.Errorf("%d sockets listen, not one for each of the four services", listening)
	}
}

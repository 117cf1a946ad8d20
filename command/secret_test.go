package command

import (
	"strings"
	"testing"
)

// Every command refuses a register that was made with another secret, and names the file.
func TestAnotherSecret(t *testing.T) {
	flags := house(t)
	wrong := write(t, "wrong", "fedcba9876543210fedcba9876543210\n")
	for _, args := range [][]string{
		{"migrate"}, {"verify"}, {"key", "list"}, {"key", "create", "--role", "admin"}, {"api", "--listen", "127.0.0.1:0"},
	} {
		got := run(t, append(args, flags[0], flags[1], flags[2], wrong)...)
		if got.status != exitFailed || !strings.Contains(got.err, "another secret") || !strings.Contains(got.err, "密钥") || !strings.Contains(got.err, wrong) {
			t.Errorf("%v: status %d, %s", args, got.status, got.err)
		}
	}
	if got := run(t, append([]string{"key", "list"}, flags...)...); got.status != exitOK {
		t.Errorf("the right secret: %s", got.err)
	}
}

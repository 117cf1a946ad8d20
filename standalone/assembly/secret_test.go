package assembly

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/register"
)

// A new data folder for a register that is in use would make a new secret: the start is refused,
// says where the right one is, and leaves none behind.
func TestRegisterOfAnotherFolder(t *testing.T) {
	data := t.TempDir()
	own := []byte("the secret of the first folder")
	r, err := register.Open(t.Context(), register.Config{URL: "sqlite:" + filepath.Join(data, "register.db"), Secret: own})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(r.Migrate(t.Context()), r.Close()); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(data, "secret")
	for range 2 {
		_, err = Start(t.Context(), Config{Data: data})
		if !errors.Is(err, register.ErrSecret) || !strings.Contains(err.Error(), "copy its file secret to "+secret) || !strings.Contains(err.Error(), "数据目录") {
			t.Fatalf("another secret: %v", err)
		}
		if _, err := os.Stat(secret); !errors.Is(err, os.ErrNotExist) {
			t.Fatalf("a secret was left behind: %v", err)
		}
	}
	// A wrong one that somebody put there stays theirs.
	if err := os.WriteFile(secret, []byte("a secret of somebody else\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err = Start(t.Context(), Config{Data: data}); !errors.Is(err, register.ErrSecret) {
		t.Fatalf("another secret: %v", err)
	}
	if _, err := os.Stat(secret); err != nil {
		t.Fatal(err)
	}
}

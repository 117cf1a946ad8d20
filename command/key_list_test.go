package command

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"duban/register"
)

// A key is made, listed and revoked; from then on the register knows it no more.
func TestKeyListAndRevoke(t *testing.T) {
	flags := house(t)
	r := opened(t, flags)
	with := func(args ...string) ran { return run(t, append(args, flags...)...) }
	if empty := with("key", "list", "--json"); strings.TrimSpace(empty.out) != "[]" {
		t.Errorf("no keys: %s", empty.out)
	}
	made := strings.TrimSpace(with("key", "create", "--role", "admin", "--name", "anna").out)
	other := strings.TrimSpace(with("key", "create", "--role", "admin", "--name", "bo").out)
	listed := func() map[string]keyJSON {
		t.Helper()
		got := with("key", "list", "--json")
		var keys []keyJSON
		if err := json.Unmarshal([]byte(got.out), &keys); err != nil || got.status != exitOK {
			t.Fatalf("status %d, %v: %s", got.status, err, got.out)
		}
		if strings.Contains(got.out, made) || strings.Contains(got.out, "hash") {
			t.Errorf("the list shows a secret: %s", got.out)
		}
		out := map[string]keyJSON{}
		for _, k := range keys {
			out[k.Owner] = k
		}
		return out
	}
	keys := listed()
	if len(keys) != 2 || keys["anna"].Kind != register.AdminKey || keys["anna"].Created.IsZero() || !keys["anna"].Revoked.IsZero() {
		t.Fatalf("listed %+v", keys)
	}
	if _, err := r.Authenticate(t.Context(), made); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := with("key", "revoke", keys["anna"].ID); got.status != exitOK || !strings.Contains(got.err, keys["anna"].ID) {
			t.Errorf("revoke: status %d, %s", got.status, got.err)
		}
	}
	if _, err := r.Authenticate(t.Context(), made); !errors.Is(err, register.ErrNotFound) {
		t.Errorf("a revoked key: %v", err)
	}
	if _, err := r.Authenticate(t.Context(), other); err != nil {
		t.Errorf("the other key: %v", err)
	}
	if keys = listed(); keys["anna"].Revoked.IsZero() || !keys["bo"].Revoked.IsZero() {
		t.Errorf("listed %+v", keys)
	}
	table := with("key", "list")
	if lines := strings.Split(strings.TrimSpace(table.out), "\n"); len(lines) != 3 || !strings.HasPrefix(lines[0], "ID") {
		t.Errorf("the table:\n%s", table.out)
	}
	if got := with("key", "revoke", "no-such-key"); got.status != exitFailed || !strings.Contains(got.err, "duban key list") {
		t.Errorf("an unknown key: status %d, %s", got.status, got.err)
	}
	if got := with("key", "revoke"); got.status != exitUsage {
		t.Errorf("no id: status %d", got.status)
	}
}

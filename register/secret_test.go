package register

import "testing"

// The first opening writes down whose the register is; with another secret it is refused from
// then on, and nothing is changed.
func TestSecretOfARegister(t *testing.T) {
	for _, name := range []string{"sqlite", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := fresh(t, name)
			r := open(t, url, Config{})
			ok(t, r.CheckSecret(t.Context()))
			held := must(r.heldFingerprint(t.Context()))(t)
			if len(held) != 64 {
				t.Fatalf("fingerprint %q", held)
			}
			other := must(Open(t.Context(), Config{URL: url, Secret: []byte("a secret of somebody else")}))(t)
			defer func() { ok(t, other.Close()) }()
			isErr(t, other.CheckSecret(t.Context()), ErrSecret)
			isErr(t, other.Migrate(t.Context()), ErrSecret)
			ok(t, r.Migrate(t.Context()))
			if again := must(r.heldFingerprint(t.Context()))(t); again != held {
				t.Errorf("the fingerprint was %s and is %s", held, again)
			}

			// A register of before, with a person in it: who comes first with a wrong secret does not
			// make it theirs.
			must(r.File(t.Context(), aComplaint("k")))(t)
			ok(t, r.db.Exec("DELETE FROM secret").Error)
			isErr(t, other.CheckSecret(t.Context()), ErrSecret)
			ok(t, r.CheckSecret(t.Context()))
			if again := must(r.heldFingerprint(t.Context()))(t); again != held {
				t.Errorf("the fingerprint was %s and is %s", held, again)
			}
		})
	}
}

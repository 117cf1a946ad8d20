package command

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/register"
)

const secret = "0123456789abcdef0123456789abcdef"

// house makes a register on SQLite and gives the flags that name it.
func house(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	flags := []string{"--database", "sqlite:" + filepath.Join(dir, "duban.db"), "--secret-file", write(t, "secret", secret+"\n")}
	if got := run(t, append([]string{"verify"}, flags...)...); got.status != exitFailed || !strings.Contains(got.err, "duban migrate") {
		t.Fatalf("verify before migrate: status %d, %s", got.status, got.err)
	}
	for range 2 {
		if got := run(t, append([]string{"migrate"}, flags...)...); got.status != exitOK {
			t.Fatalf("migrate: status %d, %s", got.status, got.err)
		}
	}
	return flags
}

func opened(t *testing.T, flags []string) *register.Register {
	t.Helper()
	r, err := register.Open(t.Context(), register.Config{URL: flags[1], Secret: []byte(secret)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func TestKeyCreate(t *testing.T) {
	flags := house(t)
	r := opened(t, flags)
	ctx := t.Context()
	if err := r.PutAuthority(ctx, jurisdiction.Authority{ID: "ln", Level: "province", Domain: "telecom", Code: "LN", Name: casefile.Text{Zh: "辽宁", En: "Liaoning"}}); err != nil {
		t.Fatal(err)
	}
	if err := r.PutOfficer(ctx, register.Officer{ID: "lin", Authority: "ln", Role: casefile.RoleHead, Name: "林"}); err != nil {
		t.Fatal(err)
	}
	if err := r.PutOperator(ctx, register.Operator{ID: "unicom", Name: "联通"}); err != nil {
		t.Fatal(err)
	}
	create := func(args ...string) ran {
		return run(t, append(append([]string{"key", "create"}, args...), flags...)...)
	}
	for _, c := range []struct {
		args []string
		want register.Key
	}{
		{[]string{"--role", "admin", "--name", "anna"}, register.Key{Kind: register.AdminKey, Owner: "anna"}},
		{[]string{"--role", "head", "--officer", "lin"}, register.Key{Kind: register.OfficerKey, Owner: "lin", Authority: "ln", Role: casefile.RoleHead}},
		{[]string{"--role", "operator", "--operator", "unicom"}, register.Key{Kind: register.OperatorKey, Owner: "unicom"}},
		{[]string{"--role", "import", "--authority", "ln"}, register.Key{Kind: register.ImportKey, Owner: "import", Authority: "ln"}},
	} {
		got := create(c.args...)
		if got.status != exitOK || strings.Contains(got.err, strings.TrimSpace(got.out)) {
			t.Errorf("%v: status %d, %s", c.args, got.status, got.err)
			continue
		}
		key, err := r.Authenticate(ctx, strings.TrimSpace(got.out))
		if err != nil {
			t.Errorf("%v: %v", c.args, err)
		}
		c.want.ID, c.want.Created = key.ID, key.Created
		if key != c.want {
			t.Errorf("%v: %+v, want %+v", c.args, key, c.want)
		}
	}
	for _, args := range [][]string{
		{"--role", "officer", "--officer", "lin"},                   // she is the head
		{"--role", "head", "--officer", "nobody"},                   // unknown
		{"--role", "head", "--officer", "lin", "--authority", "bj"}, // elsewhere
		{"--role", "operator", "--operator", "nobody"},              // unknown
		{"--role", "import", "--authority", "nowhere"},              // unknown
	} {
		if got := create(args...); got.status != exitFailed || got.out != "" {
			t.Errorf("%v: status %d, %s", args, got.status, got.out)
		}
	}
}

func TestSecretOfTheRegister(t *testing.T) {
	db := "sqlite:" + filepath.Join(t.TempDir(), "duban.db")
	got := run(t, "migrate", "--database", db, "--secret-file", "no-such-file")
	if got.status != exitFailed || !strings.Contains(got.err, "openssl rand") {
		t.Errorf("no secret: status %d, %s", got.status, got.err)
	}
	if got := run(t, "migrate", "--database", db, "--secret-file", write(t, "short", "short")); got.status != exitFailed {
		t.Errorf("a short secret: status %d", got.status)
	}
}

func TestVerifyEmptyHouse(t *testing.T) {
	flags := house(t)
	got := run(t, append([]string{"verify"}, flags...)...)
	if got.status != exitOK || !strings.Contains(got.out, "verify: 0 violations, 0 stuck") {
		t.Errorf("status %d, %s%s", got.status, got.out, got.err)
	}
	var report reportJSON
	machine := run(t, append([]string{"verify", "--json"}, flags...)...)
	if err := json.Unmarshal([]byte(machine.out), &report); err != nil || report.Violations == nil {
		t.Errorf("%v: %s", err, machine.out)
	}
}

package command

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"duban/api"
	"duban/docket"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/office"
	"duban/register"
	"duban/setup"
)

// bureau is the example in a folder of its own, with what it names.
func bureau(t *testing.T, changes ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"bureau.yaml", "dalian-tourism.yaml"} {
		said := text(t, "../examples/"+name)
		if name == "bureau.yaml" {
			said = strings.NewReplacer(changes...).Replace(said)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(said), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "bureau.yaml")
}

// setUp runs a setup and gives what it did, by kind and id.
func setUp(t *testing.T, file string, flags ...string) (setupJSON, map[string]string) {
	t.Helper()
	got := run(t, append([]string{"setup", file, "--json"}, flags...)...)
	var out setupJSON
	if err := json.Unmarshal([]byte(got.out), &out); err != nil || got.status != exitOK {
		t.Fatalf("status %d, %v: %s%s", got.status, err, got.out, got.err)
	}
	did := map[string]string{}
	for _, th := range out.Things {
		did[th.Kind+" "+th.ID] = th.Did
	}
	return out, did
}

// An empty register becomes the example's bureau at once; run again nothing changes; what is changed in the file
// changes, and what it does not name is left.
func TestSetup(t *testing.T) {
	flags := house(t)
	r := opened(t, flags)
	ctx := t.Context()
	file := bureau(t)
	folder := filepath.Dir(file)
	keys := func() (names []string) {
		all, err := filepath.Glob(filepath.Join(folder, "*.key*"))
		if err != nil {
			t.Fatal(err)
		}
		return all
	}

	dry, would := setUp(t, file, append(flags, "--dry-run")...)
	if dry.Made != 15 || dry.Changed+dry.Left != 0 || len(keys()) != 0 {
		t.Errorf("a dry run: %+v, files %v", dry, keys())
	}
	if tree, err := r.Tree(ctx); err != nil || len(tree.All()) != 0 {
		t.Errorf("a dry run made %v, %v", tree.All(), err)
	}

	first, did := setUp(t, file, flags...)
	if first.Made != 15 || first.Changed+first.Left != 0 || len(keys()) != 5 {
		t.Errorf("the first run: %+v, files %v", first, keys())
	}
	for what, became := range would {
		if did[what] != became {
			t.Errorf("%s: %s, the dry run said %s", what, did[what], became)
		}
	}
	for _, name := range keys() {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
		if _, err := r.Authenticate(ctx, strings.TrimSpace(text(t, name))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	qiu, err := r.Authenticate(ctx, strings.TrimSpace(text(t, filepath.Join(folder, "qiu.key"))))
	if err != nil || qiu.Role != "head" || qiu.Authority != "sea-north" || qiu.Expires.IsZero() {
		t.Errorf("the head's key: %+v, %v", qiu, err)
	}

	if err := os.Remove(filepath.Join(folder, "lin.key")); err != nil { // handed over
		t.Fatal(err)
	}
	if again, _ := setUp(t, file, flags...); again.Made+again.Changed != 0 || again.Left != 15 || len(keys()) != 4 {
		t.Errorf("again: %+v, files %v", again, keys())
	}
	if human := run(t, append([]string{"setup", file, "--lang", "zh"}, flags...)...); !strings.Contains(human.err, "没有任何变更") || !strings.Contains(human.out, "未变") {
		t.Errorf("again: %s%s", human.out, human.err)
	}

	if err := r.PutOperator(ctx, register.Operator{ID: "other", Name: "别家"}); err != nil {
		t.Fatal(err)
	}
	changed := bureau(t, "role: reviewer, name: 陶静", "role: reviewer, name: 陶静静", "licence: HB-2020-17", "licence: HB-2027-01",
		"until: 2028-12-31}\n\n", "until: 2026-06-30}\n\n", "cards:", "cards:", "keys: #", "keys: []\nholidays: []\nregimes: []\n#", "\n  - {name", "\n#", "\nholidays: []", "", "\nregimes: [d", "\n#[d")
	out, did := setUp(t, changed, flags...)
	if out.Made != 0 || out.Changed != 3 || did["officer tao"] != "changed" || did["operator gull-mobile"] != "changed" || did["card BH-2026-003"] != "changed" {
		t.Errorf("changed: %+v", out)
	}
	if o, err := r.OperatorByID(ctx, "other"); err != nil || o.Name != "别家" {
		t.Errorf("not named: %+v, %v", o, err)
	}
}

// Wherever a run is broken off, the next brings each key's secret into its file, and no file is overwritten.
func TestSetupGoesOn(t *testing.T) {
	flags := house(t)
	r := opened(t, flags)
	file := bureau(t)
	folder := filepath.Dir(file)
	lin, waits := filepath.Join(folder, "lin.key"), filepath.Join(folder, "lin.key.new")
	put := func(path, said string) {
		if err := os.WriteFile(path, []byte(said), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opens := func() {
		t.Helper()
		if _, err := r.Authenticate(t.Context(), strings.TrimSpace(text(t, lin))); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(waits); !os.IsNotExist(err) {
			t.Errorf("%s stays: %v", waits, err)
		}
	}
	put(waits, "duban_of-a-run-that-never-committed\n")
	setUp(t, file, flags...)
	opens()
	if err := os.Rename(lin, waits); err != nil { // killed after the commit
		t.Fatal(err)
	}
	out, did := setUp(t, file, flags...)
	if did["key lin"] != "left" || !slices.ContainsFunc(out.Things, func(th setup.Thing) bool { return th.File == lin }) {
		t.Errorf("broken off: %+v", out)
	}
	opens()
	put(waits, text(t, lin)) // killed between the two steps of the hand-over
	setUp(t, file, flags...)
	opens()

	more := strings.Replace(text(t, file), "keys: #", "keys:\n  - {name: other, kind: admin, owner: bo, file: lin.key}\n  - {name: third, kind: admin, owner: bo, file: third.key} #", 1)
	more = strings.Replace(more, "file: lin.key}\n  - {name: qiu", "file: lin2.key}\n  - {name: qiu", 1)
	put(file, more)
	kept := text(t, lin)
	got := run(t, append([]string{"setup", file}, flags...)...)
	if got.status != exitFound || !strings.Contains(got.out, "never overwritten") || text(t, lin) != kept {
		t.Errorf("a file that is there: status %d, %s%s", got.status, got.out, got.err)
	}
	if left, err := filepath.Glob(filepath.Join(folder, "*.new")); err != nil || len(left) > 0 {
		t.Errorf("secrets that open nothing stay: %v, %v", left, err)
	}
	if keys, err := r.Keys(t.Context(), "", 0); err != nil || len(keys) != 5 {
		t.Errorf("%d keys, %v", len(keys), err)
	}
}

// A table that the file names is loaded once; a key that was revoked stays so.
func TestSetupTablesAndEndedKeys(t *testing.T) {
	flags := house(t)
	r := opened(t, flags)
	file := bureau(t, "holidays: []", "holidays: [2027.yaml]")
	table := "year: 2027\nplace: CN\nannounced: true\nnotice:\n  - {title: 通知, address: \"https://www.gov.cn/2027\"}\noff: [{name: 元旦, from: 2027-01-01, to: 2027-01-03}]\nwork: []\n"
	if err := os.WriteFile(filepath.Join(filepath.Dir(file), "2027.yaml"), []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, did := setUp(t, file, flags...); did["holidays 2027"] != "made" {
		t.Errorf("%v", did)
	}
	keys, err := r.Keys(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if k.Owner == "anna" {
			if err := r.RevokeKey(t.Context(), k.ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	out, did := setUp(t, file, flags...)
	if did["holidays 2027"] != "left" || out.Made+out.Changed != 0 {
		t.Errorf("again: %+v", out)
	}
	if !slices.ContainsFunc(out.Things, func(th setup.Thing) bool { return th.ID == "anna" && th.Did == "left" && th.Note == "revoked" }) {
		t.Errorf("the revoked key: %+v", out)
	}
	if all, err := r.HolidayTables(t.Context()); err != nil || len(all) != 1 || all[0].BuiltIn {
		t.Errorf("tables: %+v, %v", all, err)
	}
}

// Every error stands at its place with what is allowed, in both languages, and nothing is changed.
func TestSetupErrors(t *testing.T) {
	flags := house(t)
	file := write(t, "bad.yaml", text(t, "testdata/setup-bad.yaml"))
	for lang, name := range map[string]string{"zh": "setup-bad.zh.txt", "en": "setup-bad.en.txt"} {
		got := run(t, append([]string{"setup", file, "--lang", lang}, flags...)...)
		if got.status != exitFound {
			t.Errorf("status %d, %s", got.status, got.err)
		}
		golden(t, name, strings.ReplaceAll(got.out, filepath.Dir(file)+"/", ""))
	}
	if tree, err := opened(t, flags).Tree(t.Context()); err != nil || len(tree.All()) != 0 {
		t.Errorf("something was made: %v, %v", tree.All(), err)
	}
	for said, want := range map[string]string{
		"": "empty", "- 1\n": "the parts authorities", "authorities: &a []\n": "not used here", "authorities: []\nauthorities: []\n": "twice", "a: [\n": "not YAML",
	} {
		if got := run(t, append([]string{"setup", write(t, "f.yaml", said)}, flags...)...); got.status != exitFound || !strings.Contains(got.out, want) {
			t.Errorf("%q: status %d, %s%s", said, got.status, got.out, got.err)
		}
	}
}

// whoami tells whose a key is as the API finds it.
func TestWhoAmI(t *testing.T) {
	flags := house(t)
	file := bureau(t)
	setUp(t, file, flags...)
	url := served(t, opened(t, flags))
	key := filepath.Join(filepath.Dir(file), "qiu.key")
	got := run(t, "whoami", "--api", url, "--key-file", key)
	if got.status != exitOK || !strings.Contains(got.out, "officer  qiu  sea-north  head") {
		t.Errorf("status %d, %s%s", got.status, got.out, got.err)
	}
	var who map[string]string
	machine := run(t, "whoami", "--api", url, "--key-file", key, "--json")
	if err := json.Unmarshal([]byte(machine.out), &who); err != nil || who["role"] != "head" || who["kind"] != "officer" {
		t.Errorf("%v: %s", err, machine.out)
	}
	if got := run(t, "whoami", "--api", url); got.status != exitOK || !strings.Contains(got.out, "public") {
		t.Errorf("without a key: status %d, %s%s", got.status, got.out, got.err)
	}
	for lang, want := range map[string]string{"zh": "密钥", "en": "key"} {
		if got := run(t, "whoami", "--api", url, "--key-file", write(t, "k", "duban_none"), "--lang", lang); got.status != exitFailed || !strings.Contains(got.err, want) {
			t.Errorf("a key of nobody: status %d, %s", got.status, got.err)
		}
	}
}

// served is the API over a register.
func served(t *testing.T, r *register.Register) string {
	t.Helper()
	days, err := regimes.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	library, err := regimes.Load()
	if err != nil {
		t.Fatal(err)
	}
	files := docket.New(r, days)
	var handler http.Handler
	handler, err = api.New(api.Options{Office: office.New(office.Options{Register: r, Docket: files, Regulations: jurisdiction.NewRegulations(library)}), Docket: files})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

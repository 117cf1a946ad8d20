package regimes_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
)

var filed = calendar.NewDay(2026, time.February, 2)

func load(t testing.TB) *regimes.Library {
	t.Helper()
	l, err := regimes.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func telecom(t testing.TB) *regimes.Bundle {
	t.Helper()
	b, err := load(t).At("telecom-2001", filed)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTelecomIsComposedOfTheLawsItStandsOn(t *testing.T) {
	b := telecom(t)
	var ids []string
	for _, d := range b.Documents {
		ids = append(ids, d.ID)
	}
	want := []string{
		"telecom-2001", "telecom-complaints-2016", "telecom-regulation-2016", "penalties-2021", "reconsideration-2023",
		"reconsideration-rules-2007", "litigation-2017", "civil-procedure-2023", "archives-2020", "house",
	}
	if !slices.Equal(ids, want) {
		t.Errorf("stands on %v", ids)
	}
	r := b.Regime
	if r.Name != "telecom-2001" || r.Version != "2024-01-01" || r.Title.En == "" || r.Title.Zh != "电信服务质量监督管理暂行办法" {
		t.Errorf("name %q, version %q, title %v", r.Name, r.Version, r.Title)
	}
	for _, k := range casefile.Kinds() {
		if r.Kinds[k] == "" {
			t.Errorf("no clause for the kind %s", k)
		}
	}
	for n := 1; n <= 27; n++ {
		if _, ok := r.Clauses["telecom-2001:"+itoa(n)]; !ok {
			t.Errorf("article %d of the measures is missing", n)
		}
	}
}

// The reconsideration law of 2023 and the civil procedure law as amended hold from 2024-01-01;
// before, the measures stood on texts that are not here.
func TestAtKnowsTheDays(t *testing.T) {
	l := load(t)
	for _, c := range []struct {
		name, day, message string
	}{
		{"telecom-2001", "2001-01-10", "regime telecom-2001 on 2001-01-10: not in force"},
		{"telecom-2001", "2023-12-31", "it stands on reconsideration-2023: not in force"},
		{"telecom-1999", "2026-02-02", "regime telecom-1999 on 2026-02-02: not in force"},
		{"house", "2026-02-02", "regime house on 2026-02-02: not in force"},
	} {
		_, err := l.At(c.name, day(t, c.day))
		if !errors.Is(err, regimes.ErrNotInForce) || !strings.Contains(err.Error(), c.message) {
			t.Errorf("At(%s, %s): %v", c.name, c.day, err)
		}
	}
	first, err := l.At("telecom-2001", day(t, "2026-04-01")) // from when decisions are shown for other times
	if err != nil {
		t.Fatal(err)
	}
	if before, err := l.At("telecom-2001", day(t, "2026-03-31")); err != nil || before == first {
		t.Errorf("one bundle before and after (%v)", err)
	}
	later, err := l.At("telecom-2001", day(t, "2031-05-05"))
	if err != nil || first != later {
		t.Errorf("two bundles for days on which the same rules hold (%v)", err)
	}
	if names := l.Names(); !slices.Contains(names, "telecom-2001") || slices.Contains(names, "house") {
		t.Errorf("main regulations: %v", names)
	}
	if n := len(l.Documents()); n < 9 {
		t.Errorf("only %d documents", n)
	}
}

// What every kind's code looks up must be there: a paper without authority could not be entered.
func TestEveryMoveAndDeadlineHasItsClause(t *testing.T) {
	r := telecom(t).Regime
	for _, k := range casefile.Kinds() {
		for _, s := range casefile.Specs(k) {
			rule, ok := r.Moves[s.Key()]
			if _, known := r.Clauses[rule.Cite]; !ok || !known {
				t.Errorf("%s %s rests on %q", s.Class, s.Key(), rule.Cite)
			}
		}
	}
	for _, d := range casefile.Deadlines() {
		if d.Ruled {
			continue // TestPublication
		}
		for _, k := range d.Kinds {
			name := string(k) + "." + d.Name
			term, ok := r.Terms[name]
			if !ok && d.Optional {
				continue
			}
			if _, known := r.Clauses[term.Cite]; !ok || !known || term.Term.Check() != nil {
				t.Errorf("%s is %v by %q", name, term.Term, term.Cite)
			}
			if term.Title.Zh == "" || term.Title.En == "" {
				t.Errorf("%s has no title", name)
			}
			if d.Class == casefile.OwnDuty && term.Roll {
				t.Errorf("%s rolls, but it is our own duty", name)
			}
			if d.Class == casefile.PartyTerm && !term.Roll && d.Name != "suspension" { // which ends on its day, and nothing is to be done within it
				t.Errorf("%s does not roll, but it is a party's term", name)
			}
		}
	}
}

// quoted finds clauses in code, spoken those in comments.
var (
	quoted = regexp.MustCompile(`"((?:[a-z][a-z-]*-[0-9]{4}|house):[a-z0-9-]+)"`)
	spoken = regexp.MustCompile(`\b(telecom|penalties|reconsideration|litigation|civil procedure) ([0-9]+)((?:, [0-9]+)*)`)
	laws   = map[string]string{
		"telecom": "telecom-2001", "penalties": "penalties-2021", "reconsideration": "reconsideration-2023",
		"litigation": "litigation-2017", "civil procedure": "civil-procedure-2023",
	}
)

func TestEveryClauseCitedInTheSourcesExists(t *testing.T) {
	lib, err := regimes.Load()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	err = filepath.WalkDir("..", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && name != ".." && strings.HasPrefix(e.Name(), ".") {
			return filepath.SkipDir
		}
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, cite := range citedIn(string(text)) {
			found++
			if _, ok, _ := lib.HasClause(cite); !ok {
				t.Errorf("%s cites %s, which no document has", name, cite)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 20 {
		t.Errorf("only %d citations found: is this the module?", found)
	}
}

func citedIn(text string) []string {
	var all []string
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	for _, m := range spoken.FindAllStringSubmatch(text, -1) {
		for _, article := range append([]string{m[2]}, strings.Fields(strings.ReplaceAll(m[3], ",", ""))...) {
			all = append(all, laws[m[1]]+":"+article)
		}
	}
	return all
}

func TestParseIsTheInverseOfAt(t *testing.T) {
	b := telecom(t)
	sum := sha256.Sum256(b.Text)
	if b.Regime.Hash != hex.EncodeToString(sum[:]) {
		t.Errorf("hash %s is not that of the text", b.Regime.Hash)
	}
	again, err := regimes.Parse(b.Text)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(again, b.Regime) {
		t.Error("the text gives another regime")
	}
	if other := telecom(t); other.Regime.Hash != b.Regime.Hash || string(other.Text) != string(b.Text) {
		t.Error("loaded twice, hashed differently")
	}
	changed := strings.Replace(string(b.Text), "complaint.answer: {term: 30d", "complaint.answer: {term: 31d", 1)
	mended, err := regimes.Parse([]byte(changed))
	if err != nil {
		t.Fatal(err)
	}
	if mended.Hash == b.Regime.Hash || mended.Terms["complaint.answer"].Term.N != 31 {
		t.Errorf("a changed term left hash %s, term %v", mended.Hash, mended.Terms["complaint.answer"].Term)
	}
}

func TestParseRefuses(t *testing.T) {
	text := string(telecom(t).Text)
	for name, c := range map[string]struct{ text, message string }{
		"nothing":          {"", "empty"},
		"a list":           {"- 1\n", "not the text of a regime"},
		"a header alone":   {"regime: telecom-2001\ninForceFrom: 2024-01-01\n", "no document follows"},
		"no day":           {strings.Replace(text, "inForceFrom: 2024-01-01", "inForceFrom: 2024-13-01", 1), ":2:14: parse day"},
		"another field":    {"more: 1\n" + text, `unknown field "more"`},
		"a bad term":       {strings.Replace(text, "term: 30d", "term: 30x", 1), `parse term "30x"`},
		"a clause gone":    {strings.Replace(text, "\n  \"72\":", "\n  \"172\":", 1), "penalties-2021:72 is no clause"},
		"cut in the midst": {text[:len(text)/2], ""},
	} {
		if _, err := regimes.Parse([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

package regimes

import (
	"errors"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"duban/law/calendar"
)

// with loads the built-in documents, some of them changed (file → from, to), and new ones.
func with(t *testing.T, changes map[string][2]string, added ...string) *Library {
	t.Helper()
	var all []*source
	for _, s := range builtIn() {
		change, ok := changes[s.file]
		if !ok {
			all = append(all, s)
			continue
		}
		text := strings.Replace(string(s.text), change[0], change[1], 1)
		if text == string(s.text) {
			t.Fatalf("nothing changed in %s", s.file)
		}
		all = append(all, single(s.file, []byte(text))...)
	}
	for _, text := range added {
		all = append(all, single("added.yaml", []byte(text))...)
	}
	docs, problems := examine(all)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l, err := shelve(docs)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func at(t *testing.T, l *Library, y int, m time.Month, d int) *Bundle {
	t.Helper()
	b, err := l.At("telecom-2001", calendar.NewDay(y, m, d))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestARuleHoldsOnItsOwnDays(t *testing.T) {
	l := with(t, map[string][2]string{"telecom-2001.yaml": {"terms:\n", `terms:
  complaint.reply:
    term: 8d
    roll: true
    cite: "telecom-2001:16"
    effective: {from: 2026-03-15, to: 2026-06-30}
`}})
	for _, c := range []struct {
		month     time.Month
		day       int
		term, cit string
	}{
		{time.March, 14, "10d", "telecom-complaints-2016:forward"},
		{time.March, 15, "8d", "telecom-2001:16"}, // the main regulation's own rule goes first
		{time.June, 30, "8d", "telecom-2001:16"},
		{time.July, 1, "10d", "telecom-complaints-2016:forward"},
	} {
		b := at(t, l, 2026, c.month, c.day)
		rule := b.Regime.Terms["complaint.reply"]
		if rule.Term.String() != c.term || rule.Cite != c.cit {
			t.Errorf("%s %d: %s by %s", c.month, c.day, rule.Term, rule.Cite)
		}
		if !b.Effective.holds(calendar.NewDay(2026, c.month, c.day)) {
			t.Errorf("%s %d is not within %v", c.month, c.day, b.Effective)
		}
	}
	before, during, after := at(t, l, 2026, time.March, 1), at(t, l, 2026, time.April, 1), at(t, l, 2026, time.August, 1)
	if before.Regime.Hash == during.Regime.Hash || during.Regime.Hash == after.Regime.Hash || before.Regime.Hash == after.Regime.Hash {
		t.Error("runs of days with other rules share a hash")
	}
	if again := at(t, l, 2026, time.April, 30); again != during {
		t.Error("composed again for a day of the same run")
	}
}

func TestALaterTextOfALawTakesOver(t *testing.T) {
	house, err := os.ReadFile("house.yaml")
	if err != nil {
		t.Fatal(err)
	}
	later := strings.NewReplacer("effective: {from: 2024-01-01}", "effective: {from: 2027-01-01}", "complaint.close: {term: 5wd", "complaint.close: {term: 3wd").Replace(string(house))
	l := with(t, map[string][2]string{"house.yaml": {"effective: {from: 2024-01-01}", "effective: {from: 2024-01-01, to: 2026-12-31}"}}, later)
	for day, want := range map[calendar.Day]string{
		calendar.NewDay(2026, time.December, 31): "5wd",
		calendar.NewDay(2027, time.January, 1):   "3wd",
	} {
		b, err := l.At("telecom-2001", day)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Regime.Terms["complaint.close"].Term.String(); got != want {
			t.Errorf("%s: %s", day, got)
		}
	}
}

func TestAGapBetweenTextsIsNotInForce(t *testing.T) {
	l := with(t, map[string][2]string{"house.yaml": {"effective: {from: 2024-01-01}", "effective: {from: 2024-01-01, to: 2026-12-31}"}})
	if _, err := l.At("telecom-2001", calendar.NewDay(2027, time.January, 1)); !errors.Is(err, ErrNotInForce) {
		t.Errorf("house rules ended: %v", err)
	}
}

func TestALibraryIsSafeForConcurrentUse(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			b, err := l.At("telecom-2001", calendar.NewDay(2026, time.May, 5))
			if err != nil {
				t.Error(err)
				return
			}
			if r, err := Parse(b.Text); err != nil || !reflect.DeepEqual(r, b.Regime) {
				t.Errorf("parsed differently: %v", err)
			}
			if err := b.Show(discard{}, "zh"); err != nil {
				t.Error(err)
			}
			for _, d := range l.Documents() {
				if err := d.Show(discard{}, "en"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	l, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	bundle, err := l.At("telecom-2001", calendar.NewDay(2026, time.May, 5))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Parse(bundle.Text); err != nil {
			b.Fatal(err)
		}
	}
}

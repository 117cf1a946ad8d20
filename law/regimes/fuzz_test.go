package regimes_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"duban/law/calendar"
	"duban/law/regimes"
)

// Whatever a file holds, Check answers, and with places inside the file.
func FuzzCheck(f *testing.F) {
	for _, text := range []string{small, "{}", "[]", "a: &a b\nc: *a", "? {a: b}\n: c", "!!map {}", "a: {b: [}", "- |\n x", "<<: {a: b}", "id: 1\nid: 2", "--- \n...\n---\n", "a: .inf", "'': ''", "{", "\"", "%YAML 1.2\n---\nid: x"} {
		f.Add(text)
	}
	for _, name := range []string{city, "tourism-complaints-2026.yaml"} {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add(small + "extends: small-2020\nfiledWith: {level: province, on: 2020-01-01}\nreplaces: small-2020\n")
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 2 // YAML breaks lines at either
		for _, p := range regimes.Check(map[string][]byte{"draft.yaml": []byte(text)}) {
			if p.File == "draft.yaml" && (p.Line < 0 || p.Line > lines || p.Message == "") {
				t.Errorf("%s, but there are %d lines", p, lines)
			}
		}
	})
}

// Whatever a holiday file holds, it is read or its faults are told at places inside it; what is read
// makes a calendar.
func FuzzReadTable(f *testing.F) {
	good := "year: 2026\nplace: CN\nannounced: true\nnotice: [https://www.gov.cn/x]\noff:\n  - {name: 元旦, from: 2026-01-01, to: 2026-01-03}\nwork: [2026-01-04]\n"
	for _, text := range []string{good, "year: 2027\nplace: CN\nannounced: false\n", "year: 2026", "year: !!str 2026", "off: [{name: x}]", "work: 2026-01-04", "year: 1e9", "year: 0x7EA", "---\n---\n", "notice: {a: b}", "? a\n: b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, err := regimes.ReadTable("t.yaml", []byte(text))
		if err == nil {
			if _, err := calendar.New(calendar.Shanghai(), table); err != nil || table.Announced && len(table.Notice) == 0 {
				t.Errorf("%+v was read: %v", table, err)
			}
			return
		}
		var problems regimes.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("no problems, but %v", err)
		}
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 2 // a lone return ends a line of YAML
		for _, p := range problems {
			if p.File != "t.yaml" || p.Line < 0 || p.Line > lines || p.Message == "" {
				t.Errorf("%s, but there are %d lines", p, lines)
			}
		}
	})
}

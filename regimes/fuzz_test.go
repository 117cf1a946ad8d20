package regimes_test

import (
	"os"
	"strings"
	"testing"

	"duban/regimes"
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

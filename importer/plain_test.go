package importer

import (
	"fmt"
	"strings"
	"testing"
)

// A map of 700 bytes whose merges double with each line, or one that is nested without end, is
// refused before it is read.
func TestMapsAreWrittenOut(t *testing.T) {
	merges := "a0: &a0 {x: y}\n"
	for i := range 40 {
		merges += fmt.Sprintf("a%d: &a%d {<<: [*a%d, *a%d]}\n", i+1, i+1, i, i)
	}
	for because, text := range map[string]string{
		"line 1: anchors, aliases":      merges,
		"line 2: anchors, aliases, tag": "source: x\nexternalId: !a x\n",
		"line 1: nested deeper":         "source: " + strings.Repeat("[", 100_000),
		"line 66: nested deeper":        "source:\n" + strings.Repeat("[\n", 80_000),
		"line 3: nested deeper":         "source:\n\n" + strings.Repeat("- ", 100_000),
		"longer than 256 KB":            strings.Repeat("# a map\n", 40_000),
	} {
		if _, err := parseMapping([]byte(text), ""); err == nil || !strings.Contains(err.Error(), because) {
			t.Errorf("%s: %v", because, err)
		}
		if _, err := parseHistoryMap([]byte(text)); err == nil || !strings.Contains(err.Error(), because) {
			t.Errorf("%s: %v", because, err)
		}
	}
	many := "source: x\nexternalId: {column: a, values: {"
	for i := range 2000 {
		many += fmt.Sprintf("a%d: b, ", i)
	}
	if err := onlyDocument([]byte(many+"}}\n"), &mapping{}); err != nil {
		t.Errorf("a long table of values: %v", err)
	}
}

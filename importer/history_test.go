package importer

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const testHistoryMap = `
source: old
dateLayouts: [2006-01-02]
operators: {file: firms.csv, fields: {id: {column: id}, name: {column: name}}}
inspections:
  file: visits.csv
  fields: {id: {column: id}, operator: {column: firm}, day: {column: day}, cause: {column: cause}}
findings:
  file: found.csv
  fields: {operator: {column: firm}, day: {column: day}, requirement: {column: what}}
`

// testHistory has a re-inspection above what it follows, a visit of nobody known, a row twice, and a
// finding without a visit.
var testHistory = map[string]string{
	"firms.csv":  "id,name\nf1,One\nf2,Two\n",
	"visits.csv": "id,firm,day,cause\nv2,f1,2015-02-01,re-inspection\nv1,f1,2015-01-05,planned\nv3,f2,2015-01-05,complaint\nv4,f9,2015-01-05,planned\nv3,f2,2015-01-05,complaint\nv3,f2,2015-01-06,complaint\n",
	"found.csv":  "firm,day,what\nf1,2015-01-05,a\nf1,2015-01-05,b\nf1,2015-02-01,a\nf2,2014-01-01,a\n",
}

// folder holds files, changed by pairs of old and new.
func folder(t *testing.T, files map[string]string, change ...string) string {
	t.Helper()
	dir := t.TempDir()
	changed := strings.NewReplacer(change...)
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(changed.Replace(text)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func historyOf(t *testing.T, k *registry, dry bool, m, dir string) (HistoryTally, string, string) {
	t.Helper()
	told := &bytes.Buffer{}
	j := Job{Map: write(t, "map.yaml", m), Rejected: filepath.Join(t.TempDir(), "rejected"), AtOnce: 4, Door: k.door(t, dry), Out: told, Now: time.Now}
	counts, err := j.Inspections(t.Context(), dir)
	if err != nil {
		t.Fatalf("%v\n%s", err, told)
	}
	return counts, told.String(), j.Rejected
}

// The dry run says of each row what the real run does; the real run done again files nothing.
func TestInspections(t *testing.T) {
	k := &registry{operators: map[string]bool{}}
	dir := folder(t, testHistory)
	for i, c := range []struct {
		dry    bool
		visits [4]int
		found  [4]int
	}{{true, [4]int{6, 3, 1, 2}, [4]int{4, 3, 0, 1}}, {false, [4]int{6, 3, 1, 2}, [4]int{4, 3, 0, 1}}, {true, [4]int{6, 0, 4, 2}, [4]int{4, 0, 3, 1}}, {false, [4]int{6, 0, 4, 2}, [4]int{4, 0, 3, 1}}} {
		counts, told, rejected := historyOf(t, k, c.dry, testHistoryMap, dir)
		if became(counts.Inspections) != c.visits || became(counts.Findings) != c.found || became(counts.Operators) != [4]int{2, 2, 0, 0} {
			t.Errorf("run %d: %+v\n%s", i, counts, told)
		}
		if want := "visits.csv, line 5: unknown-operator: no (operator)\nvisits.csv, line 7: the id v3 stands on line 4 already, with other content\nfound.csv, line 5: no inspection of that operator on that day\n"; told != want {
			t.Errorf("run %d told\n%s", i, told)
		}
		if got := readFile(t, filepath.Join(rejected, "visits.csv")); got != "duban:line,duban:reason,id,firm,day,cause\n5,unknown-operator: no (operator),v4,f9,2015-01-05,planned\n7,\"the id v3 stands on line 4 already, with other content\",v3,f2,2015-01-06,complaint\n" {
			t.Errorf("run %d rejects\n%s", i, got)
		}
	}
	if v1, v2 := k.filed["inspections/v1"], k.filed["inspections/v2"]; v2["case"] != "case-inspections/v1" || len(v1["items"].([]any)) != 2 || v1["imported"] != true {
		t.Errorf("filed %v, %v", v1, v2)
	}
}

// An inspection of which a finding is rejected waits for it: mended in the folder of rejected rows,
// both go in together, under the same map, though the operator is in the first folder only.
func TestInspectionsWaitForTheirFindings(t *testing.T) {
	k := &registry{operators: map[string]bool{}}
	m := strings.Replace(testHistoryMap, "{column: what}", "{column: what, values: {a: a, b: b}}", 1)
	counts, told, rejected := historyOf(t, k, false, m, folder(t, testHistory, "05,b\n", "05,bb\n"))
	if became(counts.Inspections) != [4]int{6, 2, 1, 3} || became(counts.Findings) != [4]int{4, 1, 0, 3} || k.filed["inspections/v1"] != nil {
		t.Errorf("%+v\n%s", counts, told)
	}
	for _, want := range []string{
		"visits.csv, line 3: a finding of that day was rejected (line 3 of found.csv)\n", "found.csv, line 2: its inspection was rejected\n",
		"found.csv, line 3: requirement: \"bb\" is not in the table, which has no default\n",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not among\n%s", want, told)
		}
	}
	again := map[string]string{}
	for name := range testHistory {
		again[name] = readFile(t, filepath.Join(rejected, name))
	}
	counts, told, _ = historyOf(t, k, false, m, folder(t, again, "05,bb\n", "05,b\n"))
	if became(counts.Inspections) != [4]int{3, 1, 0, 2} || became(counts.Findings) != [4]int{3, 2, 0, 1} || len(k.filed["inspections/v1"]["items"].([]any)) != 2 {
		t.Errorf("mended: %+v\n%s", counts, told)
	}
}

// Where two inspections of an operator fall on one day, a finding names its own; one that names none
// is given to the first only if the map says so.
func TestTwoInspectionsOnADay(t *testing.T) {
	files := map[string]string{
		"firms.csv":  "id,name\nf1,One\n",
		"visits.csv": "id,firm,day,cause\nv1,f1,2015-01-05,planned\nv2,f1,2015-01-05,re-inspection\n",
		"found.csv":  "firm,day,what,visit\nf1,2015-01-05,a,v1\nf1,2015-01-05,b,v2\n",
	}
	items := func(k *registry, id string) string {
		var all []string
		list, _ := k.filed["inspections/"+id]["items"].([]any)
		for _, x := range list {
			all = append(all, x.(map[string]any)["requirement"].(string))
		}
		return strings.Join(all, " ")
	}
	named := strings.Replace(testHistoryMap, "requirement:", "inspection: {column: visit, optional: true}, requirement:", 1)
	k := &registry{operators: map[string]bool{}}
	if counts, told, _ := historyOf(t, k, false, named, folder(t, files)); counts.Rejected() != 0 || items(k, "v1") != "a" || items(k, "v2") != "b" {
		t.Errorf("%+v\n%s", counts, told)
	}
	k = &registry{operators: map[string]bool{}}
	counts, told, _ := historyOf(t, k, false, named, folder(t, files, "a,v1", "a,", "b,v2", "b,v7"))
	if counts.Inspections.Rejected != 2 || counts.Findings.Rejected != 2 || len(k.filed) != 0 {
		t.Errorf("%+v", counts)
	}
	for _, want := range []string{"line 2: 2 inspections of that operator fall on that day (lines 2 and 3)", "line 3: no inspection v7 of that operator on that day"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not among\n%s", want, told)
		}
	}
	first := strings.Replace(testHistoryMap, "  file: found.csv", "  file: found.csv\n  sameDay: first", 1)
	if counts, told, _ := historyOf(t, k, false, first, folder(t, files)); counts.Rejected() != 0 || items(k, "v1") != "a b" || items(k, "v2") != "" {
		t.Errorf("%+v\n%s", counts, told)
	}
}

// Findings may stand in the file of the inspections, several to a cell, and ids may be made of columns.
func TestSeveralFindingsToACell(t *testing.T) {
	const m = `
source: old
operators: {file: all.csv, fields: {id: {hash: [firm]}, name: {column: firm}}}
inspections:
  file: all.csv
  fields: {id: {hash: [firm, day, no]}, operator: {hash: [firm]}, day: {column: day}}
findings:
  file: all.csv
  fields:
    inspection: {hash: [firm, day, no]}
    operator: {hash: [firm]}
    day: {column: day}
    requirement: {column: what, separator: ";", values: {a: ra, b: rb}, optional: true}
    evidence: {column: seen, separator: ";", optional: true}
`
	files := map[string]string{"all.csv": "firm,day,no,what,seen\n甲店,2015-01-05,1,a; b;,p1;p2\n甲店,2015-01-05,2,,\n乙店,2015-01-05,1,b,p3\n丙店,2015-01-05,1,a;b;a,p1;p2\n丁店,2015-01-05,1,c,\n"}
	k := &registry{operators: map[string]bool{}}
	counts, told, rejected := historyOf(t, k, false, m, folder(t, files))
	if became(counts.Inspections) != [4]int{5, 3, 0, 2} || became(counts.Operators) != [4]int{5, 4, 1, 0} || became(counts.Findings) != [4]int{5, 3, 0, 2} {
		t.Errorf("%+v\n%s", counts, told)
	}
	for _, want := range []string{"3 requirements, but 2 pieces of evidence", `"c" is not in the table`} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not among\n%s", want, told)
		}
	}
	if text := readFile(t, filepath.Join(rejected, "all.csv")); strings.Count(text, "\n") != 3 {
		t.Errorf("rejected\n%s", text)
	}
	total := 0
	for id, body := range k.filed {
		list, _ := body["items"].([]any)
		total += len(list)
		if len(list) == 2 && (list[0].(map[string]any)["requirement"] != "ra" || list[1].(map[string]any)["evidence"] != "p2") {
			t.Errorf("%s: %v", id, list)
		}
	}
	if total != 3 {
		t.Errorf("%d findings came in", total)
	}
}

func TestHistoryMapsThatAreWrong(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"same day":      {"  file: found.csv", "  file: found.csv\n  sameDay: last", "sameDay"},
		"not here":      {"  file: visits.csv", "  file: visits.csv\n  sameDay: first", "sameDay"},
		"several days":  {"day: {column: day}, requirement", "day: {column: day, separator: ';'}, requirement", "separator is for"},
		"optional need": {"name: {column: name}", "name: {column: name, optional: true}", "can't be optional"},
		"source":        {"source: old", "source: the old one", "source"},
		"outside":       {"file: visits.csv", "file: ../visits.csv", "within the folder"},
		"field":         {"{column: what}}", "{column: what}, colour: {column: c}}", "colour"},
	} {
		text := strings.Replace(testHistoryMap, c.from, c.to, 1)
		if text == testHistoryMap {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := parseHistoryMap([]byte(text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

package command

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duban/importer"
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

// testHistory has a re-inspection above what it follows, a visit of nobody known, and a finding
// without a visit.
var testHistory = map[string]string{
	"firms.csv":  "id,name\nf1,One\nf2,Two\n",
	"visits.csv": "id,firm,day,cause\nv2,f1,2015-02-01,re-inspection\nv1,f1,2015-01-05,planned\nv3,f2,2015-01-05,complaint\nv4,f9,2015-01-05,planned\n",
	"found.csv":  "firm,day,what\nf1,2015-01-05,a\nf1,2015-01-05,b\nf1,2015-02-01,a\nf2,2014-01-01,a\n",
}

// archive is an API that keeps imported inspections by their external id.
func archive(t *testing.T) (url string, filed map[string]map[string]any) {
	t.Helper()
	filed = map[string]map[string]any{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Method == http.MethodPut {
			fmt.Fprint(w, `{"id":"f","name":"F"}`)
			return
		}
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			problemAs(w, http.StatusBadRequest, "bad-body")
			return
		}
		id := body["externalId"].(string)
		_, again := filed[id]
		filed[id] = body
		w.WriteHeader(http.StatusCreated)
		fmt.Fprintf(w, `{"paper":"p","case":"case-%s","kind":"inspection","number":"LN-I-2026-000001","received":"2026-03-02T09:00:00+08:00","again":%v}`, id, again)
	}))
	t.Cleanup(server.Close)
	return server.URL, filed
}

func TestImportOfInspectionsMayRunAgain(t *testing.T) {
	url, filed := archive(t)
	folder := t.TempDir()
	for name, text := range testHistory {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{
		"import", "inspections", folder, "--map", write(t, "map.yaml", testHistoryMap), "--api", url,
		"--key-file", write(t, "key", "the-import-key\n"), "--concurrency", "1", "--json",
	}
	for i, want := range []struct{ filed, existing, found, foundBefore int }{{3, 0, 3, 0}, {0, 3, 0, 3}} {
		got := run(t, args...)
		var counts importer.HistoryTally
		if err := json.Unmarshal([]byte(got.out), &counts); err != nil {
			t.Fatalf("%v: %s%s", err, got.out, got.err)
		}
		v, f := counts.Inspections, counts.Findings
		if got.status != exitFound || v.Rows != 4 || v.Filed != want.filed || v.Existing != want.existing || v.Rejected != 1 {
			t.Errorf("run %d: status %d, inspections %+v\n%s", i+1, got.status, v, got.err)
		}
		if f.Rows != 4 || f.Filed != want.found || f.Existing != want.foundBefore || f.Rejected != 1 {
			t.Errorf("run %d: findings %+v", i+1, f)
		}
		if !strings.Contains(got.err, "no inspection of that operator on that day") {
			t.Errorf("run %d: reasons %s", i+1, got.err)
		}
	}
	if filed["v2"]["case"] != "case-v1" || len(filed["v1"]["items"].([]any)) != 2 || filed["v1"]["imported"] != true {
		t.Errorf("filed %v", filed)
	}
}

package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/command"
	"duban/law/casefile"
	"duban/register"
)

const historyMap = `
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

// The first run rejects two of four visits: one that can't be read, one that the API refuses. The
// second, with the file mended, files these two, and the re-inspections behind them are linked to
// them; a third changes nothing.
func TestAMendedImportFilesAndLinksWhatWasMissing(t *testing.T) {
	h := newHouse(t)
	folder := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	visits := func(day, cause string) {
		put("visits.csv", "id,firm,day,cause\nv1,f1,2015-01-05,planned\nv2,f1,"+day+",re-inspection\nv3,f1,2015-03-01,re-inspection\nv4,f2,2015-01-05,"+cause+"\nv5,f2,2015-02-01,re-inspection\n")
	}
	put("firms.csv", "id,name\nf1,One\nf2,Two\n")
	put("found.csv", "firm,day,what\nf1,2015-01-05,a\n")
	type counts struct{ Filed, Existing, Rejected int }
	run := func() (inspections counts, rate float64) {
		t.Helper()
		var out, errs bytes.Buffer
		command.Main(t.Context(), command.Terminal{Out: &out, Err: &errs}, "import", "inspections", folder, "--map", put("map.yaml", historyMap),
			"--api", h.url, "--key-file", put("key", h.keys["import"]), "--concurrency", "1", "--json")
		var told struct {
			Inspections counts
			Findings    struct {
				Rate float64 `json:"rowsPerSecond"`
			}
		}
		require.NoError(t, json.Unmarshal(out.Bytes(), &told), "%s%s", &out, &errs)
		return told.Inspections, told.Findings.Rate
	}
	source := func(id string) string {
		t.Helper()
		pinned, err := h.register.Regimes(t.Context())
		require.NoError(t, err)
		r, err := h.register.File(t.Context(), register.Filing{ // who names an id that was imported is given its receipt
			Kind: casefile.Inspection, Authority: guangdong, Operator: "f1", Key: "look " + id, External: &register.External{Source: "old", ID: id}, Regime: pinned[0],
		})
		require.NoError(t, err)
		require.True(t, r.Existing, id)
		h.settled(r.Case)
		_, c, err := h.register.CaseByID(t.Context(), r.Case)
		require.NoError(t, err)
		require.LessOrEqual(t, len(c.Links), 1, id)
		if len(c.Links) == 0 {
			return r.Case + " follows nothing"
		}
		return r.Case + " follows " + c.Links[0].Case
	}
	caseOf := func(id string) (out string) {
		_, err := fmt.Sscanf(source(id), "%s", &out)
		require.NoError(t, err)
		return out
	}
	visits("one day", "nothing")
	first, rate := run()
	require.Equal(t, counts{3, 0, 2}, first)
	require.Positive(t, rate)
	require.Equal(t, caseOf("v3")+" follows "+caseOf("v1"), source("v3"), "all that was there")
	require.Equal(t, caseOf("v5")+" follows nothing", source("v5"))
	visits("2015-02-01", "planned")
	for i, want := range []counts{{2, 3, 0}, {0, 5, 0}} {
		got, _ := run()
		require.Equal(t, want, got, "run %d", i+2)
		require.Equal(t, caseOf("v2")+" follows "+caseOf("v1"), source("v2"))
		require.Equal(t, caseOf("v3")+" follows "+caseOf("v2"), source("v3"))
		require.Equal(t, caseOf("v5")+" follows "+caseOf("v4"), source("v5"))
	}
	verified, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, verified.Violations)
}

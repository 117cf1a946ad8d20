package api_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/stretchr/testify/require"

	"duban/api/client"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

var update = flag.Bool("update", false, "write testdata anew")

func init() {
	openapi3filter.RegisterBodyDecoder("application/jsonl", openapi3filter.PlainBodyDecoder)
}

// A file as Excel is to open it: Chinese, formulas, quotation marks, two lines, a list of words.
func TestCSV(t *testing.T) {
	h := newHouse(t)
	for id, o := range map[string]register.Operator{
		"a": {Name: "辽海电信", Types: []string{"mobile", "fixed"}, Province: liaoning},
		"b": {Name: `=HYPERLINK("http://example.com","退款")`, Phone: "+86 24 1234", Licence: "@SUM(A1)"},
		"c": {Name: "第一行\n第二行", Address: "他说“不退”, \"永不\""},
		"d": {Name: "-1", Licence: "＝1+1", Address: "\t=1", Email: "\r=1"},
	} {
		o.ID = id
		require.NoError(t, h.register.PutOperator(t.Context(), o))
	}
	r := h.do(request{method: "GET", path: "/v1/operators?format=csv", as: "officer"})
	require.Equal(t, 200, r.status, "%s", r.raw)
	require.Equal(t, `attachment; filename="operators.csv"`, r.header.Get("Content-Disposition"))
	require.Equal(t, "text/csv; charset=utf-8; header=present", r.header.Get("Content-Type"))
	const golden = "testdata/operators.golden.csv"
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, r.raw, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(r.raw))
	require.True(t, bytes.HasPrefix(r.raw, []byte("\xEF\xBB\xBFid,name,")), "Excel knows UTF-8 by its mark")
	require.Equal(t, bytes.Count(r.raw, []byte("\n")), bytes.Count(r.raw, []byte("\r\n")), "lines end with CR LF")
	for _, row := range h.rows(r.raw)[1:] {
		for _, cell := range row {
			require.NotContains(t, "=+-@\t\r＝", (cell + "x")[:1], "a formula: %q", cell)
		}
	}
	require.Equal(t, r.raw, h.do(request{method: "GET", path: "/v1/operators", as: "officer", header: map[string]string{"Accept": "text/csv"}}).raw)
}

// rows reads CSV as a spreadsheet would.
func (h *house) rows(raw []byte) [][]string {
	h.Helper()
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF")))).ReadAll()
	require.NoError(h, err)
	return rows
}

// Every list comes in every format, with as many items in each, and with the same filters and
// rights.
func TestEveryListIsAFile(t *testing.T) {
	h := newHouse(t)
	id, _, _ := h.filed()
	h.act("officer", "/v1/complaints/"+id+"/accept", nil)
	h.filed()
	plan := h.planned()
	for path, want := range map[string]int{
		"/v1/cases": 2, "/v1/complaints": 2, "/v1/appeals": 0, "/v1/cases?state=accepted": 1, "/v1/cases?limit=1": 1, "/v1/cases/" + id + "/ledger": 2,
		"/v1/cases/" + id + "/ledger?after=1": 1, "/v1/cases/" + id + "/papers": 1, "/v1/authorities": 3, "/v1/operators": 2, "/v1/officers": 4, "/v1/regimes": 2,
		"/v1/cards": 2, "/v1/cards?officer=li": 1, "/v1/plans": 1, "/v1/plans/" + plan + "/occurrences": 1, "/v1/alerts": 1, "/v1/standards": 8,
		"/v1/self-checks?operator=" + operator: 1, "/v1/draws": 2, "/v1/draws?limit=1": 1, "/v1/operators/" + operator + "/cooperation": 0,
	} {
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		page := h.do(request{method: "GET", path: path + join + "format=json", as: "officer"})
		require.Equal(t, 200, page.status, "%s: %s", path, page.raw)
		items := page.json["items"].([]any)
		require.Len(t, items, want, path)

		table := h.do(request{method: "GET", path: path + join + "format=csv", as: "officer"})
		rows := h.rows(table.raw)
		require.Len(t, rows, want+1, "%s: %s", path, table.raw)
		require.NotEmpty(t, rows[0], "the columns are named even where there is no row")

		lines := h.do(request{method: "GET", path: path, as: "officer", header: map[string]string{"Accept": "application/jsonl"}})
		require.Equal(t, "application/jsonl; charset=utf-8", lines.header.Get("Content-Type"))
		var got []any
		for scan := bufio.NewScanner(bytes.NewReader(lines.raw)); scan.Scan(); {
			var item any
			require.NoError(t, json.Unmarshal(scan.Bytes(), &item))
			got = append(got, item)
		}
		if want > 0 {
			require.Equal(t, items, got, path)
		}
	}
}

// planned leaves something in the lists of plans, self-checks, cards and draws; it gives a plan with
// one check that was missed, and so with an alert.
func (h *house) planned() string {
	h.Helper()
	ctx := h.Context()
	require.NoError(h, h.register.PutOperator(ctx, register.Operator{ID: operator, Name: "经营者" + operator, Province: guangdong, Types: []string{"fixed"}}))
	for _, id := range []string{"li", "wang"} {
		require.NoError(h, h.register.PutOfficer(ctx, register.Officer{ID: id, Authority: guangdong, Role: casefile.RoleOfficer, Name: id}))
		require.NoError(h, h.register.PutCard(ctx, casefile.Card{
			Number: "c-" + id, Officer: id, Kind: casefile.InspectionCard, Level: "province", From: calendar.NewDay(2026, 1, 1), Until: calendar.NewDay(2026, 12, 31),
		}))
	}
	r := h.post("operator", "/v1/self-checks", map[string]any{"day": "2026-03-01", "inspector": "c-1", "faults": 0})
	require.Equal(h, 201, r.status, "%s", r.raw)
	for range 2 {
		r = h.post("officer", "/v1/draws", map[string]any{"types": []string{"fixed"}, "want": 1, "cap": 1, "cites": []map[string]any{{"clause": "telecom-2001:8"}}})
		require.Equal(h, 201, r.status, "%s", r.raw)
	}
	r = h.post("officer", "/v1/plans", map[string]any{"year": 2026, "cadence": "daily", "operators": []string{operator}})
	require.Equal(h, 201, r.status, "%s", r.raw)
	plan := r.json["id"].(string)
	h.on("2026-03-03", plan)
	return plan
}

func TestWhoGetsAFile(t *testing.T) {
	h := newHouse(t)
	mine, _, _ := h.filed()
	body := complaint()
	body["operator"] = otherOperator
	other := h.do(request{method: "POST", path: "/v1/complaints", body: body, header: map[string]string{"Prefer": "wait=5"}}).json["case"].(string)
	plan := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "complaint", "text": "用户多次投诉。"}, header: map[string]string{"Prefer": "wait=5"}}).json["case"].(string)
	for _, f := range []string{"csv", "jsonl"} {
		own := string(h.do(request{method: "GET", path: "/v1/cases?format=" + f, as: "operator"}).raw)
		require.Contains(t, own, mine)
		require.NotContains(t, own, other, "another's")
		require.NotContains(t, own, plan, "not yet told of")
		all := string(h.do(request{method: "GET", path: "/v1/cases?format=" + f, as: "officer"}).raw)
		require.Contains(t, all, other)
		require.Contains(t, all, plan)
		require.Equal(t, 401, h.do(request{method: "GET", path: "/v1/cases?format=" + f}).status)
		require.Equal(t, 404, h.do(request{method: "GET", path: "/v1/cases/" + other + "/ledger?format=" + f, as: "operator"}).status)
		require.NotContains(t, string(h.do(request{method: "GET", path: "/v1/operators?format=" + f, as: "operator"}).raw), otherOperator+"@example.com")
	}
}

func TestFormats(t *testing.T) {
	h := newHouse(t)
	for accept, want := range map[string]string{
		"": "application/json", "*/*": "application/json", "application/*": "application/json", "text/csv": "text/csv", "text/*": "text/csv",
		"application/jsonl": "application/jsonl", "application/json;q=0.5, text/csv;q=0.9": "text/csv", "*/*, text/csv": "text/csv",
		"text/html, */*;q=0.1": "application/json", "application/json;q=0, */*": "text/csv", "text/csv;q=0": "", "text/html": "", "application/xml": "",
	} {
		r := h.do(request{method: "GET", path: "/v1/authorities", header: map[string]string{"Accept": accept}})
		if want == "" {
			require.Equal(t, 406, r.status, accept)
			require.Equal(t, "unknown-format", r.json["code"])
			continue
		}
		require.Equal(t, 200, r.status, "%s: %s", accept, r.raw)
		require.True(t, strings.HasPrefix(r.header.Get("Content-Type"), want), "%s: %s", accept, r.header.Get("Content-Type"))
		require.Contains(t, r.header.Values("Vary"), "Accept")
	}
	require.Equal(t, 406, h.do(request{method: "GET", path: "/v1/authorities?format=xlsx"}).status)
	require.Equal(t, 406, h.do(request{method: "GET", path: "/v1/cases?format=xml", as: "officer"}).status)
	require.Equal(t, 200, h.do(request{method: "GET", path: "/v1/authorities?format=csv", header: map[string]string{"Accept": "text/html"}}).status, "the parameter decides")
	require.Equal(t, "unknown-parameter", h.do(request{method: "GET", path: "/v1/deadline?from=2026-03-02&term=3d&format=csv"}).json["code"])
}

// The generated client gives a file as it is.
func TestFileThroughTheClient(t *testing.T) {
	h := newHouse(t)
	h.filed()
	c, err := client.NewClient(h.url)
	require.NoError(t, err)
	jsonl := client.Format("jsonl")
	res, err := c.ListCases(t.Context(), &client.ListCasesParams{Format: &jsonl}, func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+h.keys["officer"])
		return nil
	})
	require.NoError(t, err)
	defer func() { require.NoError(t, res.Body.Close()) }()
	var line client.CaseLine
	require.NoError(t, json.NewDecoder(res.Body).Decode(&line))
	require.Equal(t, "宽带多收费", line.Subject)
}

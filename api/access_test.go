package api_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/require"
)

const accessFile = "testdata/access.txt"

// asker is a caller of the matrix; header is set where it shows a receipt instead of a key.
type asker struct {
	name, as string
	header   map[string]string
}

// matter is a case of the matrix.
type matter struct{ name, kind, id, paper string }

// Every operation, asked by everybody about cases of every kind that they may and may not know of.
// The file is the one table of who may do what over HTTP: a letter for each asker, in the order of its
// head. A line that changes is a right that changes.
func TestAccessMatrix(t *testing.T) {
	h := newHouse(t)
	matters, askers := h.matrix()
	doc, err := openapi3.NewLoader().LoadFromFile("openapi.yaml")
	require.NoError(t, err)
	h.desk.away.Store(true) // papers that are taken wait, and no case moves

	var lines []string
	cells := 0
	for _, path := range doc.Paths.InMatchingOrder() {
		operations := doc.Paths.Value(path).Operations()
		for _, method := range slices.Sorted(maps.Keys(operations)) {
			op := operations[method]
			if strings.HasPrefix(path, "/dev/") {
				continue
			}
			for _, m := range about(path, matters) {
				line := ""
				for _, a := range askers {
					r := request{method: method, as: a.as, header: map[string]string{"If-Match": `"999999"`}} // an act that may be asked is stale
					r.path = strings.NewReplacer("{id}", m.id, "{paper}", m.paper, "{number}", "LN-C-2026-000009", "{name}", "telecom-2001", "{year}", "2026", "{standard}", "telecom-indicators").Replace(path)
					for k, v := range a.header {
						r.header[k] = v
					}
					sampleParameters(op, &r)
					if op.RequestBody != nil {
						r.body = sample(op.RequestBody.Value.Content.Get("application/json").Schema.Value)
					}
					line += letter(t, h.do(r), r)
					cells++
				}
				lines = append(lines, fmt.Sprintf("%-6s %-62s %-20s %s", method, path, m.name, line))
			}
		}
	}
	slices.Sort(lines)
	var head []string
	for _, a := range askers {
		head = append(head, a.name)
	}
	text := "# . may   - needs a key   x not for you   o there is no such thing\n# " + strings.Join(head, ", ") + "\n" + strings.Join(lines, "\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile(accessFile, []byte(text), 0o644))
	}
	want, err := os.ReadFile(accessFile)
	require.NoError(t, err)
	for _, line := range missing(string(want), text) {
		t.Errorf("no more so: %s", line)
	}
	for _, line := range missing(text, string(want)) {
		t.Errorf("now so:     %s", line)
	}
	t.Logf("%d cells", cells)
}

// missing are the lines of one text that another lacks.
func missing(of, in string) []string {
	there := strings.Split(in, "\n")
	return slices.DeleteFunc(strings.Split(of, "\n"), func(line string) bool { return slices.Contains(there, line) })
}

// letter is what an answer says of the right to ask.
func letter(t *testing.T, r reply, q request) string {
	t.Helper()
	switch r.status {
	case 401:
		return "-"
	case 403:
		return "x"
	case 404, 429: // too many wrong pins
		return "o"
	case 200, 201, 202, 204, 400, 409, 412, 422:
		return "."
	}
	if r.status == 503 && strings.HasSuffix(q.path, "z") {
		return "."
	}
	t.Fatalf("%s %s as %q: %d %s", q.method, q.path, q.as, r.status, r.raw)
	return ""
}

// about chooses the cases that an operation can be asked about.
func about(path string, all []matter) []matter {
	if !strings.Contains(path, "{id}") {
		return []matter{{name: "-", id: "-"}}
	}
	var out []matter
	for _, m := range all {
		if strings.HasPrefix(path, "/v1/cases/") || strings.HasPrefix(path, "/v1/"+m.kind+"s/") {
			out = append(out, m)
		}
	}
	switch {
	case strings.HasPrefix(path, "/v1/operators/"):
		return []matter{{name: "operator", id: operator}}
	case strings.HasPrefix(path, "/v1/authorities/"), strings.HasPrefix(path, "/v1/officers/"):
		return []matter{{name: "new", id: "new"}}
	case strings.HasPrefix(path, "/v1/standards/"):
		return []matter{{name: "standard", id: "telecom-indicators"}}
	case len(out) == 0:
		return []matter{{name: "unknown", id: noCase}}
	}
	return out
}

// matrix plays the cases that the matrix asks about.
func (h *house) matrix() ([]matter, []asker) {
	h.Helper()
	id, number, pin := h.filed()
	other := complaint()
	other["operator"] = otherOperator
	theirs := h.do(request{method: "POST", path: "/v1/complaints", body: other, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(h, 201, theirs.status)
	declined := h.act("officer", "/v1/complaints/"+theirs.json["case"].(string)+"/decline", map[string]any{"ground": h.ground("complaint.decline"), "reasons": "超过期限"})
	appeal := h.do(request{method: "POST", path: "/v1/appeals", body: map[string]any{
		"contestedCase": theirs.json["case"], "contested": declined.json["entry"].(map[string]any)["seq"], "applicant": "complainant", "text": "不服。",
	}, header: map[string]string{"Duban-Receipt": theirs.json["number"].(string), "Duban-Pin": theirs.json["pin"].(string), "Prefer": "wait=5"}})
	require.Equal(h, 201, appeal.status, "%s", appeal.raw)

	opened := h.act("officer", "/v1/complaints/"+id+"/open-enforcement", map[string]any{
		"violation": h.violationBy("order-then-sanction"), "requirement": "yd-t-1", "periodFrom": "2026-01-01", "periodTo": "2026-01-31", "reasons": "涉嫌违法。",
	})
	enforcement := opened.json["entry"].(map[string]any)["sends"].([]any)[0].(map[string]any)["case"].(string)
	h.carded("2099-12-31")
	at := "/v1/enforcements/" + enforcement
	require.Eventually(h, func() bool { return h.do(request{method: "GET", path: at, as: "officer"}).json["state"] == "opened" }, 5*time.Second, 10*time.Millisecond)
	h.act("officer", at+"/establish", map[string]any{"officers": []string{"li", "wang"}, "breach": true, "harm": true, "text": "属实。"})
	h.act("officer", at+"/order", map[string]any{"term": "15d", "reasons": "整改。"})
	untold := h.do(request{method: "POST", path: "/v1/enforcements", as: "officer", body: map[string]any{
		"violation": h.violation(), "requirement": "yd-t-2", "periodFrom": "2026-01-01", "periodTo": "2026-01-31", "operator": operator,
	}, header: map[string]string{"Prefer": "wait=5"}})
	require.Equal(h, 201, untold.status, "%s", untold.raw)

	visit := func() string {
		r := h.do(request{method: "POST", path: "/v1/inspections", as: "officer", body: map[string]any{"operator": operator, "cause": "complaint", "text": "用户多次投诉。"}, header: map[string]string{"Prefer": "wait=5"}})
		require.Equal(h, 201, r.status, "%s", r.raw)
		return r.json["case"].(string)
	}
	planned, started := visit(), visit()
	h.act("head", "/v1/inspections/"+started+"/approve", nil)
	team := map[string]any{"officers": []string{"li", "wang"}}
	h.act("officer", "/v1/inspections/"+started+"/appoint", team)
	team["on"], team["shown"] = "2026-03-02", true
	h.act("officer", "/v1/inspections/"+started+"/start", team)

	matters := []matter{
		{"complaint", "complaint", id, ""},
		{"other's complaint", "complaint", theirs.json["case"].(string), ""},
		{"enforcement told", "enforcement", enforcement, ""},
		{"enforcement untold", "enforcement", untold.json["case"].(string), ""},
		{"inspection planned", "inspection", planned, ""},
		{"inspection started", "inspection", started, ""},
		{"other's appeal", "appeal", appeal.json["case"].(string), ""},
	}
	for i, m := range matters {
		papers := h.do(request{method: "GET", path: "/v1/cases/" + m.id + "/papers", as: "admin"})
		matters[i].paper = papers.json["items"].([]any)[0].(map[string]any)["id"].(string)
	}
	receipt := func(number, pin any) map[string]string {
		return map[string]string{"Duban-Receipt": number.(string), "Duban-Pin": pin.(string)}
	}
	askers := []asker{{name: "public"}, {"receipt", "", receipt(number, pin)}, {"other receipt", "", receipt(theirs.json["number"], theirs.json["pin"])}}
	for _, as := range []string{"operator", "other operator", "officer", "colleague", "reviewer", "head", "stranger", "superior", "admin", "import"} {
		askers = append(askers, asker{name: as, as: as})
	}
	return matters, askers
}

// sampleParameters fills in what an operation needs in its query and its headers.
func sampleParameters(op *openapi3.Operation, r *request) {
	var query []string
	for _, p := range op.Parameters {
		switch p := p.Value; {
		case !p.Required:
		case p.In == "query":
			query = append(query, p.Name+"="+fmt.Sprint(sample(p.Schema.Value)))
		case p.In == "header" && r.header[p.Name] == "" && p.Name != "Idempotency-Key":
			r.header[p.Name] = "00000000"
		}
	}
	if len(query) > 0 {
		r.path += "?" + strings.Join(query, "&")
	}
}

// sample is a value that a schema allows.
func sample(s *openapi3.Schema) any {
	switch {
	case len(s.Enum) > 0:
		return s.Enum[0]
	case s.Type.Is("object"):
		out := map[string]any{}
		for _, name := range s.Required {
			out[name] = sample(s.Properties[name].Value)
		}
		return out
	case s.Type.Is("array"):
		out := []any{}
		for i := range s.MinItems {
			v := sample(s.Items.Value)
			if text, ok := v.(string); ok && s.UniqueItems && len(s.Items.Value.Enum) == 0 {
				v = fmt.Sprintf("%s%d", text, i)
			} else if s.UniqueItems && len(s.Items.Value.Enum) > 0 {
				v = s.Items.Value.Enum[i]
			}
			out = append(out, v)
		}
		return out
	case s.Type.Is("boolean"):
		return true
	case s.Type.Is("integer"), s.Type.Is("number"):
		if s.Min != nil {
			return *s.Min
		}
		return 1
	}
	switch s.Format {
	case "date":
		return "2026-03-01"
	case "date-time":
		return "2026-03-01T00:00:00+08:00"
	case "term":
		return "5d"
	}
	for _, text := range []string{"sample-text", "li", "LN", "aaaaaaaaaaaaaaaaaaaaaaaaaa", strings.Repeat("a", 64), "1", "8"} {
		if s.VisitJSON(text) == nil {
			return text
		}
	}
	return "sample"
}

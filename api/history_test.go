package api_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/command"
	"duban/register"
)

// old is a complaint that was over elsewhere, with some of its fields changed or left out.
func (h *house) old(as, key, query string, change map[string]any) reply {
	h.Helper()
	body := map[string]any{
		"operator": operator, "dispute": "fee", "subject": "三月账单", "text": "多收五十元。", "complainantName": "张三", "complainantPhone": "无",
		"imported": true, "receivedOn": "2025-03-03", "on": "2025-05-20", "outcome": "answered", "finding": "founded", "externalSource": "old", "externalId": "1",
	}
	for field, value := range change {
		if body[field] = value; value == nil {
			delete(body, field)
		}
	}
	return h.do(request{method: "POST", path: "/v1/complaints" + query, as: as, body: body, header: map[string]string{"Idempotency-Key": key}})
}

// A complaint that was over elsewhere comes in by the import key only, ended, with its own days, by
// the text of its day; its one entry says so, and nothing follows from it.
func TestImportedComplaint(t *testing.T) {
	h := newHouse(t)
	require.Equal(t, "officers-only-field", h.old("officer", "by-an-officer", "", nil).json["code"])
	require.Equal(t, "officers-only-field", h.old("", "by-the-public", "", map[string]any{"externalId": nil, "externalSource": nil, "receivedOn": nil}).json["code"])
	for field, change := range map[string]map[string]any{
		"imported": {"imported": nil}, "externalId": {"externalId": nil, "externalSource": nil}, "receivedOn": {"receivedOn": nil},
		"on": {"on": nil}, "outcome": {"outcome": nil}, "finding": {"outcome": "withdrawn"},
	} {
		bad := h.old("import", "old-without-"+field, "", change)
		require.Equal(t, []any{float64(422), field}, []any{bad.json["status"], bad.json["field"]}, "%s", bad.raw)
	}
	require.Equal(t, "ended-before-receipt", h.old("import", "old-backwards", "", map[string]any{"on": "2025-03-02"}).json["code"])
	require.Equal(t, "day-in-future", h.old("import", "old-to-come", "", map[string]any{"on": "2026-03-03"}).json["code"])

	in := h.old("import", "old-complaint-1", "", nil)
	require.Equal(t, 201, in.status, "%s", in.raw)
	at := "/v1/cases/" + in.json["case"].(string)
	file := h.do(request{method: "GET", path: at, as: "officer"})
	c := file.json["complaint"].(map[string]any)
	require.Equal(t, []any{"closed", true, nil}, []any{file.json["state"], file.json["closed"], file.json["beforeRegime"]}, "%s", file.raw)
	require.Equal(t, []any{"2025-03-03", "2025-05-20", "founded", "fee"}, []any{c["receivedOn"], c["answeredOn"], c["finding"], c["dispute"]})
	require.Equal(t, "2025-03-02T16:00:00Z", file.json["filed"])
	require.Equal(t, "2025-05-20", file.json["retention"].(map[string]any)["from"])
	require.Empty(t, file.json["deadlines"])
	ledger := h.items("officer", at+"/ledger")
	require.Len(t, ledger, 1)
	line := ledger[0]
	require.Equal(t, []any{"filing", "closed", "2025-05-19T16:00:00Z", nil, nil}, []any{line["move"], line["to"], line["at"], line["notices"], line["armed"]})
	require.Contains(t, line["cites"], "house:import")
	shown := h.do(request{method: "GET", path: "/v1/receipts/" + in.json["number"].(string), header: map[string]string{"Duban-Pin": in.json["pin"].(string)}})
	require.Equal(t, true, shown.json["closed"], "%s", shown.raw)

	again := h.old("import", "old-complaint-1", "", nil)
	require.Equal(t, []any{true, in.json["case"]}, []any{again.json["again"], again.json["case"]})
	require.Equal(t, in.json["case"], h.old("import", "another-key", "", nil).json["case"])

	require.Equal(t, "external-id-reused", h.old("import", "a-third-key", "", map[string]any{"text": "另一内容。"}).json["code"])
	require.Equal(t, "external-id-reused", h.old("import", "a-third-key", "?dryRun=true", map[string]any{"text": "另一内容。"}).json["code"])

	before := h.old("import", "old-complaint-2", "", map[string]any{"externalId": "2", "receivedOn": "2015-04-01", "on": "2015-04-22", "outcome": "withdrawn", "finding": nil})
	file = h.do(request{method: "GET", path: "/v1/cases/" + before.json["case"].(string), as: "officer"})
	require.Equal(t, []any{"withdrawn", true}, []any{file.json["state"], file.json["beforeRegime"]}, "%s", file.raw)
	require.Equal(t, []any{"house:import"}, h.items("officer", "/v1/cases/"+before.json["case"].(string)+"/ledger")[0]["cites"])
	verified, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, verified.Violations)
	sent, err := h.register.Unsettled(t.Context())
	require.NoError(t, err)
	require.Zero(t, sent)
}

// A dry run says of a filing what the real run would, and files nothing.
func TestDryRun(t *testing.T) {
	h := newHouse(t)
	dry := func(as, key string, change map[string]any) reply { return h.old(as, key, "?dryRun=true", change) }
	require.Equal(t, 403, dry("officer", "dry-officer-1", map[string]any{"imported": nil, "on": nil, "outcome": nil, "finding": nil, "externalId": nil, "externalSource": nil, "receivedOn": nil, "complainantPhone": "13800000000"}).status)
	require.Equal(t, 204, dry("import", "old-complaint-1", nil).status)
	require.Equal(t, "unknown-operator", dry("import", "old-complaint-1", map[string]any{"operator": "nobody"}).json["code"])
	require.Equal(t, "missing-field", dry("import", "old-complaint-1", map[string]any{"outcome": nil}).json["code"])
	require.Empty(t, h.items("officer", "/v1/complaints"))
	in := h.old("import", "old-complaint-1", "", nil)
	there := dry("import", "old-complaint-1", nil)
	require.Equal(t, []any{200, in.json["case"]}, []any{there.status, there.json["case"]}, "%s", there.raw)
	require.Equal(t, "idempotency-key-reused", dry("import", "old-complaint-1", map[string]any{"text": "另一内容。"}).json["code"])
	require.Equal(t, in.json["case"], dry("import", "another-key", nil).json["case"])
	require.Len(t, h.items("officer", "/v1/complaints"), 1)
}

// Whoever can be reached by nothing but a telephone needs one that can be dialled; what else is
// written beside it is kept.
func TestPhoneAsPeopleWriteIt(t *testing.T) {
	h := newHouse(t)
	file := func(phone string) reply {
		return h.do(request{method: "POST", path: "/v1/complaints", body: map[string]any{
			"operator": operator, "dispute": "other", "subject": "s", "text": "t", "complainantName": "张三", "complainantPhone": phone,
		}})
	}
	for _, written := range []string{"010-12345678转801", "１３８００００００００", "13800000000/13900000000", "+86 (0)138.0000.0000"} {
		require.Equal(t, 201, file(written).status, written)
	}
	for _, none := range []string{"无", "none", "110", "-"} {
		require.Equal(t, "contact-needed", file(none).json["code"], none)
	}
}

// The example of Open311, against the whole installation: the dry run tells what the real run does, a closed
// request is a closed case of its own days, an open one a new case, and a run again changes nothing.
func TestImportOfServiceRequests(t *testing.T) {
	h := newHouse(t)
	require.NoError(t, h.register.PutOperator(t.Context(), register.Operator{ID: "water", Name: "Water", Province: guangdong}))
	folder := t.TempDir()
	put := func(name, text string) string {
		path := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	requests := put("requests.json", `[
		{"service_request_id": "1", "status": "closed", "status_notes": "repaired", "service_name": "Leak", "description": "A leak", "address": "8TH AVE", "agency_responsible": "Water", "requested_datetime": "2025-04-14T23:37:38-08:00", "updated_datetime": "2025-04-16T16:30:00Z"},
		{"service_request_id": "2", "status": "open", "service_name": "Leak", "description": "A leak", "address": "9TH AVE", "agency_responsible": "Water", "requested_datetime": "2026-02-19T06:37:38+08:00"},
		{"service_request_id": "3", "status": "open", "service_name": "Leak", "description": "A leak", "address": "9TH AVE", "agency_responsible": "Water", "requested_datetime": "2012-02-19T06:37:38+08:00"},
		{"service_request_id": "1", "status": "open", "service_name": "Leak", "description": "Another", "address": "", "agency_responsible": "Water", "requested_datetime": "2026-02-19T06:37:38+08:00"}
	]`)
	run := func(more ...string) (counts struct{ Rows, Filed, Existing, Rejected int }, told string) {
		t.Helper()
		var out, errs bytes.Buffer
		command.Main(t.Context(), command.Terminal{Out: &out, Err: &errs}, append([]string{
			"import", "complaints", requests, "--map", "../examples/open311-requests.yaml", "--api", h.url,
			"--key-file", put("key", h.keys["import"]), "--json", "--lang", "en",
		}, more...)...)
		require.NoError(t, json.Unmarshal(out.Bytes(), &counts), "%s%s", &out, &errs)
		return counts, errs.String()
	}
	dry, said := run("--dry-run")
	require.Empty(t, h.items("officer", "/v1/complaints"))
	did, told := run()
	require.Equal(t, dry, did)
	require.Equal(t, []int{4, 2, 0, 2}, []int{did.Rows, did.Filed, did.Existing, did.Rejected}, told)
	require.Equal(t, said, told)
	require.Contains(t, told, "element 3: no-regime: ")
	require.Contains(t, told, "element 4: the id 1 stands on element 1 already, with other content")
	again, _ := run()
	require.Equal(t, []int{4, 0, 2, 2}, []int{again.Rows, again.Filed, again.Existing, again.Rejected})
	states := map[any]any{}
	for _, c := range h.items("officer", "/v1/complaints") {
		states[c["filed"]] = c["state"]
	}
	require.Equal(t, map[any]any{"2025-04-14T16:00:00Z": "closed", "2026-02-18T16:00:00Z": "received"}, states)
	verified, err := h.register.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, verified.Violations)
}

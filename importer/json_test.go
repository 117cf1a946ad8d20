package importer

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

const geoRequests = `[
 {"service_request_id": 638344, "status": "closed", "status_notes": "Duplicate, repaired", "service_name": "Leak", "service_code": "006", "description": "A leak", "agency_responsible": "Water",
  "requested_datetime": "2010-04-14T23:37:38-08:00", "updated_datetime": "2010-04-16T16:30:00Z", "address": "8TH AVE", "lat": 37.76, "media_url": null},
 {"service_request_id": "638349", "status": "open", "status_notes": null, "service_name": "Leak", "description": "Another", "agency_responsible": "Water", "requested_datetime": "2010-04-19T06:37:38-08:00", "address": "9TH AVE"},
 {"service_request_id": "638350", "status": "lost", "service_name": "Leak", "description": "x", "agency_responsible": "Water", "requested_datetime": "2010-04-19T06:37:38-08:00", "address": ""},
 17
]`

// The example reads what a city answers with: requests that are closed come in as histories.
func TestGeoReport(t *testing.T) {
	geoMap := readFile(t, "../examples/open311-requests.yaml")
	k := &registry{}
	j, told := job(t, geoMap, k.door(t, false))
	j.Rejected = filepath.Join(t.TempDir(), "rejected.json")
	counts, err := j.Complaints(t.Context(), write(t, "requests.json", geoRequests))
	if err != nil || became(counts) != [4]int{4, 2, 0, 2} {
		t.Fatalf("%v, %+v\n%s", err, counts, told)
	}
	over, open := k.filed["complaints/638344"], k.filed["complaints/638349"]
	for field, want := range map[string]any{ // 23:37 in California is the next afternoon here, and half past four in the afternoon of Greenwich the next day
		"imported": true, "receivedOn": "2010-04-15", "on": "2010-04-17", "outcome": "answered", "finding": "founded", "text": "A leak (8TH AVE)",
	} {
		if over[field] != want {
			t.Errorf("%s is %v, want %v", field, over[field], want)
		}
	}
	if open == nil || open["imported"] != nil || open["on"] != nil || open["outcome"] != nil || open["finding"] != nil || open["receivedOn"] != "2010-04-19" {
		t.Errorf("open: %v", open)
	}
	var rejected []map[string]any
	if err := json.Unmarshal([]byte(readFile(t, j.Rejected)), &rejected); err != nil || len(rejected) != 2 || rejected[0]["status"] != "lost" || rejected[1][textMark] != "17" {
		t.Fatal(err, rejected)
	}
	mended := strings.Replace(readFile(t, j.Rejected), `"lost"`, `"open"`, 1)
	j, _ = job(t, geoMap, k.door(t, false))
	if counts, err = j.Complaints(t.Context(), write(t, "rejected.json", mended)); err != nil || became(counts) != [4]int{2, 1, 0, 1} {
		t.Errorf("mended: %v, %+v", err, counts)
	}
	j.Rejected = "rejected.csv"
	if _, err = j.Complaints(t.Context(), write(t, "requests.json", geoRequests)); err == nil {
		t.Error("rejected objects would be written where the map reads CSV")
	}
}

// An array that is damaged ends the reading there; what stands before it came in.
func TestDamagedArray(t *testing.T) {
	geoMap := readFile(t, "../examples/open311-requests.yaml")
	k := &registry{}
	j, _ := job(t, geoMap, k.door(t, false))
	counts, err := j.Complaints(t.Context(), write(t, "requests.json", geoRequests[:strings.Index(geoRequests, "638350")]))
	if err == nil || !strings.Contains(err.Error(), "element 3") || counts.Filed != 2 {
		t.Errorf("%v, %+v", err, counts)
	}
	for _, text := range []string{"", "{}", "a,b\n"} {
		if _, err := j.Complaints(t.Context(), write(t, "requests.json", text)); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// A damaged line is rejected with its number, the others are read; a column that no row has is told.
func TestJSONLines(t *testing.T) {
	k := &registry{}
	m := strings.Replace(testMap, "{column: Operator,", "{column: firm.name,", 1)
	m = strings.Replace(m, "eventOn: {column: Day,", "eventOn: {column: Dya,", 1)
	rows := `{"Ticket": 1, "Title": "Wrong bill", "firm": {"name": "Comcast Inc.", "codes": [1, 2]}, "City": ["A", "B"], "Day": "2015-04-22"}

{"Ticket": 2, "Title": "no end
{"Ticket": 3, "Title": "Slow", "firm": {"name": "Comcast Inc."}, "City": [{"a": 1}]}
{"Ticket": 4, "Title": "Caf` + "\xe9" + `", "firm": {"name": "Comcast Inc."}, "City": "x"}
`
	j, told := job(t, m, k.door(t, false))
	j.Rejected = filepath.Join(t.TempDir(), "rejected.jsonl")
	counts, err := j.Complaints(t.Context(), write(t, "rows.jsonl", rows))
	if err != nil || became(counts) != [4]int{4, 2, 0, 2} {
		t.Fatalf("%v, %+v\n%s", err, counts, told)
	}
	for _, want := range []string{"line 3: it is no JSON object\n", "line 5: bytes that are not utf-8\n", `no row has "Dya", of which the map speaks`} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("%q is not among\n%s", want, told)
		}
	}
	if one, three := k.filed["complaints/1"], k.filed["complaints/3"]; one["text"] != "Wrong bill (A\nB)" || three["text"] != `Slow ([{"a":1}])` {
		t.Errorf("%v, %v", one, three)
	}
	if lines := strings.Split(readFile(t, j.Rejected), "\n"); len(lines) != 3 || !strings.Contains(lines[0], `"duban:line":"3"`) || !strings.Contains(lines[0], `no end`) {
		t.Errorf("%q", lines)
	}
}

// Whatever the text, it is read to its end or told where it is damaged.
func FuzzJSON(f *testing.F) {
	f.Add(geoRequests, true)
	f.Add(`{"a": {"b": [1, "x", null, {}]}}`+"\n[]\nnull\n", false)
	f.Fuzz(func(t *testing.T, text string, array bool) {
		as := formJSONL
		if array {
			as = formGeoReport
		}
		from, err := open(strings.NewReader(text), as, &form{}, nil, nil)
		for err == nil {
			var r row
			if r, err = from.next(); err == nil && (r.fault == nil) != (r.values != nil) {
				t.Errorf("%s: %v, %v", r.where(), r.fault, r.values)
			}
		}
	})
}

package importer

import (
	"errors"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestMapsThatAreWrong(t *testing.T) {
	if _, err := readMapping(write(t, "map.yaml", testMap), ""); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"unknown key":      {"source: old", "source: old\ncolour: red", "colour"},
		"unknown field":    {"subject:", "subjekt:", "subjekt"},
		"a field missing":  {"  subject: {column: Title}\n", "", "subject is missing"},
		"our own field":    {"subject:", "externalSource: {constant: x}\n  subject:", "externalSource is none"},
		"no source":        {"source: old", "", "source is missing"},
		"no origin":        {"{column: Ticket}", "{}", "externalId needs one of"},
		"two origins":      {"{column: Ticket}", "{column: Ticket, template: x}", "externalId needs one of"},
		"constant id":      {"{column: Ticket}", "{constant: x}", "must be of the row"},
		"a layout of none": {"02-Jan-06,", "dd-mm-yy,", "dateLayouts"},
		"a layout of half": {"02-Jan-06,", "Jan-06,", "dateLayouts"},
		"encoding":         {"source: old", "source: old\nencoding: klingon", "klingon"},
		"delimiter":        {"source: old", "source: old\ndelimiter: ab", "delimiter"},
		"format":           {"source: old", "source: old\nformat: xlsx", "xlsx"},
		"zone by letters":  {"02-Jan-06,", "'2006-01-02 15:04 MST',", "MST"},
		"hash and column":  {"{column: Ticket}", "{column: Ticket, hash: [City]}", "externalId needs one of"},
		"several in one":   {"{column: Title}", "{column: Title, separator: ';'}", "separator is for findings"},
		"an end, no how":   {"subject:", "on: {column: Day}\n  subject:", "outcome"},
		"how, but no end":  {"subject:", "outcome: {column: Day}\n  subject:", "on is missing"},
		"invalid bytes":    {"source: old", "source: old\ninvalidBytes: eat", "invalidBytes"},
		"optional need":    {"{column: Title}", "{column: Title, optional: true}", "can't be optional"},
		"words":            {"any: [bill, fee]", "any: []", "containing"},
		"two documents":    {"dispute:", "dispute: {constant: fee}\n---\nx:", "more than one"},
	} {
		text := strings.Replace(testMap, c.from, c.to, 1)
		if text == testMap {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := readMapping(write(t, "map.yaml", text), ""); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := readMapping("no-such-map", ""); err == nil {
		t.Error("no map")
	}
}

func TestExampleMap(t *testing.T) {
	m, err := readMapping("../examples/fcc-telecom-complaints.yaml", "")
	if err != nil {
		t.Fatal(err)
	}
	const head = "Ticket #,Customer Complaint,Date,Date_month_year,Time,Received Via,City,State,Zip code,Status,Filing on Behalf of Someone\n"
	rows := read(t, m, head+
		"223441,Payment disappear - service got disconnected,2015-04-08,04-Aug-15,10:22:56 AM,Internet,Acworth,Georgia,30102,Closed,No\n"+
		"1,Caf\xe9,22-04-15,22-Apr-15,3:53:50 PM,Internet,Acworth,Georgia,30102,Closed,No\n")
	f, err := m.filing(rows[0])
	if err != nil {
		t.Fatal(err)
	}
	if f["eventOn"] != "2015-04-08" || f["dispute"] != "fee" || f["externalId"] != "223441" || f["externalSource"] != "fcc-2015" {
		t.Errorf("%v", f)
	}
	if _, err := m.filing(rows[1]); err == nil {
		t.Error("bytes that are no UTF-8 were taken")
	}
	quoted := read(t, m, head+"2,Wrong \"data\" cap,22-04-15,22-Apr-15,3:53:50 PM,Internet,Acworth,Georgia,30102,Closed,No\n")
	if f, err := m.filing(quoted[0]); err != nil || f["subject"] != `Wrong "data" cap` {
		t.Errorf("a word in quotes: %v, %v", f, err)
	}
}

// The maps that the documents and the examples show are read.
func TestMapsThatAreShown(t *testing.T) {
	_, text, _ := strings.Cut(readFile(t, "../docs/import.md"), "```yaml\n")
	text, _, ok := strings.Cut(text, "```")
	if _, err := parseMapping([]byte(text), ""); err != nil || !ok {
		t.Errorf("%v\n%s", err, text)
	}
	if _, err := readMapping("../examples/open311-requests.yaml", ""); err != nil {
		t.Error(err)
	}
	if _, err := readHistoryMap("../examples/sf-food-inspections.yaml"); err != nil {
		t.Error(err)
	}
}

func read(t *testing.T, m *mapping, text string) (rows []map[string]string) {
	t.Helper()
	file, err := openCSV(strings.NewReader(text), &m.Form, m.columns(), whole(m))
	if err != nil {
		t.Fatal(err)
	}
	for {
		l, err := file.next()
		if errors.Is(err, io.EOF) {
			return rows
		}
		if err != nil || l.fault != nil {
			t.Fatal(err, l.fault)
		}
		rows = append(rows, l.values)
	}
}

// whole tells whether a row makes a complaint.
func whole(m *mapping) func(map[string]string) bool {
	return func(row map[string]string) bool { _, err := m.filing(row); return err == nil }
}

func TestEncodings(t *testing.T) {
	m, err := readMapping(write(t, "map.yaml", strings.Replace(testMap, "source: old", "source: old\nencoding: gb18030\ndelimiter: \";\"", 1)), "")
	if err != nil {
		t.Fatal(err)
	}
	text, err := simplifiedchinese.GB18030.NewEncoder().String("Ticket;Title;Operator;Day;City\n1;上网很慢;Comcast Inc.;22-Apr-15;大连\n")
	if err != nil {
		t.Fatal(err)
	}
	rows := read(t, m, text+"2;\xff\xff;Comcast Inc.;22-Apr-15;x\n")
	if f, err := m.filing(rows[0]); err != nil || f["text"] != "上网很慢 (大连)" {
		t.Errorf("%v, %v", f, err)
	}
	if _, err := m.filing(rows[1]); err == nil || !strings.Contains(err.Error(), "gb18030") {
		t.Errorf("bytes that are no GB18030: %v", err)
	}
	m.Form.InvalidBytes = "replace"
	if f, err := m.filing(rows[1]); err != nil || !strings.Contains(f["subject"].(string), "\uFFFD") {
		t.Errorf("%v, %v", f, err)
	}
}

func TestColumnsMustBeThere(t *testing.T) {
	m, err := readMapping(write(t, "map.yaml", testMap), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, head := range []string{"", "Ticket,Title,Operator,Day\n", "Ticket,Title,Operator,Day,City,Title\n"} {
		if _, err := openCSV(strings.NewReader(head), &m.Form, m.columns(), whole(m)); err == nil {
			t.Errorf("taken: %q", head)
		}
	}
}

func TestTemplateDoesNotReadCells(t *testing.T) {
	m := &form{}
	o := origin{Template: "{A} {B}"}
	if got, err := m.value(o, map[string]string{"A": "{B}", "B": "b"}); err != nil || got != "{B} b" {
		t.Errorf("%q, %v", got, err)
	}
}

package importer

import (
	"os"
	"strings"
	"testing"
)

// Whatever a map holds, it is read or refused, and what is read makes of any row a filing or a
// reason why it is none.
func FuzzMapping(f *testing.F) {
	example, err := os.ReadFile("../examples/fcc-telecom-complaints.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example), "comcast|ticket \xff")
	f.Add("source: x\nexternalId: {template: '{a}/{b}'}\nfields: {}\n", "1|2")
	f.Fuzz(func(t *testing.T, text, cells string) {
		m, err := parseMapping([]byte(text), "")
		if err != nil {
			return
		}
		filed, err := m.filing(aRow(m.columns(), cells))
		if err == nil && (filed["externalId"] == "" || filed["externalSource"] != m.Source) {
			t.Errorf("filed %v", filed)
		}
	})
}

func FuzzHistoryMap(f *testing.F) {
	example, err := os.ReadFile("../examples/sf-food-inspections.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example), "10|20140729|94")
	f.Fuzz(func(t *testing.T, text, cells string) {
		h, err := parseHistoryMap([]byte(text))
		if err != nil {
			return
		}
		for name, s := range map[string]section{"operators": h.Operators, "inspections": h.Inspections, "findings": h.Findings} {
			read := s.record(row{values: aRow(s.columns(), cells)})
			for field, is := range sectionFields[name] {
				if read.fault == nil && is.needed && field != "requirement" && read.is[field] == "" {
					t.Errorf("%s is empty", field)
				}
			}
		}
	})
}

// aRow gives the columns the cells, in turn.
func aRow(columns []string, cells string) map[string]string {
	all, row := strings.Split(cells, "|"), map[string]string{}
	for i, c := range columns {
		row[c] = all[i%len(all)]
	}
	return row
}

package importer

import (
	"regexp"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// What is told of the fields here is what the contract asks.
func TestFieldsAreTheContracts(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("../api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	ours := map[string]bool{"imported": true, "externalSource": true, "externalId": true}
	agree(t, doc, "ComplaintFilingBody", complaintFields, ours)
	agree(t, doc, "ComplaintFilingBody", map[string]field{"externalId": {as: line, most: 200}}, nil)
	visits, items, firms := sectionFields["inspections"], sectionFields["findings"], sectionFields["operators"]
	agree(t, doc, "InspectionFilingBody", map[string]field{"operator": visits["operator"], "on": {as: date}, "cause": visits["cause"], "value": visits["value"], "subject": visits["subject"]}, nil)
	agree(t, doc, "ItemBody", map[string]field{"requirement": items["requirement"], "evidence": items["evidence"]}, map[string]bool{})
	agree(t, doc, "OperatorBody", map[string]field{"name": firms["name"], "licence": firms["licence"], "address": firms["address"]}, nil)
}

// agree compares fields with a schema; with others, which names those that are none of a map's, in
// both ways.
func agree(t *testing.T, doc *openapi3.T, name string, fields map[string]field, others map[string]bool) {
	t.Helper()
	schema := doc.Components.Schemas[name].Value
	for field := range schema.Properties {
		if _, ok := fields[field]; !ok && others != nil && !others[field] {
			t.Errorf("%s takes %s, of which a map can't speak", name, field)
		}
	}
	for field, f := range fields {
		p := schema.Properties[field]
		if p == nil {
			t.Errorf("%s takes no %s", name, field)
			continue
		}
		v := p.Value
		pattern := map[kind]*regexp.Regexp{code: codes, mail: mails, decimal: decimals}[f.as]
		switch {
		case pattern != nil && pattern.String() != v.Pattern:
			t.Errorf("%s: %s is written %s, not %s", name, field, v.Pattern, pattern)
		case f.as == line && (v.Pattern != `^[^\x00-\x1f]*$` || v.MaxLength == nil || int(*v.MaxLength) != f.most):
			t.Errorf("%s: %s %+v", name, field, v)
		case f.as == prose && (v.MaxLength == nil || int(*v.MaxLength) != f.most):
			t.Errorf("%s: %s %+v", name, field, v)
		case f.as == date && v.Format != "date":
			t.Errorf("%s: %s is no date", name, field)
		case f.as == count && (v.Max == nil || int(*v.Max) != f.most):
			t.Errorf("%s: %s %+v", name, field, v)
		case f.as == choice:
			for _, x := range f.one {
				if v.VisitJSON(x) != nil {
					t.Errorf("%s: %s may not be %s", name, field, x)
				}
			}
			if len(v.Enum) != len(f.one) {
				t.Errorf("%s: %s is one of %v", name, field, v.Enum)
			}
		}
	}
}

package regimes

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"duban/law/casefile"
)

// shape is a part of the schema that describes an object.
type shape struct {
	Properties map[string]struct {
		Ref  string `json:"$ref"`
		Enum []string
	}
	Required             []string
	AdditionalProperties any
	Defs                 map[string]shape `json:"$defs"`
}

func TestSchemaAndDocumentAgree(t *testing.T) {
	var s shape
	if err := json.Unmarshal(Schema(), &s); err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]any{
		"": Document{}, "rule": Rule{}, "move": Move{}, "term": Term{}, "bound": Bound{}, "ground": Ground{},
		"violation": Violation{}, "body": Body{}, "surcharge": Surcharge{}, "multiple": Multiple{}, "joint": Joint{}, "place": Place{}, "route": Route{}, "publication": Publication{}, "withdraw": Withdraw{}, "retention": Retention{}, "rank": Rank{}, "instrument": Instrument{}, "text": casefile.Text{}, "effective": Span{},
	} {
		def := s.Defs[name]
		if name == "" {
			def = s
		}
		of := fieldsOf(reflect.TypeOf(in))
		if listed := slices.Sorted(maps.Keys(def.Properties)); !slices.Equal(listed, of) {
			t.Errorf("%s: the schema has %v, the document %v", name, listed, of)
		}
		if def.AdditionalProperties != false {
			t.Errorf("%s is open to unknown fields", name)
		}
		for _, r := range def.Required {
			if _, ok := def.Properties[r]; !ok {
				t.Errorf("%s requires %s, which it does not have", name, r)
			}
		}
	}
	want := []string{string(casefile.OrderThenSanction), string(casefile.WarningWithOrderThenFine), string(casefile.WarningOnly), string(casefile.SanctionAtOnce)}
	if got := s.Defs["violation"].Properties["sequence"].Enum; !slices.Equal(got, want) {
		t.Errorf("sequences %v", got)
	}
}

// fieldsOf lists the names under which a type is read, those of embedded types included.
func fieldsOf(of reflect.Type) []string {
	var names []string
	for i := range of.NumField() {
		f := of.Field(i)
		if f.Anonymous {
			names = append(names, fieldsOf(f.Type)...)
		} else if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); f.IsExported() {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

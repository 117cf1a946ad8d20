package casefile_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"duban/law/casefile"
)

// Which fields a body carries is what its JSON says: of each field when it is filled, when it is empty
// and not nil, and when it is not there; so too of a field that will be added.
func TestABodyCarriesWhatItsJSONHas(t *testing.T) {
	agrees := func(name string, b casefile.Body) (carried []string) {
		raw, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		var has map[string]json.RawMessage
		if err := json.Unmarshal(raw, &has); err != nil {
			t.Fatal(err)
		}
		carried = casefile.Spec{}.Extra(b) // that of a move which takes nothing
		for field := range has {
			if !slices.Contains(carried, field) {
				t.Errorf("%s: %s stands in %s", name, field, raw)
			}
			if missing := (casefile.Spec{Needs: []string{field}}).Missing(b); missing != "" {
				t.Errorf("%s: %s is missing from %s", name, field, raw)
			}
		}
		if len(carried) != len(has) {
			t.Errorf("%s: %v of %s", name, carried, raw)
		}
		return carried
	}
	agrees("nothing", casefile.Body{})
	body := reflect.TypeFor[casefile.Body]()
	for i := range body.NumField() {
		var full, empty casefile.Body
		x := reflect.ValueOf(&full).Elem().Field(i)
		filled(x)
		if got := agrees(body.Field(i).Name, full); len(got) != 1 {
			t.Errorf("%s alone is %v", body.Field(i).Name, got)
		}
		if x.Kind() == reflect.Slice {
			reflect.ValueOf(&empty).Elem().Field(i).Set(reflect.MakeSlice(x.Type(), 0, 0))
			agrees(body.Field(i).Name+", empty", empty)
		}
	}
}

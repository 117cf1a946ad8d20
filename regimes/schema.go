package regimes

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"duban/calendar"
)

//go:embed schema.json
var schemaText []byte

// Schema returns the JSON Schema (draft 2020-12) of a regime document, for editors.
func Schema() []byte { return slices.Clone(schemaText) }

// schema compiles the embedded schema once.
var schema = sync.OnceValue(func() *jsonschema.Schema {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	c.RegisterFormat(&jsonschema.Format{Name: "term", Validate: text(func(s string) error { _, err := calendar.ParseTerm(s); return err })})
	c.RegisterFormat(&jsonschema.Format{Name: "day", Validate: text(func(s string) error { _, err := calendar.ParseDay(s); return err })})
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err == nil {
		err = c.AddResource("regime.json", doc)
	}
	if err != nil {
		panic(fmt.Sprintf("read the schema of a regime, which is built in: %v", err))
	}
	return c.MustCompile("regime.json")
})

func text(check func(string) error) func(any) error {
	return func(v any) error {
		if s, ok := v.(string); ok {
			return check(s)
		}
		return nil
	}
}

// decode checks the form of a source and reads it as a document. What is wrong is reported and
// left out, so that the rest is still checked.
func (s *source) decode() *Document {
	if s.decoded != nil {
		d := *s.decoded
		d.source = s
		return &d
	}
	var fault *jsonschema.ValidationError
	if err := schema().Validate(s.tree); errors.As(err, &fault) {
		s.reportForm(fault)
	} else if err != nil {
		s.report(nil, "check the form: %v", err)
	}
	raw, err := json.Marshal(s.tree)
	if err != nil {
		s.report(nil, "read the document: %v", err)
		return nil
	}
	d := &Document{source: s}
	in := json.NewDecoder(bytes.NewReader(raw))
	in.DisallowUnknownFields()
	if err := in.Decode(d); err != nil {
		if len(s.problems) == 0 { // the schema let pass what the document can't hold
			s.report(nil, "read the document: %v", err)
		}
		return nil
	}
	return d
}

func (s *source) reportForm(fault *jsonschema.ValidationError) {
	path := fault.InstanceLocation
	switch k := fault.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			s.reportKey(child(path, name), "unknown field %q", name)
			s.prune(child(path, name))
		}
	case *kind.Required:
		for _, name := range k.Missing {
			s.reportKey(path, "the field %q is missing", name)
		}
	case *kind.DependentRequired:
		s.reportKey(child(path, k.Prop), "with %q, %q is missing", k.Prop, k.Missing[0])
	case *kind.PropertyNames:
		s.reportKey(child(path, k.Property), "%q can't be a name here", k.Property)
		s.prune(child(path, k.Property))
	case *kind.Format:
		s.report(path, "%v", k.Err)
		s.prune(path)
	default:
		if len(fault.Causes) == 0 {
			s.report(path, "%s", fault.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
			s.prune(path)
		}
		for _, cause := range fault.Causes {
			s.reportForm(cause)
		}
	}
}

// prune takes a faulty value out of the tree.
func (s *source) prune(path []string) {
	if len(path) == 0 {
		s.tree = map[string]any{}
		return
	}
	last := path[len(path)-1]
	v := s.tree
	for _, name := range path[:len(path)-1] {
		v = under(v, name)
	}
	switch v := v.(type) {
	case map[string]any:
		delete(v, last)
	case []any:
		if i, err := strconv.Atoi(last); err == nil && i < len(v) {
			v[i] = nil
		}
	}
}

func under(v any, name string) any {
	switch v := v.(type) {
	case map[string]any:
		return v[name]
	case []any:
		if i, err := strconv.Atoi(name); err == nil && i < len(v) {
			return v[i]
		}
	}
	return nil
}

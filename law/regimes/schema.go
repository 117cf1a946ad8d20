package regimes

import (
	_ "embed"
	"slices"
	"strconv"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

//go:embed schema.json
var schemaText []byte

// Schema returns the JSON Schema (draft 2020-12) of a regime document, for editors.
func Schema() []byte { return slices.Clone(schemaText) }

// schema compiles the embedded schema once.
var schema = sync.OnceValue(func() *jsonschema.Schema { return CompileForm(schemaText) })

// decode checks the form of a source and reads it as a document. What is wrong is reported and
// left out, so that the rest is still checked.
func (s *source) decode() *Document {
	if s.decoded != nil {
		d := *s.decoded
		d.source = s
		return &d
	}
	d := &Document{source: s}
	if !s.decodeInto(schema(), d) {
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
	default:
		if len(fault.Causes) == 0 {
			s.report(path, "%s", formWords(k))
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

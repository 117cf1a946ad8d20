package regimes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"duban/law/calendar"
)

// Form is one YAML document read as strictly as a regime, for the data that stands beside the
// regimes: held against a schema, with the place of every fault.
type Form struct{ sources []*source }

// CompileForm reads a JSON Schema (draft 2020-12) that is built in; its formats "term" and "day"
// are those of package calendar, "keep" is years or "permanent". It panics on a schema that is none.
func CompileForm(text []byte) *jsonschema.Schema {
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	c.RegisterFormat(&jsonschema.Format{Name: "term", Validate: ofText(func(s string) error { _, err := calendar.ParseTerm(s); return err })})
	c.RegisterFormat(&jsonschema.Format{Name: "keep", Validate: ofText(func(s string) error { return new(keep).UnmarshalText([]byte(s)) })})
	c.RegisterFormat(&jsonschema.Format{Name: "day", Validate: ofText(func(s string) error { _, err := calendar.ParseDay(s); return err })})
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err == nil {
		err = c.AddResource("form.json", doc)
	}
	if err != nil {
		panic(fmt.Sprintf("read a schema that is built in: %v", err))
	}
	return c.MustCompile("form.json")
}

func ofText(check func(string) error) func(any) error {
	return func(v any) error {
		if s, ok := v.(string); ok {
			return check(s)
		}
		return nil
	}
}

// ReadForm reads the one document of a file into a struct with JSON tags. What is wrong is among
// the Problems and left out of into, so that the rest can still be checked; ok tells whether into
// was filled at all.
func ReadForm(file string, text []byte, schema *jsonschema.Schema, into any) (f *Form, ok bool) {
	f = &Form{sources: single(file, text)}
	s := f.sources[0]
	return f, s.tree != nil && s.decodeInto(schema, into)
}

// Report notes a fault at the value of that path or, where there is none, at the nearest key
// around it. Indexes of lists are written as numbers.
func (f *Form) Report(path []string, format string, args ...any) {
	f.sources[0].report(path, format, args...)
}

// Problems lists the faults in the order of the file.
func (f *Form) Problems() []Problem { return faults(f.sources) }

// decodeInto checks the form of a source and reads it. What is wrong is reported and left out.
func (s *source) decodeInto(schema *jsonschema.Schema, into any) bool {
	var fault *jsonschema.ValidationError
	if err := schema.Validate(s.tree); errors.As(err, &fault) {
		s.reportForm(fault)
	} else if err != nil {
		s.report(nil, "check the form: %v", err)
	}
	raw, err := json.Marshal(s.tree)
	if err != nil {
		s.report(nil, "read the document: %v", err)
		return false
	}
	in := json.NewDecoder(bytes.NewReader(raw))
	in.DisallowUnknownFields()
	if err := in.Decode(into); err != nil {
		if len(s.problems) == 0 { // the schema let pass what the document can't hold
			s.report(nil, "read the document: %v", err)
		}
		return false
	}
	return true
}

// HasClause tells, of a citation document:article, whether a built-in document has that id, the
// clause, and whether its text was read in full.
func (l *Library) HasClause(cite string) (document, clause, verified bool) {
	s := newShelf(l.docs)
	id, _, _ := strings.Cut(cite, ":")
	return slices.ContainsFunc(l.docs, func(d *Document) bool { return d.ID == id }), s.has(cite), !s.doubtful(cite)
}

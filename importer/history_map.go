package importer

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// historyMap says how three files become operators, the inspections that they had elsewhere, and
// the breaches found there.
type historyMap struct {
	Form   form   `yaml:",inline"`
	Source string `yaml:"source"`

	Operators   section `yaml:"operators"`
	Inspections section `yaml:"inspections"`
	Findings    section `yaml:"findings"`
}

// section is one of the three files. Findings may stand in the file of the inspections, several to a
// cell.
type section struct {
	File    string            `yaml:"file"`
	Fields  map[string]origin `yaml:"fields"`
	SameDay string            `yaml:"sameDay"` // of findings that name no inspection, where two fall on their day: empty rejects them, first gives them to the first

	takes map[string]field
	form  *form
	names []string // of the fields, in order
}

func readHistoryMap(path string) (*historyMap, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read map: %w", err)
	}
	m, err := parseHistoryMap(text)
	if err != nil {
		return nil, fmt.Errorf("read map %s: %w", path, err)
	}
	return m, nil
}

func parseHistoryMap(text []byte) (*historyMap, error) {
	m := &historyMap{}
	if err := onlyDocument(text, m); err != nil {
		return nil, err
	}
	if !codes.MatchString(m.Source) {
		return nil, errors.New("source is missing, or no id: letters, digits and . _ -, at most 64")
	}
	if err := m.Form.check(); err != nil {
		return nil, err
	}
	for name, s := range map[string]*section{"operators": &m.Operators, "inspections": &m.Inspections, "findings": &m.Findings} {
		s.form, s.takes = &m.Form, sectionFields[name]
		if err := s.check(name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return m, nil
}

func (s *section) check(name string) error {
	if s.File == "" || !filepath.IsLocal(s.File) {
		return errors.New("file must name a file within the folder that is imported")
	}
	if s.SameDay != "" && (name != "findings" || s.SameDay != "first") {
		return errors.New("sameDay is for findings, and first is all that it may say")
	}
	for field, o := range s.Fields {
		if _, ok := s.takes[field]; !ok {
			return fmt.Errorf("fields: %s is none of %s", field, strings.Join(slices.Sorted(maps.Keys(s.takes)), ", "))
		}
		if err := o.check("fields: " + field); err != nil {
			return err
		}
		if o.Separator != "" && field != "requirement" && field != "evidence" {
			return fmt.Errorf("fields: %s holds one value; separator is for requirement and evidence", field)
		}
		if o.Optional && s.takes[field].needed && field != "requirement" {
			return fmt.Errorf("fields: %s is needed, so it can't be optional", field)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(s.takes)) {
		if _, ok := s.Fields[field]; s.takes[field].needed && !ok {
			return fmt.Errorf("fields: %s is missing", field)
		}
	}
	s.names = slices.Sorted(maps.Keys(s.Fields))
	return nil
}

func (s *section) columns() []string {
	var all []string
	for _, o := range s.Fields {
		all = append(all, o.columns()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// record is a row by the names of its section's fields. Of a row with a fault only some are there.
type record struct {
	row
	is    map[string]string
	items []item // of findings
}

// item is one breach.
type item struct {
	Requirement string `json:"requirement"`
	Evidence    string `json:"evidence"`
}

// record reads the fields of a row.
func (s *section) record(r row) record {
	out := record{row: r, is: map[string]string{}}
	out.values = nil // they are read
	fail := func(field string, err error) {
		if out.fault == nil {
			out.fault = fmt.Errorf("%s: %w", field, err)
		}
	}
	for _, name := range s.names {
		if name == "requirement" || name == "evidence" {
			continue
		}
		o := s.Fields[name]
		value, err := s.form.value(o, r.values)
		if err == nil && value == "" && !o.Optional {
			err = errors.New("the value is empty")
		}
		var taken any
		if err == nil && value != "" {
			if taken, err = s.takes[name].taken(value, s.form); err == nil {
				out.is[name] = taken.(string)
			}
		}
		if err != nil {
			fail(name, err)
		}
	}
	if _, findings := s.takes["requirement"]; findings && out.fault == nil {
		items, err := s.found(r.values)
		if out.items = items; err != nil {
			fail("requirement", err)
		}
	}
	return out
}

// found are the breaches of a row: one, or as many as its cell holds.
func (s *section) found(row map[string]string) ([]item, error) {
	requirements, err := s.form.several(s.Fields["requirement"], row)
	if err == nil && len(requirements) == 0 && !s.Fields["requirement"].Optional {
		err = errors.New("the value is empty")
	}
	if err != nil {
		return nil, err
	}
	var evidence []string
	if o, ok := s.Fields["evidence"]; ok {
		if evidence, err = s.form.several(o, row); err != nil {
			return nil, fmt.Errorf("evidence: %w", err)
		}
	}
	if n := len(evidence); n > 1 && n != len(requirements) {
		return nil, fmt.Errorf("%d requirements, but %d pieces of evidence", len(requirements), n)
	}
	var all []item
	for i, r := range requirements {
		var x item
		taken, err := s.takes["requirement"].taken(r, s.form)
		if err != nil {
			return nil, err
		}
		x.Requirement = taken.(string)
		if len(evidence) > 0 {
			if taken, err = s.takes["evidence"].taken(evidence[min(i, len(evidence)-1)], s.form); err != nil {
				return nil, fmt.Errorf("evidence: %w", err)
			}
			x.Evidence = taken.(string)
		}
		all = append(all, x)
	}
	return all, nil
}

// records reads a whole file, in its order.
func (s *section) records(folder string) (from file, all []*record, err error) {
	fits := func(cells map[string]string) bool { return s.record(row{values: cells}).fault == nil }
	if from, err = openFile(filepath.Join(folder, s.File), s.form, s.columns(), fits); err != nil {
		return from, nil, err
	}
	defer func() { err = errors.Join(err, from.close()) }()
	for {
		x, err := from.next()
		if errors.Is(err, io.EOF) {
			return from, all, nil
		}
		if err != nil {
			return from, nil, err
		}
		read := record{row: x}
		if x.fault == nil {
			read = s.record(x)
		}
		all = append(all, &read)
	}
}

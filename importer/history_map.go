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
	Source       string   `yaml:"source"`
	Encoding     string   `yaml:"encoding"`
	InvalidBytes string   `yaml:"invalidBytes"`
	Delimiter    string   `yaml:"delimiter"`
	LooseQuotes  bool     `yaml:"looseQuotes"`
	DateLayouts  []string `yaml:"dateLayouts"`

	Operators   section `yaml:"operators"`
	Inspections section `yaml:"inspections"`
	Findings    section `yaml:"findings"`
}

type section struct {
	File   string            `yaml:"file"`
	Fields map[string]origin `yaml:"fields"`

	mapping *mapping
}

// sectionFields lists what each section takes; true: it must be given.
var sectionFields = map[string]map[string]bool{
	"operators":   {"id": true, "name": true, "types": false, "province": false, "licence": false, "address": false},
	"inspections": {"id": true, "operator": true, "day": true, "cause": false, "value": false, "subject": false},
	"findings":    {"operator": true, "day": true, "requirement": true, "evidence": false},
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
	if m.Source == "" {
		return nil, errors.New("source is missing")
	}
	for name, s := range map[string]*section{"operators": &m.Operators, "inspections": &m.Inspections, "findings": &m.Findings} {
		if err := s.check(name, m); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return m, nil
}

func (s *section) check(name string, m *historyMap) error {
	if s.File == "" || !filepath.IsLocal(s.File) {
		return errors.New("file must name a file within the folder that is imported")
	}
	takes := sectionFields[name]
	for field, o := range s.Fields {
		if _, ok := takes[field]; !ok {
			return fmt.Errorf("fields: %s is none of %s", field, strings.Join(slices.Sorted(maps.Keys(takes)), ", "))
		}
		if err := o.check("fields: " + field); err != nil {
			return err
		}
	}
	for _, field := range slices.Sorted(maps.Keys(takes)) {
		if _, ok := s.Fields[field]; takes[field] && !ok {
			return fmt.Errorf("fields: %s is missing", field)
		}
	}
	s.mapping = &mapping{
		Source: m.Source, Encoding: m.Encoding, InvalidBytes: m.InvalidBytes, Delimiter: m.Delimiter, LooseQuotes: m.LooseQuotes,
		DateLayouts: m.DateLayouts, Fields: s.Fields, names: slices.Sorted(maps.Keys(s.Fields)),
	}
	return s.mapping.checkForm()
}

// record is a row by the names of its section's fields.
type record struct {
	line
	values map[string]string
}

// records reads a whole file; a row that can't be read is told to reject.
func (s *section) records(folder string, reject func(line, error) error) (all []record, err error) {
	file, err := os.Open(filepath.Join(folder, s.File))
	if err != nil {
		return nil, fmt.Errorf("open a file to import: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	t, err := openTable(file, s.mapping)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.File, err)
	}
	for {
		l, err := t.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.File, err)
		}
		r := record{line: l}
		if l.fault == nil {
			r.values, l.fault = s.mapping.record(t.row(l))
		}
		if l.fault == nil {
			all = append(all, r)
		} else if err := reject(line{l.number, append([]string{s.File}, l.cells...), nil}, l.fault); err != nil {
			return nil, err
		}
	}
}

// record gives the values of a row's fields; what is empty and not optional is a fault.
func (m *mapping) record(row map[string]string) (map[string]string, error) {
	out := map[string]string{}
	for _, name := range m.names {
		o := m.Fields[name]
		value, err := m.value(o, row)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, err)
		case value == "" && o.Optional:
			continue
		case value == "":
			return nil, fmt.Errorf("%s: the value is empty", name)
		case name == "day":
			if value, err = m.day(value); err != nil {
				return nil, fmt.Errorf("day: %w", err)
			}
		}
		out[name] = value
	}
	return out, nil
}

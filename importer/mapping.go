package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"

	"duban/api/client"
	"duban/law/regimes"
)

// mapping says how the columns of a file become the fields of a complaint.
type mapping struct {
	Source       string            `yaml:"source"`       // names the system that the file comes from: with the external id, the row's key for ever
	Encoding     string            `yaml:"encoding"`     // as the web names it; empty: utf-8
	InvalidBytes string            `yaml:"invalidBytes"` // of the encoding: reject the row (the default) or replace them
	Delimiter    string            `yaml:"delimiter"`    // empty: a comma
	LooseQuotes  bool              `yaml:"looseQuotes"`  // a quote inside a cell stands for itself
	DateLayouts  []string          `yaml:"dateLayouts"`  // as Go writes the day 2006-01-02, tried in this order; empty: that one
	ExternalID   origin            `yaml:"externalId"`
	Fields       map[string]origin `yaml:"fields"` // of POST /v1/complaints

	charset encoding.Encoding // nil: utf-8
	names   []string          // of the fields, in order
}

// origin is where a field's value comes from: one of the first three, then the tables.
type origin struct {
	Constant   string            `yaml:"constant"`
	Column     string            `yaml:"column"`
	Template   string            `yaml:"template"`   // {Column} stands for the column's value
	Values     map[string]string `yaml:"values"`     // value → value; upper and lower case are the same
	Containing []wording         `yaml:"containing"` // where no value fits: the first line of which a word occurs
	Default    string            `yaml:"default"`    // where no line fits, or, without tables, where the value is empty
	Optional   bool              `yaml:"optional"`   // an empty value leaves the field out
}

type wording struct {
	Any   []string `yaml:"any"`
	Value string   `yaml:"value"`
}

// days are the fields whose values are dates.
var days = []string{"eventOn", "askedOperatorOn", "receivedOn"}

// filingFields lists the fields of a complaint, of the generated client's type, and which are needed.
func filingFields() (all, needed []string) {
	t := reflect.TypeFor[client.ComplaintFilingBody]()
	for i := range t.NumField() {
		name, rest, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		all = append(all, name)
		if rest == "" {
			needed = append(needed, name)
		}
	}
	return all, needed
}

// readMapping reads and checks a map; the error says where it is wrong. receivedFrom, a column,
// may be empty.
func readMapping(path, receivedFrom string) (*mapping, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read map: %w", err)
	}
	m, err := parseMapping(text, receivedFrom)
	if err != nil {
		return nil, fmt.Errorf("read map %s: %w", path, err)
	}
	return m, nil
}

func parseMapping(text []byte, receivedFrom string) (*mapping, error) {
	m := &mapping{}
	if err := onlyDocument(text, m); err != nil {
		return nil, err
	}
	if receivedFrom != "" {
		if m.Fields == nil {
			m.Fields = map[string]origin{}
		}
		m.Fields["receivedOn"] = origin{Column: receivedFrom}
	}
	return m, m.check()
}

// longestMap is far beyond any map: what reads it takes more than its length in time.
const longestMap = 256 << 10

// onlyDocument reads the one document of a file, strictly.
func onlyDocument[Map any](text []byte, into *Map) error {
	if len(text) > longestMap {
		return fmt.Errorf("it is longer than %d KB", longestMap>>10)
	}
	if err := regimes.Plain(text, true); err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	if err := d.Decode(into); err != nil {
		return errors.New(yaml.FormatError(err, false, true))
	}
	if err := d.Decode(new(Map)); !errors.Is(err, io.EOF) {
		return errors.New("it holds more than one document")
	}
	return nil
}

func (m *mapping) check() error {
	if m.Source == "" {
		return errors.New("source is missing")
	}
	if err := m.ExternalID.check("externalId"); err != nil {
		return err
	}
	if m.ExternalID.Constant != "" || m.ExternalID.Default != "" || m.ExternalID.Optional {
		return errors.New("externalId must be of the row: a column or a template")
	}
	all, needed := filingFields()
	for name, o := range m.Fields {
		if name == "externalId" || name == "externalSource" || !slices.Contains(all, name) {
			return fmt.Errorf("fields: %s is none of %s", name, strings.Join(without(all, "externalId", "externalSource"), ", "))
		}
		if err := o.check("fields: " + name); err != nil {
			return err
		}
		if o.Optional && slices.Contains(needed, name) {
			return fmt.Errorf("fields: %s is needed, so it can't be optional", name)
		}
	}
	for _, name := range needed {
		if _, ok := m.Fields[name]; !ok {
			return fmt.Errorf("fields: %s is missing", name)
		}
	}
	m.names = slices.Sorted(maps.Keys(m.Fields))
	return m.checkForm()
}

// checkForm is about the file's form.
func (m *mapping) checkForm() error {
	if m.Delimiter == "" {
		m.Delimiter = ","
	}
	if r := []rune(m.Delimiter); len(r) != 1 || strings.ContainsAny(m.Delimiter, "\"\r\n") {
		return fmt.Errorf("delimiter %q is not one character", m.Delimiter)
	}
	if m.InvalidBytes != "" && m.InvalidBytes != "reject" && m.InvalidBytes != "replace" {
		return fmt.Errorf("invalidBytes %q is neither reject nor replace", m.InvalidBytes)
	}
	if len(m.DateLayouts) == 0 {
		m.DateLayouts = []string{time.DateOnly}
	}
	sample := time.Date(2015, time.November, 23, 0, 0, 0, 0, time.UTC)
	for _, layout := range m.DateLayouts {
		back, err := time.Parse(layout, sample.Format(layout))
		if err != nil || back.Year() != 2015 || back.YearDay() != sample.YearDay() {
			return fmt.Errorf("dateLayouts: %q does not write a whole day; 02.01.2006 writes 23.11.2015", layout)
		}
	}
	if m.Encoding == "" {
		return nil
	}
	charset, err := htmlindex.Get(m.Encoding)
	if err != nil {
		return fmt.Errorf("encoding %q is not known", m.Encoding)
	}
	if name, err := htmlindex.Name(charset); err != nil || name != "utf-8" {
		m.charset = charset
	}
	return nil
}

func (o origin) check(name string) error {
	given := 0
	for _, s := range []string{o.Constant, o.Column, o.Template} {
		if s != "" {
			given++
		}
	}
	if given != 1 {
		return fmt.Errorf("%s needs one of constant, column, template", name)
	}
	for _, w := range o.Containing {
		if len(w.Any) == 0 || w.Value == "" || slices.Contains(w.Any, "") {
			return fmt.Errorf("%s: each line of containing needs any (words) and value", name)
		}
	}
	return nil
}

// columns are those that the map speaks of, each once.
func (m *mapping) columns() []string {
	all := m.ExternalID.columns()
	for _, o := range m.Fields {
		all = append(all, o.columns()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// columns are those that the origin reads.
func (o origin) columns() []string {
	if o.Column != "" {
		return []string{o.Column}
	}
	var out []string
	for rest := o.Template; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			return out
		}
		name, behind, ok := strings.Cut(after, "}")
		if !ok {
			return out
		}
		out, rest = append(out, name), behind
	}
}

func without(list []string, names ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(names, s) })
}

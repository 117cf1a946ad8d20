package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"duban/law/regimes"
)

// mapping says how the columns of a file become the fields of a complaint.
type mapping struct {
	Form       form              `yaml:",inline"`
	Source     string            `yaml:"source"` // names the system that the file comes from: with the external id, the row's key for ever
	ExternalID origin            `yaml:"externalId"`
	Fields     map[string]origin `yaml:"fields"` // of POST /v1/complaints

	names []string // of the fields, in order
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
	if !codes.MatchString(m.Source) {
		return errors.New("source is missing, or no id: letters, digits and . _ -, at most 64")
	}
	if err := m.ExternalID.check("externalId"); err != nil {
		return err
	}
	if m.ExternalID.Constant != "" || m.ExternalID.Default != "" || m.ExternalID.Optional {
		return errors.New("externalId must be of the row: a column, a template or a hash")
	}
	for name, o := range m.Fields {
		f, ok := complaintFields[name]
		if !ok {
			return fmt.Errorf("fields: %s is none of %s", name, strings.Join(slices.Sorted(maps.Keys(complaintFields)), ", "))
		}
		if err := o.check("fields: " + name); err != nil {
			return err
		}
		if o.Optional && f.needed {
			return fmt.Errorf("fields: %s is needed, so it can't be optional", name)
		}
		if o.Separator != "" {
			return fmt.Errorf("fields: %s holds one value; separator is for findings", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(complaintFields)) {
		if _, ok := m.Fields[name]; complaintFields[name].needed && !ok {
			return fmt.Errorf("fields: %s is missing", name)
		}
	}
	if err := m.checkHistory(); err != nil {
		return err
	}
	m.names = slices.Sorted(maps.Keys(m.Fields))
	return m.Form.check()
}

// checkHistory: what was over elsewhere is told by its outcome, and then by its days.
func (m *mapping) checkHistory() error {
	_, outcome := m.Fields["outcome"]
	for _, name := range []string{"on", "receivedOn"} {
		if _, ok := m.Fields[name]; outcome && !ok {
			return fmt.Errorf("fields: %s is missing: with outcome, which says how a complaint ended elsewhere, both its days are needed", name)
		}
	}
	for _, name := range []string{"on", "finding"} {
		if _, ok := m.Fields[name]; ok && !outcome {
			return fmt.Errorf("fields: %s belongs to what was over elsewhere, which outcome says", name)
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

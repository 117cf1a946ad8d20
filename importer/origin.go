package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// origin is where a field's value comes from: one of the first four, then the tables.
type origin struct {
	Constant   string            `yaml:"constant"`
	Column     string            `yaml:"column"`
	Template   string            `yaml:"template"`   // {Column} stands for the column's value
	Hash       []string          `yaml:"hash"`       // columns of which an id is made: the same cells, the same id
	Separator  string            `yaml:"separator"`  // of findings: the cell holds several, with this between them
	Values     map[string]string `yaml:"values"`     // value → value; upper and lower case are the same
	Containing []wording         `yaml:"containing"` // where no value fits: the first line of which a word occurs
	Default    string            `yaml:"default"`    // where no line fits, or, without tables, where the value is empty
	Optional   bool              `yaml:"optional"`   // an empty value leaves the field out
}

type wording struct {
	Any   []string `yaml:"any"`
	Value string   `yaml:"value"`
}

func (o origin) check(name string) error {
	given := 0
	for _, has := range []bool{o.Constant != "", o.Column != "", o.Template != "", len(o.Hash) > 0} {
		if has {
			given++
		}
	}
	if given != 1 {
		return fmt.Errorf("%s needs one of constant, column, template, hash", name)
	}
	for _, w := range o.Containing {
		if len(w.Any) == 0 || w.Value == "" || slices.Contains(w.Any, "") {
			return fmt.Errorf("%s: each line of containing needs any (words) and value", name)
		}
	}
	return nil
}

// columns are those that the origin reads.
func (o origin) columns() []string {
	if o.Column != "" {
		return []string{o.Column}
	}
	if len(o.Hash) > 0 {
		return slices.Clone(o.Hash)
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

// value is what the origin says for a row: the value, or what the tables make of it.
func (f *form) value(o origin, row map[string]string) (string, error) {
	raw, err := f.raw(o, row)
	if err != nil {
		return "", err
	}
	return o.looked(raw)
}

// raw is the value before the tables.
func (f *form) raw(o origin, row map[string]string) (string, error) {
	var put []string
	whole := ""
	for _, column := range o.columns() {
		if err := f.readable(row[column]); err != nil {
			return "", fmt.Errorf("column %s: %w", column, err)
		}
		put = append(put, "{"+column+"}", row[column])
		whole += strings.TrimSpace(row[column])
	}
	value := o.Constant + row[o.Column] + strings.NewReplacer(put...).Replace(o.Template)
	if len(o.Hash) > 0 && whole != "" {
		value = made(o.Hash, row)
	}
	return strings.TrimSpace(strings.ToValidUTF8(value, "\uFFFD")), nil
}

// made is an id of the cells of some columns. It tells nothing of what they hold.
func made(columns []string, row map[string]string) string {
	h := sha256.New()
	for _, c := range columns {
		fmt.Fprintf(h, "%q,", strings.TrimSpace(row[c]))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// looked is what the tables make of a value.
func (o origin) looked(value string) (string, error) {
	if o.Values == nil && o.Containing == nil {
		if value == "" {
			value = o.Default
		}
		return value, nil
	}
	for from, to := range o.Values {
		if strings.EqualFold(from, value) {
			return to, nil
		}
	}
	low := strings.ToLower(value)
	for _, w := range o.Containing {
		if slices.ContainsFunc(w.Any, func(word string) bool { return strings.Contains(low, strings.ToLower(word)) }) {
			return w.Value, nil
		}
	}
	if o.Default == "" && value != "" {
		return "", fmt.Errorf("%q is not in the table, which has no default", value)
	}
	return o.Default, nil
}

// several are the values of a cell that holds more than one.
func (f *form) several(o origin, row map[string]string) ([]string, error) {
	if o.Separator == "" {
		one, err := f.value(o, row)
		if one == "" {
			return nil, err
		}
		return []string{one}, err
	}
	raw, err := f.raw(o, row)
	if err != nil {
		return nil, err
	}
	var all []string
	for part := range strings.SplitSeq(raw, o.Separator) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		value, err := o.looked(part)
		if err != nil {
			return nil, err
		}
		if value == "" {
			return nil, errors.New("a value is empty")
		}
		all = append(all, value)
	}
	return all, nil
}

// readable tells bytes that are none of the encoding. Decoders of other encodings than UTF-8 have
// put U+FFFD in their place already, and a file of rejected rows U+001A where the encoding has none.
func (f *form) readable(s string) error {
	if f.InvalidBytes == "replace" || utf8.ValidString(s) && (f.charset == nil || !strings.ContainsAny(s, "\uFFFD\x1a")) {
		return nil
	}
	name := f.Encoding
	if name == "" {
		name = "utf-8"
	}
	return fmt.Errorf("bytes that are not %s", name)
}

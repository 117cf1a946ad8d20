package api

import (
	"encoding"
	"encoding/csv"
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"
)

// table writes rows as CSV that spreadsheets open rightly: UTF-8 with its mark, which Excel needs
// for Chinese, lines ended by CR LF, and no cell that is a formula. Its columns are the fields of
// the JSON, an inner object's after a dot; what is a list there is JSON in its cell, save a list of
// words, which is joined by "; ".
type table[T any] struct {
	csv     *csv.Writer
	columns []column
}

type column struct {
	name  string
	index []int
	omit  bool // the JSON leaves it out where it is empty
}

// rank puts who it is first: generated types stand in the order of the alphabet.
func (c column) rank() int {
	switch name, _, _ := strings.Cut(c.name, "."); name {
	case "id":
		return 0
	case "name":
		return 1
	}
	return 2
}

const byteOrderMark = "\uFEFF"

// newTable writes the mark and the names of the columns.
func newTable[T any](out io.Writer) (*table[T], error) {
	t := &table[T]{csv: csv.NewWriter(out), columns: columnsOf(reflect.TypeFor[T](), "", nil)}
	t.csv.UseCRLF = true
	slices.SortStableFunc(t.columns, func(a, b column) int { return a.rank() - b.rank() })
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return nil, err
	}
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return t, t.write(names)
}

// row writes one item. Nothing of it is kept.
func (t *table[T]) row(item T) error {
	v := reflect.ValueOf(item)
	cells := make([]string, len(t.columns))
	for i, c := range t.columns {
		var err error
		if cells[i], err = c.cell(v.FieldByIndex(c.index)); err != nil {
			return err
		}
	}
	return t.write(cells)
}

func (t *table[T]) write(cells []string) error {
	if err := t.csv.Write(cells); err != nil {
		return err
	}
	t.csv.Flush()
	return t.csv.Error()
}

// columnsOf are the columns of a type, known before there is a row. What hangs on a pointer is a
// document of its own, which lists leave out.
func columnsOf(t reflect.Type, path string, index []int) []column {
	var out []column
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		at := append(append([]int(nil), index...), i)
		switch {
		case f.Anonymous: // its fields are this type's, as in the JSON
			out = append(out, columnsOf(f.Type, path, at)...)
		case f.Type.Kind() == reflect.Struct && !speaks(f.Type):
			out = append(out, columnsOf(f.Type, path+name+".", at)...)
		case f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct && !speaks(f.Type):
		default:
			out = append(out, column{name: path + name, index: at, omit: options != ""})
		}
	}
	return out
}

// speaks tells whether a type says itself how it is written.
func speaks(t reflect.Type) bool {
	return t.Implements(reflect.TypeFor[json.Marshaler]()) || t.Implements(reflect.TypeFor[encoding.TextMarshaler]())
}

// cell is a value as a spreadsheet shows it.
func (c column) cell(v reflect.Value) (string, error) {
	if c.omit && v.Kind() != reflect.Bool && v.IsZero() {
		return "", nil
	}
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if words, ok := v.Interface().([]string); ok {
		return harmless(strings.Join(words, "; ")), nil
	}
	raw, err := json.Marshal(v.Interface())
	if err != nil {
		return "", err
	}
	if raw[0] != '"' {
		return string(raw), nil
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return "", err
	}
	return harmless(text), nil
}

// harmless puts an apostrophe before what a spreadsheet would calculate instead of showing: the
// texts are strangers'. The wide signs are those of a Chinese keyboard.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}

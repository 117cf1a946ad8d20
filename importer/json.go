package importer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// objects is a file of JSON objects being read: one a line, or the elements of one array.
type objects struct {
	*gauge
	form   *form
	unmet  map[string]bool // columns of the map that no object has had yet
	lines  *lines          // of JSON Lines
	array  *json.Decoder   // of GeoReport
	parts  *bounded        // what array reads from
	number int             // of the element
}

func newObjects(r io.Reader, f *form, columns []string) (*objects, *bufio.Reader, error) {
	if f.charset != nil {
		return nil, nil, fmt.Errorf("JSON is written in utf-8, and the map names the encoding %s", f.Encoding)
	}
	o := &objects{gauge: &gauge{from: r}, form: f, unmet: map[string]bool{}}
	for _, c := range columns {
		o.unmet[c] = true
	}
	from := bufio.NewReaderSize(o.gauge, 64<<10)
	if mark, err := from.Peek(3); err == nil && bytes.Equal(mark, []byte("\ufeff")) {
		if _, err := from.Discard(3); err != nil {
			return nil, nil, fmt.Errorf("read the file: %w", err)
		}
	}
	return o, from, nil
}

// openJSONL reads JSON Lines: an object a line, as the lists of this API are exported too.
func openJSONL(r io.Reader, f *form, columns []string) (*objects, error) {
	o, from, err := newObjects(r, f, columns)
	if err == nil {
		o.lines = &lines{from: from, number: 1}
	}
	return o, err
}

// openGeoReport reads what GET requests.json of Open311 GeoReport v2 answers with: an array of
// service requests.
func openGeoReport(r io.Reader, f *form, columns []string) (*objects, error) {
	o, from, err := newObjects(r, f, columns)
	if err != nil {
		return nil, err
	}
	o.parts = &bounded{from: from}
	o.array = json.NewDecoder(o.parts)
	if begin, err := o.array.Token(); err != nil || begin != json.Delim('[') {
		return nil, errors.New("it is no array of service requests, as GET requests.json answers; JSON Lines end in .jsonl, or the map says format: jsonl")
	}
	return o, nil
}

func (o *objects) next() (row, error) {
	if o.array != nil {
		return o.element()
	}
	for {
		text, ok, err := o.lines.peek(0)
		if err != nil {
			return row{}, err
		}
		if !ok {
			return row{}, io.EOF
		}
		number := o.lines.number
		o.lines.take(1)
		if raw := bytes.TrimSpace([]byte(text)); len(raw) > 0 {
			return o.row(number, raw), nil
		}
	}
}

func (o *objects) element() (row, error) {
	o.parts.since = 0
	if !o.array.More() {
		if end, err := o.array.Token(); err != nil || end != json.Delim(']') {
			return row{}, fmt.Errorf("the array is not closed behind its element %d: %w", o.number, err)
		}
		return row{}, io.EOF
	}
	var raw json.RawMessage
	if err := o.array.Decode(&raw); err != nil {
		return row{}, fmt.Errorf("element %d of the array can't be read, nor what stands behind it: %w", o.number+1, err)
	}
	o.number++
	r := o.row(o.number, raw)
	r.unit = "element"
	return r, nil
}

// row reads an object; its fields are the columns, those of an object within it by path.to.field.
func (o *objects) row(number int, raw []byte) row {
	r := row{first: number, last: number, raw: raw}
	if !utf8.Valid(raw) && o.form.InvalidBytes != "replace" {
		r.fault = &damage{"bytes that are not utf-8"}
		return r
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var object map[string]any
	if err := d.Decode(&object); err != nil || object == nil || d.More() {
		r.fault = &damage{"it is no JSON object"}
		return r
	}
	r.values = map[string]string{}
	flatten("", object, r.values)
	for column := range r.values {
		delete(o.unmet, column)
	}
	return r
}

// flatten writes values as cells: of a list of plain values a line each, of any other its JSON.
func flatten(path string, v any, into map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		for name, within := range v {
			flatten(strings.TrimPrefix(path+"."+name, "."), within, into)
		}
	case []any:
		var each []string
		for _, x := range v {
			cell, ok := cellOf(x)
			if !ok {
				each = []string{text(v)}
				break
			}
			each = append(each, cell)
		}
		into[path] = strings.Join(each, "\n")
	default:
		into[path], _ = cellOf(v)
	}
}

// cellOf is a plain value as a cell; false for what holds others.
func cellOf(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}

// text is a value as JSON; what was read as JSON can be written as such.
func text(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// unseen are the map's columns that no row has had.
func (o *objects) unseen() []string { return slices.Sorted(maps.Keys(o.unmet)) }

// bounded reads no element that is longer than any row.
type bounded struct {
	from  io.Reader
	since int // bytes since the element began
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.since > longestRow {
		return 0, fmt.Errorf("it is longer than %d MB", longestRow>>20)
	}
	n, err := b.from.Read(p)
	b.since += n
	return n, err
}

package importer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// textMark holds what is no object.
const textMark = "duban:text"

// objectSink writes rejected objects as their file has them: one a line, or as one array.
type objectSink struct {
	w     io.Writer
	array bool
	n     int
}

func (o *objects) sink(w io.Writer) (sink, error) {
	return &objectSink{w: w, array: o.array != nil}, nil
}

func (s *objectSink) add(r row, reason string) error {
	object := map[string]json.RawMessage{}
	if json.Unmarshal(r.raw, &object) != nil || object == nil {
		object = map[string]json.RawMessage{textMark: json.RawMessage(text(string(r.raw)))}
	}
	object[lineMark], object[reasonMark] = json.RawMessage(text(r.lines())), json.RawMessage(text(reason))
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(object); err != nil {
		return fmt.Errorf("write a row as JSON: %w", err)
	}
	before := ""
	if s.array {
		before = ","
		if s.n == 0 {
			before = "["
		}
	}
	s.n++
	_, err := io.WriteString(s.w, before+b.String())
	return err
}

func (s *objectSink) end() error {
	after := ""
	if s.array {
		after = "]\n"
		if s.n == 0 {
			after = "[]\n"
		}
	}
	_, err := io.WriteString(s.w, after)
	return err
}

package casefile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// Patch is a JSON merge patch (RFC 7396) of the top level of a case, without its deadlines:
// those are told by an entry's Armed and Cleared.
type Patch map[string]json.RawMessage

var null = json.RawMessage("null")

func fields(c Case) (Patch, error) {
	c.Deadlines, c.Seq = nil, 0
	raw, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("read case %s as fields: %w", c.ID, err)
	}
	var p Patch
	if err := json.Unmarshal(raw, &p); err != nil {
		return nil, fmt.Errorf("read case %s as fields: %w", c.ID, err)
	}
	return p, nil
}

// diff writes only the fields that changed.
func diff(before, after Case) (Patch, error) {
	p := Patch{}
	b, a := reflect.ValueOf(before), reflect.ValueOf(after)
	for i := range a.NumField() {
		name, options, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
		if name == "deadlines" || name == "seq" || reflect.DeepEqual(b.Field(i).Interface(), a.Field(i).Interface()) {
			continue
		}
		is, was := null, null
		for into, v := range map[*json.RawMessage]reflect.Value{&is: a.Field(i), &was: b.Field(i)} {
			if options != "" && (v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0) {
				continue
			}
			raw, err := json.Marshal(v.Interface())
			if err != nil {
				return nil, fmt.Errorf("read %s of case %s: %w", name, after.ID, err)
			}
			*into = raw
		}
		if !bytes.Equal(is, was) {
			p[name] = is
		}
	}
	if len(p) == 0 {
		return nil, nil
	}
	return p, nil
}

// Fold applies a stored entry to the case before it: what verify does for every ledger.
func Fold(c Case, e Entry) (Case, error) {
	if e.Seq != c.Seq+1 {
		return c, fmt.Errorf("fold case %s: entry %d follows %d", e.Case, e.Seq, c.Seq)
	}
	base, err := fields(c)
	if err != nil {
		return c, err
	}
	for k, v := range e.Patch {
		if bytes.Equal(v, null) {
			delete(base, k)
		} else {
			base[k] = v
		}
	}
	raw, err := json.Marshal(base)
	if err != nil {
		return c, fmt.Errorf("fold entry %d of case %s: %w", e.Seq, e.Case, err)
	}
	var next Case
	if err := json.Unmarshal(raw, &next); err != nil {
		return c, fmt.Errorf("fold entry %d of case %s: %w", e.Seq, e.Case, err)
	}
	next.Seq = e.Seq
	next.Deadlines = foldDeadlines(c.Deadlines, e)
	if next.State != e.To {
		return c, fmt.Errorf("fold entry %d of case %s: state %s, entry says %s", e.Seq, e.Case, next.State, e.To)
	}
	return next, nil
}

func foldDeadlines(before []Deadline, e Entry) []Deadline {
	var left []Deadline
	for _, d := range append(append([]Deadline(nil), before...), e.Armed...) {
		gone := false
		for _, x := range e.Cleared {
			gone = gone || x.Name == d.Name && x.ArmedBy == d.ArmedBy && x.Of == d.Of
		}
		if !gone {
			left = append(left, d)
		}
	}
	return left
}

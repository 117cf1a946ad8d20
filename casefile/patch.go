package casefile

import (
	"bytes"
	"encoding/json"
	"fmt"
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

func diff(before, after Case) (Patch, error) {
	b, err := fields(before)
	if err != nil {
		return nil, err
	}
	a, err := fields(after)
	if err != nil {
		return nil, err
	}
	p := Patch{}
	for k, v := range a {
		if !bytes.Equal(b[k], v) {
			p[k] = v
		}
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			p[k] = null
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

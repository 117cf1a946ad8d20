package jurisdiction

import (
	"slices"

	"duban/law/casefile"
)

// Authority is an office of the regulator, in a tree.
type Authority struct {
	ID      string
	Parent  string // empty: the top
	Level   string // ministry, province, city
	Domain  string // telecom, tourism, …
	Code    string // unique; first part of its case numbers, as LN
	Name    casefile.Text
	Email   string
	Address string
}

// Tree is all authorities, ready to be asked who is above whom. It is never changed: another set of
// authorities is another tree. A nil tree holds none.
type Tree struct {
	all  []Authority
	byID map[string]int
	span []span // of each authority, in the order of all
}

// span is an authority's place in a walk through the tree: whatever begins within it is below.
type span struct{ from, to int }

// NewTree makes the tree. An authority whose superior is not among them is a top; where superiors run
// in a circle, each of the circle is a top without anybody below it.
func NewTree(all []Authority) *Tree {
	t := &Tree{all: slices.Clone(all), byID: make(map[string]int, len(all)), span: make([]span, len(all))}
	below := map[int][]int{}
	for i, a := range t.all {
		t.byID[a.ID] = i
	}
	var tops []int
	for i, a := range t.all {
		if parent, ok := t.byID[a.Parent]; ok && a.Parent != a.ID {
			below[parent] = append(below[parent], i)
		} else {
			tops = append(tops, i)
		}
	}
	at := 0
	var walk func(i int)
	walk = func(i int) {
		at++
		t.span[i].from = at
		for _, child := range below[i] {
			walk(child)
		}
		t.span[i].to = at
	}
	for _, i := range tops {
		walk(i)
	}
	for i := range t.all { // what no walk from a top has reached runs in a circle
		if t.span[i].from == 0 {
			at++
			t.span[i] = span{at, at}
		}
	}
	return t
}

// All is every authority, in the order given.
func (t *Tree) All() []Authority {
	if t == nil {
		return nil
	}
	return slices.Clone(t.all)
}

// Authority finds one by its id.
func (t *Tree) Authority(id string) (Authority, bool) {
	if t == nil {
		return Authority{}, false
	}
	i, ok := t.byID[id]
	if !ok {
		return Authority{}, false
	}
	return t.all[i], true
}

// Over tells whether an authority is another, or above it. An authority that the tree does not
// hold is over itself only.
func (t *Tree) Over(upper, lower string) bool {
	if upper == lower {
		return true
	}
	if t == nil {
		return false
	}
	u, known := t.byID[upper]
	l, also := t.byID[lower]
	return known && also && t.span[u].from <= t.span[l].from && t.span[l].from <= t.span[u].to
}

// Under is an authority and all below it, by id; the authority alone where the tree does not hold it.
func (t *Tree) Under(id string) []string {
	out := []string{id}
	if t != nil {
		for _, a := range t.all {
			if a.ID != id && t.Over(id, a.ID) {
				out = append(out, a.ID)
			}
		}
	}
	return out
}

// Whole tells whether an authority is over all others.
func (t *Tree) Whole(id string) bool {
	return t != nil && len(t.Under(id)) == len(t.all) && t.Over(id, id)
}

// Supervises tells whether an authority supervises the operators of another: its own and those of the
// authorities below it; operators of none are the tops'.
func (t *Tree) Supervises(authority, of string) bool {
	if of != "" {
		return t.Over(authority, of)
	}
	a, ok := t.Authority(authority)
	return ok && a.Parent == ""
}

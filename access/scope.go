package access

import (
	"slices"

	"duban/law/jurisdiction"
)

// Thing is what an action is done to, as far as rights hang on it.
type Thing struct {
	Case      string // id, where it is a case
	Authority string // that carries it
	Operator  string // whom it is about
	Visible   bool   // its operator may know of it
}

// Scope is the set of things to which a caller may do an action. The zero Scope holds nothing.
type Scope struct {
	Whole    bool     // everything
	Under    string   // what this authority carries, or one below it
	Same     string   // what this authority carries
	Operator string   // what is about this operator
	Visible  bool     // with Operator: only what it may know of
	Cases    []string // these cases
}

// Nothing tells whether the scope holds nothing, whatever there is.
func (s Scope) Nothing() bool {
	return !s.Whole && s.Under == "" && s.Same == "" && s.Operator == "" && len(s.Cases) == 0
}

// Holds tells whether a thing is within the scope.
func (s Scope) Holds(t *jurisdiction.Tree, x Thing) bool {
	switch {
	case s.Whole:
		return true
	case s.Under != "":
		return t.Over(s.Under, x.Authority)
	case s.Same != "":
		return x.Authority == s.Same
	case s.Operator != "":
		return x.Operator == s.Operator && (x.Visible || !s.Visible)
	}
	return slices.Contains(s.Cases, x.Case)
}

// Authorities are those whose things the scope holds, and whether it is bounded by authorities at all: a
// list of an unbounded scope is narrowed by something else, or by nothing.
func (s Scope) Authorities(t *jurisdiction.Tree) (ids []string, bounded bool) {
	switch {
	case s.Under != "" && t.Whole(s.Under):
		return nil, false // one over all needs no long list
	case s.Under != "":
		return t.Under(s.Under), true
	case s.Same != "":
		return []string{s.Same}, true
	}
	return nil, false
}

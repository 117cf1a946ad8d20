package standards

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"duban/law/calendar"
	"duban/law/regimes"
)

//go:embed *.yaml
var texts embed.FS

// ErrNotInForce is what At returns when there is no such standard on that day.
var ErrNotInForce = errors.New("not in force")

// Library is the built-in standards. It never changes and may be used by many goroutines at once.
type Library struct{ all []*Standard }

// Load reads and checks the built-in standards, whose clauses and violations are looked up in laws.
func Load(laws *regimes.Library) (*Library, error) {
	names, err := fs.Glob(texts, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the built-in standards: %w", err)
	}
	l := &Library{}
	for _, name := range names {
		text, err := texts.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the built-in standard %s: %w", name, err)
		}
		s, problems := Read(name, text, laws)
		if len(problems) > 0 {
			return nil, fmt.Errorf("read the built-in standards: %w", regimes.Problems(problems))
		}
		l.all = append(l.all, s)
	}
	slices.SortFunc(l.all, func(a, b *Standard) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version))
	})
	if err := together(l.all); err != nil {
		return nil, fmt.Errorf("read the built-in standards: %w", err)
	}
	return l, nil
}

// All lists every version of every standard, by id and version. They must not be changed.
func (l *Library) All() []*Standard { return slices.Clone(l.all) }

// At is the standard of that id as in force on the day; ErrNotInForce if there is none.
func (l *Library) At(id string, day calendar.Day) (*Standard, error) {
	for _, s := range l.all {
		if s.ID == id && holds(s, day) {
			return s, nil
		}
	}
	return nil, fmt.Errorf("standard %s on %s: %w", id, day, ErrNotInForce)
}

// For lists the standards that bind a type of operator on the day (tourism 8).
func (l *Library) For(operator string, day calendar.Day) []*Standard {
	var out []*Standard
	for _, s := range l.all {
		if slices.Contains(s.Operators, operator) && holds(s, day) {
			out = append(out, s)
		}
	}
	return out
}

// Chosen is the standard of that id as in force on the day or, without an id, the only one that binds
// operators of those types; ErrNotInForce where there is none, or more than one to choose from.
func (l *Library) Chosen(id string, types []string, day calendar.Day) (*Standard, error) {
	if id != "" {
		return l.At(id, day)
	}
	var binding []*Standard
	for _, t := range types {
		for _, s := range l.For(t, day) {
			if !slices.Contains(binding, s) {
				binding = append(binding, s)
			}
		}
	}
	if len(binding) != 1 {
		return nil, fmt.Errorf("%d standards bind %v on %s: %w", len(binding), types, day, ErrNotInForce)
	}
	return binding[0], nil
}

func holds(s *Standard, day calendar.Day) bool {
	return !day.Before(s.Effective.From) && (s.Effective.To.IsZero() || !day.After(s.Effective.To))
}

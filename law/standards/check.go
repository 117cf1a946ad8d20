package standards

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"duban/law/checklist"
	"duban/law/regimes"
)

//go:embed schema.json
var schemaText []byte

// Schema returns the JSON Schema (draft 2020-12) of a standard, for editors.
func Schema() []byte { return slices.Clone(schemaText) }

// schema compiles the embedded schema once.
var schema = sync.OnceValue(func() *jsonschema.Schema { return regimes.CompileForm(schemaText) })

// House is the source of requirements that no text gives.
const House = "house"

// Read reads a standard and reports every fault of its form and sense; with none, the standard is
// whole. Clauses and violations are looked up in laws.
func Read(file string, text []byte, laws *regimes.Library) (*Standard, []regimes.Problem) {
	s := &Standard{}
	form, ok := regimes.ReadForm(file, text, schema(), s)
	if ok {
		c := checker{form: form, laws: laws, s: s}
		c.standard()
	}
	if problems := form.Problems(); len(problems) > 0 {
		return nil, problems
	}
	s.whole(text)
	return s, nil
}

// Parse reads a standard that was read before and is kept by its hash: what it names is not looked
// up, because the laws that this program has may be others.
func Parse(text []byte) (*Standard, error) {
	s := &Standard{}
	form, _ := regimes.ReadForm("standard", text, schema(), s)
	if problems := form.Problems(); len(problems) > 0 {
		return nil, fmt.Errorf("read a standard that was kept: %w", regimes.Problems(problems))
	}
	s.whole(text)
	return s, nil
}

// whole gives each requirement what the standard says for all of them, and the standard its hash.
func (s *Standard) whole(text []byte) {
	for i := range s.Requirements {
		r := &s.Requirements[i]
		if r.Source == "" {
			r.Source = s.Source
		}
		r.Unverified = r.Unverified || s.Unverified
	}
	sum := sha256.Sum256(text)
	s.Hash, s.Text = hex.EncodeToString(sum[:]), text
}

// checker holds one standard against the law and itself.
type checker struct {
	form *regimes.Form
	laws *regimes.Library
	s    *Standard
}

func (c checker) standard() {
	s := c.s
	if !s.Effective.To.IsZero() && s.Effective.To.Before(s.Effective.From) {
		c.form.Report([]string{"effective"}, "ends before it begins")
	}
	if s.Source == House && !s.Unverified {
		c.form.Report([]string{"source"}, "what the installation wrote itself is unverified: say \"unverified: true\"")
	}
	c.cite(s.Cite, s.Unverified, "cite")
	violations := c.violations()
	seen := map[string]bool{}
	for i, r := range s.Requirements {
		at := []string{"requirements", strconv.Itoa(i)}
		if seen[r.Code] {
			c.form.Report(append(at, "code"), "%q stands there twice", r.Code)
		}
		seen[r.Code] = true
		if r.Source == House && !r.Unverified && !s.Unverified {
			c.form.Report(append(at, "source"), "what the installation wrote itself is unverified: say \"unverified: true\"")
		}
		c.cite(r.Cite, r.Unverified || s.Unverified, append(at, "cite")...)
		switch {
		case r.Violation == "":
		case r.Unverified || s.Unverified:
			c.form.Report(append(at, "violation"), "nobody is penalised by a text that was not read: an unverified requirement names no violation")
		case s.Regime == "":
			c.form.Report(append(at, "violation"), "the standard names no regime of which this is a violation")
		case violations != nil && !violations[r.Violation]:
			c.form.Report(append(at, "violation"), "%s knows no violation %q", s.Regime, r.Violation)
		}
		c.method(r.Judge, append(at, "judge"))
	}
}

// cite looks a clause up where the installation holds the text as data; a standard may rest on one that
// it does not hold.
func (c checker) cite(cite string, unverified bool, path ...string) {
	document, clause, verified := c.laws.HasClause(cite)
	switch {
	case cite == "" || !document:
	case !clause:
		c.form.Report(path, "there is no clause %s", cite)
	case !verified && !unverified:
		c.form.Report(path, "%s is unverified, so this is too: say \"unverified: true\"", cite)
	}
}

// violations lists the codes of the standard's regime as in force on its first day; nil where
// there is none to look up.
func (c checker) violations() map[string]bool {
	if c.s.Regime == "" {
		return nil
	}
	b, err := c.laws.At(c.s.Regime, c.s.Effective.From)
	if errors.Is(err, regimes.ErrNotInForce) {
		c.form.Report([]string{"regime"}, "%s is not in force on %s", c.s.Regime, c.s.Effective.From)
		return nil
	}
	if err != nil {
		c.form.Report([]string{"regime"}, "can't be read as a regime: %v", err)
		return nil
	}
	codes := map[string]bool{}
	for code := range b.Regime.Violations {
		codes[code] = true
	}
	return codes
}

func (c checker) method(m checklist.Method, path []string) {
	want := func(ok bool, format string, args ...any) {
		if !ok {
			c.form.Report(path, format, args...)
		}
	}
	measured, scored := m.Unit != "" || m.AtMost != nil || m.AtLeast != nil, m.Points != 0 || m.Pass != 0
	switch m.By {
	case checklist.YesNo:
		want(!measured && !scored, "yes or no has neither bound nor points")
	case checklist.Measure:
		want(!scored, "a measure has no points")
		want(m.Unit != "", "a measure needs a unit")
		want((m.AtMost == nil) != (m.AtLeast == nil), "a measure needs one of atMost and atLeast")
	case checklist.Score:
		want(!measured, "a score has neither unit nor bound")
		want(m.Pass > 0 && m.Pass <= m.Points, "a score needs points, and pass not above them")
	}
}

// together checks standards that share an id: versions differ and their days do not meet.
func together(all []*Standard) error {
	for i, a := range all {
		for _, b := range all[:i] {
			if a.ID != b.ID {
				continue
			}
			if a.Version == b.Version {
				return fmt.Errorf("standard %s has version %d twice", a.ID, a.Version)
			}
			if holds(a, b.Effective.From) || holds(b, a.Effective.From) {
				return fmt.Errorf("standard %s: versions %d and %d are in force on the same days", a.ID, b.Version, a.Version)
			}
		}
	}
	return nil
}

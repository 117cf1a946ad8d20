package regimes

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Check reports every fault of the given files (name → text), in the order of file and line:
// of form, of sense, of citation, and of what each main regulation lacks together with the
// documents it stands on. The built-in documents are read beside them; a given document takes
// the place of the built-in ones of its id. No fault: nil.
func Check(files map[string][]byte) []Problem {
	_, problems := examine(together(files))
	return problems
}

// together is the given files and the built-in documents whose ids they do not take.
func together(files map[string][]byte) []*source {
	var given []*source
	ids := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, s := range single(name, files[name]) {
			given = append(given, s)
			if tree, ok := s.tree.(map[string]any); ok {
				if id, ok := tree["id"].(string); ok {
					ids[id] = true
				}
			}
		}
	}
	all := given
	for _, s := range builtIn() {
		if tree, ok := s.tree.(map[string]any); !ok || !ids[tree["id"].(string)] {
			all = append(all, s)
		}
	}
	return all
}

// single reads a file that must hold one document.
func single(name string, text []byte) []*source {
	all := read(name, text)
	for _, s := range all[1:] {
		s.report(nil, "a second document: each stands in a file of its own")
		s.tree = nil
	}
	return all
}

// examine decodes the sources and checks them one by one and all together.
func examine(all []*source) ([]*Document, Problems) {
	var docs []*Document
	for _, s := range all {
		if s.tree == nil {
			continue
		}
		if d := s.decode(); d != nil {
			docs = append(docs, d)
		}
	}
	for _, d := range docs {
		d.check()
	}
	shelf := newShelf(docs)
	shelf.check()
	return docs, faults(all)
}

// faults gathers the problems of the sources in the order in which a reader meets them.
func faults(all []*source) Problems {
	var problems Problems
	for _, s := range all {
		problems = append(problems, s.problems...)
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), strings.Compare(a.Message, b.Message))
	})
	return problems
}

// check looks at what the document says by itself.
func (d *Document) check() {
	s := d.source
	d.span(d.Effective, "effective")
	for _, r := range d.rules() {
		if r.Effective != nil {
			d.span(*r.Effective, append(r.path, "effective")...)
			if !r.Effective.meets(d.Effective) {
				s.report(append(r.path, "effective"), "never in force: %s itself is from %s", d.ID, d.Effective.From)
			}
		}
	}
	for k := range d.Kinds {
		if !slices.Contains(casefile.Kinds(), k) {
			s.reportKey([]string{"kinds", string(k)}, "no kind of case is called %q", string(k))
		}
	}
	d.checkMoves()
	d.checkTerms()
	for name, b := range d.Bounds {
		if _, ok := terms[name]; !ok {
			s.reportKey([]string{"bounds", name}, "no deadline is called %q", name)
		}
		if b.Min > b.Max && b.Max > 0 {
			s.report([]string{"bounds", name, "min"}, "the bounds are reversed: %d is more than %d", b.Min, b.Max)
		}
	}
	d.checkPublication()
	for k := range d.Retention {
		if !slices.Contains(casefile.Kinds(), k) {
			s.reportKey([]string{"retention", string(k)}, "no kind of case is called %q", string(k))
		}
	}
	for what := range d.Routes {
		if !slices.Contains(casefile.Contestable(), what) {
			s.reportKey([]string{"routes", what}, "no act that can be contested is called %q", what)
		}
	}
	d.checkGrounds()
	d.checkViolations()
	if j := d.Joint; j != nil && j.Representatives.Min > j.Representatives.Max && j.Representatives.Max > 0 {
		s.report([]string{"joint", "representatives", "min"}, "the bounds are reversed: %d is more than %d", j.Representatives.Min, j.Representatives.Max)
	}
	d.checkRanks()
	d.checkDuties()
	seen := map[string]bool{}
	for i, p := range d.Places {
		if seen[p.Code] && p.Code != "" {
			s.report([]string{"places", itoa(i), "code"}, "the code %q stands in this list twice", p.Code)
		}
		seen[p.Code] = true
	}
}

func (d *Document) checkMoves() {
	s := d.source
	for name, m := range d.Moves {
		spec, ok := specOf(name)
		if !ok {
			s.reportKey([]string{"moves", name}, "no paper or act is called %q", name)
		} else if m.Closed && spec.Class == casefile.Paper {
			s.report([]string{"moves", name, "closed"}, "%s is a paper, and papers are never refused", name)
		} else {
			for i, field := range m.Needs {
				switch {
				case spec.Class == casefile.Paper:
					s.report([]string{"moves", name, "needs", itoa(i)}, "%s is a paper, and papers are never refused", name)
				case !slices.Contains(spec.Takes, field):
					s.report([]string{"moves", name, "needs", itoa(i)}, "%s takes no field %q that could be left out", name, field)
				}
			}
		}
	}
}

func (d *Document) checkTerms() {
	s := d.source
	for name, t := range d.Terms {
		k, ok := terms[name]
		switch {
		case !ok:
			s.reportKey([]string{"terms", name}, "no deadline is called %q", name)
		case k.title == (casefile.Text{}) && t.Title == (casefile.Text{}):
			s.reportKey([]string{"terms", name}, "the field \"title\" is missing: the catalogue has none for %s", name)
		case t.From != "" && name != "complaint.answer":
			s.report([]string{"terms", name, "from"}, "only complaint.answer runs from %s", t.From)
		case t.Before != k.before && k.before:
			s.reportKey([]string{"terms", name}, "%s is counted backwards from its event: the field \"before\" is missing", name)
		case t.Before != k.before:
			s.report([]string{"terms", name, "before"}, "%s is counted forward", name)
		case !t.Cap.IsZero() && (t.Cap.Unit != t.Term.Unit || t.Cap.N < t.Term.N || t.Before):
			s.report([]string{"terms", name, "cap"}, "%s is no cap of a term of %s that can be extended", t.Cap, t.Term)
		}
	}
}

func (d *Document) span(span Span, path ...string) {
	if !span.To.IsZero() && span.To.Before(span.From) {
		d.source.report(append(path, "to"), "ends before it begins on %s", span.From)
	}
}

func (d *Document) checkGrounds() {
	for name, list := range d.Grounds {
		if spec, ok := specOf(name); !ok || !slices.Contains(spec.Needs, "ground") {
			d.source.reportKey([]string{"grounds", name}, "no act called %q takes a ground", name)
		}
		seen := map[string]bool{}
		for i, g := range list {
			path := []string{"grounds", name, itoa(i)}
			if seen[g.Code] && g.Code != "" {
				d.source.report(append(path, "code"), "the code %q stands in this list twice", g.Code)
			}
			seen[g.Code] = true
		}
	}
}

func (d *Document) checkViolations() {
	for code, v := range d.Violations {
		path := []string{"violations", code}
		_, fineGiven := d.source.keys[pointer(child(path, "fineMax")...)]
		switch {
		case v.FineMax > 0 && v.FineMin > v.FineMax:
			d.source.report(append(path, "fineMin"), "the least fine is more than the greatest")
		case v.FineMax == 0 && fineGiven: // not an amount, or nothing: its form is at fault
		case v.FineMax == 0 && v.FineMin > 0:
			d.source.report(append(path, "fineMin"), "a least fine without a greatest")
		case v.FineMax == 0 && !v.Warning && len(v.Also) == 0:
			d.source.reportKey(path, "neither a warning nor a fine")
		case v.FineMax > 0 && v.Sequence == casefile.WarningOnly:
			d.source.report(append(path, "fineMax"), "the sequence %q has no fine", v.Sequence)
		}
		switch m := v.Multiple; {
		case m == nil:
		case m.Min > m.Max && m.Max > 0:
			d.source.report(child(path, "multiple"), "the multiples are reversed: %d is more than %d", m.Min, m.Max)
		case v.FineMax == 0 && !fineGiven:
			d.source.report(child(path, "multiple"), "a multiple without a fine for those who earned less")
		}
		d.checkMeasures(v, path)
		if p := v.Persons; p != nil && p.FineMax > 0 && p.FineMin > p.FineMax {
			d.source.report(child(child(path, "persons"), "fineMin"), "the least fine is more than the greatest")
		}
	}
}

// checkMeasures: a kind stands once, and only a suspension has a term.
func (d *Document) checkMeasures(v Violation, path []string) {
	seen := map[string]bool{}
	for i, m := range v.Also {
		at := append(child(path, "also"), itoa(i))
		if seen[m.What] && m.What != "" {
			d.source.report(at, "%s stands in this list twice", m.What)
		}
		seen[m.What] = true
		switch {
		case m.What != casefile.Suspension && (!m.Min.IsZero() || !m.Max.IsZero()):
			d.source.report(at, "only a suspension has a term")
		case !m.Min.IsZero() && !m.Max.IsZero() && !noLonger(m.Min, m.Max):
			d.source.report(at, "the bounds are reversed, or can't be compared: %s and %s", m.Min, m.Max)
		case m.Must && m.Grave:
			d.source.report(at, "what the clause always imposes is not for grave cases only")
		}
	}
}

func (d *Document) checkRanks() {
	seen := map[string]bool{}
	for i, r := range d.Ranks {
		if seen[r.Code] && r.Code != "" {
			d.source.report([]string{"ranks", itoa(i), "code"}, "the code %q stands in this list twice", r.Code)
		}
		seen[r.Code] = true
	}
	for id, x := range d.Instruments {
		d.span(Span{From: x.ValidFrom, To: x.ValidTo}, "instruments", id)
	}
}

// law is the id of the document that a citation names.
func law(cite string) string {
	id, _, _ := strings.Cut(cite, ":")
	return id
}

func specOf(name string) (casefile.Spec, bool) {
	_, move, _ := strings.Cut(name, ".")
	return casefile.SpecOf(kindOf(name), move)
}

// shelf is all documents that are read together, by id, each id's in the order of their days.
type shelf map[string][]*Document

func newShelf(docs []*Document) shelf {
	s := shelf{}
	for _, d := range docs {
		if d.ID != "" {
			s[d.ID] = append(s[d.ID], d)
		}
	}
	for _, texts := range s {
		slices.SortStableFunc(texts, func(a, b *Document) int { return a.Effective.From.Compare(b.Effective.From) })
	}
	return s
}

// on is the text of that law in force on the day, or of the law that has taken its place; nil if
// none is.
func (s shelf) on(id string, day calendar.Day) *Document {
	for _, one := range s.line(id) {
		for _, d := range s[one] {
			if d.Effective.holds(day) {
				return d
			}
		}
	}
	return nil
}

// line is a law and those that took its place, one after the other.
func (s shelf) line(id string) []string {
	all := []string{id}
	for i := 0; i < len(all); i++ {
		for _, next := range slices.Sorted(maps.Keys(s)) {
			if !slices.Contains(all, next) && slices.ContainsFunc(s[next], func(d *Document) bool { return d.Replaces == all[i] }) {
				all = append(all, next)
			}
		}
	}
	return all
}

// check looks at what the documents say of each other, and puts each main regulation together
// for every run of days on which the same rules hold.
func (s shelf) check() {
	for _, id := range slices.Sorted(maps.Keys(s)) {
		texts := s[id]
		for i, d := range texts {
			for _, before := range texts[:i] {
				if !d.Effective.From.IsZero() && d.Effective.meets(before.Effective) {
					d.source.report([]string{"effective", "from"}, "%s is in force twice: %s has a text from %s", id, before.source.file, before.Effective.From)
				}
			}
			s.citations(d)
			s.instruments(d)
			if _, ok := s[d.Replaces]; !ok && d.Replaces != "" {
				d.source.report([]string{"replaces"}, "no document has the id %q", d.Replaces)
			}
			s.extends(d)
			for n, other := range d.StandsOn {
				if _, ok := s[other]; !ok && other != "" {
					d.source.report([]string{"standsOn", itoa(n)}, "no document has the id %q", other)
				}
			}
		}
		for _, e := range s.editions(id) {
			if e.missing == "" {
				c := compose(e.main, e.standsOn, e.from)
				c.lacks()
				c.cites(append([]*Document{e.main}, e.standsOn...), func(cite string) bool { return !s.has(cite) })
				if c.parent != nil {
					c.loosens(compose(c.parent, e.standsOn[1:], e.from))
				}
			}
		}
	}
}

// extends checks that what a document extends is a main regulation that extends nothing itself.
func (s shelf) extends(d *Document) {
	if d.Extends == "" {
		return
	}
	above, ok := s[d.Extends]
	switch {
	case !ok:
		d.source.report([]string{"extends"}, "no document has the id %q", d.Extends)
	case !above[0].Main() || above[0].Extends != "":
		d.source.report([]string{"extends"}, "%s is no main regulation that stands by itself", d.Extends)
	}
}

// instruments checks that each has a title and a rank that some document knows.
func (s shelf) instruments(d *Document) {
	ranks := map[string]bool{}
	for _, texts := range s {
		for _, other := range texts {
			for _, r := range other.Ranks {
				ranks[r.Code] = true
			}
		}
	}
	for id, x := range d.Instruments {
		path := []string{"instruments", id}
		_, here := s[id]
		if !here && x.Title == (casefile.Text{}) {
			d.source.reportKey(path, "the field \"title\" is missing: no document has the id %q", id)
		}
		if here && (x.Title != (casefile.Text{}) || !x.ValidFrom.IsZero() || !x.ValidTo.IsZero()) {
			d.source.reportKey(path, "title and days of %s are those of its document", id)
		}
		if x.Rank != "" && !ranks[x.Rank] {
			d.source.report(child(path, "rank"), "no rank is called %q", x.Rank)
		}
	}
}

// citations checks that every clause that the document cites is there, and that who rests on an
// unverified clause says so.
func (s shelf) citations(d *Document) {
	for _, r := range d.rules() {
		path := append(r.path, "cite")
		if s.cited(d, path, r.Cite) && s.doubtful(r.Cite) && !r.Unverified {
			d.source.report(path, "%s is unverified, so this rule is too: say \"unverified: true\"", r.Cite)
		}
		for _, o := range r.other {
			s.cited(d, slices.Concat(r.path, o.field), o.cite)
		}
	}
}

func (s shelf) cited(d *Document, path []string, cite string) bool {
	id, article, _ := strings.Cut(cite, ":")
	if cite == "" {
		return false
	}
	if _, ok := s[id]; !ok {
		d.source.report(path, "no document has the id %q", id)
		return false
	}
	if !s.has(cite) {
		d.source.report(path, "%s has no clause %q", id, article)
		return false
	}
	return true
}

// has tells whether any text of the law has the clause.
func (s shelf) has(cite string) bool {
	id, article, _ := strings.Cut(cite, ":")
	return slices.ContainsFunc(s[id], func(x *Document) bool { _, ok := x.Clauses[article]; return ok })
}

func (s shelf) doubtful(cite string) bool {
	id, article, _ := strings.Cut(cite, ":")
	return slices.ContainsFunc(s[id], func(x *Document) bool { return x.Clauses[article].Unverified })
}

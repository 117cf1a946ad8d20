package regimes

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"duban/law/calendar"
	"duban/law/casefile"
)

// composition is one regime being put together for one day.
type composition struct {
	regime *casefile.Regime
	main   *Document
	parent *Document // the main regulation that main extends, if any
	day    calendar.Day
	from   map[string]*Document // section and name → the document that gave the rule
}

// compose makes one regime of a main regulation and the documents it stands on, with the rules
// that hold on that day. The main regulation's own rule goes before that of a law it stands on
// (the special before the general), and before both that of a regulation that extends it; two of
// those that it stands on giving the same rule is a problem.
func compose(main *Document, standsOn []*Document, day calendar.Day) *composition {
	c := &composition{main: main, day: day, from: map[string]*Document{}, regime: &casefile.Regime{
		Name: main.ID, Version: day.String(), Title: main.Title,
		Clauses: map[string]casefile.Clause{}, Kinds: map[casefile.Kind]string{}, Moves: map[string]casefile.Rule{},
		Terms: map[string]casefile.TermRule{}, Bounds: map[string]casefile.Bound{}, Grounds: map[string][]casefile.Ground{},
		Violations: map[string]casefile.Violation{}, Routes: map[string]casefile.Route{}, Retention: map[casefile.Kind]casefile.Retention{},
	}}
	if main.Extends != "" && len(standsOn) > 0 {
		c.parent = standsOn[0]
	}
	for _, d := range append([]*Document{main}, standsOn...) {
		c.add(d)
	}
	return c
}

// takes tells whether the rule of that section and name is this document's to give.
func (c *composition) takes(d *Document, r Rule, section, name string) bool {
	if !r.on(c.day) {
		return false
	}
	key := section + " " + name
	before := c.from[key]
	if before == nil || before == d {
		c.from[key] = d
		return true
	}
	if before != c.main && before != c.parent {
		path := []string{section, name}
		if name == "" {
			path = path[:1]
		}
		d.source.reportKey(path, "%s gives %s already, and %s stands on both", before.ID, key, c.main.ID)
	}
	return false
}

func (c *composition) add(d *Document) {
	r := c.regime
	for article, x := range d.Clauses {
		r.Clauses[d.ID+":"+article] = casefile.Clause{Title: x.Text, Unverified: x.Unverified}
	}
	for k, x := range d.Kinds {
		if (d == c.main || d == c.parent) && x.on(c.day) {
			r.Kinds[k] = x.Cite
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Moves)) {
		if x := d.Moves[name]; c.takes(d, x.Rule, "moves", name) {
			r.Moves[name] = casefile.Rule{Cite: x.Cite, Closed: x.Closed, Unverified: x.Unverified, Needs: x.Needs, Remedies: x.Remedies}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Terms)) {
		if x := d.Terms[name]; c.takes(d, x.Rule, "terms", name) {
			title := x.Title
			if title == (casefile.Text{}) {
				title = terms[name].title
			}
			r.Terms[name] = casefile.TermRule{Term: x.Term, Roll: x.Roll, Cite: x.Cite, Unverified: x.Unverified, Title: title, From: x.From, Cap: x.Cap, Before: x.Before}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Bounds)) {
		if x := d.Bounds[name]; c.takes(d, x.Rule, "bounds", name) {
			r.Bounds[name] = casefile.Bound{Min: x.Min, Max: x.Max, Cite: x.Cite, Unverified: x.Unverified}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Grounds)) {
		for _, x := range d.Grounds[name] {
			if c.takes(d, x.Rule, "grounds", name) {
				r.Grounds[name] = append(r.Grounds[name], casefile.Ground{
					Code: x.Code, Title: x.Title, Cite: x.Cite, Unverified: x.Unverified,
					Within: x.Within, Dispute: x.Dispute, Educate: x.Educate,
				})
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.Violations)) {
		if x := d.Violations[name]; c.takes(d, x.Rule, "violations", name) {
			r.Violations[name] = x.composed(name)
		}
	}
	c.addSections(d)
}

// addSections is add for what stands in sections of its own.
func (c *composition) addSections(d *Document) {
	r := c.regime
	for _, x := range d.Bodies {
		if c.takes(d, x.Rule, "bodies", "") {
			r.Bodies = append(r.Bodies, casefile.CompetentBody{Level: x.Level, Body: x.Body, Cite: x.Cite, Unverified: x.Unverified})
		}
	}
	if x := d.Surcharge; x != nil && c.takes(d, x.Rule, "surcharge", "") {
		r.Surcharge = casefile.Surcharge{
			PerMille: x.PerMille, Every: cmp.Or(int64(x.Every), 1), Cap: cmp.Or(x.Cap, 1000), Base: x.Base, FreezeGap: x.FreezeGap, FreezeNotAccepted: x.FreezeNotAccepted,
			Cite: x.Cite, FreezeCite: x.FreezeCite, Unverified: x.Unverified,
		}
	}
	if x := d.Hearing; x != nil && c.takes(d, x.FineFrom.Rule, "hearing", "") {
		r.Hearing = x.composed()
	}
	if x := d.Joint; x != nil && c.takes(d, x.Rule, "joint", "") {
		r.Joint = casefile.Joint{From: x.From, Min: x.Representatives.Min, Max: x.Representatives.Max, Cite: x.Cite, Unverified: x.Unverified}
	}
	for _, x := range d.Cards {
		if c.takes(d, x.Rule, "cards", "") {
			r.Cards = append(r.Cards, casefile.CardRule{Type: x.Type, Level: x.Level, Cite: x.Cite, Unverified: x.Unverified})
		}
	}
	for _, code := range slices.Sorted(maps.Keys(d.Duties)) {
		if x := d.Duties[code]; c.takes(d, x.Rule, "duties", code) {
			r.Duties = append(r.Duties, x.composed(code))
		}
	}
	for _, what := range slices.Sorted(maps.Keys(d.Routes)) {
		if x := d.Routes[what]; c.takes(d, x.Rule, "routes", what) {
			r.Routes[what] = casefile.Route{Open: x.Open, Cite: x.Cite, Unverified: x.Unverified}
		}
	}
	for _, x := range d.Publication {
		if c.takes(d, x.Rule, "publication", x.Of) {
			r.Publications = append(r.Publications, x.composed())
		}
	}
	for _, k := range slices.Sorted(maps.Keys(d.Retention)) {
		if x := d.Retention[k]; c.takes(d, x.Rule, "retention", string(k)) {
			r.Retention[k] = casefile.Retention{Years: int(x.Keep), Permanent: x.Keep == 0, Cite: x.Cite, Unverified: x.Unverified}
		}
	}
	for _, x := range d.Places {
		if c.takes(d, x.Rule, "places", "") {
			r.Places = append(r.Places, casefile.Place{Code: x.Code, Title: x.Title, Cite: x.Cite, Unverified: x.Unverified})
		}
	}
}

// composed is the violation as a case reads it.
func (v Violation) composed(code string) casefile.Violation {
	out := casefile.Violation{
		Code: code, Title: v.Title, Cite: v.Cite, Sequence: v.Sequence, Warning: v.Warning,
		FineMin: casefile.Fen(v.FineMin), FineMax: casefile.Fen(v.FineMax), OtherLaw: v.OtherLaw, HarmNeeded: v.HarmNeeded,
		Unverified: v.Unverified, Also: measuresOf(v.Also), AppliesTo: v.AppliesTo,
	}
	if p := v.Persons; p != nil {
		out.Persons = casefile.Persons{FineMin: casefile.Fen(p.FineMin), FineMax: casefile.Fen(p.FineMax), Also: p.Also, Cite: p.Cite, Unverified: p.Unverified}
	}
	if m := v.Multiple; m != nil {
		out.Multiple = casefile.Multiple{From: casefile.Fen(m.From), Min: m.Min, Max: m.Max}
	}
	return out
}

// composed is the rule as a case reads it.
func (p Publication) composed() casefile.Publication {
	out := casefile.Publication{
		Of: p.Of, Sanctions: p.Sanctions, How: p.How, Within: p.Within, Least: p.Least, Most: p.Most, Cite: p.Cite, Unverified: p.Unverified,
	}
	if w := p.Withdraw; w != nil {
		out.Withdraw = casefile.TermRule{Term: w.Term, Cite: w.Cite, Unverified: w.Unverified}
	}
	return out
}

func measuresOf(all []Measure) []casefile.Measure {
	var out []casefile.Measure
	for _, m := range all {
		out = append(out, casefile.Measure(m))
	}
	return out
}

// composed is the right to a hearing as a case reads it.
func (h Hearing) composed() casefile.HearingRule {
	out := casefile.HearingRule{
		Fine:         casefile.HearingGround{From: casefile.Fen(h.FineFrom.Amount), Cite: h.FineFrom.Cite, Unverified: h.FineFrom.Unverified},
		Confiscation: casefile.HearingGround{From: casefile.Fen(h.ConfiscationFrom.Amount), Cite: h.ConfiscationFrom.Cite, Unverified: h.ConfiscationFrom.Unverified},
		Always:       casefile.HearingGround{Kinds: h.Always.Kinds, Cite: h.Always.Cite, Unverified: h.Always.Unverified},
	}
	if c := h.Collective; c != nil {
		out.Collective = casefile.HearingGround{Cite: c.Cite, Unverified: c.Unverified}
	}
	return out
}

// known is a term that code looks up.
type known struct {
	title  casefile.Text
	needed bool
	before bool // counted backwards from an event
}

// terms are the names that a regime may give a term: the catalogue of deadlines by kind, and the
// lengths that casefile looks up under names of their own, most of them only if they are there.
var terms = func() map[string]known {
	all := map[string]known{
		"complaint.preservation":          {}, // of the operator's billing data (telecom 17)
		"complaint.operators-own-answer":  {}, // before a complaint can be accepted
		"appeal.extension":                {needed: true},
		"appeal.copy-simple":              {}, // the simple procedure (reconsideration 54, 62)
		"appeal.respondent-answer-simple": {},
		"appeal.review-decision-simple":   {},
		"enforcement.hearing-notice":      {needed: true, before: true}, // counted back from the day of the hearing (penalties 64)
		"enforcement.announcement":        {},                           // service by announcement (civil procedure 95)
		"appeal.announcement":             {},
		"complaint.force-majeure":         {}, // to apply after the obstacle (civil procedure 86)
		"enforcement.force-majeure":       {},
	}
	for _, d := range casefile.Deadlines() {
		for _, k := range d.Kinds {
			all[string(k)+"."+d.Name] = known{title: d.Title, needed: !d.Optional && !d.Ruled}
		}
	}
	return all
}()

// lacks reports what the code of the allowed kinds looks up and the regime does not give.
func (c *composition) lacks() {
	r, at := c.regime, c.main.source
	for _, k := range slices.Sorted(maps.Keys(r.Kinds)) {
		path := []string{"kinds", string(k)}
		for _, s := range casefile.Specs(k) {
			rule, given := r.Moves[s.Key()]
			if !given {
				at.reportKey(path, "no authority for the %s %s", classWords[s.Class], s.Key())
			}
			if slices.Contains(s.Needs, "ground") && !rule.Closed && len(r.Grounds[s.Key()]) == 0 {
				at.reportKey(path, "no grounds for the act %s", s.Key())
			}
		}
		for _, name := range slices.Sorted(maps.Keys(terms)) {
			if name == "complaint.answer-complete" && r.Terms["complaint.answer"].From == casefile.FromAcceptance {
				continue // counted from what comes after the materials anyway
			}
			if _, given := r.Terms[name]; !given && terms[name].needed && kindOf(name) == k {
				at.reportKey(path, "no term %s", name)
			}
		}
	}
	if r.Kinds[casefile.Enforcement] != "" {
		path := []string{"kinds", string(casefile.Enforcement)}
		if len(r.Violations) == 0 {
			at.reportKey(path, "no violations")
		}
		if r.Surcharge.PerMille == 0 {
			at.reportKey(path, "no surcharge")
		}
		if r.Hearing.Fine.From == 0 {
			at.reportKey(path, "no hearing: from which fine on there is a right to one")
		}
	} else if opens := "complaint.open-enforcement"; r.Kinds[casefile.Complaint] != "" && !r.Moves[opens].Closed {
		at.reportKey([]string{"kinds"}, "without the kind enforcement, the act %s must be closed", opens)
	}
	for of, act := range map[string]string{casefile.InspectionResult: "inspection.publish", casefile.PenaltyDecision: "enforcement.publish"} {
		if _, known := r.Publication(of, nil); !known && r.Kinds[kindOf(act)] != "" && !r.Moves[act].Closed {
			at.reportKey([]string{"kinds", string(kindOf(act))}, "no rule on publication for %s, and the act %s is not closed", of, act)
		}
	}
	for _, x := range r.Duties {
		if _, known := r.Violations[x.Violation]; x.Violation != "" && !known {
			c.from["duties "+x.Code].source.report([]string{"duties", x.Code, "violation"}, "%s has no violation %q: a duty has a sanction clause or none", c.main.ID, x.Violation)
		}
	}
	if review, more := r.Terms["appeal.review-decision"].Term, r.Terms["appeal.extension"].Term; !review.IsZero() && !more.IsZero() && review.Unit != more.Unit {
		c.from["terms appeal.extension"].source.report([]string{"terms", "appeal.extension", "term"}, "%s can't extend a term of %s: a term is extended in its own unit", more, review)
	}
	if len(r.Kinds) > 0 && len(r.Bodies) == 0 {
		at.reportKey([]string{"kinds"}, "no bodies that hear a reconsideration")
	}
}

// cites reports rules whose clause is in none of the documents of this regime. Those for which
// told is true have been reported already.
func (c *composition) cites(docs []*Document, told func(cite string) bool) {
	for _, d := range docs {
		for _, r := range d.rules() {
			if _, ok := c.regime.Clauses[r.Cite]; !ok && r.on(c.day) && !told(r.Cite) {
				d.source.report(append(r.path, "cite"), "%s is no clause of %s or of what it stands on, as in force on %s", r.Cite, c.main.ID, c.day)
			}
			for _, o := range r.other {
				if _, ok := c.regime.Clauses[o.cite]; o.cite != "" && !ok && r.on(c.day) && !told(o.cite) {
					d.source.report(slices.Concat(r.path, o.field), "%s is no clause of %s or of what it stands on, as in force on %s", o.cite, c.main.ID, c.day)
				}
			}
		}
	}
}

// kindOf is the kind that a name such as complaint.accept belongs to.
func kindOf(name string) casefile.Kind {
	kind, _, _ := strings.Cut(name, ".")
	return casefile.Kind(kind)
}

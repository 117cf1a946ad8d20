package regimes

import "duban/law/casefile"

// composed is the duty as the installation reads it.
func (d Duty) composed(code string) casefile.Duty {
	out := casefile.Duty{
		Code: code, Title: d.Title, Cadence: d.Cadence, Types: d.AppliesTo, Term: d.Term, Roll: d.Roll, Remind: d.Remind, Grace: d.Grace,
		Violation: d.Violation, Cite: d.Cite, Unverified: d.Unverified,
	}
	for _, g := range d.Grades {
		out.Grades = append(out.Grades, casefile.DutyGrade(g))
	}
	return out
}

// checkDuties looks at what each cadence needs: a half-year has a term, what is told at once has
// grades, what stands has neither.
func (d *Document) checkDuties() {
	for code, x := range d.Duties {
		path := []string{"duties", code}
		switch {
		case (x.Cadence == casefile.HalfYearly) != !x.Term.IsZero():
			d.source.reportKey(path, "half-yearly duties have a \"term\", and no others")
		case (x.Cadence == casefile.AtOnce) != (len(x.Grades) > 0):
			d.source.reportKey(path, "duties at once have \"grades\", and no others")
		case x.Cadence == casefile.Standing && !x.Grace.IsZero():
			d.source.reportKey(path, "what has no day needs no \"grace\"")
		case x.Cadence != casefile.HalfYearly && (x.Remind > 0 || x.Roll):
			d.source.reportKey(path, "without a term nobody is reminded and nothing rolls")
		}
		seen := map[string]bool{}
		for i, g := range x.Grades {
			at := append(path, "grades", itoa(i))
			if seen[g.Code] && g.Code != "" {
				d.source.report(append(at, "code"), "the code %q stands in this list twice", g.Code)
			}
			seen[g.Code] = true
			if g.Oral > g.Written && g.Written > 0 {
				d.source.report(append(at, "oral"), "told orally after it is written")
			}
		}
	}
}

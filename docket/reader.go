package docket

import (
	"context"
	"slices"

	"duban/access"
	"duban/law/casefile"
	"duban/register"
)

// parts are those in which the caller reads a case from outside the authority: an operator that contests
// its own penalty is the applicant of that reconsideration too.
func parts(who access.Who, c casefile.Case) []casefile.Reader {
	switch {
	case who.Kind == access.Operator && c.Appeal != nil && c.Appeal.Applicant == "penalised":
		return []casefile.Reader{casefile.ReaderOperator, casefile.ReaderApplicant}
	case who.Kind == access.Operator:
		return []casefile.Reader{casefile.ReaderOperator}
	case who.Kind == access.Receipt:
		return []casefile.Reader{c.Kind.Filer()}
	}
	return nil
}

// reading is what one reader may read of one case.
type reading struct {
	c     casefile.Case
	staff bool // reads all words
	parts []casefile.Reader
}

// readingOf finds it. Administrators run the installation and read nobody's letters; of a case that an operator
// may not know of Find gives it nothing.
func (d *Docket) readingOf(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case) (reading, error) {
	tree, err := d.register.Tree(ctx)
	if err != nil {
		return reading{}, err
	}
	r := reading{c: c}
	if access.May(tree, who, access.ReadPaper, Thing(row)) {
		r.staff, r.parts = !who.Outside(), parts(who, c)
	}
	return r, nil
}

// words tells whether the reader reads what the move of an entry says.
func (r reading) words(e casefile.Entry) bool {
	return r.staff || slices.ContainsFunc(r.parts, func(p casefile.Reader) bool { return r.c.Reads(p, e) })
}

// waiting tells whether the reader reads a paper that has no entry yet: staff, and who sent it.
func (r reading) waiting(p register.Paper) bool {
	return r.staff || slices.ContainsFunc(r.parts, func(part casefile.Reader) bool { return p.By.Sender == string(part) })
}

// body is what a move says, as it is shown; nil where it says nothing.
func body(all map[string]casefile.Body, ref string) *casefile.Body {
	b, said := all[ref]
	if !said {
		return nil
	}
	b.Contact = "" // a digest for the register alone
	return &b
}

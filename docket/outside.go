package docket

import (
	"context"
	"slices"

	"duban/access"
	"duban/law/casefile"
)

// What operators and parties read of a case that they may know of: what was done to them or by
// them, not how the authority prepared it (penalties 50).

// forOutside is an entry without our own duties, the other readers' letters and the linked cases.
func forOutside(e casefile.Entry, parts []casefile.Reader) casefile.Entry {
	ours := map[string]bool{}
	for _, d := range casefile.Deadlines() {
		ours[d.Name] = d.Class == casefile.OwnDuty
	}
	e.Armed = slices.DeleteFunc(slices.Clone(e.Armed), func(d casefile.Deadline) bool { return ours[d.Name] })
	e.Cleared = slices.DeleteFunc(slices.Clone(e.Cleared), func(d casefile.Cleared) bool { return ours[d.Name] })
	e.Notices = slices.DeleteFunc(slices.Clone(e.Notices), func(n casefile.Notice) bool {
		return !slices.Contains(parts, casefile.Reader(n.To))
	})
	e.Late, e.Sends = nil, nil
	return e
}

// caseFor takes from a case what its reader may not know.
func (d *Docket) caseFor(ctx context.Context, who access.Who, c casefile.Case) (casefile.Case, error) {
	if !who.Outside() {
		return c, nil
	}
	c.Overdue, c.Corrected = nil, nil
	c.Deadlines = slices.DeleteFunc(slices.Clone(c.Deadlines), func(d casefile.Deadline) bool { return d.Class == casefile.OwnDuty })
	c.Stayed = slices.DeleteFunc(slices.Clone(c.Stayed), func(d casefile.Deadline) bool { return d.Class == casefile.OwnDuty })
	if c.Enforcement != nil {
		f := *c.Enforcement
		f.Reviewer, f.Opinion, f.OtherLaw = "", "", nil
		c.Enforcement = &f
	}
	if c.Inspection != nil {
		f := *c.Inspection
		f.Cause, f.Source, f.Doubted = "", "", nil // who reported, and whom a colleague doubts, stays inside
		c.Inspection = &f
		if f.OnSiteOn.IsZero() {
			c.Checklist = nil // by what a visit that is to come will check
		}
	}
	c.Doubts = slices.Clone(c.Doubts)
	for i := range c.Doubts {
		c.Doubts[i].Case = "" // may be another operator's
	}
	c.Public = slices.DeleteFunc(slices.Clone(c.Public), func(p casefile.Publicity) bool { return p.State == "withheld" }) // its line is the authority's own
	var links []casefile.Link
	for _, l := range c.Links {
		_, _, err := d.Find(ctx, who, access.ReadCase, l.Case, "")
		if hidden(err) {
			continue
		}
		if err != nil {
			return c, err
		}
		links = append(links, l)
	}
	c.Links = links
	return c, nil
}

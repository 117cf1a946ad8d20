package docket

import (
	"context"
	"fmt"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
	"duban/register"
)

// ChecklistName is the standard of an inspection in its file.
type ChecklistName struct {
	Standard string `json:"standard"`
	Version  int64  `json:"version"`
	Hash     string `json:"hash"`
	Lines    int    `json:"lines"`
}

func nameOf(l *checklist.List) *ChecklistName {
	if l == nil {
		return nil
	}
	return &ChecklistName{Standard: l.Standard, Version: l.Version, Hash: l.Hash, Lines: len(l.Lines)}
}

// Checklist is that of an inspection, with what was found so far.
type Checklist struct {
	Case     string          `json:"case"`
	Number   string          `json:"number"`
	Standard string          `json:"standard"`
	Version  int64           `json:"version"`
	Hash     string          `json:"hash"`
	Title    casefile.Text   `json:"title"`
	Cite     string          `json:"cite,omitempty"`
	Items    []ChecklistLine `json:"items"`
	Tallies  []Tally         `json:"tallies"`
}

// ChecklistLine is a requirement and how it stands.
type ChecklistLine struct {
	Requirement
	Item        bool         `json:"item,omitempty"`
	Stands      string       `json:"stands"`
	Entry       int          `json:"entry,omitempty"`
	On          calendar.Day `json:"on,omitzero"`
	Value       string       `json:"value,omitempty"`
	Evidence    string       `json:"evidence,omitempty"`
	Enforceable bool         `json:"enforceable,omitempty"`
	Settled     string       `json:"settled,omitempty"`
}

// Tally is what the lines of a branch come to.
type Tally struct {
	Branch        string        `json:"branch"`
	Title         casefile.Text `json:"title"`
	Met           int           `json:"met"`
	NotMet        int           `json:"notMet"`
	Open          int           `json:"open"`
	NotApplicable int           `json:"notApplicable"`
	Weight        int64         `json:"weight"`
	PerMille      int64         `json:"perMille"`
}

// Checklist shows the checklist of an inspection that Find has given; access.ErrHidden where it has none, or
// none that the caller may know of.
func (d *Docket) Checklist(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case) (Checklist, error) {
	c, err := d.caseFor(ctx, who, c)
	if err != nil {
		return Checklist{}, err
	}
	if c.Checklist == nil {
		return Checklist{}, fmt.Errorf("checklist of case %s: %w", row.ID, access.ErrHidden)
	}
	s, err := d.pinnedStandard(ctx, c.Checklist.Hash)
	if err != nil {
		return Checklist{}, err
	}
	results, err := c.Tally()
	if err != nil {
		return Checklist{}, err
	}
	return Checklist{
		Case: row.ID, Number: row.Number, Standard: s.ID, Version: s.Version, Hash: s.Hash, Title: s.Title, Cite: s.Cite,
		Items: linesOf(s, c.Inspection), Tallies: talliesOf(results.Tallies),
	}, nil
}

func linesOf(s Standard, f *casefile.InspectionFile) []ChecklistLine {
	latest, items := map[string]casefile.Finding{}, map[string]bool{}
	for _, x := range f.Findings {
		latest[x.Requirement] = x
	}
	for _, i := range f.Items {
		items[i.Requirement] = true
	}
	out := make([]ChecklistLine, len(s.Requirements))
	for i, r := range s.Requirements {
		x, found := latest[r.Code]
		out[i] = ChecklistLine{
			Requirement: r, Item: items[r.Code], Stands: "met",
			Entry: x.Entry, On: x.On, Value: x.Value, Evidence: x.Evidence, Enforceable: x.Enforceable, Settled: x.Settled,
		}
		switch {
		case !found:
			out[i].Stands = "open"
		case x.NotApplicable:
			out[i].Stands = "not-applicable"
		case x.Breach:
			out[i].Stands = "breach"
		}
	}
	return out
}

func talliesOf(all []checklist.Tally) []Tally {
	titles := map[string]casefile.Text{"": {Zh: "合计", En: "total"}}
	for _, b := range append(checklist.Groups(), checklist.Branches()...) {
		titles[b.Code] = casefile.Text{Zh: b.Title("zh"), En: b.Title("en")}
	}
	out := make([]Tally, len(all))
	for i, t := range all {
		out[i] = Tally{
			Branch: t.Branch, Title: titles[t.Branch], Met: t.Met, NotMet: t.NotMet, Open: t.Open, NotApplicable: t.NotApplicable,
			Weight: t.Weight, PerMille: t.PerMille,
		}
	}
	return out
}

package api

import (
	"context"
	"net/http"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
)

// checklistName is the standard of an inspection in its file.
type checklistName struct {
	Standard string `json:"standard"`
	Version  int64  `json:"version"`
	Hash     string `json:"hash"`
	Lines    int    `json:"lines"`
}

func nameOf(l *checklist.List) *checklistName {
	if l == nil {
		return nil
	}
	return &checklistName{Standard: l.Standard, Version: l.Version, Hash: l.Hash, Lines: len(l.Lines)}
}

type checklistView struct {
	Case     string          `json:"case"`
	Number   string          `json:"number"`
	Standard string          `json:"standard"`
	Version  int64           `json:"version"`
	Hash     string          `json:"hash"`
	Title    casefile.Text   `json:"title"`
	Cite     string          `json:"cite,omitempty"`
	Items    []checklistLine `json:"items"`
	Tallies  []tallyView     `json:"tallies"`

	file listing[checklistLine, string] // the same lines, for who asks for a file
}

type checklistLine struct {
	QualityRequirement
	Item        bool         `json:"item,omitempty"`
	Stands      string       `json:"stands"`
	Entry       int          `json:"entry,omitempty"`
	On          calendar.Day `json:"on,omitzero"`
	Value       string       `json:"value,omitempty"`
	Evidence    string       `json:"evidence,omitempty"`
	Enforceable bool         `json:"enforceable,omitempty"`
	Settled     string       `json:"settled,omitempty"`
}

type tallyView struct {
	Branch        string        `json:"branch"`
	Title         casefile.Text `json:"title"`
	Met           int           `json:"met"`
	NotMet        int           `json:"notMet"`
	Open          int           `json:"open"`
	NotApplicable int           `json:"notApplicable"`
	Weight        int64         `json:"weight"`
	PerMille      int64         `json:"perMille"`
}

// VisitGetChecklistResponse writes the checklist, or its lines as a file.
func (v checklistView) VisitGetChecklistResponse(w http.ResponseWriter) error {
	if v.file.as == formats[0] {
		return answerJSON(w, v)
	}
	return v.file.send(w)
}

// GetChecklist shows the checklist of an inspection with what was found so far.
func (a *API) GetChecklist(ctx context.Context, r GetChecklistRequestObject) (GetChecklistResponseObject, error) {
	line, c, err := a.find(ctx, r.Id, casefile.Inspection)
	if err != nil {
		return nil, err
	}
	if c, err = a.fileFor(ctx, callerOf(ctx), c); err != nil {
		return nil, err
	}
	if c.Checklist == nil {
		return nil, ErrNotFound
	}
	s, err := a.House.PinnedStandard(ctx, c.Checklist.Hash)
	if err != nil {
		return nil, err
	}
	results, err := c.Tally()
	if err != nil {
		return nil, err
	}
	out := checklistView{
		Case: line.ID, Number: line.Number, Standard: s.ID, Version: s.Version, Hash: s.Hash, Title: s.Title, Cite: s.Cite,
		Items: linesOf(s, c.Inspection), Tallies: talliesOf(results.Tallies),
	}
	out.file = whole(ctx, a, line.Number+"-checklist", out.Items)
	return out, nil
}

func linesOf(s QualityStandard, f *casefile.InspectionFile) []checklistLine {
	latest, items := map[string]casefile.Finding{}, map[string]bool{}
	for _, x := range f.Findings {
		latest[x.Requirement] = x
	}
	for _, i := range f.Items {
		items[i.Requirement] = true
	}
	out := make([]checklistLine, len(s.Requirements))
	for i, r := range s.Requirements {
		x, found := latest[r.Code]
		out[i] = checklistLine{
			QualityRequirement: r, Item: items[r.Code], Stands: "met",
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

func talliesOf(all []checklist.Tally) []tallyView {
	titles := map[string]casefile.Text{"": {Zh: "合计", En: "total"}}
	for _, b := range append(checklist.Groups(), checklist.Branches()...) {
		titles[b.Code] = casefile.Text{Zh: b.Title("zh"), En: b.Title("en")}
	}
	out := make([]tallyView, len(all))
	for i, t := range all {
		out[i] = tallyView{
			Branch: t.Branch, Title: titles[t.Branch], Met: t.Met, NotMet: t.NotMet, Open: t.Open, NotApplicable: t.NotApplicable,
			Weight: t.Weight, PerMille: t.PerMille,
		}
	}
	return out
}

package office

import (
	"context"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
	"duban/law/standards"
)

// Standards lists every version of the standards of service quality.
func (o *Office) Standards() ([]api.QualityStandard, error) {
	library, err := o.asker.Standards()
	if err != nil {
		return nil, err
	}
	var out []api.QualityStandard
	for _, s := range library.All() {
		out = append(out, standardOf(s))
	}
	return out, nil
}

// Standard is a standard as in force on a day.
func (o *Office) Standard(id string, on calendar.Day) (api.QualityStandard, error) {
	s, err := o.province(id, on)
	if err != nil {
		return api.QualityStandard{}, err
	}
	return standardOf(s), nil
}

// PinnedStandard is the standard whose text is kept under that hash.
func (o *Office) PinnedStandard(ctx context.Context, hash string) (api.QualityStandard, error) {
	text, err := o.register.StandardText(ctx, hash)
	if err != nil {
		return api.QualityStandard{}, told(err)
	}
	s, err := standards.Parse(text)
	if err != nil {
		return api.QualityStandard{}, err
	}
	return standardOf(s), nil
}

func standardOf(s *standards.Standard) api.QualityStandard {
	out := api.QualityStandard{
		ID: s.ID, Version: s.Version, Hash: s.Hash, Title: s.Title, From: s.Effective.From, To: s.Effective.To, Operators: s.Operators,
		Source: s.Source, Cite: s.Cite, Regime: s.Regime, Unverified: s.Unverified, Note: s.Note,
	}
	for i := range s.Requirements {
		out.Requirements = append(out.Requirements, *requirementOf(&s.Requirements[i]))
	}
	return out
}

func judgedBy(m checklist.Method) api.JudgedBy {
	out := api.JudgedBy{By: m.By, Unit: m.Unit, Points: m.Points, Pass: m.Pass, Asks: casefile.Text{Zh: m.Asks("zh"), En: m.Asks("en")}}
	if m.AtMost != nil {
		out.AtMost = m.AtMost.String()
	}
	if m.AtLeast != nil {
		out.AtLeast = m.AtLeast.String()
	}
	return out
}

package docket

import (
	"context"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
	"duban/law/standards"
)

// Standard is one version of a standard; a zero To is open.
type Standard struct {
	ID           string        `json:"id"`
	Version      int64         `json:"version"`
	Hash         string        `json:"hash"`
	Title        casefile.Text `json:"title"`
	From         calendar.Day  `json:"from"`
	To           calendar.Day  `json:"to,omitzero"`
	Operators    []string      `json:"operators"`
	Source       string        `json:"source"`
	Cite         string        `json:"cite,omitempty"`
	Regime       string        `json:"regime,omitempty"`
	Unverified   bool          `json:"unverified,omitempty"`
	Note         string        `json:"note,omitempty"`
	Requirements []Requirement `json:"requirements"`
}

// Requirement is one line of a checklist.
type Requirement struct {
	Code       string        `json:"code"`
	Text       casefile.Text `json:"text"`
	Branch     string        `json:"branch"`
	Weight     int64         `json:"weight"`
	Judge      JudgedBy      `json:"judge"`
	Source     string        `json:"source"`
	Cite       string        `json:"cite,omitempty"`
	Unverified bool          `json:"unverified,omitempty"`
	Note       string        `json:"note,omitempty"`
	Violation  string        `json:"violation,omitempty"`
}

// JudgedBy says how a requirement is judged; bounds are decimal numbers, and Asks says it in words.
type JudgedBy struct {
	By      string        `json:"by"`
	Unit    string        `json:"unit,omitempty"`
	AtMost  string        `json:"atMost,omitempty"`
	AtLeast string        `json:"atLeast,omitempty"`
	Points  int64         `json:"points,omitempty"`
	Pass    int64         `json:"pass,omitempty"`
	Asks    casefile.Text `json:"asks"`
}

// StandardOf shows a standard.
func StandardOf(s *standards.Standard) Standard {
	out := Standard{
		ID: s.ID, Version: s.Version, Hash: s.Hash, Title: s.Title, From: s.Effective.From, To: s.Effective.To, Operators: s.Operators,
		Source: s.Source, Cite: s.Cite, Regime: s.Regime, Unverified: s.Unverified, Note: s.Note,
	}
	for i := range s.Requirements {
		out.Requirements = append(out.Requirements, *RequirementOf(&s.Requirements[i]))
	}
	return out
}

func judgedBy(m checklist.Method) JudgedBy {
	out := JudgedBy{By: m.By, Unit: m.Unit, Points: m.Points, Pass: m.Pass, Asks: casefile.Text{Zh: m.Asks("zh"), En: m.Asks("en")}}
	if m.AtMost != nil {
		out.AtMost = m.AtMost.String()
	}
	if m.AtLeast != nil {
		out.AtLeast = m.AtLeast.String()
	}
	return out
}

// RequirementOf shows a requirement; nil for none.
func RequirementOf(r *standards.Requirement) *Requirement {
	if r == nil {
		return nil
	}
	return &Requirement{
		Code: r.Code, Text: r.Text, Branch: r.Branch, Weight: r.Weight, Judge: judgedBy(r.Judge),
		Source: r.Source, Cite: r.Cite, Unverified: r.Unverified, Note: r.Note, Violation: r.Violation,
	}
}

// pinnedStandard is the standard whose text is kept under that hash.
func (d *Docket) pinnedStandard(ctx context.Context, hash string) (Standard, error) {
	text, err := d.register.StandardText(ctx, hash)
	if err != nil {
		return Standard{}, err
	}
	s, err := standards.Parse(text)
	if err != nil {
		return Standard{}, err
	}
	return StandardOf(s), nil
}

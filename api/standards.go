package api

import (
	"context"
	"net/http"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Standards knows the standards of service quality.
type Standards interface {
	Standards() ([]QualityStandard, error) // every version
	// Standard is a standard as in force on that day; ErrNotFound.
	Standard(id string, on calendar.Day) (QualityStandard, error)
	// PinnedStandard is the standard that an inspection is carried out by; ErrNotFound.
	PinnedStandard(ctx context.Context, hash string) (QualityStandard, error)
}

// QualityStandard is one version of a standard; a zero To is open.
type QualityStandard struct {
	ID           string               `json:"id"`
	Version      int64                `json:"version"`
	Hash         string               `json:"hash"`
	Title        casefile.Text        `json:"title"`
	From         calendar.Day         `json:"from"`
	To           calendar.Day         `json:"to,omitzero"`
	Operators    []string             `json:"operators"`
	Source       string               `json:"source"`
	Cite         string               `json:"cite,omitempty"`
	Regime       string               `json:"regime,omitempty"`
	Unverified   bool                 `json:"unverified,omitempty"`
	Note         string               `json:"note,omitempty"`
	Requirements []QualityRequirement `json:"requirements"`
}

// QualityRequirement is one line of a checklist.
type QualityRequirement struct {
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

type standardName struct {
	ID           string        `json:"id"`
	Version      int64         `json:"version"`
	Hash         string        `json:"hash"`
	Title        casefile.Text `json:"title"`
	From         calendar.Day  `json:"from"`
	To           calendar.Day  `json:"to,omitzero"`
	Operators    []string      `json:"operators"`
	Requirements int           `json:"requirements"`
	Unverified   int           `json:"unverified"`
}

// ListStandards lists the standards of the house.
func (a *API) ListStandards(ctx context.Context, _ ListStandardsRequestObject) (ListStandardsResponseObject, error) {
	all, err := a.House.Standards()
	if err != nil {
		return nil, err
	}
	out := []standardName{}
	for _, s := range all {
		line := standardName{
			ID: s.ID, Version: s.Version, Hash: s.Hash, Title: s.Title, From: s.From, To: s.To, Operators: s.Operators, Requirements: len(s.Requirements),
		}
		for _, r := range s.Requirements {
			if r.Unverified {
				line.Unverified++
			}
		}
		out = append(out, line)
	}
	return whole(ctx, a, "standards", out), nil
}

// VisitGetStandardResponse writes the standard.
func (s QualityStandard) VisitGetStandardResponse(w http.ResponseWriter) error {
	return answerJSON(w, s)
}

// GetStandard shows a standard as in force on a day, today if none is named.
func (a *API) GetStandard(ctx context.Context, r GetStandardRequestObject) (GetStandardResponseObject, error) {
	on, err := a.on(ctx, r.Params.On)
	if err != nil {
		return nil, err
	}
	s, err := a.House.Standard(r.Id, on)
	if err != nil {
		return nil, err
	}
	return s, nil
}

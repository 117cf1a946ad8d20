package api

import (
	"context"
	"net/http"
	"time"
)

// KeptStandard is a version of an operator's own standard.
type KeptStandard struct {
	Operator, Standard string // Standard: the province's, beside which it stands
	Version            int
	Text, Hash         string
	Received           time.Time
}

// Compared is an operator's own standard beside the province's, line by line.
type Compared struct {
	Own      KeptStandard
	Suffices bool // it asks for at least what the province does
	Lines    []ComparedLine
}

// ComparedLine compares one requirement; the side that lacks it is nil.
type ComparedLine struct {
	Code     string              `json:"code"`
	Stands   string              `json:"stands"`
	Own      *QualityRequirement `json:"own,omitempty"`
	Province *QualityRequirement `json:"province,omitempty"`
}

// largestStandard is how long an operator's own standard may be, in bytes.
const largestStandard = 200_000

type ownStandardView struct {
	Operator string    `json:"operator"`
	Standard string    `json:"standard"`
	Version  int       `json:"version"`
	Hash     string    `json:"hash"`
	Received time.Time `json:"received"`
	Text     string    `json:"text,omitempty"`
}

func viewOfOwn(s KeptStandard) ownStandardView {
	return ownStandardView{Operator: s.Operator, Standard: s.Standard, Version: s.Version, Hash: s.Hash, Received: s.Received, Text: s.Text}
}

// VisitPutOwnStandardResponse writes the version as it was received.
func (v ownStandardView) VisitPutOwnStandardResponse(w http.ResponseWriter) error {
	return answerJSON(w, v)
}

// VisitGetOwnStandardResponse writes the version.
func (v ownStandardView) VisitGetOwnStandardResponse(w http.ResponseWriter) error {
	return answerJSON(w, v)
}

type comparedView struct {
	Own      ownStandardView `json:"own"`
	Suffices bool            `json:"suffices"`
	Items    []ComparedLine  `json:"items"`
}

// VisitCompareOwnStandardResponse writes the comparison.
func (v comparedView) VisitCompareOwnStandardResponse(w http.ResponseWriter) error {
	return answerJSON(w, v)
}

// PutOwnStandard takes an operator's own standard; each text is a version.
func (a *API) PutOwnStandard(ctx context.Context, r PutOwnStandardRequestObject) (PutOwnStandardResponseObject, error) {
	if callerOf(ctx).Owner != r.Id {
		return nil, ErrNotFound
	}
	if len(r.Body.Text) > largestStandard {
		return nil, problem("too-long").in("text")
	}
	s, err := a.House.PutOwnStandard(ctx, r.Id, r.Standard, r.Body.Text)
	if err != nil {
		return nil, err
	}
	s.Text = ""
	return viewOfOwn(s), nil
}

// keeps tells whether the caller may know what an operator has filed: itself, and the staff of the
// authorities above it.
func (a *API) keeps(ctx context.Context, operator string) error {
	o, err := a.House.Operator(ctx, operator)
	if err != nil {
		return err
	}
	if ok, err := a.sees(ctx, callerOf(ctx), Line{Operator: o.ID, Authority: o.Province, Told: true}); err != nil || !ok {
		return notSeen(err)
	}
	return nil
}

// GetOwnStandard shows a version of an operator's own standard, the last if none is named.
func (a *API) GetOwnStandard(ctx context.Context, r GetOwnStandardRequestObject) (GetOwnStandardResponseObject, error) {
	if err := a.keeps(ctx, r.Id); err != nil {
		return nil, err
	}
	s, err := a.House.OwnStandard(ctx, r.Id, r.Standard, value(r.Params.Version))
	if err != nil {
		return nil, err
	}
	return viewOfOwn(s), nil
}

// CompareOwnStandard tells how an operator's own standard stands to the province's.
func (a *API) CompareOwnStandard(ctx context.Context, r CompareOwnStandardRequestObject) (CompareOwnStandardResponseObject, error) {
	if err := a.keeps(ctx, r.Id); err != nil {
		return nil, err
	}
	on, err := a.on(ctx, r.Params.On)
	if err != nil {
		return nil, err
	}
	c, err := a.House.CompareOwn(ctx, r.Id, r.Standard, on)
	if err != nil {
		return nil, err
	}
	c.Own.Text = ""
	return comparedView{Own: viewOfOwn(c.Own), Suffices: c.Suffices, Items: c.Lines}, nil
}

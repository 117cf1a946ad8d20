package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"duban/law/calendar"
	"duban/law/casefile"
)

type regimeName struct {
	Name  string        `json:"name"`
	Title casefile.Text `json:"title"`
	From  calendar.Day  `json:"from"`
	To    calendar.Day  `json:"to,omitzero"`
}

// ListRegimes lists the main regulations of the house.
func (a *API) ListRegimes(ctx context.Context, _ ListRegimesRequestObject) (ListRegimesResponseObject, error) {
	var items []regimeName
	for _, r := range a.House.Regimes() {
		items = append(items, regimeName(r))
	}
	return whole(ctx, a, "regimes", items), nil
}

type regime struct {
	Name       string                   `json:"name"`
	Version    string                   `json:"version"`
	Hash       string                   `json:"hash"`
	Title      casefile.Text            `json:"title"`
	Kinds      map[casefile.Kind]string `json:"kinds"`
	Terms      map[string]termRule      `json:"terms"`
	Grounds    map[string][]ground      `json:"grounds"`
	Violations []violation              `json:"violations"`
	ruled
}

type termRule struct {
	Term       calendar.Term `json:"term,omitzero"`
	Roll       bool          `json:"roll"`
	From       string        `json:"from,omitempty"`
	Cap        calendar.Term `json:"cap,omitzero"`
	Before     bool          `json:"before,omitempty"`
	Cite       string        `json:"cite"`
	Title      casefile.Text `json:"title"`
	Unverified bool          `json:"unverified,omitempty"`
}

type ground struct {
	Code       string        `json:"code"`
	Title      casefile.Text `json:"title"`
	Cite       string        `json:"cite"`
	Within     calendar.Term `json:"within,omitzero"`
	Unverified bool          `json:"unverified,omitempty"`
}

type violation struct {
	Code     string            `json:"code"`
	Title    casefile.Text     `json:"title"`
	Cite     string            `json:"cite"`
	Sequence casefile.Sequence `json:"sequence"`
	Warning  bool              `json:"warning"`
	FineMin  casefile.Fen      `json:"fineMin,omitempty"`
	FineMax  casefile.Fen      `json:"fineMax,omitempty"`

	OtherLaw   string    `json:"otherLaw,omitempty"`
	Unverified bool      `json:"unverified,omitempty"`
	Multiple   *multiple `json:"multiple,omitempty"`
	Also       []string  `json:"also,omitempty"`
	Measures   []measure `json:"measures,omitempty"`
	Persons    *persons  `json:"persons,omitempty"`
	AppliesTo  []string  `json:"appliesTo,omitempty"`
}

type measure struct {
	What  string        `json:"what"`
	Min   calendar.Term `json:"min,omitzero"`
	Max   calendar.Term `json:"max,omitzero"`
	Must  bool          `json:"must,omitempty"`
	Grave bool          `json:"grave,omitempty"`
}

type persons struct {
	FineMin    casefile.Fen `json:"fineMin,omitempty"`
	FineMax    casefile.Fen `json:"fineMax"`
	Also       []string     `json:"also,omitempty"`
	Cite       string       `json:"cite"`
	Unverified bool         `json:"unverified,omitempty"`
}

type multiple struct {
	From casefile.Fen `json:"from"`
	Min  int64        `json:"min"`
	Max  int64        `json:"max"`
}

// VisitGetRegimeResponse writes the regime.
func (r regime) VisitGetRegimeResponse(w http.ResponseWriter) error { return answerJSON(w, r) }

// GetRegime shows a regime as in force on a day, today if none is named.
func (a *API) GetRegime(ctx context.Context, r GetRegimeRequestObject) (GetRegimeResponseObject, error) {
	on, err := a.on(ctx, r.Params.On)
	if err != nil {
		return nil, err
	}
	found, err := a.House.Regime(r.Name, on)
	if err != nil {
		return nil, err
	}
	law := found.Regime
	out := regime{
		Name: law.Name, Version: law.Version, Hash: law.Hash, Title: law.Title, Kinds: law.Kinds,
		Terms: map[string]termRule{}, Grounds: map[string][]ground{}, Violations: []violation{}, ruled: viewOfRules(found),
	}
	for name, t := range law.Terms {
		out.Terms[name] = termRule{Term: t.Term, Roll: t.Roll, From: t.From, Cap: t.Cap, Before: t.Before, Cite: t.Cite, Title: a.termTitle(name, t), Unverified: t.Unverified}
	}
	for name, list := range law.Grounds {
		for _, g := range list {
			out.Grounds[name] = append(out.Grounds[name], ground{Code: g.Code, Title: g.Title, Cite: g.Cite, Within: g.Within, Unverified: g.Unverified})
		}
	}
	for _, code := range slices.Sorted(maps.Keys(law.Violations)) {
		v := law.Violations[code]
		line := violation{
			Code: code, Title: v.Title, Cite: v.Cite, Sequence: v.Sequence, Warning: v.Warning, FineMin: v.FineMin, FineMax: v.FineMax,
			OtherLaw: v.OtherLaw, Unverified: v.Unverified, AppliesTo: v.AppliesTo,
		}
		for _, m := range v.Also {
			line.Also = append(line.Also, m.What)
			line.Measures = append(line.Measures, measure(m))
		}
		if v.Persons.Cite != "" {
			p := persons(v.Persons)
			line.Persons = &p
		}
		if m := v.Multiple; m.Max > 0 {
			line.Multiple = &multiple{From: m.From, Min: m.Min, Max: m.Max}
		}
		out.Violations = append(out.Violations, line)
	}
	return out, nil
}

// on is the day that was named, or today.
func (a *API) on(ctx context.Context, named *openapi_types.Date) (calendar.Day, error) {
	if named != nil {
		return dayIn(*named), nil
	}
	now, err := a.House.Now(ctx)
	if err != nil {
		return calendar.Day{}, err
	}
	days, err := a.House.Calendar(ctx)
	if err != nil {
		return calendar.Day{}, err
	}
	return calendar.DayOf(now, days.Place()), nil
}

// termTitle is the rule's own title, or that of its deadline in the catalogue.
func (a *API) termTitle(name string, t casefile.TermRule) casefile.Text {
	if t.Title != (casefile.Text{}) {
		return t.Title
	}
	_, deadline, _ := strings.Cut(name, ".")
	return a.titles.deadlines[deadline]
}

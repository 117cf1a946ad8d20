package api

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"duban/api/wire"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/office"
)

type regimeName struct {
	Name  string        `json:"name"`
	Title casefile.Text `json:"title"`
	From  calendar.Day  `json:"from"`
	To    calendar.Day  `json:"to,omitzero"`
}

// ListRegimes lists the main regulations of the installation.
func (a *API) ListRegimes(c echo.Context, _ wire.ListRegimesParams) error {
	return whole(c, a, "regimes", each(a.Office.Regimes(), func(r office.RegimeSpan) regimeName { return regimeName(r) }))
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

// GetRegime shows a regime as in force on a day, today if none is named.
func (a *API) GetRegime(c echo.Context, name wire.Code, p wire.GetRegimeParams) error {
	on, err := a.on(c, p.On)
	if err != nil {
		return err
	}
	found, err := a.Office.Regime(name, on)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, regimeOf(found))
}

func regimeOf(found office.Regulation) regime {
	law := found.Regime
	out := regime{
		Name: law.Name, Version: law.Version, Hash: law.Hash, Title: law.Title, Kinds: law.Kinds,
		Terms: map[string]termRule{}, Grounds: map[string][]ground{}, Violations: []violation{}, ruled: viewOfRules(found),
	}
	for name, t := range law.Terms {
		out.Terms[name] = termRule{Term: t.Term, Roll: t.Roll, From: t.From, Cap: t.Cap, Before: t.Before, Cite: t.Cite, Title: termTitle(name, t), Unverified: t.Unverified}
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
	return out
}

// on is the day that was named, or today.
func (a *API) on(c echo.Context, named *openapi_types.Date) (calendar.Day, error) {
	if named != nil {
		return dayIn(*named), nil
	}
	return a.Office.Today(c.Request().Context())
}

// termTitle is the rule's own title, or that of its deadline in the catalogue.
func termTitle(name string, t casefile.TermRule) casefile.Text {
	if t.Title != (casefile.Text{}) {
		return t.Title
	}
	_, deadline, _ := strings.Cut(name, ".")
	return docket.DeadlineTitle(deadline)
}

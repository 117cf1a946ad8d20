package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/office"
)

type assignedView struct {
	Case    string        `json:"case"`
	Number  string        `json:"number,omitempty"`
	Kind    casefile.Kind `json:"kind,omitempty"`
	Seq     int           `json:"seq,omitempty"`
	Problem *wire.Problem `json:"problem,omitempty"`
}

// Assign gives many cases to an officer, and tells of each what became of it.
func (a *API) Assign(c echo.Context, p wire.AssignParams) error {
	var b wire.AssignJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	cases, from, after := value(b.Cases), value(b.From), value(b.After)
	switch {
	case len(cases) == 0 && from == "":
		return problem("missing-field").in("cases")
	case len(cases) > 0 && from != "":
		return problem("invalid-field").in("from") // it would be unclear which are meant
	case after != "" && from == "":
		return problem("invalid-field").in("after")
	}
	page, err := a.Office.Assign(c.Request().Context(), whoOf(c), office.Assignment{Key: p.IdempotencyKey, Officer: b.Officer, Cases: cases, From: from, After: after})
	if err != nil {
		return err
	}
	out := struct {
		Items []assignedView `json:"items"`
		Next  string         `json:"next,omitempty"`
	}{Items: []assignedView{}, Next: page.Next}
	for _, done := range page.Items {
		out.Items = append(out.Items, a.assignedView(c, done))
	}
	return c.JSON(http.StatusOK, out)
}

func (a *API) assignedView(c echo.Context, done office.Assigned) assignedView {
	v := assignedView{Case: done.Case, Number: done.Row.Number, Kind: done.Row.Kind, Seq: done.Seq}
	if done.Err != nil {
		f := faultOf(done.Err)
		a.logFault(c, f, done.Err)
		document := f.document(languageOf(c.Request()), requestID(c))
		v.Problem = &document
	}
	return v
}

type substitutionView struct {
	ID         string       `json:"id"`
	Officer    string       `json:"officer"`
	Substitute string       `json:"substitute"`
	From       calendar.Day `json:"from"`
	Until      calendar.Day `json:"until"`
	By         string       `json:"by"`
	Made       time.Time    `json:"made"`
	Ended      time.Time    `json:"ended,omitzero"`
}

func viewOfSubstitution(s office.Substitution) substitutionView { return substitutionView(s) }

// ListSubstitutions lists who stands in for whom.
func (a *API) ListSubstitutions(c echo.Context, p wire.ListSubstitutionsParams) error {
	return list(c, a, "substitutions", value(p.Cursor), p.Limit, func(after string, limit int) ([]substitutionView, string, error) {
		all, err := a.Office.Substitutions(c.Request().Context(), whoOf(c), value(p.Authority), after, limit)
		next := ""
		if len(all) == limit {
			next = all[limit-1].ID
		}
		return each(all, viewOfSubstitution), next, err
	})
}

// Substitute has an officer stand in for another.
func (a *API) Substitute(c echo.Context, p wire.SubstituteParams) error {
	var b wire.SubstituteJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	s, err := a.Office.Substitute(c.Request().Context(), whoOf(c), p.IdempotencyKey, office.Substitution{
		Officer: b.Officer, Substitute: b.Substitute, From: dayIn(b.From), Until: dayIn(b.Until),
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, viewOfSubstitution(s))
}

// EndSubstitution ends one at once.
func (a *API) EndSubstitution(c echo.Context, id wire.CaseId, _ wire.EndSubstitutionParams) error {
	if err := a.Office.EndSubstitution(c.Request().Context(), whoOf(c), id); err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

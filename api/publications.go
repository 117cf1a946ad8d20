package api

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/office"
)

// publicationView names no person: operators are organisations, and authorities are named, not officers.
type publicationView struct {
	Number        string        `json:"number"`
	Kind          string        `json:"kind"`
	Authority     string        `json:"authority"`
	AuthorityName casefile.Text `json:"authorityName"`
	Operator      string        `json:"operator"`
	OperatorName  string        `json:"operatorName"`
	Violation     string        `json:"violation,omitempty"`
	Title         casefile.Text `json:"title,omitzero"`
	Clause        string        `json:"clause,omitempty"`
	Sanctions     []string      `json:"sanctions,omitempty"`
	Amount        casefile.Fen  `json:"amount,omitempty"`
	Findings      *int          `json:"findings,omitempty"`
	Breaches      *int          `json:"breaches,omitempty"`
	DecidedOn     calendar.Day  `json:"decidedOn"`
	PublishedOn   calendar.Day  `json:"publishedOn"`
	ShownUntil    calendar.Day  `json:"shownUntil,omitzero"`
	Note          string        `json:"note,omitempty"`
}

func viewOfPublication(l office.Publication) publicationView {
	out := publicationView{
		Number: l.Number, Kind: l.What, Authority: l.Authority, AuthorityName: l.Office, Operator: l.Operator, OperatorName: l.Name,
		Violation: l.Violation, Title: l.Title, Clause: l.Clause, Sanctions: l.Sanctions, Amount: l.Amount,
		DecidedOn: l.DecidedOn, PublishedOn: l.On, ShownUntil: l.Until, Note: cmp.Or(l.Changed, l.Note),
	}
	if l.What == casefile.InspectionResult {
		out.Findings, out.Breaches = &l.Findings, &l.Breaches
	}
	return out
}

// ListPublications lists what anybody may read of decisions and inspections, the newest first.
func (a *API) ListPublications(c echo.Context, p wire.ListPublicationsParams) error {
	f := office.PublicFilter{What: string(value(p.Kind)), Authority: value(p.Authority), Operator: value(p.Operator)}
	read := func(before int64, limit int) ([]office.Publication, error) {
		return a.Office.Publications(c.Request().Context(), f, before, limit)
	}
	return list(c, a, "publications", value(p.Cursor), p.Limit, bySerial(read, viewOfPublication, func(l office.Publication) int64 { return l.Serial }))
}

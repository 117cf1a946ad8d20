package api

import (
	"cmp"
	"context"
	"net/http"

	"duban/law/calendar"
	"duban/law/casefile"
)

// PublicLine is a decision or a result of an inspection that the public may read.
type PublicLine struct {
	Serial    int64
	Number    string
	Authority string
	Office    casefile.Text // the authority's name
	Operator  string
	Name      string // the operator's
	casefile.Publicity
}

// PublicFilter chooses what is listed; empty fields choose all.
type PublicFilter struct{ What, Authority, Operator string }

// Publicist shows what was published and is neither taken down nor at the end of its time.
type Publicist interface {
	// Publications is what comes after the serial before, the newest first; 0: from the beginning.
	Publications(ctx context.Context, f PublicFilter, before int64, limit int) ([]PublicLine, error)
}

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

func viewOfPublication(l PublicLine) publicationView {
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

// VisitListPublicationsResponse writes the list.
func (l listing[T, C]) VisitListPublicationsResponse(w http.ResponseWriter) error { return l.send(w) }

// ListPublications lists what anybody may read of decisions and inspections, the newest first.
func (a *API) ListPublications(ctx context.Context, r ListPublicationsRequestObject) (ListPublicationsResponseObject, error) {
	f := PublicFilter{What: string(value(r.Params.Kind)), Authority: value(r.Params.Authority), Operator: value(r.Params.Operator)}
	read := func(before int64, limit int) ([]PublicLine, error) {
		return a.House.Publications(ctx, f, before, limit)
	}
	return list(ctx, a, "publications", value(r.Params.Cursor), r.Params.Limit, bySerial(read, viewOfPublication, func(l PublicLine) int64 { return l.Serial }))
}

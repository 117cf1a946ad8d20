package api

import (
	"context"
	"net/http"
	"time"

	"duban/law/calendar"
)

// Met is how an operator met a team that came to inspect.
type Met struct {
	What         string // received, turned-away, missed, obstructed
	On           calendar.Day
	Case, Number string
	Entry        int
	At           time.Time
}

// Cooperators keeps what operators do towards the regulator (tourism 9, 11).
type Cooperators interface {
	// Cooperation lists the visits to an operator, the newest first, and the cursor of the next page:
	// in cases of those authorities (nil: all), or only in those it may know of. ErrFilter.
	Cooperation(ctx context.Context, operator string, authorities []string, told bool, after string, limit int) ([]Met, string, error)
	// PutOwnStandard keeps an operator's own standard beside one of the province's. ErrNotFound for
	// a standard that is not in force; *Rejection for a text that is no standard.
	PutOwnStandard(ctx context.Context, operator, standard, text string) (KeptStandard, error)
	OwnStandard(ctx context.Context, operator, standard string, version int) (KeptStandard, error) // version 0: the last; ErrNotFound
	// CompareOwn holds the last version against the province's standard of the day. ErrNotFound.
	CompareOwn(ctx context.Context, operator, standard string, on calendar.Day) (Compared, error)
}

type metView struct {
	What   string       `json:"what"`
	Day    calendar.Day `json:"day"`
	Case   string       `json:"case"`
	Number string       `json:"number"`
	Entry  int          `json:"entry"`
	At     time.Time    `json:"at"`
}

// VisitListCooperationResponse writes the list.
func (l listing[T, C]) VisitListCooperationResponse(w http.ResponseWriter) error { return l.send(w) }

// ListCooperation lists how an operator met its inspections: to staff those of the authorities
// that they may see, to the operator those that it may know of.
func (a *API) ListCooperation(ctx context.Context, r ListCooperationRequestObject) (ListCooperationResponseObject, error) {
	who := callerOf(ctx)
	if _, err := a.House.Operator(ctx, r.Id); err != nil {
		return nil, err
	}
	var of []string
	switch who.Kind {
	case OperatorKey:
		if who.Owner != r.Id {
			return nil, ErrNotFound
		}
	case OfficerKey:
		all, err := a.House.Authorities(ctx)
		if err != nil {
			return nil, err
		}
		of = []string{}
		for _, o := range all {
			over, err := a.over(ctx, who.Authority, o.ID)
			if err != nil {
				return nil, err
			}
			if over {
				of = append(of, o.ID)
			}
		}
	}
	more := func(after string, limit int) ([]metView, string, error) {
		all, next, err := a.House.Cooperation(ctx, r.Id, of, who.Kind == OperatorKey, after, limit)
		out := make([]metView, len(all))
		for i, m := range all {
			out[i] = metView{What: m.What, Day: m.On, Case: m.Case, Number: m.Number, Entry: m.Entry, At: m.At}
		}
		return out, next, err
	}
	return list(ctx, a, "cooperation", value(r.Params.Cursor), r.Params.Limit, more)
}

package api

import (
	"context"
	"net/http"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

type selfCheckView struct {
	ID        string       `json:"id"`
	Operator  string       `json:"operator"`
	Day       calendar.Day `json:"day"`
	Inspector string       `json:"inspector"`
	Faults    int          `json:"faults"`
	Text      string       `json:"text,omitempty"`
	Received  time.Time    `json:"received"`
	Late      bool         `json:"late"`
}

func viewOfSelfCheck(s OwnCheck) selfCheckView {
	return selfCheckView{
		ID: s.ID, Operator: s.Operator, Day: s.Day, Inspector: s.Inspector, Faults: s.Faults, Text: s.Text, Received: s.Received, Late: s.Late,
	}
}

// VisitFileSelfCheckResponse writes the self-check that was received.
func (v selfCheckView) VisitFileSelfCheckResponse(w http.ResponseWriter) error {
	return answerCreated(w, v)
}

// FileSelfCheck takes an operator's check of itself.
func (a *API) FileSelfCheck(ctx context.Context, r FileSelfCheckRequestObject) (FileSelfCheckResponseObject, error) {
	who, b := callerOf(ctx), r.Body
	s, err := a.House.FileSelfCheck(ctx, who.owner(), r.Params.IdempotencyKey, OwnCheck{
		Operator: who.Owner, Day: dayIn(b.Day), Inspector: b.Inspector, Faults: b.Faults, Text: value(b.Text),
	})
	if err != nil {
		return nil, err
	}
	return viewOfSelfCheck(s), nil
}

// ListSelfChecks lists the self-checks of an operator: its own, or those of one that the caller's
// authority supervises.
func (a *API) ListSelfChecks(ctx context.Context, r ListSelfChecksRequestObject) (ListSelfChecksResponseObject, error) {
	who, of := callerOf(ctx), value(r.Params.Operator)
	if of == "" && who.Kind == OperatorKey {
		of = who.Owner
	}
	if of == "" {
		return nil, problem("bad-parameter").at("operator")
	}
	o, err := a.House.Operator(ctx, of)
	if err != nil {
		return nil, err
	}
	if ok, err := a.sees(ctx, who, Line{Operator: o.ID, Authority: o.Province, Told: true}); err != nil || !ok {
		return nil, notSeen(err)
	}
	read := func(after int64, limit int) ([]OwnCheck, error) { return a.House.SelfChecks(ctx, of, after, limit) }
	return list(ctx, a, "self-checks", value(r.Params.Cursor), r.Params.Limit, bySerial(read, viewOfSelfCheck, func(s OwnCheck) int64 { return s.Serial }))
}

// notSeen is the answer about what the caller may not know of.
func notSeen(err error) error {
	if err != nil {
		return err
	}
	return ErrNotFound
}

type alertView struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Title     casefile.Text `json:"title"`
	Authority string        `json:"authority"`
	Operator  string        `json:"operator"`
	Plan      string        `json:"plan"`
	Day       calendar.Day  `json:"day"`
	At        time.Time     `json:"at"`
}

// missed is the title of the one kind of alert.
var missed = casefile.Text{Zh: "未按日报送自查", En: "a daily self-check was missed"}

// ListAlerts lists the alerts to the authorities that the caller may see.
func (a *API) ListAlerts(ctx context.Context, r ListAlertsRequestObject) (ListAlertsResponseObject, error) {
	f := Filter{Authority: value(r.Params.Authority)}
	if ok, err := a.scope(ctx, &f); err != nil || !ok {
		return whole(ctx, a, "alerts", []alertView{}), err
	}
	read := func(after int64, limit int) ([]Warning, error) { return a.House.Alerts(ctx, f.Authority, after, limit) }
	view := func(x Warning) alertView {
		return alertView{ID: x.ID, Name: x.Name, Title: missed, Authority: x.Authority, Operator: x.Operator, Plan: x.Plan, Day: x.Day, At: x.At}
	}
	return list(ctx, a, "alerts", value(r.Params.Cursor), r.Params.Limit, bySerial(read, view, func(x Warning) int64 { return x.Serial }))
}

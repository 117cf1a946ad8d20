package api

import (
	"context"
	"net/http"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
)

type dutyView struct {
	ID         string               `json:"id"`
	Operator   string               `json:"operator"`
	Authority  string               `json:"authority"`
	Code       string               `json:"code"`
	Title      casefile.Text        `json:"title"`
	Cadence    casefile.DutyCadence `json:"cadence"`
	Period     string               `json:"period"`
	Cite       string               `json:"cite"`
	Unverified bool                 `json:"unverified,omitempty"`
	Violation  string               `json:"violation,omitempty"`
	Remind     time.Time            `json:"remind,omitzero"`
	Due        time.Time            `json:"due,omitzero"`
	Grade      string               `json:"grade,omitempty"`
	Began      time.Time            `json:"began,omitzero"`
	Oral       time.Time            `json:"oral,omitzero"`
	OralDue    time.Time            `json:"oralDue,omitzero"`
	State      duties.State         `json:"state"`
	Reminded   time.Time            `json:"reminded,omitzero"`
	Reported   time.Time            `json:"reported,omitzero"`
	Reports    int                  `json:"reports"`
	Matter     duties.Matter        `json:"matter,omitempty"`
	Case       string               `json:"case,omitempty"`
	Improve    string               `json:"improveBy,omitempty"`
	Words      string               `json:"words,omitempty"`

	Undelivered []string     `json:"undelivered,omitempty"`
	DownFrom    calendar.Day `json:"downFrom,omitzero"`
	DownTo      calendar.Day `json:"downTo,omitzero"`
	Held        time.Time    `json:"heldUntil,omitzero"`
	Why         *why         `json:"why,omitempty"` // in no list of a spreadsheet
	OralWhy     *why         `json:"oralWhy,omitempty"`
}

// viewOfDuty shows a duty with the way to its last instants by the calendar of today.
func viewOfDuty(l DutyLine, days *calendar.Calendar) dutyView {
	d := l.Duty
	due, oral := d.Why(days)
	v := dutyView{
		Why: wayTo(d.Due, due), OralWhy: wayTo(d.OralDue, oral),
		ID: d.ID, Operator: d.Operator, Authority: d.Authority, Code: d.Code, Title: d.Title, Cadence: d.Cadence, Period: d.Period,
		Cite: d.Cite, Unverified: d.Unverified, Violation: d.Violation, Remind: d.Remind, Due: d.Due, Grade: d.Grade, Began: d.Began,
		Oral: d.Oral, OralDue: d.OralDue, State: d.State, Reminded: d.Reminded, Reported: d.Reported, Reports: d.Reports,
		Matter: d.Matter, Case: d.Case, Improve: d.Improve, Words: l.Words, Undelivered: d.Undelivered, Held: d.Held,
	}
	if d.Down != nil {
		v.DownFrom, v.DownTo = d.Down.From, d.Down.To
	}
	return v
}

func wayTo(at time.Time, found []calendar.Step) *why {
	switch {
	case at.IsZero():
		return nil
	case len(found) == 0:
		return &why{Zh: []string{"按较早的规则或者节假日表计算"}, En: []string{"counted by an earlier rule or holiday table"}}
	}
	way := steps(found)
	return &way
}

// VisitListDutiesResponse writes the list.
func (l listing[T, C]) VisitListDutiesResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListDutyProposalsResponse writes the list.
func (l listing[T, C]) VisitListDutyProposalsResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitListDutyReportsResponse writes the list.
func (l listing[T, C]) VisitListDutyReportsResponse(w http.ResponseWriter) error { return l.send(w) }

// VisitFileBlockageResponse writes the duty to report the blockage in writing.
func (v dutyView) VisitFileBlockageResponse(w http.ResponseWriter) error { return answerCreated(w, v) }

// VisitConfirmDutyResponse writes the duty as it is now.
func (v dutyView) VisitConfirmDutyResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

// VisitDismissDutyResponse writes the duty as it is now.
func (v dutyView) VisitDismissDutyResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

// VisitDoubtDutyResponse writes the duty as it is now.
func (v dutyView) VisitDoubtDutyResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

// VisitImproveDutyResponse writes the duty as it is now.
func (v dutyView) VisitImproveDutyResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

// ListDuties lists what operators owe: an operator its own, staff what is owed to the authorities
// that they may see.
func (a *API) ListDuties(ctx context.Context, r ListDutiesRequestObject) (ListDutiesResponseObject, error) {
	p := r.Params
	return a.duties(ctx, "duties", DutyFilter{Operator: value(p.Operator), Authority: value(p.Authority), Overdue: value(p.Overdue)}, p.Cursor, p.Limit)
}

// ListDutyProposals lists the duties that propose something for an officer to decide.
func (a *API) ListDutyProposals(ctx context.Context, r ListDutyProposalsRequestObject) (ListDutyProposalsResponseObject, error) {
	p := r.Params
	return a.duties(ctx, "proposals", DutyFilter{Operator: value(p.Operator), Authority: value(p.Authority), Proposed: true}, p.Cursor, p.Limit)
}

func (a *API) duties(ctx context.Context, name string, f DutyFilter, cursor *string, limit *int) (listing[dutyView, string], error) {
	scope := Filter{Authority: f.Authority, Operator: f.Operator}
	if _, err := after(cursor); err != nil {
		return listing[dutyView, string]{}, err
	}
	ok, err := a.scope(ctx, &scope)
	if err != nil {
		return listing[dutyView, string]{}, err
	}
	if !ok {
		return whole(ctx, a, name, []dutyView{}), nil
	}
	f.Authority, f.Operator = scope.Authority, scope.Operator
	days, err := a.House.Calendar(ctx)
	if err != nil {
		return listing[dutyView, string]{}, err
	}
	view := func(l DutyLine) dutyView { return viewOfDuty(l, days) }
	read := func(after int64, limit int) ([]DutyLine, error) { return a.House.Duties(ctx, f, after, limit) }
	return list(ctx, a, name, value(cursor), limit, bySerial(read, view, func(l DutyLine) int64 { return l.Serial }))
}

// duty is the duty of a request, if its caller may know of it: otherwise it does not exist.
func (a *API) duty(ctx context.Context, id string) (DutyLine, error) {
	l, err := a.House.Duty(ctx, id)
	if err != nil {
		return l, err
	}
	ok, err := a.sees(ctx, callerOf(ctx), Line{Operator: l.Duty.Operator, Authority: l.Duty.Authority, Told: true})
	if err != nil || !ok {
		return l, notSeen(err)
	}
	return l, nil
}

type dutyReportView struct {
	ID       string    `json:"id"`
	Received time.Time `json:"received"`
	Hash     string    `json:"hash"`
	Text     string    `json:"text"`
}

// ListDutyReports lists the reports on a duty.
func (a *API) ListDutyReports(ctx context.Context, r ListDutyReportsRequestObject) (ListDutyReportsResponseObject, error) {
	if _, err := a.duty(ctx, r.Id); err != nil {
		return nil, err
	}
	read := func(after int64, limit int) ([]DutyPaper, error) { return a.House.DutyReports(ctx, r.Id, after, limit) }
	view := func(x DutyPaper) dutyReportView {
		return dutyReportView{ID: x.ID, Received: x.Received, Hash: x.Hash, Text: x.Text}
	}
	return list(ctx, a, "reports", value(r.Params.Cursor), r.Params.Limit, bySerial(read, view, func(x DutyPaper) int64 { return x.Serial }))
}

type dutyReceiptView struct {
	ID       string    `json:"id"`
	Received time.Time `json:"received"`
	Hash     string    `json:"hash"`
	Late     bool      `json:"late"`
	Duty     dutyView  `json:"duty"`
}

// VisitReportDutyResponse writes the receipt.
func (v dutyReceiptView) VisitReportDutyResponse(w http.ResponseWriter) error {
	return answerCreated(w, v)
}

// ReportDuty takes an operator's report on a duty of its own.
func (a *API) ReportDuty(ctx context.Context, r ReportDutyRequestObject) (ReportDutyResponseObject, error) {
	if _, err := a.duty(ctx, r.Id); err != nil {
		return nil, err
	}
	days, err := a.House.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	who := callerOf(ctx)
	got, err := a.House.ReportDuty(ctx, DutyAct{
		Owner: who.owner(), Key: r.Params.IdempotencyKey, Duty: r.Id, By: casefile.Actor{Sender: "operator"}, Words: r.Body.Text,
	})
	if err != nil {
		return nil, err
	}
	return dutyReceiptView{ID: got.ID, Received: got.Received, Hash: got.Hash, Late: got.Late, Duty: viewOfDuty(got.Duty, days)}, nil
}

// FileBlockage takes what an operator tells at once, and opens the duty to write it down.
func (a *API) FileBlockage(ctx context.Context, r FileBlockageRequestObject) (FileBlockageResponseObject, error) {
	who, b := callerOf(ctx), r.Body
	days, err := a.House.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	l, err := a.House.FileBlockage(ctx, DutyAct{Owner: who.owner(), Key: r.Params.IdempotencyKey, By: casefile.Actor{Sender: "operator"}}, who.Owner,
		duties.Blockage{Grade: b.Grade, Began: b.Began, Oral: b.Oral})
	if err != nil {
		return nil, err
	}
	return viewOfDuty(l, days), nil
}

// decide enters what the authority to which a duty is owed makes of it.
func (a *API) decide(ctx context.Context, d DutyAct, enter func(context.Context, DutyAct) (DutyLine, error)) (dutyView, error) {
	l, err := a.duty(ctx, d.Duty)
	if err != nil {
		return dutyView{}, err
	}
	who, err := planner(ctx)
	if err == nil && who.Authority != l.Duty.Authority {
		err = problem("not-for-you")
	}
	if err != nil {
		return dutyView{}, err
	}
	days, err := a.House.Calendar(ctx)
	if err != nil {
		return dutyView{}, err
	}
	d.Owner, d.By = who.owner(), who.actor()
	if l, err = enter(ctx, d); err != nil {
		return dutyView{}, err
	}
	return viewOfDuty(l, days), nil
}

// ConfirmDuty opens the enforcement case that is proposed.
func (a *API) ConfirmDuty(ctx context.Context, r ConfirmDutyRequestObject) (ConfirmDutyResponseObject, error) {
	v, err := a.decide(ctx, DutyAct{Duty: r.Id, Key: r.Params.IdempotencyKey, Words: r.Body.Reasons}, a.House.ConfirmDuty)
	if err != nil {
		return nil, err
	}
	a.measures.paper(casefile.Enforcement, "filing")
	a.nudge(ctx, casefile.Enforcement, v.Case, "filing", "")
	return v, nil
}

// DismissDuty ends a proposal.
func (a *API) DismissDuty(ctx context.Context, r DismissDutyRequestObject) (DismissDutyResponseObject, error) {
	return a.decide(ctx, DutyAct{Duty: r.Id, Key: r.Params.IdempotencyKey, Words: r.Body.Reasons}, a.House.DismissDuty)
}

// DoubtDuty enters that a report was found untrue.
func (a *API) DoubtDuty(ctx context.Context, r DoubtDutyRequestObject) (DoubtDutyResponseObject, error) {
	return a.decide(ctx, DutyAct{Duty: r.Id, Key: r.Params.IdempotencyKey, Words: r.Body.Reasons}, a.House.DoubtDuty)
}

// ImproveDuty enters an improvement notice.
func (a *API) ImproveDuty(ctx context.Context, r ImproveDutyRequestObject) (ImproveDutyResponseObject, error) {
	return a.decide(ctx, DutyAct{Duty: r.Id, Key: r.Params.IdempotencyKey, Words: r.Body.Text, Until: dayIn(r.Body.Until)}, a.House.ImproveDuty)
}

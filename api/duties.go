package api

import (
	"context"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"duban/access"
	"duban/api/wire"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
	"duban/office"
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
	Why         *docket.Why  `json:"why,omitempty"` // in no list of a spreadsheet
	OralWhy     *docket.Why  `json:"oralWhy,omitempty"`
}

// viewOfDuty shows a duty with the way to its last instants by the calendar of today.
func viewOfDuty(l office.Duty, days *calendar.Calendar) dutyView {
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

func wayTo(at time.Time, found []calendar.Step) *docket.Why {
	switch {
	case at.IsZero():
		return nil
	case len(found) == 0:
		return &docket.Why{Zh: []string{"按较早的规则或者节假日表计算"}, En: []string{"counted by an earlier rule or holiday table"}}
	}
	way := docket.Steps(found)
	return &way
}

// ListDuties lists what operators owe: an operator its own, staff what is owed to the authorities
// that they may see.
func (a *API) ListDuties(c echo.Context, p wire.ListDutiesParams) error {
	return a.duties(c, "duties", office.DutyFilter{Operator: value(p.Operator), Overdue: value(p.Overdue)}, value(p.Authority), p.Cursor, p.Limit)
}

// ListDutyProposals lists the duties that propose something for an officer to decide.
func (a *API) ListDutyProposals(c echo.Context, p wire.ListDutyProposalsParams) error {
	return a.duties(c, "proposals", office.DutyFilter{Operator: value(p.Operator), Proposed: true}, value(p.Authority), p.Cursor, p.Limit)
}

func (a *API) duties(c echo.Context, name string, f office.DutyFilter, authority string, cursor *string, limit *int) error {
	ctx := c.Request().Context()
	days, err := a.Docket.Calendar(ctx)
	if err != nil {
		return err
	}
	view := func(l office.Duty) dutyView { return viewOfDuty(l, days) }
	read := func(after int64, limit int) ([]office.Duty, error) {
		return a.Office.Duties(ctx, whoOf(c), f, authority, after, limit)
	}
	return list(c, a, name, value(cursor), limit, bySerial(read, view, func(l office.Duty) int64 { return l.Serial }))
}

type dutyReportView struct {
	ID       string    `json:"id"`
	Received time.Time `json:"received"`
	Hash     string    `json:"hash"`
	Text     string    `json:"text"`
}

// ListDutyReports lists the reports on a duty.
func (a *API) ListDutyReports(c echo.Context, id wire.CaseId, p wire.ListDutyReportsParams) error {
	read := func(after int64, limit int) ([]office.DutyReport, error) {
		return a.Office.DutyReports(c.Request().Context(), whoOf(c), id, after, limit)
	}
	view := func(x office.DutyReport) dutyReportView {
		return dutyReportView{ID: x.ID, Received: x.Received, Hash: x.Hash, Text: x.Text}
	}
	return list(c, a, "reports", value(p.Cursor), p.Limit, bySerial(read, view, func(x office.DutyReport) int64 { return x.Serial }))
}

type dutyReceiptView struct {
	ID       string    `json:"id"`
	Received time.Time `json:"received"`
	Hash     string    `json:"hash"`
	Late     bool      `json:"late"`
	Duty     dutyView  `json:"duty"`
}

// ReportDuty takes an operator's report on a duty of its own.
func (a *API) ReportDuty(c echo.Context, id wire.CaseId, p wire.ReportDutyParams) error {
	ctx := c.Request().Context()
	var b wire.ReportDutyJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	got, err := a.Office.ReportDuty(ctx, whoOf(c), office.DutyAct{Key: p.IdempotencyKey, Duty: id, Words: b.Text})
	if err != nil {
		return err
	}
	days, err := a.Docket.Calendar(ctx)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, dutyReceiptView{ID: got.ID, Received: got.Received, Hash: got.Hash, Late: got.Late, Duty: viewOfDuty(got.Duty, days)})
}

// FileBlockage takes what an operator tells at once, and opens the duty to write it down.
func (a *API) FileBlockage(c echo.Context, p wire.FileBlockageParams) error {
	var b wire.FileBlockageJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	l, err := a.Office.FileBlockage(c.Request().Context(), whoOf(c), p.IdempotencyKey, duties.Blockage{Grade: b.Grade, Began: b.Began, Oral: b.Oral})
	if err != nil {
		return err
	}
	return a.answerDuty(c, http.StatusCreated, l)
}

func (a *API) answerDuty(c echo.Context, status int, l office.Duty) error {
	days, err := a.Docket.Calendar(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(status, viewOfDuty(l, days))
}

// decide enters what the authority to which a duty is owed makes of it.
func (a *API) decide(c echo.Context, d office.DutyAct, enter func(context.Context, access.Who, office.DutyAct) (office.Duty, error)) error {
	l, err := enter(c.Request().Context(), whoOf(c), d)
	if err != nil {
		return err
	}
	return a.answerDuty(c, http.StatusOK, l)
}

// ConfirmDuty opens the enforcement case that is proposed.
func (a *API) ConfirmDuty(c echo.Context, id wire.CaseId, p wire.ConfirmDutyParams) error {
	var b wire.ConfirmDutyJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	if err := a.decide(c, office.DutyAct{Duty: id, Key: p.IdempotencyKey, Words: b.Reasons}, a.Office.ConfirmDuty); err != nil {
		return err
	}
	a.measures.paper(casefile.Enforcement, "filing")
	return nil
}

// DismissDuty ends a proposal.
func (a *API) DismissDuty(c echo.Context, id wire.CaseId, p wire.DismissDutyParams) error {
	var b wire.DismissDutyJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	return a.decide(c, office.DutyAct{Duty: id, Key: p.IdempotencyKey, Words: b.Reasons}, a.Office.DismissDuty)
}

// DoubtDuty enters that a report was found untrue.
func (a *API) DoubtDuty(c echo.Context, id wire.CaseId, p wire.DoubtDutyParams) error {
	var b wire.DoubtDutyJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	return a.decide(c, office.DutyAct{Duty: id, Key: p.IdempotencyKey, Words: b.Reasons}, a.Office.DoubtDuty)
}

// ImproveDuty enters an improvement notice.
func (a *API) ImproveDuty(c echo.Context, id wire.CaseId, p wire.ImproveDutyParams) error {
	var b wire.ImproveDutyJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	return a.decide(c, office.DutyAct{Duty: id, Key: p.IdempotencyKey, Words: b.Text, Until: dayIn(b.Until)}, a.Office.ImproveDuty)
}

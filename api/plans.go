package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"
	openapi_types "github.com/oapi-codegen/runtime/types"

	"duban/api/wire"
	"duban/law/calendar"
	"duban/law/plans"
	"duban/office"
)

type planView struct {
	ID        string         `json:"id"`
	Authority string         `json:"authority"`
	Year      int            `json:"year"`
	From      calendar.Day   `json:"from"`
	Cadence   plans.Cadence  `json:"cadence"`
	Types     []string       `json:"types,omitempty"`
	Operators []string       `json:"operators,omitempty"`
	Quota     int            `json:"quota,omitempty"`
	Cap       int            `json:"cap,omitempty"`
	Changes   []plans.Change `json:"changes"`
	By        string         `json:"by"`
	Created   time.Time      `json:"created"`
	Through   calendar.Day   `json:"through,omitzero"`
	NextDue   time.Time      `json:"nextDue,omitzero"`
}

func viewOfPlan(p office.Plan) planView {
	out := planView{
		ID: p.Plan.ID, Authority: p.Plan.Authority, Year: p.Plan.Year, From: p.Plan.From, Cadence: p.Plan.Cadence, Types: p.Plan.Types,
		Operators: p.Plan.Operators, Quota: p.Plan.Quota, Cap: p.Plan.Cap, Changes: p.Plan.Changes, By: p.By.Officer, Created: p.Created,
		Through: p.Through, NextDue: p.NextDue,
	}
	if out.Changes == nil {
		out.Changes = []plans.Change{}
	}
	return out
}

// numbered reads the pages of a list whose cursor is a number, for list. A next page after 0 is none.
func numbered[View any](read func(after int64, limit int) ([]View, int64, error)) func(string, int) ([]View, string, error) {
	return func(cursor string, limit int) ([]View, string, error) {
		from, err := after(&cursor)
		if err != nil {
			return nil, "", err
		}
		out, next, err := read(from, limit)
		if err != nil || next == 0 {
			return out, "", err
		}
		return out, strconv.FormatInt(next, 10), nil
	}
}

// bySerial reads the pages of a list behind a serial, for list.
func bySerial[Row, View any](read func(after int64, limit int) ([]Row, error), view func(Row) View, serial func(Row) int64) func(string, int) ([]View, string, error) {
	return numbered(func(after int64, limit int) (out []View, next int64, err error) {
		rows, err := read(after, limit)
		if err == nil && len(rows) == limit {
			next = serial(rows[limit-1])
		}
		return each(rows, view), next, err
	})
}

// after is the serial of a page's cursor.
func after(cursor *string) (int64, error) {
	if cursor == nil || *cursor == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(*cursor, 10, 64)
	if err != nil {
		return 0, problem("bad-filter").at("cursor")
	}
	return n, nil
}

func dayIn(d openapi_types.Date) calendar.Day { return calendar.NewDay(d.Date()) }

// ListPlans lists the plans that the caller may see.
func (a *API) ListPlans(c echo.Context, p wire.ListPlansParams) error {
	read := func(after int64, limit int) ([]office.Plan, error) {
		return a.Office.Plans(c.Request().Context(), whoOf(c), value(p.Authority), after, limit)
	}
	return list(c, a, "plans", value(p.Cursor), p.Limit, bySerial(read, viewOfPlan, func(p office.Plan) int64 { return p.Serial }))
}

// MakePlan makes a plan of the caller's authority.
func (a *API) MakePlan(c echo.Context, p wire.MakePlanParams) error {
	var b wire.MakePlanJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	made, err := a.Office.MakePlan(c.Request().Context(), whoOf(c), p.IdempotencyKey, plans.Plan{
		Year: b.Year, Cadence: plans.Cadence(b.Cadence), Types: value(b.Types), Operators: value(b.Operators), Quota: value(b.Quota), Cap: value(b.Cap),
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, viewOfPlan(made))
}

// GetPlan shows a plan.
func (a *API) GetPlan(c echo.Context, id wire.CaseId) error {
	p, err := a.Office.Plan(c.Request().Context(), whoOf(c), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewOfPlan(p))
}

// change enters what the caller's authority decides about a plan of its own.
func (a *API) change(c echo.Context, id, key string, change plans.Change) error {
	p, err := a.Office.ChangePlan(c.Request().Context(), whoOf(c), key, id, change)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewOfPlan(p))
}

// PausePlan pauses a plan.
func (a *API) PausePlan(c echo.Context, id wire.CaseId, p wire.PausePlanParams) error {
	var b wire.PausePlanJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	pause := plans.Change{Name: plans.Pause, From: dayIn(b.From)}
	if b.Until != nil {
		pause.Until = dayIn(*b.Until)
	}
	return a.change(c, id, p.IdempotencyKey, pause)
}

// ResumePlan ends a pause.
func (a *API) ResumePlan(c echo.Context, id wire.CaseId, p wire.ResumePlanParams) error {
	var b wire.ResumePlanJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	return a.change(c, id, p.IdempotencyKey, plans.Change{Name: plans.Resume, From: dayIn(b.From)})
}

// ChangePlan gives a plan another quota.
func (a *API) ChangePlan(c echo.Context, id wire.CaseId, p wire.ChangePlanParams) error {
	var b wire.ChangePlanJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	return a.change(c, id, p.IdempotencyKey, plans.Change{Name: plans.Quota, From: dayIn(b.From), Quota: b.Quota})
}

type occurrenceView struct {
	Slot     string       `json:"slot"`
	Operator string       `json:"operator"`
	Day      calendar.Day `json:"day"`
	State    string       `json:"state"`
	Case     string       `json:"case,omitempty"`
	At       time.Time    `json:"at"`
}

// ListOccurrences lists the checks of a plan that were seen to.
func (a *API) ListOccurrences(c echo.Context, id wire.CaseId, p wire.ListOccurrencesParams) error {
	read := func(after int64, limit int) ([]office.Occurrence, error) {
		return a.Office.Occurrences(c.Request().Context(), whoOf(c), id, after, limit)
	}
	view := func(o office.Occurrence) occurrenceView {
		return occurrenceView{Slot: o.Slot, Operator: o.Operator, Day: o.Day, State: string(o.State), Case: o.Case, At: o.At}
	}
	return list(c, a, "occurrences", value(p.Cursor), p.Limit, bySerial(read, view, func(o office.Occurrence) int64 { return o.Serial }))
}

// GetExemption tells why an inspection counts towards no cap.
func (a *API) GetExemption(c echo.Context, id wire.CaseId) error {
	e, err := a.Office.Exemption(c.Request().Context(), whoOf(c), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, wire.Exemption{Case: e.Case, Ground: e.Ground, Reasons: e.Reason, Officer: e.Officer, At: e.At})
}

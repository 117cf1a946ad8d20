package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/plans"
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

func viewOfPlan(p PlanLine) planView {
	out := planView{
		ID: p.Plan.ID, Authority: p.Plan.Authority, Year: p.Plan.Year, From: p.Plan.From, Cadence: p.Plan.Cadence, Types: p.Plan.Types,
		Operators: p.Plan.Operators, Quota: p.Plan.Quota, Cap: p.Plan.Cap, Changes: p.Plan.Changes, By: p.By, Created: p.Created,
		Through: p.Through, NextDue: p.NextDue,
	}
	if out.Changes == nil {
		out.Changes = []plans.Change{}
	}
	return out
}

// VisitMakePlanResponse writes the plan that was made.
func (v planView) VisitMakePlanResponse(w http.ResponseWriter) error { return answerCreated(w, v) }

// VisitGetPlanResponse writes the plan.
func (v planView) VisitGetPlanResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

// VisitPausePlanResponse writes the plan as it is now.
func (v planView) VisitPausePlanResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

// VisitResumePlanResponse writes the plan as it is now.
func (v planView) VisitResumePlanResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

// VisitChangePlanResponse writes the plan as it is now.
func (v planView) VisitChangePlanResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

func answerCreated(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	return json.NewEncoder(w).Encode(v)
}

// bySerial reads the pages of a list behind a serial, for list.
func bySerial[Row, View any](read func(after int64, limit int) ([]Row, error), view func(Row) View, serial func(Row) int64) func(string, int) ([]View, string, error) {
	return func(cursor string, limit int) ([]View, string, error) {
		from, err := after(&cursor)
		if err != nil {
			return nil, "", err
		}
		rows, err := read(from, limit)
		if err != nil {
			return nil, "", err
		}
		out, next := make([]View, len(rows)), ""
		for i, row := range rows {
			out[i] = view(row)
		}
		if len(rows) == limit {
			next = strconv.FormatInt(serial(rows[limit-1]), 10)
		}
		return out, next, nil
	}
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

// ListPlans lists the plans that the caller may see, as ListCases does cases.
func (a *API) ListPlans(ctx context.Context, r ListPlansRequestObject) (ListPlansResponseObject, error) {
	f := Filter{Authority: value(r.Params.Authority)}
	if ok, err := a.scope(ctx, &f); err != nil || !ok {
		return whole(ctx, a, "plans", []planView{}), err
	}
	read := func(after int64, limit int) ([]PlanLine, error) { return a.House.Plans(ctx, f.Authority, after, limit) }
	return list(ctx, a, "plans", value(r.Params.Cursor), r.Params.Limit, bySerial(read, viewOfPlan, func(p PlanLine) int64 { return p.Serial }))
}

// planner is the caller, if it may make and change plans: officers and the head do, reviewers do
// not.
func planner(ctx context.Context) (caller, error) {
	who := callerOf(ctx)
	if who.Role != casefile.RoleOfficer && who.Role != casefile.RoleHead {
		return who, problem("not-for-you")
	}
	return who, nil
}

// MakePlan makes a plan of the caller's authority.
func (a *API) MakePlan(ctx context.Context, r MakePlanRequestObject) (MakePlanResponseObject, error) {
	who, err := planner(ctx)
	if err != nil {
		return nil, err
	}
	b := r.Body
	p, err := a.House.MakePlan(ctx, who.owner(), r.Params.IdempotencyKey, plans.Plan{
		Authority: who.Authority, Year: b.Year, Cadence: plans.Cadence(b.Cadence), Types: value(b.Types), Operators: value(b.Operators),
		Quota: value(b.Quota), Cap: value(b.Cap),
	}, who.actor())
	if err != nil {
		return nil, err
	}
	return viewOfPlan(p), nil
}

// plan is the plan of a request, if its caller may know of it: otherwise it does not exist.
func (a *API) plan(ctx context.Context, id string) (PlanLine, error) {
	p, err := a.House.Plan(ctx, id)
	if err != nil {
		return p, err
	}
	ok, err := a.sees(ctx, callerOf(ctx), Line{Authority: p.Plan.Authority})
	if err == nil && !ok {
		err = ErrNotFound
	}
	return p, err
}

// GetPlan shows a plan.
func (a *API) GetPlan(ctx context.Context, r GetPlanRequestObject) (GetPlanResponseObject, error) {
	p, err := a.plan(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return viewOfPlan(p), nil
}

// change enters what the caller's authority decides about a plan of its own.
func (a *API) change(ctx context.Context, id, key string, c plans.Change) (planView, error) {
	p, err := a.plan(ctx, id)
	if err != nil {
		return planView{}, err
	}
	who, err := planner(ctx)
	if err == nil && who.Authority != p.Plan.Authority {
		err = problem("not-for-you")
	}
	if err != nil {
		return planView{}, err
	}
	p, err = a.House.ChangePlan(ctx, who.owner(), key, id, c, who.actor())
	return viewOfPlan(p), err
}

// PausePlan pauses a plan.
func (a *API) PausePlan(ctx context.Context, r PausePlanRequestObject) (PausePlanResponseObject, error) {
	c := plans.Change{Name: plans.Pause, From: dayIn(r.Body.From)}
	if r.Body.Until != nil {
		c.Until = dayIn(*r.Body.Until)
	}
	return a.change(ctx, r.Id, r.Params.IdempotencyKey, c)
}

// ResumePlan ends a pause.
func (a *API) ResumePlan(ctx context.Context, r ResumePlanRequestObject) (ResumePlanResponseObject, error) {
	return a.change(ctx, r.Id, r.Params.IdempotencyKey, plans.Change{Name: plans.Resume, From: dayIn(r.Body.From)})
}

// ChangePlan gives a plan another quota.
func (a *API) ChangePlan(ctx context.Context, r ChangePlanRequestObject) (ChangePlanResponseObject, error) {
	return a.change(ctx, r.Id, r.Params.IdempotencyKey, plans.Change{Name: plans.Quota, From: dayIn(r.Body.From), Quota: r.Body.Quota})
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
func (a *API) ListOccurrences(ctx context.Context, r ListOccurrencesRequestObject) (ListOccurrencesResponseObject, error) {
	if _, err := a.plan(ctx, r.Id); err != nil {
		return nil, err
	}
	read := func(after int64, limit int) ([]Check, error) { return a.House.Checks(ctx, r.Id, after, limit) }
	view := func(c Check) occurrenceView {
		return occurrenceView{Slot: c.Slot, Operator: c.Operator, Day: c.Day, State: c.State, Case: c.Case, At: c.At}
	}
	return list(ctx, a, "occurrences", value(r.Params.Cursor), r.Params.Limit, bySerial(read, view, func(c Check) int64 { return c.Serial }))
}

// GetExemption tells why an inspection counts towards no cap.
func (a *API) GetExemption(ctx context.Context, r GetExemptionRequestObject) (GetExemptionResponseObject, error) {
	line, _, err := a.find(ctx, r.Id, casefile.Inspection)
	if err != nil {
		return nil, err
	}
	e, err := a.House.Exemption(ctx, line.ID)
	if err != nil {
		return nil, err
	}
	return GetExemption200JSONResponse{Case: line.ID, Ground: e.Ground, Reasons: e.Reasons, Officer: e.Officer, At: e.At}, nil
}

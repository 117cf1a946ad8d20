package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/law/casefile"
)

// route is one line of the list below.
type route struct {
	method  string
	path    string
	handler echo.HandlerFunc
}

const get, post, put = http.MethodGet, http.MethodPost, http.MethodPut

// routes is every route of the API: method, path, handler. Who may is asked below, in access.
func (a *API) routes() []route {
	w := &wire.ServerInterfaceWrapper{Handler: a}
	list := []route{
		{get, "/livez", w.Live},
		{get, "/readyz", w.Ready},
		{get, "/v1/receipts/{number}", w.TrackReceipt},
		{get, "/v1/cases", w.ListCases},
		{get, "/v1/tasks", w.ListTasks},
		{get, "/v1/cases/{id}", w.GetCase},
		{get, "/v1/cases/{id}/ledger", w.GetLedger},
		{get, "/v1/cases/{id}/ledger/{seq}", w.GetEntry},
		{get, "/v1/cases/{id}/persons", w.ListPersons},
		{get, "/v1/cases/{id}/openings", w.ListOpenings},
		{get, "/v1/cases/{id}/papers", w.ListPapers},
		{get, "/v1/cases/{id}/papers/{paper}", w.GetPaper},
		{post, "/v1/cases/{id}/repin", a.repin},
		{get, "/v1/authorities", w.ListAuthorities},
		{get, "/v1/authorities/{id}", w.GetAuthority},
		{put, "/v1/authorities/{id}", w.PutAuthority},
		{get, "/v1/operators", w.ListOperators},
		{get, "/v1/operators/{id}", w.GetOperator},
		{put, "/v1/operators/{id}", w.PutOperator},
		{get, "/v1/inspections/{id}/checklist", w.GetChecklist},
		{get, "/v1/operators/{id}/cooperation", w.ListCooperation},
		{get, "/v1/operators/{id}/standards/{standard}", w.GetOwnStandard},
		{put, "/v1/operators/{id}/standards/{standard}", w.PutOwnStandard},
		{get, "/v1/operators/{id}/standards/{standard}/compare", w.CompareOwnStandard},
		{get, "/v1/officers", w.ListOfficers},
		{get, "/v1/officers/{id}", w.GetOfficer},
		{put, "/v1/officers/{id}", w.PutOfficer},
		{post, "/v1/officers/{id}/retire", w.RetireOfficer},
		{post, "/v1/assignments", w.Assign},
		{get, "/v1/substitutions", w.ListSubstitutions},
		{post, "/v1/substitutions", w.Substitute},
		{post, "/v1/substitutions/{id}/end", w.EndSubstitution},
		{get, "/v1/whoami", w.WhoAmI},
		{get, "/v1/keys", w.ListKeys},
		{post, "/v1/keys", w.MakeKey},
		{post, "/v1/keys/{id}/revoke", w.RevokeKey},
		{get, "/v1/cards", w.ListCards},
		{get, "/v1/cards/{number}", w.GetCard},
		{put, "/v1/cards/{number}", w.PutCard},
		{get, "/v1/plans", w.ListPlans},
		{post, "/v1/plans", w.MakePlan},
		{get, "/v1/plans/{id}", w.GetPlan},
		{post, "/v1/plans/{id}/pause", w.PausePlan},
		{post, "/v1/plans/{id}/resume", w.ResumePlan},
		{post, "/v1/plans/{id}/change", w.ChangePlan},
		{get, "/v1/plans/{id}/occurrences", w.ListOccurrences},
		{get, "/v1/alerts", w.ListAlerts},
		{get, "/v1/self-checks", w.ListSelfChecks},
		{post, "/v1/self-checks", w.FileSelfCheck},
		{get, "/v1/publications", w.ListPublications},
		{get, "/v1/draws", w.ListDraws},
		{post, "/v1/draws", w.MakeDraw},
		{post, "/v1/draws/commitments", w.CommitDraw},
		{get, "/v1/draws/{id}", w.GetDraw},
		{post, "/v1/draws/{id}/open", w.OpenDraw},
		{post, "/v1/draws/{id}/publish", w.PublishDraw},
		{get, "/v1/duties", w.ListDuties},
		{get, "/v1/duties/proposals", w.ListDutyProposals},
		{get, "/v1/duties/{id}/reports", w.ListDutyReports},
		{post, "/v1/duties/{id}/reports", w.ReportDuty},
		{post, "/v1/duties/{id}/confirm", w.ConfirmDuty},
		{post, "/v1/duties/{id}/dismiss", w.DismissDuty},
		{post, "/v1/duties/{id}/untrue", w.DoubtDuty},
		{post, "/v1/duties/{id}/improve", w.ImproveDuty},
		{post, "/v1/blockages", w.FileBlockage},
		{get, "/v1/exempt-inspections/{id}", w.GetExemption},
		{get, "/v1/regimes", w.ListRegimes},
		{get, "/v1/regimes/{name}", w.GetRegime},
		{get, "/v1/standards", w.ListStandards},
		{get, "/v1/standards/{id}", w.GetStandard},
		{get, "/v1/calendar", w.ListCalendar},
		{get, "/v1/calendar/{year}", w.GetCalendar},
		{get, "/v1/deadline", w.ComputeDeadline},
	}
	list = append(list, a.moveRoutes(w)...)
	if a.Dev {
		list = append(list, route{get, "/dev/clock", w.GetClock}, route{post, "/dev/clock", w.StepClock})
	}
	return list
}

// moveRoutes are those of each kind of case: its list, a case, and every paper and act of the catalogue.
func (a *API) moveRoutes(w *wire.ServerInterfaceWrapper) (list []route) {
	for _, k := range casefile.Kinds() {
		base := "/v1/" + string(k) + "s"
		list = append(list, route{get, base, ofKind(k, w.ListCases)}, route{get, base + "/{id}", ofKind(k, w.GetCase)})
		for _, s := range casefile.Specs(k) {
			switch {
			case s.Class == casefile.Act:
				list = append(list, route{post, base + "/{id}/" + s.Name, a.act(s)})
			case s.Name == "filing":
				list = append(list, route{post, base, a.file(s)})
			case !s.Inside:
				list = append(list, route{post, base + "/{id}/" + s.Name, a.paper(s)})
			}
		}
	}
	return list
}

// route hangs the list into the server, each route behind authentication, the contract and, for lists, the
// choice of a format, in this order; what follows the contract has a deadline. A route without an operation in
// the contract is an error.
func (a *API) route(e *echo.Echo) error {
	for _, r := range a.routes() {
		op := a.contract.operation(r.method, r.path)
		if op == nil {
			return fmt.Errorf("the contract has no %s %s", r.method, r.path)
		}
		path := strings.NewReplacer("{", ":", "}", "").Replace(r.path)
		e.Add(r.method, path, r.handler, a.authenticate, a.contract.check(op), a.inTime, inFormats(op.Operation))
	}
	a.documents(e)
	if !a.MetricsApart {
		e.GET("/metrics", echo.WrapHandler(a.measures.handler))
	}
	return nil
}

type kindKey struct{}

// ofKind serves one kind by the handler of all cases.
func ofKind(k casefile.Kind, next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), kindKey{}, k)))
		return next(c)
	}
}

// kindOf is the kind that the path speaks of; empty for all cases.
func kindOf(c echo.Context) casefile.Kind {
	k, _ := c.Request().Context().Value(kindKey{}).(casefile.Kind)
	return k
}

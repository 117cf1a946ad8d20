package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"duban/law/casefile"
)

// route is one line of the list below.
type route struct {
	method  string
	path    string
	handler echo.HandlerFunc
	may     may // who; a handler narrows it further by the case
}

const get, post, put = http.MethodGet, http.MethodPost, http.MethodPut

// routes is every route of the API: method, path, handler, who may.
func (a *API) routes() []route {
	w := &ServerInterfaceWrapper{Handler: NewStrictHandler(a, nil)}
	list := []route{
		{get, "/livez", w.Live, anyone},
		{get, "/readyz", w.Ready, anyone},
		{get, "/v1/receipts/{number}", w.TrackReceipt, anyone},
		{get, "/v1/cases", w.ListCases, viewers},
		{get, "/v1/cases/{id}", w.GetCase, viewers},
		{get, "/v1/cases/{id}/ledger", w.GetLedger, viewers},
		{get, "/v1/cases/{id}/papers", w.ListPapers, viewers},
		{get, "/v1/cases/{id}/papers/{paper}", w.GetPaper, viewers},
		{post, "/v1/cases/{id}/repin", a.repin, staff},
		{get, "/v1/authorities", w.ListAuthorities, anyone},
		{put, "/v1/authorities/{id}", w.PutAuthority, admins},
		{get, "/v1/operators", w.ListOperators, anyone},
		{get, "/v1/operators/{id}", w.GetOperator, anyone},
		{put, "/v1/operators/{id}", w.PutOperator, keepers},
		{get, "/v1/inspections/{id}/checklist", w.GetChecklist, viewers},
		{get, "/v1/operators/{id}/cooperation", w.ListCooperation, viewers},
		{get, "/v1/operators/{id}/standards/{standard}", w.GetOwnStandard, viewers},
		{put, "/v1/operators/{id}/standards/{standard}", w.PutOwnStandard, operators},
		{get, "/v1/operators/{id}/standards/{standard}/compare", w.CompareOwnStandard, viewers},
		{get, "/v1/officers", w.ListOfficers, staff},
		{put, "/v1/officers/{id}", w.PutOfficer, admins},
		{get, "/v1/cards", w.ListCards, staff},
		{put, "/v1/cards/{number}", w.PutCard, admins},
		{get, "/v1/plans", w.ListPlans, staff},
		{post, "/v1/plans", w.MakePlan, officers},
		{get, "/v1/plans/{id}", w.GetPlan, staff},
		{post, "/v1/plans/{id}/pause", w.PausePlan, officers},
		{post, "/v1/plans/{id}/resume", w.ResumePlan, officers},
		{post, "/v1/plans/{id}/change", w.ChangePlan, officers},
		{get, "/v1/plans/{id}/occurrences", w.ListOccurrences, staff},
		{get, "/v1/alerts", w.ListAlerts, staff},
		{get, "/v1/self-checks", w.ListSelfChecks, viewers},
		{post, "/v1/self-checks", w.FileSelfCheck, operators},
		{get, "/v1/publications", w.ListPublications, anyone},
		{get, "/v1/draws", w.ListDraws, staff},
		{post, "/v1/draws", w.MakeDraw, officers},
		{post, "/v1/draws/commitments", w.CommitDraw, officers},
		{get, "/v1/draws/{id}", w.GetDraw, anyone},
		{post, "/v1/draws/{id}/open", w.OpenDraw, officers},
		{post, "/v1/draws/{id}/publish", w.PublishDraw, officers},
		{get, "/v1/duties", w.ListDuties, viewers},
		{get, "/v1/duties/proposals", w.ListDutyProposals, staff},
		{get, "/v1/duties/{id}/reports", w.ListDutyReports, viewers},
		{post, "/v1/duties/{id}/reports", w.ReportDuty, operators},
		{post, "/v1/duties/{id}/confirm", w.ConfirmDuty, officers},
		{post, "/v1/duties/{id}/dismiss", w.DismissDuty, officers},
		{post, "/v1/duties/{id}/untrue", w.DoubtDuty, officers},
		{post, "/v1/duties/{id}/improve", w.ImproveDuty, officers},
		{post, "/v1/blockages", w.FileBlockage, operators},
		{get, "/v1/exempt-inspections/{id}", w.GetExemption, staff},
		{get, "/v1/regimes", w.ListRegimes, anyone},
		{get, "/v1/regimes/{name}", w.GetRegime, anyone},
		{get, "/v1/standards", w.ListStandards, anyone},
		{get, "/v1/standards/{id}", w.GetStandard, anyone},
		{get, "/v1/calendar", w.ListCalendar, anyone},
		{get, "/v1/calendar/{year}", w.GetCalendar, anyone},
		{get, "/v1/deadline", w.ComputeDeadline, anyone},
	}
	for _, k := range casefile.Kinds() {
		base := "/v1/" + string(k) + "s"
		list = append(list, route{get, base, ofKind(k, w.ListCases), viewers}, route{get, base + "/{id}", ofKind(k, w.GetCase), viewers})
		for _, s := range casefile.Specs(k) {
			switch {
			case s.Class == casefile.Act:
				list = append(list, route{post, base + "/{id}/" + s.Name, a.act(s), officers})
			case s.Name == "filing":
				list = append(list, route{post, base, a.file(s), filers[k]})
			case !s.Inside:
				list = append(list, route{post, base + "/{id}/" + s.Name, a.paper(s), senders})
			}
		}
	}
	if a.Dev {
		list = append(list, route{get, "/dev/clock", w.GetClock, anyone}, route{post, "/dev/clock", w.StepClock, anyone})
	}
	return list
}

// filers is who may open a case of each kind.
var filers = map[casefile.Kind]may{
	casefile.Complaint: complainers, casefile.Appeal: senders, casefile.Enforcement: officers, casefile.Inspection: planners,
}

// route hangs the list into the server, each route behind authentication, the contract, its may and,
// for lists, the choice of a format, in this order; what follows the contract has a deadline. A route without an operation in the contract is an error.
func (a *API) route(e *echo.Echo) error {
	for _, r := range a.routes() {
		op := a.contract.operation(r.method, r.path)
		if op == nil {
			return fmt.Errorf("the contract has no %s %s", r.method, r.path)
		}
		path := strings.NewReplacer("{", ":", "}", "").Replace(r.path)
		e.Add(r.method, path, r.handler, a.authenticate, a.contract.check(op), a.inTime, a.authorise(r.may), inFormats(op.Operation))
	}
	a.documents(e)
	e.GET("/metrics", echo.WrapHandler(a.measures.handler))
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
func kindOf(ctx context.Context) casefile.Kind {
	k, _ := ctx.Value(kindKey{}).(casefile.Kind)
	return k
}

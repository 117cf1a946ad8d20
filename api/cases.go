package api

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"duban/law/calendar"
	"duban/law/casefile"
)

// answerJSON writes an answer of the contract's 200.
func answerJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	return json.NewEncoder(w).Encode(v)
}

// ListCases lists cases within what the caller may see.
func (a *API) ListCases(ctx context.Context, r ListCasesRequestObject) (ListCasesResponseObject, error) {
	p := r.Params
	f := Filter{
		Kind: kindOf(ctx), State: casefile.State(value(p.State)), Authority: value(p.Authority), Officer: value(p.Officer),
		Operator: value(p.Operator), DueBefore: value(p.DueBefore), Open: p.Open, Text: value(p.Text), Sort: string(value(p.Sort)),
	}
	if p.KeepUntilBefore != nil {
		f.KeptBefore = dayIn(*p.KeepUntilBefore)
	}
	if f.Kind == "" {
		f.Kind = casefile.Kind(value(p.Kind))
	}
	name := "cases"
	if kind := kindOf(ctx); kind != "" {
		name = string(kind) + "s"
	}
	if ok, err := a.scope(ctx, &f); err != nil || !ok {
		return whole[caseLine](ctx, a, name, nil), err
	}
	return list(ctx, a, name, value(p.Cursor), p.Limit, func(after string, limit int) ([]caseLine, string, error) {
		f.Cursor, f.Limit = after, limit
		lines, next, err := a.House.Cases(ctx, f)
		if err != nil {
			return nil, "", err
		}
		items := make([]caseLine, len(lines))
		for i, l := range lines {
			items[i] = a.caseLine(callerOf(ctx), l)
		}
		return items, next, nil
	})
}

// scope narrows a list to what the caller may see; not ok when that is nothing. It may never
// show a case that sees would hide.
func (a *API) scope(ctx context.Context, f *Filter) (ok bool, err error) {
	who := callerOf(ctx)
	switch who.Kind {
	case AdminKey:
		return true, nil
	case OperatorKey:
		ok = f.Operator == "" || f.Operator == who.Owner
		f.Operator, f.Told = who.Owner, true
		return ok && who.Owner != "", nil
	case OfficerKey:
		if f.Authority != "" {
			return a.over(ctx, who.Authority, f.Authority)
		}
		all, err := a.House.Authorities(ctx)
		if err != nil {
			return false, err
		}
		for _, o := range all {
			over, err := a.over(ctx, who.Authority, o.ID)
			if err != nil {
				return false, err
			}
			if !over {
				f.Authority = who.Authority // not over all: its own, unless it names one below
				break
			}
		}
		return true, nil
	}
	return false, nil
}

// VisitGetCaseResponse writes the file with its ETag.
func (f caseFile) VisitGetCaseResponse(w http.ResponseWriter) error {
	w.Header().Set("ETag", etag(f.Seq))
	return answerJSON(w, f)
}

// GetCase shows the file of one case.
func (a *API) GetCase(ctx context.Context, r GetCaseRequestObject) (GetCaseResponseObject, error) {
	line, c, err := a.find(ctx, r.Id, kindOf(ctx))
	if err != nil {
		return nil, err
	}
	if c, err = a.fileFor(ctx, callerOf(ctx), c); err != nil {
		return nil, err
	}
	out := caseFile{
		caseLine: a.caseLine(callerOf(ctx), line), Regime: c.Regime, Late: c.Overdue, Deadlines: make([]deadlineView, len(c.Deadlines)),
		Complaint: c.Complaint, Enforcement: c.Enforcement, Appeal: c.Appeal, Inspection: c.Inspection, Checklist: nameOf(c.Checklist),
		Contests: c.Contests, Duties: c.Duties, Links: c.Links, Notes: c.Notes, Public: c.Public, Moves: a.moves(line),
	}
	if k := c.Kept; k != nil {
		out.Retention = &retentionView{From: k.From, KeepUntil: k.Until, Permanent: k.Permanent, Cite: k.Cite, Unverified: k.Unverified}
	}
	days, err := a.House.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	for i, d := range c.Deadlines {
		out.Deadlines[i] = a.deadline(d, days)
	}
	for _, d := range c.Still {
		out.Still = append(out.Still, a.still(d, days))
	}
	if out.Fines, err = a.fines(ctx, c, days); err != nil {
		return nil, err
	}
	if out.Made, err = a.made(ctx, c); err != nil {
		return nil, err
	}
	return out, nil
}

// made is our acts that may be contested, each with the ways that its regime leaves open.
func (a *API) made(ctx context.Context, c casefile.Case) ([]madeView, error) {
	if len(c.Made) == 0 {
		return nil, nil
	}
	regime, err := a.House.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	out := make([]madeView, len(c.Made))
	for i, m := range c.Made {
		r := regime.Route(m.What)
		out[i] = madeView{ContestedAct: m, Route: r.Open, RouteCite: r.Cite, RouteUnverified: r.Unverified}
	}
	return out, nil
}

// moves is what the state of a case allows from outside: papers have a place in every state, so
// only those are shown that the state waits for.
func (a *API) moves(l Line) []moveView {
	out := []moveView{}
	for _, cell := range a.titles.state(l.Kind, l.State).Moves {
		s, ok := casefile.SpecOf(l.Kind, cell.Move)
		if !ok || s.Inside || s.Name == "filing" {
			continue
		}
		out = append(out, moveView{
			Class: s.Class, Name: s.Name, Title: s.Title, Href: fmt.Sprintf("/v1/%ss/%s/%s", l.Kind, l.ID, s.Name),
			Roles: s.Roles, Senders: s.Senders, ByDay: s.ByDay,
		})
	}
	return out
}

// fines is the money of a case as it stands today, by the surcharge of its own regime.
func (a *API) fines(ctx context.Context, c casefile.Case, days *calendar.Calendar) ([]fineView, error) {
	if len(c.Fines) == 0 {
		return nil, nil
	}
	regime, err := a.House.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	now, err := a.House.Now(ctx)
	if err != nil {
		return nil, err
	}
	today := calendar.DayOf(now, days.Place())
	out := make([]fineView, len(c.Fines))
	for i, f := range c.Fines {
		out[i] = fineView{
			Decision: f.Decision, What: cmp.Or(f.What, casefile.FineKind), Currency: casefile.Currency, Announced: f.Announced, Amount: f.Amount, PerMille: f.PerMille, Due: f.Due,
			Surcharge: f.SurchargeOn(today, regime.Surcharge), Paid: f.Paid(today), Owed: f.Owed(today, regime.Surcharge),
			Annulled: f.Annulled, WrittenOff: f.WrittenOff, CollectedBy: f.CollectedBy, Payments: f.Payments, Refunds: f.Refunds,
		}
	}
	return out, nil
}

// GetLedger lists the entries of a case.
func (a *API) GetLedger(ctx context.Context, r GetLedgerRequestObject) (GetLedgerResponseObject, error) {
	line, _, err := a.find(ctx, r.Id, "")
	if err != nil {
		return nil, err
	}
	days, err := a.House.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	who := callerOf(ctx)
	return list(ctx, a, line.Number+"-ledger", value(r.Params.After), r.Params.Limit, func(after, limit int) ([]ledgerLine, int, error) {
		entries, err := a.House.Ledger(ctx, line.ID, after, limit)
		if err != nil {
			return nil, 0, err
		}
		var items []ledgerLine
		for _, e := range entries {
			if !who.outside() || !e.Own(line.Kind) {
				items = append(items, a.ledgerLine(who, line.Kind, e, days))
			}
		}
		next := 0
		if len(entries) == limit {
			next = entries[limit-1].Seq
		}
		return items, next, nil
	})
}

// ListPapers lists the papers of a case, without their content.
func (a *API) ListPapers(ctx context.Context, r ListPapersRequestObject) (ListPapersResponseObject, error) {
	line, _, err := a.find(ctx, r.Id, "")
	if err != nil {
		return nil, err
	}
	who := callerOf(ctx)
	return list(ctx, a, line.Number+"-papers", value(r.Params.Cursor), r.Params.Limit, func(cursor string, limit int) ([]paperView, string, error) {
		var after int64
		if cursor != "" {
			if after, err = strconv.ParseInt(cursor, 10, 64); err != nil {
				return nil, "", ErrFilter
			}
		}
		papers, err := a.House.Papers(ctx, line.ID, after, limit)
		if err != nil {
			return nil, "", err
		}
		var items []paperView
		for _, p := range papers {
			if !who.outside() || !inside(line.Kind, p) {
				items = append(items, a.paperView(line.Kind, p))
			}
		}
		next := ""
		if len(papers) == limit {
			next = strconv.FormatInt(papers[limit-1].Serial, 10)
		}
		return items, next, nil
	})
}

// VisitGetPaperResponse writes the paper.
func (p paperView) VisitGetPaperResponse(w http.ResponseWriter) error { return answerJSON(w, p) }

// GetPaper shows a paper, with its content for those who may read it.
func (a *API) GetPaper(ctx context.Context, r GetPaperRequestObject) (GetPaperResponseObject, error) {
	line, _, err := a.find(ctx, r.Id, "")
	if err != nil {
		return nil, err
	}
	p, err := a.House.Paper(ctx, r.Paper)
	if err != nil {
		return nil, err
	}
	if p.Case != line.ID || callerOf(ctx).outside() && inside(line.Kind, p) {
		return nil, ErrNotFound
	}
	out := a.paperView(line.Kind, p)
	if mayRead(callerOf(ctx), p) {
		out.Body = &p.Body
	}
	return out, nil
}

// inside tells whether a paper passed between cases of the house.
func inside(k casefile.Kind, p InboxPaper) bool {
	spec, _ := casefile.SpecOf(k, p.Name)
	return spec.Inside && p.Class == casefile.Paper
}

// mayRead: officers who see the case read its papers, operators their own. Administrators run
// the house and read nobody's letters.
func mayRead(who caller, p InboxPaper) bool {
	switch who.Kind {
	case OfficerKey:
		return true
	case OperatorKey:
		return p.By.Sender == "operator"
	}
	return false
}

func (a *API) paperView(k casefile.Kind, p InboxPaper) paperView {
	return paperView{
		ID: p.ID, Case: p.Case, Name: p.Name, Title: a.titles.move(k, p.Class, p.Name), Class: p.Class, By: p.By,
		Received: p.Received, Effective: p.Effective, Entry: p.Entry,
	}
}

func limitOf(p *int) int {
	if p == nil {
		return 50
	}
	return *p
}

// value is what p points at, or nothing.
func value[T any](p *T) T {
	var none T
	if p == nil {
		return none
	}
	return *p
}

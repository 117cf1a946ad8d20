package office

import (
	"context"
	"errors"
	"slices"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// File opens a case: it finds the authority that the filing is for and the regime of its day,
// checks what the filing names, and puts it into the register.
func (o *Office) File(ctx context.Context, f api.Filing) (api.Receipt, error) {
	in, err := o.filing(ctx, f)
	if err != nil {
		return api.Receipt{}, err
	}
	if f.Body.Imported == nil {
		r, err := o.register.File(ctx, in)
		return receiptOf(r), told(err)
	}
	law, err := o.parsed(in.Regime.Hash, in.Regime.Text)
	if err != nil {
		return api.Receipt{}, err
	}
	days, err := o.Calendar(ctx)
	if err != nil {
		return api.Receipt{}, err
	}
	r, err := o.register.FileSettled(ctx, in, func(c casefile.Case, m casefile.Move) (casefile.Outcome, error) {
		out, _, err := casefile.Decide(c, m, casefile.Law{Regime: law, Calendar: days})
		return out, err
	})
	if err == nil && (r.Again || r.Existing) {
		err = o.relink(ctx, r.Case, f.Body.Case)
	}
	return receiptOf(r), told(err)
}

// relink links an imported re-inspection that is there already to what it follows, where that was
// brought in after it.
func (o *Office) relink(ctx context.Context, id, follows string) error {
	if follows == "" || follows == id {
		return nil
	}
	_, c, err := o.register.CaseByID(ctx, id)
	if err != nil {
		return err
	}
	before, _, err := o.register.CaseByID(ctx, follows)
	switch {
	case errors.Is(err, register.ErrNotFound) || err == nil && (before.Kind != casefile.Inspection || before.Operator != c.Operator):
		return reject("not-in-list", "case", "", "所复查的检查不在登记册中。", "the register knows no such inspection of that operator")
	case err != nil:
		return err
	case slices.ContainsFunc(c.Links, func(l casefile.Link) bool { return l.As == "source" && l.Case == follows }):
		return nil
	}
	_, err = o.register.Receive(ctx, register.PaperIn{
		Owner: "house", Key: "relink " + id + " " + follows, Case: id, Class: casefile.House, Name: "relink",
		By: casefile.Actor{Sender: "house"}, Body: casefile.Body{Case: follows},
	})
	return err
}

// filing is what the register takes, with the authority and the regime of its day.
func (o *Office) filing(ctx context.Context, f api.Filing) (register.Filing, error) {
	now, err := o.register.Now(ctx)
	if err != nil {
		return register.Filing{}, told(err)
	}
	in := register.Filing{
		Owner: f.Owner, Key: f.Key, Kind: f.Kind, Operator: f.Operator, Subject: f.Subject, By: f.By, Body: f.Body,
	}
	day := calendar.DayOf(now, o.builtIn.Place())
	if !f.Received.IsZero() {
		if f.Received.After(day) {
			return register.Filing{}, inFuture("receivedOn")
		}
		day, in.Received = f.Received, f.Received.Start(o.builtIn.Place())
	}
	if early := f.Body.After(day); early != "" {
		return register.Filing{}, inFuture(early)
	}
	authority, err := o.addressed(ctx, f, &in.Body)
	if err != nil {
		return register.Filing{}, err
	}
	if f.Body.Imported != nil { // it is over; what it is read by is the law of the day of the import
		day = calendar.DayOf(now, o.builtIn.Place())
	}
	bundle, err := o.bundle(authority, f.Kind, day)
	if err != nil {
		return register.Filing{}, err
	}
	in.Authority, in.Regime = authority.ID, register.RegimeText{Hash: bundle.Regime.Hash, Text: bundle.Text}
	if err := checkViolation(f, bundle.Regime); err != nil {
		return register.Filing{}, err
	}
	if in.Subject == "" {
		in.Subject = subject(f, bundle.Regime)
	}
	if f.Person != nil {
		in.Parties = []register.Party{{Role: f.Person.Role, Person: register.Person{
			Name: f.Person.Name, Phone: f.Person.Phone, Email: f.Person.Email, Address: f.Person.Address,
		}}}
	}
	if f.Source != "" {
		in.External = &register.External{Source: f.Source, ID: f.SourceID}
	}
	return in, nil
}

func receiptOf(r register.Receipt) api.Receipt {
	return api.Receipt{
		Paper: r.Paper, Case: r.Case, Kind: r.Kind, Number: r.Number, Pin: r.Pin, Received: r.Received, Again: r.Again || r.Existing,
	}
}

// subject is a case's line in lists where the filing names none.
func subject(f api.Filing, r *casefile.Regime) string {
	if f.Kind == casefile.Enforcement {
		return r.Violations[f.Body.Violation].Title.Zh
	}
	spec, _ := casefile.SpecOf(f.Kind, "filing")
	return spec.Title.Zh
}

// addressed is the authority that a filing is for: the one that it names, the competent body of
// an appeal, else the one that supervises the operator, else the top of the house.
func (o *Office) addressed(ctx context.Context, f api.Filing, body *casefile.Body) (register.Authority, error) {
	if f.Kind == casefile.Appeal {
		return o.competent(ctx, f, body)
	}
	operator, err := o.register.OperatorByID(ctx, f.Operator)
	if errors.Is(err, register.ErrNotFound) {
		return register.Authority{}, reject("unknown-operator", "operator", "", "登记册中没有该经营者。", "the register knows no such operator")
	}
	if err != nil {
		return register.Authority{}, told(err)
	}
	id := f.Authority
	if id == "" {
		id = operator.Province
	}
	if id == "" {
		return o.top(ctx)
	}
	a, err := o.register.AuthorityByID(ctx, id)
	if errors.Is(err, register.ErrNotFound) {
		return a, reject("unknown-authority", "authority", "", "登记册中没有该机关。", "the register knows no such authority")
	}
	return a, told(err)
}

// top is the authority above all others that has a regulation of ours to carry out: the ministry,
// where there are several. With none or two of those, the filing has to name its authority.
func (o *Office) top(ctx context.Context) (register.Authority, error) {
	all, err := o.register.Authorities(ctx)
	if err != nil {
		return register.Authority{}, told(err)
	}
	var tops []register.Authority
	for _, a := range all {
		if _, ours := o.library.Main(a.Domain); ours && a.Parent == "" {
			tops = append(tops, a)
		}
	}
	if len(tops) == 0 {
		return register.Authority{}, errors.New("the register holds no authority")
	}
	if len(tops) > 1 {
		tops = slices.DeleteFunc(tops, func(a register.Authority) bool { return a.Level != "ministry" })
	}
	if len(tops) != 1 {
		return register.Authority{}, reject("authority-missing", "authority", "", "请指明受理机关。", "name the authority that the filing is for")
	}
	return tops[0], nil
}

// competent is the body that hears a reconsideration of an act of the contested case, by the
// regime that the case pins. The body of the paper learns what sort of act that is.
func (o *Office) competent(ctx context.Context, f api.Filing, body *casefile.Body) (register.Authority, error) {
	row, c, err := o.register.CaseByID(ctx, f.Body.ContestedCase)
	if err != nil {
		return register.Authority{}, told(err)
	}
	for _, act := range c.Made {
		if act.Entry == f.Body.Contested {
			body.Act = act.What
		}
	}
	if body.Act == "" {
		return register.Authority{}, reject("not-contestable", "contested", "reconsideration-2023:11",
			"该案卷记录不是可以申请行政复议的行为。", "that entry is no act that reconsideration can contest")
	}
	law, err := o.Pinned(ctx, c.Regime)
	if err != nil {
		return register.Authority{}, err
	}
	own, err := o.register.AuthorityByID(ctx, row.Authority)
	if err != nil {
		return own, told(err)
	}
	for _, b := range law.Bodies {
		switch {
		case b.Level != own.Level:
		case b.Body == "itself":
			return own, nil
		case b.Body == "superior" && own.Parent != "":
			above, err := o.register.AuthorityByID(ctx, own.Parent)
			return above, told(err)
		default:
			return own, reject("body-outside", "contestedCase", b.Cite, "复议机关不在本系统,请直接向其申请。", "the competent body is not in this house; apply to it directly")
		}
	}
	return own, reject("body-outside", "contestedCase", "", "本办法未列明该机关的复议机关。", "the regime names no competent body for that authority")
}

// longestPeriod is the longest violation act, in days (casefile/enforcement_order.go has the same).
const longestPeriod = 366

// checkViolation keeps a filing out that no case could begin with.
func checkViolation(f api.Filing, r *casefile.Regime) error {
	if f.Kind != casefile.Enforcement {
		return nil
	}
	b := f.Body
	if _, known := r.Violations[b.Violation]; !known {
		return reject("unknown-violation", "violation", "", "本办法没有该违法行为代码。", "the regime knows no violation of that code")
	}
	if b.PeriodTo.Before(b.PeriodFrom) || b.PeriodTo.Sub(b.PeriodFrom) > longestPeriod {
		return reject("bad-period", "periodTo", "", "违法期间无效:须先起后止,且不超过一年。", "the period must run forward, and at most a year")
	}
	return nil
}

func inFuture(field string) error {
	return reject("day-in-future", field, "", "该日期不能晚于今日。", "that day can't be later than today")
}

// Receive takes a paper for a standing case.
func (o *Office) Receive(ctx context.Context, p api.Incoming) (api.Receipt, error) {
	today, err := o.today(ctx)
	if err != nil {
		return api.Receipt{}, err
	}
	early := p.Body.After(today)
	if early == "" && p.Effective.After(today) {
		early = "effectiveOn"
	}
	if early != "" {
		return api.Receipt{}, inFuture(early)
	}
	if id := p.Body.AppealCase; id != "" {
		_, c, err := o.register.CaseByID(ctx, id)
		if err != nil && !errors.Is(err, register.ErrNotFound) {
			return api.Receipt{}, told(err)
		}
		if c.Appeal == nil || c.Appeal.ContestedCase != p.Case {
			// Our answer will go to that case: a made-up one would hear of it, or lose it.
			return api.Receipt{}, reject("unknown-appeal", "appealCase", "", "登记册中没有就本案提出的该复议案件。", "the register knows no such appeal against an act of this case")
		}
	}
	r, err := o.register.Receive(ctx, register.PaperIn{
		Owner: p.Owner, Key: p.Key, Case: p.Case, Name: p.Name, By: p.By, Body: p.Body, Effective: p.Effective,
	})
	return receiptOf(r), told(err)
}

// Repin puts the house paper into the inbox that pins a case to a regime as it is loaded now, as
// in force on the day of the case's filing.
func (o *Office) Repin(ctx context.Context, owner, key, id, regime string, by casefile.Actor) (api.Receipt, error) {
	row, _, err := o.register.CaseByID(ctx, id)
	if err != nil {
		return api.Receipt{}, told(err)
	}
	b, err := o.library.At(regime, calendar.DayOf(row.Filed, o.builtIn.Place()))
	if err != nil {
		return api.Receipt{}, reject("no-regime", "regime", "", "案件收件之日没有该法规施行。", "no such regime was in force on the day of the filing")
	}
	if _, allowed := b.Regime.Kinds[row.Kind]; !allowed {
		return api.Receipt{}, reject("kind-closed", "regime", "", "该法规不设此类案件。", "the regime has no cases of this kind")
	}
	r, err := o.register.Receive(ctx, register.PaperIn{
		Owner: owner, Key: key, Case: id, Class: casefile.House, Name: "repin", By: by, Body: casefile.Body{Regime: b.Regime.Hash},
		Regime: &register.RegimeText{Hash: b.Regime.Hash, Text: b.Text},
	})
	return receiptOf(r), told(err)
}

// Track shows the case of a filing by its number and pin.
func (o *Office) Track(ctx context.Context, number, pin string) (api.Tracked, error) {
	t, err := o.register.Track(ctx, number, pin)
	if err != nil {
		return api.Tracked{}, told(err)
	}
	row, c, err := o.register.CaseByNumber(ctx, t.Number)
	if err != nil {
		return api.Tracked{}, told(err)
	}
	out := api.Tracked{Line: lineOf(row), File: c}
	for _, s := range t.Steps {
		out.Steps = append(out.Steps, api.TrackedStep(s))
	}
	for _, p := range t.Papers {
		out.Papers = append(out.Papers, api.TrackedPaper(p))
	}
	for _, d := range t.Sent {
		out.Sent = append(out.Sent, api.TrackedDocument(d))
	}
	for _, x := range t.Went {
		row, c, err := o.register.CaseByID(ctx, x.Case)
		if err != nil {
			return api.Tracked{}, told(err)
		}
		out.Went = append(out.Went, api.Transferred{Line: lineOf(row), File: c})
	}
	return out, nil
}

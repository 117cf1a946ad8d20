package office

import (
	"context"
	"errors"
	"slices"
	"strings"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/register"
)

// Filing is a paper that opens a case, as somebody asks for it.
type Filing struct {
	Key string // the Idempotency-Key

	Kind      casefile.Kind
	Authority string // empty: found by the law
	Subject   string
	Body      casefile.Body
	Person    Person // complainant or applicant; without a name, nobody
	Source    string // imports: the system that the filing comes from, and its id there
	SourceID  string
	Received  calendar.Day // imports: the day of an earlier receipt; zero: now
}

// File opens a case: it sees whether the caller may, finds the authority that the filing is for and the
// regime of its day, checks what the filing names, and puts it into the register. Its commit is the filing.
// ErrKeyReused; *Rejection for what does not exist or may not be.
func (o *Office) File(ctx context.Context, who access.Who, f Filing) (Receipt, error) {
	in, err := o.asked(ctx, who, f)
	if err != nil {
		return Receipt{}, err
	}
	r, err := o.put(ctx, in)
	if err != nil {
		return r, err
	}
	if f.Body.Imported == nil { // else it was entered with its receipt
		o.nudge(f.Kind, r.Case, "filing", r.Paper)
	}
	return r, nil
}

// Rehearse tells an import what File would, and changes nothing: the receipt of what is there already,
// ErrNotFound for what could be filed.
func (o *Office) Rehearse(ctx context.Context, who access.Who, f Filing) (Receipt, error) {
	if who.Kind != access.Import {
		return Receipt{}, access.ErrNever
	}
	in, err := o.asked(ctx, who, f)
	if err != nil {
		return Receipt{}, err
	}
	return taken(o.register.Known(ctx, in))
}

// asked is a filing that its caller may make, as the register takes it.
func (o *Office) asked(ctx context.Context, who access.Who, f Filing) (register.Filing, error) {
	ask := map[casefile.Kind]func(context.Context, access.Who, *Filing) (request, error){
		casefile.Complaint: o.complaint, casefile.Appeal: o.appeal, casefile.Enforcement: o.enforcement, casefile.Inspection: o.inspection,
	}
	r, err := ask[f.Kind](ctx, who, &f)
	if err != nil {
		return register.Filing{}, err
	}
	spec, _ := casefile.SpecOf(f.Kind, "filing")
	if who.Kind == access.Officer {
		r.by = who.Actor()
	}
	r.owner, r.by.Sender = who.Owner(), spec.Senders[0]
	return o.filing(ctx, r)
}

// request is a filing that its caller may make, on its way to the register.
type request struct {
	Filing
	owner    string
	by       casefile.Actor
	operator string // whom it is about
	party    string // in which role Person is one; empty: nobody
}

// complaint: anybody may file one. Only imports bring an id of another system and keep an earlier receipt;
// they are for the authority of their key and those below it, because who names an id that was imported
// before is given its receipt.
func (o *Office) complaint(ctx context.Context, who access.Who, f *Filing) (request, error) {
	f.Authority, f.Body.Authority = f.Body.Authority, ""
	if f.Authority == "" {
		f.Authority = who.Authority
	}
	if err := access.Ever(who, access.FileComplaint); err != nil {
		return request{}, err
	}
	if who.Kind == access.Import {
		if err := o.imports(ctx, who, access.FileComplaint, f); err != nil {
			return request{}, err
		}
		if err := endedElsewhere(f); err != nil {
			return request{}, err
		}
	} else if isHistory(f.Body) {
		return request{}, no("officers-only-field", "imported")
	} else if f.Source != "" || f.SourceID != "" || !f.Received.IsZero() {
		return request{}, no("officers-only-field", "externalId")
	} else if !canBeReached(f.Person) {
		return request{}, no("contact-needed", "complainantPhone")
	}
	return request{Filing: *f, operator: f.Body.Operator, party: "complainant"}, nil
}

// appeal: whoever may know of the contested case may contest it; in whose name follows from who asks, and
// an officer enters it for any applicant.
func (o *Office) appeal(ctx context.Context, who access.Who, f *Filing) (request, error) {
	row, _, err := o.docket.Find(ctx, who, access.FileAppeal, f.Body.ContestedCase, "")
	if errors.Is(err, ErrNotFound) || errors.Is(err, access.ErrHidden) {
		return request{}, no("not-in-list", "contestedCase")
	}
	if err != nil {
		return request{}, err
	}
	allowed := map[access.Kind]string{access.Operator: "penalised", access.Receipt: "complainant", access.Officer: f.Body.Applicant}
	if allowed[who.Kind] != f.Body.Applicant {
		return request{}, no("wrong-sender", "applicant")
	}
	f.Body.Authority = row.Authority // the respondent made the act
	asked := request{Filing: *f, operator: row.Operator}
	if f.Person.Name != "" {
		asked.party = "applicant"
	}
	return asked, nil
}

// enforcement: officers open cases of their own authority.
func (o *Office) enforcement(ctx context.Context, who access.Who, f *Filing) (request, error) {
	f.Authority = who.Authority
	return request{Filing: *f, operator: f.Body.Operator}, o.may(ctx, who, access.FileEnforcement, access.Thing{Authority: f.Authority})
}

// inspection: officers file one by hand that counts towards no cap, with its cause and in words why; a
// planned one is opened by its plan, where it is counted (lifecycles §7). An import brings those that were
// over before, each with its own day and its id in the system that it comes from.
func (o *Office) inspection(ctx context.Context, who access.Who, f *Filing) (request, error) {
	f.Authority = who.Authority
	asked := request{operator: f.Body.Operator}
	if who.Kind == access.Import {
		switch {
		case f.Body.Imported == nil || !*f.Body.Imported:
			return asked, no("missing-field", "imported")
		case f.SourceID == "":
			return asked, no("missing-field", "externalId")
		case f.Received.IsZero():
			return asked, no("missing-field", "receivedOn")
		case f.Body.On.After(f.Received): // which filing keeps from lying in the future
			return asked, no("day-in-future", "on")
		}
		err := o.imports(ctx, who, access.BringInspection, f)
		asked.Filing = *f
		return asked, err
	}
	asked.Filing = *f
	if err := o.may(ctx, who, access.FileInspection, access.Thing{Authority: f.Authority}); err != nil {
		return asked, err
	}
	switch b := f.Body; {
	case b.Imported != nil || f.SourceID != "" || !f.Received.IsZero() || len(b.Items) > 0 || b.Cause == "re-inspection":
		return asked, no("not-for-you", "")
	case b.Cause == "":
		return asked, no("missing-field", "cause")
	case b.Cause == "planned":
		return asked, no("planned-by-plan", "cause")
	case strings.TrimSpace(b.Text) == "":
		return asked, no("missing-field", "text")
	}
	return asked, nil
}

// imports takes what only an import states.
func (o *Office) imports(ctx context.Context, who access.Who, a access.Action, f *Filing) error {
	if (f.Source == "") != (f.SourceID == "") {
		return no("missing-field", "externalId")
	}
	return o.mayOpen(ctx, who, a, access.Thing{Authority: f.Authority})
}

// isHistory tells whether a complaint says of itself how it ended.
func isHistory(b casefile.Body) bool {
	return b.Imported != nil || b.Outcome != "" || b.Finding != "" || !b.On.IsZero()
}

// endedElsewhere: a complaint that was over before it came here says when it came in there, when it ended,
// and how; an answered one also what the answer found.
func endedElsewhere(f *Filing) error {
	switch b := f.Body; {
	case !isHistory(b):
		return nil
	case b.Imported == nil || !*b.Imported:
		return no("missing-field", "imported")
	case f.SourceID == "":
		return no("missing-field", "externalId")
	case f.Received.IsZero():
		return no("missing-field", "receivedOn")
	case b.On.IsZero():
		return no("missing-field", "on")
	case b.On.Before(f.Received):
		return no("ended-before-receipt", "on")
	case b.Outcome == "":
		return no("missing-field", "outcome")
	case b.Finding != "" && b.Outcome != "answered":
		return no("finding-of-none", "finding")
	}
	return nil
}

// put puts a filing into the register: an inspection that is no import with the ground on which it counts
// towards no cap, what was over before with its entry.
func (o *Office) put(ctx context.Context, in register.Filing) (Receipt, error) {
	if in.Body.Imported == nil {
		if in.Kind == casefile.Inspection {
			return o.exempt(ctx, in)
		}
		return taken(o.register.File(ctx, in))
	}
	law, err := o.docket.Parsed(in.Regime.Hash, in.Regime.Text)
	if err != nil {
		return Receipt{}, err
	}
	days, err := o.docket.Calendar(ctx)
	if err != nil {
		return Receipt{}, err
	}
	r, err := o.register.FileSettled(ctx, in, func(c casefile.Case, m casefile.Move) (casefile.Outcome, error) {
		out, _, err := casefile.Decide(c, m, casefile.Law{Regime: law, Calendar: days})
		return out, err
	})
	if err == nil && (r.Again || r.Existing) && !r.Differs {
		err = o.relink(ctx, r.Case, in.Body.Case)
	}
	return taken(r, err)
}

// taken refuses a filing whose id in its own system is there already with another content: what is new in
// it would be lost without a word.
func taken(r Receipt, err error) (Receipt, error) {
	if err == nil && r.Differs {
		return Receipt{}, reject("external-id-reused", "externalId", "", "该外部编号已登记，且内容不同。", "that external id is on record already, with other content")
	}
	return r, sameAct(err)
}

// exempt opens an inspection outside every plan, of an operator that its authority supervises, as plans do.
func (o *Office) exempt(ctx context.Context, in register.Filing) (Receipt, error) {
	operator, err := o.register.OperatorByID(ctx, in.Operator)
	if err != nil {
		return Receipt{}, err
	}
	tree, err := o.register.Tree(ctx)
	if err != nil {
		return Receipt{}, err
	}
	if !tree.Supervises(in.Authority, operator.Province) {
		return Receipt{}, reject("not-supervised", "operator", "", "该经营者不归本机关监管，不能由本机关检查。", "this authority does not supervise that operator, and can't inspect it")
	}
	return o.register.FileExempt(ctx, in, in.Body.Cause, in.Body.Text)
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
	case errors.Is(err, ErrNotFound) || err == nil && (before.Kind != casefile.Inspection || before.Operator != c.Operator):
		return reject("not-in-list", "case", "", "所复查的检查不在登记册中。", "the register knows no such inspection of that operator")
	case err != nil:
		return err
	case slices.ContainsFunc(c.Links, func(l casefile.Link) bool { return l.As == "source" && l.Case == follows }):
		return nil
	}
	_, err = o.register.Receive(ctx, register.PaperIn{
		Owner: "house", Key: "relink " + id + " " + follows, Case: id, Class: casefile.Installation, Name: "relink",
		By: casefile.Actor{Sender: "house"}, Body: casefile.Body{Case: follows},
	})
	return err
}

// filing is what the register takes, with the authority and the regime of its day.
func (o *Office) filing(ctx context.Context, f request) (register.Filing, error) {
	today, err := o.Today(ctx)
	if err != nil {
		return register.Filing{}, err
	}
	in := register.Filing{
		Owner: f.owner, Key: f.Key, Kind: f.Kind, Operator: f.operator, Subject: f.Subject, By: f.by, Body: f.Body,
	}
	day := today
	if !f.Received.IsZero() {
		if f.Received.After(today) {
			return in, inFuture("receivedOn")
		}
		day, in.Received = f.Received, f.Received.Start(o.register.Place())
	}
	latest := day // no past fact is to come; what is over elsewhere ended after its receipt
	if f.Body.Imported != nil {
		latest = today
	}
	if early := f.Body.After(latest); early != "" {
		return in, inFuture(early)
	}
	authority, err := o.addressed(ctx, f, &in.Body)
	if err != nil {
		return in, err
	}
	bundle, refusal, err := o.Regulations.Bundle(authority, f.Kind, day)
	if f.Body.Imported != nil {
		if f.Kind == casefile.Complaint {
			in.Ended = f.Body.On.Start(o.register.Place())
		}
		if refusal != nil && refusal.Code == "no-regime" { // it is over, and came before our texts: today's is pinned and does not judge it
			yes := true
			in.Body.BeforeRegime = &yes
			bundle, refusal, err = o.Regulations.Bundle(authority, f.Kind, today)
		}
	}
	if err != nil || refusal != nil {
		return in, errors.Join(err, rejected(refusal))
	}
	in.Authority, in.Regime = authority.ID, register.RegimeText{Hash: bundle.Regime.Hash, Text: bundle.Text}
	if err := checkViolation(f, bundle.Regime, day); err != nil {
		return in, err
	}
	if no := bundle.Regime.Joint.Unfit(f.Body); no != nil {
		return in, rejected(no)
	}
	if in.Subject == "" {
		in.Subject = subject(f, bundle.Regime)
	}
	if f.party != "" {
		in.Parties = []register.Party{{Role: f.party, Person: f.Person}}
	}
	if f.Source != "" {
		in.External = &register.External{Source: f.Source, ID: f.SourceID}
	}
	return in, nil
}

// subject is a case's line in lists where the filing names none.
func subject(f request, r *casefile.Regime) string {
	if f.Kind == casefile.Enforcement {
		return r.Violations[f.Body.Violation].Title.Zh
	}
	spec, _ := casefile.SpecOf(f.Kind, "filing")
	return spec.Title.Zh
}

// addressed is the authority that a filing is for: the one that it names, the competent body of an appeal,
// else the one that supervises the operator, else the top of all.
func (o *Office) addressed(ctx context.Context, f request, body *casefile.Body) (Authority, error) {
	tree, err := o.register.Tree(ctx)
	if err != nil {
		return Authority{}, err
	}
	if f.Kind == casefile.Appeal {
		return o.competent(ctx, tree, f, body)
	}
	operator, err := o.register.OperatorByID(ctx, f.operator)
	if errors.Is(err, ErrNotFound) {
		return Authority{}, reject("unknown-operator", "operator", "", "登记册中没有该经营者。", "the register knows no such operator")
	}
	if err != nil {
		return Authority{}, err
	}
	id := f.Authority
	if id == "" {
		id = operator.Province
	}
	if id == "" {
		top, refusal, err := o.Regulations.Top(tree)
		return top, errors.Join(err, rejected(refusal))
	}
	a, ok := tree.Authority(id)
	if !ok {
		return a, reject("unknown-authority", "authority", "", "登记册中没有该机关。", "the register knows no such authority")
	}
	return a, nil
}

// competent is the body that hears a reconsideration of an act of the contested case, by the regime that
// the case pins. The body of the paper learns what sort of act that is.
func (o *Office) competent(ctx context.Context, tree *jurisdiction.Tree, f request, body *casefile.Body) (Authority, error) {
	row, c, err := o.register.CaseByID(ctx, f.Body.ContestedCase)
	if err != nil {
		return Authority{}, err
	}
	for _, act := range c.Contestable {
		if act.Entry == f.Body.Contested {
			body.Act = act.What
		}
	}
	if body.Act == "" {
		return Authority{}, reject("not-contestable", "contested", "reconsideration-2023:11",
			"该案卷记录不是可以申请行政复议的行为。", "that entry is no act that reconsideration can contest")
	}
	law, err := o.docket.Pinned(ctx, c.Regime)
	if err != nil {
		return Authority{}, err
	}
	own, ok := tree.Authority(row.Authority)
	if !ok {
		return own, register.ErrNotFound
	}
	a, refusal := jurisdiction.Competent(tree, law, own)
	return a, rejected(refusal)
}

// checkViolation keeps a filing out that no case could begin with.
func checkViolation(f request, r *casefile.Regime, day calendar.Day) error {
	if f.Kind != casefile.Enforcement {
		return nil
	}
	b := f.Body
	if _, known := r.Violations[b.Violation]; !known {
		return reject("unknown-violation", "violation", "", "本办法没有该违法行为代码。", "the regime knows no violation of that code")
	}
	return rejected(b.BadPeriod(day))
}

func inFuture(field string) error { return no("day-in-future", field) }

// Exemption tells why an inspection counts towards no cap, and of which case it is.
func (o *Office) Exemption(ctx context.Context, who access.Who, id string) (Exemption, error) {
	row, _, err := o.docket.Find(ctx, who, access.ReadExemption, id, casefile.Inspection)
	if err != nil {
		return Exemption{}, err
	}
	return o.register.ExemptionOf(ctx, row.ID)
}

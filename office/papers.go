package office

import (
	"context"
	"errors"
	"slices"

	"duban/access"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// Incoming is a paper for a standing case, as somebody hands it in.
type Incoming struct {
	Key string // the Idempotency-Key

	Case      string
	Kind      casefile.Kind
	Name      string
	Sender    string // whose paper it is, where an officer enters it; empty: the only one it can be
	Effective calendar.Day
	Body      casefile.Body
}

// Receive takes a paper for a case. ErrKeyReused; *Rejection for a sender whose paper it can't be, an
// effective day that has not come or has no evidence, and an appeal that contests no act of the case.
func (o *Office) Receive(ctx context.Context, who access.Who, p Incoming) (Receipt, error) {
	row, c, err := o.docket.Find(ctx, who, access.SendPaper, p.Case, p.Kind)
	if err != nil {
		return Receipt{}, err
	}
	spec, _ := casefile.SpecOf(row.Kind, p.Name)
	by, err := signed(who, spec, c, p.Sender)
	if err != nil {
		return Receipt{}, err
	}
	today, err := o.Today(ctx)
	if err != nil {
		return Receipt{}, err
	}
	if early := p.Body.After(today); early != "" {
		return Receipt{}, inFuture(early)
	}
	effective, err := effective(who, spec, p, today)
	if err != nil {
		return Receipt{}, err
	}
	if err := o.represented(ctx, c, p.Body); err != nil {
		return Receipt{}, err
	}
	if err := o.ours(ctx, p.Body.AppealCase, row.ID); err != nil {
		return Receipt{}, err
	}
	r, err := o.register.Receive(ctx, register.PaperIn{
		Owner: who.Owner(), Key: p.Key, Case: row.ID, Name: p.Name, By: by, Body: p.Body, Effective: effective,
	})
	if err == nil {
		o.nudge(row.Kind, row.ID, p.Name, r.Paper)
	}
	return r, err
}

// signed tells whose paper it is. Operators and parties send their own; an officer of the case's
// authority enters those of others.
func signed(who access.Who, s casefile.Spec, c casefile.Case, sender string) (casefile.Actor, error) {
	if who.Kind == access.Officer {
		if who.Authority != c.Authority {
			return casefile.Actor{}, no("wrong-sender", "")
		}
		if sender == "" && len(s.Senders) > 1 {
			return casefile.Actor{}, no("missing-field", "sender")
		}
		by := who.Actor()
		by.Sender = sender
		if sender == "" {
			by.Sender = s.Senders[0]
		}
		return by, nil
	}
	own := []string{"complainant", "applicant"}
	if who.Kind == access.Operator {
		own = []string{"operator"}
		if c.Appeal != nil && c.Appeal.Applicant == "penalised" {
			own = append(own, "applicant")
		}
	}
	for _, as := range own {
		if slices.Contains(s.Senders, as) && (sender == "" || sender == as) {
			return casefile.Actor{Sender: as}, nil
		}
	}
	return casefile.Actor{}, no("wrong-sender", "sender")
}

// effective is the day that the law counts for a paper: that of its proof, or one that an officer states
// with evidence (civil procedure 85: a letter counts from its postmark). It has come.
func effective(who access.Who, s casefile.Spec, p Incoming, today calendar.Day) (calendar.Day, error) {
	day := p.Effective
	switch {
	case s.ByDay && !p.Body.On.IsZero():
		return p.Body.On, nil
	case day.IsZero():
		return day, nil
	case who.Kind != access.Officer:
		return day, no("officers-only-field", "effectiveOn")
	case p.Body.Evidence == "":
		return day, no("evidence-needed", "evidence")
	case day.After(today):
		return day, inFuture("effectiveOn")
	}
	return day, nil
}

// represented keeps a correction out that names representatives whom the complaint can't have.
func (o *Office) represented(ctx context.Context, c casefile.Case, b casefile.Body) error {
	if b.Representatives == 0 {
		return nil
	}
	law, err := o.docket.Pinned(ctx, c.Regime)
	if err != nil {
		return err
	}
	if c.Complaint != nil && b.Complainants == 0 {
		b.Complainants = c.Complaint.Complainants
	}
	return rejected(law.Joint.Unfit(b))
}

// ours sees that an appeal named in a paper contests the case: our answer will go to that appeal, and a
// made-up one would hear of it, or lose it.
func (o *Office) ours(ctx context.Context, appeal, contested string) error {
	if appeal == "" {
		return nil
	}
	_, c, err := o.register.CaseByID(ctx, appeal)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if c.Appeal == nil || c.Appeal.ContestedCase != contested {
		return reject("unknown-appeal", "appealCase", "", "登记册中没有就本案提出的该复议案件。", "the register knows no such appeal against an act of this case")
	}
	return nil
}

// Repin puts the paper into the inbox that pins a case to a regime as it is loaded now, as in force on
// the day of the case's filing. *Rejection for a regime that was not.
func (o *Office) Repin(ctx context.Context, who access.Who, key, id, regime string) (Receipt, error) {
	if err := access.Ever(who, access.RepinCase); err != nil {
		return Receipt{}, err
	}
	row, _, err := o.docket.Find(ctx, who, access.ReadCase, id, "")
	if err != nil {
		return Receipt{}, err
	}
	if err := o.mayOwn(ctx, who, access.ReadCase, access.RepinCase, docket.Thing(row)); err != nil {
		return Receipt{}, err
	}
	b, err := o.Regulations.Library().At(regime, calendar.DayOf(row.Filed, o.register.Place()))
	if err != nil {
		return Receipt{}, reject("no-regime", "regime", "", "案件收件之日没有该法规施行。", "no such regime was in force on the day of the filing")
	}
	if _, allowed := b.Regime.Kinds[row.Kind]; !allowed {
		return Receipt{}, reject("kind-closed", "regime", "", "该法规不设此类案件。", "the regime has no cases of this kind")
	}
	by := who.Actor()
	by.Sender = "house"
	r, err := o.register.Receive(ctx, register.PaperIn{
		Owner: who.Owner(), Key: key, Case: row.ID, Class: casefile.Installation, Name: "repin", By: by, Body: casefile.Body{Regime: b.Regime.Hash},
		Regime: &register.RegimeText{Hash: b.Regime.Hash, Text: b.Text},
	})
	if err == nil {
		o.nudge(row.Kind, row.ID, "repin", r.Paper)
	}
	return r, err
}

// Entered is the entry that a paper left; 0 while it waits.
func (o *Office) Entered(ctx context.Context, paper string) (int, error) {
	p, err := o.register.PaperByID(ctx, paper)
	return p.Entry, err
}

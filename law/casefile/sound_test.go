package casefile_test

import (
	"encoding/json"
	"slices"

	"duban/law/calendar"
	"duban/law/casefile"
)

// sound holds for every move that was ever made (architecture §5).
func sound(t failer, before casefile.Case, m casefile.Move, o casefile.Outcome) {
	t.Helper()
	c, e := o.Case, o.Entry
	bad := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s %s %s → %s: "+format, append([]any{m.Class, e.Move, e.From, e.To}, args...)...)
	}
	if e.Seq != before.Seq+1 || c.Seq != e.Seq || e.From != before.State || e.To != c.State {
		bad("entry %d after %d, %s → %s", e.Seq, before.Seq, e.From, e.To)
	}
	if len(e.Cites) == 0 || slices.Contains(e.Cites, "") {
		bad("cites %q", e.Cites)
	}
	folds(t, before, o, bad)
	if m.Class == casefile.Paper && e.None != "" && e.None != "same-slip" && (e.Patch != nil || e.Armed != nil || e.Cleared != nil || e.Corrects != nil || e.From != e.To) {
		bad("a paper without effect (%s) has one: %s", e.None, asJSON(t, e))
	}
	// Another operator, in the place of one that was named wrongly, knows nothing yet.
	if before.Visible && !c.Visible && before.Operator == c.Operator || !c.Visible && slices.ContainsFunc(e.Notices, func(n casefile.Notice) bool { return n.To == "operator" && n.ID == c.Operator }) {
		bad("told %t → %t, notices %v", before.Visible, c.Visible, e.Notices)
	}
	if e.From != e.To {
		moves(before, e, bad)
	}
	if j := e.Judged; j != nil && (casefile.JudgedTitle(j.Name) == (casefile.Text{}) || j.Cite == "" || len(j.Why(law().Calendar)) == 0) {
		bad("judged by %+v", *j)
	}
	clocks(c, bad)
	coins(c, m, bad)
	slips(before, c, e, bad)
	known(c, bad)
	if f := c.Inspection; f != nil {
		inspectors(before, m, f, bad)
	}
	if f := c.Enforcement; f != nil {
		persons(f, bad)
		sanctions(before, c, e, bad)
	}
}

// inspectors: nobody inspects with a card that is not good on the day or against a recusal, and a
// record that may lead to a sanction is made by two enforcement officers.
func inspectors(before casefile.Case, m casefile.Move, f *casefile.InspectionFile, bad complain) {
	if m.Class != casefile.Act || len(m.Body.Officers) == 0 {
		return
	}
	on := calendar.DayOf(m.At, calendar.Shanghai())
	if !m.Body.On.IsZero() {
		on = m.Body.On
	}
	good := func(who string, kinds ...casefile.CardKind) bool {
		return slices.ContainsFunc(m.Cards, func(c casefile.Card) bool {
			return c.Officer == who && slices.Contains(kinds, c.Kind) && c.Good(on, m.Types)
		})
	}
	sanctions := true
	for _, who := range m.Body.Officers {
		if !good(who, casefile.InspectionCard, casefile.EnforcementCard) {
			bad("%s has no card that is good on %s", who, on)
		}
		if before.Inspection != nil && slices.Contains(before.Inspection.Recused, who) {
			bad("%s was recused", who)
		}
		sanctions = sanctions && good(who, casefile.EnforcementCard)
	}
	for _, x := range f.Findings {
		if l := before.Checklist.Line(x.Requirement); l != nil && x.Enforceable {
			if v, err := l.Judge(x.Value); err != nil || v.Met == x.Breach || l.Unverified || x.NotApplicable {
				bad("finding %+v where %s is asked for: %v", x, l.How.Asks("en"), err)
			}
		}
		if x.Entry == before.Seq+1 && x.Enforceable && (!sanctions || len(m.Body.Officers) != 2) {
			bad("a finding of %v may lead to a sanction", m.Body.Officers)
		}
	}
}

// known: what the public may still read and is no longer so has somebody who must take it down; what
// is shown of a decision is what stands. No file has its last day while it is open or contested, or money
// is to come back.
func known(c casefile.Case, bad complain) {
	toTakeDown, taking := 0, 0
	for _, p := range c.Public {
		stands := true
		if f := c.Enforcement; f != nil {
			for _, s := range f.Sanctions {
				stands = stands && (s.Entry != p.Of || !s.Annulled)
			}
		}
		for _, f := range c.Fines {
			owed := f.Amount
			if f.Annulled {
				owed = 0
			}
			stands = stands && (f.Decision != p.Of || f.What == casefile.Confiscation || owed == p.Amount)
		}
		switch {
		case p.State != "published":
		case p.Changed != "" && p.Until.IsZero(): // with an end, it may have been over when the change came
			toTakeDown++
		case p.Changed == "" && !stands:
			bad("what is shown does not stand: %+v", p)
		}
	}
	for _, d := range c.Deadlines {
		if d.Name == "withdraw-publication" {
			taking++
		}
	}
	for _, name := range c.Overdue {
		if name == "withdraw-publication" {
			taking++
		}
	}
	if toTakeDown > taking {
		bad("%d to be taken down, %d duties to do so", toTakeDown, taking)
	}
	for _, f := range c.Fines {
		for _, r := range f.Refunds {
			if c.Kept != nil && r.Paid == 0 {
				bad("kept until %s, and %d is to come back", c.Kept.Until, r.Amount)
			}
		}
	}
	if c.Kept != nil && (!c.Closed() || slices.ContainsFunc(c.Contests, func(k casefile.Contest) bool { return k.EndedOn.IsZero() })) {
		bad("kept until %s, but open or contested", c.Kept.Until)
	}
}

type complain func(format string, args ...any)

func folds(t failer, before casefile.Case, o casefile.Outcome, bad complain) {
	raw := asJSON(t, o.Entry)
	var stored casefile.Entry
	if err := json.Unmarshal([]byte(raw), &stored); err != nil {
		bad("read entry back: %v", err)
	}
	if again := asJSON(t, stored); again != raw {
		bad("entry changes in the store:\n%s\n%s", raw, again)
	}
	folded, err := casefile.Fold(before, stored)
	if err != nil {
		bad("%v", err)
	}
	if got, want := asJSON(t, folded), asJSON(t, o.Case); got != want {
		bad("fold differs:\n%s\n%s", got, want)
	}
}

// moves: a state changes only by a cell of the table that says so, and by no lapse but a statutory one.
func moves(before casefile.Case, e casefile.Entry, bad complain) {
	for _, row := range casefile.Rows(before.Kind) {
		if row.State != e.From {
			continue
		}
		for _, cell := range row.Moves {
			if cell.Move == e.Move && cell.Class == e.Class && slices.Contains(cell.To, e.To) {
				if e.Class == casefile.Lapse && class(e.Move) != casefile.StatutoryEffect {
					bad("a lapse that no statute gives an effect moves the case")
				}
				return
			}
		}
	}
	bad("no cell leads there")
}

func class(deadline string) casefile.DeadlineClass {
	for _, d := range casefile.Deadlines() {
		if d.Name == deadline {
			return d.Class
		}
	}
	return ""
}

// where each clock may run; those of every open state are not named.
var where = map[casefile.Kind]map[string][]casefile.State{
	casefile.Complaint: {
		"accept": {casefile.Received}, "correction": {casefile.CorrectionDue}, "reply": {casefile.Forwarded}, "supervised-reply": {casefile.Supervised},
		"feedback": {casefile.Replied, casefile.InInquiry}, "consent": {casefile.ConsentAsked}, "mediation": {casefile.Mediating},
		"close": {casefile.Answered}, "redo": {casefile.Received},
	},
	casefile.Enforcement: {
		"establish": {casefile.Opened}, "order": {casefile.Established}, "rectification": {casefile.Rectifying}, "extension": {casefile.Rectifying},
		"service": {casefile.OrderMade, casefile.NoticeMade, casefile.Decided}, "announcement": {casefile.OrderMade, casefile.NoticeMade, casefile.Decided},
		"verification": {casefile.Rectifying, casefile.Payable, casefile.Unpaid, casefile.Correcting}, "filing": {casefile.NotRectified},
		"decision": {casefile.Investigating, casefile.NoticeMade, casefile.Defending, casefile.Reviewed}, "defence": {casefile.Defending},
		"payment": {casefile.Payable}, "hearing-request": {casefile.Defending}, "hearing": {casefile.Defending},
		"suspension":         {casefile.Payable, casefile.Unpaid, casefile.Correcting},
		"licence-withdrawal": {casefile.Payable, casefile.Unpaid, casefile.Correcting},
		"redo":               {casefile.Opened, casefile.Established, casefile.Investigating, casefile.NoticeMade, casefile.Defending, casefile.Reviewed},
	},
	casefile.Appeal: {
		"admissibility": {casefile.Examining}, "appeal-correction": {casefile.ApplicationDue}, "copy": {casefile.InReview},
		"respondent-answer": {casefile.InReview}, "review-decision": {casefile.InReview},
		"service": {casefile.ReviewDecided}, "announcement": {casefile.ReviewDecided},
	},
	casefile.Inspection: {
		"inspect": {casefile.Planned, casefile.Approved, casefile.TeamReady}, "report": {casefile.OnSite, casefile.Findings, casefile.Preliminary, casefile.Commented},
		"comments": {casefile.Preliminary}, "improvement": {casefile.FollowUp}, "publish": {casefile.Reported, casefile.FollowUp},
	},
}

func clocks(c casefile.Case, bad complain) {
	seen := map[string]bool{}
	for _, d := range c.Deadlines {
		if seen[d.Key()] {
			bad("two deadlines are called %s", d.Key())
		}
		seen[d.Key()] = true
		if d.Cite == "" || d.Day.IsZero() || !d.Due.Equal(d.Day.End(calendar.Shanghai())) || d.Class == "" {
			bad("deadline %+v", d)
		}
		if cal := law().Calendar; !d.Term.IsZero() && d.Calendar == cal.Hash() && d.Counted(cal).Day != d.Day {
			bad("%s falls on %s, what happened to it leads to %s", d.Key(), d.Day, d.Counted(cal).Day)
		}
		if !d.StayedSince.IsZero() {
			bad("%s is armed and stands still", d.Key())
		}
		if d.Of != 0 {
			continue // of an act of ours: it survives closing
		}
		if c.Closed() {
			bad("%s runs in a closed case", d.Key())
		}
		if states, named := where[c.Kind][d.Name]; named && !slices.Contains(states, c.State) {
			bad("%s runs in state %s", d.Key(), c.State)
		}
	}
	for _, d := range c.Stayed {
		if d.StayedSince.IsZero() || !d.Day.IsZero() || !d.Due.IsZero() || d.Cite == "" || d.Term.IsZero() || c.Idle() != "stayed" {
			bad("%s stands still: %+v", d.Key(), d)
		}
	}
	if !c.Closed() && len(c.Deadlines) == 0 && c.Idle() == "" {
		bad("an open case has no deadline and no reason")
	}
	if c.Closed() && slices.ContainsFunc(c.Overdue, func(n string) bool {
		return !slices.Contains([]string{"answer-appeal", "answer-appeal-simple", "answer-court", "refund", "payment-check", "perform", "withdraw-publication"}, n) &&
			(n != "publish" || c.Kind != casefile.Enforcement)
	}) {
		bad("overdue in a closed case: %q", c.Overdue)
	}
}

func coins(c casefile.Case, m casefile.Move, bad complain) {
	rule := law().Regime.Surcharge
	today := calendar.DayOf(m.At, calendar.Shanghai())
	live := 0
	for _, f := range c.Fines {
		var refunds casefile.Fen
		for _, r := range f.Refunds {
			if r.Amount <= 0 || r.Interest < 0 || r.Paid != 0 && r.Treasury == 0 {
				bad("refund %+v", r)
			}
			refunds += r.Amount
		}
		paid, sur, owed := f.Paid(calendar.Day{}), f.SurchargeOn(today, rule), f.Owed(today, rule)
		switch {
		case f.Amount < 0 || paid < 0 || refunds > paid || f.WrittenOff < 0:
			bad("fine %+v", f)
		case f.What != "" && (sur != 0 || f.PerMille != 0):
			bad("what is confiscated is raised by %d", sur)
		case sur < 0 || sur > f.Amount:
			bad("surcharge %d of %d", sur, f.Amount)
		case owed < 0:
			bad("%d was paid too much and is not to be refunded: %+v", -owed, f)
		case f.Annulled && f.Owed(calendar.Day{}, rule) > 0: // of all that was paid: a late proof brings lapses of earlier days
			bad("an annulled fine is owed")
		case owed > 0 && c.State == casefile.EnforcementClosed:
			bad("closed, and %d is owed", owed)
		}
		if !f.Annulled && f.What == "" {
			live++
		}
	}
	if live > 1 {
		bad("two fines are in force")
	}
}

// slips: every payment that was entered either counts once, or waits for an officer or has his answer;
// what counts has its own sum; a report is one payment and one payment is one report; and who must
// compare them has a day, or is late.
func slips(before, c casefile.Case, e casefile.Entry, bad complain) {
	paid := map[string]casefile.Fen{}
	for _, p := range c.Received() {
		paid[p.Paper] = p.Amount
	}
	if e.None == "same-slip" && (asString(before.Fines) != asString(c.Fines) || e.Corrects != nil || e.From != e.To || len(c.Doubts) != len(before.Doubts)+1) {
		bad("what is in doubt has counted")
	}
	waits := false
	for _, d := range c.Doubts {
		sum, counts := paid[d.Paper]
		if counts != (d.Counted > 0) || counts && sum != d.Amount || d.Counted > 0 && d.Dismissed > 0 {
			bad("in doubt %+v, counted %d", d, sum)
		}
		waits = waits || d.Waits()
	}
	reported := map[string]bool{}
	for _, r := range c.Reports {
		if _, counts := paid[r.Payment]; r.Payment != "" && (!counts || reported[r.Payment]) {
			bad("reported %+v is no payment of its own", r)
		}
		reported[r.Payment] = true
		waits = waits || r.Waits()
	}
	_, armed := c.Deadline("payment-check")
	if late := slices.Contains(c.Overdue, "payment-check"); (armed || late) != waits || armed && late {
		bad("something waits %t, to be compared by a day %t, late %t", waits, armed, late)
	}
	if waits && c.Kept != nil {
		bad("kept until %s, and a payment is in doubt", c.Kept.Until)
	}
}

func asString(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// persons: investigator ≠ legal reviewer ≠ head.
func persons(f *casefile.EnforcementFile, bad complain) {
	chairs := f.Chair != "" && (slices.Contains(f.Investigators, f.Chair) || f.Chair == f.Head || f.Chair == f.Reviewer)
	if chairs || slices.Contains(f.Investigators, f.Head) || slices.Contains(f.Investigators, f.Reviewer) || f.Head != "" && f.Head == f.Reviewer {
		bad("functions are mixed: investigators %v, reviewer %s, head %s", f.Investigators, f.Reviewer, f.Head)
	}
}

func sanctions(before, c casefile.Case, e casefile.Entry, bad complain) {
	f := c.Enforcement
	live := map[string]int{}
	suspended := false
	for _, s := range f.Sanctions {
		if !s.Annulled && !s.Lifted {
			live[s.What]++
		}
		for _, x := range s.Also {
			inForce := !s.Annulled && !x.Lifted && !s.Served.IsZero()
			suspended = suspended || inForce && x.What == casefile.Suspension
			if c.State == casefile.EnforcementClosed && inForce && (x.What == casefile.Suspension && x.Over.IsZero() || x.What == casefile.LicenceRevocation && x.Done == 0) {
				bad("closed, and %s is still to be carried out", x.What)
			}
		}
	}
	if _, runs := c.Deadline("suspension"); runs && !suspended {
		bad("a suspension runs that nobody decided")
	}
	if live["fine"] > 1 || live["warning"] > 1 || live["fine"] == 1 && live["warning"] == 1 && f.Sequence != casefile.WarningWithOrderThenFine {
		bad("sanctions in force: %v", live)
	}
	if e.Move != "decide" || e.Class != casefile.Act {
		return
	}
	was := before.Enforcement
	if was.Noticed == nil || was.Noticed.Served.IsZero() || was.Opinion == "" {
		bad("decided without a served notice and a review")
	}
	if _, running := before.Deadline("defence"); running && !was.Waived && !was.Defended {
		bad("decided while the party could still defend itself")
	}
	s := f.Sanctions[len(f.Sanctions)-1]
	if was.Noticed.Sanction != casefile.FineKind && s.What == casefile.FineKind {
		bad("decided heavier than notified")
	}
	for _, m := range c.Fines {
		if m.Decision == e.Seq && m.What == "" && m.Amount > was.Noticed.Amount {
			bad("fined more than notified")
		}
	}
	for _, x := range s.Also {
		i := slices.IndexFunc(was.Noticed.Also, func(n casefile.Imposed) bool { return n.What == x.What })
		if i < 0 || x.Amount > was.Noticed.Also[i].Amount || e.At.AddDate(days(x.Term)).After(e.At.AddDate(days(was.Noticed.Also[i].Term))) {
			bad("decided heavier than notified: %+v", x)
		}
	}
	heard(before, c, s, bad)
}

func days(t calendar.Term) (years, months, days int) {
	switch t.Unit {
	case calendar.Years:
		return t.N, 0, 0
	case calendar.Months:
		return 0, t.N, 0
	}
	return 0, 0, t.N
}

// heard: no suspension, revocation or large sum is decided but after a hearing of which the party
// was told, and which was held, waived or not asked for; and then by the heads together.
func heard(before, c casefile.Case, s casefile.Sanction, bad complain) {
	from := casefile.Fen(50_000_00) // tourism
	if _, telecom := law().Regime.Violations[c.Enforcement.Violation]; telecom {
		from = law().Regime.Hearing.Fine.From
	}
	large := slices.ContainsFunc(c.Fines, func(m casefile.Fine) bool { return m.Decision == s.Entry && m.Amount >= from }) ||
		slices.ContainsFunc(s.Also, func(x casefile.Imposed) bool {
			return x.What == casefile.Suspension || x.What == casefile.LicenceRevocation
		})
	h := before.Enforcement.Hearing
	_, asking := before.Deadline("hearing-request")
	switch {
	case h != nil && (h.Ended == "" || asking):
		bad("decided before the hearing ended: %+v", h)
	case olderTexts()[c.Regime] != nil: // which knows no hearings
	case large && (h == nil || !s.Collective):
		bad("decided without the right to a hearing, or by one head: %+v", s)
	}
}

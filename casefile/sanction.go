package casefile

import (
	"slices"

	"duban/calendar"
)

// The kinds of sanction (penalties 9) that an authority of this house may impose on an operator.
const (
	Warning           = "warning"
	PublicCriticism   = "public-criticism"
	FineKind          = "fine"
	Confiscation      = "confiscation" // of illegal income
	Suspension        = "suspension"   // of business, for a term
	LicenceRevocation = "licence-revocation"
)

// SanctionKinds lists the kinds, the lightest first, as penalties 9 does.
func SanctionKinds() []string { return append([]string{Warning, FineKind}, MeasureKinds()...) }

// MeasureKinds lists the kinds that may stand beside a warning or a fine, or alone.
func MeasureKinds() []string {
	return []string{PublicCriticism, Confiscation, Suspension, LicenceRevocation}
}

// Measure is what the clause of a violation adds beside the fine, or has in its place.
type Measure struct {
	What     string        `json:"what"` // one of MeasureKinds
	Min, Max calendar.Term // of a suspension; zero: the clause gives none
	Must     bool          // the clause leaves no choice; a confiscation only where there is illegal income
	Grave    bool          // only in a grave case, which the act must say, with reasons
}

// measure finds what the clause says of that kind.
func (v Violation) measure(what string) (Measure, bool) {
	i := slices.IndexFunc(v.Also, func(m Measure) bool { return m.What == what })
	if i < 0 {
		return Measure{}, false
	}
	return v.Also[i], true
}

// Applies tells whether the violation is one of operators of those types. Types that are not
// known say nothing against it.
func (v Violation) Applies(types []string) bool {
	return len(v.AppliesTo) == 0 || len(types) == 0 ||
		slices.ContainsFunc(types, func(t string) bool { return slices.Contains(v.AppliesTo, t) })
}

// Imposed is one measure of a notice or a decision.
type Imposed struct {
	What   string        `json:"what"`
	Amount Fen           `json:"amount,omitempty"` // confiscated
	Term   calendar.Term `json:"term,omitzero"`    // of a suspension, from service
	Over   calendar.Day  `json:"over,omitzero"`    // last day of a suspension, once it has passed
	Done   int           `json:"done,omitempty"`   // entry that notes the licence withdrawn
	Lifted bool          `json:"lifted,omitempty"` // annulled alone; the rest of the decision stands
}

// meant reads what a notice or a decision is to impose.
func (b Body) meant() Intended {
	i := Intended{Sanction: b.Sanction, Amount: b.Amount, Returned: b.Returned}
	for _, what := range append([]string{b.Sanction}, b.Also...) {
		if what == b.Sanction && (what == Warning || what == FineKind) || i.imposes(what) != nil {
			continue
		}
		x := Imposed{What: what}
		switch what {
		case Confiscation:
			x.Amount = b.Confiscated
		case Suspension:
			x.Term = b.Suspension
		}
		i.Also = append(i.Also, x)
	}
	return i
}

// atStake is what a reconsideration may not make worse for who was penalised.
func (i *Intended) atStake() (confiscated Fen, suspension calendar.Term) {
	if i == nil {
		return 0, suspension
	}
	if x := i.imposes(Confiscation); x != nil && !x.Lifted {
		confiscated = x.Amount
	}
	if x := i.imposes(Suspension); x != nil && !x.Lifted {
		suspension = x.Term
	}
	return confiscated, suspension
}

// imposes finds a measure of that kind; nil if there is none.
func (i *Intended) imposes(what string) *Imposed { return find(i.Also, what) }

func (s *Sanction) imposes(what string) *Imposed { return find(s.Also, what) }

func find(all []Imposed, what string) *Imposed {
	for n := range all {
		if all[n].What == what {
			return &all[n]
		}
	}
	return nil
}

// sameMeasures tells whether two decisions impose the same beside the sanction.
func sameMeasures(a, b []Imposed) bool {
	same := func(x Imposed) bool {
		y := find(b, x.What)
		return y != nil && y.Amount == x.Amount && y.Term == x.Term
	}
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x Imposed) bool { return !same(x) })
}

// heavier tells whether what is meant now goes beyond an earlier notice: another kind, more money,
// a longer suspension. A warning goes beyond nothing.
func (t *turn) heavier(i *Intended, now Intended) bool {
	if i == nil {
		return false
	}
	if now.Sanction == FineKind && i.Sanction != FineKind || now.Amount > i.Amount {
		return true
	}
	for _, x := range now.Also {
		was := i.imposes(x.What)
		if was == nil || x.Amount > was.Amount || t.lasts(x.Term) > t.lasts(was.Term) {
			return true
		}
	}
	return false
}

// lasts is how many days a suspension takes, counted from today.
func (t *turn) lasts(term calendar.Term) int {
	if term.Check() != nil {
		return 0
	}
	return t.law.Calendar.Due(t.today(), term, false).Day.Sub(t.today())
}

// clockOf is the deadline that a measure needs once it is served.
var clockOf = map[string]string{Suspension: "suspension", LicenceRevocation: "licence-withdrawal"}

// measures checks what stands beside the sanction, or is it, against the violation, and what
// becomes of the illegal income.
func (t *turn) measures(i Intended, v Violation) bool {
	f, b := t.enforcement(), t.m.Body
	first := f.Sequence == WarningWithOrderThenFine && f.Stage < 2 // nothing beside a warning that only orders
	income := f.incomeLeft()
	for _, x := range i.Also {
		m, offered := v.measure(x.What)
		_, clock := t.law.Regime.Terms["enforcement."+clockOf[x.What]]
		switch {
		case x.What == Warning || x.What == FineKind:
			t.refuse("one-sanction", v.Cite, "警告与罚款不能并处。", "a warning or a fine, never both")
		case !slices.Contains(MeasureKinds(), x.What):
			t.refuse("unknown-sanction", v.Cite, "没有该处罚种类。", "there is no such kind of sanction")
		case first || !offered && (x.What != Confiscation || income == 0):
			t.refuse("sanction-not-available", v.Cite, "该违法行为或者此阶段不能给予该种处罚。", "that sanction is not available for this violation, or not at this stage")
		case m.Grave && !isTrue(b.Grave):
			t.refuse("grave-not-stated", v.Cite, "该种处罚仅适用于情节严重的情形,须写明情节严重及理由。", "that sanction is for grave cases only: the act must say that this is one, with reasons")
		case x.What == Confiscation && (x.Amount <= 0 || x.Amount > income):
			t.refuse("confiscation-out-of-bounds", "penalties-2021:28", "没收金额须大于零且不超过已认定的违法所得。", "what is confiscated is illegal income that was established, and no more than that")
		case x.What == Suspension && !t.suspensionWithin(x.Term, m):
			t.refuse("suspension-out-of-bounds", v.Cite, "停业整顿的期限无效或者超出法定幅度。", "the term of the suspension is missing, invalid or outside the bounds of the clause")
		case clockOf[x.What] != "" && !clock: // pinned before the house carried it
			t.refuse("not-in-regime", v.Cite, "本案所依据的办法文本没有规定该种处罚的执行。", "the text that this case is pinned to does not know how that sanction is carried out")
		default:
			continue
		}
		return false
	}
	if i.imposes(Suspension) != nil && i.imposes(LicenceRevocation) != nil {
		t.refuse("suspension-of-nothing", v.Cite, "吊销许可证的,不再责令停业整顿。", "a revoked licence leaves no business to suspend")
		return false
	}
	if first {
		return true // the fine that may follow accounts for the income
	}
	for _, m := range v.Also {
		moot := m.What == Confiscation && income == 0 || m.What == Suspension && i.imposes(LicenceRevocation) != nil
		if m.Must && !moot && i.imposes(m.What) == nil && (m.What != Confiscation || b.Returned == 0) {
			t.refuse("measure-missing", v.Cite, "该条规定应当并处的处罚未列明。", "the clause leaves no choice: a sanction that it adds is missing ("+m.What+")")
			return false
		}
	}
	confiscated := Fen(0)
	if x := i.imposes(Confiscation); x != nil {
		confiscated = x.Amount
	}
	if confiscated+b.Returned != income || b.Returned < 0 {
		t.refuse("income-unaccounted", "penalties-2021:28", "违法所得除依法应当退赔的外,应当予以没收;没收与退赔之和须等于已认定的违法所得。",
			"illegal income is confiscated, but for what is returned by law: the two must make up what was established")
		return false
	}
	return true
}

func (t *turn) suspensionWithin(term calendar.Term, m Measure) bool {
	if term.Check() != nil || term.Unit == calendar.WorkingDays {
		return false // a business is shut on days of rest too
	}
	days := t.lasts(term)
	return (m.Min.IsZero() || days >= t.lasts(m.Min)) && (m.Max.IsZero() || days <= t.lasts(m.Max))
}

// incomeLeft is the illegal income of which no decision in force has disposed.
func (f *EnforcementFile) incomeLeft() Fen {
	left := f.Income
	for _, s := range f.Sanctions {
		if s.Annulled {
			continue
		}
		left -= s.Returned
		if x := s.imposes(Confiscation); x != nil && !x.Lifted {
			left -= x.Amount
		}
	}
	return max(0, left)
}

// carryOut starts the clocks of the measures of a decision that was just served.
func (t *turn) carryOut(s *Sanction, day calendar.Day) {
	for _, x := range s.Also {
		switch {
		case x.Lifted:
		case x.What == Suspension:
			t.armTerm("suspension", x.Term, day)
			t.notice("suspension-begun", "operator").Due = t.lastArmed()
		case x.What == LicenceRevocation: // in effect with service; the licence is still to be taken in
			t.arm("licence-withdrawal", day)
			t.notice("task", "officer").Due = t.lastArmed()
		}
	}
}

// pending tells whether a measure in force is still to be carried out.
func (f *EnforcementFile) pending() bool {
	return slices.ContainsFunc(f.Sanctions, func(s Sanction) bool {
		return !s.Annulled && !s.Served.IsZero() && slices.ContainsFunc(s.Also, Imposed.pending)
	})
}

func (x Imposed) pending() bool {
	return !x.Lifted && (x.What == Suspension && x.Over.IsZero() || x.What == LicenceRevocation && x.Done == 0)
}

// suspensionOver: the term has passed by itself; whether the business is in order again two
// officers verify.
func (t *turn) suspensionOver(d Deadline) {
	f := t.enforcement()
	for i := range f.Sanctions {
		if x := f.Sanctions[i].imposes(Suspension); x != nil && !f.Sanctions[i].Annulled && x.pending() {
			x.Over = d.Day
		}
	}
}

// withdrawLicence notes that a revoked licence was taken in or cancelled.
func withdrawLicence(t *turn) {
	f := t.enforcement()
	if t.m.Body.On.After(t.today()) {
		t.refuse("day-in-future", t.basis(), "日期不能晚于今日。", "the day can't be later than today")
		return
	}
	for i := range f.Sanctions {
		s := &f.Sanctions[i]
		if x := s.imposes(LicenceRevocation); x != nil && !s.Annulled && !s.Served.IsZero() && x.pending() {
			x.Done = t.seq()
			t.clear("met", "licence-withdrawal")
			t.notice("licence-withdrawn", "operator")
			t.settle()
			return
		}
	}
	t.refuse("no-licence-revoked", t.basis(), "没有待收缴的被吊销许可证。", "no revoked licence is still to be withdrawn")
}

// lift takes one kind out of a decision that otherwise stands.
func (t *turn) lift(s *Sanction, what string) {
	if what == s.What && what == FineKind {
		s.Lifted = true
	}
	if x := s.imposes(what); x != nil && !x.Lifted {
		x.Lifted = true
		t.undo(*x)
	}
	for i := range t.c.Fines {
		if m := &t.c.Fines[i]; m.Decision == s.Entry && m.kind() == what && !m.Annulled {
			m.Annulled = true
			t.refundExcess(m)
		}
	}
}

// undo ends what a measure has begun. A licence that was taken in goes back.
func (t *turn) undo(x Imposed) {
	if name := clockOf[x.What]; name != "" {
		t.clear("moot", name)
	}
	if x.What == LicenceRevocation && x.Done != 0 {
		t.note("licence-to-return")
		t.notice("licence-to-return", "officer")
		t.notice("licence-to-return", "head")
	}
}

// vary changes a decision as a reconsideration body, a court or a settlement has: from the
// beginning, so that the surcharge is computed anew and a suspension counts from its service.
func (t *turn) vary(entry int) {
	b, f := t.m.Body, t.c.Enforcement
	if f == nil {
		return
	}
	i := slices.IndexFunc(f.Sanctions, func(s Sanction) bool { return s.Entry == entry && !s.Annulled })
	if i < 0 {
		return // what is annulled can't be varied
	}
	s := &f.Sanctions[i]
	for _, what := range b.Lifted {
		t.lift(s, what)
	}
	for n := range t.c.Fines {
		m := &t.c.Fines[n]
		now := b.Amount
		if m.kind() == Confiscation {
			now = b.Confiscated
		}
		if m.Decision != entry || m.Annulled || now <= 0 {
			continue
		}
		m.Amount = now
		if x := s.imposes(m.kind()); x != nil {
			x.Amount = now
		}
		if b.Outcome == OutcomeVaried && t.m.Name == "appeal-outcome" {
			m.CollectedBy = b.Body // reconsideration 78
		}
		t.refundExcess(m)
	}
	if x := s.imposes(Suspension); x != nil && x.pending() && b.Suspension.Check() == nil && !b.Suspension.IsZero() {
		x.Term = b.Suspension
		if !s.Served.IsZero() && !t.c.stayed(entry) {
			t.armTerm("suspension", x.Term, s.Served)
		}
	}
}

// emptied tells whether nothing is left of the decision of that entry.
func (f *EnforcementFile) emptied(entry int) bool {
	return slices.ContainsFunc(f.Sanctions, func(s Sanction) bool {
		return s.Entry == entry && !s.Annulled && s.What != Warning && (s.What != FineKind || s.Lifted) &&
			!slices.ContainsFunc(s.Also, func(x Imposed) bool { return !x.Lifted })
	})
}

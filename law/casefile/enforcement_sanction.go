package casefile

import (
	"slices"

	"duban/law/calendar"
)

// The kinds of sanction (penalties 9) that an authority of this installation may impose on an operator.
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

// applies tells whether the violation is one of operators of those types. Types that are not
// known say nothing against it.
func (v Violation) applies(types []string) bool {
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
func (t *making) heavier(i *Intended, now Intended) bool {
	if i == nil {
		return false
	}
	if now.Sanction == FineKind && i.Sanction != FineKind || now.Amount > i.Amount {
		return true
	}
	for _, x := range now.Also {
		was := i.imposes(x.What)
		if was == nil || x.Amount > was.Amount || longer(x.Term, was.Term) {
			return true
		}
	}
	return false
}

// longer tells whether a suspension may last longer than another, whatever day both are served on.
func longer(a, b calendar.Term) bool {
	if a.IsZero() || b.IsZero() || a.Unit == b.Unit {
		return a.N > b.N
	}
	most := map[calendar.Unit]int{calendar.NaturalDays: 1, calendar.Months: 31, calendar.Years: 366}
	least := map[calendar.Unit]int{calendar.NaturalDays: 1, calendar.Months: 28, calendar.Years: 365}
	return a.N*most[a.Unit] > b.N*least[b.Unit]
}

// lasts is how many days a suspension takes, counted from today.
func (t *making) lasts(term calendar.Term) int {
	if term.Check() != nil {
		return 0
	}
	return t.law.Calendar.Due(t.today(), term, false).Day.Sub(t.today())
}

// clockOf is the deadline that a measure needs once it is served.
var clockOf = map[string]clock{Suspension: "suspension", LicenceRevocation: "licence-withdrawal"}

// measures checks what stands beside the sanction, or is it, against the violation, and what
// becomes of the illegal income.
func (t *making) measures(i Intended, v Violation) bool {
	f := t.enforcement()
	first := f.Sequence == WarningWithOrderThenFine && f.Stage < 2 // nothing beside a warning that only orders
	income := f.incomeLeft()
	for _, x := range i.Also {
		if !t.measureFits(x, v, first, income) {
			return false
		}
	}
	if i.imposes(Suspension) != nil && i.imposes(LicenceRevocation) != nil {
		t.refuseField("also", "suspension-of-nothing", v.Cite, "吊销许可证的，不再责令停业整顿。", "a revoked licence leaves no business to suspend")
		return false
	}
	if first {
		return true // the fine that may follow accounts for the income
	}
	grave := func(x Imposed) bool {
		m, _ := v.measure(x.What)
		return m.Grave
	}
	if v.FineMin > 0 && !v.Warning && i.Sanction != FineKind && i.imposes(PublicCriticism) == nil && !slices.ContainsFunc(i.Also, grave) {
		t.refuseField("sanction", "fine-missing", v.Cite, "该条规定应当处以罚款；处罚种类须填罚款，其他种类列为并处。", "the clause leaves no choice: the sanction is a fine, and what else is imposed stands beside it")
		return false
	}
	for _, m := range v.Also {
		moot := m.What == Confiscation && income == 0 || m.What == Suspension && i.imposes(LicenceRevocation) != nil
		if m.Must && !moot && i.imposes(m.What) == nil && (m.What != Confiscation || i.Returned == 0) {
			t.refuseField("also", "measure-missing", v.Cite, "该条规定应当并处的处罚未列明("+m.What+")。", "the clause leaves no choice: a sanction that it adds is missing ("+m.What+")")
			return false
		}
	}
	confiscated := Fen(0)
	if x := i.imposes(Confiscation); x != nil {
		confiscated = x.Amount
	}
	if confiscated+i.Returned != income || i.Returned < 0 {
		t.refuseField("confiscated", "income-unaccounted", "penalties-2021:28", "违法所得除依法应当退赔的外，应当予以没收；没收与退赔之和须等于已认定的违法所得。",
			"illegal income is confiscated, but for what is returned by law: the two must make up what was established")
		return false
	}
	return true
}

// measureFits checks one measure against what the clause offers at this stage.
func (t *making) measureFits(x Imposed, v Violation, first bool, income Fen) bool {
	m, offered := v.measure(x.What)
	_, clock := t.law.Regime.Terms["enforcement."+string(clockOf[x.What])]
	switch {
	case x.What == Warning || x.What == FineKind:
		t.refuseField("also", "one-sanction", v.Cite, "警告与罚款不能并处。", "a warning or a fine, never both")
	case !slices.Contains(MeasureKinds(), x.What):
		t.refuseOther("also", "unknown-sanction", v.Cite, "没有该处罚种类", "there is no such kind of sanction", MeasureKinds())
	case first || !offered && (x.What != Confiscation || income == 0):
		t.refuseField("also", "sanction-not-available", v.Cite, "该违法行为或者此阶段不能给予该种处罚。", "that sanction is not available for this violation, or not at this stage")
	case m.Grave && !isTrue(t.m.Body.Grave):
		t.refuseField("grave", "grave-not-stated", v.Cite, "该种处罚仅适用于情节严重的情形，须写明情节严重及理由。", "that sanction is for grave cases only: the act must say that this is one, with reasons")
	case x.What == Confiscation && (x.Amount <= 0 || x.Amount > income):
		t.refuseField("confiscated", "confiscation-out-of-bounds", "penalties-2021:28", "没收金额须大于零且不超过已认定的违法所得。", "what is confiscated is illegal income that was established, and no more than that")
	case x.What == Suspension && !t.suspensionWithin(x.Term, m):
		t.refuseField("suspension", "suspension-out-of-bounds", v.Cite, "停业整顿的期限无效或者超出法定幅度。", "the term of the suspension is missing, invalid or outside the bounds of the clause")
	case x.What == Suspension && !t.inBound("suspension", x.Term):
	case clockOf[x.What] != "" && !clock: // pinned before the installation carried it
		t.refuseField("also", "not-in-regime", v.Cite, "本案所依据的办法文本没有规定该种处罚的执行。", "the text that this case is pinned to does not know how that sanction is carried out")
	default:
		return true
	}
	return false
}

func (t *making) suspensionWithin(term calendar.Term, m Measure) bool {
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

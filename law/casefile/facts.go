package casefile

import (
	"cmp"
	"slices"

	"duban/law/calendar"
	"duban/law/checklist"
)

// Ask is one thing that a move has the law told about the world. Which moves ask for what stands in
// the catalogue (Spec.Asks) and nowhere else.
type Ask string

const (
	AskColleague Ask = "colleague" // who the officers are that the body names; they are of the case's authority
	AskTeam      Ask = "team"      // likewise; they may be of an authority above it too
	AskCards     Ask = "cards"     // the cards of the officers that the body names
	AskTypes     Ask = "types"     // the types of the case's operator
	AskAbove     Ask = "above"     // the authority above, where the body names a head of the case's own
	AskSameAct   Ask = "same-act"  // who else holds the violation act of the case, as the body would have it
	AskOperator  Ask = "operator"  // whether the register knows the operator that the body names
	AskReceiver  Ask = "receiver"  // the authority to which the body would send the case
	AskEnclosed  Ask = "enclosed"  // the papers that would go there with it
	AskChecklist Ask = "checklist" // the standard that the body names
	AskSlip      Ask = "slip"      // the other case in which a payment with the body's slip was entered
)

// Facts tells what only the register, the standards and the regulations know, of one case on the day
// of one move.
type Facts interface {
	// Staff is who those officers are to the case's authority; of an unknown one nothing.
	Staff(officers []string) ([]Colleague, error)
	// StandsIn tells whether an officer stands in for another on the day of the act.
	StandsIn(absent, officer string) (bool, error)
	// Cards are the cards of those officers.
	Cards(officers []string) ([]Card, error)
	// Types are those of the case's operator.
	Types() ([]string, error)
	// Above is the authority above the case's, where the officer is a head of the case's own; else empty.
	Above(officer string) (string, error)
	// SameAct is the enforcement case, other than this one, that holds a day of that violation act; else
	// empty.
	SameAct(operator, requirement string, from, to calendar.Day) (string, error)
	// Operator tells whether the register knows it.
	Operator(id string) (bool, error)
	// Receiver is what a case of this kind would meet at that authority.
	Receiver(authority string) (*Receiver, error)
	// Enclosed are the papers of the case that go with it, in the order of their receipt.
	Enclosed() ([]Enclosed, error)
	// Checklist is that of the standard, or of the only one for operators of such types, as in force on
	// the day of the act; nil: there is none.
	Checklist(standard string, types []string) (*checklist.List, error)
	// Slip is another case in which the bank's payment with a slip of that number was entered; else empty.
	Slip(number string) (string, error)
}

// Colleague is an officer as the register knows it, seen from a case.
type Colleague struct {
	Officer string `json:"officer"`
	Role    Role   `json:"role"`
	Own     bool   `json:"own,omitempty"`   // of the authority that carries the case
	Above   bool   `json:"above,omitempty"` // of one above it
}

// Receiver is the authority to which a transfer would send a case.
type Receiver struct {
	Known   bool `json:"known,omitempty"`   // to this installation
	Carries bool `json:"carries,omitempty"` // it has a regulation for cases of this kind
}

// Ask has a move of a case told what its line of the catalogue asks for, and whether who acts stands in
// for the one who has the case. Most ask for nothing.
func (m *Move) Ask(c Case, f Facts) (err error) {
	spec, _ := SpecOf(c.Kind, m.Name)
	if m.Class == Act && anothers(c, m.By, spec) {
		if m.StandsIn, err = f.StandsIn(c.Officer, m.By.Officer); err != nil {
			return err
		}
	}
	for _, what := range spec.Asks {
		switch b := m.Body; what {
		case AskColleague, AskTeam:
			m.Staff, err = f.Staff(b.named())
		case AskCards:
			m.Cards, err = f.Cards(b.Officers)
		case AskTypes:
			m.Types, err = f.Types()
		case AskAbove:
			m.Above, err = f.Above(b.Officer)
		case AskSameAct:
			own := EnforcementFile{}
			if c.Enforcement != nil {
				own = *c.Enforcement
			}
			m.SameAct, err = f.SameAct( // what the body leaves out stays
				cmp.Or(b.Operator, c.Operator), cmp.Or(b.Requirement, own.Requirement), cmp.Or(b.PeriodFrom, own.PeriodFrom), cmp.Or(b.PeriodTo, own.PeriodTo),
			)
		case AskOperator:
			if b.Operator != "" {
				m.Operator, err = f.Operator(b.Operator)
			}
		case AskReceiver:
			if b.Authority != "" {
				m.Receiver, err = f.Receiver(b.Authority)
			}
		case AskEnclosed:
			if b.Authority != "" {
				m.Papers, err = f.Enclosed()
			}
		case AskChecklist:
			m.Checklist, err = f.Checklist(b.Standard, m.Types)
		case AskSlip:
			if SlipKey(b.Slip) != "" {
				m.SlipCase, err = f.Slip(b.Slip)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// named are the officers whom a body names.
func (b Body) named() []string {
	if b.Officer == "" {
		return b.Officers
	}
	return append([]string{b.Officer}, b.Officers...)
}

// mayName refuses an act that names somebody who could not do what it is for: who is unknown, of
// another authority, or of a role without such acts. In a team may be who is of an authority above:
// what lets somebody inspect or investigate is the card.
func (t *making) mayName(spec Spec) {
	team := slices.Contains(spec.Asks, AskTeam)
	if !team && !slices.Contains(spec.Asks, AskColleague) {
		return
	}
	field := "officer"
	for i, who := range t.m.Body.named() {
		if i > 0 || t.m.Body.Officer == "" {
			field = "officers"
		}
		at := slices.IndexFunc(t.m.Staff, func(c Colleague) bool { return c.Officer == who && (c.Own || team && c.Above) })
		switch {
		case at < 0 && team:
			t.refuseField(field, "unknown-officer", "", "办理本案的机关及其上级机关没有该在职人员。", "neither the authority that carries the case nor one above it has such an officer at work")
		case at < 0:
			t.refuseField(field, "unknown-officer", "", "办理本案的机关没有该在职人员。", "the authority that carries the case has no such officer at work")
		case len(spec.Named) > 0 && !slices.Contains(spec.Named, t.m.Staff[at].Role):
			t.refuseField(field, "wrong-officer-role", "", "该人员的职务不能办理此事；请指定"+rolesZh(spec.Named)+"。", "somebody of that role can't do this; name a "+rolesEn(spec.Named))
		}
		if t.stopped() {
			return
		}
	}
}

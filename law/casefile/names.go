package casefile

import "slices"

// The names that a case stores as strings and the law writes as literals. Each has a type of its own,
// and a test reads every literal of those types: a name that is in no catalogue fails it.

// clock is the name of a deadline: a line of deadlines.
type clock string

func (d Deadline) is(name clock) bool { return d.Name == string(name) }

func (l Lapsed) is(name clock) bool { return l.Name == string(name) }

// armed is the deadline of that name that runs, the latest armed, and whether there is one.
func (t *making) armed(name clock) (Deadline, bool) { return t.c.Deadline(string(name)) }

// late tells whether the duty of that name is marked overdue.
func (t *making) late(name clock) bool { return slices.Contains(t.c.Overdue, string(name)) }

// term is the regime's rule for the deadline of that name in this kind of case.
func (t *making) term(name clock) (TermRule, bool) {
	rule, ok := t.law.Regime.Terms[string(t.c.Kind)+"."+string(name)]
	return rule, ok
}

// why is for what reason a deadline is no more (Cleared.Why).
type why string

const (
	met        why = "met"        // what it was for is done; done late, if it was overdue
	lapsed     why = "lapsed"     // its day passed
	moot       why = "moot"       // there is nothing left that it is for
	setAside   why = "set-aside"  // armed by a lapse that a paper in time has set aside
	recomputed why = "recomputed" // a new calendar moves it
	replaced   why = "replaced"   // armed anew
	extended   why = "extended"
	stayed     why = "stayed" // it stands still
)

// reader is whom a document is for (Notice.To).
type reader string

const (
	toComplainant reader = "complainant"
	toOperator    reader = "operator"
	toApplicant   reader = "applicant"
	toRespondent  reader = "respondent"
	toOfficer     reader = "officer"  // to whom the case is assigned; the head, where nobody is
	toHead        reader = "head"     // of the authority that carries the case
	toSuperior    reader = "superior" // the authority above
	toBody        reader = "body"     // outside the installation, as are the next two
	toCourt       reader = "court"
	toTreasury    reader = "treasury"
)

// document is the code of a letter; dispatch has its text in both languages.
type document string

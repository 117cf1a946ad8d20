package casefile

import (
	"time"

	"duban/law/calendar"
	"duban/law/checklist"
)

// Kind is one of the four kinds of case.
type Kind string

// The kinds. A kind is also the first part of its workflow id and of its API path.
const (
	Complaint   Kind = "complaint"
	Inspection  Kind = "inspection"
	Enforcement Kind = "enforcement"
	Appeal      Kind = "appeal"
)

// Kinds lists every kind, in the order in which a matter usually meets them.
func Kinds() []Kind { return []Kind{Complaint, Inspection, Enforcement, Appeal} }

// State is where a case stands; each kind has its own states, each in one row of its table.
type State string

// Filed is the state of every case before its first entry (seq 0).
const Filed State = "filed"

// Text is a sentence or title in both languages of the installation.
type Text struct {
	Zh string `json:"zh" yaml:"zh"`
	En string `json:"en" yaml:"en"`
}

// In returns the text in lang ("zh-CN", "zh" or anything else for English).
func (t Text) In(lang string) string {
	if len(lang) >= 2 && lang[:2] == "zh" {
		return t.Zh
	}
	return t.En
}

// Case is all that the law needs to know of one matter. It is stored for years: fields are
// added, never renamed. People, officers, operators and authorities are ids, never names;
// free text stays with the act or paper that brought it.
type Case struct {
	ID        string     `json:"id"`
	Kind      Kind       `json:"kind"`
	State     State      `json:"state"`
	Seq       int        `json:"seq"`                 // entries made so far
	Regime    string     `json:"regime"`              // hash of the pinned regime text
	Authority string     `json:"authority"`           // the authority that carries the case
	Operator  string     `json:"operator,omitempty"`  // the one regulated
	Officer   string     `json:"officer,omitempty"`   // the officer it is assigned to
	Filed     time.Time  `json:"filed"`               // receipt at our door
	Visible   bool       `json:"told,omitempty"`      // the operator may know of the case; never taken back
	Overdue   []string   `json:"overdue,omitempty"`   // own duties whose day has passed (lifecycles §2.2)
	Deadlines []Deadline `json:"deadlines,omitempty"` // those still armed
	Stayed    []Deadline `json:"still,omitempty"`     // those that stand still: they have no day until they run on

	Complaint   *ComplaintFile   `json:"complaint,omitempty"`
	Enforcement *EnforcementFile `json:"enforcement,omitempty"`
	Appeal      *AppealFile      `json:"appeal,omitempty"`
	Inspection  *InspectionFile  `json:"inspection,omitempty"`
	Checklist   *checklist.List  `json:"checklist,omitempty"` // of an inspection: its standard as pinned; beside the file, since it does not change with it

	Lapses      []Lapsed        `json:"lapses,omitempty"`         // lapses entered and not set aside
	Contestable []ContestedAct  `json:"made,omitempty"`           // our acts that may be contested
	Contests    []Contest       `json:"contests,omitempty"`       // appeals and suits against them
	Fines       []Fine          `json:"fines,omitempty"`          // money of this case, one per decision
	Reports     []PaymentReport `json:"paymentReports,omitempty"` // payments of which the operator has told
	Doubts      []PaymentDoubt  `json:"paymentDoubts,omitempty"`  // payments that look like one that is here
	Duties      []PerformDuty   `json:"duties,omitempty"`         // ordered by a reconsideration body or a court
	Links       []Link          `json:"links,omitempty"`          // other cases of the same matter
	Notes       []string        `json:"notes,omitempty"`          // coded notes on the publication (e.g. confirmed-unlawful)
	Public      []Publicity     `json:"public,omitempty"`         // what was published of it, or withheld
	Kept        *Kept           `json:"kept,omitempty"`           // how long its file is kept; nil while it is open, contested, or something is still to be done

	BeforeRegime bool `json:"beforeRegime,omitempty"` // an import that ended before any text of ours was in force: the pinned one does not judge it

	Corrected []Corrected `json:"corrected,omitempty"` // facts that were entered wrongly and put right

	Obstacles []Obstacle `json:"obstacles,omitempty"` // applications to restore a term that wait for an officer
}

// Lapsed remembers an entered lapse, so that a paper that was in time can set it aside.
type Lapsed struct {
	Name string       `json:"name"` // of the deadline
	Seq  int          `json:"seq"`  // of the lapse's entry
	Day  calendar.Day `json:"day"`  // last day of the deadline
	From State        `json:"from"` // state before the lapse
	To   State        `json:"to"`   // state after it

	Since calendar.Day  `json:"since,omitzero"` // of the deadline: the day from which it was counted
	Term  calendar.Term `json:"term,omitzero"`  // its length; zero where an officer had set the day

	Extended  []calendar.Term `json:"extended,omitempty"` // as of the deadline
	Cap       calendar.Term   `json:"cap,omitzero"`
	Suspended []calendar.Span `json:"suspended,omitempty"`
}

// Link points at another case of the same matter.
type Link struct {
	Case string `json:"case"`
	Kind Kind   `json:"kind"`
	As   string `json:"as"` // what the other case is to this one: source, enforcement, contested, appeal, joined
}

// Closed tells whether the case's state is a closed one. A closed case still takes papers.
func (c Case) Closed() bool { return tableOf(c.Kind)[c.State].closed }

// Deadline returns the armed deadline of that name (the latest armed) and whether there is one.
func (c Case) Deadline(name string) (Deadline, bool) {
	for i := len(c.Deadlines) - 1; i >= 0; i-- {
		if c.Deadlines[i].Name == name {
			return c.Deadlines[i], true
		}
	}
	return Deadline{}, false
}

// NextDue is the earliest armed deadline's instant; zero when none is armed.
func (c Case) NextDue() time.Time {
	var next time.Time
	for _, d := range c.Deadlines {
		if next.IsZero() || d.Due.Before(next) {
			next = d.Due
		}
	}
	return next
}

// Neutral is how a matter that somebody outside the authority has named is called before the
// authority has words of its own for it; empty for kinds that the authority itself opens.
func Neutral(k Kind, dispute string) Text {
	switch {
	case k == Appeal:
		return Text{"行政复议申请", "application for reconsideration"}
	case k != Complaint:
		return Text{}
	case dispute == "fee":
		return Text{"申诉：费用争议", "complaint: dispute about fees"}
	}
	return Text{"申诉：服务争议", "complaint: dispute about a service"}
}

package casefile

import (
	"time"

	"duban/law/calendar"
	"duban/law/checklist"
)

// Class tells what a case is moved by.
type Class string

const (
	Paper        Class = "paper" // arrives from outside; entered in any state, never refused
	Act          Class = "act"   // done by our staff; may be refused
	Lapse        Class = "lapse" // a deadline passed
	Installation Class = "house" // a paper whose sender is the installation: repin, recalendar
)

// Role is what an officer is in the authority; the separation of functions is checked per case.
type Role string

const (
	RoleOfficer  Role = "officer"  // handles, investigates
	RoleReviewer Role = "reviewer" // legal review (penalties 58): does not decide
	RoleHead     Role = "head"     // head or deputising head: approves and decides (penalties 57)
)

// Actor is who makes a move. For papers Officer is empty and Sender says whose paper it is.
type Actor struct {
	Officer   string `json:"officer,omitempty"`
	Role      Role   `json:"role,omitempty"`
	Authority string `json:"authority,omitempty"`
	Sender    string `json:"sender,omitempty"` // complainant, operator, applicant, bank, post, court, body, house, …
	For       string `json:"for,omitempty"`    // of an entry: the officer to whom the case is assigned, where this one stood in
}

// Move is what moves a case: a paper, an act or a lapse.
type Move struct {
	Class     Class        `json:"class"`
	Name      string       `json:"name"`
	Ref       string       `json:"ref"`                // paper id, act id, or the deadline's key
	At        time.Time    `json:"at"`                 // legal instant: received (papers), due (lapses), the moment of the lock (acts)
	Effective calendar.Day `json:"effective,omitzero"` // papers: the day the law counts (postmark, bank, signature)
	By        Actor        `json:"by"`
	Body      Body         `json:"body"`
	SameAct   string       `json:"sameAct,omitempty"`  // id of the enforcement case, other than this one, that already holds this violation act, told by the register
	SlipCase  string       `json:"slipCase,omitempty"` // another case in which a payment with the slip of the body was entered, told by the register
	Operator  bool         `json:"operator,omitempty"` // the register knows the operator that the body names, told by it
	StandsIn  bool         `json:"standsIn,omitempty"` // By stands in, that day, for the officer to whom the case is assigned, told by the register
	Staff     []Colleague  `json:"staff,omitempty"`    // who the officers are that the body names, told by the register
	Cards     []Card       `json:"cards,omitempty"`    // of the officers named in the body, told by the register
	Types     []string     `json:"types,omitempty"`    // of the case's operator, told by the register
	Above     string       `json:"above,omitempty"`    // where the body names a head of the case's authority: the authority above it, told by the register
	Receiver  *Receiver    `json:"receiver,omitempty"` // where the body would send the case, told by the register and the regulations
	Papers    []Enclosed   `json:"papers,omitempty"`   // of a complaint that is transferred, as they were entered, told by the register

	Checklist *checklist.List `json:"checklist,omitempty"` // of the standard that the body names, or the only one for such an operator, as in force that day; nil: there is none
}

// Day is the civil day on which the move counts in place: its effective day where it has one.
func (m Move) Day(place *time.Location) calendar.Day {
	if !m.Effective.IsZero() {
		return m.Effective
	}
	return calendar.DayOf(m.At, place)
}

// Enclosed is a paper that goes with a case to who receives it.
type Enclosed struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Sender string       `json:"sender"`
	On     calendar.Day `json:"on"` // the day that counts for it, else of its receipt
}

// Refusal is a "no" to an act: a value, never an error.
type Refusal struct {
	Code   string `json:"code"`
	Reason Text   `json:"reason"`
	Cite   string `json:"cite,omitempty"`  // the clause that refuses, as law:article
	Field  string `json:"field,omitempty"` // the field of the body that is at fault

	Officer string `json:"officer,omitempty"` // who has the case, where that is why; told to colleagues only
}

// Entry is a move that was made: line Seq of the case's ledger. It stores the whole result, so
// that folding entries gives the case back without deciding anything again.
type Entry struct {
	Case      string       `json:"case"`
	Seq       int          `json:"seq"`
	Class     Class        `json:"class"`
	Move      string       `json:"move"`
	Ref       string       `json:"ref"`
	At        time.Time    `json:"at"`
	Effective calendar.Day `json:"effective,omitzero"`
	By        Actor        `json:"by"`
	From      State        `json:"from"`
	To        State        `json:"to"`
	None      string       `json:"none,omitempty"` // "on file, because …": the code why a paper took no effect
	Cites     []string     `json:"cites"`
	Judged    *Deadline    `json:"judged,omitempty"` // the term that the move looked at and the case has not armed, such as the time in which one can apply
	Tables    []string     `json:"tables,omitempty"` // addresses of the holiday notices by which deadlines were moved
	Armed     []Deadline   `json:"armed,omitempty"`
	Cleared   []Cleared    `json:"cleared,omitempty"`
	Late      []string     `json:"late,omitempty"`     // own duties that this entry fulfils after their day
	Corrects  []int        `json:"corrects,omitempty"` // entries of lapses that this paper sets aside
	Notices   []Notice     `json:"notices,omitempty"`
	Sends     []Send       `json:"sends,omitempty"` // papers put into linked cases' inboxes
	Patch     Patch        `json:"patch,omitempty"` // what else changed in the case
}

// Notice is what must leave the installation because of an entry; the register writes it to the outbox.
type Notice struct {
	Document string       `json:"document"`     // code of the document, e.g. acceptance-notice
	To       string       `json:"to"`           // complainant, operator, applicant, officer, superior, head, respondent, treasury
	ID       string       `json:"id,omitempty"` // of the officer, operator or authority, where the case knows it
	Cite     string       `json:"cite,omitempty"`
	Due      calendar.Day `json:"due,omitzero"` // the day that the document tells its reader, if any
	Urgent   bool         `json:"urgent,omitempty"`
}

// Send puts a paper into another case's inbox, in the same transaction as the entry. New is set
// when the case does not exist yet and its row is made with the paper.
type Send struct {
	Case      string       `json:"case"`
	Paper     string       `json:"paper"`
	Body      Body         `json:"body"`
	Effective calendar.Day `json:"effective,omitzero"`
	New       *NewCase     `json:"new,omitempty"`
	Copy      string       `json:"copy,omitempty"` // id of the paper or act whose words go with it: the register adds them, and its sender; they stand in no ledger
}

// NewCase is the row of a case that another case (or the door) opens.
type NewCase struct {
	ID        string `json:"id"`
	Kind      Kind   `json:"kind"`
	Authority string `json:"authority"`
	Operator  string `json:"operator,omitempty"`
}

// Outcome is what a move leads to: the case after it and the entry it leaves.
type Outcome struct {
	Case  Case
	Entry Entry
}

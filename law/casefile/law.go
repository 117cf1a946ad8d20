package casefile

import (
	"duban/law/calendar"
)

// Law is what a decision is made under: the pinned regime and the calendar.
type Law struct {
	Regime   *Regime
	Calendar *calendar.Calendar
}

// Regime is a regulation as data, with the general laws it stands on, as one value. Code reads
// it by the names of the catalogue; package regimes loads, checks and hashes it. A regime may
// shorten a door or close it, never build one.
type Regime struct {
	Name       string
	Version    string
	Hash       string
	Title      Text
	Clauses    map[string]Clause // by law:article
	Kinds      map[Kind]string   // the kinds it allows, each with its clause
	Moves      map[string]Rule   // by kind.move: on whose authority, and whether the door is closed
	Terms      map[string]TermRule
	Bounds     map[string]Bound
	Grounds    map[string][]Ground // closed lists by kind.move
	Violations map[string]Violation
	Bodies     []CompetentBody
	Cards      []CardRule
	Surcharge  Surcharge
	Hearing    HearingRule
	Joint      Joint
	Places     []Place
	Duties     []Duty // of operators, by code

	Routes       map[string]Route // by what is contested
	Publications []Publication    // what is published, in the order in which the rules are tried
	Retention    map[Kind]Retention
}

// Clause is one article of a law as this installation cites it.
type Clause struct {
	Title      Text
	Unverified bool
}

// Rule gives a move its authority.
type Rule struct {
	Cite       string
	Closed     bool // this regime closes the door; Cite says on what authority
	Unverified bool
	Needs      []string // fields that the catalogue lets an act take and this regime demands
	Remedies   []string // clauses on what else is open to the complainant, told when the act settles nothing
}

// TermRule is how long a deadline is, and by which counting (facts of a rule: architecture §6).
type TermRule struct {
	Term       calendar.Term
	Roll       bool // a last day on a rest day moves on (civil procedure 85); false for our own duties
	Cite       string
	Unverified bool
	Title      Text
	From       string        // complaint.answer only: FromAcceptance, or empty for receipt
	Cap        calendar.Term // of the term with its extensions, in its unit; zero: none
	Before     bool          // counted backwards from the event, which is yet to come
}

// holds tells whether the cap lets the rule's deadline have that term.
func (r TermRule) holds(t calendar.Term) bool {
	return r.Cap.IsZero() || t.Unit == r.Cap.Unit && t.N <= r.Cap.N
}

// FromAcceptance is the From of a term to answer that runs from acceptance, not from receipt.
const FromAcceptance = "acceptance"

// Joint is how many complainants of one matter complain jointly, and by how many representatives.
// A zero From: the regime knows no joint complaints.
type Joint struct {
	From       int // complainants
	Min, Max   int // representatives
	Cite       string
	Unverified bool
}

// Place is a connection by which an authority may have a complaint: the operator's seat, the place
// of the contract, of the dispute, of the harm.
type Place struct {
	Code       string
	Title      Text
	Cite       string
	Unverified bool
}

// Bound is a range for something an officer sets: a term in days, an amount in fen.
type Bound struct {
	Min, Max   int64
	Cite       string
	Unverified bool
}

// Ground is a line of a closed list: a reason not to accept, not to penalise, to hand over.
type Ground struct {
	Code       string
	Title      Text
	Cite       string
	Unverified bool
	Within     calendar.Term // the time bar that this ground stands for, if any: given only when more has passed since the event
	Dispute    string        // the ground holds only for this kind of dispute
	Educate    bool          // penalties 33: the decision not to penalise carries education
}

// Sequence is one of the ways from a violation to a sanction (lifecycles §4).
type Sequence string

const (
	OrderThenSanction        Sequence = "order-then-sanction"
	WarningWithOrderThenFine Sequence = "warning-with-order-then-fine"
	WarningOnly              Sequence = "warning"
	SanctionAtOnce           Sequence = "sanction-at-once" // the decision itself orders the correction (penalties 28)
)

// Violation is what an operator may be penalised for.
type Violation struct {
	Code             string
	Title            Text
	Cite             string
	Sequence         Sequence
	Warning          bool
	FineMin, FineMax Fen    // FineMax 0: no fine
	OtherLaw         string // clause of the heavier rule that must be ruled out first, if any
	HarmNeeded       bool   // both conditions: a breach and harm (telecom 21)
	Unverified       bool
	Multiple         Multiple
	Also             []Measure // what the clause adds beside the fine, or has in its place
	AppliesTo        []string  // operator types; empty: all
	Persons          Persons
}

// Persons is what may fall on the persons responsible. It is shown only: a case is about an
// operator. An empty Cite: nothing is known of any.
type Persons struct {
	FineMin, FineMax Fen
	Also             []string
	Cite             string
	Unverified       bool
}

// Multiple is a fine reckoned from the illegal income, where that reaches From. A zero Max: none.
type Multiple struct {
	From     Fen
	Min, Max int64
}

// Range is the least and the greatest fine, given the illegal income that was established.
func (v Violation) Range(income Fen) (least, most Fen) {
	if m := v.Multiple; m.Max > 0 && income >= m.From {
		return income * Fen(m.Min), income * Fen(m.Max)
	}
	return max(v.FineMin, 1), v.FineMax
}

// CompetentBody says which body hears a reconsideration of an authority of that level.
type CompetentBody struct {
	Level string // ministry, province, city
	Body  string // superior, itself, government
	Cite  string

	Unverified bool
}

// Surcharge is how a late payment costs more (penalties 72, 73).
type Surcharge struct {
	PerMille          int64  // of the base, for each full period
	Every             int64  // the period, in natural days
	Cap               int64  // the most that it comes to, in thousandths of the fine
	Base              string // whole or unpaid
	FreezeGap         bool   // the days between reconsideration and suit are frozen too
	FreezeNotAccepted bool   // an application that was not accepted freezes
	Cite              string
	FreezeCite        string
	Unverified        bool // base and gap are house data
}

// unknownViolation says that a code is none of the regime's, and names those that are.
func (r *Regime) unknownViolation(cite string) *Refusal {
	no := otherThan(Text{Zh: "本办法没有该违法行为代码", En: "the regime knows no violation of that code"}, sortedKeys(r.Violations))
	return &Refusal{Code: "unknown-violation", Field: "violation", Cite: cite, Reason: no}
}

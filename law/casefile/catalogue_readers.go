package casefile

import "slices"

// Reader is a part in a case by which somebody outside the authority reads words that were written
// in it. An operator that contests its own penalty is the applicant of that reconsideration, and its
// reader is that one there.
type Reader string

// The readers, a closed list.
const (
	ReaderOperator    Reader = "operator"
	ReaderComplainant Reader = "complainant"
	ReaderApplicant   Reader = "applicant"
	ReaderRespondent  Reader = "respondent" // the authority whose act is reconsidered
)

// Readers lists every reader.
func Readers() []Reader {
	return []Reader{ReaderOperator, ReaderComplainant, ReaderApplicant, ReaderRespondent}
}

// Filer is the part of who opens a case of that kind from outside; empty: the authority opens it.
func (k Kind) Filer() Reader {
	switch k {
	case Complaint:
		return ReaderComplainant
	case Appeal:
		return ReaderApplicant
	}
	return ""
}

// Opening is what must have happened before a reader reads the words of an entry.
type Opening string

// The openings.
const (
	WithEntry  Opening = "with-entry"  // with the entry: the move writes to the reader, or is of the reader
	AsWritten  Opening = "as-written"  // where the entry itself has a letter to the reader
	OnceAsked  Opening = "once-asked"  // when the complaint was forwarded to the operator, or mediation was proposed to it
	OnAnswer   Opening = "on-answer"   // as-written, or when the complaint was answered
	OnceCopied Opening = "once-copied" // when the respondent was sent its copy of the application
)

// Reading is who reads the words of a move from when on, by which clause where that is not plain.
type Reading struct {
	Who  Reader
	When Opening
	Cite string
}

// Who reads what, named by what is read or to whom it is written. What stands in none of these is
// internal: preparation, investigation and review (penalties 50, 58), and what another body or
// authority is told.
var (
	forComplainant = []Reading{{Who: ReaderComplainant, When: WithEntry}}
	forOperator    = []Reading{{Who: ReaderOperator, When: WithEntry}}
	forBoth        = []Reading{{Who: ReaderComplainant, When: WithEntry}, {Who: ReaderOperator, When: WithEntry}}
	forApplicant   = []Reading{{Who: ReaderApplicant, When: WithEntry}}
	forRespondent  = []Reading{{Who: ReaderRespondent, When: WithEntry}}
	forReviewed    = []Reading{{Who: ReaderApplicant, When: WithEntry}, {Who: ReaderRespondent, When: WithEntry}} // both sides of a reconsideration

	// What two officers found is told the operator where the entry writes to it; a failure to rectify
	// goes to the head first. A decision on a recusal must not betray a visit that is to come.
	forOperatorAsWritten = []Reading{{Who: ReaderOperator, When: AsWritten}}

	theCorrectedComplaint = []Reading{{Who: ReaderComplainant, When: AsWritten}, {Who: ReaderOperator, When: AsWritten}}
	forApplicantAsWritten = []Reading{{Who: ReaderApplicant, When: AsWritten}}

	// The complaint, with what completes it: the operator reads what it is asked to answer. One that
	// was transferred comes from the installation and is its complainant's all the same.
	theComplaint = []Reading{{Who: ReaderComplainant, When: WithEntry}, {Who: ReaderOperator, When: OnceAsked}}
	theReply     = []Reading{{Who: ReaderComplainant, When: OnAnswer}}

	theHearing    = []Reading{{Who: ReaderOperator, When: WithEntry, Cite: "penalties-2021:64"}} // the record is the party's to check and sign
	theSiteRecord = []Reading{{Who: ReaderOperator, When: WithEntry, Cite: "penalties-2021:55"}} // likewise; or its refusal is noted
	theWithdrawal = []Reading{{Who: ReaderOperator, When: WithEntry, Cite: "penalties-2021:48"}} // the reasons are to be made public

	theApplication = []Reading{{Who: ReaderRespondent, When: OnceCopied, Cite: "reconsideration-2023:48"}}
	theAnswer      = []Reading{{Who: ReaderApplicant, When: WithEntry, Cite: "reconsideration-2023:47"}} // with its evidence
)

// forAsker opens the answer to an application to whichever of those has applied.
func forAsker(senders []string) (out []Reading) {
	for _, who := range senders {
		out = append(out, Reading{Who: Reader(who), When: AsWritten})
	}
	return out
}

// Worded tells whether a move says anything in words.
func (s Spec) Worded() bool {
	for _, f := range s.Fields() {
		if f == "text" || f == "reasons" {
			return true
		}
	}
	return false
}

// Reads tells whether a reader outside the authority reads what the move of that entry says in words
// (Text and Reasons of its body): their own papers, and what the catalogue opens to them as the
// case stands. Of a paper that waits in the inbox only its sender reads; of a case that its operator
// may not know of (Told) the operator reads nothing, which is the caller's to see to.
func (c Case) Reads(who Reader, e Entry) bool {
	spec, ok := SpecOf(c.Kind, e.Move)
	if !ok || spec.Class != e.Class {
		return false
	}
	another := who == ReaderOperator && e.Seq <= c.operatorSince() // what was written to, or by, another operator
	if e.Class == Paper && e.By.Sender == string(who) && !another {
		return true
	}
	if e.None != "" {
		return false // on file only: it has reached nobody
	}
	for _, r := range spec.Readers {
		if r.Who == who && (!another || r.When == OnceAsked) && c.opened(r.When, who, e) {
			return true
		}
	}
	return false
}

// operatorSince is the entry by which another operator took the place of the one that the case named
// first; 0: it is the same.
func (c Case) operatorSince() int {
	for _, x := range slices.Backward(c.Corrected) {
		if slices.Contains(x.Facts, "operator") {
			return x.Entry
		}
	}
	return 0
}

func (c Case) opened(when Opening, who Reader, e Entry) bool {
	switch when {
	case WithEntry:
		return true
	case AsWritten:
		return e.writes(who)
	case OnceAsked:
		return c.operatorAsked()
	case OnAnswer:
		return e.writes(who) || c.Complaint != nil && !c.Complaint.AnsweredOn.IsZero()
	case OnceCopied:
		return c.Appeal != nil && c.Appeal.Copied
	}
	return false
}

func (e Entry) writes(to Reader) bool {
	for _, n := range e.Notices {
		if n.To == string(to) {
			return true
		}
	}
	return false
}

// operatorAsked tells whether the operator is to answer the complaint. Entries made before the day
// was kept tell it by what came of it.
func (c Case) operatorAsked() bool {
	f := c.Complaint
	return f != nil && (!f.ForwardedOn.IsZero() || !f.RepliedOn.IsZero() || f.Supervised || c.State == Forwarded)
}

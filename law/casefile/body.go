package casefile

import (
	"reflect"
	"strings"

	"duban/law/calendar"
	"duban/law/checklist"
)

// Body is what a paper or an act says, coded. Which fields a move takes stands in its line of
// the catalogue (catalogue.go). Text fields are read for presence only: they stay with the act
// or paper that brought them and never enter a case or its ledger.
type Body struct {
	Reasons string `json:"reasons,omitempty"` // why, in words; kept out of the ledger
	Text    string `json:"text,omitempty"`    // content in words; kept out of the ledger
	Title   string `json:"title,omitempty"`   // the matter in one line of the authority's words, as operators read it; kept out of the ledger

	Deadline        string        `json:"deadline,omitempty"`        // name of a party's term
	Dispute         string        `json:"dispute,omitempty"`         // of a complaint: fee or other
	Complainants    int           `json:"complainants,omitempty"`    // of a joint complaint: how many complain
	Representatives int           `json:"representatives,omitempty"` // of a joint complaint: how many act for all
	Place           string        `json:"place,omitempty"`           // the connection by which the authority is competent: a code of the regime
	EventOn         calendar.Day  `json:"eventOn,omitzero"`          // day of the event complained of, of the end of the contract, or of knowing the contested act
	AskedOperatorOn calendar.Day  `json:"askedOperatorOn,omitzero"`  // day the user complained to the operator
	Operator        string        `json:"operator,omitempty"`
	Authority       string        `json:"authority,omitempty"` // receiver of a transfer; respondent of an appeal
	Ground          string        `json:"ground,omitempty"`    // code from the regime's closed list for this move
	Officer         string        `json:"officer,omitempty"`   // assigned to, or the second of two officers
	Officers        []string      `json:"officers,omitempty"`  // the two who established a fact or investigated
	Term            calendar.Term `json:"term,omitzero"`       // set by the officer, within the regime's bounds
	Agreed          *bool         `json:"agreed,omitempty"`    // mediation: consent, or agreement reached
	Satisfied       *bool         `json:"satisfied,omitempty"` // complainant's feedback
	Finding         string        `json:"finding,omitempty"`   // of an answer: founded, partly-founded, unfounded, settled

	Violation         string       `json:"violation,omitempty"`   // code from the regime
	Requirement       string       `json:"requirement,omitempty"` // requirement of a standard, or duty breached
	PeriodFrom        calendar.Day `json:"periodFrom,omitzero"`
	PeriodTo          calendar.Day `json:"periodTo,omitzero"`
	Breach            *bool        `json:"breach,omitempty"`            // a requirement of a standard was breached
	Harm              *bool        `json:"harm,omitempty"`              // a right of users was harmed
	Income            Fen          `json:"income,omitempty"`            // the illegal income established, in fen
	Rectified         *bool        `json:"rectified,omitempty"`         // result of a verification
	Sanction          string       `json:"sanction,omitempty"`          // the principal one: one of SanctionKinds
	Amount            Fen          `json:"amount,omitempty"`            // money in fen
	Interest          Fen          `json:"interest,omitempty"`          // bank interest of a refund, in fen
	AnnounceSurcharge *bool        `json:"announceSurcharge,omitempty"` // the decision announces the surcharge's rate
	Points            int          `json:"points,omitempty"`            // points a defence makes
	Answered          int          `json:"answered,omitempty"`          // points of the defence that the decision answers
	Opinion           string       `json:"opinion,omitempty"`           // legal review: agree, object or return
	OtherLaw          *bool        `json:"otherLaw,omitempty"`          // do the facts fall under the heavier rule? answered with reasons

	Also        []string      `json:"also,omitempty"`        // kinds imposed beside the principal sanction
	Confiscated Fen           `json:"confiscated,omitempty"` // of the illegal income, in fen
	Returned    Fen           `json:"returned,omitempty"`    // of the illegal income, by law to who lost it (penalties 28), in fen
	Suspension  calendar.Term `json:"suspension,omitzero"`   // how long the business is suspended, from service
	Grave       *bool         `json:"grave,omitempty"`       // a grave case, for the reasons given
	Collective  *bool         `json:"collective,omitempty"`  // decided by the heads together (penalties 57)
	Lifted      []string      `json:"lifted,omitempty"`      // kinds that an outcome takes out of a decision that otherwise stands
	Hearing     *bool         `json:"hearing,omitempty"`     // of a waiver: the hearing too

	Document string       `json:"document,omitempty"` // which document was served
	Method   string       `json:"method,omitempty"`   // of service
	On       calendar.Day `json:"on,omitzero"`        // day stated in the proof of service, or of an act done outside
	Evidence string       `json:"evidence,omitempty"` // id of the proof
	Slip     string       `json:"slip,omitempty"`     // of a payment: the bank's number of the slip
	Payment  int          `json:"payment,omitempty"`  // entry of the payment in doubt, or of the report of one

	Contested     int          `json:"contested,omitempty"` // entry of the contested act
	ContestedCase string       `json:"contestedCase,omitempty"`
	Act           string       `json:"act,omitempty"`        // of what sort the contested act is, told by the door
	Route         string       `json:"route,omitempty"`      // reconsideration or court
	Body          string       `json:"body,omitempty"`       // the body or court that has it
	Applicant     string       `json:"applicant,omitempty"`  // penalised, complainant, third-party
	AppealCase    string       `json:"appealCase,omitempty"` // where the body is on Duban
	FiledOn       calendar.Day `json:"filedOn,omitzero"`     // with the competent body or court: the date that counts
	Simple        bool         `json:"simple,omitempty"`     // simple procedure
	Outcome       string       `json:"outcome,omitempty"`    // of an appeal or judgment; of an imported complaint one of ComplaintOutcomes
	Until         calendar.Day `json:"until,omitzero"`       // a day set by an officer or another body

	Cause     string `json:"cause,omitempty"`     // of an inspection: one of Causes
	Items     []Item `json:"items,omitempty"`     // of a re-inspection: what was open, or still is
	Imported  *bool  `json:"imported,omitempty"`  // a complaint or an inspection that was carried out and ended before this installation
	Shown     *bool  `json:"shown,omitempty"`     // the officers showed their cards
	Signed    *bool  `json:"signed,omitempty"`    // a record was signed by whom it concerns
	Witnessed *bool  `json:"witnessed,omitempty"` // a witness saw that it was not
	Value     string `json:"value,omitempty"`     // measured or scored, as a decimal; yes or no
	Standard  string `json:"standard,omitempty"`  // id of a standard of service quality
	Unlisted  *bool  `json:"unlisted,omitempty"`  // the requirement stands beside the checklist

	NotApplicable *bool           `json:"notApplicable,omitempty"` // the line of the checklist does not apply here
	Checklist     *checklist.List `json:"checklist,omitempty"`     // of the inspection before, which this one goes on with

	BeforeRegime *bool `json:"beforeRegime,omitempty"` // of an import: no text of ours was in force on its day; told by the door

	Contact string `json:"contact,omitempty"` // new contact data of the person: a keyed digest, told by the register, which alone has them

	Source Kind `json:"source,omitempty"` // kind of the case named in case, where it is no complaint

	Case   string `json:"case,omitempty"`   // another case of the same matter
	Regime string `json:"regime,omitempty"` // hash to pin anew (paper of the installation repin)
}

// bodyField is a field of a body by its name in JSON.
type bodyField struct {
	name  string
	zeros bool // left out when zero (omitzero); else when empty (omitempty)
}

// bodyFields are those of Body, in its order, read once.
var bodyFields = func() []bodyField {
	all := reflect.VisibleFields(reflect.TypeFor[Body]())
	fields := make([]bodyField, len(all))
	for i, f := range all {
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		fields[i] = bodyField{name: name, zeros: option == "omitzero"}
	}
	return fields
}()

// given names the fields that the body carries: those that its JSON has.
func (b Body) given() []string {
	var names []string
	v := reflect.ValueOf(&b).Elem()
	for i, f := range bodyFields {
		x := v.Field(i)
		empty := x.IsZero()
		if !f.zeros && x.Kind() == reflect.Slice {
			empty = x.Len() == 0
		}
		if !empty {
			names = append(names, f.name)
		}
	}
	return names
}

// coded is the body without words: what may stand in a ledger.
func (b Body) coded() Body {
	b.Reasons, b.Text, b.Title = "", "", ""
	return b
}

// After names the first past fact of the body whose day lies after today; empty: none does.
func (b Body) After(today calendar.Day) string {
	for _, x := range []struct {
		name string
		day  calendar.Day
	}{
		{"eventOn", b.EventOn}, {"askedOperatorOn", b.AskedOperatorOn}, {"filedOn", b.FiledOn}, {"on", b.On}, {"periodFrom", b.PeriodFrom}, {"periodTo", b.PeriodTo},
	} {
		if x.day.After(today) {
			return x.name
		}
	}
	return ""
}

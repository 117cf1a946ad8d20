package main

import (
	"fmt"
	"slices"
	"strings"

	"duban/law/casefile"
)

// The lengths of what people write.
const (
	line  = `{type: string, minLength: 1, maxLength: 200, pattern: '^[^\x00-\x1f]*$'}`
	prose = `{type: string, minLength: 1, maxLength: 20000, pattern: '^[^\x00]*$'}`
	code  = `{type: string, pattern: '^[a-z0-9][a-z0-9-]{0,63}$'}`
	day   = `{type: string, format: date}`
	id    = `{$ref: '#/components/schemas/Code'}`
	aCase = `{$ref: '#/components/schemas/Id'}`
	yesNo = `{type: boolean}`
	fen   = `{type: integer, format: int64, minimum: %d, maximum: 10000000000000}`
	count = `{type: integer, minimum: %d, maximum: 100000000}`
)

// fields is the schema of each field of a body; %d is 1 where the field is needed, else 0.
var fields = map[string]string{
	"reasons": prose, "text": prose, "title": line, "remedies": line, "requirement": line, "body": line, "evidence": line,
	"dispute": `{type: string, enum: [fee, other]}`, "finding": `{type: string, enum: [founded, partly-founded, unfounded, settled]}`,
	"sanction": `{type: string, enum: [` + list(casefile.SanctionKinds()) + `]}`, "opinion": `{type: string, enum: [agree, object, return]}`,
	"route": `{type: string, enum: [reconsideration, court]}`, "applicant": `{type: string, enum: [penalised, complainant, third-party]}`,
	"outcome":  `{type: string, enum: [` + list(casefile.Outcomes()) + `]}`,
	"deadline": code, "ground": code, "violation": code, "place": code, "document": code, "method": `{type: string, enum: [` + list(casefile.ServiceMethods()) + `]}`,
	"operator": id, "authority": id, "officer": id,
	"officers": `{type: array, minItems: 1, maxItems: 20, items: {$ref: '#/components/schemas/Code'}}`,
	"term":     `{$ref: '#/components/schemas/Term'}`,
	"eventOn":  day, "askedOperatorOn": day, "periodFrom": day, "periodTo": day, "on": day, "filedOn": day, "until": day,
	"also":   `{type: array, minItems: 1, maxItems: 4, uniqueItems: true, items: {type: string, enum: [` + list(casefile.MeasureKinds()) + `]}}`,
	"lifted": `{type: array, minItems: 1, maxItems: 6, uniqueItems: true, items: {type: string, enum: [` + list(casefile.SanctionKinds()) + `]}}`,
	"grave":  yesNo, "collective": yesNo, "hearing": yesNo, "suspension": `{$ref: '#/components/schemas/Term'}`, "confiscated": fen, "returned": fen,
	"agreed": yesNo, "satisfied": yesNo, "breach": yesNo, "harm": yesNo, "rectified": yesNo, "announceSurcharge": yesNo, "otherLaw": yesNo, "simple": yesNo,
	"shown": yesNo, "signed": yesNo, "witnessed": yesNo,
	"imported": yesNo,
	"standard": code, "notApplicable": yesNo, "unlisted": yesNo,
	"items":  `{type: array, maxItems: 200, items: {$ref: '#/components/schemas/ItemBody'}}`,
	"cause":  `{type: string, enum: [planned, complaint, report, superior, re-inspection]}`,
	"value":  `{type: string, pattern: '^-?[0-9]{1,12}([.][0-9]{1,6})?$'}`,
	"amount": fen, "interest": fen, "income": fen, "complainants": count, "representatives": count, "points": count, "answered": count, "contested": count,
	"slip": `{type: string, minLength: 1, maxLength: 64, pattern: '^[0-9A-Za-z][0-9A-Za-z/.-]*$'}`, "payment": count,
	"contestedCase": aCase, "appealCase": aCase, "case": aCase,
}

// doorFields are what only the door knows: they are no part of what the law reads.
var doorFields = map[string]string{
	"subject":        line,
	"effectiveOn":    day,
	"externalSource": id, "externalId": line, "receivedOn": day,
	"complainantName": line, "complainantPhone": phone, "complainantEmail": mail, "complainantAddress": line,
	"applicantName": line, "applicantPhone": phone, "applicantEmail": mail, "applicantAddress": line,
}

const (
	phone = `{type: string, minLength: 1, maxLength: 100, pattern: '^[^\x00-\x1f]*$', description: as people write it}`
	mail  = `{type: string, maxLength: 200, pattern: '^[^@\x00-\x20]+@[^@\x00-\x20]+$'}`
)

var described = map[string]string{
	"title":    "the matter in one line of the authority''s words, without personal data, as operators read it; if absent, a neutral one",
	"deadline": "name of the term of a party", "reasons": "why, in words", "amount": "in fen", "interest": "in fen", "contested": "number of the contested entry",
	"slip": "the bank''s number of the slip (缴款凭证号): letters, digits and / . - between them", "payment": "number of the entry of the payment that is in doubt, or of the report that waits",
	"evidence": "id of the proof", "shown": "the officers showed their cards", "value": "as measured or scored", "standard": "id of a standard of service quality that is in force today; if absent, the only one that binds such an operator", "unlisted": "the requirement stands beside the checklist", "notApplicable": "the line of the checklist does not apply here; with reasons", "breach": "of a line of the checklist the value decides", "cause": "why: who files one by hand names complaint, report or superior and says why in text; planned ones are opened by their plan", "on": "the day stated in the proof; of a hearing, the day for which it is called", "sender": "whose paper it is, where an officer enters it",
	"sanction": "the principal one; where there is a fine it is that", "also": "kinds imposed beside it",
	"confiscated": "of the illegal income, in fen", "returned": "of the illegal income by law to who lost it, in fen; with what is confiscated it makes up what was established",
	"grave": "a grave case, for the reasons given", "collective": "decided by the heads together", "hearing": "the hearing is waived too",
	"lifted": "kinds that fall while the rest of the decision stands",
	"income": "illegal income established, in fen", "complainants": "of a joint complaint: how many complain",
	"representatives": "of a joint complaint: how many act for all", "place": "the connection by which the authority is competent, a code of the regime",
	"effectiveOn": "the day the law counts, stated by an officer with evidence", "subject": "one line for lists, without personal data",
	"receivedOn": "for imports that keep an earlier receipt", "eventOn": "the day of the event, or of knowing of the contested act",
	"authority": "which authority it is for, or goes to",
}

// fieldsOf is the needed and the other fields that the door takes for a move.
func fieldsOf(s casefile.Spec) (needed, others []string) {
	needed, others = slices.Clone(s.Needs), slices.Clone(s.Takes)
	if s.Class == casefile.Act {
		if i := slices.Index(others, "contact"); i >= 0 { // the person's data, which the law does not read
			who := string(s.Kind.Filer())
			others = slices.Replace(others, i, i+1, who+"Name", who+"Phone", who+"Email", who+"Address")
		}
		return needed, others
	}
	if s.Name == "filing" {
		switch s.Kind {
		case casefile.Complaint:
			others = slices.DeleteFunc(others, func(f string) bool { return f == "case" || f == "beforeRegime" }) // of transfers only; the door knows what was in force
			needed = append(needed, "subject", "complainantName")
			others = append(others, "complainantPhone", "complainantEmail", "complainantAddress", "externalSource", "externalId", "receivedOn")
		case casefile.Appeal:
			others = slices.DeleteFunc(others, func(f string) bool { return f == "authority" || f == "act" }) // the door knows the act and whose it is
			others = append(others, "subject", "applicantName", "applicantPhone", "applicantEmail", "applicantAddress")
		default:
			others = slices.DeleteFunc(others, func(f string) bool { return f == "source" || f == "checklist" || f == "beforeRegime" }) // of cases that another one opens
			others = append(others, "subject")
			if s.Kind == casefile.Inspection {
				others = append(others, "externalSource", "externalId", "receivedOn")
			}
		}
		return needed, others
	}
	others = append(others, "sender")
	if s.ByDay && !slices.Contains(s.Needs, "on") {
		others = append(others, "effectiveOn")
		if !slices.Contains(s.Takes, "evidence") {
			others = append(others, "evidence")
		}
	}
	return needed, others
}

func (t *text) bodies(k casefile.Kind) {
	for _, s := range casefile.Specs(k) {
		if s.Inside {
			continue
		}
		needed, others := fieldsOf(s)
		t.line(2, "%s:", bodyName(s))
		t.line(3, "type: object")
		t.line(3, "additionalProperties: false")
		if len(needed) > 0 {
			t.line(3, "required: [%s]", list(needed))
		}
		all := slices.Concat(needed, others)
		if len(all) == 0 {
			continue
		}
		t.line(3, "properties:")
		for _, f := range all {
			t.line(4, "%s: %s", word(f), schemaOf(s, f, slices.Contains(needed, f)))
		}
	}
}

func schemaOf(s casefile.Spec, field string, needed bool) string {
	schema, ok := fields[field]
	if !ok {
		schema, ok = doorFields[field]
	}
	if field == "outcome" && s.Kind == casefile.Inspection {
		schema = "{type: string, enum: [released, tested, handed-over, seized]}"
	}
	if field == "outcome" && s.Kind == casefile.Complaint && s.Class == casefile.Paper && s.Name == "filing" {
		schema = "{type: string, enum: [" + list(casefile.ComplaintOutcomes()) + "], description: 'of an import that was over elsewhere: how it ended'}"
	}
	if field == "value" && s.Name == "record" {
		schema = `{type: string, pattern: '^(yes|no|-?[0-9]{1,12}([.][0-9]{1,6})?)$'}`
	}
	if field == "outcome" && s.Kind == casefile.Enforcement && s.Class == casefile.Act {
		schema = "{type: string, enum: [held, no-show, left]}"
	}
	if field == "sender" {
		schema, ok = "{type: string, enum: ["+list(s.Senders)+"]}", true
	}
	if !ok {
		panic(fmt.Sprintf("the contract has no schema for field %s of %s", field, s.Key()))
	}
	if strings.Contains(schema, "%d") {
		least := 0
		if needed || field == "contested" {
			least = 1 // zero is the same as absent
		}
		schema = fmt.Sprintf(schema, least)
	}
	if d := described[field]; d != "" && !strings.Contains(schema, "$ref") {
		schema = strings.TrimSuffix(schema, "}") + ", description: '" + d + "'}"
	}
	return schema
}

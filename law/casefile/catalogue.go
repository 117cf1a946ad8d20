package casefile

import (
	"slices"
	"strings"
)

// Spec is one line of the catalogue: a paper or an act that a kind of case knows.
type Spec struct {
	Kind    Kind
	Class   Class
	Name    string
	Title   Text
	Needs   []string // fields of the body that must be there
	Takes   []string // fields that may be
	Roles   []Role   // acts: who may
	Anyone  bool     // acts: any officer of the authority, not only the one assigned
	Senders []string // papers: whose paper it is; an officer may enter any on the sender's behalf
	ByDay   bool     // papers: the day of posting or signing counts, not receipt. It is how civil procedure 85 leaves out the days under way
	Own     bool     // acts that stay the authority's own: their lines are not shown to operators and complainants
	Asks    []Ask    // what the law is told of the world for it, in this order; of papers only what makes one doubtful
	Named   []Role   // acts: of which role the officers are that the body names; none: any
	Ahead   bool     // its day `on` is one to come; every other day that a body names is a past fact
	Inside  bool     // papers that only the installation or a linked case sends, never the door

	Under string // acts: the move whose clause an act rests on where a pinned text is older than it; empty: such a text knows no such act

	Readers []Reading // who reads its words, beside the staff in scope and whose paper it is; none: it stays inside
}

// Key is how a regime names the move.
func (s Spec) Key() string { return string(s.Kind) + "." + s.Name }

// Fields is every field of the body that the move takes.
func (s Spec) Fields() []string { return append(slices.Clone(s.Needs), s.Takes...) }

// SpecOf finds a paper or act by its name.
func SpecOf(k Kind, name string) (Spec, bool) {
	for _, s := range catalogue[k] {
		if s.Name == name {
			return s, true
		}
	}
	return Spec{}, false
}

// Specs lists what a kind knows, papers first, in the order of its catalogue.
func Specs(k Kind) []Spec { return slices.Clone(catalogue[k]) }

// Extra lists the fields of the body that the move does not take.
func (s Spec) Extra(b Body) []string {
	var extra []string
	for _, name := range b.given() {
		if !slices.Contains(s.Needs, name) && !slices.Contains(s.Takes, name) {
			extra = append(extra, name)
		}
	}
	slices.Sort(extra)
	return extra
}

// Missing names the first needed field that the body lacks; empty when it has all.
func (s Spec) Missing(b Body) string {
	if len(s.Needs) == 0 {
		return ""
	}
	has := b.given()
	for _, name := range s.Needs {
		if !slices.Contains(has, name) {
			return name
		}
	}
	return ""
}

func (s Spec) missing(b Body) *Refusal {
	name := s.Missing(b)
	if name == "" {
		return nil
	}
	return missingField(name)
}

func missingField(name string) *Refusal {
	return &Refusal{Code: "missing-field", Field: name, Reason: Text{
		Zh: "缺少必填项 " + name + "。", En: "the field " + name + " is needed",
	}}
}

var (
	officers = []Role{RoleOfficer, RoleHead}
	head     = []Role{RoleHead}
	reviewer = []Role{RoleReviewer}

	asksTeam = []Ask{AskTeam, AskCards, AskTypes}
)

func rolesZh(roles []Role) string {
	names := map[Role]string{RoleOfficer: "承办人", RoleReviewer: "法制审核人员", RoleHead: "机关负责人"}
	var out []string
	for _, r := range roles {
		out = append(out, names[r])
	}
	return strings.Join(out, "或")
}

func rolesEn(roles []Role) string {
	names := map[Role]string{RoleOfficer: "handling officer", RoleReviewer: "legal reviewer", RoleHead: "head of the authority"}
	var out []string
	for _, r := range roles {
		out = append(out, names[r])
	}
	return strings.Join(out, " or ")
}

var catalogue = map[Kind][]Spec{
	Complaint:   kindSpecs(Complaint, complaintSpecs, correcting(theCorrectedComplaint, "eventOn", "askedOperatorOn", "dispute", "operator", "contact"), contestSpecs, restoring("complainant", "operator"), sharedSpecs),
	Enforcement: kindSpecs(Enforcement, enforcementSpecs, correcting(forOperatorAsWritten, "requirement", "periodFrom", "periodTo", "operator"), hearingSpecs, publicitySpecs, contestSpecs, restoring("operator"), sharedSpecs),
	Appeal:      kindSpecs(Appeal, appealSpecs, correcting(forApplicantAsWritten, "eventOn", "contact"), sharedSpecs),
	Inspection:  kindSpecs(Inspection, inspectionSpecs, sharedSpecs),
}

func kindSpecs(k Kind, lists ...[]Spec) []Spec {
	var all []Spec
	for _, list := range lists {
		for _, s := range list {
			s.Kind = k
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b Spec) int { return strings.Compare(string(b.Class), string(a.Class)) })
	return all
}

// sharedSpecs are the moves of every kind.
var sharedSpecs = []Spec{
	{Class: Paper, Name: "letter", Title: Text{"来信来函", "letter"}, Needs: []string{"text"}, Takes: []string{"evidence"}, Senders: []string{"complainant", "operator", "applicant", "respondent", "court", "body"}},
	{Class: Paper, Name: "postal-receipt", Title: Text{"邮寄送达回执", "postal receipt"}, Needs: []string{"document", "on"}, Takes: []string{"evidence"}, Senders: []string{"post"}, ByDay: true},
	{Class: Paper, Name: "failed-delivery", Title: Text{"送达未成", "failed delivery"}, Needs: []string{"document"}, Takes: []string{"text"}, Senders: []string{"post"}},
	{Class: Paper, Name: "undelivered", Title: Text{"通知发送失败", "notice undelivered"}, Needs: []string{"document"}, Senders: []string{"house"}, Inside: true},
	{Class: Act, Name: "assign", Title: Text{"分配承办人", "assign to an officer"}, Needs: []string{"officer"}, Roles: officers, Anyone: true, Own: true, Asks: []Ask{AskColleague}, Named: officers},
}

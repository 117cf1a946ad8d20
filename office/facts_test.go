package office

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/access"
	"duban/activities"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// asking is an installation with two bureaus under a ministry, and cases of one of them.
type asking struct {
	*testing.T
	o      *Office
	r      *register.Register
	settle *activities.Activities
	n      int
}

func askingHouse(t *testing.T) *asking {
	o, r := open(t)
	ctx := t.Context()
	for _, a := range []Authority{
		{ID: "miit", Level: "ministry", Domain: "telecom", Code: "BU"},
		{ID: "ln", Parent: "miit", Level: "province", Domain: "telecom", Code: "LN"},
		{ID: "jl", Parent: "miit", Level: "province", Domain: "telecom", Code: "JL"},
		{ID: "mines", Level: "ministry", Domain: "mining", Code: "MI"},
	} {
		require.NoError(t, o.PutAuthority(ctx, admin, a))
	}
	for id, s := range map[string]struct {
		at   string
		role casefile.Role
	}{
		"li": {"ln", casefile.RoleOfficer}, "wang": {"ln", casefile.RoleOfficer}, "bare": {"ln", casefile.RoleOfficer}, "zhao": {"ln", casefile.RoleReviewer},
		"qian": {"ln", casefile.RoleHead}, "sun": {"ln", casefile.RoleHead}, "wu": {"miit", casefile.RoleHead}, "afar": {"jl", casefile.RoleOfficer},
	} {
		_, err := o.PutOfficer(ctx, admin, Officer{ID: id, Authority: s.at, Role: s.role})
		require.NoError(t, err)
		if id != "bare" {
			require.NoError(t, r.PutCard(ctx, casefile.Card{
				Number: "E-" + id, Officer: id, Kind: casefile.EnforcementCard, From: calendar.NewDay(2020, 1, 1), Until: calendar.NewDay(2039, 12, 31),
			}))
		}
	}
	require.NoError(t, r.PutOperator(ctx, Operator{ID: "shop", Name: "商店", Types: []string{"shop"}, Province: "ln"}))
	require.NoError(t, r.PutOperator(ctx, Operator{ID: "telco", Name: "运营商", Types: []string{"telecom-operator"}, Province: "ln"}))
	cal, err := o.docket.Calendar(ctx)
	require.NoError(t, err)
	return &asking{T: t, o: o, r: r, settle: activities.New(r, cal, o.Asker(), nil, nil)}
}

func (h *asking) file(kind casefile.Kind, b casefile.Body) string {
	h.Helper()
	h.n++
	b.Text = "说明"
	got, err := h.o.File(h.Context(), access.Who{Kind: access.Officer, ID: "li", Role: casefile.RoleOfficer, Authority: "ln"}, Filing{
		Key: fmt.Sprint(h.n), Kind: kind, Subject: "案件", Person: Person{Name: "张三", Phone: "13800000000"}, Body: b,
	})
	require.NoError(h, err)
	_, err = h.settle.Settle(h.Context(), activities.SettleInput{Case: got.Case})
	require.NoError(h, err)
	return got.Case
}

// through asks for an act, and gives why it is refused; empty: it is not.
func (h *asking) through(id, name, by string, b casefile.Body) string {
	h.Helper()
	ctx := h.Context()
	who, err := h.r.OfficerByID(ctx, by)
	require.NoError(h, err)
	h.n++
	act := Act{Key: fmt.Sprint(h.n), Case: id, Name: name, Body: b}
	_, err = h.o.Act(ctx, access.Who{Kind: access.Officer, ID: by, Role: who.Role, Authority: who.Authority}, act)
	var no *Rejection
	if errors.As(err, &no) {
		return no.Code + "/" + no.Field
	}
	require.NoError(h, err)
	return ""
}

// Whatever an act asks of the world, the law is told it.
func TestActsAreToldOfTheWorld(t *testing.T) {
	h := askingHouse(t)
	yes := true
	day := calendar.NewDay(2026, 2, 2)
	complaint := h.file(casefile.Complaint, casefile.Body{Dispute: "other", Operator: "telco", Text: "慢"})
	violation := casefile.Body{Violation: "service-standard", Requirement: "hotline", PeriodFrom: day, PeriodTo: day, Operator: "telco"}
	enforcement := h.file(casefile.Enforcement, violation)
	violation.Requirement = "bill"
	another := h.file(casefile.Enforcement, violation)
	inspection := h.file(casefile.Inspection, casefile.Body{Operator: "shop", Cause: "report"})
	facts := casefile.Body{Officers: []string{"li", "wang"}, Breach: &yes, Harm: &yes, Text: "属实"}
	with := func(who ...string) casefile.Body { b := facts; b.Officers = who; return b }
	for _, x := range []struct {
		asks         casefile.Ask
		id, act, who string
		body         casefile.Body
		want         string
	}{
		{casefile.AskColleague, complaint, "assign", "qian", casefile.Body{Officer: "nobody"}, "unknown-officer/officer"},
		{casefile.AskColleague, complaint, "assign", "qian", casefile.Body{Officer: "afar"}, "unknown-officer/officer"},
		{casefile.AskColleague, complaint, "assign", "qian", casefile.Body{Officer: "wu"}, "unknown-officer/officer"},
		{casefile.AskColleague, complaint, "assign", "qian", casefile.Body{Officer: "zhao"}, "wrong-officer-role/officer"},
		{casefile.AskColleague, complaint, "assign", "wu", casefile.Body{Officer: "nobody"}, "wrong-authority/"}, // of others' officers one learns nothing
		{casefile.AskColleague, complaint, "assign", "qian", casefile.Body{Officer: "li"}, ""},
		{casefile.AskTeam, enforcement, "establish", "li", with("li", "nobody"), "unknown-officer/officers"},
		{casefile.AskTeam, enforcement, "establish", "li", with("li", "afar"), "unknown-officer/officers"},
		{casefile.AskCards, enforcement, "establish", "li", with("li", "bare"), "no-enforcement-card/officers"},
		{casefile.AskTeam, enforcement, "establish", "li", with("li", "wu"), ""}, // a team may have members from above
		{casefile.AskTypes, inspection, "approve", "qian", casefile.Body{}, ""},
		{casefile.AskChecklist, inspection, "set-checklist", "li", casefile.Body{Standard: "no-such"}, "unknown-standard/standard"},
		{casefile.AskTypes, inspection, "set-checklist", "li", casefile.Body{Standard: "telecom-indicators"}, "standard-not-binding/standard"},
		{casefile.AskAbove, inspection, "decide-recusal", "wu", casefile.Body{Officer: "li", Agreed: &yes, Reasons: "亲属"}, "wrong-authority/"},
		{casefile.AskAbove, inspection, "decide-recusal", "wu", casefile.Body{Officer: "qian", Agreed: &yes, Reasons: "亲属"}, "nothing-asked/"},
		{casefile.AskTeam, inspection, "decide-recusal", "qian", casefile.Body{Officer: "nobody", Agreed: &yes, Reasons: "亲属"}, "unknown-officer/officer"},
		{casefile.AskReceiver, complaint, "transfer", "li", casefile.Body{Authority: "nowhere", Reasons: "不归本机关"}, "unknown-authority/authority"},
		{casefile.AskReceiver, complaint, "transfer", "li", casefile.Body{Authority: "mines", Reasons: "不归本机关"}, "no-regime/authority"},
		{casefile.AskOperator, complaint, "correct-facts", "li", casefile.Body{Operator: "nobody", Reasons: "误记"}, "unknown-operator/operator"},
		{casefile.AskOperator, complaint, "correct-facts", "wu", casefile.Body{Operator: "nobody", Reasons: "误记"}, "wrong-authority/"},
		{casefile.AskOperator, enforcement, "correct-facts", "li", casefile.Body{Operator: "nobody", Reasons: "误记"}, "unknown-operator/operator"},
		{casefile.AskSameAct, another, "correct-facts", "li", casefile.Body{Requirement: "hotline", Reasons: "误记"}, "same-violation-act/requirement"},
		{casefile.AskSameAct, another, "correct-facts", "li", casefile.Body{Operator: "shop", Requirement: "hotline", Reasons: "误记"}, ""}, // that one holds no day of it
		{casefile.AskSameAct, enforcement, "correct-facts", "li", casefile.Body{Requirement: "hotline", Operator: "telco", Reasons: "误记"}, "same-facts/requirement"},
		{casefile.AskSameAct, complaint, "open-enforcement", "li", casefile.Body{
			Violation: "service-standard", Requirement: "hotline", PeriodFrom: day, PeriodTo: day, Reasons: "并案",
		}, ""}, // joins
		{casefile.AskReceiver, complaint, "transfer", "li", casefile.Body{Authority: "jl", Reasons: "不归本机关"}, ""},
	} {
		require.Equal(t, x.want, h.through(x.id, x.act, x.who, x.body), "%s %s by %s", x.asks, x.act, x.who)
	}
	_, c, err := h.r.CaseByID(t.Context(), complaint)
	require.NoError(t, err)
	require.Contains(t, c.Links, casefile.Link{Case: enforcement, Kind: casefile.Enforcement, As: "enforcement"})
	report, err := h.r.Verify(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, report.Violations)
}

// Representatives are a joint complaint's: where the regime knows none, or too few complain, the door
// says so and takes nothing in silence.
func TestRepresentativesOfNobody(t *testing.T) {
	h := askingHouse(t)
	ctx := t.Context()
	f := filing("nine", "telco", "ln")
	f.Body.Representatives = 9
	var no *Rejection
	_, err := h.o.File(ctx, public, f)
	require.ErrorAs(t, err, &no)
	require.Equal(t, []string{"representatives-unfit", "representatives"}, []string{no.Code, no.Field})
	id := h.file(casefile.Complaint, casefile.Body{Dispute: "other", Operator: "telco"})
	paper := Incoming{Key: "correction", Case: id, Kind: casefile.Complaint, Name: "correction", Body: casefile.Body{Text: "补正", Representatives: 9}}
	_, err = h.o.Receive(ctx, access.Who{Kind: access.Receipt, Case: id}, paper)
	require.ErrorAs(t, err, &no)
	require.Equal(t, "representatives-unfit", no.Code)
	joint := casefile.Joint{From: 4, Min: 1, Max: 3}
	for complainants, representatives := range map[int]int{3: 1, 4: 4, 0: 2} {
		require.NotNil(t, joint.Unfit(casefile.Body{Complainants: complainants, Representatives: representatives}), "%d of %d", representatives, complainants)
	}
	require.Nil(t, joint.Unfit(casefile.Body{Complainants: 4, Representatives: 3}))
	require.Nil(t, joint.Unfit(casefile.Body{Complainants: 9}), "how many there must be the officer asks for")
}

package casefile_test

import (
	"strings"
	"testing"

	"duban/law/casefile"
	"duban/law/checklist"
)

// indicators is a checklist of each way to judge, one line of a text that nobody has read.
func indicators() *checklist.List {
	number := func(s string) *checklist.Decimal {
		d, err := checklist.ParseDecimal(s)
		if err != nil {
			panic(err)
		}
		return &d
	}
	return &checklist.List{
		Standard: "indicators", Version: 1, Hash: strings.Repeat("a", 64), Cite: "telecom-2001:6", Operators: []string{"telecom-operator"},
		Lines: []checklist.Line{
			{Code: "repair", Branch: "work.efficiency", Weight: 5, How: checklist.Method{By: checklist.Measure, Unit: "hour", AtMost: number("48")}, Cite: "telecom-regulation-2016:32", Violation: "service-standard"},
			{Code: "bill", Branch: "work.procedure", Weight: 2, How: checklist.Method{By: checklist.YesNo}, Violation: "service-standard"},
			{Code: "manners", Branch: "work.art", Weight: 2, How: checklist.Method{By: checklist.Score, Points: 10, Pass: 6}},
			{Code: "hotline", Branch: "work.efficiency", Weight: 1, How: checklist.Method{By: checklist.Measure, Unit: "second", AtMost: number("15")}, Unverified: true},
		},
	}
}

// listed is an inspection on site, by the checklist of indicators.
func listed(h *house) string {
	h.t.Helper()
	id := ready(h)
	h.act(id, "set-checklist", li, casefile.Body{Standard: "indicators"})
	h.act(id, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	return id
}

// line is a finding on one requirement.
func line(requirement, value string) casefile.Body {
	return casefile.Body{Officers: pair, Requirement: requirement, Value: value, Text: "t"}
}

func TestAChecklistIsSetBeforeAnythingIsFound(t *testing.T) {
	h := open(t, "2026-03-02")
	id := h.file(casefile.Inspection, here, "officer", casefile.Body{Operator: carrier})
	h.refuses(id, "set-checklist", li, casefile.Body{Standard: "indicators"}, "wrong-state")
	h.act(id, "approve", qian, casefile.Body{})
	h.refuses(id, "set-checklist", zhao, casefile.Body{Standard: "indicators"}, "wrong-role")
	h.refuses(id, "set-checklist", li, casefile.Body{}, "missing-field")
	h.refuses(id, "set-checklist", li, casefile.Body{Standard: "of-yesterday"}, "unknown-standard")
	h.types = []string{"shop"}
	r := h.try(id, "set-checklist", li, casefile.Body{Standard: "indicators"})
	if r == nil || r.Code != "standard-not-binding" || r.Cite != "telecom-2001:6" || r.Field != "standard" {
		t.Errorf("%+v", r)
	}
	h.types = []string{"shop", "telecom-operator"}
	h.act(id, "set-checklist", li, casefile.Body{Standard: "indicators"})
	h.act(id, "appoint", li, casefile.Body{Officers: pair})
	h.act(id, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	if h.lines[id][2].Move != "set-checklist" || !h.lines[id][2].Own(casefile.Inspection) {
		t.Error("by which list it comes is the authority's own")
	}
	h.types = nil // not known: nothing is refused for it
	h.act(id, "set-checklist", li, casefile.Body{Standard: "indicators"})
	h.act(id, "record", li, line("repair", "40"))
	h.refuses(id, "set-checklist", li, casefile.Body{Standard: "indicators"}, "wrong-state")
}

// The value decides: a bound belongs to what is allowed, an officer can't find against it, and what
// is no value is refused with its field.
func TestTheValueDecides(t *testing.T) {
	h := open(t, "2026-03-02")
	id := listed(h)
	breach := func(b casefile.Body, is *bool) casefile.Body { b.Breach = is; return b }
	for _, x := range []struct {
		name  string
		body  casefile.Body
		code  string
		field string
	}{
		{"no value", line("repair", ""), "missing-field", "value"},
		{"no value, and a breach", breach(line("repair", ""), yes()), "missing-field", "value"},
		{"words", line("repair", "long"), "bad-value", "value"},
		{"seven places", line("repair", "1.0000001"), "bad-value", "value"},
		{"yes, of a measure", line("repair", "yes"), "bad-value", "value"},
		{"above the points", line("manners", "11"), "bad-value", "value"},
		{"below nothing", line("manners", "-1"), "bad-value", "value"},
		{"half a point", line("manners", "5.5"), "bad-value", "value"},
		{"neither yes nor no", line("bill", "1"), "bad-value", "value"},
		{"nothing of yes or no", line("bill", ""), "missing-field", "value"},
		{"at the bound, and a breach", breach(line("repair", "48"), yes()), "breach-against-value", "breach"},
		{"above it, and none", breach(line("repair", "48.000001"), no()), "breach-against-value", "breach"},
		{"passed, and a breach", breach(line("manners", "6"), yes()), "breach-against-value", "breach"},
		{"yes, and a breach", breach(line("bill", "yes"), yes()), "breach-against-value", "breach"},
		{"not on the list", breach(line("smile", ""), yes()), "not-on-list", "requirement"},
		{"on the list, said to be beside", casefile.Body{Officers: pair, Requirement: "repair", Value: "40", Text: "t", Unlisted: yes()}, "on-list", "unlisted"},
		{"beside it, nothing found", casefile.Body{Officers: pair, Requirement: "smile", Text: "t", Unlisted: yes()}, "missing-field", "breach"},
		{"beside it, not applicable", casefile.Body{Officers: pair, Requirement: "smile", Text: "t", Reasons: "r", NotApplicable: yes()}, "not-on-list", "notApplicable"},
		{"not applicable without reasons", casefile.Body{Officers: pair, Requirement: "bill", Text: "t", NotApplicable: yes()}, "missing-field", "reasons"},
		{"not applicable, and a value", casefile.Body{Officers: pair, Requirement: "bill", Value: "no", Text: "t", Reasons: "r", NotApplicable: yes()}, "not-applicable-judged", "notApplicable"},
		{"not applicable, and a breach", casefile.Body{Officers: pair, Requirement: "bill", Breach: no(), Text: "t", Reasons: "r", NotApplicable: yes()}, "not-applicable-judged", "notApplicable"},
	} {
		if r := h.try(id, "record", li, x.body); r == nil || r.Code != x.code || r.Field != x.field {
			t.Errorf("%s: %+v", x.name, r)
		}
	}
	r := h.try(id, "record", li, breach(line("repair", "40"), yes()))
	if r == nil || !strings.Contains(r.Reason.Zh, "≤ 48 小时") || !strings.Contains(r.Reason.En, "≤ 48 h") || r.Cite != "telecom-regulation-2016:32" {
		t.Errorf("%+v", r)
	}
	for _, x := range []struct {
		name string
		body casefile.Body
		want casefile.Finding
	}{
		{"at the bound", line("repair", "48"), casefile.Finding{Requirement: "repair", Value: "48", Enforceable: true}},
		{"above it", breach(line("repair", "48.000001"), yes()), casefile.Finding{Requirement: "repair", Value: "48.000001", Breach: true, Enforceable: true}},
		{"a breach is a no", breach(line("bill", ""), yes()), casefile.Finding{Requirement: "bill", Value: "no", Breach: true, Enforceable: true}},
		{"no breach is a yes", breach(line("bill", ""), no()), casefile.Finding{Requirement: "bill", Value: "yes", Enforceable: true}},
		{"passed", line("manners", "6"), casefile.Finding{Requirement: "manners", Value: "6", Enforceable: true}},
		{"not passed", line("manners", "5"), casefile.Finding{Requirement: "manners", Value: "5", Breach: true, Enforceable: true}},
		{"by a text that nobody has read", line("hotline", "16"), casefile.Finding{Requirement: "hotline", Value: "16", Breach: true}},
		{"not applicable", casefile.Body{Officers: pair, Requirement: "hotline", Text: "t", Reasons: "r", NotApplicable: yes()}, casefile.Finding{Requirement: "hotline", NotApplicable: true}},
		{"beside the list", casefile.Body{Officers: pair, Requirement: "smile", Text: "t", Breach: yes(), Unlisted: yes()}, casefile.Finding{Requirement: "smile", Breach: true, Unlisted: true, Enforceable: true}},
	} {
		e := h.act(id, "record", li, x.body)
		all := h.cases[id].Inspection.Findings
		x.want.Entry, x.want.On = e.Seq, h.today()
		if got := all[len(all)-1]; got != x.want {
			t.Errorf("%s: %+v, want %+v", x.name, got, x.want)
		}
	}
}

// Monday by the list; no report before every line is looked at; the score by weight.
func TestAReportAnswersEveryLine(t *testing.T) {
	h := open(t, "2026-03-02")
	id := listed(h)
	h.act(id, "record", li, line("repair", "50"))
	h.act(id, "record", li, line("manners", "8"))
	r := h.try(id, "preliminary", li, casefile.Body{Text: "t"})
	if r == nil || r.Code != "lines-left" || !strings.Contains(r.Reason.En, "apply: 2") || !strings.Contains(r.Reason.En, "bill") || !strings.Contains(r.Reason.Zh, "2 项") {
		t.Fatalf("%+v", r)
	}
	h.act(id, "record", li, casefile.Body{Officers: pair, Requirement: "bill", Text: "t", Reasons: "r", NotApplicable: yes()})
	h.refuses(id, "report", li, casefile.Body{Text: "t"}, "lines-left")
	h.act(id, "record", li, line("hotline", "20"))
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.until("2026-03-10")
	h.act(id, "report", li, casefile.Body{Text: "t"})
	want := checklist.Tally{Met: 1, NotMet: 2, NotApplicable: 1, Weight: 8, PerMille: 200} // 1.6 of 8
	if got := h.cases[id].Inspection.Result; got == nil || *got != want {
		t.Errorf("result %+v, want %+v", got, want)
	}
	h.act(id, "withhold", qian, casefile.Body{Reasons: "r"})

	// The violation that the line points to; another one with reasons; none by a text not read.
	on := func(requirement, violation, reasons string) casefile.Body {
		return casefile.Body{Requirement: requirement, Violation: violation, Reasons: reasons, PeriodFrom: day("2026-03-01"), PeriodTo: day("2026-03-02")}
	}
	h.refuses(id, "open-enforcement", li, on("hotline", "service-standard", "r"), "requirement-not-read")
	h.refuses(id, "open-enforcement", li, on("bill", "", ""), "nothing-open")
	h.refuses(id, "open-enforcement", li, on("repair", "self-check-report", ""), "other-violation")
	h.act(id, "open-enforcement", li, on("repair", "", ""))
	if got := h.cases[h.linked(id, "enforcement")].Enforcement.Violation; got != "service-standard" {
		t.Errorf("opened for %s", got)
	}
}

func TestAnotherViolationWithReasons(t *testing.T) {
	h := open(t, "2026-03-02")
	id := listed(h)
	h.act(id, "record", li, line("repair", "50"))
	h.act(id, "record", li, line("manners", "2"))
	b := casefile.Body{Requirement: "manners", PeriodFrom: day("2026-03-01"), PeriodTo: day("2026-03-02")}
	r := h.try(id, "open-enforcement", li, b)
	if r == nil || r.Code != "missing-field" || r.Field != "violation" {
		t.Errorf("the line points to none: %+v", r)
	}
	b.Violation = "service-standard" // as for any finding: no reasons are asked for
	h.act(id, "open-enforcement", li, b)
	b.Requirement, b.Violation, b.Reasons = "repair", "self-check-report", "r"
	h.act(id, "open-enforcement", li, b)
}

// The list of a re-inspection is that of the inspection before it, also when the standard has a later
// version by then; only the items are checked, each by its line.
func TestReinspectionByTheSameLines(t *testing.T) {
	h := open(t, "2026-03-02")
	id := listed(h)
	h.act(id, "record", li, line("repair", "50"))
	h.act(id, "record", li, line("bill", "yes"))
	h.act(id, "record", li, line("manners", "2"))
	h.act(id, "record", li, line("hotline", "10"))
	h.act(id, "record", li, casefile.Body{Officers: pair, Requirement: "smile", Text: "t", Breach: yes(), Unlisted: yes()})
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.until("2026-03-10")
	h.act(id, "report", li, casefile.Body{Text: "t"})
	later := indicators()
	later.Version, later.Hash = 2, strings.Repeat("b", 64)
	h.lists["indicators"] = later
	h.act(id, "re-inspect", li, casefile.Body{})
	again := h.linked(id, "re-inspection")
	if list := h.cases[again].Checklist; list == nil || list.Version != 1 || len(list.Lines) != 4 {
		t.Fatalf("by %+v", list)
	}
	h.act(again, "approve", qian, casefile.Body{})
	h.refuses(again, "set-checklist", li, casefile.Body{Standard: "indicators"}, "items-given")
	h.act(again, "appoint", li, casefile.Body{Officers: pair})
	h.act(again, "start", li, casefile.Body{Officers: pair, On: h.today(), Shown: yes()})
	h.refuses(again, "record", li, line("repair", "fast"), "bad-value")
	h.act(again, "record", li, line("repair", "47.5"))
	h.act(again, "record", li, line("manners", "9"))
	h.refuses(again, "report", li, casefile.Body{Text: "t"}, "items-left")
	h.act(again, "record", li, casefile.Body{Officers: pair, Requirement: "smile", Text: "t", Breach: no()}) // an item: known to be beside the list
	h.act(again, "report", li, casefile.Body{Text: "t"})
	if got := h.cases[again].Inspection.Result; got == nil || *got != (checklist.Tally{Met: 2, Open: 2, Weight: 7, PerMille: 971}) { // 6.8 of 7
		t.Errorf("result %+v", got)
	}
	h.act(again, "publish", li, casefile.Body{})
	h.act(again, "close", li, casefile.Body{})
	h.act(id, "publish", li, casefile.Body{})
	h.act(id, "close", li, casefile.Body{})
}

// What another authority takes over goes on by the same list.
func TestATransferKeepsTheList(t *testing.T) {
	h := open(t, "2026-03-02")
	id := listed(h)
	h.act(id, "transfer", li, casefile.Body{Reasons: "r", Authority: "jl-pca"})
	if list := h.cases[h.linked(id, "transferred-to")].Checklist; list == nil || list.Standard != "indicators" {
		t.Errorf("by %+v", list)
	}
}

// Without a checklist nothing is new: the officers say whether it is a breach, and of what.
func TestWithoutAChecklist(t *testing.T) {
	h := open(t, "2026-03-02")
	id := found(h, "hotline")
	r := h.try(id, "record", li, line("repair", "50"))
	if r == nil || r.Code != "missing-field" || r.Field != "breach" {
		t.Errorf("%+v", r)
	}
	h.refuses(id, "record", li, casefile.Body{Officers: pair, Requirement: "repair", Text: "t", Reasons: "r", NotApplicable: yes()}, "not-on-list")
	h.act(id, "preliminary", li, casefile.Body{Text: "t"})
	h.until("2026-03-10")
	h.act(id, "report", li, casefile.Body{Text: "t"})
	if c := h.cases[id]; c.Inspection.Result != nil || c.Checklist != nil {
		t.Errorf("%+v", c.Inspection.Result)
	}
	r = h.try(id, "open-enforcement", li, casefile.Body{Requirement: "hotline", PeriodFrom: day("2026-03-01"), PeriodTo: day("2026-03-02")})
	if r == nil || r.Code != "missing-field" || r.Field != "violation" {
		t.Errorf("%+v", r)
	}
}

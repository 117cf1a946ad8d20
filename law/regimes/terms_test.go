package regimes_test

import (
	"reflect"
	"strings"
	"testing"

	"duban/law/casefile"
)

// The numbers of the law, one line each: name, term, roll, clause, and whether no full text
// confirms it. What stands here and not in the law is house data.
const lawOfTerms = `
	complaint.accept                    5wd   no    telecom-complaints-2016:14      unverified
	complaint.answer                    30d   no    telecom-regulation-2016:39
	complaint.answer-complete           30d   no    telecom-complaints-2016:answer  unverified
	complaint.reply                     10d   roll  telecom-complaints-2016:forward unverified
	complaint.supervised-reply          5d    roll  telecom-2001:16                 unverified
	complaint.operators-own-answer      15d   roll  telecom-complaints-2016:8       unverified
	complaint.preservation              5m    no    telecom-2001:17
	complaint.correction                10d   roll  house:correction                unverified
	complaint.feedback                  7d    roll  house:feedback                  unverified
	complaint.consent                   5d    roll  house:consent                   unverified
	complaint.mediation                 30d   no    house:mediation                 unverified
	complaint.close                     5wd   no    house:close                     unverified
	enforcement.rectification           15d   roll  telecom-2001:21                 unverified
	enforcement.decision                90d   no    penalties-2021:60
	enforcement.service                 7wd   no    penalties-2021:61
	enforcement.payment                 15d   roll  penalties-2021:67
	enforcement.defence                 5wd   roll  house:defence                   unverified
	enforcement.hearing-request         5wd   roll  penalties-2021:64
	enforcement.hearing-notice          7wd   roll  penalties-2021:64
	enforcement.hearing                 20wd  no    house:hearing                   unverified
	enforcement.suspension              1m    no    penalties-2021:9                unverified
	enforcement.licence-withdrawal      10wd  no    house:licence-withdrawal        unverified
	enforcement.verification            10wd  no    house:verification              unverified
	enforcement.filing                  7wd   no    house:filing                    unverified
	enforcement.establish               15d   no    house:establish                 unverified
	enforcement.order                   10wd  no    house:order                     unverified
	enforcement.extension               3wd   no    house:extension                 unverified
	enforcement.payment-check           3wd   no    house:payment-check             unverified
	enforcement.refund                  30d   no    house:refund                    unverified
	enforcement.redo                    60d   no    reconsideration-rules-2007:49
	complaint.redo                      60d   no    reconsideration-rules-2007:49
	enforcement.perform                 60d   no    reconsideration-2023:66         unverified
	complaint.perform                   60d   no    reconsideration-2023:66         unverified
	enforcement.reconsideration-window  60d   roll  reconsideration-2023:20
	complaint.reconsideration-window    60d   roll  reconsideration-2023:20
	enforcement.suit-window             6m    roll  litigation-2017:46
	complaint.suit-window               6m    roll  litigation-2017:46
	enforcement.second-suit-window      15d   roll  litigation-2017:45
	complaint.second-suit-window        15d   roll  litigation-2017:45
	appeal.second-suit-window           15d   roll  litigation-2017:45
	enforcement.answer-appeal           10wd  no    reconsideration-2023:48
	complaint.answer-appeal             10wd  no    reconsideration-2023:48
	enforcement.answer-appeal-simple    5wd   no    reconsideration-2023:54
	complaint.answer-appeal-simple      5wd   no    reconsideration-2023:54
	enforcement.answer-court            15d   no    litigation-2017:67
	complaint.answer-court              15d   no    litigation-2017:67
	appeal.answer-court                 15d   no    litigation-2017:67
	appeal.admissibility                5wd   no    reconsideration-2023:30
	appeal.appeal-correction            10wd  roll  reconsideration-2023:31
	appeal.copy                         7wd   no    reconsideration-2023:48
	appeal.respondent-answer            10wd  roll  reconsideration-2023:48
	appeal.review-decision              60d   no    reconsideration-2023:62
	appeal.extension                    30d   no    reconsideration-2023:62
	appeal.copy-simple                  3wd   no    reconsideration-2023:54
	appeal.respondent-answer-simple     5wd   roll  reconsideration-2023:54
	appeal.review-decision-simple       30d   no    reconsideration-2023:62
	complaint.force-majeure             10d   roll  civil-procedure-2023:86
	enforcement.force-majeure           10d   roll  civil-procedure-2023:86
	appeal.announcement                 30d   no    civil-procedure-2023:95
	enforcement.announcement            30d   no    civil-procedure-2023:95
	appeal.service                      7wd   no    house:service                   unverified
	inspection.inspect                  30d   no    house:inspect                   unverified
	inspection.report                   10wd  no    house:report                    unverified
	inspection.comments                 5wd   roll  house:preliminary               unverified
	inspection.preservation             7wd   no    penalties-2021:56
	inspection.improvement              10d   roll  house:improve                   unverified
	complaint.task                      3wd   no    house:task                      unverified
	enforcement.task                    3wd   no    house:task                      unverified
	appeal.task                         3wd   no    house:task                      unverified
	inspection.task                     3wd   no    house:task                      unverified
	complaint.reminder                  3wd   no    house:reminder                  unverified
	enforcement.reminder                3wd   no    house:reminder                  unverified
	appeal.reminder                     3wd   no    house:reminder                  unverified
	inspection.reminder                 3wd   no    house:reminder                  unverified
`

func TestTermsAreThoseOfTheLaw(t *testing.T) {
	terms := telecom(t).Regime.Terms
	seen := map[string]bool{}
	for line := range strings.Lines(strings.TrimSpace(lawOfTerms)) {
		f := strings.Fields(line)
		name, term := f[0], terms[f[0]]
		seen[name] = true
		if term.Term.String() != f[1] || term.Roll != (f[2] == "roll") || term.Cite != f[3] || term.Unverified != (len(f) == 5) {
			t.Errorf("%s is %s, roll %t, by %s, unverified %t", name, term.Term, term.Roll, term.Cite, term.Unverified)
		}
	}
	for name := range terms {
		if !seen[name] {
			t.Errorf("%s is not in this table", name)
		}
	}
}

// House data is never passed off as law.
func TestHouseDataIsMarked(t *testing.T) {
	r := telecom(t).Regime
	for name, term := range r.Terms {
		if strings.HasPrefix(term.Cite, "house:") && !term.Unverified {
			t.Errorf("term %s", name)
		}
	}
	for name, bound := range r.Bounds {
		if !bound.Unverified {
			t.Errorf("bound %s: no law gives one", name)
		}
	}
	for cite, clause := range r.Clauses {
		if strings.HasPrefix(cite, "house:") && !clause.Unverified {
			t.Errorf("clause %s", cite)
		}
		if clause.Title.Zh == "" || clause.Title.En == "" {
			t.Errorf("clause %s lacks a language", cite)
		}
	}
	if !r.Surcharge.Unverified {
		t.Error("base and gap of the surcharge are house data")
	}
}

func TestViolations(t *testing.T) {
	want := map[string]casefile.Violation{
		"service-standard":  {Cite: "telecom-2001:21", Sequence: casefile.OrderThenSanction, Warning: true, FineMin: 500_00, FineMax: 10_000_00, OtherLaw: "telecom-regulation-2016:74", HarmNeeded: true},
		"obstruction":       {Cite: "telecom-2001:22", Sequence: casefile.WarningWithOrderThenFine, Warning: true, FineMax: 10_000_00},
		"false-material":    {Cite: "telecom-2001:22", Sequence: casefile.WarningWithOrderThenFine, Warning: true, FineMax: 10_000_00},
		"self-check-report": {Cite: "telecom-2001:23", Sequence: casefile.WarningOnly, Warning: true},
	}
	got := telecom(t).Regime.Violations
	for code, v := range got {
		if v.Title.Zh == "" || v.Title.En == "" || v.Code != code {
			t.Errorf("%s is %q, titled %v", code, v.Code, v.Title)
		}
		v.Title, v.Code = casefile.Text{}, ""
		if !reflect.DeepEqual(v, want[code]) {
			t.Errorf("%s: %+v", code, v)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d violations, want %d", len(got), len(want))
	}
}

func TestMoneyAndBodies(t *testing.T) {
	r := telecom(t).Regime
	if want := (casefile.Surcharge{PerMille: 30, Every: 1, Cap: 1000, Base: "whole", Cite: "penalties-2021:72", FreezeCite: "penalties-2021:73", Unverified: true}); r.Surcharge != want {
		t.Errorf("surcharge %+v", r.Surcharge)
	}
	body := map[string]string{}
	for _, b := range r.Bodies {
		body[b.Level] = b.Body + " " + b.Cite
	}
	if body["province"] != "superior telecom-2001:24" || body["ministry"] != "itself reconsideration-2023:25" || len(r.Bodies) != 2 {
		t.Errorf("bodies %v", body)
	}
	if b := r.Bounds["enforcement.rectification"]; b.Min != 1 || b.Max != 90 {
		t.Errorf("rectification between %d and %d days", b.Min, b.Max)
	}
}

// A fine of 10,000 yuan due on 2026-03-17 costs 300 a day from the 18th on; the cap is reached on
// the 34th day (penalties 72).
func TestSurchargeByTheRegime(t *testing.T) {
	rule := telecom(t).Regime.Surcharge
	fine := casefile.Fine{Amount: 10_000_00, PerMille: rule.PerMille, Due: day(t, "2026-03-17")}
	for on, want := range map[string]casefile.Fen{
		"2026-03-17": 0, "2026-03-18": 300_00, "2026-03-27": 3_000_00, "2026-04-19": 9_900_00, "2026-04-20": 10_000_00, "2026-06-01": 10_000_00,
	} {
		if got := fine.SurchargeOn(day(t, on), rule); got != want {
			t.Errorf("%s: %d fen, want %d", on, got, want)
		}
	}
}

// The time bars of art. 11 of the complaint measures, and education with penalties 33.
func TestGrounds(t *testing.T) {
	grounds := map[string]casefile.Ground{}
	for name, list := range telecom(t).Regime.Grounds {
		for _, g := range list {
			grounds[name+" "+g.Code] = g
		}
	}
	for name, want := range map[string]string{
		"complaint.decline fee-time-bar":         "5m fee telecom-complaints-2016:11",
		"complaint.decline other-time-bar":       "2y other telecom-complaints-2016:11",
		"complaint.decline not-corrected":        "- - telecom-complaints-2016:12",
		"enforcement.no-penalty minor-corrected": "- - penalties-2021:33 educate",
		"enforcement.no-penalty first-minor":     "- - penalties-2021:33 educate",
		"enforcement.no-penalty no-fault":        "- - penalties-2021:33 educate",
		"enforcement.no-penalty not-proven":      "- - penalties-2021:57",
		"enforcement.hand-over crime":            "- - penalties-2021:27",
		"appeal.decline out-of-time":             "- - reconsideration-2023:20",
		"appeal.stay asked":                      "- - reconsideration-2023:42",
		"appeal.terminate suspended-60-days":     "- - reconsideration-2023:41",
	} {
		g := grounds[name]
		got := []string{dash(g.Within.String()), dash(g.Dispute), g.Cite}
		if g.Educate {
			got = append(got, "educate")
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s", name, s)
		}
	}
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

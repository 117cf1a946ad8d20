package regimes_test

import (
	"slices"
	"strings"
	"testing"

	"duban/law/casefile"
)

// The measures of 2010 hold to 2026-03-14, those of 2026 from the next day on; both are read only
// in part, and say so.
func TestTourismByTheDayOfFiling(t *testing.T) {
	l := load(t)
	for _, c := range []struct {
		day, measures, accept, reply string
		places                       []string
	}{
		{"2026-03-14", "tourism-complaints-2010", "5wd", "10d", []string{"operator", "contract", "harm"}},
		{"2026-03-15", "tourism-complaints-2026", "2wd", "5wd", []string{"operator", "contract", "dispute", "harm"}},
	} {
		b, err := l.At("liaoning-tourism-1991", day(t, c.day))
		if err != nil {
			t.Fatal(err)
		}
		r := b.Regime
		for name, want := range map[string]string{"accept": c.accept, "answer": "60d", "reply": c.reply} {
			term := r.Terms["complaint."+name]
			if term.Term.String() != want || !strings.HasPrefix(term.Cite, c.measures+":") || !term.Unverified || (term.From == casefile.FromAcceptance) != (name == "answer") {
				t.Errorf("%s: %s is %+v", c.day, name, term)
			}
		}
		var places []string
		for _, p := range r.Places {
			places = append(places, p.Code)
		}
		if !slices.Equal(places, c.places) {
			t.Errorf("%s: places %v", c.day, places)
		}
		bar := slices.IndexFunc(r.Grounds["complaint.decline"], func(g casefile.Ground) bool { return g.Code == "time-bar" && g.Within.String() == "90d" })
		if bar < 0 || r.Joint.From != 4 || r.Joint.Min != 1 || r.Joint.Max != 3 || !r.Joint.Unverified {
			t.Errorf("%s: bar %d, joint %+v", c.day, bar, r.Joint)
		}
		if !r.Moves["complaint.tell-operator-first"].Closed {
			t.Errorf("%s: nobody asks the operator first", c.day)
		}
		for cite, clause := range r.Clauses {
			if strings.HasPrefix(cite, "tourism-complaints-") && !clause.Unverified {
				t.Errorf("%s passes for read", cite)
			}
		}
		for _, body := range r.Bodies { // since 2024 the government of the same level, never the bureau above
			if body.Level != "ministry" && (body.Body != "government" || body.Cite != "reconsideration-2023:24") {
				t.Errorf("%s: %+v", c.day, body)
			}
		}
		for _, d := range casefile.Deadlines() {
			for _, k := range d.Kinds {
				term, given := r.Terms[string(k)+"."+d.Name]
				if given && (d.Class == casefile.OwnDuty && term.Roll || d.Class == casefile.PartyTerm && !term.Roll && d.Name != "suspension") {
					t.Errorf("%s.%s: roll %t", k, d.Name, term.Roll)
				}
			}
		}
		for n := 1; n <= 18; n++ {
			if _, ok := r.Clauses["liaoning-tourism-1991:"+itoa(n)]; !ok {
				t.Errorf("article %d of the measures is missing", n)
			}
		}
	}
}

// The scales of tourism law 95 to 105 and of the regulation, in yuan; a higher law on the same
// facts is named.
func TestTourismViolations(t *testing.T) {
	b, err := load(t).At("liaoning-tourism-1991", day(t, "2026-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]struct {
		article          string
		least, most, per casefile.Fen // per: the illegal income from which it is 1 to 5 times that
		other            string
	}{
		"unlicensed":                     {"tourism-law-2018:95", 10_000, 100_000, 100_000, ""},
		"guides":                         {"tourism-law-2018:96", 5_000, 50_000, 0, ""},
		"false-publicity":                {"tourism-law-2018:97", 5_000, 50_000, 50_000, ""},
		"unfit-supplier":                 {"tourism-law-2018:97", 5_000, 50_000, 50_000, ""},
		"no-insurance":                   {"tourism-law-2018:97", 5_000, 50_000, 50_000, ""},
		"forced-shopping":                {"tourism-law-2018:98", 30_000, 300_000, 300_000, ""},
		"no-report":                      {"tourism-law-2018:99", 5_000, 50_000, 0, ""},
		"itinerary-changed":              {"tourism-law-2018:100", 30_000, 300_000, 0, ""},
		"contract-refused":               {"tourism-law-2018:100", 30_000, 300_000, 0, ""},
		"passed-on":                      {"tourism-law-2018:100", 30_000, 300_000, 0, ""},
		"unlawful-programme":             {"tourism-law-2018:101", 20_000, 200_000, 0, ""},
		"unfit-sight":                    {"tourism-law-2018:105", 20_000, 200_000, 0, ""},
		"unlicensed-by-regulation":       {"travel-agencies-2020:46", 100_000, 500_000, 100_000, "tourism-law-2018:95"},
		"filing-faults":                  {"travel-agencies-2020:50", 0, 10_000, 0, ""},
		"contract-faults":                {"travel-agencies-2020:55", 20_000, 100_000, 0, ""},
		"contract-refused-by-regulation": {"travel-agencies-2020:59", 100_000, 500_000, 0, "tourism-law-2018:100"},
		"forced-shopping-by-regulation":  {"travel-agencies-2020:59", 100_000, 500_000, 0, "tourism-law-2018:98"},
		"no-remedy":                      {"travel-agencies-2020:61", 10_000, 50_000, 0, ""},
		"danger-unreported":              {"travel-agencies-2020:63", 20_000, 100_000, 0, ""},
		"sight-overcrowded":              {"tourism-law-2018:105", 0, 0, 0, ""},
		"below-cost":                     {"travel-agencies-2020:62", 0, 0, 0, ""},
	} {
		v, ok := b.Regime.Violations[code]
		if !ok || v.Cite != want.article || v.FineMin != want.least*100 || v.FineMax != want.most*100 || v.Multiple.From != want.per*100 || v.OtherLaw != want.other {
			t.Errorf("%s: %+v", code, v)
		}
		if want.per > 0 && (v.Multiple.Min != 1 || v.Multiple.Max != 5) {
			t.Errorf("%s: %+v", code, v.Multiple)
		}
	}
	if n := len(b.Regime.Violations); n != 21 {
		t.Errorf("%d violations", n)
	}
}

// What the clauses add: suspensions with their bounds, what leaves no choice, what is for grave
// cases, and what falls on persons.
func TestTourismMeasures(t *testing.T) {
	b, err := load(t).At("liaoning-tourism-1991", day(t, "2026-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]string{
		"unlicensed":        "confiscation!",
		"forced-shopping":   "confiscation suspension! licence-revocation?",
		"itinerary-changed": "suspension! licence-revocation?",
		"no-report":         "suspension? licence-revocation?",
		"unfit-sight":       "suspension!",
		"sight-overcrowded": "suspension 1m-6m?",
		"below-cost":        "suspension 1m-3m!",
		"contract-faults":   "suspension?",
	} {
		var got []string
		for _, m := range b.Regime.Violations[code].Also {
			text := m.What
			if !m.Min.IsZero() {
				text += " " + m.Min.String() + "-" + m.Max.String()
			}
			if m.Must {
				text += "!"
			}
			if m.Grave {
				text += "?"
			}
			got = append(got, text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s adds %q, want %q", code, got, want)
		}
	}
	if p := b.Regime.Violations["unlicensed"].Persons; p.FineMin != 2_000_00 || p.FineMax != 20_000_00 || p.Cite != "tourism-law-2018:95" {
		t.Errorf("on persons: %+v", p)
	}
	for name, want := range map[string]casefile.Fen{"liaoning-tourism-1991": 50_000_00, "telecom-2001": 100_000_00} {
		b, err := load(t).At(name, day(t, "2026-05-01"))
		if err != nil {
			t.Fatal(err)
		}
		h := b.Regime.Hearing
		if h.Fine.From != want || !h.Fine.Unverified || !h.Confiscation.Unverified || h.Always.Unverified || !h.Collective.Unverified ||
			!slices.Equal(h.Always.Kinds, []string{"suspension", "licence-revocation"}) {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

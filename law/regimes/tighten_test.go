package regimes_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"duban/law/regimes"
)

const city = "../../examples/dalian-tourism.yaml"

func exampleCity(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(city)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// A city may only tighten (tourism measures 17): each loosening is found at its place.
func TestACityMayOnlyTighten(t *testing.T) {
	for _, c := range []struct {
		name, from, to string // from is a regular expression; its first match becomes to
		want           string // the place, ‸ before it, @ the message; empty: sound
	}{
		{"as it is", `^#`, "# ", ""},
		{"own term shorter in another unit", `term: 45d`, "term: 1m", ""},
		{"own term from receipt, which is earlier", `45d, roll: false, from: acceptance`, "45d, roll: false", "‸id: dalian@no term complaint.answer-complete"},
		{"own term as long", `term: 45d`, "term: 60d", ""},
		{"own term longer", `term: 45d`, "term: 61d", "complaint.answer: {term: ‸61d@61d is longer than the 60d of tourism-complaints-20"},
		{"own term not comparable", `term: 45d`, "term: 30wd", "complaint.answer: {term: ‸30wd@30wd is longer than the 60d of tourism-complaints-20"},
		{"own term rolls", `45d, roll: false`, "45d, roll: true", "45d, roll: ‸true@a last day that moves on"},
		{"party's term shorter", `(?m)^terms:\n`, "terms:\n  complaint.correction: {term: 5d, roll: true, cite: 'dalian-tourism-example:2', unverified: true}\n", "complaint.correction: {term: ‸5d@complaint.correction is no term of the authority's own"},
		{"party's term the same", `(?m)^terms:\n`, "terms:\n  complaint.correction: {term: 10d, roll: true, cite: 'dalian-tourism-example:2', unverified: true}\n", ""},
		{"window of the law shorter", `(?m)^terms:\n`, "terms:\n  complaint.reconsideration-window: {term: 30d, roll: true, cite: 'dalian-tourism-example:2', unverified: true}\n", "window: {term: ‸30d@complaint.reconsideration-window is no term"},
		{"a new duty", `(?m)^terms:\n`, "terms:\n  complaint.preservation: {title: {zh: 保存, en: preservation}, term: 3m, roll: false, cite: 'dalian-tourism-example:2', unverified: true}\n", ""},
		{"bound lower", `min: 3, max: 30`, "min: 1, max: 90", ""},
		{"bound wider", `min: 3, max: 30`, "min: 3, max: 91", "min: 3, max: ‸91@91 is more than the 90 of house:rectification"},
		{"act asks for less", `(?m)^moves:\n`, "moves:\n  complaint.decline: {cite: 'dalian-tourism-example:1', unverified: true}\n", "  ‸complaint.decline:@tourism-complaints-20"},
		{"closed door opened", `(?m)^moves:\n`, "moves:\n  complaint.tell-operator-first: {cite: 'dalian-tourism-example:1', unverified: true}\n", "  ‸complaint.tell-operator-first:@tourism-law-2018:92 closes complaint.tell-operator-first"},
		{"door of the law closed", `(?m)^moves:\n`, "moves:\n  enforcement.no-penalty: {closed: true, cite: 'dalian-tourism-example:1', unverified: true}\n", "no-penalty: {closed: ‸true@penalties-2021:57 opens enforcement.no-penalty"},
		{"own door closed", `(?m)^moves:\n`, "moves:\n  complaint.supervise: {closed: true, cite: 'dalian-tourism-example:1', unverified: true}\n", ""},
		{"further ground", `(?m)^terms:\n`, "grounds:\n  complaint.decline:\n    - {code: rude, title: {zh: 甲, en: a}, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", `{code: ‸rude@"rude" is a further ground for complaint.decline`},
		{"fewer grounds", `(?m)^terms:\n`, "grounds:\n  complaint.decline:\n    - {code: other-body, title: {zh: 甲, en: a}, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", ""},
		{"bar sooner", `(?m)^terms:\n`, "grounds:\n  complaint.decline:\n    - {code: time-bar, title: {zh: 甲, en: a}, within: 60d, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", `    - ‸{code: time-bar@the ground "time-bar" bars a complaint after 90d`},
		{"bar later", `(?m)^terms:\n`, "grounds:\n  complaint.decline:\n    - {code: time-bar, title: {zh: 甲, en: a}, within: 1y, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", ""},
		{"grounds of the law", `(?m)^terms:\n`, "grounds:\n  enforcement.no-penalty:\n    - {code: minor, title: {zh: 甲, en: a}, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", "  ‸enforcement.no-penalty:@the grounds of enforcement.no-penalty are those of the law"},
		{"new violation", `(?m)^terms:\n`, "violations:\n  litter: {title: {zh: 甲, en: a}, cite: 'dalian-tourism-example:1', sequence: warning, warning: true, unverified: true}\nterms:\n", "  ‸litter:@liaoning-tourism-1991 has no such violation"},
		{"narrower fine", `(?m)^terms:\n`, "violations:\n  no-report: {title: {zh: 甲, en: a}, cite: 'tourism-law-2018:99', sequence: sanction-at-once, fineMin: '6000.00', fineMax: '40000.00', appliesTo: [travel-agency]}\nterms:\n", ""},
		{"wider fine", `(?m)^terms:\n`, "violations:\n  no-report: {fineMin: '6000.00', fineMax: '60000.00', title: {zh: 甲, en: a}, cite: 'tourism-law-2018:99', sequence: sanction-at-once, appliesTo: [travel-agency]}\nterms:\n", "fineMax: ‸'60000.00'@the greatest fine is higher, unlike tourism-law-2018:99"},
		{"closed route opened", `(?m)^terms:\n`, "routes:\n  silence: {open: either, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", "silence: {open: ‸either@reconsideration-2023:23 leaves against silence"},
		{"open route closed", `(?m)^terms:\n`, "routes:\n  decision: {open: court-only, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", "decision: {open: ‸court-only@liaoning-tourism-1991 leaves against decision"},
		{"route as it was", `(?m)^terms:\n`, "routes:\n  silence: {open: reconsideration-first, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", ""},
		{"published sooner", `(?m)^terms:\n`, "publication:\n  - {of: inspection-result, how: may, within: 15wd, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", ""},
		{"published later", `(?m)^terms:\n`, "publication:\n  - {of: inspection-result, how: may, within: 21wd, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", "within: ‸21wd@the time to publish is longer, unlike house:publish"},
		{"shown for a time", `(?m)^terms:\n`, "publication:\n  - {of: inspection-result, how: may, within: 20wd, most: 1y, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", ""},
		{"shown at least", `(?m)^terms:\n`, "publication:\n  - {of: inspection-result, how: may, within: 20wd, least: 1m, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", "least: ‸1m@it is shown longer, unlike house:publish"},
		{"must be published", `(?m)^terms:\n`, "publication:\n  - {of: inspection-result, how: must, within: 20wd, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", ""},
		{"a rule left out", `(?m)^terms:\n`, "publication:\n  - {of: penalty-decision, sanctions: [warning], how: may, within: 7wd, withdraw: {term: 3wd, cite: 'penalties-2021:48'}, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", "‸publication:@it leaves out a rule of penalties-2021:48"},
		{"kept longer", `(?m)^terms:\n`, "retention:\n  complaint: {keep: 30y, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", ""},
		{"kept less long", `(?m)^terms:\n`, "retention:\n  complaint: {keep: 9y, cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", "keep: ‸9y@9y is less long than archives-2020:21"},
		{"a measure of grave cases for all", `(?m)^terms:\n`, "violations:\n  no-report: {also: [suspension], title: {zh: 甲, en: a}, cite: 'tourism-law-2018:99', sequence: sanction-at-once, fineMin: '5000.00', fineMax: '50000.00', appliesTo: [travel-agency]}\nterms:\n", "also: ‸[suspension]@a measure is added or wider, unlike tourism-law-2018:99"},
		{"shorter suspension", `(?m)^terms:\n`, "violations:\n  sight-overcrowded: {also: [{what: suspension, min: 1m, max: 3m, grave: true}], title: {zh: 甲, en: a}, cite: 'tourism-law-2018:105', sequence: sanction-at-once, appliesTo: [sight]}\nterms:\n", ""},
		{"longer suspension", `(?m)^terms:\n`, "violations:\n  sight-overcrowded: {also: [{what: suspension, min: 1m, max: 7m, grave: true}], title: {zh: 甲, en: a}, cite: 'tourism-law-2018:105', sequence: sanction-at-once, appliesTo: [sight]}\nterms:\n", "also: ‸[{what@a measure is added or wider, unlike tourism-law-2018:105"},
		{"a measure left to choice", `(?m)^terms:\n`, "violations:\n  below-cost: {also: [{what: suspension, min: 1m, max: 3m}], title: {zh: 甲, en: a}, cite: 'travel-agencies-2020:62', sequence: sanction-at-once, appliesTo: [travel-agency]}\nterms:\n", "also: ‸[{what@a measure that the clause always imposes is left to choice, unlike travel-agencies-2020:62"},
		{"own hearing", `(?m)^terms:\n`, "hearing:\n  fineFrom: {amount: '90000.00', cite: 'dalian-tourism-example:1', unverified: true}\n  confiscationFrom: {amount: '90000.00', cite: 'dalian-tourism-example:1', unverified: true}\n  always: {kinds: [suspension], cite: 'dalian-tourism-example:1', unverified: true}\nterms:\n", "‸hearing:@hearing is inherited from liaoning-tourism-1991"},
		{"another body", `(?m)^terms:\n`, "bodies: [{level: city, body: superior, cite: 'dalian-tourism-example:1', unverified: true}]\nterms:\n", "‸bodies:@bodies is inherited from liaoning-tourism-1991"},
		{"not filed", `(?m)^filedWith.*\n`, "", `‸extends:@with "extends", "filedWith" is missing`},
		{"extends a law", `extends: liaoning-tourism-1991`, "extends: penalties-2021", "extends: ‸penalties-2021@penalties-2021 is no main regulation"},
		{"extends nothing", `extends: liaoning-tourism-1991`, "extends: atlantis-1991", `extends: ‸atlantis-1991@no document has the id "atlantis-1991"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := exampleCity(t)
			at := regexp.MustCompile(c.from).FindStringIndex(text)
			if at == nil {
				t.Fatal("changes nothing")
			}
			text = text[:at[0]] + c.to + text[at[1]:]
			problems := regimes.Check(map[string][]byte{city: []byte(text)})
			if c.want == "" {
				if len(problems) > 0 {
					t.Error(problems)
				}
				return
			}
			place, message, _ := strings.Cut(c.want, "@")
			want := strings.ReplaceAll(located(t, city+"@"+place+"@", city, text)+" "+message, ":  ", ": ")
			found := false
			for _, p := range problems {
				found = found || strings.HasPrefix(p.String(), want)
			}
			if !found {
				t.Errorf("want %s\ngot %v", want, problems)
			}
		})
	}
}

func TestACityIsComposedWithTheProvince(t *testing.T) {
	l, err := regimes.LoadWith(map[string][]byte{city: []byte(exampleCity(t))})
	if err != nil {
		t.Fatal(err)
	}
	b, err := l.At("dalian-tourism-example", day(t, "2026-03-15"))
	if err != nil {
		t.Fatal(err)
	}
	r := b.Regime
	if r.Terms["complaint.answer"].Term.String() != "45d" || r.Terms["complaint.accept"].Term.String() != "2wd" || r.Kinds["complaint"] != "liaoning-tourism-1991:13" {
		t.Errorf("answer %v, accept %v, kinds %v", r.Terms["complaint.answer"].Term, r.Terms["complaint.accept"].Term, r.Kinds)
	}
	if again, err := regimes.Parse(b.Text); err != nil || again.Hash != r.Hash || again.Terms["complaint.answer"].Term != r.Terms["complaint.answer"].Term || len(again.Bodies) != len(r.Bodies) {
		t.Errorf("parsed differently: %v", err)
	}
	if before, err := l.At("dalian-tourism-example", day(t, "2026-03-14")); err != nil || before.Regime.Terms["complaint.accept"].Term.String() != "5wd" {
		t.Errorf("under the measures of 2010: %v", err)
	}
	for _, c := range []struct{ authority, day, want string }{
		{"lnta-dalian", "2026-03-15", "dalian-tourism-example"},
		{"lnta-dalian", "2025-12-31", "liaoning-tourism-1991"},
		{"lnta", "2026-03-15", "liaoning-tourism-1991"},
	} {
		if got, ok := l.For("tourism", c.authority, day(t, c.day)); !ok || got != c.want {
			t.Errorf("%s on %s: %s", c.authority, c.day, got)
		}
	}
	if _, ok := l.For("mining", "x", day(t, "2026-03-15")); ok {
		t.Error("a regime for a domain without one")
	}
}

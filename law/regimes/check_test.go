package regimes_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"duban/law/regimes"
)

// small is a sound document; each case of TestCheck adds lines below it, from line 10 on, or
// changes one of its own.
const small = `id: small-2020
title: {zh: 小法, en: Small Law}
issuer: {zh: 某机关, en: an office}
source: full text
checkedOn: 2025-01-01
effective: {from: 2020-01-01}
clauses:
  "1": {zh: 一, en: one}
  "2": {zh: 二, en: two, unverified: true}
`

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		from string // of small, changed to…
		text string // …this; or added below
		want []string
	}{
		{"sound", "", "moves:\n  complaint.accept: {cite: 'small-2020:1'}\n", nil},
		{"no YAML", "", "moves: {\n", []string{"10:8: not YAML: "}},
		{"nested too deep", "", "note: " + strings.Repeat("[", 10_000) + "\n", []string{"10:71: nested deeper than 64"}},
		{"too long", "", "note: " + strings.Repeat("x", 4<<20) + "\n", []string{"0:0: longer than 4 MB"}},
		{"not UTF-8", "", "note: \xff\n", []string{"10:7: not UTF-8"}},
		{"empty", small, "\n# nothing\n", []string{"0:0: empty"}},
		{"a list", small, "- one\n", []string{`1:1: got array, want object`}},
		{"two documents", "", "---\nid: x\n", []string{"11:1: a second document"}},
		{"unknown field", "", "motions: {}\n", []string{`10:1: unknown field "motions"`}},
		{"unknown field within", "", "moves:\n  complaint.accept: {cite: 'small-2020:1', shut: true}\n", []string{`11:44: unknown field "shut"`}},
		{"key twice", "", "note: one\nnote: two\n", []string{`11:1: "note" stands here twice`}},
		{"key twice within", "zh: 一,", "zh: 一, zh: 壹,", []string{`8:16: "zh" stands here twice`}},
		{"missing field", "source: full text\n", "", []string{`1:1: the field "source" is missing`}},
		{"missing citation", "", "moves:\n  complaint.accept: {closed: true}\n", []string{`11:3: the field "cite" is missing`}},
		{"missing language", "{zh: 一, en: one}", "{zh: 一}", []string{`8:3: the field "en" is missing`}},
		{"wrong type", "", "moves:\n  complaint.accept: {cite: 'small-2020:1', closed: yes-sir}\n", []string{"11:52: got string, want boolean"}},
		{"number for text", "source: full text", "source: 12", []string{"4:9: got number, want string"}},
		{"nothing for text", "source: full text", "source:", []string{"4:1: got null, want string"}},
		{"anchor", "source: full text", "source: &a full text", []string{"4:9: anchor is not used", "4:9: got null"}},
		{"bad day", "from: 2020-01-01", "from: 2020-02-30", []string{`6:19: parse day "2020-02-30"`}},
		{"ends before it begins", "from: 2020-01-01", "from: 2020-01-01, to: 2019-01-01", []string{"6:35: ends before it begins on 2020-01-01"}},
		{"bad term", "", "terms:\n  complaint.accept: {term: 5dw, roll: false, cite: 'small-2020:1'}\n", []string{`11:28: parse term "5dw"`}},
		{"term out of range", "", "terms:\n  complaint.accept: {term: 5000d, roll: false, cite: 'small-2020:1'}\n", []string{`11:28: parse term "5000d"`}},
		{"two faults in one rule", "", "terms:\n  complaint.accept: {term: 5dw, roll: perhaps, cite: 'small-2020:1'}\n", []string{`11:28: parse term`, `11:39: got string, want boolean`}},
		{"unknown document", "", "moves:\n  complaint.accept: {cite: 'smell-2020:1'}\n", []string{`11:28: no document has the id "smell-2020"`}},
		{"unknown clause", "", "moves:\n  complaint.accept: {cite: 'small-2020:3'}\n", []string{`11:28: small-2020 has no clause "3"`}},
		{"malformed citation", "", "moves:\n  complaint.accept: {cite: article 3}\n", []string{"11:28: 'article 3' does not match pattern"}},
		{"rests on the unverified", "", "moves:\n  complaint.accept: {cite: 'small-2020:2'}\n", []string{"11:28: small-2020:2 is unverified, so this rule is too"}},
		{"unknown move", "", "moves:\n  complaint.applaud: {cite: 'small-2020:1'}\n", []string{`11:3: no paper or act is called "complaint.applaud"`}},
		{"move of no kind", "", "moves:\n  accept: {cite: 'small-2020:1'}\n", []string{`11:3: no paper or act is called "accept"`}},
		{"closed paper", "", "moves:\n  complaint.filing: {cite: 'small-2020:1', closed: true}\n", []string{"11:52: complaint.filing is a paper"}},
		{"unknown term", "", "terms:\n  complaint.applause: {term: 5d, roll: false, cite: 'small-2020:1'}\n", []string{`11:3: no deadline is called "complaint.applause"`}},
		{"term without title", "", "terms:\n  appeal.extension: {term: 5d, roll: false, cite: 'small-2020:1'}\n", []string{`11:3: the field "title" is missing: the catalogue has none`}},
		{"reversed bounds", "", "bounds:\n  enforcement.rectification: {min: 9, max: 3, cite: 'small-2020:1'}\n", []string{"11:36: the bounds are reversed: 9 is more than 3"}},
		{"unknown bound", "", "bounds:\n  enforcement.applause: {min: 1, max: 3, cite: 'small-2020:1'}\n", []string{`11:3: no deadline is called`}},
		{"ground code twice", "", "grounds:\n  appeal.stay:\n    - {code: a, title: {zh: 甲, en: a}, cite: 'small-2020:1'}\n    - {code: a, title: {zh: 乙, en: b}, cite: 'small-2020:1'}\n", []string{`13:14: the code "a" stands in this list twice`}},
		{"ground without code", "", "grounds:\n  appeal.stay:\n    - {title: {zh: 甲, en: a}, cite: 'small-2020:1'}\n", []string{`12:7: the field "code" is missing`}},
		{"ground of no act", "", "grounds:\n  appeal.accept:\n    - {code: a, title: {zh: 甲, en: a}, cite: 'small-2020:1'}\n", []string{`11:3: no act called "appeal.accept" takes a ground`}},
		{"least above greatest", "", violation("fineMin: '900.00', fineMax: '90.00'"), []string{"11:101: the least fine is more than the greatest"}},
		{"least alone", "", violation("warning: true, fineMin: '900.00'"), []string{"11:116: a least fine without a greatest"}},
		{"no sanction", "", violation("warning: false"), []string{"11:3: neither a warning nor a fine"}},
		{"fine after a warning only", "", strings.Replace(violation("fineMax: '90.00'"), "order-then-sanction", "warning", 1), []string{`11:89: the sequence "warning" has no fine`}},
		{"amount as a number", "", violation("fineMax: 90"), []string{"11:101: got number, want string"}},
		{"amount in words", "", violation("fineMax: ninety"), []string{"11:101: 'ninety' does not match pattern"}},
		{"unknown sequence", "", strings.Replace(violation("fineMax: '90.00'"), "order-then-sanction", "fine-at-once", 1), []string{"11:71: value must be one of 'order-then-sanction'"}},
		{"other law unknown", "", violation("fineMax: '90.00', otherLaw: 'small-2020:9'"), []string{`11:120: small-2020 has no clause "9"`}},
		{"multiples reversed", "", violation("fineMax: '90.00', multiple: {from: '10.00', min: 5, max: 1}"), []string{"11:120: the multiples are reversed: 5 is more than 1"}},
		{"multiple alone", "", violation("warning: true, multiple: {from: '10.00', min: 1, max: 5}"), []string{"11:117: a multiple without a fine"}},
		{"surcharge by the month", "", "surcharge: {perMille: 30, every: 1m, base: whole, freezeGap: false, freezeNotAccepted: false, cite: 'small-2020:1', freezeCite: 'small-2020:1'}\n", []string{"10:34: '1m' does not match pattern"}},
		{"measures by name and in full", "", violation("also: [confiscation, {what: suspension, min: 1m, max: 6m, grave: true}, {what: licence-revocation}]"), nil},
		{"suspension reversed", "", violation("also: [{what: suspension, min: 6m, max: 1m}]"), []string{"11:99: the bounds are reversed, or can't be compared: 6m and 1m"}},
		{"unknown measure", "", violation("also: [detention]"), []string{"11:99: value must be one of 'public-criticism'"}},
		{"unknown measure in full", "", violation("also: [{what: detention}, suspension]"), []string{"11:106: value must be one of 'public-criticism'"}},
		{"measure twice", "", violation("also: [suspension, {what: suspension, must: true}]"), []string{"11:111: suspension stands in this list twice"}},
		{"term of a confiscation", "", violation("also: [{what: confiscation, max: 1m}]"), []string{"11:99: only a suspension has a term"}},
		{"always and in grave cases", "", violation("also: [{what: suspension, must: true, grave: true}]"), []string{"11:99: what the clause always imposes"}},
		{"persons reversed", "", violation("warning: true, persons: {fineMin: '90.00', fineMax: '10.00', cite: 'small-2020:1'}"), []string{"11:126: the least fine is more than the greatest"}},
		{"persons by no clause", "", violation("warning: true, persons: {fineMax: '10.00', cite: 'small-2020:9'}"), []string{`11:141: small-2020 has no clause "9"`}},
		{"hearing", "", "hearing:\n  fineFrom: {amount: '1000.00', cite: 'small-2020:1'}\n  confiscationFrom: {amount: '1000.00', cite: 'small-2020:1'}\n  always: {kinds: [suspension], cite: 'small-2020:1'}\n", nil},
		{"hearing without threshold", "", "hearing:\n  confiscationFrom: {amount: '1000.00', cite: 'small-2020:1'}\n  always: {kinds: [suspension], cite: 'small-2020:1'}\n", []string{`10:1: the field "fineFrom" is missing`}},
		{"hearing on the unverified", "", strings.Replace("hearing:\n  fineFrom: {amount: '1000.00', cite: 'small-2020:1'}\n  confiscationFrom: {amount: '1000.00', cite: 'small-2020:1'}\n  always: {kinds: [suspension], cite: 'small-2020:1'}\n", "small-2020:1", "small-2020:2", 1), []string{"11:39: small-2020:2 is unverified, so this rule is too"}},
		{"hearing of an unknown kind", "", strings.Replace("hearing:\n  fineFrom: {amount: '1000.00', cite: 'small-2020:1'}\n  confiscationFrom: {amount: '1000.00', cite: 'small-2020:1'}\n  always: {kinds: [suspension], cite: 'small-2020:1'}\n", "[suspension]", "[detention]", 1), []string{"13:20: value must be one of"}},
		{"needs of a paper", "", "moves:\n  complaint.reply: {cite: 'small-2020:1', needs: [text]}\n", []string{"11:51: complaint.reply is a paper"}},
		{"needs what it has", "", "moves:\n  complaint.decline: {cite: 'small-2020:1', needs: [reasons]}\n", []string{`11:53: complaint.decline takes no field "reasons" that could be left out`}},
		{"remedy unknown", "", "moves:\n  complaint.decline: {cite: 'small-2020:1', remedies: ['small-2020:9']}\n", []string{`11:56: small-2020 has no clause "9"`}},
		{"route of no act", "", "routes:\n  applause: {open: either, cite: 'small-2020:1'}\n", []string{`11:3: no act that can be contested is called "applause"`}},
		{"route of no sort", "", "routes:\n  silence: {open: none, cite: 'small-2020:1'}\n", []string{"11:19: value must be one of 'either'"}},
		{"route without clause", "", "routes:\n  silence: {open: either}\n", []string{`11:3: the field "cite" is missing`}},
		{"publication of no sort", "", "publication:\n  - {of: rumour, how: may, cite: 'small-2020:1'}\n", []string{"11:10: value must be one of 'inspection-result'"}},
		{"publication without how", "", "publication:\n  - {of: inspection-result, cite: 'small-2020:1'}\n", []string{`11:5: the field "how" is missing`}},
		{"never, with times", "", "publication:\n  - {of: inspection-result, how: never, most: 3m, cite: 'small-2020:1'}\n", []string{"11:34: what is never published has no times"}},
		{"must, by no day", "", "publication:\n  - {of: inspection-result, how: must, cite: 'small-2020:1'}\n", []string{`11:5: the field "within" is missing`}},
		{"never taken down", "", "publication:\n  - {of: penalty-decision, how: may, cite: 'small-2020:1'}\n", []string{`11:5: the field "withdraw" is missing`}},
		{"taken down by no clause", "", "publication:\n  - {of: penalty-decision, how: may, withdraw: {term: 3wd, cite: 'small-2020:9'}, cite: 'small-2020:1'}\n", []string{`11:66: small-2020 has no clause "9"`}},
		{"times of showing reversed", "", "publication:\n  - {of: inspection-result, how: may, least: 1y, most: 3m, cite: 'small-2020:1'}\n", []string{"11:46: the times are reversed: 1y is longer than 3m"}},
		{"sanction unknown", "", "publication:\n  - {of: penalty-decision, sanctions: [exile], how: may, withdraw: {term: 3wd, cite: 'small-2020:1'}, cite: 'small-2020:1'}\n", []string{`11:40: no sanction is called "exile"`}},
		{"sanctions of a result", "", "publication:\n  - {of: inspection-result, sanctions: [fine], how: may, cite: 'small-2020:1'}\n", []string{"11:40: only a penalty-decision imposes sanctions"}},
		{"rule never reached", "", "publication:\n  - {of: inspection-result, how: may, cite: 'small-2020:1'}\n  - {of: inspection-result, how: never, cite: 'small-2020:1'}\n", []string{"12:5: never reached"}},
		{"rule after another's days", "", "publication:\n  - {of: inspection-result, how: may, cite: 'small-2020:1', effective: {from: 2020-01-01, to: 2020-12-31}}\n  - {of: inspection-result, how: never, cite: 'small-2020:1', effective: {from: 2021-01-01}}\n", nil},
		{"retention of no kind", "", "retention:\n  applause: {keep: 10y, cite: 'small-2020:1'}\n", []string{`11:3: no kind of case is called "applause"`}},
		{"retention in days", "", "retention:\n  complaint: {keep: 300d, cite: 'small-2020:1'}\n", []string{`11:21: read retention "300d": want years up to 100y`}},
		{"retention for ever", "", "retention:\n  complaint: {keep: permanent, cite: 'small-2020:1'}\n", nil},
		{"from acceptance elsewhere", "", "terms:\n  complaint.reply: {term: 5d, roll: true, from: acceptance, cite: 'small-2020:1'}\n", []string{"11:49: only complaint.answer runs from acceptance"}},
		{"cap below the term", "", "terms:\n  complaint.reply: {term: 10d, cap: 5d, roll: true, cite: 'small-2020:1'}\n", []string{"11:37: 5d is no cap of a term of 10d"}},
		{"cap in another unit", "", "terms:\n  complaint.reply: {term: 10d, cap: 2m, roll: true, cite: 'small-2020:1'}\n", []string{"11:37: 2m is no cap of a term of 10d"}},
		{"counted backwards from no event", "", "terms:\n  complaint.reply: {term: 10d, before: true, roll: true, cite: 'small-2020:1'}\n", []string{"11:40: complaint.reply is counted forward"}},
		{"representatives reversed", "", "joint: {from: 4, representatives: {min: 3, max: 1}, cite: 'small-2020:1'}\n", []string{"10:41: the bounds are reversed: 3 is more than 1"}},
		{"replaces the unknown", "", "replaces: large-1999\n", []string{`10:11: no document has the id "large-1999"`}},
		{"rank unknown", "", "instruments:\n  decree: {title: {zh: 令, en: decree}, rank: ukase, cite: 'small-2020:1'}\n", []string{`11:46: no rank is called "ukase"`}},
		{"instrument without title", "", "instruments:\n  decree: {rank: law, cite: 'small-2020:1'}\n", []string{`11:3: the field "title" is missing: no document has the id "decree"`}},
		{"stands on nothing", "", "kinds: {complaint: {cite: 'small-2020:1'}}\n", []string{`10:1: with "kinds", "standsOn" is missing`}},
		{"unknown kind", "", "standsOn: [house]\nkinds:\n  applause: {cite: 'small-2020:1'}\nbodies: [{level: city, body: itself, cite: 'small-2020:1'}]\n", []string{`12:3: no kind of case is called "applause"`}},
		{"stands on the unknown", "", "standsOn: [penalties-1951]\nkinds:\n  inspection: {cite: 'small-2020:1'}\n", []string{`10:12: no document has the id "penalties-1951"`}},
		{"rule never in force", "", "moves:\n  complaint.accept: {cite: 'small-2020:1', effective: {from: 2001-01-01, to: 2002-01-01}}\n", []string{"11:55: never in force"}},
		{"after a block", "source: full text", "source: |\n  full\n  text", []string{}},
		{"fault after a block", "source: full text", "source: |\n  full\n  text\nmotions: {}", []string{`7:1: unknown field "motions"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := small + c.text
			if c.from != "" {
				if text = strings.Replace(small, c.from, c.text, 1); text == small {
					t.Fatal("changes nothing")
				}
			}
			expect(t, regimes.Check(map[string][]byte{"small.yaml": []byte(text)}), "small.yaml:", c.want)
		})
	}
}

func violation(more string) string {
	return "violations:\n  noise: {title: {zh: 噪声, en: noise}, cite: 'small-2020:1', sequence: order-then-sanction, " + more + "}\n"
}

// expect compares the problems of one file, each by its beginning.
func expect(t *testing.T, problems []regimes.Problem, file string, want []string) {
	t.Helper()
	left := slices.Clone(want)
	for _, p := range problems {
		if !strings.ContainsFunc(p.Zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) || strings.Contains(p.Zh+p.Message, "%!") {
			t.Errorf("not in Chinese: %s: %s", p, p.Zh)
		}
		rest, ok := strings.CutPrefix(p.String(), file)
		i := slices.IndexFunc(left, func(w string) bool { return strings.HasPrefix(rest, w) })
		if ok && i >= 0 {
			left = slices.Delete(left, i, i+1)
			continue
		}
		t.Errorf("unexpected: %s", p)
	}
	for _, w := range left {
		t.Errorf("not reported: %s", w)
	}
}

package regimes_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"duban/law/regimes"
)

// The built-in documents, with a change, as a lawyer would check a draft of them.
func TestCheckOfAChangedRegime(t *testing.T) {
	for _, c := range []struct {
		name, file, from, to string // from is a regular expression; to replaces its first match
		want                 []string
	}{
		{"as it is", "telecom-2001.yaml", `^#`, "# ", nil},
		{
			"an act without authority", "telecom-2001.yaml", `(?m)^  complaint\.supervise: .*\n`, "",
			[]string{"telecom-2001.yaml @  ‸complaint: {cite@ no authority for the act complaint.supervise"},
		},
		{
			"a paper without authority", "litigation-2017.yaml", `(?m)^  appeal\.suit: .*\n`, "",
			[]string{"telecom-2001.yaml @  ‸appeal: {cite@ no authority for the paper appeal.suit", "liaoning-tourism-1991.yaml @  ‸appeal: {cite@ no authority for the paper appeal.suit"},
		},
		{
			"no term", "house.yaml", `(?m)^  complaint\.close: \{term.*\n`, "",
			[]string{"telecom-2001.yaml @  ‸complaint: {cite@ no term complaint.close", "liaoning-tourism-1991.yaml @  ‸complaint: {cite@ no term complaint.close"},
		},
		{
			"no term that is no deadline", "reconsideration-2023.yaml", `(?m)^  appeal\.extension:\n(    .*\n)+`, "",
			[]string{"telecom-2001.yaml @  ‸appeal: {cite@ no term appeal.extension", "liaoning-tourism-1991.yaml @  ‸appeal: {cite@ no term appeal.extension"},
		},
		{
			"no grounds", "reconsideration-2023.yaml", `(?m)^  appeal\.stay:\n(    .*\n)+`, "",
			[]string{"telecom-2001.yaml @  ‸appeal: {cite@ no grounds for the act appeal.stay", "liaoning-tourism-1991.yaml @  ‸appeal: {cite@ no grounds for the act appeal.stay"},
		},
		{
			"no surcharge", "penalties-2021.yaml", `(?m)^surcharge:\n(  .*\n)+`, "",
			[]string{"telecom-2001.yaml @  ‸enforcement: {cite@ no surcharge", "liaoning-tourism-1991.yaml @  ‸enforcement: {cite@ no surcharge"},
		},
		{
			"no rule on publication", "house.yaml", `(?m)^publication:\n(  .*\n)+`, "",
			[]string{
				"telecom-2001.yaml @  ‸inspection: {cite@ no rule on publication for inspection-result, and the act inspection.publish is not closed",
				"liaoning-tourism-1991.yaml @  ‸inspection: {cite@ no rule on publication for inspection-result, and the act inspection.publish is not closed",
			},
		},
		{
			"no hearing", "telecom-2001.yaml", `(?m)^hearing:\n(  .*\n)+`, "",
			[]string{"telecom-2001.yaml @  ‸enforcement: {cite@ no hearing: from which fine on there is a right to one"},
		},
		{
			"no violations", "telecom-2001.yaml", `(?m)^violations:\n(  .*\n)+`, "",
			[]string{
				"telecom-2001.yaml @  ‸enforcement: {cite@ no violations",
				`telecom-2001.yaml @    violation: ‸self-check-report@ telecom-2001 has no violation "self-check-report": a duty has a sanction clause or none`,
			},
		},
		{
			"no bodies", "telecom-2001.yaml", `(?m)^bodies:\n(  .*\n)+`, "",
			[]string{"telecom-2001.yaml @‸kinds:@ no bodies that hear a reconsideration"},
		},
		{
			"no enforcement", "telecom-2001.yaml", `(?m)^  enforcement: .*\n`, "",
			[]string{"telecom-2001.yaml @‸kinds:@ without the kind enforcement, the act complaint.open-enforcement must be closed"},
		},
		{
			"a rule given twice", "house.yaml", `(?m)^terms:\n`, "terms:\n  complaint.answer: {term: 20d, roll: false, cite: 'house:close', unverified: true}\n",
			[]string{
				"house.yaml @  ‸complaint.answer: {term@ telecom-regulation-2016 gives terms complaint.answer already, and telecom-2001 stands on both",
				"house.yaml @  ‸complaint.answer: {term@ tourism-complaints-2010 gives terms complaint.answer already, and liaoning-tourism-1991 stands on both",
				"house.yaml @  ‸complaint.answer: {term@ tourism-complaints-2026 gives terms complaint.answer already, and liaoning-tourism-1991 stands on both",
			},
		},
		{"the special before the general", "telecom-2001.yaml", `(?m)^terms:\n`, "terms:\n  complaint.answer: {term: 20d, roll: false, cite: 'telecom-2001:16'}\n", nil},
		{
			"a law it does not stand on", "telecom-2001.yaml", `(?m)^  - reconsideration-rules-2007\n`, "",
			[]string{
				"telecom-2001.yaml @  ‸complaint: {cite@ no term complaint.redo", "telecom-2001.yaml @  ‸enforcement: {cite@ no term enforcement.redo",
			},
		},
		{
			"a clause gone that others cite", "penalties-2021.yaml", `(?m)^  "42":\n(    .*\n)+`, "",
			[]string{`penalties-2021.yaml @  enforcement.verify: {cite: ‸@ penalties-2021 has no clause "42"`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw, err := os.ReadFile(c.file)
			if err != nil {
				t.Fatal(err)
			}
			at := regexp.MustCompile(c.from).FindStringIndex(string(raw))
			if at == nil {
				t.Fatal("changes nothing")
			}
			text := string(raw[:at[0]]) + c.to + string(raw[at[1]:])
			problems := regimes.Check(map[string][]byte{c.file: []byte(text)})
			var want []string
			for _, w := range c.want {
				want = append(want, located(t, w, c.file, text))
			}
			expect(t, problems, "", want)
		})
	}
}

// located turns "file @text‸ of it@ message" into "file:line:column: message", the caret showing
// the place in the changed text, or in another file as it is.
func located(t *testing.T, want, changed, text string) string {
	t.Helper()
	part := strings.SplitN(want, "@", 3)
	file := strings.TrimSpace(part[0])
	if file != changed {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text = string(raw)
	}
	before, after, _ := strings.Cut(part[1], "‸")
	i := strings.Index(text, before+after)
	if i < 0 {
		t.Fatalf("%s has no %q", file, before+after)
	}
	i += len(before)
	line := strings.Count(text[:i], "\n") + 1
	column := i - strings.LastIndex(text[:i], "\n")
	return fmt.Sprintf("%s:%d:%d:%s", file, line, column, part[2])
}

func TestCheckReadsFilesTogether(t *testing.T) {
	later := strings.NewReplacer("from: 2020-01-01", "from: 2024-07-01").Replace(small)
	problems := regimes.Check(map[string][]byte{"one.yaml": []byte(small), "two.yaml": []byte(later)})
	expect(t, problems, "", []string{"two.yaml:6:19: small-2020 is in force twice: one.yaml has a text from 2020-01-01"})

	ended := strings.Replace(small, "from: 2020-01-01", "from: 2020-01-01, to: 2024-06-30", 1)
	expect(t, regimes.Check(map[string][]byte{"one.yaml": []byte(ended), "two.yaml": []byte(later)}), "", nil)

	citing := strings.ReplaceAll(later, "small-2020", "other-2024") + "moves:\n  complaint.accept: {cite: 'small-2020:1'}\n"
	expect(t, regimes.Check(map[string][]byte{"one.yaml": []byte(small), "two.yaml": []byte(citing)}), "", nil)
}

// A file with faults of every sort reports them all, in the order of its lines.
func TestCheckReportsEverything(t *testing.T) {
	text := small + "motions: {}\nmoves:\n  complaint.applaud: {cite: 'small-2020:1'}\n  complaint.accept: {}\nterms:\n  complaint.close: {term: 5x, roll: false, cite: 'house:close'}\n"
	var got []string
	for _, p := range regimes.Check(map[string][]byte{"a.yaml": []byte(text)}) {
		got = append(got, p.String())
	}
	want := []string{
		`a.yaml:10:1: unknown field "motions"`,
		`a.yaml:12:3: no paper or act is called "complaint.applaud"`,
		`a.yaml:13:3: the field "cite" is missing`,
		`a.yaml:15:27: parse term "5x"`,
		`a.yaml:15:50: house:close is unverified`,
	}
	if len(got) != len(want) {
		t.Fatalf("got\n%s", strings.Join(got, "\n"))
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("got  %s\nwant %s…", got[i], want[i])
		}
	}
}

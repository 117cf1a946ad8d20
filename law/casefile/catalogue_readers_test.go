package casefile_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"duban/law/casefile"
)

const readersFile = "../../docs/readers.md"

// expected is the table written by hand: move → reader → the words of its cell.
func expected(t *testing.T) map[string]map[casefile.Reader][]string {
	t.Helper()
	raw, err := os.ReadFile("testdata/readers.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]map[casefile.Reader][]string{}
	for _, line := range strings.Split(string(raw), "\n") {
		cells := strings.Fields(line)
		if len(cells) == 0 || cells[0] == "#" {
			continue
		}
		if len(cells) != 1+len(casefile.Readers()) || want[cells[0]] != nil {
			t.Fatalf("bad line: %s", line)
		}
		want[cells[0]] = map[casefile.Reader][]string{}
		for i, who := range casefile.Readers() {
			want[cells[0]][who] = strings.Split(cells[1+i], ",")
		}
	}
	return want
}

// scenes are how a case and an entry may stand; each opens what its word names, and nothing else.
func scenes(k casefile.Kind, s casefile.Spec, who casefile.Reader) map[string]func(*casefile.Case, *casefile.Entry) {
	return map[string]func(*casefile.Case, *casefile.Entry){
		"plain": func(*casefile.Case, *casefile.Entry) {},
		"own":   func(_ *casefile.Case, e *casefile.Entry) { e.By.Sender = string(who) },
		"as-written": func(_ *casefile.Case, e *casefile.Entry) {
			e.Notices = []casefile.Notice{{Document: "x", To: string(who)}}
		},
		"once-asked":  func(c *casefile.Case, _ *casefile.Entry) { c.Complaint.ForwardedOn = day("2026-02-10") },
		"on-answer":   func(c *casefile.Case, _ *casefile.Entry) { c.Complaint.AnsweredOn = day("2026-02-20") },
		"once-copied": func(c *casefile.Case, _ *casefile.Entry) { c.Appeal.Copied = true },
	}
}

// Every move of the catalogue and every reader, in every scene, against the table written by hand.
func TestWhoReadsWhat(t *testing.T) {
	want := expected(t)
	for _, k := range casefile.Kinds() {
		for _, s := range casefile.Specs(k) {
			cells, there := want[s.Key()]
			if !there {
				t.Errorf("%s has no line in testdata/readers.txt: who reads its words?", s.Key())
				continue
			}
			delete(want, s.Key())
			for _, who := range casefile.Readers() {
				for scene, set := range scenes(k, s, who) {
					if scene == "own" && (s.Class != casefile.Paper || !slices.Contains(s.Senders, string(who))) {
						continue
					}
					c := casefile.Case{ID: "c", Kind: k, Operator: carrier, Complaint: &casefile.ComplaintFile{}, Appeal: &casefile.AppealFile{}}
					e := casefile.Entry{Case: "c", Seq: 3, Class: s.Class, Move: s.Name, By: casefile.Actor{Officer: "li"}}
					if s.Class == casefile.Paper {
						e.By = casefile.Actor{Sender: "house"}
					}
					set(&c, &e)
					opens := func(word string) bool {
						return word == "with-entry" || word == scene || word == "on-answer" && scene == "as-written"
					}
					if got, ought := c.Reads(who, e), slices.ContainsFunc(cells[who], opens); got != ought {
						t.Errorf("%s, %s, %s: reads %t, the table says %v", s.Key(), who, scene, got, cells[who])
					}
					if e.None = "case-closed"; scene != "own" && c.Reads(who, e) {
						t.Errorf("%s, %s, %s: reads what is on file only", s.Key(), who, scene)
					}
				}
			}
		}
	}
	for key := range want {
		t.Errorf("testdata/readers.txt has a line for %s, which no catalogue knows", key)
	}
}

// What says nothing in words has no readers, and what stays the authority's own has none outside.
func TestReadersFitTheMove(t *testing.T) {
	for _, k := range casefile.Kinds() {
		for _, s := range casefile.Specs(k) {
			if len(s.Readers) > 0 && (!s.Worded() || s.Own || s.Inside) {
				t.Errorf("%s: readers %v, worded %t, own %t", s.Key(), s.Readers, s.Worded(), s.Own)
			}
			for _, r := range s.Readers {
				if _, cited := law().Regime.Clauses[r.Cite]; r.Cite != "" && !cited {
					t.Errorf("%s: %s is in no text", s.Key(), r.Cite)
				}
			}
		}
	}
}

func readers() string {
	var b strings.Builder
	b.WriteString(`# Who reads the words of a move

Generated from the catalogue in ` + "`casefile`" + ` by ` + "`go test ./law/casefile -run Readers -update`" + `; a test keeps it in step, and another holds it
against a table written by hand (` + "`law/casefile/testdata/readers.txt`" + `).

A move's words are its text and its reasons. The staff in whose scope the case lies read them all, and whoever sent a paper reads that one. Beside them:

- *with-entry*: from its entry on; the move writes to the reader, or is of the reader.
- *as-written*: where the entry itself has a letter to the reader.
- *once-asked*: when the complaint was forwarded to the operator, or mediation was proposed to it. The words alone: name and contact are no part of them.
- *on-answer*: as written, at the latest when the complaint is answered.
- *once-copied*: when the respondent was sent its copy of the application.

An empty cell is internal: how the authority prepared and reviewed what it does (penalties 50, 58), what another body was told, or what another party wrote. A paper that is on file
without effect has reached nobody. Of a case that its operator may not know of yet the operator reads nothing. Moves without words are left out.
`)
	for _, k := range casefile.Kinds() {
		fmt.Fprintf(&b, "\n## %s\n\n| move | | ", strings.ToUpper(string(k[:1]))+string(k[1:]))
		for _, who := range casefile.Readers() {
			fmt.Fprintf(&b, "| %s ", who)
		}
		b.WriteString("| clause |\n|---|---|---|---|---|---|---|---|\n")
		for _, s := range casefile.Specs(k) {
			if !s.Worded() {
				continue
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s ", s.Name, s.Title.Zh, s.Title.En)
			cite := ""
			for _, who := range casefile.Readers() {
				var cell []string
				if s.Class == casefile.Paper && slices.Contains(s.Senders, string(who)) {
					cell = append(cell, "own")
				}
				for _, r := range s.Readers {
					if r.Who == who {
						cell = append(cell, string(r.When))
						cite = r.Cite
					}
				}
				fmt.Fprintf(&b, "| %s ", strings.Join(cell, ", "))
			}
			fmt.Fprintf(&b, "| %s |\n", cite)
		}
	}
	return b.String()
}

func TestReadersFileIsInStep(t *testing.T) {
	want := readers()
	if *update {
		if err := os.WriteFile(readersFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(readersFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is out of step: go test ./law/casefile -run Readers -update", readersFile)
	}
}

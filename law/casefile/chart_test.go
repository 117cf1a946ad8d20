package casefile_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"duban/law/casefile"
)

const statesFile = "../../docs/states.md"

func states() string {
	var b strings.Builder
	b.WriteString(`# The states of a case

Generated from the tables in ` + "`casefile`" + ` by ` + "`go test ./law/casefile -run States -update`" + `; a test keeps it in step.

An arrow names the papers and acts that lead on, and as *lapse of …* the deadlines whose passing has an effect by statute.
Every other lapse leaves the state: an own duty is marked overdue, a party's term puts a task before an officer. A paper that
a state does not name is entered there all the same, without effect and with the reason.
`)
	for _, k := range casefile.Kinds() {
		fmt.Fprintf(&b, "\n## %s\n\n```mermaid\n%s```\n\n", strings.ToUpper(string(k[:1]))+string(k[1:]), casefile.Chart(string(k)))
		b.WriteString("| state | 状态 | | acts next | moves that stay |\n|---|---|---|---|---|\n")
		for _, r := range casefile.Rows(k) {
			var stay []string
			for _, c := range r.Moves {
				if len(c.To) == 0 {
					stay = append(stay, c.Move)
				}
			}
			who := r.Who
			if r.Closed {
				who = "closed"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", r.State, r.Title.Zh, r.Title.En, who, strings.Join(stay, ", "))
		}
	}
	b.WriteString("\n## Deadlines\n\n| name | 期限 | | class | kinds |\n|---|---|---|---|---|\n")
	for _, d := range casefile.Deadlines() {
		var kinds []string
		for _, k := range d.Kinds {
			kinds = append(kinds, string(k))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", d.Name, d.Title.Zh, d.Title.En, d.Class, strings.Join(kinds, ", "))
	}
	return b.String()
}

func TestStatesFileIsInStep(t *testing.T) {
	want := states()
	if *update {
		if err := os.WriteFile(statesFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(statesFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is out of step: go test ./law/casefile -run States -update", statesFile)
	}
}

// Every state can be reached, and every open one can be left.
func TestEveryStateIsOnAWay(t *testing.T) {
	for _, k := range casefile.Kinds() {
		reached, left := map[casefile.State]bool{casefile.Filed: true}, map[casefile.State]bool{}
		for _, r := range casefile.Rows(k) {
			for _, c := range r.Moves {
				for _, s := range c.To {
					if s != r.State {
						reached[s], left[r.State] = true, true
					}
				}
			}
		}
		for _, r := range casefile.Rows(k) {
			if !reached[r.State] || !r.Closed && !left[r.State] {
				t.Errorf("%s %s: reached %v, left %v", k, r.State, reached[r.State], left[r.State])
			}
		}
	}
}

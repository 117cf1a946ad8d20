package casefile

import (
	"fmt"
	"strings"
)

// Chart draws the table of a kind as a mermaid state diagram: every state with who acts next,
// every move that leads to another state, and the lapses that a statute gives an effect.
func Chart(kind string) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	rows := Rows(Kind(kind))
	for _, r := range rows {
		fmt.Fprintf(&b, "    %s: %s<br/>%s<br/>→ %s\n", node(r.State), r.Title.Zh, r.Title.En, r.Who)
	}
	fmt.Fprintf(&b, "    [*] --> %s\n", node(Filed))
	for _, r := range rows {
		to := map[State][]string{}
		var order []State
		for _, c := range r.Moves {
			for _, s := range c.To {
				if s == r.State {
					continue
				}
				if to[s] == nil {
					order = append(order, s)
				}
				name := c.Move
				if c.Class == Lapse {
					name = "lapse of " + name
				}
				to[s] = append(to[s], name)
			}
		}
		for _, s := range order {
			fmt.Fprintf(&b, "    %s --> %s: %s\n", node(r.State), node(s), strings.Join(to[s], ", "))
		}
		if r.Closed {
			fmt.Fprintf(&b, "    %s --> [*]\n", node(r.State))
		}
	}
	return b.String()
}

// node is a state's name as mermaid takes it.
func node(s State) string { return strings.ReplaceAll(string(s), "-", "_") }

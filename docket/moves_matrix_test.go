package docket_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
)

const movesFile = "testdata/moves.txt"

// cell is what a move is to somebody in a state: open, barred:CODE, none, or what the case is to him.
type cell string

const (
	opened cell = "open"
	none   cell = "none"
)

// Every move of the catalogue, in every state of its table, for everybody who may ask: what the docket offers.
// The file is the one table of it, for people to read: a line that changes is a right that changes. Beside it
// stand rules that are made of the roles and senders of the catalogue alone, and the office is asked too: what
// is not offered it must refuse.
func TestMovesMatrix(t *testing.T) {
	t.Parallel()
	h := open(t)
	cells := 0
	var text strings.Builder
	text.WriteString(movesHead)
	for _, k := range casefile.Kinds() {
		m := h.matrix(k)
		cells += m.cells
		m.write(&text)
	}
	if *update {
		require.NoError(t, os.WriteFile(movesFile, []byte(text.String()), 0o644))
	}
	want, err := os.ReadFile(movesFile)
	require.NoError(t, err)
	same(t, string(want), text.String())
	t.Logf("%d cells", cells)
	require.GreaterOrEqual(t, cells, 20_000, "moves × states × askers")
}

const movesHead = `# What is open to whom, by kind, move and state. Written by: go test ./docket -run Moves -update
#
# Under each move stand those for whom there is anything, and the states in which it is open, or shown with the
# code by which it is barred. In every other state, and for everybody who is not named, it is not there.
`

// same compares two texts line by line, and tells what is no more so and what is now.
func same(t *testing.T, want, got string) {
	t.Helper()
	old, now := underHeads(want), underHeads(got)
	for line := range old {
		if !now[line] {
			t.Errorf("no more so: %s", line)
		}
	}
	for line := range now {
		if !old[line] {
			t.Errorf("now so:     %s", line)
		}
	}
}

// underHeads are the lines of a text, each with the move and the askers that it stands under.
func underHeads(text string) map[string]bool {
	lines, move, who := map[string]bool{}, "", ""
	for _, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "      "):
			lines[move+" │ "+who+" │ "+strings.TrimSpace(line)] = true
		case strings.HasPrefix(line, "  "):
			who = strings.TrimSpace(line)
		default:
			move = line
			lines[move] = true
		}
	}
	return lines
}

// matrix is that of one kind.
type matrix struct {
	*house
	kind   casefile.Kind
	askers []asker
	about  map[string]string // case ids
	cells  int
	rows   map[string]map[string]map[cell][]string // move → asker → cell → states
}

func (h *house) matrix(k casefile.Kind) *matrix {
	h.Helper()
	held := h.cases()
	m := &matrix{house: h, kind: k, askers: askers(held, h.file()), about: map[string]string{}, rows: map[string]map[string]map[cell][]string{}}
	for name, r := range held {
		m.about[name] = r.Case
	}
	for _, row := range casefile.Rows(k) {
		m.put(row.State)
		for _, a := range m.askers {
			m.ask(row, a)
		}
	}
	return m
}

// put puts all cases into a state.
func (m *matrix) put(s casefile.State) {
	for name, id := range m.about {
		m.stand(as(name, standing(m.kind, s, id, m.regime(id), m.days)))
	}
}

// as makes of a case the one that is called so.
func as(name string, c casefile.Case) casefile.Case {
	switch name {
	case untold:
		c.Visible = false
	case free:
		c.Officer = ""
	case otherApplicant:
		if c.Appeal != nil {
			c.Appeal.Applicant = "complainant"
		}
	}
	return c
}

// ask fills the cells of one asker in one state, and holds each against the rules and against the office.
func (m *matrix) ask(row casefile.Row, a asker) {
	id, ctx := m.about[a.about], m.Context()
	line, c, err := m.docket.Find(ctx, a.who, access.ReadCase, id, m.kind)
	what := seen(m, err)
	require.Equal(m, a.sees, what, "%s of a %s in %s", a.name, m.kind, row.State)
	offered := map[string]cell{}
	if err == nil {
		file, err := m.docket.File(ctx, a.who, line, c)
		require.NoError(m, err)
		for _, o := range file.Moves {
			offered[o.Name] = opened
			if o.Barred != nil {
				offered[o.Name] = cell("barred:" + o.Barred.Code)
			}
		}
	}
	known := 0
	for _, s := range casefile.Specs(m.kind) {
		got, there := offered[s.Name]
		switch {
		case what != sees:
			got = cell(what)
		case !there:
			got = none
		default:
			known++
		}
		m.cells++
		m.hold(row, a, s, got)
		if got == none || what != sees {
			continue
		}
		if m.rows[s.Name] == nil {
			m.rows[s.Name] = map[string]map[cell][]string{}
		}
		if m.rows[s.Name][a.name] == nil {
			m.rows[s.Name][a.name] = map[cell][]string{}
		}
		m.rows[s.Name][a.name][got] = append(m.rows[s.Name][a.name][got], string(row.State))
	}
	require.Equal(m, len(offered), known, "%s is offered a move that no catalogue knows: %v", a.name, offered)
}

// hold holds a cell against what the catalogue says, and against what the office does when it is asked.
func (m *matrix) hold(row casefile.Row, a asker, s casefile.Spec, got cell) {
	at := fmt.Sprintf("%s in %s, %s: %s", s.Key(), row.State, a.name, got)
	barred := strings.HasPrefix(string(got), "barred:")
	if (got == opened || barred && got != "barred:wrong-officer") && !a.mayEver(s) {
		m.Errorf("%s, which is never his", at)
	}
	if barred && (s.Class == casefile.Paper || row.Closed || !a.words) {
		m.Errorf("%s: a dead %s", at, s.Class)
	}
	named := slices.ContainsFunc(row.Moves, func(c casefile.Cell) bool { return c.Move == s.Name && c.Class == s.Class })
	if (got == opened || barred) && !named {
		m.Errorf("%s: the state does not know it", at)
	}
	// To whom the case is nothing, the office says so before it looks at the act, and so does the law of a state
	// that does not know it: one such is enough.
	if s.Class == casefile.Act && (a.sees == sees && a.about != untold && (named || row.Closed) || s.Name == "assign") {
		m.holdAct(at, row, a, s, got)
	}
}

// holdAct asks for the act with nothing said (a superior names the head who is to be taken out): whether the case is there for him, and what
// the law says, told of the world as Settle tells it. What is open it takes, or misses a field; what is not it refuses for what it is and for
// no field.
func (m *matrix) holdAct(at string, row casefile.Row, a asker, s casefile.Spec, got cell) {
	_, c, err := m.docket.Find(m.Context(), a.who, access.ActInCase, m.about[a.about], m.kind)
	if err != nil {
		if what := seen(m, err); got == opened || what == sees {
			m.Errorf("%s, and the case is %s", at, what)
		}
		return
	}
	act := casefile.Move{Class: casefile.Act, Name: s.Name, Ref: at, By: a.who.Actor()}
	if s.Name == "decide-recusal" && a.who.Authority == ministry {
		act.Body.Officer = "qian"
	}
	act.At, err = m.register.Now(m.Context())
	require.NoError(m, err)
	require.NoError(m, act.Ask(c, m.office.Asker().Of(m.register.Facts(m.Context(), c), c, calendar.DayOf(act.At, m.days.Place()))))
	law, err := m.docket.Pinned(m.Context(), c.Regime)
	require.NoError(m, err)
	_, no, err := casefile.Decide(c, act, casefile.Law{Regime: law, Calendar: m.days})
	require.NoError(m, err, at)
	switch {
	case no == nil:
		if got != opened {
			m.Errorf("%s, and it is taken", at)
		}
	case got == opened && no.Field == "":
		m.Errorf("%s, and refused by %s", at, no.Code)
	case got == none && no.Field != "" && (!row.Closed || !a.mayEver(s)): // a gate bars it, which in a closed case nobody is shown
		m.Errorf("%s, and only %s is missing", at, no.Field)
	}
}

// write writes what is open to whom, those in one line to whom the same is.
func (m *matrix) write(text *strings.Builder) {
	for _, s := range casefile.Specs(m.kind) {
		fmt.Fprintf(text, "\n%s (%s: %s)\n", s.Key(), s.Class, words(s.Roles)+strings.Join(s.Senders, ", "))
		var lines []string
		to := map[string][]asker{}
		for _, a := range m.askers {
			line := states(m.rows[s.Name][a.name])
			if line == "" {
				continue
			}
			if to[line] == nil {
				lines = append(lines, line)
			}
			to[line] = append(to[line], a)
		}
		for _, line := range lines {
			fmt.Fprintf(text, "  %s\n%s", names(to[line]), line)
		}
	}
}

func states(row map[cell][]string) string {
	out := ""
	for _, c := range sortedCells(row) {
		out += fmt.Sprintf("      %-8s %s\n", c, strings.Join(row[c], " "))
	}
	return out
}

func sortedCells(row map[cell][]string) []cell {
	var out []cell
	for c := range row {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b cell) int { return strings.Compare(string(b), string(a)) }) // open first
	return out
}

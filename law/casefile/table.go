package casefile

import "slices"

// A table is the whole of what a kind of case may do: state → move → what it does. A state
// changes here and nowhere else.
type table map[State]row

type row struct {
	title  Text
	who    string // who must act next: officer, reviewer, head, operator, complainant, applicant, respondent, clock, nobody
	idle   string // why an open case in this state may have no deadline; empty: it must have one
	closed bool
	known  bool // from this state on the operator may know of the case, whatever comes after
	moves  map[string]step
	lapses map[string]step // statutory effects only (lifecycles §2.1); kept apart, because a clock and an act may share a name
}

// step is one cell. The case goes to its one state, or do chooses among several by turn.to, or
// the state stays.
type step struct {
	to     []State
	choose bool
	do     func(*making)
}

func goes(to State, do func(*making)) step { return step{to: []State{to}, do: do} }
func stays(do func(*making)) step          { return step{do: do} }
func chooses(do func(*making), to ...State) step {
	return step{to: to, do: do, choose: true}
}

type cells = map[string]step

// with adds cells to a row without touching its own; of the shared ones the last named counts.
func with(own cells, shared ...cells) cells {
	all := cells{}
	for _, s := range shared {
		for name, st := range s {
			all[name] = st
		}
	}
	for name, st := range own {
		all[name] = st
	}
	return all
}

// tables is filled in init, because the steps of a table ask for its closed states.
var tables map[Kind]table

func init() {
	tables = map[Kind]table{
		Complaint: complaintTable, Enforcement: enforcementTable, Appeal: appealTable, Inspection: inspectionTable,
	}
}

func tableOf(k Kind) table { return tables[k] }

// tells: the operator may know of a case from the first state that its table calls known, or from
// the first document written to it: an order and a notice are handed over as soon as they are made
// (penalties 44, 61). Until then an unannounced visit, or a violation being looked into, is the
// authority's own (penalties 50).
func (e Entry) tells(c Case) bool {
	return tableOf(c.Kind)[e.To].known || slices.ContainsFunc(e.Notices, func(n Notice) bool { return n.To == string(toOperator) && n.ID == c.Operator })
}

// Own tells whether a line of a ledger stays the authority's own (penalties 50): preparation and
// review, papers between cases, and reminders of our own duties. A party reads the others, which are
// what was done to it or by it.
func (e Entry) Own(k Kind) bool {
	switch e.Class {
	case Lapse:
		return deadlines[clock(e.Move)].class == OwnDuty
	case Installation:
		return false
	}
	spec, _ := SpecOf(k, e.Move)
	return spec.Own || spec.Inside
}

// KnownAtOnce tells whether the operator may know of a case of that kind from its filing on.
func KnownAtOnce(k Kind) bool { return tableOf(k)[Filed].known }

// Row describes one state for charts, consoles and help texts.
type Row struct {
	State  State
	Title  Text
	Who    string
	Idle   string
	Closed bool
	Known  bool // from here on the operator may know of the case
	Moves  []Cell
}

// Cell is one allowed move of a state and the states it may lead to (none: the state stays).
type Cell struct {
	Class Class // paper, act or lapse
	Move  string
	To    []State
}

// Rows lists the table of a kind in the order of the states' names.
func Rows(k Kind) []Row {
	t := tableOf(k)
	var rows []Row
	for _, s := range sortedKeys(t) {
		r := t[s]
		out := Row{State: s, Title: r.title, Who: r.who, Idle: r.idle, Closed: r.closed, Known: r.known}
		for _, name := range sortedKeys(r.moves) {
			spec, _ := SpecOf(k, name)
			out.Moves = append(out.Moves, Cell{Class: spec.Class, Move: name, To: r.moves[name].to})
		}
		for _, name := range sortedKeys(r.lapses) {
			out.Moves = append(out.Moves, Cell{Class: Lapse, Move: name, To: r.lapses[name].to})
		}
		rows = append(rows, out)
	}
	return rows
}

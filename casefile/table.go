package casefile

// A table is the whole of what a kind of case may do: state → move → what it does. A state
// changes here and nowhere else.
type table map[State]row

type row struct {
	title  Text
	who    string // who must act next: officer, reviewer, head, operator, complainant, applicant, respondent, clock, nobody
	idle   string // why an open case in this state may have no deadline; empty: it must have one
	closed bool
	moves  map[string]step
	lapses map[string]step // statutory effects only (lifecycles §2.1); kept apart, because a clock and an act may share a name
}

// step is one cell. The case goes to its one state, or do chooses among several by turn.to, or
// the state stays.
type step struct {
	to     []State
	choose bool
	do     func(*turn)
}

func goes(to State, do func(*turn)) step { return step{to: []State{to}, do: do} }
func stays(do func(*turn)) step          { return step{do: do} }
func chooses(do func(*turn), to ...State) step {
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

// Row describes one state for charts, consoles and help texts.
type Row struct {
	State  State
	Title  Text
	Who    string
	Idle   string
	Closed bool
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
		out := Row{State: s, Title: r.title, Who: r.who, Idle: r.idle, Closed: r.closed}
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

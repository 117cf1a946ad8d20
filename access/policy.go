package access

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"duban/law/jurisdiction"
)

// Action is what is done, as the table names it.
type Action string

// The actions. A test holds them and the table together.
const (
	ListCases       Action = "case.list"
	ReadCase        Action = "case.read"
	ListTasks       Action = "task.list"
	SearchPerson    Action = "person.search"
	ActInCase       Action = "case.act"
	SendPaper       Action = "case.send"
	RepinCase       Action = "case.repin"
	ReadPaper       Action = "paper.read"
	OpenPersons     Action = "person.open"
	ListOpenings    Action = "opening.list"
	FileComplaint   Action = "complaint.file"
	FileAppeal      Action = "appeal.file"
	FileEnforcement Action = "enforcement.file"
	FileInspection  Action = "inspection.file"
	BringInspection Action = "inspection.import"
	ReadExemption   Action = "exemption.read"
	PutAuthority    Action = "authority.put"
	PutOperator     Action = "operator.put"
	ReadContact     Action = "operator.contact"
	ManageKeys      Action = "key.manage"
	ListOfficers    Action = "officer.list"
	PutOfficer      Action = "officer.put"
	ListSubstitutes Action = "substitution.list"
	PutSubstitute   Action = "substitution.put"
	ListCards       Action = "card.list"
	PutCard         Action = "card.put"
	ReadPlan        Action = "plan.read"
	MakePlan        Action = "plan.make"
	ListAlerts      Action = "alert.list"
	FileSelfCheck   Action = "self-check.file"
	ReadSelfCheck   Action = "self-check.read"
	ReadDraw        Action = "draw.read"
	MakeDraw        Action = "draw.make"
	ReadCooperation Action = "cooperation.read"
	PutOwnStandard  Action = "own-standard.put"
	ReadOwnStandard Action = "own-standard.read"
	ReadDuty        Action = "duty.read"
	ProposeDuty     Action = "duty.propose"
	ReportDuty      Action = "duty.report"
	DecideDuty      Action = "duty.decide"
	LoadCalendar    Action = "calendar.load"
)

// What a caller is told who may not. ErrHidden is for a thing that he may not know of: at the door it
// must look as what does not exist.
var (
	ErrNoKey  = errors.New("this needs a key")
	ErrNever  = errors.New("this is not for such a caller")
	ErrHidden = errors.New("there is no such thing for this caller")
)

//go:embed policy.txt
var policy string

// columns are the callers in the order of the table's columns.
var columns = []string{"public", "receipt", "operator", "officer", "reviewer", "head", "admin", "import"}

// relations are what a cell may say.
var relations = []string{"-", "any", "own", "visible", "same", "under"}

var table = mustRead(policy)

func mustRead(text string) map[Action][]string {
	t, err := readTable(text)
	if err != nil {
		panic(err) // the table is part of the program
	}
	return t
}

// readTable reads the table strictly: what it does not understand is an error with its line.
func readTable(text string) (map[Action][]string, error) {
	out := map[Action][]string{}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		cells := strings.Fields(line)
		if len(cells) == 0 {
			continue
		}
		action := Action(cells[0])
		if _, twice := out[action]; twice || len(cells) != len(columns)+1 {
			return nil, fmt.Errorf("policy line %d: %q stands twice or has not %d cells", i+1, action, len(columns))
		}
		for j, cell := range cells[1:] {
			if !slices.Contains(relations, cell) || !sensible(columns[j], cell) {
				return nil, fmt.Errorf("policy line %d: a %s can't have %q", i+1, columns[j], cell)
			}
		}
		out[action] = cells[1:]
	}
	return out, nil
}

// sensible tells whether a caller has that relation to anything.
func sensible(column, relation string) bool {
	switch relation {
	case "own":
		return column == "operator" || column == "receipt"
	case "visible":
		return column == "operator"
	case "same", "under":
		return slices.Contains([]string{"officer", "reviewer", "head", "import"}, column)
	}
	return true
}

// column is where a caller stands in the table.
func (w Who) column() string {
	switch w.Kind {
	case Public:
		return "public"
	case Receipt:
		return "receipt"
	case Officer:
		return string(w.Role)
	}
	return string(w.Kind)
}

// ScopeOf is the set of things to which a caller may do an action.
func ScopeOf(w Who, a Action) Scope {
	i := slices.Index(columns, w.column())
	row, known := table[a]
	if i < 0 || !known {
		return Scope{}
	}
	switch row[i] {
	case "any":
		return Scope{Whole: true}
	case "own", "visible":
		if w.Kind == Receipt {
			return Scope{Cases: w.cases()}
		}
		return Scope{Operator: w.ID, Visible: row[i] == "visible"}
	case "same":
		return Scope{Same: w.Authority}
	case "under":
		return Scope{Under: w.Authority}
	}
	return Scope{}
}

// May tells whether a caller may do an action to a thing.
func May(t *jurisdiction.Tree, w Who, a Action, x Thing) bool { return ScopeOf(w, a).Holds(t, x) }

// Ever tells whether there can be a thing to which such a caller may do an action: nil, or what he is
// told before anything is looked up, ErrNoKey or ErrNever.
func Ever(w Who, a Action) error {
	if !ScopeOf(w, a).Nothing() {
		return nil
	}
	if w.Kind == Public {
		return ErrNoKey
	}
	return ErrNever
}

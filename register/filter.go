package register

import (
	"slices"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
)

// CaseFilter chooses cases. Empty fields choose all.
type CaseFilter struct {
	Kind        casefile.Kind
	States      []casefile.State // in one of them
	Authorities []string         // that carry them; nil: any
	Officer     string
	Unassigned  *bool  // nobody has them, or somebody
	MustAct     string // who must act next, as casefile.Row.Who
	Operator    string
	Party       string       // person id
	Persons     []string     // PersonDigests; each is of a party
	Number      string       // that their numbers begin with
	FiledFrom   time.Time    // filed at that instant or later
	FiledBefore time.Time    // filed before that instant
	DueBefore   time.Time    // with something due, or overdue since, before this instant
	Kept        calendar.Day // whose file is kept until a day before this one
	Closed      *bool
	Overdue     *bool
	Stuck       *bool
	Visible     bool   // only those that their operator may know of
	External    string // external id
	Text        string // of the subject, the operator's name, the requirement; or a case number
	Work        Work
	Sort        Sort
	Cursor      string // CasePage.Next
	Limit       int    // at most 200; 0: 50
}

// Work chooses cases in which something is to be done, and by whom. The zero value chooses all.
type Work struct {
	Officers []string      // what is theirs as the officers of the case, and
	Role     casefile.Role // as reviewer or head
	Of       string        // of this authority
	Anybody  bool          // what anybody of the installation must do
	Nobody   bool          // what the installation must do and nobody has
	Operator bool          // what the operator must do
	Until    time.Time     // by a day that ends not after this instant; zero: whenever
}

// conditions narrows a list of cases to what the filter chooses.
func conditions(list *gorm.DB, f CaseFilter) *gorm.DB {
	for _, x := range []struct{ column, value string }{
		{"kind", string(f.Kind)},
		{"officer", f.Officer},
		{"turn", f.MustAct},
		{"operator", f.Operator},
		{"ext_id", f.External},
	} {
		if x.value != "" {
			list = list.Where("cases."+x.column+" = ?", x.value) // columns are those above
		}
	}
	if len(f.States) > 0 {
		list = list.Where("cases.state IN ?", f.States)
		if f.Kind == "" {
			list = list.Where("cases.kind IN ?", kindsOf(f.States)) // the index begins with it
		}
	}
	if f.Unassigned != nil && *f.Unassigned {
		list = list.Where("cases.officer = ''")
	} else if f.Unassigned != nil {
		list = list.Where("cases.officer <> ''")
	}
	if f.Party != "" {
		list = list.Where("cases.id IN (SELECT case_id FROM case_parties WHERE person_id = ?)", f.Party)
	}
	for _, digest := range f.Persons {
		list = list.Where("cases.id IN (SELECT p.case_id FROM case_parties p JOIN person_digests d ON d.person_id = p.person_id WHERE d.digest = ?)", digest)
	}
	if f.Number != "" {
		list = prefixed(list, f.Number)
	}
	for _, x := range []struct {
		condition string
		at        time.Time
	}{
		{"cases.filed_at >= ?", f.FiledFrom}, {"cases.filed_at < ?", f.FiledBefore}, {"cases.list_due < ?", f.DueBefore},
	} {
		if !x.at.IsZero() {
			list = list.Where(x.condition, micro(x.at))
		}
	}
	if !f.Kept.IsZero() {
		list = list.Where("cases.keep_until <> '' AND cases.keep_until < ?", f.Kept.String())
	}
	return work(flags(list, f), f.Work)
}

// flags are literals: the planner matches them with the partial indices.
func flags(list *gorm.DB, f CaseFilter) *gorm.DB {
	if f.Visible {
		list = list.Where("cases.told")
	}
	for _, x := range []struct {
		want    *bool
		yes, no string
	}{
		{f.Closed, "cases.closed", "NOT cases.closed"}, {f.Overdue, "cases.overdue", "NOT cases.overdue"}, {f.Stuck, "cases.stuck", "NOT cases.stuck"},
	} {
		switch {
		case x.want != nil && *x.want:
			list = list.Where(x.yes)
		case x.want != nil:
			list = list.Where(x.no)
		}
	}
	return list
}

func work(list *gorm.DB, w Work) *gorm.DB {
	due := "cases.task_due <= ?"
	switch {
	case w.Operator:
		list, due = list.Where("cases.term_open"), "cases.term_due <= ?"
	case w.Role == casefile.RoleHead:
		list = list.Where("(cases.task_who = 'officer' AND cases.officer IN ? OR cases.task_who = 'head' AND cases.authority = ?)", w.Officers, w.Of)
	case w.Role == casefile.RoleReviewer:
		list = list.Where("(cases.task_who = 'officer' AND cases.officer IN ? OR cases.task_who = 'reviewer' AND cases.authority = ?)", w.Officers, w.Of)
	case len(w.Officers) == 1: // as an equation the index gives them in order
		list = list.Where("cases.task_who = 'officer' AND cases.officer = ?", w.Officers[0])
	case len(w.Officers) > 1:
		list = list.Where("cases.task_who = 'officer' AND cases.officer IN ?", w.Officers)
	case w.Nobody:
		list = list.Where("cases.task_who <> '' AND cases.officer = ''")
	case w.Anybody:
		list = list.Where("cases.task_who <> ''")
	}
	if !w.Until.IsZero() {
		list = list.Where(due, micro(w.Until))
	}
	return list
}

// prefixed chooses by the beginning of the number, through an index.
func prefixed(list *gorm.DB, number string) *gorm.DB {
	from, to := "cases.number >= ?", "cases.number < ?"
	if list.Name() == "postgres" {
		from, to = "cases.number ~>=~ ?", "cases.number ~<~ ?"
	}
	return list.Where(from, number).Where(to, number+"~") // behind every character that a number has
}

// kindsOf are the kinds whose cases can be in one of the states.
func kindsOf(states []casefile.State) []casefile.Kind {
	out := []casefile.Kind{}
	for _, k := range casefile.Kinds() {
		if slices.ContainsFunc(casefile.Rows(k), func(r casefile.Row) bool { return slices.Contains(states, r.State) }) {
			out = append(out, k)
		}
	}
	return out
}

// among narrows a list to the cases of those authorities; nil: of all.
func among(list *gorm.DB, authorities []string) *gorm.DB {
	if authorities == nil {
		return list
	}
	return list.Where("cases.authority IN ?", authorities)
}

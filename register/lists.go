package register

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Sort is the order of a list of cases.
type Sort string

// The orders. A text search knows Newest only.
const (
	Newest Sort = "-filed" // by receipt, newest first; the default
	ByDue  Sort = "due"    // by the next deadline, earliest first; those without one last
)

// CaseFilter chooses cases. Empty fields choose all.
type CaseFilter struct {
	Kind        casefile.Kind
	State       casefile.State
	Authorities []string // that carry them; nil: any
	Officer     string
	Operator    string
	Party       string       // person id
	DueBefore   time.Time    // with something due before this instant
	Kept        calendar.Day // whose file is kept until a day before this one
	Closed      *bool
	Overdue     *bool
	Stuck       *bool
	Told        bool   // only those that their operator may know of
	External    string // external id
	Text        string // words of the subject, the operator's name, the requirement; or a case number
	Sort        Sort
	Cursor      string // CasePage.Next
	Limit       int    // at most 200; 0: 50
}

// CaseRow is a case as lists show it.
type CaseRow struct {
	Serial    int64
	ID        string
	Number    string
	Kind      casefile.Kind
	State     casefile.State
	Seq       int
	Authority string
	Operator  string
	Officer   string
	Subject   string
	Outward   string // the subject as operators read it
	Filed     time.Time
	NextDue   time.Time // zero: nothing is due
	Closed    bool
	ClosedAt  time.Time
	Overdue   bool
	Stuck     bool
	Told      bool   // the operator may know of it
	Fault     string // why it is stuck, or failed last
	External  string
}

// CasePage is a page of a list.
type CasePage struct {
	Cases []CaseRow
	Next  string // cursor of the next page; empty: this is the last
}

const listColumns = `serial, id, number, kind, state, seq, authority, operator, officer, subject, outward, filed_at, next_due,
	closed, closed_at, overdue, stuck, told, fault, ext_id, filing`

func (c caseRow) listed() CaseRow {
	out := CaseRow{
		Serial: c.Serial, ID: c.ID, Number: c.Number, Kind: c.Kind, State: c.State, Seq: c.Seq, Authority: c.Authority,
		Operator: c.Operator, Officer: c.Officer, Subject: c.Subject, Outward: c.Outward, Filed: c.FiledAt.UTC(), Closed: c.Closed,
		ClosedAt: timeOf(c.ClosedAt), Overdue: c.Overdue, Stuck: c.Stuck, Told: c.Told, Fault: c.Fault,
	}
	if c.NextDue.Before(never) {
		out.NextDue = c.NextDue.UTC()
	}
	if c.ExtID != nil {
		out.External = *c.ExtID
	}
	return out
}

// Cases lists cases by page: every page is found through an index, at whatever depth. ErrFilter
// for a filter or cursor that makes no sense.
func (r *Register) Cases(ctx context.Context, f CaseFilter) (CasePage, error) {
	if f.Sort == "" {
		f.Sort = Newest
	}
	if f.Sort != Newest && f.Sort != ByDue {
		return CasePage{}, fmt.Errorf("%w: sort %q", ErrFilter, f.Sort)
	}
	at, err := readCursor(f)
	if err != nil {
		return CasePage{}, err
	}
	db := r.db.WithContext(ctx)
	if f.Text != "" {
		return search(db, f, at)
	}
	list := scope(db.Table("cases").Select(listColumns), f)
	if f.Sort == ByDue {
		list = list.Order("next_due, serial")
		if at != nil {
			list = list.Where("(next_due, serial) > (?, ?)", at.Time, at.Serial)
		}
	} else {
		list = list.Order("filed_at DESC, serial DESC")
		if at != nil {
			list = list.Where("(filed_at, serial) < (?, ?)", at.Time, at.Serial)
		}
	}
	var rows []caseRow
	limit := bounded(f.Limit)
	if err := list.Limit(limit + 1).Find(&rows).Error; err != nil {
		return CasePage{}, fmt.Errorf("list cases: %w", err)
	}
	return page(f, rows, limit)
}

// scope narrows a list of cases to what the filter chooses.
func scope(list *gorm.DB, f CaseFilter) *gorm.DB {
	for _, x := range []struct{ column, value string }{
		{"kind", string(f.Kind)},
		{"state", string(f.State)},
		{"officer", f.Officer},
		{"operator", f.Operator},
		{"ext_id", f.External},
	} {
		if x.value != "" {
			list = list.Where("cases."+x.column+" = ?", x.value) // columns are those above
		}
	}
	if f.Authorities != nil {
		list = list.Where("cases.authority IN ?", f.Authorities)
	}
	if f.Party != "" {
		list = list.Where("cases.id IN (SELECT case_id FROM case_parties WHERE person_id = ?)", f.Party)
	}
	if !f.DueBefore.IsZero() {
		list = list.Where("cases.next_due < ?", micro(f.DueBefore))
	}
	if !f.Kept.IsZero() {
		list = list.Where("cases.keep_until <> '' AND cases.keep_until < ?", f.Kept.String())
	}
	// As literals: the planner matches them with the partial indices.
	if f.Told {
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

func page(f CaseFilter, rows []caseRow, limit int) (CasePage, error) {
	var out CasePage
	for i, row := range rows {
		if i == limit {
			var err error
			if out.Next, err = cursorAt(f, rows[i-1]); err != nil {
				return CasePage{}, err
			}
			break
		}
		out.Cases = append(out.Cases, row.listed())
	}
	return out, nil
}

// Worklist is what an officer has open, the next deadline first.
func (r *Register) Worklist(ctx context.Context, officer, cursor string, limit int) (CasePage, error) {
	open := false
	return r.Cases(ctx, CaseFilter{Officer: officer, Closed: &open, Sort: ByDue, Cursor: cursor, Limit: limit})
}

// CaseByID finds a case, as lists show it and as the law sees it; ErrNotFound.
func (r *Register) CaseByID(ctx context.Context, id string) (CaseRow, casefile.Case, error) {
	return r.oneCase(ctx, "id", id)
}

// CaseByNumber finds a case by its number; ErrNotFound.
func (r *Register) CaseByNumber(ctx context.Context, number string) (CaseRow, casefile.Case, error) {
	return r.oneCase(ctx, "number", number)
}

func (r *Register) oneCase(ctx context.Context, column, value string) (CaseRow, casefile.Case, error) {
	var rows []caseRow
	var c casefile.Case
	err := r.db.WithContext(ctx).Table("cases").Select(listColumns+", body").Where(column+" = ?", value).Find(&rows).Error
	if err != nil {
		return CaseRow{}, c, fmt.Errorf("find case %s: %w", value, err)
	}
	if len(rows) == 0 {
		return CaseRow{}, c, fmt.Errorf("case %s: %w", value, ErrNotFound)
	}
	if err := decode(rows[0].Body, &c); err != nil {
		return CaseRow{}, c, fmt.Errorf("find case %s: %w", value, err)
	}
	return rows[0].listed(), c, nil
}

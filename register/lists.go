package register

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// Sort is the order of a list of cases.
type Sort string

// The orders. A text search knows Newest only. The days of the others move while a list is read: it is
// read as it stood at its first page.
const (
	Newest Sort = "-filed" // by receipt, newest first; the default
	ByDue  Sort = "due"    // by the earliest that is due or overdue; those without one last
	ByTask Sort = "task"   // by what the installation must do, overdue first
	ByTerm Sort = "term"   // by what the operator must do, overdue first
)

// columnOf is the column by which a list is sorted.
var columnOf = map[Sort]string{Newest: "filed_at", ByDue: "list_due", ByTask: "task_due", ByTerm: "term_due"}

// order is the order itself, and what lies behind a row in it.
func (s Sort) order() (by, behind string) {
	if s == Newest {
		return "key DESC, serial DESC", "<"
	}
	return "key, serial", ">"
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
	NextDue   time.Time // of what is armed; zero: nothing
	Due       time.Time // the earliest that is due or overdue; zero: nothing
	MustAct   string    // who must act next
	OfOurs    casefile.Task
	OfTheirs  casefile.Task // what the operator must do
	Closed    bool
	ClosedAt  time.Time
	Overdue   bool
	Stuck     bool
	Visible   bool   // the operator may know of it
	Fault     string // why it is stuck, or failed last
	External  string
}

// CasePage is a page of a list.
type CasePage struct {
	Cases []CaseRow
	Next  string // cursor of the next page; empty: this is the last
}

// listedRow is a row with what it is sorted by, which may be what that was when the list began.
type listedRow struct {
	Row caseRow `gorm:"embedded"`
	Key time.Time
}

const listColumns = `cases.serial, cases.id, cases.number, cases.kind, cases.state, cases.seq, cases.authority, cases.operator, cases.officer,
	cases.subject, cases.outward, cases.filed_at, cases.next_due, cases.turn, cases.list_due, cases.task_who, cases.task, cases.task_due, cases.term_open, cases.term,
	cases.term_due, cases.closed, cases.closed_at, cases.overdue, cases.stuck, cases.told, cases.fault, cases.ext_id, cases.filing`

func (c caseRow) listed() CaseRow {
	out := CaseRow{
		Serial: c.Serial, ID: c.ID, Number: c.Number, Kind: c.Kind, State: c.State, Seq: c.Seq, Authority: c.Authority,
		Operator: c.Operator, Officer: c.Officer, Subject: c.Subject, Outward: c.Outward, Filed: c.FiledAt.UTC(), NextDue: orNone(c.NextDue), Due: orNone(c.ListDue),
		MustAct: c.Turn, OfOurs: casefile.Task{Who: c.TaskWho, Name: c.Task, Due: orNone(c.TaskDue)}, Closed: c.Closed,
		ClosedAt: timeOf(c.ClosedAt), Overdue: c.Overdue, Stuck: c.Stuck, Visible: c.Told, Fault: c.Fault,
	}
	if c.TermOpen {
		out.OfTheirs = casefile.Task{Who: casefile.WhoOperator, Name: c.Term, Due: orNone(c.TermDue)}
	}
	if c.ExtID != nil {
		out.External = *c.ExtID
	}
	return out
}

// orNone is a day as others read it: never is none.
func orNone(t time.Time) time.Time {
	if !t.Before(never) {
		return time.Time{}
	}
	return t.UTC()
}

// Cases lists cases by page: every page is found through an index, at whatever depth. Who reads page
// by page gets each case of the list once, whatever moves meanwhile; one that the filter no longer
// chooses, not at all. ErrFilter for a filter or cursor that makes no sense.
func (r *Register) Cases(ctx context.Context, f CaseFilter) (CasePage, error) {
	if f.Sort == "" {
		f.Sort = Newest
	}
	if columnOf[f.Sort] == "" {
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
	var began moment
	if f.Sort != Newest {
		if began, err = r.beginning(db, at); err != nil {
			return CasePage{}, err
		}
	}
	limit := bounded(f.Limit)
	rows, err := r.read(db, f, at, began, limit+1)
	if err != nil {
		return CasePage{}, fmt.Errorf("list cases: %w", err)
	}
	return page(f, rows, limit, began)
}

// read reads the next rows: those that still have the day that they had when the list began, then
// those that have moved since, at the place where they were. A row that moves between the two is
// there twice, at the same place.
func (r *Register) read(db *gorm.DB, f CaseFilter, at *cursor, began moment, n int) ([]listedRow, error) {
	by, behind := f.Sort.order()
	column := columnOf[f.Sort]
	take := func(list *gorm.DB, table string) *gorm.DB {
		if at != nil {
			list = list.Where("("+table+"."+column+", "+table+".serial) "+behind+" (?, ?)", at.Time, at.Serial)
		}
		return list.Order(strings.NewReplacer("key", table+"."+column, "serial", table+".serial").Replace(by)).Limit(n)
	}
	standing := func() *gorm.DB {
		list := conditions(db.Table("cases").Select(listColumns+", cases."+column+" AS key"), f)
		if f.Sort != Newest {
			list = list.Where("cases.moved <= ?", began.Move)
		}
		return take(list, "cases")
	}
	var rows, moved []listedRow
	var err error
	if list := db.Session(&gorm.Session{NewDB: true}); !r.sqlite() && len(f.Authorities) > 1 && f.wide() {
		err = merged(list, standing, f.Authorities, f.Sort, n).Scan(&rows).Error
	} else {
		err = among(standing(), f.Authorities).Find(&rows).Error
	}
	if err != nil || f.Sort == Newest {
		return rows, err
	}
	past := db.Table("past_dues").Select(listColumns+", past_dues."+column+" AS key").Joins("JOIN cases ON cases.serial = past_dues.serial").
		Where("past_dues.died > ? AND past_dues.born <= ?", began.Move, began.Move)
	if err := among(take(conditions(past, f), "past_dues"), f.Authorities).Find(&moved).Error; err != nil {
		return nil, err
	}
	rows = append(rows, moved...)
	slices.SortStableFunc(rows, func(a, b listedRow) int { return cmp.Or(a.Key.Compare(b.Key), cmp.Compare(a.Row.Serial, b.Row.Serial)) })
	rows = slices.CompactFunc(rows, func(a, b listedRow) bool { return a.Row.Serial == b.Row.Serial })
	return rows[:min(len(rows), n)], nil
}

// wide tells whether what the filter leaves of an authority's cases is most of what an index of
// authorities holds; then the lists of many authorities are merged.
func (f CaseFilter) wide() bool {
	switch f.Sort { // what narrows the index itself leaves no more to read
	case Newest:
		f.FiledFrom, f.FiledBefore = time.Time{}, time.Time{}
	case ByDue:
		f.DueBefore = time.Time{}
	case ByTask:
		if len(f.Work.Officers) == 0 { // an officer's are few, and have an index
			f.Work = Work{}
		}
	}
	if f.Sort == Newest && f.Closed == nil {
		f.Kind = "" // cases_authority_kind
	} else if f.Closed != nil && *f.Closed {
		return false
	}
	f.Authorities, f.Closed, f.Visible, f.Cursor, f.Limit, f.Sort = nil, nil, false, "", 0, ""
	return f.empty()
}

// merged reads the lists of many authorities as one: of each its first row; then, of those authorities
// whose first rows are foremost, no more rows than a page holds, and none behind the last of those first
// rows, since there are enough before it. PostgreSQL takes either of its indices for a list of hundreds:
// one reads the whole table where they carry little, the other sorts all that they carry.
func merged(db *gorm.DB, list func() *gorm.DB, authorities []string, s Sort, n int) *gorm.DB {
	by, _ := s.order()
	column, bound := "cases."+columnOf[s], " <= coalesce((SELECT key FROM last), 'infinity')"
	if s == Newest {
		bound = " >= coalesce((SELECT key FROM last), '-infinity')"
	}
	first := list().Select("cases.serial, " + column + " AS key").Where("cases.authority = a.id").Limit(1)
	rest := list().Select("cases.serial, " + column + " AS key").Where("cases.authority = heads.id").Where(column + bound)
	of := func(table string) string {
		return strings.NewReplacer("key", table+".key", "serial", table+".serial").Replace(by)
	}
	return db.Raw(`WITH heads AS MATERIALIZED (
			SELECT a.id, h.key, h.serial FROM unnest(string_to_array(?, ',')) AS a (id) CROSS JOIN LATERAL (?) AS h ORDER BY `+of("h")+` LIMIT ?
		), last AS MATERIALIZED (
			SELECT key FROM heads ORDER BY `+by+` OFFSET ? LIMIT 1
		), found AS MATERIALIZED (
			SELECT r.key, r.serial FROM heads CROSS JOIN LATERAL (?) AS r ORDER BY `+of("r")+` LIMIT ?
		) SELECT `+listColumns+`, found.key FROM found JOIN cases ON cases.serial = found.serial ORDER BY `+of("found"),
		strings.Join(authorities, ","), first, n, n-1, rest, n)
}

func page(f CaseFilter, rows []listedRow, limit int, began moment) (CasePage, error) {
	var out CasePage
	for i, row := range rows {
		if i == limit {
			var err error
			if out.Next, err = cursorAt(f, rows[i-1], began); err != nil {
				return CasePage{}, err
			}
			break
		}
		out.Cases = append(out.Cases, row.Row.listed())
	}
	return out, nil
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

package register

import (
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// dues are the columns by which lists of work choose and sort. They say what the case says.
type dues struct {
	MustAct  string    // who must act next
	ListDue  time.Time // the earliest of what is armed or overdue
	TaskWho  string    // of the installation; empty: nobody
	Task     string    // the deadline by which; empty: only the state waits
	TaskDue  time.Time // its legal end, past or to come
	TermOpen bool      // the operator must do something
	Term     string
	TermDue  time.Time
}

// duesOf reads them from a case; its days end in that place.
func duesOf(c casefile.Case, place *time.Location) dues {
	if c.Seq == 0 { // it waits to be looked at
		return dues{MustAct: c.MustAct(), ListDue: micro(c.Filed), TaskDue: never, TermDue: never}
	}
	ours, operator := c.AuthorityTask(place), c.OperatorTask(place)
	out := dues{
		MustAct: c.MustAct(), ListDue: orNever(c.NextDue()), TaskWho: ours.Who, Task: ours.Name, TaskDue: orNever(ours.Due),
		TermOpen: operator.Who != "", Term: operator.Name, TermDue: orNever(operator.Due),
	}
	for _, due := range []time.Time{out.TaskDue, out.TermDue} {
		if due.Before(out.ListDue) {
			out.ListDue = due
		}
	}
	return out
}

// dues are those that the row has.
func (c caseRow) dues() dues {
	return dues{
		MustAct: c.Turn, ListDue: c.ListDue, TaskWho: c.TaskWho, Task: c.Task, TaskDue: c.TaskDue, TermOpen: c.TermOpen, Term: c.Term, TermDue: c.TermDue,
	}
}

// put writes them into the row.
func (d dues) put(c *caseRow) {
	c.Turn, c.ListDue, c.TaskWho, c.Task, c.TaskDue, c.TermOpen, c.Term, c.TermDue = d.MustAct, d.ListDue, d.TaskWho, d.Task, d.TaskDue, d.TermOpen, d.Term, d.TermDue
}

// sameDays tells whether every list still has the case at its place.
func (d dues) sameDays(o dues) bool {
	return d.ListDue.Equal(o.ListDue) && d.TaskDue.Equal(o.TaskDue) && d.TermDue.Equal(o.TermDue)
}

// same compares instants as instants: each database gives them another zone.
func (d dues) same(o dues) bool {
	if !d.sameDays(o) {
		return false
	}
	o.ListDue, o.TaskDue, o.TermDue = d.ListDue, d.TaskDue, d.TermDue
	return d == o
}

// cursorLife is how long a list sorted by a day that moves can be read on.
const cursorLife = 24 * time.Hour

// tellOfMove locks the last number given, for PostgreSQL: whoever begins a list looks which are locked.
const tellOfMove = "SELECT pg_advisory_xact_lock_shared(hashtext(current_schema()), (last_value & 2147483647)::int) FROM moves"

// moveDays keeps the days that the case had, for lists that are being read, and numbers the change.
// On PostgreSQL a lock tells readers from which number on changes may be under way.
func (t *Turn) moveDays(is dues) (moved string, err error) {
	if t.row.dues().sameDays(is) || t.fresh {
		return "moved", nil
	}
	next := "nextval('moves')"
	moved = "currval('moves')"
	if t.r.sqlite() {
		next, moved = "(SELECT n FROM moves)", "(SELECT n FROM moves)"
		err = t.pipe.exec("number the move", 1, "UPDATE moves SET n = n + 1")
	} else {
		err = t.pipe.exec("tell of the move", 1, tellOfMove)
	}
	if err != nil {
		return "", err
	}
	// Constants of this function, no input.
	err = t.pipe.exec("keep the days", 1, `INSERT INTO past_dues (serial, born, died, list_due, task_due, term_due, at)
		SELECT serial, moved, `+next+`, list_due, task_due, term_due, ? FROM cases WHERE id = ?`, micro(t.db), t.c.ID)
	if err != nil {
		return "", err
	}
	return moved, t.pipe.add("forget old days", nil, func(tx *gorm.DB) *gorm.DB {
		return tx.Exec("DELETE FROM past_dues WHERE serial = ? AND at < ?", t.row.Serial, micro(t.db.Add(-cursorLife)))
	})
}

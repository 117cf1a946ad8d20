package register

import (
	"errors"
	"fmt"
	"reflect"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// flush writes what the turn has entered: a few statements, whatever the number of moves. The
// order is by locks: what others wait for (the counter of a new case's number) comes last.
func (t *Turn) flush() error {
	if err := t.writeVerdicts(); err != nil {
		return err
	}
	if len(t.writes.entries) > 0 {
		for _, step := range []func() error{t.writeAct, t.writeEntries, t.writePapers, t.writeDeadlines, t.writeNotices, t.writePublications, t.writeContacts, t.writeViolation, t.writeCase, t.writeSought} {
			if err := step(); err != nil {
				return err
			}
		}
	}
	if err := t.pipe.send(); err != nil {
		return err
	}
	return t.writeSends()
}

func (t *Turn) writeEntries() error {
	return t.pipe.create("write the entries", &t.writes.entries)
}

func (t *Turn) writeVerdicts() error {
	for _, v := range t.writes.verdicts {
		err := t.pipe.exec("write the verdict of act "+v.act, 1,
			"UPDATE acts SET entry = ?, refusal = ?, decided_at = ? WHERE id = ? AND entry IS NULL AND refusal IS NULL",
			v.entry, v.refusal, t.now, v.act)
		if err != nil {
			return err
		}
	}
	if len(t.writes.refused) == 0 {
		return nil
	}
	for _, text := range forgetPersons {
		err := t.pipe.add("forget the contact of a refused act", nil, func(tx *gorm.DB) *gorm.DB { return tx.Exec(text, t.writes.refused) })
		if err != nil {
			return err
		}
	}
	return nil
}

// writeAct writes the row of the new act, with its verdict: before the entry, which refers to it.
func (t *Turn) writeAct() error {
	if t.writes.made == nil {
		return nil
	}
	if err := t.writePerson(t.writes.made); err != nil {
		return err
	}
	return t.pipe.create("write the act", &t.writes.made.row)
}

func (t *Turn) writePapers() error {
	if len(t.writes.papers) == 0 {
		return nil
	}
	var ids []string
	for id := range t.writes.papers {
		ids = append(ids, id)
	}
	return t.pipe.exec("enter papers", int64(len(ids)),
		`UPDATE papers SET entry = (SELECT e.seq FROM entries e WHERE e.paper_id = papers.id), entered_at = ?
		WHERE id IN ? AND entry IS NULL`, t.now, ids)
}

// writeDeadlines keeps the table equal to the case's armed deadlines.
func (t *Turn) writeDeadlines() error {
	was, is := map[string]casefile.Deadline{}, map[string]bool{}
	for _, d := range t.writes.before {
		was[d.Key()] = d
	}
	var armed []deadlineRow
	for _, d := range t.c.Deadlines {
		if old, ok := was[d.Key()]; ok && sameDeadline(old, d) {
			is[d.Key()] = true
			continue
		}
		row, err := deadlineRowOf(t.c.ID, d)
		if err != nil {
			return err
		}
		armed = append(armed, row)
	}
	var gone []string
	for key := range was {
		if !is[key] {
			gone = append(gone, key)
		}
	}
	if len(gone) > 0 {
		err := t.pipe.exec("clear deadlines", int64(len(gone)), "DELETE FROM deadlines WHERE case_id = ? AND key IN ?", t.c.ID, gone)
		if err != nil {
			return err
		}
	}
	if len(armed) == 0 {
		return nil
	}
	return t.pipe.create("arm deadlines", &armed)
}

// sameDeadline compares instants as instants: their zones are read anew with every copy.
func sameDeadline(a, b casefile.Deadline) bool {
	if !a.Due.Equal(b.Due) {
		return false
	}
	a.Due = b.Due
	return reflect.DeepEqual(a, b)
}

func deadlineRowOf(id string, d casefile.Deadline) (deadlineRow, error) {
	body, err := encode(d)
	return deadlineRow{CaseID: id, Key: d.Key(), Name: d.Name, Class: d.Class, Due: micro(d.Due), Calendar: d.Calendar, Body: body}, err
}

func (t *Turn) writeNotices() error {
	if len(t.writes.notices) == 0 {
		return nil
	}
	return t.pipe.create("write the outbox", &t.writes.notices)
}

// writeCase writes the row that lists show. The case has moved, so the sweep's back-off starts
// anew; a fault is over when the move that had it was entered.
func (t *Turn) writeCase() error {
	body, err := encode(t.c)
	if err != nil {
		return err
	}
	if t.writes.moved[t.row.FaultRef] {
		t.row.Stuck, t.row.Faults, t.row.FaultRef = false, 0, ""
	}
	closed, is := t.c.Closed(), duesOf(t.c, t.r.place)
	moved, err := t.moveDays(is)
	if err != nil {
		return err
	}
	return t.pipe.exec("write the case", 1, `UPDATE cases SET state = ?, seq = ?, authority = ?, operator = ?, officer = ?, regime = ?, next_due = ?,
		turn = ?, list_due = ?, task_who = ?, task = ?, task_due = ?, term_open = ?, term = ?, term_due = ?, moved = `+moved+`, closed = ?, closed_at = ?, keep_until = ?, overdue = ?, told = ?, looks = 0, next_look = ?, stuck = ?, fault_ref = ?, faults = ?,
		fault = CASE WHEN ? = 0 THEN '' ELSE fault END, body = ?, head = ? WHERE id = ?`,
		t.c.State, t.c.Seq, t.c.Authority, t.c.Operator, t.c.Officer, t.c.Regime, orNever(t.c.NextDue()),
		is.MustAct, is.ListDue, is.TaskWho, is.Task, is.TaskDue, is.TermOpen, is.Term, is.TermDue, closed, t.closing(closed), keptUntil(t.c), len(t.c.Overdue) > 0, t.c.Visible, micro(t.db), t.row.Stuck, t.row.FaultRef, t.row.Faults,
		t.row.Faults, body, t.row.Head, t.c.ID)
}

func (t *Turn) writeSends() error {
	if len(t.writes.sent) == 0 {
		return nil
	}
	if err := t.tx.Create(&t.writes.sent).Error; err != nil {
		return fmt.Errorf("send papers to linked cases: %w", err)
	}
	for _, o := range t.writes.opened {
		_, err := t.r.open(t.pipe, o)
		if errors.Is(err, ErrSameAct) {
			return errors.Join(errAgain, err) // the next attempt is told by SameAct whose act it is
		}
		if err != nil {
			return err
		}
		if err := sameParties(t.tx, t.c, o.NewCase); err != nil {
			return err
		}
	}
	if len(t.writes.exempt) == 0 {
		return nil
	}
	return t.pipe.create("exempt inspections from the cap", &t.writes.exempt)
}

package register

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"duban/calendar"
	"duban/casefile"
)

// Turn is the one transaction that moves a case. It holds the case's lock from its first
// statement to its commit; what it enters is written together at its end.
type Turn struct {
	r   *Register
	tx  *gorm.DB
	row caseRow
	c   casefile.Case
	now time.Time // legal
	db  time.Time // real

	papers map[string]Paper // read in this turn
	acts   map[string]ActRow
	plan   plan
}

// Turn runs f under the lock of a case. f may run more than once: after a deadlock, a lost race
// or a busy database everything is read anew. ErrNotFound without the case.
func (r *Register) Turn(ctx context.Context, id string, f func(*Turn) error) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		t := &Turn{r: r, tx: tx, papers: map[string]Paper{}, acts: map[string]ActRow{}}
		if err := t.lock(id); err != nil {
			return err
		}
		if err := f(t); err != nil {
			return err
		}
		return t.flush()
	})
	if err != nil {
		return fmt.Errorf("turn of case %s: %w", id, err)
	}
	return nil
}

// lock takes the case against doors and other turns, then reads the clock: not the time at
// which the statement began, which may lie before a paper that the lock waited for.
func (t *Turn) lock(id string) error {
	var row struct {
		Case  caseRow `gorm:"embedded"`
		DBNow time.Time
	}
	// FOR NO KEY UPDATE: papers of linked cases refer to this row and must not wait for it,
	// or two linked cases settling at once would deadlock.
	lock := `WITH c AS MATERIALIZED (SELECT * FROM cases WHERE id = ? FOR NO KEY UPDATE)
		SELECT c.serial, c.id, c.number, c.kind, c.state, c.seq, c.authority, c.operator, c.officer, c.subject, c.regime, c.filed_at,
			c.next_due, c.closed, c.closed_at, c.stuck, c.fault_ref, c.faults, c.body, c.head, clock_timestamp() AS db_now FROM c`
	if t.r.sqlite() {
		lock = `SELECT serial, id, number, kind, state, seq, authority, operator, officer, subject, regime, filed_at,
			next_due, closed, closed_at, stuck, fault_ref, faults, body, head FROM cases WHERE id = ?`
	}
	found := t.tx.Raw(lock, id).Scan(&row)
	if found.Error != nil {
		return fmt.Errorf("lock: %w", found.Error)
	}
	if found.RowsAffected == 0 {
		return ErrNotFound
	}
	t.row, t.db = row.Case, row.DBNow
	if t.r.sqlite() {
		t.db = time.Now()
	}
	clock, err := t.r.readClock(t.tx, true)
	if err != nil {
		return err
	}
	t.now = clock.At(t.db)
	return decode(row.Case.Body, &t.c)
}

// Case is the case as it stands, with what this turn has entered. Its deadlines are the caller's
// to sort; the rest is not to be changed.
func (t *Turn) Case() casefile.Case {
	c := t.c
	c.Deadlines = slices.Clone(c.Deadlines)
	return c
}

// Now is the legal instant of the lock.
func (t *Turn) Now() time.Time { return t.now }

// Regime is the hash of the regime that the case pins.
func (t *Turn) Regime() string { return t.c.Regime }

// Stuck tells whether the case was given up after faults (Fault).
func (t *Turn) Stuck() bool { return t.row.Stuck }

// Papers are those not entered yet, by receipt and then by the order of the inbox, at most limit.
func (t *Turn) Papers(limit int) ([]Paper, error) {
	var rows []paperRow
	// Those entered by this turn are still unentered in the table.
	err := t.tx.Where("case_id = ? AND entry IS NULL", t.c.ID).Order("received, serial").Limit(limit + len(t.plan.papers)).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the inbox: %w", err)
	}
	all, err := papersOf(rows)
	if err != nil {
		return nil, err
	}
	var out []Paper
	for _, p := range all {
		if _, entered := t.plan.papers[p.ID]; !entered && len(out) < limit {
			out = append(out, p)
			t.papers[p.ID] = p
		}
	}
	return out, nil
}

// Act reads an act on this case, with the verdict it may have already. ErrNotFound also for an
// act on another case.
func (t *Turn) Act(id string) (ActRow, error) {
	if a, ok := t.acts[id]; ok {
		return a, nil
	}
	a, err := actByID(t.tx, id)
	if err != nil {
		return ActRow{}, err
	}
	if a.Case != t.c.ID {
		return ActRow{}, fmt.Errorf("act %s on case %s: %w", id, t.c.ID, ErrNotFound)
	}
	t.acts[id] = a
	return a, nil
}

// SameAct is the enforcement case that holds a day of the violation act already; empty when the
// act is free. A day that another turn takes meanwhile makes this turn run again.
func (t *Turn) SameAct(operator, requirement string, from, to calendar.Day) (string, error) {
	for _, o := range t.plan.opened {
		b := o.body
		if o.Kind == casefile.Enforcement && o.Operator == operator && b.Requirement == requirement && !b.PeriodFrom.After(to) && !from.After(b.PeriodTo) {
			return o.ID, nil
		}
	}
	var id string
	err := t.tx.Raw("SELECT case_id FROM violation_days WHERE operator = ? AND requirement = ? AND day BETWEEN ? AND ? ORDER BY day LIMIT 1",
		operator, requirement, from.String(), to.String()).Scan(&id).Error
	if err != nil {
		return "", fmt.Errorf("look for the violation act: %w", err)
	}
	return id, nil
}

// HasAuthority tells whether the house has that authority, so that an act which would open a
// case there can be refused before it is entered.
func (t *Turn) HasAuthority(id string) (bool, error) {
	_, err := authorityCode(t.tx, id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// RegimeText is the text pinned under that hash; ErrNotFound.
func (t *Turn) RegimeText(hash string) ([]byte, error) { return regimeText(t.tx, hash) }

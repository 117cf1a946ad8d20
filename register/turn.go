package register

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// Turn is the one transaction that moves a case. It holds the case's lock from its first
// statement to its commit; what it enters is written together at its end.
type Turn struct {
	r    *Register
	tx   *gorm.DB
	pipe *pipeline
	row  caseRow
	c    casefile.Case

	clock Clock
	now   time.Time // legal
	db    time.Time // real

	fresh bool // this turn's transaction has made the case

	edition int64 // of the newest holiday table

	waiting []Paper          // as read with the lock
	papers  map[string]Paper // those handed out
	acts    map[string]ActRow
	asked   *NewAct // has no row yet; nil: none
	writes  writes
	pinned  map[string]string // authority → regime of the case that it is sent
}

// Ask names a case and what a turn on it is to read together with its lock.
type Ask struct {
	Case   string
	Act    string // id of an act that has a row already; empty: none
	New    *NewAct
	Papers int // at most so many of those that wait
}

// Turn runs f under the lock of a case. f may run more than once: after a deadlock, a lost race
// or a busy database everything is read anew. ErrNotFound without the case; ErrKeyReused where the key
// of the new act has asked for something else.
func (r *Register) Turn(ctx context.Context, ask Ask, f func(*Turn) error) error {
	if ask.New != nil {
		ask.Act = ask.New.ID()
	}
	err := r.piped(ctx, func(p *pipeline) error {
		t := r.newTurn(p)
		if err := t.lock(ask); err != nil {
			return err
		}
		if err := f(t); err != nil {
			return err
		}
		err := t.flush()
		if ask.New != nil && errors.Is(err, gorm.ErrDuplicatedKey) {
			err = errors.Join(errAgain, err) // the key asked for an act on another case at the same time: its row is there now
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("turn of case %s: %w", ask.Case, err)
	}
	return nil
}

func (r *Register) newTurn(p *pipeline) *Turn {
	return &Turn{r: r, tx: p.tx, pipe: p, papers: map[string]Paper{}, acts: map[string]ActRow{}}
}

// lock takes the case against doors and other turns, then reads the rest, each with a view of its
// own: the lock may have waited for a paper.
func (t *Turn) lock(ask Ask) error {
	lock := "SELECT " + lockedColumns + " FROM cases WHERE id = ?"
	if !t.r.sqlite() {
		// FOR NO KEY UPDATE: papers of linked cases refer to this row and must not wait for it,
		// or two linked cases settling at once would deadlock.
		lock += " FOR NO KEY UPDATE"
	}
	var found []caseRow
	var now instant
	var papers []paperRow
	var tables []struct{ Edition int64 }
	var acts []actRow
	err := errors.Join(
		read(t.pipe, "lock", &found, lock, ask.Case),
		t.r.readNow(t.pipe, &now),
		read(t.pipe, "read the inbox", &papers,
			"SELECT * FROM papers WHERE case_id = ? AND entry IS NULL ORDER BY received, serial LIMIT ?", ask.Case, ask.Papers),
		read(t.pipe, "look for holiday tables", &tables, newestEdition),
	)
	if ask.Act != "" {
		err = errors.Join(err, read(t.pipe, "read the act", &acts, "SELECT * FROM acts WHERE id = ?", ask.Act))
	}
	if err = errors.Join(err, t.pipe.send()); err != nil {
		return err
	}
	if len(found) == 0 {
		return ErrNotFound
	}
	t.row, t.db, t.edition = found[0], now[0].Now, tables[0].Edition
	if t.clock, err = t.r.readClock(t.tx, true); err != nil {
		return err
	}
	t.now = t.clock.At(t.db)
	if t.waiting, err = papersOf(papers); err != nil {
		return err
	}
	if err := t.readActs(acts, ask); err != nil {
		return err
	}
	return decode(t.row.Body, &t.c)
}

// readActs takes the act that was read, or the new one, of which there is no row.
func (t *Turn) readActs(rows []actRow, ask Ask) (err error) {
	for _, a := range rows {
		if ask.New != nil && a.Hash != ask.New.row.Hash {
			return ErrKeyReused
		}
		if a.CaseID != ask.Case {
			continue
		}
		if t.acts[a.ID], err = a.act(); err != nil {
			return err
		}
	}
	if ask.New != nil && len(rows) == 0 {
		t.asked = ask.New
		t.acts[ask.Act], err = ask.New.row.act()
	}
	return err
}

const lockedColumns = `serial, id, number, kind, state, seq, authority, operator, officer, subject, outward, filing, regime, filed_at,
	next_due, list_due, task_due, term_due, closed, closed_at, stuck, fault_ref, faults, body, head`

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

// Papers are those not entered yet, by receipt and then by the order of the inbox: as many as
// were asked for, less those that this turn has entered.
func (t *Turn) Papers() []Paper {
	var out []Paper
	for _, p := range t.waiting {
		if _, entered := t.writes.papers[p.ID]; !entered {
			out = append(out, p)
			t.papers[p.ID] = p
		}
	}
	return out
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

// Pin has the case that this turn opens at another authority pinned to a text of its own.
func (t *Turn) Pin(authority string, text RegimeText) error {
	if err := pinRegime(t.tx, text, t.now); err != nil {
		return err
	}
	t.pinned = map[string]string{authority: text.Hash}
	return nil
}

// RegimeText is the text pinned under that hash; ErrNotFound.
func (t *Turn) RegimeText(hash string) ([]byte, error) { return regimeText(t.tx, hash) }

package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
)

// Facts is what the register can tell the law of one case, asked within a turn or before one.
type Facts struct {
	tx      *gorm.DB
	place   *time.Location
	c       casefile.Case
	opened  []opening      // by the turn itself
	entered map[string]int // papers by the turn itself
}

// Facts tells of a case as the register stands now: a turn may find it changed.
func (r *Register) Facts(ctx context.Context, c casefile.Case) Facts {
	return Facts{tx: r.db.WithContext(ctx), place: r.place, c: c}
}

// Facts tells of the turn's case, as the turn sees it.
func (t *Turn) Facts() Facts {
	return Facts{tx: t.tx, place: t.r.place, c: t.c, opened: t.writes.opened, entered: t.writes.papers}
}

// Cards are the cards of those officers.
func (f Facts) Cards(officers []string) ([]casefile.Card, error) {
	var rows []cardRow
	if err := f.tx.Where("officer IN ?", officers).Order("number").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read the cards of the officers: %w", err)
	}
	return cardsOf(rows)
}

// Types are those of the case's operator; none where the register does not know it.
func (f Facts) Types() ([]string, error) {
	if f.c.Operator == "" {
		return nil, nil
	}
	o, err := oneByID[Operator](f.tx, "operator", f.c.Operator)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	return o.Types, err
}

// colleagues walks up from the case's authority: whose officers belong to an authority on that way,
// belong to one above it.
const colleagues = `WITH RECURSIVE way(id, parent) AS (
	SELECT id, parent FROM authorities WHERE id = ? UNION SELECT a.id, a.parent FROM authorities a JOIN way ON a.id = way.parent
)
SELECT id, role, authority = ? AS own, authority IN (SELECT id FROM way) AS near FROM officers WHERE id IN ? AND retired_at IS NULL ORDER BY id`

// Staff is who those officers are to the case's authority; of one that the register does not know, or
// who has left, nothing.
func (f Facts) Staff(officers []string) ([]casefile.Colleague, error) {
	var rows []struct {
		ID        string
		Role      casefile.Role
		Own, Near bool
	}
	if err := f.tx.Raw(colleagues, f.c.Authority, f.c.Authority, officers).Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("find the officers who are named: %w", err)
	}
	out := make([]casefile.Colleague, len(rows))
	for i, row := range rows {
		out[i] = casefile.Colleague{Officer: row.ID, Role: row.Role, Own: row.Own, Above: row.Near && !row.Own}
	}
	return out, nil
}

// Above is the authority above the case's, where the officer is a head of the case's own; else empty.
func (f Facts) Above(officer string) (string, error) {
	var parents []string
	err := f.tx.Raw("SELECT a.parent FROM authorities a JOIN officers o ON o.authority = a.id WHERE a.id = ? AND o.id = ? AND o.role = ? AND a.parent IS NOT NULL",
		f.c.Authority, officer, casefile.RoleHead).Scan(&parents).Error
	if err != nil {
		return "", fmt.Errorf("find the authority above a head: %w", err)
	}
	if len(parents) == 0 {
		return "", nil
	}
	return parents[0], nil
}

// SameAct is the enforcement case, other than this one, that holds a day of the violation act already;
// empty when the act is free. A day that another turn takes meanwhile makes the turn run again.
func (f Facts) SameAct(operator, requirement string, from, to calendar.Day) (string, error) {
	for _, o := range f.opened {
		b := o.body
		if o.Kind == casefile.Enforcement && o.Operator == operator && b.Requirement == requirement && !b.PeriodFrom.After(to) && !from.After(b.PeriodTo) {
			return o.ID, nil
		}
	}
	var id string
	err := f.tx.Raw("SELECT case_id FROM violation_days WHERE operator = ? AND requirement = ? AND day BETWEEN ? AND ? AND case_id <> ? ORDER BY day LIMIT 1",
		operator, requirement, from.String(), to.String(), f.c.ID).Scan(&id).Error
	if err != nil {
		return "", fmt.Errorf("look for the violation act: %w", err)
	}
	return id, nil
}

// Slip is another case into whose inbox the bank's payment with a slip of that number was put; empty:
// none is. Papers stand in the inbox before they are settled, so of two cases that are settled at once
// one at least finds the other.
func (f Facts) Slip(number string) (string, error) {
	var id string
	err := f.tx.Raw("SELECT case_id FROM papers WHERE slip = ? AND slip <> '' AND case_id <> ? ORDER BY serial LIMIT 1", casefile.SlipKey(number), f.c.ID).Scan(&id).Error
	if err != nil {
		return "", fmt.Errorf("look for the slip in other cases: %w", err)
	}
	return id, nil
}

// Operator tells whether the register knows it.
func (f Facts) Operator(id string) (bool, error) {
	_, err := oneByID[Operator](f.tx, "operator", id)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Enclosed are the papers of a complaint that go with it when it is transferred: those that its sides
// have sent, and the one that opened it.
func (f Facts) Enclosed() ([]casefile.Enclosed, error) {
	var rows []paperRow
	err := f.tx.Where("case_id = ? AND (sender IN ('complainant', 'operator') OR id = (SELECT filing FROM cases WHERE id = ?))", f.c.ID, f.c.ID).
		Order("serial").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("find the papers of case %s: %w", f.c.ID, err)
	}
	var out []casefile.Enclosed
	for _, row := range rows {
		if _, now := f.entered[row.ID]; row.Entry == nil && !now {
			continue // came from a linked case meanwhile: it is entered, and passed on, after the transfer
		}
		x := casefile.Enclosed{ID: row.ID, Name: row.Name, Sender: row.Sender, On: calendar.DayOf(row.Received, f.place)}
		if row.Effective != "" {
			if x.On, err = readDay(row.Effective); err != nil {
				return nil, fmt.Errorf("read paper %s: %w", row.ID, err)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// Authority is an authority of the installation; ErrNotFound.
func (f Facts) Authority(id string) (jurisdiction.Authority, error) {
	row, err := oneByID[authorityRow](f.tx, "authority", id)
	return row.authority(), err
}

// RegimeText is the text pinned under that hash; ErrNotFound.
func (f Facts) RegimeText(hash string) ([]byte, error) { return regimeText(f.tx, hash) }

package register

import (
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/casefile"
)

// What beside the ledger hangs on facts that an entry puts right: the person's contact, the days of
// the violation act, and the text by which the case is found.

// writeContacts puts the new row in the place of the one that stood. The old one is kept, with the
// entry that ended it: it is what the filing's hash was made over.
func (t *Turn) writeContacts() error {
	for _, x := range t.writes.contacts {
		err := errors.Join(
			t.pipe.add("end a contact", nil, func(tx *gorm.DB) *gorm.DB {
				return tx.Exec("UPDATE case_parties SET until_seq = ? WHERE case_id = ? AND role = ? AND until_seq IS NULL", x.seq, t.c.ID, x.role)
			}),
			t.pipe.create("write a contact", &partyRow{CaseID: t.c.ID, Role: x.role, PersonID: x.person}),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// writeViolation moves the days of the violation act with its operator, requirement and period. A day
// that another case has taken meanwhile makes the turn run again, and the law is told whose it is.
func (t *Turn) writeViolation() error {
	was, is := t.writes.was.Enforcement, t.c.Enforcement
	if was == nil || was.Requirement == is.Requirement && was.PeriodFrom == is.PeriodFrom && was.PeriodTo == is.PeriodTo && t.writes.was.Operator == t.c.Operator {
		return nil
	}
	days := violationDays(t.c.ID, t.c.Operator, is.Requirement, is.PeriodFrom, is.PeriodTo)
	all := func(rows int64) error {
		if rows != int64(len(days)) {
			return errors.Join(errAgain, ErrSameAct)
		}
		return nil
	}
	return errors.Join(
		t.pipe.add("let go of the violation act", nil, func(tx *gorm.DB) *gorm.DB {
			return tx.Exec("DELETE FROM violation_days WHERE case_id = ?", t.c.ID)
		}),
		t.pipe.add("take the violation act as put right", all, func(tx *gorm.DB) *gorm.DB {
			return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&days)
		}),
	)
}

// writeSought keeps the subject as operators read it, and what the case is found by: that, its
// operator and its requirement.
func (t *Turn) writeSought() error {
	requirement, outward := "", t.outwardNow()
	if t.c.Enforcement != nil {
		requirement = t.c.Enforcement.Requirement
	}
	if outward == t.row.Outward && t.writes.was.Operator == t.c.Operator &&
		(t.writes.was.Enforcement == nil || t.writes.was.Enforcement.Requirement == requirement) {
		return nil
	}
	var rows []struct{ Name, Sought string }
	err := t.tx.Raw("SELECT coalesce(o.name, '') AS name, c.sought FROM cases c LEFT JOIN operators o ON o.id = ? WHERE c.id = ?", t.c.Operator, t.c.ID).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("find what case %s is found by: %w", t.c.ID, err)
	}
	if len(rows) != 1 {
		return fmt.Errorf("find what case %s is found by: %d rows", t.c.ID, len(rows))
	}
	sought := soughtBy(t.row.Subject, worded(outward), rows[0].Name, requirement)
	was, is := gramsOf(rows[0].Sought), gramsOf(sought)
	return errors.Join(
		t.pipe.exec("write what the case is found by", 1, "UPDATE cases SET outward = ?, sought = ? WHERE id = ?", outward, sought, t.c.ID),
		t.pipe.add("drop from the search index", nil, func(tx *gorm.DB) *gorm.DB {
			return tx.Exec("DELETE FROM grams WHERE serial = ? AND gram IN ?", t.row.Serial, was)
		}),
		putGrams(t.pipe, t.row.Serial, is),
	)
}

// outwardNow is the subject as operators read it after this turn: the authority's words, else the
// neutral title of the dispute as it is.
func (t *Turn) outwardNow() string {
	was, is := t.writes.was.Complaint, t.c.Complaint
	switch {
	case t.writes.titled != "":
		return t.writes.titled
	case was != nil && t.row.Outward == casefile.Neutral(t.c.Kind, was.Dispute).Zh:
		return casefile.Neutral(t.c.Kind, is.Dispute).Zh
	}
	return t.row.Outward
}

package register

import (
	"fmt"

	"gorm.io/gorm"

	"duban/law/duties"
)

// putDutyNotices writes what leaves the installation because of an event. The id of a notice is made of
// duty, event and place: it leaves once.
func (r *Register) putDutyNotices(tx *gorm.DB, e duties.Event) error {
	if len(e.Notices) == 0 {
		return nil
	}
	c, db, err := r.clock(tx)
	if err != nil {
		return err
	}
	var rows []outboxRow
	for n, x := range e.Notices {
		rows = append(rows, outboxRow{
			ID: idOf("duty notice", e.Duty, fmt.Sprint(e.Seq), fmt.Sprint(n)), DutyID: &e.Duty, Seq: e.Seq, Document: x.Document,
			Recipient: x.To, RecipientID: x.ID, Cite: x.Cite, DueDay: x.Due.String(), Urgent: x.Urgent,
			State: pending, NextTry: micro(db), CreatedAt: c.At(db),
		})
	}
	if err := tx.Create(&rows).Error; err != nil {
		return fmt.Errorf("write the outbox: %w", err)
	}
	return nil
}

// returnToDuty enters into a duty's history that a letter reached nobody, once fail has marked
// its notice; who had sent it is told.
func (r *Register) returnToDuty(tx *gorm.DB, n outboxRow, fail func() (bool, error)) error {
	row, d, err := r.lockDuty(tx, *n.DutyID)
	if err != nil {
		return err
	}
	if failed, err := fail(); err != nil || !failed {
		return err
	}
	var body string
	if err := tx.Raw("SELECT body FROM duty_events WHERE duty_id = ? AND seq = ?", row.ID, n.Seq).Scan(&body).Error; err != nil {
		return err
	}
	var sent duties.Event
	if err := decode(body, &sent); err != nil {
		return err
	}
	now, err := r.legalNow(tx)
	if err != nil {
		return err
	}
	return r.putDutyEvent(tx, row, d, idOf("duty undelivered", n.ID), "", "", duties.Event{
		At: now, Name: duties.EventUndelivered, Document: n.Document, Officer: sent.By.Officer,
	})
}

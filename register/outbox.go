package register

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
)

// The states of a notice in the outbox.
const (
	pending = "pending"
	sent    = "sent"
	failed  = "failed"
)

// NoticeRow is a notice to be sent, with who it goes to. Its ID is the message id: sending it
// twice must show as one.
type NoticeRow struct {
	ID       string
	Case     string
	Duty     string        // what it is about in place of a case
	Title    casefile.Text // of the duty
	Number   string
	Kind     casefile.Kind
	Subject  string
	Document string
	To       string // complainant, operator, applicant, officer, superior, head, respondent, treasury, body, court
	Cite     string
	Due      calendar.Day // that the document tells its reader; zero: none
	Urgent   bool
	Attempts int // this one included
	Contact  Contact
}

// ClaimNotices takes the oldest notices that wait, at most limit, for the time of lease: until
// then nobody else gets them. One that is neither sent nor failed by then is given out again.
func (r *Register) ClaimNotices(ctx context.Context, limit int, lease time.Duration) ([]NoticeRow, error) {
	var out []NoticeRow
	err := r.write(ctx, func(tx *gorm.DB) error {
		now, err := r.databaseTime(tx)
		if err != nil {
			return err
		}
		var ids []string
		err = tx.Raw(`UPDATE outbox SET next_try = ?, attempts = attempts + 1
			WHERE id IN (SELECT id FROM outbox WHERE state = 'pending' AND next_try <= ? ORDER BY serial LIMIT ?)
			AND state = 'pending' AND next_try <= ? RETURNING id`,
			micro(now.Add(lease)), micro(now), bounded(limit), micro(now)).Scan(&ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		legal, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		out, err = notices(tx, calendar.DayOf(legal, r.place), ids)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim notices: %w", err)
	}
	return out, nil
}

func notices(tx *gorm.DB, today calendar.Day, ids []string) ([]NoticeRow, error) {
	var rows []struct {
		Notice                           outboxRow `gorm:"embedded"`
		Number, Subject, Authority, Duty string
		Kind                             casefile.Kind
	}
	err := tx.Raw(`SELECT o.id, o.case_id, o.duty_id, o.document, o.recipient, o.recipient_id, o.cite, o.due_day, o.urgent, o.attempts,
		coalesce(c.number, '') AS number, coalesce(c.subject, '') AS subject, coalesce(c.authority, d.authority) AS authority,
		coalesce(c.kind, '') AS kind, coalesce(d.body, '') AS duty
		FROM outbox o LEFT JOIN cases c ON c.id = o.case_id LEFT JOIN duties d ON d.id = o.duty_id WHERE o.id IN ? ORDER BY o.serial`, ids).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	var cases []string
	for _, row := range rows {
		if row.Notice.CaseID != nil {
			cases = append(cases, *row.Notice.CaseID)
		}
	}
	book, err := addresses(tx, today, cases)
	if err != nil {
		return nil, err
	}
	out := make([]NoticeRow, 0, len(rows))
	for _, row := range rows {
		o := row.Notice
		n := NoticeRow{
			ID: o.ID, Number: row.Number, Kind: row.Kind, Subject: row.Subject, Document: o.Document,
			To: o.Recipient, Cite: o.Cite, Urgent: o.Urgent, Attempts: o.Attempts,
		}
		if o.CaseID != nil {
			n.Case = *o.CaseID
		} else {
			var d duties.Duty
			if err := decode(row.Duty, &d); err != nil {
				return nil, fmt.Errorf("read notice %s: %w", o.ID, err)
			}
			n.Duty, n.Title = d.ID, d.Name()
		}
		if n.Due, err = readDay(o.DueDay); err != nil {
			return nil, fmt.Errorf("read notice %s: %w", o.ID, err)
		}
		if n.Contact, err = book.of(n.Case, row.Authority, o.Recipient, o.RecipientID); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// NoticeSent says that these notices have left the installation.
func (r *Register) NoticeSent(ctx context.Context, ids ...string) error {
	if len(ids) == 0 {
		return nil
	}
	err := r.write(ctx, func(tx *gorm.DB) error {
		now, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		return tx.Exec("UPDATE outbox SET state = 'sent', sent_at = ?, cause = '' WHERE id IN ? AND state = 'pending'", now, ids).Error
	})
	if err != nil {
		return fmt.Errorf("mark %d notices sent: %w", len(ids), err)
	}
	return nil
}

// NoticeFailed says that a notice could not be sent. It is tried again later, unless the failure
// is final: then it returns to its case as the paper undelivered, or to its duty's history, in the
// same transaction. The cause is kept for the officer; it must name no person. Twice is harmless.
func (r *Register) NoticeFailed(ctx context.Context, id, cause string, final bool) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		var n outboxRow
		found := tx.Raw("SELECT id, case_id, duty_id, seq, document, state, attempts FROM outbox WHERE id = ?", id).Scan(&n)
		if found.Error != nil {
			return found.Error
		}
		if found.RowsAffected == 0 {
			return ErrNotFound
		}
		if !final {
			now, err := r.databaseTime(tx)
			if err != nil {
				return err
			}
			next := micro(now.Add(noticeBackOff(n.Attempts)))
			return tx.Exec("UPDATE outbox SET next_try = ?, cause = ? WHERE id = ? AND state = 'pending'", next, cause, id).Error
		}
		fail := func() (bool, error) {
			up := tx.Exec("UPDATE outbox SET state = 'failed', cause = ? WHERE id = ? AND state = 'pending'", cause, id)
			return up.RowsAffected > 0, up.Error
		}
		if n.CaseID == nil {
			return r.returnToDuty(tx, n, fail)
		}
		return r.returnToCase(tx, n, fail)
	})
	if err != nil {
		return fmt.Errorf("note that notice %s failed: %w", id, err)
	}
	return nil
}

// returnToCase puts the paper undelivered into the case's inbox, once fail has marked its notice.
func (r *Register) returnToCase(tx *gorm.DB, n outboxRow, fail func() (bool, error)) error {
	at, err := r.atTheDoor(tx, *n.CaseID)
	if err != nil {
		return err
	}
	if failed, err := fail(); err != nil || !failed {
		return err
	}
	p := PaperIn{Case: *n.CaseID, Class: casefile.Paper, Name: "undelivered", By: casefile.Actor{Sender: "house"}, Body: casefile.Body{Document: n.Document}}
	body, err := encode(p.Body)
	if err != nil {
		return err
	}
	hash, err := r.digest(p.content())
	if err != nil {
		return err
	}
	return putPaper(tx, paperRow{
		ID: idOf("undelivered", n.ID), CaseID: p.Case, Class: p.Class, Name: p.Name, Sender: p.By.Sender,
		Received: at.now, Body: body, Hash: hash, StoredAt: at.real,
	})
}

// noticeBackOff is 10 s, doubled with each attempt, at most an hour.
func noticeBackOff(attempts int) time.Duration {
	return min(5*time.Second<<min(attempts, 12), time.Hour)
}

func (r *Register) legalNow(tx *gorm.DB) (time.Time, error) {
	c, db, err := r.clock(tx)
	return c.At(db), err
}

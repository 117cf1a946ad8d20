package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Receive takes a paper for a standing case, open or closed. The case's row is locked before the
// paper is stamped, so that no lapse can overlook it (architecture §3.1). The same key with the same
// content gives the same receipt; with another content ErrKeyReused; ErrNotFound without the case.
func (r *Register) Receive(ctx context.Context, p PaperIn) (Receipt, error) {
	if p.Class == "" {
		p.Class = casefile.Paper
	}
	id := idOf("paper", p.Owner, p.Key)
	hash, err := r.digest(p.content())
	if err != nil {
		return Receipt{}, err
	}
	body, err := encode(p.Body)
	if err != nil {
		return Receipt{}, err
	}
	var out Receipt
	err = r.write(ctx, func(tx *gorm.DB) error {
		at, err := r.atTheDoor(tx, p.Case)
		if err != nil {
			return err
		}
		if p.Regime != nil {
			if err := pinRegime(tx, *p.Regime, at.now); err != nil {
				return err
			}
		}
		out = Receipt{Paper: id, Case: p.Case, Kind: at.kind, Number: at.number, Received: at.now}
		return putPaper(tx, paperRow{
			ID: id, CaseID: p.Case, Class: p.Class, Name: p.Name, Sender: p.By.Sender, Officer: p.By.Officer,
			Role: p.By.Role, Authority: p.By.Authority, Received: at.now, Effective: p.Effective.String(),
			Body: body, Hash: hash, StoredAt: at.real,
		})
	})
	switch {
	case errors.Is(err, errReceived):
		return r.sameReceipt(ctx, id, hash)
	case err != nil:
		return Receipt{}, fmt.Errorf("receive %s for case %s: %w", p.Name, p.Case, err)
	}
	return out, nil
}

// content is what the paper's hash is made over.
func (p PaperIn) content() any {
	return struct {
		Case      string
		Class     casefile.Class
		Name      string
		By        casefile.Actor
		Body      casefile.Body
		Effective calendar.Day
	}{p.Case, p.Class, p.Name, p.By, p.Body, p.Effective}
}

type doorstep struct {
	number string
	kind   casefile.Kind
	now    time.Time // legal
	real   time.Time
}

// atTheDoor locks the case against being moved, then reads the clock.
func (r *Register) atTheDoor(tx *gorm.DB, id string) (doorstep, error) {
	var row struct {
		Number string
		Kind   casefile.Kind
		DBNow  time.Time
	}
	lock := `WITH c AS MATERIALIZED (SELECT number, kind FROM cases WHERE id = ? FOR SHARE)
		SELECT number, kind, clock_timestamp() AS db_now FROM c`
	if r.sqlite() {
		lock = "SELECT number, kind FROM cases WHERE id = ?"
	}
	found := tx.Raw(lock, id).Scan(&row)
	if found.Error != nil {
		return doorstep{}, fmt.Errorf("lock the case: %w", found.Error)
	}
	if found.RowsAffected == 0 {
		return doorstep{}, ErrNotFound
	}
	if r.sqlite() {
		row.DBNow = time.Now()
	}
	c, err := r.readClock(tx, true)
	if err != nil {
		return doorstep{}, err
	}
	return doorstep{number: row.Number, kind: row.Kind, now: c.At(row.DBNow), real: micro(row.DBNow)}, nil
}

// Paper is a paper of the inbox.
type Paper struct {
	Serial    int64 // order of the inbox
	ID        string
	Case      string
	Class     casefile.Class // paper or house
	Name      string
	By        casefile.Actor
	Received  time.Time
	Effective calendar.Day
	Body      casefile.Body
	From      string    // the linked case that sent it, if one did
	Entry     int       // seq of its entry; zero: not entered yet
	Entered   time.Time // legal time
}

func (p paperRow) paper() (Paper, error) {
	out := Paper{
		Serial: p.Serial, ID: p.ID, Case: p.CaseID, Class: p.Class, Name: p.Name, Received: p.Received.UTC(), From: p.FromCase,
		By: casefile.Actor{Officer: p.Officer, Role: p.Role, Authority: p.Authority, Sender: p.Sender}, Entered: timeOf(p.EnteredAt),
	}
	if p.Entry != nil {
		out.Entry = *p.Entry
	}
	var err error
	if out.Effective, err = readDay(p.Effective); err != nil {
		return out, fmt.Errorf("read paper %s: %w", p.ID, err)
	}
	if err := decode(p.Body, &out.Body); err != nil {
		return out, fmt.Errorf("read paper %s: %w", p.ID, err)
	}
	return out, nil
}

func papersOf(rows []paperRow) ([]Paper, error) {
	out := make([]Paper, 0, len(rows))
	for _, row := range rows {
		p, err := row.paper()
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// Papers lists the papers of a case in the order of the inbox, from serial after on.
func (r *Register) Papers(ctx context.Context, id string, after int64, limit int) ([]Paper, error) {
	var rows []paperRow
	if err := r.db.WithContext(ctx).Where("case_id = ? AND serial > ?", id, after).Order("serial").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the papers of case %s: %w", id, err)
	}
	return papersOf(rows)
}

// Waits tells whether a paper of the case has no entry yet.
func (r *Register) Waits(ctx context.Context, id string) (waits bool, err error) {
	err = r.db.WithContext(ctx).Raw("SELECT EXISTS (SELECT 1 FROM papers WHERE case_id = ? AND entry IS NULL)", id).Scan(&waits).Error
	if err != nil {
		return false, fmt.Errorf("look for papers of case %s that wait: %w", id, err)
	}
	return waits, nil
}

// PaperByID finds a paper; ErrNotFound.
func (r *Register) PaperByID(ctx context.Context, id string) (Paper, error) {
	var rows []paperRow
	if err := r.db.WithContext(ctx).Where("id = ?", id).Find(&rows).Error; err != nil {
		return Paper{}, fmt.Errorf("find paper %s: %w", id, err)
	}
	if len(rows) == 0 {
		return Paper{}, fmt.Errorf("paper %s: %w", id, ErrNotFound)
	}
	return rows[0].paper()
}

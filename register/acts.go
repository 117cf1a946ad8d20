package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// ActIn is an act as an officer asks for it.
type ActIn struct {
	Owner string
	Key   string // the Idempotency-Key

	Case    string
	Name    string
	By      casefile.Actor
	Body    casefile.Body
	IfMatch *int // the seq that the officer saw

	Contact *Person // correct-facts: the person's data as they are; they stand with the persons, never with the act
}

// content is what the act's hash is made over.
func (a ActIn) content() any {
	return struct {
		Case, Name string
		By         casefile.Actor
		Body       casefile.Body
	}{a.Case, a.Name, a.By, a.Body}
}

// ActRow is an act of the register. Without Verdict it was not settled yet.
type ActRow struct {
	ID      string
	Case    string
	Name    string
	By      casefile.Actor
	Body    casefile.Body
	IfMatch *int
	Created time.Time // real time, by the clock of who wrote it down: the act's own instant is its entry's
	Verdict *Verdict
}

// Verdict is what became of an act: its entry, or a refusal.
type Verdict struct {
	Entry   int               // seq; zero when refused
	Refusal *casefile.Refusal // nil when entered
	Decided time.Time         // legal time
}

// NewAct is an act on its way into the register: the turn that enters it writes its row. One that is
// refused leaves none.
type NewAct struct {
	row    actRow
	person *personRow // of its contact; nil: none
	hashes Person     // what the person is found by
}

// NewAct makes ready what an act's row says; it asks the database nothing. Its id comes from owner and
// key, so that the same request is the same act. If-Match is no part of its content.
func (r *Register) NewAct(a ActIn) (*NewAct, error) {
	n := &NewAct{}
	id := idOf("act", a.Owner, a.Key)
	if a.Contact != nil {
		digest, err := r.ContactDigest(*a.Contact)
		if err != nil {
			return nil, err
		}
		a.Body.Contact = digest
		row, err := r.personRow(personID(id, 0), *a.Contact, micro(time.Now()))
		if err != nil {
			return nil, err
		}
		n.person, n.hashes = &row, *a.Contact
	}
	hash, err := r.digest(a.content())
	if err != nil {
		return nil, err
	}
	body, err := encode(a.Body)
	if err != nil {
		return nil, err
	}
	n.row = actRow{
		ID: id, CaseID: a.Case, Name: a.Name, Officer: a.By.Officer, Role: a.By.Role, Authority: a.By.Authority,
		Body: body, Hash: hash, IfMatch: a.IfMatch, CreatedAt: micro(time.Now()),
	}
	return n, nil
}

// ID names the act.
func (n *NewAct) ID() string { return n.row.ID }

func (n *NewAct) is(id string) bool { return n != nil && n.row.ID == id }

// entered is the act with its entry.
func (n *NewAct) entered(seq int, at time.Time) *NewAct {
	done := *n
	done.row.Entry, done.row.DecidedAt = &seq, &at
	return &done
}

// writePerson writes the new contact that an act brings; the case's it becomes with the entry.
func (t *Turn) writePerson(n *NewAct) error {
	if n.person == nil {
		return nil
	}
	return errors.Join(t.pipe.create("write the contact", n.person), t.r.putDigests(t.pipe, n.person.ID, n.hashes))
}

// ActByID finds an act with its verdict; ErrNotFound.
func (r *Register) ActByID(ctx context.Context, id string) (ActRow, error) {
	return actByID(r.db.WithContext(ctx), id)
}

// ActByKey finds the act that a key has asked for; ErrNotFound.
func (r *Register) ActByKey(ctx context.Context, owner, key string) (ActRow, error) {
	return r.ActByID(ctx, idOf("act", owner, key))
}

func actByID(tx *gorm.DB, id string) (ActRow, error) {
	row, err := readAct(tx, id)
	if err != nil {
		return ActRow{}, err
	}
	return row.act()
}

func readAct(tx *gorm.DB, id string) (actRow, error) {
	var rows []actRow
	if err := tx.Where("id = ?", id).Find(&rows).Error; err != nil {
		return actRow{}, fmt.Errorf("find act %s: %w", id, err)
	}
	if len(rows) == 0 {
		return actRow{}, fmt.Errorf("act %s: %w", id, ErrNotFound)
	}
	return rows[0], nil
}

func (a actRow) act() (ActRow, error) {
	out := ActRow{
		ID: a.ID, Case: a.CaseID, Name: a.Name, IfMatch: a.IfMatch, Created: a.CreatedAt.UTC(),
		By: casefile.Actor{Officer: a.Officer, Role: a.Role, Authority: a.Authority},
	}
	if err := decode(a.Body, &out.Body); err != nil {
		return out, fmt.Errorf("read act %s: %w", a.ID, err)
	}
	switch {
	case a.Entry != nil:
		out.Verdict = &Verdict{Entry: *a.Entry, Decided: timeOf(a.DecidedAt)}
	case a.Refusal != nil:
		out.Verdict = &Verdict{Refusal: &casefile.Refusal{}, Decided: timeOf(a.DecidedAt)}
		if err := decode(*a.Refusal, out.Verdict.Refusal); err != nil {
			return out, fmt.Errorf("read act %s: %w", a.ID, err)
		}
	}
	return out, nil
}

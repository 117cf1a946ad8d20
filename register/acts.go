package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

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

// PutAct writes an act down before anybody is asked to settle it. The same key with the same
// content gives the row that is there, with its verdict if it has one; with another content
// ErrKeyReused. If-Match is no part of the content. ErrNotFound without the case.
func (r *Register) PutAct(ctx context.Context, a ActIn) (ActRow, error) {
	id := idOf("act", a.Owner, a.Key)
	person, err := r.contactOf(id, &a)
	if err != nil {
		return ActRow{}, err
	}
	hash, err := r.digest(a.content())
	if err != nil {
		return ActRow{}, err
	}
	body, err := encode(a.Body)
	if err != nil {
		return ActRow{}, err
	}
	row := actRow{
		ID: id, CaseID: a.Case, Name: a.Name, Officer: a.By.Officer, Role: a.By.Role, Authority: a.By.Authority,
		Body: body, Hash: hash, IfMatch: a.IfMatch, CreatedAt: micro(time.Now()),
	}
	put, err := r.writeAct(ctx, row, person, a.Contact)
	if errors.Is(err, gorm.ErrForeignKeyViolated) {
		err = ErrNotFound
	}
	if err != nil {
		return ActRow{}, fmt.Errorf("put act %s on case %s: %w", a.Name, a.Case, err)
	}
	if put {
		return row.act()
	}
	if row, err = readAct(r.db.WithContext(ctx), id); err != nil {
		return ActRow{}, err
	}
	was, err := row.act()
	if err != nil || row.Hash == hash {
		return was, err
	}
	if person != nil && was.Body.Contact == "" { // nobody's: the act that is there has none
		if err := r.forgetPerson(ctx, person.ID); err != nil {
			return ActRow{}, fmt.Errorf("forget the contact of a reused key: %w", err)
		}
	}
	return ActRow{}, ErrKeyReused
}

// contactOf is the row for the contact that an act brings, whose digest then stands in the act; nil for none.
func (r *Register) contactOf(act string, a *ActIn) (*personRow, error) {
	if a.Contact == nil {
		return nil, nil
	}
	digest, err := r.ContactDigest(*a.Contact)
	if err != nil {
		return nil, err
	}
	a.Body.Contact = digest
	row, err := r.personRow(personID(act, 0), *a.Contact, micro(time.Now()))
	return &row, err
}

// writeAct writes an act down, and the contact that it brings; false: the act is there already.
func (r *Register) writeAct(ctx context.Context, row actRow, person *personRow, contact *Person) (put bool, err error) {
	err = r.piped(ctx, func(p *pipeline) error {
		if p.conn != nil {
			// The disk is not waited for: what counts is the turn's commit, and that takes this row to the
			// disk with it. A crash in between takes an act that nobody was told of; asked for again it is made.
			p.control("set local synchronous_commit to off", "SET")
		}
		if person != nil { // waits with the act, and is the case's once that is entered
			err := p.add("write the contact down", nil, func(tx *gorm.DB) *gorm.DB {
				return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(person)
			})
			if err := errors.Join(err, r.putDigests(p, person.ID, *contact)); err != nil {
				return err
			}
		}
		count := func(rows int64) error { put = rows == 1; return nil }
		return p.add("write it down", count, func(tx *gorm.DB) *gorm.DB {
			return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		})
	})
	return put, err
}

func (r *Register) forgetPerson(ctx context.Context, id string) error {
	return r.write(ctx, func(tx *gorm.DB) error {
		for _, text := range forgetPersons {
			if err := tx.Exec(text, []string{id}).Error; err != nil {
				return err
			}
		}
		return nil
	})
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

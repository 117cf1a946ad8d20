package register

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/calendar"
	"duban/law/casefile"
)

// External names a filing in the system that it was taken from.
type External struct {
	Source string `json:"source"`
	ID     string `json:"id"`
}

// Filing is the paper that opens a case, at the door.
type Filing struct {
	Owner string // whose key the request carries, or a name for the public
	Key   string // the Idempotency-Key, unique per owner

	Kind      casefile.Kind
	Authority string
	Operator  string
	Subject   string // the case's line in lists, found by search: no personal data, no free text
	By        casefile.Actor
	Body      casefile.Body
	Effective calendar.Day
	Regime    RegimeText
	Parties   []Party
	External  *External // imports: unique per authority and source
	Received  time.Time // imports that keep an earlier receipt; zero: now
	Ended     time.Time // imports of what was over elsewhere: when it ended; zero: with its receipt
}

// PaperIn is a paper for a standing case.
type PaperIn struct {
	Owner string
	Key   string

	Case      string
	Class     casefile.Class // empty: a paper from outside
	Name      string
	By        casefile.Actor
	Body      casefile.Body
	Effective calendar.Day
	Regime    *RegimeText // paper of the installation repin: the text to pin
}

// Receipt is what who hands in a paper takes home.
type Receipt struct {
	Paper    string
	Case     string
	Kind     casefile.Kind
	Number   string // of the case
	Pin      string // of a case's filing: with the number it shows the state of the case
	Received time.Time
	Again    bool // the same request was received before: this is the receipt it got
	Existing bool // the external id was filed before, by another request: this is that filing's receipt
	Differs  bool // and its content is another than this one's, of which nothing was taken
}

// File takes a filing: the commit of its transaction is the filing (architecture §3.1). The same key
// with the same content gives the same receipt; with another content ErrKeyReused. A filing on a
// violation act that another case holds is ErrSameAct; an unknown authority ErrNotFound; a receipt
// in the future or an incomplete violation act ErrFiling.
func (r *Register) File(ctx context.Context, f Filing) (Receipt, error) {
	return r.fileAnd(ctx, f, func(*Turn, casefile.Move) error { return nil })
}

func (r *Register) fileAnd(ctx context.Context, f Filing, then func(*Turn, casefile.Move) error) (Receipt, error) {
	paper := f.paper()
	hash, err := r.digest(f.content())
	if err != nil {
		return Receipt{}, err
	}
	out, err := r.commitFiling(ctx, f, hash, then)
	if err == nil {
		err = r.durable(ctx)
	}
	switch {
	case errors.Is(err, errReceived):
		if hash, err = r.sentAgain(ctx, f, hash); err != nil {
			return Receipt{}, err
		}
		return r.sameReceipt(ctx, paper, hash)
	case errors.Is(err, errImported):
		return r.importedReceipt(ctx, f)
	case err != nil:
		return Receipt{}, fmt.Errorf("file a %s: %w", f.Kind, err)
	}
	return out, nil
}

// commitFiling is fileAnd up to the commit, which the disk may not have yet.
func (r *Register) commitFiling(ctx context.Context, f Filing, hash string, then func(*Turn, casefile.Move) error) (out Receipt, err error) {
	leave, err := r.enterLine(ctx, f.Authority, f.Kind)
	if err != nil {
		return out, err
	}
	defer leave()
	var clock Clock
	err = r.piped(ctx, func(p *pipeline) (err error) {
		p.releaseEarly()
		t := r.newTurn(p)
		t.papers[f.paper()] = Paper{}
		if out, err = r.file(t, f, hash); err != nil {
			return err
		}
		clock = t.clock
		return then(t, casefile.Move{
			Class: casefile.Paper, Name: filing, Ref: f.paper(), At: out.Received, Effective: f.Effective, By: f.By, Body: f.Body,
		})
	})
	if err == nil {
		r.fixClock(clock) // there is a case now
	}
	return out, err
}

// Known finds the receipt that File would give for a filing that is there already, and changes
// nothing: ErrNotFound when it is not there, ErrKeyReused when its key belongs to another content.
func (r *Register) Known(ctx context.Context, f Filing) (Receipt, error) {
	_, err := oneByID[paperRow](r.db.WithContext(ctx), "paper", f.paper())
	if errors.Is(err, ErrNotFound) && f.External != nil {
		return r.importedReceipt(ctx, f)
	}
	if err != nil {
		return Receipt{}, err
	}
	hash, err := r.digest(f.content())
	if err != nil {
		return Receipt{}, err
	}
	if hash, err = r.sentAgain(ctx, f, hash); err != nil {
		return Receipt{}, err
	}
	return r.sameReceipt(ctx, f.paper(), hash)
}

// sentAgain is the hash by which a filing that was received before is compared. What an import follows depends on what else was brought in by then, and what
// was in force on its day on the texts that were loaded by then: neither makes another request of it.
func (r *Register) sentAgain(ctx context.Context, f Filing, hash string) (string, error) {
	if f.External == nil {
		return hash, nil
	}
	was, err := oneByID[paperRow](r.db.WithContext(ctx), "paper", f.paper())
	if err != nil {
		return "", err
	}
	return r.digestAs(f, was)
}

// digestAs is the hash of an import's content with what it may have got otherwise from a paper.
func (r *Register) digestAs(f Filing, was paperRow) (string, error) {
	var body casefile.Body
	if err := decode(was.Body, &body); err != nil {
		return "", fmt.Errorf("read paper %s: %w", was.ID, err)
	}
	f.Body.Case, f.Body.BeforeRegime = body.Case, body.BeforeRegime
	return r.digest(f.content())
}

// FileSettled is File for a case that is decided as it comes in, in the same transaction: nobody
// has to be told to look at it.
func (r *Register) FileSettled(ctx context.Context, f Filing, decide func(casefile.Case, casefile.Move) (casefile.Outcome, error)) (Receipt, error) {
	return r.fileAnd(ctx, f, func(t *Turn, m casefile.Move) error {
		o, err := decide(t.Case(), m)
		if err != nil {
			return err
		}
		if err := t.Enter(o); err != nil {
			return err
		}
		return t.flush()
	})
}

// fileWithin is File in a transaction that does more: errReceived when it was filed before.
func (r *Register) fileWithin(tx *gorm.DB, f Filing) (Receipt, error) {
	hash, err := r.digest(f.content())
	if err != nil {
		return Receipt{}, err
	}
	return r.file(r.newTurn(&pipeline{tx: tx}), f, hash)
}

// paper names the paper that the filing is, and so the case that it opens.
func (f Filing) paper() string { return idOf("paper", f.Owner, f.Key) }

// content is what the filing's hash is made over.
func (f Filing) content() any {
	return struct {
		Kind                casefile.Kind
		Authority, Operator string
		Subject             string
		By                  casefile.Actor
		Body                casefile.Body
		Effective           calendar.Day
		Parties             []Party
		External            *External
	}{f.Kind, f.Authority, f.Operator, f.Subject, f.By, f.Body, f.Effective, f.Parties, f.External}
}

// These end the transaction of a filing that is there already.
var (
	errReceived = errors.New("the paper was received before")
	errImported = errors.New("the external id was filed before")
)

// file leaves the turn at the case that it opens.
func (r *Register) file(t *Turn, f Filing, hash string) (Receipt, error) {
	p, paper := t.pipe, f.paper()
	c, db, err := r.holdClock(p)
	if err != nil {
		return Receipt{}, err
	}
	now := c.At(db)
	received := now
	if !f.Received.IsZero() {
		if f.Received.After(now) {
			return Receipt{}, fmt.Errorf("%w: receipt at %s lies in the future", ErrFiling, f.Received.Format(time.RFC3339))
		}
		received = micro(f.Received)
	}
	filed := received
	if !f.Ended.IsZero() { // until that day nobody could have written down how it ended
		if f.Ended.After(now) || f.Ended.Before(received) {
			return Receipt{}, fmt.Errorf("%w: an end at %s lies in the future or before the receipt", ErrFiling, f.Ended.Format(time.RFC3339))
		}
		received = micro(f.Ended)
	}
	if err := pinRegime(p.tx, f.Regime, now); err != nil {
		return Receipt{}, err
	}
	id := idOf("case", paper)
	body, err := encode(f.Body)
	if err != nil {
		return Receipt{}, err
	}
	if err := p.add("put the filing into the inbox", onceOnly, putting(&paperRow{
		ID: paper, CaseID: id, Class: casefile.Paper, Name: filing, Sender: f.By.Sender, Officer: f.By.Officer,
		Role: f.By.Role, Authority: f.By.Authority, Received: received, Effective: f.Effective.String(),
		Body: body, Hash: hash, StoredAt: micro(db),
	})); err != nil {
		return Receipt{}, err
	}
	if err := r.putParties(p, id, paper, f.Parties, now); err != nil {
		return Receipt{}, err
	}
	row, err := r.open(p, opening{
		NewCase: casefile.NewCase{ID: id, Kind: f.Kind, Authority: f.Authority, Operator: f.Operator},
		subject: f.Subject, body: f.Body, regime: f.Regime.Hash, paper: paper, filed: filed, real: micro(db), external: f.External,
	})
	if err != nil {
		return Receipt{}, err
	}
	t.row, t.clock, t.now, t.db, t.fresh = row, c, now, db, true
	if err := decode(row.Body, &t.c); err != nil {
		return Receipt{}, err
	}
	return Receipt{Paper: paper, Case: id, Kind: f.Kind, Number: row.Number, Pin: r.pin(paper), Received: received}, nil
}

// filing is the name of the paper that opens a case.
const filing = "filing"

// putPaper puts a paper into the inbox; errReceived when it is there already.
func putPaper(tx *gorm.DB, p paperRow) error {
	in := putting(&p)(tx)
	if in.Error != nil {
		return fmt.Errorf("put paper %s into the inbox: %w", p.Name, in.Error)
	}
	return onceOnly(in.RowsAffected)
}

// putting inserts a paper unless it is there.
func putting(p *paperRow) func(*gorm.DB) *gorm.DB {
	return func(tx *gorm.DB) *gorm.DB {
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(p)
	}
}

func onceOnly(rows int64) error {
	if rows == 0 {
		return errReceived
	}
	return nil
}

// sameReceipt is the receipt that a paper got before, if its content was the same.
func (r *Register) sameReceipt(ctx context.Context, paper, hash string) (Receipt, error) {
	if err := r.durable(ctx); err != nil { // who filed it may still be waiting for the disk
		return Receipt{}, err
	}
	var was struct {
		CaseID, Number, Hash, Filing string
		Kind                         casefile.Kind
		Received                     time.Time
	}
	err := r.db.WithContext(ctx).Raw(`SELECT p.case_id, p.hash, p.received, c.number, c.filing, c.kind
		FROM papers p JOIN cases c ON c.id = p.case_id WHERE p.id = ?`, paper).Scan(&was).Error
	if err != nil {
		return Receipt{}, fmt.Errorf("find the earlier receipt: %w", err)
	}
	if was.Hash != hash {
		return Receipt{}, ErrKeyReused
	}
	out := Receipt{Paper: paper, Case: was.CaseID, Kind: was.Kind, Number: was.Number, Received: was.Received.UTC(), Again: true}
	if was.Filing == paper {
		out.Pin = r.pin(paper)
	}
	return out, nil
}

// importedReceipt is the receipt of the filing that has the external id already, and whether that one
// said something else.
func (r *Register) importedReceipt(ctx context.Context, f Filing) (Receipt, error) {
	if err := r.durable(ctx); err != nil {
		return Receipt{}, err
	}
	var was struct {
		ID, Number, Filing, Hash string
		Kind                     casefile.Kind
		FiledAt                  time.Time
	}
	err := r.db.WithContext(ctx).Raw(`SELECT c.id, c.number, c.filing, c.kind, c.filed_at, p.hash FROM cases c JOIN papers p ON p.id = c.filing
		WHERE c.authority = ? AND c.ext_source = ? AND c.ext_id = ?`, f.Authority, f.External.Source, f.External.ID).Scan(&was).Error
	if err != nil {
		return Receipt{}, fmt.Errorf("find the earlier import: %w", err)
	}
	if was.ID == "" {
		return Receipt{}, fmt.Errorf("find the earlier import: %w", ErrNotFound)
	}
	paper, err := oneByID[paperRow](r.db.WithContext(ctx), "paper", was.Filing)
	if err != nil {
		return Receipt{}, err
	}
	hash, err := r.digestAs(f, paper)
	return Receipt{
		Paper: was.Filing, Case: was.ID, Kind: was.Kind, Number: was.Number, Pin: r.pin(was.Filing), Received: was.FiledAt.UTC(),
		Existing: true, Differs: hash != paper.Hash,
	}, err
}

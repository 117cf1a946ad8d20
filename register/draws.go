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
	"duban/law/draw"
)

var (
	// ErrDraw is a draw that can't be made.
	ErrDraw = errors.New("the draw can't be made so")
	// ErrNoTarget is ErrDraw: there is nobody to draw.
	ErrNoTarget = fmt.Errorf("%w: the authority supervises no operator of these types", ErrDraw)
	// ErrSeed is ErrDraw: the seed that was committed to is not there, or was drawn with.
	ErrSeed = fmt.Errorf("%w: no seed of that commitment is left", ErrDraw)
	// ErrVisitsToCome keeps a draw unpublished while that would betray a visit.
	ErrVisitsToCome = errors.New("a visit of the draw is still to come")
)

// DrawIn is a draw as an officer asks for it. The register puts the day, the targets, the officers
// and the seed into its input.
type DrawIn struct {
	Owner string
	Key   string // the Idempotency-Key

	Authority string
	Types     []string            // of the operators that are drawn from
	Cap       int                 // planned visits of one enterprise in the year
	Rule      draw.Input          // Cites, Commitment, Want, Team, Cards, Slack, Weights
	Levels    []casefile.CardRule // of inspection cards, that the regulation asks for by type of operator
	By        casefile.Actor
}

// DrawRow is a draw that was made.
type DrawRow struct {
	Serial    int64
	ID        string
	Authority string
	Day       calendar.Day
	Cap       int
	By        casefile.Actor
	At        time.Time
	Record    string // exactly as it is published
	Hash      string
	Published time.Time // zero: not
}

// CommitDraw keeps a seed for a draw of an authority and gives the hash that may be published
// before the draw. The same key gives the same. ErrNotFound for the authority.
func (r *Register) CommitDraw(ctx context.Context, owner, key, authority string, by casefile.Actor) (string, error) {
	row := drawSeedRow{ID: idOf("draw seed", owner, key), Authority: authority, Nonce: draw.NewSeed(), Officer: by.Officer}
	seed, err := r.drawSeed(row.Nonce)
	if err != nil {
		return "", err
	}
	row.Commitment = draw.Commitment(seed)
	err = r.write(ctx, func(tx *gorm.DB) error {
		if row.At, err = r.legalNow(tx); err != nil {
			return err
		}
		if _, err := authorityCode(tx, authority); err != nil {
			return err
		}
		put := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoNothing: true}).Create(&row)
		if put.Error != nil || put.RowsAffected > 0 {
			return put.Error
		}
		return tx.Raw("SELECT commitment FROM draw_seeds WHERE id = ?", row.ID).Scan(&row.Commitment).Error
	})
	if err != nil {
		return "", fmt.Errorf("commit to a seed: %w", err)
	}
	return row.Commitment, nil
}

// drawSeed is 32 bytes in hexadecimal, as package draw wants a seed: who reads the table without
// the secret does not know it.
func (r *Register) drawSeed(nonce string) (string, error) {
	return r.digest([]string{"seed of a draw", nonce})
}

// MakeDraw makes a draw from what the register holds at this moment and keeps its record. The same
// key with the same request gives the draw that it made, with another ErrKeyReused. ErrDraw for a
// rule or a commitment that can't be drawn with, or nobody to draw from; ErrNotFound for the authority.
func (r *Register) MakeDraw(ctx context.Context, in DrawIn) (DrawRow, error) {
	id := idOf("draw", in.Owner, in.Key)
	request, err := r.digest(struct {
		Authority string
		Types     []string
		Cap       int
		Rule      draw.Input
		By        casefile.Actor
	}{in.Authority, in.Types, in.Cap, in.Rule, in.By})
	if err != nil {
		return DrawRow{}, err
	}
	var was []string
	if err := r.db.WithContext(ctx).Raw("SELECT request FROM draws WHERE id = ?", id).Scan(&was).Error; err != nil {
		return DrawRow{}, fmt.Errorf("find an earlier draw: %w", err)
	}
	if len(was) == 0 {
		if err := r.makeDraw(ctx, in, id, request); err != nil {
			return DrawRow{}, fmt.Errorf("make a draw: %w", err)
		}
		was = []string{request}
	}
	if was[0] != request {
		return DrawRow{}, ErrKeyReused
	}
	return r.DrawByID(ctx, id)
}

func (r *Register) makeDraw(ctx context.Context, in DrawIn, id, request string) error {
	row := drawRow{ID: id, Authority: in.Authority, Cap: in.Cap, Officer: in.By.Officer, Role: in.By.Role, Request: request}
	tree, err := r.Tree(ctx)
	if err != nil {
		return err
	}
	var pool draw.Input
	seed := draw.NewSeed()
	err = r.snapshot(ctx, func(tx *gorm.DB) error {
		if _, err := authorityCode(tx, in.Authority); err != nil {
			return err
		}
		if row.At, err = r.legalNow(tx); err != nil {
			return err
		}
		if in.Rule.Commitment != "" {
			if seed, err = r.committed(tx, in); err != nil {
				return err
			}
			row.Commitment = &in.Rule.Commitment
		}
		pool, err = r.drawInput(tx, in, calendar.DayOf(row.At, r.place), tree)
		return err
	})
	if err != nil {
		return err
	}
	if len(pool.Targets) == 0 {
		return ErrNoTarget
	}
	record, err := draw.Run(pool, seed)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDraw, err)
	}
	text, err := record.Text()
	if err != nil {
		return err
	}
	row.Day, row.Record, row.Hash = pool.Day.String(), string(text), record.Hash
	if row.Sealed, err = r.drawSeal(row); err != nil {
		return err
	}
	err = r.write(ctx, func(tx *gorm.DB) error {
		row.Serial = 0
		return tx.Create(&row).Error
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return r.drawnBefore(ctx, id, request)
	}
	return err
}

// drawnBefore tells why a draw is there already: the same request beside this one was first, another
// request has its key, or another draw took the seed.
func (r *Register) drawnBefore(ctx context.Context, id, request string) error {
	var mine []string
	if err := r.db.WithContext(ctx).Raw("SELECT request FROM draws WHERE id = ?", id).Scan(&mine).Error; err != nil {
		return err
	}
	switch {
	case len(mine) == 0:
		return ErrSeed
	case mine[0] != request:
		return ErrKeyReused
	}
	return nil
}

// committed is the seed of a commitment that no draw has used.
func (r *Register) committed(tx *gorm.DB, in DrawIn) (string, error) {
	var nonce []string
	err := tx.Raw(`SELECT nonce FROM draw_seeds s WHERE commitment = ? AND authority = ?
		AND NOT EXISTS (SELECT 1 FROM draws d WHERE d.commitment = s.commitment)`, in.Rule.Commitment, in.Authority).Scan(&nonce).Error
	if err != nil {
		return "", err
	}
	if len(nonce) == 0 {
		return "", ErrSeed
	}
	return r.drawSeed(nonce[0])
}

// drawSeal is the keyed hash of all that a row says.
func (r *Register) drawSeal(row drawRow) (string, error) {
	row.Serial, row.Sealed, row.At = 0, "", micro(row.At)
	return r.digest(row)
}

// DrawByID finds a draw; ErrNotFound.
func (r *Register) DrawByID(ctx context.Context, id string) (DrawRow, error) {
	return drawByID(r.db.WithContext(ctx), id)
}

func drawByID(tx *gorm.DB, id string) (DrawRow, error) {
	row, err := oneByID[drawRow](tx, "draw", id)
	if err != nil {
		return DrawRow{}, err
	}
	out, err := drawsOf(tx, []drawRow{row})
	if err != nil {
		return DrawRow{}, fmt.Errorf("read draw %s: %w", id, err)
	}
	return out[0], nil
}

// Draws lists the draws of those authorities behind the serial after, at most limit; nil: of all.
func (r *Register) Draws(ctx context.Context, of []string, after int64, limit int) ([]DrawRow, error) {
	tx := r.db.WithContext(ctx)
	list := tx.Where("serial > ?", after)
	list = ofAuthorities(list, of)
	var rows []drawRow
	if err := list.Order("serial").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the draws: %w", err)
	}
	out, err := drawsOf(tx, rows)
	if err != nil {
		return nil, fmt.Errorf("list the draws: %w", err)
	}
	return out, nil
}

func drawsOf(tx *gorm.DB, rows []drawRow) ([]DrawRow, error) {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	var published []drawPublicationRow
	if err := tx.Where("draw_id IN ?", ids).Find(&published).Error; err != nil {
		return nil, err
	}
	at := map[string]time.Time{}
	for _, p := range published {
		at[p.DrawID] = p.At.UTC()
	}
	out := make([]DrawRow, len(rows))
	for i, row := range rows {
		day, err := readDay(row.Day)
		if err != nil {
			return nil, err
		}
		out[i] = DrawRow{
			Serial: row.Serial, ID: row.ID, Authority: row.Authority, Day: day, Cap: row.Cap,
			By: casefile.Actor{Officer: row.Officer, Role: row.Role, Authority: row.Authority}, At: row.At.UTC(),
			Record: row.Record, Hash: row.Hash, Published: at[row.ID],
		}
	}
	return out, nil
}

package register

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"duban/law/calendar"
	"duban/law/casefile"
)

// ErrCard is a card that can't be one.
var ErrCard = errors.New("the card can't be taken so")

type cardRow struct {
	Number     string `gorm:"primaryKey"`
	Officer    string
	Kind       casefile.CardKind
	Level      string
	Types      []string `gorm:"serializer:json"`
	ValidFrom  string
	ValidUntil string
}

func (cardRow) TableName() string { return "cards" }

func (row cardRow) card() (casefile.Card, error) {
	from, errFrom := calendar.ParseDay(row.ValidFrom)
	until, errUntil := calendar.ParseDay(row.ValidUntil)
	if err := errors.Join(errFrom, errUntil); err != nil {
		return casefile.Card{}, fmt.Errorf("read card %s: %w", row.Number, err)
	}
	return casefile.Card{
		Number: row.Number, Officer: row.Officer, Kind: row.Kind, Level: row.Level, Types: row.Types, From: from, Until: until,
	}, nil
}

func cardsOf(rows []cardRow) ([]casefile.Card, error) {
	out := make([]casefile.Card, len(rows))
	for i, row := range rows {
		var err error
		if out[i], err = row.card(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// PutCard writes a card, new or changed: one that is withdrawn gets an earlier last day. A number
// stays with its officer. ErrCard for a card that can't be one; ErrNotFound without the officer.
func (r *Register) PutCard(ctx context.Context, c casefile.Card) error {
	if c.Number == "" || c.From.IsZero() || c.Until.Before(c.From) {
		return fmt.Errorf("%w: it needs a number, a first day and a last day not before it", ErrCard)
	}
	if c.Types == nil {
		c.Types = []string{}
	}
	row := cardRow{
		Number: c.Number, Officer: c.Officer, Kind: c.Kind, Level: c.Level, Types: c.Types, ValidFrom: c.From.String(), ValidUntil: c.Until.String(),
	}
	err := r.write(ctx, func(tx *gorm.DB) error {
		var was []cardRow
		if err := tx.Where("number = ?", c.Number).Find(&was).Error; err != nil {
			return err
		}
		if len(was) > 0 && was[0].Officer != c.Officer {
			return fmt.Errorf("%w: it is another officer's", ErrCard)
		}
		return tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "number"}}, UpdateAll: true}).Create(&row).Error
	})
	if errors.Is(err, gorm.ErrForeignKeyViolated) {
		err = fmt.Errorf("officer %q: %w", c.Officer, ErrNotFound)
	}
	if err != nil {
		return fmt.Errorf("put card %s: %w", c.Number, err)
	}
	return nil
}

// CardByNumber finds a card; ErrNotFound.
func (r *Register) CardByNumber(ctx context.Context, number string) (casefile.Card, error) {
	var rows []cardRow
	if err := r.db.WithContext(ctx).Where("number = ?", number).Find(&rows).Error; err != nil {
		return casefile.Card{}, fmt.Errorf("find card %s: %w", number, err)
	}
	if len(rows) == 0 {
		return casefile.Card{}, fmt.Errorf("card %s: %w", number, ErrNotFound)
	}
	return rows[0].card()
}

// Cards lists the cards after the number after, at most limit: of one officer, or of the officers
// of one authority; both empty: all.
func (r *Register) Cards(ctx context.Context, officer, authority, after string, limit int) ([]casefile.Card, error) {
	list := r.db.WithContext(ctx).Where("number > ?", after)
	if officer != "" {
		list = list.Where("officer = ?", officer)
	}
	if authority != "" {
		list = list.Where("officer IN (SELECT id FROM officers WHERE authority = ?)", authority)
	}
	var rows []cardRow
	if err := list.Order("number").Limit(bounded(limit)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the cards: %w", err)
	}
	return cardsOf(rows)
}

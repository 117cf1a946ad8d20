package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// OwnStandard is one version of an operator's own standard (tourism 9).
type OwnStandard struct {
	Operator string
	Standard string // of the province, beside which it stands
	Version  int    // from 1, as they came in
	Text     string
	Hash     string // SHA-256 of the text
	Received time.Time
}

type ownStandardRow struct {
	Operator string `gorm:"primaryKey"`
	Standard string `gorm:"primaryKey"`
	Version  int    `gorm:"primaryKey;autoIncrement:false"`
	Text     string
	Hash     string
	Received time.Time
}

func (ownStandardRow) TableName() string { return "operator_standards" }

// PutOwnStandard keeps a text behind the versions before. The text of the last version again is
// that version. ErrNotFound without the operator.
func (r *Register) PutOwnStandard(ctx context.Context, operator, standard, text string) (OwnStandard, error) {
	sum := sha256.Sum256([]byte(text))
	var row ownStandardRow
	err := r.write(ctx, func(tx *gorm.DB) error {
		if err := r.lockOperator(tx, operator, "NO KEY UPDATE"); err != nil {
			return err
		}
		last, err := ownStandard(tx, operator, standard, 0)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if row = last; row.Text == text {
			return nil
		}
		now, err := r.legalNow(tx)
		if err != nil {
			return err
		}
		row = ownStandardRow{Operator: operator, Standard: standard, Version: last.Version + 1, Text: text, Hash: hex.EncodeToString(sum[:]), Received: now}
		return tx.Create(&row).Error
	})
	if err != nil {
		return OwnStandard{}, fmt.Errorf("keep the standard of operator %s: %w", operator, err)
	}
	row.Received = row.Received.UTC()
	return OwnStandard(row), nil
}

// OwnStandardOf is a version of an operator's own standard; version 0 is the last. ErrNotFound.
func (r *Register) OwnStandardOf(ctx context.Context, operator, standard string, version int) (OwnStandard, error) {
	row, err := ownStandard(r.db.WithContext(ctx), operator, standard, version)
	if err != nil {
		return OwnStandard{}, fmt.Errorf("find the standard of operator %s: %w", operator, err)
	}
	row.Received = row.Received.UTC()
	return OwnStandard(row), nil
}

func ownStandard(tx *gorm.DB, operator, standard string, version int) (ownStandardRow, error) {
	list := tx.Where("operator = ? AND standard = ?", operator, standard)
	if version > 0 {
		list = list.Where("version = ?", version)
	}
	var rows []ownStandardRow
	if err := list.Order("version DESC").Limit(1).Find(&rows).Error; err != nil {
		return ownStandardRow{}, err
	}
	if len(rows) == 0 {
		return ownStandardRow{}, ErrNotFound
	}
	return rows[0], nil
}

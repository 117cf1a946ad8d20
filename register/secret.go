package register

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type secretRow struct {
	One         int `gorm:"primaryKey;autoIncrement:false"`
	Fingerprint string
}

func (secretRow) TableName() string { return "secret" }

// CheckSecret returns ErrSecret when the register was made with another secret: with this one no
// receipt's pin would fit and nothing received before would be known again. The first check of a
// register writes down whose it is, unless the persons in it say already that it is another's.
func (r *Register) CheckSecret(ctx context.Context) error {
	held, err := r.heldFingerprint(ctx)
	if err == nil && held == "" {
		if err = r.holdFingerprint(ctx); err == nil {
			held, err = r.heldFingerprint(ctx) // another process may have been first
		}
	}
	if err != nil {
		return fmt.Errorf("check the register's secret: %w", err)
	}
	if !hmac.Equal([]byte(held), []byte(r.fingerprint())) {
		return ErrSecret
	}
	return nil
}

// fingerprint tells secrets apart and nothing about them.
func (r *Register) fingerprint() string {
	mac := hmac.New(sha256.New, r.secret)
	mac.Write([]byte("fingerprint of the register's secret"))
	return hex.EncodeToString(mac.Sum(nil))
}

func (r *Register) heldFingerprint(ctx context.Context) (string, error) {
	var rows []secretRow
	if err := r.db.WithContext(ctx).Find(&rows).Error; err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].Fingerprint, nil
}

func (r *Register) holdFingerprint(ctx context.Context) error {
	var known []personRow
	if err := r.db.WithContext(ctx).Where("format = ?", plain).Order("id").Limit(1).Find(&known).Error; err != nil {
		return err
	}
	for _, row := range known {
		var p Person
		if err := decode(string(row.Sealed), &p); err != nil {
			return err
		}
		digest, err := r.digestOf(p)
		if err != nil {
			return err
		}
		if digest != row.Digest {
			return ErrSecret
		}
	}
	return r.write(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&secretRow{One: 1, Fingerprint: r.fingerprint()}).Error
	})
}

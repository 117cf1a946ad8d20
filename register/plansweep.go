package register

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// PlanRef names a plan that should be looked at.
type PlanRef struct {
	ID    string
	Looks int // by the sweep since it was last seen to, this one included
}

// LookPlans is the sweep over plans: those that are due, and those that were seen to by another
// calendar than that of the hash. Claims are leases as for cases.
func (r *Register) LookPlans(ctx context.Context, hash string, limit int) ([]PlanRef, error) {
	var out []PlanRef
	err := r.write(ctx, func(tx *gorm.DB) error {
		out = nil
		clock, now, err := r.clock(tx)
		if err != nil {
			return err
		}
		legal := clock.At(now).Add(-clock.legal(r.grace))
		var waiting []PlanRef
		err = tx.Raw(`SELECT id, looks FROM plans WHERE next_look <= ? AND (next_due <= ? OR next_due < ? AND calendar <> ?)
			ORDER BY next_due, serial LIMIT ?`, micro(now), micro(legal), never, hash, bounded(limit)).Scan(&waiting).Error
		if err != nil {
			return err
		}
		for _, p := range waiting {
			mine := tx.Exec("UPDATE plans SET looks = looks + 1, next_look = ? WHERE id = ? AND looks = ? AND next_look <= ?",
				micro(now.Add(lookBackOff(p.Looks))), p.ID, p.Looks, micro(now))
			if mine.Error != nil {
				return mine.Error
			}
			if mine.RowsAffected > 0 {
				p.Looks++
				out = append(out, p)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for plans: %w", err)
	}
	return out, nil
}

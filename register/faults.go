package register

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// MaxFaults is how often a move may fail before its case is stuck.
const MaxFaults = 5

// Fault notes that a move of a case failed, ref being its paper, act or deadline, and returns
// how often that move has. With the fifth time the case is stuck: the sweep leaves it out, lists
// and verify show it. The cause must name no person. ErrNotFound without the case.
func (r *Register) Fault(ctx context.Context, id, ref string, cause error) (times int, err error) {
	err = r.write(ctx, func(tx *gorm.DB) error {
		up := tx.Raw(`UPDATE cases SET faults = CASE WHEN fault_ref = ? THEN faults + 1 ELSE 1 END, fault_ref = ?, fault = ?
			WHERE id = ? RETURNING faults`, ref, ref, cause.Error(), id).Scan(&times)
		if up.Error != nil {
			return up.Error
		}
		if up.RowsAffected == 0 {
			return ErrNotFound
		}
		return tx.Exec("UPDATE cases SET stuck = ? WHERE id = ? AND faults >= ?", true, id, MaxFaults).Error
	})
	if err != nil {
		return 0, fmt.Errorf("note a fault of case %s: %w", id, err)
	}
	return times, nil
}

// ClearFault lets a stuck case be tried again, after its cause was mended. ErrNotFound without
// the case.
func (r *Register) ClearFault(ctx context.Context, id string) error {
	err := r.write(ctx, func(tx *gorm.DB) error {
		now, err := r.databaseTime(tx)
		if err != nil {
			return err
		}
		up := tx.Exec("UPDATE cases SET stuck = ?, faults = 0, fault_ref = '', fault = '', looks = 0, next_look = ? WHERE id = ?", false, micro(now), id)
		if up.Error == nil && up.RowsAffected == 0 {
			return ErrNotFound
		}
		return up.Error
	})
	if err != nil {
		return fmt.Errorf("clear the fault of case %s: %w", id, err)
	}
	return nil
}

package register

import (
	"context"
	"fmt"
)

// OpenPersons keeps that personal data of a case is opened, and then reads its persons: what could not be written
// down is not shown. Of a contact that was put right it is the one put right.
func (r *Register) OpenPersons(ctx context.Context, x Read) ([]Party, error) {
	if err := r.KeepRead(ctx, x); err != nil {
		return nil, err
	}
	rows, err := parties(r.db.WithContext(ctx), []string{x.Case})
	if err != nil {
		return nil, fmt.Errorf("read the persons of case %s: %w", x.Case, err)
	}
	var out []Party
	for _, p := range rows {
		if !p.Replaced {
			out = append(out, Party{Role: p.Role, Person: p.Person})
		}
	}
	return out, nil
}

// Parts are in which roles persons have to do with a case: that there is one, and no more.
func (r *Register) Parts(ctx context.Context, id string) ([]string, error) {
	var roles []string
	err := r.db.WithContext(ctx).Raw("SELECT DISTINCT role FROM case_parties WHERE case_id = ? AND until_seq IS NULL ORDER BY role", id).Scan(&roles).Error
	if err != nil {
		return nil, fmt.Errorf("find the parties of case %s: %w", id, err)
	}
	return roles, nil
}

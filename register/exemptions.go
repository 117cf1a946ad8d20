package register

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"duban/law/casefile"
	"duban/law/plans"
)

// Exemption is why a visit does not count towards the yearly cap (lifecycles §7).
type Exemption struct {
	Case    string
	Ground  string // of plans.Grounds
	Reason  string // in words
	Officer string
	At      time.Time
}

// FileExempt files an inspection outside every plan with the ground on which it does not count,
// in one transaction. As File; plans.ErrPlan for a ground that exempts nothing. The ground and
// its reason belong to the request: with others the key is ErrKeyReused.
func (r *Register) FileExempt(ctx context.Context, f Filing, ground, reason string) (Receipt, error) {
	if !slices.Contains(plans.Grounds(), ground) || reason == "" {
		return Receipt{}, fmt.Errorf("%w: ground %q", plans.ErrPlan, ground)
	}
	out, err := r.fileAnd(ctx, f, func(t *Turn, m casefile.Move) error {
		row := exemptionRow{CaseID: t.c.ID, Ground: ground, Reason: reason, Officer: f.By.Officer, At: m.At}
		return t.pipe.create("exempt the inspection from the cap", &row)
	})
	if err == nil && out.Again {
		var was Exemption
		was, err = r.ExemptionOf(ctx, out.Case)
		if err == nil && (was.Ground != ground || was.Reason != reason) || errors.Is(err, ErrNotFound) {
			return out, ErrKeyReused
		}
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("file an exempt inspection: %w", err)
	}
	return out, nil
}

// ExemptionOf is why an inspection does not count; ErrNotFound for one that is not exempt.
func (r *Register) ExemptionOf(ctx context.Context, id string) (Exemption, error) {
	var rows []exemptionRow
	if err := r.db.WithContext(ctx).Where("case_id = ?", id).Find(&rows).Error; err != nil {
		return Exemption{}, fmt.Errorf("find the exemption of case %s: %w", id, err)
	}
	if len(rows) == 0 {
		return Exemption{}, fmt.Errorf("exemption of case %s: %w", id, ErrNotFound)
	}
	e := rows[0]
	return Exemption{Case: e.CaseID, Ground: e.Ground, Reason: e.Reason, Officer: e.Officer, At: e.At.UTC()}, nil
}

// exempt keeps why inspections that an entry opens do not count: a transferred one as before, a
// re-inspection in the words of the act, else by the case that it follows.
func (t *Turn) exempt(e casefile.Entry, opened []opening) error {
	for _, o := range opened {
		if o.Kind != casefile.Inspection || !slices.Contains(plans.Grounds(), o.body.Cause) {
			continue
		}
		row := exemptionRow{CaseID: o.ID, Ground: o.body.Cause, Officer: e.By.Officer, At: o.filed, Reason: "复查未改进的问题 / open items inspected again: " + t.row.Number}
		if a, read := t.acts[e.Ref]; read && e.Move == "re-inspect" && a.Body.Text != "" {
			row.Reason = a.Body.Text
		}
		if e.Move == "transfer" {
			var before []exemptionRow
			if err := t.tx.Where("case_id = ?", e.Case).Find(&before).Error; err != nil {
				return fmt.Errorf("find the exemption of case %s: %w", e.Case, err)
			}
			row.Reason = "移送 / transferred: " + t.row.Number
			if len(before) > 0 {
				row.Ground, row.Reason, row.Officer = before[0].Ground, before[0].Reason, before[0].Officer
			}
		}
		t.writes.exempt = append(t.writes.exempt, row)
	}
	return nil
}

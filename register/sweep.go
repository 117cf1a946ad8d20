package register

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// CaseRef names a case that should be looked at.
type CaseRef struct {
	ID    string
	Kind  casefile.Kind
	Looks int // how often the sweep has asked for it since it last moved, this time included
}

// Look is the sweep (architecture §3.7): the cases with a paper that is not entered or a deadline that
// has passed, oldest first, at most limit. Each is claimed by a lease that grows with every look
// in vain and ends when the case moves; until then no other sweep gets it. Stuck cases are left
// out. A short grace leaves fresh papers and deadlines to the nudge and the timer.
func (r *Register) Look(ctx context.Context, limit int) ([]CaseRef, error) {
	var out []CaseRef
	err := r.write(ctx, func(tx *gorm.DB) error {
		out = nil
		clock, now, err := r.clock(tx)
		if err != nil {
			return err
		}
		var waiting []CaseRef
		legal := clock.At(now).Add(-clock.legal(r.grace))
		// A case may wait for both reasons: twice the limit is enough for limit cases.
		err = tx.Raw(`SELECT c.id, c.kind, c.looks FROM (
				SELECT case_id AS id, min(received) AS since FROM papers WHERE entry IS NULL AND stored_at <= ? GROUP BY case_id
				UNION ALL SELECT id, next_due FROM cases WHERE next_due <= ?
			) w JOIN cases c ON c.id = w.id WHERE c.next_look <= ? AND NOT c.stuck
			ORDER BY w.since, c.serial LIMIT ?`, micro(now.Add(-r.grace)), micro(legal), micro(now), 2*bounded(limit)).Scan(&waiting).Error
		if err != nil {
			return err
		}
		out, err = claim(tx, waiting, bounded(limit), now)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for cases: %w", err)
	}
	return out, nil
}

// claim leases the cases. Another sweep that claimed one meanwhile has changed its looks.
func claim(tx *gorm.DB, waiting []CaseRef, limit int, now time.Time) ([]CaseRef, error) {
	groups := map[int][]string{}
	seen := map[string]bool{}
	var order []CaseRef
	for _, c := range waiting {
		if !seen[c.ID] && len(order) < limit {
			seen[c.ID] = true
			order = append(order, c)
			groups[c.Looks] = append(groups[c.Looks], c.ID)
		}
	}
	mine := map[string]bool{}
	for looks, ids := range groups {
		var got []string
		err := tx.Raw(`UPDATE cases SET looks = looks + 1, next_look = ?
			WHERE id IN ? AND looks = ? AND next_look <= ? AND NOT stuck RETURNING id`,
			micro(now.Add(lookBackOff(looks))), ids, looks, micro(now)).Scan(&got).Error
		if err != nil {
			return nil, err
		}
		for _, id := range got {
			mine[id] = true
		}
	}
	var out []CaseRef
	for _, c := range order {
		if mine[c.ID] {
			c.Looks++
			out = append(out, c)
		}
	}
	return out, nil
}

// lookBackOff is the lease after a case was asked for looks times in vain: 2 s doubled, at most
// a minute.
func lookBackOff(looks int) time.Duration {
	return min(2*time.Second<<min(looks, 6), time.Minute)
}

// NextDue is the earliest instant at which some case or plan has something due; zero when none
// has. Stuck cases do not count.
func (r *Register) NextDue(ctx context.Context) (time.Time, error) {
	var due []time.Time
	err := r.db.WithContext(ctx).Raw(`SELECT next_due FROM (SELECT next_due FROM cases WHERE NOT stuck ORDER BY next_due LIMIT 1) AS c WHERE next_due < ?
		UNION ALL SELECT next_due FROM (SELECT next_due FROM plans ORDER BY next_due LIMIT 1) AS p WHERE next_due < ?
		ORDER BY next_due LIMIT 1`, never, never).Scan(&due).Error
	if err != nil {
		return time.Time{}, fmt.Errorf("find the next deadline: %w", err)
	}
	if len(due) == 0 {
		return time.Time{}, nil
	}
	return due[0].UTC(), nil
}

// backlog is what waits in the installation.
type backlog struct {
	Papers  int // not entered yet
	Due     int // cases with a deadline that has passed, or new and not looked at
	Plans   int // plans with checks to be seen to
	Stuck   int // cases given up after faults; their papers and deadlines are not counted above
	Notices int // in the outbox, to be sent
}

// backlog counts what waits at this moment.
func (r *Register) backlog(ctx context.Context) (backlog, error) {
	db := r.db.WithContext(ctx)
	now, err := r.legalNow(db)
	if err != nil {
		return backlog{}, err
	}
	var b backlog
	err = db.Raw(`SELECT
		(SELECT count(*) FROM papers p JOIN cases c ON c.id = p.case_id WHERE p.entry IS NULL AND NOT c.stuck) AS papers,
		(SELECT count(*) FROM cases WHERE next_due <= ? AND NOT stuck) AS due,
		(SELECT count(*) FROM plans WHERE next_due <= ?) AS plans,
		(SELECT count(*) FROM cases WHERE stuck) AS stuck,
		(SELECT count(*) FROM outbox WHERE state = 'pending') AS notices`, now, now).Scan(&b).Error
	if err != nil {
		return b, fmt.Errorf("count the backlog: %w", err)
	}
	return b, nil
}

// Unsettled counts what still has to be entered at this moment: papers, and cases and plans with
// something due. Those of stuck cases are left out.
func (r *Register) Unsettled(ctx context.Context) (int, error) {
	b, err := r.backlog(ctx)
	return b.Papers + b.Due + b.Plans, err
}

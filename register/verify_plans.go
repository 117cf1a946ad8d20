package register

import (
	"fmt"

	"gorm.io/gorm"
)

// plans checks that what was decided about each plan is chained and whole, and that every check
// of a plan has what belongs to it.
func (rep *Report) plans(tx *gorm.DB) error {
	var after int64
	for {
		var rows []planRow
		if err := tx.Where("serial > ?", after).Order("serial").Limit(verifyBatch).Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		after = rows[len(rows)-1].Serial
		var ids []string
		for _, p := range rows {
			ids = append(ids, p.ID)
		}
		var events []planEventRow
		if err := tx.Where("plan_id IN ?", ids).Order("plan_id, seq").Find(&events).Error; err != nil {
			return err
		}
		of := map[string][]planEventRow{}
		for _, e := range events {
			of[e.PlanID] = append(of[e.PlanID], e)
		}
		for _, p := range rows {
			rep.planEvents(p, of[p.ID])
		}
	}
	return rep.visits(tx)
}

func (rep *Report) planEvents(p planRow, events []planEventRow) {
	prev, whole := "", len(events) == p.Seq
	for i, e := range events {
		whole = whole && e.Seq == i+1 && e.Prev == prev && e.Hash == chain(prev, e.Body)
		prev = e.Hash
	}
	var made planEvent
	if whole = whole && prev == p.Head && len(events) > 0 && decode(events[0].Body, &made) == nil && made.Made != nil; whole {
		body, err := encode(made.Made)
		whole = err == nil && body == p.Body
	}
	rep.note(CheckPlan, whole, "plan %s: its events are not the chain that it points at", p.ID)
}

// visits checks what the unique keys can't: a visit that was opened is counted once, among
// numbers without gaps, and a missed self-check has its alert.
func (rep *Report) visits(tx *gorm.DB) error {
	var broken []struct{ PlanID, Slot string }
	err := tx.Raw(`SELECT o.plan_id, o.slot FROM plan_occurrences o
		LEFT JOIN cases c ON c.id = o.case_id AND c.kind = 'inspection'
		LEFT JOIN inspection_counts n ON n.case_id = o.case_id AND n.operator = o.operator
		LEFT JOIN alerts a ON a.plan_id = o.plan_id AND a.operator = o.operator AND a.day = o.day
		WHERE o.state = 'opened' AND (c.id IS NULL OR n.case_id IS NULL) OR o.state = 'missed' AND a.id IS NULL`).Scan(&broken).Error
	if err != nil {
		return err
	}
	var seen int
	if err := tx.Raw("SELECT count(*) FROM plan_occurrences").Scan(&seen).Error; err != nil {
		return err
	}
	if seen > 0 {
		rep.Checks[CheckVisits] += seen - len(broken)
	}
	for _, b := range broken {
		rep.note(CheckVisits, false, "plan %s: its check %s has no inspection that is counted, or no alert", b.PlanID, b.Slot)
	}
	var gaps []struct {
		Operator string
		Year     int
	}
	err = tx.Raw(`SELECT operator, year FROM inspection_counts GROUP BY operator, year
		HAVING max(n) <> count(*) OR count(*) <> (SELECT count(*) FROM plan_occurrences o JOIN plans p ON p.id = o.plan_id
			WHERE o.operator = inspection_counts.operator AND p.year = inspection_counts.year AND o.state = 'opened')
			+ (SELECT count(*) FROM draw_visits v
			WHERE v.target = inspection_counts.operator AND v.year = inspection_counts.year AND v.state = 'opened')`).Scan(&gaps).Error
	if err != nil {
		return err
	}
	for _, g := range gaps {
		rep.note(CheckVisits, false, "operator %s: its planned visits of %d are not those that were counted", g.Operator, g.Year)
	}
	return nil
}

// note is count for what is no case.
func (rep *Report) note(check string, held bool, message string, args ...any) {
	rep.Checks[check]++
	if !held {
		rep.Violations = append(rep.Violations, Violation{Check: check, Message: fmt.Sprintf(message, args...)})
	}
}

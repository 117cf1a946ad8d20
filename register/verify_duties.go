package register

import (
	"gorm.io/gorm"

	"duban/law/duties"
)

// duties checks that the history of each duty is chained and whole, that folding it gives the
// row, and that its reports are those that came in.
func (r *Register) verifyDuties(tx *gorm.DB, rep *Report) error {
	var after int64
	for {
		var rows []dutyRow
		if err := tx.Where("serial > ?", after).Order("serial").Limit(verifyBatch).Find(&rows).Error; err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		after = rows[len(rows)-1].Serial
		var ids []string
		for _, d := range rows {
			ids = append(ids, d.ID)
		}
		var events []dutyEventRow
		if err := tx.Where("duty_id IN ?", ids).Order("duty_id, seq").Find(&events).Error; err != nil {
			return err
		}
		var reports []dutyReportRow
		if err := tx.Where("duty_id IN ?", ids).Find(&reports).Error; err != nil {
			return err
		}
		var notices []outboxRow
		if err := tx.Select("duty_id", "seq").Where("duty_id IN ?", ids).Find(&notices).Error; err != nil {
			return err
		}
		left := map[string]map[int]int{}
		for _, n := range notices {
			if left[*n.DutyID] == nil {
				left[*n.DutyID] = map[int]int{}
			}
			left[*n.DutyID][n.Seq]++
		}
		of, came := map[string][]dutyEventRow{}, map[string]string{}
		for _, e := range events {
			of[e.DutyID] = append(of[e.DutyID], e)
		}
		held := map[string]int{}
		for _, p := range reports {
			held[p.DutyID]++
			hash, err := r.digest(p.Body)
			if err != nil {
				return err
			}
			if hash == p.Hash {
				came[p.ID] = p.DutyID
			}
		}
		for _, row := range rows {
			d, whole := foldDuty(row, of[row.ID], came)
			rep.note(CheckNotices, dutyNoticesAre(of[row.ID], left[row.ID]), "duty %s: its history's notices are not those in the outbox", row.ID)
			rep.note(CheckDuty, whole && d.Reports == held[row.ID], "duty %s: its history is not what its row and its reports say", row.ID)
		}
	}
}

// foldDuty puts a duty together from its history; false where that does not give its row.
func foldDuty(row dutyRow, events []dutyEventRow, came map[string]string) (duties.Duty, bool) {
	var d duties.Duty
	prev := ""
	for i, line := range events {
		var e duties.Event
		if line.Seq != i+1 || line.Prev != prev || line.Hash != chain(prev, line.Body) || decode(line.Body, &e) != nil || e.Duty != row.ID || e.Seq != line.Seq {
			return d, false
		}
		if e.Report != "" && came[e.Report] != row.ID {
			return d, false
		}
		var err error
		if d, err = duties.Apply(d, e); err != nil {
			return d, false
		}
		prev = line.Hash
	}
	want := row
	if err := want.set(d); err != nil {
		return d, false
	}
	same := want.ID == row.ID && want.Operator == row.Operator && want.Code == row.Code && want.Period == row.Period && want.Authority == row.Authority &&
		want.State == row.State && want.Matter == row.Matter && want.Due.Equal(row.Due) && want.NextAt.Equal(row.NextAt) && want.Body == row.Body &&
		(want.CaseID == nil) == (row.CaseID == nil) && (row.CaseID == nil || *row.CaseID == *want.CaseID)
	return d, same && prev == row.Head && len(events) == row.Seq
}

// dutyNoticesAre tells whether the outbox holds the notices of these events, by seq, and no other.
func dutyNoticesAre(events []dutyEventRow, left map[int]int) bool {
	all := 0
	for _, line := range events {
		var e duties.Event
		if decode(line.Body, &e) != nil || left[line.Seq] != len(e.Notices) {
			return false
		}
		all += len(e.Notices)
	}
	sum := 0
	for _, n := range left {
		sum += n
	}
	return sum == all
}

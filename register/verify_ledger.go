package register

import (
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// ledger checks the lines themselves; false when they can't be folded.
func (rep *Report) ledger(f *file) bool {
	whole := true
	prev := ""
	for i, line := range f.lines {
		if line.Seq != i+1 {
			whole = false
		}
		rep.count(f, line.Seq, CheckChain, line.Prev == prev && line.Hash == chain(line.Prev, line.Body), "the line's hash does not follow from its text and the line before")
		prev = line.Hash
		var e casefile.Entry
		if err := decode(line.Body, &e); err != nil {
			rep.count(f, line.Seq, CheckLine, false, "the entry can't be read")
			return false
		}
		same := e.Case == line.CaseID && e.Seq == line.Seq && e.Class == line.Class && e.Move == line.Move && e.Ref == line.Ref &&
			micro(e.At).Equal(line.At) && e.From == line.FromState && e.To == line.ToState
		rep.count(f, line.Seq, CheckLine, same, "the line's columns differ from its entry")
		rep.count(f, line.Seq, CheckLine, tied(line), "the line is not tied to its %s", line.Class)
		f.entries = append(f.entries, e)
	}
	rep.count(f, 0, CheckSequence, whole && len(f.lines) == f.row.Seq, "the case says %d entries, the ledger has %d, without gaps: %t", f.row.Seq, len(f.lines), whole)
	rep.count(f, 0, CheckChain, f.row.Head == prev, "the case does not carry the hash of its last line")
	return whole
}

// tied tells whether a line names what it is the only entry of.
func tied(line entryRow) bool {
	is := func(ref *string) bool { return ref != nil && *ref == line.Ref }
	switch line.Class {
	case casefile.Paper:
		return is(line.PaperID) && line.ActID == nil && line.DeadlineKey == nil
	case casefile.Act:
		return is(line.ActID) && line.PaperID == nil && line.DeadlineKey == nil
	case casefile.Lapse:
		return is(line.DeadlineKey) && line.PaperID == nil && line.ActID == nil
	}
	return line.ActID == nil && line.DeadlineKey == nil && (line.PaperID == nil || is(line.PaperID))
}

// fold gives the case that the entries tell; false when they tell none.
func (rep *Report) fold(f *file) (casefile.Case, bool) {
	var c casefile.Case
	if err := decode(f.row.Origin, &c); err != nil {
		rep.count(f, 0, CheckFold, false, "the case's beginning can't be read")
		return c, false
	}
	rep.count(f, 0, CheckFold, c.ID == f.row.ID && c.Kind == f.row.Kind && c.Seq == 0 && c.State == casefile.Filed, "the case's beginning is another's")
	f.origin = c
	for _, e := range f.entries {
		var err error
		if c, err = casefile.Fold(c, e); err != nil {
			rep.count(f, e.Seq, CheckFold, false, "%v", err)
			return c, false
		}
		rep.Checks[CheckFold]++
	}
	return c, true
}

// caseRow compares the folded case with its row and its armed deadlines.
func (rep *Report) caseRow(f *file, c casefile.Case, place *time.Location) error {
	var stored casefile.Case
	if err := decode(f.row.Body, &stored); err != nil {
		rep.count(f, 0, CheckFold, false, "the case can't be read")
		return nil
	}
	want, err := encode(byKey(c))
	if err != nil {
		return err
	}
	have, err := encode(byKey(stored))
	if err != nil {
		return err
	}
	rep.count(f, 0, CheckFold, want == have, "the case is not what its entries tell")
	row := f.row
	due := orNever(c.NextDue())
	if c.Seq == 0 {
		due = micro(c.Filed)
	}
	for _, x := range []struct {
		held bool
		name string
	}{
		{row.State == c.State, "state"},
		{row.Seq == c.Seq, "seq"},
		{row.Authority == c.Authority, "authority"},
		{row.Operator == c.Operator, "operator"},
		{row.Officer == c.Officer, "officer"},
		{row.Regime == c.Regime, "regime"},
		{row.Closed == c.Closed(), "closed"},
		{row.Closed == (row.ClosedAt != nil), "closed_at"},
		{row.KeepUntil == keptUntil(c), "keep_until"},
		{row.Overdue == (len(c.Overdue) > 0), "overdue"},
		{row.Told == c.Visible, "told"},
		{row.NextDue.Equal(due), "next_due"},
		{row.dues().same(duesOf(c, place)), "task or turn"},
		{row.FiledAt.Equal(micro(c.Filed)), "filed_at"},
	} {
		rep.count(f, 0, CheckRow, x.held, "the row's %s differs from the case", x.name)
	}
	return rep.armed(f, c)
}

func (rep *Report) armed(f *file, c casefile.Case) error {
	have := map[string]deadlineRow{}
	for _, d := range f.deadlines {
		have[d.Key] = d
	}
	for _, d := range c.Deadlines {
		row, ok := have[d.Key()]
		delete(have, d.Key())
		var stored casefile.Deadline
		held := ok && decode(row.Body, &stored) == nil && sameDeadline(stored, d) && row.Due.Equal(micro(d.Due)) &&
			row.Name == d.Name && row.Class == d.Class && row.Calendar == d.Calendar
		rep.count(f, d.ArmedBy, CheckDeadlines, held, "the armed deadline %s is missing in the table or differs there", d.Key())
	}
	rep.count(f, 0, CheckDeadlines, len(have) == 0, "the table holds %d deadlines that are not armed", len(have))
	return nil
}

func byKey(c casefile.Case) casefile.Case {
	c.Deadlines = slices.Clone(c.Deadlines)
	for i := range c.Deadlines {
		c.Deadlines[i].Due = micro(c.Deadlines[i].Due)
	}
	slices.SortFunc(c.Deadlines, func(a, b casefile.Deadline) int { return strings.Compare(a.Key(), b.Key()) })
	return c
}

// numbers checks each counter against the cases numbered by it.
func (rep *Report) numbers(tx *gorm.DB) error {
	var rows []struct {
		Authority string
		Kind      casefile.Kind
		Year      int
		N         int64
		Given     int64
		Last      int64
	}
	err := tx.Raw(`SELECT n.authority, n.kind, n.year, n.n, count(c.id) AS given, coalesce(max(c.n), 0) AS last
		FROM numbers n LEFT JOIN cases c ON c.authority = n.authority AND c.kind = n.kind AND c.year = n.year
		GROUP BY n.authority, n.kind, n.year, n.n`).Scan(&rows).Error
	if err != nil {
		return err
	}
	for _, row := range rows {
		rep.Checks[CheckNumbers]++
		if row.Given != row.N || row.Last != row.N {
			rep.Violations = append(rep.Violations, Violation{Check: CheckNumbers, Message: numberOf(row.Authority, row.Kind, row.Year, row.N) +
				" is the last number of its counter, but the cases do not run up to it without gaps"})
		}
	}
	return nil
}

// lapses checks that nothing came early and no paper was overlooked.
func (rep *Report) lapses(f *file) {
	armed := map[string]time.Time{}
	for i, e := range f.entries {
		if e.Class == casefile.Lapse {
			due, ok := armed[e.Ref]
			rep.count(f, e.Seq, CheckEarly, ok, "the deadline %s was not armed", e.Ref)
			if ok {
				rep.count(f, e.Seq, CheckEarly, !f.lines[i].EnteredAt.Before(micro(due)) && !e.At.Before(due), "the lapse of %s came before %s", e.Ref, due.Format(time.RFC3339))
				rep.overlooked(f, e, due)
			}
		}
		for _, c := range e.Cleared {
			delete(armed, casefile.Deadline{Name: c.Name, ArmedBy: c.ArmedBy, Of: c.Of}.Key())
		}
		for _, d := range e.Armed {
			armed[d.Key()] = d.Due
		}
	}
}

// overlooked looks for papers from the door that were received before due and stand behind the
// lapse. Papers of linked cases carry the instant of the move that sent them, which may lie before.
func (rep *Report) overlooked(f *file, lapse casefile.Entry, due time.Time) {
	late := 0
	for _, p := range f.papers {
		if p.FromCase == "" && p.Received.Before(micro(due)) && (p.Entry == nil || *p.Entry > lapse.Seq) {
			late++
		}
	}
	rep.count(f, lapse.Seq, CheckOrder, late == 0, "%d papers received before the deadline are not entered before its lapse", late)
}

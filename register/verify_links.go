package register

import (
	"duban/law/casefile"
)

// inbox checks that papers and their entries point at each other.
func (rep *Report) inbox(f *file) {
	entryOf := map[string]int{}
	for _, line := range f.lines {
		if line.PaperID != nil {
			entryOf[*line.PaperID] = line.Seq
		}
	}
	filed := false
	for _, p := range f.papers {
		filed = filed || p.ID == f.row.Filing
		seq, entered := entryOf[p.ID]
		delete(entryOf, p.ID)
		switch {
		case p.Entry == nil && !entered:
			rep.Pending++
			rep.Checks[CheckPaper]++
		case p.Entry == nil:
			rep.count(f, seq, CheckPaper, false, "paper %s waits, but has an entry", p.ID)
		default:
			rep.count(f, *p.Entry, CheckPaper, entered && seq == *p.Entry && p.EnteredAt != nil, "paper %s says that entry, the ledger does not", p.ID)
		}
	}
	rep.count(f, 0, CheckPaper, filed, "the paper that opened the case is missing")
	for id, seq := range entryOf {
		rep.count(f, seq, CheckPaper, false, "the entry's paper %s is not in the inbox of this case", id)
	}
}

// verdicts checks that acts and their entries point at each other.
func (rep *Report) verdicts(f *file) {
	entryOf := map[string]int{}
	for _, line := range f.lines {
		if line.ActID != nil {
			entryOf[*line.ActID] = line.Seq
		}
	}
	for _, a := range f.acts {
		seq, entered := entryOf[a.ID]
		delete(entryOf, a.ID)
		switch {
		case a.Entry == nil && a.Refusal == nil && !entered:
			rep.Undecided++
			rep.Checks[CheckAct]++
		case a.Entry == nil:
			rep.count(f, seq, CheckAct, !entered, "act %s has an entry, but no verdict that says so", a.ID)
		default:
			rep.count(f, *a.Entry, CheckAct, entered && seq == *a.Entry && a.Refusal == nil, "act %s says that entry, the ledger does not", a.ID)
		}
	}
	for id, seq := range entryOf {
		rep.count(f, seq, CheckAct, false, "the entry's act %s is not among the acts on this case", id)
	}
}

// sent checks what entries put into the outbox and into linked cases.
func (rep *Report) sent(f *file, c casefile.Case) {
	for _, e := range f.entries {
		rep.count(f, e.Seq, CheckNotices, f.notices[e.Seq] == len(e.Notices), "%d notices, %d in the outbox", len(e.Notices), f.notices[e.Seq])
		rep.count(f, e.Seq, CheckSends, f.sends[e.Seq] == len(e.Sends), "%d papers sent, %d in linked cases", len(e.Sends), f.sends[e.Seq])
		delete(f.notices, e.Seq)
		delete(f.sends, e.Seq)
	}
	rep.count(f, 0, CheckNotices, len(f.notices) == 0, "the outbox holds notices of no entry")
	rep.count(f, 0, CheckSends, len(f.sends) == 0, "linked cases hold papers of no entry")
	if c.Enforcement != nil {
		days := c.Enforcement.PeriodTo.Sub(c.Enforcement.PeriodFrom) + 1
		rep.count(f, 0, CheckViolation, f.days == days, "the violation act has %d days, the register holds %d", days, f.days)
	}
}

// watched checks that an open case has something that will move it, or a reason why not.
func (rep *Report) watched(f *file, c casefile.Case) {
	if c.Closed() || c.Seq == 0 {
		return
	}
	rep.count(f, c.Seq, CheckClock, len(c.Deadlines) > 0 || c.Idle() != "",
		"the case is open in state %s without any deadline, and nothing says why", c.State)
}

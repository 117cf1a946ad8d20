package register

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"duban/law/casefile"
)

// Report is what Verify has looked at and found.
type Report struct {
	Cases      int
	Entries    int
	Papers     int
	Pending    int // papers that wait to be entered
	Acts       int
	Undecided  int // acts that wait for their verdict
	Checks     map[string]int
	Stuck      []StuckCase
	Violations []Violation
}

// StuckCase is a case that was given up after faults.
type StuckCase struct {
	Case, Number, Ref, Fault string
}

// Violation is a promise of the register that is broken in a case.
type Violation struct {
	Case    string
	Entry   int // seq; zero: the case as a whole
	Check   string
	Message string
}

// The checks of Verify.
const (
	CheckSequence  = "sequence"  // entries are numbered 1 to the case's seq
	CheckChain     = "chain"     // every line carries the hash of the line before
	CheckLine      = "line"      // the columns of a line say what its entry says
	CheckFold      = "fold"      // folding the entries gives the case
	CheckRow       = "row"       // the columns of the case say what the case says
	CheckDeadlines = "deadlines" // the table holds the armed deadlines and no other
	CheckEarly     = "early"     // no lapse before its deadline, none that was not armed
	CheckOrder     = "order"     // no lapse has overlooked a paper received before it
	CheckContent   = "content"   // papers and acts say what they said when they came in
	CheckPaper     = "paper"     // each paper is entered once, or waits
	CheckAct       = "act"       // each act has one verdict, or waits
	CheckNotices   = "notices"   // each notice of an entry is in the outbox
	CheckSends     = "sends"     // each paper sent to a linked case is in its inbox
	CheckViolation = "violation" // an enforcement case holds its violation act
	CheckClock     = "clock"     // an open case has an armed deadline, or a reason
	CheckNumbers   = "numbers"   // case numbers have no gaps
	CheckPlan      = "plan"      // the events of a plan are chained and whole
	CheckDraw      = "draw"      // a draw, made again, gives its record
	CheckDuty      = "duty"      // the history of a duty is chained, gives its row, and has its reports
	CheckStandard  = "standard"  // the text of an inspection's standard is kept under its hash
	CheckPublic    = "public"    // the public may read what the ledger says is published, and nothing else
	CheckVisits    = "visits"    // each visit of a plan is counted once, each missed self-check has its alert
)

// verifyBatch is how many cases are read at once.
const verifyBatch = 100

// Verify folds every ledger and compares it with all that the register says beside it; it never
// decides anything again. progress hears how many cases are done. It may run beside the installation at
// work: each batch is read in one snapshot.
func (r *Register) Verify(ctx context.Context, progress func(cases int)) (Report, error) {
	rep := Report{Checks: map[string]int{}}
	var after int64
	for {
		var n int
		err := r.snapshot(ctx, func(tx *gorm.DB) error {
			var rows []caseRow
			if err := tx.Where("serial > ?", after).Order("serial").Limit(verifyBatch).Find(&rows).Error; err != nil {
				return err
			}
			if n = len(rows); n == 0 {
				return errors.Join(rep.numbers(tx), rep.plans(tx), r.draws(tx, &rep), r.verifyDuties(tx, &rep))
			}
			after = rows[n-1].Serial
			return r.batch(tx, &rep, rows)
		})
		if err != nil {
			return rep, fmt.Errorf("verify the register behind case %d: %w", after, err)
		}
		if n == 0 {
			return rep, nil
		}
		if progress != nil {
			progress(rep.Cases)
		}
	}
}

// file is all that the register has on one case.
type file struct {
	row       caseRow
	origin    casefile.Case
	parties   map[string]Party // by person
	lines     []entryRow
	entries   []casefile.Entry
	papers    []paperRow
	acts      []actRow
	deadlines []deadlineRow
	notices   map[int]int // seq → rows of the outbox
	sends     map[int]int // seq → papers in linked cases
	days      int
	standards map[string]bool // hashes of the texts that are kept
	public    []publicationRow
}

func (r *Register) batch(tx *gorm.DB, rep *Report, rows []caseRow) error {
	files := map[string]*file{}
	var ids []string
	for _, row := range rows {
		files[row.ID] = &file{row: row, parties: map[string]Party{}, notices: map[int]int{}, sends: map[int]int{}}
		ids = append(ids, row.ID)
	}
	if err := errors.Join(gather(tx, ids, files), tally(tx, ids, files)); err != nil {
		return err
	}
	kept, err := standards(tx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		files[row.ID].standards = kept
		if err := r.check(rep, files[row.ID]); err != nil {
			return err
		}
	}
	return nil
}

// gather reads what belongs to those cases into their files.
func gather(tx *gorm.DB, ids []string, files map[string]*file) error {
	var lines []entryRow
	var papers []paperRow
	var acts []actRow
	var deadlines []deadlineRow
	in := func() *gorm.DB { return tx.Where("case_id IN ?", ids) }
	for _, err := range []error{
		in().Order("case_id, seq").Find(&lines).Error, in().Order("serial").Find(&papers).Error,
		in().Find(&acts).Error, in().Find(&deadlines).Error,
	} {
		if err != nil {
			return err
		}
	}
	for _, x := range lines {
		files[x.CaseID].lines = append(files[x.CaseID].lines, x)
	}
	for _, x := range papers {
		files[x.CaseID].papers = append(files[x.CaseID].papers, x)
	}
	for _, x := range acts {
		files[x.CaseID].acts = append(files[x.CaseID].acts, x)
	}
	for _, x := range deadlines {
		files[x.CaseID].deadlines = append(files[x.CaseID].deadlines, x)
	}
	public, err := publicOf(tx, ids)
	if err != nil {
		return err
	}
	for _, x := range public {
		files[x.CaseID].public = append(files[x.CaseID].public, x)
	}
	people, err := parties(tx, ids)
	if err != nil {
		return err
	}
	for _, p := range people {
		files[p.CaseID].parties[p.PersonID] = p.Party
	}
	return nil
}

// tally counts what entries of those cases have sent and taken.
func tally(tx *gorm.DB, ids []string, files map[string]*file) error {
	type counted struct {
		ID  string
		Seq int
		N   int
	}
	for _, q := range []struct {
		text string
		put  func(counted)
	}{
		{"SELECT case_id AS id, seq, count(*) AS n FROM outbox WHERE case_id IN ? GROUP BY case_id, seq", func(c counted) { files[c.ID].notices[c.Seq] = c.N }},
		{"SELECT from_case AS id, from_seq AS seq, count(*) AS n FROM papers WHERE from_case IN ? GROUP BY from_case, from_seq", func(c counted) { files[c.ID].sends[c.Seq] = c.N }},
		{"SELECT case_id AS id, 0 AS seq, count(*) AS n FROM violation_days WHERE case_id IN ? GROUP BY case_id", func(c counted) { files[c.ID].days = c.N }},
	} {
		var all []counted
		if err := tx.Raw(q.text, ids).Scan(&all).Error; err != nil {
			return err
		}
		for _, c := range all {
			q.put(c)
		}
	}
	return nil
}

func (r *Register) check(rep *Report, f *file) error {
	rep.Cases++
	rep.Entries += len(f.lines)
	rep.Papers += len(f.papers)
	rep.Acts += len(f.acts)
	if f.row.Stuck {
		rep.Stuck = append(rep.Stuck, StuckCase{Case: f.row.ID, Number: f.row.Number, Ref: f.row.FaultRef, Fault: f.row.Fault})
	}
	if !rep.ledger(f) {
		return nil // what follows would only repeat it
	}
	c, ok := rep.fold(f)
	if !ok {
		return nil
	}
	if err := rep.caseRow(f, c, r.place); err != nil {
		return err
	}
	rep.lapses(f)
	rep.inbox(f)
	rep.verdicts(f)
	rep.sent(f, c)
	rep.watched(f, c)
	rep.standard(f, c)
	if err := rep.published(f, c); err != nil {
		return err
	}
	return r.contents(rep, f)
}

// count notes that a check was made; unless it held, the violation.
func (rep *Report) count(f *file, seq int, check string, held bool, message string, args ...any) {
	rep.Checks[check]++
	if !held {
		rep.Violations = append(rep.Violations, Violation{Case: f.row.ID, Entry: seq, Check: check, Message: fmt.Sprintf(message, args...)})
	}
}

package activities

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// settling is one run of Settle inside its transaction.
type settling struct {
	*Activities
	turn *register.Turn
	in   SettleInput

	now      time.Time
	days     *calendar.Calendar
	after    casefile.Case
	more     bool
	entry    int               // of the act
	made     *casefile.Outcome // of the act, where this run entered it
	refusal  *casefile.Refusal
	asked    *asked // what the act was told; nil: nothing yet
	lost     bool   // there is no such act
	fault    error  // a move that could not be decided; the moves before it are entered
	faultRef string
	told     []func(Observer)
	sent     []string // cases into whose inboxes something was put
}

func (s *settling) run() (err error) {
	s.now = s.turn.Now()
	if s.days, err = s.turn.Calendar(s.calendar); err != nil {
		return err
	}
	papers := s.turn.Papers()
	for n := 0; s.fault == nil; n++ {
		m, isPaper, ok := s.next(papers)
		if !ok {
			break
		}
		if n == movesPerTurn {
			s.more = true
			break
		}
		if isPaper {
			papers = papers[1:]
			if err := m.Ask(s.turn.Case(), s.asker.ask(s.turn.Facts(), s.turn.Case(), calendar.DayOf(m.At, s.days.Place()))); err != nil {
				return err
			}
		}
		if err := s.enter(m); err != nil {
			return err
		}
	}
	if !s.more && s.fault == nil && s.in.Act != "" {
		if err := s.act(); err != nil {
			return err
		}
	}
	s.after = s.turn.Case()
	return nil
}

// next is the earliest of the waiting papers (by received) and the due deadlines (by due), the
// deadline first at equal instants. A changed calendar comes before any of them.
func (s *settling) next(papers []register.Paper) (m casefile.Move, isPaper, ok bool) {
	c := s.turn.Case()
	if c.Seq > 0 && s.stale(c) {
		return casefile.Move{Class: casefile.Installation, Name: "recalendar", Ref: "recalendar/" + s.days.Hash(), At: s.now, By: casefile.Actor{Sender: "house"}}, false, true
	}
	var first *casefile.Deadline
	for i, d := range c.Deadlines {
		if !d.Due.After(s.now) && (first == nil || d.Due.Before(first.Due)) {
			first = &c.Deadlines[i]
		}
	}
	if first != nil && (len(papers) == 0 || !first.Due.After(papers[0].Received)) {
		return casefile.Move{Class: casefile.Lapse, Name: first.Name, Ref: first.Key(), At: first.Due}, false, true
	}
	if len(papers) == 0 {
		return casefile.Move{}, false, false
	}
	p := papers[0]
	return casefile.Move{
		Class: p.Class, Name: p.Name, Ref: p.ID, At: p.Received, Effective: p.Effective, By: p.By, Body: p.Body,
	}, true, true
}

func (s *settling) stale(c casefile.Case) bool {
	return slices.ContainsFunc(c.Deadlines, func(d casefile.Deadline) bool { return d.Stale(s.days) })
}

func (s *settling) act() error {
	row, err := s.turn.Act(s.in.Act)
	if errors.Is(err, register.ErrNotFound) {
		s.lost = true
		return nil
	}
	if err != nil {
		return err
	}
	if row.Verdict != nil { // made before: it was asked for again
		s.entry, s.refusal = row.Verdict.Entry, row.Verdict.Refusal
		return nil
	}
	if row.IfMatch != nil && *row.IfMatch != s.turn.Case().Seq {
		no := stale(*row.IfMatch, s.turn.Case().Seq)
		s.refusal = &no
		return s.refuse(row.ID, no)
	}
	m := casefile.Move{Class: casefile.Act, Name: row.Name, Ref: row.ID, At: s.now, Body: row.Body, By: row.By}
	s.asked = s.asker.ask(s.turn.Facts(), s.turn.Case(), calendar.DayOf(s.now, s.days.Place()))
	if err := m.Ask(s.turn.Case(), s.asked); err != nil {
		return err
	}
	if err := s.enter(m); err != nil {
		return err
	}
	row, err = s.turn.Act(row.ID)
	if row.Verdict != nil {
		s.entry, s.refusal = row.Verdict.Entry, row.Verdict.Refusal
	}
	return err
}

// enter has the law decide a move and writes what follows. A move that can't be decided is kept
// as a fault, so that the moves before it stand.
func (s *settling) enter(m casefile.Move) error {
	c := s.turn.Case()
	regime, err := s.asker.laws.Regime(c.Regime, s.turn.RegimeText)
	if err != nil {
		return err // the database's fault: a text that is pinned can be read and parsed
	}
	o, refusal, err := decide(c, m, casefile.Law{Regime: regime, Calendar: s.days})
	if err == nil && refusal != nil {
		return s.refuse(m.Ref, *refusal)
	}
	if err == nil {
		if s.asked != nil {
			if err := s.asked.keep(s.turn, o); err != nil { // in the transaction of the entry
				return err
			}
		}
		err = s.turn.Enter(o)
		if err != nil && !errors.Is(err, register.ErrEntry) {
			return err
		}
	}
	if err != nil {
		s.fault, s.faultRef = err, m.Ref
		return nil
	}
	s.told = append(s.told, func(ob Observer) { ob.Moved(c.Kind, o.Entry.Class, o.Entry.Move) })
	if m.Class == casefile.Act {
		s.made = &o
	}
	for _, send := range o.Entry.Sends {
		s.sent = append(s.sent, send.Case)
	}
	return nil
}

func (s *settling) refuse(act string, r casefile.Refusal) error {
	kind := s.turn.Case().Kind
	s.told = append(s.told, func(ob Observer) { ob.Refused(kind, r.Code) })
	return s.turn.Refuse(act, r)
}

// tell reports to the observer and nudges the linked cases, after the commit. A case that can't
// be read now is left to the sweep.
func (s *settling) tell(ctx context.Context) {
	for _, f := range s.told {
		f(s.observe)
	}
	for _, id := range s.sent {
		if row, _, err := s.register.CaseByID(ctx, id); err == nil {
			s.nudge(row.Kind, id)
		}
	}
}

// decide keeps a broken case from taking its worker with it.
func decide(c casefile.Case, m casefile.Move, law casefile.Law) (o casefile.Outcome, r *casefile.Refusal, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decide %s %s on case %s: panic: %v", m.Class, m.Name, c.ID, p)
		}
	}()
	return casefile.Decide(c, m, law)
}

func stale(expected, at int) casefile.Refusal {
	e, a := strconv.Itoa(expected), strconv.Itoa(at)
	return casefile.Refusal{Code: "stale", Reason: casefile.Text{
		Zh: "案卷已更新：您依据的是第" + e + "号记录，现为第" + a + "号。请重新读取后再办理。",
		En: "the case has moved: you acted on entry " + e + ", it is at " + a + "; read it again first",
	}}
}

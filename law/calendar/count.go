package calendar

import (
	"errors"
	"fmt"
	"slices"
)

// Span is a run of days, both ends included.
type Span struct {
	From Day `json:"from"`
	To   Day `json:"to"`
}

// Count is a term with what happened to it.
type Count struct {
	From Day  // of the event; not counted
	Term Term // as the rule has it
	Roll bool // a last day of rest gives way (Due)

	// Extended are the extensions that were granted, each in the term's own
	// unit. A term and its extensions count as one from the same first day.
	Extended []Term
	Cap      Term // of the term and its extensions together; zero: none

	// Suspended are the days on which the term stands still. What is left of
	// it runs on behind them. A span that begins after the term is over is of
	// no effect, but a term whose last day a rest has moved is not over before
	// that day; two spans may not share a day (Join).
	Suspended []Span

	// Travel is how many natural days a document was under way: they are not
	// counted (Civil Procedure Law art.85), so the last day moves by as many
	// before it gives way to rest days.
	Travel int
}

// mostTravel is more than any document needs.
const mostTravel = 366

// Check says what is wrong with a count; nil if nothing is.
func (q Count) Check() error {
	if q.From.IsZero() {
		return errors.New("a term without a first day")
	}
	if err := q.Term.Check(); err != nil {
		return fmt.Errorf("term: %w", err)
	}
	for _, t := range q.Extended {
		if err := t.Check(); err != nil {
			return fmt.Errorf("extension: %w", err)
		}
		if t.Unit != q.Term.Unit {
			return fmt.Errorf("extension %s of a term in %s", t, q.Term.Unit)
		}
	}
	if !q.Cap.IsZero() {
		if err := q.Cap.Check(); err != nil {
			return fmt.Errorf("cap: %w", err)
		}
		if q.Cap.Unit != q.Term.Unit || q.Cap.N < q.Term.N {
			return fmt.Errorf("cap %s of a term of %s", q.Cap, q.Term)
		}
	}
	if err := (Term{N: q.total(), Unit: q.Term.Unit}).Check(); err != nil {
		return fmt.Errorf("term with its extensions: %w", err)
	}
	if q.Travel < 0 || q.Travel > mostTravel {
		return fmt.Errorf("%d days under way are not between 0 and %d", q.Travel, mostTravel)
	}
	before := Day{}
	for _, s := range q.still() {
		switch {
		case s.From.IsZero() || s.To.Before(s.From) || s.To.Sub(s.From) >= NaturalDays.most():
			return fmt.Errorf("suspension from %q to %q is not a run of 1 to %d days", s.From, s.To, NaturalDays.most())
		case !s.From.After(before):
			return fmt.Errorf("two suspensions hold %s", s.From)
		}
		before = s.To
	}
	return nil
}

// total is the number of the term and its extensions under the cap.
func (q Count) total() int {
	n := q.Term.N
	for _, t := range q.Extended {
		n += t.N
	}
	if !q.Cap.IsZero() {
		n = min(n, q.Cap.N)
	}
	return n
}

// still are the suspensions in their order.
func (q Count) still() []Span {
	return slices.SortedFunc(slices.Values(q.Suspended), func(a, b Span) int { return a.From.Compare(b.From) })
}

// Count returns the last day of a term. Its error is that of the count's Check.
func (c *Calendar) Count(q Count) (Due, error) {
	if err := q.Check(); err != nil {
		return Due{}, err
	}
	w := walk{c: c, steps: make([]Step, 0, 4), still: q.still()}
	first := q.From.AddDays(1)
	w.say(Step{Kind: StepStart, From: q.From, To: first})
	for _, t := range q.Extended {
		w.say(Step{Kind: StepExtended, N: t.N, Unit: t.Unit})
	}
	if len(q.Extended) > 0 && !q.Cap.IsZero() {
		w.say(Step{Kind: StepCapped, N: q.Cap.N, Unit: q.Cap.Unit})
	}
	term := Term{N: q.total(), Unit: q.Term.Unit}
	working := term.Unit == WorkingDays
	var last Day
	if working {
		last = w.count(first, term.N)
		w.tellStill(first, last)
	} else {
		last = w.pause(first, w.nominal(q.From, term))
	}
	day := last
	if q.Travel > 0 {
		day = last.AddDays(q.Travel)
		w.say(Step{Kind: StepTravel, From: last, To: day, N: q.Travel})
	}
	from := day // from where on holidays matter
	switch {
	case working:
		from = first
		if q.Travel > 0 {
			day = w.roll(day)
		}
	case q.Roll:
		day = w.roll(day)
	default:
		w.say(Step{Kind: StepNoRoll, From: day, To: day})
		return Due{Day: day, Due: day.End(c.place), Steps: w.steps}, nil
	}
	return Due{Day: day, Due: day.End(c.place), Provisional: w.doubt(from, day), Steps: w.steps}, nil
}

// pause moves the end of a term of natural days, months or years by the days on which it stood
// still: the days that were left when it stopped are left when it runs on.
func (w *walk) pause(first, last Day) Day {
	for i, s := range w.still {
		if s.From.Before(first) {
			s.From = first
		}
		if s.From.After(last) {
			break
		}
		w.told = i + 1
		if s.To.Before(s.From) {
			continue
		}
		n := s.To.Sub(s.From) + 1
		last = last.AddDays(n)
		w.say(Step{Kind: StepSuspended, From: s.From, To: s.To, N: n})
	}
	return last
}

// stands reports whether the term stands still on day.
func (w *walk) stands(day Day) bool {
	return slices.ContainsFunc(w.still, func(s Span) bool { return !day.Before(s.From) && !day.After(s.To) })
}

// tellStill notes the suspensions that a count from first to last has left out and no step has told.
func (w *walk) tellStill(first, last Day) {
	for ; w.told < len(w.still) && !w.still[w.told].From.After(last); w.told++ {
		s := w.still[w.told]
		if s.From.Before(first) {
			s.From = first
		}
		if !s.To.Before(s.From) {
			w.say(Step{Kind: StepSuspended, From: s.From, To: s.To, N: s.To.Sub(s.From) + 1})
		}
	}
}

// Join puts a span among others, in their order; those that share a day become one.
func Join(spans []Span, more Span) []Span {
	var out []Span
	for _, s := range spans {
		if s.To.Before(more.From) || more.To.Before(s.From) {
			out = append(out, s)
			continue
		}
		if s.From.Before(more.From) {
			more.From = s.From
		}
		if s.To.After(more.To) {
			more.To = s.To
		}
	}
	out = append(out, more)
	slices.SortFunc(out, func(a, b Span) int { return a.From.Compare(b.From) })
	return out
}

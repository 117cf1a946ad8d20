package activities

import (
	"context"
	"errors"
	"fmt"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// movesPerTurn bounds one transaction; what is left is told by SettleResult.More.
const movesPerTurn = 20

// Activities is what the workers share: the register, the laws and the calendar.
type Activities struct {
	register *register.Register
	calendar *calendar.Calendar
	asker    *Asker
	observe  Observer
	nudge    Nudge
}

// Nudge looks at a case into whose inbox an entry of another case has put a paper. It only makes
// prompt what the sweep guarantees, so it returns at once and tells no error.
type Nudge func(kind casefile.Kind, id string)

// New joins the register with the built-in calendar, over which the register's holiday tables lie, and
// with who tells the law about the world. Without an observer nobody is told, and without a nudge
// linked cases are left to the sweep.
func New(r *register.Register, c *calendar.Calendar, a *Asker, o Observer, n Nudge) *Activities {
	if o == nil {
		o = unobserved{}
	}
	if n == nil {
		n = func(casefile.Kind, string) {}
	}
	return &Activities{register: r, calendar: c, asker: a, observe: o, nudge: n}
}

// Settle moves a case as far as its papers, its due deadlines and the act allow. It may run twice:
// each entry, each paper and each act is unique in the register, so the second run finds nothing
// left to do. An error means that nothing more could be done; what was entered stays.
func (a *Activities) Settle(ctx context.Context, in SettleInput) (SettleResult, error) {
	_, out, err := a.settle(ctx, in, nil)
	return out, err
}

// settle is Settle, with the act that has no row yet, if there is one.
func (a *Activities) settle(ctx context.Context, in SettleInput, asked *register.NewAct) (*settling, SettleResult, error) {
	clock, err := a.register.Clock(ctx)
	if err != nil {
		return nil, SettleResult{}, fmt.Errorf("settle case %s: %w", in.Case, err)
	}
	var s *settling
	err = a.register.Turn(ctx, register.Ask{Case: in.Case, Act: in.Act, New: asked, Papers: movesPerTurn + 1}, func(t *register.Turn) error {
		s = &settling{Activities: a, turn: t, in: in}
		return s.run()
	})
	if s == nil && errors.Is(err, register.ErrNotFound) {
		return &settling{lost: true}, SettleResult{Closed: true}, nil // a register restored from before this case: it decides what is true
	}
	if err != nil {
		return nil, SettleResult{}, fmt.Errorf("settle case %s: %w", in.Case, err)
	}
	s.tell(ctx)
	if s.fault != nil && asked != nil && s.faultRef == asked.ID() { // the act's own: the case can go on without it
		return nil, SettleResult{}, fmt.Errorf("settle case %s: %w", in.Case, s.fault)
	}
	if s.fault != nil {
		out, err := a.faulted(ctx, in, s)
		return s, out, err
	}
	out := SettleResult{Seq: s.after.Seq, Entry: s.entry, Lost: s.lost, Closed: s.after.Closed(), More: s.more}
	if out.Wake = s.after.NextDue(); !out.Wake.IsZero() {
		if wait, ok := clock.Wait(s.now, out.Wake); ok {
			out.WakeIn = max(wait, time.Millisecond)
		}
	}
	return s, out, nil
}

// faulted counts a move that could not be decided. The fifth time stops this case, and only this
// one: the loop waits for a look instead of trying for ever.
func (a *Activities) faulted(ctx context.Context, in SettleInput, s *settling) (SettleResult, error) {
	times, err := a.register.Fault(ctx, in.Case, s.faultRef, s.fault)
	if err != nil {
		return SettleResult{}, errors.Join(s.fault, err)
	}
	stuck := times >= register.MaxFaults
	a.observe.Faulted(s.after.Kind, stuck)
	if !stuck {
		return SettleResult{}, fmt.Errorf("settle case %s: %w", in.Case, s.fault)
	}
	return SettleResult{Seq: s.after.Seq, Stuck: true}, nil
}

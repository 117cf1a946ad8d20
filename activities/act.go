package activities

import (
	"context"
	"errors"
	"fmt"

	"duban/law/casefile"
	"duban/register"
)

// ErrStuck is for an act on a case in which a move before it can't be decided. Nothing of the act was
// entered; once the case is mended the same act may be asked for again.
var ErrStuck = errors.New("a move before this act can't be decided")

// Acted is what became of an act: its entry, or a refusal, which leaves nothing behind.
type Acted struct {
	ID      string
	Entry   int               // seq; zero when refused
	Made    *casefile.Outcome // nil when it was entered before, or refused
	Refusal *casefile.Refusal // nil when entered
	After   SettleResult      // where the case stands, and
	State   casefile.State    // in which state
}

// Act makes an act for whoever asks: the papers and the lapses that come before it, then the act, all in
// one transaction, by the same rules and under the same lock as Settle. Owner and key name the act: asked
// for again it gives the entry that was made, and ErrKeyReused for another content. An error means that
// the act was not entered; where the register's answer to the commit was lost it may have been, and the
// same act asked for again tells. ErrNotFound without the case.
func (a *Activities) Act(ctx context.Context, in register.ActIn) (Acted, error) {
	asked, err := a.register.NewAct(in)
	if err != nil {
		return Acted{}, err
	}
	for {
		s, out, err := a.settle(ctx, SettleInput{Case: in.Case, Act: asked.ID()}, asked)
		switch {
		case err != nil && s != nil:
			return Acted{}, fmt.Errorf("act %s on case %s: %w: %w", in.Name, in.Case, ErrStuck, err)
		case err != nil:
			return Acted{}, err
		case out.More:
			continue // more waits before the act than one transaction takes
		case s.lost:
			return Acted{}, fmt.Errorf("act %s on case %s: %w", in.Name, in.Case, register.ErrNotFound)
		case out.Stuck:
			return Acted{}, fmt.Errorf("act %s on case %s: %w: %w", in.Name, in.Case, ErrStuck, s.fault)
		}
		return Acted{ID: asked.ID(), Entry: s.entry, Made: s.made, Refusal: s.refusal, After: out, State: s.after.State}, nil
	}
}

// Look is Settle for who watches over cases: it goes on until nothing is left to make, and says in which
// state the case then stands; empty: there is no such case.
func (a *Activities) Look(ctx context.Context, id string) (casefile.State, SettleResult, error) {
	for {
		s, out, err := a.settle(ctx, SettleInput{Case: id}, nil)
		if err != nil {
			return "", SettleResult{}, err
		}
		if !out.More {
			return s.after.State, out, nil
		}
	}
}

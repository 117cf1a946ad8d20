package office

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"

	"duban/access"
	"duban/activities"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/register"
)

// Desk tells the workflows of cases what was done. It only makes prompt what the sweep guarantees, so it
// returns at once and tells no error (architecture §3.7).
type Desk interface {
	// Look nudges the case: something was put into its inbox. signal is paper or appeal.
	Look(kind casefile.Kind, id, signal, paper string)
	// Acted says where the case stands after an act.
	Acted(kind casefile.Kind, id string, state casefile.State, after activities.SettleResult)
}

// Options is what an office is made of. All but Logger and Metrics must be there.
type Options struct {
	Register    *register.Register
	Docket      *docket.Docket
	Regulations *jurisdiction.Regulations
	Calendar    *calendar.Calendar // built in; the register's holiday tables lie over it
	Desk        Desk

	Logger  *slog.Logger
	Metrics prometheus.Registerer // nil: none
}

// Office does what is asked of the installation. It is safe for use by many goroutines.
type Office struct {
	Options
	register *register.Register
	docket   *docket.Docket
	acting   queues // by case

	asker  *activities.Asker
	settle *activities.Activities
}

// New makes the office.
func New(o Options) *Office {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	asker := activities.NewAsker(o.Regulations)
	out := &Office{Options: o, register: o.Register, docket: o.Docket, asker: asker}
	out.settle = activities.New(o.Register, o.Calendar, asker, activities.Counted(o.Metrics), func(kind casefile.Kind, id string) { o.Desk.Look(kind, id, "paper", "") })
	return out
}

// Asker tells the law about the world. Who settles the cases of this installation is handed the same.
func (o *Office) Asker() *activities.Asker { return o.asker }

// What a caller may be told. Any other error is a fault and tells nothing.
var (
	ErrNotFound    = register.ErrNotFound
	ErrPin         = register.ErrPin // an ErrNotFound, which callers are not told apart from others
	ErrKeyReused   = register.ErrKeyReused
	ErrUnavailable = register.ErrUnavailable // not now; the same again later
	ErrFilter      = register.ErrFilter
	ErrClock       = register.ErrClock
	ErrStale       = errors.New("the case has moved since it was seen")
	ErrStuck       = activities.ErrStuck

	ErrNothingSought = register.ErrNothingSought
	ErrOldCursor     = register.ErrOldCursor
)

// Rejection is why something is not taken: it names what does not exist, or a rule forbids it. Nothing was
// changed. Without a reason the sentence is that of its code.
type Rejection struct{ casefile.Refusal }

func (r *Rejection) Error() string { return "rejected: " + r.Code }

// reject says no with a sentence of its own.
func reject(code, field, cite, zh, en string) error {
	return &Rejection{Refusal: casefile.Refusal{Code: code, Field: field, Cite: cite, Reason: casefile.Text{Zh: zh, En: en}}}
}

// no says no with the sentence of its code.
func no(code, field string) error {
	return &Rejection{Refusal: casefile.Refusal{Code: code, Field: field}}
}

// rejected is a refusal of the law on its way out; nil stays nil.
func rejected(r *casefile.Refusal) error {
	if r == nil {
		return nil
	}
	return &Rejection{Refusal: *r}
}

// sameAct says of a violation act that another case holds what to do about it.
func sameAct(err error) error {
	if errors.Is(err, register.ErrSameAct) {
		return reject("same-act", "", "penalties-2021:29", "该违法行为已由另一案件办理，申诉应并入该案。", "another case holds this violation act already; a complaint joins it")
	}
	return err
}

// may asks access about a thing: access.ErrNoKey or ErrNever where such a caller may to nothing, and
// access.ErrHidden where not to this.
func (o *Office) may(ctx context.Context, who access.Who, a access.Action, x access.Thing) error {
	if err := access.Ever(who, a); err != nil {
		return err
	}
	tree, err := o.register.Tree(ctx)
	if err != nil {
		return err
	}
	if !access.May(tree, who, a, x) {
		return fmt.Errorf("%s: %w", a, access.ErrHidden)
	}
	return nil
}

// mayOwn asks about an action on a thing that the caller may read: what he may read but not change is
// no secret, so the answer is access.ErrNever.
func (o *Office) mayOwn(ctx context.Context, who access.Who, read, change access.Action, x access.Thing) error {
	if err := access.Ever(who, change); err != nil {
		return err
	}
	if err := o.may(ctx, who, read, x); err != nil {
		return err
	}
	return o.mayOpen(ctx, who, change, x)
}

// mayOpen is may for a thing that is no secret to the caller: what he may not do to it is access.ErrNever.
func (o *Office) mayOpen(ctx context.Context, who access.Who, a access.Action, x access.Thing) error {
	err := o.may(ctx, who, a, x)
	if errors.Is(err, access.ErrHidden) {
		return fmt.Errorf("%s: %w", a, access.ErrNever)
	}
	return err
}

// narrowed is a list's authorities (nil: all) within what the caller may see: all of it, or what is below
// the one that was named. Not ok: nothing.
func (o *Office) narrowed(ctx context.Context, s access.Scope, named string) (ids []string, ok bool, err error) {
	if s.Nothing() {
		return nil, false, nil
	}
	tree, err := o.register.Tree(ctx)
	if err != nil {
		return nil, false, err
	}
	if named != "" {
		if bounded := s.Under != "" || s.Same != ""; bounded && !s.Holds(tree, access.Thing{Authority: named}) {
			return nil, false, nil
		}
		return []string{named}, true, nil
	}
	ids, _ = s.Authorities(tree)
	return ids, true, nil
}

// nudge has a case looked at whose inbox has a new paper.
func (o *Office) nudge(kind casefile.Kind, id, name, paper string) {
	signal := "paper"
	if name == "appeal" {
		signal = name
	}
	o.Desk.Look(kind, id, signal, paper)
}

// Part is something by which the installation is ready.
type Part struct {
	Name  string
	Check func(ctx context.Context) error
}

// Parts are those of /readyz, in its order; carrier asks whether cases are carried on.
func (o *Office) Parts(carrier func(context.Context) error) []Part {
	return []Part{
		{Name: "database", Check: o.register.Ready},
		{Name: "schema", Check: o.register.CheckSchema},
		{Name: "temporal", Check: carrier},
	}
}

// Today is the legal day.
func (o *Office) Today(ctx context.Context) (calendar.Day, error) { return o.docket.Today(ctx) }

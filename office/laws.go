package office

import (
	"context"
	"errors"
	"fmt"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
)

// RegimeSpan is a regime with the days on which it is in force; a zero To is open.
type RegimeSpan struct {
	Name     string
	Title    casefile.Text
	From, To calendar.Day
}

// Regulation is a regime as in force on a day, with what it is put together of.
type Regulation struct {
	Regime    *casefile.Regime
	From, To  calendar.Day      // the days on which this text is the one to pin; a zero To is open
	Documents []RegimeSpan      // the main regulation first
	Notes     map[string]string // by section and name

	Extends     string        // the main regulation that it carries out, if it is a city's (tourism 17)
	FiledWith   *RegimeFiling // with whom it was filed for the record
	Authorities []string      // whose cases it is for; none: all of the domain
}

// RegimeFiling is a filing of a regulation for the record with the authority above.
type RegimeFiling struct {
	Level string       `json:"level"`
	On    calendar.Day `json:"on"`
}

// Regimes lists the main regulations.
func (o *Office) Regimes() []RegimeSpan {
	var out []RegimeSpan
	for _, d := range o.Regulations.Library().Documents() {
		if d.Main() {
			out = append(out, spanOf(d))
		}
	}
	return out
}

func spanOf(d *regimes.Document) RegimeSpan {
	return RegimeSpan{Name: d.ID, Title: d.Title, From: d.Effective.From, To: d.Effective.To}
}

// Regime is a regulation as in force on a day; ErrNotFound.
func (o *Office) Regime(name string, on calendar.Day) (Regulation, error) {
	b, err := o.Regulations.Library().At(name, on)
	if errors.Is(err, regimes.ErrNotInForce) {
		return Regulation{}, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	if err != nil {
		return Regulation{}, err
	}
	main := b.Documents[0]
	out := Regulation{
		Regime: b.Regime, From: b.Effective.From, To: b.Effective.To, Documents: each(b.Documents, spanOf), Notes: b.Notes(),
		Extends: main.Extends, Authorities: main.Authorities,
	}
	if f := main.FiledWith; f != nil {
		out.FiledWith = &RegimeFiling{Level: f.Level, On: f.On}
	}
	return out, nil
}

// Publications is what the public may read today, what comes after the serial before, the newest first; 0:
// from the beginning.
func (o *Office) Publications(ctx context.Context, f PublicFilter, before int64, limit int) ([]Publication, error) {
	return o.register.Publications(ctx, f, before, limit)
}

// Clock is how the clock of the law stands.
type Clock struct {
	Mode      string // real, rate, stepped
	Now       time.Time
	NextDue   time.Time // zero: nothing is due
	Unsettled int
}

// Clock shows the clock of the law.
func (o *Office) Clock(ctx context.Context) (Clock, error) {
	clock, err := o.register.Clock(ctx)
	if err != nil {
		return Clock{}, err
	}
	out := Clock{Mode: string(clock.Mode)}
	if out.Now, err = o.register.Now(ctx); err != nil {
		return out, err
	}
	if out.NextDue, err = o.register.NextDue(ctx); err != nil {
		return out, err
	}
	out.Unsettled, err = o.register.Unsettled(ctx)
	return out, err
}

// Step moves a stepped clock on; ErrClock when it is not stepped or to lies in its past.
func (o *Office) Step(ctx context.Context, to time.Time) error { return o.register.StepClock(ctx, to) }

package office

import (
	"context"
	"errors"
	"fmt"
	"time"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
	"duban/register"
)

// freshness is how long a new holiday table may stay unseen here. Settle sees it at once.
const freshness = time.Second

// Calendar is the calendar of the house.
func (o *Office) Calendar(ctx context.Context) (*calendar.Calendar, error) {
	if s := o.days.Load(); s != nil && time.Since(s.at) < freshness {
		return s.days, nil
	}
	at := time.Now()
	days, err := o.register.Calendar(ctx, o.builtIn)
	if err != nil {
		return nil, told(err)
	}
	o.days.Store(&seen{days: days, at: at})
	return days, nil
}

// Regimes lists the main regulations with the days on which they are in force.
func (o *Office) Regimes() []api.RegimeSpan {
	var out []api.RegimeSpan
	for _, d := range o.library.Documents() {
		if d.Main() {
			out = append(out, spanOf(d))
		}
	}
	return out
}

func spanOf(d *regimes.Document) api.RegimeSpan {
	return api.RegimeSpan{Name: d.ID, Title: d.Title, From: d.Effective.From, To: d.Effective.To}
}

// Regime is a regulation as in force on a day.
func (o *Office) Regime(name string, on calendar.Day) (api.Regulation, error) {
	b, err := o.library.At(name, on)
	if errors.Is(err, regimes.ErrNotInForce) {
		return api.Regulation{}, fmt.Errorf("%w: %w", api.ErrNotFound, err)
	}
	if err != nil {
		return api.Regulation{}, err
	}
	main := b.Documents[0]
	out := api.Regulation{
		Regime: b.Regime, From: b.Effective.From, To: b.Effective.To, Documents: each(b.Documents, spanOf), Notes: b.Notes(),
		Extends: main.Extends, Authorities: main.Authorities,
	}
	if f := main.FiledWith; f != nil {
		out.FiledWith = &api.RegimeFiling{Level: f.Level, On: f.On}
	}
	return out, nil
}

// Pinned is the regime of that hash; a hash never changes its text, so it is read once.
func (o *Office) Pinned(ctx context.Context, hash string) (*casefile.Regime, error) {
	if r, ok := o.pinned.Load(hash); ok {
		return r.(*casefile.Regime), nil
	}
	text, err := o.register.RegimeText(ctx, hash)
	if errors.Is(err, register.ErrUnavailable) {
		return nil, told(err)
	}
	if err != nil { // a case without its text is a fault, whoever asks
		return nil, fmt.Errorf("read regime %s: %w", hash, err)
	}
	return o.parsed(hash, text)
}

// parsed is Pinned where the text is at hand: the first case of a regime pins it only as it is filed.
func (o *Office) parsed(hash string, text []byte) (*casefile.Regime, error) {
	if r, ok := o.pinned.Load(hash); ok {
		return r.(*casefile.Regime), nil
	}
	r, err := regimes.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("parse regime %s: %w", hash, err)
	}
	o.pinned.Store(hash, r)
	return r, nil
}

// bundle is the regulation that an authority's cases of that day are pinned to.
func (o *Office) bundle(a register.Authority, kind casefile.Kind, day calendar.Day) (*regimes.Bundle, error) {
	name, ok := o.library.For(a.Domain, a.ID, day)
	if !ok {
		return nil, reject("no-regime", "authority", "", "该机关的业务领域尚无适用的法规。", "there is no regime for the domain of that authority")
	}
	b, err := o.library.At(name, day)
	if errors.Is(err, regimes.ErrNotInForce) {
		return nil, reject("no-regime", "receivedOn", "", "该日没有施行中的法规。", "no regime is in force on that day")
	}
	if err != nil {
		return nil, err
	}
	if _, allowed := b.Regime.Kinds[kind]; !allowed {
		return nil, reject("kind-closed", "", "", "该法规不设此类案件。", "the regime has no cases of this kind")
	}
	return b, nil
}

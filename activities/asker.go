package activities

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
	"duban/law/jurisdiction"
	"duban/law/regimes"
	"duban/law/standards"
	"duban/register"
)

// Asker tells the law about the world: the register, the standards and the regulations together. It
// is the only one that does, before an act is committed and when it is settled; so the same act on the
// same case is refused by both or by neither.
type Asker struct {
	library     func() (*standards.Library, error) // read at the first call
	regulations *jurisdiction.Regulations
	laws        regimes.Parsed
}

// NewAsker tells by those regulations, and by the standards that are read with them.
func NewAsker(l *jurisdiction.Regulations) *Asker {
	return &Asker{library: sync.OnceValues(func() (*standards.Library, error) { return standards.Load(l.Library()) }), regulations: l}
}

// Standards is the library of standards that the law is told of.
func (a *Asker) Standards() (*standards.Library, error) { return a.library() }

// Of tells what the register knows of a case, as of a day.
func (a *Asker) Of(f register.Facts, c casefile.Case, on calendar.Day) casefile.Facts {
	return a.ask(f, c, on)
}

func (a *Asker) ask(f register.Facts, c casefile.Case, on calendar.Day) *asked {
	return &asked{Facts: f, asker: a, c: c, on: on}
}

// asked is what one act was told, with the texts that its entry pins.
type asked struct {
	register.Facts // all but what hangs on the day
	asker          *Asker
	c              casefile.Case
	on             calendar.Day

	standard *standards.Standard  // nil: none
	pin      *register.RegimeText // the receiver's own; nil: none, or the text of the case goes on
}

// StandsIn tells whether an officer stands in for another on the day of the act.
func (q *asked) StandsIn(absent, officer string) (bool, error) {
	return q.Substitutes(absent, officer, q.on)
}

// Receiver is what a case of this kind would meet at that authority. A case that it is sent is
// carried by its own regulation, never by the sender's where that is another; by the same one the
// text that the sender's case is pinned to goes on.
func (q *asked) Receiver(id string) (*casefile.Receiver, error) {
	to, err := q.Authority(id)
	if errors.Is(err, register.ErrNotFound) {
		return &casefile.Receiver{}, nil
	}
	if err != nil {
		return nil, err
	}
	b, refusal, err := q.asker.regulations.Bundle(to, q.c.Kind, q.on)
	if err != nil {
		return nil, err
	}
	if refusal != nil {
		return &casefile.Receiver{Known: true}, nil
	}
	text := register.RegimeText{Hash: b.Regime.Hash, Text: b.Text}
	theirs, err := q.asker.laws.Regime(text.Hash, func(string) ([]byte, error) { return text.Text, nil })
	if err != nil {
		return nil, err
	}
	ours, err := q.asker.laws.Regime(q.c.Regime, q.RegimeText)
	if err != nil {
		return nil, err
	}
	if theirs.Name != ours.Name {
		q.pin = &text
	}
	return &casefile.Receiver{Known: true, Carries: true}, nil
}

// Checklist is that of the standard in force on the day.
func (q *asked) Checklist(id string, types []string) (*checklist.List, error) {
	library, err := q.asker.library()
	if err != nil {
		return nil, err
	}
	q.standard, err = library.Chosen(id, types, q.on)
	if errors.Is(err, standards.ErrNotInForce) { // of which the law is to speak
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return q.standard.Checklist(), nil
}

// keep pins the texts that an entry of the act rests on: the standard by which an inspection goes on,
// and the regulation of the case that it opens elsewhere.
func (q *asked) keep(t *register.Turn, o casefile.Outcome) error {
	if list := o.Case.Checklist; list != nil && q.standard != nil && list.Hash == q.standard.Hash {
		if err := t.PinStandard(q.standard.Text); err != nil {
			return err
		}
	}
	opens := func(s casefile.Send) bool { return s.New != nil && s.New.Authority != o.Case.Authority }
	if i := slices.IndexFunc(o.Entry.Sends, opens); i >= 0 && q.pin != nil {
		if err := t.Pin(o.Entry.Sends[i].New.Authority, *q.pin); err != nil {
			return fmt.Errorf("pin the receiver's regulation: %w", err)
		}
	}
	return nil
}

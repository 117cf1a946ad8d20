package draw

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"unicode"

	"duban/law/calendar"
)

// Version is the number of the algorithm that this package runs. A record of another version is
// refused: to repeat it takes the program that made it.
const Version = 1

// Input is all that a draw looks at, besides the seed: the rule, and who and what lies in the urn.
// It holds ids and figures only, nobody's name and nobody's words.
type Input struct {
	Cites      []Cite       `json:"cites"`                // on whose authority the draw is made
	Day        calendar.Day `json:"day"`                  // cards must be valid on it; it ends the days since an inspection
	Commitment string       `json:"commitment,omitempty"` // Commitment of the seed, published before the input was fixed
	Want       int64        `json:"want"`                 // how many targets
	Team       int64        `json:"team"`                 // officers for each; two at least (telecom 7, Penalties Law 42)
	Cards      []string     `json:"cards"`                // kinds of card that each officer of every team holds
	Slack      int64        `json:"slack"`                // how far above the least loaded an officer may be and still be drawn
	Weights    Weights      `json:"weights"`
	Targets    []Target     `json:"targets"`
	Officers   []Officer    `json:"officers"`
}

// Cite names a clause on which the draw rests, as regime:article or by the number of a document;
// Unverified where its text was not read in full.
type Cite struct {
	Clause     string `json:"clause"`
	Unverified bool   `json:"unverified,omitempty"`
}

// Weights is the formula of a target's weight: the sum of Base, Complaint for each open complaint,
// Order for each open order, and Idle for each full IdleDays since the last inspection, but not
// above Most. Who was never inspected counts as idle for IdleMost days, and nobody for more.
type Weights struct {
	Base      int64 `json:"base"`
	Complaint int64 `json:"complaint"`
	Order     int64 `json:"order"`
	Idle      int64 `json:"idle"`
	IdleDays  int64 `json:"idleDays"`
	IdleMost  int64 `json:"idleMost"`
	Most      int64 `json:"most"`
}

// Target is an operator that may be inspected, with the figures of its risk on the day.
type Target struct {
	ID         string       `json:"id"`
	Complaints int64        `json:"complaints"`       // open ones
	Orders     int64        `json:"orders"`           // open ones
	Inspected  calendar.Day `json:"inspected"`        // the last time; empty for never
	Closed     bool         `json:"closed,omitempty"` // may not be drawn: its yearly cap is reached, or it is out of business
	Cards      []string     `json:"cards,omitempty"`  // kinds of card needed here beyond those of the draw, as inspection.national-star (tourism 10: star inspectors)
}

// Officer is somebody who may inspect. Recused lists the targets that the officer keeps away
// from, without the reason (Penalties Law 43).
type Officer struct {
	ID      string   `json:"id"`
	Busy    bool     `json:"busy,omitempty"`
	Load    int64    `json:"load"` // inspections in hand
	Cards   []Card   `json:"cards"`
	Recused []string `json:"recused,omitempty"`
}

// Card is a credential of a kind, valid on both its days and between them.
type Card struct {
	Kind string       `json:"kind"`
	From calendar.Day `json:"from"`
	To   calendar.Day `json:"to"`
}

// Of is the weight of a target on the day, at least 0.
func (w Weights) Of(t Target, day calendar.Day) int64 {
	if t.Closed {
		return 0
	}
	idle := w.IdleMost
	if !t.Inspected.IsZero() {
		idle = min(idle, int64(day.Sub(t.Inspected)))
	}
	return min(w.Most, w.Base+w.Complaint*t.Complaints+w.Order*t.Orders+w.Idle*(idle/w.IdleDays))
}

// may tells whether the officer may inspect the target: not busy, not recused, with every card
// that the draw and the target ask for, valid on the day.
func (o Officer) may(t Target, cards []string, day calendar.Day) bool {
	if o.Busy || slices.Contains(o.Recused, t.ID) {
		return false
	}
	for _, kind := range slices.Concat(cards, t.Cards) {
		if !slices.ContainsFunc(o.Cards, func(c Card) bool {
			return c.Kind == kind && !day.Before(c.From) && !day.After(c.To)
		}) {
			return false
		}
	}
	return true
}

// sorted is the input in the one order that a record has: by id, and by kind and days for cards.
// The order in which an input was written must not matter.
func (in Input) sorted() Input {
	in.Cards = sortedStrings(in.Cards)
	in.Targets = slices.SortedFunc(slices.Values(in.Targets), func(a, b Target) int { return cmp.Compare(a.ID, b.ID) })
	for i := range in.Targets {
		in.Targets[i].Cards = sortedStrings(in.Targets[i].Cards)
	}
	in.Officers = slices.SortedFunc(slices.Values(in.Officers), func(a, b Officer) int { return cmp.Compare(a.ID, b.ID) })
	for i, o := range in.Officers {
		in.Officers[i].Recused = sortedStrings(o.Recused)
		in.Officers[i].Cards = slices.SortedFunc(slices.Values(o.Cards), func(a, b Card) int {
			return cmp.Or(cmp.Compare(a.Kind, b.Kind), a.From.Compare(b.From), a.To.Compare(b.To))
		})
		if o.Cards == nil {
			in.Officers[i].Cards = []Card{}
		}
	}
	if in.Targets == nil {
		in.Targets = []Target{}
	}
	if in.Officers == nil {
		in.Officers = []Officer{}
	}
	return in
}

func sortedStrings(list []string) []string { return slices.Sorted(slices.Values(list)) }

// The bounds keep every sum far from the end of an int64.
const (
	maxFigure = 1_000_000
	maxLines  = 100_000
)

var (
	idForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$`)
	codeForm = regexp.MustCompile(`^[a-z][a-z0-9.-]{0,49}$`)
	hexForm  = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// check reports every fault of the input, joined into one error.
func (in Input) check() error {
	c := checks{}
	c.want(len(in.Cites) > 0, "cites: a draw names its rule")
	for i, cite := range in.Cites {
		c.want(clauseForm(cite.Clause), "cites[%d]: want 1 to 100 printable characters", i)
	}
	c.want(!in.Day.IsZero(), "day is missing")
	c.want(in.Commitment == "" || hexForm.MatchString(in.Commitment), "commitment: want 64 hexadecimal digits, in lower case")
	c.figure("want", in.Want, 1)
	c.want(in.Team >= 2 && in.Team <= 20, "team: want 2 to 20 officers (Penalties Law 42: two at least)")
	c.want(len(in.Cards) > 0, "cards: name the kinds of card that every officer holds")
	c.codes("cards", in.Cards)
	c.figure("slack", in.Slack, 0)
	c.weights(in.Weights)
	c.want(len(in.Targets) <= maxLines && len(in.Officers) <= maxLines, "more than %d targets or officers", maxLines)
	c.unique("targets", len(in.Targets), func(i int) string { return in.Targets[i].ID })
	for _, t := range in.Targets {
		c.figure("complaints of "+t.ID, t.Complaints, 0)
		c.figure("orders of "+t.ID, t.Orders, 0)
		c.want(!t.Inspected.After(in.Day), "inspected of %s: after the day of the draw", t.ID)
		c.codes("cards of "+t.ID, t.Cards)
	}
	c.unique("officers", len(in.Officers), func(i int) string { return in.Officers[i].ID })
	for _, o := range in.Officers {
		c.figure("load of "+o.ID, o.Load, 0)
		c.unique("recused of "+o.ID, len(o.Recused), func(i int) string { return o.Recused[i] })
		for i, card := range o.Cards {
			c.want(codeForm.MatchString(card.Kind), "cards[%d] of %s: %q is no kind of card", i, o.ID, card.Kind)
			c.want(!card.From.IsZero() && !card.To.Before(card.From), "cards[%d] of %s: want both days, in order", i, o.ID)
		}
	}
	return errors.Join(c...)
}

type checks []error

func (c *checks) want(ok bool, format string, args ...any) {
	if !ok {
		*c = append(*c, fmt.Errorf(format, args...))
	}
}

func (c *checks) figure(name string, n, least int64) {
	c.want(n >= least && n <= maxFigure, "%s: want %d to %d", name, least, maxFigure)
}

func (c *checks) weights(w Weights) {
	for _, f := range []struct {
		name     string
		n, least int64
	}{
		{"base", w.Base, 0},
		{"complaint", w.Complaint, 0},
		{"order", w.Order, 0},
		{"idle", w.Idle, 0},
		{"idleDays", w.IdleDays, 1},
		{"idleMost", w.IdleMost, 0},
		{"most", w.Most, 1},
	} {
		c.figure("weights."+f.name, f.n, f.least)
	}
}

func (c *checks) codes(name string, list []string) {
	c.unique(name, len(list), func(i int) string { return list[i] })
	for _, code := range list {
		c.want(codeForm.MatchString(code), "%s: %q is no kind of card", name, code)
	}
}

func (c *checks) unique(name string, n int, id func(int) string) {
	seen := make(map[string]bool, n)
	for i := range n {
		c.want(idForm.MatchString(id(i)), "%s[%d]: want an id of letters, digits and . _ : / -", name, i)
		c.want(!seen[id(i)], "%s: %s stands there twice", name, id(i))
		seen[id(i)] = true
	}
}

func clauseForm(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return false
		}
		n++
	}
	return n > 0 && n <= 100
}

package regimes

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Standing is what an instrument is good for as the basis of a penalty.
type Standing string

const (
	MayBeBasis Standing = "basis"        // a penalty may rest on it
	NotAlone   Standing = "not-alone"    // of a rank that sets no penalties (penalties 16)
	Repealed   Standing = "repealed"     // another instrument says so
	NotInForce Standing = "not-in-force" // not on that day
	Unknown    Standing = "unknown"      // rank or fate was found in no text: not to be relied on
)

// Basis is the answer about one instrument.
type Basis struct {
	Instrument string        `json:"instrument"`
	Title      casefile.Text `json:"title"`
	Rank       casefile.Text `json:"rank"`
	Standing   Standing      `json:"standing"`
	Reason     casefile.Text `json:"reason"`
	Cite       string        `json:"cite"` // on which the standing rests
	Unverified bool          `json:"unverified,omitempty"`
	Note       string        `json:"note,omitempty"`
	Penalties  []Penalty     `json:"penalties,omitempty"`

	order int
}

// Penalty is a violation that an instrument penalises, as it applies to that act. Amounts are in fen.
type Penalty struct {
	Code       string            `json:"code"`
	Title      casefile.Text     `json:"title"`
	Cite       string            `json:"cite"`
	Sequence   casefile.Sequence `json:"sequence"`
	Warning    bool              `json:"warning,omitempty"`
	FineMin    casefile.Fen      `json:"fineMin,omitempty"`
	FineMax    casefile.Fen      `json:"fineMax,omitempty"`
	Multiple   *Times            `json:"multiple,omitempty"`
	Also       []string          `json:"also,omitempty"`     // kinds that the clause adds
	Measures   []Measure         `json:"measures,omitempty"` // the same, with their bounds
	YieldsTo   string            `json:"yieldsTo,omitempty"` // the clause of a higher or heavier rule on the same facts, to be ruled out first
	Lenity     casefile.Text     `json:"lenity,omitzero"`    // why the rule is not that of the day of the act (penalties 37)
	Unverified bool              `json:"unverified,omitempty"`
}

// Times is a fine of so many times the illegal income, where that reaches From, in fen.
type Times struct {
	From casefile.Fen `json:"from"`
	Min  int64        `json:"min"`
	Max  int64        `json:"max"`
}

func penalty(code string, v Violation) Penalty {
	p := Penalty{
		Code: code, Title: v.Title, Cite: v.Cite, Sequence: v.Sequence, Warning: v.Warning, FineMin: casefile.Fen(v.FineMin), FineMax: casefile.Fen(v.FineMax),
		Measures: v.Also, YieldsTo: v.OtherLaw, Unverified: v.Unverified,
	}
	for _, m := range v.Also {
		p.Also = append(p.Also, m.What)
	}
	if m := v.Multiple; m != nil {
		p.Multiple = &Times{From: casefile.Fen(m.From), Min: m.Min, Max: m.Max}
	}
	return p
}

// lenity is the clause by which a later, lighter rule applies.
const lenity = "penalties-2021:37"

// Bases answers which instruments of a main regulation may be the basis of a penalty for an
// operator of that type and an act of that day, decided on another: the usable ones first, the
// higher before the lower, each with the violations that it penalises (only that of the code,
// where one is given). ErrNotInForce where the regulation does not stand on the day of the act.
func (l *Library) Bases(name, operatorType, violation string, act, decided calendar.Day) ([]Basis, error) {
	s := newShelf(l.docs)
	main := s.on(name, act)
	if main == nil || len(main.Instruments) == 0 {
		return nil, fmt.Errorf("instruments of %s on %s: %w", name, act, ErrNotInForce)
	}
	ranks := ranksOf(l.docs)
	var all []Basis
	for _, id := range slices.Sorted(maps.Keys(main.Instruments)) {
		if x := main.Instruments[id]; x.on(act) && concerns(x.AppliesTo, operatorType) {
			all = append(all, s.basis(id, x, ranks, operatorType, violation, act, decided))
		}
	}
	slices.SortStableFunc(all, func(a, b Basis) int { return cmp.Compare(a.order, b.order) })
	return all, nil
}

// OperatorTypes lists the types of operator that the instruments of a regulation name.
func (l *Library) OperatorTypes(name string) []string {
	types := map[string]bool{}
	for _, d := range l.docs {
		if d.ID == name {
			for _, x := range d.Instruments {
				for _, t := range x.AppliesTo {
					types[t] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(types))
}

func concerns(types []string, one string) bool { return len(types) == 0 || slices.Contains(types, one) }

// ranked is a rank with its place, the highest 0.
type ranked struct {
	Rank
	at int
}

func ranksOf(docs []*Document) map[string]ranked {
	ranks := map[string]ranked{}
	for _, d := range docs {
		for i, r := range d.Ranks {
			ranks[r.Code] = ranked{Rank: r, at: i}
		}
	}
	return ranks
}

func (s shelf) basis(id string, x Instrument, ranks map[string]ranked, operatorType, violation string, act, decided calendar.Day) Basis {
	b := Basis{Instrument: id, Title: x.Title, Cite: x.Cite, Unverified: x.Unverified, Note: x.Note}
	texts := s[id]
	if len(texts) > 0 {
		b.Title = texts[len(texts)-1].Title
	}
	rank, known := ranks[x.Rank]
	if known {
		b.Rank = rank.Title
	}
	text := s.on(id, act)
	stand := func(standing Standing, cite, zh, en string) Basis {
		b.Standing, b.Cite, b.Reason = standing, cite, casefile.Text{Zh: zh, En: en}
		b.order = 100*slices.Index([]Standing{MayBeBasis, NotAlone, Unknown, Repealed, NotInForce}, standing) + rank.at
		return b
	}
	switch {
	case x.RepealedBy != "" && s.speaks(x.RepealedBy, act):
		return stand(Repealed, x.RepealedBy, "已被废止。", "repealed")
	case len(texts) > 0 && text == nil, !x.ValidFrom.IsZero() && act.Before(x.ValidFrom), !x.ValidTo.IsZero() && act.After(x.ValidTo):
		return stand(NotInForce, x.Cite, "行为发生之日不在本库所载文本的施行期间。", "no text of it that is here was in force on the day of the act")
	case !known || len(texts) == 0:
		return stand(Unknown, x.Cite, "效力层级或者存废情况未经核实，不得据以处罚。", "its rank or what became of it is not verified: no penalty may rest on it")
	case !rank.Basis:
		return stand(NotAlone, rank.Cite, "属于其他规范性文件，不得单独作为处罚依据。", "a normative document: it can't be the basis of a penalty alone")
	}
	b.Penalties = s.penalties(text, operatorType, violation, act, decided)
	if len(b.Penalties) == 0 {
		return stand(MayBeBasis, rank.Cite, "可以作为处罚依据，但本库未载有对该类经营者的此项处罚。", "it may be the basis, but holds no such penalty for that type of operator here")
	}
	return stand(MayBeBasis, rank.Cite, "可以作为处罚依据。", "it may be the basis")
}

// speaks tells whether a text that has the clause is in force on the day: a repeal is known from
// then on, whenever it took effect.
func (s shelf) speaks(cite string, on calendar.Day) bool {
	return slices.ContainsFunc(s[law(cite)], func(d *Document) bool {
		return s.has(cite) && !on.Before(d.Effective.From)
	})
}

// penalties are those of the day of the act, or of the day of the decision where that is lighter.
func (s shelf) penalties(text *Document, operatorType, violation string, act, decided calendar.Day) []Penalty {
	now := s.on(text.ID, decided)
	var all []Penalty
	for _, code := range slices.Sorted(maps.Keys(text.Violations)) {
		v := text.Violations[code]
		if !v.on(act) || !concerns(v.AppliesTo, operatorType) || violation != "" && violation != code {
			continue
		}
		p := penalty(code, v)
		if now != nil {
			later, still := now.Violations[code]
			switch {
			case !still || !later.on(decided):
				p.Lenity = casefile.Text{Zh: "作出决定时不再规定处罚，不予处罚（" + lenity + "）。", En: "no penalty any more on the day of the decision, so none is given (" + lenity + ")"}
			case lighter(later, v):
				p = penalty(code, later)
				p.Lenity = casefile.Text{Zh: "作出决定时的规定较轻，适用新规定（" + lenity + "）。", En: "the rule of the day of the decision is lighter and applies (" + lenity + ")"}
			}
		}
		all = append(all, p)
	}
	return all
}

// Print writes the answer for a reader, in lang.
func Print(w io.Writer, bases []Basis, lang string) error {
	p := &page{lang: lang}
	for _, b := range bases {
		p.line("%s  %s", b.Instrument, b.Title.In(lang))
		p.table([][]string{{b.Rank.In(lang), string(b.Standing), b.Cite, p.mark(b.Unverified), b.Reason.In(lang)}})
		if b.Note != "" {
			p.line("  %s", b.Note)
		}
		var rows [][]string
		for _, x := range b.Penalties {
			yields := ""
			if x.YieldsTo != "" {
				yields = p.say("须先排除 ", "rule out first ") + x.YieldsTo
			}
			rows = append(rows, []string{"  " + x.Code, x.Cite, p.sanctions(x.violation()), p.mark(x.Unverified), x.Title.In(lang), yields, x.Lenity.In(lang)})
		}
		p.table(rows)
	}
	return p.print(w)
}

func (p Penalty) violation() casefile.Violation {
	v := casefile.Violation{Warning: p.Warning, FineMin: p.FineMin, FineMax: p.FineMax, Also: measuresOf(p.Measures)}
	if m := p.Multiple; m != nil {
		v.Multiple = casefile.Multiple{From: m.From, Min: m.Min, Max: m.Max}
	}
	return v
}

// lighter compares two scales by what they can cost at most, then at least.
func lighter(a, b Violation) bool {
	most := func(v Violation) int64 {
		if v.Multiple == nil {
			return 0
		}
		return v.Multiple.Max
	}
	return cmp.Or(cmp.Compare(a.FineMax, b.FineMax), cmp.Compare(most(a), most(b)), cmp.Compare(len(a.Also), len(b.Also)), cmp.Compare(a.FineMin, b.FineMin)) < 0
}

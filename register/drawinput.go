package register

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/draw"
	"duban/law/jurisdiction"
)

// drawInput is the input of a draw: the rule, the operators of those types that the authority supervises,
// and its officers, as the register knows them on the day.
func (r *Register) drawInput(tx *gorm.DB, in DrawIn, day calendar.Day, tree *jurisdiction.Tree) (draw.Input, error) {
	out := in.Rule
	out.Day, out.Targets, out.Officers, out.Cites = day, nil, nil, slices.Clone(in.Rule.Cites)
	var all []Operator
	if err := tx.Select("id", "types", "province").Order("id").Find(&all).Error; err != nil {
		return out, fmt.Errorf("find the operators: %w", err)
	}
	known, err := r.risks(tx, day, in.Cap)
	if err != nil {
		return out, err
	}
	for _, o := range all {
		if tree.Supervises(in.Authority, o.Province) && slices.ContainsFunc(o.Types, func(t string) bool { return slices.Contains(in.Types, t) }) {
			target := known[o.ID]
			target.ID = o.ID
			for _, rule := range in.Levels {
				if slices.Contains(o.Types, rule.Type) {
					target.Cards = with(target.Cards, levelled(rule.Level))
					out.Cites = with(out.Cites, draw.Cite{Clause: rule.Cite, Unverified: rule.Unverified})
				}
			}
			out.Targets = append(out.Targets, target)
		}
	}
	out.Officers, err = inspectors(tx, in, day, out.Targets)
	return out, err
}

// levelled is the kind of an inspection card of a level, where a target asks for that level.
func levelled(level string) string { return string(casefile.InspectionCard) + "." + level }

// with is the list with x in it, once.
func with[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}

// risks is what is known of operators with cases: open complaints, open enforcement cases, the last
// day on which a team was on site, and whether the planned visits of the year are used up.
func (r *Register) risks(tx *gorm.DB, day calendar.Day, most int) (map[string]draw.Target, error) {
	onSite := `body::json #>> '{inspection,onSiteOn}'`
	if r.sqlite() {
		onSite = `json_extract(body, '$.inspection.onSiteOn')`
	}
	type line struct {
		Operator, Day string
		N             int64
	}
	out := map[string]draw.Target{}
	for _, q := range []struct {
		text string
		args []any
		put  func(*draw.Target, line) error
	}{
		{
			"SELECT operator, count(*) AS n FROM cases WHERE kind = ? AND NOT closed GROUP BY operator",
			[]any{casefile.Complaint},
			func(t *draw.Target, l line) error { t.Complaints = l.N; return nil },
		},
		{
			"SELECT operator, count(*) AS n FROM cases WHERE kind = ? AND NOT closed GROUP BY operator",
			[]any{casefile.Enforcement},
			func(t *draw.Target, l line) error { t.Orders = l.N; return nil },
		},
		{
			"SELECT operator, coalesce(max(" + onSite + "), '') AS day FROM cases WHERE kind = ? GROUP BY operator",
			[]any{casefile.Inspection},
			func(t *draw.Target, l line) (err error) { t.Inspected, err = readDay(l.Day); return err },
		},
		{
			"SELECT operator, max(n) AS n FROM inspection_counts WHERE year = ? GROUP BY operator",
			[]any{day.Year()},
			func(t *draw.Target, l line) error { t.Closed = l.N >= int64(most); return nil },
		},
	} {
		var lines []line
		if err := tx.Raw(q.text, q.args...).Scan(&lines).Error; err != nil {
			return nil, fmt.Errorf("read the risks of the operators: %w", err)
		}
		for _, l := range lines {
			t := out[l.Operator]
			if err := q.put(&t, l); err != nil {
				return nil, fmt.Errorf("read the risks of operator %s: %w", l.Operator, err)
			}
			out[l.Operator] = t
		}
	}
	return out, nil
}

// inspectors are the officers of the authority with their cards that are good on the day. A card
// for some types of operators stands here only where it covers every type of the draw, and as a card
// of its level where it covers every type of the draw that asks for the level. Of the open
// inspections: one in whose team an officer is weighs on the officer; one on site that day keeps
// the officer busy; a recusal asked for or granted keeps the officer from that operator.
func inspectors(tx *gorm.DB, in DrawIn, day calendar.Day, targets []draw.Target) ([]draw.Officer, error) {
	var staff []Officer
	if err := tx.Where("authority = ? AND role = ?", in.Authority, casefile.RoleOfficer).Order("id").Find(&staff).Error; err != nil {
		return nil, fmt.Errorf("find the officers: %w", err)
	}
	out := make([]draw.Officer, len(staff))
	at := map[string]*draw.Officer{}
	for i, o := range staff {
		out[i].ID = o.ID
		at[o.ID] = &out[i]
	}
	var cards []cardRow
	err := tx.Where("officer IN (SELECT id FROM officers WHERE authority = ?) AND valid_from <= ? AND valid_until >= ?", in.Authority, day.String(), day.String()).
		Order("number").Find(&cards).Error
	if err != nil {
		return nil, fmt.Errorf("find the cards: %w", err)
	}
	all, err := cardsOf(cards)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		o := at[c.Officer]
		if o == nil {
			continue
		}
		if covers(c, in.Types) {
			o.Cards = append(o.Cards, draw.Card{Kind: string(c.Kind), From: c.From, To: c.Until})
		}
		if asking := in.asking(c.Level, targets); c.Kind == casefile.InspectionCard && len(asking) > 0 && covers(c, asking) {
			o.Cards = append(o.Cards, draw.Card{Kind: levelled(c.Level), From: c.From, To: c.Until})
		}
	}
	var open []struct{ Body string }
	if err := tx.Raw("SELECT body FROM cases WHERE kind = ? AND authority = ? AND NOT closed ORDER BY serial", casefile.Inspection, in.Authority).Scan(&open).Error; err != nil {
		return nil, fmt.Errorf("read the open inspections: %w", err)
	}
	pool := map[string]bool{}
	for _, t := range targets {
		pool[t.ID] = true
	}
	for _, row := range open {
		var c casefile.Case
		if err := decode(row.Body, &c); err != nil {
			return nil, err
		}
		if c.Inspection != nil {
			inHand(at, pool, c, day)
		}
	}
	return out, nil
}

// covers tells whether a card is good for operators of all those types.
func covers(c casefile.Card, types []string) bool {
	return len(c.Types) == 0 || !slices.ContainsFunc(types, func(t string) bool { return !slices.Contains(c.Types, t) })
}

// asking are the types that ask for a level, if a target of the draw does.
func (in DrawIn) asking(level string, targets []draw.Target) []string {
	var types []string
	for _, rule := range in.Levels {
		asked := func(t draw.Target) bool { return slices.Contains(t.Cards, levelled(level)) }
		if rule.Level == level && slices.ContainsFunc(targets, asked) {
			types = append(types, rule.Type)
		}
	}
	return types
}

func inHand(at map[string]*draw.Officer, pool map[string]bool, c casefile.Case, day calendar.Day) {
	f := c.Inspection
	team := f.Team
	if len(team) == 0 {
		team = f.Drawn
	}
	for _, who := range team {
		if o := at[who]; o != nil {
			o.Load++
			o.Busy = o.Busy || f.OnSiteOn == day && (c.State == casefile.OnSite || c.State == casefile.Findings)
		}
	}
	for _, who := range slices.Concat(f.Doubted, f.Recused) {
		if o := at[who]; o != nil && pool[c.Operator] && !slices.Contains(o.Recused, c.Operator) {
			o.Recused = append(o.Recused, c.Operator)
		}
	}
}

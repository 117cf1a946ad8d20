package register

import (
	"fmt"
	"slices"

	"gorm.io/gorm"

	"duban/calendar"
	"duban/casefile"
	"duban/draw"
)

// urn is the input of a draw: the rule, the operators of those types that the authority supervises,
// and its officers, as the register knows them on the day.
func (r *Register) urn(tx *gorm.DB, in DrawIn, day calendar.Day, supervised func(Operator) bool) (draw.Input, error) {
	out := in.Rule
	out.Day, out.Targets, out.Officers = day, nil, nil
	var all []Operator
	if err := tx.Select("id", "types", "province").Order("id").Find(&all).Error; err != nil {
		return out, fmt.Errorf("find the operators: %w", err)
	}
	known, err := r.risks(tx, day, in.Cap)
	if err != nil {
		return out, err
	}
	for _, o := range all {
		if supervised(o) && slices.ContainsFunc(o.Types, func(t string) bool { return slices.Contains(in.Types, t) }) {
			target := known[o.ID]
			target.ID = o.ID
			for _, rule := range in.Levels {
				if card := levelCard(rule.Level); slices.Contains(o.Types, rule.Type) && !slices.Contains(target.Cards, card) {
					target.Cards = append(target.Cards, card)
				}
			}
			out.Targets = append(out.Targets, target)
		}
	}
	out.Officers, err = inspectors(tx, in, day, out.Targets)
	return out, err
}

// levelCard names, as a kind of card of a draw, an inspection card of a level.
func levelCard(level string) string { return string(casefile.InspectionCard) + "." + level }

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
// for some types of operators stands here only where it covers every type of the draw, and one of a
// level for which the regulation asks stands here a second time, under that level. Of the open
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
		covers := len(c.Types) == 0 || !slices.ContainsFunc(in.Types, func(t string) bool { return !slices.Contains(c.Types, t) })
		if o := at[c.Officer]; o != nil && covers {
			o.Cards = append(o.Cards, draw.Card{Kind: string(c.Kind), From: c.From, To: c.Until})
			if slices.ContainsFunc(in.Levels, func(rule casefile.CardRule) bool { return c.Kind == casefile.InspectionCard && c.Level == rule.Level }) {
				o.Cards = append(o.Cards, draw.Card{Kind: levelCard(c.Level), From: c.From, To: c.Until})
			}
		}
	}
	var open []struct{ Body string }
	if err := tx.Raw("SELECT body FROM cases WHERE kind = ? AND authority = ? AND NOT closed ORDER BY serial", casefile.Inspection, in.Authority).Scan(&open).Error; err != nil {
		return nil, fmt.Errorf("read the open inspections: %w", err)
	}
	urn := map[string]bool{}
	for _, t := range targets {
		urn[t.ID] = true
	}
	for _, row := range open {
		var c casefile.Case
		if err := decode(row.Body, &c); err != nil {
			return nil, err
		}
		if c.Inspection != nil {
			inHand(at, urn, c, day)
		}
	}
	return out, nil
}

func inHand(at map[string]*draw.Officer, urn map[string]bool, c casefile.Case, day calendar.Day) {
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
		if o := at[who]; o != nil && urn[c.Operator] && !slices.Contains(o.Recused, c.Operator) {
			o.Recused = append(o.Recused, c.Operator)
		}
	}
}

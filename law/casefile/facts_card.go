package casefile

import (
	"slices"

	"duban/law/calendar"
)

// CardKind is one of the two credentials of an officer (lifecycles §7).
type CardKind string

const (
	InspectionCard  CardKind = "inspection"  // says what one may check (tourism 10, telecom 7)
	EnforcementCard CardKind = "enforcement" // lets a record lead to a sanction (penalties 42, 55)
)

// Card is a credential as the register holds it. It is good from From to Until, both included.
type Card struct {
	Number  string       `json:"number"`
	Officer string       `json:"officer"`
	Kind    CardKind     `json:"kind"`
	Level   string       `json:"level,omitempty"` // of inspection cards: national-star, province, city or unit. A national star inspector judges star hotels and is no enforcement officer by that
	Types   []string     `json:"types,omitempty"` // operator types that it covers; none named: all
	From    calendar.Day `json:"from"`
	Until   calendar.Day `json:"until"`
}

// Good tells whether the card may be used on that day for an operator of those types.
func (c Card) Good(on calendar.Day, types []string) bool {
	if on.Before(c.From) || on.After(c.Until) {
		return false
	}
	return len(c.Types) == 0 || slices.ContainsFunc(types, func(t string) bool { return slices.Contains(c.Types, t) })
}

// CardRule asks for an inspection card of a level where operators of a type are checked.
type CardRule struct {
	Type  string // of operator
	Level string // one of those of cards; at least one of the team holds it
	Cite  string

	Unverified bool
}

// holds tells whether an officer has a good card of one of those kinds on that day.
func (t *making) holds(officer string, on calendar.Day, kinds ...CardKind) bool {
	return slices.ContainsFunc(t.m.Cards, func(c Card) bool {
		return c.Officer == officer && slices.Contains(kinds, c.Kind) && c.Good(on, t.m.Types)
	})
}

// enforcers tells whether both officers hold enforcement cards on that day, as those must whose
// record may lead to a sanction (penalties 42, 55).
func (t *making) enforcers(on calendar.Day) bool {
	for _, who := range t.m.Body.Officers {
		if !t.holds(who, on, EnforcementCard) {
			return false
		}
	}
	return true
}

// mayInspect refuses a team of which one has no good card that day, or which lacks the level that
// the regime asks for where such an operator is checked.
func (t *making) mayInspect(on calendar.Day) bool {
	for _, who := range t.m.Body.Officers {
		if !t.holds(who, on, InspectionCard, EnforcementCard) {
			t.refuseField("officers", "no-card", t.basis(), "检查组成员没有当日有效的检查证或者执法证。", "a member of the team holds no card that is good on that day for this operator")
			return false
		}
	}
	for _, rule := range t.law.Regime.Cards {
		if !slices.Contains(t.m.Types, rule.Type) {
			continue
		}
		level := slices.ContainsFunc(t.m.Cards, func(c Card) bool {
			return c.Kind == InspectionCard && c.Level == rule.Level && slices.Contains(t.m.Body.Officers, c.Officer) && c.Good(on, t.m.Types)
		})
		if !level {
			t.refuseField("officers", "card-level", rule.Cite, "检查组中须有持该类经营单位所要求级别检查证的人员。", "one of the team must hold an inspection card of the level that such an operator asks for")
			return false
		}
	}
	return true
}

package activities

import (
	"context"
	"fmt"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/jurisdiction"
	"duban/register"
)

// By which regulation what the workers open is carried: jurisdiction chooses, as it does for what comes in
// at a door.

// Pin is the Pinning of an installation's regulations.
func Pin(r *register.Register, l *jurisdiction.Regulations) Pinning {
	return func(ctx context.Context, authority string, kind casefile.Kind, on calendar.Day) (register.RegimeText, error) {
		a, err := r.AuthorityByID(ctx, authority)
		if err != nil {
			return register.RegimeText{}, err
		}
		return chosen(l, a, kind, on)
	}
}

func chosen(l *jurisdiction.Regulations, a jurisdiction.Authority, kind casefile.Kind, on calendar.Day) (register.RegimeText, error) {
	b, refusal, err := l.Bundle(a, kind, on)
	if err != nil {
		return register.RegimeText{}, err
	}
	if refusal != nil {
		return register.RegimeText{}, fmt.Errorf("%w: %s", register.ErrNoRegime, refusal.Code)
	}
	return register.RegimeText{Hash: b.Regime.Hash, Text: b.Text}, nil
}

// operatorsPage is how many operators are read at once.
const operatorsPage = 200

// OwedBy is the Obligations of an installation's regulations: operators of a province owe what its
// administration's regulation says, those of all provinces what the ministry's does (telecom 18).
func OwedBy(r *register.Register, l *jurisdiction.Regulations) Obligations {
	return func(ctx context.Context, on calendar.Day) ([]register.Obligation, error) {
		tree, err := r.Tree(ctx)
		if err != nil {
			return nil, err
		}
		of := map[string][]register.Operator{}
		for last := ""; ; {
			page, err := r.Operators(ctx, last, operatorsPage)
			if err != nil {
				return nil, err
			}
			for _, operator := range page {
				last = operator.ID
				if a, ok := l.ReportsTo(tree, operator.Province); ok {
					of[a.ID] = append(of[a.ID], operator)
				}
			}
			if len(page) < operatorsPage {
				break
			}
		}
		var out []register.Obligation
		for _, a := range tree.All() {
			rules, err := l.Duties(a, on)
			if err != nil {
				return nil, err
			}
			if len(rules) > 0 && len(of[a.ID]) > 0 {
				out = append(out, register.Obligation{Authority: a.ID, Duties: rules, Operators: of[a.ID]})
			}
		}
		return out, nil
	}
}

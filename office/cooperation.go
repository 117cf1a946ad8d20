package office

import (
	"context"
	"errors"
	"fmt"

	"duban/api"
	"duban/law/calendar"
	"duban/law/regimes"
	"duban/law/standards"
	"duban/register"
)

// Cooperation lists how an operator met its inspections.
func (o *Office) Cooperation(ctx context.Context, operator string, authorities []string, known bool, after string, limit int) ([]api.Met, string, error) {
	rows, next, err := o.register.Cooperation(ctx, operator, authorities, known, after, limit)
	return each(rows, func(m register.Met) api.Met { return api.Met(m) }), next, told(err)
}

// PutOwnStandard keeps an operator's own standard beside one of the province's that is in force.
func (o *Office) PutOwnStandard(ctx context.Context, operator, standard, text string) (api.KeptStandard, error) {
	today, err := o.today(ctx)
	if err != nil {
		return api.KeptStandard{}, err
	}
	if _, err := o.province(standard, today); err != nil {
		return api.KeptStandard{}, err
	}
	if _, problems := standards.Read("text", []byte(text), o.library); len(problems) > 0 {
		return api.KeptStandard{}, noStandard(problems)
	}
	s, err := o.register.PutOwnStandard(ctx, operator, standard, text)
	return api.KeptStandard(s), told(err)
}

// noStandard says where the text is at fault, and nothing that stands in it.
func noStandard(problems []regimes.Problem) error {
	return reject("bad-standard", "text", "",
		fmt.Sprintf("文本不是规范的检查标准:共%d处错误,第一处在第%d行。", len(problems), problems[0].Line),
		fmt.Sprintf("the text is no standard in due form: %d faults, the first in line %d", len(problems), problems[0].Line))
}

// OwnStandard finds a version of an operator's own standard.
func (o *Office) OwnStandard(ctx context.Context, operator, standard string, version int) (api.KeptStandard, error) {
	s, err := o.register.OwnStandardOf(ctx, operator, standard, version)
	return api.KeptStandard(s), told(err)
}

// CompareOwn holds the last version of an operator's own standard against the province's.
func (o *Office) CompareOwn(ctx context.Context, operator, standard string, on calendar.Day) (api.Compared, error) {
	province, err := o.province(standard, on)
	if err != nil {
		return api.Compared{}, err
	}
	kept, err := o.OwnStandard(ctx, operator, standard, 0)
	if err != nil {
		return api.Compared{}, err
	}
	own, problems := standards.Read("text", []byte(kept.Text), o.library)
	if len(problems) > 0 { // it was taken by rules that have changed since
		return api.Compared{}, noStandard(problems)
	}
	lines := standards.Compare(own, province)
	out := api.Compared{Own: kept, Suffices: standards.Suffices(lines), Lines: make([]api.ComparedLine, len(lines))}
	for i, l := range lines {
		out.Lines[i] = api.ComparedLine{Code: l.Code, Stands: l.Stands, Own: requirementOf(l.Own), Province: requirementOf(l.Province)}
	}
	return out, nil
}

// province is a standard of the house as in force on a day.
func (o *Office) province(id string, on calendar.Day) (*standards.Standard, error) {
	library, err := o.asker.Standards()
	if err != nil {
		return nil, err
	}
	s, err := library.At(id, on)
	if errors.Is(err, standards.ErrNotInForce) {
		return nil, fmt.Errorf("%w: %w", api.ErrNotFound, err)
	}
	return s, err
}

func requirementOf(r *standards.Requirement) *api.QualityRequirement {
	if r == nil {
		return nil
	}
	return &api.QualityRequirement{
		Code: r.Code, Text: r.Text, Branch: r.Branch, Weight: r.Weight, Judge: judgedBy(r.Judge),
		Source: r.Source, Cite: r.Cite, Unverified: r.Unverified, Note: r.Note, Violation: r.Violation,
	}
}

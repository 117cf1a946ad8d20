package office

import (
	"context"
	"errors"
	"fmt"

	"duban/access"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/regimes"
	"duban/law/standards"
)

// Standards lists every version of the standards of service quality.
func (o *Office) Standards() ([]docket.Standard, error) {
	library, err := o.asker.Standards()
	if err != nil {
		return nil, err
	}
	return each(library.All(), docket.StandardOf), nil
}

// Standard is a standard as in force on a day; ErrNotFound.
func (o *Office) Standard(id string, on calendar.Day) (docket.Standard, error) {
	s, err := o.inForce(id, on)
	if err != nil {
		return docket.Standard{}, err
	}
	return docket.StandardOf(s), nil
}

// inForce is a standard as in force on a day.
func (o *Office) inForce(id string, on calendar.Day) (*standards.Standard, error) {
	library, err := o.asker.Standards()
	if err != nil {
		return nil, err
	}
	s, err := library.At(id, on)
	if errors.Is(err, standards.ErrNotInForce) {
		return nil, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	return s, err
}

// Cooperation lists how an operator met its inspections, the newest first, and the cursor of the next page:
// to staff those of the authorities that they may see, to the operator those that it may know of. ErrFilter.
func (o *Office) Cooperation(ctx context.Context, who access.Who, operator, after string, limit int) ([]Met, string, error) {
	if err := access.Ever(who, access.ReadCooperation); err != nil {
		return nil, "", err
	}
	if _, err := o.register.OperatorByID(ctx, operator); err != nil {
		return nil, "", err
	}
	scope := access.ScopeOf(who, access.ReadCooperation)
	if scope.Operator != "" && scope.Operator != operator {
		return nil, "", access.ErrHidden
	}
	of, ok, err := o.narrowed(ctx, scope, "")
	if err != nil || !ok {
		return nil, "", err
	}
	return o.register.Cooperation(ctx, operator, of, scope.Operator != "", after, limit)
}

// longestStandard is how long an operator's own standard may be, in bytes.
const longestStandard = 200_000

// PutOwnStandard keeps the caller's own standard beside one that is in force; each text is a version.
// ErrNotFound without such a standard; *Rejection for a text that is none.
func (o *Office) PutOwnStandard(ctx context.Context, who access.Who, operator, standard, text string) (OwnStandard, error) {
	if err := o.may(ctx, who, access.PutOwnStandard, access.Thing{Operator: operator}); err != nil {
		return OwnStandard{}, err
	}
	if len(text) > longestStandard {
		return OwnStandard{}, no("too-long", "text")
	}
	today, err := o.Today(ctx)
	if err != nil {
		return OwnStandard{}, err
	}
	if _, err := o.inForce(standard, today); err != nil {
		return OwnStandard{}, err
	}
	if _, problems := standards.Read("text", []byte(text), o.Regulations.Library()); len(problems) > 0 {
		return OwnStandard{}, noStandard(problems)
	}
	return o.register.PutOwnStandard(ctx, operator, standard, text)
}

// noStandard says where the text is at fault, and nothing that stands in it.
func noStandard(problems []regimes.Problem) error {
	return reject("bad-standard", "text", "",
		fmt.Sprintf("文本不是规范的检查标准：共%d处错误，第一处在第%d行。", len(problems), problems[0].Line),
		fmt.Sprintf("the text is no standard in due form: %d faults, the first in line %d", len(problems), problems[0].Line))
}

// OwnStandard finds a version of an operator's own standard, the last for version 0; ErrNotFound.
func (o *Office) OwnStandard(ctx context.Context, who access.Who, operator, standard string, version int) (OwnStandard, error) {
	if _, err := o.supervised(ctx, who, access.ReadOwnStandard, operator); err != nil {
		return OwnStandard{}, err
	}
	return o.register.OwnStandardOf(ctx, operator, standard, version)
}

// Compared is an operator's own standard beside the one of its day, line by line.
type Compared struct {
	Own      OwnStandard
	Suffices bool // it asks for at least what the standard does
	Lines    []ComparedLine
}

// ComparedLine compares one requirement; the side that lacks it is nil.
type ComparedLine struct {
	Code     string              `json:"code"`
	Stands   string              `json:"stands"`
	Own      *docket.Requirement `json:"own,omitempty"`
	Province *docket.Requirement `json:"province,omitempty"`
}

// CompareOwn holds the last version of an operator's own standard against the one of a day (zero: today).
// ErrNotFound.
func (o *Office) CompareOwn(ctx context.Context, who access.Who, operator, standard string, on calendar.Day) (Compared, error) {
	if _, err := o.supervised(ctx, who, access.ReadOwnStandard, operator); err != nil {
		return Compared{}, err
	}
	province, err := o.inForce(standard, on)
	if err != nil {
		return Compared{}, err
	}
	kept, err := o.register.OwnStandardOf(ctx, operator, standard, 0)
	if err != nil {
		return Compared{}, err
	}
	own, problems := standards.Read("text", []byte(kept.Text), o.Regulations.Library())
	if len(problems) > 0 { // it was taken by rules that have changed since
		return Compared{}, noStandard(problems)
	}
	lines := standards.Compare(own, province)
	out := Compared{Own: kept, Suffices: standards.Suffices(lines), Lines: make([]ComparedLine, len(lines))}
	for i, l := range lines {
		out.Lines[i] = ComparedLine{Code: l.Code, Stands: l.Stands, Own: docket.RequirementOf(l.Own), Province: docket.RequirementOf(l.Province)}
	}
	return out, nil
}

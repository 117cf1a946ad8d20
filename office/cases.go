package office

import (
	"context"

	"duban/access"
	"duban/docket"
	"duban/register"
)

// Cases is one page of the cases that the caller may know of, of that authority if one is named, and the
// cursor of the next. ErrFilter.
func (o *Office) Cases(ctx context.Context, who access.Who, f CaseFilter, authority string) ([]docket.Line, string, error) {
	if err := access.Ever(who, access.ListCases); err != nil {
		return nil, "", err
	}
	scope := access.ScopeOf(who, access.ListCases)
	var ok bool
	var err error
	if f.Authorities, ok, err = o.narrowed(ctx, scope, authority); err != nil || !ok {
		return nil, "", err
	}
	if scope.Operator != "" {
		if f.Operator != "" && f.Operator != scope.Operator {
			return nil, "", nil
		}
		f.Operator, f.Told = scope.Operator, scope.Told
	}
	page, err := o.register.Cases(ctx, f)
	return each(page.Cases, func(r register.CaseRow) docket.Line { return docket.LineOf(who, r) }), page.Next, err
}

func each[A, B any](all []A, f func(A) B) []B {
	out := make([]B, len(all))
	for i, a := range all {
		out[i] = f(a)
	}
	return out
}

package office

import (
	"context"
	"strings"

	"duban/access"
	"duban/docket"
	"duban/register"
)

// CaseQuery is what cases are asked for.
type CaseQuery struct {
	CaseFilter
	Authority string // that carries them; empty: all that the caller may see
	Person    []PersonQuery
}

// PersonQuery is what a party of the case gave, exactly.
type PersonQuery struct {
	By    PersonBy
	Value string
}

// Cases is one page of the cases that the caller may know of, and the cursor of the next. A search for a
// person is kept before it is answered: who, when and by what, never the value. ErrFilter.
func (o *Office) Cases(ctx context.Context, who access.Who, q CaseQuery) ([]docket.Line, string, error) {
	if err := access.Ever(who, access.ListCases); err != nil {
		return nil, "", err
	}
	f, authority := q.CaseFilter, q.Authority
	if err := o.searched(ctx, who, &f, q.Person); err != nil {
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
		f.Operator, f.Visible = scope.Operator, scope.Visible
	}
	page, err := o.register.Cases(ctx, f)
	return each(page.Cases, func(r register.CaseRow) docket.Line { return docket.LineOf(who, r) }), page.Next, err
}

// searched puts a search for a person into the filter and keeps that there was one.
func (o *Office) searched(ctx context.Context, who access.Who, f *CaseFilter, persons []PersonQuery) error {
	if len(persons) == 0 {
		return nil
	}
	if err := access.Ever(who, access.SearchPerson); err != nil {
		return err
	}
	var by []string
	for _, p := range persons {
		digest, err := o.register.PersonDigest(p.By, p.Value)
		if err != nil {
			return err
		}
		f.Persons, by = append(f.Persons, digest), append(by, string(p.By))
	}
	return o.register.KeepRead(ctx, register.Read{Officer: who.ID, Authority: who.Authority, What: "person-search:" + strings.Join(by, ",")})
}

func each[A, B any](all []A, f func(A) B) []B {
	out := make([]B, len(all))
	for i, a := range all {
		out[i] = f(a)
	}
	return out
}

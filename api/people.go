package api

import (
	"context"

	"duban/law/casefile"
)

// ListAuthorities lists the whole tree; it is public.
func (a *API) ListAuthorities(ctx context.Context, _ ListAuthoritiesRequestObject) (ListAuthoritiesResponseObject, error) {
	all, err := a.House.Authorities(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]Authority, len(all))
	for i, o := range all {
		items[i] = authorityView(o)
	}
	return whole(ctx, a, "authorities", items), nil
}

// PutAuthority makes or changes an authority.
func (a *API) PutAuthority(ctx context.Context, r PutAuthorityRequestObject) (PutAuthorityResponseObject, error) {
	b := r.Body
	o := Office{
		ID: r.Id, Parent: value(b.Parent), Level: string(b.Level), Domain: b.Domain, Code: b.Code,
		Name: casefile.Text{Zh: b.NameZh, En: b.NameEn}, Email: value(b.Email), Address: value(b.Address),
	}
	if err := a.House.PutAuthority(ctx, o); err != nil {
		return nil, err
	}
	return PutAuthority200JSONResponse(authorityView(o)), nil
}

func authorityView(o Office) Authority {
	return Authority{
		Id: o.ID, Parent: some(o.Parent), Level: o.Level, Domain: o.Domain, Code: o.Code, Name: Text{Zh: o.Name.Zh, En: o.Name.En},
		Email: some(o.Email), Address: some(o.Address),
	}
}

// ListOperators lists the operators, so that a complainant can name one.
func (a *API) ListOperators(ctx context.Context, r ListOperatorsRequestObject) (ListOperatorsResponseObject, error) {
	return list(ctx, a, "operators", value(r.Params.Cursor), r.Params.Limit, func(after string, limit int) ([]Operator, string, error) {
		all, err := a.House.Operators(ctx, after, limit)
		if err != nil {
			return nil, "", err
		}
		items := make([]Operator, len(all))
		for i, o := range all {
			items[i] = operatorView(callerOf(ctx), o)
		}
		next := ""
		if len(all) == limit {
			next = all[limit-1].ID
		}
		return items, next, nil
	})
}

// GetOperator shows one operator.
func (a *API) GetOperator(ctx context.Context, r GetOperatorRequestObject) (GetOperatorResponseObject, error) {
	o, err := a.House.Operator(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return GetOperator200JSONResponse(operatorView(callerOf(ctx), o)), nil
}

// PutOperator makes or changes an operator.
func (a *API) PutOperator(ctx context.Context, r PutOperatorRequestObject) (PutOperatorResponseObject, error) {
	b := r.Body
	o := Regulated{
		ID: r.Id, Name: b.Name, Province: value(b.Province), Licence: value(b.Licence), Email: value(b.Email), Phone: value(b.Phone),
		Address: value(b.Address), Lang: string(value(b.Lang)), Types: value(b.Types),
	}
	if err := a.House.PutOperator(ctx, o); err != nil {
		return nil, err
	}
	return PutOperator200JSONResponse(operatorView(callerOf(ctx), o)), nil
}

// operatorView keeps how an operator is reached for staff and for itself.
func operatorView(who caller, o Regulated) Operator {
	out := Operator{Id: o.ID, Name: o.Name, Province: some(o.Province)}
	if len(o.Types) > 0 {
		out.Types = &o.Types
	}
	if who.Kind == OfficerKey || who.Kind == AdminKey || who.Kind == OperatorKey && who.Owner == o.ID {
		out.Licence, out.Email, out.Phone = some(o.Licence), some(o.Email), some(o.Phone)
		out.Address, out.Lang = some(o.Address), some(o.Lang)
	}
	return out
}

// ListOfficers lists the officers of an authority that the caller may see.
func (a *API) ListOfficers(ctx context.Context, r ListOfficersRequestObject) (ListOfficersResponseObject, error) {
	who, of := callerOf(ctx), value(r.Params.Authority)
	if who.Kind == OfficerKey {
		if of == "" {
			of = who.Authority
		}
		over, err := a.over(ctx, who.Authority, of)
		if err != nil {
			return nil, err
		}
		if !over {
			return nil, ErrNotFound
		}
	}
	all, err := a.House.Officers(ctx, of)
	if err != nil {
		return nil, err
	}
	items := make([]Officer, len(all))
	for i, s := range all {
		items[i] = officerView(s)
	}
	return whole(ctx, a, "officers", items), nil
}

// PutOfficer makes or changes an officer.
func (a *API) PutOfficer(ctx context.Context, r PutOfficerRequestObject) (PutOfficerResponseObject, error) {
	b := r.Body
	s := Staff{
		ID: r.Id, Authority: b.Authority, Role: casefile.Role(b.Role), Name: b.Name, Card: value(b.Card),
		Email: value(b.Email), Lang: string(value(b.Lang)),
	}
	if err := a.House.PutOfficer(ctx, s); err != nil {
		return nil, err
	}
	return PutOfficer200JSONResponse(officerView(s)), nil
}

func officerView(s Staff) Officer {
	return Officer{
		Id: s.ID, Authority: s.Authority, Role: string(s.Role), Name: s.Name, Card: some(s.Card), Email: some(s.Email), Lang: some(s.Lang),
	}
}

package api

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"duban/access"
	"duban/api/wire"
	"duban/law/casefile"
	"duban/office"
)

// ListAuthorities lists the whole tree; it is public.
func (a *API) ListAuthorities(c echo.Context, _ wire.ListAuthoritiesParams) error {
	all, err := a.Office.Authorities(c.Request().Context())
	if err != nil {
		return err
	}
	return whole(c, a, "authorities", each(all, authorityView))
}

// PutAuthority makes or changes an authority.
func (a *API) PutAuthority(c echo.Context, id wire.CodeId) error {
	var b wire.PutAuthorityJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	if err := access.Ever(whoOf(c), access.PutAuthority); err != nil {
		return err // before what is wrong with the body beyond its schema
	}
	name, err := nameIn(b)
	if err := errors.Join(sameAsAddress("id", b.Id, id), err); err != nil {
		return err
	}
	o := office.Authority{
		ID: id, Parent: value(b.Parent), Level: string(b.Level), Domain: b.Domain, Code: b.Code,
		Name: name, Email: value(b.Email), Address: value(b.Address),
	}
	if err := a.Office.PutAuthority(c.Request().Context(), whoOf(c), o); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, authorityView(o))
}

// GetAuthority shows one authority; it is public.
func (a *API) GetAuthority(c echo.Context, id wire.CodeId) error {
	o, err := a.Office.Authority(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, authorityView(o))
}

// nameIn is the name of an authority, in either of the two forms in which it may be given.
func nameIn(b wire.AuthorityBody) (casefile.Text, error) {
	apart := casefile.Text{Zh: value(b.NameZh), En: value(b.NameEn)}
	switch {
	case b.Name != nil && (b.NameZh != nil || b.NameEn != nil):
		return apart, problem("two-names").in("name")
	case b.Name != nil:
		return casefile.Text{Zh: b.Name.Zh, En: b.Name.En}, nil
	case apart == (casefile.Text{}):
		return apart, problem("missing-field").in("name")
	case apart.Zh == "":
		return apart, problem("missing-field").in("nameZh")
	case apart.En == "":
		return apart, problem("missing-field").in("nameEn")
	}
	return apart, nil
}

// sameAsAddress: what a GET gives names the thing once more; in a PUT it must be the same thing.
func sameAsAddress(field string, given *string, address string) error {
	if given != nil && *given != address {
		return problem("not-of-the-address").in(field)
	}
	return nil
}

func authorityView(o office.Authority) wire.Authority {
	return wire.Authority{
		Id: o.ID, Parent: some(o.Parent), Level: o.Level, Domain: o.Domain, Code: o.Code, Name: wire.Text{Zh: o.Name.Zh, En: o.Name.En},
		Email: some(o.Email), Address: some(o.Address),
	}
}

// ListOperators lists the operators, so that a complainant can name one.
func (a *API) ListOperators(c echo.Context, p wire.ListOperatorsParams) error {
	return list(c, a, "operators", value(p.Cursor), p.Limit, func(after string, limit int) ([]wire.Operator, string, error) {
		all, err := a.Office.Operators(c.Request().Context(), whoOf(c), after, limit)
		next := ""
		if len(all) == limit {
			next = all[limit-1].ID
		}
		return each(all, operatorView), next, err
	})
}

// GetOperator shows one operator.
func (a *API) GetOperator(c echo.Context, id wire.CodeId) error {
	o, err := a.Office.Operator(c.Request().Context(), whoOf(c), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, operatorView(o))
}

// PutOperator makes or changes an operator.
func (a *API) PutOperator(c echo.Context, id wire.CodeId) error {
	var b wire.PutOperatorJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	if err := sameAsAddress("id", b.Id, id); err != nil {
		return err
	}
	o := office.Operator{
		ID: id, Name: b.Name, Province: value(b.Province), Licence: value(b.Licence), Email: value(b.Email), Phone: value(b.Phone),
		Address: value(b.Address), Lang: string(value(b.Lang)), Types: value(b.Types),
	}
	shown, err := a.Office.PutOperator(c.Request().Context(), whoOf(c), o)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, operatorView(shown))
}

func operatorView(o office.Operator) wire.Operator {
	out := wire.Operator{
		Id: o.ID, Name: o.Name, Province: some(o.Province), Licence: some(o.Licence), Email: some(o.Email), Phone: some(o.Phone),
		Address: some(o.Address), Lang: some(o.Lang),
	}
	if len(o.Types) > 0 {
		out.Types = &o.Types
	}
	return out
}

// ListOfficers lists the officers of an authority that the caller may see.
func (a *API) ListOfficers(c echo.Context, p wire.ListOfficersParams) error {
	all, err := a.Office.Officers(c.Request().Context(), whoOf(c), value(p.Authority))
	if err != nil {
		return err
	}
	return whole(c, a, "officers", each(all, officerView))
}

// PutOfficer makes or changes an officer.
func (a *API) PutOfficer(c echo.Context, id wire.CodeId) error {
	var b wire.PutOfficerJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	if err := sameAsAddress("id", b.Id, id); err != nil {
		return err
	}
	s := office.Officer{
		ID: id, Authority: b.Authority, Role: casefile.Role(b.Role), Name: b.Name, Card: value(b.Card),
		Email: value(b.Email), Lang: string(value(b.Lang)), RetiredAt: b.Retired,
	}
	s, err := a.Office.PutOfficer(c.Request().Context(), whoOf(c), s)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, officerView(s))
}

// GetOfficer shows one officer to those who may see the officers of the authority.
func (a *API) GetOfficer(c echo.Context, id wire.CodeId) error {
	s, err := a.Office.Officer(c.Request().Context(), whoOf(c), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, officerView(s))
}

func officerView(s office.Officer) wire.Officer {
	return wire.Officer{
		Id: s.ID, Authority: s.Authority, Role: string(s.Role), Name: s.Name, Card: some(s.Card), Email: some(s.Email), Lang: some(s.Lang), Retired: s.RetiredAt,
	}
}

func each[A, B any](all []A, f func(A) B) []B {
	out := make([]B, len(all))
	for i, a := range all {
		out[i] = f(a)
	}
	return out
}

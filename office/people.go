package office

import (
	"context"
	"errors"

	"duban/api"
	"duban/law/casefile"
	"duban/register"
)

// Authenticate finds the key of a secret.
func (o *Office) Authenticate(ctx context.Context, secret string) (api.Key, error) {
	k, err := o.register.Authenticate(ctx, secret)
	return api.Key{Kind: k.Kind, Owner: k.Owner, Authority: k.Authority, Role: k.Role}, told(err)
}

// Authorities lists the whole tree.
func (o *Office) Authorities(ctx context.Context) ([]api.Office, error) {
	rows, err := o.register.Authorities(ctx)
	if err != nil {
		return nil, told(err)
	}
	out := make([]api.Office, len(rows))
	for i, a := range rows {
		out[i] = api.Office(a)
	}
	return out, nil
}

// PutAuthority makes or changes an authority.
func (o *Office) PutAuthority(ctx context.Context, a api.Office) error {
	var err error
	if a.Parent != a.ID { // which the register would take
		err = o.register.PutAuthority(ctx, register.Authority(a))
	}
	switch {
	case errors.Is(err, register.ErrCodeTaken):
		return reject("code-taken", "code", "", "该代码已由另一机关使用。", "another authority has that code")
	case a.Parent == a.ID, errors.Is(err, register.ErrNotFound):
		return reject("unknown-authority", "parent", "", "登记册中没有该上级机关。", "the register knows no such superior authority")
	}
	return told(err)
}

// Operators lists the operators after the id after.
func (o *Office) Operators(ctx context.Context, after string, limit int) ([]api.Regulated, error) {
	rows, err := o.register.Operators(ctx, after, limit)
	if err != nil {
		return nil, told(err)
	}
	out := make([]api.Regulated, len(rows))
	for i, r := range rows {
		out[i] = regulated(r)
	}
	return out, nil
}

// Operator finds an operator.
func (o *Office) Operator(ctx context.Context, id string) (api.Regulated, error) {
	r, err := o.register.OperatorByID(ctx, id)
	return regulated(r), told(err)
}

func regulated(r register.Operator) api.Regulated {
	return api.Regulated{
		ID: r.ID, Name: r.Name, Types: r.Types, Province: r.Province, Licence: r.Licence,
		Email: r.Email, Phone: r.Phone, Address: r.Address, Lang: r.Lang,
	}
}

// PutOperator makes or changes an operator; its province names the authority that supervises it.
func (o *Office) PutOperator(ctx context.Context, r api.Regulated) error {
	if r.Province != "" {
		if err := o.known(ctx, r.Province, "province"); err != nil {
			return err
		}
	}
	return told(o.register.PutOperator(ctx, register.Operator{
		ID: r.ID, Name: r.Name, Types: r.Types, Province: r.Province, Licence: r.Licence,
		Email: r.Email, Phone: r.Phone, Address: r.Address, Lang: r.Lang,
	}))
}

// Officers lists the officers of an authority, of all if none is named.
func (o *Office) Officers(ctx context.Context, authority string) ([]api.Staff, error) {
	const page = 200
	var out []api.Staff
	for after := ""; ; {
		rows, err := o.register.Officers(ctx, authority, after, page)
		if err != nil {
			return nil, told(err)
		}
		for _, r := range rows {
			out = append(out, api.Staff(r))
			after = r.ID
		}
		if len(rows) < page {
			return out, nil
		}
	}
}

// Cards are those of an officer, or of an authority's officers, after a number.
func (o *Office) Cards(ctx context.Context, officer, authority, after string) ([]casefile.Card, error) {
	const page = 200
	all, err := o.register.Cards(ctx, officer, authority, after, page)
	return all, told(err)
}

// PutCard makes or changes a card.
func (o *Office) PutCard(ctx context.Context, c casefile.Card) error {
	err := o.register.PutCard(ctx, c)
	switch {
	case errors.Is(err, register.ErrNotFound):
		return reject("unknown-officer", "officer", "", "登记册中没有该人员。", "the register knows no such officer")
	case errors.Is(err, register.ErrCard):
		return reject("bad-card", "until", "", "证件编号属于他人,或者有效期的末日早于首日。", "the number is another officer's card, or the last day lies before the first")
	}
	return told(err)
}

// PutOfficer makes or changes an officer.
func (o *Office) PutOfficer(ctx context.Context, s api.Staff) error {
	if err := o.known(ctx, s.Authority, "authority"); err != nil {
		return err
	}
	return told(o.register.PutOfficer(ctx, register.Officer(s)))
}

func (o *Office) known(ctx context.Context, authority, field string) error {
	_, err := o.register.AuthorityByID(ctx, authority)
	if errors.Is(err, register.ErrNotFound) {
		return reject("unknown-authority", field, "", "登记册中没有该机关。", "the register knows no such authority")
	}
	return told(err)
}

package office

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"duban/access"
	"duban/law/casefile"
	"duban/register"
)

// Authenticate finds whose key has a secret; ErrNotFound for an unknown or revoked one.
func (o *Office) Authenticate(ctx context.Context, secret string) (access.Who, error) {
	k, err := o.register.Authenticate(ctx, secret)
	return access.Who{Kind: access.Kind(k.Kind), ID: k.Owner, Authority: k.Authority, Role: k.Role, Key: k.ID}, err
}

// Keys lists the keys after the id after, at most limit.
func (o *Office) Keys(ctx context.Context, who access.Who, after string, limit int) ([]Key, error) {
	if err := access.Ever(who, access.ManageKeys); err != nil {
		return nil, err
	}
	return o.register.Keys(ctx, after, limit)
}

// MakeKey makes a key and gives its secret, once: the same Idempotency-Key again gives the key without it.
// ErrKeyReused; *Rejection for a holder that is not there or an end that has passed.
func (o *Office) MakeKey(ctx context.Context, who access.Who, key string, s KeySpec) (Key, string, error) {
	if err := access.Ever(who, access.ManageKeys); err != nil {
		return Key{}, "", err
	}
	if !s.Expires.IsZero() && s.Expires.Before(time.Now()) {
		if k, err := o.register.MadeKey(ctx, s, who.Owner(), key); !errors.Is(err, ErrNotFound) {
			return k, "", err // it was made while its end was to come
		}
		return Key{}, "", reject("expires-in-past", "expires", "", "密钥的到期时间须在将来。", "a key ends in the future")
	}
	s.By = who.ID
	k, secret, err := o.register.MakeKey(ctx, s, who.Owner(), key)
	if errors.Is(err, ErrNotFound) {
		return k, "", reject("unknown-holder", "owner", "", "登记册中没有该持有人，或其已离任。", "the register knows no such holder, or the officer has left")
	}
	return k, secret, err
}

// RevokeKey ends a key: the next request that shows it is refused. ErrNotFound.
func (o *Office) RevokeKey(ctx context.Context, who access.Who, id string) error {
	if err := access.Ever(who, access.ManageKeys); err != nil {
		return err
	}
	return o.register.RevokeKey(ctx, id)
}

// RetireOfficer ends an officer's rights at once, or gives them back; what the ledger says of him stays.
// ErrNotFound.
func (o *Office) RetireOfficer(ctx context.Context, who access.Who, id string, left bool) (Officer, error) {
	if err := access.Ever(who, access.PutOfficer); err != nil {
		return Officer{}, err
	}
	return o.register.RetireOfficer(ctx, id, left)
}

// Authorities lists the whole tree; it is public.
func (o *Office) Authorities(ctx context.Context) ([]Authority, error) {
	tree, err := o.register.Tree(ctx)
	return tree.All(), err
}

// Authority finds one; it is public. ErrNotFound.
func (o *Office) Authority(ctx context.Context, id string) (Authority, error) {
	tree, err := o.register.Tree(ctx)
	if err != nil {
		return Authority{}, err
	}
	a, ok := tree.Authority(id)
	if !ok {
		return a, fmt.Errorf("authority %s: %w", id, ErrNotFound)
	}
	return a, nil
}

// PutAuthority makes or changes an authority. *Rejection for an unknown parent, one that is below it, or a
// taken code.
func (o *Office) PutAuthority(ctx context.Context, who access.Who, a Authority) error {
	if err := access.Ever(who, access.PutAuthority); err != nil {
		return err
	}
	var err error
	if a.Parent != a.ID { // which the register would take
		err = o.register.PutAuthority(ctx, a)
	}
	switch {
	case errors.Is(err, register.ErrCodeTaken):
		return reject("code-taken", "code", "", "该代码已由另一机关使用。", "another authority has that code")
	case errors.Is(err, register.ErrParentBelow):
		return reject("parent-below", "parent", "", "上级机关不能是该机关的下级。", "the superior authority is below this one")
	case a.Parent == a.ID, errors.Is(err, ErrNotFound):
		return reject("unknown-authority", "parent", "", "登记册中没有该上级机关。", "the register knows no such superior authority")
	}
	return err
}

// Operators lists the operators after the id after, so that a complainant can name one; how each is
// reached is shown to those who may know.
func (o *Office) Operators(ctx context.Context, who access.Who, after string, limit int) ([]Operator, error) {
	rows, err := o.register.Operators(ctx, after, limit)
	return each(rows, func(r Operator) Operator { return reachable(who, r) }), err
}

// Operator finds an operator; ErrNotFound.
func (o *Office) Operator(ctx context.Context, who access.Who, id string) (Operator, error) {
	r, err := o.register.OperatorByID(ctx, id)
	return reachable(who, r), err
}

// reachable keeps how an operator is reached for staff and for itself.
func reachable(who access.Who, r Operator) Operator {
	if !access.May(nil, who, access.ReadContact, access.Thing{Operator: r.ID}) {
		r = Operator{ID: r.ID, Name: r.Name, Types: r.Types, Province: r.Province}
	}
	return r
}

// supervised is an operator to whose matters the caller may do the action: itself, or the authorities
// above it. ErrNotFound for an unknown one.
func (o *Office) supervised(ctx context.Context, who access.Who, a access.Action, id string) (Operator, error) {
	if err := access.Ever(who, a); err != nil {
		return Operator{}, err
	}
	r, err := o.register.OperatorByID(ctx, id)
	if err != nil {
		return r, err
	}
	return r, o.may(ctx, who, a, access.Thing{Operator: r.ID, Authority: r.Province, Visible: true})
}

// PutOperator makes or changes an operator, and gives it as the caller may see it; its province names the
// authority that supervises it.
func (o *Office) PutOperator(ctx context.Context, who access.Who, r Operator) (Operator, error) {
	if err := access.Ever(who, access.PutOperator); err != nil {
		return r, err
	}
	r, err := o.mayPutOperator(ctx, who, r)
	if err != nil {
		return r, err
	}
	if r.Province != "" {
		if err := o.known(ctx, r.Province, "province"); err != nil {
			return r, err
		}
	}
	return reachable(who, r), o.register.PutOperator(ctx, r)
}

// mayPutOperator: an import brings and changes the operators of its own authority and those below it, not
// another's. Where its file has no provinces, an operator keeps what it has, and a new one is the import's.
func (o *Office) mayPutOperator(ctx context.Context, who access.Who, r Operator) (Operator, error) {
	was, err := o.register.OperatorByID(ctx, r.ID)
	isNew := errors.Is(err, ErrNotFound)
	if err != nil && !isNew {
		return r, err
	}
	if who.Kind == access.Import {
		if isNew {
			was.Province = who.Authority
		}
		r.Province = cmp.Or(r.Province, was.Province)
	}
	if isNew {
		was.Province = r.Province
	}
	for _, province := range []string{was.Province, r.Province} {
		if err := o.mayOpen(ctx, who, access.PutOperator, access.Thing{Operator: r.ID, Authority: province}); err != nil {
			return r, err
		}
	}
	return r, nil
}

// Officers lists the officers of an authority that the caller may see: its own if none is named, of all
// for administrators.
func (o *Office) Officers(ctx context.Context, who access.Who, authority string) ([]Officer, error) {
	if authority == "" {
		authority = who.Authority
	}
	if err := o.may(ctx, who, access.ListOfficers, access.Thing{Authority: authority}); err != nil {
		return nil, err
	}
	const page = 200
	var out []Officer
	for after := ""; ; {
		rows, err := o.register.Officers(ctx, authority, after, page)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
		if len(rows) < page {
			return out, nil
		}
		after = rows[page-1].ID
	}
}

// Officer finds an officer whom the caller may see; ErrNotFound, access.ErrHidden.
func (o *Office) Officer(ctx context.Context, who access.Who, id string) (Officer, error) {
	if err := access.Ever(who, access.ListOfficers); err != nil {
		return Officer{}, err
	}
	s, err := o.register.OfficerByID(ctx, id)
	if err != nil {
		return Officer{}, err
	}
	return s, o.may(ctx, who, access.ListOfficers, access.Thing{Authority: s.Authority})
}

// PutOfficer makes or changes an officer, and gives what stands then. *Rejection for an unknown authority;
// that somebody has left may be repeated, but is changed by RetireOfficer alone.
func (o *Office) PutOfficer(ctx context.Context, who access.Who, s Officer) (Officer, error) {
	if err := access.Ever(who, access.PutOfficer); err != nil {
		return s, err
	}
	if err := o.known(ctx, s.Authority, "authority"); err != nil {
		return s, err
	}
	if s.RetiredAt != nil {
		was, err := o.register.OfficerByID(ctx, s.ID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return s, err
		}
		if was.RetiredAt == nil || !was.RetiredAt.Equal(*s.RetiredAt) {
			return s, reject("retired-elsewhere", "retired", "", "离任须以retire操作办理，此处只能与登记册一致。", "who leaves is told by the operation retire; here the field may only repeat what the register says")
		}
	}
	if err := o.register.PutOfficer(ctx, s); err != nil {
		return s, err
	}
	return o.register.OfficerByID(ctx, s.ID)
}

// CardsPage is how many cards one page lists.
const CardsPage = 200

// Cards are those of an officer, or of the caller's authority, after a number.
func (o *Office) Cards(ctx context.Context, who access.Who, officer, after string) ([]casefile.Card, error) {
	if err := access.Ever(who, access.ListCards); err != nil {
		return nil, err
	}
	return o.register.Cards(ctx, officer, who.Authority, after, CardsPage)
}

// Card finds a card of an officer whom the caller may see; ErrNotFound, access.ErrHidden.
func (o *Office) Card(ctx context.Context, who access.Who, number string) (casefile.Card, error) {
	if err := access.Ever(who, access.ListCards); err != nil {
		return casefile.Card{}, err
	}
	c, err := o.register.CardByNumber(ctx, number)
	if err != nil {
		return c, err
	}
	holder, err := o.register.OfficerByID(ctx, c.Officer)
	if err != nil {
		return c, err
	}
	return c, o.may(ctx, who, access.ListCards, access.Thing{Authority: holder.Authority})
}

// PutCard makes or changes a card. *Rejection for an unknown officer, days that run backward, another's
// number.
func (o *Office) PutCard(ctx context.Context, who access.Who, c casefile.Card) error {
	if err := access.Ever(who, access.PutCard); err != nil {
		return err
	}
	err := o.register.PutCard(ctx, c)
	switch {
	case errors.Is(err, ErrNotFound):
		return reject("unknown-officer", "officer", "", "登记册中没有该人员。", "the register knows no such officer")
	case errors.Is(err, register.ErrCard):
		return reject("bad-card", "until", "", "证件编号属于他人，或者有效期的末日早于首日。", "the number is another officer's card, or the last day lies before the first")
	}
	return err
}

func (o *Office) known(ctx context.Context, authority, field string) error {
	tree, err := o.register.Tree(ctx)
	if err != nil {
		return err
	}
	if _, ok := tree.Authority(authority); !ok {
		return reject("unknown-authority", field, "", "登记册中没有该机关。", "the register knows no such authority")
	}
	return nil
}

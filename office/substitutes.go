package office

import (
	"context"
	"errors"

	"duban/access"
	"duban/register"
)

// longestAbsence is how many days somebody may stand in at a stretch.
const longestAbsence = 366

// Substitutions lists who stands in for whom in an authority (empty: the caller's), ended ones too, after an
// id, at most limit.
func (o *Office) Substitutions(ctx context.Context, who access.Who, authority, after string, limit int) ([]Substitution, error) {
	if authority == "" {
		authority = who.Authority
	}
	if err := o.may(ctx, who, access.ListSubstitutes, access.Thing{Authority: authority}); err != nil {
		return nil, err
	}
	return o.register.Substitutions(ctx, authority, after, limit)
}

// Substitute has an officer stand in for another of the same authority, once for a key. ErrKeyReused;
// *Rejection for days that can't be, and where the two can't stand in for each other.
func (o *Office) Substitute(ctx context.Context, who access.Who, key string, s Substitution) (Substitution, error) {
	away, err := o.absent(ctx, who, s.Officer)
	if err != nil {
		return s, err
	}
	today, err := o.docket.Today(ctx)
	if err != nil {
		return s, err
	}
	switch {
	case s.Until.Before(s.From):
		return s, reject("out-of-range", "until", "", "末日不能早于首日。", "the last day can't lie before the first")
	case s.Until.Before(today):
		return s, reject("out-of-range", "until", "", "末日已过，代理无从生效。", "the last day has passed, so nobody would stand in")
	case s.Until.Sub(s.From) >= longestAbsence:
		return s, reject("out-of-range", "until", "", "一次代理至多366日。", "somebody stands in for at most 366 days at a stretch")
	}
	s.By = who.ID
	made, err := o.register.Substitute(ctx, s, who.Owner(), key)
	if errors.Is(err, register.ErrSubstitution) {
		return s, reject("bad-substitute", "substitute", "", "代理人须为“"+away.Name+"”所在机关的另一名在职承办人。", "who stands in for "+away.Name+" is another handling officer at work in the same authority")
	}
	return made, err
}

// EndSubstitution ends it at once. ErrNotFound, access.ErrHidden.
func (o *Office) EndSubstitution(ctx context.Context, who access.Who, id string) error {
	if err := access.Ever(who, access.PutSubstitute); err != nil {
		return err
	}
	s, err := o.register.SubstitutionByID(ctx, id)
	if err != nil {
		return err
	}
	away, err := o.register.OfficerByID(ctx, s.Officer)
	if err != nil {
		return err
	}
	if err := o.may(ctx, who, access.PutSubstitute, access.Thing{Authority: away.Authority}); err != nil {
		return err
	}
	return o.register.EndSubstitution(ctx, id)
}

// absent is the officer for whom the caller may have somebody stand in. *Rejection for an unknown one.
func (o *Office) absent(ctx context.Context, who access.Who, id string) (Officer, error) {
	if err := access.Ever(who, access.PutSubstitute); err != nil {
		return Officer{}, err
	}
	away, err := o.register.OfficerByID(ctx, id)
	if err == nil {
		err = o.may(ctx, who, access.PutSubstitute, access.Thing{Authority: away.Authority})
	}
	if errors.Is(err, ErrNotFound) || errors.Is(err, access.ErrHidden) {
		return away, reject("unknown-officer", "officer", "", "贵机关没有该人员。", "your authority has no such officer")
	}
	return away, err
}

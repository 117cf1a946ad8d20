package office

import (
	"context"
	"reflect"
	"slices"

	"duban/api"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// Asked finds the act that a key has asked for.
func (o *Office) Asked(ctx context.Context, a api.Act) (api.Act, error) {
	row, err := o.register.ActByKey(ctx, a.Owner, a.Key)
	if err != nil {
		return api.Act{}, told(err)
	}
	was := actOf(row)
	if was.Case != a.Case || was.Name != a.Name || was.By != a.By || !reflect.DeepEqual(was.Body, a.Body) {
		return was, api.ErrKeyReused
	}
	return was, nil
}

// Preview asks the law about the act on the case as it stands. A refusal counts only when
// nothing waits that Settle would enter before the act.
func (o *Office) Preview(ctx context.Context, a api.Act, row api.Line, c casefile.Case) (*casefile.Refusal, error) {
	now, err := o.register.Now(ctx)
	if err != nil {
		return nil, told(err)
	}
	law, err := o.Pinned(ctx, c.Regime)
	if err != nil {
		return nil, err
	}
	days, err := o.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	m := casefile.Move{Class: casefile.Act, Name: a.Name, Ref: "preview", At: now, By: a.By, Body: a.Body}
	if err := m.Ask(c, o.asker.Of(o.register.Facts(ctx, c), c, calendar.DayOf(now, days.Place()))); err != nil {
		return nil, told(err)
	}
	_, refusal, err := casefile.Decide(c, m, casefile.Law{Regime: law, Calendar: days})
	if err != nil || refusal == nil {
		return nil, err
	}
	stale := func(d casefile.Deadline) bool { return d.Stale(days) } // counted anew before the act
	if !row.NextDue.IsZero() && !row.NextDue.After(now) || slices.ContainsFunc(c.Deadlines, stale) {
		return nil, nil
	}
	waits, err := o.waits(ctx, a.Case)
	if err != nil || waits {
		return nil, err
	}
	return refusal, nil
}

// waits tells whether a paper of the case is not entered yet.
func (o *Office) waits(ctx context.Context, id string) (bool, error) {
	const page = 200
	for after := int64(0); ; {
		papers, err := o.register.Papers(ctx, id, after, page)
		if err != nil {
			return false, told(err)
		}
		for _, p := range papers {
			if p.Entry == 0 {
				return true, nil
			}
			after = p.Serial
		}
		if len(papers) < page {
			return false, nil
		}
	}
}

// PutAct commits an act, to be settled.
func (o *Office) PutAct(ctx context.Context, a api.Act) (api.Act, error) {
	row, err := o.register.PutAct(ctx, register.ActIn{
		Owner: a.Owner, Key: a.Key, Case: a.Case, Name: a.Name, By: a.By, Body: a.Body, IfMatch: a.IfMatch,
	})
	return actOf(row), told(err)
}

// ActByID reads an act with its verdict.
func (o *Office) ActByID(ctx context.Context, id string) (api.Act, error) {
	row, err := o.register.ActByID(ctx, id)
	return actOf(row), told(err)
}

func actOf(row register.ActRow) api.Act {
	out := api.Act{ID: row.ID, Case: row.Case, Name: row.Name, By: row.By, Body: row.Body, IfMatch: row.IfMatch}
	if row.Verdict != nil {
		out.Entry, out.Refusal = row.Verdict.Entry, row.Verdict.Refusal
	}
	return out
}

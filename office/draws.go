package office

import (
	"context"
	"errors"
	"fmt"

	"duban/api"
	"duban/law/casefile"
	"duban/register"
)

// CommitDraw commits to the seed of a draw.
func (o *Office) CommitDraw(ctx context.Context, owner, key, authority string, by casefile.Actor) (string, error) {
	hash, err := o.register.CommitDraw(ctx, owner, key, authority, by)
	return hash, told(err)
}

// MakeDraw makes a draw of an authority that has inspections.
func (o *Office) MakeDraw(ctx context.Context, owner, key string, d api.DrawAsk, by casefile.Actor) (api.DrawLine, error) {
	today, err := o.today(ctx)
	if err != nil {
		return api.DrawLine{}, err
	}
	a, err := o.register.AuthorityByID(ctx, d.Authority)
	if err != nil {
		return api.DrawLine{}, told(err)
	}
	b, err := o.bundle(a, casefile.Inspection, today)
	if err != nil {
		return api.DrawLine{}, err
	}
	row, err := o.register.MakeDraw(ctx, register.DrawIn{
		Owner: owner, Key: key, Authority: d.Authority, Types: d.Types, Cap: d.Cap, Rule: d.Rule, Levels: b.Regime.Cards, By: by,
	})
	switch {
	case errors.Is(err, register.ErrNoTarget):
		err = reject("bad-draw", "types", "", "本机关监管的经营者中没有所填类型的；请改填其他类型。", "this authority supervises no operator of these types: name others")
	case errors.Is(err, register.ErrSeed):
		err = reject("bad-draw", "commitment", "", "没有该承诺的种子，或者已用过；请先另行承诺。", "no seed of that commitment is left, or it was drawn with: commit to a new one first")
	case errors.Is(err, register.ErrDraw):
		err = reject("bad-draw", "", "", "抽取规则有误：每组2至20人，须列明证件种类，名额、权重和差额不得为负。",
			"the rule is at fault: a team of 2 to 20, at least one kind of card, and no negative number, weight or slack")
	}
	return drawLine(row), told(err)
}

func drawLine(r register.DrawRow) api.DrawLine {
	return api.DrawLine{
		Serial: r.Serial, ID: r.ID, Authority: r.Authority, Day: r.Day, Cap: r.Cap, By: r.By.Officer, At: r.At,
		Record: r.Record, Hash: r.Hash, Published: r.Published,
	}
}

// Draw finds a draw.
func (o *Office) Draw(ctx context.Context, id string) (api.DrawLine, error) {
	row, err := o.register.DrawByID(ctx, id)
	return drawLine(row), told(err)
}

// Draws lists the draws of an authority, of all if none is named.
func (o *Office) Draws(ctx context.Context, authority string, after int64, limit int) ([]api.DrawLine, error) {
	rows, err := o.register.Draws(ctx, authority, after, limit)
	return each(rows, drawLine), told(err)
}

// OpenDraw opens an inspection for each target drawn.
func (o *Office) OpenDraw(ctx context.Context, id string) ([]api.DrawnVisit, error) {
	row, err := o.register.DrawByID(ctx, id)
	if err != nil {
		return nil, told(err)
	}
	today, err := o.today(ctx)
	if err != nil {
		return nil, err
	}
	regime, err := o.Pinning(ctx, row.Authority, casefile.Inspection, today)
	if err != nil {
		return nil, err
	}
	all, err := o.register.OpenDraw(ctx, row, fmt.Sprintf("%d年双随机抽查", row.Day.Year()), regime)
	return each(all, func(v register.DrawVisit) api.DrawnVisit {
		return api.DrawnVisit{Target: v.Target, State: string(v.State), Had: v.Had, Case: v.Case, Paper: v.Paper, At: v.At}
	}), told(err)
}

// PublishDraw makes a draw public.
func (o *Office) PublishDraw(ctx context.Context, id string, by casefile.Actor) (api.DrawLine, error) {
	row, err := o.register.PublishDraw(ctx, id, by)
	if errors.Is(err, register.ErrVisitsToCome) {
		return api.DrawLine{}, reject("visits-to-come", "", "", "抽取的检查尚有未开展的,公布将泄露检查安排。", "visits of the draw are still to come, and publishing would betray them")
	}
	return drawLine(row), told(err)
}

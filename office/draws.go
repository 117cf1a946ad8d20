package office

import (
	"context"
	"errors"
	"fmt"

	"duban/access"
	"duban/law/casefile"
	"duban/law/draw"
	"duban/register"
)

// DrawAsk is a draw as an officer asks for it: the types of operators, the yearly cap, and the rule (Cites,
// Commitment, Want, Team, Cards, Slack, Weights). The rest the register knows.
type DrawAsk struct {
	Types []string
	Cap   int
	Rule  draw.Input
}

// CommitDraw keeps a seed of the caller's authority and gives its hash, once for a key.
func (o *Office) CommitDraw(ctx context.Context, who access.Who, key string) (string, error) {
	if err := o.may(ctx, who, access.MakeDraw, access.Thing{Authority: who.Authority}); err != nil {
		return "", err
	}
	return o.register.CommitDraw(ctx, who.Owner(), key, who.Authority, who.Actor())
}

// MakeDraw makes a draw for the caller's authority, once for a key. ErrKeyReused; *Rejection for one that
// can't be made.
func (o *Office) MakeDraw(ctx context.Context, who access.Who, key string, d DrawAsk) (Draw, error) {
	if err := o.may(ctx, who, access.MakeDraw, access.Thing{Authority: who.Authority}); err != nil {
		return Draw{}, err
	}
	today, err := o.Today(ctx)
	if err != nil {
		return Draw{}, err
	}
	a, err := o.register.AuthorityByID(ctx, who.Authority)
	if err != nil {
		return Draw{}, err
	}
	b, refusal, err := o.Regulations.Bundle(a, casefile.Inspection, today)
	if err != nil || refusal != nil {
		return Draw{}, errors.Join(err, rejected(refusal))
	}
	row, err := o.register.MakeDraw(ctx, register.DrawIn{
		Owner: who.Owner(), Key: key, Authority: who.Authority, Types: d.Types, Cap: d.Cap, Rule: d.Rule, Levels: b.Regime.Cards, By: who.Actor(),
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
	return row, err
}

// Draw finds a draw: anybody may read a published one, and who may read the others' is not told of them.
func (o *Office) Draw(ctx context.Context, who access.Who, id string) (Draw, error) {
	row, err := o.register.DrawByID(ctx, id)
	if err != nil || !row.Published.IsZero() {
		return row, err
	}
	if err := o.may(ctx, who, access.ReadDraw, access.Thing{Authority: row.Authority}); err != nil {
		return Draw{}, fmt.Errorf("draw %s: %w", id, access.ErrHidden)
	}
	return row, nil
}

// Draws lists the draws of an authority that the caller may see; of all of them if none is named.
func (o *Office) Draws(ctx context.Context, who access.Who, authority string, after int64, limit int) ([]Draw, error) {
	return listed(ctx, o, who, access.ReadDraw, authority, func(of []string) ([]Draw, error) { return o.register.Draws(ctx, of, after, limit) })
}

// ownDraw is a draw of the caller's authority, if the caller may carry it on.
func (o *Office) ownDraw(ctx context.Context, who access.Who, id string) (Draw, error) {
	if err := access.Ever(who, access.MakeDraw); err != nil {
		return Draw{}, err
	}
	row, err := o.Draw(ctx, who, id)
	if err != nil {
		return row, err
	}
	return row, o.mayOwn(ctx, who, access.ReadDraw, access.MakeDraw, access.Thing{Authority: row.Authority})
}

// OpenDraw opens an inspection for each target drawn that has none yet. *Rejection where there is no regime
// to inspect by.
func (o *Office) OpenDraw(ctx context.Context, who access.Who, id string) ([]DrawVisit, error) {
	row, err := o.ownDraw(ctx, who, id)
	if err != nil {
		return nil, err
	}
	today, err := o.Today(ctx)
	if err != nil {
		return nil, err
	}
	a, err := o.register.AuthorityByID(ctx, row.Authority)
	if err != nil {
		return nil, err
	}
	b, refusal, err := o.Regulations.Bundle(a, casefile.Inspection, today)
	if err != nil || refusal != nil {
		return nil, errors.Join(err, rejected(refusal))
	}
	all, err := o.register.OpenDraw(ctx, row, fmt.Sprintf("%d年双随机抽查", row.Day.Year()), register.RegimeText{Hash: b.Regime.Hash, Text: b.Text})
	for _, v := range all {
		if v.Case != "" {
			o.nudge(casefile.Inspection, v.Case, "filing", v.Paper)
		}
	}
	return all, err
}

// PublishDraw makes a draw public, once. *Rejection while that would betray a visit.
func (o *Office) PublishDraw(ctx context.Context, who access.Who, id string) (Draw, error) {
	row, err := o.ownDraw(ctx, who, id)
	if err != nil {
		return row, err
	}
	row, err = o.register.PublishDraw(ctx, row.ID, who.Actor())
	if errors.Is(err, register.ErrVisitsToCome) {
		return row, reject("visits-to-come", "", "", "抽取的检查尚有未开展的，公布将泄露检查安排。", "visits of the draw are still to come, and publishing would betray them")
	}
	return row, err
}

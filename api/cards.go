package api

import (
	"context"

	"duban/law/casefile"
)

// cardsPage is how many cards one answer lists.
const cardsPage = 200

// ListCards lists the cards of the caller's authority, or of one officer there.
func (a *API) ListCards(ctx context.Context, r ListCardsRequestObject) (ListCardsResponseObject, error) {
	authority := ""
	if who := callerOf(ctx); who.Kind == OfficerKey {
		authority = who.Authority
	}
	more := func(after string, _ int) ([]Card, string, error) {
		all, err := a.House.Cards(ctx, value(r.Params.Officer), authority, after)
		if err != nil {
			return nil, "", err
		}
		out, next := make([]Card, len(all)), ""
		for i, c := range all {
			out[i] = cardView(c)
		}
		if len(all) == cardsPage {
			next = all[cardsPage-1].Number
		}
		return out, next, nil
	}
	return list(ctx, a, "cards", value(r.Params.After), nil, more)
}

// PutCard makes or changes a card.
func (a *API) PutCard(ctx context.Context, r PutCardRequestObject) (PutCardResponseObject, error) {
	b := r.Body
	c := casefile.Card{
		Number: r.Number, Officer: b.Officer, Kind: casefile.CardKind(b.Kind), Level: string(value(b.Level)), Types: value(b.Types),
		From: dayIn(b.From), Until: dayIn(b.Until),
	}
	if err := a.House.PutCard(ctx, c); err != nil {
		return nil, err
	}
	return PutCard200JSONResponse(cardView(c)), nil
}

func cardView(c casefile.Card) Card {
	out := Card{Number: c.Number, Officer: c.Officer, Kind: string(c.Kind), Level: some(c.Level), From: dateOf(c.From), Until: dateOf(c.Until)}
	if len(c.Types) > 0 {
		out.Types = &c.Types
	}
	return out
}

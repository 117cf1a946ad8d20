package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/law/casefile"
	"duban/office"
)

// ListCards lists the cards of the caller's authority, or of one officer there.
func (a *API) ListCards(c echo.Context, p wire.ListCardsParams) error {
	return list(c, a, "cards", value(p.After), nil, func(after string, _ int) ([]wire.Card, string, error) {
		all, err := a.Office.Cards(c.Request().Context(), whoOf(c), value(p.Officer), after)
		next := ""
		if len(all) == office.CardsPage {
			next = all[office.CardsPage-1].Number
		}
		return each(all, cardView), next, err
	})
}

// PutCard makes or changes a card.
func (a *API) PutCard(c echo.Context, number string) error {
	var b wire.PutCardJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	if err := sameAsAddress("number", b.Number, number); err != nil {
		return err
	}
	card := casefile.Card{
		Number: number, Officer: b.Officer, Kind: casefile.CardKind(b.Kind), Level: string(value(b.Level)), Types: value(b.Types),
		From: dayIn(b.From), Until: dayIn(b.Until),
	}
	if err := a.Office.PutCard(c.Request().Context(), whoOf(c), card); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, cardView(card))
}

// GetCard shows one card to those who may see the cards of its officer's authority.
func (a *API) GetCard(c echo.Context, number string) error {
	card, err := a.Office.Card(c.Request().Context(), whoOf(c), number)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, cardView(card))
}

func cardView(c casefile.Card) wire.Card {
	out := wire.Card{Number: c.Number, Officer: c.Officer, Kind: string(c.Kind), Level: some(c.Level), From: dateOf(c.From), Until: dateOf(c.Until)}
	if len(c.Types) > 0 {
		out.Types = &c.Types
	}
	return out
}

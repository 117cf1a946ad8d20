package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/office"
)

type ownStandardView struct {
	Operator string    `json:"operator"`
	Standard string    `json:"standard"`
	Version  int       `json:"version"`
	Hash     string    `json:"hash"`
	Received time.Time `json:"received"`
	Text     string    `json:"text,omitempty"`
}

func viewOfOwn(s office.OwnStandard) ownStandardView {
	return ownStandardView{Operator: s.Operator, Standard: s.Standard, Version: s.Version, Hash: s.Hash, Received: s.Received, Text: s.Text}
}

type comparedView struct {
	Own      ownStandardView       `json:"own"`
	Suffices bool                  `json:"suffices"`
	Items    []office.ComparedLine `json:"items"`
}

// PutOwnStandard takes an operator's own standard; each text is a version.
func (a *API) PutOwnStandard(c echo.Context, id wire.CodeId, standard wire.StandardId) error {
	var b wire.PutOwnStandardJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	s, err := a.Office.PutOwnStandard(c.Request().Context(), whoOf(c), id, standard, b.Text)
	if err != nil {
		return err
	}
	s.Text = ""
	return c.JSON(http.StatusOK, viewOfOwn(s))
}

// GetOwnStandard shows a version of an operator's own standard, the last if none is named.
func (a *API) GetOwnStandard(c echo.Context, id wire.CodeId, standard wire.StandardId, p wire.GetOwnStandardParams) error {
	s, err := a.Office.OwnStandard(c.Request().Context(), whoOf(c), id, standard, value(p.Version))
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewOfOwn(s))
}

// CompareOwnStandard tells how an operator's own standard stands to the province's.
func (a *API) CompareOwnStandard(c echo.Context, id wire.CodeId, standard wire.StandardId, p wire.CompareOwnStandardParams) error {
	on, err := a.on(c, p.On)
	if err != nil {
		return err
	}
	compared, err := a.Office.CompareOwn(c.Request().Context(), whoOf(c), id, standard, on)
	if err != nil {
		return err
	}
	compared.Own.Text = ""
	return c.JSON(http.StatusOK, comparedView{Own: viewOfOwn(compared.Own), Suffices: compared.Suffices, Items: compared.Lines})
}

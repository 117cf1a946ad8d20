package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/docket"
	"duban/law/calendar"
	"duban/law/casefile"
)

type standardName struct {
	ID           string        `json:"id"`
	Version      int64         `json:"version"`
	Hash         string        `json:"hash"`
	Title        casefile.Text `json:"title"`
	From         calendar.Day  `json:"from"`
	To           calendar.Day  `json:"to,omitzero"`
	Operators    []string      `json:"operators"`
	Requirements int           `json:"requirements"`
	Unverified   int           `json:"unverified"`
}

// ListStandards lists the standards of service quality.
func (a *API) ListStandards(c echo.Context, _ wire.ListStandardsParams) error {
	all, err := a.Office.Standards()
	if err != nil {
		return err
	}
	return whole(c, a, "standards", each(all, nameOfStandard))
}

func nameOfStandard(s docket.Standard) standardName {
	line := standardName{
		ID: s.ID, Version: s.Version, Hash: s.Hash, Title: s.Title, From: s.From, To: s.To, Operators: s.Operators, Requirements: len(s.Requirements),
	}
	for _, r := range s.Requirements {
		if r.Unverified {
			line.Unverified++
		}
	}
	return line
}

// GetStandard shows a standard as in force on a day, today if none is named.
func (a *API) GetStandard(c echo.Context, id wire.Code, p wire.GetStandardParams) error {
	on, err := a.on(c, p.On)
	if err != nil {
		return err
	}
	s, err := a.Office.Standard(id, on)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s)
}

package api

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"duban/api/wire"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/draw"
	"duban/office"
)

type drawView struct {
	ID        string       `json:"id"`
	Authority string       `json:"authority"`
	Day       calendar.Day `json:"day"`
	Cap       int          `json:"cap"`
	By        string       `json:"by"`
	At        time.Time    `json:"at"`
	Hash      string       `json:"hash"`
	Published time.Time    `json:"published,omitzero"`
}

func viewOfDraw(d office.Draw) drawView {
	return drawView{ID: d.ID, Authority: d.Authority, Day: d.Day, Cap: d.Cap, By: d.By.Officer, At: d.At, Hash: d.Hash, Published: d.Published}
}

// ListDraws lists the draws of the authorities that the caller may see.
func (a *API) ListDraws(c echo.Context, p wire.ListDrawsParams) error {
	read := func(after int64, limit int) ([]office.Draw, error) {
		return a.Office.Draws(c.Request().Context(), whoOf(c), value(p.Authority), after, limit)
	}
	return list(c, a, "draws", value(p.Cursor), p.Limit, bySerial(read, viewOfDraw, func(d office.Draw) int64 { return d.Serial }))
}

// CommitDraw commits to the seed of a draw.
func (a *API) CommitDraw(c echo.Context, p wire.CommitDrawParams) error {
	hash, err := a.Office.CommitDraw(c.Request().Context(), whoOf(c), p.IdempotencyKey)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, wire.DrawCommitment{Commitment: hash})
}

// MakeDraw makes a draw for the caller's authority.
func (a *API) MakeDraw(c echo.Context, p wire.MakeDrawParams) error {
	var b wire.MakeDrawJSONRequestBody
	if err := bodyOf(c, &b); err != nil {
		return err
	}
	d, err := a.Office.MakeDraw(c.Request().Context(), whoOf(c), p.IdempotencyKey, office.DrawAsk{Types: b.Types, Cap: b.Cap, Rule: ruleOf(b)})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, viewOfDraw(d))
}

// ruleOf is the rule of a draw as it was asked for. A team is two unless more are.
func ruleOf(b wire.MakeDrawJSONRequestBody) draw.Input {
	or := func(n *int, standard int64) int64 {
		if n == nil {
			return standard
		}
		return int64(*n)
	}
	rule := draw.Input{
		Commitment: value(b.Commitment), Want: int64(b.Want), Team: or(b.Team, 2), Cards: []string{string(casefile.InspectionCard)}, Slack: or(b.Slack, 0),
		Weights: draw.Weights{
			Base: or(b.Base, 10), Complaint: or(b.Complaint, 6), Order: or(b.Order, 8), Idle: or(b.Idle, 1),
			IdleDays: or(b.IdleDays, 30), IdleMost: or(b.IdleMost, 720), Most: or(b.Most, 100),
		},
	}
	for _, c := range b.Cites {
		rule.Cites = append(rule.Cites, draw.Cite{Clause: c.Clause, Unverified: value(c.Unverified)})
	}
	if b.Cards != nil {
		rule.Cards = nil
		for _, kind := range *b.Cards {
			rule.Cards = append(rule.Cards, string(kind))
		}
	}
	return rule
}

// GetDraw shows the record of a draw, written as it is kept.
func (a *API) GetDraw(c echo.Context, id wire.CaseId) error {
	d, err := a.Office.Draw(c.Request().Context(), whoOf(c), id)
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "application/json", []byte(d.Record))
}

// OpenDraw opens the inspections of a draw.
func (a *API) OpenDraw(c echo.Context, id wire.CaseId, _ wire.OpenDrawParams) error {
	all, err := a.Office.OpenDraw(c.Request().Context(), whoOf(c), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]any{"items": each(all, func(v office.DrawVisit) wire.DrawVisit {
		return wire.DrawVisit{Target: v.Target, State: string(v.State), Had: v.Had, Case: some(v.Case), At: v.At}
	})})
}

// PublishDraw makes the record of a draw public.
func (a *API) PublishDraw(c echo.Context, id wire.CaseId, _ wire.PublishDrawParams) error {
	d, err := a.Office.PublishDraw(c.Request().Context(), whoOf(c), id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, viewOfDraw(d))
}

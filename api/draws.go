package api

import (
	"context"
	"net/http"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/draw"
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

func viewOfDraw(d DrawLine) drawView {
	return drawView{ID: d.ID, Authority: d.Authority, Day: d.Day, Cap: d.Cap, By: d.By, At: d.At, Hash: d.Hash, Published: d.Published}
}

// VisitMakeDrawResponse writes the draw that was made.
func (v drawView) VisitMakeDrawResponse(w http.ResponseWriter) error { return answerCreated(w, v) }

// VisitPublishDrawResponse writes the draw as it is now.
func (v drawView) VisitPublishDrawResponse(w http.ResponseWriter) error { return answerJSON(w, v) }

// drawRecord is a record, written as it is kept.
type drawRecord string

// VisitGetDrawResponse writes the record.
func (r drawRecord) VisitGetDrawResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/json")
	_, err := w.Write([]byte(r))
	return err
}

// ListDraws lists the draws of the authorities that the caller may see, as ListPlans does plans.
func (a *API) ListDraws(ctx context.Context, r ListDrawsRequestObject) (ListDrawsResponseObject, error) {
	f := Filter{Authority: value(r.Params.Authority)}
	if ok, err := a.scope(ctx, &f); err != nil || !ok {
		return whole(ctx, a, "draws", []drawView{}), err
	}
	read := func(after int64, limit int) ([]DrawLine, error) { return a.House.Draws(ctx, f.Authority, after, limit) }
	return list(ctx, a, "draws", value(r.Params.Cursor), r.Params.Limit, bySerial(read, viewOfDraw, func(d DrawLine) int64 { return d.Serial }))
}

// CommitDraw commits to the seed of a draw.
func (a *API) CommitDraw(ctx context.Context, r CommitDrawRequestObject) (CommitDrawResponseObject, error) {
	who, err := planner(ctx)
	if err != nil {
		return nil, err
	}
	hash, err := a.House.CommitDraw(ctx, who.owner(), r.Params.IdempotencyKey, who.Authority, who.actor())
	if err != nil {
		return nil, err
	}
	return CommitDraw201JSONResponse{Commitment: hash}, nil
}

// MakeDraw makes a draw for the caller's authority. A team is two unless more are asked for.
func (a *API) MakeDraw(ctx context.Context, r MakeDrawRequestObject) (MakeDrawResponseObject, error) {
	who, err := planner(ctx)
	if err != nil {
		return nil, err
	}
	b := r.Body
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
	d, err := a.House.MakeDraw(ctx, who.owner(), r.Params.IdempotencyKey,
		DrawAsk{Authority: who.Authority, Types: b.Types, Cap: b.Cap, Rule: rule}, who.actor())
	if err != nil {
		return nil, err
	}
	return viewOfDraw(d), nil
}

// draw is the draw of a request, if its caller may know of it: otherwise it does not exist.
func (a *API) draw(ctx context.Context, id string) (DrawLine, error) {
	d, err := a.House.Draw(ctx, id)
	if err != nil || !d.Published.IsZero() {
		return d, err
	}
	who := callerOf(ctx)
	if who.Kind != OfficerKey && who.Kind != AdminKey {
		return d, ErrNotFound
	}
	ok, err := a.sees(ctx, who, Line{Authority: d.Authority})
	if err == nil && !ok {
		err = ErrNotFound
	}
	return d, err
}

// GetDraw shows the record of a draw.
func (a *API) GetDraw(ctx context.Context, r GetDrawRequestObject) (GetDrawResponseObject, error) {
	d, err := a.draw(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	return drawRecord(d.Record), nil
}

// ownDraw is a draw of the caller's authority, if the caller may carry it on.
func (a *API) ownDraw(ctx context.Context, id string) (DrawLine, caller, error) {
	d, err := a.draw(ctx, id)
	if err != nil {
		return d, caller{}, err
	}
	who, err := planner(ctx)
	if err == nil && who.Authority != d.Authority {
		err = problem("not-for-you")
	}
	return d, who, err
}

// OpenDraw opens the inspections of a draw.
func (a *API) OpenDraw(ctx context.Context, r OpenDrawRequestObject) (OpenDrawResponseObject, error) {
	d, _, err := a.ownDraw(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	all, err := a.House.OpenDraw(ctx, d.ID)
	if err != nil {
		return nil, err
	}
	out := OpenDraw200JSONResponse{Items: make([]DrawVisit, len(all))}
	for i, v := range all {
		out.Items[i] = DrawVisit{Target: v.Target, State: v.State, Had: v.Had, Case: some(v.Case), At: v.At}
		if v.Case != "" {
			a.nudge(ctx, casefile.Inspection, v.Case, "filing", v.Paper)
		}
	}
	return out, nil
}

// PublishDraw makes the record of a draw public.
func (a *API) PublishDraw(ctx context.Context, r PublishDrawRequestObject) (PublishDrawResponseObject, error) {
	d, who, err := a.ownDraw(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	if d, err = a.House.PublishDraw(ctx, d.ID, who.actor()); err != nil {
		return nil, err
	}
	return viewOfDraw(d), nil
}

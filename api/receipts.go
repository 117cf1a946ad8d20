package api

import (
	"context"
	"net/http"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

type tracking struct {
	Number     string            `json:"number"`
	Kind       casefile.Kind     `json:"kind"`
	State      casefile.State    `json:"state"`
	StateTitle casefile.Text     `json:"stateTitle"`
	Next       string            `json:"next"`
	Closed     bool              `json:"closed"`
	Filed      time.Time         `json:"filed"`
	Authority  casefile.Text     `json:"authority"`
	AnswerBy   calendar.Day      `json:"answerBy,omitzero"`
	Steps      []receiptStep     `json:"steps"`
	Papers     []receiptPaper    `json:"papers"`
	Sent       []receiptDocument `json:"sent"`
	Went       []receiptTransfer `json:"transferredTo,omitempty"`
}

// receiptTransfer is where a complaint was transferred to: the last of them has it now.
type receiptTransfer struct {
	Number     string         `json:"number"`
	Case       string         `json:"case"`
	Authority  casefile.Text  `json:"authority"`
	State      casefile.State `json:"state"`
	StateTitle casefile.Text  `json:"stateTitle"`
	Next       string         `json:"next"`
	Closed     bool           `json:"closed"`
}

type receiptStep struct {
	At    time.Time      `json:"at"`
	State casefile.State `json:"state"`
	Title casefile.Text  `json:"title"`
}

type receiptPaper struct {
	Name     string        `json:"name"`
	Title    casefile.Text `json:"title"`
	Received time.Time     `json:"received"`
	Entered  bool          `json:"entered"`
}

type receiptDocument struct {
	Document string    `json:"document"`
	At       time.Time `json:"at"`
}

// VisitTrackReceiptResponse writes what the receipt shows.
func (t tracking) VisitTrackReceiptResponse(w http.ResponseWriter) error { return answerJSON(w, t) }

// TrackReceipt shows where a filing stands to who holds its number and pin, and nobody's data.
func (a *API) TrackReceipt(ctx context.Context, r TrackReceiptRequestObject) (TrackReceiptResponseObject, error) {
	found, err := a.track(ctx, r.Number, r.Params.DubanPin, callerOf(ctx).from)
	if err != nil {
		return nil, err
	}
	l := found.Line
	row := a.titles.state(l.Kind, l.State)
	out := tracking{
		Number: l.Number, Kind: l.Kind, State: l.State, StateTitle: row.Title, Next: row.Who, Closed: l.Closed, Filed: l.Filed,
		Steps: []receiptStep{}, Papers: []receiptPaper{}, Sent: []receiptDocument{},
	}
	if d, armed := found.File.Deadline("answer"); armed {
		out.AnswerBy = d.Day
	}
	all, err := a.House.Authorities(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]casefile.Text{}
	for _, o := range all {
		names[o.ID] = o.Name
	}
	out.Authority = names[l.Authority]
	for _, x := range found.Went {
		row := a.titles.state(x.Line.Kind, x.Line.State)
		out.Went = append(out.Went, receiptTransfer{
			Number: x.Line.Number, Case: x.Line.ID, Authority: names[x.Line.Authority], State: x.Line.State, StateTitle: row.Title, Next: row.Who, Closed: x.Line.Closed,
		})
		out.AnswerBy = calendar.Day{} // of who has it now
		if d, armed := x.File.Deadline("answer"); armed {
			out.AnswerBy = d.Day
		}
	}
	for _, s := range found.Steps {
		out.Steps = append(out.Steps, receiptStep{At: s.At, State: s.State, Title: a.titles.state(l.Kind, s.State).Title})
	}
	for _, p := range found.Papers {
		out.Papers = append(out.Papers, receiptPaper{Name: p.Name, Title: a.titles.move(l.Kind, casefile.Paper, p.Name), Received: p.Received, Entered: p.Entered})
	}
	for _, d := range found.Sent {
		out.Sent = append(out.Sent, receiptDocument(d))
	}
	return out, nil
}

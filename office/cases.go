package office

import (
	"context"

	"duban/api"
	"duban/law/casefile"
	"duban/register"
)

func lineOf(r register.CaseRow) api.Line {
	return api.Line{
		ID: r.ID, Number: r.Number, Kind: r.Kind, State: r.State, Seq: r.Seq, Authority: r.Authority, Operator: r.Operator,
		Officer: r.Officer, Subject: r.Subject, Outward: r.Outward, Filed: r.Filed, NextDue: r.NextDue, Closed: r.Closed, Overdue: r.Overdue, Stuck: r.Stuck, Told: r.Told,
	}
}

// Case finds a case.
func (o *Office) Case(ctx context.Context, id string) (api.Line, casefile.Case, error) {
	row, c, err := o.register.CaseByID(ctx, id)
	return lineOf(row), c, told(err)
}

// Cases is one page of a list.
func (o *Office) Cases(ctx context.Context, f api.Filter) ([]api.Line, string, error) {
	in := register.CaseFilter{
		Kind: f.Kind, State: f.State, Authority: f.Authority, Officer: f.Officer, Operator: f.Operator, DueBefore: f.DueBefore, Kept: f.KeptBefore, Told: f.Told,
		Text: f.Text, Sort: register.Sort(f.Sort), Cursor: f.Cursor, Limit: f.Limit,
	}
	if f.Open != nil {
		closed := !*f.Open
		in.Closed = &closed
	}
	page, err := o.register.Cases(ctx, in)
	if err != nil {
		return nil, "", told(err)
	}
	lines := make([]api.Line, len(page.Cases))
	for i, row := range page.Cases {
		lines[i] = lineOf(row)
	}
	return lines, page.Next, nil
}

// Ledger is the entries of a case after the entry after.
func (o *Office) Ledger(ctx context.Context, id string, after, limit int) ([]casefile.Entry, error) {
	lines, err := o.register.Ledger(ctx, id, after, limit)
	if err != nil {
		return nil, told(err)
	}
	entries := make([]casefile.Entry, len(lines))
	for i, l := range lines {
		entries[i] = l.Entry
	}
	return entries, nil
}

// Papers is the papers of a case after the serial after.
func (o *Office) Papers(ctx context.Context, id string, after int64, limit int) ([]api.InboxPaper, error) {
	papers, err := o.register.Papers(ctx, id, after, limit)
	if err != nil {
		return nil, told(err)
	}
	out := make([]api.InboxPaper, len(papers))
	for i, p := range papers {
		out[i] = paperOf(p)
	}
	return out, nil
}

// Paper finds a paper.
func (o *Office) Paper(ctx context.Context, id string) (api.InboxPaper, error) {
	p, err := o.register.PaperByID(ctx, id)
	return paperOf(p), told(err)
}

func paperOf(p register.Paper) api.InboxPaper {
	return api.InboxPaper{
		Serial: p.Serial, ID: p.ID, Case: p.Case, Class: p.Class, Name: p.Name, By: p.By, Received: p.Received,
		Effective: p.Effective, Body: p.Body, Entry: p.Entry,
	}
}

package docket

import (
	"context"
	"fmt"
	"time"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// Paper is a paper of a case's inbox; Body only for those who may read it.
type Paper struct {
	ID        string         `json:"id"`
	Case      string         `json:"case"`
	Name      string         `json:"name"`
	Title     casefile.Text  `json:"title"`
	Class     casefile.Class `json:"class"`
	By        casefile.Actor `json:"by"`
	Received  time.Time      `json:"received"`
	Effective calendar.Day   `json:"effective,omitzero"`
	Entry     int            `json:"entry,omitempty"`
	Body      *casefile.Body `json:"body,omitempty"`
}

// Papers is the papers of a case after the serial after, without their content, and the serial behind
// which the next page begins; 0: this is the last.
func (d *Docket) Papers(ctx context.Context, who access.Who, row register.CaseRow, after int64, limit int) ([]Paper, int64, error) {
	papers, err := d.register.Papers(ctx, row.ID, after, limit)
	if err != nil {
		return nil, 0, err
	}
	var out []Paper
	for _, p := range papers {
		if !who.Outside() || !inside(row.Kind, p) {
			out = append(out, paperOf(row.Kind, p))
		}
	}
	next := int64(0)
	if len(papers) == limit {
		next = papers[limit-1].Serial
	}
	return out, next, nil
}

// Paper is one paper of a case that Find has given, with its content for those who may read it: staff, whoever
// sent it, and to whom it is opened once it is entered.
func (d *Docket) Paper(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case, id string) (Paper, error) {
	p, err := d.register.PaperByID(ctx, id)
	if err != nil {
		return Paper{}, err
	}
	if p.Case != row.ID || who.Outside() && inside(row.Kind, p) {
		return Paper{}, fmt.Errorf("paper %s: %w", id, access.ErrHidden)
	}
	reads, err := d.readingOf(ctx, who, row, c)
	if err != nil {
		return Paper{}, err
	}
	may := p.Entry == 0 && reads.waiting(p)
	if p.Entry > 0 { // the entry knows more: whether another operator sent it, who was named wrongly
		lines, err := d.register.Ledger(ctx, row.ID, p.Entry-1, 1)
		if err != nil {
			return Paper{}, err
		}
		may = len(lines) == 1 && reads.words(lines[0].Entry)
	}
	out := paperOf(row.Kind, p)
	if may {
		out.Body = body(map[string]casefile.Body{p.ID: p.Body}, p.ID)
	}
	return out, nil
}

// inside tells whether a paper passed between cases of ours.
func inside(k casefile.Kind, p register.Paper) bool {
	spec, _ := casefile.SpecOf(k, p.Name)
	return spec.Inside && p.Class == casefile.Paper
}

func paperOf(k casefile.Kind, p register.Paper) Paper {
	return Paper{
		ID: p.ID, Case: p.Case, Name: p.Name, Title: moveTitle(k, p.Class, p.Name), Class: p.Class, By: p.By,
		Received: p.Received, Effective: p.Effective, Entry: p.Entry,
	}
}

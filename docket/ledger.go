package docket

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// Entry is a line of a ledger.
type Entry struct {
	Seq       int                `json:"seq"`
	Class     casefile.Class     `json:"class"`
	Move      string             `json:"move"`
	Title     casefile.Text      `json:"title"`
	Ref       string             `json:"ref"`
	At        time.Time          `json:"at"`
	Effective calendar.Day       `json:"effective,omitzero"`
	By        casefile.Actor     `json:"by"`
	From      casefile.State     `json:"from"`
	To        casefile.State     `json:"to"`
	ToTitle   casefile.Text      `json:"toTitle"`
	None      string             `json:"none,omitempty"`
	Cites     []string           `json:"cites"`
	Judged    *Deadline          `json:"judged,omitempty"`
	Tables    []string           `json:"tables,omitempty"`
	Armed     []Deadline         `json:"armed,omitempty"`
	Cleared   []casefile.Cleared `json:"cleared,omitempty"`
	Late      []string           `json:"late,omitempty"`
	Corrects  []int              `json:"corrects,omitempty"`
	Notices   []casefile.Notice  `json:"notices,omitempty"`
	Sends     []Sent             `json:"sends,omitempty"`
	Body      *casefile.Body     `json:"body,omitempty"` // what the move says, for those who read it
}

// Sent is a paper that an entry put into another case.
type Sent struct {
	Case  string `json:"case"`
	Paper string `json:"paper"`
	New   bool   `json:"new,omitempty"`
}

// Ledger is the entries of a case that Find has given after the entry after, each with what it says where the
// caller reads that, and the number behind which the next page begins; 0: this is the last.
func (d *Docket) Ledger(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case, after, limit int) ([]Entry, int, error) {
	lines, err := d.register.Ledger(ctx, row.ID, after, limit)
	if err != nil {
		return nil, 0, err
	}
	out, err := d.shown(ctx, who, row, c, lines)
	next := 0
	if len(lines) == limit {
		next = lines[limit-1].Entry.Seq
	}
	return out, next, err
}

// shown are those of the lines that the caller may know of, as he may see them.
func (d *Docket) shown(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case, lines []register.LedgerLine) ([]Entry, error) {
	days, err := d.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	reads, err := d.readingOf(ctx, who, row, c)
	if err != nil {
		return nil, err
	}
	bodies, err := d.register.Bodies(ctx, slices.DeleteFunc(slices.Clone(lines), func(l register.LedgerLine) bool { return !reads.words(l.Entry) }))
	if err != nil {
		return nil, err
	}
	var out []Entry
	for _, l := range lines {
		if who.Outside() && l.Entry.Own(row.Kind) {
			continue
		}
		e := entryOf(who, c, l.Entry, days)
		e.Body = body(bodies, l.Entry.Ref)
		out = append(out, e)
	}
	return out, nil
}

// Entry is one line of the ledger, as the caller may see it; access.ErrHidden for one that is none of his
// affairs.
func (d *Docket) Entry(ctx context.Context, who access.Who, id string, seq int) (Entry, error) {
	row, c, err := d.register.CaseByID(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	lines, err := d.register.Ledger(ctx, id, seq-1, 1)
	if err != nil {
		return Entry{}, err
	}
	if len(lines) != 1 || lines[0].Entry.Seq != seq {
		return Entry{}, fmt.Errorf("entry %d of case %s: %w", seq, id, register.ErrNotFound)
	}
	out, err := d.shown(ctx, who, row, c, lines)
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("entry %d of case %s: %w", seq, id, access.ErrHidden)
	}
	if err != nil {
		return Entry{}, err
	}
	return out[0], nil
}

// Made is the line of an act that the caller has just made, as he may see it: what Entry would give for it.
func (d *Docket) Made(ctx context.Context, who access.Who, o casefile.Outcome, said casefile.Body) (Entry, error) {
	days, err := d.Calendar(ctx)
	if err != nil {
		return Entry{}, err
	}
	stored, err := json.Marshal(o.Entry) // told as it will be read: instants know no more of their place
	if err != nil {
		return Entry{}, err
	}
	var line casefile.Entry
	if err := json.Unmarshal(stored, &line); err != nil {
		return Entry{}, err
	}
	e := entryOf(who, o.Case, line, days)
	e.Body = body(map[string]casefile.Body{e.Ref: said}, e.Ref) // an officer reads his own words
	return e, nil
}

func entryOf(who access.Who, c casefile.Case, e casefile.Entry, days *calendar.Calendar) Entry {
	k := c.Kind
	if who.Outside() {
		e = forOutside(e, parts(who, c))
	}
	out := Entry{
		Seq: e.Seq, Class: e.Class, Move: e.Move, Title: moveTitle(k, e.Class, e.Move), Ref: e.Ref, At: e.At, Effective: e.Effective,
		By: e.By, From: e.From, To: e.To, ToTitle: StateOf(k, e.To).Title, None: e.None, Cites: e.Cites, Tables: e.Tables,
		Cleared: e.Cleared, Late: e.Late, Corrects: e.Corrects, Notices: e.Notices,
	}
	if e.Judged != nil {
		judged := deadlineOf(*e.Judged, days)
		judged.Title = casefile.JudgedTitle(e.Judged.Name)
		out.Judged = &judged
	}
	for _, d := range e.Armed {
		out.Armed = append(out.Armed, deadlineOf(d, days))
	}
	for _, s := range e.Sends {
		out.Sends = append(out.Sends, Sent{Case: s.Case, Paper: s.Paper, New: s.New != nil})
	}
	return out
}

package docket

import (
	"context"
	"time"

	"duban/access"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
)

// Tracking is a case as its receipt shows it: no officer, no reasons, nobody's data.
type Tracking struct {
	Case       string         `json:"-"`
	Number     string         `json:"number"`
	Kind       casefile.Kind  `json:"kind"`
	State      casefile.State `json:"state"`
	StateTitle casefile.Text  `json:"stateTitle"`
	Next       string         `json:"next"`
	Closed     bool           `json:"closed"`
	Filed      time.Time      `json:"filed"`
	Authority  casefile.Text  `json:"authority"`
	AnswerBy   calendar.Day   `json:"answerBy,omitzero"`
	Outcome    string         `json:"outcome,omitempty"`
	Amount     casefile.Fen   `json:"amount,omitempty"`
	Steps      []TrackedStep  `json:"steps"`
	Papers     []TrackedPaper `json:"papers"`
	Sent       []TrackedSent  `json:"sent"`
	Letters    []Letter       `json:"letters"`
	Went       []Transferred  `json:"transferredTo,omitempty"`
}

// Transferred is where a complaint was transferred to; the last of them has it now.
type Transferred struct {
	Number     string         `json:"number"`
	Case       string         `json:"case"`
	Authority  casefile.Text  `json:"authority"`
	State      casefile.State `json:"state"`
	StateTitle casefile.Text  `json:"stateTitle"`
	Next       string         `json:"next"`
	Closed     bool           `json:"closed"`
}

// Letter is what was written to the one who filed, or what he may read of another's: the operator's reply, our
// answer, a refusal. By is the operator, or empty for the authority.
type Letter struct {
	Number  string        `json:"number"` // of the case
	Seq     int           `json:"seq"`
	Move    string        `json:"move"`
	Title   casefile.Text `json:"title"`
	At      time.Time     `json:"at"`
	By      string        `json:"by,omitempty"`
	Text    string        `json:"text,omitempty"`
	Reasons string        `json:"reasons,omitempty"`
	Cites   []string      `json:"cites,omitempty"`
}

// TrackedStep is a change of the case's state.
type TrackedStep struct {
	At    time.Time      `json:"at"`
	State casefile.State `json:"state"`
	Title casefile.Text  `json:"title"`
}

// TrackedPaper is a paper of the one who filed.
type TrackedPaper struct {
	Name     string        `json:"name"`
	Title    casefile.Text `json:"title"`
	Received time.Time     `json:"received"`
	Entered  bool          `json:"entered"`
}

// TrackedSent is a document that was sent to the one who filed.
type TrackedSent struct {
	Document string    `json:"document"`
	At       time.Time `json:"at"`
}

// Holder is who shows a receipt's number and pin; register.ErrNotFound when they don't fit.
func (d *Docket) Holder(ctx context.Context, number, pin string) (access.Who, error) {
	id, on, err := d.register.Held(ctx, number, pin)
	return holder(id, on), err
}

func holder(id string, on []register.Transferred) access.Who {
	who := access.Who{Kind: access.Receipt, Case: id}
	for _, at := range on {
		who.Went = append(who.Went, at.Case)
	}
	return who
}

// Track shows the case of a filing by its number and pin; register.ErrNotFound when they don't fit.
func (d *Docket) Track(ctx context.Context, number, pin string) (Tracking, error) {
	t, err := d.register.Track(ctx, number, pin)
	if err != nil {
		return Tracking{}, err
	}
	row, c, err := d.register.CaseByNumber(ctx, t.Number)
	if err != nil {
		return Tracking{}, err
	}
	tree, err := d.register.Tree(ctx)
	if err != nil {
		return Tracking{}, err
	}
	state := StateOf(row.Kind, row.State)
	out := Tracking{
		Case: row.ID, Number: row.Number, Kind: row.Kind, State: row.State, StateTitle: state.Title, Next: state.Who, Closed: row.Closed, Filed: row.Filed,
		Steps: []TrackedStep{}, Papers: []TrackedPaper{}, Sent: []TrackedSent{}, Letters: []Letter{},
	}
	if c.Appeal != nil && row.Closed { // before, the decision is not served
		out.Outcome, out.Amount = c.Appeal.Outcome, c.Appeal.Amount
	}
	if a, ok := tree.Authority(row.Authority); ok {
		out.Authority = a.Name
	}
	who := holder(row.ID, t.Went)
	if out.Letters, err = d.letters(ctx, who, row, c, out.Letters); err != nil {
		return Tracking{}, err
	}
	for _, x := range t.Went {
		if row, c, err = d.register.CaseByID(ctx, x.Case); err != nil { // the last has it now
			return Tracking{}, err
		}
		if out.Letters, err = d.letters(ctx, who, row, c, out.Letters); err != nil {
			return Tracking{}, err
		}
		at, state := Transferred{Number: row.Number, Case: row.ID, State: row.State, Closed: row.Closed}, StateOf(row.Kind, row.State)
		at.StateTitle, at.Next = state.Title, state.Who
		if a, ok := tree.Authority(row.Authority); ok {
			at.Authority = a.Name
		}
		out.Went = append(out.Went, at)
	}
	if by, armed := c.Deadline("answer"); armed {
		out.AnswerBy = by.Day
	}
	for _, s := range t.Steps {
		out.Steps = append(out.Steps, TrackedStep{At: s.At, State: s.State, Title: StateOf(row.Kind, s.State).Title})
	}
	for _, p := range t.Papers {
		out.Papers = append(out.Papers, TrackedPaper{Name: p.Name, Title: moveTitle(row.Kind, casefile.Paper, p.Name), Received: p.Received, Entered: p.Entered})
	}
	for _, s := range t.Sent {
		out.Sent = append(out.Sent, TrackedSent(s))
	}
	return out, nil
}

// linesAtOnce is how many lines of a ledger are read at once.
const linesAtOnce = 200

// letters adds what the holder of a receipt reads of a case beside his own papers.
func (d *Docket) letters(ctx context.Context, who access.Who, row register.CaseRow, c casefile.Case, out []Letter) ([]Letter, error) {
	for after, more := 0, true; more; {
		page, next, err := d.Ledger(ctx, who, row, c, after, linesAtOnce)
		if err != nil {
			return nil, err
		}
		after, more = next, next > 0
		for _, e := range page {
			own := e.By.Sender == string(casefile.ReaderComplainant) || e.By.Sender == string(casefile.ReaderApplicant)
			if b := e.Body; b != nil && !own && (b.Text != "" || b.Reasons != "") {
				out = append(out, Letter{Number: row.Number, Seq: e.Seq, Move: e.Move, Title: e.Title, At: e.At, By: e.By.Sender, Text: b.Text, Reasons: b.Reasons, Cites: e.Cites})
			}
		}
	}
	return out, nil
}

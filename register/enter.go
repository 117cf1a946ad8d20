package register

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	"duban/law/casefile"
)

// writes is what a turn has decided to write at its end.
type writes struct {
	entries  []entryRow
	papers   map[string]int // entered by this turn: id → seq
	verdicts []verdictRow
	made     *NewAct // entered by this turn, which writes its row
	notices  []outboxRow
	sent     []paperRow
	opened   []opening
	exempt   []exemptionRow       // of the inspections among opened
	was      casefile.Case        // before the first entry
	titled   string               // how operators read the matter from now on; empty: as before
	contacts []contactRow         // put right by this turn
	refused  []string             // persons whose act was refused
	before   []casefile.Deadline  // as armed before the first entry
	public   []casefile.Publicity // as it was before the first entry
	moved    map[string]bool      // refs of the moves entered
}

// contactRow is the new contact of a person of the case.
type contactRow struct {
	role, person string
	seq          int
}

type verdictRow struct {
	act     string
	entry   *int
	refusal *string
}

// Enter takes an outcome of casefile.Decide into the turn: the entry, chained to the one before,
// and all that follows from it. The case is as the outcome says from here on; the database hears
// of it when f returns. ErrEntry is the move's own fault, such as a linked case that is not there:
// it would be the same the next time. An error leaves the turn as it was.
func (t *Turn) Enter(o casefile.Outcome) error {
	e := o.Entry
	if e.Case != t.c.ID || o.Case.ID != t.c.ID || e.Seq != t.c.Seq+1 || o.Case.Seq != e.Seq {
		return fmt.Errorf("enter %s: entry %d of case %s does not follow entry %d of case %s", e.Move, e.Seq, e.Case, t.c.Seq, t.c.ID)
	}
	body, err := encode(e)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrEntry, err)
	}
	sent, opened, err := t.sends(e)
	if err != nil {
		return err
	}
	row := entryRow{
		CaseID: e.Case, Seq: e.Seq, Class: e.Class, Move: e.Move, Ref: e.Ref, At: micro(e.At), EnteredAt: t.now,
		FromState: e.From, ToState: e.To, Body: body, Prev: t.row.Head, Hash: chain(t.row.Head, body),
	}
	if err := t.tie(&row); err != nil {
		return err
	}
	if t.writes.moved == nil {
		t.writes.was, t.writes.before, t.writes.public = t.c, t.c.Deadlines, t.c.Public
		t.writes.moved = map[string]bool{}
	}
	for n, x := range e.Notices {
		t.writes.notices = append(t.writes.notices, outboxRow{
			ID: idOf("notice", e.Case, fmt.Sprint(e.Seq), fmt.Sprint(n)), CaseID: &e.Case, Seq: e.Seq, Document: x.Document,
			Recipient: x.To, RecipientID: x.ID, Cite: x.Cite, DueDay: x.Due.String(), Urgent: x.Urgent,
			State: pending, NextTry: micro(t.db), CreatedAt: t.now,
		})
	}
	t.writes.sent = append(t.writes.sent, sent...)
	t.writes.opened = append(t.writes.opened, opened...)
	if err := t.exempt(e, opened); err != nil {
		return err
	}
	t.writes.entries = append(t.writes.entries, row)
	t.writes.moved[e.Ref] = true
	t.row.Head, t.c = row.Hash, o.Case
	return nil
}

// tie binds an entry to the paper, act or deadline that it is the only entry of.
func (t *Turn) tie(row *entryRow) error {
	ref := row.Ref
	switch row.Class {
	case casefile.Lapse:
		row.DeadlineKey = &ref
	case casefile.Act:
		a, read := t.acts[ref]
		if !read || a.Verdict != nil {
			return fmt.Errorf("enter act %s: it was not read in this turn, or has its verdict", ref)
		}
		row.ActID = &ref
		seq := row.Seq
		a.Verdict = &Verdict{Entry: seq, Decided: t.now}
		t.acts[ref] = a
		if t.asked.is(ref) {
			t.writes.made = t.asked.entered(seq, t.now)
		} else {
			t.writes.verdicts = append(t.writes.verdicts, verdictRow{act: ref, entry: &seq})
		}
		t.writes.titled = cmp.Or(a.Body.Title, t.writes.titled)
		if a.Body.Contact != "" {
			t.writes.contacts = append(t.writes.contacts, contactRow{role: string(t.c.Kind.Filer()), person: personID(ref, 0), seq: seq})
		}
	default:
		if _, read := t.papers[ref]; !read {
			if row.Class == casefile.Installation {
				return nil // the installation entered it of itself, e.g. a new calendar
			}
			return fmt.Errorf("enter paper %s: it was not read in this turn", ref)
		}
		if _, entered := t.writes.papers[ref]; entered {
			return fmt.Errorf("enter paper %s: it is entered already", ref)
		}
		if t.writes.papers == nil {
			t.writes.papers = map[string]int{}
		}
		row.PaperID = &ref
		t.writes.papers[ref] = row.Seq
	}
	return nil
}

// sends are the papers for linked cases, and the cases that open with one. A paper counts as
// received at the instant of the move that sends it, not at the time of processing, so that an
// outage moves no clock there either; but never before the linked case was filed.
func (t *Turn) sends(e casefile.Entry) (sent []paperRow, opened []opening, err error) {
	for n, s := range e.Sends {
		from, err := t.copied(&s)
		if err != nil {
			return nil, nil, err
		}
		body, err := encode(s.Body)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrEntry, err)
		}
		hash, err := t.r.digest(s)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrEntry, err)
		}
		p := paperRow{
			ID: idOf("send", e.Case, fmt.Sprint(e.Seq), fmt.Sprint(n)), CaseID: s.Case, Class: casefile.Paper, Name: s.Paper,
			Sender: "house", Authority: t.c.Authority, Received: micro(e.At), Effective: s.Effective.String(),
			Body: body, Hash: hash, FromCase: e.Case, FromSeq: e.Seq, StoredAt: micro(t.db),
		}
		if from != nil && s.New == nil { // what opens a case comes from the installation: by that it knows its origin
			p.Sender, p.Officer, p.Role, p.Authority = from.Sender, from.Officer, from.Role, from.Authority
		}
		kind := casefile.Kind("")
		if s.New != nil {
			kind = s.New.Kind
			regime := t.c.Regime
			if theirs := t.pinned[s.New.Authority]; theirs != "" {
				regime = theirs
			}
			opened = append(opened, opening{
				NewCase: *s.New, subject: t.row.Subject, outward: t.row.Outward, body: s.Body, regime: regime, paper: p.ID, filed: p.Received, real: p.StoredAt,
			})
		} else {
			linked, err := t.linked(s.Case, opened)
			if err != nil {
				return nil, nil, err
			}
			kind = linked.Kind
			if p.Received.Before(linked.FiledAt) {
				p.Received = linked.FiledAt
			}
		}
		// A paper that its receiver does not know would be a fault there, in a case that did nothing.
		if spec, known := casefile.SpecOf(kind, s.Paper); !known || spec.Class != casefile.Paper {
			return nil, nil, fmt.Errorf("%w: %s %s takes no paper %s", ErrEntry, kind, s.Case, s.Paper)
		}
		sent = append(sent, p)
	}
	return sent, opened, nil
}

// copied adds to what is sent the words of the paper or act that it names, and whatever else of it the
// law has left to it: its own sender's paper is told, nil for an act or none. The words so reach the
// other case without standing in a ledger.
func (t *Turn) copied(s *casefile.Send) (*paperRow, error) {
	if s.Copy == "" {
		return nil, nil
	}
	var from *paperRow
	var body casefile.Body
	if act, read := t.acts[s.Copy]; read {
		body = act.Body
	} else {
		row, err := oneByID[paperRow](t.tx, "paper", s.Copy)
		if errors.Is(err, ErrNotFound) {
			return nil, fmt.Errorf("%w: paper %s, whose words are sent, is not here", ErrEntry, s.Copy)
		}
		if err == nil {
			err = decode(row.Body, &body)
		}
		if err != nil {
			return nil, err
		}
		from = &row
	}
	s.Copy = "" // the paper is what it says, wherever it comes from
	said, original := reflect.ValueOf(&s.Body).Elem(), reflect.ValueOf(body)
	for i := range said.NumField() {
		if said.Field(i).IsZero() {
			said.Field(i).Set(original.Field(i))
		}
	}
	return from, nil
}

// linked is the kind of a linked case and when it was filed; ErrEntry without it.
func (t *Turn) linked(id string, opened []opening) (caseRow, error) {
	for _, o := range slices.Concat(t.writes.opened, opened) {
		if o.ID == id { // by this very turn
			return caseRow{Kind: o.Kind, FiledAt: o.filed}, nil
		}
	}
	var rows []caseRow
	if err := t.tx.Select("kind, filed_at").Where("id = ?", id).Find(&rows).Error; err != nil {
		return caseRow{}, fmt.Errorf("find linked case %s: %w", id, err)
	}
	if len(rows) == 0 {
		return caseRow{}, fmt.Errorf("%w: linked case %s is not here", ErrEntry, id)
	}
	return rows[0], nil
}

// Refuse gives an act the verdict that it was refused. It leaves no entry, and a new one leaves nothing.
func (t *Turn) Refuse(id string, ref casefile.Refusal) error {
	a, read := t.acts[id]
	if !read || a.Verdict != nil {
		return fmt.Errorf("refuse act %s: it was not read in this turn, or has its verdict", id)
	}
	text, err := encode(ref)
	if err != nil {
		return err
	}
	a.Verdict = &Verdict{Refusal: &ref, Decided: t.now}
	t.acts[id] = a
	if t.asked.is(id) {
		return nil
	}
	t.writes.verdicts = append(t.writes.verdicts, verdictRow{act: id, refusal: &text})
	if a.Body.Contact != "" {
		t.writes.refused = append(t.writes.refused, personID(id, 0))
	}
	return nil
}

// closing is the instant of the move that closed the case; kept when it was closed before.
func (t *Turn) closing(closed bool) *time.Time {
	if !closed {
		return nil
	}
	if t.row.Closed && t.row.ClosedAt != nil {
		return t.row.ClosedAt
	}
	for i := len(t.writes.entries) - 1; i >= 0; i-- {
		if e := t.writes.entries[i]; e.FromState != e.ToState {
			return &e.At
		}
	}
	return &t.now
}

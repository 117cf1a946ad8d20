package demo

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// file is the complainant's filing: public, without a key.
func (d *driver) file(ctx context.Context, p *player) error {
	event := p.EventOn
	if event == "" {
		event = p.at.AddDate(0, -1, 0).Format(time.DateOnly)
	}
	a, err := d.desk.call(ctx, http.MethodPost, "/v1/complaints", login{}, "demo-"+p.Name+"-filing", body{
		"operator": "liaohai-telecom", "dispute": p.Dispute, "subject": p.Title, "eventOn": event,
		"text": "向经营者反映后未获解决，请求处理。", "complainantName": "申诉人" + p.Name, "complainantPhone": "13800000000",
	})
	if err != nil {
		return err
	}
	var r struct{ Case, Number, Pin string }
	if err := a.into(&r); err != nil {
		return err
	}
	if err := d.acknowledge(a); err != nil {
		return err
	}
	p.cases["complaint"], p.receipt, p.last = r.Case, login{receipt: r.Number, pin: r.Pin}, "filing"
	return nil
}

// do makes one paper or act of the story.
func (d *driver) do(ctx context.Context, p *player, s Step) error {
	p.last = s.On + " " + s.Do
	key := fmt.Sprintf("demo-%s-%d", p.Name, p.next)
	who := login{key: d.Keys[s.By]}
	if s.By == complainant {
		who = p.receipt
	}
	if s.Do == "filing" {
		return d.filing(ctx, p, s, who, key)
	}
	id, err := d.caseOf(ctx, p, s.On)
	if err != nil {
		return err
	}
	in, err := d.fill(ctx, p, s.With)
	if err != nil {
		return err
	}
	a, err := d.desk.call(ctx, http.MethodPost, "/v1/"+pathOf(s.On)+"/"+id+"/"+s.Do, who, key, in)
	if s.Refused != "" {
		return d.refused(p, s, a, err)
	}
	if err != nil {
		return err
	}
	return d.acknowledge(a)
}

// refused notes a step that a rule has refused as told.
func (d *driver) refused(p *player, s Step, a answer, err error) error {
	if err == nil {
		return fmt.Errorf("%s was not refused", s.Do)
	}
	var told struct{ Code, Clause, Detail string }
	if a.into(&told) != nil || told.Code != s.Refused {
		return fmt.Errorf("not refused as %s: %w", s.Refused, err)
	}
	d.refusals = append(d.refusals, Refusal{
		Story: p.Title, On: p.at, Do: s.On + " " + s.Do, Code: told.Code, Clause: told.Clause, Why: told.Detail,
	})
	return nil
}

// acknowledge remembers what the server has promised to keep.
func (d *driver) acknowledge(a answer) error {
	var r struct{ Paper, Act string }
	if err := a.into(&r); err != nil {
		return err
	}
	d.acknowledged = append(d.acknowledged, r.Paper+r.Act)
	return nil
}

// filing opens a case of the story; an appeal is against what its enforcement case decided.
func (d *driver) filing(ctx context.Context, p *player, s Step, who login, key string) error {
	in := s.With
	if s.On == "appeal" {
		contested, err := d.caseOf(ctx, p, "enforcement")
		if err != nil {
			return err
		}
		view, err := d.view(ctx, contested)
		if err != nil {
			return err
		}
		in = merge(in, body{"contestedCase": contested, "contested": view.decision()})
	}
	a, err := d.desk.call(ctx, http.MethodPost, "/v1/"+pathOf(s.On), who, key, in)
	if err != nil {
		return err
	}
	var r struct{ Case string }
	if err := a.into(&r); err != nil {
		return err
	}
	p.cases[s.On] = r.Case
	return d.acknowledge(a)
}

func pathOf(alias string) string {
	switch alias {
	case "transferred":
		return "complaints"
	case "re-inspection":
		return "inspections"
	}
	return alias + "s"
}

// caseOf finds the case behind an alias: linked cases are found through the first.
func (d *driver) caseOf(ctx context.Context, p *player, alias string) (string, error) {
	if id := p.cases[alias]; id != "" {
		return id, nil
	}
	view, err := d.view(ctx, cmp.Or(p.cases["complaint"], p.cases["inspection"]))
	if err != nil {
		return "", err
	}
	for _, l := range view.Links {
		if l.As == alias || l.As == "transferred-to" && alias == "transferred" {
			p.cases[alias] = l.Case
			return l.Case, nil
		}
	}
	return "", fmt.Errorf("the first case has no %s case", alias)
}

// view is what the driver reads of a case file.
type view struct {
	ID, Number, Kind, State string
	Regime                  string // hash
	Seq                     int
	Closed, Stuck           bool
	Filed                   time.Time
	Links                   []struct{ Case, Kind, As string }
	Made                    []struct {
		Entry int
		What  string
	}
	Fines      []struct{ Owed int64 }
	Inspection struct {
		Items []struct{ Requirement string }
	}
}

func (v view) items() []string {
	var all []string
	for _, i := range v.Inspection.Items {
		all = append(all, i.Requirement)
	}
	return all
}

func (v view) decision() int {
	entry := 0
	for _, m := range v.Made {
		if m.What == "decision" {
			entry = m.Entry
		}
	}
	return entry
}

func (d *driver) view(ctx context.Context, id string) (view, error) {
	a, err := d.desk.call(ctx, http.MethodGet, "/v1/cases/"+id, login{key: d.Keys["admin"]}, "", nil)
	if err != nil {
		return view{}, err
	}
	var v view
	return v, a.into(&v)
}

// fill puts what only the run knows into a body: {officer}, {today}, {today-8}, {owed}, {decision}.
func (d *driver) fill(ctx context.Context, p *player, with body) (body, error) {
	out := body{}
	for name, v := range with {
		filled, err := d.value(ctx, p, v)
		if err != nil {
			return nil, fmt.Errorf("fill %s: %w", name, err)
		}
		out[name] = filled
	}
	return out, nil
}

func (d *driver) value(ctx context.Context, p *player, v any) (any, error) {
	if list, ok := v.([]string); ok {
		var all []any
		for _, s := range list {
			one, err := d.value(ctx, p, s)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
		return all, nil
	}
	s, ok := v.(string)
	if !ok || !strings.HasPrefix(s, "{") {
		return v, nil
	}
	word := strings.Trim(s, "{}")
	if back, ok := strings.CutPrefix(word, "today"); ok {
		days, err := strconv.Atoi(cmp.Or(back, "0"))
		return p.at.AddDate(0, 0, days).Format(time.DateOnly), err
	}
	if word != "owed" && word != "decision" {
		return person(word), nil
	}
	id, err := d.caseOf(ctx, p, "enforcement")
	if err != nil {
		return nil, err
	}
	got, err := d.view(ctx, id)
	if err != nil {
		return nil, err
	}
	if word == "decision" {
		return got.decision(), nil
	}
	if len(got.Fines) == 0 {
		return nil, fmt.Errorf("the case has no fine")
	}
	return got.Fines[len(got.Fines)-1].Owed, nil
}

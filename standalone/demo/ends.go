package demo

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// CaseEnd is how one case of the demo ended.
type CaseEnd struct {
	ID, Number, Kind, Story, Outcome string
	Closed, Stuck, AsTold            bool
	Days, Entries                    int
	Ledger                           []Line
}

// Line is one entry of a ledger as the timeline prints it.
type Line struct {
	Seq   int       `json:"seq"`
	Class string    `json:"class"`
	Move  string    `json:"move"`
	Ref   string    `json:"ref"`
	At    time.Time `json:"at"`
	From  string    `json:"from"`
	To    string    `json:"to"`
	By    struct {
		Officer string `json:"officer"`
		Sender  string `json:"sender"`
	} `json:"by"`
	Cites    []string `json:"cites"`
	None     string   `json:"none"`
	Corrects []int    `json:"corrects"`
	Armed    []struct {
		Name string `json:"name"`
		Day  string `json:"day"`
		Cite string `json:"cite"`
	} `json:"armed"`
}

func (d *driver) ends(ctx context.Context) ([]CaseEnd, error) {
	var all []CaseEnd
	for _, p := range d.players {
		for _, alias := range []string{"complaint", "transferred", "inspection", "re-inspection", "enforcement", "appeal"} {
			id := p.cases[alias]
			if id == "" {
				continue
			}
			v, err := d.view(ctx, id)
			if err != nil {
				return nil, err
			}
			lines, err := d.ledger(ctx, id)
			if err != nil {
				return nil, err
			}
			end := CaseEnd{
				ID: id, Number: v.Number, Kind: v.Kind, Story: p.Title, Outcome: v.State, Closed: v.Closed, Stuck: v.Stuck,
				AsTold: v.State == p.Ends[alias], Entries: v.Seq, Ledger: lines,
			}
			if alias == "re-inspection" {
				end.AsTold = end.AsTold && slices.Equal(v.items(), p.Items)
			}
			if n := len(lines); n > 0 {
				end.Days = int(lines[n-1].At.Sub(v.Filed).Hours() / 24)
			}
			all = append(all, end)
		}
	}
	return all, nil
}

func (d *driver) ledger(ctx context.Context, id string) ([]Line, error) {
	var all []Line
	after := 0
	for {
		a, err := d.desk.call(ctx, http.MethodGet, fmt.Sprintf("/v1/cases/%s/ledger?after=%d", id, after), login{key: d.Keys["admin"]}, "", nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Items []Line
			Next  int
		}
		if err := a.into(&page); err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if page.Next == 0 {
			return all, nil
		}
		after = page.Next
	}
}

// Told renders a ledger without anything that may differ between two lawful runs: what is left
// must be the same with and without kills.
func (e CaseEnd) Told() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s\n", e.Kind, e.Story, e.Outcome)
	for _, l := range e.Ledger {
		fmt.Fprintf(&b, "%d %s %s %s %s→%s %s %v", l.Seq, l.At.UTC().Format(time.RFC3339), l.Class, l.Move, l.From, l.To, l.None, l.Corrects)
		for _, a := range l.Armed {
			fmt.Fprintf(&b, " %s=%s", a.Name, a.Day)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Refs are the papers and acts that stand in the ledger.
func (e CaseEnd) Refs() []string {
	var refs []string
	for _, l := range e.Ledger {
		refs = append(refs, l.Ref)
	}
	return refs
}

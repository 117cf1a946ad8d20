package office

import (
	"context"

	"golang.org/x/sync/errgroup"

	"duban/access"
	"duban/law/casefile"
	"duban/register"
)

// MostAssigned is how many cases one request gives to an officer.
const MostAssigned = 200

// Assignment gives cases to an officer: those that it names, or those that another has.
type Assignment struct {
	Key     string // the Idempotency-Key
	Officer string

	Cases []string // their ids, at most MostAssigned; none: From's
	From  string   // the officer whose open cases are handed over, as far as the caller may list them
	After string   // AssignedPage.Next of the page before
}

// Assigned is what became of one case: each is an act of its own.
type Assigned struct {
	Case string
	Row  Case  // zero where the case is not there, or not for this caller
	Seq  int   // of the entry
	Err  error // why it was not given, as Act says it; nil: it was
}

// AssignedPage is a page of cases that were asked for, in their order.
type AssignedPage struct {
	Items []Assigned
	Next  string // where the next of From's cases begin; empty: these were the last
}

// assigningAtOnce is how many acts of one request run together.
const assigningAtOnce = 8

// Assign gives cases to an officer, each by the act assign, and tells of each what became of it: that one
// is refused keeps no other from being given. The same key again asks each act again.
func (o *Office) Assign(ctx context.Context, who access.Who, a Assignment) (AssignedPage, error) {
	if err := access.Ever(who, access.ActInCase); err != nil {
		return AssignedPage{}, err
	}
	if a.From != "" {
		return o.handOver(ctx, who, a)
	}
	return AssignedPage{Items: o.assign(ctx, who, a, a.Cases)}, nil
}

// handOver gives a page of an officer's open cases to another.
func (o *Office) handOver(ctx context.Context, who access.Who, a Assignment) (AssignedPage, error) {
	open := false
	f := CaseFilter{Officer: a.From, Closed: &open, Sort: register.Newest, Cursor: a.After, Limit: MostAssigned}
	var ok bool
	var err error
	if f.Authorities, ok, err = o.narrowed(ctx, access.ScopeOf(who, access.ListCases), ""); err != nil || !ok {
		return AssignedPage{}, err
	}
	page, err := o.register.Cases(ctx, f)
	if err != nil {
		return AssignedPage{}, err
	}
	ids := make([]string, len(page.Cases))
	for i, row := range page.Cases {
		ids[i] = row.ID
	}
	return AssignedPage{Items: o.assign(ctx, who, a, ids), Next: page.Next}, nil
}

func (o *Office) assign(ctx context.Context, who access.Who, a Assignment, cases []string) []Assigned {
	out := make([]Assigned, len(cases))
	var all errgroup.Group
	all.SetLimit(assigningAtOnce)
	for i, id := range cases {
		all.Go(func() error {
			out[i] = o.assignOne(ctx, who, a, id)
			return nil // what is wrong with one is told with it
		})
	}
	_ = all.Wait()
	return out
}

func (o *Office) assignOne(ctx context.Context, who access.Who, a Assignment, id string) Assigned {
	out := Assigned{Case: id}
	row, _, err := o.docket.Find(ctx, who, access.ActInCase, id, "")
	if err != nil {
		out.Err = err
		return out
	}
	out.Row = row
	done, err := o.Act(ctx, who, Act{
		Key: "assign/" + a.Key + "/" + id, Case: id, Kind: row.Kind, Name: "assign", Body: casefile.Body{Officer: a.Officer},
	})
	out.Seq, out.Err = done.Entry.Seq, err
	return out
}

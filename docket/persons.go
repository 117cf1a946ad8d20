package docket

import (
	"context"
	"fmt"
	"time"

	"duban/access"
	"duban/law/casefile"
	"duban/register"
)

// Person is a party of a case as the caller may know it: Contact only for those who handle the case.
type Person struct {
	Role    string `json:"role"`
	Name    string `json:"name"`
	Phone   string `json:"phone,omitempty"`
	Email   string `json:"email,omitempty"`
	Address string `json:"address,omitempty"`
}

// Opening is that somebody opened personal data of a case.
type Opening struct {
	At        time.Time `json:"at"`
	Officer   string    `json:"officer"`
	Authority string    `json:"authority"`
	Purpose   string    `json:"purpose"`
	What      string    `json:"what"`
}

// handling is the purpose of those who handle a case, which they need not state.
const handling = "handling"

// handles tells whether somebody has to do with a case now: to whom it is assigned, anybody of its authority
// while it is assigned to nobody, and whoever reviews or decides there.
func handles(who access.Who, row register.CaseRow) bool {
	if who.Kind != access.Officer || who.Authority != row.Authority {
		return false
	}
	return row.Officer == "" || row.Officer == who.ID || who.Role == casefile.RoleHead || who.Role == casefile.RoleReviewer
}

// Persons are the parties of a case that Find has given. Who handles it sees how they are reached; a colleague
// who states a purpose sees their names. Each opening is kept before anything is shown.
func (d *Docket) Persons(ctx context.Context, who access.Who, row register.CaseRow, purpose string) ([]Person, error) {
	own := handles(who, row)
	if own && purpose == "" {
		purpose = handling
	}
	if purpose == "" {
		return nil, fmt.Errorf("persons of case %s: %w", row.ID, ErrPurpose)
	}
	what := "names"
	if own {
		what = "contact"
	}
	all, err := d.register.OpenPersons(ctx, register.Read{Officer: who.ID, Authority: who.Authority, Case: row.ID, Purpose: purpose, What: what})
	out := make([]Person, len(all))
	for i, p := range all {
		out[i] = Person{Role: p.Role, Name: p.Person.Name}
		if own {
			out[i].Phone, out[i].Email, out[i].Address = p.Person.Phone, p.Person.Email, p.Person.Address
		}
	}
	return out, err
}

// Openings lists who opened personal data of a case, and the serial behind which the next page begins; 0: this
// is the last.
func (d *Docket) Openings(ctx context.Context, row register.CaseRow, after int64, limit int) ([]Opening, int64, error) {
	all, err := d.register.Reads(ctx, row.ID, "", after, limit)
	out, next := make([]Opening, len(all)), int64(0)
	for i, o := range all {
		out[i] = Opening{At: o.At, Officer: o.Officer, Authority: o.Authority, Purpose: o.Purpose, What: o.What}
	}
	if len(all) == limit {
		next = all[limit-1].Serial
	}
	return out, next, err
}

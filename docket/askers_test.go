package docket_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"duban/access"
	"duban/law/casefile"
	"duban/register"
)

// What a case is to somebody. Only from sees on there is anything in it for him.
const (
	sees   = "sees"
	hidden = "hidden" // there is no such case
	never  = "never"  // whatever case it is
	noKey  = "no key"
)

// asker is somebody who asks about a case, and what it is to him: said by hand, from the law, and not asked
// of access.
type asker struct {
	name  string
	who   access.Who
	about string // which of the cases: told, untold, free (nobody has it), other applicant
	sees  string
	words bool // staff: reads what everybody has written
}

// The cases that are asked about, all of one kind in one state.
const (
	told           = "told"            // li has it, its operator may know of it
	untold         = "untold"          // likewise, and may not
	free           = "free"            // nobody has it
	otherApplicant = "other applicant" // an appeal of somebody else than the operator
)

func officerOf(authority, id string, role casefile.Role) access.Who {
	return access.Who{Kind: access.Officer, ID: id, Authority: authority, Role: role}
}

// askers are everybody. Receipts are those of the cases in held, by what they are called above.
func askers(held map[string]register.Receipt, strange register.Receipt) []asker {
	staff := func(name, authority, id string, role casefile.Role, about, what string) asker {
		return asker{name, officerOf(authority, id, role), about, what, what == sees}
	}
	holder := func(r register.Receipt, went ...string) access.Who {
		return access.Who{Kind: access.Receipt, Case: r.Case, Went: went}
	}
	of := func(id string) access.Who { return access.Who{Kind: access.Operator, ID: id} }
	return []asker{
		staff("officer who has it", bureau, "li", casefile.RoleOfficer, told, sees),
		staff("officer who has it, untold", bureau, "li", casefile.RoleOfficer, untold, sees),
		staff("officer, nobody has it", bureau, "wang", casefile.RoleOfficer, free, sees),
		staff("another officer", bureau, "wang", casefile.RoleOfficer, told, sees),
		staff("reviewer", bureau, "zhao", casefile.RoleReviewer, told, sees),
		staff("head", bureau, "qian", casefile.RoleHead, told, sees),
		staff("officer above", ministry, "zhou", casefile.RoleOfficer, told, sees),
		staff("reviewer above", ministry, "zheng", casefile.RoleReviewer, told, sees),
		staff("head above", ministry, "wu", casefile.RoleHead, told, sees),
		staff("officer below", city, "feng", casefile.RoleOfficer, told, hidden),
		staff("reviewer below", city, "chen", casefile.RoleReviewer, told, hidden),
		staff("head below", city, "chu", casefile.RoleHead, told, hidden),
		staff("officer beside", neighbour, "wei", casefile.RoleOfficer, told, hidden),
		staff("reviewer beside", neighbour, "jiang", casefile.RoleReviewer, told, hidden),
		staff("head beside", neighbour, "shen", casefile.RoleHead, told, hidden),
		{"administrator", access.Who{Kind: access.Admin, ID: "root"}, told, sees, false},
		{"import", access.Who{Kind: access.Import, ID: "old system", Authority: bureau}, told, never, false},
		{"operator, told", of(telco), told, sees, false},
		{"operator, not yet told", of(telco), untold, hidden, false},
		{"operator, another applicant's", of(telco), otherApplicant, sees, false},
		{"another operator", of(otherTelco), told, hidden, false},
		{"receipt", holder(held[told]), told, sees, false},
		{"receipt, operator not told", holder(held[untold]), untold, sees, false},
		{"receipt of where it came from", holder(strange, held[told].Case), told, sees, false},
		{"receipt of another case", holder(strange), told, hidden, false},
		{"public", access.Who{}, told, noKey, false},
	}
}

// seen is what access says of a case to somebody, in the words above.
func seen(t testing.TB, err error) string {
	t.Helper()
	switch {
	case err == nil:
		return sees
	case errors.Is(err, access.ErrHidden):
		return hidden
	case errors.Is(err, access.ErrNever):
		return never
	case errors.Is(err, access.ErrNoKey):
		return noKey
	}
	require.NoError(t, err)
	return ""
}

// parts are those that somebody has in a case of that kind: an operator that contests its own penalty is the
// applicant too.
func (a asker) parts(k casefile.Kind) []casefile.Reader {
	switch {
	case a.sees != sees:
		return nil
	case a.who.Kind == access.Operator && k == casefile.Appeal && a.about != otherApplicant:
		return []casefile.Reader{casefile.ReaderOperator, casefile.ReaderApplicant}
	case a.who.Kind == access.Operator:
		return []casefile.Reader{casefile.ReaderOperator}
	case a.who.Kind == access.Receipt && k == casefile.Complaint:
		return []casefile.Reader{casefile.ReaderComplainant}
	case a.who.Kind == access.Receipt && k == casefile.Appeal:
		return []casefile.Reader{casefile.ReaderApplicant}
	}
	return nil
}

// mayEver tells whether there can be a state in which the move is open to somebody: for staff of the
// authority by the roles of the catalogue, for the others by its senders.
func (a asker) mayEver(s casefile.Spec) bool {
	home := a.words && a.who.Authority == bureau
	switch {
	case s.Class == casefile.Paper && home:
		return !s.Inside
	case s.Class == casefile.Paper:
		return !s.Inside && slices.ContainsFunc(a.parts(s.Kind), func(p casefile.Reader) bool { return slices.Contains(s.Senders, string(p)) })
	case !slices.Contains(s.Roles, a.who.Role):
		return false
	case !home: // penalties 43: whether a head is taken out is the superior's
		return s.Name == "decide-recusal" && a.who.Authority == ministry
	}
	return a.name != "another officer" || s.Anyone
}

func names(all []asker) string {
	var out []string
	for _, a := range all {
		out = append(out, a.name)
	}
	return strings.Join(out, "; ")
}

package access

import "duban/law/casefile"

// Kind is what sort of caller asks.
type Kind string

// The kinds of callers. The zero Kind is the public.
const (
	Public   Kind = ""
	Receipt  Kind = "party" // who shows a receipt's number and pin
	Operator Kind = "operator"
	Officer  Kind = "officer"
	Admin    Kind = "admin"
	Import   Kind = "import" // a program that brings in what another system held
)

// Who is the one that asks, as he was found to be at this request. Its zero value is the public.
type Who struct {
	Kind      Kind
	ID        string        // officer's or operator's id, or the name of a program
	Authority string        // officers, imports: theirs
	Role      casefile.Role // officers
	Case      string        // receipts: the one case that it is for
	Went      []string      // receipts: the cases to which that one was transferred
	Address   string        // the network address that the request came from
}

// Owner is whose Idempotency-Keys the caller's are.
func (w Who) Owner() string {
	switch w.Kind {
	case Public:
		return "public"
	case Receipt:
		return "receipt/" + w.Case
	}
	return string(w.Kind) + "/" + w.ID
}

// Actor is how the caller's acts are signed.
func (w Who) Actor() casefile.Actor {
	if w.Outside() {
		return casefile.Actor{}
	}
	return casefile.Actor{Officer: w.ID, Role: w.Role, Authority: w.Authority}
}

// Outside tells whether the caller is neither staff nor administrator: he reads what was done to him or by
// him, not how the authority prepared it (penalties 50).
func (w Who) Outside() bool { return w.Kind != Officer && w.Kind != Admin }

// cases are those of a receipt: its own, and where that one went.
func (w Who) cases() []string {
	if w.Case == "" {
		return nil
	}
	return append([]string{w.Case}, w.Went...)
}

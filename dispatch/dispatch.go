package dispatch

import (
	"context"
	"errors"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Notice is one document to one recipient, as the outbox holds it.
type Notice struct {
	ID       string        // of the notice: the same for every attempt
	Number   string        // of the case, as its parties know it
	Duty     casefile.Text // in place of a case: the operator's duty, by its title
	Document string        // code of the document, as casefile names it
	To       string        // the recipient's part in the case: complainant, operator, officer, …
	Name     string        // of the recipient; may be empty
	Email    string        // empty: there is no address to send to
	Lang     string        // zh… is Chinese, anything else English
	Cite     string        // the clause it rests on, as law:article; may be empty
	Due      calendar.Day  // the day that the document tells its reader, if any
}

// Notifier sends notices. Send returns nil once the notice is out of our hands; an error that is
// ErrPermanent when no further attempt can succeed; any other error when a later one may.
// Errors carry no personal data. It is safe for use by many goroutines.
type Notifier interface {
	Send(ctx context.Context, n Notice) error
}

// ErrPermanent marks the failure of a notice that will never reach its address.
var ErrPermanent = errors.New("the notice can't be delivered")

// ByAddress sends a notice through Mail when there is an address, else through Other: then the
// document is collected from the tracking page.
type ByAddress struct {
	Mail  Notifier
	Other Notifier
}

// Send chooses by the notice's address.
func (b ByAddress) Send(ctx context.Context, n Notice) error {
	if n.Email == "" {
		return b.Other.Send(ctx, n)
	}
	return b.Mail.Send(ctx, n)
}

package casefile

import (
	"fmt"

	"duban/law/calendar"
)

// Fen is money of the People's Republic in whole fen (1/100 yuan). Currency is always CNY.
type Fen int64

// Yuan writes the amount in yuan with two decimals, as "500.00".
func (f Fen) Yuan() string { return fmt.Sprintf("%d.%02d", f/100, f%100) }

// Currency of every amount in the installation.
const Currency = "CNY"

// Fine is the money of one penalty decision. Its surcharge is computed from dates, never
// accumulated (lifecycles §5).
//
// Illegal income that a decision confiscates is owed in the same way: 15 days, paid, refunded. It
// is never raised (penalties 72 speaks of fines) and is no second fine.
type Fine struct {
	Decision    int          `json:"decision"`           // entry of the decision
	What        string       `json:"what,omitempty"`     // confiscation; empty: a fine
	Announced   Fen          `json:"announced"`          // as decided
	Amount      Fen          `json:"amount"`             // as it stands now; a change on appeal counts from the beginning
	PerMille    int64        `json:"perMille,omitempty"` // announced rate of the surcharge; 0: none announced, none runs
	Due         calendar.Day `json:"due,omitzero"`       // last day to pay; zero until the decision is served
	Payments    []Payment    `json:"payments,omitempty"`
	Frozen      []Span       `json:"frozen,omitempty"` // days of the penalised party's appeals over this fine
	Refunds     []Refund     `json:"refunds,omitempty"`
	Annulled    bool         `json:"annulled,omitempty"`
	WrittenOff  Fen          `json:"writtenOff,omitempty"`
	WriteOffs   []Payment    `json:"writeOffs,omitempty"`   // what WrittenOff is made of; Paper is the act
	CollectedBy string       `json:"collectedBy,omitempty"` // the reconsideration body after it varied the fine (reconsideration 78)
}

// Payment is money that arrived; Day is the bank's date, which the law counts (penalties 67).
type Payment struct {
	Paper  string       `json:"paper"`
	Day    calendar.Day `json:"day"`
	Amount Fen          `json:"amount"`
	Slip   string       `json:"slip,omitempty"` // the bank's number of the slip, as it was given
}

// Span is a run of days, both ends included; a zero To is still open.
type Span struct {
	From    calendar.Day `json:"from"`
	To      calendar.Day `json:"to,omitzero"`
	Contest int          `json:"contest"`      // where the contest that froze it stood; of a span without By it alone names it
	By      int          `json:"by,omitempty"` // entry that noted the contest (Contest.Entry)
}

// Refund goes due → treasury → paid, an entry each.
type Refund struct {
	Amount   Fen `json:"amount"`
	Interest Fen `json:"interest,omitempty"`
	Due      int `json:"due"`                // entry
	Treasury int `json:"treasury,omitempty"` // entry
	Paid     int `json:"paid,omitempty"`     // entry
}

func (f Fine) kind() string {
	if f.What == "" {
		return FineKind
	}
	return f.What
}

func (s Span) holds(d calendar.Day) bool {
	return !d.Before(s.From) && (s.To.IsZero() || !d.After(s.To))
}

// Paid is what had arrived by the end of day on (all of it when on is zero).
func (f Fine) Paid(on calendar.Day) Fen {
	var sum Fen
	for _, p := range f.Payments {
		if on.IsZero() || !p.Day.After(on) {
			sum += p.Amount
		}
	}
	return sum
}

// principalLeft is the part of the fine that neither payment nor write-off had covered by the end
// of day on; money goes to the principal first.
func (f Fine) principalLeft(on calendar.Day) Fen {
	left := f.Amount - f.Paid(on)
	for _, w := range f.WriteOffs {
		if !w.Day.After(on) {
			left -= w.Amount
		}
	}
	return max(0, left)
}

// SurchargeOn is the surcharge run up by the end of day on: each full period after Due at the
// announced rate of the base, less frozen days, up to the cap (penalties 72, 73: each day, the fine
// itself). The day of payment itself still counts; it stops with the day after the principal was
// covered.
func (f Fine) SurchargeOn(on calendar.Day, rule Surcharge) Fen {
	if f.PerMille == 0 || f.Due.IsZero() || f.Annulled {
		return 0
	}
	most := f.Amount * Fen(rule.Cap) / 1000
	var permille Fen // sum of base × ‰, in thousandths of a fen
	var late int64   // days that count
	for d := f.Due.AddDays(1); !d.After(on); d = d.AddDays(1) {
		unpaid := f.principalLeft(d.AddDays(-1))
		if unpaid == 0 {
			break
		}
		if f.frozenOn(d) {
			continue
		}
		if late++; late%rule.Every != 0 {
			continue
		}
		base := f.Amount
		if rule.Base == "unpaid" {
			base = unpaid
		}
		permille += base * Fen(f.PerMille)
		if permille/1000 >= most {
			return most
		}
	}
	return permille / 1000
}

func (f Fine) frozenOn(d calendar.Day) bool {
	for _, s := range f.Frozen {
		if s.holds(d) {
			return true
		}
	}
	return false
}

// Owed is what is still to be paid at the end of day on: principal and surcharge, less payments
// and what was written off. Negative: that much was paid too much. A write-off only forgives: it
// never makes money come back that nobody paid.
func (f Fine) Owed(on calendar.Day, rule Surcharge) Fen {
	if f.Annulled {
		return -f.kept(on)
	}
	owed := f.Amount + f.SurchargeOn(on, rule) - f.kept(on)
	if owed > 0 {
		owed = max(0, owed-f.WrittenOff)
	}
	return owed
}

// kept is payments less what was refunded, or is to be.
func (f Fine) kept(on calendar.Day) Fen {
	sum := f.Paid(on)
	for _, r := range f.Refunds {
		sum -= r.Amount
	}
	return sum
}

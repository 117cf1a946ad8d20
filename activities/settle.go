package activities

import (
	"time"
)

// SettleActivity is the name under which workflows call Settle.
const SettleActivity = "Settle"

// SettleInput names the case and, for an act, the row of acts that holds it. Nothing else of a
// case travels through Temporal.
type SettleInput struct {
	Case string `json:"case"`
	Act  string `json:"act,omitempty"`
}

// SettleResult is all that the workflow learns.
type SettleResult struct {
	Seq    int           `json:"seq"`
	Entry  int           `json:"entry,omitempty"` // seq of the act's own entry; 0: refused, not made, or no act was asked for
	Lost   bool          `json:"lost,omitempty"`  // the register has no such act: it lost a second of its memory, or never had it
	Closed bool          `json:"closed,omitempty"`
	Wake   time.Time     `json:"wake,omitzero"`    // legal instant of the next due deadline; zero: none
	WakeIn time.Duration `json:"wakeIn,omitempty"` // real time until then; 0 with Wake set: no timer helps, a look will come
	More   bool          `json:"more,omitempty"`   // moves are left, and the act has not been made: call again
	Stuck  bool          `json:"stuck,omitempty"`  // a move of this case keeps failing; it waits for a look
}

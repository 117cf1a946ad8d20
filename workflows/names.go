package workflows

import (
	"time"

	"duban/law/casefile"
)

// TaskQueue is where case workflows are polled.
const TaskQueue = "cases"

// The messages of a case workflow. All signals but acted mean look; their names and ids are for the human
// who reads the history.
const (
	PaperSignal  = "paper"  // a paper was put into the inbox
	AppealSignal = "appeal" // the news of an appeal was
	LookSignal   = "look"   // something is due
	ActedSignal  = "acted"  // acts were entered: where the case stands
	ActUpdate    = "act"    // an act waits in its row; sent by no program since acts are settled where they are asked for
)

var signals = []string{PaperSignal, AppealSignal, LookSignal}

// CaseInput is the whole input of a case workflow.
type CaseInput struct {
	Case string `json:"case"`
	Loop int    `json:"loop,omitempty"` // the loop that the run began under, so that a history replays as it was made
}

// The loops there have been since the first, which is 0.
const (
	calmLoop = 1 // keeps a timer that wakes too early instead of winding it up anew at each act

	loop = calmLoop // of every new run
)

func input(id string) CaseInput { return CaseInput{Case: id, Loop: loop} }

// CaseResult says where the ledger stood when the workflow ended.
type CaseResult struct {
	Seq int `json:"seq"`
}

// LookInput is what a signal carries: the paper's id, where there is one.
type LookInput struct {
	Paper string `json:"paper,omitempty"`
}

// ActedInput is where a case stands after an act, so that its workflow need not ask the register.
type ActedInput struct {
	Seq    int            `json:"seq"`
	State  casefile.State `json:"state"` // for who reads the history
	Closed bool           `json:"closed,omitempty"`
	Wake   time.Time      `json:"wake,omitzero"`    // legal instant of the next due deadline; zero: none
	WakeIn time.Duration  `json:"wakeIn,omitempty"` // real time until then, as the message left; 0 with Wake set: no timer helps
}

// ActInput names the row of acts.
type ActInput struct {
	Act string `json:"act"`
}

// ActResult says where an act that was entered stands in the ledger. Any other verdict is read
// from the act's row.
type ActResult struct {
	Entry  int  `json:"entry,omitempty"`
	Unmade bool `json:"unmade,omitempty"` // no verdict: the case is stuck, its register was away too long, or the act is not there
}

// ID is the workflow id of a case.
func ID(kind casefile.Kind, id string) string { return string(kind) + "/" + id }

// The pauses between tries when the register can't be reached.
const (
	firstPause = time.Second
	lastPause  = time.Minute
)

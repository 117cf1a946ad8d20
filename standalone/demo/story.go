// Package demo plays a cast of complaints through the HTTP API, on a clock that it steps itself:
// the whole life of a case, from the paper to the appeal, in two minutes.
package demo

// Story is one complaint and what becomes of it, told in legal days.
type Story struct {
	Name    string // also the seed of its idempotency keys
	Title   string
	Dispute string
	EventOn string // day of the event; empty: a month before the start
	Steps   []Step
	Ends    map[string]string // case alias → closed state in which it must end
	Items   []string          // requirements with which a re-inspection must open, no others
}

// Step is one paper or act, some legal days after the step before it.
type Step struct {
	After int            // days since the step before
	By    string         // a name of the cast
	On    string         // which case: complaint, enforcement, appeal, transferred, inspection, re-inspection
	Do    string         // the paper or act
	With  map[string]any // body

	Refused string // code of the refusal that the step must meet; empty: it must go through
}

type body = map[string]any

// The people of the cast, as steps name them.
const (
	officer     = "officer"     // handles, investigates
	second      = "second"      // the other investigator
	head        = "head"        // decides
	reviewer    = "reviewer"    // legal review
	operator    = "operator"    // answers and pays
	complainant = "complainant" // acts by receipt number and pin
	ministry    = "ministry"    // officer of the reconsideration body
	minister    = "minister"    // its head
	neighbour   = "neighbour"   // officer of the other province
	nobody      = ""            // asks without a key
)

func act(after int, by, on, do string, with body) Step {
	return Step{After: after, By: by, On: on, Do: do, With: with}
}

func reasons(text string) body { return body{"reasons": text} }

func text(s string) body { return body{"text": s} }

// merge puts several bodies into one.
func merge(all ...body) body {
	out := body{}
	for _, b := range all {
		for k, v := range b {
			out[k] = v
		}
	}
	return out
}

// then joins runs of steps.
func then(runs ...[]Step) []Step {
	var all []Step
	for _, r := range runs {
		all = append(all, r...)
	}
	return all
}

// Package worker runs what carries the cases: the Temporal worker with its workflows and the
// Settle activity, and beside it the relay, whose sweep is the guarantee that nothing waits for
// ever.
//
// It imports workflows, activities, the register and dispatch. Called by command and standalone.
package worker

// Package workflows carries cases through time. A workflow holds no truth: its input is a case
// id; it waits for papers, acts and deadlines, has the register settle what is there, and ends
// when the case is closed. One loop (carry.go) serves all kinds.
//
// It imports activities for their names and for what they take and give, and the Temporal SDK.
// Called by worker, which registers the loop, and by command and standalone, which hand its Desk
// to the doors.
package workflows

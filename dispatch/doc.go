// Package dispatch sends what must leave the installation (发文). A notice is sent at least once; its id
// is the message's id, so that who receives it twice can tell.
//
// It imports casefile and calendar; no register. Called by worker, whose relay reads the outbox,
// and set up by command and standalone.
package dispatch

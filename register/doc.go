// Package register is the register of the installation: it decides what is true. It holds every case as
// a ledger of entries, with the inbox, the acts, the deadlines and the outbox beside it, on
// PostgreSQL or SQLite.
//
// Its three promises: nothing is lost, nothing happens twice, nothing happens early. They rest on
// unique keys and on one transaction per step, never on "check, then insert".
//
// It imports what it stores (casefile, draw, plans, duties, calendar) and gorm; no regulation, no
// Temporal, no HTTP. Called by activities, the relay of worker, office and the command line.
package register

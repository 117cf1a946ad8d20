// Package activities holds Settle, the one transaction that moves a case: it merges the papers
// that wait with the deadlines that are due, has casefile decide each, makes the act it was
// called for, and leaves the ledger, the deadlines, the outbox and the verdict behind.
//
// It imports the register and the law, and no Temporal. Called by workflows, which runs it as a
// local activity, and by worker, which hands it what it needs.
package activities

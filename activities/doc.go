// Package activities holds Settle, the one transaction that moves a case: it merges the papers
// that wait with the deadlines that are due, has casefile decide each, makes the act it was
// called for, and leaves the ledger, the deadlines, the outbox and the verdict behind. The Asker
// tells the law what it asks about the world.
//
// It imports the register and the law, and no Temporal. Called by workflows, which runs Settle as a
// local activity, by worker, which hands it what it needs, and by office, whose preview has the
// same asker.
package activities

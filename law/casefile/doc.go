// Package casefile is the law of a case: which moves each kind of case allows in which state,
// what follows from them, and by when. Values in, values out: no clock, no database, no network;
// it imports calendar and checklist alone. Called by activities (Settle decides, the asker tells
// facts), by office (is an act hopeless), by the register (fold and verify), by regimes (a text is
// one of its values), and by whoever reads the catalogue: api, api/contract, dispatch.
//
// The tables decide what comes next; how long, how much and on whose authority is read from the
// pinned regime. The groups of files:
//
//	case_        the stored value: kind, state, file, links, how long it is kept
//	decide       a move is made: decide, making (its state), table (state → move → cell), patch (diff and fold), installation (papers of the installation itself), prospects (what is possible for somebody now)
//	correct      facts that were entered wrongly are put right
//	move, body   what moves a case and what it says; catalogue: every paper and act, its fields, roles, senders; catalogue_readers: who reads the words of each; chart: the tables drawn
//	names        the names that are stored as strings: of deadlines, readers, documents, reasons of clearing
//	facts_       what the law is told of the world: who asks, and the cards of officers
//	law_         the pinned regime as the law reads it; publication.go and contest_route.go hold their sections
//	deadline_    the clocks: their catalogue, counting, lapse, extension, service, restoration
//	complaint_   complaints: intake, the operator's reply, mediation, answer, joint complaints
//	enforcement_ orders, penalties, hearings, sanctions and measures, mending of one's own acts
//	money_       fines and confiscation: what is owed, paid, late, refunded; payments reported or in doubt
//	contest_     reconsideration and suit against our acts: windows, stays, outcomes, routes
//	appeal       reconsideration from the side of the body that decides it
//	inspection_  visits, findings, the checklist, the report and what follows
//	publication_ what is published of a result or a decision, and until when
package casefile

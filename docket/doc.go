// Package docket shows a case as one reader may see it: head, ledger, deadlines with why, papers,
// money, links, the checklist of an inspection. What a reader may not know of is not there. It asks
// access who may, reads the register, and may import the law below it; office stands on it, and the
// doors write what it shows without looking into it.
package docket

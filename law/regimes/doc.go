// Package regimes holds regulations and holiday tables as data: YAML documents that are built in,
// strict, dated, hashed and cited.
//
// A main regulation and the general laws it stands on make one casefile.Regime for each run of
// days on which the same rules hold. Its text goes into the register by its hash when a case
// first pins it, and Parse reads it from there for as long as the case lives.
//
// It imports casefile and calendar, and reads YAML. Called by office and activities, which pin a
// text and read a pinned one, by standards for its clauses, and by the command line.
package regimes

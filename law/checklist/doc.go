// Package checklist is what an inspector goes through, line by line: how each requirement of a
// standard is judged, and what the judged lines come to. Values in, values out; numbers are exact.
//
// It imports the standard library alone. Called by casefile, which keeps the list of an
// inspection, by standards, which makes one of a text, and by the doors, which show it.
package checklist

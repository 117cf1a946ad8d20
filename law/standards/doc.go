// Package standards holds the standards of service quality as data: what an inspector looks at,
// how each requirement is judged, and which violation a fault points to. The built-in ones are
// embedded YAML, strict, versioned and cited; an operator's own (tourism 9) have the same form and
// can be compared to them.
//
// It imports regimes, casefile, checklist and calendar, and reads YAML. Called by activities,
// which tells casefile of a list, by office and by the command line.
package standards

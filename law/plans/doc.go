// Package plans is the law of inspection plans: on which days of its year a plan has whom
// checked, and which self-checks are missed. Values in, values out: no clock and no database.
//
// The three cadences are those of the tourism measures, art. 14: the unit checks itself every
// day, the city periodically, the province by spot check; the telecom measures, art. 8, have the
// spot check of ministry and province. The yearly cap per enterprise is that of 国办发〔2024〕54号
// (known from excerpts only); it counts planned checks.
//
// It imports calendar. Called by activities, which opens the checks, by the register, which keeps
// them, and by office, which takes a plan in.
package plans

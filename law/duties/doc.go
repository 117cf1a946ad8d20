// Package duties is the law of what operators owe the regulator of themselves: which reports are
// due when, and what may become of one that is late, missing or untrue (lifecycles §8). Values in,
// values out: no clock and no database.
//
// It imports casefile and calendar. Called by activities, which keeps the duties by the clock, by
// the register, which folds their events, and by office.
package duties

// Package draw draws at random who is inspected and who inspects (双随机): targets by the weight of
// their risk, officers by lot among those who may. A draw is a pure function of its input and a
// seed, both of which its record holds, so anyone can repeat it.
//
// The targets, with the lots of the purpose "targets": while fewer than wanted are drawn and some
// weight is left, a number below the sum of the weights of the targets not drawn yet is taken; the
// targets are walked in the order of their ids, each taking its weight from the number, and the
// one at which it would fall below zero is drawn.
//
// The officers, with the lots of the purpose "officers", target by target in the order drawn: among
// those who may inspect it, with the load that they have and what this draw has added, the pool is
// everyone whose load is at most that of the n-th least loaded plus the slack, n being the size of
// a team. From the pool, in the order of ids, officers are taken by lot, one by one. Where fewer
// than a team may, the target stands without a team and the record says how many are lacking.
//
// It imports calendar. Called by the register, which draws and keeps the record, and by the
// command line, which draws again from one.
package draw

package activities

import (
	"errors"

	"github.com/prometheus/client_golang/prometheus"

	"duban/law/casefile"
)

// Observer is told what was settled, for metrics: no case, no person.
type Observer interface {
	Moved(kind casefile.Kind, class casefile.Class, move string)
	Refused(kind casefile.Kind, code string)
	Faulted(kind casefile.Kind, stuck bool)
}

type unobserved struct{}

func (unobserved) Moved(casefile.Kind, casefile.Class, string) {}
func (unobserved) Refused(casefile.Kind, string)               {}
func (unobserved) Faulted(casefile.Kind, bool)                 {}

// counted counts by kind, class and code only.
type counted struct{ moves, refusals, faults *prometheus.CounterVec }

// Counted counts what is settled. All that settle in one process count together.
func Counted(to prometheus.Registerer) Observer {
	if to == nil {
		return unobserved{}
	}
	return counted{
		moves:    counter(to, "duban_moves_total", "Entries made.", "kind", "class", "move"),
		refusals: counter(to, "duban_settle_refusals_total", "Acts refused.", "kind", "code"),
		faults:   counter(to, "duban_faults_total", "Moves that could not be decided.", "kind", "stuck"),
	}
}

func counter(to prometheus.Registerer, name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	err := to.Register(c)
	var there prometheus.AlreadyRegisteredError
	if errors.As(err, &there) {
		return there.ExistingCollector.(*prometheus.CounterVec)
	}
	if err != nil {
		panic(err) // another metric has the name: a fault of the program
	}
	return c
}

// Moved counts an entry.
func (c counted) Moved(kind casefile.Kind, class casefile.Class, move string) {
	c.moves.WithLabelValues(string(kind), string(class), move).Inc()
}

// Refused counts a no.
func (c counted) Refused(kind casefile.Kind, code string) {
	c.refusals.WithLabelValues(string(kind), code).Inc()
}

// Faulted counts a move that could not be decided.
func (c counted) Faulted(kind casefile.Kind, stuck bool) {
	label := "no"
	if stuck {
		label = "yes"
	}
	c.faults.WithLabelValues(string(kind), label).Inc()
}

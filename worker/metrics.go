package worker

import (
	"github.com/prometheus/client_golang/prometheus"

	"duban/law/casefile"
)

// metrics counts what the worker does, by kind, class and code only: no case, no person.
type metrics struct {
	moves     *prometheus.CounterVec
	refusals  *prometheus.CounterVec
	faults    *prometheus.CounterVec
	looks     prometheus.Counter
	planLooks prometheus.Counter
	alarms    prometheus.Counter
	notices   *prometheus.CounterVec
	nudges    prometheus.Counter

	relayErrors *prometheus.CounterVec
}

func newMetrics(to prometheus.Registerer) *metrics {
	m := &metrics{
		moves:       prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_moves_total", Help: "Entries made."}, []string{"kind", "class", "move"}),
		refusals:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_settle_refusals_total", Help: "Acts refused."}, []string{"kind", "code"}),
		faults:      prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_faults_total", Help: "Moves that could not be decided."}, []string{"kind", "stuck"}),
		looks:       prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_sweep_looks_total", Help: "Cases that the sweep had to nudge."}),
		planLooks:   prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_sweep_plan_looks_total", Help: "Plans that the sweep has woken."}),
		alarms:      prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_sweep_alarms_total", Help: "Cases and plans nudged five times without moving."}),
		notices:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_notices_total", Help: "Notices sent or failed."}, []string{"result"}),
		relayErrors: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_relay_errors_total", Help: "Rounds of the sweep or the outbox that failed."}, []string{"what"}),
		nudges:      prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_link_nudges_failed_total", Help: "Nudges of linked cases left to the sweep."}),
	}
	if to != nil {
		to.MustRegister(m.moves, m.refusals, m.faults, m.looks, m.planLooks, m.alarms, m.notices, m.relayErrors, m.nudges)
	}
	return m
}

// Moved counts an entry.
func (m *metrics) Moved(kind casefile.Kind, class casefile.Class, move string) {
	m.moves.WithLabelValues(string(kind), string(class), move).Inc()
}

// Refused counts a no.
func (m *metrics) Refused(kind casefile.Kind, code string) {
	m.refusals.WithLabelValues(string(kind), code).Inc()
}

// Faulted counts a move that could not be decided.
func (m *metrics) Faulted(kind casefile.Kind, stuck bool) {
	label := "no"
	if stuck {
		label = "yes"
	}
	m.faults.WithLabelValues(string(kind), label).Inc()
}

package worker

import (
	"github.com/prometheus/client_golang/prometheus"
)

// metrics counts what the worker does beside settling: no case, no person.
type metrics struct {
	looks     prometheus.Counter
	planLooks prometheus.Counter
	alarms    prometheus.Counter
	notices   *prometheus.CounterVec
	nudges    prometheus.Counter

	relayErrors *prometheus.CounterVec
}

func newMetrics(to prometheus.Registerer) *metrics {
	m := &metrics{
		looks:       prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_sweep_looks_total", Help: "Cases that the sweep had to nudge."}),
		planLooks:   prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_sweep_plan_looks_total", Help: "Plans that the sweep has woken."}),
		alarms:      prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_sweep_alarms_total", Help: "Cases and plans nudged five times without moving."}),
		notices:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_notices_total", Help: "Notices sent or failed."}, []string{"result"}),
		relayErrors: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "duban_relay_errors_total", Help: "Rounds of the sweep or the outbox that failed."}, []string{"what"}),
		nudges:      prometheus.NewCounter(prometheus.CounterOpts{Name: "duban_link_nudges_failed_total", Help: "Nudges of linked cases left to the sweep."}),
	}
	if to != nil {
		to.MustRegister(m.looks, m.planLooks, m.alarms, m.notices, m.relayErrors, m.nudges)
	}
	return m
}

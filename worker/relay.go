package worker

import (
	"context"
	"errors"
	"time"

	"duban/dispatch"
	"duban/register"
	"duban/workflows"
)

const (
	looksPerSweep   = 200
	noticesPerSweep = 100
	noticeLease     = 30 * time.Second
	alarmAfter      = 5 // looks without a move
)

// relay is the sweep and the outbox: a plain loop in every worker. Claims are leases in the
// register, so several relays do not do the same work, and one that is killed holds nothing.
type relay struct {
	Config
	desk    *workflows.Desk
	metrics *metrics
}

func (r *relay) run(ctx context.Context) {
	tick := time.NewTicker(r.Every)
	defer tick.Stop()
	stale := true // deadlines of another calendar, until all their cases have been nudged
	for {
		if stale {
			err := r.recalendar(ctx)
			stale = err != nil
			if err != nil && ctx.Err() == nil {
				r.Logger.Warn("nudge the deadlines of another calendar", "error", err)
			}
		}
		if err := r.sweep(ctx); err != nil && ctx.Err() == nil {
			r.metrics.sweepErr.Inc()
			r.Logger.Warn("sweep", "error", err)
		}
		if err := r.send(ctx); err != nil && ctx.Err() == nil {
			r.Logger.Warn("send notices", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// sweep looks for papers without entry and deadlines that have passed, and nudges their cases.
// Timers, signals and updates only make prompt what this guarantees.
func (r *relay) sweep(ctx context.Context) error {
	for {
		due, err := r.Register.Look(ctx, looksPerSweep)
		if err != nil {
			return err
		}
		for _, c := range due {
			r.metrics.looks.Inc()
			if c.Looks >= alarmAfter {
				r.metrics.alarms.Inc()
				r.Logger.Error("case does not move", "case", c.ID, "looks", c.Looks)
			}
			if err := r.desk.Look(ctx, c.Kind, c.ID, workflows.LookSignal, ""); err != nil {
				return err // Temporal is away: the claims run out by themselves
			}
		}
		if len(due) < looksPerSweep {
			return nil
		}
	}
}

// recalendar nudges the cases whose deadlines were computed by another calendar than ours: Settle
// computes them anew before any of them lapses.
func (r *relay) recalendar(ctx context.Context) error {
	after := ""
	for {
		cases, err := r.Register.StaleCalendar(ctx, r.Calendar.Hash(), after, looksPerSweep)
		if err != nil {
			return err
		}
		for _, c := range cases {
			if err := r.desk.Look(ctx, c.Kind, c.ID, workflows.LookSignal, ""); err != nil {
				return err
			}
			after = c.ID
		}
		if len(cases) < looksPerSweep {
			return nil
		}
	}
}

// send hands claimed notices to the notifier. A notice is sent at least once; its id is the
// message's id, so that a receiver can tell a repetition.
func (r *relay) send(ctx context.Context) error {
	rows, err := r.Register.ClaimNotices(ctx, noticesPerSweep, noticeLease)
	if err != nil {
		return err
	}
	var sent []string
	for _, row := range rows {
		err := r.Notifier.Send(ctx, letter(row))
		if err == nil {
			sent = append(sent, row.ID)
			continue
		}
		final := errors.Is(err, dispatch.ErrPermanent)
		r.metrics.notices.WithLabelValues("failed").Inc()
		if err := r.Register.NoticeFailed(ctx, row.ID, err.Error(), final); err != nil {
			return err
		}
	}
	r.metrics.notices.WithLabelValues("sent").Add(float64(len(sent)))
	if len(sent) == 0 {
		return nil
	}
	return r.Register.NoticeSent(ctx, sent...)
}

func letter(row register.NoticeRow) dispatch.Notice {
	return dispatch.Notice{
		ID: row.ID, Case: row.Number, Document: row.Document, To: row.To,
		Name: row.Contact.Name, Email: row.Contact.Email, Lang: row.Contact.Lang, Cite: row.Cite, Due: row.Due,
	}
}

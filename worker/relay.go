package worker

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"duban/activities"
	"duban/dispatch"
	"duban/law/calendar"
	"duban/register"
	"duban/workflows"
)

const (
	looksPerSweep   = 200
	noticesPerSweep = 100
	noticeLease     = time.Minute
	alarmAfter      = 5 // looks without a move
	settlesAtOnce   = 8 // of a sweep; the register's connections are everybody's
)

// relay is the sweep and the outbox: a plain loop in every worker. Claims are leases in the
// register, so several relays do not do the same work, and one that is killed holds nothing.
type relay struct {
	Config
	desk    *workflows.Desk
	courier *workflows.Courier
	settler *activities.Activities
	metrics *metrics

	nudged string // hash of the calendar whose cases were nudged
}

// run does all until ctx ends, apart: a mail server that does not answer delays no deadline.
func (r *relay) run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { r.every(ctx, "sweep", r.look) })
	all.Go(func() { r.every(ctx, "sweep of plans", r.plans) })
	duties := activities.NewDutyKeeper(r.Register, r.Calendar, activities.OwedBy(r.Register, r.Regulations))
	all.Go(func() { r.every(ctx, "keep duties", duties.Keep) })
	if r.Notifier != nil {
		all.Go(func() { r.every(ctx, "send notices", r.send) })
	}
	all.Wait()
}

func (r *relay) every(ctx context.Context, what string, do func(context.Context) error) {
	tick := time.NewTicker(r.Every)
	defer tick.Stop()
	for {
		if err := r.round(ctx, do); err != nil && ctx.Err() == nil {
			r.metrics.relayErrors.WithLabelValues(what).Inc()
			r.Logger.Warn(what, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// longestRound ends a round whose database or mail server was cut off without a word. What it did not
// come to the next one does.
const longestRound = 2 * time.Minute

func (r *relay) round(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, longestRound)
	defer cancel()
	return do(ctx)
}

// look nudges the cases that a calendar moves which we have not seen before, then sweeps.
func (r *relay) look(ctx context.Context) error {
	days, err := r.Register.Calendar(ctx, r.Calendar)
	if err != nil {
		return err
	}
	if days.Hash() != r.nudged {
		if err := r.recalendar(ctx, days); err != nil {
			return err
		}
		r.nudged = days.Hash()
	}
	return r.sweep(ctx)
}

// sweep settles the cases with papers without entry or deadlines that have passed, oldest first, and tells
// their workflows. Timers and signals only make prompt what this guarantees; Temporal may be away.
func (r *relay) sweep(ctx context.Context) error {
	for {
		due, err := r.Register.Look(ctx, looksPerSweep)
		if err != nil {
			return err
		}
		var all errgroup.Group
		all.SetLimit(settlesAtOnce)
		for _, c := range due {
			all.Go(func() error { return r.settleDue(ctx, c) })
		}
		if err := all.Wait(); err != nil {
			return err
		}
		if len(due) < looksPerSweep {
			return nil
		}
	}
}

// settleDue settles one case. One that can't be settled is tried again when its claim has run out; only that
// the register is away ends the round.
func (r *relay) settleDue(ctx context.Context, c register.CaseRef) error {
	r.metrics.looks.Inc()
	if c.Looks >= alarmAfter {
		r.metrics.alarms.Inc()
		r.Logger.Error("case does not move", "case", c.ID, "looks", c.Looks)
	}
	state, after, err := r.settler.Look(ctx, c.ID)
	if err != nil {
		r.Logger.Warn("case could not be settled", "case", c.ID, "looks", c.Looks, "error", err)
		if errors.Is(err, register.ErrUnavailable) {
			return err
		}
		return nil
	}
	if state != "" && !after.Stuck {
		r.courier.Acted(c.Kind, c.ID, state, after)
	}
	return nil
}

// plans looks for plans with checks that are due, or that were seen to by another calendar, and
// nudges them.
func (r *relay) plans(ctx context.Context) error {
	days, err := r.Register.Calendar(ctx, r.Calendar)
	if err != nil {
		return err
	}
	due, err := r.Register.LookPlans(ctx, days.Hash(), looksPerSweep)
	if err != nil {
		return err
	}
	for _, p := range due {
		r.metrics.planLooks.Inc()
		if p.Looks >= alarmAfter {
			r.metrics.alarms.Inc()
			r.Logger.Error("plan does not move", "plan", p.ID, "looks", p.Looks)
		}
		if err := r.desk.LookPlan(ctx, p.ID); err != nil {
			return err // Temporal is away: the claims run out by themselves
		}
	}
	return nil
}

// recalendar nudges the cases with a deadline that the calendar moves: Settle computes them anew
// before any of them lapses.
func (r *relay) recalendar(ctx context.Context, days *calendar.Calendar) error {
	last := ""
	return r.Register.MovedDeadlines(ctx, days, func(s register.MovedDeadline) error {
		if s.Case == last {
			return nil
		}
		last = s.Case
		return r.desk.Look(ctx, s.Kind, s.Case, workflows.LookSignal, "")
	})
}

// send hands claimed notices to the notifier. A notice is sent at least once; its id is the
// message's id, so that a receiver can tell a repetition. A batch ends well within its lease:
// what it did not come to is claimed again.
func (r *relay) send(ctx context.Context) error {
	began := time.Now()
	rows, err := r.Register.ClaimNotices(ctx, noticesPerSweep, noticeLease)
	if err != nil {
		return err
	}
	var errs []error
	var sent []string
	marked := began
	for _, row := range rows {
		if time.Since(began) > noticeLease/2 {
			break
		}
		if err := r.Notifier.Send(ctx, letter(row)); err != nil {
			r.metrics.notices.WithLabelValues("failed").Inc()
			errs = append(errs, r.Register.NoticeFailed(ctx, row.ID, err.Error(), errors.Is(err, dispatch.ErrPermanent)))
			continue
		}
		sent = append(sent, row.ID)
		if time.Since(marked) > time.Second {
			errs = append(errs, r.mark(ctx, sent))
			sent, marked = nil, time.Now()
		}
	}
	return errors.Join(append(errs, r.mark(ctx, sent))...)
}

// mark notes what is out of our hands; a kill before it sends those notices once more.
func (r *relay) mark(ctx context.Context, sent []string) error {
	if len(sent) == 0 {
		return nil
	}
	r.metrics.notices.WithLabelValues("sent").Add(float64(len(sent)))
	return r.Register.NoticeSent(ctx, sent...)
}

func letter(row register.NoticeRow) dispatch.Notice {
	return dispatch.Notice{
		ID: row.ID, Number: row.Number, Duty: row.Title, Document: row.Document, To: row.To,
		Name: row.Contact.Name, Email: row.Contact.Email, Lang: row.Contact.Lang, Cite: row.Cite, Due: row.Due,
	}
}

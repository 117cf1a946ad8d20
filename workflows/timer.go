package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"duban/activities"
)

// wakeTimer is the one timer of a case. It is kept while it wakes in time: an act that moves the
// next deadline to a later day, or clears it, costs no timer, and waking too early costs one
// settle that finds nothing due.
type wakeTimer struct {
	calm   bool // false: begun under the first loop, which had its timer at the instant and nowhere else
	at     time.Time
	future workflow.Future
	cancel workflow.CancelFunc
}

// set makes the timer wake at the result's instant. Without a duration no timer helps (the clock
// is stepped, or nothing is due) and a look will come.
func (w *wakeTimer) set(ctx workflow.Context, r activities.SettleResult) {
	if w.keep(r) {
		return
	}
	w.stop()
	if r.WakeIn <= 0 || r.Stuck {
		return
	}
	timerCtx, cancel := workflow.WithCancel(ctx)
	w.at, w.cancel = r.Wake, cancel
	w.future = workflow.NewTimer(timerCtx, r.WakeIn)
}

func (w *wakeTimer) keep(r activities.SettleResult) bool {
	if w.future == nil || w.future.IsReady() {
		return false
	}
	if w.calm {
		return r.WakeIn <= 0 || !w.at.After(r.Wake)
	}
	return w.at.Equal(r.Wake) && !r.Stuck
}

func (w *wakeTimer) ready() bool { return w.future != nil && w.future.IsReady() }

func (w *wakeTimer) stop() {
	if w.cancel != nil && !w.future.IsReady() {
		w.cancel()
	}
	w.at, w.future, w.cancel = time.Time{}, nil, nil
}

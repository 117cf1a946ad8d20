package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"duban/activities"
)

// wakeTimer is the one timer of a case, kept while the instant to wake at is unchanged: so a
// paper that changes no deadline costs no timer.
type wakeTimer struct {
	at     time.Time
	future workflow.Future
	cancel workflow.CancelFunc
}

// set makes the timer wake at the result's instant. Without a duration no timer helps (the clock
// is stepped, or nothing is due) and a look will come.
func (w *wakeTimer) set(ctx workflow.Context, r activities.SettleResult) {
	if w.future != nil && !w.future.IsReady() && w.at.Equal(r.Wake) && !r.Stuck {
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

func (w *wakeTimer) ready() bool { return w.future != nil && w.future.IsReady() }

func (w *wakeTimer) stop() {
	if w.cancel != nil && !w.future.IsReady() {
		w.cancel()
	}
	w.at, w.future, w.cancel = time.Time{}, nil, nil
}

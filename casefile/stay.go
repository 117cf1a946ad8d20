package casefile

import "slices"

// stay is the only thing that stops a contested order's term (reconsideration 42, litigation 56).
func stay(t *turn) {
	k := t.contest(t.m.Body.Route)
	if k == nil {
		return
	}
	k.Stay = true
	if f := t.c.Enforcement; f != nil && k.Act == f.Ordered && t.c.State == Rectifying {
		t.hold(k)
	}
}

// hold stops the term to rectify; what is left of it runs on when the contest ends.
func (t *turn) hold(k *Contest) {
	if d, running := t.c.Deadline("rectification"); running {
		k.Held, k.HeldOn = d.Day, t.day()
	}
	t.clear("stayed", "rectification", "verification", "task")
}

// held tells whether the order's term stands still.
func (t *turn) held() bool {
	f := t.c.Enforcement
	return f != nil && slices.ContainsFunc(t.c.Contests, func(k Contest) bool {
		return k.Stay && k.EndedOn.IsZero() && k.Act == f.Ordered
	})
}

// Idle is why an open case may have no armed deadline: its state says so, its order is stayed, or a
// duty is overdue and was called to mind often enough. Empty: it must have one.
func (c Case) Idle() string {
	t := turn{c: c}
	switch {
	case c.Closed():
		return "closed"
	case c.State == Rectifying && t.held():
		return "stayed"
	case len(c.Overdue) > 0:
		return "overdue"
	}
	return tableOf(c.Kind)[c.State].idle
}

// release lets the rest of the order's term run from the end of the stay, if the order stands.
func (t *turn) release(k *Contest) {
	if !k.Stay || t.c.State != Rectifying || t.enforcement().Ordered != k.Act || t.held() {
		return
	}
	cite := t.law.Regime.Terms["enforcement.rectification"].Cite
	if left := k.Held.Sub(k.HeldOn); !k.Held.IsZero() && left > 0 {
		t.armOn("rectification", k.EndedOn.AddDays(left), cite, 0)
	} else {
		t.arm("verification", k.EndedOn)
	}
}

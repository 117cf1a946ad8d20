package casefile

import "slices"

// stay is the only thing that stops a contested order's term (reconsideration 42, litigation 56).
func stay(t *turn) {
	k := t.contest(t.m.Body.Route)
	if k == nil {
		return
	}
	k.Stay = true
	t.hold(k)
}

// hold stops the term that runs by the contested act; what is left of it runs on when the contest
// ends.
func (t *turn) hold(k *Contest) {
	name := t.c.stayable(k.Act)
	if name == "" {
		return
	}
	if d, running := t.c.Deadline(name); running {
		k.Held, k.HeldOn = d.Day, t.day()
	}
	t.clear("stayed", name)
	if name == "rectification" {
		t.clear("stayed", "verification", "task")
	}
}

// holdStayed holds the term of an act that was stayed before it was even served.
func (t *turn) holdStayed(act int) {
	for i := range t.c.Contests {
		if k := &t.c.Contests[i]; k.Act == act && k.Stay && k.EndedOn.IsZero() {
			t.hold(k)
		}
	}
}

// stayable is the term that a stay of that act stops: to rectify, or of a suspension.
func (c Case) stayable(act int) string {
	f := c.Enforcement
	switch {
	case f == nil:
		return ""
	case act == f.Ordered && c.State == Rectifying:
		return "rectification"
	case slices.ContainsFunc(f.Sanctions, func(s Sanction) bool {
		x := s.imposes(Suspension)
		return s.Entry == act && !s.Annulled && !s.Served.IsZero() && x != nil && x.pending()
	}):
		return "suspension"
	}
	return ""
}

// stayed tells whether the suspension that was decided by that act, or by any (0), stands still.
func (c Case) stayed(act int) bool {
	return slices.ContainsFunc(c.Contests, func(k Contest) bool {
		return k.Stay && k.EndedOn.IsZero() && (act == 0 || k.Act == act) && c.stayable(k.Act) == "suspension"
	})
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
	case c.State == Rectifying && t.held(), c.stayed(0):
		return "stayed"
	case len(c.Overdue) > 0:
		return "overdue"
	}
	return tableOf(c.Kind)[c.State].idle
}

// release lets the rest of the term run from the end of the stay, if the act stands.
func (t *turn) release(k *Contest) {
	if k.Stay && t.c.stayable(k.Act) == "suspension" && !t.c.stayed(k.Act) {
		t.resume(k)
		return
	}
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

// resume lets a suspension run on: what was left of it, or what an outcome has just made of it
// with the days of the stay added.
func (t *turn) resume(k *Contest) {
	if k.Held.IsZero() {
		return
	}
	day, cite := k.EndedOn.AddDays(k.Held.Sub(k.HeldOn)), t.law.Regime.Terms["enforcement.suspension"].Cite
	if d, varied := t.c.Deadline("suspension"); varied {
		day = d.Day.AddDays(k.EndedOn.Sub(k.HeldOn))
	}
	t.armOn("suspension", day, cite, 0)
}

package register

import (
	"testing"
	"time"
)

func TestTheClockRunsAsItWasSet(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		before := time.Now().Add(-time.Minute)
		if now := must(r.Now(t.Context()))(t); now.Before(before) || now.After(time.Now().Add(time.Minute)) || now.Location() != time.UTC {
			t.Errorf("real: %s", now)
		}
		isErr(t, r.StepClock(t.Context(), time.Now().Add(time.Hour)), ErrClock)
		for _, c := range []Clock{{Mode: "fast"}, {Mode: Rate, Rate: -1}, {Mode: Rate, Rate: 86401}} {
			isErr(t, r.SetClock(t.Context(), c), ErrClock)
		}

		ok(t, r.SetClock(t.Context(), Clock{Mode: Rate, Rate: 1, AnchorLegal: anyTime}))
		if now := must(r.Now(t.Context()))(t); now.Before(anyTime) || now.After(anyTime.AddDate(0, 2, 0)) {
			t.Errorf("rate: %s", now)
		}
		stepped(t, r)
		if now := must(r.Now(t.Context()))(t); !now.Equal(anyTime) {
			t.Errorf("stepped: %s", now)
		}
		ok(t, r.StepClock(t.Context(), anyTime.Add(time.Hour)))
		isErr(t, r.StepClock(t.Context(), anyTime), ErrClock)
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		if !in.Received.Equal(anyTime.Add(time.Hour)) {
			t.Errorf("received %s", in.Received)
		}
		isErr(t, r.SetClock(t.Context(), Clock{Mode: Real}), ErrClock)
		settle(t, r, in.Case, "") // remembers no stepped time
		ok(t, r.StepClock(t.Context(), anyTime.Add(2*time.Hour)))
		ok(t, r.Turn(t.Context(), Ask{Case: in.Case}, func(tn *Turn) error {
			if !tn.Now().Equal(anyTime.Add(2 * time.Hour)) {
				t.Errorf("turn at %s", tn.Now())
			}
			return nil
		}))
		if c := must(r.Clock(t.Context()))(t); c.Mode != Stepped || !c.AnchorLegal.Equal(anyTime.Add(2*time.Hour)) {
			t.Errorf("clock %+v", c)
		}
	})
}

func TestClocksMapTimeAndWaits(t *testing.T) {
	at := func(s string) time.Time { return must(time.Parse(time.RFC3339Nano, s))(t) }
	anchor := at("2026-01-01T00:00:00Z")
	rate := Clock{Mode: Rate, AnchorDB: anchor, AnchorLegal: at("2026-03-01T00:00:00Z"), Rate: 10}
	for _, x := range []struct{ real, days int }{{0, 0}, {10, 1}, {100, 10}, {86400, 8640}, {3 * 86400 * 365, 3 * 365 * 8640}} {
		legal := rate.At(anchor.Add(time.Duration(x.real) * time.Second))
		if want := rate.AnchorLegal.AddDate(0, 0, x.days); !legal.Equal(want) {
			t.Errorf("%d s after it was set the clock shows %s, want %s", x.real, legal, want)
		}
	}
	if legal := rate.At(anchor.Add(5 * time.Second)); !legal.Equal(at("2026-03-01T12:00:00Z")) {
		t.Errorf("half a day: %s", legal)
	}
	for _, x := range []struct {
		clock Clock
		wait  time.Duration // legal
		real  time.Duration
		ok    bool
	}{
		{Clock{Mode: Real}, time.Hour, time.Hour, true},
		{Clock{Mode: Real}, -time.Hour, 0, true},
		{rate, 24 * time.Hour, 10*time.Second + time.Microsecond, true},
		{rate, 0, 0, true},
		{Clock{Mode: Stepped}, time.Hour, 0, false},
	} {
		if real, ok := x.clock.Wait(anchor, anchor.Add(x.wait)); real != x.real || ok != x.ok {
			t.Errorf("%s clock waits %s for %s, want %s", x.clock.Mode, real, x.wait, x.real)
		}
	}
}

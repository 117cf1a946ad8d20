package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"duban/standalone/cast"
)

// Run is what a demo is given: where the API is and the keys of the cast.
type Run struct {
	URL     string
	Keys    map[string]string
	Step    bool // the clock is stepped by us; otherwise it runs and we follow it
	Report  func(done, of int, last string)
	Stories []Story           // that Play tells; nil: the whole programme
	After   func(step string) // called after every step; tests kill the server here
}

// Result is how every case of a demo ended.
type Result struct {
	Cases  []CaseEnd
	Resent int // requests that were sent more than once
	// Acknowledged are the papers that got a receipt and the acts that got an answer, by id.
	Acknowledged []string
	Elapsed      time.Duration
}

// player is one story being told.
type player struct {
	Story
	next    int
	at      time.Time         // legal instant of the next step
	cases   map[string]string // alias → id
	receipt login
	last    string
}

type driver struct {
	Run
	desk    *desk
	players []*player
	clock   clock
	done    int
	total   int

	acknowledged []string
	refusals     []Refusal
}

type clock struct {
	Mode      string    `json:"mode"`
	Now       time.Time `json:"now"`
	NextDue   time.Time `json:"nextDue"`
	Unsettled int       `json:"unsettled"`
}

var shanghai = time.FixedZone("CST", 8*60*60)

// Play tells all stories at once on one clock and returns how the cases ended.
func Play(ctx context.Context, r Run) (Result, error) {
	began := time.Now()
	d := &driver{Run: r, desk: &desk{url: r.URL, http: &http.Client{}}}
	if d.After == nil {
		d.After = func(string) {}
	}
	if err := d.readClock(ctx); err != nil {
		return Result{}, err
	}
	if d.Stories == nil {
		d.Stories = Stories()
	}
	day := d.clock.Now.In(shanghai)
	for i, s := range d.Stories {
		// Each story has its own minute of the morning, so that the order of steps is the same in every run.
		at := time.Date(day.Year(), day.Month(), day.Day()+1, 9, i, 0, 0, shanghai)
		d.players = append(d.players, &player{Story: s, next: -1, at: at, cases: map[string]string{}})
		d.total += len(s.Steps) + 1
	}
	for {
		p := d.earliest()
		if p == nil {
			break
		}
		if err := d.until(ctx, p.at); err != nil {
			return Result{}, err
		}
		if err := d.step(ctx, p); err != nil {
			return Result{}, fmt.Errorf("story %s, step %d: %w", p.Name, p.next, err)
		}
		if err := d.settle(ctx); err != nil {
			return Result{}, err
		}
		d.done++
		d.Report(d.done, d.total, p.Name+" "+p.last)
		d.After(p.Name + " " + p.last)
	}
	ends, err := d.ends(ctx)
	return Result{Cases: ends, Resent: d.desk.sent, Acknowledged: d.acknowledged, Elapsed: time.Since(began)}, err
}

func (d *driver) earliest() *player {
	var left []*player
	for _, p := range d.players {
		if p.next < len(p.Steps) {
			left = append(left, p)
		}
	}
	if len(left) == 0 {
		return nil
	}
	return slices.MinFunc(left, func(a, b *player) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.Name, b.Name)) })
}

// until brings the clock to an instant, stopping at every deadline on the way until it is entered.
func (d *driver) until(ctx context.Context, at time.Time) error {
	for {
		if err := d.readClock(ctx); err != nil {
			return err
		}
		if !d.clock.Now.Before(at) {
			return d.settle(ctx)
		}
		to := at
		if due := d.clock.NextDue; d.Step && !due.IsZero() && due.After(d.clock.Now) && due.Before(at) {
			to = due
		}
		if !d.Step {
			if err := pause(ctx, 50*time.Millisecond); err != nil {
				return err
			}
			continue
		}
		a, err := d.desk.call(ctx, http.MethodPost, "/dev/clock", login{}, "", body{"to": to.UTC().Format(time.RFC3339Nano)})
		if err != nil {
			return err
		}
		if err := a.into(&d.clock); err != nil {
			return err
		}
		if err := d.settle(ctx); err != nil {
			return err
		}
	}
}

// settle waits until no paper and no due deadline is unentered.
func (d *driver) settle(ctx context.Context) error {
	for wait := 2 * time.Millisecond; ; wait = min(2*wait, 50*time.Millisecond) {
		if err := d.readClock(ctx); err != nil {
			return err
		}
		if d.clock.Unsettled == 0 {
			return nil
		}
		if err := pause(ctx, wait); err != nil {
			return fmt.Errorf("%d papers or deadlines are not entered: %w", d.clock.Unsettled, err)
		}
	}
}

func (d *driver) readClock(ctx context.Context) error {
	a, err := d.desk.call(ctx, http.MethodGet, "/dev/clock", login{}, "", nil)
	if err != nil {
		return err
	}
	d.clock = clock{}
	return a.into(&d.clock)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// step makes the player's next step and sets the day of the one after.
func (d *driver) step(ctx context.Context, p *player) error {
	var err error
	if p.next < 0 {
		err = d.file(ctx, p)
	} else {
		err = d.do(ctx, p, p.Steps[p.next])
	}
	if err != nil {
		return err
	}
	p.next++
	if p.next < len(p.Steps) {
		p.at = p.at.AddDate(0, 0, p.Steps[p.next].After)
	}
	return nil
}

// ErrStuck tells that a demo's case did not end where its story ends.
var ErrStuck = errors.New("a case did not end as told")

// person is the officer's id of a member of the cast.
func person(name string) string {
	for _, p := range cast.People() {
		if p.Name == name {
			return p.Key.Owner
		}
	}
	return name
}

// Refusal is a step of a story that a rule has refused, as told.
type Refusal struct {
	Story        string
	On           time.Time
	Do           string
	Code, Clause string
	Why          string // the sentence of the answer
}

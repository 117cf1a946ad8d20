package demo

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"duban/law/calendar"
)

// Year is what a tourism year was: how its cases ended, and what its plans came to.
type Year struct {
	Cases    []CaseEnd
	Plans    []PlanEnd
	Refusals []Refusal
	Alerts   []Alert
	Draw     Draw
	Moved    []Moved
	Public   []Public // what anybody may read when it is over, the newest first
	Elapsed  time.Duration
}

// PlanEnd is what a plan came to: its visits, or the self-checks of its units.
type PlanEnd struct {
	Name, Authority                        string
	Planned, Opened, Capped, Filed, Missed int
	Regime                                 string // the main regulation that its visits are pinned to
}

// Alert is a self-check that was missed.
type Alert struct{ Authority, Operator, Day string }

// Draw is the published draw of the province, which was repeated from its publication.
type Draw struct {
	Day              calendar.Day
	Hash, Commitment string
	Visits           []string // unit and team
}

// Public is a line of the public list, read without a key.
type Public struct {
	Number, Kind, Authority, OperatorName string
	Title                                 struct{ En string } // of the violation
	Clause                                string
	Sanctions                             []string
	Amount                                int64 // the fine, in fen
	PublishedOn, ShownUntil               string
}

// Moved is a running deadline that the holiday table has moved.
type Moved struct {
	Case, Number, Deadline string
	Was, Is                calendar.Day
	Line                   Line // of the ledger
}

// plan is a plan of the year while it is played.
type plan struct {
	id, name, who, authority string
	planned                  int
	seen                     int // occurrences
	stories                  []Story
}

// yearDriver plays the year by days: first what is due, then the visits under way, then the
// hotel's own check.
type yearDriver struct {
	*driver
	year  int
	plans []*plan
	lot   lot
	told  *Year
}

// The days of the year that are told apart.
const (
	noSelfCheck = "08-15" // the day on which the hotel forgets its check
	tableLoaded = "04-20" // the holiday table comes, with deadlines running over the first of May
	complained  = "05-24" // tourists complain of the travel agency
	lotDrawn    = "10-12" // the province draws
	lotTold     = "11-12" // the visits that were drawn are over, and the draw is published
)

// PlayYear plays a year of inspections from where the clock stands: the plans are made in the
// December before, and their visits are carried out as they open. load makes a holiday table hold,
// as `duban calendar load` does, and tells which deadlines it moves; the clock must be stepped.
func PlayYear(ctx context.Context, r Run, load func(context.Context, calendar.Table) ([]Moved, error)) (Year, error) {
	began := time.Now()
	y := &yearDriver{driver: &driver{Run: r, desk: &desk{url: r.URL, http: &http.Client{}}}, told: &Year{}}
	if y.After == nil {
		y.After = func(string) {}
	}
	if err := y.readClock(ctx); err != nil {
		return Year{}, err
	}
	before := y.clock.Now.In(shanghai).Year()
	y.year = before + 1
	if err := y.until(ctx, time.Date(before, 12, 21, 9, 0, 0, 0, shanghai)); err != nil {
		return Year{}, err
	}
	if err := y.makePlans(ctx); err != nil {
		return Year{}, fmt.Errorf("plan the year %d: %w", y.year, err)
	}
	first := time.Date(y.year, 1, 1, 9, 0, 0, 0, shanghai)
	for day := first; day.Year() == y.year; day = day.AddDate(0, 0, 1) {
		if err := y.day(ctx, day); err != nil {
			return Year{}, fmt.Errorf("%s: %w", day.Format(time.DateOnly), err)
		}
		var err error
		switch day.Format("01-02") {
		case tableLoaded:
			err = y.loadTable(ctx, load)
		case complained:
			y.visit(forcedShopping, "", day)
		case lotDrawn:
			err = y.draw(ctx, day)
		case lotTold:
			err = y.publish(ctx)
		}
		if err != nil {
			return Year{}, fmt.Errorf("%s: %w", day.Format(time.DateOnly), err)
		}
		y.After("day " + day.Format(time.DateOnly))
		r.Report(day.YearDay(), first.AddDate(1, 0, -1).YearDay(), day.Format(time.DateOnly))
	}
	if err := y.until(ctx, first.AddDate(1, 0, 0)); err != nil {
		return Year{}, err
	}
	if err := y.summary(ctx); err != nil {
		return Year{}, err
	}
	y.told.Refusals, y.told.Elapsed = y.refusals, time.Since(began)
	return *y.told, nil
}

// makePlans makes the plans of each cadence in the December before, and commits to the seed of the
// year's draw.
func (y *yearDriver) makePlans(ctx context.Context) error {
	if err := y.commit(ctx); err != nil {
		return err
	}
	days := time.Date(y.year, 12, 31, 0, 0, 0, 0, shanghai).YearDay()
	y.plans = []*plan{
		{name: "daily self-checks", who: "dalian", planned: days},
		{name: "periodic checks", who: "dalian", planned: 2, stories: inspectionStories["dalian periodic"]},
		{name: "periodic checks", who: "shenyang", planned: 2, stories: inspectionStories["shenyang periodic"]},
		{name: "spot checks", who: "bureau", planned: 4, stories: inspectionStories["province spot"]},
	}
	for i, in := range []body{
		{"cadence": "daily", "operators": []string{"bohai-hotel"}},
		{"cadence": "periodic", "operators": []string{"bohai-hotel", "beihai-travel"}, "quota": 2, "cap": 2},
		{"cadence": "periodic", "operators": []string{"laobian-restaurant", "beiling-park"}, "quota": 2, "cap": 2},
		{"cadence": "spot", "operators": []string{"bohai-hotel", "laobian-restaurant"}, "quota": 4, "cap": 2},
	} {
		p := y.plans[i]
		a, err := y.desk.call(ctx, http.MethodPost, "/v1/plans", login{key: y.Keys[p.who]}, fmt.Sprintf("demo-plan-%d", i), merge(in, body{"year": y.year}))
		if err != nil {
			return err
		}
		var made struct{ ID, Authority string }
		if err := a.into(&made); err != nil {
			return err
		}
		p.id, p.authority = made.ID, made.Authority
	}
	return y.settle(ctx)
}

// day plays one day.
func (y *yearDriver) day(ctx context.Context, nine time.Time) error {
	if err := y.until(ctx, nine); err != nil {
		return err
	}
	for _, p := range y.plans[1:] {
		if err := y.visits(ctx, p, nine); err != nil {
			return err
		}
	}
	evening := nine.Add(9 * time.Hour)
	for p := y.earliest(); p != nil && p.at.Before(evening); p = y.earliest() {
		if err := y.until(ctx, p.at); err != nil {
			return err
		}
		if err := y.step(ctx, p); err != nil {
			return fmt.Errorf("story %s, step %d: %w", p.Name, p.next, err)
		}
		if err := y.settle(ctx); err != nil {
			return err
		}
		y.After(p.Name + " " + p.last)
	}
	if nine.Format("01-02") == noSelfCheck {
		return nil
	}
	day := nine.Format(time.DateOnly)
	_, err := y.desk.call(ctx, http.MethodPost, "/v1/self-checks", login{key: y.Keys["hotel"]}, "demo-self-check-"+day, body{
		"day": day, "inspector": "U-01", "faults": 0,
	})
	return err
}

// visits gives each visit that a plan has opened to a story.
func (y *yearDriver) visits(ctx context.Context, p *plan, nine time.Time) error {
	all, err := y.occurrences(ctx, p)
	if err != nil {
		return err
	}
	for _, o := range all[p.seen:] {
		p.seen++
		if o.State != "opened" {
			continue
		}
		if len(p.stories) == 0 {
			return fmt.Errorf("the %s of %s opened a visit to %s that no story tells of", p.name, p.authority, o.Operator)
		}
		s := p.stories[0]
		p.stories = p.stories[1:]
		y.visit(s, o.Case, nine)
	}
	return nil
}

// visit begins a story with the case that was opened for it; without one, the story files it. Each
// visit has its own minute, as the stories of the complaints do.
func (y *yearDriver) visit(s Story, id string, nine time.Time) {
	at := nine.Add(time.Hour+time.Duration(len(y.players))*time.Minute).AddDate(0, 0, s.Steps[0].After)
	y.players = append(y.players, &player{Story: s, at: at, cases: map[string]string{"inspection": id}})
}

type occurrence struct{ State, Case, Operator string }

// occurrences are the checks of a plan that were seen to, page by page.
func (y *yearDriver) occurrences(ctx context.Context, p *plan) ([]occurrence, error) {
	return listed[occurrence](ctx, y.driver, p.who, "/v1/plans/"+p.id+"/occurrences?limit=200")
}

// listed reads a list of the API to its end.
func listed[T any](ctx context.Context, d *driver, who, path string) ([]T, error) {
	var all []T
	for next := path; ; {
		a, err := d.desk.call(ctx, http.MethodGet, next, login{key: d.Keys[who]}, "", nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Items []T
			Next  string
		}
		if err := a.into(&page); err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all, nil
		}
		next = path + "&cursor=" + page.Next
	}
}

// summary reads what the year has come to.
func (y *yearDriver) summary(ctx context.Context) error {
	for _, p := range y.plans {
		all, err := y.occurrences(ctx, p)
		if err != nil {
			return err
		}
		end := PlanEnd{Name: p.name, Authority: p.authority, Planned: p.planned}
		for _, o := range all {
			switch o.State {
			case "opened":
				end.Opened++
				if end.Regime, err = y.regimeOf(ctx, o.Case); err != nil {
					return err
				}
			case "capped":
				end.Capped++
			case "filed":
				end.Filed++
			case "missed":
				end.Missed++
			}
		}
		y.told.Plans = append(y.told.Plans, end)
	}
	var err error
	if y.told.Alerts, err = listed[Alert](ctx, y.driver, "dalian", "/v1/alerts?limit=200"); err != nil {
		return err
	}
	if y.told.Public, err = listed[Public](ctx, y.driver, nobody, "/v1/publications?limit=200"); err != nil {
		return err
	}
	y.told.Cases, err = y.ends(ctx)
	return err
}

// regimeOf is the name of the main regulation to whose text a case is pinned.
func (y *yearDriver) regimeOf(ctx context.Context, id string) (string, error) {
	v, err := y.view(ctx, id)
	if err != nil {
		return "", err
	}
	a, err := y.desk.call(ctx, http.MethodGet, "/v1/regimes", login{}, "", nil)
	if err != nil {
		return "", err
	}
	var list struct{ Items []struct{ Name string } }
	if err := a.into(&list); err != nil {
		return "", err
	}
	on := v.Filed.In(shanghai).Format(time.DateOnly)
	for _, r := range list.Items {
		a, err := y.desk.call(ctx, http.MethodGet, "/v1/regimes/"+r.Name+"?on="+on, login{}, "", nil)
		if err != nil && a.Status != http.StatusNotFound { // not in force on that day
			return "", err
		}
		var pinned struct{ Hash string }
		if err := a.into(&pinned); err != nil {
			return "", err
		}
		if pinned.Hash == v.Regime {
			return r.Name, nil
		}
	}
	return "", fmt.Errorf("no regime of %s has the text that case %s is pinned to", on, id)
}

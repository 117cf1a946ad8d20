package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duban/command"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/register"
	"duban/standalone/demo"
)

// The inspections that another installation had: two of each firm, the second a re-inspection.
const (
	firms   = 40
	visited = 2 * firms
)

// loadTable has a holiday table hold, from beside the program, which is killed meanwhile and once
// more while it moves the deadlines.
func (y *year) loadTable(ctx context.Context, table calendar.Table) ([]demo.Moved, error) {
	r, err := y.c.open(ctx)
	if err != nil {
		return nil, err
	}
	if y.kills != nil {
		<-y.dead
		y.kill()
	}
	moved, err := demo.TableLoader(r)(ctx, table)
	if y.kills != nil {
		<-y.dead
		y.kill()
	}
	return moved, errors.Join(err, r.Close())
}

// report is an operator's report on the half-year that has ended.
func (y *year) report(ctx context.Context) error {
	var id string
	err := y.until(ctx, "/v1/duties?operator=liaohai-telecom&limit=200", func(items []any) bool {
		for _, i := range items {
			d := i.(map[string]any)
			if d["code"] == "self-check-report" && d["period"] == "2027H1" {
				id = d["id"].(string)
			}
		}
		return id != ""
	})
	if err != nil {
		return err
	}
	got, err := y.call(ctx, http.MethodPost, "/v1/duties/"+id+"/reports", "operator", `{"text":"上半年服务质量自查报告。"}`)
	if err == nil && got["late"] != false {
		err = fmt.Errorf("a report in time is late: %v", got)
	}
	return err
}

// bring brings in the inspections of another installation, which is broken off and begun again.
func (y *year) bring(ctx context.Context) error {
	folder := y.t.TempDir()
	for name, text := range archive() {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	key := filepath.Join(folder, "import.key")
	if err := os.WriteFile(key, []byte(y.c.keys()["import"]), 0o600); err != nil {
		return err
	}
	args := []string{"import", "inspections", folder, "--map", "../../examples/sf-food-inspections.yaml", "--api", y.c.url, "--key-file", key, "--json"}
	var first, again struct{ Inspections, Findings struct{ Filed, Existing int } }
	if y.kills != nil {
		y.kill()
	}
	if err := duban(ctx, &first, args...); err != nil {
		return err
	}
	if y.kills != nil {
		<-y.dead
		y.kill()
	}
	if err := duban(ctx, &again, args...); err != nil {
		return err
	}
	if again.Inspections.Filed != 0 || again.Inspections.Existing != visited || again.Findings.Existing != firms {
		return fmt.Errorf("brought in %+v, again %+v", first, again)
	}
	return nil
}

func archive() map[string]string {
	var firm, visit, found strings.Builder
	firm.WriteString("business_id,name,address,city,postal_code\n")
	visit.WriteString("business_id,Score,date,type\n")
	found.WriteString("business_id,date,ViolationTypeID,risk_category,description\n")
	for n := range firms {
		fmt.Fprintf(&firm, "%d,Diner %d,%d Market St,San Francisco,94103\n", n, n, n)
		fmt.Fprintf(&visit, "%d,90,20160104,Routine - Unscheduled\n%d,,20160120,Reinspection/Followup\n", n, n)
		fmt.Fprintf(&found, "%d,20160104,103120,Moderate Risk,\n", n)
	}
	return map[string]string{
		"sf-food-establishments.csv": firm.String(), "sf-food-inspections.csv": visit.String(), "sf-food-violations.csv": found.String(),
	}
}

// duban is the command line; into gets what it prints.
func duban(ctx context.Context, into any, args ...string) error {
	var out, said bytes.Buffer
	if status := command.Main(ctx, command.Terminal{Out: &out, Err: &said}, args...); status != 0 {
		return fmt.Errorf("duban %s: status %d: %s%s", args[0], status, &out, &said)
	}
	return json.Unmarshal(out.Bytes(), into)
}

// until asks for a list until it is as wanted.
func (y *year) until(ctx context.Context, path string, wanted func(items []any) bool) error {
	for {
		got, err := y.call(ctx, http.MethodGet, path, "admin", "")
		if err != nil {
			return err
		}
		if items, is := got["items"].([]any); is && wanted(items) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s: %w: %v", path, ctx.Err(), got)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// call asks until it is answered; the path is also the idempotency key.
func (y *year) call(ctx context.Context, method, path, who, body string) (map[string]any, error) {
	for {
		req, err := http.NewRequestWithContext(ctx, method, y.c.url+path, strings.NewReader(body))
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", "Bearer "+y.c.keys()[who])
		if method == http.MethodPost {
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Idempotency-Key", "test"+path)
		}
		res, err := http.DefaultClient.Do(req)
		if err == nil {
			got := map[string]any{}
			err = errors.Join(json.NewDecoder(res.Body).Decode(&got), res.Body.Close())
			if err == nil && res.StatusCode < 300 {
				return got, nil
			}
			if res.StatusCode >= 400 && res.StatusCode < 500 {
				return nil, fmt.Errorf("%s: %d %v", path, res.StatusCode, got)
			}
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%s: %w (last: %w)", path, ctx.Err(), err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// tally counts all that a register holds, by what must be the same in every run of the year.
type tally map[string]int

// tally reads the register of a year that is over. Whom the lot has drawn is chance.
func (y *year) tally(ctx context.Context) (out tally, err error) {
	r, err := y.c.open(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	out = tally{}
	return out, errors.Join(out.cases(ctx, r), out.plans(ctx, r), out.draws(ctx, r), out.duties(ctx, r))
}

func (t tally) cases(ctx context.Context, r *register.Register) error {
	for f := (register.CaseFilter{Limit: 200}); ; {
		page, err := r.Cases(ctx, f)
		if err != nil {
			return err
		}
		for _, c := range page.Cases {
			if c.Stuck {
				t["stuck"]++
			}
			t[fmt.Sprintf("case %s %s, %d entries", c.Kind, c.State, c.Seq)]++
			lines, err := r.Ledger(ctx, c.ID, 0, 200)
			if err != nil {
				return err
			}
			for _, l := range lines {
				t[fmt.Sprintf("entry %s %s %s %s→%s", c.Kind, l.Entry.Class, l.Entry.Move, l.Entry.From, l.Entry.To)]++
			}
			if c.Kind == casefile.Inspection && c.External != "" {
				t["inspection imported"]++
			}
		}
		if f.Cursor = page.Next; f.Cursor == "" {
			return nil
		}
	}
}

func (t tally) plans(ctx context.Context, r *register.Register) error {
	all, err := r.Plans(ctx, nil, 0, 200)
	if err != nil {
		return err
	}
	for _, p := range all {
		var last int64
		for {
			seen, err := r.Occurrences(ctx, p.Plan.ID, last, 200)
			if err != nil {
				return err
			}
			for _, o := range seen {
				last = o.Serial
				t[fmt.Sprintf("check %s %s of %s on %s: %s", p.Plan.Authority, o.Slot, o.Operator, o.Day, o.State)]++
			}
			if len(seen) < 200 {
				break
			}
		}
	}
	alerts, err := r.Alerts(ctx, nil, 0, 200)
	for _, a := range alerts {
		t[fmt.Sprintf("alert %s %s %s", a.Authority, a.Operator, a.Day)]++
	}
	return err
}

func (t tally) draws(ctx context.Context, r *register.Register) error {
	all, err := r.Draws(ctx, nil, 0, 200)
	for _, d := range all {
		t[fmt.Sprintf("draw of %s for %s, published %t", d.Day, d.Authority, !d.Published.IsZero())]++
	}
	return err
}

func (t tally) duties(ctx context.Context, r *register.Register) error {
	var last int64
	for {
		page, err := r.Duties(ctx, register.DutyFilter{}, last, 200)
		if err != nil {
			return err
		}
		for _, l := range page {
			last = l.Serial
			d := l.Duty
			t[fmt.Sprintf("duty %s %s %s: %s %s, %d reports", d.Operator, d.Code, d.Period, d.State, d.Matter, d.Reports)]++
		}
		if len(page) < 200 {
			return nil
		}
	}
}

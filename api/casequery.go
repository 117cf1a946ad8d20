package api

import (
	"net/url"
	"strings"
	"time"

	"duban/api/wire"
	"duban/law/calendar"
	"duban/law/casefile"
	"duban/office"
)

// caseQuery is what the parameters of a list of cases ask for.
func (a *API) caseQuery(p wire.ListCasesParams) (office.CaseQuery, error) {
	var q office.CaseQuery
	q.Officer, q.Operator, q.Authority, q.Text = value(p.Officer), value(p.Operator), value(p.Authority), value(p.Text)
	q.Sort, q.MustAct, q.Unassigned, q.Overdue = office.CaseSort(value(p.Sort)), string(value(p.Turn)), p.Unassigned, p.Overdue
	q.Number = strings.ToUpper(value(p.Number))
	for _, s := range value(p.State) {
		q.States = append(q.States, casefile.State(s))
	}
	if p.Open != nil {
		closed := !*p.Open
		q.Closed = &closed
	}
	if p.KeepUntilBefore != nil {
		q.Kept = dayIn(*p.KeepUntilBefore)
	}
	for _, x := range []struct {
		name string
		from *string
		into *time.Time
		end  bool
	}{{"filedFrom", p.FiledFrom, &q.FiledFrom, false}, {"filedTo", p.FiledTo, &q.FiledBefore, true}, {"dueBefore", p.DueBefore, &q.DueBefore, true}} {
		var err error
		if *x.into, err = a.instant(x.name, value(x.from), x.end); err != nil {
			return q, err
		}
	}
	if p.DueBefore != nil && plainDay(*p.DueBefore) { // what ends with that day ends at its 24:00
		q.DueBefore = q.DueBefore.Add(time.Microsecond)
	}
	for _, x := range []struct {
		by     office.PersonBy
		header string
		coded  *string
	}{{office.ByPhone, "Duban-Phone", p.DubanPhone}, {office.ByEmail, "Duban-Email", p.DubanEmail}, {office.ByName, "Duban-Name", p.DubanName}} {
		if x.coded == nil {
			continue
		}
		text, err := url.PathUnescape(*x.coded)
		if err != nil {
			return q, problem("bad-parameter").at(x.header)
		}
		q.Person = append(q.Person, office.PersonQuery{By: x.by, Value: text})
	}
	return q, nil
}

// instant reads a day or an instant. A day is taken at its beginning in the place of the installation, or at
// its end. Zero: nothing was given.
func (a *API) instant(name, text string, end bool) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if !plainDay(text) {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil || at.Year() < 1901 || at.Year() > 2199 {
			return time.Time{}, problem("bad-parameter").at(name)
		}
		return at, nil
	}
	day, err := calendar.ParseDay(text)
	switch {
	case err != nil:
		return time.Time{}, problem("bad-parameter").at(name)
	case end:
		return day.End(a.Office.Place()), nil
	}
	return day.Start(a.Office.Place()), nil
}

func plainDay(text string) bool { return !strings.Contains(text, "T") }

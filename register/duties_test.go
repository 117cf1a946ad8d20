package register

import (
	"sync"
	"testing"
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/duties"
)

func selfReport(t testing.TB) duties.Duty {
	return duties.Duty{
		Operator: "cm", Authority: "ln", Code: "self-check-report", Title: casefile.Text{Zh: "自查报告", En: "self-check"}, Cadence: casefile.HalfYearly,
		Period: "2026H1", Cite: "test:18", Violation: "v1",
		Remind: theDay(t, "2026-07-21").Start(calendar.Shanghai()), Due: theDay(t, "2026-07-31").End(calendar.Shanghai()),
	}
}

func weekends(t testing.TB) *calendar.Calendar { return must(calendar.New(calendar.Shanghai()))(t) }

func stepTo(t testing.TB, r *Register, day string) {
	t.Helper()
	ok(t, r.StepClock(t.Context(), theDay(t, day).Start(calendar.Shanghai()).Add(12*time.Hour)))
}

func dutyNames(t testing.TB, r *Register, id string) (out []string) {
	t.Helper()
	var rows []dutyEventRow
	ok(t, r.db.Where("duty_id = ?", id).Order("seq").Find(&rows).Error)
	for _, row := range rows {
		var e duties.Event
		ok(t, decode(row.Body, &e))
		out = append(out, e.Name)
	}
	return out
}

func equal(t testing.TB, got, want any) {
	t.Helper()
	g, w := must(encode(got))(t), must(encode(want))(t)
	if g != w {
		t.Errorf("got %s, want %s", g, w)
	}
}

// 1 July: opened. 21 July: reminded. 31 July, 24:00: missing. However often the clock looks, and
// after an outage, each stands there once, at its own instant, in its order.
func TestTheClockMarksADutyOnceAndInOrder(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		d := selfReport(t)
		stepTo(t, r, "2026-07-01")
		ok(t, r.OpenDuty(t.Context(), d))
		ok(t, r.OpenDuty(t.Context(), d))
		for _, day := range []string{"2026-07-25", "2026-09-01"} {
			stepTo(t, r, day)
			var looks sync.WaitGroup
			for range 4 {
				looks.Go(func() {
					if _, err := r.TickDuties(t.Context(), weekends(t), 10); err != nil {
						t.Error(err)
					}
				})
			}
			looks.Wait()
		}
		id := dutyID("cm", d.Code, d.Period)
		equal(t, dutyNames(t, r, id), []string{"opened", "reminded", "missing"})
		l := must(r.DutyByID(t.Context(), id))(t)
		if l.Duty.State != duties.Missing || l.Duty.Matter != duties.Proposed || !l.Duty.Reminded.Equal(d.Remind) {
			t.Errorf("duty: %+v", l.Duty)
		}
		equal(t, len(must(r.Duties(t.Context(), DutyFilter{Authorities: []string{"ln"}, Proposed: true, Overdue: true}, 0, 10))(t)), 1)
		equal(t, len(must(r.Duties(t.Context(), DutyFilter{Authorities: []string{"miit"}}, 0, 10))(t)), 0)
		clean(t, r)
	})
}

// A report is received once, and its receipt decides: the end of the term goes before it.
func TestAReportCountsFromItsReceipt(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		stepTo(t, r, "2026-07-01")
		d := selfReport(t)
		ok(t, r.OpenDuty(t.Context(), d))
		other := d
		other.Period = "2025H2"
		ok(t, r.OpenDuty(t.Context(), other))
		in := DutyAct{Owner: "operator/cm", Key: "report-1", Duty: dutyID("cm", d.Code, d.Period), Words: "自查合格"}
		first := must(r.ReportDuty(t.Context(), in))(t)
		stepTo(t, r, "2026-08-02") // nobody looked meanwhile
		again := must(r.ReportDuty(t.Context(), in))(t)
		if first.Late || again.ID != first.ID || !again.Received.Equal(first.Received) || again.Late || first.Hash == "" {
			t.Errorf("first %+v, again %+v", first, again)
		}
		changed := in
		changed.Words = "另一份"
		_, err := r.ReportDuty(t.Context(), changed)
		isErr(t, err, ErrKeyReused)
		late := DutyAct{Owner: "operator/cm", Key: "report-2", Duty: dutyID("cm", d.Code, "2025H2"), Words: "迟了"}
		got := must(r.ReportDuty(t.Context(), late))(t)
		if !got.Late || got.Duty.Duty.State != duties.Late || got.Duty.Duty.Matter != duties.Proposed {
			t.Errorf("late: %+v", got)
		}
		equal(t, dutyNames(t, r, late.Duty), []string{"opened", "missing", "report"}) // nobody is reminded of a day that has passed
		equal(t, len(must(r.DutyReports(t.Context(), in.Duty, 0, 10))(t)), 1)
		_, err = r.ReportDuty(t.Context(), DutyAct{Owner: "o", Key: "k", Duty: "nothing"})
		isErr(t, err, ErrNotFound)
		clean(t, r)
	})
}

func aDutyCase(t testing.TB) Filing {
	day := theDay(t, "2026-08-01")
	return Filing{
		Kind: casefile.Enforcement, Authority: "ln", Operator: "cm", Subject: "自查", By: casefile.Actor{Sender: "officer", Officer: "o1", Role: casefile.RoleOfficer, Authority: "ln"},
		Body: casefile.Body{Operator: "cm", Violation: "v1", Requirement: "self-check-report-2026H1", PeriodFrom: day, PeriodTo: day}, Regime: testRegime,
	}
}

// An officer's confirmation opens one case; without a clause there is none, however it is asked.
func TestAConfirmedProposalIsACase(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		stepTo(t, r, "2026-07-01")
		d := selfReport(t)
		ok(t, r.OpenDuty(t.Context(), d))
		bare := d
		bare.Code, bare.Violation = "bare", ""
		ok(t, r.OpenDuty(t.Context(), bare))
		a := DutyAct{Owner: "officer/o1", Key: "confirm-1", Duty: dutyID("cm", d.Code, d.Period), By: officer, Words: "逾期未报"}
		_, err := r.ConfirmDuty(t.Context(), a, aDutyCase(t))
		isErr(t, err, duties.ErrNotSo)
		stepTo(t, r, "2026-08-03")
		first := must(r.ConfirmDuty(t.Context(), a, aDutyCase(t)))(t)
		again := must(r.ConfirmDuty(t.Context(), a, aDutyCase(t)))(t)
		if first.Duty.Case == "" || again.Duty.Case != first.Duty.Case || first.Duty.Matter != duties.Confirmed || first.Words != "逾期未报" {
			t.Errorf("first %+v, again %+v", first, again)
		}
		a.Key = "confirm-2"
		_, err = r.ConfirmDuty(t.Context(), a, aDutyCase(t))
		isErr(t, err, duties.ErrNotSo)
		_, err = r.ImproveDuty(t.Context(), a)
		isErr(t, err, duties.ErrClause)

		b := DutyAct{Owner: "officer/o1", Key: "bare-1", Duty: dutyID("cm", "bare", d.Period), By: officer, Words: "限期改进", Until: theDay(t, "2026-09-01")}
		_, err = r.ConfirmDuty(t.Context(), b, aDutyCase(t))
		isErr(t, err, duties.ErrNoClause)
		improved := must(r.ImproveDuty(t.Context(), b))(t)
		if improved.Duty.Matter != duties.Improving || improved.Duty.Improve != "2026-09-01" {
			t.Errorf("improved: %+v", improved)
		}
		settle(t, r, first.Duty.Case, "")
		if rep := clean(t, r); rep.Cases != 1 {
			t.Errorf("%d cases", rep.Cases)
		}
	})
}

// 21 July: the reminder leaves the installation, once. It comes back: the duty shows it, and the head is
// told. An improvement notice that comes back is told to the officer who sent it.
func TestNoticesOfADutyLeaveOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		stepTo(t, r, "2026-07-01")
		d := selfReport(t)
		d.Violation = ""
		ok(t, r.OpenDuty(t.Context(), d))
		id := dutyID("cm", d.Code, d.Period)
		stepTo(t, r, "2026-07-22")
		for range 2 {
			must(r.TickDuties(t.Context(), weekends(t), 10))(t)
		}
		claim := func(document, to, email string) NoticeRow {
			t.Helper()
			got := must(r.ClaimNotices(t.Context(), 10, time.Minute))(t)
			if len(got) != 1 || got[0].Document != document || got[0].To != to || got[0].Contact.Email != email || got[0].Duty != id || got[0].Case != "" || got[0].Cite != d.Cite {
				t.Fatalf("%s to %s: %+v", document, to, got)
			}
			return got[0]
		}
		reminder := claim("duty-reminder", "operator", "cm@example.org")
		if reminder.Due != theDay(t, "2026-07-31") || reminder.Title.En != "self-check (2026H1)" {
			t.Errorf("reminder %+v", reminder)
		}
		clean(t, r)
		ok(t, r.NoticeFailed(t.Context(), reminder.ID, "later", false))
		equal(t, len(must(r.ClaimNotices(t.Context(), 10, time.Minute))(t)), 0)
		for range 2 {
			ok(t, r.NoticeFailed(t.Context(), reminder.ID, "no such mailbox", true))
		}
		equal(t, must(r.DutyByID(t.Context(), id))(t).Duty.Undelivered, []string{"duty-reminder"})
		told := claim("duty-undelivered", "officer", "head@example.org")
		ok(t, r.NoticeFailed(t.Context(), told.ID, "no such mailbox", true))
		equal(t, len(must(r.ClaimNotices(t.Context(), 10, time.Minute))(t)), 0) // of that nobody is told again
		equal(t, must(r.DutyByID(t.Context(), id))(t).Duty.Undelivered, []string{"duty-reminder", "duty-undelivered"})

		stepTo(t, r, "2026-08-03")
		must(r.TickDuties(t.Context(), weekends(t), 10))(t)
		a := DutyAct{Owner: "officer/o1", Key: "improve-1", Duty: id, By: officer, Words: "改进报告制度", Until: theDay(t, "2026-09-01")}
		for range 2 {
			must(r.ImproveDuty(t.Context(), a))(t)
		}
		letter := claim("duty-improvement", "operator", "cm@example.org")
		if letter.Due != a.Until {
			t.Errorf("improvement notice %+v", letter)
		}
		ok(t, r.NoticeFailed(t.Context(), letter.ID, "no such mailbox", true))
		ok(t, r.NoticeSent(t.Context(), claim("duty-undelivered", "officer", "one@example.org").ID))
		equal(t, dutyNames(t, r, id), []string{"opened", "reminded", "undelivered", "undelivered", "missing", "improving", "undelivered"})
		clean(t, r)
		ok(t, r.db.Exec("DELETE FROM outbox WHERE id = ?", letter.ID).Error)
		if rep := must(r.Verify(t.Context(), nil))(t); len(rep.Violations) != 1 || rep.Violations[0].Check != CheckNotices {
			t.Errorf("a notice gone: %+v", rep.Violations)
		}
	})
}

// The installation is down from 30 July to 4 August. A report that comes as soon as it is up is late, and
// nothing is proposed; without one it is proposed when the installation was up a full working day, and
// down again on that day it waits on. The outage is told either way.
func TestAnOutageOverTheLastDayIsTold(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		d := selfReport(t)
		d.Grace = calendar.Term{N: 1, Unit: calendar.WorkingDays}
		ids := map[string]string{}
		up := func(day string) {
			t.Helper()
			stepTo(t, r, day)
			ok(t, r.DutiesSeen(t.Context(), DutyWatch{Through: theDay(t, day)}))
			must(r.TickDuties(t.Context(), weekends(t), 10))(t)
		}
		report := func(code, key string) duties.Duty {
			t.Helper()
			return must(r.ReportDuty(t.Context(), DutyAct{Owner: "operator/cm", Key: key, Duty: ids[code], Words: "自查"}))(t).Duty.Duty
		}
		is := func(d duties.Duty, state duties.State, matter duties.Matter, from, to string) {
			t.Helper()
			if d.State != state || d.Matter != matter || d.Down == nil || d.Down.From.String() != from || d.Down.To.String() != to {
				t.Errorf("%s: %s %s, down %+v", d.Code, d.State, d.Matter, d.Down)
			}
		}
		up("2026-07-29")
		for _, code := range []string{"door", "held", "never", "graceless"} {
			d.Code = code
			if code == "graceless" {
				d.Grace = calendar.Term{}
			}
			ok(t, r.OpenDuty(t.Context(), d))
			ids[code] = dutyID("cm", code, d.Period)
		}
		stepTo(t, r, "2026-08-05") // Wednesday: the door is open, no relay has run yet
		is(report("door", "1"), duties.Late, duties.NoMatter, "2026-07-30", "2026-08-04")
		up("2026-08-05")
		is(must(r.DutyByID(t.Context(), ids["graceless"]))(t).Duty, duties.Missing, duties.Proposed, "2026-07-30", "2026-08-04")
		is(must(r.DutyByID(t.Context(), ids["never"]))(t).Duty, duties.Open, duties.NoMatter, "2026-07-30", "2026-08-04")
		up("2026-08-06")
		is(report("held", "2"), duties.Late, duties.NoMatter, "2026-07-30", "2026-08-04")
		up("2026-08-06")
		stepTo(t, r, "2026-08-07")
		equal(t, must(r.DutyByID(t.Context(), ids["never"]))(t).Duty.Held, theDay(t, "2026-08-06").End(calendar.Shanghai()).UTC())
		up("2026-08-07")
		is(must(r.DutyByID(t.Context(), ids["never"]))(t).Duty, duties.Missing, duties.Proposed, "2026-07-30", "2026-08-04")
		is(report("never", "3"), duties.Late, duties.Proposed, "2026-07-30", "2026-08-04")
		equal(t, dutyNames(t, r, ids["never"]), []string{"opened", "held", "missing", "report"})

		d.Code, d.Grace, d.Due = "again", calendar.Term{N: 1, Unit: calendar.WorkingDays}, theDay(t, "2026-08-10").End(calendar.Shanghai())
		ok(t, r.OpenDuty(t.Context(), d))
		ids["again"] = dutyID("cm", "again", d.Period)
		up("2026-08-12")
		up("2026-08-17") // down on the 13th, which was to be the full day: held on, for the outage over the last day
		is(must(r.DutyByID(t.Context(), ids["again"]))(t).Duty, duties.Open, duties.NoMatter, "2026-08-08", "2026-08-11")
		up("2026-08-18")
		up("2026-08-19")
		equal(t, dutyNames(t, r, ids["again"]), []string{"opened", "held", "held", "missing"})
		clean(t, r)
	})
}

// Verify finds a history that was changed, a state that was, and a report that was.
func TestVerifyReadsDuties(t *testing.T) {
	for _, harm := range []string{
		"UPDATE duty_events SET body = replace(body, 'opened', 'moved') WHERE seq = 1",
		"UPDATE duties SET state = 'filed'",
		"UPDATE duties SET next_at = due",
		"UPDATE duty_reports SET body = 'another'",
		"DELETE FROM duty_events WHERE seq = 2",
	} {
		r := open(t, fresh(t, "sqlite"), Config{})
		stepped(t, r)
		stepTo(t, r, "2026-07-01")
		d := selfReport(t)
		ok(t, r.OpenDuty(t.Context(), d))
		stepTo(t, r, "2026-08-03")
		must(r.ReportDuty(t.Context(), DutyAct{Owner: "operator/cm", Key: "report-1", Duty: dutyID("cm", d.Code, d.Period), Words: "自查"}))(t)
		clean(t, r)
		ok(t, r.db.Exec(harm).Error)
		rep := must(r.Verify(t.Context(), nil))(t)
		if len(rep.Violations) == 0 || rep.Violations[0].Check != CheckDuty {
			t.Errorf("%s: %+v", harm, rep.Violations)
		}
	}
}

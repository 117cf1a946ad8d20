package register

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Every row of the register that is changed behind its back is found, by the check it breaks.
func TestVerifyFindsTampering(t *testing.T) {
	later := "2031-01-01 00:00:00+00:00"
	all := []struct{ name, statement, check string }{
		{"entry taken out", "DELETE FROM entries WHERE case_id = @case AND seq = 3", CheckSequence},
		{"last entry taken out", "DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries WHERE case_id = @case)", CheckSequence},
		{"seq raised", "UPDATE cases SET seq = seq + 1 WHERE id = @case", CheckSequence},
		{"entry's text", "UPDATE entries SET body = replace(body, 'test:1', 'test:2') WHERE case_id = @case AND seq = 2", CheckChain},
		{"entry's hash", "UPDATE entries SET hash = 'x' WHERE case_id = @case AND seq = 2", CheckChain},
		{"entry's prev", "UPDATE entries SET prev = 'x' WHERE case_id = @case AND seq = 2", CheckChain},
		{"head", "UPDATE cases SET head = 'x' WHERE id = @case", CheckChain},
		{"entry's state", "UPDATE entries SET to_state = 'closed' WHERE case_id = @case AND seq = 2", CheckLine},
		{"entry's move", "UPDATE entries SET move = 'close' WHERE case_id = @case AND seq = 2", CheckLine},
		{"lapse untied", "UPDATE entries SET deadline_key = NULL WHERE case_id = @case AND class = 'lapse'", CheckLine},
		{"case's text", "UPDATE cases SET body = replace(body, '\"officer\":\"o1\"', '\"officer\":\"h1\"') WHERE id = @case", CheckFold},
		{"beginning", "UPDATE cases SET origin = replace(origin, '\"authority\":\"ln\"', '\"authority\":\"miit\"') WHERE id = @case", CheckFold},
		{"row's state", "UPDATE cases SET state = 'closed' WHERE id = @case", CheckRow},
		{"row's due", "UPDATE cases SET next_due = '" + later + "' WHERE id = @case", CheckRow},
		{"row's officer", "UPDATE cases SET officer = 'h1' WHERE id = @case", CheckRow},
		{"row's closing", "UPDATE cases SET closed_at = '" + later + "' WHERE id = @case", CheckRow},
		{"row's overdue", "UPDATE cases SET overdue = NOT overdue WHERE id = @case", CheckRow},
		{"row's telling", "UPDATE cases SET told = NOT told WHERE id = @case", CheckRow},
		{"deadline gone", "DELETE FROM deadlines WHERE case_id = @case", CheckDeadlines},
		{"deadline moved", "UPDATE deadlines SET due = '" + later + "' WHERE case_id = @case", CheckDeadlines},
		{"deadline forged", "INSERT INTO deadlines (case_id, key, name, class, due, calendar, body) VALUES (@case, 'x@1', 'x', 'x', '" + later + "', '', '{}')", CheckDeadlines},
		{"lapse entered too early", "UPDATE entries SET entered_at = '2026-03-02 00:00:00+00:00' WHERE case_id = @case AND class = 'lapse'", CheckEarly},
		{"paper back-dated", "UPDATE papers SET received = '2026-03-02 02:00:00+00:00' WHERE case_id = @case AND name = 'reply'", CheckOrder},
		{"paper's text", "UPDATE papers SET body = replace(body, 'x', 'y') WHERE case_id = @case AND name = 'reply'", CheckContent},
		{"filing's text", "UPDATE papers SET body = replace(body, 'fee', 'other') WHERE case_id = @case AND name = 'filing'", CheckContent},
		{"filing's person", "UPDATE persons SET sealed = '{}' WHERE id IN (SELECT person_id FROM case_parties WHERE case_id = @case)", CheckContent},
		{"paper received later", "UPDATE papers SET received = '" + later + "' WHERE case_id = @case AND name = 'reply'", CheckContent},
		{"paper's sender", "UPDATE papers SET sender = 'court' WHERE case_id = @case AND name = 'reply'", CheckContent},
		{"linked paper's text", "UPDATE papers SET body = '{}' WHERE from_case = @case", CheckContent},
		{"act's text", "UPDATE acts SET body = '{\"reasons\":\"other\"}' WHERE case_id = @case AND name = 'open-enforcement'", CheckContent},
		{"act's officer", "UPDATE acts SET officer = 'h1' WHERE case_id = @case AND name = 'accept'", CheckContent},
		{"subject", "UPDATE cases SET subject = 'x' WHERE id = @case", CheckContent},
		{"number", "UPDATE cases SET number = 'LN-C-2026-9' || n WHERE id = @case", CheckRow},
		{"paper gone", "UPDATE entries SET paper_id = NULL WHERE case_id = @case AND move = 'reply'; DELETE FROM papers WHERE case_id = @case AND name = 'reply'", CheckLine},
		{"filing of another case", "UPDATE cases SET filing = 'x' WHERE id = @case", CheckPaper},
		{"paper waits again", "UPDATE papers SET entry = NULL WHERE case_id = @case AND name = 'reply'", CheckPaper},
		{"paper entered elsewhere", "UPDATE papers SET entry = 1 WHERE case_id = @case AND name = 'reply'", CheckPaper},
		{"act without verdict", "UPDATE acts SET entry = NULL WHERE case_id = @case AND name = 'accept'", CheckAct},
		{"act refused after all", "UPDATE acts SET entry = NULL, refusal = '{}' WHERE case_id = @case AND name = 'accept'", CheckAct},
		{"act's other entry", "UPDATE acts SET entry = 4 WHERE case_id = @case AND name = 'accept'", CheckAct},
		{"notice gone", "DELETE FROM outbox WHERE case_id = @case AND seq = 1", CheckNotices},
		{"notice of no entry", "UPDATE outbox SET seq = 99 WHERE case_id = @case AND seq = 1", CheckNotices},
		{"linked paper gone", "UPDATE papers SET from_case = '' WHERE from_case = @case", CheckSends},
		{"row's keeping", "UPDATE cases SET keep_until = '2030-01-01' WHERE id = @case", CheckRow},
		{"publication forged", "INSERT INTO publications (case_id, decision, what, authority, operator, shown, shown_until, body) VALUES (@case, 1, 'penalty-decision', 'ln', 'cm', true, '9999-12-31', '{}')", CheckPublic},
		{"violation day gone", "DELETE FROM violation_days WHERE day = '2026-01-07' AND requirement = 'GB-' || (SELECT n FROM cases WHERE id = @case)", CheckViolation},
	}
	onBoth(t, func(t *testing.T, r *Register) {
		stepped(t, r)
		known := map[Violation]bool{}
		for n, x := range all {
			id := lived(t, r, n+1)
			for _, v := range must(r.Verify(t.Context(), nil))(t).Violations {
				if !known[v] {
					t.Fatalf("before %s: %+v", x.name, v)
				}
			}
			tamper(t, r, x.statement, id)
			found := false
			for _, v := range must(r.Verify(t.Context(), nil))(t).Violations {
				found = found || !known[v] && v.Check == x.check
				known[v] = true
			}
			if !found {
				t.Errorf("%s: check %s found nothing", x.name, x.check)
			}
		}
	})
}

// lived makes the n-th case of a register, one that has seen every class of move.
func lived(t *testing.T, r *Register, n int) string {
	t.Helper()
	name := fmt.Sprintf("GB-%d", n)
	id := must(r.File(t.Context(), aComplaint(name)))(t).Case
	settle(t, r, id, "")
	do(t, r, id, name+"/1", "accept", casefile.Body{})
	do(t, r, id, name+"/2", "assign", casefile.Body{Officer: "o1"})
	do(t, r, id, name+"/3", "forward", casefile.Body{})
	do(t, r, id, name+"/4", "open-enforcement", casefile.Body{
		Violation: "v1", Requirement: name, PeriodFrom: calendar.NewDay(2026, 1, 1), PeriodTo: calendar.NewDay(2026, 1, 31), Reasons: "why",
	})
	_, c, err := r.CaseByID(t.Context(), id)
	ok(t, err)
	settle(t, r, c.Links[0].Case, "")
	reply, armed := c.Deadline("reply")
	if !armed {
		t.Fatal("the operator's term does not run")
	}
	ok(t, r.StepClock(t.Context(), reply.Due))
	settle(t, r, id, "")
	must(r.Receive(t.Context(), PaperIn{Owner: "cm", Key: name, Case: id, Name: "reply", By: casefile.Actor{Sender: "operator"}, Body: casefile.Body{Text: "x"}}))(t)
	settle(t, r, id, "")
	return id
}

// tamper changes rows as nobody may: foreign keys are off for it.
func tamper(t *testing.T, r *Register, statements, id string) {
	t.Helper()
	conn := must(r.pool.Conn(t.Context()))(t)
	off := "SET session_replication_role = replica"
	if r.sqlite() {
		off = "PRAGMA foreign_keys = 0"
	}
	for _, s := range append([]string{off}, strings.Split(statements, "; ")...) {
		_, err := conn.ExecContext(t.Context(), strings.ReplaceAll(s, "@case", "'"+id+"'"))
		ok(t, err)
	}
	ok(t, conn.Close())
}

func TestVerifyListsStuckCases(t *testing.T) {
	onBoth(t, func(t *testing.T, r *Register) {
		in := must(r.File(t.Context(), aComplaint("1")))(t)
		for i := range MaxFaults {
			if n := must(r.Fault(t.Context(), in.Case, in.Paper, fmt.Errorf("poison")))(t); n != i+1 {
				t.Errorf("fault %d counted as %d", i+1, n)
			}
		}
		rep := clean(t, r)
		if len(rep.Stuck) != 1 || rep.Stuck[0] != (StuckCase{in.Case, in.Number, in.Paper, "poison"}) {
			t.Errorf("stuck %+v", rep.Stuck)
		}
	})
}

func TestVerifyFindsGapsInNumbers(t *testing.T) {
	for _, statement := range []string{
		"UPDATE cases SET n = 9 WHERE id = @case", "UPDATE numbers SET n = n - 1", "UPDATE numbers SET n = n + 1",
		"DELETE FROM grams; DELETE FROM case_parties WHERE case_id = @case; DELETE FROM papers WHERE case_id = @case; DELETE FROM cases WHERE id = @case",
	} {
		onBoth(t, func(t *testing.T, r *Register) {
			first := must(r.File(t.Context(), aComplaint("1")))(t)
			must(r.File(t.Context(), aComplaint("2")))(t)
			tamper(t, r, statement, first.Case)
			if rep := must(r.Verify(t.Context(), nil))(t); !slices.ContainsFunc(rep.Violations, func(v Violation) bool { return v.Check == CheckNumbers }) {
				t.Errorf("after %s: %+v", statement, rep.Violations)
			}
		})
	}
}

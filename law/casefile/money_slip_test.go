package casefile_test

import (
	"testing"

	"duban/law/casefile"
)

// slip is money by a bank's slip; an empty number: the bank names none.
func slip(yuan casefile.Fen, on, number string) casefile.Body {
	return casefile.Body{Amount: yuan * 100, On: day(on), Slip: number}
}

func (h *house) banked(id string, b casefile.Body) casefile.Entry {
	h.t.Helper()
	return h.paper(id, "payment", "bank", b)
}

func (h *house) reported(id string, b casefile.Body) casefile.Entry {
	h.t.Helper()
	return h.paper(id, "payment-report", "operator", b)
}

// onFile expects a paper without effect, for that reason.
func onFile(t *testing.T, e casefile.Entry, because string) {
	t.Helper()
	if e.None != because {
		t.Errorf("%s is on file because %q, want %q", e.Move, e.None, because)
	}
}

func wrote(e casefile.Entry, document, to string) bool {
	for _, n := range e.Notices {
		if n.Document == document && n.To == to {
			return true
		}
	}
	return false
}

func (h *house) paid(id string, yuan casefile.Fen) {
	h.t.Helper()
	var sum casefile.Fen
	for _, p := range h.cases[id].Received() {
		sum += p.Amount
	}
	if sum != yuan*100 {
		h.t.Fatalf("%s: %d has counted, want %d", id, sum, yuan*100)
	}
}

// Reported on the last day, 03-27; the bank's payment of that day comes on 03-30 and sets the lapse aside.
// Between them the report has kept nothing off, and an officer has had something to do.
func TestReportedBeforeTheBank(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 5000)
	h.until("2026-03-27")
	e := h.reported(id, slip(5000, "2026-03-27", "ICBC-0042"))
	h.due(id, "payment-check", "2026-04-01")
	if e.None != "" || !wrote(e, "payment-reported", "officer") {
		t.Errorf("%+v", e)
	}
	h.state(id, casefile.Payable)
	h.paid(id, 0)
	h.until("2026-03-28")
	h.state(id, casefile.Unpaid) // what the operator says sets nothing aside
	h.until("2026-03-30")
	e = h.banked(id, slip(5000, "2026-03-27", "icbc 0042")) // the same number, written otherwise
	if len(e.Corrects) != 1 {
		t.Errorf("the payment was in time: %+v", e)
	}
	h.state(id, casefile.Correcting)
	h.notDue(id, "payment-check")
	h.paid(id, 5000)
	if r := h.cases[id].Reports; len(r) != 1 || r[0].Payment != e.Ref || r[0].Waits() {
		t.Errorf("reports %+v", r)
	}
}

// Each report is matched with one payment only: by its number before any by day and sum.
func TestReportedAfterTheBank(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 5000)
	h.until("2026-03-20")
	first := h.banked(id, slip(2000, "2026-03-19", "A-1"))
	second := h.banked(id, slip(2000, "2026-03-19", "A-2")) // another number: another payment
	h.paid(id, 4000)
	onFile(t, h.reported(id, slip(2000, "2026-03-19", "A-2")), "")
	onFile(t, h.reported(id, slip(2000, "2026-03-19", "A-2")), "known-already")
	onFile(t, h.reported(id, slip(2000, "2026-03-19", "")), "")
	h.notDue(id, "payment-check")
	h.reported(id, slip(2000, "2026-03-19", "")) // a third one, which the bank does not know
	h.due(id, "payment-check", "2026-03-25")
	r := h.cases[id].Reports
	if len(r) != 3 || r[0].Payment != second.Ref || r[1].Payment != first.Ref || r[2].Payment != "" {
		t.Fatalf("reports %+v", r)
	}
	h.refuses(id, "dismiss-payment", li, casefile.Body{Payment: r[0].Entry, Reasons: "r"}, "no-such-payment")
	e := h.act(id, "dismiss-payment", li, casefile.Body{Payment: r[2].Entry, Reasons: "r"})
	if h.notDue(id, "payment-check"); !wrote(e, "payment-not-found", "operator") {
		t.Errorf("notices %v", e.Notices)
	}
	h.hopeless(id, "dismiss-payment", li, "no-such-payment")
	h.until("2026-03-24") // it was there after all, and comes late
	e = h.banked(id, slip(2000, "2026-03-19", "A-3"))
	if r := h.cases[id].Reports[2]; r.Payment != e.Ref {
		t.Errorf("report %+v", r)
	}
	h.paid(id, 6000)
	h.due(id, "refund", "2026-04-23")
}

// A report that nothing owed awaits is on file, and no other paper is held up by it.
func TestReportedWhereNothingIsOwed(t *testing.T) {
	h := open(t, "2026-02-02")
	id := ordered(h)
	onFile(t, h.reported(id, slip(100, "2026-02-02", "A-1")), "nothing-owed")
	h = open(t, "2026-02-02")
	id = fined(h, 5000)
	operator := casefile.Actor{Sender: "operator"}
	h.hopeless(id, "payment-report", operator, "")
	for because, b := range map[string]casefile.Body{
		"day-in-future": slip(5000, "2026-03-13", ""), "incomplete": {Amount: 100}, "nothing-owed": slip(-1, "2026-03-12", ""),
	} {
		onFile(t, h.reported(id, b), because)
	}
	h.banked(id, slip(5000, "2026-03-12", "A-1"))
	onFile(t, h.reported(id, slip(300, "2026-03-12", "A-2")), "nothing-owed")
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
	onFile(t, h.reported(id, slip(5000, "2026-03-12", "A-1")), "") // said late, and true: it is that payment
	onFile(t, h.reported(id, slip(5000, "2026-03-12", "A-9")), "nothing-owed")
	h.unlisted(id, "payment-report", operator)
	h.notDue(id, "payment-check")
}

// The bank's slip is fed in twice, and once more with a mistyped sum: only the first counts, the others wait
// for an officer although the case has closed.
func TestTheSameSlipTwice(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 5000)
	h.until("2026-03-20")
	h.banked(id, slip(5000, "2026-03-20", "A-1"))
	h.act(id, "verify", li, verified(yes()))
	h.state(id, casefile.EnforcementClosed)
	kept := h.cases[id].Kept
	e := h.banked(id, slip(5000, "2026-03-20", "A-1"))
	onFile(t, e, "same-slip")
	if !wrote(e, "payment-doubted", "officer") || kept == nil || h.cases[id].Kept != nil {
		t.Errorf("notices %v, kept %+v", e.Notices, h.cases[id].Kept)
	}
	other := h.banked(id, slip(50000, "2026-03-19", "a1"))
	onFile(t, other, "same-slip")
	h.paid(id, 5000)
	h.due(id, "payment-check", "2026-03-25")
	h.notDue(id, "refund")
	h.until("2026-03-26")
	if got := h.cases[id].Overdue; len(got) != 1 || got[0] != "payment-check" {
		t.Errorf("overdue %v", got)
	}
	h.refuses(id, "dismiss-payment", li, casefile.Body{Payment: 1, Reasons: "r"}, "no-such-payment")
	h.refuses(id, "dismiss-payment", wang, casefile.Body{Payment: e.Seq, Reasons: "r"}, "wrong-officer")
	h.refuses(id, "dismiss-payment", li, casefile.Body{Payment: e.Seq}, "missing-field")
	h.act(id, "dismiss-payment", li, casefile.Body{Payment: e.Seq, Reasons: "r"})
	if last := h.act(id, "dismiss-payment", li, casefile.Body{Payment: other.Seq, Reasons: "r"}); len(last.Late) != 1 || !wrote(last, "payment-dismissed", "operator") {
		t.Errorf("%+v", last)
	}
	if c := h.cases[id]; len(c.Overdue) != 0 || c.Kept == nil {
		t.Errorf("overdue %v, kept %+v", c.Overdue, c.Kept)
	}
	h.act(id, "count-payment", li, casefile.Body{Payment: e.Seq, Reasons: "r"}) // dismissed by mistake
	h.paid(id, 10000)
	h.due(id, "refund", "2026-04-25")
}

// In two equal parts on the last day, and the bank names no slip: the second is in doubt while the
// case is overdue. Counted on 04-07, it was in time all the same: no surcharge, the lapse set aside.
func TestDoubtedAndCountedInTime(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 5000)
	h.until("2026-03-27")
	h.banked(id, slip(2500, "2026-03-27", ""))
	doubted := h.banked(id, slip(2500, "2026-03-27", "B-2"))
	onFile(t, doubted, "same-slip")
	h.hopeless(id, "count-payment", li, "")
	h.until("2026-04-07")
	h.state(id, casefile.Unpaid)
	lapse := 0
	for _, l := range h.cases[id].Lapses {
		if l.Name == "payment" {
			lapse = l.Seq
		}
	}
	h.refuses(id, "count-payment", li, casefile.Body{Payment: lapse, Reasons: "r"}, "no-such-payment")
	e := h.act(id, "count-payment", li, casefile.Body{Payment: doubted.Seq, Reasons: "r"})
	if len(e.Corrects) != 1 || e.Corrects[0] != lapse || !wrote(e, "payment-counted", "operator") {
		t.Errorf("%+v", e)
	}
	h.state(id, casefile.Correcting)
	h.paid(id, 5000)
	f := h.cases[id].Fines[0]
	if owed := f.Owed(h.today(), law().Regime.Surcharge); owed != 0 || f.SurchargeOn(h.today(), law().Regime.Surcharge) != 0 {
		t.Errorf("owed %d", owed)
	}
	h.hopeless(id, "count-payment", li, "no-such-payment")
	onFile(t, h.banked(id, slip(1, "2026-04-07", "b2")), "same-slip") // its number is known now
}

// Two equal parts on 04-06, ten days late: the second counts on its own day too, when it is counted a
// fortnight afterwards, and the surcharge has stopped on that day.
func TestDoubtedAndCountedLate(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 1000)
	h.until("2026-04-06")
	h.banked(id, slip(650, "2026-04-06", ""))
	h.reported(id, slip(650, "2026-04-06", ""))
	doubted := h.banked(id, slip(650, "2026-04-06", ""))
	report := h.reported(id, slip(650, "2026-04-06", ""))
	h.until("2026-04-20")
	h.state(id, casefile.Unpaid)
	e := h.act(id, "count-payment", li, casefile.Body{Payment: doubted.Seq, Reasons: "r"})
	if len(e.Corrects) != 0 {
		t.Errorf("corrects %v", e.Corrects)
	}
	h.state(id, casefile.Correcting)
	if f := h.cases[id].Fines[0]; f.SurchargeOn(h.today(), law().Regime.Surcharge) != 30000 || len(f.Refunds) != 0 {
		t.Errorf("%+v", f)
	}
	if r := h.cases[id].Reports; r[1].Entry != report.Seq || r[1].Payment != doubted.Ref || r[0].Payment == r[1].Payment {
		t.Errorf("reports %+v", r)
	}
	h.notDue(id, "payment-check")
}

// A slip that was put to another case first: it may be one payment or two banks' numbers.
func TestASlipOfAnotherCase(t *testing.T) {
	h := open(t, "2026-02-02")
	id := fined(h, 5000)
	h.slip = "enforcement-9"
	e := h.banked(id, slip(5000, "2026-03-12", "A-1"))
	onFile(t, e, "same-slip")
	if d := h.cases[id].Doubts; len(d) != 1 || d[0].Case != "enforcement-9" || d[0].Like != "" {
		t.Errorf("doubts %+v", d)
	}
	h.act(id, "count-payment", li, casefile.Body{Payment: e.Seq, Reasons: "r"})
	h.state(id, casefile.Correcting)
	h.paid(id, 5000)
}

// A case whose text is older than all this: reports, doubts and both acts are known to it all the same.
func TestSlipsUnderAnOlderText(t *testing.T) {
	h := openOlder(t, "telecom-2001", "2026-02-02")
	id := penalised(h)
	h.banked(id, slip(5000, "2026-03-12", "A-1"))
	second := h.banked(id, slip(5000, "2026-03-12", ""))
	onFile(t, second, "same-slip")
	h.due(id, "payment-check", "2026-03-17") // as any task of that text
	e := h.act(id, "count-payment", li, casefile.Body{Payment: second.Seq, Reasons: "r"})
	if e.Cites[0] != "penalties-2021:67" {
		t.Errorf("cites %v", e.Cites)
	}
	h.state(id, casefile.Correcting)
	h.paid(id, 10000)
}

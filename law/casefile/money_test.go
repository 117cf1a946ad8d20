package casefile_test

import (
	"testing"

	"duban/law/casefile"
)

var whole, unpaid = casefile.Surcharge{PerMille: 30, Every: 1, Cap: 1000, Base: "whole"}, casefile.Surcharge{PerMille: 30, Every: 1, Cap: 1000, Base: "unpaid"}

// Of another regulation: 3% for each full ten days, up to a quarter of the fine.
var tenDays = casefile.Surcharge{PerMille: 30, Every: 10, Cap: 250, Base: "whole"}

func paid(on string, yuan casefile.Fen) casefile.Payment {
	return casefile.Payment{Paper: on, Day: day(on), Amount: yuan * 100}
}

// A fine of 10,000 yuan (lifecycles §5): due 2026-03-17, 300 yuan a day from 03-18,
// the cap reached on day 34, 2026-04-20.
func TestSurcharge(t *testing.T) {
	span := func(from, to string) casefile.Span {
		s := casefile.Span{From: day(from)}
		if to != "" {
			s.To = day(to)
		}
		return s
	}
	for _, c := range []struct {
		name      string
		rule      casefile.Surcharge
		change    func(*casefile.Fine)
		on        string
		surcharge casefile.Fen // yuan
		owed      casefile.Fen // yuan
	}{
		{"on the last day", whole, nil, "2026-03-17", 0, 10000},
		{"a day late", whole, nil, "2026-03-18", 300, 10300},
		{"twenty days late", whole, nil, "2026-04-06", 6000, 16000},
		{"the day before the cap", whole, nil, "2026-04-19", 9900, 19900},
		{"the cap", whole, nil, "2026-04-20", 10000, 20000},
		{"years later", whole, nil, "2028-04-20", 10000, 20000},
		{"nine days of ten", tenDays, nil, "2026-03-26", 0, 10000},
		{"ten days of ten", tenDays, nil, "2026-03-27", 300, 10300},
		{"ten days, two of them frozen", tenDays, func(f *casefile.Fine) { f.Frozen = []casefile.Span{span("2026-03-20", "2026-03-21")} }, "2026-03-28", 0, 10000},
		{"a cap of a quarter", tenDays, nil, "2028-03-26", 2500, 12500},
		{"none announced", whole, func(f *casefile.Fine) { f.PerMille = 0 }, "2026-04-20", 0, 10000},
		{"not served yet", whole, func(f *casefile.Fine) { f.Due = casefile.Fine{}.Due }, "2026-04-20", 0, 10000},
		{"annulled", whole, func(f *casefile.Fine) { f.Annulled = true }, "2026-04-20", 0, 0},
		{"paid in time", whole, func(f *casefile.Fine) { f.Payments = []casefile.Payment{paid("2026-03-17", 10000)} }, "2026-04-20", 0, 0},
		{"the day of payment counts", whole, func(f *casefile.Fine) { f.Payments = []casefile.Payment{paid("2026-03-20", 10000)} }, "2026-04-20", 900, 900},
		{"half paid in time, base whole", whole, func(f *casefile.Fine) { f.Payments = []casefile.Payment{paid("2026-03-10", 5000)} }, "2026-03-27", 3000, 8000},
		{"half paid in time, base unpaid", unpaid, func(f *casefile.Fine) { f.Payments = []casefile.Payment{paid("2026-03-10", 5000)} }, "2026-03-27", 1500, 6500},
		{"half paid late, base unpaid", unpaid, func(f *casefile.Fine) { f.Payments = []casefile.Payment{paid("2026-03-19", 5000)} }, "2026-03-21", 900, 5900},
		{"base unpaid, capped at the whole fine", unpaid, func(f *casefile.Fine) { f.Payments = []casefile.Payment{paid("2026-03-10", 5000)} }, "2028-03-27", 10000, 15000},
		{"an appeal of ten days", whole, func(f *casefile.Fine) { f.Frozen = []casefile.Span{span("2026-03-20", "2026-03-29")} }, "2026-03-31", 1200, 11200},
		{"an appeal before the last day", whole, func(f *casefile.Fine) { f.Frozen = []casefile.Span{span("2026-03-10", "2026-03-18")} }, "2026-03-20", 600, 10600},
		{"an appeal that goes on", whole, func(f *casefile.Fine) { f.Frozen = []casefile.Span{span("2026-03-19", "")} }, "2028-03-20", 300, 10300},
		{"two appeals that overlap", whole, func(f *casefile.Fine) {
			f.Frozen = []casefile.Span{span("2026-03-18", "2026-03-22"), span("2026-03-21", "2026-03-24")}
		}, "2026-03-25", 300, 10300},
		{"lowered: from the beginning", whole, func(f *casefile.Fine) { f.Amount = 200000 }, "2026-03-27", 600, 2600},
		{"lowered: its own cap", whole, func(f *casefile.Fine) { f.Amount = 200000 }, "2026-05-27", 2000, 4000},
		{"written off", whole, func(f *casefile.Fine) {
			f.WrittenOff, f.WriteOffs = 1030000, []casefile.Payment{paid("2026-03-18", 10300)}
		}, "2026-05-27", 300, 0},
		{"partly written off", whole, func(f *casefile.Fine) {
			f.WrittenOff, f.WriteOffs = 400000, []casefile.Payment{paid("2026-03-18", 4000)}
		}, "2026-03-19", 600, 6600},
		{"written off, then paid in time after all", whole, func(f *casefile.Fine) {
			f.WrittenOff, f.WriteOffs = 1030000, []casefile.Payment{paid("2026-03-18", 10300)}
			f.Payments = []casefile.Payment{paid("2026-03-17", 10000)}
		}, "2026-05-27", 0, 0},
		{"paid too much", whole, func(f *casefile.Fine) { f.Payments = []casefile.Payment{paid("2026-03-17", 10001)} }, "2026-03-17", 0, -1},
		{"paid too much and refunded", whole, func(f *casefile.Fine) {
			f.Payments = []casefile.Payment{paid("2026-03-17", 10001)}
			f.Refunds = []casefile.Refund{{Amount: 100}}
		}, "2026-03-17", 0, 0},
		{"annulled after payment", whole, func(f *casefile.Fine) {
			f.Annulled, f.Payments = true, []casefile.Payment{paid("2026-03-20", 10900)}
		}, "2026-05-27", 0, -10900},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := casefile.Fine{Decision: 1, Announced: 1000000, Amount: 1000000, PerMille: 30, Due: day("2026-03-17")}
			if c.change != nil {
				c.change(&f)
			}
			if got := f.SurchargeOn(day(c.on), c.rule); got != c.surcharge*100 {
				t.Errorf("surcharge %d fen, want %d yuan", got, c.surcharge)
			}
			if got := f.Owed(day(c.on), c.rule); got != c.owed*100 {
				t.Errorf("owed %d fen, want %d yuan", got, c.owed)
			}
		})
	}
}

// What is not a whole fen is never charged.
func TestSurchargeRoundsDown(t *testing.T) {
	f := casefile.Fine{Amount: 55555, PerMille: 30, Due: day("2026-03-17")}
	for on, want := range map[string]casefile.Fen{"2026-03-18": 1666, "2026-03-19": 3333, "2026-03-20": 4999} {
		if got := f.SurchargeOn(day(on), whole); got != want {
			t.Errorf("%s: %d, want %d", on, got, want)
		}
	}
}

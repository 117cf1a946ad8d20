package casefile_test

import (
	"testing"

	"duban/law/casefile"
)

// A typical act: the second entry of a complaint, with what the register does with it.
func BenchmarkDecide(b *testing.B) {
	h := open(b, "2026-02-02")
	id := complaint(h, "other")
	c := *h.cases[id]
	m := casefile.Move{Class: casefile.Act, Name: "accept", Ref: "x", At: h.now, By: li}
	b.ReportAllocs()
	for b.Loop() {
		if _, r, err := casefile.Decide(c, m, law()); r != nil || err != nil {
			b.Fatal(r, err)
		}
	}
}

// An act late in the life of a fined operator: the largest case there usually is.
func BenchmarkDecideLate(b *testing.B) {
	h := open(b, "2026-02-02")
	id := fined(h, 10000)
	c := *h.cases[id]
	m := casefile.Move{Class: casefile.Act, Name: "verify", Ref: "x", At: h.now, By: li, Body: verified(yes()), Cards: h.cards}
	b.ReportAllocs()
	for b.Loop() {
		if _, r, err := casefile.Decide(c, m, law()); r != nil || err != nil {
			b.Fatal(r, err)
		}
	}
}

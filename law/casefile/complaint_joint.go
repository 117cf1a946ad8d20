package casefile

import "fmt"

// represented refuses to accept a joint complaint whose complainants have not chosen the
// representatives that the regime asks for; they are asked to correct that.
func (t *turn) represented(f *ComplaintFile) bool {
	j := t.law.Regime.Joint
	if j.From == 0 || f.Complainants < j.From {
		return true
	}
	t.cite(j.Cite)
	if f.Representatives >= j.Min && f.Representatives <= j.Max {
		return true
	}
	t.refuse("representatives-missing", j.Cite,
		fmt.Sprintf("%d人以上共同投诉的,须推选%d至%d名代表;请先通知补正。", j.From, j.Min, j.Max),
		fmt.Sprintf("a complaint of %d or more needs %d to %d representatives; ask for correction first", j.From, j.Min, j.Max))
	return false
}

// placed notes by which connection the authority is competent, where the accepting officer names one.
func (t *turn) placed(f *ComplaintFile) bool {
	code := t.m.Body.Place
	if code == "" {
		return true
	}
	for _, p := range t.law.Regime.Places {
		if p.Code == code {
			f.Place = code
			t.cite(p.Cite)
			return true
		}
	}
	t.refuseField("place", "unknown-place", t.basis(), "本办法没有该管辖连接点。", "the regime knows no jurisdiction by that connection")
	return false
}

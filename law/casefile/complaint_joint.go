package casefile

import "fmt"

// represented refuses to accept a joint complaint whose complainants have not chosen the
// representatives that the regime asks for; they are asked to correct that.
func (t *making) represented(f *ComplaintFile) bool {
	j := t.law.Regime.Joint
	if j.From == 0 || f.Complainants < j.From {
		return true
	}
	t.cite(j.Cite)
	if f.Representatives >= j.Min && f.Representatives <= j.Max {
		return true
	}
	t.refuse("representatives-missing", j.Cite,
		fmt.Sprintf("%d人以上共同投诉的，须推选%d至%d名代表；请先通知补正。", j.From, j.Min, j.Max),
		fmt.Sprintf("a complaint of %d or more needs %d to %d representatives; ask for correction first", j.From, j.Min, j.Max))
	return false
}

// Unfit says why a complaint can't have the representatives that it names, before it is taken; nil: it
// can. How many there must be is for the officer to ask for.
func (j Joint) Unfit(b Body) *Refusal {
	no := func(zh, en string) *Refusal {
		return &Refusal{Code: "representatives-unfit", Field: "representatives", Cite: j.Cite, Reason: Text{Zh: zh, En: en}}
	}
	switch {
	case b.Representatives <= 0:
		return nil
	case j.From == 0:
		return no("本办法没有共同投诉推选代表的规定，请勿填写代表人数。", "the regime knows no representatives of a joint complaint: leave the field out")
	case b.Complainants < j.From:
		return no(fmt.Sprintf("%d人以上共同投诉方可推选代表；请填写投诉人数，或者勿填代表人数。", j.From),
			fmt.Sprintf("representatives are for a complaint of %d or more: say how many complain, or leave the field out", j.From))
	case b.Representatives > j.Max:
		return no(fmt.Sprintf("代表人数为%d至%d名。", j.Min, j.Max), fmt.Sprintf("there are %d to %d representatives", j.Min, j.Max))
	}
	return nil
}

// placed notes by which connection the authority is competent, where the accepting officer names one.
func (t *making) placed(f *ComplaintFile) bool {
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
	var codes []string
	for _, p := range t.law.Regime.Places {
		codes = append(codes, p.Code)
	}
	t.refuseOther("place", "unknown-place", t.basis(), "本办法没有该管辖连接点", "the regime knows no jurisdiction by that connection", codes)
	return false
}

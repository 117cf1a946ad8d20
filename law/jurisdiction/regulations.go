package jurisdiction

import (
	"errors"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/regimes"
)

// Regulations chooses by which regulation an authority carries its cases. It is safe for use by many
// goroutines.
type Regulations struct{ library *regimes.Library }

// NewRegulations chooses from a library.
func NewRegulations(l *regimes.Library) *Regulations { return &Regulations{library: l} }

// Library is what is chosen from.
func (r *Regulations) Library() *regimes.Library { return r.library }

// Bundle is the regulation to which an authority's cases of a kind that are filed on a day are pinned.
// A refusal: there is none for its domain (no-regime), none is in force that day (no-regime), or it
// knows no such cases (kind-closed).
func (r *Regulations) Bundle(a Authority, kind casefile.Kind, on calendar.Day) (*regimes.Bundle, *casefile.Refusal, error) {
	name, ok := r.library.For(a.Domain, a.ID, on)
	if !ok {
		return nil, refuse("no-regime", "authority", "该机关的业务领域尚无适用的法规。", "there is no regime for the domain of that authority"), nil
	}
	b, err := r.library.At(name, on)
	if errors.Is(err, regimes.ErrNotInForce) {
		return nil, refuse("no-regime", "receivedOn", "该日没有施行中的法规。", "no regime is in force on that day"), nil
	}
	if err != nil {
		return nil, nil, err
	}
	if _, allowed := b.Regime.Kinds[kind]; !allowed {
		return nil, refuse("kind-closed", "", "该法规不设此类案件。", "the regime has no cases of this kind"), nil
	}
	return b, nil, nil
}

// Duties are what operators owe under the regulation that an authority carries out on a day; none where
// there is no such regulation.
func (r *Regulations) Duties(a Authority, on calendar.Day) ([]casefile.Duty, error) {
	b, refusal, err := r.Bundle(a, casefile.Enforcement, on)
	if err != nil || refusal != nil {
		return nil, err
	}
	return b.Regime.Duties, nil
}

// tops are the authorities above all others that have a regulation of ours to carry out.
func (r *Regulations) tops(t *Tree) []Authority {
	var out []Authority
	for _, a := range t.All() {
		if _, ours := r.library.Main(a.Domain); ours && a.Parent == "" {
			out = append(out, a)
		}
	}
	return out
}

// Top is the one authority above all others: the ministry, where there are several. With none or two
// of those, a filing has to name its authority (authority-missing).
func (r *Regulations) Top(t *Tree) (Authority, *casefile.Refusal, error) {
	tops := r.tops(t)
	if len(tops) == 0 {
		return Authority{}, nil, errors.New("the register holds no authority")
	}
	if len(tops) > 1 {
		tops = ministries(tops)
	}
	if len(tops) != 1 {
		return Authority{}, refuse("authority-missing", "authority", "请指明受理机关。", "name the authority that the filing is for"), nil
	}
	return tops[0], nil, nil
}

// ReportsTo is the authority to which an operator of a province reports: of a city, the one above it.
// Operators of all provinces report to the ministry (telecom 18); where there is no one ministry,
// to nobody.
func (r *Regulations) ReportsTo(t *Tree, province string) (Authority, bool) {
	if province == "" {
		tops := ministries(r.tops(t))
		if len(tops) != 1 {
			return Authority{}, false
		}
		return tops[0], true
	}
	a, ok := t.Authority(province)
	for range t.All() { // a circle ends here too
		above, more := t.Authority(a.Parent)
		if a.Level != "city" || !more {
			break
		}
		a = above
	}
	return a, ok
}

func ministries(tops []Authority) []Authority {
	var out []Authority
	for _, a := range tops {
		if a.Level == "ministry" {
			out = append(out, a)
		}
	}
	return out
}

// Competent is the body that hears the reconsideration of an act of an authority, by the regime that
// the contested case pins (reconsideration 24 ff.). A refusal (body-outside): it is none of ours.
func Competent(t *Tree, r *casefile.Regime, maker Authority) (Authority, *casefile.Refusal) {
	for _, b := range r.Bodies {
		if b.Level != maker.Level {
			continue
		}
		if b.Body == "itself" {
			return maker, nil
		}
		if above, ok := t.Authority(maker.Parent); ok && b.Body == "superior" {
			return above, nil
		}
		no := refuse("body-outside", "contestedCase", "复议机关不在本系统，请直接向其申请。", "the competent body is not in this installation; apply to it directly")
		no.Cite = b.Cite
		return Authority{}, no
	}
	return Authority{}, refuse("body-outside", "contestedCase", "本办法未列明该机关的复议机关。", "the regime names no competent body for that authority")
}

func refuse(code, field, zh, en string) *casefile.Refusal {
	return &casefile.Refusal{Code: code, Field: field, Reason: casefile.Text{Zh: zh, En: en}}
}

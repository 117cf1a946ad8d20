package casefile

import (
	"slices"

	"duban/law/calendar"
)

// extend adds to a term that runs, or that stands still. Term and extensions count as one from the
// same first day, up to the cap of the rule. Already told: false, where it neither runs nor stands
// still, or was refused.
func (t *making) extend(name clock, by calendar.Term) bool {
	d, runs := t.armed(name)
	i := t.stayedAt(name)
	switch {
	case !runs && i < 0:
		return false
	case !runs:
		d = t.c.Stayed[i]
	}
	d = d.termed(d.Day)
	if d.Term.Unit != by.Unit {
		t.refuseField("term", "other-unit", d.Cite, "延长的期限须与原期限使用同一计算单位("+string(d.Term.Unit)+")。", "a term is extended in its own unit, "+string(d.Term.Unit))
		return false
	}
	had := d.Term.N
	for _, x := range d.Extended {
		had += x.N
	}
	if !d.Cap.IsZero() && had >= d.Cap.N {
		t.refuse("extended-to-cap", d.Cite, "期限连同延长已达上限"+d.Cap.String()+"。", "with its extensions the term has the most that it may have, "+d.Cap.String())
		return false
	}
	d.Extended = append(slices.Clone(d.Extended), by)
	if d.Count().Check() != nil {
		t.refuseField("term", "term-out-of-bounds", d.Cite, "连同延长，期限过长。", "with that extension the term is too long")
		return false
	}
	if !runs {
		t.c.Stayed[i] = d // the case is this move's own copy
		return true
	}
	t.clear("extended", name)
	t.runOn(d, calendar.Day{})
	return true
}

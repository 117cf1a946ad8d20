package importer

import (
	"errors"
	"fmt"
	"maps"
)

func (p *part) reject(r *record, why error) { p.became[r], p.why[r] = rejected, why }

func dayOf(r *record) string { return r.is["operator"] + " " + r.is["day"] }

// join rejects what can't be read or stands twice, gives each finding to its inspection, and holds
// back the inspections of which a finding is rejected: brought in without it, they could not get it
// any more.
func (h *history) join() {
	for _, p := range h.parts {
		first := map[string]*record{}
		for _, r := range p.rows {
			if r.fault != nil {
				p.reject(r, r.fault)
				continue
			}
			if r.is["id"] == "" {
				continue // findings have none
			}
			switch was := first[r.is["id"]]; {
			case was == nil:
				first[r.is["id"]] = r
			case maps.Equal(was.is, r.is):
				p.became[r] = existing
			default:
				p.reject(r, fmt.Errorf("the id %s stands on line %d already, with other content", r.is["id"], was.first))
			}
		}
	}
	onDay, byID := map[string][]*record{}, map[string]*record{}
	for _, v := range h.visits.rows {
		if h.visits.became[v] == unsent {
			onDay[dayOf(v)] = append(onDay[dayOf(v)], v)
			byID[v.is["id"]] = v
		}
	}
	for _, f := range h.breaches.rows {
		if f.fault == nil && len(f.items) == 0 {
			h.breaches.became[f] = filed // the row of an inspection without findings
			continue
		}
		v, why := h.whose(f, onDay[dayOf(f)], byID)
		if why == nil {
			h.of[v] = append(h.of[v], f)
			continue
		}
		h.breaches.reject(f, why)
		for _, held := range onDay[dayOf(f)] {
			h.visits.reject(held, fmt.Errorf("a finding of that day was rejected (%s of %s)", f.where(), h.m.Findings.File))
		}
	}
}

// whose is the inspection that a finding belongs to: the one that it names, else the only one of its
// operator and day.
func (h *history) whose(f *record, day []*record, byID map[string]*record) (*record, error) {
	if f.fault != nil {
		return nil, f.fault
	}
	if id := f.is["inspection"]; id != "" {
		if v := byID[id]; v != nil && dayOf(v) == dayOf(f) {
			return v, nil
		}
		return nil, fmt.Errorf("no inspection %s of that operator on that day", id)
	}
	switch {
	case len(day) == 0:
		return nil, errors.New("no inspection of that operator on that day")
	case len(day) > 1 && h.m.Findings.SameDay == "":
		return nil, fmt.Errorf("%d inspections of that operator fall on that day (lines %d and %d): name one in findings: inspection, or say sameDay: first in the map", len(day), day[0].first, day[1].first)
	}
	return day[0], nil
}

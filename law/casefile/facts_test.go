package casefile_test

import (
	"slices"
	"testing"

	"duban/law/calendar"
	"duban/law/casefile"
	"duban/law/checklist"
)

// asked is what the installation tells the law of a case.
type asked struct {
	*house
	c casefile.Case
}

// Staff knows the people of the tests, as if all were of the authority that has the case.
func (h asked) Staff(officers []string) ([]casefile.Colleague, error) {
	var all []casefile.Colleague
	for _, x := range []casefile.Actor{li, wang, zhao, qian, sun, bureaucrat, minister} {
		if slices.Contains(officers, x.Officer) {
			all = append(all, casefile.Colleague{Officer: x.Officer, Role: x.Role, Own: true})
		}
	}
	return all, nil
}

func (h asked) StandsIn(absent, officer string) (bool, error) { return h.away[absent] == officer, nil }

func (h asked) Cards(officers []string) ([]casefile.Card, error) {
	return slices.DeleteFunc(slices.Clone(h.cards), func(c casefile.Card) bool { return !slices.Contains(officers, c.Officer) }), nil
}

func (h asked) Slip(string) (string, error) { return h.slip, nil }

func (h asked) Types() ([]string, error) { return h.types, nil }

func (h asked) Above(officer string) (string, error) {
	if officer == qian.Officer || officer == sun.Officer {
		return ours, nil
	}
	return "", nil
}

func (h asked) SameAct(string, string, calendar.Day, calendar.Day) (string, error) {
	return h.same, nil
}

func (h asked) Operator(id string) (bool, error) { return id != "nobody", nil }

func (h asked) Enclosed() ([]casefile.Enclosed, error) { return h.papers, nil }

func (h asked) Receiver(string) (*casefile.Receiver, error) {
	return &casefile.Receiver{Known: true, Carries: true}, nil
}

func (h asked) Checklist(standard string, _ []string) (*checklist.List, error) {
	return h.lists[standard], nil
}

// Whom an act names it asks about, and where it sends a case; what it asks for comes in an order in
// which it can be told.
func TestAnActAsksAboutWhatItNames(t *testing.T) {
	for _, k := range casefile.Kinds() {
		for _, s := range casefile.Specs(k) {
			asks := func(any ...casefile.Ask) bool {
				return slices.ContainsFunc(any, func(a casefile.Ask) bool { return slices.Contains(s.Asks, a) })
			}
			takes := func(field string) bool { return slices.Contains(s.Fields(), field) }
			if asks(casefile.AskSlip) != (s.Name == "payment") {
				t.Errorf("%s: only of the bank's payment it is asked where its slip was entered", s.Key())
			}
			if s.Class != casefile.Act {
				if len(s.Named) > 0 || len(s.Asks) > 0 && !asks(casefile.AskSlip) {
					t.Errorf("%s: a paper is never refused, so it asks for nothing that could refuse it", s.Key())
				}
				continue
			}
			if takes("officer") || takes("officers") {
				if !asks(casefile.AskColleague, casefile.AskTeam) {
					t.Errorf("%s names officers and does not ask who they are", s.Key())
				}
			} else if len(s.Named) > 0 {
				t.Errorf("%s says who may be named, and names nobody", s.Key())
			}
			if takes("officers") != asks(casefile.AskCards) {
				t.Errorf("%s: a team and its cards belong together", s.Key())
			}
			if takes("authority") != asks(casefile.AskReceiver) {
				t.Errorf("%s: who is sent a case is asked about", s.Key())
			}
			if takes("operator") != asks(casefile.AskOperator) {
				t.Errorf("%s: an operator who is named is asked about", s.Key())
			}
			if c, ty := slices.Index(s.Asks, casefile.AskChecklist), slices.Index(s.Asks, casefile.AskTypes); c >= 0 && (ty < 0 || ty > c) {
				t.Errorf("%s asks for a checklist before the types that it may depend on", s.Key())
			}
		}
	}
}

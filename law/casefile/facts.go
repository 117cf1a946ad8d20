package casefile

import "duban/law/checklist"

// Facts is what the law reads of an act and only the register and the standards can tell.
type Facts interface {
	// Facts are the cards of those officers, and the types of the case's operator.
	Facts(officers []string) (cards []Card, types []string, err error)
	// Above is the authority above the case's, where the officer is a head of the case's own; else empty.
	Above(officer string) (string, error)
	// Checklist is that of the standard, or of the only one for operators of such types, as in force on
	// the day of the act; nil: there is none.
	Checklist(standard string, types []string) (*checklist.List, error)
}

// Ask has an act told what the law reads of it. Most acts ask for nothing.
func (m *Move) Ask(f Facts) (err error) {
	if m.asksFacts() {
		if m.Cards, m.Types, err = f.Facts(m.Body.Officers); err != nil {
			return err
		}
	}
	switch m.Name {
	case "set-checklist":
		m.Checklist, err = f.Checklist(m.Body.Standard, m.Types)
	case "decide-recusal":
		m.Above, err = f.Above(m.Body.Officer)
	}
	return err
}

func (m *Move) asksFacts() bool {
	switch m.Name {
	case "open-enforcement", "order", "file", "set-checklist":
		return true
	}
	return len(m.Body.Officers) > 0
}

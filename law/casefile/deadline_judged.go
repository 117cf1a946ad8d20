package casefile

import "duban/law/calendar"

// judgedTitles name the terms that moves look at and no case arms.
var judgedTitles = map[string]Text{
	"force-majeure":        {"障碍消除后申请顺延期限", "application to restore a term after the obstacle"},
	"time-bar":             {"提出申诉的时限", "time in which one can complain"},
	"operators-own-answer": {"经营者自行答复用户", "the operator's own answer to the user"},
	"preservation":         {"保存计费原始资料", "preservation of billing data"},
}

// JudgedTitle names the term of an entry's Judged; empty for a name that is none.
func JudgedTitle(name string) Text { return judgedTitles[name] }

// judged is the last day of a term that this move looks at, counted from that day; the entry tells
// how it was found.
func (t *making) judged(name string, rule TermRule, from calendar.Day) calendar.Day {
	d := Deadline{
		Name: name, Class: PartyTerm, ArmedBy: t.seq(), From: from, Term: rule.Term, Roll: rule.Roll,
		Cite: rule.Cite, Unverified: rule.Unverified, Cap: rule.Cap,
	}
	if err := d.Count().Check(); err != nil {
		t.fail("term %s of %s: %w", name, t.c.Kind, err)
		return calendar.Day{}
	}
	d = d.counted(t.law.Calendar)
	t.e.Judged = &d
	return d.Day
}

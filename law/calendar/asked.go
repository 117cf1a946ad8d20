package calendar

import (
	"slices"
	"strings"
	"time"
)

// Asked is a question for a deadline as people write it, on the command line or over the network.
type Asked struct {
	From      string   // day of the event; for hours an instant, which without an offset is the calendar's place's
	Before    string   // or the day of an event that is to come
	Term      string   // as ParseTerm or ParseHours reads it
	Roll      bool     // a day of rest gives way
	Suspended []string // FROM..TO
	Extended  []string // each a term
	Cap       string   // a term; empty: none
	Travel    int      // natural days
}

// Answer is a deadline with the question as it was understood.
type Answer struct {
	From      string `json:"from,omitempty"`
	Before    string `json:"before,omitempty"`
	Term      string `json:"term"`
	Roll      bool   `json:"roll"`
	Extended  []Term `json:"extended,omitempty"`
	Cap       Term   `json:"cap,omitzero"`
	Suspended []Span `json:"suspended,omitempty"`
	Travel    int    `json:"travel,omitempty"`
	Due
}

// Fault is what is wrong with a question: the field of Asked, in lower case, and a sentence that
// repeats nothing of what was asked.
type Fault struct {
	Field  string
	Zh, En string
}

// Error gives the English sentence.
func (f *Fault) Error() string { return f.Field + ": " + f.En }

// In gives the sentence in English if lang is "en" or begins with "en-", else in Chinese.
func (f *Fault) In(lang string) string {
	if lang == "en" || strings.HasPrefix(lang, "en-") {
		return f.En
	}
	return f.Zh
}

// The years of a day that can be asked for.
const firstAsked, lastAsked = 1901, 2199

// Answer finds the deadline that is asked for. Its error is a *Fault.
func (c *Calendar) Answer(a Asked) (Answer, error) {
	out := Answer{From: a.From, Before: a.Before, Term: a.Term, Roll: a.Roll, Travel: a.Travel}
	hours, notHours := ParseHours(a.Term)
	inHours := notHours == nil
	term, err := ParseTerm(a.Term)
	switch {
	case a.From == "" && a.Before == "":
		return out, &Fault{"from", "须写明起算日（from）或者事项日（before）。", "a day is needed: the one from which is counted, or with before the one before which"}
	case a.From != "" && a.Before != "":
		return out, &Fault{"before", "from 与 before 只能写一个。", "only one of from and before can be given"}
	case err != nil && !inHours:
		return out, &Fault{"term", "期限应为数字加 d、wd、m、y 或 h，例如 15d；最长 3660 日、120 个月、10 年、720 小时。", "a term is a number and d, wd, m, y or h, such as 15d, at most 3660 days, 120 months, 10 years or 720 hours"}
	case inHours && a.Before != "":
		return out, &Fault{"before", "倒推只适用于日、工作日、月、年。", "only days, working days, months and years are counted backwards"}
	}
	if inHours || a.Before != "" {
		for _, x := range []struct {
			field string
			given bool
		}{{"suspended", len(a.Suspended) > 0}, {"extended", len(a.Extended) > 0}, {"cap", a.Cap != ""}, {"travel", a.Travel != 0}} {
			if x.given {
				return out, &Fault{x.field, "中止、延长、上限和在途时间只适用于自某日起算的日、月、年期限。", "suspensions, extensions, a cap and days under way are for terms of days, months or years that are counted from a day"}
			}
		}
	}
	switch {
	case inHours:
		out.Due, err = c.answerHours(a, hours)
	case a.Before != "":
		out.Due, err = c.answerBefore(a, term)
	default:
		err = c.answerCount(a, term, &out)
	}
	return out, err
}

func (c *Calendar) answerHours(a Asked, n int) (Due, error) {
	var at time.Time
	var err error
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04"} {
		if at, err = time.ParseInLocation(form, a.From, c.place); err == nil {
			break
		}
	}
	if y := at.In(c.place).Year(); err != nil || y < firstAsked || y > lastAsked {
		return Due{}, &Fault{"from", "以小时计的期限自某一时刻起算，例如 2026-02-02T10:20（北京时间）。", "hours are counted from an instant, such as 2026-02-02T10:20 in the calendar's place"}
	}
	due, err := c.Hours(at, n, a.Roll)
	if err != nil {
		return due, &Fault{"from", "该时刻无法计算。", "that instant can't be counted from"}
	}
	return due, nil
}

func (c *Calendar) answerBefore(a Asked, term Term) (Due, error) {
	event, err := askedDay("before", a.Before)
	if err != nil {
		return Due{}, err
	}
	due, err := c.Before(event, term, a.Roll)
	if err != nil {
		return due, &Fault{"term", "期限早于一切日期。", "so long before the event there are no days"}
	}
	return due, nil
}

func askedDay(field, text string) (Day, error) {
	day, err := ParseDay(text)
	if err != nil || day.Year() < firstAsked || day.Year() > lastAsked {
		return Day{}, &Fault{field, "日期应为确实存在的一日，例如 2026-02-02。", "a day that exists, such as 2026-02-02, is needed"}
	}
	return day, nil
}

// mostAsked is how many extensions or suspensions one question may name.
const mostAsked = 20

func (c *Calendar) answerCount(a Asked, term Term, out *Answer) (err error) {
	q := Count{Term: term, Roll: a.Roll, Travel: a.Travel}
	if q.From, err = askedDay("from", a.From); err != nil {
		return err
	}
	if len(a.Extended) > mostAsked {
		return tooMany("extended")
	}
	for _, text := range a.Extended {
		t, err := ParseTerm(text)
		if err != nil || t.Unit != term.Unit {
			return &Fault{"extended", "延长须使用与期限相同的单位，例如 10d。", "an extension is a term in the unit of the term itself, such as 10d"}
		}
		q.Extended = append(q.Extended, t)
	}
	if q.Cap.UnmarshalText([]byte(a.Cap)) != nil || !q.Cap.IsZero() && (q.Cap.Unit != term.Unit || q.Cap.N < term.N) {
		return &Fault{"cap", "上限须使用与期限相同的单位，且不短于期限。", "a cap is in the unit of the term, and no shorter than it"}
	}
	if (Term{N: q.total(), Unit: term.Unit}).Check() != nil {
		return &Fault{"extended", "连同延长，期限过长。", "with its extensions the term is too long"}
	}
	if a.Travel < 0 || a.Travel > mostTravel {
		return &Fault{"travel", "在途时间应为 0 至 366 日。", "the days under way are from 0 to 366"}
	}
	if q.Suspended, err = askedSpans(a.Suspended); err != nil {
		return err
	}
	out.Extended, out.Cap, out.Suspended = q.Extended, q.Cap, q.Suspended
	if out.Due, err = c.Count(q); err != nil {
		return &Fault{"term", "该期限无法计算。", "that term can't be counted"}
	}
	return nil
}

func tooMany(field string) *Fault {
	return &Fault{field, "最多二十项。", "at most twenty can be given"}
}

func askedSpans(texts []string) ([]Span, error) {
	if len(texts) > mostAsked {
		return nil, tooMany("suspended")
	}
	var out []Span
	for _, text := range texts {
		first, last, cut := strings.Cut(text, "..")
		from, err := askedDay("suspended", first)
		to, err2 := askedDay("suspended", last)
		if !cut || err != nil || err2 != nil || to.Before(from) || to.Sub(from) >= NaturalDays.most() {
			return nil, &Fault{"suspended", "中止期间应写为起止两日，例如 2026-03-05..2026-03-10。", "a suspension is a run of days, such as 2026-03-05..2026-03-10, of at most ten years"}
		}
		s := Span{From: from, To: to}
		if slices.ContainsFunc(out, func(x Span) bool { return !x.To.Before(s.From) && !s.To.Before(x.From) }) {
			return nil, &Fault{"suspended", "两个中止期间不能有同一日。", "two suspensions can't hold the same day"}
		}
		out = append(out, s)
	}
	return out, nil
}

package docket

import (
	"time"

	"duban/law/calendar"
	"duban/law/casefile"
)

// Deadline is an armed deadline with the way to its day.
type Deadline struct {
	Name        string                 `json:"name"`
	Title       casefile.Text          `json:"title"`
	Class       casefile.DeadlineClass `json:"class"`
	ArmedBy     int                    `json:"armedBy"`
	From        calendar.Day           `json:"from"`
	Term        calendar.Term          `json:"term,omitzero"`
	Roll        bool                   `json:"roll,omitempty"`
	Day         calendar.Day           `json:"day"`
	Due         time.Time              `json:"due"`
	Cite        string                 `json:"cite"`
	Unverified  bool                   `json:"unverified,omitempty"`
	Provisional bool                   `json:"provisional,omitempty"`
	Of          int                    `json:"of,omitempty"`
	Extended    []calendar.Term        `json:"extended,omitempty"`
	Cap         calendar.Term          `json:"cap,omitzero"`
	Suspended   []calendar.Span        `json:"suspended,omitempty"`
	Why         Why                    `json:"why"`
}

// Stayed is a deadline that stands still.
type Stayed struct {
	Name       string                 `json:"name"`
	Title      casefile.Text          `json:"title"`
	Class      casefile.DeadlineClass `json:"class"`
	ArmedBy    int                    `json:"armedBy"`
	From       calendar.Day           `json:"from"`
	Term       calendar.Term          `json:"term"`
	Roll       bool                   `json:"roll,omitempty"`
	Since      calendar.Day           `json:"since"`
	Left       calendar.Term          `json:"left,omitzero"`
	Cite       string                 `json:"cite"`
	Unverified bool                   `json:"unverified,omitempty"`
	Extended   []calendar.Term        `json:"extended,omitempty"`
	Cap        calendar.Term          `json:"cap,omitzero"`
	Suspended  []calendar.Span        `json:"suspended,omitempty"`
	Why        Why                    `json:"why"`
}

// Why is how a day was found, step by step, in both languages.
type Why struct {
	Zh []string `json:"zh"`
	En []string `json:"en"`
}

// deadlineOf shows a deadline with the way to its day, counted again by the calendar of today, unless
// that leads elsewhere: then an earlier one led here.
func deadlineOf(d casefile.Deadline, days *calendar.Calendar) Deadline {
	out := Deadline{
		Name: d.Name, Title: deadlines[d.Name], Class: d.Class, ArmedBy: d.ArmedBy, From: d.From, Term: d.Term, Roll: d.Roll,
		Day: d.Day, Due: d.Due, Cite: d.Cite, Unverified: d.Unverified, Provisional: d.Provisional, Of: d.Of,
		Extended: d.Extended, Cap: d.Cap, Suspended: d.Suspended,
		Why: Why{Zh: []string{"该日由工作人员或其他机关指定"}, En: []string{"the day was set by an officer or another body"}},
	}
	switch {
	case d.Term.IsZero() || d.From.IsZero():
	case d.Stale(days):
		out.Why = Why{Zh: []string{"该日按较早的节假日表计算"}, En: []string{"the day was counted by an earlier holiday table"}}
	default:
		out.Why = Steps(d.Why(days))
	}
	return out
}

func stayedOf(d casefile.Deadline, days *calendar.Calendar) Stayed {
	return Stayed{
		Name: d.Name, Title: deadlines[d.Name], Class: d.Class, ArmedBy: d.ArmedBy, From: d.From, Term: d.Term, Roll: d.Roll,
		Since: d.StayedSince, Left: d.Left(days), Cite: d.Cite, Unverified: d.Unverified, Extended: d.Extended, Cap: d.Cap, Suspended: d.Suspended,
		Why: Steps(d.Why(days)),
	}
}

// Steps is a way of counting in words.
func Steps(found []calendar.Step) Why {
	var out Why
	for _, s := range found {
		out.Zh = append(out.Zh, s.Text("zh"))
		out.En = append(out.En, s.Text("en"))
	}
	return out
}

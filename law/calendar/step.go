package calendar

import (
	"fmt"
	"strings"
)

// StepKind says what a step of a computation tells.
type StepKind string

// The kinds of step, with what their fields hold.
const (
	StepStart        StepKind = "start"         // From is not counted, To is the first day that is
	StepCount        StepKind = "count"         // N of Unit run from From and end on To
	StepMonthEnd     StepKind = "month-end"     // the month has no day N, so the term ends on its last, To
	StepHoliday      StepKind = "holiday"       // From to To, N days, are off for Name
	StepMakeUp       StepKind = "make-up"       // From to To, N days of a weekend, work
	StepWeekend      StepKind = "weekend"       // N plain weekend days between From and To are off
	StepRoll         StepKind = "roll"          // the last day From is a rest day and gives way to To, N days later
	StepNoRoll       StepKind = "no-roll"       // To stays the last day even if it is one of rest
	StepExtended     StepKind = "extended"      // the term is N of Unit longer
	StepCapped       StepKind = "capped"        // extended or not, the term has at most N of Unit
	StepSuspended    StepKind = "suspended"     // N days from From to To stand still and are not counted
	StepStill        StepKind = "still"         // it stands still from From on, with N of Unit left; nothing says until when
	StepTravel       StepKind = "travel"        // N days under way are not counted: From moves to To
	StepHour         StepKind = "hour"          // Clock on From: that hour is not counted, counting begins with the next, at Begin
	StepHours        StepKind = "hours"         // N hours end on To, at Clock
	StepEvent        StepKind = "event"         // From is not counted, counting goes back from To
	StepBack         StepKind = "back"          // N of Unit run back from From to To
	StepRollBack     StepKind = "roll-back"     // the day From is a rest day: To is the last working day before it, N days earlier
	StepUnannounced  StepKind = "unannounced"   // the holidays of year N are not announced; From to To depend on them
	StepBeforeTables StepKind = "before-tables" // year N is before the first table; From to To depend on it
)

// Step is one step by which a deadline was found, for machines by its fields
// and for people by Text.
type Step struct {
	Kind StepKind `json:"kind"`
	From Day      `json:"from,omitzero"`
	To   Day      `json:"to,omitzero"`
	N    int      `json:"n,omitzero"`
	Unit Unit     `json:"unit,omitempty"`
	Name string   `json:"name,omitempty"` // of the holiday, as in its notice

	Clock string `json:"clock,omitempty"` // time of day, as 10:20
	Begin string `json:"begin,omitempty"` // time of day
}

// Text tells the step in one sentence without a full stop: in English if lang
// is "en" or begins with "en-", else in Chinese. A kind it does not know gives
// the kind itself.
func (s Step) Text(lang string) string {
	if lang == "en" || strings.HasPrefix(lang, "en-") {
		return s.english()
	}
	return s.chinese()
}

func (s Step) chinese() string {
	switch s.Kind {
	case StepStart:
		return fmt.Sprintf("%s当日不计入，自%s起算（民事诉讼法第八十五条）", s.From, s.To)
	case StepCount:
		return fmt.Sprintf("自%s起算%s，末日为%s", s.From, s.length("zh"), s.To)
	case StepMonthEnd:
		return fmt.Sprintf("该月没有%d日，以月末日%s为末日（民法典第二百零二条）", s.N, s.To)
	case StepHoliday:
		return fmt.Sprintf("%s %s放假%d天", s.span(), s.Name, s.N)
	case StepMakeUp:
		return fmt.Sprintf("%s调休上班", s.span())
	case StepWeekend:
		return fmt.Sprintf("%s间周末休息%d天", s.span(), s.N)
	case StepRoll:
		return fmt.Sprintf("末日%s为休息日，顺延至其后第一个工作日%s（民事诉讼法第八十五条）", s.From, s.To)
	case StepNoRoll:
		return fmt.Sprintf("末日%s不因休息日顺延", s.To)
	case StepExtended:
		return fmt.Sprintf("延长%s", s.length("zh"))
	case StepCapped:
		return fmt.Sprintf("连同延长最多%s", s.length("zh"))
	case StepSuspended:
		return fmt.Sprintf("%s期间中止，%d日不计入，剩余期间继续计算", s.span(), s.N)
	case StepStill:
		return fmt.Sprintf("自%s起停止计算，尚余%s，停止的原因消除后继续计算", s.From, s.length("zh"))
	case StepTravel:
		return fmt.Sprintf("在途时间%d日不计入，%s顺延至%s（民事诉讼法第八十五条）", s.N, s.From, s.To)
	case StepHour:
		return fmt.Sprintf("%s %s所在的小时不计入，自%s起算（民事诉讼法第八十五条）", s.From, s.Clock, s.Begin)
	case StepHours:
		return fmt.Sprintf("计%d小时，至%s %s止", s.N, s.To, s.Clock)
	case StepEvent:
		return fmt.Sprintf("%s当日不计入，自%s起倒推", s.From, s.To)
	case StepBack:
		return fmt.Sprintf("自%s起倒推%s，至迟为%s", s.From, s.length("zh"), s.To)
	case StepRollBack:
		return fmt.Sprintf("%s为休息日，提前至其前最后一个工作日%s", s.From, s.To)
	case StepUnannounced:
		return fmt.Sprintf("暂定：%d年节假日安排尚未公布，%s可能变动", s.N, s.span())
	case StepBeforeTables:
		return fmt.Sprintf("暂定：%d年早于最早的节假日表，%s未经核对", s.N, s.span())
	}
	return string(s.Kind)
}

func (s Step) english() string {
	switch s.Kind {
	case StepStart:
		return fmt.Sprintf("%s itself is not counted, counting begins on %s (Civil Procedure Law art.85)", s.From, s.To)
	case StepCount:
		return fmt.Sprintf("counting %s from %s, the last day is %s", s.length("en"), s.From, s.To)
	case StepMonthEnd:
		return fmt.Sprintf("that month has no day %d, so its last day %s ends the term (Civil Code art.202)", s.N, s.To)
	case StepHoliday:
		return fmt.Sprintf("%s is off for %s, %s", s.span(), s.Name, days(s.N))
	case StepMakeUp:
		return fmt.Sprintf("%s is a make-up working day", s.span())
	case StepWeekend:
		return fmt.Sprintf("in %s, %s of weekend", s.span(), days(s.N))
	case StepRoll:
		return fmt.Sprintf("the last day %s is a rest day and gives way to the first working day after it, %s (Civil Procedure Law art.85)", s.From, s.To)
	case StepNoRoll:
		return fmt.Sprintf("the last day %s does not give way to rest days", s.To)
	case StepExtended:
		return fmt.Sprintf("extended by %s", s.length("en"))
	case StepCapped:
		return fmt.Sprintf("with its extensions it has at most %s", s.length("en"))
	case StepSuspended:
		return fmt.Sprintf("suspended in %s: %s not counted, the rest of the term runs on", s.span(), days(s.N))
	case StepStill:
		return fmt.Sprintf("it stands still from %s on with %s left, which run on when what stopped it is over", s.From, s.length("en"))
	case StepTravel:
		return fmt.Sprintf("%s under way not counted: %s moves to %s (Civil Procedure Law art.85)", days(s.N), s.From, s.To)
	case StepHour:
		return fmt.Sprintf("the hour of %s %s is not counted, counting begins at %s (Civil Procedure Law art.85)", s.From, s.Clock, s.Begin)
	case StepHours:
		return fmt.Sprintf("%d hours end on %s at %s", s.N, s.To, s.Clock)
	case StepEvent:
		return fmt.Sprintf("%s itself is not counted, counting goes back from %s", s.From, s.To)
	case StepBack:
		return fmt.Sprintf("counting %s back from %s, the latest day is %s", s.length("en"), s.From, s.To)
	case StepRollBack:
		return fmt.Sprintf("%s is a rest day, so the latest day is the last working day before it, %s", s.From, s.To)
	case StepUnannounced:
		return fmt.Sprintf("provisional: the holidays of %d are not announced yet, which may change %s", s.N, s.span())
	case StepBeforeTables:
		return fmt.Sprintf("provisional: %d is before the first holiday table, so %s is unchecked", s.N, s.span())
	}
	return string(s.Kind)
}

// span writes a run of days as "2026-02-15…02-23".
func (s Step) span() string {
	from, to := s.From.String(), s.To.String()
	if from == to {
		return from
	}
	if s.From.Year() == s.To.Year() {
		_, to, _ = strings.Cut(to, "-")
	}
	return from + "…" + to
}

// length writes the number with its unit.
func (s Step) length(lang string) string { return Term{N: s.N, Unit: s.Unit}.In(lang) }

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

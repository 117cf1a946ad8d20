// Package calendar counts legal time: natural and working days, months and
// years, over the State Council's holidays and make-up working days, and says
// how it came to a day.
//
// The rules it carries out:
//   - the day of the event is not counted, counting begins on the next
//     (Civil Procedure Law 2023 art.85, Civil Code art.201);
//   - a last day that is a statutory rest day gives way to the first day after
//     the rest (Civil Procedure Law art.85); whether a term does so is a fact of
//     its rule, so the caller says it;
//   - months and years end on the corresponding day, or on the last of a month
//     that has none (Civil Code art.202);
//   - the last day ends at 24:00 (Civil Code art.203), so a deadline is the
//     half-open instant at which the next day starts;
//   - some laws mean working days by "日" (Administrative Penalties Law art.85,
//     Reconsideration Law art.88, Administrative Compulsion Law art.69): the
//     unit of a Term says which are meant.
//
// No statute defines a working day. It is read from the yearly notices of the
// State Council's office on holidays: a day of Monday to Friday that is no
// holiday, or a day of a weekend that a notice makes a working day.
//
// Time under way, suspensions and extensions are facts of a case: Count takes
// them beside the term. Terms of hours (Hours) and terms counted back from an
// event (Before) are counted by the same rules.
//
// It imports the standard library alone. Called by casefile and by whatever else counts days:
// regimes, plans, duties, standards, the register, the doors.
package calendar

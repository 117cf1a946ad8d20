package casefile

import (
	"cmp"
	"fmt"
	"slices"

	"duban/law/checklist"
)

// The checklist of an inspection: the lines of one standard, pinned as they stood on the day it was
// set. What a line says of a value, the law says; an officer can't find otherwise.

// setChecklist pins the standard that is in force that day. Until something is found by it, another
// may take its place; what goes on with an earlier inspection is judged as that was.
func setChecklist(t *making) {
	list := t.m.Checklist
	switch {
	case len(t.inspection().Items) > 0:
		t.refuse("items-given", t.basis(), "复查按原检查所用标准逐项进行，不另定检查标准。", "a re-inspection goes by the checklist of the inspection before it")
	case list == nil && t.m.Body.Standard == "":
		t.missing("standard") // none binds such an operator, or more than one
	case list == nil:
		t.refuseField("standard", "unknown-standard", t.basis(), "当日没有施行中的该项标准。", "no standard of that id is in force today")
	case len(t.m.Types) > 0 && !slices.ContainsFunc(list.Operators, func(x string) bool { return slices.Contains(t.m.Types, x) }):
		t.refuseField("standard", "standard-not-binding", cmp.Or(list.Cite, t.basis()), "该标准不适用于该类经营单位。", "that standard does not bind an operator of this type")
	default:
		t.cite(list.Cite)
		t.c.Checklist = list
	}
}

func (t *making) missing(field string) {
	if t.refusal == nil {
		t.refusal = missingField(field)
	}
}

// judge makes a finding of what the officers say: on a line of the checklist the value decides
// whether it is a breach, beside the list the officers do, saying that it is beside.
func (t *making) judge(x *Finding) bool {
	b, line := t.m.Body, t.c.Checklist.Line(x.Requirement)
	if line == nil {
		x.Unlisted = t.c.Checklist != nil
		switch {
		case isTrue(b.NotApplicable):
			t.refuseField("notApplicable", "not-on-list", t.basis(), "只有检查表中的项目可以标记为不适用。", "only a line of the checklist can be marked as not applicable")
		case x.Unlisted && !isTrue(b.Unlisted) && !t.inspection().asked(Item{Requirement: x.Requirement}):
			t.refuseField("requirement", "not-on-list", t.basis(), "检查表没有该项要求；表外的要求须注明(unlisted)。", "the checklist has no such requirement; one beside it must be said to be so (unlisted)")
		case b.Breach == nil:
			t.missing("breach")
		}
		return !t.stopped()
	}
	if isTrue(b.Unlisted) {
		t.refuseField("unlisted", "on-list", t.basis(), "该项要求在检查表中，须按检查表判定。", "the requirement is on the checklist, and is judged by it")
		return false
	}
	if isTrue(b.NotApplicable) {
		return t.notApplicable(x)
	}
	return t.valued(*line, x)
}

// unread tells whether the requirement is a line of a text that nobody has read in full.
func (t *making) unread(requirement string) bool {
	line := t.c.Checklist.Line(requirement)
	return line != nil && line.Unverified
}

// notApplicable marks a line of which there is nothing to find here.
func (t *making) notApplicable(x *Finding) bool {
	b := t.m.Body
	switch {
	case b.Breach != nil || b.Value != "":
		t.refuseField("notApplicable", "not-applicable-judged", t.basis(), "不适用的项目不能同时有检查值或者结论。", "a line that does not apply has neither value nor breach")
	case b.Reasons == "":
		t.missing("reasons")
	}
	x.NotApplicable, x.Enforceable = true, false
	return !t.stopped()
}

// valued holds the value against the line. No fault may be penalised by a text that nobody has read.
func (t *making) valued(line checklist.Line, x *Finding) bool {
	b := t.m.Body
	if x.Value == "" && b.Breach != nil && line.How.By == checklist.YesNo {
		x.Value = map[bool]string{true: "no", false: "yes"}[*b.Breach]
	}
	if x.Value == "" {
		t.missing("value")
		return false
	}
	v, err := line.Judge(x.Value)
	switch zh, en := line.How.Asks("zh"), line.How.Asks("en"); {
	case err != nil:
		t.refuseField("value", "bad-value", cmp.Or(line.Cite, t.basis()), "检查值应为："+line.How.Takes("zh")+"。", "the value must be "+line.How.Takes("en"))
	case b.Breach != nil && *b.Breach == v.Met:
		t.refuseField("breach", "breach-against-value", cmp.Or(line.Cite, t.basis()),
			"结论与检查值不符：该项要求为“"+zh+"”，是否违反由检查值判定。", "the finding contradicts its value: the requirement asks for “"+en+"”, and the value decides whether it is met")
	}
	x.Breach, x.Enforceable = !v.Met, x.Enforceable && !line.Unverified
	return !t.stopped()
}

// listChecked refuses a report while a line of the list has neither finding nor mark.
func (t *making) listChecked() bool {
	left, first := 0, ""
	if t.c.Checklist != nil {
		for _, l := range t.c.Checklist.Lines {
			if t.inspection().latest(l.Code) == nil {
				if left++; left == 1 {
					first = l.Code
				}
			}
		}
	}
	if left > 0 {
		t.refuse("lines-left", t.basis(), fmt.Sprintf("检查表尚有 %d 项没有检查结论，首项为 %s。", left, first),
			fmt.Sprintf("lines of the checklist with neither a finding nor a mark that they don't apply: %d, the first being %s", left, first))
	}
	return left == 0
}

// Tally is what the checklist of an inspection has come to so far. An error means that a value can't
// be judged by its line, which no finding leaves behind.
func (c Case) Tally() (checklist.Results, error) {
	values := map[string]string{}
	for _, l := range c.Checklist.Lines {
		if x := c.Inspection.latest(l.Code); x != nil {
			if values[l.Code] = x.Value; x.NotApplicable {
				values[l.Code] = checklist.NotApplicable
			}
		}
	}
	results, err := checklist.Sum(c.Checklist.Lines, values)
	if err != nil {
		return checklist.Results{}, fmt.Errorf("sum up the checklist of case %s: %w", c.ID, err)
	}
	return results, nil
}

// score keeps what the checklist came to.
func (t *making) score() {
	if t.c.Checklist == nil {
		return
	}
	results, err := t.c.Tally()
	if err != nil {
		t.fail("%w", err)
		return
	}
	t.inspection().Result = &results.Tallies[0]
}

// violates sets the violation to the one that the line of the requirement points to, where the
// regime knows it; another one is for the officer to reason.
func (t *making) violates(requirement string) bool {
	b := &t.m.Body
	points := ""
	if line := t.c.Checklist.Line(requirement); line != nil {
		if _, known := t.law.Regime.Violations[line.Violation]; known {
			points = line.Violation
		}
	}
	switch {
	case b.Violation == "" && points == "":
		t.missing("violation")
	case b.Violation == "":
		b.Violation = points
	case points != "" && b.Violation != points && b.Reasons == "":
		t.refuseField("violation", "other-violation", t.basis(), "该项要求指向的违法行为为 "+points+";另定违法行为须说明理由。", "the requirement points to the violation "+points+"; to name another, give the reasons")
	}
	return !t.stopped()
}

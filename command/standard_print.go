package command

import (
	"strconv"

	"duban/law/checklist"
	"duban/law/standards"
)

func (s *session) printStandard(x *standards.Standard, lang string) error {
	from := x.Effective.From.String() + " –"
	if !x.Effective.To.IsZero() {
		from += " " + x.Effective.To.String()
	}
	for _, line := range []string{
		x.Title.In(lang) + "  " + x.ID + " v" + strconv.FormatInt(x.Version, 10),
		inLang(lang, "施行", "in force") + ": " + from,
		inLang(lang, "来源", "source") + ": " + x.Source + unverifiedMark(lang, x.Unverified),
		inLang(lang, "依据", "under") + ": " + x.Cite,
		inLang(lang, "散列值", "hash") + ": " + x.Hash + "\n",
	} {
		if err := s.say("%s", line); err != nil {
			return err
		}
	}
	var rows [][]string
	for _, b := range checklist.Branches() {
		for _, r := range x.Requirements {
			if r.Branch == b.Code {
				basis := r.Cite
				if basis == "" {
					basis = r.Source
				}
				rows = append(rows, []string{
					b.Title(lang), r.Code, strconv.FormatInt(r.Weight, 10), r.Judge.Asks(lang), r.Text.In(lang),
					basis + unverifiedMark(lang, r.Unverified), r.Violation,
				})
			}
		}
	}
	heads := []string{"BRANCH", "CODE", "WEIGHT", "ASKS", "REQUIREMENT", "BASIS", "VIOLATION"}
	if lang == "zh" {
		heads = []string{"类别", "代码", "权重", "要求", "内容", "依据", "违法行为"}
	}
	return s.printTable(heads, rows)
}

func (s *session) printCompared(own, province *standards.Standard, lines []standards.Line, lang string) error {
	if err := s.say("%s → %s\n", own.ID, province.ID); err != nil {
		return err
	}
	words := map[string]string{
		standards.Missing: "缺少", standards.Weaker: "低于", standards.Other: "不可比", standards.Same: "相同", standards.Stricter: "高于", standards.Extra: "自加",
	}
	asks := func(r *standards.Requirement) string {
		if r == nil {
			return "–"
		}
		return r.Judge.Asks(lang)
	}
	count := map[string]int{}
	var rows [][]string
	for _, l := range lines {
		count[l.Stands]++
		text := l.Own
		if l.Province != nil {
			text = l.Province
		}
		rows = append(rows, []string{l.Code, inLang(lang, words[l.Stands], l.Stands), asks(l.Own), asks(l.Province), text.Text.In(lang)})
	}
	heads := []string{"CODE", "STANDS", "OWN", "PROVINCE", "REQUIREMENT"}
	if lang == "zh" {
		heads = []string{"代码", "比较", "本单位", "省标准", "内容"}
	}
	if err := s.printTable(heads, rows); err != nil {
		return err
	}
	return s.say(inLang(lang, "\n缺少 %d 项，低于 %d 项，不可比 %d 项，相同 %d 项，高于 %d 项，自加 %d 项", "\n%d missing, %d weaker, %d other, %d same, %d stricter, %d extra"),
		count[standards.Missing], count[standards.Weaker], count[standards.Other], count[standards.Same], count[standards.Stricter], count[standards.Extra])
}

func unverifiedMark(lang string, unverified bool) string {
	if unverified {
		return inLang(lang, "（未核实）", " (unverified)")
	}
	return ""
}

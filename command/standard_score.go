package command

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"duban/law/checklist"
	"duban/law/standards"
)

func (s *session) standardScore() *cobra.Command {
	c := &cobra.Command{
		Use:   "score ID VALUES.json",
		Short: "Judge a filled checklist by a built-in standard",
		Long: `Judge a filled checklist by a built-in standard: what was met, branch by branch (tourism 7), and the
requirements that were not. VALUES.json is an object of strings by the codes of the requirements: "yes" or
"no", a decimal number in the requirement's unit, or points. What is left out stays open and counts for
nothing. The exit status is 3 if a value can't be judged.`,
		Example: `  duban standard score liaoning-star-hotel examples/checklist-hotel.json
  duban standard score liaoning-star-hotel examples/checklist-hotel.json --json`,
		Args: cobra.ExactArgs(2),
	}
	onFlag(c)
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, args []string) error {
		x, _, lang, err := s.standardAsked(c, args[0])
		if err != nil {
			return err
		}
		text, err := os.ReadFile(args[1])
		if err != nil {
			return fmt.Errorf("score a checklist: %w", err)
		}
		var values map[string]string
		if err := json.Unmarshal(text, &values); err != nil {
			return &exit{status: exitFound, cause: fmt.Errorf("read checklist %s: %w", args[1], err)}
		}
		results, err := checklist.Sum(x.Checklist().Lines, values)
		if err != nil {
			return &exit{status: exitFound, cause: err}
		}
		if asJSON(c) {
			return s.printJSON(scoredJSON{Standard: x.ID, Version: x.Version, Hash: x.Hash, Results: results})
		}
		return s.printScore(x, results, lang)
	})
	return c
}

// scoredJSON is a judged checklist for machines, with the standard that it was judged by.
type scoredJSON struct {
	Standard string `json:"standard"`
	Version  int64  `json:"version"`
	Hash     string `json:"hash"`
	checklist.Results
}

func (s *session) printScore(x *standards.Standard, results checklist.Results, lang string) error {
	titles := map[string]string{"": inLang(lang, "合计", "total")}
	for _, b := range checklist.Groups() {
		titles[b.Code] = b.Title(lang)
	}
	for _, b := range checklist.Branches() {
		titles[b.Code] = "  " + b.Title(lang)
	}
	var rows [][]string
	for _, t := range results.Tallies {
		score := "–"
		if t.Weight > 0 {
			score = fmt.Sprintf("%d.%d%%", t.PerMille/10, t.PerMille%10)
		}
		rows = append(rows, []string{titles[t.Branch], score, strconv.Itoa(t.Met), strconv.Itoa(t.NotMet), strconv.Itoa(t.Open)})
	}
	heads := []string{"BRANCH", "SCORE", "MET", "NOT MET", "OPEN"}
	if lang == "zh" {
		heads = []string{"类别", "得分", "符合", "不符合", "未检查"}
	}
	if err := s.printTable(heads, rows); err != nil {
		return err
	}
	asked := map[string]standards.Requirement{}
	for _, r := range x.Requirements {
		asked[r.Code] = r
	}
	rows = nil
	for _, v := range results.Verdicts {
		if r := asked[v.Code]; !v.Met {
			rows = append(rows, []string{v.Code, v.Value, r.Judge.Asks(lang), r.Text.In(lang) + unverifiedMark(lang, r.Unverified), r.Violation})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	heads = []string{"NOT MET", "FOUND", "ASKED", "REQUIREMENT", "VIOLATION"}
	if lang == "zh" {
		heads = []string{"不符合", "检查值", "要求", "内容", "违法行为"}
	}
	if err := s.say(""); err != nil {
		return err
	}
	return s.printTable(heads, rows)
}

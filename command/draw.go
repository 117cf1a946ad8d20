package command

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"duban/law/draw"
	"duban/law/regimes"
)

func (s *session) draw() *cobra.Command {
	return s.group("draw", "Draw at random who is inspected and by whom (双随机), and repeat a draw", s.drawSeed(), s.drawRun(), s.drawVerify())
}

func (s *session) drawSeed() *cobra.Command {
	c := &cobra.Command{
		Use:   "seed",
		Short: "Print a new seed and its commitment",
		Long: `Print a new seed, and its commitment to publish before the input of the draw is fixed. The seed is kept
secret until the draw, whose record shows it: so neither can the input be fitted to the seed, nor the
seed be changed afterwards.`,
		Example: "  duban draw seed",
		Args:    cobra.NoArgs,
	}
	jsonFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, _ []string) error {
		seed := draw.NewSeed()
		if asJSON(c) {
			return s.printJSON(map[string]string{"seed": seed, "commitment": draw.Commitment(seed)})
		}
		return s.say("seed        %s\ncommitment  %s", seed, draw.Commitment(seed))
	})
	return c
}

func (s *session) drawRun() *cobra.Command {
	var seed string
	c := &cobra.Command{
		Use:   "run INPUT.json",
		Short: "Make a draw and print its record",
		Long: `Make a draw and print its record: the input, the seed and the result, from which anyone can repeat it.
Nothing is stored. The exit status is 3 if the input has faults.`,
		Example: `  duban draw run examples/draw-telecom.json >draw.json
  duban draw run examples/draw-tourism.json --seed 5771165b02a4e728ef3ff64e78dd2440ab97698fed8a3163ee32409cb7087e63`,
		Args: cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&seed, "seed", "", "the seed, 64 `HEX` digits (default: a new one)")
	c.RunE = s.run(func(_ context.Context, _ *cobra.Command, args []string) error {
		text, err := os.ReadFile(args[0])
		if err != nil {
			return fmt.Errorf("run a draw: %w", err)
		}
		in, err := draw.ReadInput(text)
		if err != nil {
			return &exit{status: exitFound, cause: err}
		}
		if err := citesHold(in.Cites); err != nil {
			return err
		}
		switch {
		case seed != "" && draw.Commitment(seed) == "":
			return usage("--seed: want 64 hexadecimal digits, in lower case")
		case seed == "" && in.Commitment != "":
			return usage("the input commits to a seed: give it with --seed")
		case seed == "":
			seed = draw.NewSeed()
		}
		record, err := draw.Run(in, seed)
		if err != nil {
			return err
		}
		out, err := record.Text()
		if err != nil {
			return err
		}
		return s.say("%s", strings.TrimSpace(string(out)))
	})
	return c
}

// citesHold looks the clauses up of the laws that the installation holds as data: the published result
// must not name a rule that is none, nor be surer of it than the installation is.
func citesHold(cites []draw.Cite) error {
	laws, err := regimes.Load()
	if err != nil {
		return err
	}
	for _, c := range cites {
		document, clause, verified := laws.HasClause(c.Clause)
		if document && (!clause || !verified && !c.Unverified) {
			why := "is unverified: say so"
			if !clause {
				why = "does not exist"
			}
			return &exit{status: exitFound, cause: fmt.Errorf("run a draw: clause %s %s", c.Clause, why)}
		}
	}
	return nil
}

func (s *session) drawVerify() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify DRAW.json",
		Short: "Repeat a draw from its record and say where it differs",
		Long: `Repeat a draw from the input and seed of its record, print the result, and say whether it is the same
and, if not, where it differs. The exit status is 1 if it differs, 3 if the file is no record of a draw.

What the record can't prove by itself: that its input was true, and that hash and commitment are those
that were published. Compare them.`,
		Example: `  duban draw verify draw.json
  duban draw verify draw.json --json`,
		Args: cobra.ExactArgs(1),
	}
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, args []string) error {
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(args[0])
		if err != nil {
			return fmt.Errorf("verify a draw: %w", err)
		}
		record, err := draw.Read(text)
		if err != nil {
			return &exit{status: exitFound, cause: err}
		}
		found, err := draw.Verify(record)
		if err != nil {
			return err
		}
		if asJSON(c) {
			err = s.printJSON(drawnJSON{Same: len(found) == 0, Hash: record.Hash, Result: record.Result, Differences: append([]draw.Difference{}, found...)})
		} else {
			err = s.printDraw(record, found, lang)
		}
		if err == nil && len(found) > 0 {
			return &exit{status: exitFailed}
		}
		return err
	})
	return c
}

// drawnJSON is what became of a verification, for machines.
type drawnJSON struct {
	Same        bool              `json:"same"`
	Hash        string            `json:"hash"`
	Result      []draw.Visit      `json:"result"`
	Differences []draw.Difference `json:"differences"`
}

func (s *session) printDraw(r draw.Record, found []draw.Difference, lang string) error {
	var rule []string
	for _, cite := range r.Cites {
		mark := ""
		if cite.Unverified {
			mark = inLang(lang, "（未核实）", " (unverified)")
		}
		rule = append(rule, cite.Clause+mark)
	}
	commitment := r.Commitment
	if commitment == "" {
		commitment = inLang(lang, "无", "none")
	}
	for _, line := range [][2]string{
		{inLang(lang, "依据", "rule"), strings.Join(rule, ", ")},
		{inLang(lang, "日期", "day"), r.Day.String()},
		{inLang(lang, "种子", "seed"), r.Seed},
		{inLang(lang, "承诺", "commitment"), commitment},
		{inLang(lang, "散列值", "hash"), r.Hash},
	} {
		if err := s.say("%s: %s", line[0], line[1]); err != nil {
			return err
		}
	}
	if err := s.say(inLang(lang, "从 %d 个检查对象中抽取 %d 个，检查人员名录 %d 人\n", "of %d targets %d are drawn, from a list of %d officers\n"), len(r.Targets), len(r.Result), len(r.Officers)); err != nil {
		return err
	}
	var rows [][]string
	for i, v := range r.Result {
		team := strings.Join(v.Officers, ", ")
		if v.Lacking > 0 {
			team = fmt.Sprintf(inLang(lang, "缺 %d 人", "%d lacking"), v.Lacking)
		}
		rows = append(rows, []string{strconv.Itoa(i + 1), v.Target, strconv.FormatInt(v.Weight, 10), team})
	}
	heads := []string{"", "TARGET", "WEIGHT", "OFFICERS"}
	if lang == "zh" {
		heads = []string{"", "检查对象", "权重", "检查人员"}
	}
	if err := s.printTable(heads, rows); err != nil {
		return err
	}
	if len(found) == 0 {
		return s.say(inLang(lang, "\n重复抽取，结果相同", "\nrepeated: the same"))
	}
	if err := s.say(inLang(lang, "\n重复抽取，有 %d 处不同：", "\nrepeated: it differs in %d places:"), len(found)); err != nil {
		return err
	}
	for _, d := range found {
		if err := s.say(inLang(lang, "%s：%s；记录为 %s，重复得 %s", "%s: %s; recorded %s, repeated %s"), d.At, inLang(lang, d.Zh, d.En), d.Recorded, d.Repeated); err != nil {
			return err
		}
	}
	return nil
}

// inLang gives the sentence of a language.
func inLang(lang, zh, en string) string {
	if lang == "zh" {
		return zh
	}
	return en
}

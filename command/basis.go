package command

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duban/law/regimes"
)

func (s *session) regimeBasis() *cobra.Command {
	var name, operator, on, decided, violation string
	c := &cobra.Command{
		Use:   "basis",
		Short: "Say which instruments a penalty may rest on",
		Long: `Say which instruments may be the basis of a penalty for a type of operator and an act of a day: laws,
regulations and rules may, a normative document may not alone, and what was repealed or could not be
verified may not. The higher stands before the lower. Where the rule has changed between the act and
the decision, the lighter one is shown.`,
		Example: `  duban regime basis --type travel-agency --on 2026-05-01
  duban regime basis --type travel-agency --on 2026-05-01 --violation forced-shopping
  duban regime basis --type star-hotel --on 2026-05-01 --json`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&name, "regime", "", "main regulation `NAME` (default: the only one that lists instruments)")
	c.Flags().StringVar(&operator, "type", "", "`TYPE` of the operator")
	c.Flags().StringVar(&on, "on", "", "`DAY` of the act (default: today)")
	c.Flags().StringVar(&decided, "decided", "", "`DAY` of the decision (default: today, or the day of the act if that is later)")
	c.Flags().StringVar(&violation, "violation", "", "only the violation of this `CODE`")
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, _ []string) error {
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		act, err := s.dayOr(on, "--on")
		if err != nil {
			return err
		}
		decision, err := s.dayOr(decided, "--decided")
		if err != nil {
			return err
		}
		if decided == "" && decision.Before(act) {
			decision = act
		}
		if decision.Before(act) {
			return usage("--decided: the decision can't be before the act")
		}
		library, err := regimes.Load()
		if err != nil {
			return err
		}
		var named []string
		for _, n := range library.Names() {
			if len(library.OperatorTypes(n)) > 0 {
				named = append(named, n)
			}
		}
		if name == "" && len(named) == 1 {
			name = named[0]
		}
		if !slices.Contains(named, name) {
			return usage("--regime: name one of %s", strings.Join(named, ", "))
		}
		if types := library.OperatorTypes(name); !slices.Contains(types, operator) {
			return usage("--type: name one of %s", strings.Join(types, ", "))
		}
		bases, err := library.Bases(name, operator, violation, act, decision)
		if err != nil {
			return err
		}
		if violation != "" && !slices.ContainsFunc(bases, func(b regimes.Basis) bool { return len(b.Penalties) > 0 }) {
			return usage("--violation: no instrument penalises %q for operators of type %s on that day; without --violation all are listed", violation, operator)
		}
		if asJSON(c) {
			return s.printJSON(bases)
		}
		return regimes.Print(s.Out, bases, lang)
	})
	return c
}

package command

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duban/law/regimes"
)

func (s *session) regimeBasis() *cobra.Command {
	var q basisAsked
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
	c.Flags().StringVar(&q.name, "regime", "", "main regulation `NAME` (default: the only one that lists instruments)")
	c.Flags().StringVar(&q.operator, "type", "", "`TYPE` of the operator")
	c.Flags().StringVar(&q.on, "on", "", "`DAY` of the act (default: today)")
	c.Flags().StringVar(&q.decided, "decided", "", "`DAY` of the decision (default: today, or the day of the act if that is later)")
	c.Flags().StringVar(&q.violation, "violation", "", "only the violation of this `CODE`")
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(_ context.Context, c *cobra.Command, _ []string) error {
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		bases, err := s.bases(q)
		if err != nil {
			return err
		}
		if asJSON(c) {
			return s.printJSON(bases)
		}
		return regimes.Print(s.Out, bases, lang)
	})
	return c
}

// basisAsked is what the flags say.
type basisAsked struct{ name, operator, on, decided, violation string }

// bases are the instruments that a penalty may rest on.
func (s *session) bases(q basisAsked) ([]regimes.Basis, error) {
	act, err := s.dayOr(q.on, "--on")
	if err != nil {
		return nil, err
	}
	decision, err := s.dayOr(q.decided, "--decided")
	if err != nil {
		return nil, err
	}
	if q.decided == "" && decision.Before(act) {
		decision = act
	}
	if decision.Before(act) {
		return nil, usage("--decided: the decision can't be before the act")
	}
	library, err := regimes.Load()
	if err != nil {
		return nil, err
	}
	var named []string
	for _, n := range library.Names() {
		if len(library.OperatorTypes(n)) > 0 {
			named = append(named, n)
		}
	}
	if q.name == "" && len(named) == 1 {
		q.name = named[0]
	}
	if !slices.Contains(named, q.name) {
		return nil, usage("--regime: name one of %s", strings.Join(named, ", "))
	}
	if types := library.OperatorTypes(q.name); !slices.Contains(types, q.operator) {
		return nil, usage("--type: name one of %s", strings.Join(types, ", "))
	}
	bases, err := library.Bases(q.name, q.operator, q.violation, act, decision)
	if err != nil {
		return nil, err
	}
	if q.violation != "" && !slices.ContainsFunc(bases, func(b regimes.Basis) bool { return len(b.Penalties) > 0 }) {
		return nil, usage("--violation: no instrument penalises %q for operators of type %s on that day; without --violation all are listed", q.violation, q.operator)
	}
	return bases, nil
}

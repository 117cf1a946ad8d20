package command

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func jsonFlag(c *cobra.Command) { c.Flags().Bool("json", false, "print JSON, for machines") }

// asJSON tells whether the result is for a machine.
func asJSON(c *cobra.Command) bool { return c.Flag("json").Value.String() == "true" }

func (s *session) printJSON(v any) error {
	e := json.NewEncoder(s.Out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// printTable prints rows under their heads.
func (s *session) printTable(heads []string, rows [][]string) error {
	w := tabwriter.NewWriter(s.Out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{heads}, rows...) {
		if _, err := fmt.Fprintln(w, strings.Join(row, "\t")); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

func langFlag(c *cobra.Command) {
	c.Flags().String("lang", "", "language of the text: zh or en (default: as LANG says)")
}

// lang is the language asked for, else that of the terminal.
func (s *session) lang(c *cobra.Command) (string, error) {
	switch asked := c.Flag("lang").Value.String(); asked {
	case "zh", "en":
		return asked, nil
	case "":
	default:
		return "", usage("--lang %q is neither zh nor en", asked)
	}
	for _, name := range []string{"LC_ALL=", "LC_MESSAGES=", "LANG="} {
		for _, v := range s.Env {
			if value, ok := strings.CutPrefix(v, name); ok && value != "" {
				if strings.HasPrefix(value, "zh") {
					return "zh", nil
				}
				return "en", nil
			}
		}
	}
	return "en", nil
}

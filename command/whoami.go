package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"duban/api/client"
)

func (s *session) whoami() *cobra.Command {
	c := &cobra.Command{
		Use:   "whoami",
		Short: "Tell whose a key is, and what it is at this moment",
		Long: `Ask the API whose the key in a file is. Role and authority are those of this moment, whatever the key was
made with; without a key the API sees the public. A key that opens nothing is an error.`,
		Example: `  duban whoami --key-file lin.key
  duban whoami --key-file lin.key --api https://bureau.example --json`,
		Args: cobra.NoArgs,
	}
	c.Flags().String("api", defaults.API, "`URL` of the API")
	c.Flags().String("key-file", "", "`FILE` with the key")
	jsonFlag(c)
	langFlag(c)
	c.RunE = s.run(func(ctx context.Context, c *cobra.Command, _ []string) error {
		config, err := s.config(c)
		if err != nil {
			return err
		}
		lang, err := s.lang(c)
		if err != nil {
			return err
		}
		caller, err := askWho(ctx, config, lang)
		if err != nil {
			return err
		}
		if asJSON(c) {
			return s.printJSON(caller)
		}
		text := func(p *string) string { return cmp.Or(value(p), "-") }
		role := "-"
		if caller.Role != nil {
			role = string(*caller.Role)
		}
		return s.printTable([]string{"KIND", "ID", "AUTHORITY", "ROLE", "KEY"}, [][]string{{string(caller.Kind), text(caller.Id), text(caller.Authority), role, text(caller.Key)}})
	})
	return c
}

func value(p *string) string {
	if p == nil {
		return ""
	}
	return *p
}

func askWho(ctx context.Context, config Config, lang string) (*client.Caller, error) {
	key := ""
	if config.KeyFile != "" {
		var err error
		if key, err = secretIn(config.KeyFile, "the key"); err != nil {
			return nil, err
		}
	}
	api, err := client.NewClientWithResponses(strings.TrimSuffix(config.API, "/"), client.As(key, lang), client.WithHTTPClient(&http.Client{Timeout: 15 * time.Second}))
	if err != nil {
		return nil, fmt.Errorf("make a client of %s: %w", config.API, err)
	}
	got, err := api.WhoAmIWithResponse(ctx)
	switch {
	case err != nil:
		return nil, fmt.Errorf("ask %s: %w", config.API, err)
	case got.JSON200 != nil:
		return got.JSON200, nil
	case got.ApplicationproblemJSONDefault != nil:
		return nil, errors.New(got.ApplicationproblemJSONDefault.Detail)
	}
	return nil, fmt.Errorf("ask %s: %s", config.API, got.Status())
}

package command

import (
	"context"

	"github.com/spf13/cobra"
)

func (s *session) migrate() *cobra.Command {
	c := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the register's schema to this program's version",
		Long: `Bring the register's schema to this program's version, making it if there is none.

It may run while others do, and again: what is done is left alone.`,
		Example: `  openssl rand -hex 32 > duban.secret
  duban migrate --database postgres://duban@localhost/duban
  duban migrate --database sqlite:/var/lib/duban/duban.db --secret-file /etc/duban/secret`,
		Args: cobra.NoArgs,
	}
	databaseFlags(c)
	c.RunE = s.on(needs{anySchema: true}, func(ctx context.Context, _ *cobra.Command, _ []string, on stores) error {
		if err := on.register.Migrate(ctx); err != nil {
			return on.named(err)
		}
		if err := on.register.CheckSchema(ctx); err != nil {
			return err
		}
		return s.say("The register's schema is up to date.")
	})
	return c
}

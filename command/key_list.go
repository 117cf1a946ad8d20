package command

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"duban/register"
)

// keyJSON is a key as machines read it; its secret is kept nowhere.
type keyJSON struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind"`
	Owner     string    `json:"owner"`
	Authority string    `json:"authority,omitempty"`
	Role      string    `json:"role,omitempty"`
	Created   time.Time `json:"created"`
	Expires   time.Time `json:"expires,omitzero"`
	Used      time.Time `json:"used,omitzero"`
	Revoked   time.Time `json:"revoked,omitzero"`
}

func (s *session) keyList() *cobra.Command {
	c := &cobra.Command{
		Use:     "list",
		Short:   "List the keys, revoked ones too, without their secrets",
		Example: "  duban key list\n  duban key list --json",
		Args:    cobra.NoArgs,
	}
	databaseFlags(c)
	jsonFlag(c)
	c.RunE = s.on(needs{}, func(ctx context.Context, c *cobra.Command, _ []string, on stores) error {
		keys, err := allKeys(ctx, on.register)
		if err != nil {
			return err
		}
		if asJSON(c) {
			return s.printJSON(keys)
		}
		rows := make([][]string, len(keys))
		for i, k := range keys {
			rows[i] = []string{k.ID, k.Kind, k.Owner, k.Authority, k.Role, k.Created.Format(time.DateOnly), day(k.Used), day(k.Expires), day(k.Revoked)}
		}
		return s.printTable([]string{"ID", "KIND", "OWNER", "AUTHORITY", "ROLE", "CREATED", "USED", "EXPIRES", "REVOKED"}, rows)
	})
	return c
}

func allKeys(ctx context.Context, r *register.Register) ([]keyJSON, error) {
	const page = 200
	out := []keyJSON{}
	for after := ""; ; {
		keys, err := r.Keys(ctx, after, page)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			out = append(out, keyJSON{ID: k.ID, Kind: k.Kind, Owner: k.Owner, Authority: k.Authority, Role: string(k.Role), Created: k.Created, Used: k.Used, Expires: k.Expires, Revoked: k.Revoked})
			after = k.ID
		}
		if len(keys) < page {
			return out, nil
		}
	}
}

// day is a day for a table; empty for never.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func (s *session) keyRevoke() *cobra.Command {
	c := &cobra.Command{
		Use:   "revoke ID",
		Short: "End a key: the next request that shows it is refused",
		Long: `End the key with that ID (duban key list shows it). The API asks the register for every request, so
the next one that shows the key is refused. A key that has ended can't be used again; make a new one.
To end a key twice is no error.`,
		Example: "  duban key revoke mzxw6ytboi4dgmrtgq2tmnzyhe",
		Args:    cobra.ExactArgs(1),
	}
	databaseFlags(c)
	c.RunE = s.on(needs{}, func(ctx context.Context, _ *cobra.Command, args []string, on stores) error {
		if err := on.register.RevokeKey(ctx, args[0]); err != nil {
			return fmt.Errorf("%w (duban key list shows the keys)", err)
		}
		s.tell("Revoked: requests with key %s are refused from now on.", args[0])
		return nil
	})
	return c
}

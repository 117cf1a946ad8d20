package command

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"duban/law/casefile"
	"duban/register"
)

func (s *session) key() *cobra.Command {
	return s.group("key", "Keys of the API", s.keyCreate(), s.keyList(), s.keyRevoke())
}

// holder is whose a key is to be, as the flags say.
type holder struct {
	role, authority, officer, operator, name string
	days                                     int
}

func (s *session) keyCreate() *cobra.Command {
	var h holder
	c := &cobra.Command{
		Use:   "create --role ROLE",
		Short: "Make a key and print its secret, this once",
		Long: `Make a key of the API and print its secret. The register keeps only a hash of it: it can't be shown again.

officer, reviewer and head keys belong to an officer of the register, operator keys to an operator
of it. An admin key puts authorities, operators and officers there; an import key files complaints
from another system.`,
		Example: `  duban key create --role admin --name anna > admin.key
  duban key create --role head --officer lin --authority mca-ln
  duban key create --role operator --operator unicom-ln
  duban key create --role import --name old-system --authority mca-ln > import.key`,
		Args: cobra.NoArgs,
	}
	c.Flags().StringVar(&h.role, "role", "", "officer, reviewer, head, admin, operator or import")
	c.Flags().StringVar(&h.authority, "authority", "", "`ID` of the authority: the officer's, or where imports are filed")
	c.Flags().StringVar(&h.officer, "officer", "", "`ID` of the officer")
	c.Flags().StringVar(&h.operator, "operator", "", "`ID` of the operator")
	c.Flags().StringVar(&h.name, "name", "", "whose an admin or import key is, in the logs (default: its role)")
	c.Flags().IntVar(&h.days, "days", 0, "`DAYS` after which the key ends by itself (default: never)")
	databaseFlags(c)
	jsonFlag(c)
	c.PreRunE = func(*cobra.Command, []string) error { return h.check() }
	c.RunE = s.on(needs{}, func(ctx context.Context, c *cobra.Command, _ []string, on stores) error {
		spec, err := h.spec(ctx, on.register)
		if err != nil {
			return err
		}
		if h.days > 0 {
			spec.Expires = time.Now().AddDate(0, 0, h.days)
		}
		secret, err := on.register.CreateKey(ctx, spec)
		if err != nil {
			return err
		}
		if asJSON(c) {
			return s.printJSON(map[string]string{
				"secret": secret, "kind": spec.Kind, "owner": spec.Owner, "authority": spec.Authority, "role": string(spec.Role),
			})
		}
		s.tell("A key with the role %s, for %s. Keep it: it is not shown again. Send it as Authorization: Bearer …", h.role, spec.Owner)
		return s.say("%s", secret)
	})
	return c
}

// check tells whether the flags fit each other.
func (h *holder) check() error {
	needs := map[string]struct {
		flag         string
		given, spare string
	}{
		"officer":  {"--officer", h.officer, h.operator + h.name},
		"reviewer": {"--officer", h.officer, h.operator + h.name},
		"head":     {"--officer", h.officer, h.operator + h.name},
		"operator": {"--operator", h.operator, h.officer + h.name + h.authority},
		"admin":    {"", "", h.officer + h.operator + h.authority},
		"import":   {"", "", h.officer + h.operator},
	}
	n, ok := needs[h.role]
	switch {
	case h.days < 0:
		return usage("--days takes a number of days, 1 or more")
	case !ok:
		return usage("--role %q is none of officer, reviewer, head, admin, operator, import", h.role)
	case n.flag != "" && n.given == "":
		return usage("a key with the role %s needs %s", h.role, n.flag)
	case n.spare != "":
		return usage("a key with the role %s takes fewer flags: see the examples", h.role)
	}
	return nil
}

// spec finds who holds the key: a key must not speak for somebody who is not there.
func (h *holder) spec(ctx context.Context, r *register.Register) (register.KeySpec, error) {
	name := h.name
	if name == "" {
		name = h.role
	}
	switch h.role {
	case "admin":
		return register.KeySpec{Kind: register.AdminKey, Owner: name}, nil
	case "import":
		if h.authority != "" {
			if _, err := r.AuthorityByID(ctx, h.authority); err != nil {
				return register.KeySpec{}, fmt.Errorf("key for imports: %w", err)
			}
		}
		return register.KeySpec{Kind: register.ImportKey, Owner: name, Authority: h.authority}, nil
	case "operator":
		o, err := r.OperatorByID(ctx, h.operator)
		if err != nil {
			return register.KeySpec{}, fmt.Errorf("key for an operator: %w", err)
		}
		return register.KeySpec{Kind: register.OperatorKey, Owner: o.ID}, nil
	}
	o, err := r.OfficerByID(ctx, h.officer)
	if err != nil {
		return register.KeySpec{}, fmt.Errorf("key for an officer: %w (PUT /v1/officers/%s adds one)", err, h.officer)
	}
	switch {
	case o.Role != casefile.Role(h.role):
		return register.KeySpec{}, fmt.Errorf("key for an officer: %s has the role %s, not %s", o.ID, o.Role, h.role)
	case h.authority != "" && h.authority != o.Authority:
		return register.KeySpec{}, fmt.Errorf("key for an officer: %s belongs to %s, not to %s", o.ID, o.Authority, h.authority)
	}
	return register.KeySpec{Kind: register.OfficerKey, Owner: o.ID, Authority: o.Authority, Role: o.Role}, nil
}

package command

import (
	"context"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// settings reads the settings of a command line that has every flag.
func settings(t *testing.T, env []string, args ...string) (Config, error) {
	t.Helper()
	var got Config
	s := &session{Terminal: Terminal{Env: env}}
	root := s.root()
	c := &cobra.Command{Use: "settings", RunE: s.run(func(_ context.Context, c *cobra.Command, _ []string) (err error) {
		got, err = s.config(c)
		return err
	})}
	databaseFlags(c)
	temporalFlags(c)
	c.Flags().Bool("dev", false, "")
	root.AddCommand(c)
	root.SetArgs(append([]string{"settings"}, args...))
	return got, root.ExecuteContext(t.Context())
}

// Defaults < file < environment < flags.
func TestWhereSettingsComeFrom(t *testing.T) {
	path := write(t, "duban.yaml", "database: sqlite:file.db\nnamespace: file\ntemporal: file:7233\ndev: true\n")
	env := []string{"DUBAN_NAMESPACE=env", "DUBAN_TEMPORAL=env:7233", "DUBAN_SECRET_FILE=env.secret", "DUBAN_TEST_DATABASE_URL=x", "HOME=/"}
	got, err := settings(t, env, "--config", path, "--temporal", "flag:7233")
	if err != nil {
		t.Fatal(err)
	}
	want := defaults
	want.Database, want.Namespace, want.Temporal, want.SecretFile, want.Dev = "sqlite:file.db", "env", "flag:7233", "env.secret", true
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	named, err := settings(t, append(env, "DUBAN_CONFIG="+path))
	if err != nil || named.Database != "sqlite:file.db" || named.Temporal != "env:7233" {
		t.Errorf("by DUBAN_CONFIG: %+v, %v", named, err)
	}
}

func TestUnknownSettingsFail(t *testing.T) {
	if _, err := settings(t, []string{"DUBAN_DATABSE=x"}); err == nil || !strings.Contains(err.Error(), "DUBAN_DATABSE") {
		t.Errorf("environment: %v", err)
	}
	for _, text := range []string{"databse: x\n", "database:\n  url: x\n", "dev: perhaps\n"} {
		if _, err := settings(t, nil, "--config", write(t, "duban.yaml", text)); err == nil {
			t.Errorf("taken: %s", text)
		}
	}
	if _, err := settings(t, nil, "--config", "no-such-file"); err == nil {
		t.Error("a file that is not there was taken")
	}
}

package command

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/providers/structs"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
)

// Config is every setting of every command, each named like its flag. What is empty has a default
// that runs, or is not used.
type Config struct {
	Database   string `koanf:"database"`
	SecretFile string `koanf:"secret-file"`

	Listen         string `koanf:"listen"`
	Dev            bool   `koanf:"dev"`
	Regimes        string `koanf:"regimes"`
	MetricsListen  string `koanf:"metrics-listen"`
	TrustedProxies string `koanf:"trusted-proxies"`
	PublicLimits   bool   `koanf:"public-limits"`
	Temporal       string `koanf:"temporal"`
	Namespace      string `koanf:"namespace"`

	SMTP             string `koanf:"smtp"`
	SMTPFrom         string `koanf:"smtp-from"`
	SMTPUser         string `koanf:"smtp-user"`
	SMTPPasswordFile string `koanf:"smtp-password-file"`
	SMTPTLS          string `koanf:"smtp-tls"`
	Portal           string `koanf:"portal"`

	API     string `koanf:"api"`
	KeyFile string `koanf:"key-file"`

	LogLevel  string `koanf:"log-level"`
	LogFormat string `koanf:"log-format"`
}

var defaults = Config{
	Database: "sqlite:duban.db", SecretFile: "duban.secret", Listen: "127.0.0.1:8080", PublicLimits: true, Namespace: "duban",
	SMTPTLS: "required", API: "http://127.0.0.1:8080", LogLevel: "info", LogFormat: "text",
}

const (
	variables     = "DUBAN_"
	testVariables = "DUBAN_TEST_" // of the tests, not of the program
)

// config puts the settings together: defaults, then the file, the environment and the flags. A
// key that no setting has is an error: it would be a setting that silently does nothing.
func (s *session) config(c *cobra.Command) (Config, error) {
	var out Config
	k := koanf.New(".")
	if err := k.Load(structs.Provider(defaults, "koanf"), nil); err != nil {
		return out, fmt.Errorf("read the defaults: %w", err)
	}
	known := k.Keys()
	vars, path, err := s.environment(known)
	if err != nil {
		return out, err
	}
	if flag := c.Flag("config"); flag != nil && flag.Changed {
		path = flag.Value.String()
	}
	if path != "" {
		settings := koanf.New(".")
		if err := settings.Load(file.Provider(path), yaml.Parser()); err != nil {
			return out, fmt.Errorf("read settings from %s: %w", path, err)
		}
		for _, name := range settings.Keys() {
			if !slices.Contains(known, name) {
				return out, usage("%s: %s is no setting", path, name)
			}
		}
		if err := k.Merge(settings); err != nil {
			return out, fmt.Errorf("read settings from %s: %w", path, err)
		}
	}
	if err := k.Merge(vars); err != nil {
		return out, fmt.Errorf("read the environment: %w", err)
	}
	flags := posflag.ProviderWithValue(c.Flags(), ".", k, func(name, value string) (string, any) {
		if !slices.Contains(known, name) {
			return "", nil // a flag of this command alone
		}
		return name, value
	})
	if err := k.Load(flags, nil); err != nil {
		return out, fmt.Errorf("read the flags: %w", err)
	}
	if err := k.Unmarshal("", &out); err != nil {
		return out, usage("read the settings: %w", err)
	}
	return out, nil
}

// environment reads the settings of the environment, and the path of the file that it names.
func (s *session) environment(known []string) (vars *koanf.Koanf, path string, err error) {
	vars = koanf.New(".")
	read := env.Provider("", env.Opt{Prefix: variables, EnvironFunc: func() []string { return s.Env }, TransformFunc: func(key, value string) (string, any) {
		name := strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(key, variables), "_", "-"))
		if strings.HasPrefix(key, testVariables) {
			return "", nil
		}
		if name == "config" {
			path = value
			return "", nil
		}
		return name, value
	}})
	if err := vars.Load(read, nil); err != nil {
		return nil, "", fmt.Errorf("read the environment: %w", err)
	}
	for _, name := range vars.Keys() {
		if !slices.Contains(known, name) {
			return nil, "", usage("environment: %s%s is no setting", variables, strings.ToUpper(strings.ReplaceAll(name, "-", "_")))
		}
	}
	return vars, path, nil
}

// bare tells that no register was named and that there is none where one would be.
func (c Config) bare() bool {
	if c.Database != defaults.Database {
		return false
	}
	_, err := os.Stat(strings.TrimPrefix(c.Database, "sqlite:"))
	return errors.Is(err, fs.ErrNotExist)
}

// logger writes to the terminal's error stream, so that results stay apart.
func (s *session) logger(c Config) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return nil, usage("log-level %q is none of debug, info, warn, error", c.LogLevel)
	}
	options := &slog.HandlerOptions{Level: level}
	switch c.LogFormat {
	case "text":
		return slog.New(slog.NewTextHandler(s.Err, options)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(s.Err, options)), nil
	}
	return nil, usage("log-format %q is neither text nor json", c.LogFormat)
}

// secretIn reads a secret from a file that holds nothing else.
func secretIn(path, what string) (string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("read %s: %w", what, err)
	}
	secret := strings.TrimSpace(string(raw))
	if secret == "" {
		return "", fmt.Errorf("read %s: %s is empty", what, path)
	}
	return secret, nil
}

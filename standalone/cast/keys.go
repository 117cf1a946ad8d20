package cast

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const keysFile = "demo-keys.json"

// Save writes the demo keys beside the data, readable by their owner only.
func Save(folder string, keys map[string]string) error {
	raw, err := json.MarshalIndent(keys, "", "  ")
	if err != nil {
		return fmt.Errorf("save the demo keys: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, keysFile), raw, 0o600); err != nil {
		return fmt.Errorf("save the demo keys: %w", err)
	}
	return nil
}

// Load reads the demo keys; empty when the installation has none.
func Load(folder string) (map[string]string, error) {
	raw, err := os.ReadFile(filepath.Join(folder, keysFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load the demo keys: %w", err)
	}
	var keys map[string]string
	if err := json.Unmarshal(raw, &keys); err != nil {
		return nil, fmt.Errorf("load the demo keys: %w", err)
	}
	return keys, nil
}

package temporalserver_test

import (
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"duban/standalone/temporalserver"
)

func TestAFileOfAnotherServerVersionIsRefused(t *testing.T) {
	for name, change := range map[string]string{
		"another version": "UPDATE duban_made_by SET server_version = '1.31.0'",
		"no stamp":        "DROP TABLE duban_made_by",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			stop(t, start(t, temporalserver.Config{Dir: dir}))
			file := filepath.Join(dir, "temporal.db")
			db, err := sql.Open("sqlite", file)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(change); err != nil {
				t.Fatal(err)
			}
			_, err = temporalserver.Start(t.Context(), temporalserver.Config{Dir: dir})
			if !errors.Is(err, temporalserver.ErrOtherVersion) {
				t.Fatalf("the error is %v", err)
			}
			if want := "Move " + file; !strings.Contains(err.Error(), want) {
				t.Errorf("the error is %q and does not say %q", err, want)
			}
		})
	}
}

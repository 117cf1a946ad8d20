package setup

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"duban/law/casefile"
)

// secret is a key's secret on its way into its file: it waits beside it until the register holds the key.
type secret struct {
	thing int    // of things
	file  string // where it belongs
}

// waiting is where a secret waits. While the key is not committed nobody may take it for one that opens
// something, and once it is, no crash may lose it.
func waiting(file string) string { return file + ".new" }

var keyName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// keys makes the keys that are not there yet, each known for ever by its name.
func (r *run) keys(ctx context.Context) error {
	files := map[string]bool{}
	for _, it := range r.items("keys", "name") {
		body := map[string]any{}
		for field, v := range it.fields {
			if field != "name" && field != "file" {
				body[field] = v
			}
		}
		file, isText := it.fields["file"].(string)
		at := append(it.path, "file")
		switch _, given := it.fields["file"]; {
		case !keyName.MatchString(it.id):
			r.fault(casefile.Text{Zh: "name只用字母、数字和._-，不超过64个字符：" + keyName.String(), En: "name takes letters, digits and ._-, at most 64: " + keyName.String()}, append(it.path, "name")...)
			continue
		case given && (!isText || file == ""):
			r.fault(casefile.Text{Zh: "file须为文件路径。", En: "file must be the path of a file"}, at...)
			continue
		}
		if file != "" {
			file = r.beside(file)
			if files[file] {
				r.fault(casefile.Text{Zh: "另一密钥已用该文件。", En: "another key has this file"}, at...)
				continue
			}
			files[file] = true
		}
		if err := r.key(ctx, it, body, file); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) key(ctx context.Context, it item, body map[string]any, file string) error {
	q := request{http.MethodPost, "/v1/keys", body, "setup/key/" + it.id}
	got, err := r.ask(ctx, q.method, q.path, q.body, q.key, "en")
	if err != nil {
		return err
	}
	if got.status != http.StatusCreated {
		if bytes.Contains(got.body.Bytes(), []byte(`"idempotency-key-reused"`)) {
			r.fault(casefile.Text{
				Zh: "该名称的密钥已存在，其kind、owner、authority、expires不能变更：新密钥请用另一name，旧的以duban key revoke终止。",
				En: "a key of this name is there, and its kind, owner, authority and expires can't be changed: give a new key another name, and end this one with duban key revoke",
			}, append(it.path, "name")...)
			return nil
		}
		return r.refused(ctx, it, q, got)
	}
	var made struct {
		Key    struct{ Expires, Revoked time.Time }
		Secret string
	}
	if err := json.Unmarshal(got.body.Bytes(), &made); err != nil {
		return fmt.Errorf("make key %s: %w", it.id, err)
	}
	thing := Thing{Kind: "key", ID: it.id, Did: Left}
	switch {
	case !made.Key.Revoked.IsZero():
		thing.Note = "revoked"
	case !made.Key.Expires.IsZero() && made.Key.Expires.Before(time.Now()):
		thing.Note = "expired"
	}
	if made.Secret != "" {
		thing.Did = Made
		if file == "" {
			if !r.DryRun {
				thing.Secret = made.Secret
			}
		} else if !r.wait(it, file, made.Secret) {
			return nil
		}
	}
	r.things = append(r.things, thing)
	if file != "" {
		r.secrets = append(r.secrets, secret{len(r.things) - 1, file})
	}
	return nil
}

// wait puts a new key's secret beside its file, or notes why it can't. Whoever writes here holds the key's row,
// so what is found here of a run broken off belongs to nothing.
func (r *run) wait(it item, file, text string) bool {
	at := append(it.path, "file")
	_, err := os.Lstat(file)
	if err == nil {
		r.fault(casefile.Text{Zh: "文件已存在，不会被覆盖：请将其移走，或改用另一文件。", En: "the file is there and is never overwritten: move it away, or name another"}, at...)
		return false
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
		if r.DryRun {
			_, err = os.Stat(filepath.Dir(file))
		} else {
			err = writeAnew(waiting(file), text+"\n")
		}
	}
	if err != nil {
		r.fault(casefile.Text{Zh: "无法写入该文件：" + err.Error(), En: "the file can't be written: " + err.Error()}, at...)
		return false
	}
	return true
}

// writeAnew writes a file for nobody else's eyes, down to the disk.
func writeAnew(path, text string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close(), syncFolder(path))
}

func syncFolder(of string) error {
	d, err := os.Open(filepath.Dir(of))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// discard takes away the secrets of keys that will not be: the rows are still held, so they are this run's.
func (r *run) discard() error {
	for _, s := range r.secrets {
		if r.things[s.thing].Did == Made {
			if err := os.Remove(waiting(s.file)); err != nil {
				return fmt.Errorf("take away a secret that opens nothing: %w", err)
			}
		}
	}
	return nil
}

// publish gives the secrets that wait, of this run or one broken off, their files. The keys are committed.
func (r *run) publish() error {
	for _, s := range r.secrets {
		from := waiting(s.file)
		text, err := os.ReadFile(from)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has long been handed over
		}
		if err == nil {
			err = os.Link(from, s.file) // unlike a rename it overwrites nothing
		}
		if errors.Is(err, fs.ErrExist) {
			there, failed := os.ReadFile(s.file)
			if err = failed; err == nil && !bytes.Equal(there, text) {
				err = fmt.Errorf("%s holds something else; the key's secret is in %s", s.file, from)
			}
		}
		if err != nil {
			return fmt.Errorf("hand over key %s: %w", r.things[s.thing].ID, err)
		}
		if err := errors.Join(syncFolder(s.file), os.Remove(from)); err != nil {
			return fmt.Errorf("hand over key %s: %w", r.things[s.thing].ID, err)
		}
		r.things[s.thing].File = s.file
	}
	return nil
}

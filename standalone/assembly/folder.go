package assembly

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// folder is where one installation keeps what is its own: the secret, the demo keys and, without
// PostgreSQL, the databases. A lock keeps a second process out.
type folder struct {
	path string
	lock *os.File
}

func openFolder(path string) (*folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	lock, err := os.OpenFile(filepath.Join(path, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another process works on the data folder %s; stop it first", path), lock.Close())
	}
	return &folder{path: path, lock: lock}, nil
}

func (f *folder) close() error { return f.lock.Close() }

// secret keys the hashes of persons and the pins of receipts; it is made once and must be backed
// up with the register. made tells that this call made it.
func (f *folder) secret() (text []byte, made bool, err error) {
	raw, err := os.ReadFile(f.secretFile())
	if err == nil {
		return bytes.TrimSpace(raw), false, nil
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, false, fmt.Errorf("read the secret: %w", err)
	}
	raw = make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return nil, false, fmt.Errorf("make the secret: %w", err)
	}
	text = hex.AppendEncode(nil, raw) // text, so that duban's --secret-file reads the same
	return text, true, f.write("secret", append(text, '\n'))
}

func (f *folder) secretFile() string { return filepath.Join(f.path, "secret") }

// another tells what to do about a register that belongs to another secret. One that was made
// just now for a new folder is taken away again: it belongs to nothing.
func (f *folder) another(made bool, err error) error {
	err = fmt.Errorf("%w\nThe secret of this register stands in the data folder that it was first started with: start with that --data, or copy its file secret to %[2]s\n"+
		"该登记册的密钥在首次启动时所用的数据目录中：请用该目录作 --data 启动，或将其中的 secret 文件复制为 %[2]s", err, f.secretFile())
	if made {
		err = errors.Join(err, os.Remove(f.secretFile()))
	}
	return err
}

// write replaces a file of the folder whole: a kill leaves the old one or the new one.
func (f *folder) write(name string, raw []byte) error {
	tmp, err := os.CreateTemp(f.path, name+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = tmp.Write(raw)
	err = errors.Join(err, tmp.Chmod(0o600), tmp.Sync(), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), filepath.Join(f.path, name))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

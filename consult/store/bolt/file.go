package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// Layout is the version of the file's layout: its buckets, their keys and
// values. A file of an older one is read as it is, and becomes of this one when
// an entry is written that the older version cannot read.
const Layout = 2

// lockWait is how long another process is given to let go of the file.
const lockWait = 150 * time.Millisecond

// The buckets.
const (
	meta        = "meta"        // "layout" → uint32
	headers     = "headers"     // seq → encoded header
	data        = "data"        // seq → salt ‖ data
	entries     = "entries"     // document, number → CBOR [author, update, sum]
	numbers     = "numbers"     // document → number of its last entry
	checkpoints = "checkpoints" // document → number ‖ CBOR
	blobs       = "blobs"       // key → bytes
	secrets     = "secrets"     // key → expiry in UTC milliseconds ‖ value
)

func buckets() []string {
	return []string{meta, headers, data, entries, numbers, checkpoints, blobs, secrets}
}

// open opens and locks the file, made first if need be, and returns its path
// without symbolic links (a compaction renames over it).
func open(path string, readOnly bool) (string, *bbolt.DB, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !readOnly {
		err := create(path)
		if _, there := os.Stat(path); err != nil && there != nil { // else another made it, and tidied ours away
			return "", nil, classify(err)
		}
	}
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", nil, classify(err)
	}
	db, file, err := openDB(path, readOnly, existing)
	if err != nil {
		return "", nil, classify(err)
	}
	locked, err := file.Stat()
	if err == nil {
		err = guard(func() error { return db.View(func(tx *bbolt.Tx) error { return whole(tx, locked) }) })
	}
	if err == nil {
		var named os.FileInfo
		if named, err = os.Stat(path); err == nil && !os.SameFile(locked, named) {
			err = store.ErrInUse // its owner compacted it while we waited for the lock
		}
	}
	if err == nil && !readOnly {
		err = tidy(path)
	}
	if err != nil {
		db.Close()
		return "", nil, classify(err)
	}
	return path, db, nil
}

// there says that something is in the file at path. An empty one is no store:
// none of ours ever bears its name before it is whole.
func there(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return store.ErrNotFound
	}
	return classify(err)
}

// openDB opens a bbolt file with open, and makes sure that no lock stays behind
// where bbolt panics over what it finds.
func openDB(path string, readOnly bool, open func(string, int, os.FileMode) (*os.File, error)) (*bbolt.DB, *os.File, error) {
	var db *bbolt.DB
	var file *os.File
	err := guard(func() (err error) {
		db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout: lockWait, ReadOnly: readOnly, FreelistType: bbolt.FreelistMapType, NoStatistics: true,
			OpenFile: func(name string, flag int, perm os.FileMode) (_ *os.File, err error) {
				file, err = open(name, flag, perm)
				return file, err
			},
		})
		return err
	})
	if errors.Is(err, store.ErrCorrupt) && file != nil {
		unlock(file)
		file.Close() // where bbolt has closed it, a second time does nothing
	}
	return db, file, err
}

// whole refuses a file cut off behind what its first pages promise: a copy that
// was not finished. Reading on would be out of bounds, writing would hide it.
func whole(tx *bbolt.Tx, f os.FileInfo) error {
	if f.Size() < tx.Size() {
		return fmt.Errorf("%w: a file of %d bytes that should have %d", store.ErrCorrupt, f.Size(), tx.Size())
	}
	return nil
}

// existing opens a file that is there; bbolt would make one.
func existing(name string, flag int, perm os.FileMode) (*os.File, error) {
	return os.OpenFile(name, flag&^os.O_CREATE, perm)
}

// create makes an empty store under another name first, so that a crash leaves
// none or a whole one, and links it, so that of two processes one makes it.
func create(path string) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := f.Close(); err != nil {
		return err
	}
	db, _, err := openDB(f.Name(), false, existing)
	if err != nil {
		return err
	}
	if err := errors.Join(db.Update(prepare), db.Close()); err != nil {
		return err
	}
	err = os.Link(f.Name(), path)
	if _, there := os.Stat(path); there != nil {
		err = os.Rename(f.Name(), path) // a file system without links
	} else if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	return errors.Join(err, syncDir(path))
}

// check refuses a file that is not ours or of a newer layout.
func check(tx *bbolt.Tx) (empty bool, err error) {
	if name, _ := tx.Cursor().First(); name == nil {
		return true, nil
	}
	b := tx.Bucket([]byte(meta))
	if b == nil {
		return false, fmt.Errorf("%w: another program's file", store.ErrCorrupt)
	}
	v := b.Get([]byte("layout"))
	if len(v) != 4 {
		return false, fmt.Errorf("%w: a file without its layout's version", store.ErrCorrupt)
	}
	if n := binary.BigEndian.Uint32(v); n > Layout {
		return false, fmt.Errorf("%w: layout %d", store.ErrFormat, n)
	}
	for _, name := range buckets() {
		if tx.Bucket([]byte(name)) == nil {
			return false, fmt.Errorf("%w: a file without %s", store.ErrCorrupt, name)
		}
	}
	return false, nil
}

// prepare makes the buckets of a new file.
func prepare(tx *bbolt.Tx) error {
	for _, name := range buckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return tx.Bucket([]byte(meta)).Put([]byte("layout"), number32(Layout))
}

func number32(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// syncDir makes a name given in path's directory durable.
func syncDir(path string) error {
	d, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// guard turns bbolt's way of saying that a page makes no sense, a panic, and
// reading beyond a truncated file, a fault, into store.ErrCorrupt.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", store.ErrCorrupt, p)
		}
	}()
	return f()
}

// classify wraps what bbolt and the system say in the store's errors.
func classify(err error) error {
	if err != nil && strings.HasPrefix(err.Error(), "file size too small") { // bbolt has no name for it
		return fmt.Errorf("%w: %w", store.ErrCorrupt, err)
	}
	for _, c := range []struct{ from, to error }{
		{berrors.ErrTimeout, store.ErrInUse},
		{berrors.ErrVersionMismatch, store.ErrFormat},
		{berrors.ErrInvalid, store.ErrCorrupt},
		{berrors.ErrChecksum, store.ErrCorrupt},
		{berrors.ErrMaxSizeReached, store.ErrReadOnly},
		{fs.ErrPermission, store.ErrReadOnly},
		{syscall.EROFS, store.ErrReadOnly},
		{syscall.ENOSPC, store.ErrReadOnly},
		{syscall.EDQUOT, store.ErrReadOnly},
		{syscall.EFBIG, store.ErrReadOnly},
	} {
		if errors.Is(err, c.from) && !errors.Is(err, c.to) {
			return fmt.Errorf("%w: %w", c.to, err)
		}
	}
	return err
}

// escape makes a path stand for itself in filepath.Glob.
func escape(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

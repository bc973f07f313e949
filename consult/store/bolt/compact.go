package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/villes-internet/congres/consult/store"
	"go.etcd.io/bbolt"
)

// Compact implements [store.Upkeep]: the file is replaced by a copy of what is
// still there. Errors: store.ErrReadOnly when there is no room for a copy.
func (s *Store) Compact(ctx context.Context) error {
	var fault error
	err := s.copy(ctx, func(dst *bbolt.DB, name string) error {
		if err := os.Rename(name, s.path); err != nil {
			return err
		}
		s.mu.Lock()
		old := s.db
		s.db = dst
		s.mu.Unlock()
		if fault = errors.Join(syncDir(s.path), old.Close()); fault != nil {
			s.fail(fault) // a crash could bring the old file back, without what follows
		}
		return nil
	})
	if err = errors.Join(err, fault); err != nil {
		return fmt.Errorf("compact: %w", classify(err))
	}
	return nil
}

// Backup writes a copy of the store as it is at one moment: a file that Open
// opens. Readers and writers go on meanwhile. Nothing that was erased is in it.
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	var copied *os.File
	err := s.copy(ctx, func(dst *bbolt.DB, name string) (err error) {
		if err := dst.Close(); err != nil {
			return err
		}
		if copied, err = os.Open(name); err != nil {
			return err
		}
		return os.Remove(name)
	})
	if copied != nil {
		defer copied.Close()
	}
	if err == nil {
		_, err = io.Copy(w, reader{ctx, copied})
	}
	if err != nil {
		return fmt.Errorf("backup: %w", classify(err))
	}
	return nil
}

// A reader reads until its context ends.
type reader struct {
	ctx context.Context
	io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// copy makes a copy beside the file and hands it, on disk and up to date, to
// finish, which runs between two commits. When it succeeds the copy is
// finish's, otherwise it is removed.
func (s *Store) copy(ctx context.Context, finish func(dst *bbolt.DB, name string) error) (err error) {
	if s.readOnly {
		return errReadOnly
	}
	select {
	case s.upkeep <- struct{}{}:
		defer func() { <-s.upkeep }()
	case <-ctx.Done():
		return ctx.Err()
	case <-s.stop:
		return store.ErrClosed
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), filepath.Base(s.path)+".new-*") // mode 0600
	if err != nil {
		return err
	}
	name := f.Name()
	f.Close()
	dst, _, err := openDB(name, false, existing)
	if err != nil {
		os.Remove(name)
		return err
	}
	dst.NoSync = true // once, at the end
	defer func() {
		if err != nil {
			dst.Close()
			os.Remove(name)
		}
	}()

	// From here to the end every key that is written is noted.
	noted := map[place]struct{}{}
	if err := s.alone(ctx, func() error { s.touched = noted; return nil }); err != nil {
		return err
	}
	ended := false
	defer func() {
		if !ended {
			s.alone(context.WithoutCancel(ctx), func() error { s.touched = nil; return nil })
		}
	}()
	for _, bucket := range buckets() {
		if err := s.copyBucket(ctx, dst, bucket); err != nil {
			return err
		}
	}
	return s.alone(ctx, func() error {
		s.touched, ended = nil, true
		if err := s.copyAgain(dst, noted); err != nil {
			return err
		}
		dst.NoSync = false
		if err := dst.Sync(); err != nil {
			return err
		}
		return finish(dst, name)
	})
}

// copyBucket copies a bucket in steps, each in a short transaction.
func (s *Store) copyBucket(ctx context.Context, dst *bbolt.DB, bucket string) error {
	var next []byte
	for more := true; more; {
		select {
		case <-s.stop:
			return store.ErrClosed
		default:
		}
		err := s.read(ctx, func(src *bbolt.Tx) error {
			return dst.Update(func(to *bbolt.Tx) error {
				b, err := to.CreateBucketIfNotExists([]byte(bucket))
				if err != nil {
					return err
				}
				b.FillPercent = 0.95 // keys come in order
				c := src.Bucket([]byte(bucket)).Cursor()
				size := 0
				k, v := c.Seek(next)
				for ; k != nil && size < chunkSize; k, v = c.Next() {
					size += len(k) + len(v)
					if s.stays(bucket, v) {
						if err := b.Put(k, v); err != nil {
							return err
						}
					}
				}
				next, more = bytes.Clone(k), k != nil
				return nil
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// copyAgain brings the places that were written meanwhile up to date.
func (s *Store) copyAgain(dst *bbolt.DB, noted map[place]struct{}) error {
	return s.view(func(src *bbolt.Tx) error {
		return dst.Update(func(to *bbolt.Tx) error {
			for p := range noted {
				b, k := to.Bucket([]byte(p.bucket)), []byte(p.key)
				v := src.Bucket([]byte(p.bucket)).Get(k)
				var err error
				if v == nil || !s.stays(p.bucket, v) {
					err = b.Delete(k)
				} else {
					err = b.Put(k, v)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// stays says whether a value is worth copying: an expired secret is not.
func (s *Store) stays(bucket string, v []byte) bool {
	if bucket != secrets {
		return true
	}
	_, ok := s.fresh(v)
	return ok
}

package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"go.etcd.io/bbolt"
)

// Options of [Open]. The zero value works.
type Options struct {
	Now      func() time.Time // when secrets expire; default time.Now
	Existing bool             // make nothing: where no store is, the error is store.ErrNotFound
	ReadOnly bool             // never write, nor need to be allowed to: what would write is store.ErrReadOnly; Existing, too
}

// A Store is a [store.Store] in one file.
type Store struct {
	path     string
	now      func() time.Time
	readOnly bool

	jobs     chan *job     // bounded; taken by the committing goroutine only
	stop     chan struct{} // closed by Close
	stopped  chan struct{} // closed when the committing goroutine has ended
	stopOnce sync.Once
	upkeep   chan struct{} // holds a token while a copy is made: one at a time

	mu sync.RWMutex // held by readers of db; by its replacement
	db *bbolt.DB    // nil once closed

	state sync.Mutex
	tip   tip   // the last fact kept
	fault error // why no commit can be trusted any more, or nil

	touched map[place]struct{} // what was written since a copy began; nil without one; the committing goroutine's

	bell bell
	wire wire
}

var _ store.Store = (*Store)(nil)

// Open opens the store in the file at path, and makes it when there is none.
// Errors: store.ErrInUse when a process has it (this one too), ErrFormat,
// ErrCorrupt, ErrReadOnly.
func Open(ctx context.Context, path string, o *Options) (*Store, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s := &Store{
		now:     time.Now,
		jobs:    make(chan *job, queue),
		stop:    make(chan struct{}),
		stopped: make(chan struct{}),
		upkeep:  make(chan struct{}, 1),
	}
	if o != nil && o.Now != nil {
		s.now = o.Now
	}
	s.readOnly = o != nil && o.ReadOnly
	if o != nil && (o.Existing || o.ReadOnly) {
		if err := there(path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	var err error
	if s.path, s.db, err = open(path, s.readOnly); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := s.load(); err != nil {
		s.db.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	go s.commits()
	return s, nil
}

// load checks the layout and reads the last fact.
func (s *Store) load() error {
	empty := false
	err := s.view(func(tx *bbolt.Tx) (err error) {
		if empty, err = check(tx); empty || err != nil {
			return err
		}
		s.tip, err = lastFact(tx)
		return err
	})
	if empty && s.readOnly {
		err = store.ErrNotFound
	} else if empty {
		err = guard(func() error { return s.db.Update(prepare) })
	}
	return classify(err)
}

// Close ends the committing goroutine and frees the file. What still waits to
// be written is refused with store.ErrClosed; waiters are woken with it.
func (s *Store) Close() error {
	var err error
	s.stopOnce.Do(func() {
		close(s.stop)
		s.wire.close()
		<-s.stopped
		s.upkeep <- struct{}{} // a copy under way has failed by now, and cleans up
		s.mu.Lock()
		defer s.mu.Unlock()
		err = s.db.Close()
		s.db = nil
	})
	return err
}

// Healthy commits nothing, really: the file and its disk are asked.
func (s *Store) Healthy(ctx context.Context) error {
	if err := s.write(ctx, 0, func(*tx) error { return nil }); err != nil {
		return err
	}
	if free, ok := room(filepath.Dir(s.path)); ok && free < 4*store.MaxData {
		return fmt.Errorf("%w: the disk is full (%d bytes left)", store.ErrReadOnly, free)
	}
	return nil
}

// view runs f in a read transaction. What f takes out of it must be copied.
func (s *Store) view(f func(*bbolt.Tx) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.db == nil {
		return store.ErrClosed
	}
	return guard(func() error { return s.db.View(f) })
}

// read is view for a caller's context.
func (s *Store) read(ctx context.Context, f func(*bbolt.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.view(f)
}

// tidy removes what a crashed copy or creation left. Only who has the lock may.
func tidy(path string) error {
	left, err := filepath.Glob(escape(path) + ".new-*")
	if err != nil {
		return err
	}
	for _, name := range left {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

package bolt

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/villes-internet/congres/consult/store"
	"go.etcd.io/bbolt"
)

const (
	queue     = 256      // jobs that wait, and jobs of one commit
	groupSize = 16 << 20 // bytes after which a commit takes no further job
)

var errReadOnly = fmt.Errorf("%w: opened to be read", store.ErrReadOnly)

// A job is something to be written.
type job struct {
	ctx   context.Context
	size  int
	write func(*tx) error // shares a transaction; may refuse only before it changes anything
	alone func() error    // or: runs between two transactions
	taken atomic.Bool     // by the committing goroutine, or by a caller that gave up
	err   error           // set before done is closed
	done  chan struct{}
}

// write has f's changes committed; f runs in the committing goroutine. A context that ends before f has begun cancels it; later, the
// commit's outcome is returned.
func (s *Store) write(ctx context.Context, size int, f func(*tx) error) error {
	return s.do(&job{ctx: ctx, size: size, write: f, done: make(chan struct{})})
}

func (s *Store) alone(ctx context.Context, f func() error) error {
	return s.do(&job{ctx: ctx, alone: f, done: make(chan struct{})})
}

func (s *Store) do(j *job) error {
	if err := j.ctx.Err(); err != nil {
		return err
	}
	if s.readOnly {
		return errReadOnly
	}
	select {
	case s.jobs <- j:
	case <-j.ctx.Done():
		return j.ctx.Err()
	case <-s.stop:
		return store.ErrClosed
	}
	select {
	case <-j.done:
		return j.err
	case <-j.ctx.Done():
		if j.taken.CompareAndSwap(false, true) {
			return j.ctx.Err()
		}
	case <-s.stopped:
	}
	select {
	case <-j.done:
		return j.err
	case <-s.stopped:
	}
	select {
	case <-j.done: // both were ready
		return j.err
	default:
		return store.ErrClosed
	}
}

// commits is the committing goroutine.
func (s *Store) commits() {
	defer close(s.stopped)
	for {
		select {
		case <-s.stop:
			return
		case j := <-s.jobs:
			s.turn(j)
		}
	}
}

// turn commits j with whatever waits behind it.
func (s *Store) turn(j *job) {
	var group []*job
	size := 0
	for j != nil {
		if j.taken.CompareAndSwap(false, true) {
			if j.alone != nil {
				s.commit(group)
				group = nil
				j.err = j.alone()
				close(j.done)
			} else {
				group = append(group, j)
				size += j.size
			}
		}
		j = nil
		if len(group) < queue && size < groupSize {
			select {
			case j = <-s.jobs:
			default:
			}
		}
	}
	s.commit(group)
}

// A tx is the shared write transaction. The first failure to change anything
// undoes all of it.
type tx struct {
	*bbolt.Tx
	touched map[place]struct{}
	tip     tip
	docs    map[string]struct{} // documents with new entries
	err     error
}

// A place is one key of one bucket.
type place struct{ bucket, key string }

func (t *tx) get(bucket string, key []byte) []byte { return t.Bucket([]byte(bucket)).Get(key) }

func (t *tx) put(bucket string, key, value []byte) {
	b := t.Bucket([]byte(bucket))
	if bucket == headers || bucket == data || bucket == entries {
		b.FillPercent = 0.9 // keys mostly grow: pages are not split in halves
	}
	t.change(bucket, key, b.Put(key, value))
}

func (t *tx) delete(bucket string, key []byte) {
	t.change(bucket, key, t.Bucket([]byte(bucket)).Delete(key))
}

func (t *tx) change(bucket string, key []byte, err error) {
	if err != nil && t.err == nil {
		t.err = fmt.Errorf("bucket %s: %w", bucket, err)
	}
	if t.touched != nil {
		t.touched[place{bucket, string(key)}] = struct{}{}
	}
}

func (s *Store) commit(group []*job) {
	if len(group) == 0 {
		return
	}
	t := &tx{touched: s.touched, tip: s.last(), docs: map[string]struct{}{}}
	err := s.failed()
	if err == nil {
		err = guard(func() error {
			return s.db.Update(func(b *bbolt.Tx) error { // s.db is replaced by this goroutine only
				t.Tx = b
				for _, j := range group {
					if j.err = j.write(t); t.err != nil {
						return t.err
					}
				}
				return nil
			})
		})
		if err = classify(err); err != nil && !errors.Is(err, store.ErrReadOnly) {
			s.fail(err)
		}
	}
	if err == nil {
		s.publish(t)
	}
	for _, j := range group {
		if err != nil {
			j.err = err
		}
		close(j.done)
	}
}

// publish makes a commit known.
func (s *Store) publish(t *tx) {
	s.state.Lock()
	moved := s.tip.Head != t.tip.Head
	s.tip = t.tip
	s.state.Unlock()
	if moved {
		s.bell.ring(theJournal)
	}
	for doc := range t.docs {
		s.bell.ring(ofDoc(doc))
	}
}

func (s *Store) last() tip {
	s.state.Lock()
	defer s.state.Unlock()
	return s.tip
}

// fail refuses all further commits. After an fsync that failed nobody knows
// which pages are on disk, and a second one that succeeds says nothing about
// them (Rebello et al., Can Applications Recover from fsync Failures?, ATC 2020).
func (s *Store) fail(err error) {
	s.state.Lock()
	defer s.state.Unlock()
	if s.fault == nil {
		s.fault = fmt.Errorf("until it is opened again: %w", err)
	}
}

func (s *Store) failed() error {
	s.state.Lock()
	defer s.state.Unlock()
	return s.fault
}

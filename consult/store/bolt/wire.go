package bolt

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"github.com/villes-internet/congres/consult/store"
)

// A wire is between listeners of this process: no other has the file. The zero
// value works.
type wire struct {
	mu     sync.Mutex
	ears   map[string]map[store.Ear]bool // by topic
	closed bool
}

// Tell implements [store.Wire].
func (s *Store) Tell(ctx context.Context, topic string, word []byte) error {
	if err := store.CheckWord(topic, word); err != nil {
		return fmt.Errorf("tell: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.wire.mu.Lock()
	defer s.wire.mu.Unlock()
	if s.wire.closed {
		return store.ErrClosed
	}
	if len(word) == 0 || len(s.wire.ears[topic]) == 0 {
		return nil
	}
	word = bytes.Clone(word)
	for e := range s.wire.ears[topic] {
		e.Hear(word)
	}
	return nil
}

// Listen implements [store.Wire].
func (s *Store) Listen(ctx context.Context, topic string) (<-chan []byte, error) {
	if err := store.CheckName(topic); err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	w := &s.wire
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil, store.ErrClosed
	}
	e := store.NewEar()
	e.Hear(nil)
	if w.ears == nil {
		w.ears = map[string]map[store.Ear]bool{}
	}
	if w.ears[topic] == nil {
		w.ears[topic] = map[store.Ear]bool{}
	}
	w.ears[topic][e] = true
	context.AfterFunc(ctx, func() { w.leave(topic, e) })
	return e, nil
}

func (w *wire) leave(topic string, e store.Ear) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.ears[topic][e] {
		return
	}
	close(e)
	if delete(w.ears[topic], e); len(w.ears[topic]) == 0 {
		delete(w.ears, topic)
	}
}

// close ends all listening.
func (w *wire) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	for _, ears := range w.ears {
		for e := range ears {
			close(e)
		}
	}
	w.ears = nil
}

package redis

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/villes-internet/congres/consult/store"
)

// blocking is how long one XREAD waits; a store that was closed, or a stream
// that nobody awaits any more, is noticed after it.
const blocking = time.Second

// ears are the streams that are awaited, each by one goroutine however many
// wait for it.
type ears struct {
	mu      sync.Mutex
	streams map[string]*ear
	running sync.WaitGroup
}

type ear struct {
	waiters int
	last    uint64        // number of the stream's last entry
	changed chan struct{} // closed when last changes
}

// A lastOf reads the number of a stream's last entry.
type lastOf func(context.Context, *redis.Client) (uint64, error)

// await returns once a stream's last entry is numbered above after.
func (s *Store) await(ctx context.Context, stream string, after uint64, last lastOf) error {
	var n uint64
	err := s.try(ctx, func(node *redis.Client) (err error) {
		n, err = last(ctx, node)
		return err
	})
	if err != nil || n > after {
		return err
	}
	e := s.ears.join(stream, func(e *ear) { s.listen(stream, e, last) })
	defer s.ears.leave(e)
	for {
		n, changed := s.ears.look(e)
		if n > after {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-s.stop:
			return store.ErrClosed
		}
	}
}

func (l *ears) join(stream string, listen func(*ear)) *ear {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.streams[stream]
	if e == nil {
		if l.streams == nil {
			l.streams = map[string]*ear{}
		}
		e = &ear{changed: make(chan struct{})}
		l.streams[stream] = e
		l.running.Go(func() { listen(e) })
	}
	e.waiters++
	return e
}

func (l *ears) leave(e *ear) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e.waiters--
}

func (l *ears) look(e *ear) (uint64, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return e.last, e.changed
}

func (l *ears) hear(e *ear, last uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.last != last {
		e.last = last
		close(e.changed)
		e.changed = make(chan struct{})
	}
}

// deaf ends an ear that nobody needs.
func (l *ears) deaf(stream string, e *ear) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e.waiters > 0 {
		return false
	}
	delete(l.streams, stream)
	return true
}

// listen is the goroutine of one ear. The last number is read before each
// XREAD, which only says that there is more: so neither a lost connection nor a
// failover that lost entries makes it miss any.
func (s *Store) listen(stream string, e *ear, last lastOf) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for !s.ears.deaf(stream, e) {
		var n uint64
		err := s.try(ctx, func(node *redis.Client) (err error) {
			n, err = last(ctx, node)
			return err
		})
		if err == nil {
			s.ears.hear(e, n)
			var node *redis.Client
			if node, err = nodeOf(ctx, s.waiting, s.tag); err == nil {
				err = node.XRead(ctx, &redis.XReadArgs{Streams: []string{stream}, ID: id(n), Count: 1, Block: blocking}).Err()
			}
		}
		if err == nil || errors.Is(err, redis.Nil) {
			continue
		}
		again := time.NewTimer(blocking / 10)
		select {
		case <-again.C:
		case <-s.stop:
			again.Stop()
			return // the waiters see it too
		}
	}
}

package ledger

import (
	"sync"

	"github.com/villes-internet/congres/consult/store"
)

// A Subscription receives facts as they are published, in order. One that
// does not keep up is ended: C is closed, and its owner reads the journal from
// the last Seq that it saw.
type Subscription struct {
	C    <-chan store.Fact
	c    chan store.Fact
	once sync.Once
	l    *Ledger
}

// Subscribe starts a subscription with a queue of size facts, from the
// returned head on.
func (l *Ledger) Subscribe(size int) (*Subscription, store.Head) {
	c := make(chan store.Fact, size)
	s := &Subscription{C: c, c: c, l: l}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.listeners == nil {
		s.end()
	} else {
		l.listeners[s] = struct{}{}
	}
	return s, l.published.head
}

// Close ends the subscription.
func (s *Subscription) Close() {
	s.l.mu.Lock()
	defer s.l.mu.Unlock()
	delete(s.l.listeners, s)
	s.end()
}

func (s *Subscription) end() { s.once.Do(func() { close(s.c) }) }

// publish makes kept facts visible to readers and subscribers.
func (l *Ledger) publish(kept []store.Fact) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range kept {
		l.published.apply(&kept[i])
		for s := range l.listeners {
			select {
			case s.c <- kept[i]:
			default:
				delete(l.listeners, s)
				s.end()
			}
		}
	}
}

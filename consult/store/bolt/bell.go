package bolt

import "sync"

// A bell wakes whoever listens to a topic. The zero value works.
type bell struct {
	mu     sync.Mutex
	topics map[string]*topic
}

type topic struct {
	rung      chan struct{}
	listeners int
}

const theJournal = "journal"

func ofDoc(doc string) string { return "doc " + doc }

// listen returns a channel that the next ring closes, and what to call when
// done with it.
func (b *bell) listen(name string) (rung <-chan struct{}, leave func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.topics[name]
	if t == nil {
		if b.topics == nil {
			b.topics = map[string]*topic{}
		}
		t = &topic{rung: make(chan struct{})}
		b.topics[name] = t
	}
	t.listeners++
	return t.rung, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if t.listeners--; t.listeners == 0 && b.topics[name] == t {
			delete(b.topics, name)
		}
	}
}

func (b *bell) ring(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t := b.topics[name]; t != nil {
		close(t.rung)
		delete(b.topics, name)
	}
}

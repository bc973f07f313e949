package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// Errors of Do.
var (
	ErrClosed = errors.New("ledger: closed")
	ErrBusy   = errors.New("ledger: too many commands wait") // the queue is full: come back shortly
)

// maxKey bounds an idempotency key, in bytes: it comes from outside, and goes into
// each fact's header.
const maxKey = 256

// Config says what a ledger works with.
type Config struct {
	Journal store.Journal
	Folds   func() []Fold    // makes the empty states, one of each type
	Now     func() time.Time // default time.Now
	Queue   int              // commands that may wait; default 1024
}

// A Ledger decides, keeps and publishes. All methods may be called from any
// goroutine.
type Ledger struct {
	config Config
	queue  chan *pending
	cancel context.CancelFunc
	ended  chan struct{} // closed when nothing is decided any more
	done   sync.WaitGroup

	mu        sync.RWMutex // guards what follows
	published *states
	listeners map[*Subscription]struct{}
	failure   error // the last commit's, nil when it was kept

	working *states // the deciding goroutine's own; nil: to be folded anew
}

// A Command is one act of one person.
type Command struct {
	Actor  string             // random identifier of who acts; "" for the system
	Key    string             // idempotency key; a repeated one answers what the first did
	Decide func(tx *Tx) error // nil: only fold what others kept
}

// An Outcome is what a command led to.
type Outcome struct {
	Facts    []store.Fact // as kept; none when nothing had to be said
	Subject  string       // of the first fact
	Seq      uint64       // of the last fact
	Repeated bool         // the key had been used before: nothing was added
}

type pending struct {
	command  Command
	received time.Time
	answer   chan answer
	// while a batch is being decided:
	drafts []store.Draft
	erase  []uint64
	out    Outcome
	err    error
}

type answer struct {
	out Outcome
	err error
}

// Open folds the whole journal and starts deciding.
func Open(ctx context.Context, c Config) (*Ledger, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Queue == 0 {
		c.Queue = 1024
	}
	l := &Ledger{config: c, queue: make(chan *pending, c.Queue), listeners: map[*Subscription]struct{}{}, ended: make(chan struct{})}
	var err error
	if l.published, err = l.fold(ctx); err != nil {
		return nil, err
	}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	l.cancel = cancel
	l.done.Go(func() { defer close(l.ended); l.decide(run) })
	l.done.Go(func() { l.follow(run) })
	return l, nil
}

// Close stops deciding; commands that still wait get ErrClosed.
func (l *Ledger) Close() {
	l.cancel()
	l.done.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	for s := range l.listeners {
		s.end()
	}
	l.listeners = nil
}

// Do has cmd decided and returns once its facts are kept, or with the error
// of its Decide, ErrClosed, ErrBusy, store.ErrTooLarge where its key or a fact of it
// is over a limit, or the store's. When ctx ends first the command may still be
// kept: repeat it with the same Key.
func (l *Ledger) Do(ctx context.Context, cmd Command) (Outcome, error) {
	if len(cmd.Key) > maxKey {
		return Outcome{}, fmt.Errorf("%w: a key of %d bytes", store.ErrTooLarge, len(cmd.Key))
	}
	p := &pending{command: cmd, received: l.config.Now(), answer: make(chan answer, 1)}
	select {
	case l.queue <- p:
	default:
		return Outcome{}, ErrBusy
	}
	select {
	case a := <-p.answer:
		return a.out, a.err
	case <-l.ended:
		select {
		case a := <-p.answer: // decided just before the end
			return a.out, a.err
		default:
			return Outcome{}, ErrClosed
		}
	case <-ctx.Done():
		return Outcome{}, ctx.Err()
	}
}

// CatchUp publishes what other nodes have kept meanwhile, for a reader who
// knows that there is something: what Wait would bring a moment later.
func (l *Ledger) CatchUp(ctx context.Context) error {
	_, err := l.Do(ctx, Command{})
	return err
}

// Now is the ledger's clock.
func (l *Ledger) Now() time.Time { return l.config.Now() }

// Failure is the error of the last commit, nil when it was kept.
func (l *Ledger) Failure() error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.failure
}

func (l *Ledger) decide(ctx context.Context) {
	for {
		var batch []*pending
		select {
		case <-ctx.Done():
			return
		case p := <-l.queue:
			batch = append(batch, p)
		}
		for waiting := true; waiting && len(batch) < 256; {
			select {
			case p := <-l.queue:
				batch = append(batch, p)
			default:
				waiting = false
			}
		}
		l.commit(ctx, batch)
		for _, p := range batch {
			p.answer <- answer{p.out, p.err}
		}
	}
}

// commit decides batch and keeps its facts; every command gets its outcome.
func (l *Ledger) commit(ctx context.Context, batch []*pending) {
	commands := batch[:0:0]
	for _, p := range batch {
		if p.command.Decide == nil { // follow woke us: others kept facts
			p.err = l.catchUp(ctx)
			continue
		}
		commands = append(commands, p)
	}
	if batch = commands; len(batch) == 0 {
		return
	}
	for {
		err := l.attempt(ctx, batch)
		if errors.Is(err, store.ErrHeadMoved) && ctx.Err() == nil {
			l.working = nil // it holds what was foreseen
			if err = l.catchUp(ctx); err == nil {
				continue
			}
		}
		l.mu.Lock()
		l.failure = err
		l.mu.Unlock()
		if err != nil {
			l.working = nil
			for _, p := range batch {
				if p.err == nil {
					p.out, p.err = Outcome{}, fmt.Errorf("ledger: commit: %w", err)
				}
			}
		}
		return
	}
}

func (l *Ledger) attempt(ctx context.Context, batch []*pending) error {
	if l.working == nil {
		w, err := l.fold(ctx)
		if err != nil {
			return err
		}
		l.working = w
	}
	expect := l.working.head
	var b store.Batch
	for _, p := range batch {
		p.drafts, p.erase, p.out, p.err = nil, nil, Outcome{}, nil
		if first, ok := l.working.keys[key{p.command.Actor, p.command.Key}]; ok && p.command.Key != "" {
			p.out = Outcome{Subject: first.subject, Seq: first.seq, Repeated: true}
			continue
		}
		tx := &Tx{view: view{l.working}, Actor: p.command.Actor, Now: p.received, key: p.command.Key}
		if p.err = protect(tx, p.command.Decide); p.err != nil {
			continue
		}
		if i := slices.IndexFunc(tx.drafts, func(d store.Draft) bool { return len(d.Data) > store.MaxData }); i >= 0 {
			p.err = fmt.Errorf("%w: a %s of %d bytes", store.ErrTooLarge, tx.drafts[i].Kind, len(tx.drafts[i].Data))
			continue
		}
		if len(b.Drafts)+len(tx.drafts) > store.MaxBatch {
			p.err = fmt.Errorf("%w: %d facts by one command", store.ErrTooLarge, len(tx.drafts))
			if len(b.Drafts) > 0 {
				p.err = ErrBusy
			}
			continue
		}
		p.drafts, p.erase = tx.drafts, tx.erase
		b.Drafts = append(b.Drafts, tx.drafts...)
		b.Erase = append(b.Erase, tx.erase...)
		for _, d := range tx.drafts {
			l.working.foresee(d, p.received)
		}
	}
	if len(b.Drafts) == 0 {
		return nil
	}
	b.Time = l.config.Now()
	kept, err := l.config.Journal.Append(ctx, expect, b)
	if err != nil {
		return err
	}
	l.working.settle(kept)
	l.publish(kept)
	for _, p := range batch {
		if n := len(p.drafts); n > 0 && p.err == nil {
			p.out = Outcome{Facts: kept[:n:n], Subject: kept[0].Subject, Seq: kept[n-1].Seq}
			kept = kept[n:]
		}
	}
	return nil
}

// protect turns a panic of a rule into an error: one command must not stop
// the others.
func protect(tx *Tx, decide func(*Tx) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("ledger: a rule panicked: %v", r)
		}
	}()
	return decide(tx)
}

// follow folds what other nodes append.
func (l *Ledger) follow(ctx context.Context) {
	for ctx.Err() == nil {
		l.mu.RLock()
		at := l.published.head.Seq
		l.mu.RUnlock()
		if err := l.config.Journal.Wait(ctx, at); err != nil {
			pause(ctx)
			continue
		}
		l.mu.RLock()
		moved := l.published.head.Seq > at
		l.mu.RUnlock()
		if moved {
			continue
		}
		// Only the deciding goroutine folds: wake it with no command.
		p := &pending{answer: make(chan answer, 1)}
		select {
		case l.queue <- p:
			select {
			case a := <-p.answer:
				if a.err != nil {
					pause(ctx)
				}
			case <-ctx.Done():
			}
		case <-ctx.Done():
		}
	}
}

// pause keeps a failing store from being asked without end.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Second):
	}
}

// catchUp publishes facts that others kept. Deciding goroutine only.
func (l *Ledger) catchUp(ctx context.Context) error {
	l.mu.RLock()
	head := l.published.head
	l.mu.RUnlock()
	var fresh []store.Fact
	err := l.config.Journal.Read(ctx, head.Seq+1, func(f store.Fact) bool {
		fresh = append(fresh, f)
		return true
	})
	if err != nil || len(fresh) == 0 {
		return err
	}
	if fresh[0].PrevHash != head.Hash {
		return fmt.Errorf("%w: the journal forgot fact %d", store.ErrCorrupt, head.Seq)
	}
	if l.working != nil && l.working.head == head {
		for i := range fresh {
			l.working.apply(&fresh[i])
		}
	} else {
		l.working = nil
	}
	l.publish(fresh)
	return nil
}

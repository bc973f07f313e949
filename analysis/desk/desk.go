package desk

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// Errors of the desk, beside those of package consult.
var (
	ErrNoRun     = errors.New("desk: nothing was analysed yet")
	ErrRunning   = errors.New("desk: an analysis is already running")
	ErrOvertaken = errors.New("desk: another analysis was kept meanwhile") // by another node: look at it, then run again
)

// Config says what a desk works with.
type Config struct {
	Ledger *ledger.Ledger   // folds NewState() beside consult.NewState()
	Blobs  store.Blobs      // where reports are kept
	Engine Engine           // default: package analysis
	Now    func() time.Time // default: the ledger's
	Failed func(error)      // told what the desk could not do by itself; default: nobody is
}

// A Desk runs the analysis and keeps what people decide. All methods may be
// called from any goroutine. Close it before its ledger.
type Desk struct {
	config Config
	ctx    context.Context // of the desk's own goroutines
	cancel context.CancelFunc
	done   sync.WaitGroup
	turn   chan struct{} // holds a token while a report is described: one at a time
	purge  chan struct{} // holds a token while files are purged

	mu       sync.Mutex           // guards what follows
	running  *task                // nil: nothing runs
	tasks    []*task              // the last few, the newest last
	watchers map[chan Event]bool  // nil once closed
	bases    map[string]loaded    // edition → its newest run as kept
	remains  map[string]remains   // edition → what is left of that run
	reports  map[string]described // edition → its report
	drawn    drawn                // the last description
	placing  placing              // of one of those reports
	called   map[string]names     // blob → what its run called themes
	deleted  map[string]bool      // blobs known to be gone
}

// New starts a desk. It sees to it that what was erased leaves the kept
// reports, now and whenever somebody is erased.
func New(c Config) *Desk {
	if c.Engine == nil {
		c.Engine = &house{}
	}
	if c.Now == nil {
		c.Now = c.Ledger.Now
	}
	if c.Failed == nil {
		c.Failed = func(error) {}
	}
	d := &Desk{
		config: c, turn: make(chan struct{}, 1), purge: make(chan struct{}, 1), watchers: map[chan Event]bool{},
		bases: map[string]loaded{}, remains: map[string]remains{}, reports: map[string]described{}, called: map[string]names{}, deleted: map[string]bool{},
	}
	d.ctx, d.cancel = context.WithCancel(context.Background())
	d.done.Go(d.follow)
	return d
}

// Close cancels what runs, and returns once nothing of the desk's does.
func (d *Desk) Close() {
	d.cancel()
	d.done.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	for c := range d.watchers {
		close(c)
	}
	d.watchers = nil
}

// take waits for a token, or for ctx.
func take(ctx context.Context, token chan struct{}) error {
	select {
	case token <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Runs returns those of an edition, in time.
func (d *Desk) Runs(edition string) (runs []*Run) {
	d.config.Ledger.View(func(v ledger.View) { runs = ledger.Of[*State](v).Runs(edition) })
	return runs
}

// Holder says in which theme an edition's theme is now: another where people
// merged it, else itself. What it returns may be a theme that no run has.
func (d *Desk) Holder(edition, theme string) string {
	return apply(nil, 0, d.moment(edition, false).choices, always).root(theme)
}

// Places says under which axis (its identifier) or issue (its name) people
// put the edition's themes.
func (d *Desk) Places(edition string) (places map[string]string) {
	d.config.Ledger.View(func(v ledger.View) { places = ledger.Of[*State](v).Places(edition) })
	return places
}

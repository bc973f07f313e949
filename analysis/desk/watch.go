package desk

import (
	"context"
	"fmt"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
)

// An Event says how far a run is.
type Event struct {
	Run, Edition string
	Stage        string // as the analysis calls it, in French
	Done, Total  int
	Finished     bool
	Err          error // of a finished one: nil when it was kept
}

// queue is how many events wait for a watcher.
const queue = 16

// Watch tells of every run's progress until cancel. For a watcher that does
// not keep up the oldest events are dropped, never the last.
func (d *Desk) Watch() (events <-chan Event, cancel func()) {
	c := make(chan Event, queue)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.watchers == nil {
		close(c)
		return c, func() {}
	}
	d.watchers[c] = true
	return c, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.watchers[c] {
			delete(d.watchers, c)
			close(c)
		}
	}
}

// tell notes e and passes it on.
func (d *Desk) tell(t *task, e Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t.event = e
	if e.Finished && d.running == t {
		d.running = nil
	}
	for c := range d.watchers {
		for sent := false; !sent; {
			select {
			case c <- e:
				sent = true
			default:
				select { // only tell sends, under the lock: there is room now
				case <-c:
				default:
				}
			}
		}
	}
}

// Progress says how far a run is. err is consult.ErrNotFound for one that the
// desk does not know, context.Canceled for one that was cancelled, or why it
// failed.
func (d *Desk) Progress(run string) (stage string, done, total int, finished bool, err error) {
	d.mu.Lock()
	for _, t := range d.tasks {
		if e := t.event; e.Run == run {
			d.mu.Unlock()
			return e.Stage, e.Done, e.Total, e.Finished, e.Err
		}
	}
	d.mu.Unlock()
	d.config.Ledger.View(func(v ledger.View) { finished = ledger.Of[*State](v).run(run) != nil })
	if !finished {
		err = fmt.Errorf("desk: run %.40s: %w", run, consult.ErrNotFound)
	}
	return "", 0, 0, finished, err
}

// Running names the run in progress; "" when there is none.
func (d *Desk) Running() (run, edition string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running == nil {
		return "", ""
	}
	return d.running.event.Run, d.running.event.Edition
}

// Cancel stops a run; its end is told as any other. Staff only. Errors:
// consult.ErrForbidden, consult.ErrNotFound when it is not running.
func (d *Desk) Cancel(_ context.Context, actor, run string) error {
	if err := d.staff(actor); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.running == nil || d.running.event.Run != run {
		return fmt.Errorf("desk: run %.40s: %w", run, consult.ErrNotFound)
	}
	d.running.cancel()
	return nil
}

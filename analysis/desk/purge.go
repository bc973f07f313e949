package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/consult/store"
)

// follow purges at the start and whenever somebody is erased.
func (d *Desk) follow() {
	for d.ctx.Err() == nil {
		feed, _ := d.config.Ledger.Subscribe(256)
		due := true
		for open := true; open; {
			if due {
				if err := d.Purge(d.ctx); err != nil && d.ctx.Err() == nil {
					d.config.Failed(err)
					break // and again in a moment
				}
				due = false
			}
			select {
			case <-d.ctx.Done():
				feed.Close()
				return
			case f, ok := <-feed.C:
				open, due = ok, ok && f.Kind == kindErased
			}
		}
		feed.Close()
		pause(d.ctx, time.Second) // the ledger was closed, the store failed, or we were slow
	}
}

// Purge rewrites every kept report that holds a contribution erased since, and
// deletes the file that it replaces. The desk does it by itself as soon as it
// hears of an erasure; whoever compacts the store right after one calls it
// first. Errors: the store's.
func (d *Desk) Purge(ctx context.Context) error {
	if err := take(ctx, d.purge); err != nil {
		return err
	}
	defer func() { <-d.purge }()
	for {
		var runs []*Run
		var erased map[string]bool
		var last uint64
		d.config.Ledger.View(func(v ledger.View) {
			s := ledger.Of[*State](v)
			for _, r := range s.runs {
				runs = append(runs, r...)
			}
			last = s.erased
			erased = ledger.Of[*consult.State](v).ErasedContributions()
		})
		var failed error
		for _, r := range runs {
			err := d.delete(ctx, r.old...) // a process that ended too early left them
			if err == nil && r.clean < last {
				err = d.purgeRun(ctx, r, erased)
			}
			if err != nil {
				failed = errors.Join(failed, fmt.Errorf("desk: purge of run %s: %w", r.ID, err))
			}
		}
		if !errors.Is(failed, errMoved) {
			return failed
		}
	}
}

// purgeRun purges one. errMoved: others kept something meanwhile, look again.
func (d *Desk) purgeRun(ctx context.Context, r *Run, erased map[string]bool) error {
	report, err := d.load(ctx, r)
	if err != nil {
		return err
	}
	rest := unseeded(without(report, erased), d.seeds(r.Edition))
	if rest == report {
		return nil
	}
	d.mu.Lock() // nothing in memory either
	delete(d.bases, r.Edition)
	delete(d.remains, r.Edition)
	d.unplace(r.Edition)
	delete(d.reports, r.Edition)
	delete(d.called, r.blob)
	d.drawn = drawn{}
	d.mu.Unlock()
	d.config.Engine.Forget()
	data, err := json.Marshal(rest)
	if err != nil {
		return err
	}
	err = d.put(ctx, data, ledger.Command{}, func(blob string, hash store.Hash, tx *ledger.Tx) error {
		if now := ledger.Of[*State](tx).run(r.ID); now == nil || now.blob != r.blob || holdsErased(tx, rest) {
			return errMoved
		}
		tx.Emit(kindPurged, 1, r.ID, purgedData{Edition: r.Edition, Old: r.blob, Blob: blob, Hash: hash})
		return nil
	})
	if err != nil {
		return err
	}
	return d.delete(ctx, r.blob)
}

// holdsErased says whether a report holds what somebody erased had written.
func holdsErased(tx *ledger.Tx, r *analysis.Report) bool {
	s := ledger.Of[*consult.State](tx)
	return slices.ContainsFunc(r.Documents, func(p analysis.Placed) bool {
		c := s.Contribution(p.ID)
		return c == nil || c.Erased
	})
}

// delete deletes blobs, once each.
func (d *Desk) delete(ctx context.Context, blobs ...string) error {
	for _, b := range blobs {
		d.mu.Lock()
		delete(d.called, b) // another node may have replaced it
		done := d.deleted[b]
		d.mu.Unlock()
		if done {
			continue
		}
		if err := d.config.Blobs.DeleteBlob(ctx, b); err != nil {
			return err
		}
		d.mu.Lock()
		d.deleted[b] = true
		d.mu.Unlock()
	}
	return nil
}

package room

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/villes-internet/congres/consult/store"
)

// saved is how a checkpoint went.
type saved struct {
	number uint64
	err    error
	then   []func(error)
}

// save begins a checkpoint of what is kept so far, unless one is under way.
// Encoding takes the room's goroutine about a millisecond for a megabyte; the
// store's part goes on beside the pushes.
func (r *Room) save() {
	if r.saving || r.over {
		return
	}
	then := r.savers
	r.savers = nil
	c, err := r.snapshot()
	if err != nil {
		r.hub.report(r.id, err)
		for _, fn := range then {
			fn(err)
		}
		return
	}
	r.saving = true
	r.entries, r.bytes = 0, 0
	r.work.Go(func() { r.saved <- saved{c.Number, r.hub.keep(r.hub.force, r.id, c), then} })
}

func (r *Room) settleSaved(s saved) {
	r.saving = false
	if s.err != nil {
		r.hub.report(r.id, s.err) // the log still has all: the next one does
	}
	for _, fn := range s.then {
		fn(s.err)
	}
	if len(r.savers) > 0 {
		r.save()
	}
}

// Checkpoint has one take the place of the log's entries, so that what was deleted
// is gone from the log too. It changes nothing where the log has no entries, and
// opens no room. Errors: the store's.
func (h *Hub) Checkpoint(ctx context.Context, doc string) error {
	r, err := load(ctx, h.config.Log, doc)
	if err != nil || r.entries == 0 {
		return err
	}
	c, err := r.snapshot()
	if err != nil {
		return err
	}
	return h.keep(ctx, doc, c)
}

// keep keeps c and has it noted as a fact.
func (h *Hub) keep(ctx context.Context, doc string, c store.Checkpoint) error {
	if err := h.config.Log.Checkpoint(ctx, doc, c); err != nil {
		return fmt.Errorf("room: checkpoint: %w", err)
	}
	if h.config.Snapshot != nil {
		if err := h.config.Snapshot(ctx, doc, c.Number, sha256.Sum256(c.State)); err != nil {
			return fmt.Errorf("room: note checkpoint: %w", err)
		}
	}
	return nil
}

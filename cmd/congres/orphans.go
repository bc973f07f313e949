package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// A blob is put before the fact that names it: where the process ends between
// the two, nobody ever names it. How old a blob is the store does not know, so
// the janitor notes when it first saw one that nobody names. Keys are random
// and never used again: seen unnamed a day ago and unnamed now, a blob has been
// there for a day at least, while no command takes longer than a minute and no
// file waits longer than a day to be imported, named all the while.
const (
	orphanAge  = 24 * time.Hour
	orphanLife = 30 * 24 * time.Hour // of what was noted, longer than from night to night
	maxOrphans = 1000                // noted at once, for the note is a secret: the others come later
	orphanKey  = "orphans"
)

// clear deletes blobs that nobody has named for a day. What fails is logged,
// and tried again the next night.
func (h *house) clear(ctx context.Context) {
	n, err := h.clearOrphans(ctx)
	if n > 0 {
		h.log.Info("blobs that nobody named were deleted", "count", n)
	}
	if err != nil && ctx.Err() == nil {
		h.log.Error("blobs that nobody names not deleted, to be tried again", "error", err)
	}
}

func (h *house) clearOrphans(ctx context.Context) (deleted int, err error) {
	if err := h.ledger.CatchUp(ctx); err != nil {
		return 0, err
	}
	seen, err := h.seenOrphans(ctx)
	if err != nil {
		return 0, err
	}
	// Listed before it is asked who is named: what is put and named meanwhile is
	// not in the list, or is named.
	listed := map[string]bool{}
	if err := h.store.EachBlob(ctx, func(key string) bool { listed[key] = true; return true }); err != nil {
		return 0, err
	}
	if err := h.ledger.CatchUp(ctx); err != nil {
		return 0, err
	}
	names, err := h.named(ctx)
	if err != nil {
		return 0, err
	}
	for _, n := range names {
		delete(listed, n.Blob)
	}
	now, note := h.ledger.Now().UTC(), map[string]time.Time{}
	for key := range listed {
		first, known := seen[key]
		switch {
		case known && now.Sub(first) >= orphanAge:
			if err := h.store.DeleteBlob(ctx, key); err != nil {
				return deleted, err
			}
			deleted++
		case known:
			note[key] = first
		}
	}
	for key := range listed {
		if _, known := seen[key]; !known && len(note) < maxOrphans {
			note[key] = now
		}
	}
	if len(note) == 0 {
		return deleted, h.store.DeleteSecret(ctx, orphanKey)
	}
	b, err := json.Marshal(note)
	if err != nil {
		return deleted, err
	}
	return deleted, h.store.PutSecret(ctx, orphanKey, b, orphanLife)
}

func (h *house) seenOrphans(ctx context.Context) (seen map[string]time.Time, err error) {
	b, err := h.store.Secret(ctx, orphanKey)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(b, &seen); err != nil {
		return nil, fmt.Errorf("orphans: %w", err)
	}
	return seen, nil
}

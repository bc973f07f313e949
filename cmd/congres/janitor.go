package main

import (
	"context"
	"errors"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/ledger"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/room"
)

// tidy follows erasures to where words were copied: the motions' texts and
// versions (the desk does its own), then the files. It runs until ctx ends,
// once at start, after each erasure, and every night at three; at start and at
// night it also takes away the blobs that nobody names.
func (h *house) tidy(ctx context.Context) {
	for ctx.Err() == nil {
		sub, _ := h.ledger.Subscribe(256)
		h.clear(ctx)
		h.sweep(ctx)
		night := time.NewTimer(untilThree(h.ledger.Now()))
		for open := true; open; {
			select {
			case <-ctx.Done():
				open = false
			case f, ok := <-sub.C:
				if !ok { // behind, or the ledger closed
					open = false
				} else if f.Kind == "person.erased" {
					h.rooms.Dismiss(room.SignedOut, func(m room.Member) bool { return m.Person == f.Subject })
					h.sweep(ctx)
				}
			case <-night.C:
				h.clear(ctx)
				h.sweep(ctx)
				night.Reset(untilThree(h.ledger.Now()))
			}
		}
		night.Stop()
		sub.Close()
		if ctx.Err() == nil && h.closed() {
			return
		}
	}
}

func (h *house) closed() bool {
	_, err := h.ledger.Do(context.Background(), ledger.Command{Decide: func(*ledger.Tx) error { return nil }})
	return errors.Is(err, ledger.ErrClosed)
}

// sweep is compact, by itself: what fails is logged, and tried again by the
// next one.
func (h *house) sweep(ctx context.Context) {
	if err := h.compact(ctx); err != nil && ctx.Err() == nil {
		h.log.Error("erasure not finished, to be tried again", "error", err)
	}
}

// compact takes erased words out of all that copied them, then out of the
// files.
func (h *house) compact(ctx context.Context) error {
	return errors.Join(h.follow(ctx), h.store.Compact(ctx))
}

// follow takes erased words out of all that copied them. Where that is done
// already it changes nothing.
func (h *house) follow(ctx context.Context) (err error) {
	var motions []*motion.Motion
	var erased map[string]bool
	h.ledger.View(func(v ledger.View) {
		erased, motions = ledger.Of[*consult.State](v).ErasedContributions(), ledger.Of[*motion.State](v).Motions("")
	})
	if len(erased) > 0 {
		for _, m := range motions {
			err = errors.Join(err, h.redact(ctx, m.ID, erased))
		}
		err = errors.Join(err, h.publisher.Redact(ctx), h.desk.Purge(ctx))
	}
	return err
}

// redact takes erased words out of a text, and out of its log also those that
// somebody took out of the text before.
func (h *house) redact(ctx context.Context, id string, erased map[string]bool) error {
	ops, err := h.rooms.Ops(ctx, id)
	switch {
	case err != nil:
		return err
	case len(motion.Redact(ops, erased)) == 0:
		return h.rooms.Checkpoint(ctx, id)
	}
	return h.rooms.Redact(ctx, id, erased)
}

func untilThree(now time.Time) time.Duration {
	t := now.In(consult.Paris)
	next := time.Date(t.Year(), t.Month(), t.Day(), 3, 0, 0, 0, consult.Paris)
	if !next.After(t) {
		next = next.AddDate(0, 0, 1)
	}
	return next.Sub(t)
}

package room

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// ErrSeeded: the document has content already.
var ErrSeeded = errors.New("room: not empty")

// seeder is the Yjs client identifier of every first draft. Being the same on
// every node, two that seed one document with the same text write it once.
const seeder = 1

// Seed writes a document's first text. Errors: ErrSeeded, those of Edit.
func (h *Hub) Seed(ctx context.Context, doc string, ops []ydoc.Op, author string) error {
	return h.edit(ctx, doc, author, seeder, func(d *ydoc.Doc) error {
		if t := d.Text(motion.Root); len(d.Clocks()) > 0 || t.Len() > 0 {
			return ErrSeeded
		}
		d.Text(motion.Root).ApplyDelta(ops)
		return nil
	})
}

// Edit changes a document on the server's behalf: fn works on a copy, and what
// it changed becomes one update of author's. When Edit returns it is kept, and
// a checkpoint has taken the place of the log, so that words that fn took away
// are gone from it too. Errors: fn's, store.ErrTooLarge, the store's, a *Close
// when the hub stops.
func (h *Hub) Edit(ctx context.Context, doc, author string, fn func(*ydoc.Doc) error) error {
	return h.edit(ctx, doc, author, uint64(rand.Uint32())+2, fn)
}

func (h *Hub) edit(ctx context.Context, doc, author string, client uint64, fn func(*ydoc.Doc) error) error {
	err := h.with(ctx, doc, func(r *Room) error {
		update, err := r.copyAnd(client, fn)
		switch {
		case err != nil || update == nil:
			return err
		case len(update) > store.MaxUpdate:
			return fmt.Errorf("%w: an update of %d bytes", store.ErrTooLarge, len(update))
		}
		return r.wait(ctx, func(done func(error)) {
			r.queue(&item{author: author, update: update, weight: weigh(update), done: done})
		})
	})
	if err == nil {
		err = h.with(ctx, doc, func(r *Room) error {
			return r.wait(ctx, func(done func(error)) {
				r.savers = append(r.savers, done)
				r.save()
			})
		})
	}
	if err != nil {
		return fmt.Errorf("room: edit: %w", err)
	}
	return nil
}

// with runs fn on the document's room, again where it closed before fn could
// begin.
func (h *Hub) with(ctx context.Context, doc string, fn func(*Room) error) error {
	for {
		r, err := h.Open(ctx, doc)
		if err != nil {
			return err
		}
		if err = fn(r); !errors.Is(err, ErrClosed) || ctx.Err() != nil {
			return err
		}
	}
}

// copyAnd runs fn on a copy of the document and returns the update.
func (r *Room) copyAnd(client uint64, fn func(*ydoc.Doc) error) (update []byte, err error) {
	var whole []byte
	err = r.do(func() (err error) {
		whole, err = r.doc.Update(nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	d := ydoc.New(client)
	d.Passive, d.MaxWork = true, ydoc.NoLimit
	if err := d.Apply(whole); err != nil {
		return nil, err
	}
	update = d.Transact(func() { err = fn(d) })
	if err != nil {
		return nil, err
	}
	return update, nil
}

// wait begins something on the room's goroutine and waits for its end.
func (r *Room) wait(ctx context.Context, begin func(done func(error))) error {
	end := make(chan error, 1)
	err := r.do(func() error {
		if r.stopping || r.over {
			return ending(Stopping, "")
		}
		begin(func(err error) { end <- err })
		return nil
	})
	if err != nil {
		return err
	}
	select {
	case err := <-end:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Ops returns the text of a document as it is kept, whether its room is open
// or not.
func (h *Hub) Ops(ctx context.Context, doc string) (ops []ydoc.Op, err error) {
	err = h.read(ctx, doc, func(r *replica) { ops = r.doc.Text(motion.Root).Delta() })
	return ops, err
}

// Text is Ops, read as a motion.
func (h *Hub) Text(ctx context.Context, doc string) (*motion.Text, error) {
	ops, err := h.Ops(ctx, doc)
	if err != nil {
		return nil, err
	}
	return motion.Parse(ops), nil
}

// Redact takes the words of erased contributions out of a document, see
// [motion.Redact], and out of its log. Errors: those of Edit.
func (h *Hub) Redact(ctx context.Context, doc string, erased map[string]bool) error {
	return h.Edit(ctx, doc, "", func(d *ydoc.Doc) error {
		text := d.Text(motion.Root)
		text.ApplyDelta(motion.Redact(text.Delta(), erased))
		return nil
	})
}

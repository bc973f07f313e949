package room

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

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
	return h.write(ctx, doc, func(d *ydoc.Doc) (list []writing, err error) {
		d.Become(client)
		update := d.Transact(func() { err = fn(d) })
		return []writing{{author, update}}, err
	})
}

// Rewrite is Edit by several people: fn is given the text and says what each
// changes, one after the other. Each change is kept as its author's, who need not
// be there: letters that come back stay theirs who wrote them.
func (h *Hub) Rewrite(ctx context.Context, doc string, fn func(now []ydoc.Op) ([]motion.Edit, error)) error {
	return h.write(ctx, doc, func(d *ydoc.Doc) (list []writing, err error) {
		text := d.Text(motion.Root)
		edits, err := fn(text.Delta())
		for _, e := range edits {
			d.Become(uint64(rand.Uint32()) + 2)
			list = append(list, writing{e.By, d.Transact(func() { text.ApplyDelta(e.Ops) })})
		}
		return list, err
	})
}

// A writing is an update, nil where nothing changed, and whose it is.
type writing struct {
	author string
	update []byte
}

// write keeps what fn writes in a copy of the document, see [Hub.Edit].
func (h *Hub) write(ctx context.Context, doc string, fn func(*ydoc.Doc) ([]writing, error)) error {
	err := h.with(ctx, doc, func(r *Room) error {
		d, err := r.duplicate()
		if err != nil {
			return err
		}
		list, err := fn(d)
		list = slices.DeleteFunc(list, func(w writing) bool { return w.update == nil })
		if err != nil || len(list) == 0 {
			return err
		}
		for _, w := range list {
			if len(w.update) > store.MaxUpdate {
				return fmt.Errorf("%w: an update of %d bytes", store.ErrTooLarge, len(w.update))
			}
		}
		return r.wait(ctx, func(done func(error)) {
			var failed error
			for i, w := range list {
				r.queue(&item{author: w.author, update: w.update, weight: weigh(w.update), done: func(err error) {
					if failed = cmp.Or(failed, err); i == len(list)-1 {
						done(failed)
					}
				}})
			}
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

// duplicate is a copy of the document, whose edits go nowhere by themselves.
func (r *Room) duplicate() (*ydoc.Doc, error) {
	var whole []byte
	err := r.do(func() (err error) {
		whole, err = r.doc.Update(nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	d := ydoc.New(0)
	d.Passive, d.MaxWork = true, ydoc.NoLimit
	return d, d.Apply(whole)
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

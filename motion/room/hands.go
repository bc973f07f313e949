package room

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/ydoc"
)

// Copy is the draft as it is kept, with whose letters stand in each block.
func (h *Hub) Copy(ctx context.Context, doc string) (c motion.Copy, err error) {
	err = h.read(ctx, doc, func(r *replica) { c = r.copy(doc) })
	return c, err
}

func (r *replica) copy(doc string) motion.Copy {
	text := r.doc.Text(motion.Root)
	ops := text.Delta()
	return motion.Copy{Motion: doc, Ops: ops, Hands: r.hands(text, motion.Parse(ops))}
}

// hands counts letters by block and person.
func (r *replica) hands(text *ydoc.Text, t *motion.Text) motion.Hands {
	out := motion.Hands{}
	at, counts := 0, map[string]int{}
	end := func() {
		if at < len(t.Blocks) && len(counts) > 0 {
			out[t.Blocks[at].ID] = slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
				return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
			})
		}
		at, counts = at+1, map[string]int{}
	}
	text.Writers(func(client uint64, s string) {
		person := r.owners[client]
		if client == seeder {
			person = motion.Machine
		}
		for s != "" {
			words, rest, ended := strings.Cut(s, "\n")
			if n := len(words); n > 0 && person != "" {
				counts[person] += n
			}
			if s = rest; ended {
				end()
			}
		}
	})
	end()
	return out
}

// read runs fn on a document as it is kept, whether its room is open or not.
func (h *Hub) read(ctx context.Context, doc string, fn func(*replica)) error {
	h.mu.Lock()
	r := h.rooms[doc]
	h.mu.Unlock()
	if r != nil {
		select {
		case <-r.ready:
		case <-ctx.Done():
			return ctx.Err()
		}
		if r.err == nil && r.do(func() error { fn(r.replica); return nil }) == nil {
			return nil
		}
	}
	one, err := load(ctx, h.config.Log, doc)
	if err != nil {
		return err
	}
	fn(one)
	return nil
}

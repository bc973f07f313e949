package room

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"

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
	letters, words := r.letters(text)
	return motion.Copy{Motion: doc, Ops: ops, Hands: hands(motion.Parse(ops), letters, words), Letters: letters}
}

// letters says of the text's letters who wrote them, in the text's order, with the
// words of each run. A copy is its first author's.
func (r *replica) letters(text *ydoc.Text) (letters []motion.Hand, words []string) {
	copies := copiesOf(r.doc)
	text.Writers(func(id ydoc.ID, s string) {
		units := utf16.Encode([]rune(s))
		for len(units) > 0 {
			root, n := copies.root(id, uint64(len(units)))
			person := r.owners[root.Client]
			if root.Client == seeder {
				person = motion.Machine
			}
			run := string(utf16.Decode(units[:n]))
			if last := len(letters) - 1; last >= 0 && letters[last].By == person {
				letters[last].N += int(n)
				words[last] += run
			} else {
				letters, words = append(letters, motion.Hand{By: person, N: int(n)}), append(words, run)
			}
			id.Clock, units = id.Clock+n, units[n:]
		}
	})
	return letters, words
}

// hands counts letters by block and person.
func hands(t *motion.Text, letters []motion.Hand, runs []string) motion.Hands {
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
	for i, s := range runs {
		person := letters[i].By
		for s != "" {
			words, rest, ended := strings.Cut(s, "\n")
			if n := len(words); n > 0 && person != "" {
				counts[person] += n
			}
			if s = rest; ended {
				end()
			}
		}
	}
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

package motion

import (
	"slices"
	"unicode/utf8"

	"github.com/villes-internet/congres/motion/ydoc"
)

// A Hand is a run of a text's letters that one person wrote: N UTF-16 code units,
// line ends and objects included.
type Hand struct {
	By string `json:"by,omitempty"` // Person.ID, [Machine], "" nobody knows
	N  int    `json:"n"`
}

// An Edit is what one person's letters change in a text.
type Edit struct {
	By  string // Person.ID or [Machine]
	Ops []ydoc.Op
}

// A hands writes runs of letters, those of one person's as one.
type hands []Hand

func (h *hands) add(by string, n int) {
	if last := len(*h) - 1; n > 0 && last >= 0 && (*h)[last].By == by {
		(*h)[last].N += n
	} else if n > 0 {
		*h = append(*h, Hand{by, n})
	}
}

// take removes the first n letters from a list, which it changes, and gives them to
// yield, by person; nobody is known to have written those that the list does not
// reach.
func take(list []Hand, n int, yield func(by string, n int)) []Hand {
	for n > 0 && len(list) > 0 {
		k := min(n, list[0].N)
		yield(list[0].By, k)
		n -= k
		if list[0].N -= k; list[0].N == 0 {
			list = list[1:]
		}
	}
	if n > 0 {
		yield("", n)
	}
	return list
}

// after are the hands of a text after an edit: what that writes is nobody's.
func after(list []Hand, edit []ydoc.Op) []Hand {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	var out hands
	for _, op := range edit {
		switch {
		case op.Insert != nil:
			out.add("", length(op.Insert))
		case op.Retain > 0:
			list = take(list, op.Retain, out.add)
		default:
			list = take(list, op.Delete, func(string, int) {})
		}
	}
	for _, h := range list {
		out.add(h.By, h.N)
	}
	return out
}

// length is how many UTF-16 code units an insert takes.
func length(insert any) (n int) {
	s, isText := insert.(string)
	if !isText {
		return 1
	}
	for _, r := range s {
		n += width(r)
	}
	return n
}

func width(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// credited cuts the edit that makes a text of another into one for each person whose
// letters it brings back, by the hands of the text that it makes. The last is
// actor's: what it takes away and reshapes, and letters of which nobody knows who
// wrote them.
func credited(ops []ydoc.Op, letters []Hand, actor string) (out []Edit) {
	type part struct {
		op ydoc.Op
		by string
	}
	letters = slices.Clone(letters)
	var parts []part
	var order []string
	for _, op := range ops {
		switch v := op.Insert.(type) {
		case nil:
			if op.Retain > 0 {
				letters = take(letters, op.Retain, func(string, int) {})
			}
			parts = append(parts, part{op, actor})
			continue
		default:
			rest, isText := v.(string)
			letters = take(letters, length(v), func(by string, n int) {
				if by == "" {
					by = actor
				}
				piece := op
				if isText {
					piece.Insert, rest = units16(rest, n)
				}
				parts = append(parts, part{piece, by})
				if by != actor && !slices.Contains(order, by) {
					order = append(order, by)
				}
			})
		}
	}
	done := map[string]bool{}
	for _, by := range append(order, actor) {
		e := Edit{By: by}
		for _, p := range parts {
			switch n := length(p.op.Insert); {
			case p.op.Insert != nil && p.by == by:
				e.Ops = append(e.Ops, p.op)
			case p.op.Insert != nil && done[p.by]:
				e.Ops = append(e.Ops, ydoc.Op{Retain: n})
			case p.op.Insert != nil:
			case by == actor:
				e.Ops = append(e.Ops, p.op)
			default:
				e.Ops = append(e.Ops, ydoc.Op{Retain: p.op.Retain + p.op.Delete})
			}
		}
		done[by] = true
		out = append(out, e)
	}
	return out
}

// units16 cuts a text behind its first n UTF-16 code units, never within a
// character.
func units16(s string, n int) (head, rest string) {
	at := 0
	for at < len(s) && n > 0 {
		r, size := utf8.DecodeRuneInString(s[at:])
		at, n = at+size, n-width(r)
	}
	return s[:at], s[at:]
}

// Borrow learns from another copy who wrote what is the same text in both, see
// [stay], where this one does not know anybody: what was published names no writers.
func (c *Copy) Borrow(from *Copy) {
	if len(c.Letters) > 0 || len(from.Letters) == 0 {
		return
	}
	a, b := lay(from), lay(c)
	x, y := a.tokens, b.tokens
	letters := slices.Clone(from.Letters)
	var out hands
	ai, bi, xi, yi := 0, 0, 0, 0 // cells and tokens before the match
	skip := func(string, int) {}
	for _, m := range stay(a, b) {
		ae, be := ai+runes(x[xi:m.a]), bi+runes(y[yi:m.b])
		letters = take(letters, units(a.cells[ai:ae]), skip)
		out.add("", units(b.cells[bi:be]))
		n := runes(x[m.a : m.a+m.n])
		letters = take(letters, units(a.cells[ae:ae+n]), out.add)
		ai, bi, xi, yi = ae+n, be+n, m.a+m.n, m.b+m.n
	}
	out.add("", units(b.cells[bi:]))
	c.Letters = out
}

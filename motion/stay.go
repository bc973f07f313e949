package motion

import (
	"fmt"
	"slices"
)

// stay finds which tokens of a text an edit lets stand that makes another of it:
// those of blocks that both have, by identifier, in sentences that are the same
// text edited, and the newlines of these blocks. A word that two sentences only
// happen to share does not stay, nor one that another person has written in place
// of the same: it is its writer's, who may take it back.
func stay(now, then *layout) (out []match) {
	s := &stayed{now, then}
	olds, news := standing(now.text), standing(then.text)
	names := map[string]int{}
	for _, m := range shortest(named(now.text.identifiers(), names), named(then.text.identifiers(), names)) {
		for i := range m.n {
			// A block that is split keeps its identifier behind the cut, one that
			// takes others in keeps it before them. So what is new before it now, and
			// what is gone from behind it, may be of it.
			x, y := m.a+i, m.b+i
			first, last := x, y
			for first > 0 && !stands(news, now.text.Blocks[first-1].ID) {
				first--
			}
			for last+1 < len(then.text.Blocks) && !stands(olds, then.text.Blocks[last+1].ID) {
				last++
			}
			out = append(out, s.block(x, y, first, last)...)
		}
	}
	return joined(out)
}

func stands(standing map[string]int, id string) bool { _, ok := standing[id]; return ok }

// A layout says where a copy's tokens are, and whose.
type layout struct {
	*flat
	text      *Text
	tokens    []string
	writers   []string // of each token, "" nobody knows
	sentences []int    // of each token, its sentence's number; a newline has one of its own
	starts    []int    // of each sentence, its first token; and one more
	block     []int    // of each sentence
	ends      []int    // of each block, the token that ends it
}

func lay(c *Copy) *layout {
	l := &layout{flat: flatten(c.Ops), text: Parse(c.Ops)}
	l.tokens = tokens(l.flat.text)
	letters := slices.Clone(c.Letters)
	for _, t := range l.tokens {
		writer, known := "", true
		letters = take(letters, length(t), func(by string, n int) {
			writer, known = writer+fmt.Sprint(by, " ", n, " "), known && by != ""
		})
		if !known {
			writer = ""
		}
		l.writers = append(l.writers, writer)
	}
	begin := func(block int) { l.starts, l.block = append(l.starts, len(l.sentences)), append(l.block, block) }
	for n := range l.text.Blocks {
		spans, at := split(l.text.Blocks[n].Text()), 0
		begin(n)
		for len(l.sentences) < len(l.tokens) && l.tokens[len(l.sentences)] != "\n" {
			for len(spans) > 1 && at >= spans[1][0] {
				begin(n)
				spans = spans[1:]
			}
			at += len(l.tokens[len(l.sentences)])
			l.sentences = append(l.sentences, len(l.starts)-1)
		}
		l.ends = append(l.ends, len(l.sentences))
		if begin(n); len(l.sentences) < len(l.tokens) {
			l.sentences = append(l.sentences, len(l.starts)-1)
		}
	}
	begin(len(l.text.Blocks))
	return l
}

// begins is a block's first token.
func (l *layout) begins(block int) int {
	if block == 0 {
		return 0
	}
	return l.ends[block-1] + 1
}

func (l *layout) words(block int) []string { return l.tokens[l.begins(block):l.ends[block]] }

func (l *layout) sentence(n int) []string { return l.tokens[l.starts[n]:l.starts[n+1]] }

type stayed struct{ a, b *layout }

// block finds what stays of the block that is x in the one text and y in the other,
// where blocks from the first on may have been parted from x, and those up to the
// last are gone into y.
func (s *stayed) block(x, y, first, last int) []match {
	if slices.Equal(s.a.words(x), s.b.words(y)) {
		first, last = x, y
	}
	a0, b0, ae, be := s.a.begins(first), s.b.begins(y), s.a.ends[x], s.b.ends[last]
	names := map[string]int{}
	a, b := named(s.a.tokens[a0:ae], names), named(s.b.tokens[b0:be], names)
	for i := range a {
		if s.a.tokens[a0+i] == "\n" {
			a[i] = -1 // newlines go by their block
		}
	}
	var kept, pair []match // a pair of sentences
	end := func() {
		if len(pair) > 0 {
			kept = append(kept, s.edited(pair, x, y)...)
		}
		pair = nil
	}
	for _, m := range certain(a, b) {
		m = match{a0 + m.a, b0 + m.b, 1}
		if len(pair) > 0 && (s.a.sentences[m.a] != s.a.sentences[pair[0].a] || s.b.sentences[m.b] != s.b.sentences[pair[0].b]) {
			end()
		}
		if v, w := s.a.writers[m.a], s.b.writers[m.b]; v == w || v == "" || w == "" {
			pair = append(pair, m)
		}
	}
	end()
	i, j, n := s.a.ends[x], s.b.ends[y], len(kept)
	if i < len(s.a.tokens) && j < len(s.b.tokens) && (n == 0 || kept[n-1].b+kept[n-1].n <= j) {
		kept = append(kept, match{i, j, 1})
	}
	return kept
}

// edited is what stays of a sentence of block x or y: whole passages, with half the
// words of the shorter of its two states or more, or nothing.
func (s *stayed) edited(list []match, x, y int) []match {
	i, j := s.a.sentences[list[0].a], s.b.sentences[list[0].b]
	if s.a.block[i] != x && s.b.block[j] != y {
		return nil // what is new is not what is gone
	}
	a, b := s.a.sentence(i), s.b.sentence(j)
	shift := func(list []match, by int) {
		for k := range list {
			list[k].a += by * s.a.starts[i]
			list[k].b += by * s.b.starts[j]
		}
	}
	list = joined(list)
	if whole := list[0].n == len(a) && len(a) == len(b); !whole {
		shift(list, -1)
		list = readable(a, b, list)
		n := 0
		for _, m := range list {
			n += countWords(a[m.a : m.a+m.n])
		}
		if n == 0 || 2*n < min(countWords(a), countWords(b)) {
			return nil
		}
		shift(list, 1)
	}
	return list
}

// certain is what two lists share however one reads them: where « un » was put before
// « un », either may be the one that was there, and neither is known to stay.
func certain(a, b []int) (out []match) {
	reversed := func(list []int) []int {
		list = slices.Clone(list)
		slices.Reverse(list)
		return list
	}
	shares := map[[2]int]bool{}
	for _, m := range greedy(reversed(a), reversed(b)) {
		for i := range m.n {
			shares[[2]int{len(a) - 1 - m.a - i, len(b) - 1 - m.b - i}] = true
		}
	}
	for _, m := range greedy(a, b) {
		for i := range m.n {
			if one := (match{m.a + i, m.b + i, 1}); shares[[2]int{one.a, one.b}] {
				out = append(out, one)
			}
		}
	}
	return out
}

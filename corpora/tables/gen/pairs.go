package main

import (
	"math/rand/v2"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// leastChunk is how many stems a chunk has at least, leastCount how often a stem
// must be met to have a row.
const (
	leastChunk = 10
	leastCount = 3
)

// A pair is two pieces of text that speak of one thing, as numbers of stems.
type pair [2][]int32

// A builder gathers the pairs of several sources over one lexicon.
type builder struct {
	lexicon lexis.Lexicon
	count   []int
	seen    map[string]bool // paragraphs
	sources []*collection
}

// A collection is a source being read: sheets, each under a title, in sections
// under headings, in chunks of neighbouring paragraphs.
type collection struct {
	b         *builder
	rng       *rand.Rand
	pairs     []pair
	chunks    int
	date      string // of the latest update that a sheet states
	headings  [][]int32
	title     []int32
	first     [][]int32 // the sheet's first chunks
	here      [][]int32 // the section's chunks
	part      []int32   // the chunk being filled
	sentences []string  // for the teacher
}

func (b *builder) source() *collection {
	if b.seen == nil {
		b.seen = make(map[string]bool)
	}
	c := &collection{b: b, rng: rand.New(rand.NewPCG(seed, uint64(len(b.sources))))}
	b.sources = append(b.sources, c)
	return c
}

// stems returns the numbers of a text's stems.
func (b *builder) stems(text string) []int32 {
	var out []int32
	for _, w := range b.lexicon.Read(text) {
		if w.Root >= 0 {
			out = append(out, w.Root)
		}
	}
	return out
}

// open begins a sheet.
func (c *collection) open(title string) {
	c.title = c.b.stems(title)
	c.headings, c.first = append(c.headings[:0], c.title), nil
}

// close ends it.
func (c *collection) close() {
	c.section()
	if len(c.first) > 0 {
		c.pair(c.title, c.first[c.rng.IntN(len(c.first))])
	}
}

func (c *collection) head(heading string) {
	c.section()
	c.headings = append(c.headings, c.b.stems(heading))
}

func (c *collection) unhead() {
	c.section()
	c.headings = c.headings[:len(c.headings)-1]
}

// paragraph adds one, unless it was met before.
func (c *collection) paragraph(text string) {
	if c.b.seen[text] {
		return
	}
	c.b.seen[text] = true
	c.sentences = append(c.sentences, sentencesOf(text)...)
	stems := c.b.stems(text)
	for _, s := range stems {
		for int(s) >= len(c.b.count) {
			c.b.count = append(c.b.count, 0)
		}
		c.b.count[s]++
	}
	c.part = append(c.part, stems...)
	if len(c.part) >= leastChunk {
		c.here = append(c.here, c.part)
		c.part = nil
	}
}

// section ends a section: what is left over joins its last chunk, and its chunks
// are paired with its headings and with each other.
func (c *collection) section() {
	if n := len(c.here); n > 0 && len(c.part) > 0 {
		c.here[n-1] = append(c.here[n-1], c.part...)
	}
	n := len(c.headings)
	heading := slices.Concat(c.headings[max(0, n-2):]...)
	for i, chunk := range c.here {
		c.chunks++
		c.pair(heading, chunk)
		if i+1 < len(c.here) {
			c.pair(chunk, c.here[i+1])
		}
		if i+2 < len(c.here) {
			c.pair(chunk, c.here[i+2+c.rng.IntN(len(c.here)-i-2)])
		}
		if len(c.first) < 3 {
			c.first = append(c.first, chunk)
		}
	}
	c.here, c.part = nil, nil
}

func (c *collection) pair(a, b []int32) {
	if len(a) > 0 && len(b) > 0 {
		c.pairs = append(c.pairs, pair{a, b})
	}
}

// draw keeps so many pairs, at random; 0: all.
func (c *collection) draw(most int) {
	if most > 0 && len(c.pairs) > most {
		c.rng.Shuffle(len(c.pairs), func(i, j int) { c.pairs[i], c.pairs[j] = c.pairs[j], c.pairs[i] })
		c.pairs = slices.Clip(c.pairs[:most])
	}
}

// A stem that has a row, and its share of all stems met.
type stem struct {
	text  string
	share float64
}

// vocabulary returns the stems met often enough, and the row of each of the
// lexicon's stems, or -1.
func (b *builder) vocabulary() (stems []stem, keep []int32) {
	total := 0
	for _, n := range b.count {
		total += n
	}
	keep = make([]int32, len(b.lexicon.Roots))
	for s, text := range b.lexicon.Roots {
		keep[s] = -1
		if s < len(b.count) && b.count[s] >= leastCount {
			keep[s] = int32(len(stems))
			stems = append(stems, stem{text, float64(b.count[s]) / float64(total)})
		}
	}
	return stems, keep
}

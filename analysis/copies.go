package analysis

import (
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
)

// Two texts are copies when they count the same words, whatever their order; or, as
// letters of one petition in which each puts a name or a sentence of their own, when
// they have copyShare of the longer's in common, and copyWords or more.
const (
	copyShare = .7
	copyWords = 6
	copyRun   = 3 // words in a row that two of them have in common somewhere
	copyRuns  = 8 // one in so many of a text's runs at least
)

// distinct returns the units that are no copies of earlier ones, their table, and
// for each unit that which says what it says, by its place among them. A copy is one
// of the first that said so, not of a copy of it: a chain of small changes does not
// join what differs.
func distinct(units [][]lexis.Word, roots int) (first [][]lexis.Word, table *lexis.Table, of []int) {
	table = lexis.NewTable(units, roots)
	c := copies{rows: table.Rows, lengths: table.Lengths, of: make([]int, len(units)), equal: make(map[uint64][]int), runs: make(map[uint64]int)}
	for u, words := range units {
		n := c.find(u, words)
		if n < 0 {
			n = len(c.first)
			c.first = append(c.first, u)
		}
		c.of[u] = n
	}
	if len(c.first) == len(units) {
		return units, table, c.of
	}
	first = make([][]lexis.Word, len(c.first))
	for n, u := range c.first {
		first[n] = units[u]
	}
	return first, lexis.NewTable(first, roots), c.of
}

// copies is what was read so far.
type copies struct {
	rows    [][]lexis.Cell
	lengths []int
	first   []int // units that are no copies
	of      []int // of each unit, its first, by place

	equal map[uint64][]int // units by a hash of their row, no two with the same
	runs  map[uint64]int   // the first that held each run of words, by place
	mine  []uint64         // the runs of the unit that is read
}

// find returns the first, by place, that a unit copies; -1: none, and what copies it
// will find it.
func (c *copies) find(u int, words []lexis.Word) int {
	row := c.rows[u]
	if len(row) == 0 {
		return -1 // says nothing
	}
	hash := uint64(0)
	for _, cell := range row {
		hash = mixed(hash, uint64(cell.Root)<<32|uint64(cell.N))
	}
	for _, v := range c.equal[hash] {
		if slices.Equal(row, c.rows[v]) {
			return c.of[v]
		}
	}
	c.equal[hash] = append(c.equal[hash], u)
	if c.lengths[u] < copyWords {
		return -1
	}
	c.mine = appendRuns(c.mine[:0], words)
	hits := make(map[int]int)
	var met []int
	for _, run := range c.mine {
		if n, ok := c.runs[run]; ok {
			if hits[n]++; hits[n] == 1 {
				met = append(met, n)
			}
		}
	}
	best, most := -1, 0.
	for _, n := range met {
		v := c.first[n]
		longer := float64(max(c.lengths[u], c.lengths[v]))
		if hits[n]*copyRuns < len(c.mine) || float64(min(c.lengths[u], c.lengths[v])) < copyShare*longer {
			continue
		}
		if share := float64(inCommon(row, c.rows[v])) / longer; share >= copyShare && share > most {
			best, most = n, share
		}
	}
	if best < 0 {
		for _, run := range c.mine {
			if _, ok := c.runs[run]; !ok {
				c.runs[run] = len(c.first)
			}
		}
	}
	return best
}

// appendRuns appends a hash of each run of counted words.
func appendRuns(out []uint64, words []lexis.Word) []uint64 {
	var last [copyRun]uint64
	n := 0
	for _, w := range words {
		if w.Root < 0 {
			continue
		}
		copy(last[:], last[1:])
		last[copyRun-1] = uint64(w.Root)
		if n++; n < copyRun {
			continue
		}
		hash := uint64(0)
		for _, root := range last {
			hash = mixed(hash, root)
		}
		out = append(out, hash)
	}
	return out
}

// mixed adds a number to a hash (the last steps of MurmurHash3).
func mixed(hash, n uint64) uint64 {
	hash = (hash ^ n) * 0xff51afd7ed558ccd
	hash = (hash ^ hash>>33) * 0xc4ceb9fe1a85ec53
	return hash ^ hash>>33
}

// inCommon counts the words that two rows have in common.
func inCommon(a, b []lexis.Cell) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Root < b[0].Root:
			a = a[1:]
		case a[0].Root > b[0].Root:
			b = b[1:]
		default:
			n += int(min(a[0].N, b[0].N))
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// repeated links to itself what several pieces say and nothing else resembles: it is
// not alone. of gives the unit of each piece.
func repeated(graph theme.Graph, of []int) {
	said := make([]bool, len(graph))
	for _, u := range of {
		if said[u] && len(graph[u]) == 0 {
			graph[u] = []theme.Edge{{To: int32(u), Weight: 1}}
		}
		said[u] = true
	}
}

// placed is what [theme.Place] needs. same gives the unit of each piece, and themes
// those of the units. Copies count for one, as in the graph: a word does not become
// common, nor a theme another, because a letter was sent a thousand times.
func (r *reading) placed(piece, same, themes []int) theme.Pieces {
	p := theme.Pieces{Rows: r.rows, Document: piece, Length: r.length, Whole: make([]int, len(same)), Copy: make([]bool, len(same))}
	said, again := make([]bool, len(themes)), false
	for n, u := range same {
		p.Whole[n], p.Copy[n] = themes[u], said[u]
		again = again || said[u]
		said[u] = true
	}
	if !again {
		return p
	}
	var once [][]lexis.Word
	for i, words := range r.words {
		if !p.Copy[piece[i]] {
			once = append(once, words)
		}
	}
	table, words, filled := lexis.NewTable(once, len(r.lexicon.Roots)), 0, 0
	for _, n := range table.Lengths {
		if n > 0 {
			words, filled = words+n, filled+1
		}
	}
	p.Rows = r.table.Weigh(table.IDF(), float64(words)/float64(max(1, filled)))
	return p
}

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
	copyRun   = 2 // words in a row that two of them have in common somewhere
	copyRuns  = 4 // one in so many of a text’s runs at least
)

// distinct returns the units that are no copies of earlier ones, their table, and
// for each unit that which says what it says, by its place among them. A copy is one
// of the first that said so, not of a copy of it: a chain of small changes does not
// join what differs. Where the first has changed much itself, what most of its
// copies say is the letter: those that copy that are put with them.
func distinct(units [][]lexis.Word, roots int) (first [][]lexis.Word, table *lexis.Table, of []int) {
	table = lexis.NewTable(units, roots)
	c := copies{rows: table.Rows, lengths: table.Lengths, of: make([]int, len(units)), equal: make(map[uint64][]int), runs: make(map[uint64]int)}
	for u, words := range units {
		n := c.find(u, words)
		if n < 0 {
			n = len(c.first)
			c.first, c.like = append(c.first, u), append(c.like, nil)
			if len(c.met) > 0 {
				c.like[n] = slices.Clone(c.met)
			}
		}
		c.of[u] = n
	}
	c.gather()
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
	first   []int   // units that are no copies
	like    [][]int // of each of them, earlier ones that it may copy more than was seen, by place
	of      []int   // of each unit, its first, by place

	equal map[uint64][]int // units by a hash of their row, no two with the same
	runs  map[uint64]int   // the first that held each run of words, by place
	mine  []uint64         // the runs of the unit that is read
	met   []int            // the firsts that hold enough of them, by place
}

// find returns the first, by place, that a unit copies; -1: none, and what copies it
// will find it.
func (c *copies) find(u int, words []lexis.Word) int {
	row := c.rows[u]
	c.met = c.met[:0]
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
	for _, run := range c.mine {
		if n, ok := c.runs[run]; ok {
			if hits[n]++; hits[n] == 1 {
				c.met = append(c.met, n)
			}
		}
	}
	c.met = slices.DeleteFunc(c.met, func(n int) bool { return hits[n]*copyRuns < len(c.mine) })
	best, most := -1, 0.
	for _, n := range c.met {
		if share := inCommon(row, c.rows[c.first[n]]); share >= copyShare && share > most {
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

// inCommon is the share of the words of the longer of two rows that the other has.
func inCommon(a, b []lexis.Cell) float64 {
	both, longer := 0, max(count(a), count(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Root < b[0].Root:
			a = a[1:]
		case a[0].Root > b[0].Root:
			b = b[1:]
		default:
			both += int(min(a[0].N, b[0].N))
			a, b = a[1:], b[1:]
		}
	}
	return float64(both) / float64(max(1, longer))
}

func count(row []lexis.Cell) (n int) {
	for _, c := range row {
		n += int(c.N)
	}
	return n
}

// gather puts together the firsts of which what most of their copies say is the
// same, and numbers them anew.
func (c *copies) gather() {
	copied := make([][]int, len(c.first)) // units, where there are several
	for u, n := range c.of {
		copied[n] = append(copied[n], u)
	}
	into, kept, left := make([]int, len(c.first)), make([]int, len(c.first)), 0
	said := make([][]lexis.Cell, len(c.first))
	for n := range into {
		said[n] = c.shared(copied[n])
		best, most := -1, 0.
		for _, m := range c.like[n] {
			m = kept[into[m]]
			if share := inCommon(said[n], said[m]); share >= copyShare && share > most {
				best, most = m, share
			}
		}
		if best >= 0 {
			into[n] = into[best]
			continue
		}
		into[n] = left
		kept[left] = n
		c.first[left] = c.first[n]
		left++
	}
	c.first = c.first[:left]
	for u, n := range c.of {
		c.of[u] = into[n]
	}
}

// shared is the row of the words that more than half of some units hold.
func (c *copies) shared(units []int) []lexis.Cell {
	if len(units) < 3 {
		return c.rows[units[0]]
	}
	holds := make(map[int32]int)
	for _, u := range units {
		for _, cell := range c.rows[u] {
			holds[cell.Root]++
		}
	}
	var out []lexis.Cell
	for root, n := range holds {
		if 2*n > len(units) {
			out = append(out, lexis.Cell{Root: root, N: 1})
		}
	}
	slices.SortFunc(out, func(a, b lexis.Cell) int { return int(a.Root - b.Root) })
	return out
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
	p := theme.Pieces{Rows: r.rows, Document: piece, Paragraph: r.paragraphs(), Length: r.length, Whole: make([]int, len(same)), Copy: make([]bool, len(same))}
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

package analysis

import (
	"math"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
)

// Two texts are copies when they count the same words, whatever their order; or, as
// letters of one petition in which each puts a name or a sentence of their own, when
// they have copyShare of the longer's words in common, copyWords or more, and one in
// copyShingles of their shingles: words that follow each other (Broder, « On the
// resemblance and containment of documents », 1997).
const (
	copyShare    = .7
	copyWords    = 6
	copyShingles = 4
)

// copiesLeast is how many copies make a letter: fewer are texts like others. Eight
// would take a quarter of the [theme.Smooth] places among each other's neighbours;
// two hundred take all of them.
const copiesLeast = 8

// copiesSampled is how many texts make one shingle in four enough to know copies by
// (Broder's sketches).
const copiesSampled = 2_000

// A folding is units of which the copies of one letter make one.
type folding struct {
	units  [][]lexis.Word
	table  *lexis.Table // of units
	of     []int        // the unit of each text
	copies []int        // texts of each unit
}

// fold makes one unit of the copies of each letter. Units are numbered by the order
// of their first text.
func fold(texts [][]lexis.Word, roots int) folding {
	f := folding{table: lexis.NewTable(texts, roots), of: make([]int, len(texts))}
	letter, letters := sayings(texts, f.table)
	count, unit := make([]int, letters), make([]int, letters)
	for _, n := range letter {
		count[n]++
		unit[n] = -1
	}
	for t, n := range letter {
		u := unit[n]
		if u < 0 || count[n] < copiesLeast {
			u = len(f.units)
			f.units, f.copies = append(f.units, texts[t]), append(f.copies, 0)
			unit[n] = u
		}
		f.of[t] = u
		f.copies[u]++
	}
	if len(f.units) < len(texts) {
		f.table = lexis.NewTable(f.units, roots)
	}
	return f
}

// arrange numbers the units by the places that order gives them; nil: as they are.
// The table is no more theirs.
func (f *folding) arrange(order []int32) {
	if order == nil {
		return
	}
	units, copies, place := make([][]lexis.Word, len(order)), make([]int, len(order)), make([]int, len(order))
	for at, u := range order {
		units[at], copies[at], place[u] = f.units[u], f.copies[u], at
	}
	for t, u := range f.of {
		f.of[t] = place[u]
	}
	f.units, f.copies, f.table = units, copies, nil
}

// sayings numbers what texts say, by the first that said it; table has their words. A
// copy is one of the first that said so, not of a copy of it: a chain of small changes
// does not join what differs. Where the first has changed much itself, what most of
// its copies say is the letter: those that copy that are put with them.
func sayings(texts [][]lexis.Word, table *lexis.Table) (letter []int, count int) {
	f := folder{rows: table.Rows, lengths: table.Lengths, of: make([]int, len(texts)), equal: make(map[uint64]int32, len(texts)), holders: make(map[uint64][2]int32), one: 1}
	if len(texts) > copiesSampled {
		f.one = 4
	}
	for t, words := range texts {
		n := f.find(t, words)
		if n < 0 {
			n = len(f.first)
			f.first, f.like, f.shared = append(f.first, t), append(f.like, slices.Clone(f.met)), append(f.shared, 0)
		}
		f.of[t] = n
	}
	return f.of, f.gather()
}

// A folder is what was read so far.
type folder struct {
	rows    [][]lexis.Cell
	lengths []int
	first   []int     // texts that are no copies
	like    [][]int32 // of each of them, earlier ones that it may copy more than was seen, by place
	of      []int     // of each text, its first, by place

	equal   map[uint64]int32    // a text by a hash of its row
	holders map[uint64][2]int32 // the first and the last first that held each shingle, one more than their places; 0: none
	mine    []uint64            // the shingles of the text that is read
	one     uint64              // in so many is looked at
	shared  []int32             // of each first, how many of mine it holds; zeros between texts
	met     []int32             // the firsts that hold enough of them, by place
}

// find returns the first, by place, that a text copies; -1: none, and what copies it
// will find it.
func (f *folder) find(t int, words []lexis.Word) int {
	row := f.rows[t]
	f.met = f.met[:0]
	if len(row) == 0 {
		return -1 // says nothing
	}
	hash := uint64(0)
	for _, cell := range row {
		hash = mixed(hash, uint64(cell.Root)<<32|uint64(cell.N))
	}
	if same, ok := f.equal[hash]; !ok {
		f.equal[hash] = int32(t)
	} else if slices.Equal(row, f.rows[same]) {
		return f.of[same]
	}
	if f.lengths[t] < copyWords {
		return -1
	}
	f.mine = appendShingles(f.mine[:0], words, f.one)
	f.meet()
	best, most := -1, 0.
	for _, n := range f.met {
		if share := inCommon(row, f.rows[f.first[n]]); share >= copyShare && share > most {
			best, most = int(n), share
		}
	}
	if best < 0 {
		n := int32(len(f.first)) + 1
		for _, s := range f.mine {
			held := f.holders[s]
			if held[0] == 0 {
				held[0] = n
			}
			held[1] = n
			f.holders[s] = held
		}
	}
	return best
}

// meet finds the firsts that hold enough of the shingles that are mine.
func (f *folder) meet() {
	for _, s := range f.mine {
		held := f.holders[s]
		for i, n := range held {
			if n == 0 || i > 0 && n == held[0] {
				continue
			}
			if f.shared[n-1]++; f.shared[n-1] == 1 {
				f.met = append(f.met, n-1)
			}
		}
	}
	enough := f.met[:0]
	for _, n := range f.met {
		if int(f.shared[n])*copyShingles >= len(f.mine) {
			enough = append(enough, n)
		}
		f.shared[n] = 0
	}
	f.met = enough
}

// appendShingles appends one in so many of the pairs of counted words that follow each
// other, the same ones in each text.
func appendShingles(out []uint64, words []lexis.Word, one uint64) []uint64 {
	last := int32(-1)
	for _, w := range words {
		if w.Root < 0 {
			continue
		}
		if pair := uint64(last)<<32 | uint64(w.Root); last >= 0 && (one == 1 || mixed(0, pair)%one == 0) {
			out = append(out, pair)
		}
		last = w.Root
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
// same, numbers them anew, and returns how many are left.
func (f *folder) gather() int {
	copies := make([][]int, len(f.first)) // texts
	for t, n := range f.of {
		copies[n] = append(copies[n], t)
	}
	into, kept := make([]int, len(f.first)), []int(nil)
	said := make([][]lexis.Cell, len(f.first))
	for n := range into {
		said[n] = f.said(copies[n])
		best, most := -1, 0.
		for _, m := range f.like[n] {
			m := kept[into[m]]
			if share := inCommon(said[n], said[m]); share >= copyShare && share > most {
				best, most = m, share
			}
		}
		if best >= 0 {
			into[n] = into[best]
			continue
		}
		into[n] = len(kept)
		kept = append(kept, n)
	}
	for t, n := range f.of {
		f.of[t] = into[n]
	}
	return len(kept)
}

// said is the row of the words that more than half of some texts hold; of one or two
// texts, the first's.
func (f *folder) said(texts []int) []lexis.Cell {
	if len(texts) < 3 {
		return f.rows[texts[0]]
	}
	holds := make(map[int32]int)
	for _, t := range texts {
		for _, cell := range f.rows[t] {
			holds[cell.Root]++
		}
	}
	var out []lexis.Cell
	for root, n := range holds {
		if 2*n > len(texts) {
			out = append(out, lexis.Cell{Root: root, N: 1})
		}
	}
	slices.SortFunc(out, func(a, b lexis.Cell) int { return int(a.Root - b.Root) })
	return out
}

// more is for how many texts copies count beside one of each, when a number of themes
// is suggested: four hundred letters tell of more than one, and of less than four
// hundred texts. They count for their square root.
func (f folding) more() int {
	sum := 0.
	for _, n := range f.copies {
		sum += math.Sqrt(float64(n)) - 1
	}
	return int(sum)
}

// letters is how many units stand for copies: each is a theme of its own where there
// is nothing else.
func (f folding) letters() (n int) {
	for _, copies := range f.copies {
		if copies >= copiesLeast {
			n++
		}
	}
	return n
}

// placed is what [theme.Place] needs: the texts of the segments, and the themes of
// the units. Copies count for one, as in the graph: a word does not become common,
// nor a theme another, because a letter was sent a thousand times.
func (r *reading) placed(text []int, f folding, themes []int) theme.Pieces {
	p := theme.Pieces{Rows: r.rows, Document: text, Paragraph: r.paragraphs(), Length: r.length, Whole: make([]int, len(f.of)), Copy: make([]bool, len(f.of))}
	said := make([]bool, len(f.units))
	for t, u := range f.of {
		p.Whole[t], p.Copy[t] = themes[u], said[u]
		said[u] = true
	}
	if len(f.units) == len(f.of) {
		return p
	}
	var once [][]lexis.Word
	for i, words := range r.words {
		if !p.Copy[text[i]] {
			once = append(once, words)
		}
	}
	table := lexis.NewTable(once, len(r.lexicon.Roots))
	p.Rows = lexis.NewTable(r.words, len(r.lexicon.Roots)).Weigh(table.IDF(), table.Mean())
	return p
}

package theme

import (
	"cmp"
	"context"
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// A laid view is a fused one whose units stand cell by cell.
type laid struct {
	shared *Lexical
	brief  *Static // of near words, in fewer dimensions
	weight float32 // of it, beside 1
	of     [][wideCells]int32
	start  []int32 // of each cell, and the end of the last: the first units stand in them
}

func (f *fused) lay(ctx context.Context, sample []int32) (finder, []int32, error) {
	brief, err := f.static.brief(ctx, briefly)
	if err != nil {
		return nil, nil, err
	}
	first, found, late := brief.n, brief, make([]bool, brief.n)
	if sample != nil {
		first, found = len(sample), brief.ordered(sample)
		for i := range late {
			late[i] = true
		}
		for _, i := range sample {
			late[i] = false
		}
	}
	of, cells, err := brief.divide(ctx, found)
	if err != nil {
		return nil, nil, err
	}
	order, size := make([]int32, len(of)), 0
	for i, row := range f.shared.rows {
		order[i] = int32(i)
		size += len(row)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if late[a] != late[b] {
			if late[b] {
				return -1
			}
			return 1
		}
		return cmp.Or(slices.Compare(of[a][:], of[b][:]), cmp.Compare(a, b))
	})
	l := &laid{brief: brief.ordered(order), weight: f.weight, of: make([][wideCells]int32, len(of)), start: make([]int32, cells+1)}
	rows := make([]lexis.Vector, len(order))
	words := make(lexis.Vector, 0, size) // of all, side by side
	for at, i := range order {
		from := len(words)
		words = append(words, f.shared.rows[i]...)
		l.of[at], rows[at] = of[i], words[from:len(words):len(words)]
		if k := of[i][0]; at < first && k < int32(cells) {
			l.start[k+1]++
		}
	}
	for k := range cells {
		l.start[k+1] += l.start[k]
	}
	l.shared = NewLexical(rows[:first], len(f.shared.postings))
	l.shared.rows = rows
	return l.near, order, nil
}

// ordered is the view of some units, in another order.
func (v *Static) ordered(order []int32) *Static {
	out := &Static{n: len(order), dim: v.dim, rows: make([]float32, len(order)*v.dim)}
	for at, i := range order {
		copy(out.row(at), v.row(int(i)))
	}
	return out
}

// near looks at those that share most of the words of i and at those of its cells,
// likens them by the rarest words that they share and by near words, and those that
// are most alike by all words that they share. What only joins the themes of a sample
// looks at fewer: it needs most of its links to be right, not each.
func (l *laid) near() func(i int, to *best) {
	row, rare, rarest := newSparse[float32](l.brief.n), l.shared.rare(widePostings), l.shared.rare(joinPostings)
	seen := make([]int32, l.brief.n)               // one more than the unit for which each was looked at
	own := make([]float32, len(l.shared.postings)) // the words of i
	sharing, alike := best{kept: make([]Edge, 0, likelyOf)}, best{kept: make([]Edge, 0, likelyOf)}
	total := float64(1 + l.weight)
	return func(i int, to *best) {
		words, brief := l.shared.rows[i], l.brief.row(i)
		k, cells, rare := likelyOf, wideCells, rare
		if i >= l.shared.first {
			k, cells, rare = likelyJoin, 1, rarest
		}
		sharing, alike = best{k: k, kept: sharing.kept[:0]}, best{k: k, kept: alike.kept[:0]}
		seen[i] = int32(i) + 1
		look := func(j int32) {
			if seen[j] != int32(i)+1 {
				seen[j] = int32(i) + 1
				alike.offer(Edge{j, float64(row.value[j] + float32(l.weight*dot(brief, l.brief.row(int(j)))))})
			}
		}
		rare(row, i, l.place(i, 0))
		for _, j := range row.touched {
			sharing.offer(Edge{j, float64(row.value[j])})
		}
		for _, e := range sharing.kept {
			look(e.To)
		}
		l.around(i, cells, look)
		row.clear()
		for _, w := range words {
			own[w.Root] = w.Value
		}
		for _, e := range alike.kept {
			common := 0.
			for _, w := range l.shared.rows[e.To] {
				common += float64(float64(own[w.Root]) * float64(w.Value))
			}
			like := float64(dot(brief, l.brief.row(int(e.To))))
			to.offer(Edge{e.To, (common + float64(float64(l.weight)*like)) / total})
		}
		for _, w := range words {
			own[w.Root] = 0
		}
	}
}

// around yields the units of so many cells nearest to unit i: of each cell, those that
// stand where i does or would stand, among which are those that it shares both with.
func (l *laid) around(i, cells int, yield func(j int32)) {
	for n, k := range l.of[i][:cells] {
		if int(k) >= len(l.start)-1 {
			break
		}
		from, until := int(l.start[k]), int(l.start[k+1])
		if until-from > wideCell {
			from = max(from, min(l.place(i, n)-wideCell/2, until-wideCell))
			until = from + wideCell
		}
		for j := from; j < until; j++ {
			yield(int32(j))
		}
	}
}

// place returns where unit i stands, or would stand, in its nth cell.
func (l *laid) place(i, n int) int {
	k, other := l.of[i][n], l.of[i][0]
	if n == 0 {
		if i < l.shared.first {
			return i
		}
		other = l.of[i][1]
	}
	if int(k) >= len(l.start)-1 {
		return 0
	}
	from, until := int(l.start[k]), int(l.start[k+1])
	at, _ := slices.BinarySearchFunc(l.of[from:until], other, func(of [wideCells]int32, cell int32) int { return cmp.Compare(of[1], cell) })
	return from + at
}

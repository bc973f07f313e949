package theme

import "context"

// merge puts communities together, in place, until n are left; units at -1 stay
// out. Each time the two join of which the smaller leads the greatest share of
// its links to the other: what hardly stands by itself goes first, and goes where
// it leans; before all others, the communities of fewer than least texts. Those
// of them that nothing links to the rest do not count among the n; they end up
// together in the smallest theme. Themes are numbered by the order of their first
// unit; copies gives how many texts each unit stands for.
func merge(ctx context.Context, g Graph, member, copies []int, n int, least float64) error {
	count := number(member)
	m := newMerger(g, member, copies, count)
	left, stray := 0, []int(nil)
	for c := range count {
		if len(m.toward[c]) == 0 && float64(m.size[c]) < least && len(stray) < count-n {
			stray = append(stray, c)
			m.size[c] = 0
		} else {
			left++
		}
	}
	for ; left > n; left-- {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		a, b := m.closest(least)
		m.join(a, b)
	}
	for _, c := range stray {
		m.into[c] = m.smallest()
	}
	for i, c := range member {
		if c >= 0 {
			member[i] = m.root(c)
		}
	}
	number(member)
	return nil
}

// number gives the communities of member numbers from 0, in the order of their
// first unit, in place, and returns how many there are. -1 stays.
func number(member []int) int {
	names := make(map[int]int)
	for i, c := range member {
		if c < 0 {
			continue
		}
		name, ok := names[c]
		if !ok {
			name = len(names)
			names[c] = name
		}
		member[i] = name
	}
	return len(names)
}

// A merger holds what links the communities that are left.
type merger struct {
	toward []map[int]float64 // weight from each community toward others
	mass   []float64         // weight of all links of its units
	size   []int             // texts; 0: gone
	into   []int             // where it went; itself while it is left
	best   []int             // the one it would rather join; -1: linked to none
	share  []float64         // and how much
}

func newMerger(g Graph, member, copies []int, count int) *merger {
	m := &merger{make([]map[int]float64, count), make([]float64, count), make([]int, count), make([]int, count), make([]int, count), make([]float64, count)}
	for c := range count {
		m.toward[c], m.into[c] = make(map[int]float64), c
	}
	for i, c := range member {
		if c < 0 {
			continue
		}
		m.size[c] += copies[i]
		for _, e := range g[i] {
			m.mass[c] += e.Weight
			if int(e.To) == i {
				m.mass[c] += e.Weight
			}
			if d := member[e.To]; d >= 0 && d != c {
				m.toward[c][d] += e.Weight
			}
		}
	}
	for c := range count {
		m.look(c)
	}
	return m
}

// look finds the community that c would rather join.
func (m *merger) look(c int) {
	m.best[c], m.share[c] = -1, 0
	for d, w := range m.toward[c] {
		share := w / min(m.mass[c], m.mass[d])
		if m.best[c] < 0 || share > m.share[c] || share == m.share[c] && d < m.best[c] {
			m.best[c], m.share[c] = d, share
		}
	}
}

// fewTexts is how few texts make no theme by themselves, unless so many themes are
// asked for.
const fewTexts = 3

// closest returns the two to join next: where no link is left, the two smallest.
func (m *merger) closest(least float64) (a, b int) {
	a = -1
	small := func(c int) bool { return float64(m.size[c]) < min(least, max(fewTexts, least/fewTexts)) }
	for c, size := range m.size {
		if size == 0 || m.best[c] < 0 {
			continue
		}
		if a < 0 || small(c) && !small(a) || small(c) == small(a) && m.share[c] > m.share[a] {
			a = c
		}
	}
	if a >= 0 {
		return a, m.best[a]
	}
	a = m.smallest()
	size := m.size[a]
	m.size[a] = 0
	b = m.smallest()
	m.size[a] = size
	return a, b
}

func (m *merger) smallest() int {
	at := -1
	for c, size := range m.size {
		if size > 0 && (at < 0 || size < m.size[at]) {
			at = c
		}
	}
	return at
}

// join puts a into b.
func (m *merger) join(a, b int) {
	for d, w := range m.toward[a] {
		delete(m.toward[d], a)
		if d != b {
			m.toward[b][d] += w
			m.toward[d][b] += w
		}
	}
	m.mass[b] += m.mass[a]
	m.size[b] += m.size[a]
	m.size[a], m.toward[a], m.into[a] = 0, nil, b
	m.look(b)
	for d, w := range m.toward[b] {
		m.turn(d, a, b, w/min(m.mass[d], m.mass[b]))
	}
}

// turn finds the community that d would rather join now that a has gone into b,
// with which d shares so much: no other's share has changed. Looking at all of
// them again would take nearly all the time of [merge] where communities are many.
func (m *merger) turn(d, a, b int, share float64) {
	switch best := m.best[d]; {
	case best < 0 || share > m.share[d], best == a && b < a && share == m.share[d]:
		m.best[d], m.share[d] = b, share
	case best == a || best == b && share < m.share[d]:
		m.look(d)
	case share == m.share[d] && b < best:
		m.best[d] = b
	}
}

func (m *merger) root(c int) int {
	for m.into[c] != c {
		c = m.into[c]
	}
	return c
}

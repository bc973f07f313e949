package theme

import "context"

// manyThemes is where average linkage begins to give fairer sizes than letting
// the smallest community go.
const manyThemes = 10

// merge puts communities together, in place, until n are left; units at -1 stay
// out. First the stray ones, then the smallest (up to ten themes) or the two most
// alike (above), each with the community to which its mean similarity is highest.
// Themes are numbered by the order of their first unit.
func merge(ctx context.Context, g Graph, member []int, n, active int) error {
	names := make(map[int]int)
	for i, c := range member {
		if c < 0 {
			continue
		}
		if _, ok := names[c]; !ok {
			names[c] = len(names)
		}
		member[i] = names[c]
	}
	count := len(names)
	sizes := make([]int, count)
	for _, c := range member {
		if c >= 0 {
			sizes[c]++
		}
	}
	// sums[a][b]: weights of the edges between the units of a and those of b, summed.
	// Against the similarities of all pairs this costs nothing and groups better:
	// what is faint is noise.
	sums := make([][]float64, count)
	for c := range sums {
		sums[c] = make([]float64, count)
	}
	if count > n {
		for i, c := range member {
			if c < 0 {
				continue
			}
			for _, e := range g[i] {
				if d := member[e.To]; d >= 0 {
					sums[c][d] += e.Weight
				}
			}
		}
	}
	into := make([]int, count)
	for c := range into {
		into[c] = c
	}
	mean := func(a, b int) float64 { return sums[a][b] / float64(sizes[a]*sizes[b]) }
	nearest := func(a int) (best int) {
		best = -1
		for b := range sizes {
			if b != a && sizes[b] > 0 && (best < 0 || mean(a, b) > mean(a, best)) {
				best = b
			}
		}
		return best
	}
	for left := count; left > n; left-- {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		a := -1
		for c, size := range sizes {
			if size > 0 && (a < 0 || size < sizes[a]) {
				a = c
			}
		}
		b := nearest(a)
		if n > manyThemes && 4*n*sizes[a] >= active {
			for c, size := range sizes {
				if size > 0 {
					if d := nearest(c); mean(c, d) > mean(a, b) {
						a, b = c, d
					}
				}
			}
		}
		for c := range sizes {
			sums[b][c] += sums[a][c]
		}
		for c := range sizes {
			sums[c][b] += sums[c][a]
		}
		sizes[b] += sizes[a]
		sizes[a] = 0
		for c := range into {
			if into[c] == a {
				into[c] = b
			}
		}
	}
	for i, c := range member {
		if c >= 0 {
			member[i] = into[c]
		}
	}
	clear(names)
	for i, c := range member {
		if c < 0 {
			continue
		}
		if _, ok := names[c]; !ok {
			names[c] = len(names)
		}
		member[i] = names[c]
	}
	return nil
}

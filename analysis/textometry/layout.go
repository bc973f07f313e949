package textometry

import "math"

// A Place is where a node is drawn, both in 0…1.
type Place struct{ X, Y float64 }

// Layout places the nodes: edges pull, nodes push each other away (T. M. J.
// Fruchterman and E. M. Reingold, « Graph Drawing by Force-directed Placement »,
// Software: Practice and Experience 21, 1991), in 300 steps from a spiral in the
// order of nodes, never at random. A weak pull to the middle holds the pieces of
// a graph together. Time grows with the square of the nodes.
func (g *Graph) Layout() []Place {
	const steps, golden = 300, 2.399963229728653
	n := len(g.Nodes)
	at := make([]Place, n)
	for i := range at {
		r := math.Sqrt((float64(i) + .5) / float64(n))
		at[i] = Place{r * math.Cos(golden*float64(i)), r * math.Sin(golden*float64(i))}
	}
	k := 1 / math.Sqrt(float64(max(n, 1)))
	heaviest := 0.
	for _, e := range g.Edges {
		heaviest = max(heaviest, e.Weight)
	}
	move := make([]Place, n)
	push := func(i, j int, force float64, dx, dy, d float64) {
		move[i].X += dx / d * force
		move[i].Y += dy / d * force
		move[j].X -= dx / d * force
		move[j].Y -= dy / d * force
	}
	apart := func(i, j int) (dx, dy, d float64) {
		dx, dy = at[i].X-at[j].X, at[i].Y-at[j].Y
		return dx, dy, max(math.Hypot(dx, dy), 1e-6)
	}
	for step := range steps {
		clear(move)
		for i := range n {
			for j := range i {
				dx, dy, d := apart(i, j)
				push(i, j, k*k/d, dx, dy, d)
			}
			move[i].X -= at[i].X * k
			move[i].Y -= at[i].Y * k
		}
		for _, e := range g.Edges {
			dx, dy, d := apart(e.A, e.B)
			push(e.A, e.B, -d*d/k*(.5+.5*e.Weight/heaviest), dx, dy, d)
		}
		heat := .2 * (1 - float64(step)/steps)
		for i, m := range move {
			d := max(math.Hypot(m.X, m.Y), 1e-9)
			at[i].X += m.X / d * min(d, heat)
			at[i].Y += m.Y / d * min(d, heat)
		}
	}
	fit(at)
	return at
}

// fit brings places to the unit square, without stretching.
func fit(at []Place) {
	if len(at) == 0 {
		return
	}
	low, high := at[0], at[0]
	for _, p := range at {
		low = Place{min(low.X, p.X), min(low.Y, p.Y)}
		high = Place{max(high.X, p.X), max(high.Y, p.Y)}
	}
	side := max(high.X-low.X, high.Y-low.Y, 1e-9)
	for i, p := range at {
		at[i] = Place{.5 + (p.X-(low.X+high.X)/2)/side, .5 + (p.Y-(low.Y+high.Y)/2)/side}
	}
}

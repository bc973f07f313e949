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
	const steps = 300
	const cos, sin = -0.7373688780783197, 0.6754902942615238 // of the golden angle
	n := len(g.Nodes)
	at := make([]Place, n)
	turned := Place{1, 0}
	for i := range at {
		r := math.Sqrt((float64(i) + .5) / float64(n))
		at[i] = Place{r * turned.X, r * turned.Y}
		turned = Place{float64(turned.X*cos) - float64(turned.Y*sin), float64(turned.X*sin) + float64(turned.Y*cos)}
	}
	k := 1 / math.Sqrt(float64(max(n, 1)))
	heaviest := 0.
	for _, e := range g.Edges {
		heaviest = max(heaviest, e.Weight)
	}
	move := make([]Place, n)
	push := func(i, j int, force float64, dx, dy, d float64) {
		fx, fy := float64(dx/d*force), float64(dy/d*force)
		move[i].X += fx
		move[i].Y += fy
		move[j].X -= fx
		move[j].Y -= fy
	}
	apart := func(i, j int) (dx, dy, d float64) {
		dx, dy = at[i].X-at[j].X, at[i].Y-at[j].Y
		return dx, dy, max(length(dx, dy), 1e-6)
	}
	for step := range steps {
		clear(move)
		for i := range n {
			for j := range i {
				dx, dy, d := apart(i, j)
				push(i, j, k*k/d, dx, dy, d)
			}
			move[i].X -= float64(at[i].X * k)
			move[i].Y -= float64(at[i].Y * k)
		}
		for _, e := range g.Edges {
			dx, dy, d := apart(e.A, e.B)
			push(e.A, e.B, -d*d/k*(.5+float64(.5*e.Weight/heaviest)), dx, dy, d)
		}
		heat := .2 * float64(1-float64(step)/steps)
		for i, m := range move {
			d := max(length(m.X, m.Y), 1e-9)
			at[i].X += float64(m.X / d * min(d, heat))
			at[i].Y += float64(m.Y / d * min(d, heat))
		}
	}
	fit(at)
	return at
}

// length is that of a vector. Products are rounded before they are added, here and
// above, so that all kinds of processor place alike (math.Hypot does not).
func length(x, y float64) float64 { return math.Sqrt(float64(x*x) + float64(y*y)) }

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
		at[i] = Place{.5 + (p.X-float64((low.X+high.X)/2))/side, .5 + (p.Y-float64((low.Y+high.Y)/2))/side}
	}
}

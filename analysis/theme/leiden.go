package theme

import (
	"context"
	"math"
	"math/rand/v2"
)

// Leiden finds communities of high modularity: Traag, Waltman and van Eck,
// « From Louvain to Leiden: guaranteeing well-connected communities »,
// Scientific Reports 9, 5233 (2019), algorithm A.2, with the resolution of
// Reichardt and Bornholdt. It returns each unit's community, numbered from 0 in
// the order of their first unit, and how many there are. It stops early, with the
// best it has, when ctx ends.
func Leiden(ctx context.Context, g Graph, resolution float64, seed uint64) ([]int, int) {
	return new(level).leiden(ctx, g, resolution, seed)
}

// leiden is [Leiden] in the memory of an earlier call.
func (l *level) leiden(ctx context.Context, g Graph, resolution float64, seed uint64) ([]int, int) {
	rng := rand.New(rand.NewPCG(seed, 0x6c656964656e)) // « leiden »
	own := make([]int, len(g))                         // unit → node of the current graph
	for i := range own {
		own[i] = i
	}
	l.member = resized(l.member, len(g))
	for v := range l.member {
		l.member[v] = int32(v)
	}
	for depth := range deepest {
		l.begin(g, resolution)
		moved := l.move(ctx, rng)
		if l.count() == len(g) || ctx.Err() != nil {
			break
		}
		n := len(g)
		if moved || depth == 0 {
			n = l.renumber(l.refine(rng))
		}
		if n == len(g) { // nothing moved or was put together: aggregate by community
			l.part = append(l.part[:0], l.member...)
			n = l.renumber(l.part)
		}
		for i, v := range own {
			own[i] = int(l.part[v])
		}
		g = l.aggregate(n)
		coarse := l.order[:n] // the community of each new node
		for v, p := range l.part {
			coarse[p] = l.member[v]
		}
		l.member = append(l.member[:0], coarse...)
		l.renumber(l.member)
	}
	for i, v := range own {
		own[i] = int(l.member[v])
	}
	return renumber(own)
}

// deepest bounds the levels of aggregation; a few are enough.
const deepest = 20

// renumber gives communities consecutive numbers in the order of their first
// member, in place.
func renumber(member []int) ([]int, int) {
	highest := 0
	for _, c := range member {
		highest = max(highest, c)
	}
	names := make([]int, highest+1)
	n := 0
	for i, c := range member {
		if names[c] == 0 {
			n++
			names[c] = n
		}
		member[i] = names[c] - 1
	}
	return member, n
}

// A level is one graph of the hierarchy and its partition, and the memory that it
// leaves to the next, which is smaller.
type level struct {
	g        Graph
	strength []float64 // of each node
	total    float64   // of all nodes
	gamma    float64
	member   []int32   // community of each node
	mass     []float64 // strength of each community
	size     []int32   // nodes of each community
	toward   []float64 // scratch, zeros: weight from one node toward each community
	touched  []int32   // those of them that are not zero

	order, names []int32
	waiting      []bool
	free         []int32 // communities that are empty

	part     []int32 // of each node, in the refinement
	partMass []float64
	partSize []int32
	outer    []float64 // weight from each part to the rest of its community
	options  []int32
	chances  []float64

	coarse [2][]Edge // edges of the levels below, in turn
}

// resized is a slice of n elements, in the memory of s where that is enough; what
// they hold is not said.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// zeros is [resized], cleared.
func zeros[T any](s []T, n int) []T {
	s = resized(s, n)
	clear(s)
	return s
}

// begin takes a graph, of which member gives the communities.
func (l *level) begin(g Graph, gamma float64) {
	n := len(g)
	l.g, l.gamma, l.total = g, gamma, 0
	l.strength, l.mass, l.toward = resized(l.strength, n), zeros(l.mass, n+1), zeros(l.toward, n+1)
	l.size, l.order, l.names = zeros(l.size, n+1), resized(l.order, n), resized(l.names, n+1)
	for v, edges := range g {
		strength := 0.
		for _, e := range edges {
			strength += e.Weight
			if int(e.To) == v {
				strength += e.Weight
			}
		}
		l.strength[v] = strength
		l.total += strength
		l.mass[l.member[v]] += strength
		l.size[l.member[v]]++
	}
}

func (l *level) count() int {
	n := 0
	for _, size := range l.size {
		if size > 0 {
			n++
		}
	}
	return n
}

// renumber is the function, for numbers below those of nodes.
func (l *level) renumber(member []int32) int {
	clear(l.names)
	n := int32(0)
	for i, c := range member {
		if l.names[c] == 0 {
			n++
			l.names[c] = n
		}
		member[i] = l.names[c] - 1
	}
	return int(n)
}

// shuffled returns the nodes in an order of chance.
func (l *level) shuffled(rng *rand.Rand) []int32 {
	order := l.order
	for v := range order {
		order[v] = int32(v)
	}
	rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return order
}

// move is MoveNodesFast: nodes wait in a queue, and come back to it when a
// neighbour leaves for another community. It says whether any did.
func (l *level) move(ctx context.Context, rng *rand.Rand) (moved bool) {
	n := len(l.g)
	queue := l.shuffled(rng) // a ring: no node waits twice
	first, length := 0, n
	l.waiting = resized(l.waiting, n)
	for v := range l.waiting {
		l.waiting[v] = true
	}
	l.free = l.free[:0]
	for c, size := range l.size {
		if size == 0 {
			l.free = append(l.free, int32(c))
		}
	}
	for steps := 0; length > 0; steps++ {
		if steps&1023 == 0 && ctx.Err() != nil {
			return moved
		}
		v := queue[first]
		if first++; first == n {
			first = 0
		}
		length--
		l.waiting[v] = false
		from := l.member[v]
		best := l.better(v)
		if best == from {
			continue
		}
		moved = true
		l.mass[from] -= l.strength[v]
		l.size[from]--
		if l.size[from] == 0 {
			l.mass[from] = 0
			l.free = append(l.free, from)
		}
		l.mass[best] += l.strength[v]
		l.size[best]++
		l.member[v] = best
		for _, e := range l.g[v] {
			if u := e.To; !l.waiting[u] && l.member[u] != best {
				l.waiting[u] = true
				at := first + length
				if at >= n {
					at -= n
				}
				queue[at] = u
				length++
			}
		}
	}
	return moved
}

// better returns the community that node v would rather be in.
func (l *level) better(v int32) int32 {
	from := l.member[v]
	member, toward, touched := l.member, l.toward, l.touched[:0]
	for _, e := range l.g[v] {
		if e.To == v {
			continue
		}
		c := member[e.To]
		if toward[c] == 0 {
			touched = append(touched, c)
		}
		toward[c] += e.Weight
	}
	cost := 0.
	if l.total > 0 {
		cost = l.gamma * l.strength[v] / l.total
	}
	best, gain := from, toward[from]-cost*(l.mass[from]-l.strength[v])
	for _, c := range touched {
		if c == from {
			continue
		}
		if d := toward[c] - cost*l.mass[c]; d > gain+1e-12 {
			best, gain = c, d
		}
	}
	if gain < -1e-12 && l.size[from] > 1 && len(l.free) > 0 {
		best = l.free[len(l.free)-1]
		l.free = l.free[:len(l.free)-1]
	}
	for _, c := range touched {
		toward[c] = 0
	}
	l.touched = touched
	return best
}

// moved returns communities of a graph once its units have moved to those that they
// would rather be in.
func (l *level) moved(ctx context.Context, g Graph, member []int, resolution float64, seed uint64) []int {
	l.member = resized(l.member, len(g))
	for v, c := range member {
		l.member[v] = int32(c)
	}
	l.begin(g, resolution)
	l.move(ctx, rand.New(rand.NewPCG(seed, 0x6d6f766564))) // « moved »
	out := make([]int, len(g))
	for v, c := range l.member {
		out[v] = int(c)
	}
	out, _ = renumber(out)
	return out
}

// theta is the randomness of the refinement (the paper's θ), and never how many of
// it below the best leave no chance.
const (
	theta = 0.01
	never = 40
)

// refine splits each community into well-connected parts: every node starts
// alone and joins, at random among those that lower nothing, a part of its own
// community that is well connected to the rest of it.
func (l *level) refine(rng *rand.Rand) []int32 {
	n := len(l.g)
	l.part, l.partMass, l.partSize, l.outer = resized(l.part, n), resized(l.partMass, n), resized(l.partSize, n), resized(l.outer, n)
	part, mass, size, outer, member, toward := l.part, l.partMass, l.partSize, l.outer, l.member, l.toward
	for v, edges := range l.g {
		part[v], mass[v], size[v] = int32(v), l.strength[v], 1
		sum := 0.
		for _, e := range edges {
			if int(e.To) != v && member[e.To] == member[v] {
				sum += e.Weight
			}
		}
		outer[v] = sum
	}
	linked := func(weight, mass float64, community int32) bool {
		return weight >= l.gamma*mass*(l.mass[community]-mass)/l.total-1e-12
	}
	for _, v := range l.shuffled(rng) {
		community := member[v]
		if size[part[v]] != 1 || l.total == 0 || !linked(outer[v], l.strength[v], community) {
			continue
		}
		touched := l.touched[:0]
		for _, e := range l.g[v] {
			if e.To == v || member[e.To] != community {
				continue
			}
			p := part[e.To]
			if toward[p] == 0 {
				touched = append(touched, p)
			}
			toward[p] += e.Weight
		}
		options, chances := append(l.options[:0], v), append(l.chances[:0], 0)
		highest := 0.
		for _, p := range touched {
			gain := toward[p] - l.gamma*l.strength[v]*mass[p]/l.total
			if gain >= 0 && linked(outer[p], mass[p], community) {
				options, chances = append(options, p), append(chances, gain)
				highest = max(highest, gain)
			}
		}
		sum := 0.
		for i, gain := range chances {
			if chances[i] = 0; gain > highest-never*theta {
				chances[i] = math.Exp((gain - highest) / theta)
				sum += chances[i]
			}
		}
		draw := rng.Float64() * sum
		choice := options[len(options)-1]
		for i, chance := range chances {
			if draw < chance {
				choice = options[i]
				break
			}
			draw -= chance
		}
		if choice != v {
			outer[choice] += outer[v] - 2*toward[choice]
			mass[choice] += l.strength[v]
			size[choice]++
			mass[v], size[v], outer[v] = 0, 0, 0
			part[v] = choice
		}
		for _, p := range touched {
			toward[p] = 0
		}
		l.touched, l.options, l.chances = touched, options, chances
	}
	return part
}

// contracted makes one node of each of n communities.
func (l *level) contracted(g Graph, member []int, n int) Graph {
	l.part, l.member = resized(l.part, len(g)), resized(l.member, len(g))
	for v, c := range member {
		l.part[v], l.member[v] = int32(c), int32(c)
	}
	l.begin(g, 1)
	return l.aggregate(n)
}

// aggregate makes one node of each of n parts.
func (l *level) aggregate(n int) Graph {
	// The nodes of each part, in their order.
	end, nodes := l.names[:n+1], l.order
	clear(end)
	for _, p := range l.part {
		end[p+1]++
	}
	for p := range n {
		end[p+1] += end[p]
	}
	for v, p := range l.part {
		nodes[end[p]] = int32(v)
		end[p]++
	}
	out, edges := make(Graph, n), l.coarse[0][:0]
	ends := make([]int, n)
	weight, from := l.toward, int32(0)
	for p := range int32(n) {
		touched := l.touched[:0]
		for _, v := range nodes[from:end[p]] {
			for _, e := range l.g[v] {
				to := l.part[e.To]
				w := e.Weight
				if to == p && e.To != v {
					w /= 2 // seen from both ends
				}
				if weight[to] == 0 {
					touched = append(touched, to)
				}
				weight[to] += w
			}
		}
		from = end[p]
		for _, to := range touched {
			edges = append(edges, Edge{to, weight[to]})
			weight[to] = 0
		}
		ends[p], l.touched = len(edges), touched
	}
	l.coarse[0], l.coarse[1] = l.coarse[1], edges
	for p, at := 0, 0; p < n; p++ {
		out[p] = edges[at:ends[p]:ends[p]]
		at = ends[p]
	}
	return out
}

// Modularity is the quality that [Leiden] seeks (Newman and Girvan, 2004, with a
// resolution): the share of weight inside communities, less resolution times
// what chance would put there.
func Modularity(g Graph, member []int, resolution float64) float64 {
	inside, total := 0., 0.
	highest := -1
	for _, c := range member {
		highest = max(highest, c)
	}
	mass := make([]float64, highest+1)
	for v, edges := range g {
		for _, e := range edges {
			w := e.Weight
			if int(e.To) == v {
				w *= 2
			}
			total += w
			mass[member[v]] += w
			if member[e.To] == member[v] {
				inside += w
			}
		}
	}
	if total == 0 {
		return 0
	}
	expected := 0.
	for _, m := range mass {
		expected += m / total * m / total
	}
	return inside/total - resolution*expected
}

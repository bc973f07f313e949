package theme

import (
	"context"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// Leiden finds communities of high modularity: Traag, Waltman and van Eck,
// « From Louvain to Leiden: guaranteeing well-connected communities »,
// Scientific Reports 9, 5233 (2019), algorithm A.2, with the resolution of
// Reichardt and Bornholdt. It returns each unit's community, numbered from 0 in
// the order of their first unit, and how many there are. It stops early, with the
// best it has, when ctx ends.
func Leiden(ctx context.Context, g Graph, resolution float64, seed uint64) ([]int, int) {
	rng := rand.New(rand.NewPCG(seed, 0x6c656964656e)) // « leiden »
	own := make([]int, len(g))                         // unit → node of the current graph
	for i := range own {
		own[i] = i
	}
	member := make([]int, len(g))
	for i := range member {
		member[i] = i
	}
	for depth := range deepest {
		l := newLevel(g, member, resolution)
		moved := l.move(ctx, rng)
		communities := l.count()
		if communities == len(g) || ctx.Err() != nil {
			member = l.member
			break
		}
		var fine []int
		n := len(g)
		if moved || depth == 0 {
			fine, n = renumber(l.refine(rng))
		}
		if n == len(g) { // nothing moved or was put together: aggregate by community
			fine, n = renumber(slices.Clone(l.member))
		}
		coarse := make([]int, n)
		for v, c := range fine {
			coarse[c] = l.member[v]
		}
		g = aggregate(g, fine, n)
		for i := range own {
			own[i] = fine[own[i]]
		}
		member, _ = renumber(coarse)
	}
	out := make([]int, len(own))
	for i, v := range own {
		out[i] = member[v]
	}
	return renumber(out)
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

// A level is one graph of the hierarchy and its partition.
type level struct {
	g        Graph
	strength []float64 // of each node
	total    float64   // of all nodes
	gamma    float64
	member   []int
	mass     []float64 // strength of each community
	size     []int     // nodes of each community
	toward   []float64 // scratch: weight from one node toward each community
	touched  []int
}

func newLevel(g Graph, member []int, gamma float64) *level {
	n := len(g)
	l := &level{g, make([]float64, n), 0, gamma, member, make([]float64, n+1), make([]int, n+1), make([]float64, n+1), nil}
	for v, edges := range g {
		for _, e := range edges {
			l.strength[v] += e.Weight
			if int(e.To) == v {
				l.strength[v] += e.Weight
			}
		}
		l.total += l.strength[v]
		l.mass[member[v]] += l.strength[v]
		l.size[member[v]]++
	}
	return l
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

// move is MoveNodesFast: nodes wait in a queue, and come back to it when a
// neighbour leaves for another community. It says whether any did.
func (l *level) move(ctx context.Context, rng *rand.Rand) (moved bool) {
	n := len(l.g)
	queue := rng.Perm(n)
	waiting := make([]bool, n)
	for v := range waiting {
		waiting[v] = true
	}
	var free []int // empty communities
	for c := range l.size {
		if l.size[c] == 0 {
			free = append(free, c)
		}
	}
	for steps := 0; len(queue) > 0; steps++ {
		if steps&1023 == 0 && ctx.Err() != nil {
			return moved
		}
		v := queue[0]
		queue = queue[1:]
		waiting[v] = false
		from := l.member[v]
		l.look(v)
		cost := 0.
		if l.total > 0 {
			cost = l.gamma * l.strength[v] / l.total
		}
		best, gain := from, l.toward[from]-cost*(l.mass[from]-l.strength[v])
		for _, c := range l.touched {
			if c == from {
				continue
			}
			if d := l.toward[c] - cost*l.mass[c]; d > gain+1e-12 {
				best, gain = c, d
			}
		}
		if gain < -1e-12 && l.size[from] > 1 && len(free) > 0 {
			best = free[len(free)-1]
			free = free[:len(free)-1]
		}
		l.forget()
		if best == from {
			continue
		}
		moved = true
		l.mass[from] -= l.strength[v]
		l.size[from]--
		if l.size[from] == 0 {
			l.mass[from] = 0
			free = append(free, from)
		}
		l.mass[best] += l.strength[v]
		l.size[best]++
		l.member[v] = best
		for _, e := range l.g[v] {
			if u := int(e.To); !waiting[u] && l.member[u] != best {
				waiting[u] = true
				queue = append(queue, u)
			}
		}
	}
	return moved
}

// look sums the weight from v toward each neighbouring community.
func (l *level) look(v int) {
	for _, e := range l.g[v] {
		if int(e.To) == v {
			continue
		}
		c := l.member[e.To]
		if l.toward[c] == 0 {
			l.touched = append(l.touched, c)
		}
		l.toward[c] += e.Weight
	}
}

func (l *level) forget() {
	for _, c := range l.touched {
		l.toward[c] = 0
	}
	l.touched = l.touched[:0]
}

// theta is the randomness of the refinement (the paper's θ).
const theta = 0.01

// refine splits each community into well-connected parts: every node starts
// alone and joins, at random among those that lower nothing, a part of its own
// community that is well connected to the rest of it.
func (l *level) refine(rng *rand.Rand) []int {
	n := len(l.g)
	part := make([]int, n)
	mass := make([]float64, n) // of each part
	size := make([]int, n)
	outer := make([]float64, n) // weight from each part to the rest of its community
	for v := range part {
		part[v], mass[v], size[v] = v, l.strength[v], 1
		for _, e := range l.g[v] {
			if int(e.To) != v && l.member[e.To] == l.member[v] {
				outer[v] += e.Weight
			}
		}
	}
	toward := make([]float64, n)
	var touched []int
	var options []int
	var chances []float64
	linked := func(weight, mass float64, community int) bool {
		return weight >= l.gamma*mass*(l.mass[community]-mass)/l.total-1e-12
	}
	for _, v := range rng.Perm(n) {
		community := l.member[v]
		if size[part[v]] != 1 || l.total == 0 || !linked(outer[v], l.strength[v], community) {
			continue
		}
		touched = touched[:0]
		for _, e := range l.g[v] {
			if int(e.To) == v || l.member[e.To] != community {
				continue
			}
			p := part[e.To]
			if toward[p] == 0 {
				touched = append(touched, p)
			}
			toward[p] += e.Weight
		}
		options, chances = append(options[:0], v), append(chances[:0], 0)
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
			chances[i] = math.Exp((gain - highest) / theta)
			sum += chances[i]
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
	}
	return part
}

// aggregate makes one node of each part.
func aggregate(g Graph, part []int, n int) Graph {
	members := make([][]int, n)
	for v, p := range part {
		members[p] = append(members[p], v)
	}
	out := make(Graph, n)
	weight := make([]float64, n)
	for p, list := range members {
		var touched []int
		for _, v := range list {
			for _, e := range g[v] {
				to := part[e.To]
				w := e.Weight
				if to == p && int(e.To) != v {
					w /= 2 // seen from both ends
				}
				if weight[to] == 0 {
					touched = append(touched, to)
				}
				weight[to] += w
			}
		}
		for _, to := range touched {
			out[p] = append(out[p], Edge{int32(to), weight[to]})
			weight[to] = 0
		}
	}
	return out
}

// Modularity is the quality that [Leiden] seeks (Newman and Girvan, 2004, with a
// resolution): the share of weight inside communities, less resolution times
// what chance would put there.
func Modularity(g Graph, member []int, resolution float64) float64 {
	inside, total := 0., 0.
	mass := make(map[int]float64)
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
	for _, c := range slices.Sorted(maps.Keys(mass)) {
		expected += mass[c] / total * mass[c] / total
	}
	return inside/total - resolution*expected
}

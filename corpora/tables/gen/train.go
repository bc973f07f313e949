package main

import (
	"log"
	"math"
	"math/rand/v2"
)

const (
	seed        = 20201112
	dim         = 128
	batch       = 256
	epochs      = 2
	temperature = .1
	dropped     = .4        // share of stems left out, drawn anew each time
	fast, slow  = .05, .005 // the rate of learning at the beginning, at the end
	common      = 1e-3      // the share of all stems from which a row starts short
)

// train returns rows of dim numbers under which the two pieces of a pair are
// near: symmetric InfoNCE with the batch's other pieces as negatives (van den
// Oord et al., « Representation Learning with Contrastive Predictive Coding »,
// 2018; Radford et al. 2021 for the symmetric form), by Adagrad (Duchi et al.
// 2011). A batch is of one source, which makes the negatives harder.
func train(sources []*collection, keep []int32, stems []stem) []float32 {
	rng := rand.New(rand.NewPCG(seed, 1<<32))
	t := &trainer{rng: rng, rows: make([]float32, len(stems)*dim), past: make([]float32, len(stems)*dim), gradient: make([]float32, len(stems)*dim), touched: make([]bool, len(stems))}
	for i, s := range stems {
		length := common / (common + s.share) / math.Sqrt(dim)
		for j := range dim {
			t.rows[i*dim+j] = float32(rng.NormFloat64() * length)
		}
	}
	var batches [][]pair
	for _, c := range sources {
		pairs := known(c.pairs, keep)
		for range epochs {
			rng.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
			for at := 0; at+batch <= len(pairs); at += batch {
				batches = append(batches, append([]pair(nil), pairs[at:at+batch]...))
			}
		}
	}
	rng.Shuffle(len(batches), func(i, j int) { batches[i], batches[j] = batches[j], batches[i] })
	loss := 0.
	for i, b := range batches {
		done := float64(i) / float64(len(batches))
		loss += t.step(b, float32(fast+(slow-fast)*done))
		if (i+1)%500 == 0 {
			log.Printf("%d of %d batches, loss %.3f", i+1, len(batches), loss/500)
			loss = 0
		}
	}
	return t.rows
}

// known keeps the stems that have a row, as numbers of rows.
func known(pairs []pair, keep []int32) []pair {
	var out []pair
	for _, p := range pairs {
		var q pair
		for side := range p {
			for _, s := range p[side] {
				if keep[s] >= 0 {
					q[side] = append(q[side], keep[s])
				}
			}
		}
		if len(q[0]) > 0 && len(q[1]) > 0 {
			out = append(out, q)
		}
	}
	return out
}

type trainer struct {
	rng                  *rand.Rand
	rows, past, gradient []float32
	touched              []bool
	list                 []int32 // rows touched

	drawn  [2][batch][]int32 // stems of each piece that were not dropped
	unit   [2][batch][dim]float32
	length [2][batch]float32
	slope  [2][batch][dim]float32
	like   [batch][batch]float32
}

// step learns from one batch and returns its loss.
func (t *trainer) step(pairs []pair, rate float32) float64 {
	for side := range t.unit {
		for i, p := range pairs {
			t.sum(side, i, p[side])
		}
	}
	loss := t.compare()
	for i := range batch {
		for j := range batch {
			g := t.like[i][j]
			a, b := &t.unit[0][i], &t.unit[1][j]
			da, db := &t.slope[0][i], &t.slope[1][j]
			for k := range dim {
				da[k] += float32(g * b[k])
				db[k] += float32(g * a[k])
			}
		}
	}
	for side := range t.unit {
		for i := range batch {
			t.back(side, i)
		}
	}
	for _, r := range t.list {
		t.touched[r] = false
		row, past, gradient := t.rows[r*dim:(r+1)*dim], t.past[r*dim:(r+1)*dim], t.gradient[r*dim:(r+1)*dim]
		for k, g := range gradient {
			past[k] += float32(g * g)
			row[k] -= float32(rate * g / (float32(math.Sqrt(float64(past[k]))) + 1e-8))
			gradient[k] = 0
		}
	}
	t.list = t.list[:0]
	return loss
}

// sum draws the stems of a piece and adds their rows.
func (t *trainer) sum(side, i int, stems []int32) {
	drawn, u := t.drawn[side][i][:0], &t.unit[side][i]
	for _, s := range stems {
		if t.rng.Float64() >= dropped {
			drawn = append(drawn, s)
		}
	}
	if len(drawn) == 0 {
		drawn = append(drawn, stems[t.rng.IntN(len(stems))])
	}
	*u, t.slope[side][i] = [dim]float32{}, [dim]float32{}
	for _, s := range drawn {
		for k, v := range t.rows[int(s)*dim : (int(s)+1)*dim] {
			u[k] += v
		}
	}
	norm := float32(math.Sqrt(float64(dot(u, u)))) + 1e-8
	for k := range u {
		u[k] /= norm
	}
	t.drawn[side][i], t.length[side][i] = drawn, norm
}

// compare fills like with the derivative of the loss by each similarity.
func (t *trainer) compare() float64 {
	var across, down [batch]float32
	for i := range batch {
		for j := range batch {
			// Cosines are at most 1: taking 1 off keeps exp from overflowing.
			e := exp((dot(&t.unit[0][i], &t.unit[1][j]) - 1) / temperature)
			t.like[i][j] = e
			across[i] += e
			down[j] += e
		}
	}
	loss := 0.
	for i := range batch {
		loss -= (math.Log(float64(t.like[i][i]/across[i])) + math.Log(float64(t.like[i][i]/down[i]))) / (2 * batch)
	}
	for i := range batch {
		for j := range batch {
			g := t.like[i][j]/across[i] + t.like[i][j]/down[j]
			if i == j {
				g -= 2
			}
			t.like[i][j] = g / (2 * batch * temperature)
		}
	}
	return loss
}

// back adds the slope of a piece to the gradient of its rows.
func (t *trainer) back(side, i int) {
	u, d := &t.unit[side][i], &t.slope[side][i]
	along := dot(u, d)
	for k := range d {
		d[k] = (d[k] - float32(u[k]*along)) / t.length[side][i]
	}
	for _, r := range t.drawn[side][i] {
		if !t.touched[r] {
			t.touched[r] = true
			t.list = append(t.list, r)
		}
		gradient := t.gradient[int(r)*dim : (int(r)+1)*dim]
		for k := range d {
			gradient[k] += d[k]
		}
	}
}

// dot sums in a fixed order; the conversions keep products from being fused with
// sums, which would round differently from one machine to another.
func dot(a, b *[dim]float32) float32 {
	var s0, s1, s2, s3 float32
	for k := 0; k < dim; k += 4 {
		s0 += float32(a[k] * b[k])
		s1 += float32(a[k+1] * b[k+1])
		s2 += float32(a[k+2] * b[k+2])
		s3 += float32(a[k+3] * b[k+3])
	}
	return (s0 + s1) + (s2 + s3)
}

// exp is e to the x, for x from -40 to 1: math.Exp differs by the last bit from
// one machine to another.
func exp(x float32) float32 {
	y := float64(x) / 256
	p := 1 + float64(y*(1+float64(y/2*(1+float64(y/3*(1+float64(y/4)))))))
	for range 8 {
		p = float64(p * p)
	}
	return float32(p)
}

package textometry

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestWard holds the recurrence against inertias computed from coordinates.
func TestWard(t *testing.T) {
	rng := rand.New(rand.NewPCG(1963, 1))
	for range 30 {
		n := 2 + rng.IntN(8)
		points := make([][2]float64, n)
		squared := make([][]float64, n)
		for i := range points {
			points[i] = [2]float64{rng.Float64(), rng.Float64()}
			squared[i] = make([]float64, n)
		}
		for i := range n {
			for j := range n {
				squared[i][j] = math.Pow(points[i][0]-points[j][0], 2) + math.Pow(points[i][1]-points[j][1], 2)
			}
		}
		weights := make([]float64, n)
		for i := range weights {
			weights[i] = 1 + 9*rng.Float64()
		}
		within := func(members []int) float64 {
			var mx, my, sum, all float64
			for _, i := range members {
				all += weights[i]
			}
			for _, i := range members {
				mx, my = mx+points[i][0]*weights[i]/all, my+points[i][1]*weights[i]/all
			}
			for _, i := range members {
				sum += weights[i] * (math.Pow(points[i][0]-mx, 2) + math.Pow(points[i][1]-my, 2))
			}
			return sum
		}
		groups := make([][]int, n)
		for i := range groups {
			groups[i] = []int{i}
		}
		joins := Ward(squared, weights, 0)
		if len(joins) != n-1 {
			t.Fatalf("%d joins of %d things", len(joins), n)
		}
		for step, j := range joins {
			least := math.Inf(1)
			for a := range groups {
				for b := a + 1; b < len(groups); b++ {
					if groups[a] != nil && groups[b] != nil {
						least = min(least, 2*(within(slices.Concat(groups[a], groups[b]))-within(groups[a])-within(groups[b])))
					}
				}
			}
			got := 2 * (within(slices.Concat(groups[j.A], groups[j.B])) - within(groups[j.A]) - within(groups[j.B]))
			if math.Abs(got-least) > 1e-9 || math.Abs(j.Height-least) > 1e-9 {
				t.Fatalf("step %d joins at %g (said %g), the least is %g", step, got, j.Height, least)
			}
			groups = append(groups, slices.Concat(groups[j.A], groups[j.B]))
			groups[j.A], groups[j.B] = nil, nil
		}
		sizes := make([]int, n)
		for _, g := range CutJoins(Ward(squared, weights, 2), n, 1) {
			if sizes[g]++; sizes[g] > 2 {
				t.Error("a group has more things than it may")
			}
		}
		for k := 1; k <= n; k++ {
			if got := slices.Max(CutJoins(joins, n, k)) + 1; got != k {
				t.Errorf("cut at %d gives %d groups", k, got)
			}
		}
	}
	if Ward(nil, nil, 0) != nil || len(CutJoins(nil, 1, 4)) != 1 {
		t.Error("nothing, or one thing, has no joins")
	}
}

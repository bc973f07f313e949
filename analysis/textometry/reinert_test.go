package textometry

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
)

// halves is the χ² of the table of a bisection's sums, written out.
func halves(rows [][]int32, first []bool, columns int) float64 {
	sums := [2][]float64{make([]float64, columns), make([]float64, columns)}
	n := [2]float64{}
	for i, row := range rows {
		side := 1
		if first[i] {
			side = 0
		}
		for _, j := range row {
			sums[side][j]++
			n[side]++
		}
	}
	chi2 := 0.
	for j := range columns {
		for side := range sums {
			e := (sums[0][j] + sums[1][j]) * n[side] / (n[0] + n[1])
			if e > 0 {
				chi2 += (sums[side][j] - e) * (sums[side][j] - e) / e
			}
		}
	}
	return chi2
}

func randomRows(rng *rand.Rand, rows, columns int, p float64) [][]int32 {
	out := make([][]int32, rows)
	for i := range out {
		for j := range columns {
			if rng.Float64() < p {
				out[i] = append(out[i], int32(j))
			}
		}
		if len(out[i]) == 0 {
			out[i] = []int32{int32(rng.IntN(columns))}
		}
	}
	return out
}

func TestBisectOracle(t *testing.T) {
	const seed = 1983
	rng := rand.New(rand.NewPCG(seed, 0))
	best, cases := 0, 200
	for range cases {
		n, columns := 4+rng.IntN(6), 3+rng.IntN(5)
		rows := randomRows(rng, n, columns, .4)
		table := newSparse(rows, columns)
		b, chi2 := bisect(t.Context(), table)
		if chi2 > 0 && !near(chi2, halves(rows, b.first, columns), 1e-9) {
			t.Errorf("seed %d: %v: χ² %v, want %v", seed, rows, chi2, halves(rows, b.first, columns))
		}
		// At least as good as the best cut along the axis, and no passage helps.
		order := table.order(t.Context())
		first := make([]bool, n)
		for _, row := range order {
			first[row] = true
			if x := halves(rows, first, columns); x > chi2+1e-9 {
				t.Errorf("seed %d: %v: a cut of the axis has χ² %v, got %v", seed, rows, x, chi2)
			}
		}
		for i := range rows {
			first = slices.Clone(b.first)
			first[i] = !first[i]
			if x := halves(rows, first, columns); x > chi2+1e-9 {
				t.Errorf("seed %d: %v: moving row %d gives χ² %v, got %v", seed, rows, i, x, chi2)
			}
		}
		// The best of all bisections, found by trying each.
		most := 0.
		for set := 1; set < 1<<(n-1); set++ {
			for i := range first {
				first[i] = set>>i&1 == 1
			}
			most = max(most, halves(rows, first, columns))
		}
		if chi2 > most+1e-9 {
			t.Errorf("seed %d: χ² %v above the best of all, %v", seed, chi2, most)
		}
		if chi2 > most-1e-9 {
			best++
		}
	}
	if best < cases*3/5 {
		t.Errorf("the best bisection was found %d times in %d", best, cases)
	}
}

func TestFirstFactor(t *testing.T) {
	const seed = 1965
	rng := rand.New(rand.NewPCG(seed, 0))
	for range 20 {
		n, columns := 5+rng.IntN(20), 4+rng.IntN(15)
		rows := randomRows(rng, n, columns, .3)
		dense := make([][]float64, n)
		for i, row := range rows {
			dense[i] = make([]float64, columns)
			for _, j := range row {
				dense[i][j] = 1
			}
		}
		a, err := Correspondence(dense, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Inertia) > 1 && a.Inertia[1] > a.Inertia[0]*.999 {
			continue // two axes as good as each other
		}
		u := newSparse(rows, columns).firstFactor(t.Context())
		if sign(u) < 0 {
			scale(u, -1)
		}
		for i, p := range a.Rows {
			want := p.Coord[0] * math.Sqrt(p.Mass) / math.Sqrt(a.Inertia[0])
			if !near(u[i], want, 1e-7) {
				t.Errorf("seed %d: row %d has %v, want %v", seed, i, u[i], want)
			}
		}
	}
}

// The table by which rainette's own tests check it, and what they expect.
var small = tableOf(
	[]int{1, 1, 1, 0, 0}, []int{0, 0, 1, 1, 0}, []int{1, 0, 0, 0, 0}, []int{1, 1, 1, 1, 0},
	[]int{1, 1, 1, 1, 1}, []int{1, 0, 0, 0, 0}, []int{1, 1, 1, 0, 0})

func TestClassifySmall(t *testing.T) {
	c := Classify(t.Context(), small, make([]int, 7), Reinert{Classes: 2, MinSplit: 3})
	got := c.Cut(2)
	if got[0] == got[2] || got[2] != got[5] {
		t.Fatalf("classes %v", got)
	}
	for _, i := range []int{1, 3, 4, 6} {
		if got[i] != got[0] {
			t.Errorf("classes %v, want segments 2 and 5 apart from the rest", got)
		}
	}
	// Of forms 1 to 3 the larger class keeps all; feature 0 tells them apart, and the rare one goes.
	var kept []bool
	for j, in := range []int{4, 4, 5, 3, 1} {
		kept = append(kept, keep(in, small.DF[j], 17, 19, .3, 3))
	}
	if want := []bool{false, true, true, true, false}; !slices.Equal(kept, want) {
		t.Errorf("kept %v, want %v", kept, want)
	}
}

func TestContexts(t *testing.T) {
	table := tableOf([]int{2, 1}, []int{1, 0}, []int{1, 1}, []int{1, 0}, []int{0, 1}, []int{1, 1})
	for _, c := range []struct {
		least    int
		document []int
		want     []int
	}{
		{0, []int{0, 0, 0, 0, 0, 0}, []int{0, 1, 2, 3, 4, 5}},
		{2, []int{0, 0, 0, 0, 0, 0}, []int{0, 1, 1, 3, 3, 5}},
		{2, []int{0, 0, 1, 1, 2, 2}, []int{0, 0, 2, 2, 4, 4}},
		{9, []int{0, 0, 0, 1, 1, 1}, []int{0, 0, 0, 3, 3, 3}},
		{3, []int{0, 0, 0, 0, 0, 1}, []int{0, 0, 2, 2, 2, 5}},
	} {
		if got := Contexts(table, c.document, c.least); !slices.Equal(got, c.want) {
			t.Errorf("Contexts(%v, %d) = %v, want %v", c.document, c.least, got, c.want)
		}
	}
}

// world makes a table of segments that speak of one of some subjects each.
func world(rng *rand.Rand, segments, forms, subjects int) (*lexis.Table, []int) {
	rows, truth := make([][]lexis.Word, segments), make([]int, segments)
	for i := range rows {
		truth[i] = rng.IntN(subjects)
		for range 12 {
			f := int(float64(forms/subjects) * rng.Float64() * rng.Float64())
			if rng.IntN(3) > 0 {
				f += truth[i] * forms / subjects
			} else {
				f += rng.IntN(subjects) * forms / subjects
			}
			rows[i] = append(rows[i], lexis.Word{Root: int32(f)})
		}
	}
	return lexis.NewTable(rows, forms), truth
}

func TestClassifyWorld(t *testing.T) {
	const seed, subjects = 1990, 4
	table, truth := world(rand.New(rand.NewPCG(seed, 0)), 600, 400, subjects)
	c := Classify(t.Context(), table, make([]int, 600), Reinert{Classes: subjects})
	got := c.Cut(subjects)
	right := 0
	for k := range subjects {
		var votes [subjects]int
		for i, class := range got {
			if class == k {
				votes[truth[i]]++
			}
		}
		right += slices.Max(votes[:])
	}
	if right < 570 {
		t.Errorf("seed %d: %d segments of 600 are with their like", seed, right)
	}
	for i := 1; i < len(c.Levels); i++ {
		split := c.Splits[i].Class
		for j, class := range c.Levels[i] {
			before := c.Levels[i-1][j]
			if class >= 0 && class > split {
				class--
			}
			if class >= 0 && class != before {
				t.Fatalf("seed %d: segment %d goes from class %d to %d though class %d was cut", seed, j, before, c.Levels[i][j], split)
			}
		}
	}
}

func TestClassifyOdd(t *testing.T) {
	for _, table := range []*lexis.Table{{}, tableOf([]int{0, 0, 0}, []int{0, 0, 0}, []int{0, 0, 0}, []int{0, 0, 0}, []int{0, 0, 0}),
		tableOf([]int{1, 1, 1}, []int{1, 1, 1}, []int{1, 1, 1}, []int{1, 1, 1}, []int{1, 1, 1})} {
		if c := Classify(t.Context(), table, make([]int, len(table.Rows)), Reinert{}); c.Cut(2) != nil {
			t.Errorf("a table that says nothing was cut: %v", c.Levels)
		}
	}
}

func BenchmarkClassify(b *testing.B) {
	table, _ := world(rand.New(rand.NewPCG(1, 0)), 5000, 2000, 12)
	document := make([]int, 5000)
	for range b.N {
		c := Classify(b.Context(), table, document, Reinert{})
		b.ReportMetric(float64(len(c.Levels)+1), "classes")
	}
}

func BenchmarkDouble(b *testing.B) {
	table, _ := world(rand.New(rand.NewPCG(1, 0)), 5000, 2000, 12)
	document := make([]int, 5000)
	for i := range document {
		document[i] = i / 4
	}
	for range b.N {
		one, two := Classify(b.Context(), table, document, Reinert{MinContext: 10}), Classify(b.Context(), table, document, Reinert{MinContext: 15})
		exact := 0.
		for _, best := range Double(one, two, Crossing{Classes: 10}) {
			if best.Association.Exact && best.Coverage.Exact {
				exact++
			}
		}
		b.ReportMetric(exact, "exact")
	}
}

func BenchmarkDraw(b *testing.B) {
	table, _ := world(rand.New(rand.NewPCG(1, 0)), 5000, 2000, 12)
	forms, labels := make([]int32, 300), make([]string, 2000)
	for i := range forms {
		forms[i] = int32(i)
	}
	for range b.N {
		g := Similarity(table, forms, labels, Jaccard, 1)
		g.Communities()
		g.MaximumTree().Layout()
	}
}

func BenchmarkAFC(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 0))
	counts := make([][]float64, 60)
	for i := range counts {
		counts[i] = make([]float64, 3000)
		for j := range counts[i] {
			counts[i][j] = float64(rng.IntN(9))
		}
	}
	for range b.N {
		if _, err := Correspondence(counts, 10); err != nil {
			b.Fatal(err)
		}
	}
}

package theme

import (
	"context"
	"math"
	"reflect"
	"runtime"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora/tables"
)

var neighbours = []string{
	"Une place en crèche.", "La garde des enfants.", "L’assistante maternelle accueille un bébé.",
	"Le bus du soir.", "Les transports collectifs.", "Le train et le tramway.",
	"", "xyzzy plugh",
}

// Two texts without a common word can be alike, and a text without a known word
// is like none.
func TestStatic(t *testing.T) {
	_, v := read(neighbours)
	row := make([]float32, v.Len())
	like := make(map[bool]float32) // summed, by whether both are of one subject
	for i := range neighbours {
		clear(row)
		v.Add(row, i, 1)
		switch {
		case i >= 6:
			for j, x := range row {
				if x != 0 {
					t.Errorf("%q is like %q: %v", neighbours[i], neighbours[j], x)
				}
			}
		default:
			if math.Abs(float64(row[i])-1) > 1e-5 {
				t.Errorf("%q is like itself by %v", neighbours[i], row[i])
			}
			for j := range 6 {
				if i != j {
					like[i/3 == j/3] += row[j]
				}
			}
		}
	}
	if same, other := like[true]/12, like[false]/18; same < other+.2 {
		t.Errorf("texts of one subject are alike by %.2f, of two by %.2f", same, other)
	}
}

// Against the cosines computed the long way.
func TestStaticOracle(t *testing.T) {
	words, err := tables.Read(string(tables.Bytes([]string{"a", "b"}, [][]float32{{1, 0}, {0, 1}})))
	if err != nil {
		t.Fatal(err)
	}
	table := &lexis.Table{Rows: [][]lexis.Cell{{{Root: 0, N: 1}}, {{Root: 1, N: 1}}, {{Root: 0, N: 1}, {Root: 1, N: 3}}, {{Root: 2, N: 1}}}, DF: []int{2, 2, 1}}
	v := NewStatic(table, []string{"a", "b", "c"}, words)
	n := 1 + math.Log(3)
	long := math.Hypot(1, n)
	units := [3][2]float64{{1, 0}, {0, 1}, {1 / long, n / long}}
	var mean [2]float64
	for _, u := range units {
		mean[0], mean[1] = mean[0]+u[0]/3, mean[1]+u[1]/3
	}
	for i, u := range units {
		x, y := u[0]-mean[0], u[1]-mean[1]
		units[i] = [2]float64{x / math.Hypot(x, y), y / math.Hypot(x, y)}
	}
	for i, u := range units {
		row := make([]float32, 4)
		v.Add(row, i, 1)
		for j, w := range units {
			if want := u[0]*w[0] + u[1]*w[1]; math.Abs(float64(row[j])-want) > .01 {
				t.Errorf("%d, %d: %v, want %v", i, j, row[j], want)
			}
		}
		if row[3] != 0 {
			t.Errorf("%d is like a text without known words", i)
		}
	}
}

func TestShared(t *testing.T) {
	rows := []lexis.Vector{{{Root: 0, Value: 1}}, {{Root: 0, Value: 1}}, {{Root: 1, Value: 1}}, nil}
	if got, want := NewLexical(rows, 2).Shared(), 1./3; math.Abs(got-want) > 1e-9 {
		t.Errorf("%v of pairs, want %v", got, want)
	}
	if got := NewLexical(rows[2:], 2).Shared(); got != 0 {
		t.Errorf("%v of no pair", got)
	}
}

// The graph is the same on one processor as on several.
func TestProcessors(t *testing.T) {
	texts, _, _ := shared(t, "masakhanews-fra/dev.tsv", "headline", "category")
	graph := func(processors int) Graph {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		g, _, err := Neighbours(context.Background(), Both(read(texts)), nil, K, nil)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	if !reflect.DeepEqual(graph(1), graph(4)) {
		t.Error("the graph depends on the number of processors")
	}
}

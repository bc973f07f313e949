package textometry

import (
	"reflect"
	"slices"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
)

// tableOf makes a lexical table of rows of counts.
func tableOf(rows ...[]int) *lexis.Table {
	t := &lexis.Table{}
	for _, row := range rows {
		var cells []lexis.Cell
		length := 0
		if t.DF == nil {
			t.DF = make([]int, len(row))
		}
		for form, n := range row {
			if n > 0 {
				cells = append(cells, lexis.Cell{Root: int32(form), N: int32(n)})
				t.DF[form]++
				length += n
			}
		}
		t.Rows, t.Lengths = append(t.Rows, cells), append(t.Lengths, length)
	}
	return t
}

func TestSpecificities(t *testing.T) {
	table := tableOf([]int{9, 0, 3}, []int{1, 0, 3}, []int{0, 10, 4}, []int{50, 50, 50})
	c := Cross(table, []string{"ville", "ville", "campagne", ""})
	if want := []string{"campagne", "ville"}; !slices.Equal(c.Modalities, want) {
		t.Fatalf("modalities %v, want %v", c.Modalities, want)
	}
	if want := [][]int{{0, 10, 4}, {10, 0, 6}}; !reflect.DeepEqual(c.Counts, want) {
		t.Fatalf("counts %v, want %v", c.Counts, want)
	}
	s := Specificities(c)
	for m := range c.Counts {
		for form, n := range c.Counts[m] {
			want := lexis.Specificity(n, c.Counts[0][form]+c.Counts[1][form], c.Sizes[m], 30)
			if got := s.Scores[m][form]; got != want {
				t.Errorf("modality %d, form %d: %v, want %v", m, form, got, want)
			}
		}
	}
	ville := s.Of(1, 2)
	if len(ville) != 2 || ville[0].Form != 0 || ville[0].Score <= 0 || ville[1].Form != 1 || ville[1].Score >= 0 || ville[0].In != 10 || ville[0].All != 10 {
		t.Errorf("specific to the town: %+v", ville)
	}
	if got := s.Banal(2, 1); !slices.Equal(got, []int32{2}) {
		t.Errorf("banal forms %v, want [2]", got)
	}
	if got := s.Banal(2, 11); got != nil {
		t.Errorf("banal forms met 11 times: %v", got)
	}
}

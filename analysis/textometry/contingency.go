package textometry

import (
	"slices"

	"github.com/villes-internet/congres/analysis/lexis"
)

// A Contingency crosses the modalities of a variable (rows) with forms
// (columns): how often each modality's segments hold each form.
type Contingency struct {
	Modalities []string
	Counts     [][]int // modalities × forms, occurrences
	Sizes      []int   // occurrences of all forms in each modality
}

// Cross counts the table's forms by modality. of gives the modality of each row
// of the table; rows under "" are left out. Modalities are in alphabetical
// order of their bytes.
func Cross(t *lexis.Table, of []string) *Contingency {
	c := &Contingency{}
	number := make(map[string]int)
	for _, m := range of {
		if _, ok := number[m]; !ok && m != "" {
			number[m] = 0
			c.Modalities = append(c.Modalities, m)
		}
	}
	slices.Sort(c.Modalities)
	c.Counts, c.Sizes = make([][]int, len(c.Modalities)), make([]int, len(c.Modalities))
	for i, m := range c.Modalities {
		number[m] = i
		c.Counts[i] = make([]int, len(t.DF))
	}
	for i, row := range t.Rows {
		if of[i] == "" {
			continue
		}
		m := number[of[i]]
		for _, cell := range row {
			c.Counts[m][cell.Root] += int(cell.N)
			c.Sizes[m] += int(cell.N)
		}
	}
	return c
}

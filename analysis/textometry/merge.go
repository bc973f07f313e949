package textometry

import "github.com/villes-internet/congres/analysis/lexis"

// Contexts joins neighbouring segments of one document until each unit of
// context (uc) has at least least forms, repeats within a segment not counted,
// as rainette's merge_segments does: a segment takes in those that follow it;
// what is still too small at a document's end joins the unit before. document
// gives each row's document, whose rows follow each other. The result names each
// row's unit by its first row.
func Contexts(t *lexis.Table, document []int, least int) []int {
	unit := make([]int, len(t.Rows))
	for i := range unit {
		unit[i] = i
	}
	for i := 0; i < len(unit); {
		size, last := len(t.Rows[i]), i
		for size < least && last+1 < len(unit) && document[last+1] == document[i] {
			last++
			size += len(t.Rows[last])
			unit[last] = i
		}
		if size < least && i > 0 && document[i-1] == document[i] {
			for j := i; j <= last; j++ {
				unit[j] = unit[i-1]
			}
		}
		i = last + 1
	}
	return unit
}

package lexis

import (
	"slices"
	"testing"
)

// TestSpelled sees that words have capitals where most people write them, heads
// of sentences and shouting aside.
func TestSpelled(t *testing.T) {
	texts := []string{"La TVA monte. Lille aussi, et la tva baisse.", "La TVA à Lille ! Cantines fermées, les cantines bio.", "IMPÔTS LOCAUX, impôts : presqu’île à Lille"}
	l, rows := readAll(texts)
	got := l.Spelled(texts, rows)
	for _, want := range []string{"TVA", "Lille", "cantines", "impôts", "presqu'île"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %s in %v", want, got)
		}
	}
	for lemma, form := range l.Best() {
		if form == "" != (got[lemma] == "") {
			t.Errorf("lemma %d is %q, spelled %q", lemma, form, got[lemma])
		}
	}
}

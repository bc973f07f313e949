package lexis

import (
	"slices"
	"testing"
)

func TestKeyphrases(t *testing.T) {
	texts := []string{
		"La fracture numérique", "La fracture numérique grandit dans les villages.",
		"Contre la fracture numérique, un conseiller numérique.",
		"La cantine scolaire", "Les résultats de ces bus sont bons et les résultats de ces bus aussi.",
		"...",
	}
	document := []int{0, 0, 1, 2, 2, 3}
	l, rows := readAll(texts)
	got := NewIndex(t.Context(), rows, texts, document, len(l.Lemmas)).Keyphrases(t.Context(), 4, 3)
	written := func(d int) (out []string) {
		for _, p := range got[d] {
			out = append(out, Written(texts[p.Row], rows[p.Row], p.From, p.To))
		}
		return out
	}
	if first := written(0); len(first) != 3 || first[0] != "fracture numérique" {
		t.Errorf("document 0: %q", first)
	}
	if slices.Contains(written(2), "résultats de ces bus") {
		t.Errorf("document 2: %q", written(2))
	}
	if len(got[3]) != 0 {
		t.Errorf("document 3: %q", written(3))
	}
}

func TestNouns(t *testing.T) {
	l, rows := readAll([]string{"Les bus. Il faut aider nos bus scolaires.", "Le bus scolaire, un bus, bus"})
	share := Nouns(rows, len(l.Lemmas))
	for lemma, want := range map[string]float64{"bus": .8, "scolaire": 0, "aider": 0} {
		if got := share[slices.Index(l.Lemmas, lemma)]; got != want {
			t.Errorf("%s: %v, want %v", lemma, got, want)
		}
	}
}

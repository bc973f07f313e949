package analysis

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// In a corpus too large to compare all texts, each text is still in the theme of
// those that speak of what it speaks of, and the report's bytes are the same
// whatever the number of processors.
func TestWide(t *testing.T) {
	subjects := [][]string{
		strings.Fields("bus train gare horaires ligne trajet voyageurs navette tramway correspondance"),
		strings.Fields("école cantine classe élèves enseignants collège lycée maternelle rentrée professeurs"),
		strings.Fields("médecin hôpital soins santé pharmacie urgences infirmière clinique patients ambulance"),
		strings.Fields("forêt arbres déchets rivière pollution climat jardins abeilles haies sécheresse"),
	}
	rng := rand.New(rand.NewPCG(1, 9))
	texts, about := make([]string, 2500), make([]int, 2500)
	for i := range texts {
		about[i] = rng.IntN(len(subjects))
		words := make([]string, 6)
		for j := range words {
			words[j] = subjects[about[i]][rng.IntN(len(subjects[about[i]]))]
		}
		texts[i] = strings.Join(words, " ")
	}
	run := func(processors int) (*Report, []byte) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		r := analyse(t, corpus(texts...), Settings{Themes: len(subjects)})
		var out bytes.Buffer
		if err := r.WriteJSON(&out); err != nil {
			t.Fatal(err)
		}
		return r, out.Bytes()
	}
	r, one := run(1)
	if _, four := run(4); !bytes.Equal(one, four) {
		t.Error("the report depends on the number of processors")
	}
	of, wrong := make(map[string]int), 0 // the subject of each theme's first text
	for i, d := range r.Documents {
		subject, ok := of[d.Theme]
		if !ok {
			of[d.Theme] = about[i]
		} else if subject != about[i] {
			wrong++
		}
	}
	if len(of) != len(subjects) || wrong > len(texts)/100 {
		t.Errorf("%d themes, %d texts of %d elsewhere than their like", len(of), wrong, len(texts))
	}
}

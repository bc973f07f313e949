package analysis

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
)

// A twentieth more texts, in another order, change a twentieth of the sample and some;
// letters are of it always.
func TestSample(t *testing.T) {
	const many, most, letter = 4000, 1000, 10
	rng := rand.New(rand.NewPCG(1, 5))
	texts := make([]string, many)
	for i := range texts {
		words := make([]string, 8)
		for j := range words {
			words[j] = string([]byte{'b', "aeiou"[rng.IntN(5)], "dfglmnprst"[rng.IntN(10)], "aeiou"[rng.IntN(5)], "dglmnprt"[rng.IntN(8)], "aeiou"[rng.IntN(5)], 'x'})
		}
		texts[i] = strings.Join(words, " ")
	}
	for range letter {
		texts = append(texts, "la même lettre que beaucoup de gens envoient sans y rien changer")
	}
	sample := func(texts []string) map[string]bool {
		var lexicon lexis.Lexicon
		rows := make([][]lexis.Word, len(texts))
		for i, text := range texts {
			rows[i] = lexicon.Read(text)
		}
		f := fold(rows, len(lexicon.Roots))
		chosen := f.sample(lexicon.Roots, most)
		if len(chosen) != most || !slices.IsSorted(chosen) {
			t.Fatalf("%d units, sorted: %v", len(chosen), slices.IsSorted(chosen))
		}
		out := make(map[string]bool)
		for _, u := range chosen {
			out[texts[slices.Index(f.of, int(u))]] = true
		}
		if !out[texts[len(texts)-1]] {
			t.Error("the letter is not of the sample")
		}
		if f.sample(lexicon.Roots, len(f.units)) != nil {
			t.Error("all are a sample")
		}
		return out
	}
	before, stay := sample(texts[many/20:]), 0
	slices.Reverse(texts[:many])
	for text := range sample(texts) {
		if before[text] {
			stay++
		}
	}
	if stay < most*92/100 {
		t.Errorf("%d of %d stay in the sample", stay, most)
	}
}

// In a corpus of which themes are found in a sample, every text is still in the theme
// of those that speak of what it speaks of, when texts are added too; there are as many
// themes as were asked for; and the bytes are the same whatever the number of
// processors.
func TestSampled(t *testing.T) {
	subjects := [][]string{
		strings.Fields("bus train gare horaires ligne trajet voyageurs navette tramway correspondance"),
		strings.Fields("école cantine classe élèves enseignants collège lycée maternelle rentrée professeurs"),
		strings.Fields("médecin hôpital soins santé pharmacie urgences infirmière clinique patients ambulance"),
		strings.Fields("forêt arbres déchets rivière pollution climat jardins abeilles haies sécheresse"),
		strings.Fields("musée théâtre concert bibliothèque artistes cinéma patrimoine festival chorale exposition"),
	}
	rng := rand.New(rand.NewPCG(1, 9))
	texts, about := make([]string, sampled+3000), make([]int, sampled+3000)
	for i := range texts {
		about[i] = rng.IntN(len(subjects))
		words := make([]string, 7)
		for j := range words {
			of := about[i]
			if rng.IntN(6) == 0 {
				of = rng.IntN(len(subjects))
			}
			words[j] = subjects[of][rng.IntN(len(subjects[of]))]
		}
		texts[i] = strings.Join(words, " ")
	}
	all := corpus(texts...)
	run := func(c corpora.Corpus, processors int, s Settings) (*Report, []byte) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		r := analyse(t, c, s)
		var out bytes.Buffer
		if err := r.WriteJSON(&out); err != nil {
			t.Fatal(err)
		}
		return r, out.Bytes()
	}
	part := all
	part.Documents = all.Documents[len(all.Documents)/20:]
	r, one := run(part, 1, Settings{Themes: len(subjects)})
	if _, four := run(part, 4, Settings{Themes: len(subjects)}); !bytes.Equal(one, four) {
		t.Error("the report depends on the number of processors")
	}
	if len(r.Themes) != len(subjects) {
		t.Errorf("%d themes, want %d", len(r.Themes), len(subjects))
	}
	grown, _ := run(all, 2, Settings{Themes: len(subjects), Previous: priors(r)})
	for name, r := range map[string]*Report{"part": r, "grown": grown} {
		first := len(all.Documents) - len(r.Documents)
		counts := make(map[string][]int)
		unplaced := 0
		for i, d := range r.Documents {
			if d.Theme == "" {
				unplaced++
				continue
			}
			if counts[d.Theme] == nil {
				counts[d.Theme] = make([]int, len(subjects))
			}
			counts[d.Theme][about[first+i]]++
		}
		right := 0
		for _, of := range counts {
			right += slices.Max(of)
		}
		t.Logf("%s: %d texts, %d with those that speak of the same, %d in no theme", name, len(r.Documents), right, unplaced)
		if 100*right < 90*len(r.Documents) || unplaced > 0 {
			t.Errorf("%s: too many texts are elsewhere than their like", name)
		}
	}
	stay := 0
	for i, d := range r.Documents {
		if grown.Documents[len(grown.Documents)-len(r.Documents)+i].Theme == d.Theme {
			stay++
		}
	}
	t.Logf("%d of %d texts stay in their theme", stay, len(r.Documents))
	if 10*stay < 9*len(r.Documents) {
		t.Error("too many texts change theme")
	}
}

package lexis

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func readAll(texts []string) (*Lexicon, [][]Word) {
	l := &Lexicon{}
	rows := make([][]Word, len(texts))
	for i, text := range texts {
		rows[i] = l.Read(text)
	}
	return l, rows
}

// random makes texts of a small vocabulary.
func random(seed uint64) []string {
	rng := rand.New(rand.NewPCG(seed, 1))
	vocabulary := strings.Fields("bus école cantine vélo piste train mairie forêt climat commune communes communication équipe équipement le la de des . , et qui")
	texts := make([]string, 12)
	for i := range texts {
		var words []string
		for range 3 + rng.IntN(12) {
			words = append(words, vocabulary[rng.IntN(len(vocabulary))])
		}
		texts[i] = strings.Join(words, " ")
	}
	return texts
}

func TestRead(t *testing.T) {
	l, rows := readAll([]string{"Les écoles, l'école\net l’École. 12 écoles-vélos", "D’accord pour un accord, qu il dit"})
	var got []string
	for _, w := range slices.Concat(rows...) {
		s := l.Forms[w.Form]
		if w.Root >= 0 {
			s += "/" + l.Roots[w.Root]
			if l.Lemmas[w.Lemma] != l.Roots[w.Root] {
				s += "/" + l.Lemmas[w.Lemma]
			}
		}
		if w.Break {
			s = "·" + s
		}
		got = append(got, s)
	}
	want := "·les écoles/ecol/école ·l' école/ecol/école ·et l' école/ecol/école ·12 écoles-vélos/ecoles-velo/ecoles-velo… " +
		"·d' accord pour un accord/accord ·qu il dit"
	if g := strings.Join(got, " "); g != want {
		t.Errorf("\n got %s\nwant %s", g, want)
	}
}

// A form has a lemma where it has a root, one wherever it stands, and several roots
// and lemmas may meet in either.
func TestLemmas(t *testing.T) {
	l, rows := readAll([]string{
		"La commune, les communes et la communication. Travail, travaux. La France, des Français, trois francs.",
		"Les élu·es, une élue et l’élu. Fonction, fonctionne. Les ecoles. D’accord. Le SGEN et les sgens, vlilles, vlille.",
	})
	lemma := make(map[string]string)
	for _, w := range slices.Concat(rows...) {
		form := l.Forms[w.Form]
		if w.Lemma >= 0 != (w.Root >= 0) {
			t.Errorf("%s has root %d and lemma %d", form, w.Root, w.Lemma)
		}
		if w.Lemma >= 0 {
			lemma[form] = l.Lemmas[w.Lemma]
		}
	}
	for _, c := range [][]string{{"commune", "communes"}, {"communication"}, {"travail", "travaux"}, {"france"}, {"français"}, {"francs"},
		{"élu", "élue", "élu·es"}, {"fonction"}, {"fonctionne"}, {"vlille", "vlilles"}, {"sgen", "sgens"}} {
		for form, is := range lemma {
			if same := is == lemma[c[0]]; same != slices.Contains(c, form) || lemma[c[0]] == "" {
				t.Errorf("%s is %q, %s is %q", form, is, c[0], lemma[c[0]])
			}
		}
	}
	counts := make(map[int32]int)
	for _, w := range slices.Concat(rows...) {
		if w.Lemma >= 0 {
			counts[w.Lemma]++
		}
	}
	for _, f := range Frequencies(rows, Lemmas) {
		if counts[f.ID] != f.N {
			t.Errorf("%s is counted %d times, want %d", l.Lemmas[f.ID], f.N, counts[f.ID])
		}
		delete(counts, f.ID)
	}
	if len(counts) > 0 {
		t.Errorf("%d lemmas are not counted", len(counts))
	}
	table := Tabulate(rows, Lemmas, len(l.Lemmas))
	for i, row := range table.Rows {
		for _, cell := range row {
			n := 0
			for _, w := range rows[i] {
				if w.Lemma == cell.Root {
					n++
				}
			}
			if n != int(cell.N) {
				t.Errorf("row %d holds %s %d times, want %d", i, l.Lemmas[cell.Root], cell.N, n)
			}
		}
	}
}

// naive counts a table the long way.
func naive(rows [][]Word) []map[int32]int {
	out := make([]map[int32]int, len(rows))
	for i, words := range rows {
		out[i] = make(map[int32]int)
		for _, w := range words {
			if w.Root >= 0 {
				out[i][w.Root]++
			}
		}
	}
	return out
}

func TestBM25(t *testing.T) {
	for seed := range uint64(20) {
		l, rows := readAll(random(seed))
		table := NewTable(rows, len(l.Roots))
		counts := naive(rows)
		n, total, filled := len(rows), 0, 0
		for _, row := range counts {
			length := 0
			for _, c := range row {
				length += c
			}
			total += length
			if length > 0 {
				filled++
			}
		}
		for i, v := range table.BM25() {
			want := make(map[int32]float64)
			norm, length := 0., 0
			for _, c := range counts[i] {
				length += c
			}
			for root, c := range counts[i] {
				df := 0
				for _, row := range counts {
					if row[root] > 0 {
						df++
					}
				}
				idf := math.Log(1 + (float64(n-df)+.5)/(float64(df)+.5))
				w := idf * float64(c) * 2.2 / (float64(c) + 1.2*(.25+.75*float64(length)*float64(filled)/float64(total)))
				want[root] = w
				norm += w * w
			}
			if len(v) != len(want) {
				t.Fatalf("seed %d: row %d has %d weights, want %d", seed, i, len(v), len(want))
			}
			for _, w := range v {
				if got, want := float64(w.Value), want[w.Root]/math.Sqrt(norm); math.Abs(got-want) > 1e-6 {
					t.Errorf("seed %d: row %d, root %s weighs %v, want %v", seed, i, l.Roots[w.Root], got, want)
				}
			}
			if !slices.IsSortedFunc(v, func(a, b Weight) int { return int(a.Root - b.Root) }) {
				t.Errorf("row %d is out of order", i)
			}
		}
	}
}

// Pearson's sum over the four cells, the long way.
func TestChi2(t *testing.T) {
	for in := range 6 {
		for out := range 6 {
			const nIn, nOut = 5, 7
			n := float64(nIn + nOut)
			cells := [4]float64{float64(in), float64(out), float64(nIn - in), float64(nOut - out)}
			rows := [2]float64{float64(in + out), n - float64(in+out)}
			columns := [2]float64{nIn, nOut}
			want := 0.
			for k, seen := range cells {
				expected := rows[k/2] * columns[k%2] / n
				if expected > 0 {
					want += (seen - expected) * (seen - expected) / expected
				}
			}
			if float64(in)/nIn < float64(out)/nOut {
				want = -want
			}
			if got := Chi2(in, out, nIn, nOut); math.Abs(got-want) > 1e-9 {
				t.Errorf("Chi2(%d, %d, %d, %d) = %v, want %v", in, out, nIn, nOut, got, want)
			}
		}
	}
	for _, c := range [][4]int{{0, 0, 0, 0}, {5, 0, 5, 0}, {0, 0, 5, 5}, {5, 5, 5, 5}} {
		if got := Chi2(c[0], c[1], c[2], c[3]); got != 0 {
			t.Errorf("Chi2(%v) = %v, want 0", c, got)
		}
	}
}

// Every term is counted again by looking for it in every row.
func TestTermsCounts(t *testing.T) {
	for seed := range uint64(20) {
		texts := random(seed)
		l, rows := readAll(texts)
		group := make([]int, len(rows))
		document := make([]int, len(rows))
		sizes := [2]int{}
		for i := range group {
			group[i], document[i] = i%3-1, i
			if group[i] >= 0 {
				sizes[group[i]]++
			}
		}
		holds := func(words []Word, k Key) bool {
			found := false
			for i := range words {
				at := i
				for n := 0; n < k.Len(); n++ {
					if at < 0 || at >= len(words) || words[at].Lemma+1 != k[n] {
						break
					}
					if n == k.Len()-1 {
						found = true
					}
					at = follows(words, at+1)
				}
			}
			return found
		}
		for g, terms := range NewIndex(t.Context(), rows, texts, document, len(l.Lemmas)).Terms(t.Context(), group, 2, 100) {
			for i, term := range terms {
				in, out := 0, 0
				for r, words := range rows {
					if holds(words, term.Key) {
						if group[r] == g {
							in++
						} else {
							out++
						}
					}
				}
				if l.Key(term.Form) != term.Key {
					t.Errorf("seed %d: %q is the term %v, want %v", seed, term.Form, l.Key(term.Form), term.Key)
				}
				for _, r := range Holders(rows, []Key{{}, term.Key})[1] {
					if !holds(rows[r], term.Key) {
						t.Errorf("seed %d: row %d does not hold %q", seed, r, term.Form)
					}
				}
				if n := len(Holders(rows, []Key{term.Key})[0]); n != in+out {
					t.Errorf("seed %d: %d rows hold %q, want %d", seed, n, term.Form, in+out)
				}
				if in != term.In || out != term.Out {
					t.Errorf("seed %d: %q in %d out %d, want %d and %d", seed, term.Form, term.In, term.Out, in, out)
				}
				if want := Chi2(in, out, sizes[g], len(rows)-sizes[g]); math.Abs(term.Chi2-want) > 1e-9 || want < Chi2At05 {
					t.Errorf("seed %d: %q has χ² %v, want %v", seed, term.Form, term.Chi2, want)
				}
				if i > 0 && term.Chi2 > terms[i-1].Chi2 {
					t.Errorf("seed %d: %q is out of order", seed, term.Form)
				}
				if term.Form == "" || !strings.Contains(strings.ToLower(strings.Join(texts, "\n")), strings.ToLower(term.Form)) {
					t.Errorf("seed %d: nobody wrote %q", seed, term.Form)
				}
			}
		}
	}
}

func TestTermsOfSeveralWords(t *testing.T) {
	texts := []string{
		"La fracture numérique recule. Accès aux services publics pour tous.",
		"Fracture numérique\u00a0: l'accès aux services publics est rompu.",
		"La fracture numérique, encore, et l'accès à des services.",
		"Une Fracture numérique et des médicaments qui étaient remboursés.",
		"Les vélos et les bus.", "Les bus, les vélos.", "Des vélos, des bus rares.", "Bus et trains, vélos.",
	}
	l, rows := readAll(texts)
	document := []int{0, 1, 2, 3, 4, 5, 6, 7}
	group := []int{0, 0, 0, 0, 1, 1, 1, 1}
	terms := NewIndex(t.Context(), rows, texts, document, len(l.Lemmas)).Terms(t.Context(), group, 2, 20)
	var forms []string
	for _, term := range terms[0] {
		forms = append(forms, term.Form)
	}
	for _, want := range []string{"fracture numérique", "accès aux services"} {
		if !slices.Contains(forms, want) {
			t.Errorf("%q is missing from %q", want, forms)
		}
	}
	for _, form := range forms {
		if strings.Contains(form, "qui") || form == "fracture" || strings.HasPrefix(form, "Fracture") {
			t.Errorf("%q is a term", form)
		}
	}
}

package french

import (
	"bufio"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A marked word is one of a treebank: what linguists say of it.
type marked struct{ form, lemma, pos string }

// sentences reads a treebank: texts and the words of each that stand alone in
// their token.
func sentences(t *testing.T, name string) (texts []string, words [][]marked) {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "ud-french", name)
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("%s is absent", path)
	}
	defer file.Close()
	until := ""
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line := lines.Text()
		if text, ok := strings.CutPrefix(line, "# text = "); ok {
			texts, words = append(texts, text), append(words, nil)
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 10 {
			continue
		}
		n := len(words) - 1
		if _, to, ok := strings.Cut(f[0], "-"); ok {
			words[n] = append(words[n], marked{form: f[1]})
			until = to
		} else if until != "" {
			if f[0] == until {
				until = ""
			}
		} else if !strings.Contains(f[0], ".") {
			words[n] = append(words[n], marked{f[1], f[2], f[3]})
		}
	}
	return texts, words
}

// TestGlosses holds lemmas and parts of speech to what linguists marked by hand:
// F1 over the words that are one token here and there.
func TestGlosses(t *testing.T) {
	for _, c := range []struct {
		name       string
		lemma, pos float64
	}{
		{"fr_gsd-ud-dev.conllu", .975, .938},
		{"fr_sequoia-ud-dev.conllu", .97, .93},
		{"fr_parisstories-ud-dev.conllu", .98, .93},
		{"fr_sequoia-ud-train.conllu", .97, .93}, // what is wrong in these two was not looked at when costs were set
		{"fr_parisstories-ud-train.conllu", .97, .92},
	} {
		texts, gold := sentences(t, c.name)
		var g Glosser
		var lemmas, parts, wanted, found float64
		wrong := map[string]int{}
		for i, text := range texts {
			want := map[[2]int]marked{}
			at := 0
			for _, w := range gold[i] {
				if n := strings.Index(text[at:], w.form); n >= 0 {
					want[[2]int{at + n, at + n + len(w.form)}] = w
					at += n + len(w.form)
				}
				if w.lemma != "" {
					wanted++
				}
			}
			tokens := Tokens(nil, text)
			for n, x := range g.Glosses(nil, text, tokens) {
				w, same := want[[2]int{tokens[n].Start, tokens[n].End}]
				if same && w.lemma == "" {
					continue // du, des: two words
				}
				found++
				if !same {
					continue
				}
				if x.Lemma == w.lemma {
					lemmas++
				} else {
					wrong["lemma "+w.form+" "+w.lemma+"/"+w.pos+" "+x.Lemma+"/"+x.POS.String()]++
				}
				if x.POS.String() == w.pos {
					parts++
				} else {
					wrong["pos "+w.pos+" "+x.POS.String()]++
				}
			}
		}
		l, p := 2*lemmas/(wanted+found), 2*parts/(wanted+found)
		t.Logf("%s: lemmas F1 %.4f, parts of speech F1 %.4f", c.name, l, p)
		if l < c.lemma || p < c.pos {
			t.Errorf("%s: below %.3f and %.3f", c.name, c.lemma, c.pos)
		}
		logMost(t, wrong, 60)
	}
}

// logMost logs what was counted most often, where the test is verbose.
func logMost(t *testing.T, counts map[string]int, most int) {
	if !testing.Verbose() {
		return
	}
	var list []string
	for w := range counts {
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	for _, w := range list[:min(len(list), most)] {
		t.Logf("%4d %s", counts[w], w)
	}
}

// TestLemmas reads titles and inclusive spellings as their word, wherever they
// stand.
func TestLemmas(t *testing.T) {
	for _, c := range []struct{ text, form, lemma string }{
		{"M. Dupont parle.", "M.", "monsieur"}, {"Oui, M. Dupont est là.", "M.", "monsieur"}, {"Avec M. Dupont.", "M.", "monsieur"},
		{"Bonjour, MM. Dupont et Durand.", "MM.", "monsieur"}, {"Bonjour messieurs.", "messieurs", "monsieur"},
		{"Les acteurs/trices de la ville.", "acteurs/trices", "acteur"}, {"Les chercheurs/euses aussi.", "chercheurs/euses", "chercheur"},
		{"Les maire(sse)s et chef(fe)s.", "maire(sse)s", "maire"}, {"Les maire(sse)s et chef(fe)s.", "chef(fe)s", "chef"},
		{"Des étudiantEs votent.", "étudiantEs", "étudiant"}, {"Pour toustes.", "toustes", "tout"}, {"Pour celleux qui votent.", "celleux", "celui"},
		{"Avec ell·eux.", "ell·eux", "eux"}, {"Quand iel·s votent.", "iel·s", "iel"}, {"Un·e auteur-rice écrit.", "auteur-rice", "auteur"},
		{"La 1ère fois.", "1ère", "1er"}, {"Au XXIème siècle.", "XXIème", "XXIe"}, {"C'est la 4ème fois.", "4ème", "4e"}, {"Donne-m'en.", "-m'", "moi"}, {"Que dis-tu ?", "-tu", "toi"},
		{"Les conseiller⸱ère⸱s votent.", "conseiller⸱ère⸱s", "conseiller"},
	} {
		tokens := Tokens(nil, c.text)
		var g Glosser
		found := false
		for i, x := range g.Glosses(nil, c.text, tokens) {
			if c.text[tokens[i].Start:tokens[i].End] == c.form {
				found = true
				if x.Lemma != c.lemma {
					t.Errorf("%s: %s is %q, want %q", c.text, c.form, x.Lemma, c.lemma)
				}
			}
		}
		if !found {
			t.Errorf("%s: no token %s", c.text, c.form)
		}
	}
}

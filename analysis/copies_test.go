package analysis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
)

func counted(texts ...string) ([][]lexis.Word, int) {
	var l lexis.Lexicon
	units := make([][]lexis.Word, len(texts))
	for i, text := range texts {
		units[i] = l.Read(text)
	}
	return units, len(l.Roots)
}

func TestLetters(t *testing.T) {
	const letter = "Nous demandons la réouverture des urgences la nuit, des médecins et une maternité pour les femmes de la vallée."
	const report = "Le maire a lu ce matin devant le conseil, les écoles et la presse une lettre qui disait ceci, et que chacun commente depuis au marché. " + letter
	for _, c := range []struct {
		name  string
		texts []string
		want  []int
	}{
		{"none", []string{"Des bus le soir.", "La cantine est trop chère.", "Une piscine."}, []int{0, 1, 2}},
		{"the same", []string{letter, "Une piscine.", letter, "Une piscine."}, []int{0, 1, 0, 1}},
		{"the same in another order", []string{"La cantine et la piscine.", "Piscine, cantine !"}, []int{0, 0}},
		{"a word twice", []string{"Une piscine.", "Une piscine, une piscine."}, []int{0, 1}},
		{"without words", []string{"Et alors ?", "👍", "Et alors ?"}, []int{0, 1, 2}},
		{"a name and a word", []string{letter, letter + " Amiens", strings.Replace(letter, "nuit", "journée", 1), "Lens. " + letter}, []int{0, 0, 0, 0}},
		{"much of its own", []string{letter, letter + " Les écoles ferment, le marché du samedi disparaît, la piscine attend des travaux et les trains sont supprimés."}, []int{0, 1}},
		{"short", []string{"Plus de bus le soir à Lens", "Plus de bus le soir à Douai"}, []int{0, 1}},
		{"a copy of what a copy says", []string{letter, letter + " Amiens", "Une piscine.", letter + " Amiens"}, []int{0, 0, 1, 0}},
		{"quoted before", []string{report, letter, letter + " Amiens", letter + " Lens"}, []int{0, 1, 1, 1}},
		{"the first changed most", []string{strings.Replace(letter, "des médecins et une maternité pour les femmes", "des infirmiers et un manège pour les enfants", 1), letter, letter, letter}, []int{0, 1, 1, 1}},
	} {
		texts, roots := counted(c.texts...)
		if letter, count := letters(texts, lexis.NewTable(texts, roots)); !slices.Equal(letter, c.want) || count != slices.Max(c.want)+1 {
			t.Errorf("%s: %v, %d of them, want %v", c.name, letter, count, c.want)
		}
	}
}

// Whatever the texts: those of the same words say one thing, and none is said to say
// what others do with which it has little in common.
func TestLettersAlways(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 1))
		word := func() string { return fmt.Sprint("mot", string(rune('a'+rng.IntN(26)))) }
		var said []string
		for range 60 {
			var words []string
			if len(said) > 0 && rng.IntN(2) == 0 {
				words = strings.Fields(said[rng.IntN(len(said))])
				for range rng.IntN(4) {
					words[rng.IntN(len(words))] = word()
				}
			} else {
				for range 1 + rng.IntN(12) {
					words = append(words, word())
				}
			}
			said = append(said, strings.Join(words, " "))
		}
		texts, roots := counted(said...)
		table := lexis.NewTable(texts, roots)
		letter, _ := letters(texts, table)
		for i, n := range letter {
			most, others := 0., 0
			for j, m := range letter {
				if j != i && m == n {
					most, others = max(most, inCommon(table.Rows[i], table.Rows[j])), others+1
				}
				if m != n && slices.Equal(table.Rows[i], table.Rows[j]) {
					t.Fatalf("seed %d: %q says two things", seed, said[i])
				}
			}
			if others > 0 && most < .5 {
				t.Fatalf("seed %d: %q says what others do", seed, said[i])
			}
		}
	}
}

// Enough copies make one unit, which stands for all of them; fewer are texts like others.
func TestFold(t *testing.T) {
	texts, roots := counted(slices.Concat(slices.Repeat([]string{"Une piscine pour tous."}, copiesLeast-1),
		slices.Repeat([]string{"Des bus le soir.", "Une cantine."}, copiesLeast))...)
	f := fold(texts, roots)
	want := append(ones(copiesLeast-1), copiesLeast, copiesLeast)
	if !slices.Equal(f.copies, want) || len(f.units) != len(want) || len(f.table.Rows) != len(want) {
		t.Errorf("%d texts a unit, want %d", f.copies, want)
	}
	if last := f.of[len(texts)-2:]; !slices.Equal(last, []int{copiesLeast - 1, copiesLeast}) {
		t.Errorf("the last are copies of units %d", last)
	}
}

func ones(n int) []int { return slices.Repeat([]int{1}, n) }

const (
	hospital = "Nous demandons le maintien de la maternité de notre hôpital, la réouverture des urgences la nuit et le recrutement de médecins. Les femmes enceintes font plus d’une heure de route et les personnes âgées renoncent aux soins."
	towns    = "Amiens Lens Douai Cambrai Calais Laon Soissons Creil Compiègne Beauvais"
)

// A petition of any size is in one theme, and each of its sentences in one, whether
// or not those who sign it change some words; who signs it does not change what the
// other texts are about.
func TestPetition(t *testing.T) {
	rest := shared(t, "decidim-mel/comments.tsv", "text")
	alike := ""
	for _, letters := range []int{1, 10, 200} {
		for _, changes := range []int{0, 3} {
			rng := rand.New(rand.NewPCG(1, uint64(letters)))
			c := rest
			for i := range letters {
				words, names := strings.Fields(hospital), strings.Fields(towns)
				for range min(changes, i) {
					words[rng.IntN(len(words))] = names[rng.IntN(len(names))]
				}
				c.Documents = append(slices.Clip(c.Documents), corpora.Document{ID: fmt.Sprint("p", i), Text: strings.Join(words, " ")})
			}
			r := analyse(t, c, Settings{})
			var themes []string
			for _, d := range r.Documents[len(rest.Documents):] {
				if !slices.Contains(themes, d.Theme) {
					themes = append(themes, d.Theme)
				}
			}
			if len(themes) != 1 || themes[0] == "" {
				t.Errorf("%d letters, %d words changed: in themes %q", letters, changes, themes)
			}
			sentence := make(map[string]string)
			for _, s := range r.Segments {
				if was, ok := sentence[s.Text]; strings.HasPrefix(s.Document, "p") && ok && was != s.Theme {
					t.Errorf("%d letters, %d words changed: %q in %s and %s", letters, changes, s.Text, was, s.Theme)
				} else if strings.HasPrefix(s.Document, "p") {
					sentence[s.Text] = s.Theme
				}
			}
			if changes > 0 {
				continue
			}
			if got := split(r, len(rest.Documents)); alike == "" {
				alike = got
			} else if got != alike {
				t.Errorf("%d letters: the other texts are in other themes", letters)
			}
		}
	}
}

// split tells which of the first documents are together.
func split(r *Report, documents int) string {
	number := make(map[string]int)
	var out strings.Builder
	for _, d := range r.Documents[:documents] {
		if _, ok := number[d.Theme]; !ok {
			number[d.Theme] = len(number)
		}
		fmt.Fprint(&out, number[d.Theme], " ")
	}
	return out.String()
}

// A corpus read eight times over is divided as it is once.
func TestRepeated(t *testing.T) {
	once := shared(t, "masakhanews-fra/dev.tsv", "headline")
	often := once
	for round := range copiesLeast - 1 {
		for i, d := range once.Documents {
			d.ID = fmt.Sprint(i, "-", round)
			often.Documents = append(slices.Clip(often.Documents), d)
		}
	}
	one, many := analyse(t, once, Settings{Themes: 8}), analyse(t, often, Settings{Themes: 8})
	n := len(once.Documents)
	if split(one, n) != split(many, n) {
		t.Error("the first of each are divided otherwise")
	}
	for i, d := range many.Documents {
		if first := many.Documents[i%n]; d.Theme != first.Theme {
			t.Errorf("%s is in %s, what says the same in %s", d.ID, d.Theme, first.Theme)
		}
	}
}

// Letters that are like nothing else are a theme, not texts that are alone.
func TestPetitionAlone(t *testing.T) {
	texts := slices.Repeat([]string{hospital}, 40)
	r, err := Run(context.Background(), corpus(texts...), Settings{View: "lexical"})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Themes) != 1 || r.Themes[0].Documents != len(texts) {
		t.Errorf("%d themes, the first of %d texts", len(r.Themes), r.Themes[0].Documents)
	}
}

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

func TestSayings(t *testing.T) {
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
		if letter, count := sayings(texts, lexis.NewTable(texts, roots)); !slices.Equal(letter, c.want) || count != slices.Max(c.want)+1 {
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
		letter, _ := sayings(texts, table)
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
// or not those who sign it change some words.
func TestPetition(t *testing.T) {
	rest := shared(t, "decidim-mel/comments.tsv", "text")
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
		}
	}
}

// In a corpus that was sent eight times over, no text is apart from its copies.
func TestRepeated(t *testing.T) {
	once := shared(t, "masakhanews-fra/dev.tsv", "headline")
	for i := range once.Documents {
		once.Documents[i].ID = fmt.Sprint(i)
	}
	often := once
	for round := range copiesLeast - 1 {
		for i, d := range once.Documents {
			d.ID = fmt.Sprint(i, "-", round)
			often.Documents = append(slices.Clip(often.Documents), d)
		}
	}
	many := analyse(t, often, Settings{Themes: 8})
	for i, d := range many.Documents {
		if first := many.Documents[i%len(once.Documents)]; d.Theme != first.Theme {
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

// Three petitions among other texts: each is in one theme, as it was written or with
// other openings and signatures, and the others are together as they are without them.
func TestPetitions(t *testing.T) {
	letters := []string{hospital,
		"Nous refusons la fermeture de la ligne de train entre nos vallées : des trains du matin et du soir pour les lycéens, une gare ouverte et un guichet, et la même carte d’abonnement que dans la métropole.",
		"Nous voulons que la cantine serve des repas cuisinés sur place avec les légumes des maraîchers du canton, sans plastique, et que son prix suive le quotient familial de chaque foyer."}
	openings := []string{"", "Madame la maire, ", "Bonjour, ", "Monsieur le préfet, je vous écris en colère. ", "À qui de droit : "}
	rest := shared(t, "decidim-mel/comments.tsv", "text")
	rest.Documents = rest.Documents[:240]
	const alone = 5 // themes of the others
	once := analyse(t, rest, Settings{Themes: alone})
	for _, sizes := range [][]int{{48, 112, 200}, {200, 48, 112}} {
		for _, altered := range []bool{false, true} {
			rng, names := rand.New(rand.NewPCG(3, 4)), strings.Fields(towns)
			c := corpora.Corpus{Documents: slices.Clone(rest.Documents)}
			for p, n := range sizes {
				for i := range n {
					text := letters[p]
					if altered && i > 0 {
						text = openings[rng.IntN(len(openings))] + text + " Signé : un habitant de " + names[rng.IntN(len(names))]
					}
					c.Documents = append(c.Documents, corpora.Document{ID: fmt.Sprintf("p%d-%d", p, i), Text: text})
				}
			}
			// Nobody sends letters one petition after the other.
			rng.Shuffle(len(c.Documents), func(i, j int) { c.Documents[i], c.Documents[j] = c.Documents[j], c.Documents[i] })
			many := analyse(t, c, Settings{Themes: alone + len(letters)})
			themes := make(map[string]map[string]int)
			for _, d := range many.Documents {
				if petition, _, signed := strings.Cut(d.ID, "-"); signed {
					if themes[petition] == nil {
						themes[petition] = make(map[string]int)
					}
					themes[petition][d.Theme]++
				}
			}
			for petition, in := range themes {
				if len(in) != 1 || in[""] > 0 {
					t.Errorf("%d, altered %v: petition %s is in %v", sizes, altered, petition, in)
				}
			}
			same := kept(once, many)
			t.Logf("%d, altered %v: petitions in %v, %.3f of pairs of others stay", sizes, altered, themes, same)
			if same < .8 {
				t.Errorf("%d, altered %v: %.3f of pairs of others stay together", sizes, altered, same)
			}
			for _, th := range many.Themes {
				said := make(map[string]bool)
				for _, v := range th.Verbatims {
					text := many.Segments[slices.IndexFunc(many.Segments, func(s Segment) bool { return s.ID == v.Segment })].Text
					if said[text] {
						t.Errorf("%q is quoted twice", text)
					}
					said[text] = true
				}
			}
		}
	}
}

// kept is the share of the pairs of documents of a that are together in a or in b
// that are so in both.
func kept(a, b *Report) float64 {
	in := make(map[string]string)
	for _, d := range b.Documents {
		in[d.ID] = d.Theme
	}
	both, either := 0., 0.
	for i, d := range a.Documents {
		for _, e := range a.Documents[:i] {
			here, there := d.Theme == e.Theme, in[d.ID] == in[e.ID]
			if here && there {
				both++
			}
			if here || there {
				either++
			}
		}
	}
	return both / either
}

// TestCampaigns finds one theme for each letter where there is nothing else, though few
// texts differ.
func TestCampaigns(t *testing.T) {
	demands := []string{
		"Nous demandons que l’école du village ne ferme aucune classe à la rentrée prochaine",
		"L’hôpital doit garder sa maternité et ses urgences ouvertes la nuit",
		"Il faut des trains plus fréquents et un billet unique pour tous les transports régionaux",
		"Baissez les impôts locaux des familles modestes et supprimez la taxe sur les ordures",
		"Plantons des arbres le long des boulevards pour rafraîchir les rues en été",
	}
	for _, altered := range []bool{false, true} {
		var c corpora.Corpus
		for n := range 12 * len(demands) {
			text := demands[n%len(demands)]
			if altered {
				text = fmt.Sprintf("Avis numéro %d. %s", n, text)
			}
			c.Documents = append(c.Documents, corpora.Document{ID: fmt.Sprint(n), Text: text})
		}
		r, err := Run(t.Context(), c, Settings{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Themes) != len(demands) {
			t.Errorf("altered %v: %d themes of %d letters", altered, len(r.Themes), len(demands))
		}
		for _, theme := range r.Themes {
			if theme.Documents != 12 {
				t.Errorf("altered %v: %q holds %d texts of 12", altered, theme.Label, theme.Documents)
			}
		}
	}
}

package analysis

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
)

// TestFindings recounts what the report says of axes, sub-themes and classes from
// its segments alone.
func TestFindings(t *testing.T) {
	for _, file := range []string{"decidim-mel/proposals.tsv", "republique-numerique/opinions.tsv"} {
		c := shared(t, file, "text")
		r := analyse(t, c, Settings{})
		names := make(map[string]bool)
		name := func(what, label string) {
			if label == "" || names[label] {
				t.Errorf("%s: %s is called %q, as another", file, what, label)
			}
			names[label] = true
		}
		in := make(map[string]int)
		for _, a := range r.Axes {
			name("an axis", a.Label)
			for _, id := range a.Themes {
				in[id]++
			}
		}
		type part struct {
			theme string
			sub   int
		}
		segments, documents := make(map[part]int), make(map[part]map[string]bool)
		text := make(map[string]Segment)
		classes, bare := make(map[int]int), make(map[int]int)
		for _, s := range r.Segments {
			p := part{s.Theme, s.Sub}
			if documents[p] == nil {
				documents[p] = make(map[string]bool)
			}
			segments[p]++
			documents[p][s.Document] = true
			text[s.ID] = s
			classes[s.Class]++
			bare[s.Bare]++
		}
		divided := 0
		for _, theme := range r.Themes {
			name("a theme", theme.Label)
			if in[theme.ID] != 1 {
				t.Errorf("%s: theme %q is in %d axes", file, theme.Label, in[theme.ID])
			}
			if theme.X < 0 || theme.X > 1 || theme.Y < 0 || theme.Y > 1 {
				t.Errorf("%s: theme %q is off the map", file, theme.Label)
			}
			if n := len(theme.Subthemes); n == 1 || n > 6 {
				t.Errorf("%s: %q has %d sub-themes", file, theme.Label, n)
			}
			divided += len(theme.Subthemes)
			for n, sub := range theme.Subthemes {
				name("a sub-theme", sub.Label)
				p := part{theme.ID, n + 1}
				if sub.Segments != segments[p] || sub.Documents != len(documents[p]) || sub.Segments == 0 {
					t.Errorf("%s: %q counts %d segments and %d texts, they are %d and %d", file, sub.Label, sub.Segments, sub.Documents, segments[p], len(documents[p]))
				}
				for _, id := range sub.Verbatims {
					if s := text[id]; s.Theme != theme.ID || s.Sub != n+1 {
						t.Errorf("%s: %q quotes what is elsewhere", file, sub.Label)
					}
				}
			}
		}
		if divided == 0 || r.Second == nil || r.Bare == nil || r.Plane == nil || r.Network == nil || len(r.Lexicon) == 0 {
			t.Errorf("%s: a reading is missing", file)
			continue
		}
		again := 0
		e := NewExplorer(r)
		for n, class := range r.Second.Classes {
			for _, term := range class.Terms {
				texts := make(map[string]bool)
				for _, found := range e.Find(Look{Text: term.Form, Limit: 1 << 20}).Contexts {
					if found.Segment.Class == n+1 {
						texts[found.Segment.Document] = true
					}
				}
				if len(texts) < 2 {
					t.Errorf("%s: %d texts of class %d hold %q", file, len(texts), n+1, term.Form)
				}
			}
			if class.Segments != classes[n+1] {
				t.Errorf("%s: class %d counts %d segments, they are %d", file, n+1, class.Segments, classes[n+1])
			}
			if class.Again > class.Segments {
				t.Errorf("%s: class %d has %d segments, %d found again", file, n+1, class.Segments, class.Again)
			}
			again += class.Again
		}
		switch d := r.Second.Double; {
		case d == nil || d.Classes < 2 || d.Classes > len(r.Second.Classes):
			t.Errorf("%s: double classification %+v of %d classes", file, d, len(r.Second.Classes))
		case again > d.Segments || 2*again < d.Segments:
			t.Errorf("%s: the crossed classes hold %d segments, the classes have %d of them again", file, d.Segments, again)
		}
		if x := r.Second; x.Placed() != len(r.Segments)-classes[0] || len(x.Classes) > x.Asked || x.Units > len(r.Segments) || x.Words == 0 {
			t.Errorf("%s: %d segments have a class, the classification says %d: %+v", file, len(r.Segments)-classes[0], x.Placed(), x)
		}
		parts := make([]float64, len(r.Plane.Values))
		for _, p := range r.Plane.Points[:len(r.Themes)] {
			for axis, part := range p.Contributions {
				parts[axis] += part
			}
		}
		for axis, value := range r.Plane.Values {
			if math.Abs(parts[axis]-1) > .01 || math.Abs(value/r.Plane.Total-r.Plane.Inertia[axis]) > .001 {
				t.Errorf("%s: on axis %d of inertia %g, %g of %g, the themes contribute %g", file, axis+1, value, r.Plane.Inertia[axis], r.Plane.Total, parts[axis])
			}
		}
		if len(r.Second.Joins) != len(r.Second.Classes)-1 || len(r.Bare.Themes) != len(r.Themes) {
			t.Errorf("%s: %d joins of %d classes, %d themes of %d without the tables", file, len(r.Second.Joins), len(r.Second.Classes), len(r.Bare.Themes), len(r.Themes))
		}
		for n, theme := range r.Bare.Themes {
			if theme.Segments != bare[n+1] {
				t.Errorf("%s: theme %d without the tables counts %d segments, they are %d", file, n+1, theme.Segments, bare[n+1])
			}
		}
		last := r.Richness.Growth[len(r.Richness.Growth)-1]
		if last.Tokens != r.Corpus.Tokens || last.Forms != r.Corpus.Forms || math.Abs(last.Expected-float64(last.Forms)) > .1 {
			t.Errorf("%s: growth ends at %+v, the corpus has %d words, %d forms", file, last, r.Corpus.Tokens, r.Corpus.Forms)
		}
	}
}

// TestReread makes the same readings of the same texts, and others of fewer.
func TestReread(t *testing.T) {
	c := shared(t, "decidim-mel/proposals.tsv", "text")
	r := analyse(t, c, Settings{})
	again, err := Reread(t.Context(), c, r)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := json.Marshal(r)
	if got, _ := json.Marshal(again); string(got) != string(want) {
		t.Error("read again, the same texts give other readings")
	}
	last := r.Documents[len(r.Documents)-1].ID
	rest := *r
	rest.Segments = slices.DeleteFunc(slices.Clone(r.Segments), func(s Segment) bool { return s.Document == last })
	fewer, err := Reread(t.Context(), c, &rest)
	if err != nil {
		t.Fatal(err)
	}
	of := 0
	for _, theme := range fewer.Bare.Themes {
		of += theme.Segments
	}
	if of+fewer.Bare.Aside != len(rest.Segments) {
		t.Errorf("%d and %d segments are grouped and left by shared words, want %d in all", of, fewer.Bare.Aside, len(rest.Segments))
	}
}

// TestRareValues shows a value alone where five people, at least, may bear it.
func TestRareValues(t *testing.T) {
	for _, c := range []struct {
		authors string // of the texts that have the value; -: unknown
		shown   bool
	}{
		{"mmmm", false}, {"mmmmmmmm", false}, {"mmmm-", false}, {"mmmmmm---", false}, {"----", false}, {"abcd", false},
		{"mmmm----", true}, {"-----", true}, {"abcde", true}, {"aabbcc--", true},
	} {
		corpus := corpora.Corpus{}
		add := func(value, author string) {
			corpus.Documents = append(corpus.Documents, corpora.Document{ID: strconv.Itoa(len(corpus.Documents)), Text: "Un texte.",
				Variables: map[string]string{corpora.VarCommune: value, corpora.VarAuthor: author}})
		}
		for _, a := range c.authors {
			add("Lens", map[bool]string{true: corpora.UnknownAuthor, false: string(a)}[a == '-'])
		}
		for range 9 {
			add("Lille", "")
		}
		r, err := newReading(corpus)
		if err != nil {
			t.Fatal(err)
		}
		modality, v := r.modalities(corpora.VarCommune)
		if shown := modality[0] == "Lens"; shown != c.shown || len(v.Modalities) != 2 || (v.Modalities[1].Name == Others) == c.shown {
			t.Errorf("texts of %q: shown %v, want %v: %+v", c.authors, shown, c.shown, v.Modalities)
		}
	}
}

// TestProfile holds shares to the hypergeometric law counted with whole numbers.
func TestProfile(t *testing.T) {
	r := analyse(t, sized(), Settings{Themes: 2})
	if len(r.Variables) != 1 || r.Variables[0].Name != corpora.VarSize {
		t.Fatalf("variables %+v", r.Variables)
	}
	v := r.Variables[0]
	if got := v.Modalities[len(v.Modalities)-1]; got.Name != Others || got.Documents != 3 {
		t.Errorf("a value of three texts is shown: %+v", v.Modalities)
	}
	choose := func(n, k int) *big.Int { return new(big.Int).Binomial(int64(n), int64(k)) }
	for _, theme := range r.Themes {
		for _, s := range theme.Profile {
			sum, over := new(big.Int), s.In > lexis.Mode(s.All, s.Theme, s.Total)
			for k := 0; k <= min(s.All, s.Theme); k++ {
				if (over && k >= s.In || !over && k <= s.In) && s.Theme-k <= s.Total-s.All {
					sum.Add(sum, new(big.Int).Mul(choose(s.All, k), choose(s.Total-s.All, s.Theme-k)))
				}
			}
			p, _ := new(big.Rat).SetFrac(sum, choose(s.Total, s.Theme)).Float64()
			want := math.Log10(p)
			if over {
				want = -want
			}
			if math.Abs(s.Score-want) > .006 {
				t.Errorf("%s: score %g, want %g", s.Modality, s.Score, want)
			}
		}
	}
	bus := r.Themes[0].Profile
	if !strings.Contains(r.Themes[0].Label, "us") {
		bus = r.Themes[1].Profile
	}
	if bus[0].Modality != "moins de 3 500" || bus[0].Score < 2 {
		t.Errorf("buses belong to small towns: %+v", bus)
	}
}

// TestWords lists every word of a small corpus, and gives what it takes to compute
// specificities again.
func TestWords(t *testing.T) {
	c := sized()
	c.Documents[0].Text += " Un hydravion."
	c.Documents[20].Text += strings.Repeat(" Un vélodrome.", 12) // one person's word, met once elsewhere
	c.Documents[21].Text += " Un vélodrome."
	r := analyse(t, c, Settings{Themes: 2})
	all, once := 0, []string{}
	for _, e := range r.Lexicon {
		all += e.Count
		if e.Count == 1 {
			once = append(once, e.Form)
		}
	}
	if len(r.Lexicon) != r.Lemmas || !slices.Equal(once, r.Hapax) || len(once) != r.HapaxAll || !slices.Contains(once, "hydravion") {
		t.Errorf("%d words listed of %d; once %q, %q (%d)", len(r.Lexicon), r.Lemmas, once, r.Hapax, r.HapaxAll)
	}
	v, specific := r.Variables[0], 0
	sum := 0
	for _, m := range v.Modalities {
		sum += m.Words
		for _, s := range m.Specific {
			specific++
			if s.Form == "vélodrome" {
				t.Errorf("a word of one text is said to be that of %q: %+v", m.Name, s)
			}
			if want := lexis.Specificity(s.In, s.All, m.Words, v.Words); math.Abs(s.Score-want) > .006 {
				t.Errorf("%s: %s scores %g, want %g", m.Name, s.Form, s.Score, want)
			}
		}
	}
	if specific == 0 || sum != v.Words || v.Words == 0 || v.Words > all {
		t.Errorf("%d specific words; values of %d words, the variable of %d, the corpus of %d", specific, sum, v.Words, all)
	}
}

// sized is a corpus where small towns speak of buses and large ones of canteens.
func sized() corpora.Corpus {
	bus := []string{"Il faut plus de bus le soir.", "Les bus du dimanche sont trop rares.", "Un arrêt de bus abrité, c’est mieux.", "Nos bus ne vont pas à la gare le soir."}
	meal := []string{"La cantine scolaire devrait servir des légumes.", "Des légumes de la région à la cantine.", "Une cantine scolaire gratuite avec des légumes frais.", "Les menus de la cantine scolaire sans viande."}
	c := corpus()
	for i := range 20 {
		c.Documents = append(c.Documents, corpora.Document{ID: "b" + string(rune('a'+i)), Text: bus[i%4], Variables: map[string]string{corpora.VarSize: "moins de 3 500"}},
			corpora.Document{ID: "c" + string(rune('a'+i)), Text: meal[i%4], Variables: map[string]string{corpora.VarSize: "plus de 50 000"}})
	}
	for i := range 3 {
		c.Documents[2*i].Variables = map[string]string{corpora.VarSize: "une seule"}
	}
	return c
}

package analysis

import (
	"github.com/villes-internet/congres/analysis/textometry"
)

// A Subtheme is a part of a theme, found in it as themes are found in the
// corpus. Segment.Sub is its place in Theme.Subthemes, from 1.
type Subtheme struct {
	Label     string   `json:"label"`
	Terms     []Term   `json:"terms"`     // against the rest of the theme, at most 8
	Verbatims []string `json:"verbatims"` // segments, best first, at most 3
	Segments  int      `json:"segments"`
	Documents int      `json:"documents"`
	Stability float64  `json:"stability"`
}

// A Variable is a nominal one of the corpus, of 2 to 30 values. Values of fewer
// than five people, a text of nobody known counting as one more, are put together
// under [Others]: they say little, and might say who wrote.
type Variable struct {
	Name       string     `json:"nom"`                 // as in the corpus
	Documents  int        `json:"textes"`              // that have it
	Words      int        `json:"mots"`                // that carry a subject, in them: what specificities count
	Modalities []Modality `json:"modalites"`           // by documents, then name; Others last
	Same       []string   `json:"pareilles,omitempty"` // others that say the same, value for value: they are shown nowhere else
}

// A Modality is a value of a variable.
type Modality struct {
	Name      string     `json:"nom"`
	Documents int        `json:"textes"`
	Authors   int        `json:"auteurs"`
	Words     int        `json:"mots"`         // likewise
	Specific  []Specific `json:"specificites"` // its forms, over-used first, at most 12
}

// Others is the modality of values that are too rare to be shown.
const Others = "autres valeurs (moins de cinq)"

// A Specific is a word that a modality over-uses, by the hypergeometric law of
// Lafon (1980) on occurrences: f = In, F = All, t the modality's words, T the
// variable's.
type Specific struct {
	Form  string  `json:"forme"`
	In    int     `json:"dans"`
	All   int     `json:"corpus"`
	Score float64 `json:"score"` // log10 of the chance, positive: over-used
}

// A Share is how present a theme is among the texts of a modality. Score is
// Lafon's specificity counted in texts: a text is drawn once, whatever its length.
type Share struct {
	Variable string  `json:"variable"`
	Modality string  `json:"modalite"`
	In       int     `json:"dans"`  // texts of the modality that speak of the theme
	Theme    int     `json:"theme"` // texts of the theme that have the variable
	All      int     `json:"modalite_textes"`
	Total    int     `json:"textes"` // texts that have the variable
	Score    float64 `json:"score"`
}

// Apart is whether a share is surer than chance, see [Sure], and says of whom: of no
// [Others].
func (s Share) Apart() bool { return Sure(s.Score) && s.Modality != Others }

// A Richness measures the corpus' vocabulary; every form counts, the little words
// and numbers too. See package lexis.
type Richness struct {
	TypeToken float64 `json:"formes_par_mot"`
	Guiraud   float64 `json:"guiraud"`
	Yule      float64 `json:"yule"`
	HeapsK    float64 `json:"heaps_k"`
	HeapsB    float64 `json:"heaps_b"`
	Growth    []Step  `json:"accroissement"` // 20 points, or fewer
}

// A Step says how many forms had been met after so many words.
type Step struct {
	Tokens   int     `json:"mots"`
	Forms    int     `json:"formes"`
	Expected float64 `json:"attendu"` // were the words dealt at random (Muller 1977)
}

// An Entry of the lexicon is a word, its forms together.
type Entry struct {
	Form      string `json:"forme"` // the most frequent
	Count     int    `json:"occurrences"`
	Segments  int    `json:"segments"`
	Documents int    `json:"textes"`
}

// A Link joins two themes of like vocabulary on the map.
type Link struct {
	A      string  `json:"a"`
	B      string  `json:"b"`
	Weight float64 `json:"poids"` // cosine of their centroids, 0…1
}

// A Network is the maximum tree of the similarity graph of frequent forms.
type Network struct {
	Nodes []Node `json:"formes"`
	Edges []Edge `json:"liens"`
}

// A Node is a form; Group is its community, from 0.
type Node struct {
	Form     string  `json:"forme"`
	Segments int     `json:"segments"`
	Group    int     `json:"groupe"`
	X        float64 `json:"x"`
	Y        float64 `json:"y"`
}

// An Edge joins two nodes, by their places.
type Edge struct {
	A, B   int
	N      int     `json:"segments"` // that hold both
	Weight float64 `json:"poids"`    // Ochiai's index
}

// A Second is another reading of the same segments, by the same words but by other
// means: Reinert's descending classification, simple, in as many classes at most as
// there were themes. Segment.Class is a segment's.
type Second struct {
	Asked     int                  `json:"classes_demandees,omitempty"` // 0: a report of before, which does not say how it was made
	Words     int                  `json:"mots"`                        // lemmas that take part, the most frequent
	Least     int                  `json:"seuil"`                       // segments that hold each of them, at least
	Context   int                  `json:"contexte"`                    // of them in a unit of context, at least
	Units     int                  `json:"unites"`                      // of context
	Small     int                  `json:"classe_minimale"`             // segments without which a class is left unclassified
	Classes   []Class              `json:"classes"`
	Joins     []textometry.Join    `json:"fusions"` // the dendrogram; leaves are the classes
	Agreement textometry.Agreement `json:"accord"`  // with the themes, over segments
	Double    *Double              `json:"double,omitempty"`
}

// Placed is how many segments it classifies.
func (x *Second) Placed() (n int) {
	for _, c := range x.Classes {
		n += c.Segments
	}
	return n
}

// A Double is the double classification: what another one, of wider units of
// context, finds as well, see [textometry.Double].
type Double struct {
	Contexts [2]int `json:"contextes"` // forms of a unit, at least, in the one and the other
	Classes  int    `json:"classes"`   // crossed, without a segment in common
	Segments int    `json:"segments"`  // in them
}

// A Class is one of the classification's.
type Class struct {
	Terms    []Term   `json:"terms"` // its profile, at most 15; In and Out count classified segments
	Segments int      `json:"segments"`
	Typical  []string `json:"verbatims"` // segments, at most 3
	Theme    string   `json:"theme"`     // with which it has most segments in common
	Shared   int      `json:"communs"`   // how many
	Again    int      `json:"retrouves"` // of Segments, in one crossed class of the double classification
}

// A Bare is the same analysis without the word vectors (--view lexical), so that
// what they bring is seen. Segment.Bare is a segment's theme in it.
type Bare struct {
	Themes    []BareTheme          `json:"themes"`
	Unplaced  int                  `json:"unplaced"`    // documents without any theme
	Aside     int                  `json:"non_classes"` // segments without any theme
	Agreement textometry.Agreement `json:"accord"`
}

// A BareTheme is one of its themes; Theme is the report's with which it has most
// segments in common.
type BareTheme struct {
	Label     string   `json:"label"`
	Terms     []string `json:"terms"` // at most 6
	Segments  int      `json:"segments"`
	Documents int      `json:"documents"`
	Authors   int      `json:"authors"`
	Communes  int      `json:"communes"`
	Stability float64  `json:"stability"`
	Theme     string   `json:"theme"`
	Shared    int      `json:"communs"`
}

package analysis

// Settings steer a run. The zero value is the default, and what a run used is
// kept in its report, so that anybody can repeat it.
type Settings struct {
	Themes   int     `json:"themes"`             // number of themes at the top; 0: as many as the corpus suggests
	View     string  `json:"view"`               // "fused" (default: words shared, and words of near meaning) or "lexical" (words shared); a report has the one used
	Seed     uint64  `json:"seed"`               // of every random choice; 0 is a seed like another
	Axes     []Guide `json:"axes,omitempty"`     // themes that people expect; see Guide
	Previous []Prior `json:"previous,omitempty"` // themes whose identifiers, and people's decisions, must follow
	// The axes of those themes, which hold; their Themes are identifiers of Previous.
	PreviousAxes []Axis `json:"previous_axes,omitempty"`
	// The files that « congres analyse » read, without their folders, and the flags that
	// said how, one word each; nil elsewhere.
	Read     []string                            `json:"lecture,omitempty"`
	Progress func(stage string, done, total int) `json:"-"` // called from one goroutine; nil: nobody watches
}

// A Guide is a theme that people expect: what is like its seeds goes to it.
type Guide struct {
	Name  string   `json:"axe"`
	Seeds []string `json:"amorces"` // words, terms or example sentences; none: it attracts nothing
}

// A Prior is a theme as people left it before this run.
type Prior struct {
	ID       string   `json:"id"`
	Label    string   `json:"label,omitempty"`  // the name that a person gave; "": the machine's
	Frozen   bool     `json:"frozen,omitempty"` // nothing leaves it and its name stays; what is close to it may join
	Joined   string   `json:"joined,omitempty"` // the theme that people made of this one and others; this one's own identifier where others joined it
	Core     []string `json:"core,omitempty"`   // the segments that what was joined had then, listed by one of its priors: they stay together
	Segments []string `json:"segments"`         // identifiers of all its segments
	Pinned   []string `json:"pinned,omitempty"` // those of them that a person put there: they stay
	Found    string   `json:"trouve,omitempty"` // the machine's name: it stays while it fits the theme, see fits
	X        float64  `json:"x,omitempty"`      // on the map, as in Theme; both 0: not on it
	Y        float64  `json:"y,omitempty"`
}

// A Report is what a run found. It is immutable, and rapport.json is exactly
// its JSON.
type Report struct {
	Format    int        `json:"format"`            // 1
	Workshop  bool       `json:"atelier,omitempty"` // of the service, which gave its themes their identifiers
	Revised   bool       `json:"revise,omitempty"`  // it is not as the run left it: people corrected its themes, or texts have left it
	Corpus    Summary    `json:"corpus"`
	Settings  Settings   `json:"settings"`
	Themes    []Theme    `json:"themes"`          // by weight: contributors first, then documents, then segments
	Segments  []Segment  `json:"segments"`        // in the corpus' order, all of them
	Documents []Placed   `json:"documents"`       // in the corpus' order, all of them
	Axes      []Axis     `json:"axes,omitempty"`  // of four themes or more; each theme in one
	Links     []Link     `json:"liens,omitempty"` // between themes, on the map
	Variables []Variable `json:"variables,omitempty"`
	Richness  Richness   `json:"richesse"`
	Lexicon   []Entry    `json:"lexique,omitempty"`       // the most frequent words, at most 500
	Lemmas    int        `json:"lexique_total,omitempty"` // how many words there are
	Hapax     []string   `json:"hapax,omitempty"`         // words met once only, in the order of reading, at most 2,000
	HapaxAll  int        `json:"hapax_total,omitempty"`   // how many these are
	Plane     *Plane     `json:"afc,omitempty"`
	Network   *Network   `json:"similitudes,omitempty"`
	Second    *Second    `json:"reinert,omitempty"`     // nil: see Notes, or texts left since the run
	Bare      *Bare      `json:"sans_tables,omitempty"` // nil likewise, and where the view is lexical
	Notes     []string   `json:"notes,omitempty"`       // French sentences on what the run could not do as asked
}

// Summary counts what was read. A text without a known author counts in
// Documents and never in Authors.
type Summary struct {
	Name      string `json:"name"`
	Documents int    `json:"documents"`
	Segments  int    `json:"segments"`
	Tokens    int    `json:"tokens"`
	Forms     int    `json:"forms"`
	Hapax     int    `json:"hapax"`
	Authors   int    `json:"authors"`
	Communes  int    `json:"communes"`
	Unplaced  int    `json:"unplaced"` // documents without any theme
	Language  string `json:"language"` // a French sentence when a text in ten, or more, does not seem French; else ""
}

// A Theme is a group of segments that speak of one thing.
type Theme struct {
	ID        string         `json:"id"`
	Label     string         `json:"label"`
	Named     bool           `json:"named"`                  // the label is a person's
	Replaced  bool           `json:"nom_parti,omitempty"`    // texts that left were alone to say its name: Label, its first term's, stands for one until it is described again
	Review    bool           `json:"nom_a_revoir,omitempty"` // a name that people chose or kept, of which the theme has no word left
	Guided    bool           `json:"guided,omitempty"`       // people expected it, see Settings.Axes
	Guide     string         `json:"axe,omitempty"`          // the name of that axis, whatever the theme is called now
	Seeds     []string       `json:"amorces,omitempty"`
	Frozen    bool           `json:"frozen"`
	Terms     []Term         `json:"terms"`     // most characteristic first, at most 20
	Verbatims []Verbatim     `json:"verbatims"` // best first, at most 30
	Segments  int            `json:"segments"`
	Documents int            `json:"documents"`
	Authors   int            `json:"authors"`
	Communes  int            `json:"communes"`
	Stability float64        `json:"stability"`             // 0…1, over resampling; see StabilityWords
	Natures   map[string]int `json:"natures"`               // segments by nature
	Subthemes []Subtheme     `json:"sous_themes,omitempty"` // 2…6, or none
	Profile   []Share        `json:"profil,omitempty"`
	X         float64        `json:"x"` // on the map, 0…1
	Y         float64        `json:"y"`
}

// A Term is a form, or a term of several words, that a theme uses more than
// the rest of the corpus does. Form is always one that people wrote.
type Term struct {
	Form string  `json:"form"`
	Chi2 float64 `json:"chi2"` // χ² of the 2×2 table segments × presence, one degree of freedom
	In   int     `json:"in"`   // segments of the theme that hold it
	Out  int     `json:"out"`  // other segments that hold it
}

// A Segment is the span [Start, End) of the bytes of Document's Text.
type Segment struct {
	ID       string   `json:"id"` // corpora.SegmentID
	Document string   `json:"document"`
	Version  int      `json:"version"`
	Start    int      `json:"debut"`
	End      int      `json:"fin"`
	Theme    string   `json:"theme"`                   // "": unclassified
	Also     []string `json:"also,omitempty"`          // other themes it speaks of
	Score    float64  `json:"score"`                   // 0…1: how typical of its theme; 0 where that hardly holds it
	Nature   string   `json:"nature"`                  // "constat", "proposition", "question", "témoignage"
	Sub      int      `json:"sous_theme,omitempty"`    // from 1; 0: none
	Class    int      `json:"classe,omitempty"`        // Reinert's, from 1; 0: unclassified
	Bare     int      `json:"theme_lexical,omitempty"` // place in Bare.Themes, from 1
	Why      string   `json:"why,omitempty"`           // for an unclassified one, or one that its theme hardly holds, a French sentence
	Text     string   `json:"texte"`
}

// A Verbatim is a segment worth quoting, with the parts of its rank (each
// 0…1; their weights are in the report's method).
type Verbatim struct {
	Segment   string  `json:"segment"`
	Score     float64 `json:"score"`
	Typical   float64 `json:"typical"`   // holds the theme's words, close to its centre
	Formed    float64 `json:"formed"`    // a whole sentence, of a length that can be quoted
	Supported float64 `json:"supported"` // by other people
	Distinct  float64 `json:"distinct"`  // unlike the verbatims ranked above it, other author and town
}

// Placed says where a document went.
type Placed struct {
	ID       string            `json:"id"`
	Version  int               `json:"version"`
	Theme    string            `json:"theme"`
	Themes   []string          `json:"themes"`
	Keywords []string          `json:"mots_cles"`           // most telling first, at most 10
	Values   map[string]string `json:"modalites,omitempty"` // by variable, see Variable
	Between  []string          `json:"entre,omitempty"`     // what stands before each of its segments and after the last; none: one space between them
}

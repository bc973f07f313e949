package analysis

import (
	"bufio"
	"embed"
	"html/template"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/villes-internet/congres/analysis/chart"
	"github.com/villes-internet/congres/analysis/theme"
)

//go:embed report*.html
var pages embed.FS

// WriteHTML writes rapport.html: one file that opens offline, needs no script,
// and explains itself.
func (r *Report) WriteHTML(w io.Writer) error {
	t, err := reportPages()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 1<<16) // templates write word by word
	if err := t.Execute(out, r.view()); err != nil {
		return err
	}
	return out.Flush()
}

// reportPages are the templates of one page.
func reportPages() (*template.Template, error) {
	charts := 0
	return template.New("report.html").Funcs(template.FuncMap{
		"number": Number, "decimal": french1, "count": plural, "of": of, "agreement": AgreementWords,
		"specificity": SpecificityWords, "variable": VariableName, "value": ValueName,
		"percent":   percent,
		"add":       func(a, b int) int { return a + b },
		"decimal2":  decimal2,
		"decimal4":  func(x float64) string { return comma(x, 4) },
		"share":     func(x float64) float64 { return 100 * x },
		"natures":   naturesMeasured,
		"sampled":   func() int { return sampled },
		"megabytes": func() int { return shownBytes >> 20 },
		"title":     capital,
		"clean":     clean,
		"items":     itemsOf,
		"links":     linksTo,
		"dict":      func(a string, x any, b string, y any) map[string]any { return map[string]any{a: x, b: y} },
		"style":     func() template.CSS { return template.CSS(chart.Style) },
		"draw": func(class string, d *chart.Drawing) template.HTML {
			charts++ // one name for each drawing's patterns
			return template.HTML(d.SVG("motif"+strconv.Itoa(charts)+"x", class))
		},
	}).ParseFS(pages, "report*.html")
}

// naturesMeasured says in French how often each nature is right.
func naturesMeasured() string {
	var parts []string
	for _, m := range theme.Measures() {
		parts = append(parts, "«\u00a0"+m.Nature+"\u00a0» "+strconv.Itoa(m.Percent())+"\u00a0% ("+strconv.Itoa(m.Right)+" sur "+strconv.Itoa(m.Said)+")")
	}
	return "Part des phrases bien nommées, mesurée le " + theme.MeasuredOn + " sur " + theme.MeasuredWith + "\u00a0: " + strings.Join(parts, ", ") + "."
}

func decimal2(x float64) string { return comma(x, 2) }

// comma writes a number with so many decimals, as French does.
func comma(x float64, digits int) string {
	s := strings.Replace(strconv.FormatFloat(x, 'f', digits, 64), ".", ",", 1)
	if figure, ok := strings.CutPrefix(s, "-"); ok && strings.Trim(figure, "0,") == "" {
		return figure
	} else if ok {
		return "\u2212" + figure
	}
	return s
}

// What the page shows at first sight, and at most.
const (
	shownVerbatims = 5
	shownAside     = 50
	shownSegments  = 250     // of a list
	shownClass     = 25      // of a class of another reading
	shownBytes     = 6 << 20 // of all texts, above which they are not in the page
	shownLexicon   = 100
	shownRefs      = 40     // texts behind a count, at least
	shownLinks     = 40_000 // texts behind all counts, where they are more than that
	shownSaid      = 10     // sentences behind a count of sentences; more: their texts. Two more of them weigh another 5 % of the page
	shownProposals = 8
	shownKeywords  = 5  // of a text; documents.csv has the others
	shelf          = 50 // texts behind one line that opens
)

// A pageView is the report as the page reads it.
type pageView struct {
	*Report
	Funnel       []funnel
	Bars         *chart.Drawing
	Map, BigMap  *chart.Drawing
	Tree, Mind   *chart.Drawing
	Net          *chart.Drawing
	Growth       *chart.Drawing
	Forks        *chart.Drawing
	Outline      []axisView
	Legend       []legendView // of the map, by axis
	Views        []themeView
	Spoken       []variableView
	Classes      []classView
	Bares        []bareView
	Words        []entryView // the first of the lexicon
	Pairs        []pairView  // the edges of the graph of similarity
	Unclassified []reason
	Aside        int  // unclassified segments
	Weak         list // those that their theme hardly holds
	Weights      []weight
	Texts        []textView        // nil: too many
	Names        map[string]string // of themes, numbered
	Figures      map[string]*chart.Drawing
}

// Shelves is the texts, so many behind a line that opens: a link to one opens it.
func (v pageView) Shelves() [][]textView { return slices.Collect(slices.Chunk(v.Texts, shelf)) }

// Faint is the numbers of the themes that the first plane shows badly.
func (v pageView) Faint() (out []int) {
	for n, t := range v.Themes {
		if slices.ContainsFunc(v.Plane.Points, func(p Point) bool { return p.Theme == t.ID && p.Faint() }) {
			out = append(out, n+1)
		}
	}
	return out
}

type funnel struct {
	Label string
	N     int
	Of    string // share of the step that it is part of; "" none
	Link  string
}

type axisView struct {
	Axis
	Letter string
	Views  []*themeView
}

// A legendView is an axis and its pattern.
type legendView struct {
	Letter, Label string
	Swatch        *chart.Drawing
}

type themeView struct {
	Theme
	N         int // from 1
	Letter    string
	Chart     *chart.Drawing
	Words     []wordView
	First     []quote
	Rest      []quote
	Proposals []quote
	Natures   []list
	Parts     []partView
	Texts     []textLink
	Apart     []shareView // what sets it apart: sure shares
	Shares    []shareView // all, by variable
}

// A wordView is a term and the texts that say it.
type wordView struct {
	Term
	Behind, Others behind // of the theme, of the rest
}

// A pairView is two words that stand together.
type pairView struct {
	Edge
	First, Second string
	Behind        behind
}

type entryView struct {
	Entry
	Behind behind
}

type partView struct {
	Subtheme
	N      int
	Quotes []quote
	All    list
}

type list struct {
	Name  string
	Total int
	Items []quote
	More  int
	Texts []textLink // that hold those
	File  string     // that has all; "": segments.csv
}

type shareView struct {
	Share
	N      int
	Behind behind
}

type quote struct {
	Verbatim
	Rank int
	Text string
	From textLink
	Kind string
}

// What stands behind a count: all the sentences that it counts; or the first of its
// texts, how many there are more, and the file that has them all. None at all: the
// page has no texts.
type behind struct {
	Said  []quote
	Texts []textLink
	More  int
	File  string
}

type textLink struct {
	Name string // see TextName
	N    int    // from 1; 0: not in the page
}

type reason struct {
	Why string
	list
}

type weight struct {
	Name  string
	Share float64
}

type variableView struct {
	Variable
	N      int
	Chart  *chart.Drawing
	Values []valueView
}

type valueView struct {
	Modality
	Behind behind
}

type classView struct {
	Class
	N      int
	Label  string
	Quotes []quote
	All    list
	Theme  textTheme
}

type bareView struct {
	BareTheme
	N     int
	All   list
	Theme textTheme
}

type textTheme struct{ ID, Label string }

type textView struct {
	Placed
	Link   textLink
	Themes []textTheme
	Text   string
}

// capital gives a name the capital that opens a heading.
func capital(s string) string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd"))
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// Number writes a whole number as French does, thousands set apart by a narrow no-break
// space: 12 345.
func Number(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "\u202f" + digits[i:]
	}
	return digits
}

// french1 writes a number with one decimal: 12,3.
func french1(x float64) string {
	whole := int(math.Floor(x + .05))
	tenth := int(math.Floor((x+.05-float64(whole))*10 + 1e-9))
	return Number(whole) + "," + strconv.Itoa(max(0, min(9, tenth)))
}

// of returns the share of n in total, in percent.
func of(n, total int) string {
	if total == 0 {
		return "0\u00a0%"
	}
	return percent(float64(n) / float64(total))
}

// percent writes a share, from 0 to 1; « 0 % » is said only of nothing, « 100 % »
// only of all.
func percent(x float64) string {
	switch n := int(math.Round(100 * x)); {
	case n == 0 && x > 0:
		return "moins de 1\u00a0%"
	case n == 100 && x < 1:
		return "plus de 99\u00a0%"
	default:
		return strconv.Itoa(n) + "\u00a0%"
	}
}

var rankWeights = []weight{
	{"représentatif\u00a0: il contient les mots du thème et se tient près de son centre", theme.WeightTypical},
	{"bien formé\u00a0: une phrase entière qui se comprend seule, de longueur citable (au-delà de 300 signes, de moins en moins)", theme.WeightFormed},
	{"soutenu par d’autres personnes", theme.WeightSupported},
	{"différent des verbatims classés avant lui, par ses mots, son auteur·rice et sa commune", theme.WeightDistinct},
}

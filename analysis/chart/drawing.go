package chart

import (
	_ "embed" // of the style
	"html"
	"math"
	"strconv"
	"strings"
	"unicode"
)

// A Drawing is a figure, in units of about a CSS pixel; y goes down.
type Drawing struct {
	Width, Height float64
	Marks         []Mark
}

// A Kind is what a mark is.
type Kind uint8

// The kinds. A curve leaves and arrives horizontally; a word stands on its
// baseline.
const (
	Rect   Kind = iota // X, Y, W, H
	Disc               // X, Y, W: its radius
	Line               // X, Y to W, H
	Curve              // X, Y to W, H
	Word               // X, Y
	Circle             // X, Y, W: an empty one
)

// An Anchor says which point of a word its place is.
type Anchor uint8

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// A Mark is one piece of a drawing.
type Mark struct {
	Kind       Kind
	X, Y, W, H float64
	Text       string  // of a word
	Size       float64 // of a word's letters, or a line's width
	Anchor     Anchor
	Group      int    // of a disc or a rectangle, from 0: its pattern
	Soft       bool   // in the background; of a rectangle: empty
	Strong     bool   // of a word
	To         string // where a disc or a word leads; "": nowhere
}

// Patterns is how many groups look different; the next ones begin again.
const Patterns = 6

func (d *Drawing) add(m ...Mark) { d.Marks = append(d.Marks, m...) }

// SVG writes the drawing as an element of a page, hidden from who hears it: the
// table behind it says the same. name is of letters and digits, different for
// each drawing of a page; class is the element's. Its looks are CSS in [Style].
func (d *Drawing) SVG(name, class string) string {
	var b strings.Builder
	b.WriteString(`<svg class="` + html.EscapeString("chart "+class) + `" viewBox="0 0 ` + num(d.Width) + " " + num(d.Height) + `" aria-hidden="true" focusable="false">`)
	used := [Patterns]bool{}
	for _, m := range d.Marks {
		if (m.Kind == Rect || m.Kind == Disc) && !m.Soft {
			used[m.Group%Patterns] = true
		}
	}
	for g, is := range used {
		if is && patterns[g] != "" {
			b.WriteString(`<pattern id="` + name + strconv.Itoa(g) + `" width="8" height="8" patternUnits="userSpaceOnUse"><rect class="f` + strconv.Itoa(g) + `" width="8" height="8"/>` + patterns[g] + `</pattern>`)
		}
	}
	for _, m := range d.Marks {
		if m.To == "" {
			m.svg(&b, name)
			continue
		}
		// For who points: the table behind has the same link for the keyboard.
		b.WriteString(`<a href="` + html.EscapeString(clean(m.To)) + `" tabindex="-1">`)
		m.svg(&b, name)
		b.WriteString("</a>")
	}
	b.WriteString("</svg>")
	return b.String()
}

// patterns are what is drawn over a group's tint.
var patterns = [Patterns]string{
	"",
	`<path class="h" d="M0 8L8 0M-2 2L2 -2M6 10L10 6"/>`,
	`<circle class="d" cx="4" cy="4" r="1.5"/>`,
	`<path class="h" d="M0 4H8"/>`,
	`<path class="h" d="M4 0V8"/>`,
	`<path class="h" d="M0 4H8M4 0V8"/>`,
}

func (m *Mark) svg(b *strings.Builder, name string) {
	fill := func() string {
		if m.Soft {
			return ` class="e"`
		}
		g := m.Group % Patterns
		if patterns[g] == "" {
			return ` class="f` + strconv.Itoa(g) + `"`
		}
		return ` class="p" fill="url(#` + name + strconv.Itoa(g) + `)"`
	}
	soft := ""
	if m.Soft {
		soft = " s"
	}
	switch m.Kind {
	case Rect:
		b.WriteString(`<rect x="` + num(m.X) + `" y="` + num(m.Y) + `" width="` + num(m.W) + `" height="` + num(m.H) + `"` + fill() + `/>`)
	case Disc:
		b.WriteString(`<circle cx="` + num(m.X) + `" cy="` + num(m.Y) + `" r="` + num(m.W) + `"` + fill() + `/>`)
	case Circle:
		b.WriteString(`<circle cx="` + num(m.X) + `" cy="` + num(m.Y) + `" r="` + num(m.W) + `" class="l` + soft + `"/>`)
	case Line, Curve:
		path := "L" + num(m.W) + " " + num(m.H)
		if m.Kind == Curve {
			half := num((m.X + m.W) / 2)
			path = "C" + half + " " + num(m.Y) + " " + half + " " + num(m.H) + " " + num(m.W) + " " + num(m.H)
		}
		b.WriteString(`<path class="l` + soft + `" stroke-width="` + num(max(m.Size, .75)) + `" d="M` + num(m.X) + " " + num(m.Y) + path + `"/>`)
	case Word:
		class := "t" + soft
		if m.Strong {
			class += " b"
		}
		anchor := [...]string{"", ` text-anchor="middle"`, ` text-anchor="end"`}[m.Anchor]
		b.WriteString(`<text class="` + class + `" x="` + num(m.X) + `" y="` + num(m.Y) + `" font-size="` + num(m.Size) + `"` + anchor + `>` + html.EscapeString(clean(m.Text)) + `</text>`)
	}
}

// clean keeps what a page may hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0xfffe && r <= 0xffff {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// Style is the CSS of drawings; --ink, --soft and --card are the page's.
//
//go:embed style.css
var Style string

func num(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "0"
	}
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}

// short cuts a word to n letters.
func short(s string, n int) string {
	s = clean(s)
	if letters := []rune(s); len(letters) > n {
		return strings.TrimRight(string(letters[:n-1]), " ,;:") + "…"
	}
	return s
}

// wide is about how wide a word is: letters of half their size and a bit, capitals of
// more.
func wide(s string, size float64) float64 {
	n := 0.
	for _, r := range s {
		if n += .58; unicode.IsUpper(r) {
			n += .14
		}
	}
	return n * size
}

// halved cuts words that are longer than n letters into two lines, and the second one
// short.
func halved(s string, n int) []string {
	s = clean(s)
	letters := []rune(s)
	if len(letters) <= n {
		return []string{s}
	}
	at := n
	for at > n/2 && letters[at] != ' ' {
		at--
	}
	if letters[at] != ' ' {
		return []string{short(s, n)}
	}
	return []string{string(letters[:at]), short(string(letters[at+1:]), n)}
}

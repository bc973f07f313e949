package pdf

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A glyph is one character in its place in the reading.
type glyph struct {
	r     rune
	face  *face
	cid   uint16
	size  float64 // points
	rise  float64
	width float64 // points
	node  *node   // the element that it is part of
	note  *Note   // called here
	said  string  // what it stands for, where parts show its name
	parts []glyph
}

// A line is what stands beside each other; blanks at its end take no room.
type line struct {
	glyphs []glyph
	width  float64
}

// What is raised, as shares of the size around it.
const (
	small = .65
	high  = .35
)

// A setter turns spans into glyphs.
type setter struct{ faces faces }

func (s *setter) glyphs(out []glyph, text string, st style, size, rise float64, n *node) []glyph {
	list := []rune(norm.NFC.String(text))
	for i := 0; i < len(list); i++ {
		r := list[i]
		if r == '\n' {
			out = append(out, glyph{r: r, size: size, node: n})
			continue
		}
		if r < ' ' && r != '\t' || r == '\ufeff' || r == '\u2028' || r == '\u2029' {
			r = ' '
		}
		f, cid := s.faces.show(st, r)
		if f == nil {
			said, name := string(r), nameOf(r)
			if a, ok := regional(r); ok && i+1 < len(list) {
				if b, ok := regional(list[i+1]); ok {
					i++
					said, name = said+string(list[i]), "drapeau\u00a0"+string([]rune{a, b})
				}
			}
			out = append(out, s.named(said, name, st, size, rise, n))
			continue
		}
		g := glyph{r: r, face: f, cid: cid, size: size, rise: rise, node: n}
		if f.chars[cid-1].low {
			g.size, g.rise = size*small, rise+size*high
		}
		g.width = f.width(cid) * g.size / 1000
		if r == '\t' {
			g.width *= 4
		}
		out = append(out, g)
	}
	return out
}

// spans sets a paragraph behind its label. Its words are part of n, its label
// of head; links and calls of notes are elements within n.
func (s *setter) spans(list []Span, label string, size float64, bold bool, head, n *node) (out []glyph) {
	if label != "" {
		out = s.glyphs(out, label+"\u00a0", styleOf(head == n, false), size, 0, head)
	}
	for i := range list {
		x := &list[i]
		in := n
		if x.Link != "" {
			in = &node{tag: "Link", link: x.Link, leads: x.leads()}
		}
		out = s.glyphs(out, x.Text, styleOf(x.Strong || bold, x.Em), size, 0, in)
		for j := range x.Notes {
			note := &x.Notes[j]
			from := len(out)
			mark := strconv.Itoa(note.Number)
			if j > 0 {
				mark = "," + "\u202f" + mark
			}
			out = s.glyphs(out, mark, 0, size*small, size*high, &node{tag: "Reference"})
			if len(out) > from {
				out[from].note = note
			}
		}
	}
	return out
}

// leads is where a link leads, in words: a screen reader says it where the link
// stands alone.
func (x *Span) leads() string {
	words := strings.TrimSpace(cmp.Or(x.Leads, x.Text))
	if u, err := url.Parse(words); words != "" && (err != nil || u.Scheme == "" || u.Host == "") {
		return words
	}
	if u, err := url.Parse(x.Link); err == nil && u.Host != "" {
		return "page du site " + u.Host
	}
	return "lien"
}

// ends tells behind which glyphs a line may end: behind a blank, a hyphen, a dash
// or a slash, but not before the call of a note. Within an address it may only
// behind a slash of its path and before its fragment.
func ends(g []glyph) []bool {
	may := make([]bool, len(g))
	address := false // since its « :// »
	next := func(i int, r rune) bool { return i+1 < len(g) && g[i+1].r == r }
	for i := range g {
		switch r := g[i].r; {
		case r == ' ' || r == '\t' || r == '\n':
			address, may[i] = false, true
		case r == '/' && i > 1 && g[i-1].r == '/' && g[i-2].r == ':':
			address = true
		case r == '/':
			may[i] = !next(i, '/')
		default:
			may[i] = !address && strings.ContainsRune("-\u2010\u2013\u2014", r)
		}
		may[i] = (may[i] || address && next(i, '#')) && !(i+1 < len(g) && g[i+1].rise != 0)
	}
	return may
}

// breaks cuts glyphs into lines no wider than width (first fit, as TeX's
// \raggedright with no stretch): where [ends] allows, else within a word that is
// wider than a line.
func breaks(g []glyph, width float64) (out []line) {
	may := ends(g)
	from, after := 0, 0 // of the line; where it may end
	x, to := 0.0, 0.0   // its width with and without blanks at its end
	atBreak := 0.0      // its width up to after
	cut := func(end int, w float64) {
		out = append(out, line{g[from:end], w})
		from, after = end, end
	}
	for i := 0; i < len(g); i++ {
		c := &g[i]
		if c.r == '\n' {
			cut(i+1, to)
			x, to = 0, 0
			continue
		}
		blank := c.r == ' ' || c.r == '\t'
		if !blank && x+c.width > width && i > from {
			if after > from {
				i = after - 1
				cut(after, atBreak)
			} else {
				cut(i, to)
				i--
			}
			x, to = 0, 0
			continue
		}
		x += c.width
		if !blank {
			to = x
		}
		if may[i] {
			after, atBreak = i+1, to
		}
	}
	if from < len(g) || len(out) == 0 {
		cut(len(g), to)
	}
	return out
}

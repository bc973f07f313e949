package pdf

import (
	"fmt"
	"slices"
	"sort"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// Fonts are the faces to set with, each a list of files (WOFF 1.0 or
// TrueType) of which the first that has a character shows it.
type Fonts struct{ Regular, Strong, Em, StrongEm [][]byte }

// A style is one of the four.
type style int

func styleOf(strong, em bool) (s style) {
	if strong {
		s |= 1
	}
	if em {
		s |= 2
	}
	return s
}

// A face is one file, and what of it was used.
type face struct {
	data  []byte
	font  *sfnt.Font
	units float64
	buf   sfnt.Buffer
	cids  map[rune]uint16 // code of a character; from 1
	chars []char          // by code - 1
	index int             // in the order of first use; 0 not used
}

// A char is a character as a face shows it.
type char struct {
	r     rune
	glyph sfnt.GlyphIndex
	width float64 // in thousandths of the size
	low   bool    // it is to be raised: the font has only the letter at its usual height
}

type faces [4][]*face

// open reads the fonts. Errors: ErrFont.
func (f *Fonts) open() (out faces, err error) {
	for i, files := range [4][][]byte{f.Regular, f.Strong, f.Em, f.StrongEm} {
		for _, data := range files {
			if data, err = unwoff(data); err != nil {
				return out, err
			}
			parsed, err := sfnt.Parse(data)
			if err != nil {
				return out, fmt.Errorf("%w: %v", ErrFont, err)
			}
			out[i] = append(out[i], &face{data: data, font: parsed, units: float64(parsed.UnitsPerEm()), cids: map[rune]uint16{}})
		}
		if len(out[i]) == 0 {
			return out, ErrFont
		}
	}
	return out, nil
}

// show finds how a character is shown: itself, or one that looks like it. No
// face: none has it.
func (f *faces) show(s style, r rune) (*face, uint16) {
	for _, x := range f[s] {
		if cid, ok := x.cids[r]; ok {
			return x, cid
		}
	}
	as, scale := r, 1.0
	switch r {
	case '\u00a0', '\t':
		as = ' '
	case '\u202f', '\u2009':
		as, scale = ' ', .7 // a narrow space, where the font has none
	case '\u2011':
		as = '-'
	case '➔', '➜', '➝', '➞', '➡', '⮕', '⟶':
		as = '→'
	}
	for _, try := range []struct {
		r     rune
		scale float64
	}{{r, 1}, {as, scale}, {plain(r), 1}} {
		for _, x := range f[s] {
			if g, err := x.font.GlyphIndex(&x.buf, try.r); err == nil && g != 0 {
				cid := x.code(r, g, try.scale)
				x.chars[cid-1].low = try.r != r && raised(r)
				return x, cid
			}
		}
	}
	if x := f[s][0]; silent(r) {
		if g, err := x.font.GlyphIndex(&x.buf, ' '); err == nil {
			return x, x.code(r, g, 0)
		}
	}
	return nil, 0
}

// plain is the letter behind a raised or otherwise formatted one.
func plain(r rune) rune {
	if d := []rune(norm.NFKD.String(string(r))); len(d) == 1 {
		return d[0]
	}
	return r
}

// raised is whether a character is a letter or a figure above the line, as those of
// « nᵒ », « 1ᵉʳ » and « m² ».
func raised(r rune) bool {
	return r >= 'ʰ' && r <= 'ʸ' || r >= 'ᴬ' && r <= 'ᵡ' || r == '²' || r == '³' || r == '¹' || r == '⁰' || r >= '⁴' && r <= 'ⁿ'
}

func (x *face) code(r rune, g sfnt.GlyphIndex, scale float64) uint16 {
	w, err := x.font.GlyphAdvance(&x.buf, g, fixed.Int26_6(x.units), font.HintingNone)
	if err != nil {
		w = 0
	}
	x.chars = append(x.chars, char{r, g, float64(w) / x.units * 1000 * scale, false})
	x.cids[r] = uint16(len(x.chars))
	return uint16(len(x.chars))
}

func (x *face) width(cid uint16) float64 { return x.chars[cid-1].width }

// name is the font's PostScript name, fit for a PDF name.
func (x *face) name() string {
	s, err := x.font.Name(&x.buf, sfnt.NameIDPostScript)
	if err != nil || s == "" {
		s = "Font"
	}
	ok := func(c byte) bool {
		return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-'
	}
	return string(slices.DeleteFunc([]byte(s), func(c byte) bool { return !ok(c) }))
}

// used are the faces that show something, in the order of their first use.
func (f *faces) used() (out []*face) {
	for _, list := range f {
		for _, x := range list {
			if x.index > 0 {
				out = append(out, x)
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].index < out[j].index })
	return out
}

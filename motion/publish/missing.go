package publish

import (
	"slices"
	"strings"

	"github.com/villes-internet/congres/motion"
	"github.com/villes-internet/congres/motion/publish/pdf"
)

// A Sign is a character that the PDF names instead of drawing it.
type Sign struct {
	pdf.Sign
	Anchor string // of the block that holds it first, "" where only a source does
}

// Missing are the characters of a document and its sources that fonts do not draw,
// each once, in the order of the text. Errors: pdf.ErrFont.
func Missing(d *motion.Document, fonts *pdf.Fonts) (out []Sign, err error) {
	type place struct{ text, anchor string }
	var places []place
	var all strings.Builder
	add := func(text, anchor string) {
		text = strings.Map(func(r rune) rune {
			if r < '\u0180' || r >= '\u2010' && r <= '\u203f' { // letters and typography that every font for French has
				return -1
			}
			return r
		}, text)
		if text != "" {
			places = append(places, place{text, anchor})
			all.WriteString(text + " ")
		}
	}
	for i := range d.Blocks {
		for _, r := range d.Blocks[i].Runs {
			add(r.Text, d.Blocks[i].Anchor())
		}
	}
	for _, s := range d.Sources {
		add(s.Text, "")
	}
	if len(places) == 0 {
		return nil, nil
	}
	missing, err := fonts.Missing(all.String())
	for _, s := range missing {
		sign := Sign{Sign: s}
		if at := slices.IndexFunc(places, func(p place) bool { return strings.Contains(p.text, s.Char) }); at >= 0 {
			sign.Anchor = places[at].anchor
		}
		out = append(out, sign)
	}
	return out, err
}

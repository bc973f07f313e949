package publish

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/villes-internet/congres/motion"
)

const nbsp = "\u00a0"

// A part is one block, or a list of items, as every writer shows it.
type part struct {
	Kind      motion.Kind
	Number    int
	Anchor    string
	Label     string // « II. », « Proposition 4. », « a) », "" none
	Sentences []sentence
	Level     int    // of a heading within the annex, as HTML counts them; else 0
	Imprint   bool   // it says what the paper is, see [imprint]
	Page      string // on the imprint: the permanent address, "" where that is only a path
	Items     []part // of a list; then all else is empty
}

// A sentence is what bears one anchor; "" for the blanks between two.
type sentence struct {
	Anchor string
	Pieces []piece
}

// A piece is a run and the calls of the sources that end behind it.
type piece struct {
	motion.DocumentRun
	Calls []call
	Leads string // in words, where its link leads; "" as its own words say
}

// A call leads from words to what they rest on.
type call struct {
	Number int
	Href   string
	Source *motion.Source
}

// parts lays a document out.
func parts(d *motion.Document, base string) (out []part) {
	for i := range d.Blocks {
		p := lay(d, &d.Blocks[i], base)
		if p.Kind != motion.Item {
			out = append(out, p)
			continue
		}
		if n := len(out); n == 0 || len(out[n-1].Items) == 0 {
			out = append(out, part{})
		}
		list := &out[len(out)-1]
		list.Items = append(list.Items, p)
	}
	return out
}

func lay(d *motion.Document, b *motion.DocumentBlock, base string) part {
	p := part{Kind: b.Kind, Number: b.Number, Anchor: b.Anchor()}
	switch b.Kind {
	case motion.Axis:
		p.Label = b.Label + "."
	case motion.Proposal:
		p.Label = "Proposition" + nbsp + b.Label + "."
	case motion.Item:
		p.Label = letter(b.Number)
	}
	last := -1
	for i, r := range b.Runs {
		if r.Sentence != last {
			s := sentence{}
			if r.Sentence > 0 {
				s.Anchor = b.SentenceAnchor(r.Sentence)
			}
			p.Sentences = append(p.Sentences, s)
			last = r.Sentence
		}
		if strings.HasPrefix(r.Link, "/") { // a page of ours
			r.Link = base + r.Link
		}
		s := &p.Sentences[len(p.Sentences)-1]
		s.Pieces = append(s.Pieces, piece{DocumentRun: r, Calls: calls(d, b.Runs[i:], base)})
	}
	return p
}

// letter numbers an item as the pages do (CSS Counter Styles §6.2, lower-alpha):
// « a) » … « z) », « aa) ».
func letter(n int) string {
	s := ")"
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('a'+(n-1)%26)) + s
	}
	return s
}

// calls are of the sources that the first run has and the next has not.
func calls(d *motion.Document, runs []motion.DocumentRun, base string) (out []call) {
	for _, n := range runs[0].Sources {
		if len(runs) > 1 && slices.Contains(runs[1].Sources, n) {
			continue
		}
		s := &d.Sources[n-1]
		out = append(out, call{n, base + s.Path(), s})
	}
	return out
}

// quoted writes a source's words as a quotation, and whose they are.
func quoted(s *motion.Source) string {
	if s.Text == "" {
		return s.Signature
	}
	return "«\u202f" + oneLine(s.Text) + "\u202f», " + s.Signature
}

var lineBreaks = regexp.MustCompile(`[ \t]*[\r\n\x{2028}\x{2029}]\s*`)

// oneLine is words as a note holds them: a line break, with the blanks around it,
// is one space.
func oneLine(s string) string { return strings.TrimSpace(lineBreaks.ReplaceAllString(s, " ")) }

// whose says where a contribution's address leads, in words.
func whose(signature string, hidden bool) string {
	if hidden {
		return signature
	}
	return "contribution de" + nbsp + ": " + oneLine(signature)
}

// later says that the author has changed the words since, "" if not.
func later(s *motion.Source) string {
	if s.Newest > s.Version {
		return "version " + strconv.Itoa(s.Version) + ", modifiée depuis par son auteur·e"
	}
	return ""
}

// said is what a note tells of a source.
func said(s *motion.Source) string {
	if l := later(s); l != "" {
		return quoted(s) + " (" + l + ")."
	}
	return quoted(s) + "."
}

// outline is a heading's level among the paper's, from 1, and 0 of what is none.
func (p *part) outline() int {
	if p.Kind == motion.Axis {
		return 1
	}
	return max(0, p.Level-1)
}

// colophon is what stands under the text: which congress and version, the
// licence, and the journal's head.
func colophon(d *motion.Document) []string {
	out := []string{strings.TrimPrefix(d.Congress+". ", ". ") + state(d) + "."}
	if d.Licence != "" {
		out = append(out, "Licence"+nbsp+": "+strings.TrimSuffix(d.Licence, ".")+".")
	}
	return append(out, "Journal"+nbsp+": fait nᵒ"+nbsp+strconv.FormatUint(d.Head.Seq, 10)+", empreinte "+d.Head.Hash)
}

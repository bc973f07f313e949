package motion

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Review is what its authors should look at again before they publish.
type Review struct {
	Untitled  bool            // no title has words
	Titles    []Passage       // that have words, where there are several
	Axisless  bool            // no axis has words
	Plain     bool            // there are words, and none in a visa, a recital or a proposal: pasted and not yet put in form
	Unwritten []DocumentBlock // proposals that still read as the draft made them
	Altered   []Passage       // quotes whose words are no longer those of the contribution they cite
	Hidden    []Passage       // that cite a contribution which staff hide: its words are not shown
	Unsourced []Passage       // sentences that no contribution stands behind: their authors answer for them
}

// A Passage is a place of a document and what it says there.
type Passage struct {
	Anchor string
	Text   string
	Source *Source // of a quote: one that it cites
}

// Grave is whether something is to be reviewed that its authors confirm before
// they publish it: what other people are made to say, or what is not written yet.
func (r Review) Grave() bool { return len(r.Unwritten)+len(r.Altered)+len(r.Hidden) > 0 }

// Review reads the document as a careful colleague would.
func (d *Document) Review() (r Review) {
	words := map[Kind]bool{}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if text := oneLine(b.words()); text != "" {
			words[b.Kind] = true
			if b.Kind == Title {
				r.Titles = append(r.Titles, Passage{Anchor: b.Anchor(), Text: text})
			}
		}
		if b.Kind == Proposal && len(b.Runs) > 0 && strings.HasPrefix(b.Runs[0].Text, unwritten) {
			r.Unwritten = append(r.Unwritten, *b)
		}
		r.Altered = append(r.Altered, d.altered(b)...)
		r.Hidden = append(r.Hidden, d.hidden(b)...)
		r.Unsourced = append(r.Unsourced, unsourced(b)...)
	}
	r.Untitled, r.Axisless = !words[Title], !words[Axis]
	if len(r.Titles) == 1 {
		r.Titles = nil
	}
	r.Plain = words[Paragraph] && !words[Visa] && !words[Recital] && !words[Proposal]
	return r
}

// unsourced are a block's sentences without a source, where its kind claims
// something. The editor marks the same (web/ui, support.ts):
// testdata/unsourced.json holds for both.
func unsourced(b *DocumentBlock) (out []Passage) {
	if !slices.Contains([]Kind{Recital, Paragraph, Proposal, Item}, b.Kind) {
		return nil
	}
	var text strings.Builder
	for i := 0; i < len(b.Runs); {
		n, sourced := b.Runs[i].Sentence, false
		text.Reset()
		for ; i < len(b.Runs) && b.Runs[i].Sentence == n; i++ {
			text.WriteString(b.Runs[i].Text)
			sourced = sourced || len(b.Runs[i].Sources) > 0
		}
		if n > 0 && !sourced && strings.ContainsFunc(text.String(), unicode.IsLetter) {
			out = append(out, Passage{Anchor: b.SentenceAnchor(n), Text: oneLine(text.String())})
		}
	}
	return out
}

// hidden are a block's passages that cite a contribution which staff hide.
func (d *Document) hidden(b *DocumentBlock) (out []Passage) {
	within := false
	for _, run := range b.Runs {
		at := slices.IndexFunc(run.Sources, func(n int) bool { return d.Sources[n-1].Hidden() })
		switch {
		case at >= 0 && within:
			out[len(out)-1].Text += run.Text
		case at >= 0:
			out = append(out, Passage{b.SentenceAnchor(max(1, run.Sentence)), run.Text, &d.Sources[run.Sources[at]-1]})
		}
		within = at >= 0
	}
	for i := range out {
		out[i].Text = oneLine(out[i].Text)
	}
	return out
}

// altered are a block's quotes that say what their sources do not. The editor
// counts them alike (web/ui, quotes.ts): testdata/quotes.json holds for both.
func (d *Document) altered(b *DocumentBlock) (out []Passage) {
	depth, first := 0, 0
	var text strings.Builder
	var sources []int
	for _, run := range b.Runs {
		for _, c := range run.Text {
			if c == '»' && depth > 0 {
				if depth--; depth == 0 && len(sources) > 0 && !d.says(text.String(), sources) {
					out = append(out, Passage{b.SentenceAnchor(max(1, first)), oneLine(text.String()), &d.Sources[sources[0]-1]})
				}
			}
			if depth > 0 {
				text.WriteRune(c)
				for _, n := range run.Sources {
					if !slices.Contains(sources, n) {
						sources = append(sources, n)
					}
				}
			}
			if c == '«' {
				if depth++; depth == 1 {
					text.Reset()
					sources, first = sources[:0], run.Sentence
				}
			}
		}
	}
	return out
}

// says is whether a quote is made of words of its sources, letter for letter but
// for capitals, blanks and marks of typography. What stands between brackets is
// the quoter's: « il faut […] agir ». A source whose words are gone says
// anything.
func (d *Document) says(quote string, sources []int) bool {
	var said []string
	for _, n := range sources {
		if d.Sources[n-1].Text == "" {
			return true
		}
		said = append(said, compared(d.Sources[n-1].Text))
	}
	for _, piece := range unbracketed(quote) {
		piece = strings.Trim(compared(piece), " .,;:!?…")
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, piece) }) {
			return false
		}
	}
	return true
}

// unbracketed is a quote without what stands between brackets, and in pieces there.
func unbracketed(quote string) (out []string) {
	quote = strings.NewReplacer("(…)", "[]", "(...)", "[]").Replace(quote)
	for {
		before, rest, found := strings.Cut(quote, "[")
		out = append(out, before)
		if !found {
			return out
		}
		if _, quote, found = strings.Cut(rest, "]"); !found {
			return out
		}
	}
}

// compared is text as it is compared: in one case, one kind of apostrophe, of dash
// and of quotation mark, and no blank but single spaces, none beside marks.
func compared(text string) string {
	text = strings.NewReplacer("’", "'", "«", "\"", "»", "\"", "“", "\"", "”", "\"", "–", "-", "—", "-", "‑", "-", "...", "…").Replace(strings.ToLower(norm.NFC.String(text)))
	text = strings.Join(strings.FieldsFunc(text, isBlank), " ")
	for _, mark := range []string{"\"", ";", ":", "!", "?", "…", ",", "."} {
		text = strings.ReplaceAll(strings.ReplaceAll(text, " "+mark, mark), mark+" ", mark)
	}
	return text
}

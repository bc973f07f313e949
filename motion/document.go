package motion

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/consult/store"
)

// DocumentFormat is the version of [Document]'s JSON.
const DocumentFormat = 1

// ErrFormat is what a document of a later format, or no document, is refused
// with.
var ErrFormat = errors.New("motion: no document that this version can read")

// A Document is a published version by itself: its text, what every sentence
// rests on, and the journal's head. It depends on nothing else, so that it
// reads the same in ten years; package publish writes it out.
type Document struct {
	Format    int             `json:"format"`
	Motion    string          `json:"motion"`
	Edition   string          `json:"edition"`
	Congress  string          `json:"congress"` // the edition's title
	Title     string          `json:"title"`
	Version   int             `json:"version"`   // 0: a draft
	Published string          `json:"published"` // RFC 3339, UTC
	Licence   string          `json:"licence,omitempty"`
	Head      DocumentHead    `json:"head"`
	Blocks    []DocumentBlock `json:"blocks"`
	Sources   []Source        `json:"sources"` // in the order of their first citation
	Annex     []Fate          `json:"annexe,omitempty"`
}

// A DocumentHead is the journal's last fact when the document was made.
type DocumentHead struct {
	Seq  uint64 `json:"seq"`
	Hash string `json:"hash"` // hexadecimal
}

// A DocumentBlock is one block with its number as it is printed.
type DocumentBlock struct {
	Kind   Kind          `json:"kind"`
	ID     string        `json:"id"`
	Number int           `json:"number,omitempty"`
	Label  string        `json:"label,omitempty"`
	Runs   []DocumentRun `json:"runs"`
}

// A DocumentRun is a piece of text with one set of attributes, all of one
// sentence.
type DocumentRun struct {
	Text     string `json:"text"`
	Strong   bool   `json:"strong,omitempty"`
	Em       bool   `json:"em,omitempty"`
	Link     string `json:"link,omitempty"`
	Sentence int    `json:"sentence,omitempty"` // from 1 in its block; 0: a blank between two
	Sources  []int  `json:"sources,omitempty"`  // from 1: Sources[n-1]
}

// A Source is a segment that the text cites, as it was at publication.
type Source struct {
	Segment      string `json:"segment"`
	Contribution string `json:"contribution"`
	Version      int    `json:"version"`
	Start        int    `json:"debut"`
	End          int    `json:"fin"`
	Text         string `json:"texte"`     // its exact words; "" when hidden
	Signature    string `json:"signature"` // of its author, by the edition's rule
	Newest       int    `json:"newest"`    // the contribution's version then: above Version, its author has changed it since
}

// Anchor names the block in a page.
func (b *DocumentBlock) Anchor() string { return "b-" + b.ID }

// SentenceAnchor names one of its sentences, from 1.
func (b *DocumentBlock) SentenceAnchor(sentence int) string { return anchor(b.ID, sentence-1) }

// words are the block's, without its number.
func (b *DocumentBlock) words() string {
	var text strings.Builder
	for _, r := range b.Runs {
		text.WriteString(r.Text)
	}
	return text.String()
}

// Path is where the source's words stand in the site.
func (s *Source) Path() string {
	return "/contributions/" + s.Contribution + "#" + Segment{s.Contribution, s.Version, s.Start, s.End}.Fragment()
}

// Hidden is whether its contribution was hidden when the document was made.
func (s *Source) Hidden() bool { return s.Text == "" && s.Signature == hiding.signature }

// At is when it was published; zero when that does not read.
func (d *Document) At() time.Time {
	t, _ := time.Parse(time.RFC3339, d.Published)
	return t
}

// Date is the day of publication in French, on the congress' clock: « 1ᵉʳ
// décembre 2026 ».
func (d *Document) Date() string { return consult.Date(d.At()) }

// NewDocument makes version of m from its text. Citations of contributions
// that people does not hold are left out; comments never are part of it.
func NewDocument(m *Motion, t *Text, people *consult.State, version int, head store.Head, at time.Time) *Document {
	d := &Document{Format: DocumentFormat, Motion: m.ID, Edition: m.Edition, Title: t.Title(), Version: version,
		Published: at.UTC().Format(time.RFC3339), Head: DocumentHead{head.Seq, head.Hash.String()}}
	edition := people.Edition(m.Edition)
	if edition != nil {
		d.Congress, d.Licence = edition.Title, edition.Licence
	}
	if d.Title == "" {
		d.Title = m.Title
	}
	d.fill(t, func(id string) (Source, bool) {
		s, ok := ParseSegment(id)
		c := people.Contribution(s.Contribution)
		if !ok || c == nil || c.Erased {
			return Source{}, false
		}
		source := Source{Segment: id, Contribution: s.Contribution, Version: s.Version, Start: s.Start, End: s.End,
			Text: s.Words(people), Signature: people.Signature(edition, c.Author), Newest: c.Version()}
		if c.Hidden != "" {
			source.Signature = hiding.signature // see [Source.Hidden]
		}
		return source, true
	})
	return d
}

// fill writes the text into d, with the sources that find knows, numbered as they
// are called: where the words end that one supports.
func (d *Document) fill(t *Text, find func(segment string) (Source, bool)) {
	d.Blocks, d.Sources = make([]DocumentBlock, 0, len(t.Blocks)), []Source{}
	numbers := map[string]int{} // 0: not a source
	cite := func(segments []string) (out []int) {
		for _, id := range segments {
			n, seen := numbers[id]
			if !seen {
				if s, ok := find(id); ok {
					d.Sources = append(d.Sources, s)
					n = len(d.Sources)
				}
				numbers[id] = n
			}
			if n > 0 {
				out = append(out, n)
			}
		}
		slices.Sort(out)
		return out
	}
	for i := range t.Blocks {
		b := &t.Blocks[i]
		for k, r := range b.Runs {
			cite(slices.DeleteFunc(slices.Clone(r.Citations), func(id string) bool {
				return k+1 < len(b.Runs) && slices.Contains(b.Runs[k+1].Citations, id)
			}))
		}
		out := DocumentBlock{Kind: b.Kind, ID: b.ID, Number: b.Number, Label: b.Label(), Runs: []DocumentRun{}}
		sentences := b.Sentences()
		at := 0
		for _, r := range b.Runs {
			sources := cite(r.Citations)
			for text := r.Text; text != ""; {
				for len(sentences) > 0 && sentences[0].End <= at {
					sentences = sentences[1:]
				}
				n, number := len(text), 0
				if len(sentences) > 0 {
					if s := sentences[0]; at < s.Start {
						n = min(n, s.Start-at)
					} else {
						n, number = min(n, s.End-at), s.Index+1
					}
				}
				run := DocumentRun{text[:n], r.Strong, r.Em, r.Link, number, sources}
				if last := len(out.Runs) - 1; last >= 0 && out.Runs[last].like(&run) {
					out.Runs[last].Text += run.Text // a comment, which is not part of it, ends here
				} else {
					out.Runs = append(out.Runs, run)
				}
				text, at = text[n:], at+n
			}
		}
		d.Blocks = append(d.Blocks, out)
	}
}

func (r *DocumentRun) like(o *DocumentRun) bool {
	return r.Strong == o.Strong && r.Em == o.Em && r.Link == o.Link && r.Sentence == o.Sentence && slices.Equal(r.Sources, o.Sources)
}

// Fingerprint tells a text that was read from another: the same for the same words in
// the same form with the same sources.
func (d *Document) Fingerprint() string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	for _, part := range []any{d.Blocks, d.Cites()} {
		if err := enc.Encode(part); err != nil {
			panic(err) // strings, numbers and booleans always encode
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Text reads the document's text back.
func (d *Document) Text() *Text {
	t := &Text{}
	for _, b := range d.Blocks {
		block := Block{Kind: b.Kind, ID: b.ID}
		for _, r := range b.Runs {
			run := Run{Text: r.Text, Strong: r.Strong, Em: r.Em, Link: r.Link}
			for _, n := range r.Sources {
				if n > 0 && n <= len(d.Sources) {
					run.Citations = append(run.Citations, d.Sources[n-1].Segment)
				}
			}
			slices.Sort(run.Citations)
			if n := len(block.Runs); n > 0 && block.Runs[n-1].like(&run) {
				block.Runs[n-1].Text += run.Text
			} else {
				block.Runs = append(block.Runs, run)
			}
		}
		t.Blocks = append(t.Blocks, block)
	}
	number(t.Blocks)
	return t
}

// Redact is the document without the words of erased contributions, and
// without their sources.
func (d *Document) Redact(contributions map[string]bool) *Document {
	return d.without(contributions, erasure)
}

// without is the document from which the words of contributions were taken
// out; what the annex tells of them goes, and so do their sources or at least
// what these say.
func (d *Document) without(contributions map[string]bool, r removal) *Document {
	out := *d
	ops := d.Text().Ops()
	t := Parse(apply(ops, r.from(ops, contributions)))
	if s := t.Title(); s != "" {
		out.Title = s
	}
	out.Annex = slices.DeleteFunc(slices.Clone(d.Annex), func(f Fate) bool { return contributions[f.Contribution] })
	out.fill(t, func(id string) (Source, bool) {
		s, ok := d.source(id)
		if !ok {
			return Source{}, false
		}
		if contributions[s.Contribution] {
			s.Text, s.Signature = "", r.signature
			return s, r.cited
		}
		return s, true
	})
	return &out
}

// Cites returns the contributions that are its sources, sorted.
func (d *Document) Cites() []string {
	var out []string
	for _, s := range d.Sources {
		out = append(out, s.Contribution)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Annexed returns the contributions that only its annex names, sorted.
func (d *Document) Annexed() []string {
	cited := d.Cites()
	var out []string
	for _, f := range d.Annex {
		if _, ok := slices.BinarySearch(cited, f.Contribution); !ok {
			out = append(out, f.Contribution)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// same is whether two documents say the same: all but which version it is, when it
// was published and what the journal's head was. Where comments cut the text of an
// older version into runs makes no difference.
func (d *Document) same(o *Document) bool {
	said := func(d *Document) []byte {
		x := *d
		x.Version, x.Published, x.Head = 0, "", DocumentHead{}
		x.fill(d.Text(), d.source)
		data, err := x.Encode()
		if err != nil {
			return nil
		}
		return data
	}
	a, b := said(d), said(o)
	return a != nil && bytes.Equal(a, b)
}

// source finds the one of a segment.
func (d *Document) source(segment string) (Source, bool) {
	i := slices.IndexFunc(d.Sources, func(s Source) bool { return s.Segment == segment })
	if i < 0 {
		return Source{}, false
	}
	return d.Sources[i], true
}

// Encode writes the document's JSON, the same bytes for the same document.
func (d *Document) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(d); err != nil {
		return nil, fmt.Errorf("motion: encode document: %w", err)
	}
	return b.Bytes(), nil
}

// DecodeDocument reads what Encode wrote. What steers the display, which versions
// published before it was refused may hold, is not in what it returns, see
// [legible]. Errors: ErrFormat.
func DecodeDocument(data []byte) (*Document, error) {
	d := &Document{}
	if err := json.Unmarshal(data, d); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	if d.Format < 1 || d.Format > DocumentFormat {
		return nil, fmt.Errorf("%w: format %d", ErrFormat, d.Format)
	}
	d.Title = legible(d.Title)
	for i := range d.Sources {
		d.Sources[i].Text = legible(d.Sources[i].Text)
	}
	for _, b := range d.Blocks {
		for i := range b.Runs {
			r := &b.Runs[i]
			r.Text = legible(r.Text)
			for _, n := range r.Sources {
				if n < 1 || n > len(d.Sources) {
					return nil, fmt.Errorf("%w: source %d of %d", ErrFormat, n, len(d.Sources))
				}
			}
		}
	}
	return d, nil
}

package motion

import (
	"slices"
	"strings"

	"github.com/villes-internet/congres/motion/ydoc"
)

// Root is the name of the shared document's one text.
const Root = "motion"

// A Text is the motion as it stands. It is not changed once read.
type Text struct {
	Blocks []Block
}

// A Block is a run of text that one newline ends.
type Block struct {
	Kind   Kind
	ID     string // unique in its text: letters, digits, - and _
	Number int    // from 1, of axes, proposals, recitals and items; else 0
	Runs   []Run
}

// A Run is a piece of text with one set of attributes.
type Run struct {
	Text       string
	Strong, Em bool
	Link       string   // an address that may be followed, else ""
	Citations  []string // segments, sorted
	Comments   []string // sorted
}

func (r *Run) like(o *Run) bool {
	return r.Strong == o.Strong && r.Em == o.Em && r.Link == o.Link &&
		slices.Equal(r.Citations, o.Citations) && slices.Equal(r.Comments, o.Comments)
}

// Text is the block's words.
func (b *Block) Text() string {
	var s strings.Builder
	for _, r := range b.Runs {
		s.WriteString(r.Text)
	}
	return s.String()
}

// Anchor names the block in a page.
func (b *Block) Anchor() string { return "b-" + b.ID }

// Title is the words of the first title, "" when there is none.
func (t *Text) Title() string {
	for i := range t.Blocks {
		if t.Blocks[i].Kind == Title {
			if s := strings.TrimSpace(t.Blocks[i].Text()); s != "" {
				return s
			}
		}
	}
	return ""
}

// Citations returns the segments that the text cites, each once, in the order
// in which they first appear.
func (t *Text) Citations() []string {
	var out []string
	seen := map[string]bool{}
	for _, b := range t.Blocks {
		for _, r := range b.Runs {
			for _, c := range r.Citations {
				if !seen[c] {
					seen[c] = true
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// Contributions returns what the text cites, each once, sorted.
func (t *Text) Contributions() []string {
	var out []string
	for _, c := range t.Citations() {
		if s, ok := ParseSegment(c); ok {
			out = append(out, s.Contribution)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Commented returns the words that bear each thread of comments, pieces of them
// parted by « … ».
func (t *Text) Commented() map[string]string {
	out := map[string]string{}
	var before map[string]bool
	for _, b := range t.Blocks {
		for _, r := range b.Runs {
			here := map[string]bool{}
			for _, c := range r.Comments {
				here[c] = true
				if out[c] != "" && !before[c] {
					out[c] += " … "
				}
				out[c] += r.Text
			}
			before = here
		}
		before = nil
	}
	return out
}

// Commenting is the attribute of words that bear a thread.
func Commenting(thread string) map[string]any { return map[string]any{commentPrefix + thread: true} }

// String is the text as plain lines.
func (t *Text) String() string {
	var s strings.Builder
	for i := range t.Blocks {
		s.WriteString(t.Blocks[i].Text())
		s.WriteByte('\n')
	}
	return s.String()
}

// Ops writes the text back as inserts. Attributes that [Parse] does not know
// are not in it: this is for texts that were read, not for live documents.
func (t *Text) Ops() []ydoc.Op {
	var ops []ydoc.Op
	for _, b := range t.Blocks {
		for _, r := range b.Runs {
			ops = append(ops, ydoc.Op{Insert: r.Text, Attributes: r.attributes()})
		}
		ops = append(ops, newline(b.Kind, b.ID))
	}
	return ops
}

func (r *Run) attributes() map[string]any {
	a := map[string]any{}
	if r.Strong {
		a["strong"] = true
	}
	if r.Em {
		a["em"] = true
	}
	if r.Link != "" {
		a["link"] = r.Link
	}
	for _, c := range r.Citations {
		a[CitePrefix+c] = true
	}
	for _, c := range r.Comments {
		a[commentPrefix+c] = true
	}
	return a
}

func newline(k Kind, id string) ydoc.Op {
	return ydoc.Op{Insert: "\n", Attributes: map[string]any{"b": string(k) + "|" + id}}
}

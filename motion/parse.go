package motion

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/villes-internet/congres/consult"
	"github.com/villes-internet/congres/motion/ydoc"
)

const (
	CitePrefix    = "cite--" // an attribute's name is this and the segment cited
	commentPrefix = "comment--"
	embedded      = "\ufffc" // stands for another program's object
)

// Parse reads the text. Whatever it holds has a meaning: a missing last
// newline is supposed, an unknown kind is a paragraph, block attributes on
// text and marks on newlines mean nothing, an embedded object is one U+FFFC, and
// what nobody can read, as NUL, is not there, see [legible].
// Blocks without a usable identifier, or with that of a block before them,
// are named after the block before them, the same for the same text.
func Parse(ops []ydoc.Op) *Text {
	t := &Text{}
	var line []Run
	add := func(r Run) {
		if n := len(line); n > 0 && line[n-1].like(&r) {
			line[n-1].Text += r.Text
		} else {
			line = append(line, r)
		}
	}
	for _, op := range ops {
		s, isText := op.Insert.(string)
		switch {
		case op.Insert == nil:
			continue
		case !isText:
			s = embedded
		}
		s = legible(s)
		for s != "" {
			words, rest, ended := strings.Cut(s, "\n")
			if words != "" {
				add(run(words, op.Attributes))
			}
			if ended {
				kind, id := block(op.Attributes)
				t.Blocks = append(t.Blocks, Block{Kind: kind, ID: id, Runs: line})
				line = nil
			}
			s = rest
		}
	}
	if len(line) > 0 {
		t.Blocks = append(t.Blocks, Block{Kind: Paragraph, Runs: line})
	}
	repair(t.Blocks)
	number(t.Blocks)
	return t
}

// Extent is where a block's words stand in the shared text, in its own units
// (UTF-16), with what [Parse] leaves out. n is 0 where there is no such block.
func Extent(ops []ydoc.Op, block string) (at, n int) {
	left := slices.IndexFunc(Parse(ops).Blocks, func(b Block) bool { return b.ID == block })
	if left < 0 {
		return 0, 0
	}
	end := 0
	for _, op := range ops {
		s, isText := op.Insert.(string)
		if !isText && op.Insert != nil {
			end++
		}
		for _, r := range s {
			if r == '\n' && left == 0 {
				return at, end - at
			}
			end += max(1, utf16.RuneLen(r))
			if r == '\n' {
				left, at = left-1, end
			}
		}
	}
	return at, end - at
}

// legible is a text without what steers its display ([consult.Unseen]: control
// characters, bidirectional overrides) nor what XML cannot hold (XML 1.0 §2.2): any
// client may send them, and every format would make something else of them.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if consult.Unseen(r) || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

func run(text string, attributes map[string]any) Run {
	r := Run{Text: text}
	for _, key := range slices.Sorted(maps.Keys(attributes)) {
		value := attributes[key]
		if value == nil {
			continue
		}
		if c, ok := strings.CutPrefix(key, CitePrefix); ok && c != "" {
			r.Citations = append(r.Citations, c)
		} else if c, ok := strings.CutPrefix(key, commentPrefix); ok && c != "" {
			r.Comments = append(r.Comments, c)
		}
		switch key {
		case "strong":
			r.Strong = true
		case "em":
			r.Em = true
		case "link":
			if s, ok := value.(string); ok && followable(s) {
				r.Link = s
			}
		}
	}
	return r
}

// followable is whether a link leads to a page or an address, as the editor
// too decides it.
func followable(link string) bool {
	l := strings.ToLower(link)
	return strings.HasPrefix(l, "https:") || strings.HasPrefix(l, "http:") || strings.HasPrefix(l, "mailto:") ||
		strings.HasPrefix(l, "/") && !strings.HasPrefix(l, "//") && !strings.HasPrefix(l, `/\`)
}

func block(attributes map[string]any) (Kind, string) {
	b, _ := attributes["b"].(string)
	kind, id, ok := strings.Cut(b, "|")
	if !ok {
		return Paragraph, ""
	}
	if !usable(id) {
		id = ""
	}
	return kindOf(kind), id
}

// usable is whether an identifier can name a block in a page and in an
// address.
func usable(id string) bool {
	if id == "" || len(id) > 64 {
		return false
	}
	for _, c := range []byte(id) {
		if c >= 0x80 || c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// repair gives every block an identifier of its own. The first block keeps
// one that several have. The editor's page then writes what it repairs; until
// it does, this is what readers see.
func repair(blocks []Block) {
	taken := map[string]bool{}
	first := make([]bool, len(blocks))
	for i, b := range blocks {
		if b.ID != "" && !taken[b.ID] {
			taken[b.ID], first[i] = true, true
		}
	}
	next := map[string]int{} // keeps a thousand repairs of one name from being a million tries
	base := "debut"
	for i := range blocks {
		b := &blocks[i]
		if !first[i] {
			if b.ID != "" {
				base = b.ID
			}
			n := max(next[base], 2)
			for taken[base+"_"+strconv.Itoa(n)] {
				n++
			}
			next[base] = n + 1
			b.ID = base + "_" + strconv.Itoa(n)
			taken[b.ID] = true
			continue
		}
		base = b.ID
	}
}

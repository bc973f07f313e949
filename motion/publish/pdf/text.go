package pdf

import "time"

// A Text is what is set.
type Text struct {
	Title    string
	Subject  string
	Keywords string
	Created  time.Time // zero: not said
	Blocks   []Block
	Colophon []string // lines in small print at the end
	Foot     string   // at the foot of every page, at its left: what of it fits on the line
	Number   string   // before the number of every page; "" « page »
}

// A Code is a picture of black and white squares, as a QR code is.
type Code struct {
	Size  int // squares a side
	Black func(x, y int) bool
	Alt   string // what it says, for who does not see it
	Link  string // where it leads
	Leads string // the same in words
}

// A Kind says how a block is set and read out.
type Kind int

// The kinds.
const (
	Paragraph Kind = iota
	Title          // the one H1
	Heading        // H2, and a bookmark
	Marked         // a paragraph with a rule at its left
	Item           // of a list; those that follow each other are one
	Heading2       // H3, and a bookmark under the last Heading's
	Heading3       // H4, and one under the last Heading2's
	Imprint        // what the text is, under its title
)

// A Block is one paragraph.
type Block struct {
	Kind  Kind
	Label string // « II. », « a) », "" none
	Spans []Span

	Table  *Table  // instead of words
	Figure *Figure // likewise
	Code   *Code   // at the right of its words; nil none
}

// A Span is a run of words.
type Span struct {
	Text       string
	Strong, Em bool
	Link       string // address, "" none
	Leads      string // where it leads, in words; "" as Text says
	Notes      []Note // called behind the words
}

// A Note is a footnote. One that is called again on the page where it stands
// is not repeated; on a later page, a line says where it stands.
type Note struct {
	Number int
	Spans  []Span
}

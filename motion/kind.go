package motion

import (
	"slices"
	"strconv"
	"strings"
)

// A Kind says what a block is.
type Kind string

// The kinds.
const (
	Title     Kind = "title"
	Visa      Kind = "visa"      // « Vu … »
	Recital   Kind = "recital"   // « Considérant … »
	Axis      Kind = "axis"      // a heading
	Paragraph Kind = "paragraph" // anything else
	Proposal  Kind = "proposal"  // what the congress asks for
	Item      Kind = "item"      // of a list
)

var kinds = []Kind{Title, Visa, Recital, Axis, Paragraph, Proposal, Item}

// Name is the kind as people call it.
func (k Kind) Name() string {
	switch k {
	case Title:
		return "titre"
	case Visa:
		return "visa"
	case Recital:
		return "considérant"
	case Axis:
		return "axe"
	case Proposal:
		return "proposition"
	case Item:
		return "point"
	}
	return "paragraphe"
}

// kindOf reads a kind; one that is unknown is a paragraph.
func kindOf(s string) Kind {
	if k := Kind(s); slices.Contains(kinds, k) {
		return k
	}
	return Paragraph
}

// number counts blocks: axes, proposals and recitals each through the whole
// text, items within their list.
func number(blocks []Block) {
	count := map[Kind]int{}
	for i := range blocks {
		k := blocks[i].Kind
		if k != Item {
			delete(count, Item)
		}
		if k == Axis || k == Proposal || k == Recital || k == Item {
			count[k]++
			blocks[i].Number = count[k]
		}
	}
}

// Label is a block's number as it is printed: « II », « 4 », "" where none is.
func (b *Block) Label() string {
	switch b.Kind {
	case Axis:
		return roman(b.Number)
	case Proposal, Recital:
		return strconv.Itoa(b.Number)
	}
	return ""
}

func roman(n int) string {
	var s strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
		{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.value; n -= r.value {
			s.WriteString(r.sign)
		}
	}
	return s.String()
}

package motion

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/villes-internet/congres/motion/ydoc"
)

// A removal says what stands where words are taken out.
type removal struct {
	words, signature string
	cited            bool // the citation stays
}

var (
	erasure = removal{words: "[propos effacé]", signature: "contribution effacée"} // as consult.State.Signature says it
	hiding  = removal{words: "[propos masqué]", signature: "contribution masquée", cited: true}
)

// Redact returns the edit that takes the words of erased contributions out of
// a text, nil when it holds none. Where their segments are cited:
//
//   - words between « and » are replaced by [propos effacé], with uncited words
//     beside them between the same marks, and the parenthesis that signs them
//     by « contribution effacée »; where one of the marks is missing in the
//     block, only cited words, for nobody knows where the quote ends;
//   - words without quotation marks about as long as the segment itself are
//     taken for a quote too, for those of an erased segment cannot be compared;
//   - any other words are the motion's own and stay.
//
// In each case the citation goes.
func Redact(ops []ydoc.Op, contributions map[string]bool) []ydoc.Op {
	return erasure.from(ops, contributions)
}

// from is the edit that takes the words of contributions out of a text, as
// [Redact] says.
func (r removal) from(ops []ydoc.Op, contributions map[string]bool) []ydoc.Op {
	if len(contributions) == 0 {
		return nil
	}
	e := &edit{removal: r}
	var line []cell
	for _, op := range ops {
		if op.Insert == nil {
			continue
		}
		var gone []string
		for key := range op.Attributes {
			if c, ok := strings.CutPrefix(key, CitePrefix); ok {
				if seg, ok := ParseSegment(c); ok && contributions[seg.Contribution] {
					gone = append(gone, key)
				}
			}
		}
		slices.Sort(gone)
		cited := cites(op.Attributes)
		s, isText := op.Insert.(string)
		if !isText {
			line = append(line, cell{embedded, op.Attributes, gone, cited})
			continue
		}
		for _, r := range s {
			if r == '\n' {
				e.block(line)
				e.retain(1, gone)
				line = line[:0]
				continue
			}
			line = append(line, cell{string(r), op.Attributes, gone, cited})
		}
	}
	e.block(line)
	if !e.changed {
		return nil
	}
	return e.ops
}

// A cell is one character.
type cell struct {
	text  string
	op    map[string]any
	gone  []string // attributes that cite what was erased
	cited bool     // by anything
}

func cites(attributes map[string]any) bool {
	for key, value := range attributes {
		if strings.HasPrefix(key, CitePrefix) && value != nil {
			return true
		}
	}
	return false
}

// An edit is a delta in the making.
type edit struct {
	removal
	ops     []ydoc.Op
	changed bool
	open    bool // the block before ends inside a quote of what must go
}

func (e *edit) retain(units int, gone []string) {
	op := ydoc.Op{Retain: units}
	if len(gone) > 0 && !e.cited {
		e.changed = true
		op.Attributes = map[string]any{}
		for _, key := range gone {
			op.Attributes[key] = nil
		}
	}
	if n := len(e.ops); n > 0 && op.Attributes == nil && e.ops[n-1].Retain > 0 && e.ops[n-1].Attributes == nil {
		e.ops[n-1].Retain += units
		return
	}
	e.ops = append(e.ops, op)
}

// replace writes text for cells, with their attributes but the citations that
// go.
func (e *edit) replace(cells []cell, text string) {
	e.changed = true
	attributes := map[string]any{}
	for key, value := range cells[0].op {
		if e.cited || !slices.Contains(cells[0].gone, key) {
			attributes[key] = value
		}
	}
	e.ops = append(e.ops, ydoc.Op{Insert: text, Attributes: attributes}, ydoc.Op{Delete: units(cells)})
}

func units(cells []cell) (n int) {
	for _, c := range cells {
		r := []rune(c.text)
		n += max(1, utf16.RuneLen(r[0]))
	}
	return n
}

// block redacts one block.
func (e *edit) block(line []cell) {
	if !slices.ContainsFunc(line, func(c cell) bool { return len(c.gone) > 0 }) {
		if len(line) > 0 {
			e.retain(units(line), nil)
		}
		e.open = false
		return
	}
	quote := quotes(line, e.open)
	last := len(line) - 1
	e.open = quote[last] < 0 && len(line[last].gone) > 0
	for i := 0; i < len(line); {
		end, text := e.replaced(line, quote, i)
		if end > i {
			e.replace(line[i:end], text)
			i = e.sign(line, end)
			continue
		}
		e.retain(units(line[i:i+1]), line[i].gone)
		i++
	}
}

// quotes says for each cell which pair of « » it stands between, 0 for none. Of
// a pair that has one mark only, the number is negative; began says that a quote
// may have begun in the block before.
func quotes(line []cell, began bool) []int {
	out := make([]int, len(line))
	depth, pair, open := 0, 0, 0
	for i, c := range line {
		switch {
		case c.text == "«":
			if depth++; depth == 1 {
				pair, open = pair+1, i
				continue
			}
		case c.text == "»" && depth > 0:
			depth--
		case c.text == "»" && began && pair == 0:
			pair++
			for j := range i {
				if strings.TrimFunc(line[j].text, isBlank) != "" || j+1 < i {
					out[j] = -pair
				}
			}
		}
		if depth > 0 && !(depth == 1 && strings.TrimFunc(c.text, isBlank) == "" && (line[i-1].text == "«" || i+1 < len(line) && line[i+1].text == "»")) {
			out[i] = pair
		}
	}
	if depth > 0 {
		for i := open; i < len(line); i++ {
			out[i] = -out[i]
		}
	}
	return out
}

// replaced returns the end of what must go from cell i on, i when nothing
// begins there, and what takes its place.
func (r removal) replaced(line []cell, quote []int, i int) (end int, text string) {
	if pair := quote[i]; pair != 0 {
		// The run of cells of one quote that are erased or uncited, and hold
		// an erased one.
		end, found := i, false
		for end < len(line) && quote[end] == pair && (len(line[end].gone) > 0 || !line[end].cited && pair > 0) {
			found = found || len(line[end].gone) > 0
			end++
		}
		if found {
			return end, r.words
		}
		return i, ""
	}
	for _, key := range line[i].gone {
		if i > 0 && quote[i-1] == 0 && slices.Contains(line[i-1].gone, key) {
			continue // it did not begin here
		}
		end, size := i, 0
		for end < len(line) && quote[end] == 0 && slices.Contains(line[end].gone, key) {
			size += len(line[end].text)
			end++
		}
		s, _ := ParseSegment(strings.TrimPrefix(key, CitePrefix))
		if length := s.End - s.Start; size*10 >= length*9 && size*10 <= length*11 {
			return end, "«" + nnbsp + r.words + nnbsp + "»"
		}
	}
	return i, ""
}

// sign replaces the parenthesis that signs a quote which ends at i, and
// returns where to go on.
func (e *edit) sign(line []cell, i int) int {
	open := i
	for open < len(line) && (line[open].text == "»" || strings.TrimFunc(line[open].text, isBlank) == "") {
		open++
	}
	if open == len(line) || line[open].text != "(" {
		return i
	}
	depth, end := 0, open
	for ; end < len(line); end++ {
		if line[end].text == "(" {
			depth++
		} else if line[end].text == ")" {
			if depth--; depth == 0 {
				break
			}
		}
	}
	if end == len(line) || end == open+1 {
		return i
	}
	for _, c := range line[i : open+1] {
		e.retain(units([]cell{c}), c.gone)
	}
	e.replace(line[open+1:end], e.signature)
	return end
}

// apply is ops after an edit.
func apply(ops, edit []ydoc.Op) []ydoc.Op {
	if edit == nil {
		return ops
	}
	t := ydoc.New(1).Text(Root)
	t.ApplyDelta(ops)
	t.ApplyDelta(edit)
	return t.Delta()
}

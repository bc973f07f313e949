package lexicon

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
)

// ErrTooMany is returned by [Bytes] for more than the format can number.
var ErrTooMany = errors.New("too many analyses, or an automaton too large")

// Bytes writes a lexicon of forms and what they may be, in that order. The same
// forms give the same bytes.
func Bytes(forms map[string][]Reading) ([]byte, error) {
	sorted := make([]string, 0, len(forms))
	for form := range forms {
		sorted = append(sorted, form)
	}
	slices.Sort(sorted)
	analyses, sets := numbered[analysis]{}, numbered[string]{}
	words := make([]string, 0, len(sorted))
	for _, form := range sorted {
		var set []byte
		for _, r := range forms[form] {
			set = binary.LittleEndian.AppendUint16(set, uint16(analyses.number(edit(form, r))))
		}
		n := sets.number(string(set))
		words = append(words, form+string([]byte{mark, byte(n >> 8), byte(n)}))
	}
	slices.Sort(words)
	b := newBuilder()
	for _, word := range words {
		b.add(word)
	}
	arcs, root := b.arcs()
	if len(analyses.list) > 1<<16-1 || len(sets.list) > 1<<16-1 || len(arcs) >= 1<<23 {
		return nil, ErrTooMany
	}
	out := binary.LittleEndian.AppendUint16([]byte(magic), version)
	out = binary.LittleEndian.AppendUint16(out, uint16(len(analyses.list)))
	for _, a := range analyses.list {
		out = append(out, byte(a.pos), byte(a.features), a.cut, byte(len(a.suffix)))
		out = append(out, a.suffix...)
	}
	out = binary.LittleEndian.AppendUint16(out, uint16(len(sets.list)))
	for _, set := range sets.list {
		out = append(append(out, byte(len(set)/2)), set...)
	}
	out = binary.LittleEndian.AppendUint32(out, root)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(arcs)))
	for _, a := range arcs {
		out = binary.LittleEndian.AppendUint32(out, a)
	}
	return out, nil
}

// edit is what makes a reading's lemma of a form. It never cuts a letter.
func edit(form string, r Reading) analysis {
	common := 0
	for common < len(form) && common < len(r.Lemma) && form[common] == r.Lemma[common] {
		common++
	}
	for common > 0 && (common < len(form) && form[common]&0xc0 == 0x80 || common < len(r.Lemma) && r.Lemma[common]&0xc0 == 0x80) {
		common--
	}
	return analysis{r.POS, r.Features, uint8(len(form) - common), strings.Clone(r.Lemma[common:])}
}

// numbered numbers what it sees, from 0.
type numbered[T comparable] struct {
	list []T
	of   map[T]int
}

func (n *numbered[T]) number(x T) int {
	i, ok := n.of[x]
	if !ok {
		if n.of == nil {
			n.of = map[T]int{}
		}
		i = len(n.list)
		n.of[x] = i
		n.list = append(n.list, x)
	}
	return i
}

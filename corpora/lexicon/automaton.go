package lexicon

import (
	"encoding/binary"
	"strings"
)

// The automaton reads a form's bytes, the mark, and two bytes: the number of the
// set of analyses, high byte first. An arc is a uint32: its byte in the low
// eight bits, whether it is the last of its state in the ninth, and above it
// the number of the first arc of the state that it leads to, 0 at the end.
const (
	arcSize = 4
	mark    = 0xff // no byte of UTF-8
)

func (l *Lexicon) arc(i uint32) uint32 {
	at := int(i) * arcSize
	if at+arcSize > len(l.arcs) {
		return 1 << 8 // of a damaged table: a last arc that matches nothing
	}
	s := l.arcs[at : at+arcSize]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// step returns the state that b leads to from a state.
func (l *Lexicon) step(state uint32, b byte) (uint32, bool) {
	for i := state; ; i++ {
		a := l.arc(i)
		if byte(a) == b && a != 1<<8 {
			return a >> 9, true
		}
		if a&(1<<8) != 0 {
			return 0, false
		}
	}
}

// find returns the number of a form's set.
func (l *Lexicon) find(form string) (set int, ok bool) {
	state := l.root
	for i := range len(form) {
		if state, ok = l.step(state, form[i]); !ok || form[i] == mark {
			return 0, false
		}
	}
	return l.ends(state)
}

// ends returns the number of the set of the form that ends at a state.
func (l *Lexicon) ends(state uint32) (set int, ok bool) {
	if state, ok = l.step(state, mark); !ok {
		return 0, false
	}
	high := byte(l.arc(state)) // each form has one set
	state = l.arc(state) >> 9
	return int(high)<<8 | int(byte(l.arc(state))), true
}

// accented are the letters that are written for others without their accents.
var accented = map[byte][]string{'a': {"à", "â", "ä"}, 'c': {"ç"}, 'e': {"é", "è", "ê", "ë"}, 'i': {"î", "ï"}, 'o': {"ô", "ö"}, 'u': {"ù", "û", "ü"}}

// accents yields the forms that begin with what is written, of which the automaton
// is at a state, and go on with rest, some of its letters accented.
func (l *Lexicon) accents(written []byte, rest string, state uint32, yield func(written []byte, set int)) {
	if rest == "" {
		if set, ok := l.ends(state); ok {
			yield(written, set)
		}
		return
	}
	try := func(letter string, length int) {
		at, ok := state, true
		for i := 0; i < len(letter) && ok; i++ {
			ok = letter[i] != mark
			if ok {
				at, ok = l.step(at, letter[i])
			}
		}
		if ok {
			l.accents(append(written, letter...), rest[length:], at, yield)
		}
	}
	try(rest[:1], 1)
	for _, letter := range accented[rest[0]] {
		try(letter, 1)
	}
	if len(rest) > 1 && rest[:2] == "oe" {
		try("œ", 2)
	}
}

// A state of the automaton that is being built.
type state struct {
	labels []byte
	to     []*state
	at     uint32 // its first arc, once it is written; 0 before
}

// A builder builds the automaton of words added in ascending order.
type builder struct {
	path  []*state // of the last word, from the root
	last  string
	known map[string]*state
	ids   map[*state]uint32
}

func newBuilder() *builder {
	return &builder{path: []*state{{}}, known: map[string]*state{}, ids: map[*state]uint32{}}
}

func (b *builder) add(word string) {
	common := 0
	for common < len(word) && common < len(b.last) && word[common] == b.last[common] {
		common++
	}
	b.settle(common)
	for i := common; i < len(word); i++ {
		from, next := b.path[len(b.path)-1], &state{}
		from.labels, from.to = append(from.labels, word[i]), append(from.to, next)
		b.path = append(b.path, next)
	}
	b.last = word
}

// settle merges the states of the last word beyond its first keep bytes with
// those that are equal.
func (b *builder) settle(keep int) {
	for n := len(b.path) - 1; n > keep; n-- {
		s, from := b.path[n], b.path[n-1]
		var key strings.Builder
		key.Write(s.labels)
		for _, to := range s.to {
			key.Write(binary.LittleEndian.AppendUint32(nil, b.ids[to]))
		}
		equal := b.known[key.String()]
		if equal == nil {
			equal = s
			b.known[key.String()] = s
			b.ids[s] = uint32(len(b.ids) + 1)
		}
		from.to[len(from.to)-1] = equal
		b.path = b.path[:n]
	}
}

// arcs writes all states, each after those that it leads to, so that no state
// but the end is at 0.
func (b *builder) arcs() (arcs []uint32, root uint32) {
	b.settle(0)
	arcs = append(arcs, 1<<8) // of the end
	var write func(s *state) uint32
	write = func(s *state) uint32 {
		if len(s.to) == 0 {
			return 0
		}
		if s.at > 0 {
			return s.at
		}
		targets := make([]uint32, len(s.to))
		for i, to := range s.to {
			targets[i] = write(to)
		}
		s.at = uint32(len(arcs))
		for i, to := range targets {
			a := uint32(s.labels[i]) | to<<9
			if i == len(targets)-1 {
				a |= 1 << 8
			}
			arcs = append(arcs, a)
		}
		return s.at
	}
	root = write(b.path[0])
	return arcs, root
}

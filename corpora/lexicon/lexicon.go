package lexicon

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"sync"
)

// A POS is a part of speech of Universal Dependencies
// (https://universaldependencies.org/u/pos/).
type POS uint8

// The parts of speech.
const (
	X POS = iota // none of the others
	ADJ
	ADP
	ADV
	AUX
	CCONJ
	DET
	INTJ
	NOUN
	NUM
	PRON
	PROPN
	PUNCT
	SCONJ
	SYM
	VERB
)

var names = [...]string{"X", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB"}

func (p POS) String() string { return names[p] }

// A Feature is what a form says of number, gender, and of a verb's mood. A form
// that may be either has both.
type Feature uint8

// The features.
const (
	Singular Feature = 1 << iota
	Plural
	Masculine
	Feminine
	Infinitive
	Present    // participle: allant
	Past       // participle: allé
	Imperative // and, with no other mood, no other finite one
)

// Verb moods, as a mask: a verb that has none of them is finite.
const Nonfinite = Infinitive | Present | Past

// A Reading is one word that a form may be.
type Reading struct {
	Lemma    string
	POS      POS
	Features Feature
}

// An analysis is a reading of any form: its lemma is the form without its last
// cut bytes, with suffix behind it.
type analysis struct {
	pos      POS
	features Feature
	cut      uint8
	suffix   string
}

// ErrFormat is returned for what is not a lexicon of a version that is known here.
var ErrFormat = errors.New("not a lexicon, or of a later version")

const (
	magic   = "CONGRESL"
	version = 1
)

// A Lexicon finds forms. It may be used by several goroutines.
type Lexicon struct {
	analyses []analysis
	sets     [][]uint16 // of analyses
	arcs     string
	root     uint32
}

//go:embed fr.bin
var embedded string

// French returns the embedded lexicon.
var French = sync.OnceValue(func() *Lexicon {
	l, err := Read(embedded)
	if err != nil {
		panic(err) // a test reads it
	}
	return l
})

// Read returns the lexicon that data holds. Errors: ErrFormat.
//
//	8 bytes "CONGRESL", uint16 version, numbers little-endian
//	uint16 n, n × (part of speech, features, cut, length of suffix: a byte each; suffix)
//	uint16 m, m × (count: a byte; count × uint16)
//	uint32 root, uint32 number of arcs, arcs × uint32 (see automaton.go)
func Read(data string) (*Lexicon, error) {
	r := reader{rest: data}
	if r.take(len(magic)) != magic || r.uint16() != version {
		return nil, ErrFormat
	}
	l := &Lexicon{}
	for range r.uint16() {
		a := analysis{pos: POS(r.uint8()), features: Feature(r.uint8()), cut: r.uint8()}
		a.suffix = r.take(int(r.uint8()))
		if int(a.pos) >= len(names) {
			return nil, ErrFormat
		}
		l.analyses = append(l.analyses, a)
	}
	for range r.uint16() {
		set := make([]uint16, r.uint8())
		for i := range set {
			if set[i] = r.uint16(); int(set[i]) >= len(l.analyses) {
				return nil, ErrFormat
			}
		}
		l.sets = append(l.sets, set)
	}
	l.root = r.uint32()
	n := r.uint32()
	l.arcs = r.take(int(n) * arcSize)
	if r.short || r.rest != "" || int(l.root)*arcSize > len(l.arcs) {
		return nil, ErrFormat
	}
	return l, nil
}

// Lookup appends what a form may be to dst, the most usual first where the
// dictionary says so; nothing for a form that it does not hold. The form is
// composed (NFC), in the case of the dictionary.
func (l *Lexicon) Lookup(dst []Reading, form string) []Reading {
	if set, ok := l.find(form); ok {
		dst = l.read(dst, form, set)
	}
	return dst
}

// read appends what a form of a set may be.
func (l *Lexicon) read(dst []Reading, form string, set int) []Reading {
	if set >= len(l.sets) {
		return dst
	}
	for _, i := range l.sets[set] {
		a := &l.analyses[i]
		if int(a.cut) > len(form) {
			continue
		}
		lemma := form
		if a.cut > 0 || a.suffix != "" {
			lemma = form[:len(form)-int(a.cut)] + a.suffix
		}
		dst = append(dst, Reading{lemma, a.pos, a.features})
	}
	return dst
}

// Unaccented appends what the forms may be that are written like form but for
// accents, cedillas and ligatures that it leaves out: « reunion », « coeur ». Those
// that it has are kept. form itself is one of them.
func (l *Lexicon) Unaccented(dst []Reading, form string) []Reading {
	l.accents(nil, form, l.root, func(written []byte, set int) { dst = l.read(dst, string(written), set) })
	return dst
}

// Accented appends the forms that [Lexicon.Unaccented] reads: « réunion » of
// « reunion ».
func (l *Lexicon) Accented(dst []string, form string) []string {
	l.accents(nil, form, l.root, func(written []byte, _ int) { dst = append(dst, string(written)) })
	return dst
}

// A reader reads numbers and remembers whether there were too few bytes.
type reader struct {
	rest  string
	short bool
}

func (r *reader) take(n int) string {
	if n < 0 || n > len(r.rest) {
		r.short, n = true, len(r.rest)
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) number(n int) uint32 {
	var b [4]byte
	copy(b[:], r.take(n))
	return binary.LittleEndian.Uint32(b[:])
}

func (r *reader) uint8() uint8   { return uint8(r.number(1)) }
func (r *reader) uint16() uint16 { return uint16(r.number(2)) }
func (r *reader) uint32() uint32 { return r.number(4) }

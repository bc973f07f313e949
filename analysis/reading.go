package analysis

import (
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/villes-internet/congres/analysis/french"
	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/analysis/theme"
	"github.com/villes-internet/congres/corpora"
)

// A reading is a corpus cut into segments and counted.
type reading struct {
	corpus  corpora.Corpus
	byID    map[string]int // document
	lexicon lexis.Lexicon
	author  []int32 // of each document, numbered; -1: unknown
	commune []int32 // likewise

	segments []piece
	words    [][]lexis.Word // of each segment, offsets within it
	texts    []string       // of each segment
	document []int          // of each segment
	length   []int          // counted words of each segment
	rows     []lexis.Vector // of each segment, weighed
	idf      []float64
	index    map[string]int // segment identifier → segment; see [reading.segment]

	// What a description counts, whatever the themes.
	natures     []string // of each segment
	terms       *lexis.Index
	keywords    [][]string        // of each document
	table       *lexis.Table      // of lemmas
	frequencies []lexis.Frequency // of lemmas
	spread      []int32           // documents that hold each lemma
	spelled     []string          // how people write each lemma
	richness    Richness
	formed      []float64 // of each segment, see [theme.Formed]
	saying      []int32   // of each segment, see [plainly]

	// Found when first asked for.
	voices  []voice
	counted *Summary
	sets    map[[sha256.Size]byte][]lexis.Term // see [reading.characteristic]
}

// A piece is the place of a segment.
type piece struct {
	id         string
	document   int
	start, end int
}

// pieceOf is a piece of a document, whose place is given.
func pieceOf(d corpora.Document, document, start, end int) piece {
	return piece{corpora.SegmentID(d.ID, version(d), start, end), document, start, end}
}

// version is a document's, which counts from 1.
func version(d corpora.Document) int { return max(1, d.Version) }

func newReading(c corpora.Corpus) (*reading, error) {
	r := &reading{corpus: c, byID: make(map[string]int, len(c.Documents))}
	for i, d := range c.Documents {
		if d.ID == "" {
			return nil, ErrNoID
		}
		if first, ok := r.byID[d.ID]; ok {
			return nil, fmt.Errorf("%w (« %s », textes %d et %d)", ErrDuplicate, d.ID, first+1, i+1)
		}
		r.byID[d.ID] = i
	}
	r.author = numbered(c.Documents, author)
	r.commune = numbered(c.Documents, func(d corpora.Document) string { return d.Variables[corpora.VarCommune] })
	return r, nil
}

// numbered numbers from 0 what documents have; -1 for those that have nothing.
func numbered(documents []corpora.Document, of func(corpora.Document) string) []int32 {
	known := map[string]int32{"": -1}
	out := make([]int32, len(documents))
	for i, d := range documents {
		name := of(d)
		n, ok := known[name]
		if !ok {
			n = int32(len(known) - 1)
			known[name] = n
		}
		out[i] = n
	}
	return out
}

// cut finds the segments of every document, and reads them.
func (r *reading) cut(ctx context.Context, cut cutter, progress func(stage string, done, total int)) error {
	documents := r.corpus.Documents
	readers := make([]lexis.Reader, runtime.GOMAXPROCS(0)) // each remembers the words that it met
	total := 0
	for _, d := range documents {
		total += len(d.Text)
	}
	r.document, r.segments = make([]int, 0, len(documents)), make([]piece, 0, len(documents)) // at least
	r.texts, r.words = make([]string, 0, len(documents)), make([][]lexis.Word, 0, len(documents))
	rounds := 1 + total/(batchBytes*len(readers))
	for from := 0; from < len(documents); {
		batches := make([]batch, 0, len(readers))
		for to := from; to < len(documents) && len(batches) < cap(batches); {
			b := batch{first: to}
			for size := 0; to < len(documents) && size <= total/(rounds*len(readers)); to++ {
				size += len(documents[to].Text)
			}
			b.documents = documents[b.first:to]
			batches = append(batches, b)
		}
		if err := each(ctx, len(batches), func(n int) { batches[n].cut(ctx, cut, &readers[n]) }); err != nil {
			return err
		}
		for n, b := range batches {
			if b.err != nil {
				return b.err
			}
			for _, s := range b.segments {
				r.lexicon.Adopt(&readers[n], s.words)
				r.add(s.piece, s.words)
			}
			from = b.first + len(b.documents)
		}
		progress("Lecture", from, len(documents))
	}
	return ctx.Err()
}

// batchBytes is how much is cut at once, at most: each batch costs what Punkt takes to
// load.
const batchBytes = 8 << 20

// A batch is some documents that follow each other, and their segments.
type batch struct {
	first     int // document
	documents []corpora.Document
	segments  []read
	err       error
}

// A read segment.
type read struct {
	piece
	words []lexis.Word
}

func (b *batch) cut(ctx context.Context, cut cutter, r *lexis.Reader) {
	texts := make([]string, len(b.documents))
	for i, d := range b.documents {
		texts[i] = d.Text
	}
	sentences, err := cut(ctx, texts)
	if err != nil {
		b.err = err
		return
	}
	var words []lexis.Word
	for i, text := range texts {
		words = r.Append(words[:0], text)
		for _, s := range segments(text, sentences[i], countedIn(words)) {
			if b.err = ctx.Err(); b.err != nil {
				return
			}
			b.segments = append(b.segments, read{pieceOf(b.documents[i], b.first+i, s.Start, s.End), r.Part(words, text, s.Start, s.End)})
		}
	}
}

// add notes a segment, whose words the lexicon has.
func (r *reading) add(p piece, words []lexis.Word) {
	r.document = append(r.document, p.document)
	r.segments = append(r.segments, p)
	r.texts = append(r.texts, r.corpus.Documents[p.document].Text[p.start:p.end])
	r.words = append(r.words, words)
}

// segment returns the segment of an identifier; false: there is none. A first analysis
// looks none up.
func (r *reading) segment(id string) (int, bool) {
	if r.index == nil {
		r.index = make(map[string]int, len(r.segments))
		for i, s := range r.segments {
			r.index[s.id] = i
		}
	}
	i, ok := r.index[id]
	return i, ok
}

// weigh counts the words of the segments and weighs them.
func (r *reading) weigh(ctx context.Context) error {
	table := lexis.NewTable(r.words, len(r.lexicon.Roots))
	r.length = table.Lengths
	r.idf = table.IDF()
	r.rows = table.BM25()
	return ctx.Err()
}

// hear finds the nature of each segment.
func (r *reading) hear(ctx context.Context) error {
	r.natures = make([]string, len(r.texts))
	return ranges(ctx, len(r.texts), func(from, to int) {
		var listener theme.Listener
		for i := from; i < to && ctx.Err() == nil; i++ {
			r.natures[i] = listener.Nature(r.texts[i])
		}
	})
}

// count finds the terms of the segments and counts their words, and finds how well each
// is said, and which say the same.
func (r *reading) count(ctx context.Context) error {
	return together(ctx, func() {
		r.terms = lexis.NewIndex(ctx, r.words, r.texts, r.document, len(r.lexicon.Lemmas))
	}, func() {
		r.table = lexis.Tabulate(r.words, lexis.Lemmas, len(r.lexicon.Lemmas))
		r.frequencies, r.spread = lexis.Frequencies(r.words, lexis.Lemmas), r.spreads(make([]int, len(r.words)), 1)[0]
		r.spelled = r.lexicon.Spelled(r.texts, r.words)
		r.richness = r.measure()
	}, func() {
		r.formed = make([]float64, len(r.texts))
		for i, text := range r.texts {
			r.formed[i] = theme.Formed(text)
		}
		r.saying = plainly(r.texts)
	})
}

// find finds the keyphrases of the documents, of which the terms are known.
func (r *reading) find(ctx context.Context) error {
	found := r.terms.Keyphrases(ctx, len(r.corpus.Documents), maxKeywords)
	r.keywords = make([][]string, len(found))
	return ranges(ctx, len(found), func(from, to int) {
		for d := from; d < to && ctx.Err() == nil; d++ {
			for _, p := range found[d] {
				r.keywords[d] = append(r.keywords[d], lexis.Written(r.texts[p.Row], r.words[p.Row], p.From, p.To))
			}
		}
	})
}

// units gathers the words of what is grouped: whole documents; or segments, where
// documents are few and long, several that follow each other where they are very
// long. of gives each segment's unit.
func (r *reading) units() (units [][]lexis.Word, of []int) {
	documents := len(r.corpus.Documents)
	of = make([]int, len(r.segments))
	if r.piecemeal() {
		most := (len(r.segments) + mostPieces - 1) / mostPieces
		size := 0 // segments of the last unit
		for i, words := range r.words {
			if size == most || i == 0 || r.document[i] != r.document[i-1] {
				units, size = append(units, nil), 0
			}
			of[i] = len(units) - 1
			if size++; size == 1 {
				units[of[i]] = slices.Clip(words) // mostly one: no copy
			} else {
				units[of[i]] = append(units[of[i]], words...)
			}
		}
		return units, of
	}
	units = make([][]lexis.Word, documents)
	for i, s := range r.segments {
		if units[s.document] == nil {
			units[s.document] = slices.Clip(r.words[i]) // likewise
		} else {
			units[s.document] = append(units[s.document], r.words[i]...)
		}
		of[i] = s.document
	}
	for d, words := range units {
		if answers(words, r.lexicon.Lemmas) {
			units[d] = nil
		}
	}
	return units, of
}

// piecemeal says whether documents are few and long, and are grouped piece by piece.
func (r *reading) piecemeal() bool {
	documents := len(r.corpus.Documents)
	return documents < fewDocuments && len(r.segments) >= 4*documents
}

// answers says whether words, of which some count, have no subject: see
// [french.IsAssent]. lemmas are those of the lexicon that read them.
func answers(words []lexis.Word, lemmas []string) bool {
	some := false
	for _, w := range words {
		if w.Lemma < 0 {
			continue
		}
		if some = true; !french.IsAssent(lemmas[w.Lemma]) {
			return false
		}
	}
	return some
}

// paragraphs numbers the paragraphs in which the segments stand: lines, since few who
// write leave one empty.
func (r *reading) paragraphs() []int {
	out := make([]int, len(r.segments))
	for i := 1; i < len(out); i++ {
		last, s := r.segments[i-1], r.segments[i]
		out[i] = out[i-1]
		if last.document != s.document || strings.ContainsAny(r.corpus.Documents[s.document].Text[last.end:s.start], "\n\r") {
			out[i]++
		}
	}
	return out
}

const (
	fewDocuments = 30     // documents that are too few to be grouped as wholes
	mostPieces   = 10_000 // into which they are cut: a page each of a text of 20 MB
)

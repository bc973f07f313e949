package analysis

import (
	"context"
	"fmt"

	"github.com/villes-internet/congres/analysis/lexis"
	"github.com/villes-internet/congres/corpora"
)

// A reading is a corpus cut into segments and counted.
type reading struct {
	corpus  corpora.Corpus
	byID    map[string]int // document
	lexicon lexis.Lexicon

	segments []piece
	words    [][]lexis.Word // of each segment, offsets within it
	texts    []string       // of each segment
	document []int          // of each segment
	natures  []string       // of each segment; nil: to be found
	length   []int          // counted words of each segment
	rows     []lexis.Vector // of each segment
	idf      []float64
	index    map[string]int // segment identifier → segment
}

// A piece is the place of a segment.
type piece struct {
	id         string
	document   int
	start, end int
}

// version is a document's, which counts from 1.
func version(d corpora.Document) int { return max(1, d.Version) }

func newReading(c corpora.Corpus) (*reading, error) {
	r := &reading{corpus: c, byID: make(map[string]int, len(c.Documents)), index: make(map[string]int)}
	for i, d := range c.Documents {
		if d.ID == "" {
			return nil, ErrNoID
		}
		if first, ok := r.byID[d.ID]; ok {
			return nil, fmt.Errorf("%w (« %s », textes %d et %d)", ErrDuplicate, d.ID, first+1, i+1)
		}
		r.byID[d.ID] = i
	}
	return r, nil
}

// cut finds the segments of every document.
func (r *reading) cut(ctx context.Context, cut cutter, progress func(stage string, done, total int)) error {
	documents := r.corpus.Documents
	const batch = 200
	var scratch lexis.Lexicon
	for from := 0; from < len(documents); {
		to, size := from, 0
		var texts []string
		for to < len(documents) && to-from < batch*10 && size < 1<<19 {
			texts = append(texts, documents[to].Text)
			size += len(documents[to].Text)
			to++
		}
		sentences, err := cut(ctx, texts)
		if err != nil {
			return err
		}
		for i, text := range texts {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			counted := countedIn(scratch.Read(text))
			for _, s := range segments(text, sentences[i], counted) {
				r.add(from+i, s.Start, s.End)
			}
		}
		from = to
		progress("Lecture", from, len(documents))
	}
	return r.count(ctx)
}

func (r *reading) add(document, start, end int) {
	d := r.corpus.Documents[document]
	id := corpora.SegmentID(d.ID, version(d), start, end)
	r.index[id] = len(r.segments)
	r.document = append(r.document, document)
	r.segments = append(r.segments, piece{id, document, start, end})
}

// count reads the words of the segments and weighs them.
func (r *reading) count(ctx context.Context) error {
	n := len(r.segments)
	r.words, r.texts, r.length = make([][]lexis.Word, n), make([]string, n), make([]int, n)
	for i, s := range r.segments {
		if i&255 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		r.texts[i] = r.corpus.Documents[s.document].Text[s.start:s.end]
		r.words[i] = r.lexicon.Read(r.texts[i])
	}
	table := lexis.NewTable(r.words, len(r.lexicon.Roots))
	r.length = table.Lengths
	r.idf = table.IDF()
	r.rows = table.BM25()
	return ctx.Err()
}

// units gathers the words of what is grouped: whole documents; or segments,
// where documents are few and long. of gives each segment's unit.
func (r *reading) units() (units [][]lexis.Word, of []int) {
	documents := len(r.corpus.Documents)
	of = make([]int, len(r.segments))
	if documents < fewDocuments && len(r.segments) >= 4*documents {
		for i := range of {
			of[i] = i
		}
		return r.words, of
	}
	units = make([][]lexis.Word, documents)
	for i, s := range r.segments {
		units[s.document] = append(units[s.document], r.words[i]...)
		of[i] = s.document
	}
	return units, of
}

// fewDocuments is how many documents are too few to be grouped as wholes.
const fewDocuments = 30

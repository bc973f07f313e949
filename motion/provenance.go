package motion

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/villes-internet/congres/consult/store"
)

// A Reference is one sentence of a motion that cites a contribution.
type Reference struct {
	Motion   string
	Version  int // 0: the draft
	Title    string
	Block    string
	Sentence int // from 0 in its block
	Text     string
	Anchor   string
	Segments []string // of the contribution, that it cites
	Place    string   // « Axe II, considérants »
	Excerpt  string   // of Text: the part around the cited words, their quote whole
}

// References returns the sentences that cite each contribution, in the text's
// order.
func (t *Text) References() map[string][]Reference {
	out := map[string][]Reference{}
	title, axis := t.Title(), ""
	for i := range t.Blocks {
		b := &t.Blocks[i]
		if b.Kind == Axis {
			axis = b.Label()
		}
		for _, s := range b.Sentences() {
			segments := map[string][]string{}
			var order []string
			for _, c := range s.Citations {
				if seg, ok := ParseSegment(c); ok {
					if segments[seg.Contribution] == nil {
						order = append(order, seg.Contribution)
					}
					segments[seg.Contribution] = append(segments[seg.Contribution], c)
				}
			}
			first := len(s.Text)
			if all := b.cited(&s, s.Citations); len(all) > 0 {
				first = all[0][0]
			}
			for _, id := range order {
				out[id] = append(out[id], Reference{Title: title, Block: b.ID, Sentence: s.Index, Text: s.Text, Anchor: s.Anchor(),
					Segments: segments[id], Place: b.place(axis), Excerpt: excerpt(s.Text, b.cited(&s, segments[id]), first)})
			}
		}
	}
	return out
}

// cited are the bytes of a sentence that bear one of the segments.
func (b *Block) cited(s *Sentence, segments []string) (out [][2]int) {
	at := 0
	for _, r := range b.Runs {
		from, to := max(at, s.Start)-s.Start, min(at+len(r.Text), s.End)-s.Start
		at += len(r.Text)
		if from >= to || !slices.ContainsFunc(r.Citations, func(c string) bool { return slices.Contains(segments, c) }) {
			continue
		}
		if n := len(out); n > 0 && out[n-1][1] == from {
			out[n-1][1] = to
		} else {
			out = append(out, [2]int{from, to})
		}
	}
	return out
}

// References returns the sentences of the document that cite each contribution.
func (d *Document) References() map[string][]Reference {
	out := d.Text().References()
	for _, of := range out {
		for i := range of {
			of[i].Motion, of[i].Version, of[i].Title = d.Motion, d.Version, d.Title
		}
	}
	return out
}

// A Shelf reads published documents and keeps some of them at hand. Its
// methods may be called from any goroutine.
type Shelf struct {
	Blobs store.Blobs
	Size  int // documents kept at hand; default 16

	mu     sync.Mutex
	at     map[string]*Document // by blob
	recent []string             // the last used last
}

// Document reads a version. Errors: store.ErrNotFound, store.ErrCorrupt when
// its bytes are not those that were published, ErrFormat.
func (s *Shelf) Document(ctx context.Context, v *Version) (*Document, error) {
	s.mu.Lock()
	d := s.at[v.Blob]
	s.mu.Unlock()
	if d == nil {
		data, err := s.Blobs.Blob(ctx, v.Blob)
		if err != nil {
			return nil, fmt.Errorf("motion: version %d: %w", v.Number, err)
		}
		if hash(data) != v.Hash {
			return nil, fmt.Errorf("motion: version %d: %w", v.Number, store.ErrCorrupt)
		}
		if d, err = DecodeDocument(data); err != nil {
			return nil, fmt.Errorf("motion: version %d: %w", v.Number, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at == nil {
		s.at = map[string]*Document{}
	}
	s.at[v.Blob] = d
	s.recent = append(slices.DeleteFunc(s.recent, func(b string) bool { return b == v.Blob }), v.Blob)
	size := s.Size
	if size == 0 {
		size = 16
	}
	for len(s.recent) > size {
		delete(s.at, s.recent[0])
		s.recent = s.recent[1:]
	}
	return d, nil
}

// References returns what published versions of motions cite of each of the
// contributions, newest version first, each document as shown gives it. Which
// versions to open is known from the facts.
func (s *Shelf) References(ctx context.Context, motions []*Motion, contributions []string, shown func(*Document) *Document) (map[string][]Reference, error) {
	out := map[string][]Reference{}
	for _, m := range motions {
		for i := len(m.Versions) - 1; i >= 0; i-- {
			v := &m.Versions[i]
			cited := slices.DeleteFunc(slices.Clone(contributions), func(c string) bool {
				_, found := slices.BinarySearch(v.Cites, c)
				return !found
			})
			if len(cited) == 0 {
				continue
			}
			d, err := s.Document(ctx, v)
			if err != nil {
				return nil, err
			}
			all := shown(d).References()
			for _, c := range cited {
				out[c] = append(out[c], all[c]...)
			}
		}
	}
	return out, nil
}

// forget lets go of a document whose words were erased.
func (s *Shelf) forget(blob string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.at, blob)
	s.recent = slices.DeleteFunc(s.recent, func(b string) bool { return b == blob })
}

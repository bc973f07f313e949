package desk

import (
	"context"
	"reflect"
	"sync"

	"github.com/villes-internet/congres/analysis"
	"github.com/villes-internet/congres/corpora"
)

// An Engine groups segments into themes, and describes themes again.
type Engine interface {
	// Run finds the themes of a corpus. Its error is ctx's, or says why the
	// corpus cannot be analysed.
	Run(ctx context.Context, c corpora.Corpus, s analysis.Settings) (*analysis.Report, error)
	// Revise describes the partition that priors make of r's segments, c being
	// what they are cut from; those in no prior are unclassified.
	Revise(ctx context.Context, c corpora.Corpus, r *analysis.Report, priors []analysis.Prior) (*analysis.Report, error)
	// Reread makes the readings of r beside its themes anew, c being what its
	// segments are cut from.
	Reread(ctx context.Context, c corpora.Corpus, r *analysis.Report) (*analysis.Report, error)
	// Forget lets go of whatever is remembered of texts between calls.
	Forget()
}

// house is the engine of package analysis. It keeps what it read of the segments that
// it last described: people look at what a decision would do, decide, and decide again.
type house struct {
	mu       sync.Mutex // guards what follows
	segments []analysis.Segment
	corpus   corpora.Corpus
	reviser  *analysis.Reviser
}

// mostRemembered is of how many segments a reading is kept, at about 3 kB each.
const mostRemembered = 50_000

func (h *house) Run(ctx context.Context, c corpora.Corpus, s analysis.Settings) (*analysis.Report, error) {
	return analysis.Run(ctx, c, s)
}

func (h *house) Revise(ctx context.Context, c corpora.Corpus, r *analysis.Report, priors []analysis.Prior) (*analysis.Report, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n := len(r.Segments); h.reviser == nil || n == 0 || n != len(h.segments) || &r.Segments[0] != &h.segments[0] || !reflect.DeepEqual(c, h.corpus) {
		h.segments, h.corpus, h.reviser = nil, corpora.Corpus{}, nil
		v, err := analysis.NewReviser(ctx, c, r)
		switch {
		case err != nil:
			return nil, err
		case n > mostRemembered:
			return v.Revise(ctx, r, priors)
		}
		h.segments, h.corpus, h.reviser = r.Segments, c, v
	}
	return h.reviser.Revise(ctx, r, priors)
}

func (h *house) Forget() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.segments, h.corpus, h.reviser = nil, corpora.Corpus{}, nil
}

func (h *house) Reread(ctx context.Context, c corpora.Corpus, r *analysis.Report) (*analysis.Report, error) {
	return analysis.Reread(ctx, c, r)
}

package desk

import (
	"context"

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
}

// house is the engine of package analysis.
type house struct{}

func (house) Run(ctx context.Context, c corpora.Corpus, s analysis.Settings) (*analysis.Report, error) {
	return analysis.Run(ctx, c, s)
}

func (house) Revise(ctx context.Context, c corpora.Corpus, r *analysis.Report, priors []analysis.Prior) (*analysis.Report, error) {
	return analysis.Revise(ctx, c, r, priors)
}

func (house) Reread(ctx context.Context, c corpora.Corpus, r *analysis.Report) (*analysis.Report, error) {
	return analysis.Reread(ctx, c, r)
}

package analysis

import (
	"context"
	"crypto/sha256"
	"encoding/binary"

	"github.com/villes-internet/congres/analysis/lexis"
)

// mostKnown is of how many groups of segments the terms are remembered.
const mostKnown = 100

// characteristic are the terms that set groups apart, at most 3*maxTerms each: of
// gives each segment's group or -1. Those of a group depend on its segments and on the
// corpus alone, so that a group that was asked for before is not counted again. Where
// ctx ends, so does the search.
func (r *reading) characteristic(ctx context.Context, of []int, groups int) [][]lexis.Term {
	rows := make([][]byte, groups)
	for i, g := range of {
		if g >= 0 {
			rows[g] = binary.LittleEndian.AppendUint32(rows[g], uint32(i))
		}
	}
	names := make([][sha256.Size]byte, groups) // of groups, by their segments
	for g := range names {
		names[g] = sha256.Sum256(rows[g])
	}
	out := make([][]lexis.Term, groups)
	place := make([]int, groups) // among those that are not known
	var missing []int
	for g := range out {
		if terms, ok := r.sets[names[g]]; ok && groups > 1 {
			out[g], place[g] = terms, -1
			continue
		}
		place[g] = len(missing)
		missing = append(missing, g)
	}
	if len(missing) == 0 {
		return out
	}
	rest := make([]int, len(of))
	for i, g := range of {
		if rest[i] = -1; g >= 0 {
			rest[i] = place[g]
		}
	}
	asked := len(missing)
	if groups > 1 {
		asked = max(2, asked) // a group alone is described otherwise
	}
	found := r.terms.Terms(ctx, rest, asked, 3*maxTerms)
	if ctx.Err() != nil {
		return out
	}
	if r.sets == nil || len(r.sets) > mostKnown {
		r.sets = make(map[[sha256.Size]byte][]lexis.Term)
	}
	for n, g := range missing {
		if out[g] = found[n]; groups > 1 {
			r.sets[names[g]] = found[n]
		}
	}
	return out
}

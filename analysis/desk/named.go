package desk

import "github.com/villes-internet/congres/consult/store"

// Named are the blobs of all runs: what must be there and whole. Those that an
// erasure replaced are not among them.
func (s *State) Named() []store.Named {
	var out []store.Named
	for _, runs := range s.runs {
		for _, r := range runs {
			out = append(out, store.Named{Kind: kindRun, Subject: r.ID, Blob: r.blob, Hash: r.hash})
		}
	}
	return out
}

package motion

import "github.com/villes-internet/congres/consult/store"

// Named are the blobs of all published versions and of all copies of drafts: what must be there and whole.
func (s *State) Named() []store.Named {
	var out []store.Named
	for _, m := range s.Motions("") {
		for _, v := range m.Versions {
			out = append(out, store.Named{Kind: kindPublished, Subject: m.ID, Number: v.Number, Blob: v.Blob, Hash: v.Hash})
		}
		for i, c := range m.Copies {
			out = append(out, store.Named{Kind: kindKept, Subject: m.ID, Number: i + 1, Blob: c.Blob, Hash: c.Hash})
		}
	}
	return out
}

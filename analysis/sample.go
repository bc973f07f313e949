package analysis

import (
	"cmp"
	"hash/fnv"
	"slices"
)

// sampled is among how many texts themes are found at most: the others join them.
const sampled = 20_000

// sample chooses the units among which themes are found, ascending; nil: all. Letters
// of many copies are of it. The others are those of which a hash of the words is the
// lowest (« bottom-k » : Cohen and Kaplan, « Summarizing Data using Bottom-k
// Sketches », 2007): whatever the order of the texts, and of one corpus that has grown
// by a twentieth the same but for a twentieth.
func (f *folding) sample(roots []string, most int) []int32 {
	if len(f.units) <= most {
		return nil
	}
	hash := make([]uint64, len(roots))
	for n, root := range roots {
		h := fnv.New64a()
		h.Write([]byte(root))
		hash[n] = h.Sum64()
	}
	keys, order := make([]uint64, len(f.units)), make([]int32, len(f.units))
	for u, words := range f.units {
		order[u] = int32(u)
		if f.copies[u] > 1 {
			continue
		}
		for _, w := range words {
			if w.Root >= 0 {
				keys[u] = mixed(keys[u], hash[w.Root])
			}
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b)) })
	order = order[:most]
	slices.Sort(order)
	return order
}
